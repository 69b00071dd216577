"""What the entry pane reads of a journal, beside the main thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from integrate.domain.entry import Draft, Entry, EntrySummary, Phase, SessionRef
from integrate.domain.listing import Stop
from integrate.domain.occasions import Subject
from integrate.domain.prompts import Prompt
from integrate.domain.words import count_words
from integrate.errors import RecordDamaged
from integrate.journal.browsing import row_of, sessions_in_use, tags_in_use
from integrate.journal.course_now import occasion_now, subject_now
from integrate.journal.finding import get_entry
from integrate.journal.history import entry_history
from integrate.journal.opening import Journal
from integrate.journal.prompts import prompt_by_id, prompt_for
from integrate.journal.writing import newest_course


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry and the prompt it answers, where that is known."""

    entry: Entry
    prompt: Prompt | None


@dataclass(frozen=True, slots=True)
class State:
    """An earlier state of an entry; ``words`` counts those of its text."""

    number: int
    saved: datetime
    draft: Draft
    words: int


@dataclass(frozen=True, slots=True)
class InUse:
    """The tags and sessions of the journal, for menus and completion; ``course`` is the newest."""

    tags: tuple[str, ...] = ()
    sessions: tuple[SessionRef, ...] = ()
    course: int = 1


def read_entry(entry_id: UUID, journal: Journal, _stop: Stop | None = None) -> Opened:
    """A whole entry and its prompt.

    Raises:
        EntryMissing, RecordDamaged, DatabaseDamaged.
    """
    entry = get_entry(journal, entry_id)
    return Opened(entry, _prompt(journal, entry.summary.prompt_id))


def read_prompt(prompt_id: str, journal: Journal, _stop: Stop) -> Prompt | None:
    """The prompt called ``prompt_id``."""
    return _prompt(journal, prompt_id)


def read_what_is_left(entry_id: UUID, journal: Journal, _stop: Stop) -> EntrySummary | None:
    """What the list still knows of an entry that cannot be read; None when that is damaged as well."""
    found = row_of(journal, entry_id).entry
    return found if isinstance(found, EntrySummary) else None


def read_in_use(journal: Journal, _stop: Stop) -> InUse:
    """Tags, the most used first, and sessions, the newest first."""
    tags = tuple(use.tag for use in tags_in_use(journal))
    return InUse(tags, sessions_in_use(journal), newest_course(journal))


def read_history(entry_id: UUID, journal: Journal) -> tuple[State, ...]:
    """The earlier states of an entry, the newest first.

    Raises:
        EntryMissing, RecordDamaged.
    """
    return tuple(
        State(revision.number, revision.saved, revision.draft, count_words(revision.draft.body))
        for revision in entry_history(journal, entry_id)
    )


def next_prompt(phase: Phase, after: str | None, journal: Journal, _stop: Stop) -> Prompt | None:
    """The prompt to offer now in ``phase`` after the one with the id ``after``."""
    return prompt_for(journal, occasion_now(journal, phase), after)


def read_subject(journal: Journal, _stop: Stop) -> Subject | None:
    """The phase and session that a new entry belongs to; None where no session is known."""
    return subject_now(journal)


def _prompt(journal: Journal, prompt_id: str | None) -> Prompt | None:
    if prompt_id is None:
        return None
    try:
        return prompt_by_id(journal, prompt_id)
    except RecordDamaged:  # of the person's own prompts: the entry itself can be read
        return None
