"""A session in the real window, watched: every file it leaves, every write it makes, everything it says."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from integrate.journal.opening import ByWords, open_journal
from integrate.storage.recovery_words import entropy_from_words
from tests.adversarial.canaries import SYSTEM_PLACES, Needles, Search, network_calls, new_canary
from tests.e2e import story
from tests.e2e.desktop import Desktop
from tests.e2e.person import Person, person
from tests.helpers.secret_service import bare_environment

TRACED = "socket,connect,close,write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendfile,copy_file_range"
_ALLOWED = (re.compile(rb"/\.X11-unix/X\d+$"), re.compile(rb"/at-spi/bus"), re.compile(rb"/dbus-[A-Za-z0-9]+$"))
"""Sockets that see what is on the screen: the X server, and the two buses on which screen readers listen."""
_CALL = re.compile(rb"(?:(\d+) +)?(\w+)\((\d+)")
_BYTES = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')


def traced_leaks(trace: bytes, needles: Needles) -> list[str]:
    """Which secrets are in a write to anything but a socket of the screen."""
    traced, allowed, found = needles.traced(), set[int](), []
    for line in trace.splitlines():
        call = _CALL.match(line)
        if call is None:
            continue
        name, number = call[2], int(call[3])
        if name == b"close":
            allowed.discard(number)
        elif name == b"connect":
            path = b"".join(bytes.fromhex(text.replace(b"\\x", b"").decode()) for text in _BYTES.findall(line))
            if any(pattern.search(path) for pattern in _ALLOWED):
                allowed.add(number)
        elif number not in allowed:
            found += [f"{name.decode()}({number}): {needle}" for needle in traced.found_in(line)]
    return found


@dataclass
class Watched:
    """A person with secrets, and everything that was found where it should not be."""

    someone: Person
    world: Path
    inputs: Path
    secrets: dict[str, str]
    traces: bool
    search: Search = field(init=False)
    paper: story.Paper | None = None
    looks: int = 0
    known: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)
    network: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.search = Search(Needles.of(self.secrets), (self.world,), (self.inputs,), time.time() - 2)

    @property
    def journal(self) -> Path:
        """Where the journal is that Welcome makes."""
        return self.world / "data" / "integrate" / "My journal.integrate"

    def look(self, step: str) -> None:
        """Look everywhere below the program's home, and at what it holds open."""
        program = self.someone.program
        assert program is not None
        hits = self.search.hits(self.known) + (self.search.held_open(program.pid) if program.poll() is None else [])
        self.found += [f"after {step}: {hit}" for hit in hits]
        self.looks += 1

    def learn_the_keys(self) -> None:
        """From now on the recovery words and the keys are looked for as well. The journal is not open."""
        assert self.paper is not None
        words = " ".join(self.paper.words)
        self.secrets["words"] = " ".join(self.paper.words[:3])
        with open_journal(self.journal, ByWords(words)) as journal:
            keys = {
                "entropy": bytes(entropy_from_words(words)),
                "master key": bytes(journal.vault.keys.master.view),
                "database key": bytes.fromhex(journal.vault.keys.database_key_spec(1)[2:66].decode()),
            }
        self.search = Search(Needles.of(self.secrets, keys), (self.world,), (self.inputs,), self.search.since)
        self.known.clear()

    def look_at_the_end(self) -> None:
        """All of it once more: files of the system's places too, what was said, and every write of every start."""
        self.known.clear()
        self.look("everything")
        whole = Search(self.search.needles, SYSTEM_PLACES, (self.inputs,), self.search.since)
        self.found += [f"in the end: {hit}" for hit in whole.hits() if str(self.someone.folder) not in hit]
        self.found += [f"said: {needle}" for needle in self.search.needles.found_in(self.someone.output())]
        for trace in sorted(self.inputs.glob("trace*")):
            data = trace.read_bytes()
            assert b"write(" in data or b"sendmsg(" in data, "nothing was traced"
            self.network += network_calls(data.decode())
            self.found += [f"writes: {leak}" for leak in traced_leaks(data, self.search.needles)]

    def left_files(self) -> set[str]:
        """Every file below the program's home, by its path."""
        return {str(path.relative_to(self.world)) for path in self.world.rglob("*") if not path.is_dir()}


def tracer(inputs: Path) -> Sequence[str]:
    """The command under which the program is watched; empty where there is no strace."""
    if shutil.which("strace") is None:
        return ()
    options = ["-f", "--seccomp-bpf", "-qq", "-xx", "-s", "400000", "-e", f"trace={TRACED}"]
    return ["strace", *options, "-o", str(inputs / "trace"), "-A"]


def files_with_secrets(inputs: Path, secrets: dict[str, str]) -> tuple[Path, Path]:
    """A file and a photo to attach; the secrets are in their names and inside them."""
    document = inputs / f"{secrets['file']}.txt"
    document.write_text(secrets["inside"] * 2000)
    info = PngInfo()
    info.add_text("Comment", secrets["inside"])
    picture = inputs / f"{secrets['file']}.png"
    Image.effect_noise((600, 400), 60).save(picture, pnginfo=info)
    return document, picture


@contextmanager
def watched(desktop: Desktop, folder: Path, purposes: Sequence[str]) -> Iterator[Watched]:
    """A person at ``desktop`` with one secret for each purpose, watched from the first start."""
    world, inputs = folder / "world", folder / "inputs"
    inputs.mkdir()
    env = bare_environment(world)
    (world / "temp").mkdir()
    env |= {"TMPDIR": str(world / "temp"), "PYTHONUTF8": "1"}
    command = (*tracer(inputs), sys.executable, "-m", "integrate")
    with person(desktop, env, inputs / "said", command) as someone:
        secrets = {purpose: new_canary(purpose) for purpose in purposes}
        yield Watched(someone, world, inputs, secrets, traces=len(command) > 3)
