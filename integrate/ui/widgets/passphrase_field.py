"""The field for a passphrase. What is typed leaves it only through ``text()``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from integrate.i18n import _
from integrate.ui.widgets.buttons import IconButton
from integrate.ui.widgets.fields import LineField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeySequence

    from integrate.ui.theme.theme import Theme

_HINTS: Final = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)


class SecretEdit(QLineEdit):
    """A line that keeps no history and gives nothing to a clipboard, a selection of the system or a drag."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(_HINTS)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.textEdited.connect(self._forget_history)

    def set_shown(self, shown: bool) -> None:
        """Show the letters, or dots instead of them."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.setInputMethodHints(_HINTS)

    def is_shown(self) -> bool:
        """Whether the letters can be read."""
        return self.echoMode() == QLineEdit.EchoMode.Normal

    def _forget_history(self, text: str) -> None:
        # QLineEdit cannot be told to keep no undo history, but setting its text empties it.
        position = self.cursorPosition()
        blocked = self.blockSignals(True)
        self.setText(text)
        self.setCursorPosition(position)
        self.blockSignals(blocked)

    def copy(self) -> None:
        """Nothing is copied."""

    def cut(self) -> None:
        """Nothing is cut."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take no key that copies, cuts, undoes or redoes."""
        if any(event.matches(key) for key in _refused_keys()):
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Letting the button go would hand a readable selection to the system's primary selection."""
        if event.button() == Qt.MouseButton.LeftButton:
            event.accept()
            return
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu that can only paste, delete and select."""
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """That menu."""
        menu = QMenu(self)
        for words, slot, possible in (
            (_("Paste"), self.paste, not self.isReadOnly()),
            (_("Delete"), self.del_, self.hasSelectedText() and not self.isReadOnly()),
            (_("Select all"), self.selectAll, bool(self.text())),
        ):
            action = menu.addAction(words)
            action.setEnabled(possible)
            action.triggered.connect(slot)
        return menu


class PassphraseField(LineField):
    """A passphrase under its label, with a button that shows it. ``submitted`` follows Enter."""

    submitted = Signal()

    def __init__(
        self, theme: Theme, label: str, *, hint: str = "", height: int = 44, parent: QWidget | None = None
    ) -> None:
        self.secret = SecretEdit()
        super().__init__(theme, label, edit=self.secret, hint=hint, height=height, parent=parent)
        self.eye = IconButton(theme, "eye", _("Show the passphrase"))
        self.eye.setAccessibleDescription(label)  # where there are two fields, there are two such buttons
        self.eye.clicked.connect(self.toggle_shown)
        self.box.add_trailing(self.eye)
        self.secret.returnPressed.connect(self.submitted)

    def toggle_shown(self) -> None:
        """Show the letters, or hide them again."""
        self.set_shown(not self.secret.is_shown())

    def set_shown(self, shown: bool) -> None:
        """Show the letters or dots."""
        self.secret.set_shown(shown)
        self.eye.set_name(_("Hide the passphrase") if shown else _("Show the passphrase"))
        self.eye.set_icon("eye-off" if shown else "eye")

    def select_all(self) -> None:
        """Take the focus with all of the text selected, so that typing replaces it."""
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
        self.secret.selectAll()

    def wipe(self) -> None:
        """Empty the field, forget what was typed, and show dots again."""
        self.secret.clear()
        self.secret.setText("")  # clear() keeps an undo step; this empties the history
        self.set_shown(False)


def _refused_keys() -> tuple[QKeySequence.StandardKey, ...]:
    """What would take the passphrase out of the field, or bring back what was deleted from it."""
    from PySide6.QtGui import QKeySequence  # the first screen does not wait for its hundred names

    keys = QKeySequence.StandardKey
    return (keys.Copy, keys.Cut, keys.Undo, keys.Redo)
