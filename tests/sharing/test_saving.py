"""Saving a packet: whole or not at all, in the ledger, told in sentences, and stopped at any moment."""

from __future__ import annotations

import hashlib
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrate.domain.listing import Stop, Stopped
from integrate.domain.sharing import FileKind
from integrate.errors import DiskRefused, FolderMissing, KnownError, ReadOnlyPlace, TargetExists, WrongUsage
from integrate.journal.ledger import is_this_file, list_shared
from integrate.journal.opening import Access, Journal
from integrate.journal.recipients import add_recipient
from integrate.journal.writing import prepare_bytes
from integrate.sharing.packet import Packet
from integrate.sharing.resolving import resolve_packet
from integrate.sharing.saving import save_full_copy, save_packet
from integrate.sharing.writing_files import SUMS
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.check_ins import check_in
from tests.helpers.journals import write
from tests.helpers.rights import folder_for_others, ordinary_rights
from tests.sharing.saved_files import PHRASE, WHOLE
from tests.ui.forms.full_disk import full_disk

ROOT = Path(__file__).parents[2]
FOLDERS = (FileKind.MARKDOWN, FileKind.CSV)


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """A journal with an entry, a file attached to it, and a check-in."""
    with sample.open(clock=clock) as opened:
        write(opened, "A quiet morning.", prepare_bytes("notes.txt", b"some notes"), title="Quiet")
        check_in(opened)
        yield opened


@pytest.fixture
def packet(journal: Journal) -> Packet:
    """Everything of it."""
    return resolve_packet(journal, WHOLE)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder to save in."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def left(folder: Path) -> list[str]:
    """The names of everything in a folder."""
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize("kind", list(FileKind))
def test_a_file_is_for_its_owner_alone_in_the_ledger_and_nothing_lies_beside_it(
    journal: Journal, packet: Packet, place: Path, kind: FileKind
) -> None:
    saved = save_packet(journal, packet, kind, place / "file")
    assert left(place) == ["file"]
    for one in (place / "file", *(place / "file").rglob("*")):
        assert stat.S_IMODE(one.stat().st_mode) == (0o700 if one.is_dir() else 0o600)
    hashed = place / "file" / SUMS if kind in FOLDERS else place / "file"
    assert saved.sha256 == hashlib.sha256(hashed.read_bytes()).hexdigest()
    assert saved.size == sum(
        one.stat().st_size for one in (place / "file", *(place / "file").rglob("*")) if one.is_file()
    )
    assert (saved.entries, saved.protected, saved.unreadable) == (1, False, 0)
    (line,) = list_shared(journal)
    assert line == saved.shared == is_this_file(journal, hashed)


def test_a_folder_names_every_file_of_it_with_its_hash(journal: Journal, packet: Packet, place: Path) -> None:
    save_packet(journal, packet, FileKind.MARKDOWN, place / "notes")
    lines = (place / "notes" / SUMS).read_text("utf-8").splitlines()
    named = {name: digest for digest, _blanks, name in (line.partition("  ") for line in lines)}
    files = {
        one.relative_to(place / "notes").as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in (place / "notes").rglob("*")
        if one.is_file() and one.name != SUMS
    }
    assert named == files
    assert list(named) == sorted(named)
    assert "2026/03/2026-03-02 Quiet files/notes.txt" in named


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_zip_holds_the_same_files_as_a_folder(journal: Journal, packet: Packet, place: Path, kind: FileKind) -> None:
    saved = save_packet(journal, packet, kind, place / "files.ZIP")
    save_packet(journal, packet, kind, place / "files")
    assert saved.sha256 == hashlib.sha256((place / "files.ZIP").read_bytes()).hexdigest()
    with zipfile.ZipFile(place / "files.ZIP") as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name) for name in archive.namelist()}
    files = {one.relative_to(place / "files").as_posix(): one.read_bytes()
             for one in (place / "files").rglob("*") if one.is_file()}  # fmt: skip
    del files[SUMS]
    assert held == files


def test_the_ledger_knows_the_recipient_and_what_is_in_it(journal: Journal, packet: Packet, place: Path) -> None:
    ines = add_recipient(journal, "Ines").recipient
    save_packet(journal, packet, FileKind.PDF, place / "a.pdf", protection=PHRASE, recipient=ines)
    (line,) = list_shared(journal)
    assert (line.recipient_id, line.recipient, line.protected) == (ines.id, "Ines", True)  # type: ignore[union-attr]  # readable
    assert line.entries == {packet.entries[0].summary.id}  # type: ignore[union-attr]  # readable


