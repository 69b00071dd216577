"""The entry at hand and those that were left a moment ago: none is let go before the disk has it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from integrate.errors import KnownError
from integrate.journal.deleting import delete_entry
from integrate.ui.editor.autosave import SaveState, Stage
from integrate.ui.pages.journal.entry.keeper import Compose, Keeper, is_nothing
from integrate.ui.saving import SavedEntry

if TYPE_CHECKING:
    from integrate.ui.desk import Desk


class Keepers(QObject):
    """``current`` keeps the entry at hand; whoever it was before stays here until it is done."""

    saved = Signal(object, object)  # Keeper, SavedEntry
    state_changed = Signal()  # of the current one
    trouble = Signal(object)  # KnownError, or None when the disk takes everything again
    bug = Signal(object)  # Exception

    def __init__(self, desk: Desk, origin: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._origin = origin
        self._left: list[Keeper] = []
        self.current: Keeper | None = None

    def begin(self, compose: Compose, entry_id: UUID | None) -> Keeper:
        """A new sitting at an entry, or with None at one that is not there yet."""
        keeper = Keeper(self._desk, self._origin, compose, entry_id, self)
        keeper.saved.connect(partial(self._saved, keeper))
        keeper.bug.connect(self.bug)
        keeper.autosave.changed.connect(partial(self._changed, keeper))
        self.current = keeper
        return keeper

    def go_on(self, keeper: Keeper, compose: Compose) -> None:
        """Go on with an entry that was left before it was saved."""
        keeper.thaw(compose)
        self.current = keeper

    def leave(self, *, bare: bool) -> None:
        """Let the current one save what it has, without the screen. ``bare``: nothing is attached to it.

        A new entry of which nothing is left leaves nothing behind in the list.
        """
        keeper, self.current = self.current, None
        if keeper is None:
            return
        draft = keeper.freeze()
        if keeper.born_here and bare and not keeper.expected and is_nothing(draft):
            if not keeper.has_begun:
                keeper.forget()
                keeper.deleteLater()
                return
            keeper.when_saved(self._put_away)
        keeper.flush()
        self._left.append(keeper)
        self.sweep()

    def drop(self) -> None:
        """The current entry is deleted: nothing of it is to be saved any more."""
        keeper, self.current = self.current, None
        if keeper is not None:
            keeper.forget()
            self._left.append(keeper)
            self.sweep()
            self.trouble.emit(self.error())

    def take(self, entry_id: UUID) -> Keeper | None:
        """The keeper of an entry that was left and is not done; whoever takes it has to give it back or go on."""
        for keeper in self._left:
            if keeper.entry_id == entry_id:
                self._left.remove(keeper)
                return keeper
        return None

    def give_back(self, keeper: Keeper) -> None:
        """It was not needed after all."""
        self._left.append(keeper)
        self.sweep()

    def flush(self) -> None:
        """Have everything saved that is not."""
        for keeper in self._all():
            keeper.flush()

    def error(self) -> KnownError | None:
        """Why the disk did not take something, if it did not."""
        states = (keeper.autosave.state for keeper in self._all() if not keeper.is_clean)
        return next((state.error for state in states if state.error is not None), None)

    def state(self) -> SaveState:
        """How the current entry is kept."""
        return self.current.autosave.state if self.current is not None else SaveState()

    def sweep(self) -> None:
        """Let go of those that are done."""
        for keeper in tuple(self._left):
            if keeper.is_done:
                self._left.remove(keeper)
                keeper.deleteLater()

    def _all(self) -> tuple[Keeper, ...]:
        return (*self._left, *((self.current,) if self.current is not None else ()))

    def _saved(self, keeper: Keeper, saved: SavedEntry) -> None:
        self.saved.emit(keeper, saved)

    def _changed(self, keeper: Keeper) -> None:
        if keeper is self.current:
            self.state_changed.emit()
        if keeper.autosave.state.stage is not Stage.SAVING:  # until the answer, what went wrong stays on screen
            self.trouble.emit(self.error())
        self.sweep()

    def _put_away(self, entry_id: UUID) -> None:
        if self._desk.is_open:
            self._desk.write(self, partial(delete_entry, entry_id=entry_id))
