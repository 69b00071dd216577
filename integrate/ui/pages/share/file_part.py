"""The kind of file, what opens it, *Save the file…*, and how that went."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from integrate.domain.sharing import PROTECTED_KINDS, FileKind, Paper
from integrate.i18n import _
from integrate.ui.pages.share.parts import BelowWords, ChosenGround
from integrate.ui.pages.share.phrase_part import PhrasePart
from integrate.ui.pages.share.words import ALSO_HOLDS, KIND_LINES, KIND_TITLES, PART_OF_YOUR_FILE, checksum_words
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import Choice
from integrate.ui.widgets.progress import ProgressLine
from integrate.ui.widgets.segmented import Segmented
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.sharing.saving import SavedFile
    from integrate.ui.theme.theme import Theme

_PAPERS: Final = ((Paper.A4, "A4"), (Paper.LETTER, "Letter"))


class FilePart(QWidget):
    """``changed`` follows another kind or paper, ``save_wanted`` the button, ``cancelled`` *Cancel*.

    ``folder_wanted`` and ``consent_wanted`` follow what is offered after saving.
    """

    changed = Signal()
    save_wanted = Signal()
    cancelled = Signal()
    folder_wanted = Signal()
    consent_wanted = Signal()

    def __init__(self, theme: Theme, *, may_write: bool) -> None:
        super().__init__()
        self.kind = FileKind.PDF
        self._saving = False
        self.kinds = {kind: KindRow(theme, kind) for kind in FileKind}
        self._group = QButtonGroup(self)
        self.paper = Segmented(theme, _("Paper"), _PAPERS, Paper.A4)
        self.phrase = PhrasePart(theme, may_write=may_write)
        self.also = Text(theme, "", "caption", "ink2")
        self.also.hide()
        self.save_button = Button(theme, _("Save the file…"), "primary", "file-lock", large=True)
        self.reason = Text(theme, "", "caption", "ink2")
        self.progress = ProgressLine(theme)
        self.cancel = Button(theme, _("Cancel"), "quiet_neutral", small=True)
        self.result = Text(theme, "", "body", "ink1")
        self.saved = SavedNote(theme)
        self._lay_out(theme)
        for kind, row in self.kinds.items():
            self._group.addButton(row.choice)
            row.choice.toggled.connect(partial(self._toggled, kind))
        self.paper.chosen.connect(self.changed)
        self.phrase.changed.connect(self.changed)
        self.save_button.clicked.connect(self.save_wanted)
        self.cancel.clicked.connect(self.cancelled)
        self.saved.folder.clicked.connect(self.folder_wanted)
        self.saved.consent.clicked.connect(self.consent_wanted)
        self.kinds[FileKind.PDF].choice.setChecked(True)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self.kinds.values():
            column.addWidget(row)
        self._more = QWidget()
        more = QVBoxLayout(self._more)
        more.setContentsMargins(12, 12, 12, 0)
        more.setSpacing(12)
        more.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignLeading)
        more.addWidget(self.phrase)
        more.addWidget(self.also)
        more.addWidget(self.save_button)
        hidden: tuple[QWidget, ...] = (self.reason, self.progress, self.result, self.saved)
        for part in hidden:
            more.addWidget(part)
            part.hide()
        more.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeading)
        self.cancel.hide()
        column.addWidget(self._more)
        column.addStretch(1)

    def is_protected(self) -> bool:
        """Whether a phrase protects the kind that is chosen."""
        return self.kind in PROTECTED_KINDS

    def chosen_paper(self) -> Paper:
        """The paper."""
        return Paper(str(self.paper.value()))

    def show_reason(self, words: str) -> None:
        """Say why the file cannot be saved yet; "" where it can."""
        self.reason.set_text(words)
        self.reason.setVisible(bool(words) and not self._saving)
        self.save_button.setEnabled(not words and not self._saving)
        self.save_button.setAccessibleDescription(words)

    def show_saving(self, done: int, total: int, words: str) -> None:
        """Say how far saving has come."""
        self._saving = True
        self.progress.set_text(_("Saving the file"))
        self.progress.set_progress(done, total, words)
        self.progress.show()
        self.cancel.show()
        for part in (self.reason, self.result):
            part.hide()
        self.saved.hide()
        self.save_button.setEnabled(False)

    def show_result(self, words: str, saved: SavedFile | None = None) -> None:
        """Say how saving went."""
        self._saving = False
        self.progress.hide()
        self.cancel.hide()
        self.result.set_text(words)
        self.result.setVisible(bool(words))
        if saved is not None:
            self.saved.show_saved(saved)
        self.saved.setVisible(saved is not None)
        if words:
            announce(self.result, words)

    def _toggled(self, kind: FileKind, on: bool) -> None:
        self.kinds[kind].show_chosen(on)
        if on:
            self.kind = kind
            self.paper.setVisible(kind is FileKind.PDF)
            self.phrase.setVisible(self.is_protected())
            also = ALSO_HOLDS.get(kind, "")
            self.also.set_text(_(also) if also else "")
            self.also.setVisible(bool(also))
            self.changed.emit()


class KindRow(ChosenGround):
    """One kind of file, with one line of what it is for."""

    def __init__(self, theme: Theme, kind: FileKind) -> None:
        super().__init__(theme)
        line = _(KIND_LINES[kind])
        self.choice = Choice(theme, _(KIND_TITLES[kind]))
        self.choice.setAccessibleDescription(line)
        self.line = Text(theme, line, "caption", "ink2")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(0)
        column.addWidget(self.choice)
        column.addWidget(BelowWords(theme, self.line, grows=True))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the line is one on the choice."""
        if self.rect().contains(event.position().toPoint()):
            self.choice.click()


class SavedNote(QWidget):
    """After saving: what proves the file, and where it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.sum = Text(theme, "", "caption", "ink2", selectable=True)
        self.folder = Button(theme, _("Show in folder"), small=True, icon="folder-open")
        self.consent = Button(theme, _("Consent line…"), "quiet", small=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(theme, _(PART_OF_YOUR_FILE), "caption", "ink2"))
        column.addWidget(self.sum)
        column.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.consent, 0, Qt.AlignmentFlag.AlignLeading)

    def show_saved(self, saved: SavedFile) -> None:
        """Show the checksum, in groups that two people can compare."""
        self.sum.set_text(_("SHA-256: {sum}").format(sum=checksum_words(saved.sha256)))
        self.consent.setVisible(saved.shared is not None)
