"""Photos and files inside the encryption."""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.errors import AttachmentTooLarge, CannotStripMetadata, EntryMissing, FileMissing, RecordDamaged
from integrate.journal.deleting import purge_entry
from integrate.journal.finding import get_entry
from integrate.journal.opening import Journal
from integrate.journal.writing import (
    attach_file,
    is_very_large,
    prepare_file,
    read_attachment,
    read_thumbnail,
    remove_attachment,
)
from integrate.storage.attachments import MAX_SIZE, AttachmentReader, prepare_attachment
from integrate.storage.tables import CHUNK_SIZE
from tests.helpers.journals import tamper, write
from tests.helpers.photos import photo

KIB256 = 256 * 1024


def _bytes(size: int) -> bytes:
    return hashlib.shake_128(str(size).encode()).digest(size)


@pytest.mark.parametrize(
    ("size", "chunks"),
    [(0, 0), (1, 1), (KIB256 - 1, 1), (KIB256, 1), (KIB256 + 1, 2), (3 * KIB256, 3), (1_000_000, 4)],
)
def test_a_file_comes_back_byte_for_byte_in_chunks_of_256_kib(journal: Journal, size: int, chunks: int) -> None:
    assert CHUNK_SIZE == KIB256
    data = _bytes(size)
    entry_id = write(journal, "body", prepare_attachment("a.bin", data))
    (info,) = get_entry(journal, entry_id).attachments
    assert (info.size, info.sha256, info.entry_id) == (size, hashlib.sha256(data).digest(), entry_id)
    with journal.vault.database.read() as session:
        parts = list(AttachmentReader(session).chunks(info.id))
    assert len(parts) == chunks
    assert all(len(part) <= KIB256 for part in parts)
    assert b"".join(parts) == data == read_attachment(journal, info.id)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=4000), st.text(st.characters(codec="utf-8", exclude_characters="\x00/"), min_size=1, max_size=40)
)
def test_any_bytes_under_any_name_come_back(journal: Journal, data: bytes, name: str) -> None:
    entry_id = write(journal, "", prepare_attachment(name, data))
    (info,) = get_entry(journal, entry_id).attachments
    assert (info.name, read_attachment(journal, info.id)) == (name, data)


def test_several_files_of_one_entry_keep_their_order(journal: Journal) -> None:
    names = ["c.txt", "a.txt", "b.txt", "a.txt"]
    files = [prepare_attachment(name, str(n).encode()) for n, name in enumerate(names)]
    entry = get_entry(journal, write(journal, "body", *files))
    assert [info.name for info in entry.attachments] == names
    assert [read_attachment(journal, info.id) for info in entry.attachments] == [b"0", b"1", b"2", b"3"]


def test_the_limit_is_64_mib(tmp_path: Path) -> None:
    assert MAX_SIZE == 64 * 1024**2
    assert prepare_attachment("a.bin", bytes(MAX_SIZE)).media_type == "application/octet-stream"
    with pytest.raises(AttachmentTooLarge):
        prepare_attachment("a.bin", bytes(MAX_SIZE + 1))
    with (tmp_path / "huge.bin").open("wb") as file:
        file.truncate(MAX_SIZE + 1)
    with pytest.raises(AttachmentTooLarge) as caught:
        prepare_file(tmp_path / "huge.bin")
    assert "64" in caught.value.message()


@pytest.mark.parametrize("kind", ["nothing", "folder"])
def test_a_file_that_is_not_there_is_said(tmp_path: Path, kind: str) -> None:
    if kind == "folder":
        (tmp_path / "x").mkdir()
    with pytest.raises(FileMissing):
        prepare_file(tmp_path / "x")


def test_only_the_base_name_of_a_file_goes_in(tmp_path: Path) -> None:
    path = tmp_path / "secret place" / "note.txt"
    path.parent.mkdir()
    path.write_bytes(b"x")
    prepared = prepare_file(path)
    assert (prepared.name, prepared.media_type, prepared.thumbnail) == ("note.txt", "text/plain", None)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE attachment_chunk SET data = x'00' WHERE seq = 1",
        "DELETE FROM attachment_chunk WHERE seq = 0",
        "DELETE FROM attachment_chunk WHERE seq = 1",
        "DELETE FROM attachment_chunk WHERE seq = 2",
        "DELETE FROM attachment_chunk",
        "UPDATE attachment_chunk SET seq = 7 WHERE seq = 2",
        "UPDATE attachment_chunk SET data = 'text' WHERE seq = 0",
        "UPDATE attachment SET size = size + 1",
        "UPDATE attachment SET sha256 = zeroblob(32)",
        "UPDATE attachment SET name = 'other'",
        "UPDATE attachment SET has_thumbnail = 1",
    ],
)
def test_f1_a_damaged_attachment_is_never_given_out(journal: Journal, sql: str) -> None:
    entry_id = write(journal, "body", prepare_attachment("a.bin", _bytes(2 * KIB256 + 5)))
    (info,) = get_entry(journal, entry_id).attachments
    tamper(journal, sql)
    with pytest.raises(RecordDamaged):
        read_attachment(journal, info.id)


