"""Measures: those that ship, one's own, their versions, and what stays of them when they go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from integrate.domain.check_ins import CheckIn
from integrate.domain.entry import Changes, Unreadable
from integrate.domain.measures import Definition, Direction, HowOften, Measure, MeasureKind
from integrate.errors import ReadOnlyJournal, RecordDamaged, WrongUsage
from integrate.journal.check_ins import change_check_in, delete_check_in, get_check_in, purge_check_in
from integrate.journal.checking import check_journal
from integrate.journal.measures import (
    add_measure,
    change_measure,
    definitions,
    delete_measure,
    deleted_measures,
    get_measure,
    list_measures,
    order_measures,
    purge_measure,
    restore_measure,
)
from integrate.journal.opening import Access, Journal
from integrate.storage.mood_tables import MeasureRow, MeasureVersionRow
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.check_ins import answer, check_in, draft_of, measure, own, series_of
from tests.helpers.journals import fingerprints, tamper


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    with sample.open(clock=clock) as opened:
        yield opened


def _names(journal: Journal, **options: bool) -> list[str]:
    return [one.name for one in list_measures(journal, **options) if isinstance(one, Measure)]


def _rows(journal: Journal, model: type[MeasureRow] | type[MeasureVersionRow]) -> int:
    with journal.vault.database.read() as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


def test_a_journal_has_those_that_ship_before_anything_was_written(journal: Journal) -> None:
    assert _names(journal) == ["Mood", "Anxiety", "Energy", "Sleep last night"]
    assert len(_names(journal, all=True)) == 14
    assert _rows(journal, MeasureRow) == 0
    mood = measure(journal)
    assert definitions(journal)[mood.id, 1] == mood.definition
    assert get_measure(journal, mood.id) == mood


def test_one_that_is_only_read_shows_them_and_is_not_written(sample: Sample) -> None:
    sample.open().close()
    before = fingerprints(sample.place)
    with sample.open(Access.READ) as journal:
        assert _names(journal) == ["Mood", "Anxiety", "Energy", "Sleep last night"]
        with pytest.raises(ReadOnlyJournal):
            change_measure(journal, measure(journal).id, in_use=False)
    assert fingerprints(sample.place) == before


def test_ones_own_is_asked_last_and_is_as_it_was_said(journal: Journal) -> None:
    definition = Definition("Warmth", "cold", "warm", -5, 5, direction=Direction.HIGHER)
    saved = add_measure(journal, definition, HowOften.WEEKLY, origin="here")
    assert saved.changes == Changes(frozenset({"measures"}), frozenset({saved.measure.id}), "here")
    assert _names(journal)[-1] == "Warmth"
    again = get_measure(journal, saved.measure.id)
    assert again == saved.measure
    assert (again.definition, again.how_often, again.version, again.key) == (definition, HowOften.WEEKLY, 1, "")
    own(journal, "Second")
    assert _names(journal, all=True)[-2:] == ["Warmth", "Second"]


def test_another_meaning_is_a_new_version_and_nothing_else_is(journal: Journal) -> None:
    mood = measure(journal)
    put_away = change_measure(journal, mood.id, in_use=False, how_often=HowOften.WEEKLY).measure
    assert (put_away.version, put_away.in_use, put_away.how_often) == (1, False, HowOften.WEEKLY)
    renamed = change_measure(journal, mood.id, definition=replace(mood.definition, name="Weather inside")).measure
    assert (renamed.version, renamed.name, renamed.in_use) == (2, "Weather inside", False)
    same = change_measure(journal, mood.id, definition=renamed.definition).measure
    assert same == renamed
    known = definitions(journal)
    assert [known[mood.id, version].name for version in (1, 2)] == ["Mood", "Weather inside"]


def test_words_to_choose_are_kept_cleaned_and_changing_them_is_no_new_version(journal: Journal) -> None:
    definition = Definition("Weather", kind=MeasureKind.WORDS)
    made = add_measure(journal, definition, HowOften.EACH, words=(" sunny", "sunny", "記憶")).measure
    assert made.words == ("sunny", "記憶")
    changed = change_measure(journal, made.id, words=("wind",)).measure
    assert (changed.words, changed.version) == (("wind",), 1)
    assert own(journal).words == ()
    for words in ((), (" ",), ("two\nlines",), ("x" * 61,), tuple(map(str, range(201)))):
        with pytest.raises(WrongUsage):
            change_measure(journal, made.id, words=words)
    with pytest.raises(WrongUsage):  # it becomes a list of words, and has none
        change_measure(journal, measure(journal).id, definition=definition)
    assert measure(journal).name == "Mood"


def test_they_are_put_in_order_and_the_others_follow(journal: Journal) -> None:
    warmth, sleep = own(journal), measure(journal, "sleep")
    before = _names(journal, all=True)
    changes = order_measures(journal, [sleep.id, warmth.id])
    assert {sleep.id, warmth.id} <= changes.ids
    expected = ["Sleep last night", "Warmth", *(name for name in before if name not in ("Sleep last night", "Warmth"))]
    assert _names(journal, all=True) == expected
    assert order_measures(journal, [sleep.id, warmth.id]).ids == frozenset()
    with pytest.raises(WrongUsage):
        order_measures(journal, [uuid4()])


def test_fifty_measures_have_fifty_numbers(journal: Journal) -> None:
    made = [own(journal, f"Own {count}") for count in range(50)]
    check_in(journal, *(answer(one, place % 11) for place, one in enumerate(made)))
    assert [series_of(journal, one)[0].values for one in made] == [(place % 11,) for place in range(50)]


def test_one_that_ships_can_be_put_away_and_not_deleted(journal: Journal) -> None:
    with pytest.raises(WrongUsage):
        delete_measure(journal, measure(journal).id)
    change_measure(journal, measure(journal).id, in_use=False)
    assert "Mood" not in _names(journal)
    assert "Mood" in _names(journal, all=True)


def test_a_deleted_one_comes_back_as_it_was_and_keeps_its_answers_meanwhile(journal: Journal) -> None:
    warmth = own(journal, lowest=1, highest=5)
    kept = check_in(journal, answer(warmth, 4))
    delete_measure(journal, warmth.id)
    assert "Warmth" not in _names(journal, all=True)
    assert [one.id for one in deleted_measures(journal)] == [warmth.id]
    assert get_check_in(journal, kept.id).draft == kept.draft
    (series,) = series_of(journal, warmth)
    assert (series.values, series.definition, series.is_current) == ((4,), warmth.definition, False)
    assert replace(restore_measure(journal, warmth.id).measure, revision=1) == warmth
    assert series_of(journal, warmth)[0].is_current


def test_purged_it_leaves_its_definition_for_as_long_as_something_answers_it(sample: Sample, journal: Journal) -> None:
    warmth = own(journal)
    kept = check_in(journal, answer(warmth, 4))
    renamed = change_measure(journal, warmth.id, definition=Definition("Never answered")).measure
    delete_measure(journal, warmth.id)
    purge_measure(journal, warmth.id)
    assert deleted_measures(journal) == ()
    assert set(definitions(journal)) & {(warmth.id, 1), (warmth.id, 2)} == {(warmth.id, 1)}
    assert get_check_in(journal, kept.id).draft.answers == kept.draft.answers
    assert series_of(journal, warmth)[0].definition == warmth.definition
    # It can still be edited, and another measure never gets its number.
    change_check_in(journal, kept.id, draft_of(answer(warmth, 5)))
    other = own(journal, "Other")
    check_in(journal, answer(other, 1))
    assert series_of(journal, warmth)[0].values == (5,)
    assert check_journal(sample.place, sample.by_words).ok
    delete_check_in(journal, kept.id)
    assert (warmth.id, 1) in definitions(journal)  # it can be taken back
    purge_check_in(journal, kept.id)
    assert (warmth.id, 1) not in definitions(journal)
    assert renamed.version == 2


def test_purged_without_an_answer_nothing_is_left(journal: Journal) -> None:
    warmth = own(journal)
    rows = _rows(journal, MeasureVersionRow)
    purge_measure(journal, warmth.id)
    assert (_rows(journal, MeasureVersionRow), _rows(journal, MeasureRow)) == (rows - 1, 0)
    with pytest.raises(WrongUsage):
        get_measure(journal, warmth.id)
    with pytest.raises(WrongUsage):
        check_in(journal, answer(warmth, 4))


def test_a_damaged_one_is_named_and_hides_no_other_and_no_check_in(journal: Journal) -> None:
    warmth, other = own(journal), own(journal, "Other")
    kept = check_in(journal, answer(warmth, 4), answer(other, 5))
    tamper(journal, "UPDATE measure SET in_use = 0 WHERE id = ?", warmth.id.bytes)
    assert Unreadable(warmth.id) in list_measures(journal)
    assert "Other" in _names(journal)
    for change in (get_measure, delete_measure, restore_measure):
        with pytest.raises(RecordDamaged):
            change(journal, warmth.id)
    assert get_check_in(journal, kept.id).draft == kept.draft
    assert series_of(journal, warmth)[0].values == (4,)
    purge_measure(journal, warmth.id)
    assert series_of(journal, warmth)[0].values == (4,)


def test_a_damaged_one_that_ships_is_as_new_once_it_was_purged_and_its_answers_keep_their_meaning(
    sample: Sample, journal: Journal
) -> None:
    mood = measure(journal)
    change_measure(journal, mood.id, definition=replace(mood.definition, highest=5))
    kept = check_in(journal, answer(measure(journal), 5))
    tamper(journal, "UPDATE measure SET in_use = 0 WHERE id = ?", mood.id.bytes)
    assert list_measures(journal)[0] == Unreadable(mood.id)
    purge_measure(journal, mood.id)
    again = measure(journal)
    assert again.definition == mood.definition and again.version != kept.draft.answers[0].version
    check_in(journal, answer(again, 10))
    assert get_check_in(journal, kept.id).draft == kept.draft
    assert [(one.values, one.definition.highest) for one in series_of(journal, mood)] == [((10,), 10), ((5,), 5)]
    assert check_journal(sample.place, sample.by_words).ok


def test_a_damaged_definition_takes_its_measure_and_no_check_in_with_it(journal: Journal) -> None:
    warmth = own(journal)
    kept = check_in(journal, answer(warmth, 4), answer(measure(journal), 6))
    tamper(journal, "UPDATE measure_version SET low = 'x' WHERE measure_id = ?", warmth.id.bytes)
    assert Unreadable(warmth.id) in list_measures(journal)
    assert get_check_in(journal, kept.id).draft == kept.draft
    assert (warmth.id, 1) not in definitions(journal)
    assert series_of(journal, warmth) == []
    assert series_of(journal, measure(journal))[0].values == (6,)


def test_what_a_journal_made_its_own_stays_whatever_the_program_says_later(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    from integrate.storage import measures

    kept = check_in(journal, answer(measure(journal), 6))
    later = tuple(
        replace(one, measure=replace(one.measure, definition=replace(one.measure.definition, highest=100)))
        for one in measures.shipped_measures()
    )
    monkeypatch.setattr(measures, "shipped_measures", lambda: later)
    found = get_check_in(journal, kept.id)
    assert isinstance(found, CheckIn)
    assert measure(journal).definition.highest == 10
    assert measure(journal, "energy").definition.highest == 100


def test_what_is_not_there_is_said(journal: Journal) -> None:
    for change in (get_measure, change_measure, delete_measure, restore_measure, purge_measure):
        with pytest.raises(WrongUsage):
            change(journal, uuid4())


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE measure SET id = x'00112233445566778899AABBCCDDEEFF'",
        "UPDATE measure SET id = 'x'",
        "UPDATE measure SET number = 7777",
        "UPDATE measure SET key = 'x'",
    ],
)
def test_whatever_is_damaged_in_one_that_ships_it_is_there_once_and_can_be_answered(
    journal: Journal, damage: str
) -> None:
    mood = measure(journal)
    check_in(journal, answer(mood, 6))
    tamper(journal, damage)
    found = list_measures(journal, all=True)
    assert len(found) == 14 and sum(isinstance(one, Unreadable) for one in found) == 1
    check_in(journal, answer(mood, 4))
    assert series_of(journal, mood)[0].values == (4, 6)  # at one instant


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE measure SET number = ?",
        "UPDATE measure SET place = ?",
        "UPDATE measure_version SET number = ?",
    ],
)
@pytest.mark.parametrize("value", ["x", b"x", 2**63 - 1])
def test_damage_to_a_number_keeps_nobody_from_adding_another(journal: Journal, damage: str, value: object) -> None:
    own(journal)
    tamper(journal, damage, value)
    other = own(journal, "Other")
    assert other.place < 1000
    check_in(journal, answer(other, 3))
    assert series_of(journal, other)[0].values == (3,)
