"""What a place shows while there is nothing in it: one bold line, one sentence, one way to begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.ui.widgets.acting import without_argument
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.glyphs import PhaseGlyph
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

Action = tuple[str, str | None, Callable[[], object]]
"""The words of the button, its icon if any, and what it does."""

_MEASURE: Final = 340


class EmptyState(QWidget):
    """A glyph, a ``title``, a sentence and a button. Either text may be "". The glyph means nothing by itself."""

    def __init__(
        self, theme: Theme, title: str, text: str, action: Action | None = None, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        glyph = PhaseGlyph(theme, "integrate", 30, token="line")
        glyph.setAccessibleName("")
        self.title = Text(theme, title, "bodyStrong", align=Qt.AlignmentFlag.AlignHCenter)
        self.text = Text(theme, text, "body", "ink2", align=Qt.AlignmentFlag.AlignHCenter)
        self.button: Button | None = None
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 14)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(glyph, 0, centre)
        column.addSpacing(14)
        column.addWidget(self.title)
        column.addSpacing(4)
        row = QHBoxLayout()  # a layout across knows the greatest width when it asks for the height
        row.addStretch(1)
        row.addWidget(self.text, 1000)
        row.addStretch(1)
        column.addLayout(row)
        if action is not None:
            words, icon, act = action
            self.button = Button(theme, words, "secondary", icon)
            self.button.clicked.connect(without_argument(act))
            column.addSpacing(14)
            column.addWidget(self.button, 0, centre)
        column.addStretch(1)
        self.title.setVisible(bool(title))
        self.text.setVisible(bool(text))
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Keep the sentence to its measure."""
        self.text.setMaximumWidth(self._theme.px(_MEASURE))
