"""Spell-checking inside the process: Hunspell with the dictionary that ships and those the system has.

Nothing is written and nothing leaves the process. A :class:`SpellChecker` holds words of the journal (the person's own
words, and the last words it judged), so it belongs to an open journal: let go of it when the journal locks.

A checker is made for one thread. Hunspell does not let other Python threads run meanwhile: a check takes
microseconds, a list of suggestions up to a few tenths of a second, so ask for one only when a person does.
"""

from __future__ import annotations

import codecs
import re
import sys
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from integrate.domain.scripts import is_unspaced

MOST_SUGGESTIONS: Final = 6

_KEPT_ANSWERS: Final = 4096
_LONGEST_WORD: Final = 60
_LONGEST_TO_SUGGEST: Final = 32
_SHORT_CAPITALS: Final = 5
_LARGEST_FILE: Final = 64 * 1024 * 1024
_MOST_WORDS: Final = 5_000_000
_BYTES_OF_AFF_READ: Final = 4 * 1024 * 1024

_CODE: Final = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z0-9]{2,8}){0,3}")
_ENCODING: Final = re.compile(rb"^(?:\xef\xbb\xbf)?SET[ \t]+([A-Za-z0-9_-]+)[ \t]*\r?$", re.M)
_CHUNK: Final = re.compile(r"\S+")
_WORD: Final = re.compile(r"\w+(?:['’\-]\w+)*")
_ADDRESS: Final = re.compile(r"://|@|^www\.|^[\w.-]+\.[a-z]{2,}/", re.I)
_CURLY: Final = "’"


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A dictionary on this computer: ``code`` is its language (``en_US``), then its two files."""

    code: str
    aff: Path
    dic: Path

    @property
    def language(self) -> str:
        """The language as a tag (``en-US``)."""
        return self.code.replace("_", "-")


def available_dictionaries(folders: Iterable[Path] | None = None) -> tuple[Dictionary, ...]:
    """The dictionary that ships, then those of the system, one for each language; of two the first found.

    ``folders`` are searched instead of the system's places.
    """
    found: dict[str, Dictionary] = {}
    for folder in (*_shipped_folder(), *(_system_folders() if folders is None else folders)):
        for dictionary in _dictionaries_in(folder):
            found.setdefault(dictionary.code, dictionary)
    shipped, *others = found.values() if found else (None,)
    return () if shipped is None else (shipped, *sorted(others, key=lambda one: one.code))


def load_checker(dictionary: Dictionary, own_words: Iterable[str] = ()) -> SpellChecker | None:
    """A checker for ``dictionary``, or None when its files cannot be used. Takes some 30 milliseconds or more.

    ``own_words`` are right from the start.
    """
    encoding = _usable_encoding(dictionary)
    if encoding is None:
        return None
    try:
        # Only here: the library is needed once a journal is open, not for starting. Some systems have no build of it.
        from hunspell import Hunspell  # type: ignore[import-untyped]  # the package has no type information

        # Both named, or the library would ask the environment for a folder and an encoding.
        engine = Hunspell(dictionary.dic.stem, hunspell_data_dir=str(dictionary.dic.parent), system_encoding="utf-8")
    except (ImportError, OSError, ValueError):
        return None
    return SpellChecker(engine, encoding, own_words)


class SpellChecker:
    """Says which words are not in a dictionary. Made by :func:`load_checker`."""

    def __init__(self, engine: Any, encoding: str, own_words: Iterable[str] = ()) -> None:
        """``engine`` is the library's object, ``encoding`` that of its dictionary."""
        self._engine = engine
        self._encoding = encoding
        self._own = {_plain(word).casefold() for word in own_words}
        self._answers: OrderedDict[str, bool] = OrderedDict()

    def check(self, word: str) -> bool:
        """Whether ``word`` is right, or is nothing that this dictionary could judge.

        Numbers and what holds digits, addresses, short words in capitals, scripts written without spaces and letters
        that the dictionary's encoding has not are never wrong.
        """
        plain = _plain(word)
        if not _can_be_judged(plain) or self._is_own(plain):
            return True
        known = self._answers.get(plain)
        if known is None:
            known = self._answers[plain] = self._ask(plain)
            if len(self._answers) > _KEPT_ANSWERS:
                self._answers.popitem(last=False)
        else:
            self._answers.move_to_end(plain)
        return known

    def mistakes(self, text: str) -> tuple[tuple[int, int], ...]:
        """(start, end) of each word of ``text`` that is not right, in order. Web and mail addresses are passed over."""
        return tuple((start, end) for start, end in find_words(text) if not self.check(text[start:end]))

    def suggest(self, word: str) -> tuple[str, ...]:
        """Words that may have been meant, the likeliest first, at most six; with the apostrophe that ``word`` has."""
        plain = _plain(word)
        if not _can_be_judged(plain) or len(plain) > _LONGEST_TO_SUGGEST or not self._can_encode(plain):
            return ()
        found = dict.fromkeys(str(one) for one in self._engine.suggest(plain) if one)
        curly = _CURLY in word
        return tuple(one.replace("'", _CURLY) if curly else one for one in found)[:MOST_SUGGESTIONS]

    def add(self, word: str) -> None:
        """Take ``word`` as right from now on, in any capitals. In memory only; the journal keeps the person's words."""
        self._own.add(_plain(word).casefold())

    def _is_own(self, plain: str) -> bool:
        folded = plain.casefold()
        return folded in self._own or folded.removesuffix("'s") in self._own

    def _ask(self, plain: str) -> bool:
        return not self._can_encode(plain) or bool(self._engine.spell(plain))

    def _can_encode(self, plain: str) -> bool:
        try:
            plain.encode(self._encoding)
        except UnicodeEncodeError:
            return False
        return True


