from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import filelock  # noqa: F401 - loaded before a test gives its rights away
import pytest

from integrate.errors import DiskRefused, ExitCode, OpenElsewhere, ReadOnlyPlace
from integrate.system.writer_lock import WriterLock
from tests.helpers.rights import ordinary_rights

ROOT = Path(__file__).resolve().parents[2]

HOLDER = """
import sys, time
from pathlib import Path
from integrate.errors import OpenElsewhere
from integrate.system.writer_lock import WriterLock
lock = WriterLock(Path(sys.argv[1]))
sys.stdin.readline()
try:
    lock.acquire()
except OpenElsewhere:
    print("refused", flush=True)
else:
    print("held", flush=True)
sys.stdin.readline()
"""


def start(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate(timeout=10)


def test_one_holder_and_the_file_stays_empty_and_private(tmp_path: Path) -> None:
    os.umask(0)
    path = tmp_path / "lock"
    lock = WriterLock(path)
    assert not path.exists()
    assert not lock.held
    with lock as same:
        assert same is lock
        assert lock.held
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not lock.held
    assert path.read_bytes() == b""
    assert [place.name for place in tmp_path.iterdir()] == ["lock"]


def test_another_object_in_this_process_is_refused(tmp_path: Path) -> None:
    first, second = WriterLock(tmp_path / "lock"), WriterLock(tmp_path / "lock")
    first.acquire()
    with pytest.raises(OpenElsewhere) as told:
        second.acquire()
    assert told.value.exit_code is ExitCode.OPEN_ELSEWHERE
    assert not second.held
    first.release()
    second.acquire()
    assert second.held
    second.release()


def test_the_same_file_by_another_way_is_the_same_lock(tmp_path: Path) -> None:
    (tmp_path / "journal").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "journal")
    with WriterLock(tmp_path / "journal" / "lock"), pytest.raises(OpenElsewhere):
        WriterLock(tmp_path / "link" / "lock").acquire()


def test_acquiring_and_releasing_twice_is_harmless(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "lock")
    lock.acquire()
    lock.acquire()
    lock.release()
    assert not lock.held
    lock.release()
    with WriterLock(tmp_path / "lock"):
        pass


def test_held_from_one_thread_released_from_another(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "lock")
    lock.acquire()
    seen: list[bool] = []
    other = threading.Thread(target=lambda: (seen.append(lock.held), lock.release()))
    other.start()
    other.join()
    assert seen == [True]
    assert not lock.held
    with WriterLock(tmp_path / "lock"):
        pass


def test_a1_a_killed_holder_frees_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = start(path)
    try:
        go(holder)
        assert said(holder) == "held"
        mine = WriterLock(path)
        with pytest.raises(OpenElsewhere):
            mine.acquire()
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
        mine.acquire()
        assert mine.held
        mine.release()
    finally:
        end(holder)


def test_a_child_of_the_holder_does_not_keep_it(tmp_path: Path) -> None:
    """A program started while the lock is held must not inherit it."""
    lock = WriterLock(tmp_path / "lock")
    lock.acquire()
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False)
    try:
        lock.release()
        with WriterLock(tmp_path / "lock"):
            pass
    finally:
        child.kill()
        child.communicate(timeout=10)


def test_a1_of_many_processes_exactly_one_wins(tmp_path: Path) -> None:
    racers = [start(tmp_path / "lock") for _ in range(6)]
    try:
        for racer in racers:
            go(racer)
        assert sorted(said(racer) for racer in racers) == ["held"] + ["refused"] * 5
    finally:
        for racer in racers:
            end(racer)


@pytest.mark.parametrize("what", ["folder", "file"])
def test_a2_a_place_that_cannot_be_written(shared_folder: Path, what: str) -> None:
    if what == "file":
        (shared_folder / "lock").touch()
        (shared_folder / "lock").chmod(0o444)
    shared_folder.chmod(0o555)
    lock = WriterLock(shared_folder / "lock")
    with ordinary_rights(), pytest.raises(ReadOnlyPlace):
        lock.acquire()
    assert not lock.held


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DiskRefused):
        WriterLock(tmp_path / "gone" / "lock").acquire()
    assert list(tmp_path.iterdir()) == []


def test_a_link_in_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (tmp_path / "lock").symlink_to(victim)
    with pytest.raises(DiskRefused):
        WriterLock(tmp_path / "lock").acquire()
    assert victim.read_bytes() == b"mine"
