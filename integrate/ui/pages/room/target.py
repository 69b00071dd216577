"""What can be pressed in the room: huge, with an edge that is seen, and patient with a hand that shakes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy

from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.focus_ring import is_by_keyboard, set_ring
from integrate.ui.widgets.paint import leading, mirrored, picture, rounded, tick

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

LEAST: Final = 76
"""Pixels, at every text size, that a target of the room is high and wide at the least."""

SMALL: Final = 44
"""The same for Dimmer and Leave."""

QUIET: Final = 0.4
"""Seconds after it came into sight in which a target takes nothing: the second knock of one press is not for it."""

_PAD: Final = 22
_SMALL_PAD: Final = 14
_GAP: Final = 16
_BETWEEN: Final = 4
_RADIUS: Final = 16
_FOCUS: Final = 3.0
_DISC: Final = 48
_KEPT: Final = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})
_FLAGS: Final = Qt.TextFlag.TextWordWrap


class Target(PaintedButton):
    """A button of the room: a title, a note below it, an icon before both. ``chosen`` follows a press at once.

    It acts when it is pressed and not when it is let go, because a hand that shakes slides off. ``centred`` puts
    everything in the middle, below a disc. ``edge`` is a token; ``size`` is that of the title in pixels at 100 %.
    """

    chosen = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        note: str = "",
        icon: str = "",
        *,
        edge: str = "control",
        ink: str = "ink2",
        size: int = 20,
        least: int = LEAST,
        centred: bool = False,
        quiet: bool = True,
    ) -> None:
        self._note, self._icon, self._edge, self._ink = note, icon, edge, ink
        self._size, self._least, self._centred, self._quiet = size, least, centred, quiet
        self._with_disc = True
        self._since = 0.0
        self._by_keyboard = False
        super().__init__(theme, "")
        set_ring(self, None)  # the edge says it: the ring of the window has colours of its own
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(least, least)
        self.set_words(title, note)
        self.apply_theme()
        self.pressed.connect(self._pressed)

    def set_words(self, title: str, note: str = "") -> None:
        """Say something else."""
        self._note = note
        self.setText(title.replace("&", "&&"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(note)
        self.updateGeometry()
        self.update()

    @property
    def note(self) -> str:
        """What stands below the title."""
        return self._note

    def label_font(self) -> QFont:
        """That of the title."""
        return self.theme.sized_font("ui", self._size, 500)

    def note_font(self) -> QFont:
        """That of the note."""
        return self.theme.sized_font("ui", max(15, self._size * 3 // 4))

    def _pressed(self) -> None:
        if not self._quiet or time.monotonic() - self._since >= QUIET:
            self.chosen.emit()

    # --- size ---------------------------------------------------------------------------------------------------------

    def _title(self) -> str:
        return self.text().replace("&&", "&")

    def _pad(self) -> int:
        return _PAD if self._least >= LEAST else _SMALL_PAD

    def _beside(self) -> int:
        """Pixels that the icon and the tick take beside the words."""
        marks = bool(self._icon) + self.isCheckable()
        return 0 if self._centred else marks * (self.theme.px(self._icon_size()) + _GAP)

    def _icon_size(self) -> int:
        return 28 if self._least >= LEAST else 18

    def _heights(self, width: int) -> tuple[int, int]:
        room = QRect(0, 0, max(width, 1), 1 << 16)
        title = QFontMetrics(self.label_font()).boundingRect(room, _FLAGS, self._title()).height()
        note = QFontMetrics(self.note_font()).boundingRect(room, _FLAGS, self._note).height() if self._note else 0
        return title, note

    def show_disc(self, shown: bool) -> None:
        """Leave the disc out where there is little room."""
        self._with_disc = shown
        self.updateGeometry()

    def _disc(self) -> int:
        return self.theme.px(_DISC) + self.theme.px(_GAP) if self._centred and self._with_disc else 0

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height its words need, and never less than a shaking hand does."""
        title, note = self._heights(width - 2 * self._pad() - self._beside())
        inside = title + (note + _BETWEEN if note else 0) + self._disc()
        return max(self._least, inside + 2 * (self._pad() - 8))

    def sizeHint(self) -> QSize:
        """Its words on one line each."""
        words = QFontMetrics(self.label_font()).horizontalAdvance(self._title())
        note = QFontMetrics(self.note_font()).horizontalAdvance(self._note)
        width = max(words, min(note, self.theme.px(320))) + 2 * self._pad() + self._beside() + 2
        width = max(width, self._least)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its longest word."""
        fonts = ((self._title(), self.label_font()), (self._note, self.note_font()))
        longest = max(
            (QFontMetrics(font).horizontalAdvance(word) for text, font in fonts for word in text.split()), default=0
        )
        return QSize(max(longest + 2 * self._pad() + self._beside() + 2, self._least), self._least)

    # --- keyboard and sight -------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Count from now."""
        super().showEvent(event)
        self._since = time.monotonic()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The edge shows the focus where the keyboard brought it."""
        if event.reason() not in _KEPT:
            self._by_keyboard = is_by_keyboard(event.reason())
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And no more."""
        super().focusOutEvent(event)
        self.update()

    # --- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, edge, disc or icon, title and note."""
        painter = QPainter(self)
        theme = self.theme
        strong = (self.hasFocus() and self._by_keyboard) or self.isChecked()
        ground = "press" if self.isDown() or self.isChecked() else "surface"
        edge, width = ("ink1", _FOCUS) if strong else (self._edge, 1.0)
        radius = _RADIUS if self._least >= LEAST else _RADIUS / 2
        rounded(painter, QRectF(self.rect()), radius, theme.color(ground), theme.color(edge), width)
        self.paint_over(painter)
        self._paint_words(painter)

    def paint_over(self, painter: QPainter) -> None:
        """For what fills it while it is held."""

    def _paint_words(self, painter: QPainter) -> None:
        pad, beside = self._pad(), self._beside()
        room = self.rect().adjusted(pad + beside, 0, -pad, 0)
        title, note = self._heights(room.width())
        inside = title + (note + _BETWEEN if note else 0) + self._disc()
        top = (self.height() - inside) // 2
        if self._disc():
            radius = self.theme.px(_DISC) / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("control"))
            painter.drawEllipse(QPointF(self.width() / 2, top + radius), radius, radius)
            top += self._disc()
        elif not self._centred:
            self._paint_marks(painter, pad)
        side = Qt.AlignmentFlag.AlignHCenter if self._centred else leading(self.layoutDirection())
        place = mirrored(self.layoutDirection(), self.rect(), QRect(room.left(), top, room.width(), title))
        painter.setPen(self.theme.color("ink1"))
        painter.setFont(self.label_font())
        painter.drawText(place, side | _FLAGS, self._title())
        if note:
            painter.setPen(self.theme.color("ink2"))
            painter.setFont(self.note_font())
            painter.drawText(
                QRect(place.left(), top + title + _BETWEEN, place.width(), note), side | _FLAGS, self._note
            )

    def _paint_marks(self, painter: QPainter, pad: int) -> None:
        side = self.theme.px(self._icon_size())
        left = pad
        if self.isCheckable():
            box = QRectF(
                mirrored(self.layoutDirection(), self.rect(), QRect(left, (self.height() - side) // 2, side, side))
            )
            rounded(painter, box, side / 2, None, self.theme.color("control"), 1.5)
            if self.isChecked():
                inside = box.adjusted(side / 4, side / 4, -side / 4, -side / 4)
                tick(painter, inside, self.theme.color("ink1"), 2.0 * self.theme.scale)
            left += side + _GAP
        if self._icon:
            place = mirrored(self.layoutDirection(), self.rect(), QRect(left, 0, side, self.height()))
            picture(painter, place, self.theme.pixmap(self._icon, self._ink, self._icon_size()))

    def hideEvent(self, event: QHideEvent) -> None:
        """Another panel came: whatever was held is let go."""
        super().hideEvent(event)
        self.setDown(False)


def target(theme: Theme, title: str, note: str, icon: str, act: Callable[[], object], **look: object) -> Target:
    """A target that does something."""
    made = Target(theme, title, note, icon, **look)  # type: ignore[arg-type]  # passed through
    made.chosen.connect(act)
    return made
