"""Two programs that talk: a desktop that is played (logind, screen savers), and a part of ours in a process of its own.

Each is a child that takes commands line by line and answers line by line. A bus connection belongs to a whole process,
so nothing of this may run inside pytest.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

FAKE_DESKTOP = Path(__file__).with_name("fake_desktop.py")


class Child:
    """A process that answers in lines. Its standard error is kept, to see that it is empty."""

    def __init__(self, command: list[str], env: Mapping[str, str], folder: Path) -> None:
        self._errors = folder / f"errors-{time.monotonic_ns()}"
        with self._errors.open("wb") as errors:
            self.process = subprocess.Popen(
                command, env=dict(env), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
            )
        self._rest = b""

    def tell(self, line: str) -> float:
        """Send a command; the moment it was sent, on the clock that all processes share."""
        assert self.process.stdin is not None
        now = time.monotonic()
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        return now

    def hear(self, within: float = 10.0) -> str:
        """The next line, or "" when none came in time or the process is gone."""
        assert self.process.stdout is not None
        until = time.monotonic() + within
        while b"\n" not in self._rest:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return ""
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                return ""
            self._rest += more
        line, self._rest = self._rest.split(b"\n", 1)
        return line.decode()

    def errors(self) -> str:
        """What it wrote to its standard error so far, without what Qt's screenless platform says of itself."""
        lines = self._errors.read_text().splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("This plugin does not support "))

    def end(self) -> None:
        """End it, by its own id."""
        self.process.kill()
        self.process.communicate(timeout=10)


@contextmanager
def child(command: list[str], env: Mapping[str, str], folder: Path) -> Iterator[Child]:
    """Run a command as a :class:`Child` and end it afterwards."""
    made = Child(command, env, folder)
    try:
        yield made
    finally:
        made.end()


@contextmanager
def python(code: str, env: Mapping[str, str], folder: Path, *arguments: str) -> Iterator[Child]:
    """Run python code as a :class:`Child`, every warning an error."""
    with child([sys.executable, "-W", "error", "-c", code, *arguments], env, folder) as made:
        yield made
