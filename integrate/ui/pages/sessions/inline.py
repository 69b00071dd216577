"""Writing in place: a field with *Keep it* and *Cancel* that opens where the words will stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.errors import KnownError
from integrate.i18n import _
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.text_area import TextArea
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


class InlineEditor(QWidget):
    """Words that are being written. ``kept`` asks for them to be kept; what is refused stays, with the reason below.

    ``left`` follows Cancel and, while there is nothing to lose, Esc.
    """

    kept = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.area = TextArea(
            theme, "", hint=_("Enter keeps it. Shift Enter begins a new line."), enter=True, show_label=False
        )
        self._start = ""
        self.keep_button = Button(theme, _("Keep it"), "secondary", small=True)
        self.cancel_button = Button(theme, _("Cancel"), "quiet_neutral", small=True)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.keep_button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(6)
        column.addWidget(self.area)
        column.addLayout(row)
        self.area.finished.connect(self.kept)
        self.keep_button.clicked.connect(self.kept)
        self.cancel_button.clicked.connect(self.left)

    def begin(self, name: str, text: str) -> None:
        """Open with ``text``; ``name`` is what the field is called."""
        self._start = text
        self.area.edit.setAccessibleName(name)
        self.keep_button.setAccessibleName(_("Keep it: {what}").format(what=name))
        self.cancel_button.setAccessibleName(_("Cancel: {what}").format(what=name))
        self.area.set_error("")
        self.area.set_text(text)
        self.show()
        self.area.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def text(self) -> str:
        """What stands in it."""
        return self.area.text()

    def is_changed(self) -> bool:
        """Whether it holds words that are not kept."""
        return self.text() != self._start

    def began_with_words(self) -> bool:
        """Whether words are kept already, that it opened with or that were kept since."""
        return bool(self._start)

    def note_kept(self, text: str) -> None:
        """These words are on the disk."""
        self._start = text

    def end(self) -> None:
        """Close it, without a word left behind."""
        self._start = ""
        self.hide()
        self.area.set_text("")
        self.area.set_error("")

    def tell(self, error: Exception) -> None:
        """Say why the words were not kept. They stay."""
        if isinstance(error, KnownError):
            self.area.set_error(" ".join(error.sentences()))
        else:
            self.area.set_error(" ".join(part for part in failure_words(error) if part))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, where no word would be lost; else it does nothing at all."""
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            if not self.is_changed():
                self.left.emit()
        else:
            super().keyPressEvent(event)