def test_f1_swapped_chunks_are_noticed(journal: Journal) -> None:
    entry_id = write(journal, "body", prepare_attachment("a.bin", _bytes(2 * KIB256)))
    (info,) = get_entry(journal, entry_id).attachments
    tamper(journal, "UPDATE attachment_chunk SET seq = seq + 10")
    tamper(journal, "UPDATE attachment_chunk SET seq = 11 - seq")
    with pytest.raises(RecordDamaged):
        read_attachment(journal, info.id)


def test_f1_the_chunk_of_another_file_does_not_pass(journal: Journal) -> None:
    one, two = (
        get_entry(journal, write(journal, "x", prepare_attachment(name, name.encode() * 10))).attachments[0]
        for name in ("one", "two")
    )
    tamper(
        journal,
        "UPDATE attachment_chunk SET (id, data, seal) ="
        " (SELECT id, data, seal FROM attachment_chunk WHERE id = ?) WHERE id = ?",
        one.id.bytes, two.id.bytes,
    )  # fmt: skip
    with pytest.raises(RecordDamaged):
        read_attachment(journal, two.id)
    assert read_attachment(journal, one.id) == b"one" * 10


def test_damage_is_known_before_the_last_chunk_is_given(journal: Journal) -> None:
    entry_id = write(journal, "body", prepare_attachment("a.bin", _bytes(2 * KIB256)))
    (info,) = get_entry(journal, entry_id).attachments
    tamper(journal, "DELETE FROM attachment_chunk WHERE seq = 1")
    given_out = []
    with journal.vault.database.read() as session, pytest.raises(RecordDamaged):
        given_out.extend(AttachmentReader(session).chunks(info.id))
    assert given_out == []


def test_a_photo_has_a_small_jpeg_and_its_type(journal: Journal) -> None:
    entry_id = write(journal, "body", prepare_attachment("no-suffix", photo("PNG", size=(800, 400))))
    (info,) = get_entry(journal, entry_id).attachments
    assert (info.media_type, info.has_thumbnail) == ("image/png", True)
    thumbnail = read_thumbnail(journal, info.id)
    assert thumbnail is not None
    assert thumbnail.startswith(b"\xff\xd8")


def test_a_file_has_no_thumbnail(journal: Journal) -> None:
    entry_id = write(journal, "body", prepare_attachment("a.txt", b"words"))
    assert read_thumbnail(journal, get_entry(journal, entry_id).attachments[0].id) is None


@pytest.mark.parametrize("sql", ["UPDATE thumbnail SET data = x'ffd8'", "DELETE FROM thumbnail"])
def test_f1_a_damaged_thumbnail_is_not_shown(journal: Journal, sql: str) -> None:
    entry_id = write(journal, "body", prepare_attachment("a.png", photo("PNG")))
    (info,) = get_entry(journal, entry_id).attachments
    tamper(journal, sql)
    with pytest.raises(RecordDamaged):
        read_thumbnail(journal, info.id)


def test_an_unknown_attachment_is_missing(journal: Journal) -> None:
    for ask in (read_attachment, read_thumbnail):
        with pytest.raises(EntryMissing):
            ask(journal, uuid4())


def test_a_removed_or_purged_attachment_leaves_no_row(journal: Journal) -> None:
    entry_id = write(journal, "body", prepare_attachment("a.png", photo("PNG")), prepare_attachment("b", b"x" * KIB256))
    first, second = get_entry(journal, entry_id).attachments
    remove_attachment(journal, first)
    with pytest.raises(EntryMissing):
        read_attachment(journal, first.id)
    assert read_attachment(journal, second.id) == b"x" * KIB256
    purge_entry(journal, entry_id)
    with journal.vault.database.read() as session:
        for table in ("attachment", "attachment_chunk", "thumbnail"):
            assert session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0  # noqa: S608 - names of ours


def test_an_entry_and_its_files_are_written_together_or_not_at_all(journal: Journal) -> None:
    good = prepare_attachment("a.txt", b"x")
    bad = prepare_attachment("a.txt", b"x")
    object.__setattr__(bad, "media_type", object())  # what the database refuses
    with pytest.raises(Exception, match=r"."):
        write(journal, "body", good, bad)
    with journal.vault.database.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM entry").scalar() == 0


def test_a_file_attached_later_joins_the_entry_without_a_new_sitting(journal: Journal) -> None:
    entry_id = write(journal, "body")
    info = attach_file(journal, entry_id, prepare_attachment("late.txt", b"x"))
    assert read_attachment(journal, info.id) == b"x"


def test_a_journal_of_many_gibibytes_is_said_to_be_large(journal: Journal) -> None:
    write(journal, "body", prepare_attachment("a", b"x"))
    assert not is_very_large(journal)
    tamper(journal, "UPDATE attachment SET size = 2147483648")
    assert is_very_large(journal)


@pytest.mark.parametrize("data", [b"", b"plain text", b"%PDF-1.7", photo("GIF")], ids=["empty", "text", "pdf", "gif"])
def test_asking_to_strip_what_cannot_be_stripped_is_refused(data: bytes) -> None:
    with pytest.raises(CannotStripMetadata):
        prepare_attachment("a", data, strip_metadata=True)
