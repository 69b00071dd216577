"""The person's own people, in their order, inside the encryption."""

from __future__ import annotations

from collections.abc import Sequence

from integrate.domain.people import Person
from integrate.errors import RecordDamaged
from integrate.journal.opening import Journal
from integrate.storage.settings import read_setting, write_settings

_KEY = "people"


def list_people(journal: Journal) -> tuple[Person, ...]:
    """The people, in the order the person gave them.

    Raises:
        RecordDamaged: the list cannot be read.
    """
    kept = read_setting(journal.vault.database, _KEY) or []
    try:
        return tuple(map(Person.from_json, kept))
    except (ValueError, TypeError):
        raise RecordDamaged from None


def save_people(journal: Journal, people: Sequence[Person]) -> None:
    """Keep ``people`` in this order instead of those that were there; durable when this returns.

    Raises:
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused.
    """
    write_settings(journal.vault.database, {_KEY: [person.as_json() for person in people]}, journal.clock.now())
