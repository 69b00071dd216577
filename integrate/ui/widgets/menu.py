"""Menus: the system's own, with ticks in the theme's colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QAction, QActionGroup, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from integrate.ui.widgets.acting import without_argument
from integrate.ui.widgets.glyphs import paint_phase, phase_word

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_ICON: Final = 16
_GLYPH: Final = 12
_PHASE: Final = "phase"
_GAP: Final = 10  # between the tick and the glyph


class Menu(QMenu):
    """A menu for a chip or a button.

    :meth:`add_choice` adds one of several, :meth:`add_phase` a phase among them, :meth:`add_entry` something to do.
    """

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choices = QActionGroup(self)
        self._with_glyphs = False
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take the font and the ticks from the theme in force."""
        self.setFont(self._theme.font("body"))
        for action in self.actions():
            if action.isCheckable():
                action.setIcon(self._mark(str(action.property(_PHASE) or "")))
        self.setStyleSheet(self._style())

    def add_entry(self, text: str, act: Callable[[], object]) -> QAction:
        """Something to do."""
        action = QAction(_plain(text), self)
        action.triggered.connect(without_argument(act))
        self.addAction(action)
        return action

    def add_choice(self, text: str, act: Callable[[], object], *, on: bool = False, alone: bool = True) -> QAction:
        """Something that is on or off; with ``alone`` only one of the menu's choices is on."""
        return self._add_choice(text, act, "", on=on, alone=alone)

    def add_phase(self, phase: str, act: Callable[[], object], *, on: bool = False) -> QAction:
        """A phase, of which one at most is on: its glyph and its word, as everywhere."""
        if not self._with_glyphs:
            self._with_glyphs = True
            self.apply_theme()
        return self._add_choice(phase_word(phase), act, phase, on=on, alone=True)

    def _add_choice(self, text: str, act: Callable[[], object], phase: str, *, on: bool, alone: bool) -> QAction:
        action = QAction(_plain(text), self)
        action.setCheckable(True)
        action.setProperty(_PHASE, phase)
        action.setIcon(self._mark(phase))
        if alone:
            self._choices.addAction(action)
        action.setChecked(on)
        action.triggered.connect(without_argument(act))
        self.addAction(action)
        return action

    def _style(self) -> str:
        """Qt takes icons for squares of one size, and shrinks what is wider; the padding makes up for the height."""
        if self._with_glyphs:
            return f"QMenu {{ icon-size: {self._width()}px; }} QMenu::item {{ padding: 0 24px 0 12px; }}"
        return f"QMenu {{ icon-size: {self._width()}px; }}" if self._theme.scale != 1 else ""

    def _width(self) -> int:
        tick = self._theme.px(_ICON)
        return tick + _GAP + self._theme.px(_GLYPH) if self._with_glyphs else tick

    def _mark(self, phase: str) -> QIcon:
        """A tick when on, and as much room when off; behind it the glyph of ``phase``, if there is one."""
        icon = QIcon()
        for state in (QIcon.State.On, QIcon.State.Off):
            icon.addPixmap(self._picture(phase, on=state is QIcon.State.On), QIcon.Mode.Normal, state)
        return icon

    def _picture(self, phase: str, *, on: bool) -> QPixmap:
        theme = self._theme
        tick = theme.pixmap("check", "ink1", _ICON)
        ratio, side, glyph = tick.devicePixelRatio(), theme.px(_ICON), theme.px(_GLYPH)
        size = QSizeF(self._width(), side)
        picture = QPixmap((size * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill("transparent")
        painter = QPainter(picture)
        mirrored = self.isRightToLeft()
        if on:
            painter.drawPixmap(round(size.width()) - side if mirrored else 0, 0, tick)
        if phase:
            left = 0.0 if mirrored else size.width() - glyph
            paint_phase(painter, QRectF(left, (side - glyph) / 2, glyph, glyph), phase, theme)
        painter.end()
        return picture


def _plain(text: str) -> str:
    """The person's own words may hold ``&``, which Qt would take for a mnemonic."""
    return text.replace("&", "&&")
