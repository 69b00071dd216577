"""Keeps one entry: when it is saved, and that nothing of it is lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from integrate.domain.entry import Draft
from integrate.domain.times import ZonedTime
from integrate.errors import DiskRefused, EntryMissing, KnownError
from integrate.ui.desk import Desk
from integrate.ui.editor.autosave import Autosave
from integrate.ui.saving import SavedEntry, Writing

Compose = Callable[[], Draft]
"""The entry as it is now."""


def is_nothing(draft: Draft) -> bool:
    """Whether nobody would miss it: no text, no title, no tag. Phase, session and mood alone are no entry."""
    return not (draft.body.strip() or draft.title.strip() or draft.tags)


class Keeper(QObject):
    """Saves one entry while somebody writes in it, and after it was left until the disk has it.

    ``compose`` is asked for the newest state whenever a save begins. Of a new entry nothing is saved until there is
    something. Each keeper is one sitting: what an earlier one left stays in the history of the entry.
    """

    saved = Signal(object)  # SavedEntry
    bug = Signal(object)  # Exception that is no KnownError

    def __init__(
        self, desk: Desk, origin: str, compose: Compose, entry_id: UUID | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._origin = origin
        self._compose = compose
        self._writing = Writing(entry_id)
        self._fresh = False  # changed since a save last took the newest state
        self._waiting: list[Callable[[UUID], None]] = []
        self._begun = entry_id is not None
        self.born_here = not self._begun
        self.expected = 0  # photos and files that are being read, to be attached to it
        self.autosave = Autosave(self._save, self)

    @property
    def entry_id(self) -> UUID | None:
        """The entry; None until it was saved for the first time."""
        return self._writing.entry_id

    @property
    def has_begun(self) -> bool:
        """Whether there is something on the disk, or on its way there."""
        return self._begun

    @property
    def is_clean(self) -> bool:
        """Whether the disk has everything."""
        return self.autosave.is_settled and not self._fresh

    @property
    def is_done(self) -> bool:
        """Whether nobody needs it any more once the entry is left."""
        return self.is_clean and not self._waiting and not self.expected

    def touched(self) -> None:
        """Something was changed: save it soon."""
        self._fresh = True
        self.autosave.touched()

    def flush(self) -> None:
        """Give the newest state to the journal's lane now.

        While a save is on its way, the newer state goes right behind it instead of waiting for the answer: on locking
        nothing is taken any more by the time that comes.
        """
        if not self._desk.is_open:
            return
        self.autosave.flush()
        if self._fresh:
            self._send(_ignore, _ignore)

    def freeze(self) -> Draft:
        """Leave the entry: from now on its state as of now is what is saved. Returns that state."""
        draft = self._compose()
        self._compose = partial(_same, draft)
        return draft

    def thaw(self, compose: Compose) -> None:
        """Somebody writes in it again."""
        self._compose = compose

    def draft(self) -> Draft:
        """The newest state."""
        return self._compose()

    def forget(self) -> None:
        """Save nothing any more: the entry was deleted, or there is nothing of it."""
        self._fresh = False
        self._waiting.clear()
        self.autosave.discard()

    def when_saved(self, act: Callable[[UUID], None]) -> None:
        """Call ``act`` with the entry's id as soon as it is on the disk, with its newest state on the way there."""
        if self.entry_id is not None:
            self.flush()
            act(self.entry_id)
            return
        self._waiting.append(act)
        self._begun = True
        if self.autosave.is_settled:
            self.touched()
        self.flush()

    # --- saving -------------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        self._send(self._saved, self._failed)

    def _send(self, done: Callable[[SavedEntry], None], failed: Callable[[Exception], None]) -> None:
        self._fresh = False
        draft = self._compose()
        if not self._begun and is_nothing(draft):
            self.autosave.saved(None)
        elif self._desk.is_open:
            self._begun = True
            self._desk.saver.save(self, self._writing, draft, self._origin, done, failed)

    def _saved(self, saved: SavedEntry) -> None:
        self.saved.emit(saved)
        waiting, self._waiting = self._waiting, []
        if self._desk.is_open:
            for act in waiting:
                act(saved.entry_id)
        self.autosave.saved(ZonedTime(saved.saved, self._desk.clock.zone()).local())

    def _failed(self, error: Exception) -> None:
        if isinstance(error, EntryMissing):  # deleted for good meanwhile: what is on the screen is a new entry
            self._writing = Writing()
            self._save()
            return
        known = isinstance(error, KnownError)
        if not known:
            self.bug.emit(error)
        self.autosave.failed(error if isinstance(error, KnownError) else DiskRefused())


def _same(draft: Draft) -> Draft:
    return draft


def _ignore(_answer: object) -> None:
    """The save before this one answers for both."""
