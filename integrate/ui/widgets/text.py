"""Words on a page, set with the exact line height of their type role, which QLabel cannot do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from integrate.ui.widgets.paint import leading, trailing

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

Part = tuple[str, bool, str | None]
"""Some words, whether they are strong, and the colour token they have (None: that of the whole text)."""

_MEASURE: Final = 560  # how wide wrapped text likes to be at 100 %
_UNLIMITED: Final = 1e6
_LONGEST: Final = 200  # what is longer is no word but a path, say: it breaks rather than widen the page; at 100 %
_STRONG: Final = 600
_BOLD: Final = 700
_LEADING: Final = Qt.AlignmentFlag.AlignLeading
_HEADINGS: Final = ("title1", "title2", "title3")

_WIDTHS_KEPT: Final = 8


class _Set:
    """Text broken into lines for one width: the lines, how wide the widest is, how high all are."""

    __slots__ = ("height", "layout", "natural")

    def __init__(self, layout: QTextLayout, natural: float, height: int) -> None:
        self.layout = layout
        self.natural = natural
        self.height = height


class Text(QLabel):
    """Words in a type role and a colour token. ``wrap`` breaks them into lines; ``selectable`` lets them be copied."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: str = "body",
        token: str = "ink1",
        *,
        wrap: bool = True,
        weight: int | None = None,
        italic: bool = False,
        selectable: bool = False,
        align: Qt.AlignmentFlag = _LEADING,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._token = token
        self._weight = weight
        self._italic = italic
        self._wrap = wrap
        self._across = align
        self._parts: tuple[Part, ...] = ()
        self._bold = False
        self._sets: dict[int, _Set] = {}  # by width; a layout asks for the same few again and again
        self._selectable = selectable
        self._words = text
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        if selectable:
            self.setTextFormat(Qt.TextFormat.RichText)  # the only format in which QLabel takes a line height
            self.setWordWrap(wrap)
            self.setAlignment(align | Qt.AlignmentFlag.AlignTop)
            flags = Qt.TextInteractionFlag
            self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt lets only the pointer reach it
        else:
            self.setTextFormat(Qt.TextFormat.PlainText)
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    # --- what it says -------------------------------------------------------------------------------------------------

    def words(self) -> str:
        """The text as plain words."""
        return self._words

    def set_text(self, text: str) -> None:
        """Say something else, in one style."""
        self._parts = ()
        self._say(text)

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Say words of which some are strong or in another colour."""
        self._parts = tuple(parts)
        self._say("".join(words for words, _strong, _token in parts))

    def set_token(self, token: str) -> None:
        """Take another colour."""
        self._token = token
        self.apply_theme()

    def set_weight(self, weight: int | None) -> None:
        """Take another CSS weight; None is that of the role."""
        self._weight = weight
        self.apply_theme()

    def set_bold(self, bold: bool) -> None:
        """Be bold, whatever the weight: what high contrast has instead of a tint."""
        if bold != self._bold:
            self._bold = bold
            self.apply_theme()

    def _say(self, text: str) -> None:
        self._words = text
        self._show()

    def apply_theme(self) -> None:
        """Take font, colour and line height from the theme in force."""
        self.setFont(self.own_font())
        self._show()

    def own_font(self) -> QFont:
        """The font of its role."""
        weight = _BOLD if self._bold else self._weight
        return self._theme.font(self._role, weight=weight, italic=self._italic)

    def line_height(self) -> int:
        """The height of a line in pixels."""
        return self._theme.line(self._role)

    def _show(self) -> None:
        if self._selectable:
            colour, line = self._theme.hex(self._token), self.line_height()
            from html import escape  # rarely needed, and the first screen need not wait for it

            words = escape(self._words).replace("\n", "<br>")
            super().setText(f'<p style="color:{colour}; line-height:{line}px; margin:0">{words}</p>')
        elif self.text() != self._words:
            super().setText(self._words)
        self._sets.clear()
        self.updateGeometry()
        self.update()

    # --- setting ------------------------------------------------------------------------------------------------------

    def _broken(self, width: int) -> _Set:
        found = self._sets.get(width)
        if found is None:
            if len(self._sets) >= _WIDTHS_KEPT:
                self._sets.clear()
            found = self._sets[width] = self._break(width)
        return found

    def _break(self, width: int) -> _Set:
        line_height = self.line_height()
        # A line break of ours is a paragraph to QTextLayout, which knows only one.
        layout = QTextLayout(self._words.replace("\n", "\u2028"), self.font())
        option = QTextOption(self._side())
        # The words have the direction of their own script, their place that of the window.
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        modes = QTextOption.WrapMode
        option.setWrapMode(modes.WrapAtWordBoundaryOrAnywhere if self._wrap else modes.ManualWrap)
        layout.setTextOption(option)
        if self._parts:
            layout.setFormats(self._formats())
        metrics = QFontMetricsF(self.font())
        lead = (line_height - metrics.ascent() - metrics.descent()) / 2
        top, natural = 0, 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width if width > 0 else _UNLIMITED)
            line.setPosition(QPointF(0, top + lead))
            natural = max(natural, line.naturalTextWidth())
            top += line_height
        layout.endLayout()
        return _Set(layout, natural, max(top, line_height))

    def _side(self) -> Qt.AlignmentFlag:
        direction = self.layoutDirection()
        match self._across:
            case Qt.AlignmentFlag.AlignLeading:
                return leading(direction)
            case Qt.AlignmentFlag.AlignTrailing:
                return trailing(direction)
            case other:
                return other

    def _formats(self) -> list[QTextLayout.FormatRange]:
        from PySide6.QtGui import QTextCharFormat  # loaded where a text has parts

        ranges, start = [], 0
        for words, strong, token in self._parts:
            found = QTextLayout.FormatRange()
            found.start, found.length = start, len(words.encode("utf-16-le")) // 2
            start += found.length
            look = QTextCharFormat()
            if strong:
                look.setFontWeight(_STRONG)
            if token is not None:
                look.setForeground(self._theme.color(token))
            found.format = look
            ranges.append(found)
        return ranges

    # --- size ---------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As wide as its words, wrapped text up to a comfortable measure."""
        if self._selectable:
            return super().sizeHint()
        unbroken = self._broken(0)
        natural = math.ceil(unbroken.natural)
        if not self._wrap:
            return QSize(natural, unbroken.height)
        width = min(natural, self._theme.px(_MEASURE))
        return QSize(width, self._broken(width).height)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its longest word, nor than all of a text that does not wrap. A path breaks anywhere."""
        if self._selectable:
            return super().minimumSizeHint()
        if not self._wrap:
            return self.sizeHint()
        metrics = QFontMetricsF(self.font())
        longest = max((metrics.horizontalAdvance(word) for word in self._words.split()), default=0.0)
        return QSize(min(math.ceil(longest), self._theme.px(_LONGEST)), self.line_height())

    def hasHeightForWidth(self) -> bool:
        """Wrapped text is taller where it is narrower."""
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        """The height that ``width`` pixels need."""
        if self._selectable:
            return super().heightForWidth(width)
        return self._broken(max(width, 1)).height

    # --- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        if self._selectable:
            super().paintEvent(event)
            return
        broken = self._broken(max(self.width(), 1))
        top = 0 if self._wrap else (self.height() - broken.height) / 2
        painter = QPainter(self)
        painter.setPen(self._theme.color(self._token if self.isEnabled() else "disabled"))
        broken.layout.draw(painter, QPointF(0, top))

    def changeEvent(self, event: QEvent) -> None:
        """Set the lines again where font or direction changed."""
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange}:
            self._sets.clear()
        super().changeEvent(event)


class Heading(Text):
    """The title of a page, a part or a card (``level`` 1 to 3). It can be given the focus, but Tab passes it by."""

    def __init__(self, theme: Theme, text: str, level: int = 1, *, parent: QWidget | None = None) -> None:
        self.level = level
        super().__init__(theme, text, _HEADINGS[level - 1], parent=parent)
        self.setAccessibleName(text)

    def _say(self, text: str) -> None:
        super()._say(text)
        self.setAccessibleName(text)
