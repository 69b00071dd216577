"""A line of words in a check-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.switch import Switch
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_EYE: Final = 15


class NotePart(QWidget):
    """The line, and whether it may ever be shared."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.field = TextArea(theme, _("A line about it, if you like"), least=1, most=5, enter=True)
        self.never_share = Switch(theme, _("Never share"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Icon(theme, "eye-off", "ink2", _EYE))
        row.addWidget(Text(theme, _("Never share"), "caption", "ink2", wrap=False))
        row.addWidget(self.never_share)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addLayout(row)
        self.field.changed.connect(self.changed)
        self.never_share.clicked.connect(self._switched)

    def text(self) -> str:
        """What was written, without what stands around it."""
        return self.field.text().strip()

    def set_words(self, text: str, *, never_share: bool) -> None:
        """Show a line."""
        self.field.set_text(text)
        self.never_share.setChecked(never_share)

    def _switched(self, _on: bool) -> None:
        self.changed.emit()
