"""What of Help now shows while a journal is locked: names and numbers the person chose, line by line.

This list is readable by whoever uses this account: it must be, because there is no key while the journal is locked. It
therefore lies outside the journal, holds no roles and nothing else, and exists only once a line was chosen. One file
for each journal: ``help-<id of the journal>.json`` beside the settings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from integrate.system.files import disk_errors, make_private_folder, sync_folder, write_private
from integrate.system.local_settings import read_object
from integrate.system.paths import Paths

MOST_LINES: Final = 50
LONGEST_TEXT: Final = 200


@dataclass(frozen=True, slots=True)
class LockedLine:
    """A name and a number, each one line of text."""

    name: str
    number: str


def read_locked_help(paths: Paths, vault_id: bytes) -> tuple[LockedLine, ...]:
    """The chosen lines of the journal with this id, in order. Whatever cannot be read is left out; never fails."""
    lines = read_object(_file(paths, vault_id)).get("lines")
    found = (_line(item) for item in lines) if isinstance(lines, list) else ()
    return tuple(line for line in found if line is not None)[:MOST_LINES]


def write_locked_help(paths: Paths, vault_id: bytes, lines: Iterable[LockedLine]) -> None:
    """Keep ``lines``, and nothing else, for the journal with this id; without any line the file is removed.

    Line breaks become spaces, a text is cut at 200 characters, and a line without a number is left out.

    Raises:
        KnownError: the disk refused; what was kept before is still there.
    """
    kept = [line for line in (_tidy(line.name, line.number) for line in lines) if line.number][:MOST_LINES]
    file = _file(paths, vault_id)
    with disk_errors(file.parent):
        if kept:
            text = json.dumps({"version": 1, "lines": [asdict(line) for line in kept]}, indent=2)
            make_private_folder(file.parent, exist_ok=True, parents=True)
            write_private(file, text.encode("ascii") + b"\n")
        elif file.exists():
            file.unlink(missing_ok=True)
            sync_folder(file.parent)


def _file(paths: Paths, vault_id: bytes) -> Path:
    return paths.settings_folder / f"help-{vault_id.hex()}.json"


def _line(item: object) -> LockedLine | None:
    if not isinstance(item, Mapping):
        return None
    name, number = item.get("name"), item.get("number")
    if not isinstance(name, str) or not isinstance(number, str):
        return None
    line = _tidy(name, number)
    return line if line.number else None


def _tidy(name: str, number: str) -> LockedLine:
    return LockedLine(_one_line(name), _one_line(number))


def _one_line(text: str) -> str:
    """``text`` on one line, without what no screen can show (control characters, halves of surrogate pairs)."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())[:LONGEST_TEXT].rstrip()
