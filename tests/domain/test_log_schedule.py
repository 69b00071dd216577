"""Logs on offer: side effects from the evening of a session to the day after, slow things every four weeks."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.log_schedule import LogPlan, decode_plan, due_effect_log, encode_plan, slow_log_due
from integrate.domain.times import DATES_APART
from tests.domain.sessions_kit import MADE, begun, cancelled, day, held, local, planned

PLAN = LogPlan()
LAST = held(4, day(0))
plans = st.builds(LogPlan, st.booleans(), st.booleans(), st.none() | st.uuids(), st.none() | st.dates())


@pytest.mark.parametrize(
    ("on", "clock", "due"),
    [
        (-1, "20:00", False), (0, "00:00", False), (0, "16:59", False), (0, "17:00", True), (0, "23:59", True),
        (1, "00:00", True), (1, "23:59", True), (2, "00:00", False), (30, "20:00", False),
    ],
)  # fmt: skip
def test_side_effects_are_asked_for_on_the_evening_of_a_session_and_the_day_after(
    on: int, clock: str, due: bool
) -> None:
    assert (due_effect_log(PLAN, [LAST], (), local(day(on), clock)) == LAST.id) is due


def test_they_are_asked_for_once_and_not_now_is_final() -> None:
    evening = local(day(0), "20:00")
    assert due_effect_log(PLAN, [LAST], {LAST.id}, evening) is None
    assert due_effect_log(LogPlan(effects_declined=LAST.id), [LAST], (), evening) is None
    assert due_effect_log(LogPlan(effects_declined=UUID(int=3)), [LAST], {UUID(int=3)}, evening) == LAST.id
    assert due_effect_log(LogPlan(effects=False), [LAST], (), evening) is None


def test_while_a_session_goes_on_nothing_is_asked() -> None:
    going_on = begun(4, local(day(0), "18:00"))
    assert due_effect_log(PLAN, [going_on], (), local(day(0), "19:00")) is None
    ended = begun(4, local(day(0), "18:00"), local(day(0), "19:30"))
    assert due_effect_log(PLAN, [ended], (), local(day(0), "19:31")) == ended.id


def test_only_the_last_session_that_was_held_is_asked_about() -> None:
    others = [
        held(3, day(-1)),
        planned(5, day(0)),
        cancelled(6, day(0)),
        held(7, day(0), deleted=MADE),
        held(8, day(9)),
    ]
    assert due_effect_log(PLAN, [*others, LAST], (), local(day(0), "20:00")) == LAST.id
    assert due_effect_log(PLAN, others, (), local(day(0), "20:00")) == others[0].id
    assert due_effect_log(PLAN, [], (), local(day(0), "20:00")) is None


@pytest.mark.parametrize(
    ("last_log", "declined", "on", "due"),
    [
        (None, None, 27, False), (None, None, 28, True), (None, None, 300, True), (None, None, -1, False),
        (day(10), None, 37, False), (day(10), None, 38, True), (day(10), day(38), 65, False),
        (day(10), day(38), 66, True), (day(40), day(38), 67, False), (None, day(28), 55, False),
    ],
)  # fmt: skip
def test_the_slow_log_comes_four_weeks_after_the_first_session_or_the_last_answer(
    last_log: date | None, declined: date | None, on: int, due: bool
) -> None:
    logged = [] if last_log is None else [last_log]
    assert slow_log_due(LogPlan(slow_declined=declined), [LAST, held(5, day(14))], logged, False, day(on)) is due


def test_without_a_session_in_a_closed_course_or_where_it_was_chosen_not_to_there_is_none() -> None:
    assert not slow_log_due(PLAN, [planned(1, day(0)), cancelled(2, day(0))], (), False, day(90))
    assert not slow_log_due(PLAN, [LAST], (), True, day(90))
    assert not slow_log_due(LogPlan(slow=False), [LAST], (), False, day(90))
    assert slow_log_due(PLAN, [LAST], (), False, day(90))


@given(plans)
def test_a_plan_comes_back_as_it_was_kept(plan: LogPlan) -> None:
    assert decode_plan(encode_plan(plan)) == plan


@given(st.recursive(st.none() | st.booleans() | st.text(max_size=5), lambda x: st.lists(x) | st.dictionaries(
    st.sampled_from(["effects", "slow", "effects_declined", "slow_declined"]), x)))  # fmt: skip
def test_what_is_no_plan_keeps_nobody_out(kept: Any) -> None:
    assert isinstance(decode_plan(kept), LogPlan)


def test_slow_things_far_ahead_are_a_slip_of_the_pen() -> None:
    ahead = day(4000)
    assert slow_log_due(PLAN, [LAST], [ahead], False, day(28))
    assert slow_log_due(LogPlan(slow_declined=ahead), [LAST], (), False, day(28))
    assert not slow_log_due(
        PLAN, [LAST], [day(28 + DATES_APART)], False, day(28)
    )  # such a day can have begun elsewhere
    assert slow_log_due(PLAN, [LAST], [day(28 + DATES_APART + 1)], False, day(28))
    assert not slow_log_due(PLAN, [LAST], [day(29)], False, day(28))
