"""What of Help now can be read without a passphrase: kept inside the journal, and beside it only what was chosen.

Each of these keeps a list in the journal and then the chosen lines of it where Help now finds them while the journal is
locked. What is no longer to be readable is taken away first: if the disk then refuses, less is shown, never more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from integrate.domain.courses import Carer
from integrate.domain.hard_night import NightKind, NightLine
from integrate.domain.people import Person
from integrate.errors import KnownError, ReadOnlyJournal, RecordDamaged
from integrate.journal import courses as course_cases
from integrate.journal import hard_night as night_cases
from integrate.journal import people as people_cases
from integrate.journal.courses import SavedCourse
from integrate.journal.info import journal_info
from integrate.journal.opening import Access, Journal
from integrate.system.locked_help import (
    LockedHelp,
    LockedLine,
    LockedWords,
    as_read_back,
    common_lines,
    read_locked_page,
    write_locked_page,
)
from integrate.system.paths import Paths

T = TypeVar("T")


def keep_people(journal: Journal, people: Sequence[Person], paths: Paths) -> tuple[Person, ...]:
    """Keep ``people``, and the chosen ones, names and numbers without roles, where they can be read.

    Raises:
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused.
    """
    held = read_locked_page(paths, journal.id.bytes)
    after = replace(held, people=_people(people))
    _keep(journal, paths, held, after, lambda: people_cases.save_people(journal, people))
    return tuple(people)


def keep_hard_night(journal: Journal, lines: Sequence[NightLine], paths: Paths) -> tuple[NightLine, ...]:
    """Keep the hard-night page, and its chosen lines where they can be read.

    Raises:
        What :func:`integrate.journal.hard_night.save_hard_night` raises.
    """
    held = read_locked_page(paths, journal.id.bytes)
    signs = tuple(words for words in held.words if words.kind is NightKind.SIGN)
    after = replace(held, words=(*_words(lines), *signs))
    _keep(journal, paths, held, after, lambda: night_cases.save_hard_night(journal, lines))
    return tuple(lines)


def keep_early_signs(journal: Journal, lines: Sequence[NightLine], paths: Paths) -> tuple[NightLine, ...]:
    """Keep the early signs, and the chosen ones where they can be read.

    Raises:
        What :func:`integrate.journal.hard_night.save_early_signs` raises.
    """
    held = read_locked_page(paths, journal.id.bytes)
    page = tuple(words for words in held.words if words.kind is not NightKind.SIGN)
    after = replace(held, words=(*page, *_words(lines)))
    _keep(journal, paths, held, after, lambda: night_cases.save_early_signs(journal, lines))
    return tuple(lines)


def keep_care_team(
    journal: Journal, number: int, team: Sequence[Carer], paths: Paths, *, origin: str = ""
) -> SavedCourse:
    """Keep the care team of course ``number``; of the current course also who was chosen, where it can be read.

    Raises:
        WrongUsage: there is no such course.
        RecordDamaged, ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused.
    """
    held = read_locked_page(paths, journal.id.bytes)
    newest = course_cases.current_course(journal)
    is_current = newest is not None and newest.number == number
    after = replace(held, team=_team(team)) if is_current else held
    return _keep(
        journal, paths, held, after,
        lambda: course_cases.change_course(journal, number, care_team=team, origin=origin),
    )  # fmt: skip


def keep_carer(journal: Journal, number: int, carer: Carer, paths: Paths, *, origin: str = "") -> SavedCourse:
    """Put ``carer`` in the place of who has the same id in course ``number``, or behind all others.

    Raises:
        What :func:`keep_care_team` raises.
    """
    team = course_cases.get_course(journal, number).care_team
    known = any(one.id == carer.id for one in team)
    changed = tuple(carer if one.id == carer.id else one for one in team)
    return keep_care_team(journal, number, changed if known else (*team, carer), paths, origin=origin)


def forget_unchosen(journal: Journal, paths: Paths) -> None:
    """Take away what can be read and is not, or no longer, chosen in ``journal``. Nothing is ever added by this.

    A journal that changed elsewhere, an older copy of it or a care team that was changed are the reasons to ask. What
    cannot be read in the journal stays as it is: damage must not take a number from somebody who needs it.

    Raises:
        DatabaseDamaged, DiskFull, DiskRefused.
    """
    held = read_locked_page(paths, journal.id.bytes)
    if held.is_empty:
        return
    chosen = held
    with suppress(RecordDamaged):
        chosen = replace(chosen, people=_people(people_cases.list_people(journal)))
    with suppress(RecordDamaged):
        course = course_cases.current_course(journal)
        chosen = replace(chosen, team=_team(course.care_team if course is not None else ()))
    for is_sign, read in ((False, night_cases.list_hard_night), (True, night_cases.list_early_signs)):
        with suppress(RecordDamaged):
            others = tuple(words for words in chosen.words if (words.kind is NightKind.SIGN) is not is_sign)
            chosen = replace(chosen, words=(*others, *_words(read(journal))))
    _write(journal, paths, held, common_lines(held, as_read_back(chosen)))


def forget_all(place: Path, paths: Paths) -> Callable[[], None]:
    """Take away all that can be read of the journal at ``place``, which is about to be erased and is not open.

    What is returned puts it back, should the journal stay after all.

    Raises:
        DiskFull, DiskRefused: it is still there.
    """
    try:
        vault_id = journal_info(place).id.bytes
    except KnownError:  # it has no id any more that such a list could go by
        return lambda: None
    held = read_locked_page(paths, vault_id)
    write_locked_page(paths, vault_id, LockedHelp())

    def put_back() -> None:
        with suppress(KnownError):
            write_locked_page(paths, vault_id, held)

    return put_back


def _keep(journal: Journal, paths: Paths, held: LockedHelp, after: LockedHelp, save: Callable[[], T]) -> T:
    if journal.access is not Access.WRITE:
        raise ReadOnlyJournal
    after = as_read_back(after)
    still = common_lines(held, after)
    _write(journal, paths, held, still)
    saved = save()
    _write(journal, paths, still, after)
    return saved


def _write(journal: Journal, paths: Paths, held: LockedHelp, wanted: LockedHelp) -> None:
    if wanted != held:
        write_locked_page(paths, journal.id.bytes, wanted)


def _people(people: Iterable[Person]) -> tuple[LockedLine, ...]:
    return tuple(LockedLine(person.name, person.number) for person in people if person.shown_locked)


def _team(team: Iterable[Carer]) -> tuple[LockedLine, ...]:
    return tuple(LockedLine(carer.name, carer.number) for carer in team if carer.is_readable)


def _words(lines: Iterable[NightLine]) -> tuple[LockedWords, ...]:
    return tuple(LockedWords(line.kind, line.text) for line in lines if line.shown_locked)
