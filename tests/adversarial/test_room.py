"""The session room on bad days (R1): killed, cut, flipped, foreign, full, opened twice; and nothing of it readable."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.errors import OpenElsewhere
from integrate.journal.checking import check_journal
from integrate.journal.opening import Access
from integrate.journal.room import merge_room, reopen_room, room_waits
from integrate.storage.room_log import read_room
from integrate.storage.room_records import end_text, mark_to_text, public_key_of, seal_record
from integrate.system.memory import SecretBuffer
from tests.adversarial.canaries import SYSTEM_PLACES, Needles, Search, new_canary
from tests.adversarial.room_children import words_with
from tests.adversarial.test_processes import answer, ask, found_in_memory, keys_of
from tests.adversarial.tools import (
    REPOSITORY,
    WORDS_VARIABLE,
    Figure,
    child_environment,
    finish,
    integrate,
    lines_of,
    own_namespace,
    rounds,
    share,
)
from tests.conftest import PASSPHRASE, Sample
from tests.helpers.courses import a_session, mark
from tests.helpers.rooms import BLOCK, Reader, cut_off, enter, fill, log_of, merged, moments_of, words_of

WORDS = ("first", "second", "third")
SIX = tuple(f"mark {number}" for number in range(6))


def child(role: str, *arguments: object, words: str = "") -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.adversarial.room_children", role, *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=REPOSITORY, env=child_environment() | {WORDS_VARIABLE: words}, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def kill_after(process: subprocess.Popen[bytes], seconds: float) -> list[str]:
    """Wait for the first line, then as long, then kill -9; all whole lines."""
    assert process.stdout is not None
    first = process.stdout.readline().decode()
    assert first, finish(process)
    time.sleep(seconds)
    process.kill()
    rest = process.stdout.read().decode()
    finish(process)
    return lines_of(first + rest)


# --- killed -----------------------------------------------------------------------------------------------------------


@dataclass
class Marking:
    """One room, what was acknowledged in it, and how often it was killed."""

    sample: Sample
    session_id: UUID
    acknowledged: list[int]
    kills: int = 0

    def kill_one(self, source: random.Random) -> None:
        role = "go_on" if self.kills else "begin"
        first = max(self.acknowledged, default=-1) + 2  # one may have been written and not told
        process = child(role, self.sample.place, self.session_id, first, words=self.sample.words)
        self.acknowledged += map(int, kill_after(process, source.uniform(0, 0.12)))
        self.kills += 1

    def verify(self) -> int:
        """Unlock: all that was acknowledged is there once, in order, and at most one more for each kill."""
        report, moments = merged(self.sample, self.session_id)
        assert report is not None
        assert report.is_whole, report
        numbers = [int(words.split()[0]) for words in words_of(moments)]
        assert words_of(moments) == [words_with(number) for number in numbers]
        assert len(set(numbers)) == len(numbers)
        assert set(self.acknowledged) <= set(numbers)
        assert len(numbers) <= len(self.acknowledged) + self.kills
        assert sum(moment.after_restart for moment in moments) == report.after_restart
        assert not log_of(self.sample).exists()
        return len(numbers)


def kill_markers(template: Sample, tmp_path: Path, least: int, most: int, seconds: float, in_a_room: int) -> str:
    source = random.Random(1)
    kills = moments = 0
    marking = None
    for number in rounds(least, most, seconds):
        if marking is None:
            sample = template.copy_to(tmp_path / f"J{number}.integrate")
            with sample.open() as journal:
                marking = Marking(sample, a_session(journal).id, [])
        marking.kill_one(source)
        kills += 1
        if marking.kills == in_a_room:
            moments += marking.verify()
            marking = None
    if marking is not None:
        moments += marking.verify()
    return f"{kills} kills while marking, {moments} moments, 0 acknowledged ones lost, 0 twice"


def test_r1_killed_rooms_lose_nothing_acknowledged(template: Sample, tmp_path: Path, figure: Figure) -> None:
    figure("R1", kill_markers(template, tmp_path, 4, 4, 0, in_a_room=4))


@pytest.mark.hard
def test_r1_a_hundred_killed_rooms_lose_nothing_acknowledged(template: Sample, tmp_path: Path, figure: Figure) -> None:
    figure("R1", kill_markers(template, tmp_path, 100, 300, share(0.05), in_a_room=5))


def kill_merges(template: Sample, tmp_path: Path, count: int) -> str:
    source = random.Random(2)
    words = [f"{number} w" for number in range(60)]
    waiting = template.copy_to(tmp_path / "Waiting.integrate")
    session_id = fill(waiting, *words)
    file_left = nothing_left = 0
    for number in range(count):
        sample = waiting.copy_to(tmp_path / f"J{number}.integrate")
        kill_after(child("merge", sample.place, words=sample.words), source.uniform(0, 0.03))
        left = log_of(sample).exists()
        with sample.open() as journal:
            already = len(moments_of(journal, session_id))
            assert already in {0, 60}, "all of it in one transaction"
            report = merge_room(journal)
            assert (report is not None) == (already == 0)
            assert words_of(moments_of(journal, session_id)) == words
            assert merge_room(journal) is None
        assert not log_of(sample).exists()
        assert check_journal(sample.place, sample.by_words).ok
        shutil.rmtree(sample.place)
        file_left, nothing_left = file_left + (left and already > 0), nothing_left + (not left)
    return f"{count} kills in a merge, {file_left} between moments and file, {nothing_left} after it: each moment once"


def test_r1_a_killed_merge_makes_nothing_twice(template: Sample, tmp_path: Path, figure: Figure) -> None:
    figure("R1", kill_merges(template, tmp_path, 4))


@pytest.mark.hard
def test_r1_merges_killed_fifty_times_make_nothing_twice(template: Sample, tmp_path: Path, figure: Figure) -> None:
    figure("R1", kill_merges(template, tmp_path, 50))


def test_r1_a_power_cut_in_an_append_costs_no_acknowledged_mark_and_is_not_complained_of(sample: Sample) -> None:
    """Of the blocks that were under way any may have reached the disk, and the file may have grown or not."""
    fill(sample, *WORDS, "x" * 1200, leave=False)
    reader, raw = Reader.of(sample), log_of(sample).read_bytes()
    whole, blocks = 4 * BLOCK, len(raw) // BLOCK - 4
    assert blocks == 3
    for there in itertools.product((False, True), repeat=blocks):
        if all(there):
            continue
        tail = b"".join(
            raw[whole + at * BLOCK :][:BLOCK] if reached else bytes(BLOCK) for at, reached in enumerate(there)
        )
        for grown in range(blocks + 1):
            log_of(sample).write_bytes(raw[:whole] + tail[: grown * BLOCK])
            marks, report = reader.read()
            assert [one.mark.words for one in marks] == list(WORDS)
            assert report.is_whole, (there, grown, report)
            with reopen_room(sample.place) as room:
                assert room.mark_count == 3
                room.mark(mark("after"))
            marks, report = reader.read()
            assert [one.mark.words for one in marks] == [*WORDS, "after"]
            assert report.is_whole, (there, grown, report)
            assert report.after_restart == 1


# --- damaged ----------------------------------------------------------------------------------------------------------


def flip_bits(sample: Sample, which: Callable[[int], range]) -> str:
    fill(sample, *WORDS)
    reader, raw = Reader.of(sample), log_of(sample).read_bytes()
    kept = lost = flips = 0
    descriptor = os.open(log_of(sample), os.O_WRONLY)
    for at in which(len(raw)):
        for bit in range(8):
            os.pwrite(descriptor, bytes([raw[at] ^ (1 << bit)]), at)
            marks, report = reader.read()
            words = [one.mark.words for one in marks]
            missed = [one for one in WORDS if one not in words]
            assert words == [one for one in WORDS if one in words], "nothing else, and nothing out of order"
            assert report.damaged + report.missing >= len(missed), (at, bit, report)
            assert not report.is_whole or not report.left, (at, bit, report)  # the last record has no words to lose
            assert len(missed) <= 1
            flips, kept, lost = flips + 1, kept + (not missed), lost + len(missed)
        os.pwrite(descriptor, raw[at : at + 1], at)
    os.close(descriptor)
    assert reader.read()[1].is_whole
    return f"{flips} bits flipped: {kept} times every moment kept, {lost} times one not readable, each said"


def test_r1_every_bit_of_a_record_flipped_is_said(sample: Sample, figure: Figure) -> None:
    figure("R1", flip_bits(sample, lambda _size: range(2 * BLOCK, 3 * BLOCK)))


@pytest.mark.hard
def test_r1_every_bit_of_the_file_flipped_is_said(sample: Sample, figure: Figure) -> None:
    figure("R1", flip_bits(sample, range))


@pytest.mark.parametrize("at", [0, 8, 12, 16, 20, 24, 40, 64, 200, 440, 460, 490])
def test_r1_a_flip_in_the_last_record_is_never_taken_for_a_power_cut(sample: Sample, at: int) -> None:
    session_id = fill(sample, *WORDS, leave=False)
    with log_of(sample).open("r+b") as file:
        file.seek(3 * BLOCK + at)
        (byte,) = file.read(1)
        file.seek(3 * BLOCK + at)
        file.write(bytes([byte ^ 4]))
    report, moments = merged(sample, session_id)
    assert report is not None
    assert not report.is_whole
    assert report.sentences()
    assert len(moments) + report.damaged + report.missing == 3


@pytest.mark.parametrize("leave", [True, False])
def test_r1_cut_at_every_length_what_was_whole_is_kept(sample: Sample, leave: bool, figure: Figure) -> None:
    fill(sample, *WORDS, "x" * 700, leave=leave)
    reader, raw = Reader.of(sample), log_of(sample).read_bytes()
    ends = [2 * BLOCK, 3 * BLOCK, 4 * BLOCK, 6 * BLOCK]
    for length in range(len(raw), -1, -1):
        os.truncate(log_of(sample), length)
        marks, report = reader.read()
        assert [one.mark.words for one in marks] == [*WORDS, "x" * 700][: sum(end <= length for end in ends)]
        assert (report.header_damaged, report.damaged, report.missing, report.foreign) == (length < BLOCK, 0, 0, 0)
        assert report.left == (leave and length == len(raw))
        assert report.unfinished == (length > BLOCK and length not in {BLOCK, *ends, len(raw)})
    figure("R1", f"cut at each of {len(raw) + 1} lengths: every whole mark kept, no other made up")


def test_r1_a_cut_file_that_is_marked_in_again_keeps_both(sample: Sample) -> None:
    fill(sample, *WORDS, leave=False)
    reader, raw = Reader.of(sample), log_of(sample).read_bytes()
    for length in range(BLOCK, len(raw) + 1, 97):
        log_of(sample).write_bytes(raw[:length])
        with reopen_room(sample.place) as room:
            room.mark(mark("after"))
        marks, report = reader.read()
        assert [one.mark.words for one in marks] == [*WORDS[: length // BLOCK - 1], "after"]
        assert report.is_whole


@pytest.mark.parametrize(
    ("name", "order", "said"),
    [
        ("one is missing", (0, 1, 3, 4), "missing"),
        ("two are missing", (0, 3, 4), "missing"),
        ("the first is missing", (0, 2, 3, 4), "missing"),
        ("one is there twice", (0, 1, 2, 2, 3, 4), "foreign"),
        ("one comes again later", (0, 1, 2, 3, 1, 4), "foreign"),
    ],
)
def test_r1_records_that_were_moved_about_are_said(
    sample: Sample, name: str, order: tuple[int, ...], said: str
) -> None:
    session_id = fill(sample, *WORDS)
    raw = log_of(sample).read_bytes()
    log_of(sample).write_bytes(b"".join(raw[at * BLOCK :][:BLOCK] for at in order))
    report, moments = merged(sample, session_id)
    assert report is not None
    there = {at for at in order if 1 <= at <= 3}
    assert words_of(moments) == [WORDS[at - 1] for at in sorted(there)], name
    assert getattr(report, said) == (3 - len(there) or 1)
    assert not report.is_whole


@pytest.fixture
def room_of_six(sample: Sample) -> tuple[Reader, bytes]:
    """A room that was left, and its bytes."""
    fill(sample, *SIX)
    return Reader.of(sample), log_of(sample).read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.data())
def test_r1_whatever_is_done_to_the_file_no_loss_is_silent(
    room_of_six: tuple[Reader, bytes], data: st.DataObject
) -> None:
    """Blocks removed, repeated, exchanged, emptied, replaced, with the end of the room still there."""
    reader, raw = room_of_six
    blocks = [raw[at : at + BLOCK] for at in range(0, len(raw) - BLOCK, BLOCK)]
    for _edit in range(data.draw(st.integers(1, 4))):
        at, other = (data.draw(st.integers(0, len(blocks) - 1)) for _ in range(2))
        match data.draw(st.sampled_from(["remove", "repeat", "exchange", "empty", "noise", "flip"])):
            case "remove" if len(blocks) > 1:
                del blocks[at]
            case "repeat":
                blocks.insert(other, blocks[at])
            case "exchange":
                blocks[at], blocks[other] = blocks[other], blocks[at]
            case "empty":
                blocks[at] = bytes(BLOCK)
            case "noise":
                blocks[at] = data.draw(st.binary(min_size=BLOCK, max_size=BLOCK))
            case "flip":
                spot = data.draw(st.integers(0, BLOCK - 1))
                changed = bytearray(blocks[at])
                changed[spot] ^= 1 << data.draw(st.integers(0, 7))
                blocks[at] = bytes(changed)
    reader.path.write_bytes(b"".join(blocks) + raw[-BLOCK:])
    marks, report = reader.read()
    words = [one.mark.words for one in marks]
    assert words == sorted(set(words))
    assert set(words) <= set(SIX)
    lost = len(SIX) - len(words)
    assert report.damaged + report.missing >= lost
    assert not (report.is_whole and lost)


# --- foreign ----------------------------------------------------------------------------------------------------------


def test_r1_a_record_of_another_room_is_left_out_and_said(sample: Sample, template: Sample, tmp_path: Path) -> None:
    other = template.copy_to(tmp_path / "Other.integrate")
    fill(other, "theirs")
    session_id = fill(sample, *WORDS)
    theirs, raw = log_of(other).read_bytes()[BLOCK : 2 * BLOCK], log_of(sample).read_bytes()
    log_of(sample).write_bytes(raw[: 2 * BLOCK] + theirs + raw[2 * BLOCK :])
    report, moments = merged(sample, session_id)
    assert report is not None
    assert (report.foreign, words_of(moments)) == (1, list(WORDS))


def forged(sample: Sample, text: bytes, sequence: int, previous: bytes) -> bytes:
    """What somebody can make who has the file, and with it the public key."""
    contents = read_room(log_of(sample))
    assert contents is not None
    assert contents.header is not None
    return seal_record(contents.header, public_key_of(contents.header), text, sequence, previous, key=None)


def test_r1_what_a_stranger_adds_never_passes_for_sealed(sample: Sample) -> None:
    session_id = fill(sample, *WORDS, leave=False)
    contents, raw = read_room(log_of(sample)), log_of(sample).read_bytes()
    assert contents is not None
    last = contents.records[-1]
    added = forged(sample, mark_to_text(mark("not theirs")), 4, last.digest)
    instead = forged(sample, mark_to_text(mark("not this")), 2, contents.records[0].digest)
    log_of(sample).write_bytes(raw[: 2 * BLOCK] + instead + raw[2 * BLOCK :] + added)
    report, moments = merged(sample, session_id)
    assert report is not None
    found = {moment.mark.words: moment.after_restart for moment in moments}
    assert found == {"first": False, "second": False, "third": False, "not theirs": True, "not this": True}
    assert report.doubtful == 1, "the one in the middle does not fit, and is said"


def test_r1_taking_the_seal_off_a_record_is_said(sample: Sample) -> None:
    session_id = fill(sample, *WORDS)
    raw = log_of(sample).read_bytes()
    contents, reader = read_room(log_of(sample)), Reader.of(sample)
    assert contents is not None
    second = contents.records[1]
    text = second.open(reader.keys.header, X25519PrivateKey.from_private_bytes(reader.keys.private.view))
    assert text is not None
    bare = forged(sample, text, 2, second.previous)
    log_of(sample).write_bytes(raw[: 2 * BLOCK] + bare + raw[3 * BLOCK :])
    report, moments = merged(sample, session_id)
    assert report is not None
    assert words_of(moments) == list(WORDS)
    assert (report.doubtful, moments[1].after_restart) == (1, True)


def test_r1_a_record_that_is_no_mark_is_left_out_and_said(sample: Sample) -> None:
    session_id = fill(sample, *WORDS, leave=False)
    contents = read_room(log_of(sample))
    assert contents is not None
    digest, texts = contents.records[-1].digest, (b"[]", b'{"kind":"mark"}', b"\xff", end_text()[:-1], b"null")
    with log_of(sample).open("ab") as file:
        for text in texts:
            file.write(forged(sample, text, 4, digest))
        file.write(forged(sample, mark_to_text(mark("far off")), 2**63, digest))
    report, moments = merged(sample, session_id)
    assert report is not None
    assert (report.foreign + report.damaged, words_of(moments)) == (len(texts) + 1, list(WORDS))


def test_r1_another_rooms_seal_key_seals_nothing_here(sample: Sample) -> None:
    session_id = fill(sample, *WORDS, leave=False)
    contents = read_room(log_of(sample))
    assert contents is not None
    assert contents.header is not None
    public, last = public_key_of(contents.header), contents.records[-1]
    with log_of(sample).open("ab") as file, SecretBuffer.random(32) as key:
        text = mark_to_text(mark("sealed by another"))
        file.write(seal_record(contents.header, public, text, 4, last.digest, key=key))
    report, moments = merged(sample, session_id)
    assert report is not None
    assert report.doubtful == 1
    assert moments[-1].after_restart


# --- full, and twice --------------------------------------------------------------------------------------------------


def test_r1_a_full_disk_refuses_a_mark_and_keeps_those_before(sample: Sample, tmp_path: Path, figure: Figure) -> None:
    command = [*own_namespace(), sys.executable, "-m", "tests.adversarial.room_children", "full", str(tmp_path)]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=child_environment() | {WORDS_VARIABLE: sample.words}, capture_output=True,
        timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    met = json.loads(done.stdout)
    words = met.pop("words")
    assert set(words) - {"squeezed in", "again"} == {"after", "before"}
    assert met == {
        "refused": "disk-full", "whole blocks": True, "short": "disk-full", "long": "disk-full",
        "marks seen again": True, "whole": True, "count": True,
    }  # fmt: skip
    figure("R1", "a full tmpfs: DiskFull, earlier marks whole, marking goes on once there is space")


@pytest.mark.hard
def test_r1_while_somebody_is_in_the_room_no_other_process_writes(
    sample: Sample, tmp_path: Path, figure: Figure
) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE)
    with sample.open() as journal:
        session_id = a_session(journal).id
    process = child("hold", sample.place, session_id, "words", words=sample.words)
    try:
        assert answer(process) == "unlocked"
        codes = [integrate("add", sample.place, "text", "--passphrase-file", secret).returncode]
        ask(process)
        assert answer(process) == "in the room"
        codes.append(integrate("add", sample.place, "text", "--passphrase-file", secret).returncode)
        listed = integrate("list", sample.place, "--passphrase-file", secret)
        for act in (sample.open, lambda: reopen_room(sample.place)):
            with pytest.raises(OpenElsewhere):
                act()
        with sample.open(Access.READ):
            assert room_waits(sample.place)
    finally:
        process.kill()
        finish(process)
    assert (codes, listed.returncode) == ([5, 5], 0)
    assert integrate("add", sample.place, "text", "--passphrase-file", secret).returncode == 0
    report, moments = merged(sample, session_id)
    assert report is None, "a command that writes takes the marks in, as the window does at its unlock"
    assert words_of(moments) == ["words"]
    figure("R1", "a second process: exit 5 from the ticket to the end of the room, readers read, a kill frees it")


# --- nothing readable -------------------------------------------------------------------------------------------------


@pytest.mark.hard
def test_p1_no_word_of_a_mark_is_in_any_file(sample: Sample, tmp_path: Path, figure: Figure) -> None:
    since = time.time() - 2
    hidden = {name: new_canary(name) for name in ("words", "effect", "later")}
    with sample.open() as journal:
        session_id = a_session(journal).id
    room = enter(sample, session_id)
    search = Search(Needles.of(hidden, keys_while_open(sample, tmp_path)), (tmp_path, *SYSTEM_PLACES), (), since)
    room.mark(mark(hidden["words"], effect=hidden["effect"]))
    assert search.hits() == []
    assert search.held_open(os.getpid()) == []
    cut_off(room)
    with reopen_room(sample.place) as again:
        again.mark(mark(hidden["later"]))
        assert search.hits() == []
    report, moments = merged(sample, session_id)
    assert report is not None
    assert words_of(moments) == [hidden["words"], hidden["later"]]
    assert search.hits() == []
    (tmp_path / "leak").write_text(hidden["later"])
    assert search.hits(), "the search itself can find one"
    figure("P1", "3 canaries of the room and its 2 keys in every coding: 0 hits while open, cut off, and merged")


def keys_while_open(sample: Sample, tmp_path: Path) -> dict[str, bytes]:
    """The keys of a room that is open: its lock is held, so they are read from a copy of the journal."""
    keys = Reader.of(sample.copy_to(tmp_path / "Copy.integrate")).keys
    return {"private key": bytes(keys.private.view), "seal key": bytes(keys.seal.view)}


def test_the_file_alone_opens_nothing(sample: Sample) -> None:
    fill(sample, *WORDS)
    contents, raw = read_room(log_of(sample)), log_of(sample).read_bytes()
    assert contents is not None
    assert contents.header is not None
    record = contents.records[0]
    for at in range(len(raw) - 31):  # any 32 bytes of it, the public key too, tried as the private one
        assert record.open(contents.header, X25519PrivateKey.from_private_bytes(raw[at : at + 32])) is None


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_m1_whoever_is_in_the_room_has_no_key_that_reads(sample: Sample, tmp_path: Path, figure: Figure) -> None:
    needles = keys_of(sample)
    with sample.open() as journal:
        session_id = a_session(journal).id
    process = child("hold", sample.place, session_id, "words", words=sample.words)
    try:
        assert answer(process) == "unlocked"
        needles |= keys_while_open(sample, tmp_path)
        try:
            unlocked = found_in_memory(process.pid, needles)
        except PermissionError:
            pytest.skip("the memory of a child may not be read here")
        ask(process)
        assert answer(process) == "in the room"
        inside = found_in_memory(process.pid, needles)
        ask(process)
        assert answer(process) == "left"
        after = found_in_memory(process.pid, needles)
    finally:
        finish(process)
    assert {"master key", "seal key"} <= unlocked, "the search itself can find a key"
    assert inside == {"seal key"}
    assert after == set()
    figure("M1", f"unlocked: {sorted(unlocked)}; in the room: {sorted(inside)}; after leaving: none")
