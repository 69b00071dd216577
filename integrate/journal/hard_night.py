"""The hard-night page and the early signs, in the person's own words, inside the encryption."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from integrate.domain.courses import Course
from integrate.domain.hard_night import PAGE_KINDS, NightKind, NightLine, check_lines, signs_of_closing
from integrate.errors import RecordDamaged
from integrate.journal.courses import list_courses
from integrate.journal.opening import Journal
from integrate.storage.settings import change_setting, read_setting

_PAGE: Final = "hard_night"
_SIGNS: Final = "early_signs"


def list_hard_night(journal: Journal) -> tuple[NightLine, ...]:
    """The lines of the page, in the order the person gave them; none where it was never written.

    Raises:
        RecordDamaged: the page cannot be read.
    """
    return _lines(read_setting(journal.vault.database, _PAGE) or [], PAGE_KINDS)


def save_hard_night(journal: Journal, lines: Sequence[NightLine]) -> None:
    """Keep ``lines`` in this order instead of those that were there; durable when this returns.

    Raises:
        WrongUsage: there are too many, or one belongs elsewhere.
        RecordDamaged: what is there cannot be read; it is not written over.
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused.
    """
    check_lines(lines, PAGE_KINDS)
    kept = [line.as_json() for line in lines]
    change_setting(journal.vault.database, _PAGE, lambda _was: kept, journal.clock.now())


def list_early_signs(journal: Journal) -> tuple[NightLine, ...]:
    """The early signs. Where there are none, those written on closing a course since they were last kept.

    Raises:
        RecordDamaged: they cannot be read. A damaged course is passed over.
        DatabaseDamaged.
    """
    lines, seen = _kept_signs(read_setting(journal.vault.database, _SIGNS))
    if lines:
        return lines
    closed = _closed_with_signs(journal)
    newest = max(closed, key=lambda course: course.number, default=None)
    if newest is None or newest.number <= seen:
        return ()
    return signs_of_closing(newest.id, newest.early_signs)


def save_early_signs(journal: Journal, lines: Sequence[NightLine]) -> None:
    """Keep ``lines`` instead of those that were there. With none of them, signs of a course closed until now stay away.

    Raises:
        What :func:`save_hard_night` raises.
    """
    check_lines(lines, (NightKind.SIGN,))
    seen = max((course.number for course in _closed_with_signs(journal)), default=0)
    kept = {"lines": [line.as_json() for line in lines], "seen": seen}
    change_setting(journal.vault.database, _SIGNS, lambda _was: kept, journal.clock.now())


def _kept_signs(kept: Any) -> tuple[tuple[NightLine, ...], int]:
    if kept is None:
        return (), 0
    seen = kept.get("seen") if isinstance(kept, Mapping) else None
    if not isinstance(seen, int):
        raise RecordDamaged
    return _lines(kept.get("lines"), (NightKind.SIGN,)), seen


def _lines(kept: Any, kinds: Iterable[NightKind]) -> tuple[NightLine, ...]:
    try:
        lines = tuple(map(NightLine.from_json, kept))
    except (ValueError, TypeError):
        raise RecordDamaged from None
    if any(line.kind not in tuple(kinds) for line in lines):
        raise RecordDamaged
    return lines


def _closed_with_signs(journal: Journal) -> list[Course]:
    courses = (course for course in list_courses(journal) if isinstance(course, Course))
    return [course for course in courses if course.is_closed and course.early_signs.strip()]