def test_a_journal_open_to_read_gives_files_and_no_line(sample: Sample, journal: Journal, place: Path) -> None:
    with sample.open(Access.READ) as reading:
        assert save_packet(reading, resolve_packet(reading, WHOLE), FileKind.CSV, place / "csv").shared is None
        copy = save_full_copy(reading, place / "copy.json")
    assert (copy.entries, copy.shared, list_shared(journal)) == (1, None, ())


# --- what is there already --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(FileKind))
def test_nothing_is_replaced_without_force_and_everything_with_it(
    journal: Journal, packet: Packet, place: Path, kind: FileKind
) -> None:
    first = save_packet(journal, packet, kind, place / "file")
    with pytest.raises(TargetExists):
        save_packet(journal, packet, kind, place / "file")
    write(journal, "More.", title="More")
    again = save_packet(journal, resolve_packet(journal, WHOLE), kind, place / "file", force=True)
    assert left(place) == ["file"]
    assert (again.sha256 != first.sha256, again.entries) == (True, 2)


def test_a_folder_with_anything_else_in_it_is_never_replaced(journal: Journal, packet: Packet, place: Path) -> None:
    save_packet(journal, packet, FileKind.MARKDOWN, place / "notes")
    (place / "notes" / "my own.md").write_text("mine")
    (place / "mine").mkdir()
    (place / "mine" / "a.txt").write_text("mine")
    for name in ("notes", "mine"):
        with pytest.raises(WrongUsage):
            save_packet(journal, packet, FileKind.MARKDOWN, place / name, force=True)
    assert (place / "notes" / "my own.md").read_text() == (place / "mine" / "a.txt").read_text() == "mine"
    assert left(place) == ["mine", "notes"]


def test_a_file_takes_no_folders_place_and_a_folder_no_files(journal: Journal, packet: Packet, place: Path) -> None:
    (place / "folder").mkdir()
    (place / "file").write_text("mine")
    for kind, name in ((FileKind.JSON, "folder"), (FileKind.CSV, "file")):
        with pytest.raises(TargetExists):
            save_packet(journal, packet, kind, place / name, force=True)
    assert (place / "file").read_text() == "mine"


def test_nothing_is_saved_into_the_journal_or_over_it(journal: Journal, packet: Packet, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(journal.place)
    before = left(journal.place)
    for target in (journal.place, journal.place / "vault.db", journal.place / "new.json", link / "vault.db"):
        with pytest.raises(WrongUsage):
            save_packet(journal, packet, FileKind.JSON, target, force=True)
    assert left(journal.place) == before


# --- what the disk will not do ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [FileKind.JSON, FileKind.CSV])
def test_names_no_disk_has_and_folders_that_are_gone(
    journal: Journal, packet: Packet, place: Path, kind: FileKind
) -> None:
    (place / "file").write_text("")
    no_name, no_folder = ("x" * 300, "a\0b"), (Path("gone", "a"), Path("file", "a"), Path("x" * 300, "a"))
    for name in no_name:
        with pytest.raises(WrongUsage):
            save_packet(journal, packet, kind, place / name)
    for below in no_folder:
        with pytest.raises((FolderMissing, WrongUsage)):
            save_packet(journal, packet, kind, place / below)
    assert (left(place), list_shared(journal)) == (["file"], ())


@pytest.mark.parametrize("name", ["a.json", "csv", "md", "md.zip"])
def test_a_full_disk_leaves_nothing(journal: Journal, place: Path, name: str) -> None:
    kind = {"a": FileKind.JSON, "c": FileKind.CSV, "m": FileKind.MARKDOWN}[name[0]]
    body = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(400_000))
    write(journal, body)
    packet = resolve_packet(journal, WHOLE)
    with full_disk(), pytest.raises(DiskRefused):
        save_packet(journal, packet, kind, place / name)
    assert (left(place), list_shared(journal)) == ([], ())


@pytest.mark.parametrize("kind", [FileKind.CSV, FileKind.JSON])
def test_a_folder_that_may_not_be_written_is_named(journal: Journal, packet: Packet, kind: FileKind) -> None:
    with folder_for_others() as folder:
        folder.chmod(0o555)
        with ordinary_rights(), pytest.raises(ReadOnlyPlace) as told:
            save_packet(journal, packet, kind, folder / "file")
        assert str(folder) in told.value.message()
        assert left(folder) == []


