"""Check-ins: what is answered comes back to the last value, "No answer" is never 0, and damage is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.check_ins import Answer, CheckIn
from integrate.domain.entry import Unreadable
from integrate.domain.measures import FARTHEST, Definition, Measure, MeasureKind
from integrate.domain.times import DATES_APART, ZonedTime, to_microseconds
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal.check_ins import (
    change_check_in,
    delete_check_in,
    deleted_check_ins,
    get_check_in,
    last_answers,
    list_check_ins,
    purge_check_in,
    read_series,
    record_check_in,
    restore_check_in,
)
from integrate.journal.checking import check_journal
from integrate.journal.measures import change_measure, definitions
from integrate.journal.opening import Journal
from integrate.storage.purging import Kind, purge_deleted_before
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.check_ins import MARCH, answer, check_in, draft_of, measure, own, series_of
from tests.helpers.journals import pages, raw_key, tamper

ZONES = ("UTC", "Europe/Lisbon", "Pacific/Kiritimati", "America/New_York", "Etc/GMT+12")
SHARED = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TIMES = st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC))


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    with sample.open(clock=clock) as opened:
        yield opened


@SHARED
@given(
    at=TIMES,
    zone=st.sampled_from(ZONES),
    mood=st.none() | st.integers(0, 10),
    hours=st.none() | st.integers(0, 96).map(lambda quarters: quarters / 4),
    few=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), min_size=1, max_size=60)
                 .filter(lambda word: bool(word.strip())), max_size=3),
    asked=st.sets(st.sampled_from(["mood", "sleep-hours", "feelings"])),
    note=st.text(st.characters(codec="utf-8"), max_size=200),
    never_share=st.booleans(),
)  # fmt: skip
def test_what_is_answered_comes_back_to_the_last_value(
    journal: Journal, at: datetime, zone: str, mood: int | None, hours: float | None, few: list[str], asked: set[str],
    note: str, never_share: bool,
) -> None:  # fmt: skip
    given_answers = {
        "mood": answer(measure(journal), mood),
        "sleep-hours": answer(measure(journal, "sleep-hours"), hours),
        "feelings": answer(measure(journal, "feelings"), words=tuple(few)),
    }
    answers = [one for key, one in given_answers.items() if key in asked]
    if not note.strip() and not any(one.is_given for one in answers):
        with pytest.raises(WrongUsage):
            draft_of(*answers, at=at, zone=zone, note=note)
        return
    draft = draft_of(*answers, at=at, zone=zone, note=note, never_share=never_share)
    saved = record_check_in(journal, draft).check_in
    assert saved.draft == draft
    assert get_check_in(journal, saved.id) == saved
    # "No answer" and what was not asked are in no series; what is in one has exactly the value that was answered.
    expected = {key: one.value for key, one in given_answers.items() if key in asked and one.value is not None}
    for key in ("mood", "sleep-hours", "feelings"):
        found = series_of(journal, measure(journal, key), first_day=saved.day, last_day=saved.day)
        at_once = [
            v for one in found for v, i in zip(one.values, one.instants, strict=True) if i == to_microseconds(at)
        ]
        assert at_once == ([expected[key]] if key in expected else [])
    purge_check_in(journal, saved.id)


def test_no_answer_is_null_on_the_disk_and_zero_is_zero(journal: Journal) -> None:
    mood, anxiety, energy = (measure(journal, key) for key in ("mood", "anxiety", "energy"))
    kept = check_in(journal, answer(mood, 0), answer(anxiety), answer(energy, 10))
    with journal.vault.database.read() as session:
        text = session.connection().exec_driver_sql("SELECT answers FROM check_in").scalar_one()
    assert text == '{"1.1":0,"2.1":null,"3.1":40}'
    first, second, third = get_check_in(journal, kept.id).draft.answers
    assert (first.value, first.is_given) == (0, True)
    assert (second.value, second.is_given) == (None, False)
    assert third.value == 10
    assert series_of(journal, mood)[0].values == (0,)
    assert series_of(journal, anxiety) == []


@pytest.mark.parametrize("value", [-1, 11, 2.5, 0.25, float("nan"), float("inf"), -float("inf"), 1e300])
def test_a_value_that_does_not_fit_is_refused_and_nothing_is_kept(journal: Journal, value: float) -> None:
    with pytest.raises(WrongUsage, match="Mood"):
        check_in(journal, answer(measure(journal, "energy"), 3), answer(measure(journal), value))
    assert list_check_ins(journal) == ()


def test_quarters_fit_where_they_are_asked_for(journal: Journal) -> None:
    hours = measure(journal, "sleep-hours")
    assert check_in(journal, answer(hours, 7.25)).draft.answers[0].value == 7.25
    for value in (7.1, 24.25, -0.25):
        with pytest.raises(WrongUsage, match="quarters"):
            check_in(journal, answer(hours, value))


def test_words_and_numbers_are_not_taken_for_each_other(journal: Journal) -> None:
    feelings = measure(journal, "feelings")
    for wrong in (answer(feelings, 3), answer(measure(journal), words=("calm",)), answer(feelings, words=(" ",))):
        with pytest.raises(WrongUsage):
            check_in(journal, wrong)


def test_the_farthest_range_is_kept_exactly(journal: Journal) -> None:
    far = own(journal, "Far", lowest=-FARTHEST, highest=FARTHEST, step=0.25)
    for value in (-FARTHEST, -0.25, FARTHEST - 0.25):
        kept = check_in(journal, answer(far, value))
        assert get_check_in(journal, kept.id).draft.answers[0].value == value


def test_an_unknown_measure_or_version_is_refused(journal: Journal) -> None:
    mood = measure(journal)
    for wrong in (replace(answer(mood, 3), measure_id=uuid4()), replace(answer(mood, 3), version=2)):
        with pytest.raises(WrongUsage):
            check_in(journal, wrong)
    assert list_check_ins(journal) == ()


def test_two_at_one_instant_are_both_kept(journal: Journal) -> None:
    first, second = check_in(journal), check_in(journal)
    assert [one.id for one in list_check_ins(journal)] == [second.id, first.id]
    assert series_of(journal, measure(journal))[0].values == (6, 6)


def test_editing_keeps_when_it_was_really_written(journal: Journal, clock: FixedClock) -> None:
    kept = check_in(journal, at=MARCH - timedelta(days=3))
    assert kept.added_later
    written = kept.written
    clock.advance(timedelta(days=2))
    draft = draft_of(answer(measure(journal), 2), at=MARCH - timedelta(days=9), note="later")
    changed = change_check_in(journal, kept.id, draft).check_in
    assert (changed.written, changed.updated, changed.revision) == (written, clock.now(), 2)
    assert (changed.draft, changed.day) == (draft, date(2026, 2, 21))
    assert get_check_in(journal, kept.id) == changed
    assert series_of(journal, measure(journal), first_day=changed.day, last_day=changed.day)[0].values == (2,)


def test_answers_keep_the_definition_they_were_given_to(journal: Journal) -> None:
    mood = measure(journal)
    before = check_in(journal, answer(mood, 10))
    change_measure(journal, mood.id, definition=replace(mood.definition, highest=5))
    assert get_check_in(journal, before.id).draft == before.draft
    with pytest.raises(WrongUsage, match="from 0 to 5"):
        check_in(journal, answer(measure(journal), 10))
    # A card that was open meanwhile, and an edit of the old one, mean what stood there.
    check_in(journal, answer(mood, 9))
    change_check_in(journal, before.id, draft_of(answer(mood, 8)))
    change_measure(journal, mood.id, definition=Definition("Mood in words", kind=MeasureKind.WORDS), words=("fine",))
    assert get_check_in(journal, before.id).draft.answers[0].value == 8


def test_they_are_listed_newest_first_between_days_of_their_own_zone(journal: Journal) -> None:
    night = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # already the second in Kiritimati, still the first in New York
    east = check_in(journal, at=night, zone="Pacific/Kiritimati")
    west = check_in(journal, at=night + timedelta(minutes=1), zone="America/New_York")
    first, second = date(2026, 3, 1), date(2026, 3, 2)
    assert [one.id for one in list_check_ins(journal)] == [west.id, east.id]
    assert [one.id for one in list_check_ins(journal, limit=1)] == [west.id]
    assert [one.id for one in list_check_ins(journal, first_day=second)] == [east.id]
    assert [one.id for one in list_check_ins(journal, last_day=first)] == [west.id]
    assert list_check_ins(journal, date(2026, 3, 3), date(2026, 3, 9)) == ()


def test_deleted_taken_back_and_gone_for_good(sample: Sample, journal: Journal) -> None:
    kept = check_in(journal, note="quietharbour")
    delete_check_in(journal, kept.id)
    assert list_check_ins(journal) == ()
    assert [one.id for one in deleted_check_ins(journal)] == [kept.id]
    assert replace(restore_check_in(journal, kept.id).check_in, revision=1) == kept
    delete_check_in(journal, kept.id)
    purge_check_in(journal, kept.id)
    assert deleted_check_ins(journal) == ()
    for change in (get_check_in, delete_check_in, restore_check_in, purge_check_in):
        with pytest.raises(WrongUsage):
            change(journal, kept.id)


def test_purged_its_words_are_in_no_page_of_the_file(sample: Sample) -> None:
    with sample.open() as journal:
        key = raw_key(journal)
        purge_check_in(journal, check_in(journal, note="quietharbour").id)
        check_in(journal, note="stillhere")
    found = b"".join(pages(sample.place, key))
    assert b"stillhere" in found
    assert b"quietharbour" not in found


def test_after_thirty_days_it_goes_by_itself(journal: Journal, clock: FixedClock) -> None:
    kept, other = check_in(journal), check_in(journal)
    delete_check_in(journal, kept.id)
    gone = purge_deleted_before(journal.vault.database, clock.now() + timedelta(days=1))
    assert gone == {Kind.CHECK_IN: (kept.id,)}
    assert [one.id for one in list_check_ins(journal)] == [other.id]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE check_in SET answers = '{\"1.1\":0}' WHERE id = ?",
        "UPDATE check_in SET about_us = 0 WHERE id = ?",
        "UPDATE check_in SET note = 'x' WHERE id = ?",
        "UPDATE check_in SET zone = x'00ff' WHERE id = ?",
        "UPDATE check_in SET never_share = 'x' WHERE id = ?",
        "UPDATE check_in SET rev = 7 WHERE id = ?",
    ],
)
def test_a_damaged_one_is_named_counted_and_never_written_over(journal: Journal, damage: str) -> None:
    kept, other = check_in(journal), check_in(journal, answer(measure(journal), 3), at=MARCH + timedelta(hours=1))
    tamper(journal, damage, kept.id.bytes)
    assert {one.id for one in list_check_ins(journal) if isinstance(one, Unreadable)} == {kept.id}
    assert {one.id for one in list_check_ins(journal)} == {kept.id, other.id}
    for change in (get_check_in, delete_check_in):
        with pytest.raises(RecordDamaged):
            change(journal, kept.id)
    with pytest.raises(RecordDamaged):
        change_check_in(journal, kept.id, other.draft)
    assert read_series(journal).unreadable == 1
    assert series_of(journal, measure(journal))[0].values == (3,)
    purge_check_in(journal, kept.id)
    assert [one.id for one in list_check_ins(journal)] == [other.id]
    assert read_series(journal).unreadable == 0


def _lose(journal: Journal, *of: Measure) -> None:
    """Damage everything that is known of a measure."""
    for one in of:
        tamper(journal, "UPDATE measure SET place = 77 WHERE id = ?", one.id.bytes)
        tamper(journal, "UPDATE measure_version SET low = 'x' WHERE measure_id = ?", one.id.bytes)


def test_a_measure_of_which_nothing_can_be_read_takes_no_other_answer_with_it(journal: Journal) -> None:
    mood, warmth, other = measure(journal), own(journal), own(journal, "Other")
    kept = check_in(journal, answer(mood, 6), answer(warmth, 4), answer(other), note="A line.")
    change_measure(journal, warmth.id, definition=replace(warmth.definition, highest=5))
    _lose(journal, warmth, other)
    found = get_check_in(journal, kept.id)
    assert [one.value for one in found.draft.answers] == [6, 4, None] and found.draft.note == "A line."
    known = definitions(journal)
    assert [(one.measure_id, one.version) in known for one in found.draft.answers] == [True, False, False]
    assert len({one.measure_id for one in found.draft.answers}) == 3, "each is told from the others"
    assert list_check_ins(journal) == (found,)
    assert [one.values for one in read_series(journal).series] == [(6,)]


def test_such_a_check_in_can_be_changed_deleted_and_taken_back_and_loses_no_answer(journal: Journal) -> None:
    mood, warmth = measure(journal), own(journal)
    kept = check_in(journal, answer(mood, 6), answer(warmth, 4))
    _lose(journal, warmth)
    lost = get_check_in(journal, kept.id).draft.answers[1]
    changed = change_check_in(journal, kept.id, draft_of(answer(mood, 7), lost)).check_in
    assert changed.draft.answers == (answer(mood, 7), lost)
    delete_check_in(journal, kept.id)
    assert [one.id for one in deleted_check_ins(journal) if isinstance(one, CheckIn)] == [kept.id]
    assert restore_check_in(journal, kept.id).check_in.draft == changed.draft
    for wrong in (replace(lost, value=5), replace(lost, version=2), Answer(UUID(int=5000), 1, 3)):
        with pytest.raises(WrongUsage):  # nobody knows which numbers it takes
            change_check_in(journal, kept.id, draft_of(answer(mood, 7), wrong))
        with pytest.raises(WrongUsage):
            check_in(journal, wrong)
    with pytest.raises(WrongUsage):
        check_in(journal, Answer(UUID(int=1), 1, 3))  # the number of a measure that can be read is not its id


def test_a_check_finds_an_answer_whose_definition_is_gone(sample: Sample) -> None:
    with sample.open() as journal:
        check_in(journal, answer(own(journal), 4))
        assert check_journal(sample.place, sample.by_words).checked["check_ins"] == 1
        tamper(journal, "DELETE FROM measure_version")
    report = check_journal(sample.place, sample.by_words)
    assert report.problems == ("Answers of check-ins belong to measures that are not there.",)


def test_the_last_answers_are_those_of_the_week(journal: Journal) -> None:
    today = MARCH.date()
    keys = ("mood", "anxiety", "energy", "hope", "pain", "readiness")
    mood, anxiety, energy, hope, pain, readiness = (measure(journal, key) for key in keys)

    def at(days: int, *of: Measure) -> UUID:
        return check_in(journal, *(answer(one, 1) for one in of), at=MARCH + timedelta(days=days)).id

    at(-8, pain)
    at(-7, mood, hope)
    at(-2, mood)
    at(400, mood)  # a slip of the pen
    at(DATES_APART + 1, pain)
    at(DATES_APART, readiness)  # as it can be where the day begins first
    delete_check_in(journal, at(0, mood))
    check_in(journal, answer(anxiety), answer(energy, 0), at=MARCH - timedelta(days=1))
    assert last_answers(journal, today) == {
        mood.id: today - timedelta(days=2), anxiety.id: today - timedelta(days=1),
        energy.id: today - timedelta(days=1), hope.id: today - timedelta(days=7),
        readiness.id: today + timedelta(days=DATES_APART),
    }  # fmt: skip
    assert last_answers(journal) == last_answers(journal, today)


def test_a_crash_between_two_check_ins_keeps_the_first(sample: Sample, tmp_path: Path) -> None:
    with sample.open() as journal:
        kept = check_in(journal)
        copied = sample.copy_to(tmp_path / "Copy.integrate")  # as the files lie after the call, without a close
    with copied.open() as journal:
        assert get_check_in(journal, kept.id) == kept


def test_never_share_is_of_the_note(journal: Journal) -> None:
    with_note = check_in(journal, answer(measure(journal), 3), note="mine", never_share=True)
    assert get_check_in(journal, with_note.id).draft.never_share
    without = change_check_in(journal, with_note.id, replace(with_note.draft, note="")).check_in
    assert not without.draft.never_share
    assert without.draft.about == ZonedTime(MARCH, "Europe/Lisbon")


def test_one_whose_definition_is_damaged_can_still_be_changed_and_loses_no_answer(journal: Journal) -> None:
    warmth, mood = own(journal), measure(journal)
    kept = check_in(journal, answer(warmth, 4), answer(mood, 6))
    tamper(journal, "UPDATE measure_version SET low = 'x' WHERE measure_id = ?", warmth.id.bytes)
    draft = draft_of(answer(warmth, 4), answer(mood, 7), note="A line.")
    assert change_check_in(journal, kept.id, draft).check_in.draft == draft
    with pytest.raises(WrongUsage):  # nobody knows which numbers it takes
        change_check_in(journal, kept.id, draft_of(answer(warmth, 5), answer(mood, 7)))
    assert get_check_in(journal, kept.id).draft == draft
