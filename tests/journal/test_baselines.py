"""Baselines that somebody chose: kept, taken back, and in nobody's way where they cannot be understood."""

from __future__ import annotations

from uuid import UUID

from integrate.journal.baselines import choose_baseline, chosen_baselines
from integrate.journal.opening import Journal
from integrate.storage.settings import write_settings
from tests.conftest import Sample
from tests.helpers.journals import tamper

ONE, OTHER = UUID(int=1), UUID(int=2)


def test_a_choice_is_kept_until_it_is_taken_back(sample: Sample) -> None:
    with sample.open() as journal:
        assert chosen_baselines(journal) == {}
        changes = choose_baseline(journal, "phq-9", ONE, origin="here")
        assert changes.areas == {"responses"}
        assert changes.origin == "here"
        choose_baseline(journal, "gad-7", OTHER)
    with sample.open() as journal:
        assert chosen_baselines(journal) == {"phq-9": ONE, "gad-7": OTHER}
        choose_baseline(journal, "phq-9", None)
        assert chosen_baselines(journal) == {"gad-7": OTHER}


def test_what_is_no_choice_counts_as_none(journal: Journal) -> None:
    kept = {"baselines": {"phq-9": "no id", "gad-7": 7, "k6": str(ONE)}}
    write_settings(journal.vault.database, kept, journal.clock.now())
    assert chosen_baselines(journal) == {"k6": ONE}
    write_settings(journal.vault.database, {"baselines": [1]}, journal.clock.now())
    assert chosen_baselines(journal) == {}


def test_a_damaged_setting_keeps_nobody_from_trends(journal: Journal) -> None:
    choose_baseline(journal, "phq-9", ONE)
    tamper(journal, "UPDATE setting SET value = '{}' WHERE key = 'baselines'")
    assert chosen_baselines(journal) == {}
