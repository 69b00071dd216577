"""What the clinic told somebody, typed or taken from a text file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.system.files import disk_errors
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.ui.page import PageContext

LARGEST: Final = 1 << 20
"""Bytes. A leaflet has some thousand; a megabyte is a book."""


class InstructionsField(QWidget):
    """A text of several lines, and a button that puts the words of a text file at its end. The file stays as it is."""

    def __init__(self, context: PageContext, host: QWidget) -> None:
        super().__init__()
        self._context = context
        self._host = host
        theme = context.theme
        self.area = TextArea(
            theme, _("What my clinic told me"), hint=_("Food, driving, other medicines: in their words or yours."),
            least=4, most=12,
        )  # fmt: skip
        self.take_button = Button(theme, _("Take the words of a text file…"), "quiet", "paperclip", small=True)
        self.take_button.clicked.connect(self._choose)
        self.trouble = Text(theme, "", "caption", "danger")
        self.trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.area)
        column.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.trouble)

    def text(self) -> str:
        """What stands there."""
        return self.area.text()

    def set_text(self, text: str) -> None:
        """Put other words there."""
        self.area.set_text(text)

    def take(self, path: Path) -> None:
        """Put the words of the file at the end of what is there."""
        self._tell("")
        self._context.program.background.submit(self, partial(read_text, path), self._taken, self._refused)

    def _choose(self) -> None:
        from integrate.ui.platform.dialogs import open_file

        filters = (_("Texts (*.txt *.md *.text)"), _("All files (*)"))
        open_file(self._host, _("Choose a text file"), Path.home(), filters, self.take)

    def _taken(self, text: str) -> None:
        before = self.area.text().rstrip()
        self.area.set_text(f"{before}\n\n{text}" if before else text)
        announce(self.area.edit, _("The words of the file are in the field now."))

    def _refused(self, error: Exception) -> None:
        self._tell(" ".join(words for words in failure_words(error) if words))

    def _tell(self, words: str) -> None:
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))
        if words:
            announce(self.take_button, words, polite=False)


def read_text(path: Path) -> str:
    """The words of a text file, without blank lines around them. Line ends become ours.

    Raises:
        WrongUsage: it holds no text, or more than a megabyte.
        KnownError: the disk does not give it.
    """
    with disk_errors(path), path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise WrongUsage(reason=_("This file is larger than a megabyte. Copy the part that matters into the field."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text.strip() or "\0" in text:
        raise WrongUsage(
            reason=_("There is no plain text in this file. A PDF or a picture can be attached to an entry instead.")
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
