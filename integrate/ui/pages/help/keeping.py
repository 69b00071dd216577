"""Keeping the people: inside the journal, and beside it the lines that the person lets show while it is locked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from integrate.domain.people import Person
from integrate.system.locked_help import LockedLine, write_locked_help
from integrate.system.paths import Paths

if TYPE_CHECKING:
    from integrate.journal.opening import Journal


def keep_people(journal: Journal, people: Sequence[Person], paths: Paths) -> tuple[Person, ...]:
    """Keep ``people``, and the chosen lines without roles where they can be read without a passphrase.

    What is no longer to be readable is taken away first: if the disk then refuses, less is shown, never more.

    Raises:
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused.
    """
    from integrate.journal.people import list_people, save_people

    after = _lines(people)
    still = tuple(line for line in _lines(list_people(journal)) if line in after)
    write_locked_help(paths, journal.id.bytes, still)
    save_people(journal, people)
    write_locked_help(paths, journal.id.bytes, after)
    return tuple(people)


def _lines(people: Sequence[Person]) -> tuple[LockedLine, ...]:
    return tuple(LockedLine(person.name, person.number) for person in people if person.shown_locked)
