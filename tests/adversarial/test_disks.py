"""Disks that refuse (D4, A2), and the rights of every file that is made (S2)."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from integrate.journal.writing import add_entry
from tests.adversarial.tools import (
    REPOSITORY,
    WORDS_VARIABLE,
    Figure,
    child_environment,
    finish,
    own_namespace,
    start,
)
from tests.conftest import Sample, draft


def play(scene: str, folder: Path, words: str) -> dict[str, Any]:
    """One scene in a child with mounts of its own; what it met."""
    command = [*own_namespace(), sys.executable, "-m", "tests.adversarial.scenarios", scene, str(folder)]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=child_environment() | {WORDS_VARIABLE: words}, capture_output=True, timeout=100,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    log: dict[str, Any] = json.loads(done.stdout)
    return log


@pytest.mark.hard
def test_d4_a_full_disk_saves_all_or_nothing_and_writing_goes_on(
    sample: Sample, tmp_path: Path, figure: Figure
) -> None:
    log = play("full", tmp_path, sample.words)
    assert log.pop("bodies") == ["before", "small", "freed", "cli small"]
    assert log.pop("left") == ["Journal.integrate"]
    cli_list = log.pop("cli list")
    assert log == {
        "before": "done",
        "big": "disk-full",
        "small after big": "done",
        "big on a full disk": "disk-full",
        "backup on a full disk": "disk-full",
        "small after freeing": "done",
        "cli big": 6,
        "cli small": 0,
        "cli backup": 6,
        "cli add": 6,
        "check": True,
    }
    assert cli_list in (0, 6)
    figure("D4", f"20 MB onto 8 MiB: DiskFull, exit 6, rolled back, next entry saved; list on a full disk: {cli_list}")


@pytest.fixture
def killed(template: Sample, tmp_path: Path) -> Sample:
    """Beside the test's own journal, one whose process was killed."""
    left = template.copy_to(tmp_path / "Killed.integrate")
    child = start("write_some", left.place, "a2", 0, 3, words=left.words)
    assert child.stdout is not None
    for line in iter(child.stdout.readline, b"waiting\n"):
        assert line, finish(child)
    child.kill()
    finish(child)
    return left


@pytest.mark.hard
def test_a2_a_read_only_place_reads_what_was_closed_and_refuses_the_rest(
    sample: Sample, killed: Sample, tmp_path: Path, figure: Figure
) -> None:
    with sample.open() as journal:
        add_entry(journal, draft("kept"))
    log = play("read_only", tmp_path, sample.words)
    unsealed = log.pop("unsealed")
    assert log == {
        "bodies": ["kept"],
        "write": "read-only-place",
        "check": True,
        "check structure": True,
        "backup": "done",
        "backup into it": "read-only-place",
        "cli list": 0,
        "cli info": 0,
        "cli check": 0,
        "cli add": 6,
    }
    assert unsealed["read"] == "unclean-read-only"
    assert unsealed["write"] == "read-only-place"
    assert unsealed["cli list"] == 6
    figure("A2", f"sealed: read, checked, backed up; writing exit 6; unsealed: {unsealed}")


MAKE_EVERYTHING = """
import os, sys
from pathlib import Path
os.umask(int(sys.argv[2], 8))
from integrate.domain.entry import Draft
from integrate.domain.times import parse_when
from integrate.journal.backups import back_up, restore_backup
from integrate.journal.checking import check_journal
from integrate.journal.opening import Access, ByWords, create_journal, open_journal
from integrate.journal.secrets import change_passphrase
from integrate.journal.writing import add_entry, prepare_file
from integrate.storage import automatic, kdf
from integrate.system.clock import SystemClock
from tests.adversarial.test_disks import rights
folder = Path(sys.argv[1])
place = folder / "deep" / "Journal.integrate"
made = create_journal(place, "correct horse battery", cost=kdf.FLOOR)
words = ByWords(" ".join(made.recovery_words))
attached = prepare_file(Path(sys.argv[3]))
journal = open_journal(place, words, Access.WRITE)
now = parse_when("2026-03-02T10:00", "UTC")
add_entry(journal, Draft("x" * 9000, now), (attached,))
reader = open_journal(place, words)
rights(folder)
back_up(journal, folder / "copy.ibk")
automatic.back_up_automatically(journal.vault, automatic.Reason.DAILY, SystemClock())
change_passphrase(journal, "another horse battery")
restore_backup(folder / "copy.ibk", folder / "deeper" / "Restored.integrate", words)
assert check_journal(place, words, deep=True).ok
rights(folder)
reader.close()
journal.close()
rights(folder)
journal = open_journal(place, words, Access.WRITE)
add_entry(journal, Draft("y" * 9000, now))
print(rights(folder), flush=True)
os.kill(os.getpid(), 9)
"""


def rights(folder: Path) -> int:
    """All files 0600 and all folders 0700 below ``folder``; how many there are."""
    count = 0
    for path in folder.rglob("*"):
        mode = stat.S_IMODE(path.lstat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), (path, oct(mode))
        count += 1
    return count


@pytest.mark.parametrize("mask", ["000", "022"])
def test_s2_whatever_is_made_is_for_its_owner_only(tmp_path: Path, mask: str, figure: Figure) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", MAKE_EVERYTHING, str(folder), mask, __file__], cwd=REPOSITORY, env=child_environment(),
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr.decode()
    count = rights(folder)
    assert count >= 16
    figure("S2", f"umask {mask}: {count} files and folders, all 0600 and 0700, during, after, and after a crash")


def test_s2_the_scan_of_rights_finds_a_wrong_one(tmp_path: Path) -> None:
    (tmp_path / "open").write_bytes(b"")
    (tmp_path / "open").chmod(0o640)
    with pytest.raises(AssertionError, match="0o640"):
        rights(tmp_path)
