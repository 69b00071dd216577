"""Names for files that every system takes: Windows, macOS, Linux, and the disks people carry between them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MOST_CHARACTERS: Final = 80
_MOST_BYTES: Final = 160  # of UTF-8; no disk takes more than 255 in a name, and numbers and endings come to it
_LONGEST_ENDING: Final = 16
_NOT_ALLOWED: Final = re.compile(r'[<>:"/\\|?*]')
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
_JOINER: Final = "\u200d"  # between the parts of some emoji


def plain_name(text: str, instead: str) -> str:
    """``text`` as the beginning of a name: one line without signs that a system keeps for itself, and not too long.

    Where nothing is left of it, ``instead``.
    """
    kept = "".join(" " if one.isspace() else one for one in unicodedata.normalize("NFC", text) if _is_shown(one))
    words = " ".join(_NOT_ALLOWED.sub("-", kept).split())
    name = _cut(words, _MOST_CHARACTERS, _MOST_BYTES).strip(" .")
    if not name.strip("-_" + _JOINER):
        return instead
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def plain_file_name(name: str, instead: str) -> str:
    """The name of a file with its ending, as :func:`plain_name`."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or len(ending) > _LONGEST_ENDING or not ending.isalnum() or not ending.isascii():
        return plain_name(name, instead)
    return f"{plain_name(stem, instead)}.{ending}"


class Names:
    """Hands out names of one folder, each once, whatever the case and the form of its letters."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, stem: str, ending: str = "") -> str:
        """``stem`` with ``ending``, numbered from 2 where it is taken: "Walk (2).md"."""
        first = _folded(stem + ending)
        number, name = self._next.get(first, 1), stem + ending
        if number > 1:
            name = f"{stem} ({number}){ending}"
        while _folded(name) in self._taken:
            number += 1
            name = f"{stem} ({number}){ending}"
        self._next[first] = number + 1
        self._taken.add(_folded(name))
        return name


def _is_shown(character: str) -> bool:
    return character.isspace() or character == _JOINER or unicodedata.category(character) not in _INVISIBLE


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", name).casefold())


def _cut(text: str, characters: int, size: int) -> str:
    return text[:characters].encode("utf-8")[:size].decode("utf-8", "ignore")
