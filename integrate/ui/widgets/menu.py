"""Menus: the system's own, with ticks in the theme's colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QActionGroup, QIcon, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from integrate.ui.widgets.acting import without_argument

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_ICON: Final = 16


class Menu(QMenu):
    """A menu for a chip or a button. :meth:`add_choice` adds one of several, :meth:`add_entry` something to do."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choices = QActionGroup(self)
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take the font and the ticks from the theme in force."""
        self.setFont(self._theme.font("body"))
        for action in self.actions():
            if action.isCheckable():
                action.setIcon(self._tick())

    def add_entry(self, text: str, act: Callable[[], object]) -> QAction:
        """Something to do."""
        action = QAction(_plain(text), self)
        action.triggered.connect(without_argument(act))
        self.addAction(action)
        return action

    def add_choice(self, text: str, act: Callable[[], object], *, on: bool = False, alone: bool = True) -> QAction:
        """Something that is on or off; with ``alone`` only one of the menu's choices is on."""
        action = QAction(_plain(text), self)
        action.setCheckable(True)
        action.setIcon(self._tick())
        if alone:
            self._choices.addAction(action)
        action.setChecked(on)
        action.triggered.connect(without_argument(act))
        self.addAction(action)
        return action

    def _tick(self) -> QIcon:
        """A tick when on, and as much room when off."""
        seen = self._theme.pixmap("check", "ink1", _ICON)
        unseen = QPixmap(seen.size())
        unseen.setDevicePixelRatio(seen.devicePixelRatio())
        unseen.fill("transparent")
        icon = QIcon()
        icon.addPixmap(seen, QIcon.Mode.Normal, QIcon.State.On)
        icon.addPixmap(unseen, QIcon.Mode.Normal, QIcon.State.Off)
        return icon


def _plain(text: str) -> str:
    """The person's own words may hold ``&``, which Qt would take for a mnemonic."""
    return text.replace("&", "&&")
