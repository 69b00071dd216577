"""Work of the lock screen beside the main thread. What opens a journal is only imported there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from integrate.i18n import _

if TYPE_CHECKING:
    from integrate.journal.info import JournalInfo
    from integrate.journal.opening import Secret
    from integrate.journal.places import AutomaticCopy
    from integrate.system.keyring import KeyStore

_NEEDED: Final = (
    *("integrate.journal.opening", "integrate.journal.preferences"),
    *("integrate.ui.desk", "integrate.ui.shell.shell"),
)


def look_at(place: Path) -> JournalInfo:
    """What the header says without a secret."""
    from integrate.journal.info import journal_info

    return journal_info(place)


def room_at(place: Path) -> bool:
    """Whether a session room was cut off here and can be gone back to."""
    from integrate.errors import KnownError
    from integrate.journal.room import find_room

    try:
        found = find_room(place)
    except KnownError:
        return False  # opening the journal tells of it
    return found is not None and found.can_reopen and not found.was_left


def warm_up() -> None:
    """Load what unlocking needs, so that nobody waits for it later; in steps, so that no source piles up on the way."""
    from importlib import import_module

    from integrate.ui.collector import forget_sources
    from integrate.ui.registry import FIRST_PAGE, page_spec

    for module in _NEEDED:
        import_module(module)
        forget_sources()
    page_spec(FIRST_PAGE).load()
    forget_sources()


def by_passphrase(text: str) -> Secret:
    """The passphrase as a way in."""
    from integrate.journal.opening import ByPassphrase

    return ByPassphrase(text)


def by_keyring(store: KeyStore) -> Secret:
    """This computer's keyring as a way in."""
    from integrate.journal.opening import ByKeyring

    return ByKeyring(store)


def copies_beside(place: Path) -> tuple[AutomaticCopy, ...]:
    """The automatic copies of a journal, the newest first."""
    from integrate.journal.places import automatic_copies

    return automatic_copies(place)


def restore_beside(place: Path, secret: Secret, copies: Sequence[AutomaticCopy], zone: str) -> Path:
    """Make a journal from the newest copy that can be read, beside the damaged one; its place.

    Raises:
        What :func:`integrate.journal.places.restore_newest_copy` raises.
    """
    from integrate.journal.places import restore_newest_copy

    return restore_newest_copy(copies, secret, partial(_place_of_copy, place, zone)).place


def _place_of_copy(place: Path, zone: str, copy: AutomaticCopy) -> Path:
    from integrate.journal.places import free_place
    from integrate.ui.pages.lock.trouble import day_and_month

    name = _("{name} (copy of {day})").format(name=place.stem, day=day_and_month(copy.made, zone))
    return free_place(place.parent, name)
