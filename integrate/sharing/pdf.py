"""The report as a PDF: tagged pages with selectable words, drawn charts and embedded fonts, made in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from integrate.charts.scene import Scene, Text
from integrate.charts.svg import svg_text
from integrate.i18n import ngettext
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
)  # fmt: skip
from integrate.sharing.shown_text import ANY_BREAK, STAND_IN, breakable, is_blank, runs_rightwards, shown
from integrate.sharing.tagging import name_tables
from integrate.sharing.typesetting import given_up, light_palette, page_values, set_pages

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.domain.sharing import Paper

CHART_FONTS: Final = "Inter, Literata, 'Noto Naskh Arabic', 'Noto Sans Hebrew', 'Noto Emoji'"
_ROWS_TOLD: Final = 40
"""So many rows of a chart's table are told in the words for people who do not see the chart."""
_ACROSS: Final = 44.0
"""The width of a line of the page, in parts of the size of its text; a wider word is broken."""
_ACROSS_THE_TITLE: Final = 16.0
_ACROSS_THE_SUBTITLE: Final = 30.0
_BESIDE_ANOTHER: Final = 18.0
"""Of the days beside the title, and of what stands at the foot."""
_ACROSS_A_TABLE: Final = 60.0
_GUTTER: Final = 0.9
_ACROSS_A_FACT: Final = (9.0, 7.0)
"""Of the name of a fact, and of what it is."""


def pdf_of(report: Report, paper: Paper, *, stop: Stop | None = None) -> bytes:
    """The report as a PDF/UA-1 file. The same report gives the same bytes; no text is refused.

    Raises:
        Stopped: ``stop`` was set; within a tenth of a second.
        ResourceError: a template or a font is missing.
    """
    pages = drawn_pages(report, paper, stop=stop)
    names = [shown(block.caption).text for block in report.blocks if isinstance(block, Grid) and block.headings]
    return given_up(lambda: name_tables(pages, names), stop)


def drawn_pages(report: Report, paper: Paper, *, stop: Stop | None = None) -> bytes:
    """The pages of :func:`pdf_of`, to look at: tables have no names yet.

    Raises:
        Stopped: ``stop`` was set; within a tenth of a second.
        ResourceError: a template or a font is missing.
    """
    values = given_up(lambda: _Values(report, stop).all(paper), stop)
    return set_pages("report.typ", values, stop=stop)


