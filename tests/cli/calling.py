"""Calling the command line as a person or a script would: in this process, or in one of its own."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from integrate.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "integrate")


@dataclass(frozen=True)
class Ran:
    """How a call ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Stream(io.TextIOWrapper):
    """A standard stream in memory; ``terminal`` is what it says of itself."""

    def __init__(self, data: bytes = b"", *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def text(self) -> str:
        self.flush()
        held = self.buffer
        assert isinstance(held, io.BytesIO)
        return held.getvalue().decode("utf-8")


class Refusing(Stream):
    """A standard stream that refuses whatever is written to it."""

    def __init__(self, failure: OSError) -> None:
        super().__init__()
        self.failure = failure

    def write(self, _text: str) -> int:
        raise self.failure


def call(
    *words: object,
    stdin: bytes = b"",
    terminal: bool = False,
    ask_on_stdin: bool = False,
    stdout: Stream | None = None,
) -> Ran:
    """Run one command in this process. ``terminal``: stdout and stderr are one; ``ask_on_stdin``: stdin is one."""
    out, err = stdout or Stream(terminal=terminal), Stream(terminal=terminal)
    given = Stream(stdin, terminal=ask_on_stdin)
    with ExitStack() as stack:
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        stack.enter_context(mock.patch.object(sys, "stdin", given))
        code = main([str(word) for word in words])
    return Ran(int(code), out.text(), err.text())


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that finds this program."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def hear_signals() -> None:
    """In the child: a run of the tests in the background, or under nohup, hands down signals that are ignored."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def start(*words: object, stdin: bytes | None = b"", env: dict[str, str] | None = None, **options: Any) -> Ran:
    """Run one command in a process of its own, away from any terminal."""
    done = subprocess.run(
        [*PROGRAM, *(os.fspath(word) if isinstance(word, Path) else word for word in words)],
        input=stdin,
        capture_output=True,
        env=env or environment(),
        timeout=60,
        check=False,
        start_new_session=True,
        **options,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
