"""Opening and making a journal for the window, beside the main thread. What does it is only imported there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from integrate.errors import DiskRefused, KnownError

if TYPE_CHECKING:
    from integrate.domain.preferences import Preferences
    from integrate.journal.opening import Journal, Secret
    from integrate.system.clock import Clock
    from integrate.ui.page import NewJournal

    Opened: TypeAlias = tuple[Journal, Preferences]


def may_be_there(place: Path) -> bool:
    """Whether something is at ``place``, or nobody can tell: a folder on the way may not be entered."""
    try:
        return place.exists()
    except OSError:
        return True


def open_journal_at(
    place: Path, secret: Secret, clock: Clock, *, read_only: bool = False, accept_missing: bool = False
) -> Opened:
    """Unlock the journal at ``place``.

    Raises:
        What :func:`integrate.journal.opening.open_journal` raises.
    """
    from integrate.journal.opening import Access, open_journal
    from integrate.journal.preferences import read_preferences

    access = Access.READ if read_only else Access.WRITE
    journal = open_journal(place, secret, access, clock=clock, accept_missing=accept_missing)
    try:
        return journal, read_preferences(journal)
    except BaseException:
        journal.close()
        raise


def raise_other_window(place: Path) -> bool:
    """Bring the window that has the journal at ``place`` open to the front; False where the desktop has no way."""
    from integrate.journal.info import journal_info
    from integrate.ui.platform.instance import raise_other

    try:
        return raise_other(journal_info(place).id)
    except KnownError:
        return False


def make_journal(start: NewJournal, clock: Clock) -> Opened:
    """Make the journal that Welcome has asked for, and unlock it.

    Raises:
        What :func:`integrate.journal.opening.create_journal` and ``open_journal`` raise.
    """
    from integrate.journal.opening import Access, ByPassphrase, create_journal, open_journal
    from integrate.journal.preferences import change_preferences, read_preferences

    create_journal(start.place, start.passphrase, recovery=start.words is not None, words=start.words, clock=clock)
    journal = open_journal(start.place, ByPassphrase(start.passphrase), Access.WRITE, clock=clock)
    try:
        if start.name:
            with suppress(DiskRefused):  # there is a journal, and nobody is kept out of it for a name
                return journal, change_preferences(journal, name=start.name)
        return journal, read_preferences(journal)
    except BaseException:
        journal.close()
        raise


def unless_left(opening: Callable[[], Opened], wanted: Callable[[], bool]) -> Opened:
    """What ``opening`` opens, unless nobody waits for it any more: then it is closed here and now.

    Raises:
        Stopped: nobody waits; or what ``opening`` raises.
    """
    from integrate.domain.listing import Stopped

    opened = opening()
    if not wanted():
        opened[0].close()
        raise Stopped
    return opened
