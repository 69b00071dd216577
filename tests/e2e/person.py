"""A person in front of the window: types, presses keys, clicks where something is, and reads what is on the screen."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.adversarial.canaries import family
from tests.e2e.desktop import READING_PYTHON, Desktop

REPOSITORY = Path(__file__).resolve().parents[2]
READER = Path(__file__).with_name("reader.py")
PATIENCE = 20.0  # seconds: a machine of two slow cores derives a key for two of them
_KEY_PAUSE = 8  # milliseconds between two letters


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on the screen, as a screen reader meets it. ``place`` is left, top, width, height."""

    role: str
    name: str
    description: str
    states: frozenset[str]
    text: str | None
    place: tuple[int, int, int, int]

    @property
    def words(self) -> str:
        """What it says: its name, or what is written in it."""
        return self.text if self.text is not None else self.name


class Reader:
    """The screen reader: a process of Debian's own Python that is asked in lines of JSON."""

    def __init__(self, desktop: Desktop, folder: Path) -> None:
        self._errors = (folder / "reader").open("ab")
        self.process = subprocess.Popen(
            [READING_PYTHON, READER], env=desktop.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self._errors,
        )  # fmt: skip

    def ask(self, **request: object) -> Any:
        """One question, one answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        assert select.select([self.process.stdout], [], [], 60)[0], "the screen reader does not answer"
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        """End it, by its own id."""
        self.process.kill()
        self.process.communicate(timeout=10)
        self._errors.close()


@dataclass
class Person:
    """Sits at ``desktop``; the program has ``env`` and is started with :meth:`start`."""

    desktop: Desktop
    reader: Reader
    env: Mapping[str, str]
    folder: Path
    command: Sequence[str] = (sys.executable, "-m", "integrate")
    program: subprocess.Popen[bytes] | None = None
    starts: int = 0
    _window: str = field(default="", init=False)

    # --- the program --------------------------------------------------------------------------------------------------

    def start(self, *arguments: object, wait_for: str) -> None:
        """Start the program, and wait until its window says ``wait_for``."""
        self.starts += 1
        with (
            (self.folder / f"out{self.starts}").open("wb") as out,
            (self.folder / f"err{self.starts}").open("wb") as err,
        ):
            self.program = subprocess.Popen(
                [*self.command, *map(str, arguments)], cwd=REPOSITORY, env=dict(self.env), stdout=out, stderr=err
            )
        self.see(wait_for)
        self.take_focus()

    def ended(self) -> int:
        """Wait until the program has ended; its exit code."""
        assert self.program is not None
        return self.program.wait(PATIENCE)

    def output(self) -> bytes:
        """All that the program ever said on its standard output and error."""
        files = sorted(self.folder.glob("out*")) + sorted(self.folder.glob("err*"))
        return b"".join(file.read_bytes() for file in files)

    def kill(self) -> None:
        """Kill -9, by its id, with whatever it runs under or has started."""
        if self.program is not None and self.program.poll() is None:
            for process in reversed(family(self.program.pid)):
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            self.program.wait(10)

    # --- eyes ---------------------------------------------------------------------------------------------------------

    def look(
        self, name: str | None = None, *, role: str | None = None, holds: str | None = None,
        describes: str | None = None,
    ) -> Thing | None:  # fmt: skip
        """The first thing on the screen with this name, role and description, or that holds these words; else None."""
        return _thing(self.reader.ask(name=name, role=role, holds=holds, describes=describes))

    def see(
        self, name: str | None = None, *, role: str | None = None, holds: str | None = None,
        describes: str | None = None, within: float = PATIENCE,
    ) -> Thing:  # fmt: skip
        """Wait until it is on the screen.

        Raises:
            AssertionError: it did not come; with all that is on the screen instead.
        """
        end = time.monotonic() + within
        while (found := self.look(name, role=role, holds=holds, describes=describes)) is None:
            gone = self.program is not None and self.program.poll() is not None
            if gone or time.monotonic() > end:
                asked = {key: value for key, value in (("name", name), ("role", role), ("holds", holds)) if value}
                raise AssertionError(f"not on the screen: {asked}{' (the program has ended)' if gone else ''}\n{self}")
            time.sleep(0.05)
        return found

    def see_gone(self, name: str, *, role: str | None = None, within: float = PATIENCE) -> None:
        """Wait until it is no longer on the screen."""
        end = time.monotonic() + within
        while self.look(name, role=role) is not None:
            assert time.monotonic() < end, f"still on the screen: {name}"
            time.sleep(0.05)

    def everything(self, role: str | None = None) -> list[Thing]:
        """All that is on the screen now."""
        return [thing for told in self.reader.ask(all=True, role=role) or [] if (thing := _thing(told)) is not None]

    def see_focused(self, name: str, *, role: str = "text", within: float = PATIENCE) -> None:
        """Wait until something with this name and role has the keyboard."""
        end = time.monotonic() + within
        while not any(thing.name == name and "focused" in thing.states for thing in self.everything(role)):
            assert time.monotonic() < end, f"the keyboard is not at {name}\n{self}"
            time.sleep(0.05)

    def focus(self) -> Thing | None:
        """What has the keyboard."""
        return _thing(self.reader.ask(focused=True))

    def __str__(self) -> str:
        with suppress(AssertionError, OSError, ValueError):
            return "\n".join(f"  {thing.role}: {thing.words!r}" for thing in self.everything() if thing.words)
        return "  (nothing can be read)"

    # --- hands --------------------------------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Type letter by letter."""
        self._do("type", "--delay", str(_KEY_PAUSE), "--", text)

    def press(self, *keys: str) -> None:
        """Press keys or combinations, one after another, as xdotool names them: ``ctrl+l``, ``Tab``."""
        self._do("key", "--delay", "30", "--", *keys)

    @contextmanager
    def holding(self, key: str) -> Iterator[None]:
        """Keep a key down meanwhile."""
        self._do("keydown", "--", key)
        try:
            yield
        finally:
            self._do("keyup", "--", key)

    def click(self, name: str | None = None, *, role: str | None = None, holds: str | None = None) -> Thing:
        """Wait for something, and click in its middle."""
        thing = self.see(name, role=role, holds=holds)
        self.click_on(thing)
        return thing

    def click_on(self, thing: Thing) -> None:
        """Click in the middle of what was seen."""
        left, top, width, height = thing.place
        self._do("mousemove", str(left + width // 2), str(top + height // 2), "click", "1")

    def take_focus(self) -> None:
        """Without a window manager nobody gives the keyboard to a window that is new."""
        end = time.monotonic() + PATIENCE
        while not (found := self._do("search", "--onlyvisible", "--name", "^integrate$").split()):
            assert time.monotonic() < end, "no window"
            time.sleep(0.02)
        self._do("windowfocus", "--sync", found[-1])

    def _do(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self.desktop.env, capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout


def _thing(told: Any) -> Thing | None:
    if told is None:
        return None
    place = tuple(told["place"] or (0, 0, 0, 0))
    states = frozenset(told["states"])
    return Thing(told["role"], told["name"], told["description"], states, told["text"], place)


@contextmanager
def person(
    desktop: Desktop, world: Mapping[str, str], folder: Path, command: Sequence[str] | None = None
) -> Iterator[Person]:
    """Somebody at ``desktop`` whose program lives in ``world`` (an environment); what it says is kept in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    reader = Reader(desktop, folder)
    someone = Person(desktop, reader, desktop.program_env(dict(world)), folder)
    if command is not None:
        someone.command = command
    try:
        yield someone
    finally:
        someone.kill()
        reader.end()
