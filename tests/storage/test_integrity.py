"""Looking at everything: what a check finds, and that it changes nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from integrate.journal.checking import check_journal
from integrate.journal.opening import Access
from integrate.journal.writing import Sitting, save_entry
from integrate.storage.attachments import prepare_attachment
from integrate.storage.integrity import examine
from tests.conftest import Sample
from tests.helpers.cleanroom import PAGE
from tests.helpers.journals import draft, fingerprints, flip, tamper, write
from tests.helpers.photos import photo

CANARY = "quietharbour"


@pytest.fixture
def full(sample: Sample) -> Sample:
    """A journal with something of every kind in it."""
    with sample.open() as journal:
        entry_id = write(
            journal, f"{CANARY} 海 " * 900, prepare_attachment(f"{CANARY}.png", photo("PNG")),
            prepare_attachment("b.bin", bytes(600_000)), title=CANARY, tags=(CANARY, "Sea"),
        )  # fmt: skip
        save_entry(journal, entry_id, draft(f"{CANARY} again", tags=("Sea",)), Sitting())
        write(journal, "second")
    return sample


def test_a_sound_journal_has_no_problems_and_says_what_was_looked_at(full: Sample) -> None:
    report = check_journal(full.place, full.by_words, deep=True)
    assert report.ok, report.problems
    assert report.checked["entries"] == 2
    assert report.checked["indexed"] == 2
    assert report.checked["attachments"] == 2
    assert report.checked["records"] == 2 + 2 + 1 + 2 + 4 + 1
    assert report.checked["tags"] == 1
    assert report.checked["backups_read"] == 1
    assert report.checked["pages"] == (full.place / "vault.db").stat().st_size // PAGE


def test_a_check_changes_no_byte(full: Sample) -> None:
    before = fingerprints(full.place)
    check_journal(full.place, full.by_words, deep=True)
    assert fingerprints(full.place) == before
    assert {path.name for path in full.place.parent.iterdir()} == {full.place.name}


def test_f4_a_live_log_is_left_alone_and_no_reason_for_an_alarm(full: Sample) -> None:
    with full.open() as journal:
        for number in range(40):
            write(journal, f"not yet in the main file {number}")
        assert journal.vault.folder.has_wal()
        before = fingerprints(full.place)
        report = check_journal(full.place, full.by_words)
        assert report.ok, report.problems
        assert report.checked["entries"] == 42
        assert fingerprints(full.place) == before


def test_f4_a_log_that_a_kill_left_is_checked_through_a_snapshot(full: Sample, tmp_path: Path) -> None:
    with full.open() as journal:
        write(journal, "only in the log")
        killed = full.copy_to(tmp_path / "K.integrate")
    before = fingerprints(killed.place)
    report = check_journal(killed.place, killed.by_words)
    assert report.ok, report.problems
    assert report.checked["entries"] == 3
    assert fingerprints(killed.place) == before


_DAMAGE = [
    ("UPDATE entry SET title = 'forged' WHERE pk = 1", "1 record is damaged"),
    ("UPDATE entry SET title = 'forged'", "2 records are damaged"),
    ("UPDATE entry_text SET body = 'forged' WHERE entry_pk = 1", "record"),
    ("UPDATE revision SET body = 'forged'", "record"),
    ("UPDATE attachment SET name = 'forged' WHERE pk = 1", "record"),
    ("UPDATE attachment_chunk SET data = x'00' WHERE pk = 1", "attachment"),
    ("DELETE FROM attachment_chunk WHERE pk = 2", "attachment"),
    ("DELETE FROM thumbnail", "attachment"),
    ("UPDATE thumbnail SET data = x'00'", "record"),
    ("DELETE FROM entry_tag", "tags"),
    ("UPDATE entry_tag SET key = 'forged'", "tags"),
    ("DELETE FROM entry_text WHERE entry_pk = 2", "texts"),
    ("UPDATE entry SET tags = 'no json' WHERE pk = 1", "record"),
    ("UPDATE entry SET at_us = 'text' WHERE pk = 1", "record"),
    ("UPDATE entry SET title = CAST(x'ff' AS TEXT) WHERE pk = 1", "record"),
    ("INSERT INTO entry_fts(rowid, title, body, labels) VALUES (77, 'forged', 'forged', '')", "index"),
    ("DELETE FROM entry_fts_data WHERE id > 10", "index"),
]


@pytest.mark.parametrize(("sql", "word"), _DAMAGE)
def test_each_kind_of_damage_is_found_and_told_without_content(full: Sample, sql: str, word: str) -> None:
    with full.open() as journal:
        tamper(journal, sql)
    report = check_journal(full.place, full.by_words)
    assert not report.ok
    told = " ".join(report.problems)
    assert word in told
    assert CANARY not in told
    assert "forged" not in told
    assert all(problem.endswith(".") for problem in report.problems)
    assert len(set(report.problems)) == len(report.problems)


def test_f1_every_damaged_page_of_the_file_is_found(full: Sample, tmp_path: Path) -> None:
    database = full.place / "vault.db"
    whole = database.read_bytes()
    count = len(whole) // PAGE
    for number in sorted({1, 2, 3, count // 2, count - 2, count - 1}):
        flip(database, number * PAGE + 1234)
        report = check_journal(full.place, full.by_words)
        assert not report.ok, f"page {number + 1}"
        database.write_bytes(whole)


def test_the_structure_is_checked_without_a_passphrase(full: Sample) -> None:
    report = check_journal(full.place, None)
    assert report.ok
    assert report.checked == {"header_copies": 2, "pages": report.checked["pages"], "backups": 1}
    flip(full.place / "vault.hdr", 100)
    (full.place / "anchor").unlink()
    (full.place / "backups" / "000001.ibk").write_bytes(b"INTGVLT1")
    with (full.place / "vault.db").open("r+b") as file:
        file.truncate(PAGE * 3 + 1)
    told = check_journal(full.place, None).problems
    assert len(told) == 4
    for word in ("header", "anchor", "automatic backup", "cut short"):
        assert any(word in problem for problem in told), word


def test_a_damaged_backup_is_found_only_by_a_deep_check(full: Sample) -> None:
    flip(full.place / "backups" / "000001.ibk", 30_000)
    assert check_journal(full.place, full.by_words).ok
    report = check_journal(full.place, full.by_words, deep=True)
    assert any("backup" in problem for problem in report.problems)


@pytest.mark.parametrize("name", ["0000007.ibk", "7.ibk"])
def test_a_stray_file_among_the_backups_does_not_stop_the_check(full: Sample, name: str) -> None:
    (full.place / "backups" / name).write_bytes(b"x")
    check_journal(full.place, full.by_words, deep=True)


def test_a_backup_of_a_newer_version_is_told_and_stops_nothing(full: Sample) -> None:
    backup = full.place / "backups" / "000002.ibk"
    data = bytearray((full.place / "backups" / "000001.ibk").read_bytes())
    data[8:10] = (2).to_bytes(2, "little")
    data[4064:4096] = hashlib.sha256(data[:4064]).digest()
    backup.write_bytes(data)
    for secret in (None, full.by_words):
        check_journal(full.place, secret, deep=True)


def test_a_missing_end_is_a_problem_of_the_check(full: Sample) -> None:
    old = (full.place / "vault.db").read_bytes()
    with full.open() as journal:
        write(journal, "third")
    (full.place / "vault.db").write_bytes(old)
    report = check_journal(full.place, full.by_words)
    assert any("missing" in problem for problem in report.problems)


def test_progress_goes_up_to_the_end(full: Sample) -> None:
    steps: list[tuple[int, int]] = []
    check_journal(full.place, full.by_words, progress=lambda done, of: steps.append((done, of)))
    assert [done for done, _of in steps] == list(range(1, steps[-1][1] + 1))


def test_an_open_journal_can_be_examined_from_inside(full: Sample) -> None:
    with full.open(Access.READ) as journal:
        assert examine(journal.vault.database).ok


def test_nobody_who_writes_waits_for_a_check(full: Sample) -> None:
    written: list[object] = []

    def while_checking(done: int, _total: int) -> None:
        if done == 1:
            with full.open() as journal:
                written.append(write(journal, "meanwhile"))

    assert check_journal(full.place, full.by_words, progress=while_checking).ok
    assert len(written) == 1
    assert check_journal(full.place, full.by_words).ok
