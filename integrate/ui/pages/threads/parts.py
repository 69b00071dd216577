"""Parts of Threads: somebody's words as something to press, the line below them, and the switch of two words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.paint import leading
from integrate.ui.widgets.switch import Switch
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_SIZE: Final = 16
_LINE: Final = 23
_MOST_LINES: Final = 6
_NARROWEST: Final = 80
_LONGEST_READ: Final = 600  # characters: more is never drawn in six lines
_LONGEST_NAME: Final = 300  # characters a screen reader hears
_EYE: Final = 14


class WordsButton(PaintedButton):
    """Somebody's words, in the type of their page, as many lines as they need up to six. ``does`` says what it does.

    ``context`` comes before the words in the name that a screen reader hears.
    """

    def __init__(self, theme: Theme, words: str, context: str, does: str) -> None:
        super().__init__(theme, "")
        self._shown = words.strip()[:_LONGEST_READ]
        self._broken: tuple[int, QTextLayout, float] | None = None
        name = " ".join(words.split())
        name = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rstrip()}…"
        self.setAccessibleName(_("{context}: {words}").format(context=context, words=name))
        self.setAccessibleDescription(does)
        self.setToolTip(does)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        set_ring(self, 4)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take font and colours from the theme in force."""
        self._broken = None
        super().apply_theme()

    def label_font(self) -> QFont:
        """The font of the page, 16 px."""
        return self.theme.sized_font("page", _SIZE)

    # --- size ---------------------------------------------------------------------------------------------------------

    def _lines(self, width: int) -> tuple[QTextLayout, float]:
        """The words broken for ``width`` pixels, and how wide the widest line is; too many end in three dots."""
        if self._broken is not None and self._broken[0] == width:
            return self._broken[1], self._broken[2]
        text = self._shown.replace("\n", "\u2028")
        layout, natural = self._break(text, width)
        if layout.lineCount() > _MOST_LINES:
            last = layout.lineAt(_MOST_LINES - 1)
            whole = text.encode("utf-16-le")
            kept = whole[: (last.textStart() + max(last.textLength() - 3, 1)) * 2].decode("utf-16-le", "ignore")
            layout, natural = self._break(f"{kept.rstrip()}…", width)
        self._broken = (width, layout, natural)
        return layout, natural

    def _break(self, text: str, width: int) -> tuple[QTextLayout, float]:
        metrics, line_height = QFontMetricsF(self.font()), self.theme.px(_LINE)
        layout = QTextLayout(text, self.font())
        option = QTextOption(leading(self.layoutDirection()))
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        above = (line_height - metrics.ascent() - metrics.descent()) / 2
        natural, top = 0.0, 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, top + above))
            natural = max(natural, line.naturalTextWidth())
            top += line_height
        layout.endLayout()
        return layout, natural

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of its lines at ``width``, never lower than something to press."""
        lines = min(max(self._lines(width)[0].lineCount(), 1), _MOST_LINES)
        return max(lines * self.theme.px(_LINE), 24)

    def sizeHint(self) -> QSize:
        """As wide as there is room, as high as its lines."""
        width = max(self.width(), self.theme.px(_NARROWEST))
        return QSize(math.ceil(min(self._lines(self.theme.px(560))[1] + 1, 1e6)), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Some letters wide."""
        return QSize(self.theme.px(_NARROWEST), self.theme.px(_LINE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self._broken = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words; underlined where they are about to be pressed."""
        painter, theme = QPainter(self), self.theme
        layout, _natural = self._lines(self.width())
        font = self.font()
        font.setUnderline(self.hovered() or self.isDown() or theme.scheme.contrast)
        layout.setFont(font)
        painter.setPen(theme.color("accentpress" if self.isDown() else "ink1"))
        for at in range(min(layout.lineCount(), _MOST_LINES)):
            layout.lineAt(at).draw(painter, QPointF(0, 0))


class OwnWords(Text):
    """Somebody's words that only stand there."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__(theme, words.strip()[:_LONGEST_READ])

    def own_font(self) -> QFont:
        """The font of the page, 16 px."""
        return self._theme.sized_font("page", _SIZE)

    def line_height(self) -> int:
        """23 px at 100 %."""
        return self._theme.px(_LINE)


class Caption(QWidget):
    """The line below somebody's words; *Never share* has one of its own, with the icon that means only that."""

    def __init__(self, theme: Theme, words: str, *, never_share: bool = False) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Text(theme, words, "caption", "ink3"))
        if never_share:
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(Icon(theme, "eye-off", "ink3", _EYE, role="caption"))
            row.addWidget(Text(theme, _("Never share"), "caption", "ink3"), 1)
            column.addLayout(row)


class NeverShareRow(QWidget):
    """The switch with its two words."""

    def __init__(self, theme: Theme, *, on: bool = False) -> None:
        super().__init__()
        self.switch = Switch(theme, _("Never share"))
        self.switch.setChecked(on)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon(theme, "eye-off", "ink2", 15))
        row.addWidget(Text(theme, _("Never share"), "body", "ink2", wrap=False))
        row.addWidget(self.switch)
        row.addStretch(1)
