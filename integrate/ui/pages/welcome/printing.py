"""The words on a printer's paper, where the person asked for it. Nothing is written to a file from here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from integrate.i18n import _
from integrate.ui.theme.theme import Theme

_MARGIN: Final = 10  # hundredths of the page's width, on each side
_COLUMNS: Final = 3


def print_words(window: QWidget, theme: Theme, words: Sequence[str]) -> QPrintDialog:
    """Let the person choose a printer, then print. The dialog runs no event loop of its own and goes when closed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("integrate")
    dialog = QPrintDialog(printer, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    option = QAbstractPrintDialog.PrintDialogOption
    for unwanted in (option.PrintToFile, option.PrintSelection, option.PrintPageRange, option.PrintCurrentPage):
        dialog.setOption(unwanted, False)
    dialog.accepted.connect(partial(_print, printer, theme, tuple(words)))
    QDialog.open(dialog)  # QPrintDialog has another open(), which wants a slot by name
    return dialog


def _print(printer: QPrinter, theme: Theme, words: tuple[str, ...]) -> None:
    painter = QPainter(printer)
    if painter.isActive():
        paint_words(painter, QRectF(printer.pageLayout().paintRectPixels(printer.resolution())), theme, words)
        painter.end()


def paint_words(painter: QPainter, page: QRectF, theme: Theme, words: Sequence[str]) -> None:
    """The sheet of paper: what it is, the numbered words, and where to keep it. ``page`` in the device's pixels."""
    painter.setPen(Qt.GlobalColor.black)
    unit = page.width() / 100
    body = page.adjusted(_MARGIN * unit, 8 * unit, -_MARGIN * unit, 0)
    painter.setFont(_font(theme, "ui", 3.4 * unit))
    body.setTop(_paragraph(painter, body, _("Recovery words")) + 2 * unit)
    painter.setFont(_font(theme, "ui", 1.9 * unit))
    what = _("Twelve words in this order open the journal if the passphrase is forgotten.")
    body.setTop(_paragraph(painter, body, what) + 4 * unit)
    for index, word in enumerate(words):
        row, column = divmod(index, _COLUMNS)
        cell = QRectF(body.left() + column * body.width() / _COLUMNS, body.top() + row * 6 * unit, 4 * unit, 4 * unit)
        painter.setFont(_font(theme, "ui", 1.7 * unit))
        painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter, str(index + 1))
        painter.setFont(_font(theme, "page", 2.6 * unit))
        painter.drawText(cell.adjusted(4 * unit, 0, 20 * unit, 0), Qt.AlignmentFlag.AlignVCenter, word)
    body.setTop(body.top() + -(-len(words) // _COLUMNS) * 6 * unit + 2 * unit)
    painter.setFont(_font(theme, "ui", 1.9 * unit))
    keep = _(
        "Anyone who finds this paper can open your journal. "
        "Keep it where only you would look, or with someone you trust."
    )
    _paragraph(painter, body, keep)


def _paragraph(painter: QPainter, place: QRectF, text: str) -> float:
    """Draw ``text`` in lines; the bottom of the last one."""
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, flags, text)
    return painter.boundingRect(place, flags, text).bottom()


def _font(theme: Theme, family: str, pixels: float) -> QFont:
    font = theme.sized_font(family, 16)
    font.setPixelSize(max(1, round(pixels)))
    return font