def find_words(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each word of ``text`` outside of web and mail addresses."""
    for chunk in _CHUNK.finditer(text):
        if not _ADDRESS.search(chunk.group()):
            for word in _WORD.finditer(_without_marks(chunk.group())):
                yield chunk.start() + word.start(), chunk.start() + word.end()


def _without_marks(text: str) -> str:
    """``text`` with a plain letter for each combining mark, which regular expressions do not count to a word."""
    return text if text.isascii() else "".join("x" if _is_mark(letter) else letter for letter in text)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M")


def _plain(word: str) -> str:
    """``word`` as a dictionary spells it: composed, with the straight apostrophe, and without signs around it."""
    return unicodedata.normalize("NFC", word).replace(_CURLY, "'").strip("'_-")


def _can_be_judged(plain: str) -> bool:
    if not plain or len(plain) > _LONGEST_WORD or _ADDRESS.search(plain):
        return False
    if plain.isupper() and len(plain) <= _SHORT_CAPITALS:
        return False
    if not all(letter.isalpha() or letter in "'-" or _is_mark(letter) for letter in plain):
        return False
    return not any(map(is_unspaced, plain))


def _usable_encoding(dictionary: Dictionary) -> str | None:
    """The encoding of a dictionary whose files are sound enough for the library; None for others.

    The library is C++ and would end the program over a word count it cannot make room for, so that is looked at first.
    """
    try:
        if max(dictionary.aff.stat().st_size, dictionary.dic.stat().st_size) > _LARGEST_FILE:
            return None
        with dictionary.aff.open("rb") as stream:
            rules = stream.read(_BYTES_OF_AFF_READ)
        with dictionary.dic.open("rb") as stream:
            first = stream.readline(64)
    except OSError:
        return None
    count = re.fullmatch(rb"(?:\xef\xbb\xbf)?\s*(\d{1,7})\s*", first)
    if count is None or not 0 < int(count[1]) <= _MOST_WORDS or b"\0" in rules:
        return None
    named = _ENCODING.search(rules)
    try:
        return codecs.lookup(named[1].decode("ascii") if named else "iso8859-1").name
    except LookupError:
        return None


def _shipped_folder() -> tuple[Path, ...]:
    """The folder of the library's own dictionary, found without loading the library."""
    spec = find_spec("hunspell")
    return () if spec is None or spec.origin is None else (Path(spec.origin).parent / "dictionaries",)


def _system_folders() -> tuple[Path, ...]:
    if sys.platform == "win32":
        return ()  # Windows keeps its dictionaries to itself
    if sys.platform == "darwin":
        return (Path.home() / "Library" / "Spelling", Path("/Library/Spelling"))
    return tuple(map(Path, ("/usr/share/hunspell", "/usr/local/share/hunspell", "/usr/share/myspell")))


def _dictionaries_in(folder: Path) -> Iterator[Dictionary]:
    try:
        names = sorted(file.stem for file in folder.iterdir() if file.suffix == ".dic" and _CODE.fullmatch(file.stem))
    except OSError:
        return
    for name in names:
        dictionary = Dictionary(name, folder / f"{name}.aff", folder / f"{name}.dic")
        if dictionary.aff.is_file() and dictionary.dic.is_file():
            yield dictionary
