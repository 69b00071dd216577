"""A mark in the session room, from the key to the disk, against writing and syncing as many bytes and nothing else."""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Iterator
from uuid import UUID

from benchmarks.journals import MadeJournal, Subjects
from benchmarks.measure import Figure, compare, seconds
from integrate.domain.moments import Mark, MomentKind
from integrate.domain.sessions import SessionDraft
from integrate.domain.times import ZonedTime
from integrate.journal.courses import begin_course
from integrate.journal.opening import Access
from integrate.journal.room import Room, open_room
from integrate.journal.sessions import add_session
from integrate.system.clock import SystemClock

_BLOCK = 512
_ROUNDS, _TURNS = 10, 20  # the median is of 200 marks
_TARGET = 0.030  # seconds from the key to the disk


def marks(subjects: Subjects) -> Iterator[Figure]:
    """A mark without words: made, sealed, appended, synced. The journal is locked meanwhile, as it always is there."""
    journal = subjects.small.copied("room.integrate")
    bare = journal.place / "bare"
    descriptor = os.open(bare, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    block, taken = os.urandom(_BLOCK), list[float]()

    def write_block() -> None:
        os.write(descriptor, block)
        os.fsync(descriptor)

    try:
        with _enter(journal) as room:
            mark = _Marker(room)

            def mark_once() -> float:
                taken.append(seconds(mark))
                return taken[-1]

            yield compare(
                "a mark in the session room, on the disk / 512 bytes written and synced", mark_once,
                lambda: seconds(write_block), None, rounds=_ROUNDS, turns=_TURNS,
            )  # fmt: skip
    finally:
        os.close(descriptor)
        shutil.rmtree(journal.place)
    counted = taken[-_ROUNDS * _TURNS :]
    rounds = (counted[start : start + _TURNS] for start in range(0, len(counted), _TURNS))
    measured = f"{statistics.median(counted) * 1000:.3g} against {_TARGET * 1000:g} ms"
    name = f"  the same, median of {len(counted)} / {_TARGET * 1000:g} ms"
    yield Figure(name, tuple(statistics.median(one) / _TARGET for one in rounds), 1.0, measured)


class _Marker:
    """What the key does."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._clock = SystemClock()

    def __call__(self) -> None:
        self._room.mark(Mark(MomentKind.MARK, ZonedTime(self._clock.now(), self._clock.zone())))


def _enter(journal: MadeJournal) -> Room:
    with journal.open(Access.WRITE) as opened:
        begin_course(opened)
        session_id: UUID = add_session(opened, SessionDraft()).session.id
        ticket = open_room(opened, session_id)
    return ticket.enter()
