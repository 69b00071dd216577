"""The files of a journal and what is said of them without a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrate.errors import DatabaseMissing, DatabaseTruncated, NotAJournal
from integrate.storage.layout import JournalFolder
from tests.conftest import Sample


def test_a_new_journal_has_exactly_its_files(sample: Sample) -> None:
    names = {str(path.relative_to(sample.place)) for path in sample.place.rglob("*") if path.is_file()}
    assert names == {"vault.hdr", "vault.db", "anchor", "lock", "backups/000001.ibk"}
    assert (sample.place / "vault.hdr").stat().st_size == 8192
    assert (sample.place / "anchor").stat().st_size == 41


@pytest.mark.parametrize("kind", ["nothing", "file", "empty folder", "folder of something else"])
def test_what_is_no_journal_is_said_to_be_none(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "x.integrate"
    if kind == "file":
        place.write_bytes(b"x")
    elif kind != "nothing":
        place.mkdir()
        if kind == "folder of something else":
            (place / "notes.txt").write_bytes(b"x")
    with pytest.raises(NotAJournal):
        JournalFolder(place).require_journal()


@pytest.mark.parametrize("missing", ["vault.hdr", "vault.db"])
def test_a_journal_that_lost_one_file_is_still_a_journal(sample: Sample, missing: str) -> None:
    (sample.place / missing).unlink()
    JournalFolder(sample.place).require_journal()


@pytest.mark.parametrize("size", [0, 1, 512, 4095, 4097, 8191])
def test_f7_a_database_that_ends_inside_a_page_is_cut_short(sample: Sample, size: int) -> None:
    folder = JournalFolder(sample.place)
    folder.database.write_bytes(folder.database.read_bytes()[:size])
    with pytest.raises(DatabaseTruncated) as caught:
        folder.require_database()
    assert str(size) in caught.value.message()


def test_f7_a_missing_database_is_said_and_not_made(sample: Sample) -> None:
    folder = JournalFolder(sample.place)
    folder.database.unlink()
    with pytest.raises(DatabaseMissing):
        folder.require_database()
    assert not folder.database.exists()


def test_backups_are_known_by_their_numbers_alone(tmp_path: Path) -> None:
    folder = JournalFolder(tmp_path)
    assert folder.backup_numbers() == []
    folder.backups.mkdir()
    for name in ("000010.ibk", "000002.ibk", "1000000.ibk", ".0123.part", "notes.txt", "copy of 3.ibk", "-00001.ibk"):
        (folder.backups / name).write_bytes(b"")
    assert folder.backup_numbers() == [2, 10, 1_000_000]


@pytest.mark.parametrize("name", ["²²²²²².ibk", "7.ibk", "0000007.ibk", "٠٠٠٠٠٧.ibk"])
def test_a_stray_file_among_the_backups_is_not_taken_for_one(tmp_path: Path, name: str) -> None:
    folder = JournalFolder(tmp_path)
    folder.backups.mkdir()
    (folder.backups / name).write_bytes(b"")
    assert all(folder.backup(number).exists() for number in folder.backup_numbers())


def test_an_empty_log_is_no_log(tmp_path: Path) -> None:
    folder = JournalFolder(tmp_path)
    assert not folder.has_wal()
    folder.wal.write_bytes(b"")
    assert not folder.has_wal()
    folder.wal.write_bytes(b"x")
    assert folder.has_wal()


def test_the_size_counts_every_file(sample: Sample) -> None:
    files = [path.stat().st_size for path in sample.place.rglob("*") if path.is_file()]
    assert JournalFolder(sample.place).size() == sum(files)
