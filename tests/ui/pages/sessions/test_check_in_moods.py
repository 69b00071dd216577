"""The moods on the page of a session: those of check-ins where there are any, else those of its entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from integrate.domain.check_ins import Answer, CheckInDraft
from integrate.domain.measures import Measure
from integrate.domain.times import ZonedTime
from integrate.journal.check_ins import record_check_in
from integrate.journal.measures import change_measure, list_measures
from integrate.journal.opening import Journal
from integrate.ui.pages.sessions.around import JUST_BEFORE, DayMood
from integrate.ui.pages.sessions.mood_dots import MoodPart
from integrate.ui.widgets.text import Text
from tests.ui.pages.sessions.sessions_world import ZONE, SessionsWorld, full_course


def mood_of(journal: Journal) -> Measure:
    return next(one for one in list_measures(journal, all=True) if isinstance(one, Measure) and one.key == "mood")


def check_in(journal: Journal, day: int, hour: int, mood: float | None) -> None:
    """On a day of October 2026, at an hour in UTC. Session 4 was on the 5th, from 14:02 in Lisbon (13:02 UTC)."""
    measure, about = mood_of(journal), ZonedTime(datetime(2026, 10, day, hour, tzinfo=UTC), ZONE)
    answers = (Answer(measure.id, measure.version, mood),)
    note = "" if mood is not None else "A line."
    record_check_in(journal, CheckInDraft(about, answers, note))


def shown(world: SessionsWorld, session_id: UUID) -> MoodPart:
    world.open_page(session_id=session_id)
    world.settle()
    return world.sessions_page.session.integrate.moods


def test_check_ins_say_it_where_there_are_any(world: SessionsWorld) -> None:
    def fill(journal: Journal) -> dict[int, UUID]:
        made = full_course(journal)
        for day, hour, mood in ((4, 9, 1), (5, 9, 4), (5, 12, 5), (5, 15, 8), (5, 20, 6), (6, 8, 7), (8, 8, None)):
            check_in(journal, day, hour, mood)
        return made

    part = shown(world, world.fill(fill)[4])
    assert part.dots.drawn() == (
        (DayMood(JUST_BEFORE, 5, checked_in=True), "Just before"),
        (DayMood(0, 6, evening=True, checked_in=True), "Evening"),
        (DayMood(1, 7, checked_in=True), "Next day"),
    )
    said = [text.words() for text in part.findChildren(Text) if text.isVisible()]
    assert "As your check-ins said it, the last one of each day." in said


def test_they_stop_before_the_next_session(world: SessionsWorld) -> None:
    def fill(journal: Journal) -> dict[int, UUID]:
        made = full_course(journal)
        for day in (4, 5, 6):  # session 4 is on the 5th
            check_in(journal, day, 20, 3)
        return made

    part = shown(world, world.fill(fill)[3])
    assert [one.day for one, _label in part.dots.drawn()] == [13]


def test_a_mood_on_another_range_is_not_drawn_on_this_one(world: SessionsWorld) -> None:
    def fill(journal: Journal) -> dict[int, UUID]:
        made = full_course(journal)
        mood = mood_of(journal)
        change_measure(journal, mood.id, definition=replace(mood.definition, highest=5))
        check_in(journal, 6, 8, 5)
        return made

    part = shown(world, world.fill(fill)[4])
    assert [one.checked_in for one, _label in part.dots.drawn()] == [False] * 4, "those of the entries stand"


def test_moods_from_before_the_ends_were_swapped_are_not_drawn_beside_those_after(world: SessionsWorld) -> None:
    def fill(journal: Journal) -> dict[int, UUID]:
        made = full_course(journal)
        mood = mood_of(journal)
        check_in(journal, 6, 8, 2)
        change_measure(journal, mood.id, definition=replace(mood.definition, low=mood.definition.high, high="low"))
        check_in(journal, 7, 8, 9)
        return made

    part = shown(world, world.fill(fill)[4])
    assert part.dots.drawn() == ((DayMood(2, 9, checked_in=True), "Day 2"),)