class _Values:
    """A report as plain values for the template. Counts the characters that no font has. May be stopped."""

    def __init__(self, report: Report, stop: Stop | None = None) -> None:
        self._report = report
        self._stop = stop
        self._replaced = 0

    def all(self, paper: Paper) -> dict[str, object]:
        """Everything the template reads."""
        report = self._report
        head = page_values(
            title=self._title(), foot=self._text(report.foot, _BESIDE_ANOTHER),
            running=self._text(report.running, _BESIDE_ANOTHER), language=report.language,
            right_to_left=report.right_to_left, made=report.made, paper=paper,
        )  # fmt: skip
        blocks = list(self._blocks())
        if self._replaced:
            blocks.append(self._block(Paragraph((Words(_missing_words(self._replaced)),), note=True)))
        return {
            **head,
            "subtitle": self._text(report.subtitle, _ACROSS_THE_SUBTITLE),
            "period": [self._text(line, _BESIDE_ANOTHER) for line in report.period],
            "blocks": blocks,
        }

    def _blocks(self) -> Iterator[dict[str, object]]:
        """The blocks in their order; two half charts in a row share it."""
        waiting: Chart | None = None
        for block in self._report.blocks:
            if isinstance(block, Chart) and block.half:
                if waiting is None:
                    waiting = block
                    continue
                yield {"kind": "charts", "charts": [self._chart(waiting), self._chart(block)]}
                waiting = None
                continue
            if waiting is not None:
                yield {"kind": "charts", "charts": [self._chart(waiting)]}
                waiting = None
            yield self._block(block)
        if waiting is not None:
            yield {"kind": "charts", "charts": [self._chart(waiting)]}

    def _block(self, block: Block) -> dict[str, object]:
        match block:
            case Heading():
                words, theirs = self._text(block.words.text).replace("\n", " "), int(block.words.theirs)
                if is_blank(words):
                    return {"kind": "nothing"}
                runs = [[words, theirs]]
                return {"kind": "heading", "level": block.level, "runs": runs, "rtl": self._way(block.words.text)}
            case Paragraph():
                way = self._way("".join(words.text for words in block.words))
                return {"kind": "paragraph", "note": int(block.note), "parts": self._parts(block.words), "rtl": way}
            case Facts():
                rooms = _ACROSS_A_FACT
                pairs = [
                    [self._text(words, room) for words, room in zip(pair, rooms, strict=True)] for pair in block.pairs
                ]
                return {"kind": "facts", "pairs": pairs}
            case Lines():
                lines = [{"lines": self._lines((one,)), "rtl": self._way(one.text)} for one in block.lines]
                return {"kind": "lines", "lines": lines, "numbered": int(block.numbered)}
            case Grid():
                return self._grid(block) if block.headings else {"kind": "nothing"}
            case Chart():
                return self._chart(block)
            case Quote():
                parts = self._parts((Words(block.words, theirs=True),))
                way = self._way(block.words)
                return {"kind": "quote", "parts": parts, "source": self._text(block.source), "rtl": way}
            case NewPage():
                return {"kind": "page"}

    def _grid(self, grid: Grid) -> dict[str, object]:
        across = _ACROSS_A_TABLE - _GUTTER * (len(grid.widths) - 1)
        rooms = [across * width / sum(grid.widths) for width in grid.widths]
        rows = [
            [
                {"lines": self._lines((words,), room), "rtl": self._way(words.text)}
                for words, room in zip(row, rooms, strict=True)
            ]
            for row in grid.rows
        ]
        headings = [self._text(words, room) for words, room in zip(grid.headings, rooms, strict=True)]
        return {"kind": "table", "headings": headings, "widths": list(grid.widths), "rows": rows}

    def _chart(self, chart: Chart) -> dict[str, object]:
        scene = self._scene(chart.scene)
        return {
            "kind": "chart",
            "title": self._text(chart.title),
            "svg": svg_text(scene, light_palette(), CHART_FONTS, ground=""),
            "width": scene.width,
            "alt": self._text(" ".join(_spoken(chart))),
        }

    def _scene(self, scene: Scene) -> Scene:
        marks = tuple(
            replace(mark, words=self._text(mark.words)) if isinstance(mark, Text) else mark for mark in scene.marks
        )
        return replace(scene, marks=marks, title="", summary="")

    def _parts(self, words: tuple[Words, ...]) -> list[list[list[object]]]:
        """Text as paragraphs of lines of runs: an empty line ends a paragraph."""
        parts: list[list[list[object]]] = [[]]
        for line in self._lines(words):
            if line:
                parts[-1].append(line)
            elif parts[-1]:
                parts.append([])
        return [part for part in parts if part]

    def _lines(self, words: tuple[Words, ...], room: float = _ACROSS) -> list[list[object]]:
        """Text as lines of runs; a line without any has none."""
        lines: list[list[object]] = [[]]
        mixed = len(words) > 1
        for one in words:
            first, *others = self._text(one.text, room).split("\n")
            for place, text in enumerate((first, *others)):
                if place:
                    lines.append([])
                if text.strip() or (text and lines[-1]):
                    if lines[-1] and ANY_BREAK in text:  # a long word may also end where the one before it did
                        text = ANY_BREAK + text
                    alone = mixed and one.theirs and runs_rightwards(text)
                    lines[-1].append([_apart(text) if alone else text, int(one.theirs)])
        return lines

    def _title(self) -> str:
        """The title; a file has one whatever is written there."""
        title = self._text(self._report.title, _ACROSS_THE_TITLE).replace("\n", " ")
        return "integrate" if is_blank(title) else title

    def _way(self, text: str) -> int:
        """1 where the text begins at the right."""
        found = runs_rightwards(text)
        return int(self._report.right_to_left if found is None else found)

    def _text(self, text: str, room: float = _ACROSS) -> str:
        if self._stop is not None:
            self._stop.check()
        found = shown(text)
        self._replaced += found.replaced
        return breakable(found.text, room)


def _apart(text: str) -> str:
    """A piece of a line that runs its own way, whatever stands beside it."""
    return f"\u2068{text}\u2069"


def _spoken(chart: Chart) -> Iterator[str]:
    """A chart in words: its title, its sentence, and its numbers where they are few."""
    yield f"{chart.title}."
    yield chart.scene.summary
    rows = chart.twin.rows
    if len(rows) <= _ROWS_TOLD:
        yield ", ".join(chart.twin.headings) + ":"
        yield "; ".join(", ".join(words.text for words in row) for row in rows) + "."


def _missing_words(count: int) -> str:
    return ngettext(
        "{count} character could not be shown with the letters this file brings along. {stand_in} stands for it.",
        "{count} characters could not be shown with the letters this file brings along. {stand_in} stands for each.",
        count,
    ).format(count=count, stand_in=STAND_IN)
