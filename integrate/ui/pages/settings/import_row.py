"""Importing: a file is looked at, then brought in as a batch, which can be taken back at once or later."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt

from integrate.domain.entry import Changes, Unreadable
from integrate.errors import DatabaseDamaged, DiskRefused
from integrate.i18n import _, ngettext
from integrate.ui.pages.settings.import_sheet import ImportSheet
from integrate.ui.pages.settings.import_words import kinds_words, number_words, things_words, undone_words
from integrate.ui.pages.settings.imports_sheet import ImportsSheet
from integrate.ui.pages.settings.rows import ButtonRow
from integrate.ui.pages.settings.task_line import TaskLine, Told
from integrate.ui.platform.dialogs import open_file
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.sheet import Answer, Sheet, ask

if TYPE_CHECKING:
    from integrate.domain.import_batches import ImportReport, Undone
    from integrate.domain.listing import Stop
    from integrate.journal.imports import Imported
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

_EVERYTHING: Final = Changes(
    frozenset(
        {
            "check-ins", "courses", "entries", "insights", "letters", "lines", "logs", "measures", "moments",
            "practices", "recently deleted", "recipients", "responses", "sessions", "shared files", "threads",
            "touch points",
        }
    )
)  # fmt: skip
"""What an import may have changed."""


class ImportRow(ButtonRow):
    """*Import a file*: how far it is and how it ended, and the link that takes it back."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context.theme, _("Import a file"),
            _("What Integrate saved as JSON: a full copy, or a file that was made to be shared. You see what would "
              "come of it before anything is written."),
            _("Import…"), name=_("Import a file…"),
        )  # fmt: skip
        self._context = context
        self._desk = context.desk
        self._file: Path | None = None
        self._report: ImportReport | None = None
        self.task = TaskLine(context)
        self.show_report = LinkText(context.theme, _("Show what would be imported"))
        self.undo = LinkText(context.theme, _("Undo this import"))
        self._last: tuple[UUID, str] | None = None
        self._writes = False
        self.add_below(self.task)
        for link in (self.show_report, self.undo):
            self.add_below(link)
            link.hide()
        self.task.ended.connect(self._offer)
        self.show_report.clicked.connect(self._open_report)
        self.undo.clicked.connect(self._undo_last)
        self.pressed.connect(self._choose)

    # --- looking ------------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        if not self.task.running:
            filters = (_("JSON of Integrate (*.json)"), _("All files (*)"))
            open_file(self._context.shell.sheet_host(), _("Import a file"), Path.home(), filters, self.look_into)

    def look_into(self, file: Path) -> None:
        """Tell what would come of importing ``file``; nothing is written."""
        if self.task.running:
            return
        self._forget(writes=False)
        self._file = file
        self.task.start(_("Reading {name}").format(name=file.name), partial(_look, file=file), self._looked)

    def _looked(self, report: ImportReport) -> str:
        self._report = report
        if self.isVisible() and not self._something_is_open():
            self._open_report()
        return _("{name} was read. Nothing has been written yet.").format(name=self._name())

    def _open_report(self) -> None:
        if self._report is None:
            return
        sheet = ImportSheet(self._context, self._name(), self._report)
        sheet.confirmed.connect(self._import)
        sheet.open()

    def _something_is_open(self) -> bool:
        """Whether a sheet is open already; nothing comes over it unasked."""
        return any(sheet.isVisible() for sheet in self._context.shell.sheet_host().findChildren(Sheet))

    def _name(self) -> str:
        return "" if self._file is None else self._file.name

    # --- importing ----------------------------------------------------------------------------------------------------

    def _import(self) -> None:
        file = self._file
        if file is None or self.task.running:
            return
        name = self._name()
        self._forget(writes=True)
        self._file = file
        words = _("Cancelled. What had been imported was taken back.")
        self.task.start(_("Importing {name}").format(name=name), partial(_bring_in, file=file), self._imported,
                        cancelled=words, takes=_cut_off)  # fmt: skip

    def _imported(self, report: ImportReport) -> str:
        if report.batch is None:
            return _("Everything in it is here already. Nothing was changed.")
        self._last = (report.batch, kinds_words(report.kinds))
        words = _("Imported from {name}: {things}.").format(name=self._name(), things=kinds_words(report.kinds))
        if report.skipped:
            left = ngettext("{count} thing was left out.", "{count} things were left out.", report.skipped)
            words = f"{words} {left.format(count=number_words(report.skipped))}"
        return words

    # --- taking back --------------------------------------------------------------------------------------------------

    def _undo_last(self) -> None:
        if self._last is not None:
            self._ask_undo(*self._last)

    def ask_undo(self, one: Imported) -> None:
        """Ask whether this import should be taken back."""
        self._ask_undo(one.id, kinds_words(one.kinds))

    def _ask_undo(self, batch: UUID, things: str) -> None:
        if self.task.running:
            self._context.shell.toast(_("Wait until the import that is running has ended."))
            return
        text = _(
            "It takes away for good: {things}. What you changed or used since then stays, and so does everything "
            "that was here before."
        ).format(things=things or things_words(0))
        answers = (Answer("keep", _("Keep them"), safe=True), Answer("undo", _("Undo the import"), "danger"))
        then = partial(self._undo_answered, batch)
        ask(self.theme, self._context.shell.sheet_host(), _("Undo this import?"), text, answers, then)

    def _undo_answered(self, batch: UUID, answer: str) -> None:
        if answer != "undo" or self.task.running:
            return
        self._forget(writes=True)
        words = _("Stopped. What is left of this import can still be taken back.")
        self.task.start(_("Undoing the import"), partial(_take_back, batch=batch), undone_words, cancelled=words)

    # --- what is on offer ---------------------------------------------------------------------------------------------

    def _forget(self, *, writes: bool) -> None:
        self._writes = writes
        self._file = self._report = self._last = None
        for link in (self.show_report, self.undo):
            if link.hasFocus():
                self.button.setFocus(Qt.FocusReason.OtherFocusReason)  # otherwise Qt gives it to whatever comes next
            link.hide()

    def _offer(self) -> None:
        """A task has ended: show the links that belong to how it did, and let everybody know what may have changed."""
        self.show_report.setVisible(self._report is not None)
        self.undo.setVisible(self._last is not None)
        if self._writes and self._desk.is_open:
            self._desk.change_preferences(self)  # they are read anew: some may have come, or gone again
            self._desk.tell(_EVERYTHING)


