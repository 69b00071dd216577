"""What a person chooses inside the journal: preferences, people, prompts of their own."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from integrate.domain.entry import Phase
from integrate.domain.people import Person
from integrate.domain.preferences import Preferences
from integrate.domain.prompts import Occasion
from integrate.errors import ReadOnlyJournal, RecordDamaged, WrongUsage
from integrate.journal.opening import Access, Journal
from integrate.journal.people import list_people, save_people
from integrate.journal.preferences import change_preferences, read_preferences
from integrate.journal.prompts import (
    add_own_prompt,
    all_prompts,
    built_in_pack,
    change_own_prompt,
    offer_prompt,
    prompt_by_id,
    prompt_for,
    remove_own_prompt,
)
from integrate.storage.settings import read_setting, write_settings
from tests.conftest import Sample
from tests.helpers.journals import tamper, write

PREPARE = Occasion(Phase.PREPARE)
ANA = Person(UUID(int=1), "Ana", "555 0100", "sister", shown_locked=True, note="Not at night.")
BEN = Person(UUID(int=2), "Ben", "555 0101")


def _sequence(journal: Journal) -> int:
    return journal.vault.database.sequence()


# --- preferences ------------------------------------------------------------------------------------------------------


def test_preferences_begin_with_their_defaults_and_stay_as_chosen(sample: Sample) -> None:
    with sample.open() as journal:
        assert read_preferences(journal) == Preferences()
        chosen = change_preferences(
            journal, name="Sarah", idle_minutes=15, phase=Phase.INTEGRATE, hidden_prompts=frozenset({"P1"})
        )
        assert chosen == Preferences("Sarah", 15, phase=Phase.INTEGRATE, hidden_prompts=frozenset({"P1"}))
    with sample.open(Access.READ) as journal:
        assert read_preferences(journal) == chosen
        with pytest.raises(ReadOnlyJournal):
            change_preferences(journal, name="Anna")


def test_only_what_differs_is_written(journal: Journal) -> None:
    change_preferences(journal, name="Sarah", prompts_on=False)
    before = _sequence(journal)
    change_preferences(journal, name="Sarah", prompts_on=False)
    assert _sequence(journal) == before
    change_preferences(journal, name="Sarah", prompts_on=True)
    assert _sequence(journal) == before + 1
    with journal.vault.database.read() as session:
        rows = session.connection().exec_driver_sql("SELECT key, rev FROM setting")
        revisions = {row.key: row.rev for row in rows}
    assert revisions == {"preference.name": 1, "preference.prompts_on": 2}


def test_a_refused_value_changes_nothing(journal: Journal) -> None:
    with pytest.raises(WrongUsage):
        change_preferences(journal, name="Sarah", idle_minutes=0)
    assert read_preferences(journal) == Preferences()


def test_what_a_newer_version_keeps_survives_and_bad_values_are_passed_over(journal: Journal) -> None:
    newer = {"preference.colour": "blue", "preference.idle_minutes": "a while", "of another kind": 1}
    write_settings(journal.vault.database, newer, journal.clock.now())
    assert change_preferences(journal, name="Sarah") == Preferences("Sarah")
    assert {key: read_setting(journal.vault.database, key) for key in newer} == newer


def test_a_damaged_preference_is_its_default_until_it_is_chosen_again(journal: Journal) -> None:
    change_preferences(journal, name="Sarah", idle_minutes=10)
    tamper(journal, "UPDATE setting SET value = '60' WHERE key = 'preference.idle_minutes'")
    assert read_preferences(journal) == Preferences("Sarah")
    assert change_preferences(journal, idle_minutes=10) == Preferences("Sarah", 10)


# --- people -----------------------------------------------------------------------------------------------------------


def test_people_keep_the_order_the_person_gave_them(sample: Sample) -> None:
    with sample.open() as journal:
        assert list_people(journal) == ()
        save_people(journal, [BEN, ANA])
        save_people(journal, [ANA, BEN])
    with sample.open(Access.READ) as journal:
        assert list_people(journal) == (ANA, BEN)
        with pytest.raises(ReadOnlyJournal):
            save_people(journal, [])


@pytest.mark.parametrize("kept", [[{"name": "no id"}], 5, ["Ana"]])
def test_people_that_cannot_be_read_are_not_taken_for_nobody(journal: Journal, kept: object) -> None:
    write_settings(journal.vault.database, {"people": kept}, journal.clock.now())
    with pytest.raises(RecordDamaged):
        list_people(journal)


# --- prompts ----------------------------------------------------------------------------------------------------------


def test_own_prompts_stand_beside_those_that_ship(sample: Sample) -> None:
    with sample.open() as journal:
        assert all_prompts(journal) == built_in_pack().prompts
        mine = add_own_prompt(journal, "  What did the sea say? ", Phase.PREPARE)
        assert re.fullmatch(r"my-[0-9a-f]{8}", mine.id)
        assert (mine.text, mine.phase) == ("What did the sea say?", Phase.PREPARE)
    with sample.open(Access.READ) as journal:
        assert all_prompts(journal)[-1] == mine
        assert prompt_by_id(journal, mine.id) == mine
        assert prompt_by_id(journal, built_in_pack().prompts[0].id) == built_in_pack().prompts[0]
        assert prompt_by_id(journal, "my-nothing") is None


def test_a_changed_prompt_keeps_its_id_and_a_removed_one_its_text(journal: Journal) -> None:
    mine = add_own_prompt(journal, "First?", Phase.PREPARE)
    other = add_own_prompt(journal, "Other?", Phase.EXPERIENCE)
    change_own_prompt(journal, mine.id, "Second?", Phase.INTEGRATE)
    changed = prompt_by_id(journal, mine.id)
    assert changed is not None and (changed.text, changed.phase) == ("Second?", Phase.INTEGRATE)
    remove_own_prompt(journal, mine.id)
    assert prompt_by_id(journal, mine.id) == changed
    assert [prompt.id for prompt in all_prompts(journal)][-1] == other.id
    assert mine.id not in {prompt.id for prompt in all_prompts(journal)}
    for refused in (lambda: remove_own_prompt(journal, mine.id), lambda: remove_own_prompt(journal, "P1"),
                    lambda: change_own_prompt(journal, mine.id, "Back?", Phase.PREPARE),
                    lambda: change_own_prompt(journal, other.id, " ", Phase.PREPARE)):  # fmt: skip
        with pytest.raises(WrongUsage):
            refused()


def test_an_id_is_never_used_again(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter((7, 7, 7, 8))
    monkeypatch.setattr("secrets.randbits", lambda _bits: next(numbers))
    first = add_own_prompt(journal, "First?", Phase.PREPARE)
    remove_own_prompt(journal, first.id)
    assert [first.id, add_own_prompt(journal, "Second?", Phase.PREPARE).id] == ["my-00000007", "my-00000008"]


def test_the_prompt_offered_knows_what_was_hidden_answered_and_switched_off(journal: Journal) -> None:
    assert prompt_for(journal, PREPARE) == offer_prompt(journal, PREPARE)
    mine = add_own_prompt(journal, "What did the sea say?", Phase.PREPARE)
    hidden = {prompt.id for prompt in built_in_pack().prompts if prompt.phase is Phase.PREPARE}
    change_preferences(journal, hidden_prompts=frozenset(hidden))
    assert prompt_for(journal, PREPARE) == mine
    assert prompt_for(journal, PREPARE, after=mine.id) is None
    second = add_own_prompt(journal, "And the wind?", Phase.PREPARE)
    first, last = sorted((mine, second), key=lambda prompt: prompt.order)
    assert prompt_for(journal, PREPARE, after=first.id) == last
    assert prompt_for(journal, PREPARE, after=last.id) == first
    write(journal, "salt", prompt_id=first.id)
    assert prompt_for(journal, PREPARE) == last
    change_preferences(journal, prompts_on=False)
    assert prompt_for(journal, PREPARE) is None
    assert prompt_by_id(journal, next(iter(hidden))) is not None


def test_own_prompts_that_cannot_be_read_are_not_written_over(journal: Journal) -> None:
    add_own_prompt(journal, "First?", Phase.PREPARE)
    tamper(journal, "UPDATE setting SET value = '[]'")
    for read in (all_prompts, lambda journal: prompt_for(journal, PREPARE)):
        with pytest.raises(RecordDamaged):
            read(journal)
    with pytest.raises(RecordDamaged):
        add_own_prompt(journal, "Second?", Phase.PREPARE)
