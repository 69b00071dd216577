"""One entry on Today: its glyph, its title in the page's type, and when it was written. All of it is one button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from integrate.i18n import _
from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.glyphs import paint_phase, phase_word
from integrate.ui.widgets.paint import RADIUS_CONTROL, lay_row, picture, rounded

if TYPE_CHECKING:
    from integrate.domain.entry import EntrySummary
    from integrate.ui.theme.theme import Theme

_PADDING: Final = 8
_GLYPH: Final = 12
_GAP: Final = 12
_TITLE: Final = 16
_TITLE_LINE: Final = 22
_EYE: Final = 14
_ABOVE: Final = 9


class EntryLine(PaintedButton):
    """``when`` is its second line; *never share* is added to it in words, with the icon that means only that."""

    def __init__(self, theme: Theme, entry: EntrySummary, when: str) -> None:
        super().__init__(theme, "")
        self.entry_id = entry.id
        self._phase = str(entry.phase)
        self._title = entry.title or entry.excerpt or _("Untitled")
        self._never_share = entry.never_share
        self._when = f"{when} · {_('Never share')}" if entry.never_share else when
        self.setAccessibleName(f"{self._title}, {self._when}, {phase_word(self._phase)}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.apply_theme()

    def label_font(self) -> QFont:
        """The font of the title."""
        return self.theme.sized_font("page", _TITLE)

    def sizeHint(self) -> QSize:
        """Two lines; as wide as there is room, because titles are cut."""
        theme = self.theme
        return QSize(theme.px(200), theme.px(_TITLE_LINE) + theme.line("caption") + 2 * _ABOVE)

    def minimumSizeHint(self) -> QSize:
        """Some letters wide."""
        return QSize(self.theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw glyph, title and the line below."""
        painter, theme = QPainter(self), self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown() or self.hovered():
            edge = theme.color("ink1") if theme.scheme.contrast else None
            ground = theme.color("select" if self.isDown() else "sunken")
            rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, ground, edge, 2.0)
        glyph = theme.px(_GLYPH)
        inside = self.rect().adjusted(_PADDING, _ABOVE, -_PADDING, -_ABOVE)
        side, words = lay_row(
            inside, [glyph, inside.width() - glyph - _GAP], _GAP, self.layoutDirection(), centred=False
        )
        line = theme.px(_TITLE_LINE)
        paint_phase(painter, QRectF(side.left(), side.top() + (line - glyph) / 2, glyph, glyph), self._phase, theme)
        title = QRect(words.left(), words.top(), words.width(), line)
        self._paint_words(painter, title, self._title, self.font(), "ink1")
        below = QRect(words.left(), words.top() + line, words.width(), theme.line("caption"))
        self._paint_below(painter, below)

    def _paint_below(self, painter: QPainter, place: QRect) -> None:
        font, token = self.theme.font("caption"), "ink2" if self.isDown() else "ink3"
        if not self._never_share:
            self._paint_words(painter, place, self._when, font, token)
            return
        icon = self.theme.px(_EYE)
        width = min(QFontMetrics(font).horizontalAdvance(self._when) + 2, place.width() - icon - 6)
        words, eye = lay_row(place, [width, icon], 6, self.layoutDirection(), centred=False)
        self._paint_words(painter, words, self._when, font, token)
        picture(painter, eye, self.theme.pixmap("eye-off", token, _EYE))

    def _paint_words(self, painter: QPainter, place: QRect, words: str, font: QFont, token: str) -> None:
        painter.setFont(font)
        painter.setPen(self.theme.color(token))
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | Qt.TextFlag.TextSingleLine
        painter.drawText(place, flags, shown)
