"""The way to look around before there is a journal: a quiet button, and what it says while the demo is made."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.pages.welcome.step import WIDTH
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.progress import Busy
from integrate.ui.widgets.text import Text


class LookFirst(QWidget):
    """The line below the first step. ``wanted`` follows its button."""

    wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._banner: Banner | None = None
        self.button = LinkText(theme, _("Look around first"))
        self.button.clicked.connect(self.wanted)
        self.busy = Busy(theme, _("Making a demo with invented content. This takes a few seconds."))
        self.busy.hide()
        self._words = Text(
            theme, _("A demo opens. Everything in it is invented, and it needs no passphrase."), "caption", "ink3"
        )
        self.button.setAccessibleDescription(self._words.words())
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        self._row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(self._row)
        self._column.addWidget(self.busy)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def is_busy(self) -> bool:
        """Whether the demo is being made."""
        return not self.busy.isHidden()

    def show_busy(self, busy: bool) -> None:
        """The demo is being made: its progress stands in place of the button."""
        self._close_trouble()
        self.button.setVisible(not busy)
        self._words.setVisible(not busy)
        if busy:
            self.busy.start()
            announce(self.busy, self.busy.text.words())
        else:
            self.busy.stop()

    def show_trouble(self, title: str, text: str) -> None:
        """It could not be made."""
        self.show_busy(False)
        self._banner = Banner(self._theme, "trouble", title, text)
        self._column.insertWidget(0, self._banner)
        self._banner.show()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        self.setMaximumWidth(self._theme.px(WIDTH))

    def _close_trouble(self) -> None:
        banner, self._banner = self._banner, None
        if banner is not None:
            banner.hide()
            banner.deleteLater()
