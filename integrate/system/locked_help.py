"""What of Help now shows while a journal is locked: what the person chose, line by line, and nothing else.

It is readable by whoever uses this account: it must be, because there is no key while the journal is locked. It
therefore lies outside the journal, holds names and numbers without roles, lines of the hard-night page and early signs
that were chosen, and exists only once a line was. One file for each journal: ``help-<id of the journal>.json`` beside
the settings. It goes by the journal's id: a journal that is moved keeps it, one that is erased takes it along.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, TypeVar

from integrate.domain.hard_night import NightKind
from integrate.system.files import disk_errors, make_private_folder, sync_folder, write_private
from integrate.system.local_settings import read_object
from integrate.system.paths import Paths

T = TypeVar("T")

MOST_LINES: Final = 50
"""People, and as many of the care team."""

LONGEST_TEXT: Final = 200
"""Characters of a name or a number."""

MOST_WORDS: Final = 120
"""Lines in the person's own words."""

LONGEST_WORDS: Final = 500
"""Characters of one of those."""

_VERSION: Final = 1
_LARGEST_FILE: Final = 1 << 20  # bytes: as many lines as there may be, each as long as it may be, fit with ease


@dataclass(frozen=True, slots=True)
class LockedLine:
    """A name and a number, each one line of text."""

    name: str
    number: str


@dataclass(frozen=True, slots=True)
class LockedWords:
    """One line in the person's own words, and what it is."""

    kind: NightKind
    text: str


@dataclass(frozen=True, slots=True)
class LockedHelp:
    """All that shows while locked, each part in the person's order: people, care team, page and early signs."""

    people: tuple[LockedLine, ...] = ()
    team: tuple[LockedLine, ...] = ()
    words: tuple[LockedWords, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen."""
        return not (self.people or self.team or self.words)


def read_locked_help(paths: Paths, vault_id: bytes) -> tuple[LockedLine, ...]:
    """Whom the person chose to show of the journal with this id: their people, then the care team. Never fails."""
    page = read_locked_page(paths, vault_id)
    return (*page.people, *page.team)


def read_locked_page(paths: Paths, vault_id: bytes) -> LockedHelp:
    """All that was chosen of the journal with this id. Whatever cannot be read is left out; never fails."""
    kept = read_object(_file(paths, vault_id), _LARGEST_FILE)
    return LockedHelp(
        people=_whole(kept.get("lines"), _line, MOST_LINES),
        team=_whole(kept.get("team"), _line, MOST_LINES),
        words=_whole(kept.get("words"), _own_words, MOST_WORDS),
    )


def write_locked_help(paths: Paths, vault_id: bytes, lines: Iterable[LockedLine]) -> None:
    """Keep these people, and nothing else, for the journal with this id; without any line the file is removed.

    Raises:
        KnownError: the disk refused; what was kept before is still there.
    """
    write_locked_page(paths, vault_id, LockedHelp(people=tuple(lines)))


def write_locked_page(paths: Paths, vault_id: bytes, page: LockedHelp) -> None:
    """Keep ``page``, and nothing else, for the journal with this id; an empty one removes the file.

    It is kept as :func:`as_read_back` says.

    Raises:
        KnownError: the disk refused; what was kept before is still there.
    """
    page = as_read_back(page)
    file = _file(paths, vault_id)
    with disk_errors(file.parent):
        if not page.is_empty:
            text = json.dumps(_as_json(page), ensure_ascii=False, indent=2)
            make_private_folder(file.parent, exist_ok=True, parents=True)
            write_private(file, text.encode("utf-8") + b"\n")
        elif file.exists():
            file.unlink(missing_ok=True)
            sync_folder(file.parent)


def as_read_back(page: LockedHelp) -> LockedHelp:
    """``page`` as it comes back from the disk.

    Line breaks become spaces, a name or a number is cut at 200 characters and a line of words at 500, and a person
    without a number is left out: while locked there would be nothing to do with the name.
    """
    return LockedHelp(
        people=_first(MOST_LINES, (_tidy(line.name, line.number) for line in page.people)),
        team=_first(MOST_LINES, (_tidy(line.name, line.number) for line in page.team)),
        words=_first(MOST_WORDS, (_tidy_words(words.kind, words.text) for words in page.words)),
    )


def common_lines(page: LockedHelp, other: LockedHelp) -> LockedHelp:
    """Those lines of ``page`` that stand in the same part of ``other`` too."""
    return LockedHelp(
        people=tuple(line for line in page.people if line in other.people),
        team=tuple(line for line in page.team if line in other.team),
        words=tuple(words for words in page.words if words in other.words),
    )


def _file(paths: Paths, vault_id: bytes) -> Path:
    return paths.settings_folder / f"help-{vault_id.hex()}.json"


def _as_json(page: LockedHelp) -> dict[str, object]:
    kept: dict[str, object] = {"version": _VERSION, "lines": [asdict(line) for line in page.people]}
    if page.team:
        kept["team"] = [asdict(line) for line in page.team]
    if page.words:
        kept["words"] = [asdict(words) for words in page.words]
    return kept


def _whole(items: object, read: Callable[[Mapping[str, object]], T | None], most: int) -> tuple[T, ...]:
    found = items if isinstance(items, list) else []
    return _first(most, (read(item) for item in found if isinstance(item, Mapping)))


def _first(most: int, items: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(item for item in items if item is not None)[:most]


def _line(item: Mapping[str, object]) -> LockedLine | None:
    name, number = item.get("name"), item.get("number")
    return _tidy(name, number) if isinstance(name, str) and isinstance(number, str) else None


def _own_words(item: Mapping[str, object]) -> LockedWords | None:
    kind, text = item.get("kind"), item.get("text")
    if isinstance(kind, str) and isinstance(text, str):
        with suppress(ValueError):  # a kind of a newer version
            return _tidy_words(NightKind(kind), text)
    return None


def _tidy(name: str, number: str) -> LockedLine | None:
    line = LockedLine(_one_line(name, LONGEST_TEXT), _one_line(number, LONGEST_TEXT))
    return line if line.number else None


def _tidy_words(kind: NightKind, text: str) -> LockedWords | None:
    words = LockedWords(kind, _one_line(text, LONGEST_WORDS))
    return words if words.text else None


def _one_line(text: str, longest: int) -> str:
    """``text`` on one line, without what no screen can show (control characters, halves of surrogate pairs)."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())[:longest].rstrip()
