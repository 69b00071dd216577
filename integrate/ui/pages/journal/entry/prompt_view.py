"""The question an entry answers, above its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.prompts import STOP_FOR_NOW, Prompt
from integrate.i18n import _
from integrate.ui.widgets.buttons import Button, IconButton
from integrate.ui.widgets.paint import RADIUS_CONTROL, mirrored, rounded
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_BAR: Final = 2
_INDENT: Final = 16


class PromptView(QWidget):
    """Shows a prompt. ``off_wanted`` takes it off the entry, ``another_wanted`` asks for the next one."""

    off_wanted = Signal()
    another_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._phase = "prepare"
        self._note = Text(theme, "", "caption", "ink2")
        self._words = Text(theme, "", "quote", "ink2", italic=True)
        self.stop_button = Button(theme, _(STOP_FOR_NOW), "quiet_neutral", small=True)
        self.another_button = Button(theme, _("Another prompt"), "quiet_neutral", small=True)
        self.off_button = _Cross(theme, _("Take the prompt off this entry"), self)
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._row.addWidget(self.stop_button)
        self._row.addWidget(self.another_button)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        self._column = column
        self._indent()
        column.setSpacing(0)
        column.addWidget(self._note)
        column.addWidget(self._words)
        column.addLayout(self._row)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.another_button.clicked.connect(self.another_wanted)
        self.off_button.clicked.connect(self.off_wanted)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_prompt(self, prompt: Prompt | None, *, may_change: bool) -> None:
        """Show a prompt, or nothing; ``may_change`` lets it be taken off."""
        self._words.set_text(prompt.text if prompt is not None else "")
        note = (prompt.content_note or "") if prompt is not None else ""
        self._note.set_text(note)
        self._note.setVisible(bool(note))
        self.stop_button.setVisible(prompt is not None and prompt.tender and may_change)
        self.off_button.setVisible(prompt is not None and may_change)
        self.setVisible(prompt is not None)
        self._show_row()

    def set_phase(self, phase: str) -> None:
        """The phase whose mark colours the line."""
        self._phase = phase
        self.update()

    def set_offers_another(self, offers: bool) -> None:
        """Whether another prompt can be had: while nothing is written."""
        self.another_button.setVisible(offers)
        self._show_row()

    def changeEvent(self, event: QEvent) -> None:
        """The line stands where reading begins."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._indent()

    def _indent(self) -> None:
        indent = _INDENT + _BAR
        mirrored_margins = (0, 0, indent, 0) if self.isRightToLeft() else (indent, 0, 0, 0)  # Qt does not mirror them
        self._column.setContentsMargins(*mirrored_margins)

    def _show_row(self) -> None:
        shown = not (self.stop_button.isHidden() and self.another_button.isHidden())
        self._row.setContentsMargins(0, 4 if shown else 0, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cross keeps its corner."""
        super().resizeEvent(event)
        side = self.off_button.sizeHint().width()
        place = QRect(self.width() - side, -3, side, side)
        self.off_button.setGeometry(mirrored(self.layoutDirection(), self.rect(), place))
        self.off_button.raise_()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The cross shows while the pointer is here."""
        super().enterEvent(event)
        self.off_button.update()

    def leaveEvent(self, event: QEvent) -> None:
        """And goes with it."""
        super().leaveEvent(event)
        self.off_button.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line at the side."""
        line = QRect(0, 0, _BAR, self.height())
        colour = self._theme.color(f"{self._phase}mark")
        QPainter(self).fillRect(mirrored(self.layoutDirection(), self.rect(), line), colour)


class _Cross(IconButton):
    """Seen only under the pointer and with the focus; it can be reached all the same."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, "x", name, parent=parent)
        self.resize(self.sizeHint())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing, or the cross on the ground of the page."""
        around = self.parentWidget()
        if self.hasFocus() or self.underMouse() or (around is not None and around.underMouse()):
            rounded(QPainter(self), QRectF(self.rect()), RADIUS_CONTROL, self.theme.color("surface"))
            super().paintEvent(event)
