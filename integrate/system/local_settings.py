"""Settings of this computer that are needed before a journal is open: how the window looks and which journal was last.

They lie outside the journal in one small file, ``settings.json``, and so hold nothing that was written and no name.
Reading never fails: whatever is missing, broken or foreign counts as its default. What a newer version of the program
has put into the file stays there when this one writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

from integrate.system.files import disk_errors, make_private_folder, write_private
from integrate.system.paths import Paths

FILE_NAME: Final = "settings.json"
SMALLEST_TEXT: Final = 90
LARGEST_TEXT: Final = 200

Theme = Literal["system", "light", "dark", "contrast"]
UiFont = Literal["inter", "system", "atkinson"]

# A settings file is a few hundred bytes; anything much larger is not one.
_LARGEST_FILE: Final = 256 * 1024
_COUNTRY: Final = re.compile(r"[A-Z]{2}|elsewhere|")


@dataclass(frozen=True, slots=True)
class LocalSettings:
    """The settings; each default is what a new installation has.

    ``text_size`` is in percent (90 to 200). ``country`` is a code of Help now, "" before one was chosen, ``journal``
    the place of the journal that was open last, "" for none. ``width`` and ``height`` are those of the window when it
    is not maximised, 0 before it was ever shown. ``primary_selection`` lets marked text go to X11's second clipboard.
    """

    theme: Theme = "system"
    text_size: int = 100
    reduced_motion: bool = False
    ui_font: UiFont = "inter"
    country: str = ""
    journal: str = ""
    width: int = 0
    height: int = 0
    maximised: bool = False
    blur_on_focus_loss: bool = False
    hide_from_capture: bool = True
    primary_selection: bool = False


def read_settings(paths: Paths) -> LocalSettings:
    """The settings of this computer. Whatever cannot be used counts as its default; this never fails."""
    found = read_object(_file(paths))
    usable: dict[str, Any] = {
        field.name: found[field.name]
        for field in fields(LocalSettings)
        if field.name in found and _fits(field.name, found[field.name])
    }
    return LocalSettings(**usable)


def write_settings(paths: Paths, settings: LocalSettings) -> None:
    """Keep ``settings``, whole or not at all, in a file for its owner only. Unknown keys in the file stay.

    Raises:
        KnownError: the disk refused; the old settings are still there.
        ValueError: a value is not one that :func:`read_settings` would take back.
    """
    values = asdict(settings)
    for name, value in values.items():
        if not _fits(name, value):
            raise ValueError(f"not a value of the setting {name}")
    file = _file(paths)
    text = json.dumps({**read_object(file), **values}, indent=2, sort_keys=True)
    with disk_errors(file.parent):
        make_private_folder(file.parent, exist_ok=True, parents=True)
        write_private(file, text.encode("ascii") + b"\n")


def read_object(file: Path, largest: int = _LARGEST_FILE) -> Mapping[str, object]:
    """The JSON object in a ``file`` of at most ``largest`` bytes, or an empty one where none could be read."""
    try:
        with file.open("rb") as stream:
            data = stream.read(largest + 1)
        found = json.loads(data) if len(data) <= largest else None
    except (OSError, ValueError, RecursionError):
        return MappingProxyType({})
    return found if isinstance(found, dict) else MappingProxyType({})


def _file(paths: Paths) -> Path:
    return paths.settings_folder / FILE_NAME


def _one_of(*allowed: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in allowed


def _whole(lowest: int, highest: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


def _yes_or_no(value: object) -> bool:
    return isinstance(value, bool)


def _country_code(value: object) -> bool:
    return isinstance(value, str) and _COUNTRY.fullmatch(value) is not None


def _place(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value and len(value) <= 32_767


_RULES: Final[Mapping[str, Callable[[object], bool]]] = MappingProxyType(
    {
        "theme": _one_of("system", "light", "dark", "contrast"),
        "text_size": _whole(SMALLEST_TEXT, LARGEST_TEXT),
        "reduced_motion": _yes_or_no,
        "ui_font": _one_of("inter", "system", "atkinson"),
        "country": _country_code,
        "journal": _place,
        "width": _whole(0, 32_767),
        "height": _whole(0, 32_767),
        "maximised": _yes_or_no,
        "blur_on_focus_loss": _yes_or_no,
        "hide_from_capture": _yes_or_no,
        "primary_selection": _yes_or_no,
    }
)


def _fits(name: str, value: object) -> bool:
    return _RULES[name](value)
