"""A sentence that leads to Help now: all of it can be pressed, and the words that say so stand out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout

from integrate.domain.support_words import HELP_NOW
from integrate.i18n import _
from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_LEAST: Final = 28


class HelpLine(PaintedButton):
    """``sentence`` holds the words "Help now"; in a translation that has them otherwise it is one link as a whole."""

    def __init__(self, theme: Theme, sentence: str) -> None:
        super().__init__(theme, "")
        link = _(HELP_NOW)
        before, found, after = sentence.partition(link)
        self.words = Text(theme, sentence)
        if found:
            self.words.set_parts([(before, False, None), (link, True, "accent"), (after, False, None)])
        else:
            self.words.set_token("accent")
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(self.words)

    def sizeHint(self) -> QSize:
        """What its words ask for."""
        layout = self.layout()
        wanted = layout.sizeHint() if layout is not None else QSize()
        return wanted.expandedTo(QSize(_LEAST, _LEAST))

    def minimumSizeHint(self) -> QSize:
        """Its words wrap."""
        layout = self.layout()
        return layout.minimumSize() if layout is not None else QSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Its words draw themselves."""
