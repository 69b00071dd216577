"""Names of people replaced in everything that is written: "Daniel" becomes "D.", and nothing else changes.

A name counts wherever it stands as a whole word, whatever its capitals. Of a name of several words that all begin with
a capital, such as "Ines Moreau", each of the words alone counts too, where it has the same capitals: people write
"Ines". Titles and small words ("Dr", "the") never count alone. Names of one letter stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Any, Final, TypeVar

from integrate.domain.listing import Stop
from integrate.domain.logs import ALL_EFFECTS
from integrate.domain.questionnaires import Questionnaire
from integrate.domain.responses import ResponseDraft
from integrate.domain.scripts import is_unspaced
from integrate.domain.times import ZonedTime

T = TypeVar("T")

_SHORTEST: Final = 2
_SHORTEST_ALONE: Final = 3
_MOST_ROUNDS: Final = 10
_NEVER_ALONE: Final = frozenset(
    {
        "dr", "mr", "mrs", "ms", "mx", "miss", "prof", "professor", "doctor", "nurse", "sir", "dame", "the", "my",
        "our", "and", "von", "van", "der", "den", "del", "della", "des", "las", "los", "line", "clinic",
    }
)  # fmt: skip
_MARKS: Final = "\u0300-\u036f"
_ALIKE: Final = MappingProxyType({"'": "['\u2019\u02bc]", "-": "[-\u2010\u2011]"})
_PLAIN: Final = MappingProxyType({0x2019: "'", 0x02BC: "'", 0x2010: "-", 0x2011: "-"})
"""Apostrophes and hyphens that people and keyboards take for one another."""
_LETTERS: Final = re.compile(r"[A-Za-z]+")
_OTHER_CASES: Final = "\u0130\u0131\u017f"
"""Letters that a pattern takes for an i or an s, and that do not become one in small letters."""
_ONE_I: Final = MappingProxyType({0x130: "i", 0x131: "i"})
_NOT_WRITTEN: Final = frozenset(
    {"zone", "prompt_id", "key", "media_type", "questionnaire", "version", "program", "author"}
)
"""Fields of a packet that are codes, or the name the person chose for themselves."""

_WHOLE: Final = (Questionnaire, ResponseDraft, ZonedTime, Enum)
"""Values of a packet that hold nothing the person wrote."""


class Replacing:
    """Replaces names in texts. The order of the names makes no difference."""

    def __init__(self, names: Iterable[str], others: Mapping[str, str] = MappingProxyType({})) -> None:
        """``names`` become initials; ``others`` are names with what stands in their place."""
        whole = {_clean(name): _initial(name) for name in names}
        whole |= {_clean(name): by for name, by in others.items() if not _stands_in(_clean(name), by)}
        whole = {name: by for name, by in whole.items() if len(name) >= _SHORTEST}
        self._whole = {_folded(name): by for name, by in sorted(whole.items())}
        alone = sorted({(part, by) for name, by in whole.items() for part, by in _parts(name, by, others)})
        self._alone = {part: by for part, by in alone if _folded(part) not in self._whole}
        self._pattern = _pattern(whole, self._alone)
        self._telling = frozenset(map(_telling, (*whole, *self._alone)))

    def __bool__(self) -> bool:
        """Whether there is anything to replace."""
        return self._pattern is not None

    def text(self, text: str) -> str:
        """``text`` with each name replaced. What comes of it holds none of them any more."""
        if self._pattern is None or not self._may_hold_one(text):
            return text
        for _round in range(_MOST_ROUNDS):
            replaced = self._pattern.sub(self._instead, text)
            if replaced == text:
                break
            text = replaced
        return text

    def _may_hold_one(self, text: str) -> bool:
        """Whether to look for names at all: most texts have none, and this is soon told."""
        small = text.lower()
        return any(letters in small for letters in self._telling) or any(one in text for one in _OTHER_CASES)

    def _instead(self, found: re.Match[str]) -> str:
        name = _clean(found.group())
        instead = self._whole.get(_folded(name)) or self._alone.get(name) or found.group()
        is_at_end = found.string.startswith(".", found.end())  # a sentence ends with one full stop
        return instead.removesuffix(".") if is_at_end else instead

    def everywhere(self, value: T, stop: Stop | None = None) -> T:
        """The same value with the names replaced in each text of it that somebody wrote, however deep it lies.

        Raises:
            Stopped: ``stop`` was set.
        """
        stop = stop or Stop()

        def change(text: str) -> str:
            stop.check()
            return self.text(text)

        return _changed(value, change) if self else value


def _clean(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).translate(_PLAIN).split())


def _folded(name: str) -> str:
    return _clean(name).translate(_ONE_I).casefold()


def _initial(name: str) -> str:
    """The first letter of the first word that is no title, as in "D."."""
    words = _clean(name).split()
    telling = [word for word in words if _bare(word) not in _NEVER_ALONE] or words
    letter = next((letter for letter in "".join(telling) if letter.isalnum()), "")
    return f"{letter.upper()}." if letter else "…"


def _bare(word: str) -> str:
    return word.strip(".,").casefold()


def _parts(name: str, by: str, others: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """The words of a name that stand for it alone."""
    words = name.split()
    if len(words) < 2 or not all(word[:1].isupper() for word in words):
        return ()
    is_own = name in {_clean(other) for other in others}
    return (
        (word, by if is_own else _initial(word))
        for word in words
        if len(word) >= _SHORTEST_ALONE and _bare(word) not in _NEVER_ALONE and not (is_own and _stands_in(word, by))
    )


def _pattern(whole: Iterable[str], alone: Iterable[str]) -> re.Pattern[str] | None:
    """Longer names first, so that of "Ines Moreau" and "Ines" the longer is found where both could be."""
    ways = [(name, f"(?i:{_as_word(name)})") for name in whole] + [(name, _as_word(name)) for name in alone]
    if not ways:
        return None
    ways.sort(key=lambda way: (-len(way[0]), way))
    every = "|".join(way for _name, way in ways)
    firsts = sorted({form[0] for name, _way in ways for form in (name, unicodedata.normalize("NFD", name))})
    if all(first.isalnum() for first in firsts):  # most places of a text are then left at once
        every = f"(?=(?i:[{''.join(firsts)}]))(?:{every})"
    return re.compile(every)


def _as_word(name: str) -> str:
    """A name as a whole word, in composed and in decomposed letters; with any blanks between its words.

    An underscore is no letter here: it marks words that stand out, as in "_Daniel_".
    """
    forms = dict.fromkeys((name, unicodedata.normalize("NFD", name)))
    inside = "|".join(r"\s+".join(_in_all_ways(word) for word in form.split()) for form in forms)
    before = "" if is_unspaced(name[0]) else r"(?<![^\W_])"
    after = "" if is_unspaced(name[-1]) else rf"(?![^\W_]|[{_MARKS}])"
    return f"{before}(?:{inside}){after}"


def _telling(name: str) -> str:
    """Letters without which a text cannot hold the name, in small ones; "" where there are none to go by."""
    return max(_LETTERS.findall(name), key=len, default="").lower()


def _in_all_ways(word: str) -> str:
    """A word with any of the signs that are typed as its apostrophes and hyphens."""
    return "".join(_ALIKE.get(letter) or re.escape(letter) for letter in word)


def _stands_in(name: str, text: str) -> bool:
    """Whether a name is in what would stand in its place: whoever is printed as "Sarah M." gives "Sarah" away."""
    return re.search(_as_word(name), text, re.IGNORECASE) is not None


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if type(value) is str:
        return value if value in ALL_EFFECTS else change(value)
    if value is None or isinstance(value, _WHOLE):
        return value
    if isinstance(value, tuple):
        parts = tuple(_changed(one, change) for one in value)
        return value if all(new is old for new, old in zip(parts, value, strict=True)) else parts
    if isinstance(value, Mapping):
        by_key = {key: _changed(one, change) for key, one in value.items()}
        return value if all(by_key[key] is one for key, one in value.items()) else MappingProxyType(by_key)
    if is_dataclass(value) and not isinstance(value, type):
        return _with_fields(value, change)
    return value


def _with_fields(value: Any, change: Callable[[str], str]) -> Any:
    """A dataclass made again only where something in it changed: a packet has thousands of them."""
    found, names = {}, _fields(value.__class__)
    for name in names:
        if name not in _NOT_WRITTEN:
            old = getattr(value, name)
            new = _changed(old, change)
            if new is not old and new != old:
                found[name] = new
    if not found:
        return value
    return type(value)(**{name: found.get(name, getattr(value, name)) for name in names})


@cache
def _fields(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
