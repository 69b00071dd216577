"""What the stages of a session share: words of any length, links to threads, lists that are made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.pages.sessions.show_all import AllSheet
from integrate.ui.pages.sessions.words import short_name
from integrate.ui.widgets.buttons import Button, PaintedButton
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.paint import leading, mirrored, picture
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.page import PageContext
    from integrate.ui.theme.theme import Theme

SHOWN: Final = 600
"""Characters of somebody's words that stand on the page; all of them are one click away."""

_BACK: Final = 40  # how far a cut looks back for the end of a word
_ICON: Final = 14
_GAP: Final = 6
_LEAST: Final = 24  # pixels that anything to press is high


def clipped(text: str, most: int = SHOWN) -> str:
    """The beginning of ``text``: up to ``most`` characters, cut between words where there are any."""
    if len(text) <= most:
        return text
    end = max(text.rfind(sign, most - _BACK, most) for sign in " \n")
    return f"{text[: end if end > 0 else most].rstrip()}…"


def own_words(context: PageContext, title: str, text: str, *, most: int = SHOWN) -> list[QWidget]:
    """Somebody's words, and below them the way to the rest where there is one, in a sheet called ``title``."""
    parts: list[QWidget] = [Text(context.theme, clipped(text, most), "quote")]
    if len(text) > most:
        parts.append(show_all_button(context, title, text, _("Show all of “{words}”").format(words=short_name(text))))
    return parts


def show_all_button(context: PageContext, title: str, text: str, name: str) -> Button:
    """A button that shows all of ``text``; ``name`` is what a screen reader hears of it."""
    button = FlushButton(context.theme, _("Show all of it"))
    button.setAccessibleName(name)
    button.clicked.connect(partial(_show_all, context, title, text))
    return button


def _show_all(context: PageContext, title: str, text: str, _checked: bool = False) -> None:
    AllSheet(context, title, text).open()


def never_share_mark(theme: Theme) -> QWidget:
    """The two words with the icon that means only them."""
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_GAP)
    row.addWidget(Icon(theme, "eye-off", "ink3", _ICON, role="caption"))
    row.addWidget(Text(theme, _("Never share"), "caption", "ink3"), 1)
    return part


def column_of(parts: Iterable[QWidget], spacing: int = 2) -> QVBoxLayout:
    """Parts one below the other. A button keeps its own width, everything else may be as wide as the column."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    for part in parts:
        leads = isinstance(part, Button)
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeading if leads else Qt.AlignmentFlag(0))
    return column


def box_of(parts: Iterable[QWidget], spacing: int = 2) -> QWidget:
    """The same as a widget of its own."""
    box = QWidget()
    box.setLayout(column_of(parts, spacing))
    return box


def replace_rows(place: QVBoxLayout, old: Iterable[QWidget], new: Sequence[QWidget]) -> None:
    """Let ``new`` take the place of ``old``. They are shown at once: who gives the focus back needs them visible.

    What is in ``new`` and has its place already stays where it is.
    """
    owner = place.parentWidget()
    layout = owner.layout() if owner is not None else None
    if layout is not None:
        layout.setEnabled(False)  # else each row that is shown has the whole page laid out anew
    try:
        for row in old:
            place.removeWidget(row)
            row.hide()
            row.deleteLater()
        for at, row in enumerate(new):
            if place.indexOf(row) != at:
                place.insertWidget(at, row)
                row.show()
    finally:
        if layout is not None:
            layout.setEnabled(True)
            layout.activate()
    if owner is not None:
        in_reading_order(owner)


def in_reading_order(owner: QWidget) -> None:
    """Let screen readers meet what is in ``owner`` in the order in which its layouts have it.

    They go by the order of the children, which is that of their making.
    """
    layout = owner.layout()
    if layout is None:
        return
    wanted = list(_widgets_in(layout))
    known = set(wanted)
    there = [child for child in owner.children() if child in known]
    same = next((place for place, pair in enumerate(zip(there, wanted, strict=True)) if pair[0] is not pair[1]), None)
    if same is not None:
        for widget in wanted[same:]:
            widget.raise_()


def _widgets_in(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _widgets_in(inner)


def stops_in(part: QWidget) -> Iterator[QWidget]:
    """What Tab stops at in ``part``, in the order in which its layouts have it."""
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
        yield part
    layout = part.layout()
    if layout is not None:
        yield from _stops_in_layout(layout)


def _stops_in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from stops_in(widget)
        elif inner is not None:
            yield from _stops_in_layout(inner)


def broken(text: str, font: QFont, line_height: int, width: int, side: Qt.AlignmentFlag) -> tuple[QTextLayout, int]:
    """``text`` in lines of ``width`` pixels, in the direction of its own script, and how high they are together."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)  # a line break of ours is a paragraph to QTextLayout
    option = QTextOption(side)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    metrics = QFontMetricsF(font)
    lead = (line_height - metrics.ascent() - metrics.descent()) / 2
    top = 0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, top + lead))
        top += line_height
    layout.endLayout()
    return layout, max(top, line_height)


class ThreadLink(PaintedButton):
    """One click to a thread: its icon, and words that wrap."""

    def __init__(self, theme: Theme, words: str, wanted: Callable[[], object]) -> None:
        super().__init__(theme, "")
        self._words = words
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        set_ring(self, 4)
        self.apply_theme()
        self.clicked.connect(wanted)

    def words(self) -> str:
        """What it says."""
        return self._words

    def label_font(self) -> QFont:
        """13 px."""
        return self.theme.font("caption", weight=500)

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that ``width`` pixels need."""
        return max(self._lines(width)[1], _LEAST)

    def sizeHint(self) -> QSize:
        """Its words on one line."""
        natural = QFontMetricsF(self.font()).horizontalAdvance(self._words)
        return QSize(round(natural) + self._before() + 2, max(self.theme.line("caption"), _LEAST))

    def minimumSizeHint(self) -> QSize:
        """Some letters wide."""
        width = min(self.theme.px(120), self.sizeHint().width())
        return QSize(width, self.heightForWidth(max(self.width(), width)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and words; underlined under the pointer."""
        painter, theme, direction = QPainter(self), self.theme, self.layoutDirection()
        token = "accentpress" if self.isDown() else "accent"
        layout, height = self._lines(self.width())
        top = max(0, (self.height() - height) // 2)
        icon = QRect(0, top, theme.px(_ICON), theme.line("caption"))
        picture(painter, mirrored(direction, self.rect(), icon), theme.pixmap("spline", token, _ICON))
        font = self.font()
        font.setUnderline(self.hovered() or theme.scheme.contrast)
        layout.setFont(font)
        painter.setPen(theme.color(token))
        left = self._before() if direction == Qt.LayoutDirection.LeftToRight else 0
        layout.draw(painter, QPointF(left, top))

    def _before(self) -> int:
        return self.theme.px(_ICON) + _GAP

    def _lines(self, width: int) -> tuple[QTextLayout, int]:
        side = leading(self.layoutDirection())
        return broken(self._words, self.font(), self.theme.line("caption"), width - self._before(), side)
