"""A panel of the room: what the stage shows in one place after another. There are no dialogs in the room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.pages.room.target import LEAST, Target
from integrate.ui.theme.palette import palette_for
from integrate.ui.widgets.fields import FieldBox
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.domain.moments import Mark
    from integrate.domain.times import ZonedTime
    from integrate.ui.pages.room.keeper import Kept, Refused
    from integrate.ui.theme.theme import Theme

SIDE: Final = 48
NARROW_SIDE: Final = 24
_TEXT: Final = 22
_BELOW: Final = 28  # above and below the target that scrolls
_LONGEST: Final = 1_000_000  # a whole page that was pasted is refused in words, and never cut off without any

Now = Callable[[], "ZonedTime"]
Keep = Callable[["Mark", "Kept", "Refused"], None]


class Scrolled(QWidget):
    """What does not fit is scrolled: by wheel, by keys, and by a target of its own: nothing has to be dragged."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._scroll = PageScroll(theme)
        self.further = Target(theme, _("Further down"), icon="chevron-down", size=18, quiet=False)
        self.further.hide()
        self._below = QHBoxLayout()
        self._below.addWidget(self.further)
        self.above = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.above)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._below)
        self.further.chosen.connect(self._go_further)
        bar = self._scroll.verticalScrollBar()
        bar.rangeChanged.connect(self._offer)
        bar.valueChanged.connect(self._offer)

    def set_content(self, content: QWidget) -> None:
        """Scroll this."""
        self._scroll.set_content(content)

    def set_narrow(self, narrow: bool) -> None:
        """Lay out for little room, or for enough. The room says so before anything is seen."""
        self._keep_margins(NARROW_SIDE if narrow else SIDE)

    def _keep_margins(self, side: int) -> None:
        shown = not self.further.isHidden()
        self._below.setContentsMargins(side, 12 if shown else 0, side, _BELOW - 12 if shown else 0)

    def to_top(self) -> None:
        """Begin at the beginning."""
        self._scroll.verticalScrollBar().setValue(0)

    def _offer(self, *_range: int) -> None:
        bar = self._scroll.verticalScrollBar()
        shown = not self.further.isHidden()
        # It takes room itself: what fits without it needs none.
        needed = bar.maximum() > (self.further.height() + _BELOW if shown else 0)
        if needed != shown:
            self.further.setVisible(needed)
            self._keep_margins(self._below.contentsMargins().left())
        words = _("Back to the top") if needed and bar.value() >= bar.maximum() else _("Further down")
        if words != self.further.accessibleName():
            self.further.set_words(words)

    def _go_further(self) -> None:
        bar = self._scroll.verticalScrollBar()
        bar.setValue(0 if bar.value() >= bar.maximum() else bar.value() + bar.pageStep() * 3 // 4)


class Panel(Scrolled):
    """A heading and a way back, which stay, and what ``body`` holds. ``back_wanted`` asks for the panel before."""

    back_wanted = Signal()

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme)
        self.heading = Heading(theme, title)
        self.back = Target(theme, _("Back"), _("Esc"), "arrow-left", size=18)
        self.back.chosen.connect(self.back_wanted)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(16)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        self._column.addLayout(self.body)
        self._column.addStretch(1)
        self.above.setSpacing(16)
        self.above.addWidget(self.heading, 1, Qt.AlignmentFlag.AlignVCenter)
        self.above.addWidget(self.back)
        self.set_content(content)

    def set_narrow(self, narrow: bool) -> None:
        """Lay out for little room."""
        super().set_narrow(narrow)
        side = NARROW_SIDE if narrow else SIDE
        self._column.setContentsMargins(side, 4, side, 24)
        self.above.setContentsMargins(side, 4, side, 8)

    def first(self) -> QWidget:
        """What has the focus when the panel comes."""
        return self.heading

    def tell(self, target: Text, text: str) -> None:
        """Say something in one of its texts, or nothing."""
        target.set_text(text)
        target.setVisible(bool(text))


class Big(Text):
    """Words larger than any type role: numbers to call, lines to read out."""

    def __init__(self, theme: Theme, text: str, size: int = _TEXT, *, weight: int = 400, token: str = "ink1") -> None:
        self._size = size
        self._heavy = weight
        super().__init__(theme, text, "body", token)

    def own_font(self) -> QFont:
        """That of its size."""
        return self._theme.sized_font("ui", self._size, self._heavy)

    def line_height(self) -> int:
        """A third more than its letters."""
        return self._theme.px(self._size * 1.4)


class RoomField(FieldBox):
    """A line to type in, as high as everything in the room. What was typed is not offered to anybody else."""

    def __init__(self, theme: Theme, name: str, *, digits: bool = False) -> None:
        edit = QLineEdit()
        edit.setAccessibleName(name)
        edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        edit.setMaxLength(3 if digits else _LONGEST)
        hints = Qt.InputMethodHint
        edit.setInputMethodHints(hints.ImhDigitsOnly if digits else hints.ImhSensitiveData)
        super().__init__(theme, edit, LEAST)

    def apply_theme(self) -> None:
        """Larger letters, and the room's own colours."""
        super().apply_theme()
        self.edit.setFont(self._theme.sized_font("ui", _TEXT))
        self.edit.setPalette(palette_for(self._theme.scheme))

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def empty(self) -> None:
        """Forget what was typed, for Undo too."""
        self.edit.setText("")
