"""Rows of Settings: what is chosen, a sentence about it, and the control at the end of the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.progress import Busy
from integrate.ui.widgets.switch import Switch
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrate.ui.theme.theme import Theme

_STACKED_BELOW: Final = 400  # pixels at 100 %: narrower rows put a wide control below its words
_ABOVE_AND_BELOW: Final = 14
_MENU_WIDTH: Final = 220
_ERROR_ICON: Final = 15


class SettingRow(QWidget):
    """A title, a note below it, and ``control`` at the end; in a narrow row a control with words goes below.

    Trouble is told in one more line (:meth:`set_error`), something that takes a moment in another (:meth:`set_busy`).
    """

    def __init__(
        self, theme: Theme, title: str, note: str = "", control: QWidget | None = None, *, stacks: bool = True
    ) -> None:
        super().__init__()
        self.theme = theme
        self.title = title
        self.control = control
        self._stacks = stacks
        self._said = note
        self._reason = ""
        self._note = Text(theme, note, "caption", "ink2")
        if not note:
            self._note.hide()  # by its place it is shown; without one it would be a window
        self._error = _ErrorLine(theme)
        self._busy = Busy(theme, "")
        self._busy.hide()
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._words.addStretch(1)  # level with the control, where that is the higher one
        self._words.addWidget(Text(theme, title))
        self._words.addWidget(self._note)
        self._words.addWidget(self._error)
        self._words.addWidget(self._busy)
        self._words.addStretch(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, _ABOVE_AND_BELOW, 0, _ABOVE_AND_BELOW)
        self._line.setSpacing(24)
        self._line.addLayout(self._words, 1)
        if control is not None:
            self._line.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
            self._describe()
        theme.changed.connect(self._arrange)

    def note(self) -> str:
        """The sentence below the title."""
        return self._note.words()

    def set_note(self, note: str) -> None:
        """Change the sentence below the title; a screen reader hears it as the control's description."""
        self._said = note
        self._note.set_text(" ".join(part for part in (note, self._reason) if part))
        self._note.setVisible(bool(self._note.words()))
        self._describe()

    def set_error(self, text: str) -> None:
        """Say what went wrong; "" takes it away."""
        self._error.say(text)

    def error(self) -> str:
        """What went wrong, "" if nothing did."""
        return self._error.words()

    def set_busy(self, text: str) -> None:
        """Say what is being done; "" when it is done. The spinner comes only after a moment."""
        if text:
            self._busy.set_text(text)
            self._busy.start()
            announce(self, text)
        else:
            self._busy.stop()

    def set_unavailable(self, reason: str) -> None:
        """Nothing can be changed here, and why."""
        if self.control is not None:
            self.control.setEnabled(False)
        self._reason = reason
        self.set_note(self._said)

    def add_below(self, widget: QWidget) -> None:
        """Put something more below the words."""
        self._words.insertWidget(self._words.count() - 1, widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide control goes below the words where both have too little room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        stacked = self._stacks and self.width() < self.theme.px(_STACKED_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != direction:
            self._line.setDirection(direction)
            self._line.setSpacing(10 if stacked else 24)
            if self.control is not None:
                side = Qt.AlignmentFlag.AlignLeading if stacked else Qt.AlignmentFlag.AlignVCenter
                self._line.setAlignment(self.control, side)

    def _describe(self) -> None:
        if self.control is not None:
            target = self.control.focusProxy() or self.control
            target.setAccessibleDescription(self.note())


class SwitchRow(SettingRow):
    """Something that is on or off; ``on`` and ``off`` say in words what that means. ``switched`` is the person's."""

    switched = Signal(bool)

    def __init__(self, theme: Theme, title: str, on: str, off: str, note: str = "") -> None:
        self.switch = Switch(theme, title)
        self._states = (off, on)
        self._explained = note
        super().__init__(theme, title, note, self.switch, stacks=False)
        self._tell_state()
        self.switch.clicked.connect(self._clicked)

    def set_on(self, on: bool) -> None:
        """Show what is chosen, without telling."""
        self.switch.setChecked(on)
        self._tell_state()

    def is_on(self) -> bool:
        """Whether it is on."""
        return self.switch.isChecked()

    def _clicked(self, on: bool) -> None:
        self._tell_state()
        self.switched.emit(on)

    def _tell_state(self) -> None:
        state = self._states[self.switch.isChecked()]
        self.set_note(f"{self._explained}\n{state}" if self._explained else state)


class MenuRow(SettingRow):
    """One of several answers. ``chosen`` brings the value that the person chose."""

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, title: str, options: Sequence[tuple[object, str]], value: object = None, note: str = ""
    ) -> None:
        self.menu = MenuField(theme, title, options, value, height=36, show_label=False)
        super().__init__(theme, title, note, self.menu)
        self.menu.chosen.connect(self.chosen)
        self._fit()
        theme.changed.connect(self._fit)

    def set_options(self, options: Sequence[tuple[object, str]], value: object) -> None:
        """Offer other answers."""
        self.menu.set_options(options, value)

    def set_value(self, value: object) -> None:
        """Show what is chosen, without telling."""
        self.menu.set_value(value)

    def _fit(self) -> None:
        self.menu.setFixedWidth(self.theme.px(_MENU_WIDTH))


class ButtonRow(SettingRow):
    """Something to do: a small button at the end of the line. ``name`` is what a screen reader says in its place."""

    pressed = Signal()

    def __init__(self, theme: Theme, title: str, note: str, words: str, *, name: str = "") -> None:
        self.button = Button(theme, words, small=True)
        if name:
            self.button.setAccessibleName(name)
        super().__init__(theme, title, note, self.button)
        self.button.clicked.connect(self.pressed)


class _ErrorLine(QWidget):
    """One sentence in the colour of trouble, with its icon; said at once."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._text = Text(theme, "", "caption", "danger")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        row.addWidget(Icon(theme, "circle-alert", "danger", _ERROR_ICON, role="caption"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.hide()

    def say(self, text: str) -> None:
        self._text.set_text(text)
        self.setVisible(bool(text))
        if text:
            announce(self, text, polite=False)

    def words(self) -> str:
        return self._text.words()


def only_to_read() -> str:
    """Why nothing in the journal can be changed now."""
    return _("This journal is open to read only.")
