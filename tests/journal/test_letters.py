"""Letters to the next session: their words stay away from every page until its prepare window opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.entry import Phase, Unreadable
from integrate.domain.sessions import Session
from integrate.domain.threads import Letter
from integrate.domain.times import ZonedTime
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal.courses import begin_course, close_course, where_now
from integrate.journal.letters import (
    ClosedLetter,
    delete_letter,
    deleted_letters,
    letters_to_open,
    list_letters,
    open_letter,
    purge_letter,
    restore_letter,
    write_letter,
)
from integrate.journal.opening import Access, Journal
from integrate.journal.sessions import change_session, delete_session, purge_session, restore_session
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.courses import a_session, held, planned
from tests.helpers.journals import tamper

SHARED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = "Dear me, put the bags down."
FEBRUARY = datetime(2026, 2, 23, 10, tzinfo=UTC)  # a week before the clock
LAST, NEXT = FEBRUARY.date(), date(2026, 3, 9)  # fourteen days apart: prepare opens three before, on the 6th


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def _noon(day: date) -> ZonedTime:
    return ZonedTime(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), "Europe/Lisbon")


def _written(journal: Journal, day: date = LAST) -> tuple[Session, UUID]:
    session = a_session(journal, held(datetime(day.year, day.month, day.day, 10, tzinfo=UTC)))
    return session, write_letter(journal, session.id, WORDS).letter.id


def _opens(journal: Journal, day: date) -> list[UUID]:
    return [letter.id for letter in letters_to_open(journal, _noon(day))]


def _listed(journal: Journal, day: date) -> Letter | ClosedLetter | Unreadable:
    (letter,) = list_letters(journal, _noon(day))
    return letter


@SHARED
@given(st.integers(1, 60), st.integers(0, 80))
def test_its_words_are_nowhere_before_the_prepare_window_and_there_from_its_first_day(
    journal: Journal, gap: int, after: int
) -> None:
    last, today = date(2026, 1, 5), date(2026, 1, 5) + timedelta(days=after)
    session, letter = _written(journal, last)
    coming = a_session(journal, planned(last + timedelta(days=gap)))
    try:
        opens = max(coming.day - timedelta(days=min(3, gap // 3)), last + timedelta(days=2))  # type: ignore[operator]  # it has a day
        has_come = opens <= today <= last + timedelta(days=gap)
        listed = _listed(journal, today)
        assert isinstance(listed, ClosedLetter)
        assert listed.sealed is not has_come
        assert _opens(journal, today) == ([letter] if has_come else [])
        assert has_come == (where_now(journal, _noon(today)).phase is Phase.PREPARE)
        if not has_come:
            with pytest.raises(WrongUsage):
                open_letter(journal, letter, _noon(today))
        else:
            assert open_letter(journal, letter, _noon(today)).letter.text == WORDS
    finally:
        purge_session(journal, session.id)
        purge_session(journal, coming.id)


def test_no_closed_letter_holds_any_words(journal: Journal) -> None:
    _session, _letter = _written(journal)
    for shown in (*list_letters(journal), *letters_to_open(journal, _noon(date(2026, 3, 6)))):
        assert WORDS not in repr(shown)


def test_opened_it_can_be_read_for_ever(journal: Journal, clock: FixedClock) -> None:
    _session, letter = _written(journal)
    a_session(journal, planned(NEXT))
    clock.advance(timedelta(days=5))
    opened = open_letter(journal, letter)
    assert opened.letter.opened == clock.now()
    assert opened.changes.areas == {"letters"}
    assert letters_to_open(journal) == ()
    clock.advance(timedelta(days=-30))  # a clock that was set back takes nothing away
    assert list_letters(journal) == (opened.letter,)
    assert open_letter(journal, letter).letter == opened.letter


def test_a_plan_that_moves_away_seals_it_again(journal: Journal) -> None:
    _session, letter = _written(journal)
    coming = a_session(journal, planned(NEXT))
    assert _opens(journal, date(2026, 3, 6)) == [letter]
    change_session(journal, coming.id, planned(date(2026, 4, 9)))
    assert _opens(journal, date(2026, 3, 6)) == []


def test_once_the_next_session_took_place_it_is_not_sealed_any_more(journal: Journal) -> None:
    first, letter = _written(journal, date(2026, 2, 2))
    second, newer = _written(journal, date(2026, 2, 16))
    shown = {one.id: one for one in list_letters(journal)}
    assert [getattr(shown[one], "sealed", None) for one in (letter, newer)] == [False, True]
    assert letters_to_open(journal) == ()  # only those of the last session are held out
    assert open_letter(journal, letter).letter.text == WORDS
    assert [one.id for one in list_letters(journal, session_id=first.id)] == [letter]
    assert [one.id for one in list_letters(journal, session_id=second.id)] == [newer]


def test_it_waits_for_the_first_session_of_the_next_course(journal: Journal) -> None:
    _session, letter = _written(journal)
    a_session(journal, planned(date(2026, 3, 4)))
    close_course(journal)
    # What was planned in a closed course does not come, and nothing else can: nobody waits for nothing.
    listed = _listed(journal, date(2026, 3, 2))
    assert isinstance(listed, ClosedLetter) and not listed.sealed
    begin_course(journal)
    a_session(journal, planned(NEXT))
    assert _opens(journal, date(2026, 3, 5)) == []
    assert _opens(journal, date(2026, 3, 6)) == [letter]


def test_without_a_planned_session_it_stays_sealed(journal: Journal) -> None:
    _session, letter = _written(journal)
    assert _opens(journal, date(2027, 1, 1)) == []
    with pytest.raises(WrongUsage):
        open_letter(journal, letter, _noon(date(2027, 1, 1)))


def test_several_letters_come_in_the_order_in_which_they_were_written(journal: Journal, clock: FixedClock) -> None:
    session, first = _written(journal)
    clock.advance(timedelta(minutes=1))
    second = write_letter(journal, session.id, "🌊 one more\n" * 1000, never_share=True).letter.id
    a_session(journal, planned(NEXT))
    assert _opens(journal, date(2026, 3, 6)) == [first, second]
    shown = letters_to_open(journal, _noon(date(2026, 3, 6)))
    assert [letter.never_share for letter in shown] == [False, True]


def test_a_journal_open_to_read_only_opens_letters_too(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        _session, letter = _written(journal)
        a_session(journal, planned(NEXT))
    with sample.open(Access.READ, clock=clock) as journal:
        with pytest.raises(WrongUsage):
            open_letter(journal, letter)
        read = open_letter(journal, letter, _noon(date(2026, 3, 6))).letter
        assert (read.text, read.opened) == (WORDS, None)


def test_deleted_and_taken_back_it_is_sealed_still(journal: Journal) -> None:
    _session, letter = _written(journal)
    a_session(journal, planned(NEXT))
    delete_letter(journal, letter)
    assert list_letters(journal) == ()
    assert _opens(journal, date(2026, 3, 6)) == []
    (deleted,) = deleted_letters(journal)
    assert isinstance(deleted, ClosedLetter) and deleted.sealed and deleted.deleted == journal.clock.now()
    with pytest.raises(WrongUsage):
        open_letter(journal, letter, _noon(date(2026, 3, 6)))
    restore_letter(journal, letter)
    listed = _listed(journal, date(2026, 3, 2))
    assert isinstance(listed, ClosedLetter) and listed.sealed
    purge_letter(journal, letter)
    assert list_letters(journal) == deleted_letters(journal) == ()


def test_it_goes_and_comes_back_with_its_session(journal: Journal) -> None:
    session, letter = _written(journal)
    a_session(journal, planned(NEXT))
    delete_session(journal, session.id)
    assert list_letters(journal) == ()
    with pytest.raises(WrongUsage):
        open_letter(journal, letter, _noon(date(2026, 3, 6)))
    restore_session(journal, session.id)
    assert _opens(journal, date(2026, 3, 6)) == [letter]


def test_damage_is_told_and_a_damaged_session_does_not_keep_the_words_for_ever(journal: Journal) -> None:
    session, letter = _written(journal)
    _second, damaged = _written(journal, date(2026, 3, 1))
    tamper(journal, "UPDATE letter SET text = 'x' WHERE id = ?", damaged.bytes)
    assert Unreadable(damaged) in list_letters(journal)
    with pytest.raises(RecordDamaged):
        open_letter(journal, damaged)
    tamper(journal, "UPDATE session SET dose = 'x' WHERE id = ?", session.id.bytes)
    a_session(journal, planned(NEXT))
    assert open_letter(journal, letter, _noon(date(2026, 3, 8))).letter.text == WORDS


def test_what_is_no_letter_is_refused(journal: Journal) -> None:
    session, _letter = _written(journal)
    with pytest.raises(WrongUsage):
        write_letter(journal, session.id, " \n")
    with pytest.raises(WrongUsage):
        write_letter(journal, uuid4(), WORDS)
    for call in (open_letter, delete_letter, restore_letter, purge_letter):
        with pytest.raises(WrongUsage):
            call(journal, uuid4())
