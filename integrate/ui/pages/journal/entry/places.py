"""What stands in place of an entry: nothing is chosen, or it cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.widgets.acting import without_argument
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


class EntryPlaces(QStackedWidget):
    """The entry, or a sentence that stands for it. ``view`` is what shows an entry."""

    def __init__(
        self, theme: Theme, view: QWidget, new: Callable[[], object] | None, back: Callable[[], object]
    ) -> None:
        super().__init__()
        self._theme = theme
        self._view = view
        self._new = new
        self._back = back
        self._narrow = False
        self._empty = False
        self._chooses = False
        self._said: QWidget | None = None
        self.addWidget(view)
        self.show_nothing()

    @property
    def shows_entry(self) -> bool:
        """Whether an entry is shown."""
        return self.currentWidget() is self._view

    def show_entry(self) -> None:
        """Show the entry."""
        self._say(None)
        self.setCurrentWidget(self._view)

    def show_nothing(self) -> None:
        """No entry is chosen. Where there is none to choose the list says how to begin, and this says nothing."""
        title = _("Choose an entry to read it here.")
        if self._new is None or self._empty:
            self._say(EmptyState(self._theme, title, ""), chooses=True)
        else:
            action = (_("New entry"), "plus", self._new)
            self._say(EmptyState(self._theme, title, _("Or begin a new one."), action), chooses=True)
        if isinstance(self._said, _Said):
            self._said.state.setVisible(not self._empty)

    def set_empty(self, empty: bool) -> None:
        """Whether the journal has no entry at all."""
        if empty != self._empty:
            self._empty = empty
            if self._chooses:
                self.show_nothing()

    def show_unreadable(self, look: Callable[[], object] | None) -> None:
        """The entry cannot be read; ``look`` shows what is left of it, None if nothing is."""
        title = _("This entry could not be read.")
        if look is None:
            self._say(EmptyState(self._theme, title, _("The rest is fine.")))
        else:
            action = (_("Show what is left"), None, look)
            self._say(EmptyState(self._theme, title, _("The rest is fine."), action))

    def set_narrow(self, narrow: bool) -> None:
        """Whether the list is behind this, and there has to be a way back to it."""
        self._narrow = narrow
        if isinstance(self._said, _Said):
            self._said.back_button.setVisible(narrow)

    def _say(self, state: EmptyState | None, *, chooses: bool = False) -> None:
        self._chooses = chooses
        before, self._said = self._said, None
        if state is not None:
            said = _Said(self._theme, state, self._back)
            said.back_button.setVisible(self._narrow)
            self._said = said
            self.addWidget(said)
            self.setCurrentWidget(said)
        if before is not None:
            self.removeWidget(before)
            before.hide()
            before.deleteLater()


class _Said(QWidget):
    """A sentence on the ground of the page."""

    def __init__(self, theme: Theme, state: EmptyState, back: Callable[[], object]) -> None:
        super().__init__()
        self._theme = theme
        self.state = state
        self.back_button = Button(theme, _("Journal"), "quiet_neutral", "chevron-left", small=True)
        self.back_button.clicked.connect(without_argument(back))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(state, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), self._theme.color("surface"))
