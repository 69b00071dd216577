"""What was typed and is not on disk yet.

Every save goes through here, so that there is one place that knows what would be lost. When the journal is locked while
the disk refuses, the last words are sealed with a key of the journal and kept in memory until it is unlocked again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject

from integrate.domain.entry import Changes, Draft, EntrySummary, Phase, SessionRef
from integrate.domain.times import ZonedTime
from integrate.errors import EntryMissing
from integrate.journal.opening import Journal
from integrate.journal.writing import Sitting, add_entry, save_entry


class WritesJournal(Protocol):
    """The part of a desk that saving needs."""

    def write(
        self,
        owner: QObject,
        work: Callable[[Journal], SavedEntry],
        done: Callable[[SavedEntry], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Have ``work`` done on the journal's lane."""


@dataclass(slots=True)
class Writing:
    """One entry while somebody writes in it: ``entry_id`` is None until it was saved for the first time."""

    entry_id: UUID | None = None
    sitting: Sitting = field(default_factory=Sitting)


@dataclass(frozen=True, slots=True)
class SavedEntry:
    """An entry as it is on disk now, and when it got there."""

    entry_id: UUID
    summary: EntrySummary | None
    saved: datetime
    changes: Changes


@dataclass(slots=True, eq=False)
class _Pending:
    writing: Writing
    draft: Draft
    origin: str
    saved: bool = False  # set by the journal's lane, once it is durable
    refused: bool = False  # the disk would not take it

    def run(self, journal: Journal) -> SavedEntry:
        """Save it, on the journal's lane."""
        writing, summary = self.writing, None
        if writing.entry_id is None:
            writing.entry_id = add_entry(journal, self.draft, sitting=writing.sitting).entry_id
        else:
            summary = save_entry(journal, writing.entry_id, self.draft, writing.sitting).entry
        self.saved = True
        changes = Changes(frozenset({"entries"}), frozenset({writing.entry_id}), self.origin)
        return SavedEntry(writing.entry_id, summary, journal.clock.now(), changes)


class EntrySaver(QObject):
    """Saves entries and remembers what is not saved. Lives as long as the desk it was made for."""

    def __init__(self, desk: WritesJournal, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pending: list[_Pending] = []

    def save(
        self,
        owner: QObject,
        writing: Writing,
        draft: Draft,
        origin: str,
        done: Callable[[SavedEntry], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Save ``draft`` as the state of ``writing``. ``done`` or ``failed`` is called while ``owner`` is alive."""
        # The new state stands for an older one that was refused, which a long refusal would else pile up.
        refused = [one for one in self._pending if one.refused and one.writing is writing]
        pending = _Pending(writing, draft, origin, refused=bool(refused))
        self._pending = [one for one in self._pending if one not in refused]
        self._pending.append(pending)
        self._desk.write(
            self,
            pending.run,
            partial(self._saved, owner, pending, done),
            partial(self._refused, owner, pending, failed),
        )

    @property
    def unsaved(self) -> bool:
        """Whether the disk refused something that is still only on the screen."""
        return any(pending.refused for pending in self._pending)

    def rescue(self) -> Callable[[Journal], tuple[bytes, ...]]:
        """What locking does last: try once more, and seal what the disk still refuses."""
        return partial(_rescue, tuple(self._pending))

    def put_back(self, journal: Journal, sealed: tuple[bytes, ...]) -> Changes:
        """Save what was sealed at the last lock, on the journal's lane.

        Raises:
            KnownError: the disk still refuses; nothing of it is lost meanwhile.
        """
        ids = [_put_back(journal, blob) for blob in sealed]
        return Changes(frozenset({"entries"}), frozenset(ids))

    def _saved(self, owner: QObject, pending: _Pending, done: Callable[[SavedEntry], None], saved: SavedEntry) -> None:
        # A newer state that is saved makes an older one that was refused worthless.
        at = self._pending.index(pending)
        self._pending = [
            other for place, other in enumerate(self._pending) if place > at or other.writing is not pending.writing
        ]
        if shiboken6.isValid(owner):
            done(saved)

    def _refused(
        self, owner: QObject, pending: _Pending, failed: Callable[[Exception], None], error: Exception
    ) -> None:
        pending.refused = True
        if shiboken6.isValid(owner):
            failed(error)


def _rescue(pending: tuple[_Pending, ...], journal: Journal) -> tuple[bytes, ...]:
    newest = {id(one.writing): one for one in pending}
    aside = []
    for one in newest.values():
        if one.saved:
            continue
        try:
            one.run(journal)
        except Exception:  # a bug of ours must not cost a word either
            aside.append(journal.set_aside(_to_bytes(one.writing.entry_id, one.draft)))
    return tuple(aside)


def _put_back(journal: Journal, sealed: bytes) -> UUID:
    entry_id, draft = _from_bytes(journal.take_back(sealed))
    if entry_id is not None:
        try:
            save_entry(journal, entry_id, draft, Sitting())
        except EntryMissing:
            entry_id = None
    return entry_id if entry_id is not None else add_entry(journal, draft).entry_id


def _to_bytes(entry_id: UUID | None, draft: Draft) -> bytes:
    return json.dumps(
        {
            "entry_id": entry_id and str(entry_id),
            "body": draft.body,
            "instant": draft.at.instant.isoformat(),
            "zone": draft.at.zone,
            "title": draft.title,
            "phase": str(draft.phase),
            "session": draft.session and [draft.session.course, draft.session.number],
            "prompt_id": draft.prompt_id,
            "tags": draft.tags,
            "never_share": draft.never_share,
            "mood_then": draft.mood_then,
        }
    ).encode("utf-8")


def _from_bytes(data: bytes) -> tuple[UUID | None, Draft]:
    kept = json.loads(data)
    draft = Draft(
        kept["body"],
        ZonedTime(datetime.fromisoformat(kept["instant"]), kept["zone"]),
        kept["title"],
        Phase(kept["phase"]),
        SessionRef(*kept["session"]) if kept["session"] else None,
        kept["prompt_id"],
        tuple(kept["tags"]),
        kept["never_share"],
        kept["mood_then"],
    )
    return UUID(kept["entry_id"]) if kept["entry_id"] else None, draft
