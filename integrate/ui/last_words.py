"""Words the disk refused at the last lock: sealed by their journal, and kept until it is open again and takes them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from uuid import UUID

    from integrate.ui.desk import Desk
    from integrate.ui.shell.shell import Shell

RETRY: Final = 10_000
"""Milliseconds after a refusal until they are offered to the disk again."""


class LastWords(QObject):
    """Outlives the journals they belong to. What is in here is lost when the program ends."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._kept: tuple[tuple[UUID, bytes], ...] = ()

    @property
    def are_kept(self) -> bool:
        """Whether there is something that only this program has."""
        return bool(self._kept)

    def keep(self, journal_id: UUID, sealed: tuple[bytes, ...]) -> None:
        """Keep what locking the journal has set aside, beside what is kept already."""
        self._kept += tuple((journal_id, one) for one in sealed)

    def put_back(self, desk: Desk, shell: Shell) -> None:
        """Save what belongs to this journal. What the disk refuses again stays here, and is tried again."""
        if not desk.may_write:
            return
        mine = [sealed for journal_id, sealed in self._kept if journal_id == desk.journal_id]
        if mine:
            from integrate.ui.forms.put_back import put_back_piece  # hardly ever needed

            for sealed in mine:
                # One after the other, so that none is saved twice because a later one was refused.
                work = partial(desk.saver.put_back, sealed=(sealed,), put_back_piece=put_back_piece)
                failed = partial(self._refused, desk, shell)
                desk.write(self, work, partial(self._saved, shell, sealed), failed)

    def _saved(self, shell: Shell, sealed: bytes, changes: object) -> None:
        self._kept = tuple(kept for kept in self._kept if kept[1] is not sealed)
        if shiboken6.isValid(shell):
            shell.tell_put_back(changes)

    def _refused(self, desk: Desk, shell: Shell, error: Exception) -> None:
        if desk.is_open and shiboken6.isValid(shell):
            shell.tell_trouble(error)
            again: Callable[[], None] = partial(self._try_again, desk, shell)
            QTimer.singleShot(RETRY, shell, again)

    def _try_again(self, desk: Desk, shell: Shell) -> None:
        if desk.is_open:
            self.put_back(desk, shell)
