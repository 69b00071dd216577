"""The processes that the tests of the session room start, kill and look into.

Run as ``python -m tests.adversarial.room_children ROLE PLACE ...``; the recovery words are in the environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

from integrate.errors import KnownError
from integrate.journal.opening import Access, ByWords, open_journal
from integrate.journal.room import Room, merge_room, open_room, reopen_room
from tests.adversarial.scenarios import fill, mount
from tests.adversarial.tools import WORDS_VARIABLE
from tests.conftest import Sample
from tests.helpers.courses import mark
from tests.helpers.rooms import cut_off, enter, log_of, merged, words_of


def say(*words: object) -> None:
    """One line to the parent, in one write, so that a kill cuts no line in two."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def sample_at(place: str) -> Sample:
    """The journal, by its words."""
    return Sample(Path(place), "", os.environ[WORDS_VARIABLE])


def words_with(number: int) -> str:
    """The words of a mark: one to three blocks, each beginning with its number."""
    return f"{number} " + "w" * (number % 3 * 500)


def mark_on(room: Room, first: int) -> None:
    """Mark for ever; each is told after the call that promises it is durable has returned."""
    number = first
    while True:
        room.mark(mark(words_with(number)))
        say(number)
        number += 1


def begin(place: str, session_id: str, first: str) -> None:
    """Unlock, open a room, lock, and mark for ever."""
    mark_on(enter(sample_at(place), UUID(session_id)), int(first))


def go_on(place: str, _session_id: str, first: str) -> None:
    """Open the room again without any secret, and mark for ever."""
    mark_on(reopen_room(Path(place)), int(first))


def merge(place: str) -> None:
    """Unlock, and take the marks in."""
    with open_journal(Path(place), ByWords(os.environ[WORDS_VARIABLE]), Access.WRITE) as journal:
        say("begin")
        merge_room(journal)
        say("merged")
        sys.stdin.read()


def hold(place: str, session_id: str, words: str) -> None:
    """Be in a room with the journal locked, for whoever looks into this process's memory or is shut out by it."""
    with open_journal(Path(place), ByWords(os.environ.pop(WORDS_VARIABLE)), Access.WRITE) as journal:
        ticket = open_room(journal, UUID(session_id))
        say("unlocked")
        sys.stdin.readline()
    with ticket.enter() as room:
        room.mark(mark(words))
        say("in the room")
        sys.stdin.readline()
    say("left")
    sys.stdin.readline()


def full(folder: str) -> None:
    """A disk of 2 MiB that fills up while a room is open on it. Prints what was met as JSON."""
    disk = Path(folder) / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=2m,mode=700", "integrate", str(disk))
    subprocess.run(["cp", "-a", str(Path(folder) / "Journal.integrate"), str(disk)], check=True)
    sample = sample_at(str(disk / "Journal.integrate"))
    room = enter(sample)
    met: dict[str, object] = {}
    room.mark(mark("before"))
    ballast = fill(disk)
    kept, refused = 0, ""
    try:
        while True:  # what is left of the last page takes some
            room.mark(mark("squeezed in"))
            kept += 1
    except KnownError as error:
        refused = error.code
    met["refused"], met["whole blocks"] = refused, log_of(sample).stat().st_size == (2 + kept) * 512
    for name, words in (("short", "again"), ("long", "x" * 3000)):
        try:
            room.mark(mark(words))
        except KnownError as error:
            met[name] = error.code
    ballast.unlink()
    room.mark(mark("after"))
    ballast = fill(disk)
    cut_off(room)  # and on a disk that is full again, a room that was killed is still there
    with reopen_room(sample.place) as again:
        met["marks seen again"] = again.mark_count == kept + 2
    ballast.unlink()
    report, moments = merged(sample, room.session_id)
    assert report is not None
    met["whole"] = report.is_whole
    met["words"] = sorted(set(words_of(moments)))
    met["count"] = len(moments) == kept + 2
    say(json.dumps(met))


ROLES = (begin, go_on, merge, hold, full)

if __name__ == "__main__":
    sys.setswitchinterval(0.005)
    role = next(role for role in ROLES if role.__name__ == sys.argv[1])
    role(*sys.argv[2:])
