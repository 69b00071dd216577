"""The write-ahead log and the anchor of a killed journal, damaged in every way (I3): each loss is told."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from integrate.domain.entry import Unreadable
from integrate.errors import AnchorDamaged, Damaged, EndMissing, KnownError
from integrate.journal.finding import get_entry, list_entries
from integrate.journal.opening import Access
from integrate.storage import opening
from integrate.storage.anchor import LENGTH
from tests.adversarial.tools import Figure, files_below, finish, flipped, numbered_journal, same_as_written, start
from tests.conftest import Sample

BEFORE, AFTER = 4, 8


@dataclass
class Killed:
    """The folder of a journal whose process was killed after it had acknowledged entries: its log is still there."""

    sample: Sample
    acknowledged: set[UUID]


@pytest.fixture(scope="module")
def killed(template: Sample, tmp_path_factory: pytest.TempPathFactory) -> Killed:
    sample = template.copy_to(tmp_path_factory.mktemp("logs") / "Killed.integrate")
    acknowledged = set(numbered_journal(sample, BEFORE, "i3"))
    child = start("write_some", sample.place, "i3", BEFORE, AFTER, words=sample.words)
    assert child.stdout is not None
    for line in iter(child.stdout.readline, b"waiting\n"):
        assert line, finish(child)
        acknowledged.add(UUID(line.split()[1].decode()))
    child.kill()
    finish(child)
    assert (sample.place / "vault.db-wal").stat().st_size > 50_000
    assert len(acknowledged) == BEFORE + AFTER
    return Killed(sample, acknowledged)


def harm(place: Path, source: random.Random) -> str:
    """Do one thing to the log, or to the anchor, or to both."""
    wal, anchor = place / "vault.db-wal", place / "anchor"
    kind = source.choice(("flip", "flip", "flip", "truncate", "delete", "anchor", "flip+anchor", "truncate+anchor",
                          "delete+anchor", "delete+shm", "anchor flip", "flip+anchor flip"))  # fmt: skip
    if kind.startswith("flip"):
        with flipped(wal, (source.randrange(wal.stat().st_size), source.randrange(8))):
            data = wal.read_bytes()
        wal.write_bytes(data)
    if kind.startswith("truncate"):
        with wal.open("r+b") as file:
            file.truncate(source.randrange(wal.stat().st_size))
    if kind.startswith("delete"):
        wal.unlink()
    if kind.endswith("+shm"):
        (place / "vault.db-shm").unlink()
    if kind.endswith("anchor flip"):
        data = bytearray(anchor.read_bytes())
        data[source.randrange(LENGTH)] ^= 1 << source.randrange(8)
        anchor.write_bytes(data)
    elif kind.endswith("anchor"):
        anchor.unlink()
    return kind


def trial(killed: Killed, place: Path, source: random.Random) -> str:
    """Copy, harm, open to read and to write; what came of it. A loss that is not told fails."""
    sample = killed.sample.copy_to(place)
    kind = harm(place, source)
    lost, told = read_what_is_left(killed, sample)
    assert told or not lost, f"{kind}: {lost} acknowledged entries are missing, and nothing was said"
    if "anchor" in kind:
        assert told, f"{kind}: without an anchor a loss could not be noticed, and nothing was said"
    write = "opens"
    try:
        sample.open(Access.WRITE).close()
    except KnownError as error:
        assert isinstance(error, Damaged), error
        write = "refused"
    assert write == ("refused" if told else "opens"), (kind, lost, told)
    shutil.rmtree(place)
    return "lost and told" if lost else "told" if told else "whole"


def read_what_is_left(killed: Killed, sample: Sample) -> tuple[int, bool]:
    """How many acknowledged entries are missing, and whether the journal says that something is wrong."""
    try:
        journal = sample.open(Access.READ)
    except Damaged:
        return len(killed.acknowledged), True
    with journal:
        seen = set()
        for item in list_entries(journal):
            assert not isinstance(item, Unreadable)
            assert same_as_written(journal, get_entry(journal, item.id), "i3")
            seen.add(item.id)
        told = any(isinstance(notice, EndMissing | AnchorDamaged) for notice in journal.notices)
        return len(killed.acknowledged - seen), told


def harm_logs(killed: Killed, tmp_path: Path, count: int) -> str:
    source = random.Random(3)
    met = Counter(trial(killed, tmp_path / f"J{number}.integrate", source) for number in range(count))
    assert met["lost and told"] > count // 3, met
    return f"{count} trials, 0 silent losses: {dict(met)}"


def test_i3_an_unharmed_log_is_read_whole(killed: Killed, tmp_path: Path) -> None:
    sample = killed.sample.copy_to(tmp_path / "Journal.integrate")
    assert read_what_is_left(killed, sample) == (0, False)
    sample.open(Access.WRITE).close()
    assert read_what_is_left(killed, sample) == (0, False)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_i3_f2_a_refused_opening_leaves_the_damaged_log_for_who_can_look_at_it(
    killed: Killed, tmp_path: Path, part: float
) -> None:
    sample = killed.sample.copy_to(tmp_path / "Journal.integrate")
    wal = sample.place / "vault.db-wal"
    data = bytearray(wal.read_bytes())
    data[int(len(data) * part)] ^= 8
    wal.write_bytes(data)
    before = files_below(sample.place)
    for access in (Access.READ, Access.WRITE):
        with suppress(EndMissing):
            sample.open(access).close()
        after = files_below(sample.place)
        changed = {name for name in before.keys() | after.keys() if after.get(name) != before.get(name)}
        assert not changed, f"opening to {access.value} changed {changed}, though it was refused"


@pytest.fixture
def nobody_beside_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses in which a writer beside us would finish its commit are for nothing here."""
    monkeypatch.setattr(opening, "_ANCHOR_PAUSE", 0.0)


@pytest.mark.usefixtures("nobody_beside_us")
def test_i3_f2_harm_to_the_log_or_the_anchor_is_told(killed: Killed, tmp_path: Path, figure: Figure) -> None:
    figure("I3", harm_logs(killed, tmp_path, 60))


@pytest.mark.hard
@pytest.mark.usefixtures("nobody_beside_us")
def test_i3_f2_harm_to_the_log_or_the_anchor_is_told_1500_times(killed: Killed, tmp_path: Path, figure: Figure) -> None:
    figure("I3", harm_logs(killed, tmp_path, 1500))
