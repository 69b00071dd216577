"""The bytes of room.log: its layout, what is read of it however it was damaged, and how it is written and removed."""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
import os
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.moments import LONGEST_WORDS, Mark, MomentKind, Strength
from integrate.domain.times import ZonedTime
from integrate.errors import DiskFull, DiskRefused, NewerVersion, RoomUnreadable, TargetExists, WrongUsage
from integrate.storage import room_log
from integrate.storage.room_log import (
    Remains,
    RoomContents,
    RoomWriter,
    create_room_file,
    destroy,
    looks_unfinished,
    read_room,
    set_aside,
)
from integrate.storage.room_records import (
    BLOCK,
    LONGEST,
    MARKER,
    Record,
    RoomHeader,
    mark_to_text,
    moment_id,
    parse_header,
    public_key_of,
    seal_record,
    text_to_mark,
)
from integrate.system.memory import SecretBuffer
from tests.helpers.courses import mark, marks
from tests.helpers.journals import open_files
from tests.helpers.rooms import open_by_rfc

PRIVATE = bytes(range(32))
SEAL_KEY = bytes(range(32, 64))
VAULT, SESSION = b"V" * 16, b"S" * 16


def header_of(private: bytes = PRIVATE) -> RoomHeader:
    return RoomHeader(VAULT, SESSION, X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


def record_of(text: bytes = b"{}", sequence: int = 1, key: bytes | None = SEAL_KEY, *, end: bool = False) -> Record:
    header = header_of()
    seal = None if key is None else SecretBuffer.holding(key)
    made = seal_record(header, public_key_of(header), text, sequence, header.digest, key=seal, end=end)
    return Record(made)


def contents_of(path: Path) -> RoomContents:
    contents = read_room(path)
    assert contents is not None
    return contents


def writer_of(path: Path, key: bytes | None = SEAL_KEY) -> RoomWriter:
    return RoomWriter(path, contents_of(path), None if key is None else SecretBuffer.holding(key))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty room."""
    file = tmp_path / "room.log"
    create_room_file(file, header_of())
    return file


@pytest.fixture
def writer(path: Path) -> Iterator[RoomWriter]:
    opened = writer_of(path)
    yield opened
    opened.close()


def test_the_reader_of_the_tests_follows_rfc_9180() -> None:
    """Appendix A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode, sequence 0."""
    message = bytes.fromhex(
        "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
    )
    private = bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
    info = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
    assert open_by_rfc(message, private, info, b"Count-0") == b"Beauty is truth, truth beauty"


def test_a_record_is_what_the_format_says_read_by_other_code() -> None:
    header, record = header_of(), record_of(b'{"kind":"mark"}', 7)
    raw = record.raw
    assert len(raw) == BLOCK
    assert raw[:8] == b"INTGMARK"
    length = int.from_bytes(raw[8:12], "little")
    assert (length, int.from_bytes(raw[12:16], "little")) == (BLOCK, BLOCK ^ 0xFFFFFFFF)
    assert raw[16] == 1
    assert raw[17:24] == bytes(7)
    assert int.from_bytes(raw[24:32], "little") == 7
    assert raw[32:64] == hashlib.sha256(header.to_bytes()).digest()
    assert raw[-64:-32] == hmac.digest(SEAL_KEY, VAULT + SESSION + raw[:-64], "sha256")
    assert raw[-32:] == hashlib.sha256(raw[:-32]).digest()
    info = b"integrate/v1/room" + VAULT + SESSION + (7).to_bytes(8, "little") + raw[32:64]
    plain = open_by_rfc(raw[64:-64], PRIVATE, info)
    assert plain == b"\x0f\0\0\0" + b'{"kind":"mark"}' + bytes(len(plain) - 19)


def test_the_header_is_what_the_format_says() -> None:
    block = header_of().to_bytes()
    assert len(block) == BLOCK
    assert block[:16] == b"INTGROOM" + b"\x01\0" + b"\0\x02" + bytes(4)
    assert block[16:48] == VAULT + SESSION
    assert block[48:80] == header_of().public_key
    assert not any(block[80:480])
    assert block[480:] == hashlib.sha256(block[:480]).digest()
    assert parse_header(block) == header_of()


def test_no_header_with_a_flipped_bit_or_another_length_is_believed() -> None:
    block = header_of().to_bytes()
    for bit in range(8 * BLOCK):
        flipped = bytearray(block)
        flipped[bit // 8] ^= 1 << bit % 8
        assert parse_header(bytes(flipped)) is None
    for length in range(BLOCK):
        assert parse_header(block[:length]) is None


@pytest.mark.parametrize(("at", "value"), [(8, 2), (12, 1)])
def test_an_intact_header_of_a_later_version_says_so(at: int, value: int) -> None:
    block = bytearray(header_of().to_bytes())
    block[at] = value
    block[480:] = hashlib.sha256(block[:480]).digest()
    with pytest.raises(NewerVersion):
        parse_header(bytes(block))


@given(marks())
def test_every_mark_comes_back_as_it_was(one: Mark) -> None:
    assert text_to_mark(mark_to_text(one)) == one


@given(st.binary(max_size=200) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.dictionaries(
        st.sampled_from(["kind", "at", "zone", "by", "words", "pulse", "strength"]), inner
    ) | st.lists(inner),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_what_is_no_mark_is_none(text: bytes) -> None:
    found = text_to_mark(text)
    assert found is None or isinstance(found, Mark)


def test_the_longest_mark_fits_whatever_it_is_made_of() -> None:
    at = ZonedTime(datetime(2026, 3, 2, tzinfo=UTC), "America/Argentina/ComodRivadavia")
    for letter in ("\x01", "\U0001f33f", '"', "\\"):
        text = letter * LONGEST_WORDS
        longest = Mark(
            MomentKind.EFFECT, at, words=text, effect=text, strength=Strength.STRONG, pulse=999, systolic=999,
            diastolic=999,
        )  # fmt: skip
        record = record_of(mark_to_text(longest))
        assert len(record.raw) <= LONGEST
        opened = record.open(header_of(), X25519PrivateKey.from_private_bytes(PRIVATE))
        assert opened is not None
        assert text_to_mark(opened) == longest


def test_only_the_size_class_of_words_shows() -> None:
    lengths = {len(record_of(mark_to_text(mark("x" * count))).raw) for count in range(1, 200)}
    assert lengths == {BLOCK}
    assert len(record_of(mark_to_text(mark("x" * 600))).raw) == 2 * BLOCK


def test_a_record_opens_with_the_private_key_and_nothing_else() -> None:
    record = record_of(b"{}")
    right = X25519PrivateKey.from_private_bytes(PRIVATE)
    assert record.open(header_of(), right) == b"{}"
    others = (bytes(32), header_of().public_key, SEAL_KEY, os.urandom(32))
    for other in others:
        assert record.open(header_of(), X25519PrivateKey.from_private_bytes(other)) is None
    for header in (RoomHeader(b"W" * 16, SESSION, b""), RoomHeader(VAULT, b"T" * 16, b"")):
        assert record.open(header, right) is None


@pytest.mark.parametrize("at", [24, 32])
def test_a_record_opens_only_at_its_place(at: int) -> None:
    moved = bytearray(record_of().raw)
    moved[at] ^= 2
    moved[-32:] = hashlib.sha256(moved[:-32]).digest()
    assert Record(bytes(moved)).is_undamaged()
    assert Record(bytes(moved)).open(header_of(), X25519PrivateKey.from_private_bytes(PRIVATE)) is None


def test_two_seals_of_the_same_mark_have_nothing_in_common() -> None:
    first, second = record_of(), record_of()
    assert first.message[:32] != second.message[:32]
    assert moment_id(header_of(), first) != moment_id(header_of(), second)
    assert moment_id(header_of(), first) == moment_id(header_of(), Record(first.raw))


def test_the_file_is_its_owners_only_and_never_made_over_another(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == header_of().to_bytes()
    with pytest.raises(TargetExists):
        create_room_file(path, header_of())


def test_records_follow_each_other_and_name_the_one_before(path: Path, writer: RoomWriter) -> None:
    for number in range(3):
        writer.append(b'{"n":%d}' % number)
    writer.append(b'{"kind":"end"}', end=True)
    contents = contents_of(path)
    assert [record.sequence for record in contents.records] == [1, 2, 3, 4]
    befores = [header_of().digest, *(record.digest for record in contents.records)]
    assert [record.previous for record in contents.records] == befores[:-1]
    assert all(record.has_seal(header_of(), SecretBuffer.holding(SEAL_KEY)) for record in contents.records)
    assert (contents.marks, writer.marks, contents.was_left) == (3, 3, True)


def test_a_room_that_goes_on_without_its_key_seals_nothing_and_keeps_counting(path: Path, writer: RoomWriter) -> None:
    writer.append(b"{}")
    again = writer_of(path, key=None)
    assert again.marks == 1
    again.append(b"{}")
    again.close()
    first, second = contents_of(path).records
    assert (second.sequence, second.previous, second.flags) == (2, first.digest, 0)
    assert second.is_undamaged()
    assert not second.has_seal(header_of(), SecretBuffer.holding(SEAL_KEY))


@pytest.mark.parametrize("left", [1, 63, 64, 300, 511, 512, 700, 1023])
def test_a_half_written_record_is_passed_over_and_the_next_takes_its_number(path: Path, left: int) -> None:
    writer = writer_of(path)
    writer.append(b"{}")
    writer.append(b"x" * 600)
    writer.close()
    os.truncate(path, 2 * BLOCK + left)
    again = writer_of(path, key=None)
    again.append(b'{"after":1}')
    again.close()
    contents = contents_of(path)
    assert [record.sequence for record in contents.records] == [1, 2]
    assert contents.records[1].previous == contents.records[0].digest
    remains = [piece for piece in contents.pieces if isinstance(piece, Remains)]
    assert [(len(half.raw), half.unfinished) for half in remains] == [(BLOCK, True)] * (left // BLOCK)
    assert path.stat().st_size == (3 + left // BLOCK) * BLOCK


def test_a_damaged_record_keeps_its_number(path: Path, writer: RoomWriter) -> None:
    writer.append(b"{}")
    writer.append(b"{}")
    raw = bytearray(path.read_bytes())
    raw[2 * BLOCK + 100] ^= 1
    path.write_bytes(raw)
    again = writer_of(path, key=None)
    again.append(b"{}")
    again.close()
    assert [record.sequence for record in contents_of(path).records] == [1, 2, 3]
    assert [record.is_undamaged() for record in contents_of(path).records] == [True, False, True]


def test_a_block_of_zeros_is_unfinished_and_a_changed_one_is_not() -> None:
    record = record_of(b"x" * 600).raw
    assert looks_unfinished(record[:BLOCK] + bytes(BLOCK))
    assert looks_unfinished(bytes(BLOCK) + record[BLOCK:])
    assert not looks_unfinished(record)
    assert not looks_unfinished(b"X" + record[1:])
    assert not looks_unfinished(bytes(2 * LONGEST))


@given(st.lists(st.one_of(
    st.binary(max_size=1200),
    st.just(MARKER),
    st.just(record_of().raw),
    st.just(record_of(b"x" * 600).raw),
    st.integers(0, 4).map(lambda blocks: bytes(blocks * BLOCK)),
), max_size=8))  # fmt: skip
def test_whatever_is_in_the_file_it_is_read_within_its_limits(parts: list[bytes]) -> None:
    body = b"".join(parts)
    pieces = list(room_log._pieces(body))
    assert b"".join(piece.raw for piece in pieces) == body
    for piece in pieces:
        if isinstance(piece, Record):
            assert BLOCK <= len(piece.raw) <= LONGEST
            assert len(piece.raw) % BLOCK == 0
            piece.is_undamaged()
            piece.open(header_of(), X25519PrivateKey.from_private_bytes(PRIVATE))


def test_no_more_than_the_limit_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_log, "LARGEST", 4 * BLOCK)
    writer = writer_of(path)
    for _ in range(3):
        writer.append(b"{}")
    with pytest.raises(WrongUsage, match="holds no more"):
        writer.append(b"{}")
    writer.close()
    assert (contents_of(path).marks, contents_of(path).too_long) == (3, False)
    with path.open("ab") as file:
        file.write(bytes(1))
    assert (contents_of(path).marks, contents_of(path).too_long) == (3, True)


def test_the_highest_number_is_written_and_none_above(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_log, "MOST", 2)
    writer = writer_of(path)
    writer.append(b"{}")
    writer.append(b"{}")
    with pytest.raises(WrongUsage):
        writer.append(b"{}")
    writer.close()
    assert path.stat().st_size == 3 * BLOCK


def refuse(monkeypatch: pytest.MonkeyPatch, call: str, number: int, *, after: int | None = None) -> None:
    """Let ``os.<call>`` be refused with ``number``; with ``after``, only once that many bytes were taken."""
    real: Callable[..., int] = getattr(os, call)
    taken = 0

    def refused(descriptor: int, *arguments: memoryview) -> int:
        nonlocal taken
        if after is not None and taken < after:
            taken += after
            return real(descriptor, arguments[0][:after])
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, refused)


@pytest.mark.parametrize(
    ("call", "number", "after", "told"),
    [
        ("write", errno.ENOSPC, None, DiskFull), ("write", errno.ENOSPC, 700, DiskFull),
        ("write", errno.EDQUOT, 512, DiskFull), ("write", errno.EIO, 100, DiskRefused),
        ("fsync", errno.EIO, None, DiskRefused), ("fsync", errno.ENOSPC, None, DiskFull),
    ],
)  # fmt: skip
def test_a_disk_that_refuses_takes_nothing_from_what_is_there(
    path: Path, writer: RoomWriter, monkeypatch: pytest.MonkeyPatch,
    call: str, number: int, after: int | None, told: type[DiskRefused],
) -> None:  # fmt: skip
    writer.append(b"{}")
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        refuse(patch, call, number, after=after)
        with pytest.raises(told):
            writer.append(b"x" * 1000)
    assert path.read_bytes() == before
    writer.append(b"{}")
    assert [record.is_undamaged() for record in contents_of(path).records] == [True, True]
    assert writer.marks == 2


def test_a_longer_record_that_could_not_be_taken_back_does_not_look_out_behind_the_next(
    path: Path, writer: RoomWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        refuse(patch, "fsync", errno.EIO)
        refuse(patch, "ftruncate", errno.EIO)
        with pytest.raises(DiskRefused):
            writer.append(b"x" * 2000)
    writer.append(b"{}")
    assert path.stat().st_size == 2 * BLOCK


def test_nothing_is_promised_in_a_file_that_was_removed(path: Path, writer: RoomWriter) -> None:
    path.unlink()
    with pytest.raises(DiskRefused):
        writer.append(b"{}")


@pytest.mark.parametrize("public_key", [bytes(32), b"\x01" + bytes(31)])
def test_a_key_that_nothing_can_be_sealed_to_is_refused_at_once(tmp_path: Path, public_key: bytes) -> None:
    file = tmp_path / "room.log"
    create_room_file(file, RoomHeader(VAULT, SESSION, public_key))
    with pytest.raises(RoomUnreadable):
        writer_of(file)


def test_a_damaged_header_cannot_be_gone_on_from(path: Path) -> None:
    path.write_bytes(b"X" + path.read_bytes()[1:])
    with pytest.raises(RoomUnreadable):
        writer_of(path)


def test_closing_wipes_the_key_and_leaves_no_descriptor(path: Path) -> None:
    key = SecretBuffer.holding(SEAL_KEY)
    writer = RoomWriter(path, contents_of(path), key)
    writer.close()
    writer.close()
    assert key.wiped
    assert str(path) not in open_files()


def test_a_destroyed_file_is_overwritten_first(path: Path, writer: RoomWriter, tmp_path: Path) -> None:
    writer.append(b"x" * 3000)
    before, other = path.read_bytes(), tmp_path / "the same bytes under another name"
    os.link(path, other)
    destroy(path)
    assert not path.exists()
    after = other.read_bytes()
    assert len(after) == len(before)
    assert not any(after[at : at + 8] == before[at : at + 8] for at in range(0, len(before), 8))
    destroy(path)


def test_a_file_that_is_set_aside_is_never_put_over_another(path: Path) -> None:
    raw = path.read_bytes()
    first = set_aside(path)
    path.write_bytes(b"second")
    second = set_aside(path)
    assert (first.read_bytes(), second.read_bytes(), path.exists()) == (raw, b"second", False)
    assert first != second


def test_a_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"not the room's")
    path.unlink()
    path.symlink_to(other)
    for act in (read_room, destroy):
        with pytest.raises(OSError, match="symbolic"):
            act(path)
    assert other.read_bytes() == b"not the room's"
