"""From words of an entry to an insight, and back: keeping what is selected, and selecting what an insight came from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from integrate.domain.entry import Changes, Unreadable
from integrate.domain.listing import Stop
from integrate.domain.threads import Station, Thread, ThreadState
from integrate.i18n import _
from integrate.journal.insights import delete_insight, promote
from integrate.journal.opening import Journal
from integrate.journal.threads import begin_thread, delete_thread, list_threads
from integrate.ui.editor.passages import select_words, selected_words
from integrate.ui.pages.journal.entry.insight_sheet import KeepSheet, ThreadChoice

if TYPE_CHECKING:
    from integrate.ui.editor.surface import WritingSurface
    from integrate.ui.page import PageContext
    from integrate.ui.pages.journal.entry.keeper import Keeper
    from integrate.ui.pages.journal.entry.keepers import Keepers


@dataclass(frozen=True, slots=True)
class Kept:
    """An insight that was kept, with the thread that was begun for it, if one was."""

    insight_id: UUID
    begun: UUID | None
    changes: Changes


class Insights(QObject):
    """Keeps words that are selected in ``surface`` as an insight; ``keepers`` knows who keeps the entry."""

    def __init__(self, context: PageContext, surface: WritingSurface, keepers: Keepers, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._surface = surface
        self._keepers = keepers
        self._wanted: tuple[UUID, str] | None = None
        if context.desk.may_write:
            surface.set_selection_acts([(_("Keep as an insight…"), self.keep)])

    # --- keeping ------------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Let what is selected be kept; without a selection say how it is done."""
        keeper = self._keepers.current
        if keeper is None or not self._context.desk.may_write:
            return
        quote = selected_words(self._surface)
        if not quote.strip():
            self._context.shell.toast(_("Select the words first that the thought comes from."))
            return
        sheet = KeepSheet(self._context, quote, never_share=keeper.draft().never_share)
        sheet.wanted.connect(partial(self._save, sheet, keeper, quote))
        self._keepers.trouble.connect(sheet.not_saved)
        sheet.open()
        desk = self._context.desk
        desk.read(sheet, _threads, sheet.offer_threads, sheet.refused)

    def _save(self, sheet: KeepSheet, keeper: Keeper, quote: str, text: str, thread: ThreadChoice) -> None:
        keeper.when_saved(partial(self._promote, sheet, quote, text, thread))

    def _promote(self, sheet: KeepSheet, quote: str, text: str, thread: ThreadChoice, entry_id: UUID) -> None:
        """In the journal's own lane the entry as it is now is saved before this."""
        if not isValid(sheet) or not sheet.take_up():
            return
        work = partial(_keep, entry_id=entry_id, quote=quote, text=text, thread=thread)
        self._context.desk.write(self, work, partial(self._kept, sheet), partial(self._not_kept, sheet))

    def _kept(self, sheet: KeepSheet, kept: Kept) -> None:
        if isValid(sheet):
            sheet.close()
        self._context.shell.toast(_("Kept as an insight"), partial(self._undo, kept))

    def _not_kept(self, sheet: KeepSheet, error: Exception) -> None:
        if isValid(sheet) and sheet.isVisible():
            sheet.refused(error)
        else:
            self._context.shell.tell_trouble(error)

    def _undo(self, kept: Kept) -> None:
        if self._context.desk.is_open:
            self._context.desk.write(self, partial(_take_back, kept=kept), None, self._context.shell.tell_trouble)

    # --- the way back -------------------------------------------------------------------------------------------------

    def select(self, entry_id: UUID, words: str) -> None:
        """Select ``words`` in this entry, at once or when it is shown."""
        self._wanted = (entry_id, words)
        keeper = self._keepers.current
        if keeper is not None and keeper.entry_id == entry_id:
            self.show_words(entry_id)

    def show_words(self, entry_id: UUID | None) -> None:
        """This entry is shown now: select what was asked for. Words that are not in it leave the caret where it is."""
        wanted, self._wanted = self._wanted, None
        if wanted is None or wanted[0] != entry_id:
            return
        if select_words(self._surface, wanted[1]):
            # A page that was just made has no height yet.
            QTimer.singleShot(0, self._surface, self._surface.show_in_the_middle)


def _threads(journal: Journal, _stop: Stop) -> tuple[Thread, ...]:
    """The threads that are not closed."""
    found = (view.thread for view in list_threads(journal) if not isinstance(view, Unreadable))
    return tuple(thread for thread in found if thread.state is not ThreadState.CLOSED)


def _keep(journal: Journal, entry_id: UUID, quote: str, text: str, thread: ThreadChoice) -> Kept:
    thread_id = thread if isinstance(thread, UUID) else None
    saved = promote(journal, entry_id, quote, text, thread_id=thread_id)
    if not isinstance(thread, str):
        return Kept(saved.insight.id, None, saved.changes)
    begun = begin_thread(journal, thread, ((Station.INSIGHT, saved.insight.id),)).thread.id
    return Kept(saved.insight.id, begun, Changes(saved.changes.areas, saved.changes.ids | {begun}))


def _take_back(journal: Journal, kept: Kept) -> Changes:
    changes = delete_insight(journal, kept.insight_id)
    if kept.begun is not None:
        delete_thread(journal, kept.begun)
    return changes
