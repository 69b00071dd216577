"""What of a journal may be seen in the session room: the few lines the person chose, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from integrate.domain.times import ZonedTime


@dataclass(frozen=True, slots=True)
class RoomCard:
    """Chosen before the journal is locked. Every field may be empty; after a restart of the program all of them are.

    ``name`` is the person's, ``sitter`` who is with them. ``lines`` are read out: what each is, and it as it was typed;
    ``others`` are other medicines, which come last.
    ``letters`` lets W and S do something. ``reopened``: the room was opened again from its file alone.
    """

    name: str = ""
    sitter: str = ""
    started: ZonedTime | None = None
    lines: tuple[tuple[str, str], ...] = ()
    others: str = ""
    letters: bool = True
    reopened: bool = False
