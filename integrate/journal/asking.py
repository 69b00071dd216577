"""Questions that come once: which of them were asked, and how long the journal has been quiet.

A question that was shown stays for the rest of that day, so that reading the page anew does not take it away; after
that, or once it was answered or declined, it does not come again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from integrate.domain.times import ZonedTime
from integrate.errors import RecordDamaged
from integrate.journal.opening import Journal
from integrate.storage.settings import change_setting, read_settings, write_settings
from integrate.storage.signs import last_sign

_SETTLED: Final = ""
_PREFIX: Final = "asked."


class OnceAsked(StrEnum):
    """A kind of question that comes once for each thing."""

    END = "ends"  # "When did it end?", by the id of a session
    PLAN = "plans"  # what became of a planned date, by domain.welcome_back.plan_key
    BEFORE = "appointments"  # what to bring to an appointment, by its day
    AFTER = "agreements"  # what was agreed there, by its day


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked. ``kept`` holds for each kind the keys, and the local day each was shown on; "" once settled."""

    kept: Mapping[OnceAsked, Mapping[str, str]]

    def over(self, kind: OnceAsked, today: date) -> frozenset[str]:
        """The keys of questions that are over: settled, or shown on another day than ``today``."""
        now = today.isoformat()
        return frozenset(key for key, day in self.kept[kind].items() if day != now)

    def sessions_over(self, today: date) -> frozenset[UUID]:
        """The sessions whose end was asked for before."""
        ids = []
        for key in self.over(OnceAsked.END, today):
            try:
                ids.append(UUID(key))
            except ValueError:
                continue
        return frozenset(ids)

    def shown(self, kind: OnceAsked, keys: Iterable[str]) -> bool:
        """Whether it is noted of all of ``keys`` that they were shown."""
        return all(key in self.kept[kind] for key in keys)


def read_asked(journal: Journal) -> Asked:
    """What was asked so far. What cannot be read counts as never asked: a question more does no harm."""
    settings = read_settings(journal.vault.database)
    return Asked(MappingProxyType({kind: _clean(settings.get(_PREFIX + kind)) for kind in OnceAsked}))


def note_shown(journal: Journal, kind: OnceAsked, keys: Iterable[str], today: date | None = None) -> None:
    """Note that questions are on the screen, on the local day ``today`` (that of the clock unless given).

    Raises:
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace.
    """
    day = today or ZonedTime(journal.clock.now(), journal.clock.zone()).local_date()
    _keep(journal, kind, dict.fromkeys(keys, day.isoformat()), again=False)


def settle_question(journal: Journal, kind: OnceAsked, keys: Iterable[str]) -> None:
    """Note that questions were answered or declined: they do not come again.

    Raises:
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace.
    """
    _keep(journal, kind, dict.fromkeys(keys, _SETTLED), again=True)


def last_sign_of_life(journal: Journal) -> date | None:
    """The last local day on which anything was written, marked or answered; None in an empty journal."""
    last = last_sign(journal.vault.database)
    try:
        return None if last is None else ZonedTime(last, journal.clock.zone()).local_date()
    except OverflowError:
        return None


def _keep(journal: Journal, kind: OnceAsked, given: Mapping[str, str], *, again: bool) -> None:
    def kept(before: Any) -> dict[str, str]:
        there = dict(_clean(before))
        return there | dict(given) if again else dict(given) | there

    database, key, now = journal.vault.database, _PREFIX + kind, journal.clock.now()
    try:
        change_setting(database, key, kept, now)
    except RecordDamaged:  # nobody's words are in it: begun anew, it only asks once more
        write_settings(database, {key: dict(given)}, now)


def _clean(kept: Any) -> Mapping[str, str]:
    if not isinstance(kept, dict):
        return {}
    return {key: day for key, day in kept.items() if isinstance(key, str) and isinstance(day, str)}
