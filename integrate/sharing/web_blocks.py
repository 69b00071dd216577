"""The report as HTML: everything of the packet is escaped text between tags that stand here, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Final

from integrate.charts.scene import Scene, texts
from integrate.charts.svg import svg_text
from integrate.i18n import _
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
from integrate.sharing.typesetting import light_palette

if TYPE_CHECKING:
    from integrate.domain.listing import Stop

MARK: Final = (
    '<svg width="18" height="18" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.2" fill="none"'
    ' stroke="#1F6460" stroke-width="1.7"/><circle cx="8" cy="8" r="2.7" fill="#1F6460"/></svg>'
)
_CHART_FONTS: Final = "Inter, 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', Arial, sans-serif"
_NAMESPACE: Final = ' xmlns="http://www.w3.org/2000/svg"'
"""Not needed within HTML. Without it there is no address at all in the file."""
_WIDE: Final = 4
"""A table of so many columns may be moved sideways on a narrow screen."""
_BREAKS: Final = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSHOWN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BETWEEN_PARAGRAPHS: Final = re.compile(r"\n(?:[ \t]*\n)+")
_DAY: Final = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")


def escaped(text: str) -> str:
    """``text`` for a place between tags or in the quotes of an attribute.

    Every kind of line break becomes a newline; what HTML cannot hold is shown as U+FFFD.
    """
    return escape(_UNSHOWN.sub("\ufffd", _BREAKS.sub("\n", text)), quote=True)


def told(text: str) -> str:
    """What the program says, between tags. A date in it is not broken at the end of a line."""
    return _DAY.sub(r"<time>\g<0></time>", escaped(text))


def report_html(report: Report, *, stop: Stop | None = None) -> str:
    """The report as one ``main`` element. Any text is shown as it is; none of it becomes markup.

    Raises:
        Stopped: ``stop`` was set.
    """
    return "".join(_Writer(report, stop).all())


class _Writer:
    """Writes a report from its first line to its last."""

    def __init__(self, report: Report, stop: Stop | None) -> None:
        self._report = report
        self._stop = stop
        self._charts = 0

    def all(self) -> Iterator[str]:
        """The pieces of the page in their order."""
        report = self._report
        yield f'<main class="report" {_language(report)}>'
        yield f'<header><p class="mark">{MARK}integrate</p><div class="head"><div>'
        yield f'<h1 tabindex="-1">{told(report.title)}</h1>'
        if report.subtitle:
            yield f'<p class="sub">{told(report.subtitle)}</p>'
        yield f'</div><p class="period">{"<br>".join(map(told, report.period))}</p></div></header><section>'
        yield from self._blocks()
        yield f"</section><footer><p>{told(report.foot)}</p><p>{told(report.running)}</p></footer></main>"

    def _blocks(self) -> Iterator[str]:
        """The blocks; half charts that follow each other stand side by side."""
        together = False
        for block in self._report.blocks:
            if self._stop is not None:
                self._stop.check()
            beside = isinstance(block, Chart) and block.half
            if beside != together:
                yield '<div class="pair">' if beside else "</div>"
                together = beside
            yield from self._block(block)
        if together:
            yield "</div>"

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                name = f"h{block.level + 1}"
                yield f"<{name}>{_run(block.words)}</{name}>"
            case Paragraph():
                yield from _paragraphs(block)
            case Facts():
                pairs = (f"<div><dt>{told(name)}</dt><dd>{told(fact)}</dd></div>" for name, fact in block.pairs)
                yield f'<div class="facts"><dl>{"".join(pairs)}</dl></div>'
            case Lines():
                name = "ol" if block.numbered else "ul"
                yield f"<{name}>{''.join(f'<li>{_run(line)}</li>' for line in block.lines)}</{name}>"
            case Grid():
                yield from _grid(block)
            case Chart():
                yield from self._chart(block)
            case Quote():
                yield f"<blockquote>{''.join(_paragraphs(Paragraph((Words(block.words, theirs=True),))))}"
                yield f'<p class="source">{told(block.source)}</p></blockquote>'
            case NewPage():
                yield "</section><section>"

    def _chart(self, chart: Chart) -> Iterator[str]:
        self._charts += 1
        name, summary = f"chart-{self._charts}", f"chart-{self._charts}-summary"
        drawing = svg_text(chart.scene, light_palette(), _CHART_FONTS, ground="")
        for plain, named in (
            (_NAMESPACE, ""),
            (' role="img"', f' role="img" aria-labelledby="{name}" aria-describedby="{summary}"'),
            ("<title>", f'<title id="{name}">'),
            ("<desc>", f'<desc id="{summary}">'),
        ):
            drawing = drawing.replace(plain, named, 1)
        drawing = _fitted(drawing, chart.scene)
        yield f'<figure class="{"half" if chart.half else "full"}"><figcaption>{told(chart.title)}</figcaption>'
        # Translators: opens the table with the numbers that a chart shows
        yield f'<div class="drawing">{drawing}</div><details><summary>{escaped(_("The same in numbers"))}</summary>'
        yield from _grid(chart.twin)
        yield "</details></figure>"


def _fitted(drawing: str, scene: Scene) -> str:
    """The drawing with each text as wide as it was measured, whatever font a browser takes for it."""
    found = iter(texts(scene.marks))

    def fitted(tag: re.Match[str]) -> str:
        width = next(found).width
        return f'{tag[0]}textLength="{width:.2f}" lengthAdjust="spacingAndGlyphs" ' if width else tag[0]

    return re.sub("<text ", fitted, drawing)


def _language(report: Report) -> str:
    """The attributes of an element in the language of the report."""
    return f'lang="{escaped(report.language)}" dir="{"rtl" if report.right_to_left else "ltr"}"'


def _grid(grid: Grid) -> Iterator[str]:
    if len(grid.headings) >= _WIDE:
        yield f'<div class="sheet wide" role="region" tabindex="0" aria-label="{escaped(grid.caption)}">'
    else:
        yield '<div class="sheet">'
    yield f"<table><caption>{escaped(grid.caption)}</caption><colgroup>"
    total = sum(grid.widths) or 1
    yield from (f'<col width="{100 * width / total:.1f}%">' for width in grid.widths)
    yield "</colgroup><thead><tr>"
    yield from (f'<th scope="col">{told(heading)}</th>' for heading in grid.headings)
    yield "</tr></thead><tbody>"
    for row in grid.rows:
        yield f"<tr>{''.join(_cells(row))}</tr>"
    yield "</tbody></table></div>"


def _cells(row: Iterable[Words]) -> Iterator[str]:
    """The cells of a row. The first one says what the row is about."""
    for place, words in enumerate(row):
        yield _element("td" if place else "th", words, "" if place else ' scope="row"')


def _element(name: str, words: Words, attributes: str = "") -> str:
    """An element with one run of words; the person's take their own direction."""
    if words.theirs:
        return f'<{name}{attributes} class="theirs" dir="auto">{escaped(words.text)}</{name}>'
    return f"<{name}{attributes}>{told(words.text)}</{name}>"


def _run(words: Words) -> str:
    """Words within a line: the person's cannot turn around those beside them."""
    return f'<bdi class="theirs">{escaped(words.text)}</bdi>' if words.theirs else told(words.text)


def _paragraphs(block: Paragraph) -> Iterator[str]:
    """A paragraph; an empty line in it begins another one."""
    parts: list[list[Words]] = [[]]
    for words in block.words:
        first, *others = _BETWEEN_PARAGRAPHS.split(_BREAKS.sub("\n", words.text))
        parts[-1].append(Words(first, words.theirs))
        parts += [[Words(other, words.theirs)] for other in others]
    look = " note" if block.note else ""
    for part in parts:
        runs = [words for words in part if words.text]
        if not any(words.text.strip() for words in runs):
            continue
        if all(words.theirs for words in runs):
            yield f'<p class="theirs{look}" dir="auto">{"".join(escaped(words.text) for words in runs)}</p>'
        else:
            yield f'<p class="said{look}">{"".join(map(_run, runs))}</p>'
