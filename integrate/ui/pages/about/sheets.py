"""Two sheets of the Help menu: the keys, and what this program is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from integrate import __version__
from integrate.i18n import _
from integrate.ui.pages.about.keys import key_groups
from integrate.ui.pages.about.licences import PARTS, licence_names, licence_text
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.glyphs import Brand
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_WIDTH: Final = 640
_TEXT_LINES: Final = 16


def show_keys(theme: Theme, window: QWidget) -> Sheet:
    """Open the list of all keys over ``window``."""
    sheet = _sheet(theme, window, "keys", _("Keyboard shortcuts"))
    if sheet.body.count():
        return sheet
    sheet.body.setSpacing(0)
    for group in key_groups():
        if sheet.body.count():
            sheet.body.addSpacing(22)
        sheet.body.addWidget(Heading(theme, group.title, 3))
        sheet.body.addSpacing(6)
        for words, keys in group.keys:
            sheet.body.addWidget(_Line(theme, words, keys))
    sheet.open()
    return sheet


def show_about(theme: Theme, window: QWidget, place: Path | None = None) -> Sheet:
    """Say what this is, which version, whose work it stands on, and where the journal lies, if one is named."""
    sheet = _sheet(theme, window, "about", _("About integrate"))
    if sheet.body.count():
        return sheet
    sheet.body.addWidget(Brand(theme))
    sheet.body.addWidget(Text(theme, _("Version {version}").format(version=__version__), "body", "ink2"))
    sheet.body.addWidget(Text(theme, standing_sentence()))
    if place is not None:
        sheet.body.addWidget(Text(theme, _("Your journal lies here:"), "label", "ink2"))
        sheet.body.addWidget(Text(theme, str(place), selectable=True))
    sheet.body.addSpacing(8)
    sheet.body.addWidget(Heading(theme, _("What it is made of"), 3))
    parts = QVBoxLayout()
    parts.setSpacing(0)
    for part in PARTS:
        parts.addWidget(_Line(theme, part.name, part.licence))
    sheet.body.addLayout(parts)
    licences = Button(theme, _("Read the licences"), small=True)
    licences.clicked.connect(partial(_licences_clicked, theme, window))
    sheet.body.addWidget(licences, 0, Qt.AlignmentFlag.AlignLeading)
    sheet.open()
    return sheet


def show_licences(theme: Theme, window: QWidget) -> Sheet:
    """Open the texts of the licences, one at a time."""
    sheet = _sheet(theme, window, "licences", _("Licences"))
    if sheet.body.count():
        return sheet
    sheet.body.addWidget(_Licences(theme))
    sheet.open()
    return sheet


def standing_sentence() -> str:
    """What this program is and is not, in the words that stand wherever it speaks of itself."""
    return _(
        "integrate is a private journal. It does not diagnose, treat or monitor anything, and no one watches it. "
        "For medical questions ask your prescriber; in an emergency call your local emergency number."
    )


def _sheet(theme: Theme, window: QWidget, name: str, title: str) -> Sheet:
    """The open sheet called ``name``, else a new and empty one."""
    for sheet in window.findChildren(Sheet, name):
        if sheet.isVisible():
            return sheet
    sheet = Sheet(theme, window, title, width=_WIDTH)
    sheet.setObjectName(name)
    return sheet


def _licences_clicked(theme: Theme, window: QWidget, _checked: bool = False) -> None:
    show_licences(theme, window)


class _Line(QWidget):
    """Words, and at the end of the line what belongs to them. A screen reader hears both at once."""

    def __init__(self, theme: Theme, words: str, value: str) -> None:
        super().__init__()
        left = Text(theme, words)
        left.setAccessibleName(f"{words}: {value}")
        right = Text(theme, value, "body", "ink2", align=Qt.AlignmentFlag.AlignTrailing)
        row = QHBoxLayout()
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(16)
        row.addWidget(left, 3)
        row.addWidget(right, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Divider(theme))


class _Licences(QWidget):
    """A choice of texts and the one that was chosen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._choice = MenuField(theme, _("Licence"), [(name, name) for name in licence_names()])
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(_("Text of the licence"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._choice)
        column.addWidget(self._text, 1)
        self._choice.chosen.connect(self._show)
        theme.changed.connect(self._refresh)
        self._refresh()
        self._show(self._choice.value())

    def _show(self, name: object) -> None:
        self._text.setPlainText(licence_text(str(name)))

    def _refresh(self) -> None:
        self._text.setFont(self._theme.font("body"))
        self._text.setMinimumHeight(self._theme.line("body") * _TEXT_LINES)
