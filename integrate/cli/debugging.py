"""A traceback free of content: where it happened and what kind it was, never a value, a message or a line of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from types import TracebackType
from typing import Final

_MOST_FRAMES: Final = 60
_ROOTS: Final = ("site-packages", "dist-packages")


def trace_lines(error: BaseException) -> Iterator[str]:
    """The error and what led to it, the first cause first; one line per step."""
    for link in reversed(list(_chain(error))):
        frames = list(_frames(link.__traceback__))
        if len(frames) > _MOST_FRAMES:
            frames = [*frames[: _MOST_FRAMES // 2], "  …", *frames[-_MOST_FRAMES // 2 :]]
        yield from frames
        kind = type(link)
        yield kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        yield step
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)


def _frames(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"  {_short(code.co_filename)}:{trace.tb_lineno} {code.co_qualname}"
        trace = trace.tb_next


def _short(file: str) -> str:
    """The part of a file name inside its package: the rest could name a person's home."""
    parts = PurePath(file).parts
    for number in range(len(parts) - 1, 0, -1):
        if parts[number - 1] in _ROOTS or parts[number] == "integrate":
            return "/".join(parts[number:])
    return parts[-1] if parts else "?"
