"""What Help now reads for itself, each part on its own: what cannot be read takes nothing else away.

Nothing here is loaded before it is asked for: locked, Help now needs no database.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from integrate.domain.courses import Course
    from integrate.domain.hard_night import NightLine
    from integrate.domain.listing import Stop
    from integrate.domain.people import Person
    from integrate.journal.opening import Journal
    from integrate.system.locked_help import LockedHelp
    from integrate.system.paths import Paths


def locked_page(place: Path, paths: Paths) -> LockedHelp | None:
    """What may be seen while the journal at ``place`` is locked; None where no journal could have any."""
    from integrate.errors import KnownError
    from integrate.journal.info import journal_info
    from integrate.system.locked_help import read_locked_page

    try:
        vault_id = journal_info(place).id
    except KnownError:
        return None
    return read_locked_page(paths, vault_id.bytes)


def hard_night(journal: Journal, _stop: Stop) -> tuple[NightLine, ...]:
    """The hard-night page."""
    from integrate.journal.hard_night import list_hard_night

    return list_hard_night(journal)


def people(journal: Journal, _stop: Stop) -> tuple[Person, ...]:
    """The person's own people."""
    from integrate.journal.people import list_people

    return list_people(journal)


def course(journal: Journal, _stop: Stop) -> Course | None:
    """The current course, whose care team it is."""
    from integrate.journal.courses import current_course

    return current_course(journal)


def early_signs(journal: Journal, _stop: Stop) -> tuple[NightLine, ...]:
    """The early signs."""
    from integrate.journal.hard_night import list_early_signs

    return list_early_signs(journal)


def tidy_up(journal: Journal, paths: Paths) -> None:
    """Take away what can be read without a passphrase and is no longer chosen. A disk that refuses is asked again."""
    from integrate.errors import KnownError
    from integrate.journal.shown_locked import forget_unchosen

    try:
        forget_unchosen(journal, paths)
    except KnownError:
        return
