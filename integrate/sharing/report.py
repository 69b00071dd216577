"""The report: a packet as a therapist reads it, in parts that a page of paper and a page of the web both know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from integrate.charts.scene import Scene


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text. ``theirs`` is what the person wrote (set in the serif of the page); the rest the program says."""

    text: str
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 is a part of the report, 2 something in it."""

    words: Words
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some text. Line breaks in it are kept. A ``note`` is set small."""

    words: tuple[Words, ...]
    note: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A few short facts side by side, each with its name."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """A list, one line each."""

    lines: tuple[Words, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``widths`` are parts of the whole, one for each column.

    The row of ``headings`` repeats on each page. ``caption`` names it for people who do not see it.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of numbers with its table twin. The scene is measured in pixels and carries title and summary.

    One that is ``half`` stands beside another where there is room.
    """

    title: str
    scene: Scene
    twin: Grid
    half: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """The person's own words as a block, and where they come from."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


Block: TypeAlias = Heading | Paragraph | Facts | Lines | Grid | Chart | Quote | NewPage


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    ``title`` and ``subtitle`` head it, ``period`` stands beside them. ``foot`` and ``running`` (name and date) are on
    every page. ``language`` is a BCP 47 code, ``right_to_left`` its direction. ``file_stem`` names the file without
    an ending: neither a diagnosis nor a full name is in it.
    """

    title: str
    subtitle: str
    period: tuple[str, ...]
    foot: str
    running: str
    language: str
    right_to_left: bool
    made: date
    file_stem: str
    blocks: tuple[Block, ...]
