"""Plan awareness: two facts side by side when a session is earlier than the plan or beyond it, and not a word more."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.courses import MOST_DAYS, MOST_SESSIONS, Plan, PlanFact, plan_facts, planned_days
from integrate.domain.sessions import Session, SessionDraft, SessionState
from integrate.errors import WrongUsage
from tests.domain.sessions_kit import MADE, cancelled, day, held, local, planned

HELD = SessionState.HELD
TWO_WEEKS = Plan(sessions=8, spacing=14, starts=day(0))


def _logged(on: date) -> SessionDraft:
    return SessionDraft(HELD, on)


def _course(*offsets: int) -> list[Session]:
    return [held(number, day(offset)) for number, offset in enumerate(offsets, start=1)]


def test_earlier_than_the_plan_both_numbers_are_stated_and_nothing_else() -> None:
    (fact,) = plan_facts(TWO_WEEKS, _course(0, 14, 28, 42), _logged(day(51)), 5)
    assert fact == PlanFact("spacing", planned=14, now=9)
    assert fact.words() == "Your plan: 14 days. This session: day 9."


def test_beyond_the_planned_number_both_numbers_are_stated() -> None:
    (fact,) = plan_facts(TWO_WEEKS, _course(*range(0, 112, 14)), _logged(day(112)), 9)
    assert fact == PlanFact("number", planned=8, now=9)
    assert fact.words() == "Your plan: 8 sessions. This session: number 9."


def test_two_facts_at_once_stand_side_by_side() -> None:
    facts = plan_facts(Plan(sessions=1, spacing=1), _course(0), _logged(day(0)), 2)
    assert facts == (PlanFact("spacing", 1, 0), PlanFact("number", 1, 2))
    assert [fact.words() for fact in facts] == [
        "Your plan: 1 day. This session: day 0.",
        "Your plan: 1 session. This session: number 2.",
    ]


@given(st.integers(1, 60), st.integers(0, 200), st.integers(1, 20), st.integers(0, 20))
def test_a_fact_is_stated_exactly_where_the_session_is_earlier_or_beyond(
    spacing: int, gap: int, number: int, before: int
) -> None:
    course = [held(one, day(-gap - (before - one) * spacing)) for one in range(1, before + 1)]
    facts = plan_facts(Plan(sessions=number, spacing=spacing), course, _logged(day(0)), before + 1)
    kinds = {fact.kind: fact for fact in facts}
    assert ("spacing" in kinds) == (before > 0 and gap < spacing)
    assert ("number" in kinds) == (before + 1 > number)
    assert all(fact.now >= 0 for fact in facts)


@given(st.permutations(_course(0, 14, 28, 37)), st.integers(-20, 60))
def test_the_order_in_which_sessions_come_changes_no_fact(sessions: list[Session], on: int) -> None:
    in_order = plan_facts(TWO_WEEKS, _course(0, 14, 28, 37), _logged(day(on)), 5)
    assert plan_facts(TWO_WEEKS, sessions, _logged(day(on)), 5) == in_order


def test_on_the_plan_or_later_there_is_nothing_to_say() -> None:
    for offset in (14, 15, 400):
        assert plan_facts(TWO_WEEKS, _course(0), _logged(day(offset)), 2) == ()
    assert plan_facts(TWO_WEEKS, [], _logged(day(0)), 1) == ()


@given(st.lists(st.integers(0, 100), max_size=12), st.integers(0, 100))
def test_without_a_plan_there_is_never_anything_to_say(offsets: list[int], on: int) -> None:
    assert plan_facts(Plan(), _course(*offsets), _logged(day(on)), len(offsets) + 1) == ()


@pytest.mark.parametrize("state", [SessionState.PLANNED, SessionState.CANCELLED])
def test_only_what_is_logged_is_held_against_the_plan(state: SessionState) -> None:
    assert plan_facts(Plan(1, 14), _course(0), SessionDraft(state, day(1)), 2) == ()


def test_planned_cancelled_and_deleted_sessions_do_not_count() -> None:
    others = [held(1, day(0)), cancelled(2, day(10)), planned(3, day(11)), held(4, day(12), deleted=MADE)]
    assert plan_facts(Plan(sessions=2, spacing=14), others, _logged(day(14)), 5) == ()


def test_a_session_is_not_held_against_itself() -> None:
    assert plan_facts(Plan(sessions=2, spacing=14), _course(0, 14), _logged(day(15)), 2) == ()


def test_a_session_logged_late_looks_back_from_its_own_day_only() -> None:
    later = [held(1, day(0)), held(3, day(20))]
    assert plan_facts(Plan(sessions=2, spacing=14), later, _logged(day(16)), 2) == ()


def test_the_day_of_a_session_with_a_start_is_its_own() -> None:
    draft = SessionDraft(HELD, started=local(day(9), "00:30", "Asia/Tokyo"))
    assert plan_facts(TWO_WEEKS, _course(0), draft, 2) == (PlanFact("spacing", 14, 9),)


# --- The plan itself --------------------------------------------------------------------------------------------------


def test_a_plan_has_no_defaults_that_look_like_advice() -> None:
    plan = Plan()
    assert plan.is_empty
    assert (plan.sessions, plan.spacing, plan.starts) == (None, None, None)
    assert planned_days(plan) == ()
    assert not Plan(medicine_place="In the hall").is_empty


@given(st.none() | st.integers(1, 30), st.none() | st.integers(1, MOST_DAYS), st.dates(date(1, 1, 1), date(9000, 1, 1)))
def test_the_days_of_a_plan_are_those_it_names(count: int | None, spacing: int | None, starts: date) -> None:
    days = planned_days(Plan(count, spacing, starts))
    assert days[0] == starts
    assert len(days) == (count if count and spacing else 1)
    assert all((later - earlier).days == spacing for earlier, later in pairwise(days))


def test_a_plan_beyond_the_calendar_is_told_in_words() -> None:
    with pytest.raises(WrongUsage) as told:
        planned_days(Plan(999, 3650, date(9990, 1, 1)))
    assert "9999" in " ".join(told.value.sentences())


@pytest.mark.parametrize("count", [0, -1, MOST_SESSIONS + 1])
def test_a_number_of_sessions_out_of_range_is_refused(count: int) -> None:
    with pytest.raises(WrongUsage):
        Plan(sessions=count)


@pytest.mark.parametrize("days", [0, -14, MOST_DAYS + 1])
def test_a_spacing_out_of_range_is_refused(days: int) -> None:
    with pytest.raises(WrongUsage):
        Plan(spacing=days)
