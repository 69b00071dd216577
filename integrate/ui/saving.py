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
from typing import Any, Final, Protocol, TypeAlias
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from integrate.domain.entry import Changes, Draft, EntrySummary, Phase, SessionRef
from integrate.domain.times import ZonedTime
from integrate.errors import DiskRefused, EntryMissing, WrongUsage
from integrate.journal.opening import Journal
from integrate.journal.writing import Sitting, add_entry, save_entry

PutBack: TypeAlias = Callable[[Journal, bytes], Changes]
"""Saves a piece that was sealed, from what its ``to_bytes`` gave."""

RETRY: Final = 10_000
"""Milliseconds after a refusal until pieces that nobody shows any more are offered to the disk again."""


class WritesJournal(Protocol):
    """The part of a desk that saving needs."""

    def write(
        self,
        owner: QObject,
        work: Callable[[Journal], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Have ``work`` done on the journal's lane."""


class Piece(Protocol):
    """The newest state of something that is saved as it is answered and is no entry: a questionnaire, a log."""

    @property
    def of(self) -> object:
        """What it is a state of. A newer state of the very same object stands for an older one."""

    def run(self, journal: Journal) -> Any:
        """Save it, on the journal's lane."""

    def to_bytes(self) -> bytes:
        """JSON of an object, from which :mod:`integrate.ui.forms.put_back` saves it in another unlocking."""


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

    @property
    def of(self) -> object:
        """See :class:`Piece`."""
        return self.writing

    def to_bytes(self) -> bytes:
        """What is sealed of it."""
        return _to_bytes(self.writing.entry_id, self.draft)


@dataclass(slots=True, eq=False)
class _PendingPiece:
    piece: Piece
    owner: QObject  # whoever shows it
    saved: bool = False
    refused: bool = False

    def run(self, journal: Journal) -> Any:
        """Save it, on the journal's lane."""
        answer = self.piece.run(journal)
        self.saved = True
        return answer

    @property
    def of(self) -> object:
        """See :class:`Piece`."""
        return self.piece.of

    def to_bytes(self) -> bytes:
        """What is sealed of it."""
        return self.piece.to_bytes()


class EntrySaver(QObject):
    """Saves entries and pieces and remembers what is not saved. Lives as long as the desk it was made for.

    A piece whose sheet is closed while the disk refuses stays here and is offered again: ``put_by`` brings the refusal,
    ``taken`` follows once the disk has it after all.
    """

    put_by = Signal(object)  # Exception
    taken = Signal(object)  # what saving it answered

    def __init__(self, desk: WritesJournal, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pending: list[_Pending | _PendingPiece] = []
        self._again = QTimer(self, singleShot=True, interval=RETRY)
        self._again.timeout.connect(self.try_again)

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
        self._send(owner, _Pending(writing, draft, origin), done, failed)

    def save_piece(
        self, owner: QObject, piece: Piece, done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        """Save the newest state of something. ``done`` or ``failed`` is called while ``owner`` shows it."""
        self._send(owner, _PendingPiece(piece, owner), done, failed)

    def held(self, wanted: Callable[[Piece], bool]) -> Piece | None:
        """The newest piece that is wanted and not on the disk yet."""
        pieces = [one.piece for one in self._pending if isinstance(one, _PendingPiece) and not one.saved]
        return next((piece for piece in reversed(pieces) if wanted(piece)), None)

    def let_go(self, of: object) -> None:
        """Nobody shows it any more: what the disk refused of it is kept, and offered again from now on."""
        for one in self._pending:
            if isinstance(one, _PendingPiece) and one.of is of:
                one.owner = self
                if one.refused:
                    self._offer(one)

    def forget(self, of: object) -> None:
        """What the disk refused of it is given up: whoever answered it does not want it any more."""
        self._pending = [one for one in self._pending if not (one.refused and one.of is of)]

    def try_again(self) -> None:
        """Offer the disk again what it refused and nobody shows."""
        for one in tuple(self._pending):
            if isinstance(one, _PendingPiece) and one.owner is self and one.refused:
                self._offer(one)

    @property
    def unsaved(self) -> bool:
        """Whether the disk refused something that is still only on the screen."""
        return any(pending.refused for pending in self._pending)

    def rescue(self) -> Callable[[Journal], tuple[bytes, ...]]:
        """What locking does last: try once more, and seal what the disk still refuses."""
        return partial(_rescue, tuple(self._pending))

    def put_back(self, journal: Journal, sealed: tuple[bytes, ...], put_back_piece: PutBack | None = None) -> Changes:
        """Save what was sealed at the last lock, on the journal's lane; pieces by ``put_back_piece``.

        Raises:
            KnownError: the disk still refuses; nothing of it is lost meanwhile.
        """
        changes = [_put_back(journal, journal.take_back(blob), put_back_piece) for blob in sealed]
        areas = frozenset(area for one in changes for area in one.areas)
        return Changes(areas, frozenset(one_id for one in changes for one_id in one.ids))

    def _send(
        self,
        owner: QObject,
        pending: _Pending | _PendingPiece,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        # The new state stands for an older one that was refused, which a long refusal would else pile up.
        refused = [one for one in self._pending if one.refused and one.of is pending.of]
        pending.refused = bool(refused)
        self._pending = [one for one in self._pending if one not in refused]
        self._pending.append(pending)
        self._desk.write(
            self,
            pending.run,
            partial(self._saved, owner, pending, done),
            partial(self._refused, owner, pending, failed),
        )

    def _offer(self, pending: _PendingPiece) -> None:
        self._send(self, _PendingPiece(pending.piece, self), self.taken.emit, self._put_by)

    def _put_by(self, error: Exception) -> None:
        self.put_by.emit(error)
        if isinstance(error, DiskRefused):  # nothing else passes by waiting
            self._again.start()

    def _saved(
        self, owner: QObject, pending: _Pending | _PendingPiece, done: Callable[[Any], None], saved: Any
    ) -> None:
        # A newer state that is saved makes an older one that was refused worthless.
        if pending in self._pending:
            at = self._pending.index(pending)
            newer = self._pending[at + 1 :]
            self._pending = [one for one in self._pending[:at] if one.of is not pending.of] + newer
        if _shows(owner, pending):
            done(saved)

    def _refused(
        self,
        owner: QObject,
        pending: _Pending | _PendingPiece,
        failed: Callable[[Exception], None],
        error: Exception,
    ) -> None:
        pending.refused = True
        if isinstance(pending, _PendingPiece) and isinstance(error, WrongUsage):
            # A form that takes no answers any more: no waiting changes that.
            self._pending = [one for one in self._pending if one is not pending]
        if _shows(owner, pending):
            failed(error)
        elif isinstance(pending, _PendingPiece):
            self._put_by(error)


def _shows(owner: QObject, pending: _Pending | _PendingPiece) -> bool:
    """Whether whoever had it saved is there and still shows it."""
    return shiboken6.isValid(owner) and (isinstance(pending, _Pending) or pending.owner is owner)


def _rescue(pending: tuple[_Pending | _PendingPiece, ...], journal: Journal) -> tuple[bytes, ...]:
    newest = {id(one.of): one for one in pending}
    aside = []
    for one in newest.values():
        if one.saved:
            continue
        try:
            one.run(journal)
        except Exception:  # a bug of ours must not cost a word either
            aside.append(journal.set_aside(one.to_bytes()))
    return tuple(aside)


def _put_back(journal: Journal, kept: bytes, put_back_piece: PutBack | None) -> Changes:
    if put_back_piece is not None and "entry_id" not in json.loads(kept):
        return put_back_piece(journal, kept)
    entry_id, draft = _from_bytes(kept)
    if entry_id is not None:
        try:
            save_entry(journal, entry_id, draft, Sitting())
        except EntryMissing:
            entry_id = None
    if entry_id is None:
        entry_id = add_entry(journal, draft).entry_id
    return Changes(frozenset({"entries"}), frozenset({entry_id}))


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
