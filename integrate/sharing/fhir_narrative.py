"""The parts of a report as the narrative of FHIR: XHTML of plain elements, with neither style nor link nor picture.

Every text is escaped between tags that stand here. In place of a chart there are its sentence and its table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from integrate.sharing.fhir_base import Json, words
from integrate.sharing.report import Block, Chart, Facts, Grid, Heading, Lines, NewPage, Paragraph, Quote


def narrative(blocks: Iterable[Block]) -> Json | None:
    """The narrative of some blocks; None where there is nothing in them. It says more than the coded data does."""
    inside = "".join(piece for block in blocks for piece in _block(block))
    if not inside:
        return None
    return {"status": "additional", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{inside}</div>'}


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield _element(f"h{block.level + 2}", block.words.text)
        case Paragraph():
            yield _element("p", "".join(run.text for run in block.words))
        case Facts():
            pairs = "".join(_element("dt", name) + _element("dd", fact, always=True) for name, fact in block.pairs)
            yield _around("dl", pairs)
        case Lines():
            items = "".join(_element("li", line.text) for line in block.lines)
            yield _around("ol" if block.numbered else "ul", items)
        case Grid():
            yield _grid(block)
        case Chart():
            yield _element("p", block.scene.summary)
            yield _grid(block.twin)
        case Quote():
            yield _around("blockquote", _element("p", block.words) + _element("p", block.source))
        case NewPage():
            pass


def _grid(grid: Grid) -> str:
    if not grid.rows:
        return ""
    head = "".join(_element("th", heading, always=True) for heading in grid.headings)
    rows = (_around("tr", "".join(_element("td", cell.text, always=True) for cell in row)) for row in grid.rows)
    body = _around("thead", _around("tr", head)) + _around("tbody", "".join(rows))
    return _around("table", _element("caption", grid.caption) + body)


def _element(name: str, text: str, *, always: bool = False) -> str:
    """An element with a text, its line breaks kept; without any text it is there only if ``always``."""
    shown = words(text).strip("\n")
    if not shown.strip() and not always:
        return ""
    return f"<{name}>{escape(shown, quote=False).replace(chr(10), '<br/>')}</{name}>"


def _around(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>" if inside else ""
