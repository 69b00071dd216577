"""Automatic backups: numbered, noted, thinned out to 7 days, 4 weeks and 12 months."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from integrate.errors import CheckFailed, DiskRefused, ReadOnlyJournal
from integrate.journal.backups import back_up_if_due, last_good_copy, replace_automatic_backups, restore_backup
from integrate.journal.deleting import purge_entry
from integrate.journal.opening import Access, create_journal
from integrate.storage.automatic import Reason, back_up_automatically, last_backup_day
from integrate.storage.kdf import FLOOR
from integrate.storage.tables import BackupRow
from integrate.system.clock import FixedClock
from tests.conftest import PASSPHRASE, Sample
from tests.helpers.journals import tamper, write

NAMES = "[0-9][0-9][0-9][0-9][0-9][0-9].ibk"


def _numbers(sample: Sample) -> list[int]:
    files = sorted((sample.place / "backups").iterdir())
    assert all(path.match(NAMES) for path in files)
    return [int(path.stem) for path in files]


def test_a_new_journal_has_its_first_backup_already(tmp_path: Path, clock: FixedClock) -> None:
    made = create_journal(tmp_path / "New.integrate", PASSPHRASE, cost=FLOOR, clock=clock)
    sample = Sample(made.place, PASSPHRASE, " ".join(made.recovery_words))
    assert _numbers(sample) == [1]
    with sample.open(Access.READ) as journal:
        assert last_good_copy(journal) == clock.now()
    restore_backup(made.place / "backups" / "000001.ibk", tmp_path / "Again.integrate", sample.by_words)


def test_at_most_one_a_day_and_not_before_two_minutes(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        write(journal)
        assert back_up_if_due(journal) is None
        clock.advance(timedelta(minutes=2))
        made = back_up_if_due(journal)
        assert made is not None
        assert (made.file.name, made.entries) == ("000002.ibk", 1)
        clock.advance(timedelta(hours=10))
        assert back_up_if_due(journal) is None
        clock.advance(timedelta(hours=10))  # the next local day
        assert back_up_if_due(journal) is not None
        assert last_good_copy(journal) == clock.now()


def test_the_day_is_the_local_one(sample: Sample) -> None:
    clock = FixedClock(datetime(2026, 3, 1, 23, 30, tzinfo=UTC), "Asia/Tokyo")
    with sample.open(clock=clock) as journal:
        back_up_automatically(journal.vault, Reason.DAILY, clock)
        assert last_backup_day(journal.vault) == date(2026, 3, 2)


def test_a_clock_set_back_does_not_hold_up_the_next_one(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        back_up_automatically(journal.vault, Reason.DAILY, clock)
    clock.advance(timedelta(days=-400))
    with sample.open(clock=clock) as journal:
        clock.advance(timedelta(minutes=5))
        assert back_up_if_due(journal) is not None


def test_two_weeks_of_days_leave_a_week_and_the_weeks_before(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        for _day in range(15):
            back_up_automatically(journal.vault, Reason.DAILY, clock)
            clock.advance(timedelta(days=1))
    numbers = _numbers(sample)
    assert numbers[-7:] == list(range(10, 17))
    assert 8 <= len(numbers) <= 7 + 3 + 2


def test_a_year_of_copies_is_thinned_out_at_the_next_one(sample: Sample) -> None:
    first = date(2025, 1, 1)
    clock = FixedClock(datetime(2026, 1, 1, 12, tzinfo=UTC), "UTC")
    with sample.open(clock=clock) as journal:
        with journal.vault.database.write() as connection:
            for number in range(2, 367):
                journal.vault.folder.backup(number).write_bytes(b"")
                row = {"number": number, "made_us": 0, "reason": "daily", "size": 0, "sha256": b"", "entries": 0}
                day = {"local_day": (first + timedelta(days=number - 2)).toordinal()}
                connection.execute(insert(BackupRow).values(row | day))
        back_up_automatically(journal.vault, Reason.DAILY, clock)
        with journal.vault.database.read() as session:
            noted = session.connection().exec_driver_sql("SELECT number FROM backup ORDER BY number").scalars().all()
    numbers = _numbers(sample)
    assert noted == numbers
    assert numbers[-1] == 367
    days = {first + timedelta(days=number - 2) for number in numbers if 1 < number < 367}
    assert {date(2025, month + 1, 1) - timedelta(days=1) for month in range(2, 12)} <= days
    assert {date(2025, 12, day) for day in range(26, 32)} <= days
    assert len(numbers) <= 23


def test_a_number_is_never_used_twice(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        made = back_up_automatically(journal.vault, Reason.DAILY, clock)
        made.file.unlink()
        assert back_up_automatically(journal.vault, Reason.DAILY, clock).file.name == "000003.ibk"


def test_a_copy_that_was_finished_but_not_noted_counts_by_its_files_time(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        (sample.place / "backups" / "000002.ibk").write_bytes((sample.place / "backups" / "000001.ibk").read_bytes())
        made = back_up_automatically(journal.vault, Reason.DAILY, clock)
        assert made.file.name == "000003.ibk"


@pytest.mark.parametrize("name", ["notes.txt", "7.ibk", "0000007.ibk", ".0011.part"])
def test_a_stray_file_does_not_stop_the_automatic_backup(sample: Sample, clock: FixedClock, name: str) -> None:
    (sample.place / "backups" / name).write_bytes(b"mine")
    with sample.open(clock=clock) as journal:
        back_up_automatically(journal.vault, Reason.DAILY, clock)
    assert (sample.place / "backups" / name).read_bytes() == b"mine"


def test_a_failed_check_keeps_the_earlier_copies_and_adds_none(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        write(journal)
        tamper(journal, "UPDATE entry SET title = 'forged'")
        with pytest.raises(CheckFailed):
            back_up_automatically(journal.vault, Reason.DAILY, clock)
        assert last_backup_day(journal.vault) != clock.now().date()
    assert _numbers(sample) == [1]


def test_the_last_good_copy_is_one_that_is_still_there(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        first = last_good_copy(journal)
        made = back_up_automatically(journal.vault, Reason.DAILY, clock)
        assert last_good_copy(journal) == clock.now()
        made.file.unlink()
        assert last_good_copy(journal) == first
        (sample.place / "backups" / "000001.ibk").unlink()
        assert last_good_copy(journal) is None


def test_the_folder_of_backups_is_made_anew_when_it_is_gone(sample: Sample, clock: FixedClock) -> None:
    shutil.rmtree(sample.place / "backups")
    with sample.open(clock=clock) as journal:
        back_up_automatically(journal.vault, Reason.DAILY, clock)
    assert (sample.place / "backups").stat().st_mode & 0o777 == 0o700


def test_a_journal_open_to_read_gets_no_automatic_backup_and_no_stray_file(sample: Sample, clock: FixedClock) -> None:
    with sample.open(Access.READ) as journal, pytest.raises(ReadOnlyJournal):
        back_up_automatically(journal.vault, Reason.DAILY, clock)
    assert _numbers(sample) == [1]


def test_one_new_verified_copy_takes_the_place_of_all_earlier_ones(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        entry_id = write(journal, "the sea")
        back_up_automatically(journal.vault, Reason.DAILY, clock)
        purge_entry(journal, entry_id)
        made = replace_automatic_backups(journal)
        assert made.entries == 0
        assert _numbers(sample) == [3]
        assert last_good_copy(journal) == clock.now()
        with journal.vault.database.read() as session:
            rows = session.connection().exec_driver_sql("SELECT number, reason FROM backup").all()
        assert rows == [(3, "after-purge")]


def test_without_a_good_new_copy_the_earlier_ones_stay(sample: Sample) -> None:
    with sample.open() as journal:
        write(journal, "the sea")
        tamper(journal, "UPDATE entry SET title = 'forged'")
        with pytest.raises(CheckFailed):
            replace_automatic_backups(journal)
    assert _numbers(sample) == [1]


def test_an_earlier_copy_that_cannot_be_removed_is_told(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.unlink

    def stuck(path: Path, missing_ok: bool = False) -> None:
        if path.name == "000001.ibk":
            raise PermissionError
        whole(path, missing_ok=missing_ok)

    with sample.open() as journal, monkeypatch.context() as at_work:
        at_work.setattr(Path, "unlink", stuck)
        with pytest.raises(DiskRefused):
            replace_automatic_backups(journal)
    assert _numbers(sample) == [1, 2]
