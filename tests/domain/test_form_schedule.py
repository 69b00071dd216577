"""The suggested schedule: each occasion once, "not now" is final, nothing on the day of a session."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.form_schedule import (
    GAD_7,
    K6,
    LASTS_DAYS,
    MONTH_DAYS,
    NO_PHQ,
    PCL_5,
    PHQ_8,
    PHQ_9,
    PHQ_TO_CHOOSE,
    DueForm,
    FormPlan,
    NotNow,
    Occasion,
    due_forms,
    not_now,
    overlap_words,
    overlaps,
)
from integrate.domain.responses import Response, ResponseDraft, ResponseStatus
from integrate.domain.sessions import Session
from integrate.domain.times import DATES_APART, ZonedTime
from integrate.journal.questionnaires import shipped_questionnaires
from tests.domain.sessions_kit import MADE, begun, cancelled, courses_at, day, held, local, planned, zoned_times

FORMS = shipped_questionnaires()
GAD_ALONE = FormPlan(phq=NO_PHQ)
PCL_ALONE = FormPlan(phq=NO_PHQ, gad7=False, pcl5=True)
K6_ALONE = FormPlan(phq=NO_PHQ, gad7=False, k6=True)


def _answered(
    key: str,
    on: date,
    status: ResponseStatus = ResponseStatus.COMPLETED,
    clock: str = "12:00",
    **fields: object,
) -> Response:
    at = local(on, clock)
    made = Response(UUID(int=0), ResponseDraft(key, "1", b"", at), status, at, at.instant, at.instant)
    return replace(made, **fields)  # type: ignore[arg-type]  # only fields a test names


def _days(
    plan: FormPlan, sessions: list[Session], first: int, last: int, *responses: Response, **known: int
) -> dict[str, list[int]]:
    """On which days, counted from Monday, each occasion is on offer when nobody says anything."""
    found: dict[str, list[int]] = {}
    for on in range(first, last + 1):
        for due in due_forms(plan, responses, sessions, local(day(on)), planned=known.get("number")):
            found.setdefault(due.kind.value, []).append(on)
    return found


def test_the_first_time_is_within_seven_days_before_session_1() -> None:
    sessions = [planned(1, day(20))]
    assert _days(GAD_ALONE, sessions, -30, 20) == {"baseline": list(range(13, 20))}
    assert _days(GAD_ALONE, sessions, 0, 20, _answered(GAD_7, day(12))) == {"baseline": list(range(13, 20))}
    assert _days(GAD_ALONE, sessions, 0, 20, _answered(GAD_7, day(13))) == {}


def test_without_a_day_for_session_1_nothing_is_suggested() -> None:
    assert _days(GAD_ALONE, [planned(1, None)], 0, 90) == {}
    assert _days(GAD_ALONE, [], 0, 90) == {}
    assert _days(GAD_ALONE, [cancelled(1, day(5))], 0, 90) == {}


def test_before_a_later_session_once_its_window_is_open_and_seven_days_have_passed() -> None:
    sessions = [held(1, day(0)), planned(2, day(14))]
    assert _days(GAD_ALONE, sessions, 0, 14) == {"before": [11, 12, 13]}
    assert _days(GAD_ALONE, sessions, 0, 14, _answered(GAD_7, day(4))) == {"before": [11, 12, 13]}
    assert _days(GAD_ALONE, sessions, 0, 14, _answered(GAD_7, day(5))) == {"before": [12, 13]}
    assert _days(GAD_ALONE, sessions, 0, 14, _answered(GAD_7, day(11))) == {}


def test_two_weeks_after_the_last_session_and_then_monthly() -> None:
    found = _days(GAD_ALONE, [held(1, day(0))], 0, 110)
    assert found == {"after": list(range(14, 28)), "monthly": [*range(44, 58), *range(74, 88), *range(104, 111)]}


def test_an_answer_moves_the_months_so_that_recall_windows_do_not_overlap() -> None:
    answer = _answered(GAD_7, day(20))
    assert _days(GAD_ALONE, [held(1, day(0))], 20, 85, answer) == {"monthly": [*range(50, 64), *range(80, 86)]}


def test_an_answer_shortly_before_puts_the_two_weeks_off_until_seven_days_have_passed() -> None:
    assert _days(GAD_ALONE, [held(1, day(0))], 9, 27, _answered(GAD_7, day(10))) == {"after": list(range(17, 28))}


def test_while_another_session_is_to_come_it_is_not_the_last() -> None:
    found = _days(GAD_ALONE, [held(1, day(0)), planned(2, day(100))], 0, 99)
    assert "after" not in found
    assert found["before"] == [97, 98, 99]
    assert found["monthly"] == [*range(44, 58), *range(74, 86)]


def test_in_a_closed_course_no_session_is_to_come() -> None:
    sessions = [held(1, day(0)), planned(2, day(16))]
    assert [due.kind for due in due_forms(GAD_ALONE, (), sessions, local(day(15)), closed=True)] == [Occasion.AFTER]
    assert [due.kind for due in due_forms(GAD_ALONE, (), sessions, local(day(16)), closed=True)] == [Occasion.AFTER]
    assert [due.kind for due in due_forms(GAD_ALONE, (), sessions, local(day(15)))] == [Occasion.BEFORE]


def test_nothing_on_the_day_of_a_session_or_while_one_goes_on() -> None:
    every = FormPlan(PHQ_9, pcl5=True, k6=True)
    assert due_forms(every, (), [planned(1, day(1))], local(day(0)))
    assert due_forms(every, (), [planned(1, day(0))], local(day(0))) == ()
    assert due_forms(every, (), [held(1, day(0))], local(day(0))) == ()
    late = [begun(1, local(day(0), "20:00"))]
    assert due_forms(every, (), late, local(day(1), "07:59")) == ()
    assert due_forms(every, (), late, local(day(1), "08:00"))
    assert due_forms(every, (), late, local(day(1), "07:59"), closed=True) == ()


def test_pcl_5_comes_before_the_first_halfway_and_after_the_last_for_those_who_chose_it() -> None:
    assert _days(PCL_ALONE, [planned(1, day(7))], 0, 6) == {"baseline": list(range(7))}
    three = [held(number, day(7 * number)) for number in (1, 2, 3)]
    assert _days(PCL_ALONE, [*three, planned(4, day(28))], 22, 27, number=6) == {"halfway": [26, 27]}
    assert _days(PCL_ALONE, [*three, planned(4, day(28))], 22, 27, _answered(PCL_5, day(8)), number=6) == {}
    assert _days(PCL_ALONE, [*three, planned(4, day(28))], 22, 27, number=8) == {}
    assert _days(PCL_ALONE, three, 22, 60) == {"after": list(range(35, 49))}
    assert _days(FormPlan(PHQ_9), [planned(1, day(7))], 0, 6) == {"baseline": [on for on in range(7) for _ in (1, 2)]}


def test_a_short_course_has_no_middle() -> None:
    assert _days(PCL_ALONE, [held(1, day(0)), planned(2, day(14)), planned(3, day(28))], 1, 13) == {}


def test_k6_is_monthly_whatever_the_sessions() -> None:
    assert _days(K6_ALONE, [], 0, 3) == {"monthly": [0, 1, 2, 3]}
    assert _days(K6_ALONE, [held(1, day(40))], 30, 75, _answered(K6, day(10))) == {
        "monthly": [40 + on for on in range(1, 14)] + [70, 71, 72, 73, 74, 75]
    }
    assert _days(K6_ALONE, [planned(1, day(41))], 35, 41, _answered(K6, day(10))) == {"monthly": [40]}


@pytest.mark.parametrize(
    ("plan", "keys"),
    [
        (FormPlan(), [PHQ_TO_CHOOSE, GAD_7]),
        (FormPlan(PHQ_9), [PHQ_9, GAD_7]),
        (FormPlan(PHQ_8), [PHQ_8, GAD_7]),
        (FormPlan(NO_PHQ), [GAD_7]),
        (FormPlan(NO_PHQ, gad7=False), []),
        (FormPlan(PHQ_8, pcl5=True, k6=True), [PHQ_8, GAD_7, PCL_5, K6]),
        (FormPlan(PHQ_9, baseline=False), []),
        (FormPlan(PHQ_9, pcl5=True, k6=True).without_any(), []),
    ],
)
def test_what_is_suggested_is_what_was_chosen(plan: FormPlan, keys: list[str]) -> None:
    assert [due.key for due in due_forms(plan, (), [planned(1, day(3))], local(day(0)))] == keys


def test_neither_phq_is_chosen_for_anybody() -> None:
    assert FormPlan().phq is None
    assert FormPlan().has_any and not FormPlan(NO_PHQ, gad7=False).has_any and not FormPlan().without_any().has_any
    with pytest.raises(ValueError, match="neither"):
        FormPlan("phq-2")


def test_phq_9_and_phq_8_stand_for_each_other() -> None:
    sessions = [held(1, day(0))]
    plan = FormPlan(PHQ_8, gad7=False)
    assert due_forms(plan, [_answered(PHQ_9, day(14))], sessions, local(day(22))) == ()
    (due,) = due_forms(plan, [], sessions, local(day(22)))
    assert due_forms(replace(not_now(plan, due, day(22)), phq=PHQ_9), [], sessions, local(day(23))) == ()


@pytest.mark.parametrize(
    "response",
    [
        _answered(GAD_7, day(14), ResponseStatus.STOPPED),
        _answered(GAD_7, day(14), ResponseStatus.IN_PROGRESS),
        _answered(GAD_7, day(14), deleted=MADE),
        _answered(PHQ_9, day(14)),
    ],
)
def test_only_a_finished_one_of_the_same_kind_counts_as_answered(response: Response) -> None:
    assert due_forms(GAD_ALONE, [response], [held(1, day(0))], local(day(15)))


def test_a_deleted_session_does_not_count() -> None:
    assert due_forms(GAD_ALONE, (), [held(1, day(0), deleted=MADE)], local(day(15))) == ()
    assert due_forms(GAD_ALONE, (), [planned(1, day(15), deleted=MADE), held(2, day(0))], local(day(15)))


def test_not_now_is_for_this_occasion_alone_and_for_good() -> None:
    sessions = [held(1, day(0)), planned(2, day(14))]
    (due,) = due_forms(GAD_ALONE, (), sessions, local(day(12)))
    assert (due.kind, due.number, due.since) == (Occasion.BEFORE, 2, day(11))
    plan = not_now(GAD_ALONE, due, day(12))
    moved = [held(1, day(0)), planned(2, day(20))]
    assert due_forms(plan, (), sessions, local(day(13))) == ()
    assert due_forms(plan, (), moved, local(day(18))) == ()
    third = [held(1, day(0)), held(2, day(14)), planned(3, day(28))]
    assert [found.number for found in due_forms(plan, (), third, local(day(27)))] == [3]


def test_not_now_to_a_monthly_one_is_not_now_for_a_month() -> None:
    (due,) = due_forms(K6_ALONE, (), (), local(day(0)))
    assert _days(not_now(K6_ALONE, due, day(2)), [], 0, 50) == {"monthly": list(range(32, 46))}


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [
        (Occasion.BASELINE, None, "Before your first session"),
        (Occasion.BEFORE, 3, "Before session 3"),
        (Occasion.HALFWAY, None, "Halfway through your sessions"),
        (Occasion.AFTER, None, "Two weeks after your last session"),
        (Occasion.MONTHLY, None, "Once a month"),
    ],
)
def test_it_says_what_it_is_for(kind: Occasion, number: int | None, words: str) -> None:
    assert DueForm(GAD_7, GAD_7, kind, "", day(0), number).why == words


# --- laws -------------------------------------------------------------------------------------------------------------

keys = st.sampled_from((PHQ_9, PHQ_8, GAD_7, PCL_5, K6))
declines = st.builds(NotNow, keys, st.sampled_from(("baseline:1", "monthly:first")), st.dates())
often = st.sampled_from((True, True, True, False))
plans = st.builds(
    FormPlan,
    st.sampled_from((None, NO_PHQ, PHQ_9, PHQ_8)),
    *[often] * 7,
    st.lists(declines, max_size=3).map(tuple),
)


@st.composite
def _going_on(draw: st.DrawFn, now: ZonedTime) -> list[Session]:
    """A course as most are: sessions one spacing apart, the last a while ago, perhaps one to come."""
    today, spacing = now.local_date(), draw(st.integers(3, 30))
    before, since = draw(st.integers(0, 6)), draw(st.integers(0, 60))
    found = [held(number, today - timedelta(since + spacing * (before - number))) for number in range(1, before + 1)]
    if draw(st.booleans()):
        found.append(planned(before + 1, today + timedelta(draw(st.integers(0, 10)))))
    return found


@st.composite
def _worlds(draw: st.DrawFn) -> tuple[FormPlan, list[Response], list[Session], ZonedTime]:
    now = draw(zoned_times())
    sessions = draw(courses_at(now) | _going_on(now))
    answers = draw(st.lists(st.tuples(keys, st.integers(-90, 3), st.sampled_from(ResponseStatus)), max_size=5))
    today = now.local_date()
    return draw(plans), [_answered(key, today + timedelta(on), status) for key, on, status in answers], sessions, now


def _later(now: ZonedTime, days: int) -> ZonedTime:
    return ZonedTime(now.instant + timedelta(days=days), now.zone)


@given(_worlds(), st.booleans(), st.randoms())
def test_the_order_of_sessions_and_answers_changes_nothing(
    world: tuple[FormPlan, list[Response], list[Session], ZonedTime], closed: bool, shuffle: random.Random
) -> None:
    plan, responses, sessions, now = world
    found = due_forms(plan, responses, sessions, now, closed=closed)
    mixed, turned = responses[:], sessions[:]
    shuffle.shuffle(mixed)
    shuffle.shuffle(turned)
    assert due_forms(plan, mixed, turned, now, closed=closed) == found


@given(_worlds(), st.lists(st.integers(0, 120), min_size=1, max_size=8))
def test_what_was_declined_is_never_suggested_again(
    world: tuple[FormPlan, list[Response], list[Session], ZonedTime], days: list[int]
) -> None:
    plan, responses, sessions, now = world
    seen: set[tuple[str, str]] = set()
    for on in sorted(days):
        at = _later(now, on)
        for due in due_forms(plan, responses, sessions, at):
            assert (due.form, due.occasion) not in seen
            seen.add((due.form, due.occasion))
            plan = not_now(plan, due, at.local_date())
        assert due_forms(plan, responses, sessions, at) == ()


@given(_worlds())
def test_an_answer_today_settles_what_is_suggested_today(
    world: tuple[FormPlan, list[Response], list[Session], ZonedTime],
) -> None:
    plan, responses, sessions, now = world
    for due in due_forms(plan, responses, sessions, now):
        key = PHQ_9 if due.key == PHQ_TO_CHOOSE else due.key
        answer = _answered(key, now.local_date())
        for on in range(7):
            again = due_forms(plan, [*responses, answer], sessions, _later(now, on))
            assert due.form not in {found.form for found in again}


@given(_worlds(), st.booleans())
def test_each_is_suggested_once_at_most_and_since_a_day_that_has_come(
    world: tuple[FormPlan, list[Response], list[Session], ZonedTime], closed: bool
) -> None:
    plan, responses, sessions, now = world
    found = due_forms(plan, responses, sessions, now, closed=closed)
    assert len({due.form for due in found}) == len(found)
    assert all(due.since <= now.local_date() for due in found)
    assert not (found and any(one.day == now.local_date() for one in sessions if _was_held(one)))


def _was_held(session: Session) -> bool:
    return session.deleted is None and session.state.value == "held"


@given(st.integers(15, 800))
def test_with_no_word_from_anybody_a_suggestion_is_there_for_two_weeks_at_most(on: int) -> None:
    found = due_forms(GAD_ALONE, (), [held(1, day(0))], local(day(on)))
    assert all((day(on) - due.since).days < LASTS_DAYS for due in found)
    months, into = divmod(on - 14, MONTH_DAYS)
    assert bool(found) is (into < LASTS_DAYS), months


@given(plans)
def test_a_plan_is_kept_as_plain_values_and_read_back_as_it_was(plan: FormPlan) -> None:
    assert FormPlan.from_json(plan.as_json()) == plan


@pytest.mark.parametrize(
    "kept",
    [
        {"phq": 9}, {"phq": "phq-2"}, {"gad7": "yes"}, {"monthly": None}, {"declined": 3},
        {"declined": [["gad-7", "after:1"]]}, {"declined": [["gad-7", "after:1", "yesterday"]]},
        {"declined": [["gad-7", "after:1", 3]]}, {"declined": [7]},
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        FormPlan.from_json(kept)


def test_a_new_journal_has_the_suggested_plan() -> None:
    assert FormPlan.from_json({}) == FormPlan()


# --- recall windows ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "apart", "is_said"),
    [
        (PHQ_9, 0, True), (PHQ_9, 13, True), (PHQ_9, 14, False), (PHQ_9, -13, True), (PHQ_9, -14, False),
        (K6, 29, True), (K6, 30, False), (PCL_5, 29, True), (PCL_5, 30, False),
    ],
)  # fmt: skip
def test_recall_windows_overlap_inside_the_days_a_form_looks_back(key: str, apart: int, is_said: bool) -> None:
    other = day(0)
    assert overlaps(FORMS[key], day(apart), [other]) == (other if is_said else None)


def test_the_nearest_is_named() -> None:
    assert overlaps(FORMS[GAD_7], day(20), [day(8), day(25), day(1), day(15)]) == day(15)
    assert overlaps(FORMS[GAD_7], day(20), []) is None
    said = overlap_words(FORMS[GAD_7], day(15), lambda day: f"{day:%d.%m}")
    assert said == "Recall windows overlap: these answers look back 14 days, and there are answers of 20.10."


def test_an_answer_far_ahead_is_a_slip_of_the_pen_and_ends_no_schedule() -> None:
    sessions = [planned(1, day(20))]
    ahead = _answered(GAD_7, day(4000))
    assert _days(GAD_ALONE, sessions, 0, 20, ahead) == {"baseline": list(range(13, 20))}
    assert _days(GAD_ALONE, sessions, 13, 20, _answered(GAD_7, day(14))) == {}  # it can be tomorrow elsewhere
    assert _days(GAD_ALONE, sessions, 13, 14, _answered(GAD_7, day(13 + DATES_APART))) == {}
    assert _days(GAD_ALONE, sessions, 13, 14, _answered(GAD_7, day(13 + DATES_APART + 1))) == {"baseline": [13]}
    said = FormPlan(phq=NO_PHQ, gad7=False, k6=True, declined=(NotNow(K6, "monthly:first", day(4000)),))
    found = _days(said, [], 40, 40, _answered(K6, day(5)))
    assert found == {"monthly": [40]}
