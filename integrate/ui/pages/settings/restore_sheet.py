"""A backup becomes a journal: its passphrase is asked, what is in it is told, and only then is anything made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrate.errors import KnownError, WrongSecret
from integrate.i18n import _
from integrate.ui.pages.settings.facts import Facts
from integrate.ui.pages.settings.import_words import number_words
from integrate.ui.pages.settings.task_line import TaskLine, Told
from integrate.ui.pages.settings.words import moment_words
from integrate.ui.platform.dialogs import choose_folder
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.passphrase_field import PassphraseField
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.journal.backup_content import Contents
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is in a backup, when its file was written (an instant), and where a journal could be made of it."""

    contents: Contents
    written: datetime
    place: Path


class RestoreSheet(Sheet):
    """Asks, looks, makes the journal, and says where it lies. Whatever was typed is wiped when the sheet goes."""

    def __init__(self, context: PageContext, file: Path) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), _("Restore a backup"), width=560)
        self._context = context
        self._file = file
        self._folder = context.desk.place.parent
        self._place: Path | None = None
        self._trouble: Banner | None = None
        words = _(
            "A backup becomes a journal of its own, beside this one. Neither this journal nor the backup is changed."
        )
        self._intro = Text(self.theme, words, "body", "ink2")
        hint = _("The passphrase of the time the backup was made, or the twelve recovery words.")
        self.field = PassphraseField(self.theme, _("Passphrase of the backup"), hint=hint)
        self.facts = Facts(self.theme)
        self.where = Text(self.theme, "")
        self.change = Button(self.theme, _("Change…"), "quiet", small=True)
        self.change.setAccessibleName(_("Change where the journal will lie…"))
        self.task = TaskLine(context)
        self.ready = Text(self.theme, "")
        self._lay_out()
        self.initial_focus = self.field.edit
        self.field.submitted.connect(self.look)
        self.field.edit.textChanged.connect(self._typed)
        self.change.clicked.connect(self._choose_folder)
        self.task.ended.connect(self._ended)
        self.go_on.clicked.connect(self._go_on)
        self.cancel.clicked.connect(self.close)
        self.closed.connect(self.task.give_up)

    def _lay_out(self) -> None:
        self.body.addWidget(Text(self.theme, self._file.name, "bodyStrong", selectable=True))
        self.body.addWidget(self._intro)
        self.body.addWidget(self.field)
        self.body.addWidget(self.task)
        self.body.addWidget(self.facts)
        self._place_row = QWidget()
        row = QHBoxLayout(self._place_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.where, 1)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._place_row)
        self.body.addWidget(self.ready)
        self.body.addStretch(1)
        for part in (self.facts, self._place_row, self.ready):
            part.hide()
        self.cancel = Button(self.theme, _("Cancel"), "quiet_neutral")
        self.go_on = Button(self.theme, _("Show what is in it"), "primary")
        self.footer.setContentsMargins(0, 16, 0, 0)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.go_on)

    # --- looking ------------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Read the backup whole and tell what is in it; nothing is made of it."""
        if self.task.running or self._place is not None:
            return
        if not self.field.text():
            self.field.set_error(_("Type the passphrase of this backup."))
            self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._begin()
        work = partial(_look, file=self._file, folder=self._folder, secret=self.field.text())
        self.task.start(_("Reading the backup"), work, self._looked, takes=self._refused)

    def _looked(self, looked: _Looked) -> str:
        self._tell(looked.contents, looked.written)
        for done in (self._intro, self.field):
            done.hide()
        self.facts.show()
        self._place_row.show()
        self._take_place(looked.place)
        self.go_on.setText(_("Make a journal of it"))
        return _("It was read whole, and it is in order.")

    def _tell(self, contents: Contents, written: datetime) -> None:
        self.facts.add(_("Entries"), number_words(contents.entries))
        self.facts.add(_("Sessions"), number_words(contents.sessions))
        self.facts.add(_("Check-ins"), number_words(contents.check_ins))
        self.facts.add(_("Questionnaires"), number_words(contents.responses))
        if contents.first_day is not None and contents.last_day is not None:
            self.facts.add(_("First entry"), _day_words(contents.first_day))
            self.facts.add(_("Last entry"), _day_words(contents.last_day))
        self.facts.add(_("File written"), moment_words(written, self._context.desk.clock))

    def _take_place(self, place: Path) -> None:
        self._place = place
        self.where.set_text(_("It will be the folder {place}").format(place=place))

    def _choose_folder(self) -> None:
        choose_folder(self, _("Where shall the journal lie?"), self._folder, self.lie_in)

    def lie_in(self, folder: Path) -> None:
        """Make the journal in ``folder``."""
        self._folder = folder
        self._context.desk.read(self, partial(_free_place, folder=folder), self._take_place, self._tell_trouble)

    # --- making the journal -------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        if self.task.running:
            return
        if not self.ready.isHidden() and self._place is not None:
            place = self._place
            self.close()
            self._context.program.switch_to(place)
        elif self._place is None:
            self.look()
        else:
            self._begin()
            work = partial(_restore, file=self._file, place=self._place, secret=self.field.text())
            words = _("Cancelled. No journal was made.")
            self.task.start(_("Making the journal"), work, self._restored, cancelled=words, takes=self._refused)

    def _restored(self, place: Path) -> str:
        self.field.wipe()
        self.where.set_text(_("It lies in {place}").format(place=place))
        for done in (self.change, self.facts):
            done.hide()
        self.ready.set_text(
            _("The passphrase and the words of the backup open it: now, or later with “Open another journal” in "
              "Settings.")
        )  # fmt: skip
        self.ready.show()
        self.cancel.setText(_("Stay here"))
        self.go_on.setText(_("Lock this one and open it"))
        return _("The journal was made and checked.")

    # --- states -------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._close_trouble()
        self.field.set_error("")
        self.field.set_read_only(True)
        for button in (self.go_on, self.change):
            button.setEnabled(False)

    def _ended(self) -> None:
        self.field.set_read_only(False)
        for button in (self.go_on, self.change):
            button.setEnabled(True)
        if not self.ready.isHidden():
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._place is not None:
            self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        self.field.set_error("")

    def _refused(self, error: Exception) -> str | None:
        """Tell a failure where it belongs; None for a bug, which is told as one."""
        if isinstance(error, WrongSecret):
            words = _("That did not open the backup. Check Caps Lock and the keyboard layout, then try again.")
            self.field.set_error(words)
            self.field.select_all()
            return ""
        if isinstance(error, KnownError):
            self._tell_trouble(error)
            return ""
        return None

    def _tell_trouble(self, error: Exception) -> None:
        self._close_trouble()
        self._trouble = Banner(self.theme, "trouble", *failure_words(error))
        self.body.insertWidget(0, self._trouble)

    def _close_trouble(self) -> None:
        trouble, self._trouble = self._trouble, None
        if trouble is not None:
            trouble.hide()
            trouble.deleteLater()

    def hideEvent(self, event: QHideEvent) -> None:
        """The sheet goes (minimising is spontaneous): nothing of what was typed stays."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.field.wipe()


def _day_words(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def _look(_journal: Journal, told: Told, file: Path, folder: Path, secret: str) -> _Looked:
    from integrate.journal.backup_content import look_into_backup
    from integrate.journal.opening import ByEither
    from integrate.journal.places import free_place

    contents = look_into_backup(file, ByEither(secret), told)
    written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return _Looked(contents, written, free_place(folder, _("Restored journal")))


def _free_place(_journal: Journal, _stop: Stop, folder: Path) -> Path:
    from integrate.journal.places import free_place

    return free_place(folder, _("Restored journal"))


def _restore(_journal: Journal, told: Told, file: Path, place: Path, secret: str) -> Path:
    from integrate.journal.backups import restore_backup
    from integrate.journal.opening import ByEither

    return restore_backup(file, place, ByEither(secret), told).place
