"""Qt counts UTF-16 units where Python counts characters: the way from one to the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def to_qt(text: str) -> Callable[[int], int]:
    """A function from an index into ``text`` to Qt's position in the same text."""
    wide = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
    if not wide:
        return _same
    return lambda index: index + bisect_left(wide, index)


def from_qt(text: str, position: int) -> int:
    """The index into ``text`` of Qt's ``position``; inside a pair of units it is the character's own index."""
    if text.isascii():
        return position
    index = position
    for match in _ASTRAL.finditer(text):
        start = match.start()
        if start >= index:
            break
        index -= 1
    return max(index, 0)


def _same(index: int) -> int:
    return index
