"""What stands beside the steps: where one is, what this program is not, and Help now."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import N_, _
from integrate.ui.layout import WidthClass
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.glyphs import Brand
from integrate.ui.widgets.paint import side_ground
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.step_list import StepList
from integrate.ui.widgets.text import Heading, Text

STEPS: Final = (
    (N_("Choose a passphrase"), N_("The one key to everything you write.")),
    (N_("Keep your recovery words"), N_("Twelve words on paper, for the day you forget.")),
    (N_("A few gentle settings"), N_("Your name, your country, text size. All optional.")),
)
_WIDTHS: Final = (0, 320, 360)  # by width class


def disclaimer() -> str:
    """What this program is, and what it is not."""
    return _("For reflection. It does not give medical advice and does not replace your care team.")


class Side(QFrame):
    """The panel at the left of a window that is wide enough."""

    help_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._width_class = WidthClass.WIDE
        self.setAccessibleName(_("Steps"))
        self.steps = StepList(theme, [(_(title), _(sentence)) for title, sentence in STEPS])
        self.help_button = Button(theme, _("Help now"), "help", "life-buoy")
        self.help_button.clicked.connect(self.help_wanted)
        upper = QWidget()
        self._column = QVBoxLayout(upper)
        self._column.addWidget(Brand(theme))
        self._column.addSpacing(18)
        self._column.addWidget(Heading(theme, _("A private place to prepare, experience and integrate"), 2))
        self._column.addWidget(self.steps)
        self._column.addStretch(1)
        self._column.addWidget(Text(theme, disclaimer(), "caption", "ink2"))
        scroll = PageScroll(theme)
        scroll.set_content(upper)
        self._foot = QVBoxLayout()
        self._foot.addWidget(self.help_button, 0, Qt.AlignmentFlag.AlignLeft)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(self._foot)
        theme.changed.connect(self._fit)
        self._fit()

    def set_width_class(self, width: WidthClass) -> None:
        """Be as wide as there is room for; a narrow window has none."""
        self._width_class = width
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Its own ground, and the hairline beside it."""
        side_ground(QPainter(self), self._theme, self.rect(), self.layoutDirection())

    def _fit(self) -> None:
        narrow = self._width_class is WidthClass.NARROW
        if self.parentWidget() is not None:  # or it would be a window for a moment, and take the focus with it
            self.setVisible(not narrow)
        if not narrow:
            self.setFixedWidth(self._theme.px(_WIDTHS[self._width_class]))
            wide = self._width_class is WidthClass.WIDE
            side = 40 if wide else 32
            self._column.setContentsMargins(side, side - 2, side - 8, 16)
            self._column.setSpacing(28 if wide else 20)
            self._foot.setContentsMargins(side, 0, side, 24)
        self.update()


class NarrowFoot(QWidget):
    """The foot of a narrow window: Help now, always in sight, and the sentence where it is not too large for that."""

    help_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.help_button = Button(theme, _("Help now"), "help", "life-buoy")
        self.help_button.clicked.connect(self.help_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 16)
        row.setSpacing(16)
        row.addWidget(self.help_button)
        self.note = Text(theme, disclaimer(), "caption", "ink2")
        row.addWidget(self.note, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(0)
