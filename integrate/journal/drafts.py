"""Words that stood in a sheet when the journal was locked: kept in it until they are saved or given up.

They are no entries: nothing lists or shares them. They lie among the settings, sealed and encrypted as all the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from integrate.journal.opening import Journal
from integrate.storage.settings import read_settings, write_settings

_PREFIX: Final = "drafts."

Drafts = Mapping[str, Mapping[str, str]]
"""For each sheet, by its key, the words of its fields, by their names."""


class DraftsOf(StrEnum):
    """Whose sheets they are."""

    TODAY = "today"
    SESSIONS = "sessions"
    THREADS = "threads"


def read_drafts(journal: Journal, area: DraftsOf) -> Drafts:
    """What was kept; what cannot be read counts as nothing.

    Raises:
        DatabaseDamaged.
    """
    kept = read_settings(journal.vault.database).get(_PREFIX + area)
    sheets = kept.items() if isinstance(kept, dict) else ()
    return {key: words for key, fields in sheets if isinstance(key, str) and (words := _words(fields))}


def keep_drafts(journal: Journal, area: DraftsOf, drafts: Drafts) -> None:
    """Keep these, and no longer what was kept before. Durable when this returns.

    Raises:
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace.
    """
    plain = {key: dict(fields) for key, fields in drafts.items()}
    write_settings(journal.vault.database, {_PREFIX + area: plain}, journal.clock.now())


def _words(fields: Any) -> dict[str, str]:
    if not isinstance(fields, dict):
        return {}
    return {name: text for name, text in fields.items() if isinstance(name, str) and isinstance(text, str)}
