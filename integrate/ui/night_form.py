"""The form for a line of the hard-night page or an early sign: its words, and whether it shows while locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


def readable_words() -> str:
    """What it means to show something while locked. It stands wherever that can be chosen."""
    return _(
        "A line that shows while locked is stored readable on this computer, so that it can be shown without the "
        "passphrase. Anyone who uses this computer account could read it."
    )


class NightForm(QWidget):
    """``done`` brings what was typed and whether it shows while locked; ``left`` says that it was given up."""

    done = Signal(str, bool)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._begun_with = ("", False)
        self.area = TextArea(theme, "", hint=_("Several lines at once become a line each."), most=6, enter=True)
        self.shown = TickBox(theme, _("Shown while locked too"))
        self.shown.setAccessibleDescription(readable_words())
        self._save = Button(theme, _("Save"), "primary")
        back = Button(theme, _("Cancel"), "quiet_neutral")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._save)
        buttons.addWidget(back)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.area)
        column.addWidget(self.shown)
        column.addWidget(Text(theme, readable_words(), "caption", "ink2"))
        column.addLayout(buttons)
        self._save.clicked.connect(self.finish)
        back.clicked.connect(self.left)
        self.area.finished.connect(self.finish)

    def begin(self, title: str, text: str = "", shown: bool = False) -> None:
        """Ask for a line under ``title``."""
        self._begun_with = (text, shown)
        self.area.label.set_text(title)
        self.area.edit.setAccessibleName(title)
        self.area.set_text(text)
        self.area.set_error("")
        self.shown.setChecked(shown)
        self.area.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_changed(self) -> bool:
        """Whether there is something that leaving would lose."""
        return self.state() != self._begun_with and bool(self.area.text().strip())

    def state(self) -> tuple[str, bool]:
        """What was typed, and whether it is to show while locked."""
        return self.area.text(), self.shown.isChecked()

    def refuse(self, words: str) -> None:
        """Say why this cannot be kept. What was typed stays."""
        self.area.set_error(words)
        self.area.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Hand over what was typed."""
        self.area.set_error("")
        self.done.emit(*self.state())