# --- stopping ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.pdf", "a.html", "a.json", "csv", "md", "md.zip"])
def test_stopping_at_any_moment_leaves_nothing(journal: Journal, packet: Packet, place: Path, name: str) -> None:
    kind = {
        "a.pdf": FileKind.PDF, "a.html": FileKind.WEB, "a.json": FileKind.JSON, "csv": FileKind.CSV,
        "md": FileKind.MARKDOWN, "md.zip": FileKind.MARKDOWN,
    }[name]  # fmt: skip
    calls: list[tuple[int, int]] = []
    save_packet(journal, packet, kind, place / name, progress=lambda *at: calls.append(at))
    before = list_shared(journal)
    assert calls[-1][0] == calls[-1][1]
    assert [done for done, _all in calls] == sorted(done for done, _all in calls)
    for last in range(len(calls)):
        stop, seen = Stop(), iter(range(len(calls)))

        def progress(_done: int, _all: int, stop: Stop = stop, seen: Iterator[int] = seen, last: int = last) -> None:
            if next(seen) == last:
                stop.set()

        with pytest.raises(Stopped):
            save_packet(journal, packet, kind, place / "other", progress=progress, stop=stop)
        assert left(place) == [name], last
    assert list_shared(journal) == before


def test_a_replaced_file_is_still_there_after_stopping(journal: Journal, packet: Packet, place: Path) -> None:
    stop = Stop()
    for kind, name in ((FileKind.JSON, "a.json"), (FileKind.CSV, "csv")):
        first = save_packet(journal, packet, kind, place / name)
        with pytest.raises(Stopped):
            save_packet(journal, packet, kind, place / name, force=True, progress=lambda *_at: stop.set(), stop=stop)
        hashed = place / name / SUMS if kind in FOLDERS else place / name
        assert hashlib.sha256(hashed.read_bytes()).hexdigest() == first.sha256


@pytest.mark.parametrize("kind", [FileKind.FHIR, FileKind.MARKDOWN, FileKind.CSV, FileKind.JSON])
def test_a_kind_that_cannot_be_protected_is_not_saved_as_if_it_were(
    journal: Journal, packet: Packet, place: Path, kind: FileKind
) -> None:
    with pytest.raises(KnownError):
        save_packet(journal, packet, kind, place / "file", protection=PHRASE)
    assert left(place) == []


# --- much of it -------------------------------------------------------------------------------------------------------


_LONG = """
import sys, threading, time
from datetime import date
from pathlib import Path
from integrate.domain.listing import Stop, Stopped
from integrate.domain.sharing import FileKind, Selection
from integrate.journal.demo import PASSPHRASE, make_demo
from integrate.journal.opening import Access, ByPassphrase, open_journal
from integrate.sharing.resolving import resolve_packet
from integrate.sharing.saving import save_packet
folder = Path(sys.argv[1])
make_demo(folder / "d.integrate", date(2026, 10, 8), entries=5000)
with open_journal(folder / "d.integrate", ByPassphrase(PASSPHRASE), Access.READ) as journal:
    packet = resolve_packet(journal, Selection(all_entries=True, item_answers=True))
    for kind in (FileKind.MARKDOWN, FileKind.CSV, FileKind.JSON, FileKind.WEB, FileKind.FHIR):
        save_packet(journal, packet, kind, folder / kind.value)
    # Not ru_maxrss: that begins with what the process this one was forked from took.
    status = Path("/proc/self/status").read_text()
    print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
    stop, asked = Stop(), []
    timer = threading.Timer(0.8, lambda: (asked.append(time.monotonic()), stop.set()))
    timer.start()
    try:
        save_packet(journal, packet, FileKind.PDF, folder / "pdf", stop=stop)
    except Stopped:
        print(time.monotonic() - asked[0])
"""


@pytest.mark.hard
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells what a process took by itself")
def test_five_thousand_entries_take_little_memory_and_stop_at_once(tmp_path: Path) -> None:
    """Every kind but the PDF, whose pages Typst holds all at once; its figure is one of the benchmarks."""
    done = subprocess.run(
        [sys.executable, "-c", _LONG, str(tmp_path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    memory, stopped = map(float, done.stdout.split())
    assert memory <= 400
    assert stopped <= 1  # 0.2 on a machine that does nothing else
    assert not (tmp_path / "pdf").exists()
