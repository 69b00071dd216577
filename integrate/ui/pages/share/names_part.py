"""Names in the file, and the lines of *What I want to talk about*."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.sharing import LONGEST_NAME, MOST_TALK
from integrate.i18n import _
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.domain.entry import SessionRef
    from integrate.ui.theme.theme import Theme


class TalkPart(QWidget):
    """Up to three lines that stand first in the file; those of the coming session are offered."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._offered: tuple[str, ...] = ()
        self.field = TextArea(
            theme, _("What I want to talk about"), least=2, most=6, hint=_("Up to three lines. They stand first.")
        )
        self.field.label.set_token("ink2")
        self.field.edit.setTabChangesFocus(True)
        self.take = FlushButton(theme, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeading)
        self.take.hide()
        self.field.changed.connect(self._typed)
        self.take.clicked.connect(self._take)

    def show_offered(self, lines: tuple[str, ...], coming: SessionRef | None) -> None:
        """Offer what was written before the coming session."""
        self._offered = lines if coming is not None else ()
        number = coming.number if coming is not None else 0
        self.take.setText(_("Take the lines of session {number}").format(number=number))
        self._show_offer()

    def lines(self) -> tuple[str, ...]:
        """What was typed, line by line."""
        found = (" ".join(line.split()) for line in self.field.text().splitlines())
        return tuple(line for line in found if line)

    def problem(self) -> str:
        """Why the lines cannot be taken; "" where they can."""
        return _("What you want to talk about is up to three lines.") if len(self.lines()) > MOST_TALK else ""

    def _take(self) -> None:
        self.field.set_text("\n".join(self._offered))
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        if self.problem() != self.field.error():
            self.field.set_error(self.problem())
        self._show_offer()
        self.changed.emit()

    def _show_offer(self) -> None:
        self.take.setVisible(bool(self._offered) and not set(self._offered) <= set(self.lines()))


class NamesPart(QWidget):
    """The name in the file, the name the clinic knows, and how other people appear."""

    changed = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.pseudonym = LineField(
            theme,
            _("Another name for me in it"),
            placeholder=name,
            hint=_("It stands in place of your name, also in what you wrote."),
        )
        self.clinic = LineField(theme, _("The name my clinic knows"))
        self.replace = TickBox(theme, _("Other people by an initial"))
        self.present = TickBox(theme, _("Who was there by name, not by role"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(theme, _("Names"), "label", "ink2", weight=500))
        fields: Sequence[LineField] = (self.pseudonym, self.clinic)
        for field in fields:
            column.addWidget(field)
            field.edit.textChanged.connect(self.changed)
            field.edit.setMaxLength(LONGEST_NAME)
        for box in (self.replace, self.present):
            column.addWidget(box)
            box.toggled.connect(self.changed)
