"""A row of the list set in type: shortened and placed once, then drawn as often as it is in sight."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from integrate.i18n import _
from integrate.ui.pages.journal.list.wording import Wording
from integrate.ui.theme.theme import Theme

ICON: Final = 12
ROW_HEIGHT: Final = 88
HEADING_HEIGHT: Final = 36

_GLYPH: Final = 11
_GAP: Final = 6
_EYE_GAP: Final = 4
_TITLE_LINE: Final = 22
_TEXT_LINE: Final = 20
_TITLE_TOP: Final = 12
_LINE_TOP: Final = 35
_ABOUT_TOP: Final = 58
_FOUND_WEIGHT: Final = 600
_LEAD: Final = 16  # letters kept before a found word that would be out of sight else
_SEEN: Final = 0.75  # the part of a line in which the first found word has to end
_BETWEEN: Final = " · "


@dataclass(frozen=True, slots=True, eq=False)
class Styles:
    """Fonts of rows in one theme, compared by identity; ``strong_title`` is for the selected row in high contrast."""

    theme: Theme
    title: QFont
    strong_title: QFont
    line: QFont
    about: QFont
    heading: QFont
    found: QTextCharFormat

    @classmethod
    def of(cls, theme: Theme) -> Styles:
        """The styles for the theme in force."""
        found = QTextCharFormat()
        found.setFontWeight(_FOUND_WEIGHT)
        if theme.scheme.contrast:
            found.setFontUnderline(True)
        else:
            found.setBackground(theme.color("accenttint"))
            found.setForeground(theme.color("ink1"))
        return cls(
            theme, theme.sized_font("page", 16, 500), theme.sized_font("page", 16, 700), theme.sized_font("ui", 14),
            theme.font("caption"), theme.font("label", weight=600), found,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SetText:
    """One line of text: where it is drawn, and how wide it is."""

    layout: QTextLayout
    place: QPointF
    width: float


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row set for one width. Places count from the upper left corner of the row's text.

    ``about`` are the texts of the last line; ``glyph``, ``eye`` and ``clip`` are there as far as they are drawn.
    """

    words: Wording
    title: SetText
    line: SetText
    about: tuple[SetText, ...]
    glyph: QRectF | None
    eye: QRectF | None
    clip: QRectF | None


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets rows for texts ``width`` pixels wide; ``mirrored`` from right to left."""

    styles: Styles
    width: int
    mirrored: bool

    def row(self, words: Wording, *, strong: bool) -> SetRow:
        """Set one row; ``strong`` for the selected one in high contrast."""
        styles, px = self.styles, self.styles.theme.px
        title = self._text(words.title, styles.strong_title if strong else styles.title, self.width)
        shown, marks = _in_sight(words.line, words.marks, styles.line, self.width)
        line = self._text(shown, styles.line, self.width, marks)
        about, glyph, eye, clip = self._about(words)
        return SetRow(
            words,
            self._place(title, 0, px(_TITLE_TOP), px(_TITLE_LINE)),
            self._place(line, 0, px(_LINE_TOP), px(_TEXT_LINE)),
            about, glyph, eye, clip,
        )  # fmt: skip

    def _about(self, words: Wording) -> tuple[tuple[SetText, ...], QRectF | None, QRectF | None, QRectF | None]:
        """The last line. What is said about sharing is never left out; the session is, where room is scarce."""
        theme, font = self.styles.theme, self.styles.about
        icon, gap, top, height = theme.px(ICON), theme.px(_GAP), theme.px(_ABOUT_TOP), theme.line("caption")
        x: float = 0
        glyph = eye = clip = None
        if words.phase is not None:
            glyph = self._box(0, theme.px(_GLYPH), top, height)
            x = glyph.width() + gap
        room = self.width - x
        if words.attachments:
            clip = self._box(self.width - icon, icon, top, height)
            room -= icon + gap
        texts = []
        if words.never_share:
            private = self._text(_("Never share"), font, self.width)
            dot = self._text(_BETWEEN, font, self.width)
            about = self._said(words.about, room - private.width - dot.width - icon - theme.px(_EYE_GAP))
            eye_at = x + about.width + dot.width
            eye = self._box(eye_at, icon, top, height)
            texts.append(self._place(dot, x + about.width, top, height))
            texts.append(self._place(private, eye_at + icon + theme.px(_EYE_GAP), top, height))
        else:
            about = self._said(words.about, room)
        texts.append(self._place(about, x, top, height))
        return tuple(texts), glyph, eye, clip

    def _said(self, parts: tuple[str, ...], room: float) -> SetText:
        """As many of the parts as there is room for, and all of the first if possible."""
        metrics = QFontMetricsF(self.styles.about)
        while len(parts) > 1 and metrics.horizontalAdvance(_BETWEEN.join(parts)) > room:
            parts = parts[:-1]
        return self._text(_BETWEEN.join(parts), self.styles.about, room)

    def _text(self, text: str, font: QFont, room: float, marks: tuple[tuple[int, int], ...] = ()) -> SetText:
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0.0))
        layout = QTextLayout(shown, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats(_formats(shown, text, marks, self.styles.found))
        layout.setCacheEnabled(True)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1e6)  # the option aligns to the left; where it stands is decided here
        layout.endLayout()
        return SetText(layout, QPointF(), line.naturalTextWidth())

    def _place(self, text: SetText, x: float, top: int, height: int) -> SetText:
        line = text.layout.lineAt(0)
        left = self.width - x - text.width if self.mirrored else x
        # A line of right-to-left words begins at the far end of its endless width.
        left -= line.naturalTextRect().left()
        base = math.floor((height - line.height()) / 2) + math.floor(line.ascent())  # whole pixels, as browsers set it
        return SetText(text.layout, QPointF(left, top + base - line.ascent()), text.width)

    def _box(self, x: float, side: int, top: int, height: int) -> QRectF:
        left = self.width - x - side if self.mirrored else x
        return QRectF(left, top + (height - side) / 2, side, side)


def _in_sight(
    text: str, marks: tuple[tuple[int, int], ...], font: QFont, width: int
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text from where on its first mark is in sight, and the marks in it."""
    if not marks or QFontMetricsF(font).horizontalAdvance(text[: marks[0][1]]) <= width * _SEEN:
        return text, marks
    space = text.find(" ", max(marks[0][0] - _LEAD, 0), marks[0][0])
    start = space + 1 if space >= 0 else marks[0][0]
    return "…" + text[start:], tuple((begin - start + 1, end - start + 1) for begin, end in marks)


def _formats(
    shown: str, text: str, marks: tuple[tuple[int, int], ...], found: QTextCharFormat
) -> list[QTextLayout.FormatRange]:
    """The marks as far as they are shown. They count characters, Qt counts UTF-16 units."""
    kept = len(shown) if shown == text else max(len(shown) - 1, 0)
    ranges = []
    for begin, end in marks:
        if begin < kept:
            one = QTextLayout.FormatRange()
            one.start = _units(shown[:begin])
            one.length = _units(shown[begin : min(end, kept)])
            one.format = found
            ranges.append(one)
    return ranges


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
