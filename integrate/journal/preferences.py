"""Preferences that live inside the journal: read all of them, change some."""

from __future__ import annotations

from typing import Any

from integrate.domain import preferences
from integrate.domain.preferences import Preferences
from integrate.journal.opening import Journal
from integrate.storage.settings import read_settings, write_settings

_PREFIX = "preference."


def read_preferences(journal: Journal) -> Preferences:
    """What the person chose; the default where nothing was chosen, or where it cannot be read."""
    return preferences.decode(_kept(journal))


def change_preferences(journal: Journal, **changes: Any) -> Preferences:
    """Change some preferences, by their names in :class:`Preferences`; what they all are afterwards.

    Writes only what differs, durable when this returns. What a newer version keeps is left as it is.

    Raises:
        WrongUsage: a value that this preference cannot have; nothing was changed.
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused.
    """
    kept = _kept(journal)
    encoded = preferences.encode(changes)
    differing = {name: value for name, value in encoded.items() if name not in kept or kept[name] != value}
    if differing:
        write_settings(
            journal.vault.database,
            {_PREFIX + name: value for name, value in differing.items()},
            journal.clock.now(),
        )
    return preferences.decode(kept | differing)


def _kept(journal: Journal) -> dict[str, Any]:
    settings = read_settings(journal.vault.database)
    return {key.removeprefix(_PREFIX): value for key, value in settings.items() if key.startswith(_PREFIX)}
