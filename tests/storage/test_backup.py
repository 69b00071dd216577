"""Backup and restore: the same journal again, or nothing at all."""

from __future__ import annotations

import hashlib
import hmac
import random
import struct
from pathlib import Path

import pytest

from integrate.domain.entry import Phase, SessionRef
from integrate.errors import (
    BackupDamaged,
    CheckFailed,
    Damaged,
    FileMissing,
    KnownError,
    NewerVersion,
    NotUnderstood,
    TargetExists,
    WrongPassphrase,
    WrongWords,
)
from integrate.journal.backups import back_up, last_good_copy, restore_backup
from integrate.journal.checking import check_journal
from integrate.journal.deleting import delete_entry
from integrate.journal.opening import Access, ByEither, ByPassphrase, ByWords, Journal, open_journal
from integrate.journal.secrets import new_recovery_words
from integrate.journal.writing import Sitting, save_entry
from integrate.storage import migrating
from integrate.storage.attachments import prepare_attachment
from integrate.storage.envelope import write_envelope
from tests.conftest import PASSPHRASE, Sample
from tests.helpers.cleanroom import hkdf
from tests.helpers.journals import content, draft, fingerprints, flip, found, tamper, write
from tests.helpers.photos import photo

OTHER_WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"


def _fill(journal: Journal) -> None:
    entry_id = write(
        journal, "A calm sea 海 " * 700, prepare_attachment("a.png", photo("PNG")),
        prepare_attachment("b.bin", bytes(700_000)), title="Cape", tags=("Sea",), phase=Phase.INTEGRATE,
        session=SessionRef(2, 3), never_share=True, mood_then=0, prompt_id="P01",
    )  # fmt: skip
    save_entry(journal, entry_id, draft("Later words", tags=("Sea",)), Sitting())
    delete_entry(journal, write(journal, "Put away"))
    write(journal, "", title="")


@pytest.fixture
def full(sample: Sample) -> Sample:
    with sample.open() as journal:
        _fill(journal)
    return sample


@pytest.fixture
def backup(full: Sample, tmp_path: Path) -> Path:
    with full.open(Access.READ) as journal:
        back_up(journal, tmp_path / "copy.ibk")
    return tmp_path / "copy.ibk"


def test_a_restored_journal_holds_the_same_in_everything(full: Sample, backup: Path, tmp_path: Path) -> None:
    restored = restore_backup(backup, tmp_path / "new" / "Again.integrate", full.by_words)
    assert restored.entries == 2
    with full.open(Access.READ) as one, open_journal(restored.place, full.by_words) as other:
        assert content(one) == content(other)
        assert one.id == other.id
        assert other.notices == ()
        assert found(other, "later") == found(one, "later")
    assert check_journal(restored.place, full.by_words, deep=True).ok
    with open_journal(restored.place, full.by_words, Access.WRITE) as journal:
        write(journal, "goes on")


def test_a_restored_journal_opens_with_passphrase_and_with_words(full: Sample, backup: Path, tmp_path: Path) -> None:
    place = restore_backup(backup, tmp_path / "Again.integrate", full.by_passphrase).place
    assert {p.name for p in place.iterdir()} == {"vault.hdr", "vault.db", "anchor", "lock", "backups"}
    assert place.stat().st_mode & 0o777 == 0o700
    for secret in (full.by_passphrase, full.by_words):
        open_journal(place, secret).close()


