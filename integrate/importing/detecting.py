"""Which format a file has, by what it says of itself and not by its name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final

from integrate.errors import FileMissing, NotUnderstood
from integrate.formats.journal_json import FORMAT
from integrate.system.files import disk_errors, is_file

_BEGINNING: Final = 4096  # bytes


class Source(StrEnum):
    """A format that can be brought in."""

    INTEGRATE = "integrate"


def detect(file: Path) -> Source:
    """The format of ``file``.

    Raises:
        FileMissing: there is no such file.
        NotUnderstood: it is of none that can be brought in.
        DiskRefused: it could not be read.
    """
    if not is_file(file):
        raise FileMissing(file=file)
    with disk_errors(file), file.open("rb") as stream:
        beginning = stream.read(_BEGINNING)
    text = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{") and f'"{FORMAT}"'.encode("ascii") in text:
        return Source.INTEGRATE
    raise NotUnderstood(file=file.name)
