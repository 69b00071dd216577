"""Settings: sealed, one transaction each, and what damage does to them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from integrate.errors import RecordDamaged
from integrate.journal.checking import check_journal
from integrate.journal.opening import Access, Journal
from integrate.storage.settings import change_setting, read_setting, read_settings, write_settings
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.journals import tamper


def _keep(journal: Journal, clock: FixedClock, **values: object) -> None:
    write_settings(journal.vault.database, values, clock.now())


def test_what_is_kept_is_there_after_closing(sample: Sample, clock: FixedClock) -> None:
    with sample.open() as journal:
        _keep(journal, clock, colour="blue", words=["ärger", "海"], flag=True)
        _keep(journal, clock, colour="green")
    with sample.open(Access.READ) as journal:
        kept = read_settings(journal.vault.database)
        assert kept == {"colour": "green", "words": ["ärger", "海"], "flag": True}
        assert read_setting(journal.vault.database, "colour") == "green"
        assert read_setting(journal.vault.database, "never kept") is None


def test_each_change_counts_a_revision_and_notes_its_time(journal: Journal, clock: FixedClock) -> None:
    _keep(journal, clock, colour="blue")
    clock.advance(timedelta(hours=1))
    _keep(journal, clock, colour="green")
    with journal.vault.database.read() as session:
        ((rev, changed),) = session.connection().exec_driver_sql("SELECT rev, changed_us FROM setting").all()
    assert (rev, changed) == (2, int(clock.now().timestamp()) * 1_000_000)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE setting SET value = '\"red\"' WHERE key = 'colour'",
        "UPDATE setting SET key = 'other' WHERE key = 'colour'",
        "UPDATE setting SET rev = 7 WHERE key = 'colour'",
        "UPDATE setting SET changed_us = 0 WHERE key = 'colour'",
        "UPDATE setting SET id = zeroblob(16) WHERE key = 'colour'",
        "UPDATE setting SET seal = zeroblob(16) WHERE key = 'colour'",
    ],
)
def test_a_setting_that_was_tampered_with_is_never_believed(journal: Journal, clock: FixedClock, sql: str) -> None:
    _keep(journal, clock, colour="blue", size=1)
    tamper(journal, sql)
    assert read_settings(journal.vault.database) == {"size": 1}
    with pytest.raises(RecordDamaged):
        read_setting(journal.vault.database, "other" if "key = 'other'" in sql else "colour")


def test_an_older_value_under_another_key_is_not_believed(journal: Journal, clock: FixedClock) -> None:
    _keep(journal, clock, one="blue", two="green")
    tamper(journal, "UPDATE setting SET value = (SELECT value FROM setting WHERE key = 'one') WHERE key = 'two'")
    assert read_settings(journal.vault.database) == {"one": "blue"}


def test_damage_is_written_over_by_a_choice_and_not_by_a_change(journal: Journal, clock: FixedClock) -> None:
    _keep(journal, clock, colour="blue")
    tamper(journal, "UPDATE setting SET value = 'red', rev = 'x'")
    with pytest.raises(RecordDamaged):
        change_setting(journal.vault.database, "colour", lambda _kept: "green", clock.now())
    _keep(journal, clock, colour="green")
    assert read_settings(journal.vault.database) == {"colour": "green"}


def test_a_change_sees_what_is_kept_and_fails_whole(journal: Journal, clock: FixedClock) -> None:
    change_setting(journal.vault.database, "list", lambda kept: [kept], clock.now())
    change_setting(journal.vault.database, "list", lambda kept: [kept], clock.now())
    assert read_setting(journal.vault.database, "list") == [[None]]
    with pytest.raises(ZeroDivisionError):
        change_setting(journal.vault.database, "list", lambda _kept: 1 // 0, clock.now())
    assert read_setting(journal.vault.database, "list") == [[None]]


def test_a_check_reads_settings_too(sample: Sample, clock: FixedClock) -> None:
    with sample.open() as journal:
        _keep(journal, clock, colour="blue")
    assert check_journal(sample.place, sample.by_words).ok
    with sample.open() as journal:
        tamper(journal, "UPDATE setting SET value = '\"red\"'")
    assert check_journal(sample.place, sample.by_words).problems == ("1 record is damaged.",)
