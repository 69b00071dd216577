"""What Today shows of a journal, read in one go beside the main thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from integrate.domain.entry import EntrySummary, Filter, Phase
from integrate.domain.listing import Row, Stop
from integrate.domain.prompts import Occasion, Prompt
from integrate.journal.browsing import entries_on_this_day, first_rows
from integrate.journal.info import journal_info
from integrate.journal.opening import Journal
from integrate.journal.prompts import prompt_by_id, prompt_for

LAST_ENTRIES: Final = 5
EARLIER_YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class Today:
    """The prompt to offer (None: a blank page), the newest rows, and entries of this day in earlier years."""

    prompt: Prompt | None
    rows: tuple[Row, ...]
    earlier: tuple[EntrySummary, ...]
    has_recovery_words: bool


def read_today(journal: Journal, stop: Stop, day: date, phase: Phase, *, earlier_years: bool) -> Today:
    """Everything that Today shows on ``day`` in ``phase``; ``earlier_years`` as the person chose.

    Raises:
        Stopped, RecordDamaged, DatabaseDamaged.
    """
    prompt = prompt_for(journal, Occasion(phase))
    rows = first_rows(journal, "", Filter(), LAST_ENTRIES, stop)
    stop.check()
    earlier = _not_tender(journal, entries_on_this_day(journal, day)) if earlier_years else ()
    slots = journal_info(journal.place).slots
    return Today(prompt, rows, earlier, any(slot.kind == "recovery" for slot in slots))


def next_prompt(journal: Journal, _stop: Stop, phase: Phase, after: str | None) -> Prompt | None:
    """The prompt that follows the one with the id ``after``; None where none does.

    Raises:
        RecordDamaged, DatabaseDamaged.
    """
    return prompt_for(journal, Occasion(phase), after)


def _not_tender(journal: Journal, entries: tuple[EntrySummary, ...]) -> tuple[EntrySummary, ...]:
    """What may surface by itself: an answer to a tender question waits until it is looked for."""
    chosen = []
    for entry in entries:
        prompt = prompt_by_id(journal, entry.prompt_id) if entry.prompt_id else None
        if prompt is None or not prompt.tender:
            chosen.append(entry)
    return tuple(chosen[:EARLIER_YEARS])
