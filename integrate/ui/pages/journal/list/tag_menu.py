"""The menu of tags. Where there are many, a line at its top finds those one is looking for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidgetAction

from integrate.domain.entry import tag_key
from integrate.domain.listing import TagUse
from integrate.i18n import _
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.menu import Menu

MANY: Final = 15
"""How many tags fit into a menu without a line to search them."""

_WIDE: Final = 220


class TagMenu(Menu):
    """Every tag in use, the most used first. ``choose`` is called with one of them, or with None for all entries."""

    def __init__(self, theme: Theme, choose: Callable[[str | None], None]) -> None:
        super().__init__(theme)
        self._choose = choose
        self._tags: list[QAction] = []
        self._line: QLineEdit | None = None

    def fill(self, uses: Sequence[TagUse], chosen: str | None) -> None:
        """Show these tags."""
        self.clear()
        self._line = self._add_line() if len(uses) > MANY else None
        self.add_choice(_("All tags"), partial(self._choose, None), on=chosen is None)
        self.addSeparator()
        self._tags = []
        for use in uses:
            on = chosen is not None and tag_key(use.tag) == tag_key(chosen)
            action = self.add_choice(use.tag, partial(self._choose, use.tag), on=on)
            action.setData(tag_key(use.tag))
            self._tags.append(action)
        if self._line is not None:
            self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _add_line(self) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(_("Find a tag"))
        line.setAccessibleName(_("Find a tag"))
        line.setFont(self._theme.font("body"))
        line.setMinimumWidth(self._theme.px(_WIDE))
        set_ring(line, None)
        line.textChanged.connect(self._narrow)
        line.installEventFilter(self)
        action = QWidgetAction(self)
        action.setDefaultWidget(line)
        self.addAction(action)
        return line

    def _narrow(self, text: str) -> None:
        wanted = tag_key(text)
        for action in self._tags:
            action.setVisible(wanted in action.data())

    def _shown(self) -> list[QAction]:
        return [action for action in self._tags if action.isVisible()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the line, Down goes to the tags below, and Enter takes the first of them."""
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            shown = self._shown()
            if event.key() == Qt.Key.Key_Down and shown:
                self.setFocus(Qt.FocusReason.PopupFocusReason)
                self.setActiveAction(shown[0])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if shown and self._line.text():
                    self.close()
                    shown[0].trigger()
                return True
        return super().eventFilter(watched, event)