def test_what_is_told_of_a_backup_is_true(full: Sample, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    with full.open() as journal:
        made = back_up(journal, tmp_path / "copy.ibk", lambda done, of: steps.append((done, of)))
    data = made.file.read_bytes()
    assert (made.entries, made.size, made.sha256) == (2, len(data), hashlib.sha256(data).hexdigest())
    assert steps[-1][0] == steps[-1][1]
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert {p.name for p in tmp_path.iterdir()} == {"copy.ibk", "Journal.integrate"}


def test_an_independent_reader_understands_the_bytes_of_a_backup(full: Sample, backup: Path) -> None:
    data = backup.read_bytes()
    with full.open(Access.READ) as journal:
        key = hkdf(bytes(journal.vault.keys.master.view), journal.id.bytes, b"integrate/v1/backup")
    (length,) = struct.unpack_from("<Q", data, 4096)
    assert data[:4096] == (full.place / "vault.hdr").read_bytes()[:4096]
    assert len(data) == 4096 + 8 + length + 32
    assert hmac.digest(key, data[:-32], "sha256") == data[-32:]


def test_a_backup_can_be_made_beside_a_writer_and_holds_what_was_durable(full: Sample, tmp_path: Path) -> None:
    with full.open() as writer, full.open(Access.READ) as reader:
        write(writer, "durable a moment ago")
        made = back_up(reader, tmp_path / "copy.ibk")
        assert made.entries == 3
        write(writer, "too late")
    assert restore_backup(made.file, tmp_path / "Again.integrate", full.by_words).entries == 3


def test_backing_up_changes_nothing_in_the_journal(full: Sample, tmp_path: Path) -> None:
    before = fingerprints(full.place)
    with full.open(Access.READ) as journal:
        back_up(journal, tmp_path / "copy.ibk")
    assert fingerprints(full.place) == before


@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_nothing_is_ever_overwritten(full: Sample, backup: Path, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "taken"
    if kind == "file":
        target.write_bytes(b"mine")
    elif kind == "folder":
        target.mkdir()
    else:
        target.symlink_to(tmp_path / "nowhere")
    with full.open(Access.READ) as journal, pytest.raises(TargetExists):
        back_up(journal, target)
    with pytest.raises(TargetExists):
        restore_backup(backup, target, full.by_words)
    assert kind != "file" or target.read_bytes() == b"mine"
    assert not (tmp_path / "nowhere").exists()


def _refused(backup: Path, sample: Sample, place: Path, *kinds: type[KnownError]) -> None:
    before = {path.name for path in place.parent.iterdir()}
    with pytest.raises(kinds):
        restore_backup(backup, place, sample.by_words)
    assert {path.name for path in place.parent.iterdir()} == before


def test_a_flipped_bit_anywhere_is_noticed_and_leaves_nothing_behind(
    full: Sample, backup: Path, tmp_path: Path
) -> None:
    size = backup.stat().st_size
    chance = random.Random(5)
    fixed = [
        0,
        7,
        8,
        10,
        16,
        24,
        64,
        700,
        1088,
        4031,
        4032,
        4064,
        4095,
        4096,
        4097,
        4103,
        4104,
        size - 33,
        size - 32,
        size - 1,
    ]
    for at in (*fixed, *chance.sample(range(4104, size), 15)):
        flip(backup, at)
        _refused(backup, full, tmp_path / "Again.integrate", NotUnderstood if at < 8 else BackupDamaged)
        flip(backup, at)
    assert restore_backup(backup, tmp_path / "Again.integrate", full.by_words).entries == 2


def test_a_header_rewritten_with_a_fitting_checksum_is_noticed(full: Sample, backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    for at in (16, 30, 64, 200, 230, 700, 1090, 2000, 4040):
        data = bytearray(whole)
        data[at] ^= 1
        data[4064:4096] = hashlib.sha256(data[:4064]).digest()
        backup.write_bytes(data)
        _refused(backup, full, tmp_path / "Again.integrate", KnownError)


def test_a_backup_cut_off_anywhere_is_noticed(full: Sample, backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    for length in (
        8,
        4095,
        4096,
        4103,
        4104,
        4136,
        len(whole) // 2,
        len(whole) - 4096,
        len(whole) - 32,
        len(whole) - 1,
    ):
        backup.write_bytes(whole[:length])
        _refused(backup, full, tmp_path / "Again.integrate", BackupDamaged)
    backup.write_bytes(whole + b"\x00")
    _refused(backup, full, tmp_path / "Again.integrate", BackupDamaged)


@pytest.mark.parametrize("data", [b"", b"INTG", b"PK\x03\x04" + bytes(9000), b"\x89PNG\r\n\x1a\n", bytes(9000)])
def test_what_is_no_backup_is_not_understood(sample: Sample, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "file.ibk"
    file.write_bytes(data)
    _refused(file, sample, tmp_path / "Again.integrate", NotUnderstood)


def test_a_backup_of_a_newer_version_is_said_to_be_one(full: Sample, backup: Path, tmp_path: Path) -> None:
    data = bytearray(backup.read_bytes())
    data[8:10] = (2).to_bytes(2, "little")
    data[4064:4096] = hashlib.sha256(data[:4064]).digest()
    backup.write_bytes(data)
    _refused(backup, full, tmp_path / "Again.integrate", NewerVersion)


def test_a_backup_of_a_newer_schema_is_not_called_damaged(
    full: Sample, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "REVISIONS", migrating.REVISIONS[:-1])  # as the program before this one
    with pytest.raises(NewerVersion):
        restore_backup(backup, tmp_path / "Restored.integrate", full.by_words)
    assert not (tmp_path / "Restored.integrate").exists()


def test_a_missing_backup_is_said(full: Sample, tmp_path: Path) -> None:
    _refused(tmp_path / "none.ibk", full, tmp_path / "Again.integrate", FileMissing)


@pytest.mark.parametrize(
    ("secret", "kind"),
    [
        (ByPassphrase("not the passphrase"), WrongPassphrase), (ByWords(OTHER_WORDS), WrongWords),
        (ByEither(OTHER_WORDS), WrongPassphrase),
    ],
)  # fmt: skip
def test_a_wrong_secret_restores_nothing(
    backup: Path, tmp_path: Path, secret: ByPassphrase, kind: type[KnownError]
) -> None:
    with pytest.raises(kind):
        restore_backup(backup, tmp_path / "Again.integrate", secret)
    assert not (tmp_path / "Again.integrate").exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entry SET title = 'forged'",
        "UPDATE entry_text SET body = 'forged'",
        "UPDATE attachment_chunk SET data = x'00'",
        "DELETE FROM entry_tag",
        "DELETE FROM thumbnail",
        "DELETE FROM entry_fts_data WHERE id > 10",
    ],
)
def test_a_backup_that_does_not_read_back_is_not_kept(full: Sample, tmp_path: Path, sql: str) -> None:
    with full.open() as journal:
        tamper(journal, sql)
    before = {path.name for path in tmp_path.iterdir()}
    with full.open(Access.READ) as journal, pytest.raises(CheckFailed):
        back_up(journal, tmp_path / "copy.ibk")
    assert {path.name for path in tmp_path.iterdir()} == before


def test_f1_a_backup_of_a_damaged_page_is_not_kept(full: Sample, tmp_path: Path) -> None:
    size = (full.place / "vault.db").stat().st_size
    kept = 0
    for number in range(2, size // 4096, max(1, size // 4096 // 12)):
        flip(full.place / "vault.db", number * 4096 + 700)
        file = tmp_path / f"{number}.ibk"
        try:
            with full.open(Access.READ) as journal:
                back_up(journal, file)
            kept += 1
            place = restore_backup(file, tmp_path / f"{number}.integrate", full.by_words).place
            assert check_journal(place, full.by_words).ok
        except Damaged:
            assert not file.exists()
        flip(full.place / "vault.db", number * 4096 + 700)
    # Only a page that holds nothing (a free one) may be damaged without harm.
    assert kept <= 2


def test_a_backup_whose_content_was_damaged_before_it_was_sealed_is_not_restored(full: Sample, tmp_path: Path) -> None:
    with full.open() as journal:
        tamper(journal, "UPDATE entry_text SET body = 'forged'")
    file = tmp_path / "copy.ibk"
    with full.open(Access.READ) as journal, journal.vault.keys.backup_key() as key, file.open("wb") as out:
        write_envelope(out, journal.vault.on_disk.copy, full.place / "vault.db", key, None)
    _refused(file, full, tmp_path / "Again.integrate", BackupDamaged)


def test_a_restored_journal_does_not_claim_the_backups_of_the_old_one(
    full: Sample, backup: Path, tmp_path: Path
) -> None:
    place = restore_backup(backup, tmp_path / "Again.integrate", full.by_words).place
    with open_journal(place, full.by_words) as journal:
        assert last_good_copy(journal) is None


def test_the_words_of_the_day_of_the_backup_open_it_after_a_change(full: Sample, backup: Path, tmp_path: Path) -> None:
    with full.open() as journal:
        words = " ".join(new_recovery_words(journal, current=PASSPHRASE))
    with pytest.raises(WrongWords):
        restore_backup(backup, tmp_path / "No.integrate", ByWords(words))
    restore_backup(backup, tmp_path / "Again.integrate", full.by_words)
