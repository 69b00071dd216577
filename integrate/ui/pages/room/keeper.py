"""Marks on their way to the disk, in a lane of their own: the main thread never waits for one.

A mark counts as kept only when the room says that it is on the disk. One that the disk refused is still here and is
tried again, or stays in the field it was typed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QObject, QTimer

from integrate.ui.tasks import Lane, Mailbox

if TYPE_CHECKING:
    from integrate.domain.moments import Mark
    from integrate.journal.room import Room

RETRY: Final = 10_000
"""Milliseconds until what the disk refused is offered to it again."""

SLOW: Final = 3000
"""Milliseconds after which a mark without an answer is said not to be kept yet."""

PATIENCE: Final = 3000
"""Milliseconds that leaving waits for the disk."""

Kept = Callable[["Mark"], None]
Refused = Callable[["Mark", Exception | None], None]
"""Told with None where the disk has not answered in time: it may still do so."""


@dataclass(eq=False, slots=True)
class _Pending:
    mark: Mark
    owner: QObject
    kept: Kept
    refused: Refused
    retried: bool
    answered: bool = False


class Keeper(QObject):
    """Holds the room while it is open. Marks made before :meth:`enter` wait until the journal is locked."""

    def __init__(self, mailbox: Mailbox, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox = mailbox
        self._room: Room | None = None
        self._lane: Lane | None = None
        self._before: list[_Pending] = []
        self._refused: list[_Pending] = []
        self._under_way: list[_Pending] = []
        self._again = QTimer(self, singleShot=True, interval=RETRY)
        self._again.timeout.connect(self.try_again)

    def enter(self, room: Room) -> None:
        """The journal is locked, and this is the room."""
        self._room, self._lane = room, Lane("room", self._mailbox)
        waiting, self._before = self._before, []
        for pending in waiting:
            self._submit(pending)

    @property
    def is_entered(self) -> bool:
        """Whether marks go to the disk now."""
        return self._room is not None

    @property
    def unkept(self) -> int:
        """How many marks only this program has."""
        return len(self._before) + len(self._refused) + len(self._under_way)

    def keep(self, mark: Mark, owner: QObject, kept: Kept, refused: Refused, *, retried: bool = False) -> None:
        """Put a mark on the disk; ``kept`` once it is there. ``retried``: it is tried again by itself when refused.

        Both are called on the main thread while ``owner`` is alive.
        """
        pending = _Pending(mark, owner, kept, refused, retried)
        watch: Callable[[], None] = partial(self._look, pending)
        QTimer.singleShot(SLOW, self, watch)
        if self._lane is None:
            self._before.append(pending)
        else:
            self._submit(pending)

    def try_again(self) -> None:
        """Offer what the disk refused once more, in the order it was marked."""
        waiting, self._refused = self._refused, []
        for pending in waiting:
            self._submit(pending)

    # --- the end ------------------------------------------------------------------------------------------------------

    def leave(self, then: Callable[[bool], None], *, anyway: bool = False) -> None:
        """Close the room when everything is on the disk. ``then`` hears whether it is closed.

        Where the disk still refuses something the room stays open, unless ``anyway``. It is waited for three seconds at
        most.
        """
        self.try_again()
        self._ask(_nothing, partial(self._settled, then, anyway))

    def let_go(self, then: Callable[[], None]) -> None:
        """The program ends: what is under way is finished, and the room can be opened again afterwards."""
        lane, room = self._lane, self._room
        if lane is None or room is None:
            then()
            return
        self._ask(room.let_go, lambda _in_time: then())
        self._lane = self._room = None
        lane.close()

    def _settled(self, then: Callable[[bool], None], anyway: bool, in_time: bool) -> None:
        if not anyway and (not in_time or self.unkept):
            then(False)
            return
        room = self._room
        if room is None:
            then(False)
            return
        self._ask(room.close, partial(self._closed, then))

    def _closed(self, then: Callable[[bool], None], in_time: bool) -> None:
        self._again.stop()
        lane, room = self._lane, self._room
        self._lane = self._room = None
        self._refused = []
        if lane is not None:
            lane.close()
        if not in_time and room is not None:  # the lane hangs: what holds the journal is let go beside it
            beside = Lane("room", self._mailbox)
            beside.submit(self, room.close, _forget, _forget)
            beside.close()
        then(True)

    def _ask(self, work: Callable[[], None], then: Callable[[bool], None]) -> None:
        """``then`` once, when the lane has come to ``work`` and done it, or after three seconds."""
        waiting = [then]

        def answer(in_time: bool) -> None:
            if waiting:
                waiting.pop()(in_time)

        if self._lane is not None:
            self._lane.submit(self, work, lambda _done: answer(True), lambda _error: answer(True))
        QTimer.singleShot(PATIENCE, self, lambda: answer(False))

    # --- answers ------------------------------------------------------------------------------------------------------

    def _submit(self, pending: _Pending) -> None:
        lane, room = self._lane, self._room
        if lane is None or room is None:
            self._before.append(pending)
            return
        self._under_way.append(pending)
        work = partial(room.mark, pending.mark)
        lane.submit(self, work, partial(self._on_disk, pending), partial(self._not_on_disk, pending))

    def _on_disk(self, pending: _Pending, _answer: object) -> None:
        self._under_way.remove(pending)
        pending.answered = True
        if shiboken6.isValid(pending.owner):
            pending.kept(pending.mark)

    def _not_on_disk(self, pending: _Pending, error: Exception) -> None:
        self._under_way.remove(pending)
        pending.answered = True
        if pending.retried:
            self._refused.append(pending)
            self._again.start()
        if shiboken6.isValid(pending.owner):
            pending.refused(pending.mark, error)

    def _look(self, pending: _Pending) -> None:
        if not pending.answered and shiboken6.isValid(pending.owner):
            pending.refused(pending.mark, None)


def _forget(_answer: object) -> None:
    """For answers nobody waits for."""


def _nothing() -> None:
    """Only to hear that the lane has come so far."""
