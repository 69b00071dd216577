"""A table as a CSV text that any spreadsheet opens, and in which no cell becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from integrate.domain.trends.tables import Cell, Table

_STARTS_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - wide signs start formulas as well


def csv_text(table: Table) -> str:
    """``table`` as RFC 4180 has it: commas, lines that end in CR LF, quotes doubled, the headings first.

    Numbers have a point, all of their digits, and no quotes. A *text* that a spreadsheet could take for a formula
    begins with an apostrophe, which makes it a text (OWASP, "CSV Injection"). What is empty stays empty: never 0.
    """
    return "".join(csv_lines((table.headings, *table.rows)))


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of :func:`csv_text`, one for each row, as they are asked for."""
    for row in rows:
        stream = io.StringIO(newline="")
        csv.writer(stream, lineterminator="\r\n").writerow([_written(cell) for cell in row])
        yield stream.getvalue()


def tab_text(table: Table) -> str:
    """The same for the clipboard: a line for each row, tabs between the cells, and no quotes.

    A tab or a line break inside a cell becomes a blank.
    """
    rows = (table.headings, *table.rows)
    return "".join("\t".join(_written(_on_one_line(cell)) for cell in row) + "\n" for row in rows)


def _on_one_line(cell: Cell) -> Cell:
    return " ".join(cell.split()) if isinstance(cell, str) else cell


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        start = cell.lstrip(" \u00a0\u3000\ufeff")[:1]  # spreadsheets skip blanks in front of a sign
        return f"'{cell}" if start and start in _STARTS_FORMULA else cell
    return repr(int(cell)) if cell == int(cell) else repr(cell)
