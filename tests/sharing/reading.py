"""A report as one text, and its parts by their headings: what the tests of reports look at."""

from __future__ import annotations

from collections.abc import Iterator

from integrate.charts.scene import texts
from integrate.sharing.report import (
    Block,
    Chart,
    Facts,
    Grid,
    Heading,
    Lines,
    NewPage,
    Paragraph,
    Quote,
    Report,
    Words,
)


def words_of(block: Block) -> Iterator[Words]:
    """Every text of a block, with whose words it is; those of pictures and of their twins too."""
    match block:
        case Heading():
            yield block.words
        case Paragraph():
            yield from block.words
        case Facts():
            for name, value in block.pairs:
                yield from (Words(name), Words(value))
        case Lines():
            yield from block.lines
        case Grid():
            yield Words(block.caption)
            yield from (Words(heading) for heading in block.headings)
            for row in block.rows:
                yield from row
        case Chart():
            yield from (Words(block.title), Words(block.scene.title), Words(block.scene.summary))
            yield from (Words(text.words) for text in texts(block.scene.marks))
            yield from words_of(block.twin)
        case Quote():
            yield from (Words(block.words, theirs=True), Words(block.source))
        case NewPage():
            pass


def all_words(report: Report) -> tuple[Words, ...]:
    """Every text of a report."""
    head = (report.title, report.subtitle, *report.period, report.foot, report.running, report.file_stem)
    return (*(Words(text) for text in head), *(words for block in report.blocks for words in words_of(block)))


def text_of(report: Report) -> str:
    """A report as one text, a line for each piece of it."""
    return "\n".join(words.text for words in all_words(report))


def headings(report: Report, level: int = 1) -> list[str]:
    """The headings of one level, in order."""
    return [block.words.text for block in report.blocks if isinstance(block, Heading) and block.level == level]


def part(report: Report, heading: str) -> list[Block]:
    """The blocks below a heading, up to the next of its level."""
    found: list[Block] = []
    level: int | None = None
    for block in report.blocks:
        if isinstance(block, Heading) and level is not None and block.level <= level:
            break
        if level is not None:
            found.append(block)
        elif isinstance(block, Heading) and block.words.text == heading:
            level = block.level
    assert level is not None, f"there is no part “{heading}” among {headings(report)}"
    return found


def grid_of(report: Report, heading: str) -> Grid:
    """The first table below a heading."""
    return next(block for block in part(report, heading) if isinstance(block, Grid))


def rows_of(grid: Grid) -> list[tuple[str, ...]]:
    """The cells of a table as texts."""
    return [tuple(words.text for words in row) for row in grid.rows]
