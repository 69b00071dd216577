"""What can be done with an entry beyond writing: its history, deleting it, a copy of its text elsewhere."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from integrate.domain.entry import Changes, Draft
from integrate.i18n import _
from integrate.journal.deleting import delete_entry, undelete_entry
from integrate.journal.history import bring_back
from integrate.journal.opening import Journal
from integrate.journal.writing import Saved, Sitting, save_entry
from integrate.system.files import create_private, disk_errors
from integrate.ui.pages.journal.entry.attaching import warn_unprotected
from integrate.ui.pages.journal.entry.deleted_sheet import DeletedSheet
from integrate.ui.pages.journal.entry.history_sheet import HistorySheet
from integrate.ui.pages.journal.entry.reading import read_history
from integrate.ui.platform.clipboard import guarded_mime
from integrate.ui.platform.dialogs import save_file

if TYPE_CHECKING:
    from integrate.ui.page import PageContext
    from integrate.ui.pages.journal.entry.keeper import Keeper


class Doings(QObject):
    """Opens the sheets and does what is chosen there. Each thing that can be undone comes with a toast."""

    deleted = Signal(object)  # the id of an entry that has gone to Recently deleted
    taken_back = Signal(object)  # the id of one that has come back

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    # --- deleting -----------------------------------------------------------------------------------------------------

    def delete(self, entry_id: UUID) -> None:
        """Move an entry to Recently deleted."""
        told = partial(self._deleted, entry_id)
        work = partial(delete_entry, entry_id=entry_id)
        self._context.desk.write(self, work, told, self._context.shell.tell_trouble)

    def _deleted(self, entry_id: UUID, _changes: Changes) -> None:
        self._context.shell.toast(_("Entry moved to Recently deleted"), partial(self.take_back, entry_id))
        self.deleted.emit(entry_id)

    def take_back(self, entry_id: UUID) -> None:
        """Take an entry back from Recently deleted."""
        if self._context.desk.is_open:
            work = partial(undelete_entry, entry_id=entry_id)
            told = partial(self._came_back, entry_id)
            self._context.desk.write(self, work, told, self._context.shell.tell_trouble)

    def _came_back(self, entry_id: UUID, _changes: Changes) -> None:
        self.taken_back.emit(entry_id)

    def show_deleted(self) -> None:
        """Open Recently deleted."""
        if self._context.desk.is_open:
            DeletedSheet(self._context).open()

    # --- history ------------------------------------------------------------------------------------------------------

    def show_history(self, keeper: Keeper) -> None:
        """Open the history of an entry, with what is not saved yet saved first."""
        if keeper.entry_id is None and not keeper.has_begun:
            self._context.shell.toast(_("There is nothing earlier yet."))
        else:
            keeper.when_saved(partial(self._open_history, keeper))

    def _open_history(self, keeper: Keeper, entry_id: UUID) -> None:
        desk, shell = self._context.desk, self._context.shell
        host = shell.sheet_host()
        sheet = HistorySheet(
            self._context.theme, host, desk.clock.zone(), guarded_mime, may_write=desk.may_write
        )  # fmt: skip
        sheet.back_wanted.connect(partial(self._bring_back, entry_id, keeper.draft()))
        sheet.open()
        # In the journal's own lane: what is being saved comes first.
        desk.write(sheet, partial(read_history, entry_id), sheet.show_states, shell.tell_trouble)

    def _bring_back(self, entry_id: UUID, before: Draft, number: int) -> None:
        work = partial(bring_back, entry_id=entry_id, number=number)
        told = partial(self._brought_back, entry_id, before)
        self._context.desk.write(self, work, told, self._context.shell.tell_trouble)

    def _brought_back(self, entry_id: UUID, before: Draft, _saved: Saved) -> None:
        self._context.shell.toast(_("The earlier text is back"), partial(self._undo_bringing, entry_id, before))

    def _undo_bringing(self, entry_id: UUID, before: Draft) -> None:
        if self._context.desk.is_open:
            work = partial(_save_again, entry_id, before)
            self._context.desk.write(self, work, None, self._context.shell.tell_trouble)

    # --- a copy elsewhere ---------------------------------------------------------------------------------------------

    def copy_elsewhere(self, keeper: Keeper) -> None:
        """Write the text of an entry to a plain file, where the person wants it."""
        warn_unprotected(self._context, partial(self._choose_copy, keeper.draft()))

    def _choose_copy(self, draft: Draft) -> None:
        # The name of a file is no place for what was written: it says the day and no more.
        start = Path.home() / f"entry-{draft.at.local_date().isoformat()}.md"
        host = self._context.shell.sheet_host()
        save_file(host, _("Save a copy"), start, (), partial(self._write_copy, draft))

    def _write_copy(self, draft: Draft, path: Path) -> None:
        told = partial(self._copied, path)
        work = partial(write_text, draft, path)
        self._context.program.background.submit(self, work, told, self._context.shell.tell_trouble)

    def _copied(self, path: Path, _answer: object) -> None:
        self._context.shell.toast(_("Saved as {name}. integrate did not send it anywhere.").format(name=path.name))


def write_text(draft: Draft, path: Path) -> None:
    """Put title and text into a new file.

    Raises:
        TargetExists, DiskFull, DiskRefused, ReadOnlyPlace: nothing was written.
    """
    text = f"# {draft.title}\n\n{draft.body}" if draft.title else draft.body
    with disk_errors(path.parent):
        create_private(path, text.encode("utf-8"))


def _save_again(entry_id: UUID, draft: Draft, journal: Journal) -> Saved:
    return save_entry(journal, entry_id, draft, Sitting())
