"""A journal made from a backup file: where it shall lie, and the passphrase that opens the backup."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrate.errors import WrongSecret
from integrate.i18n import _
from integrate.ui.page import ProgramPort
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.paint import RING_REACH
from integrate.ui.widgets.passphrase_field import PassphraseField
from integrate.ui.widgets.progress import Busy
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.wording import failure_words


class RestoreBackup(Sheet):
    """Restores ``file`` beside the main thread, then asks for the passphrase of the journal that came of it."""

    def __init__(self, window: QWidget, program: ProgramPort, file: Path) -> None:
        super().__init__(program.theme, window, _("Open a backup"), width=520)
        self._program = program
        self._file = file
        self._folder = program.paths.data_folder
        self._place: Path | None = None
        self._trouble: Banner | None = None
        self.body.setContentsMargins(RING_REACH, RING_REACH, RING_REACH, RING_REACH)
        words = _(
            "A backup becomes a journal of its own, in a new folder. Nothing that is there is changed, "
            "and the backup file stays as it is."
        )
        self.body.addWidget(Text(self.theme, words, "body", "ink2"))
        self.body.addWidget(Text(self.theme, _("Backup: {name}").format(name=file.name), "body"))
        self.where = Text(self.theme, "", "body")
        self.change = Button(self.theme, _("Change…"), "quiet", small=True)
        self.change.setAccessibleName(_("Change where the journal will lie…"))
        row = QHBoxLayout()
        row.addWidget(self.where, 1)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        hint = _("The passphrase of the time the backup was made, or the twelve recovery words.")
        self.field = PassphraseField(self.theme, _("Passphrase"), hint=hint)
        self.body.addWidget(self.field)
        self.busy = Busy(self.theme, _("Making a journal from the backup. This takes a few seconds or more."))
        self.busy.hide()
        self.body.addWidget(self.busy)
        self.restore = Button(self.theme, _("Make a journal from it"), "primary")
        self.cancel = Button(self.theme, _("Cancel"), "quiet_neutral")
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addWidget(self.restore)
        self.footer.addWidget(self.cancel)
        self.footer.addStretch(1)
        self.initial_focus = self.field.edit
        self.change.clicked.connect(self._choose_folder)
        self.field.submitted.connect(self._restore)
        self.restore.clicked.connect(self._restore)
        self.cancel.clicked.connect(self.close)
        self.closed.connect(self.field.wipe)
        self._find_place()

    def _find_place(self) -> None:
        work = partial(_free_place, self._folder, _("Restored journal"))
        self._program.background.submit(self, work, self._take_place, self._failed)

    def _take_place(self, place: Path) -> None:
        self._place = place
        self.where.set_text(_("It will be the folder {place}").format(place=place))

    def _choose_folder(self) -> None:
        from integrate.ui.platform.dialogs import choose_folder

        choose_folder(self, _("Where shall the journal lie?"), self._folder, self._folder_chosen)

    def _folder_chosen(self, folder: Path) -> None:
        self._folder = folder
        self._find_place()

    def _restore(self) -> None:
        if self._place is None or not self.busy.isHidden():
            return
        if not self.field.text():
            self.field.set_error(_("Type the passphrase of this backup."))
            return
        self.field.set_error("")
        self._close_trouble()
        self._set_busy(True)
        work = partial(_restore, self._file, self._place, self.field.text())
        self._program.background.submit(self, work, self._restored, self._failed)

    def _restored(self, place: Path) -> None:
        program = self._program
        self.close()
        program.switch_to(place)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, WrongSecret):
            self.field.select_all()
            self.field.set_error(
                _("That did not open the backup. Check Caps Lock and the keyboard layout, then try again.")
            )
            return
        self._close_trouble()
        self._trouble = Banner(self.theme, "trouble", *failure_words(error))
        self.body.insertWidget(0, self._trouble)
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_trouble(self) -> None:
        trouble, self._trouble = self._trouble, None
        if trouble is not None:
            trouble.hide()
            trouble.deleteLater()

    def _set_busy(self, busy: bool) -> None:
        self.field.edit.setReadOnly(busy)
        for button in (self.restore, self.change):
            button.setEnabled(not busy)
        if busy:
            self.busy.start()
            announce(self.busy, self.busy.text.words())
        else:
            self.busy.stop()


def _free_place(folder: Path, name: str) -> Path:
    from integrate.journal.places import free_place

    return free_place(folder, name)


def _restore(file: Path, place: Path, secret: str) -> Path:
    from integrate.journal.backups import restore_backup
    from integrate.journal.opening import ByEither

    return restore_backup(file, place, ByEither(secret)).place
