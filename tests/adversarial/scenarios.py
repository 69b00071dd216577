"""Scenes played in a child with mounts of its own: a disk that is really full, a place that is really read-only.

Run as ``python -m tests.adversarial.scenarios NAME FOLDER``; prints one JSON object: what was met, step by step.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from integrate.domain.entry import Unreadable
from integrate.errors import KnownError
from integrate.journal.backups import back_up
from integrate.journal.checking import check_journal
from integrate.journal.finding import list_entries
from integrate.journal.opening import Access, ByWords, open_journal
from integrate.journal.writing import add_entry, prepare_file
from tests.adversarial.tools import WORDS_VARIABLE, integrate
from tests.conftest import PASSPHRASE, draft

BALLAST = 64 * 1024


class Stage:
    """A journal in a place of its own, and the log of what was met."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = folder / "Journal.integrate"
        self.words = ByWords(os.environ[WORDS_VARIABLE])
        self.log: dict[str, object] = {}

    def met(self, step: str, act: Callable[[], object]) -> None:
        """Act, and note what came of it: the code of a known error, or what was returned."""
        try:
            result = act()
        except KnownError as error:
            self.log[step] = error.code
        else:
            self.log[step] = result if isinstance(result, str | int | bool | list) else "done"

    def bodies(self) -> list[str]:
        """The excerpts of all entries, the oldest first."""
        with open_journal(self.place, self.words) as journal:
            listed = list(list_entries(journal))
        return [item.excerpt for item in reversed(listed) if not isinstance(item, Unreadable)]

    def cli(self, *arguments: object, stdin: str = "") -> int:
        """Exit code of the program, given the passphrase."""
        secret = self.folder.parent / "passphrase"
        secret.write_text(PASSPHRASE)
        return integrate(*arguments, "--passphrase-file", secret, stdin=stdin).returncode


def mount(*arguments: str) -> None:
    """Mount, in this process's own namespace."""
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def fill(folder: Path) -> Path:
    """Take all the room that is left on a disk."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (BALLAST, 512):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
    return ballast


def full(folder: Path) -> Stage:
    """A disk of 8 MiB: an attachment of 20 MB, then no room at all, then room again."""
    disk = folder / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=8m,mode=700", "integrate", str(disk))
    subprocess.run(["cp", "-a", str(folder / "Journal.integrate"), str(disk)], check=True)
    stage = Stage(disk)
    big = folder / "big.bin"
    big.write_bytes(os.urandom(20_000_000))
    with open_journal(stage.place, stage.words, Access.WRITE) as journal:
        stage.met("before", lambda: add_entry(journal, draft("before")))
        stage.met("big", lambda: add_entry(journal, draft("big"), (prepare_file(big),)))
        stage.met("small after big", lambda: add_entry(journal, draft("small")))
        ballast = fill(disk)
        stage.met("big on a full disk", lambda: add_entry(journal, draft("big"), (prepare_file(big),)))
        stage.met("backup on a full disk", lambda: back_up(journal, disk / "copy.ibk"))
        ballast.unlink()
        stage.met("small after freeing", lambda: add_entry(journal, draft("freed")))
    stage.met("left", lambda: sorted(path.name for path in disk.iterdir()))
    stage.met("cli big", lambda: stage.cli("add", stage.place, "cli big", "--attach", big))
    stage.met("cli small", lambda: stage.cli("add", stage.place, "cli small"))
    ballast = fill(disk)
    stage.met("cli backup", lambda: stage.cli("backup", stage.place, disk / "copy.ibk"))
    stage.met("cli list", lambda: stage.cli("list", stage.place))
    stage.met("cli add", lambda: stage.cli("add", stage.place, "-", stdin="x" * 300_000))
    ballast.unlink()
    stage.met("bodies", stage.bodies)
    stage.met("check", lambda: check_journal(stage.place, stage.words, deep=True).ok)
    return stage


def read_only(folder: Path) -> Stage:
    """The folder mounted read-only: first closed in order, then with a log left behind."""
    for name, source in (("sealed", "Journal.integrate"), ("unsealed", "Killed.integrate")):
        target = folder / name / "Journal.integrate"
        target.mkdir(parents=True)
        mount("--bind", str(folder / source), str(target))
        mount("-o", "remount,bind,ro", str(target))
    stage = Stage(folder / "sealed")
    stage.met("bodies", stage.bodies)
    stage.met("write", lambda: open_journal(stage.place, stage.words, Access.WRITE).close())
    stage.met("check", lambda: check_journal(stage.place, stage.words).ok)
    stage.met("check structure", lambda: check_journal(stage.place, None).ok)
    copy = folder / "copy.ibk"
    with open_journal(stage.place, stage.words) as journal:
        stage.met("backup", lambda: back_up(journal, copy))
        stage.met("backup into it", lambda: back_up(journal, stage.place / "copy.ibk"))
    for command in (("list",), ("info",), ("check",), ("add", "text")):
        rest = command[1:]
        stage.met(f"cli {command[0]}", lambda c=command, r=rest: cli_or_info(stage, c[0], *r))
    other = Stage(folder / "unsealed")
    other.met("read", other.bodies)
    other.met("write", lambda: open_journal(other.place, other.words, Access.WRITE).close())
    other.met("check", lambda: check_journal(other.place, other.words).ok)
    other.met("cli list", lambda: other.cli("list", other.place))
    stage.log["unsealed"] = other.log
    return stage


def cli_or_info(stage: Stage, name: str, *rest: str) -> int:
    """Exit code of a command; `info` takes no passphrase."""
    if name == "info":
        return integrate("info", stage.place).returncode
    return stage.cli(name, stage.place, *rest)


if __name__ == "__main__":
    play = next(scene for scene in (full, read_only) if scene.__name__ == sys.argv[1])
    print(json.dumps(play(Path(sys.argv[2])).log))