class ImportsRow(ButtonRow):
    """*Imports*: how many there are, and the list of them."""

    def __init__(self, context: PageContext, row: ImportRow) -> None:
        super().__init__(context.theme, _("Imports"), "", _("Show…"), name=_("Show the imports"))
        self._context = context
        self._imports: tuple[Imported | Unreadable, ...] = ()
        self._row = row
        self.button.setEnabled(False)
        self.pressed.connect(self.open_list)

    def refresh(self) -> None:
        """Read the list."""
        if self._context.desk.is_open:
            self._context.desk.read(self, _list, self._show, self._context.shell.tell_trouble)

    def _show(self, imports: Sequence[Imported | Unreadable]) -> None:
        self._imports = tuple(imports)
        self.button.setEnabled(bool(imports))
        count = len(imports)
        words = ngettext("{count} import. It can be taken back.", "{count} imports. Each can be taken back.", count)
        self.set_note(words.format(count=number_words(count)) if count else _("None yet."))

    def open_list(self) -> None:
        """Open the list."""
        sheet = ImportsSheet(self._context, self._imports)
        sheet.wanted.connect(self._row.ask_undo)
        sheet.open()


def _look(journal: Journal, told: Told, file: Path) -> ImportReport:
    from integrate.importing.integrate_json import import_integrate

    return import_integrate(journal, file, dry_run=True, progress=told, stop=told.stop)


def _bring_in(journal: Journal, told: Told, file: Path) -> ImportReport:
    from integrate.importing.integrate_json import import_integrate

    return import_integrate(journal, file, progress=told, stop=told.stop)


def _cut_off(error: Exception) -> str | None:
    """What is told of an import that ended with the disk or the database, None of one that never began."""
    if not isinstance(error, (DatabaseDamaged, DiskRefused)):
        return None
    left = _("If something was imported before that, it is in the list of imports and can be undone there.")
    return " ".join((*error.sentences(), left))


def _take_back(journal: Journal, told: Told, batch: UUID) -> Undone:
    from integrate.journal.taking import undo_import

    return undo_import(journal, batch, told)


def _list(journal: Journal, stop: Stop) -> tuple[Imported | Unreadable, ...]:
    from integrate.journal.imports import list_imports

    return list_imports(journal, stop)
