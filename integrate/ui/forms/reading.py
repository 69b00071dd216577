"""What a form needs before it is opened, and how its answers are kept. All of it is done beside the main thread."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from integrate.domain.form_schedule import PHQ_8, PHQ_9, overlaps
from integrate.domain.listing import Stop
from integrate.domain.people import Person
from integrate.domain.questionnaires import Questionnaire
from integrate.domain.responses import Response, ResponseStatus
from integrate.domain.times import ZonedTime
from integrate.errors import RecordDamaged
from integrate.journal.opening import Journal
from integrate.journal.people import list_people
from integrate.journal.questionnaires import library
from integrate.journal.responses import (
    SavedResponse,
    begin_response,
    list_responses,
    open_draft,
    questionnaire_of,
    save_answers,
)

_ALIKE: Final = frozenset({PHQ_9, PHQ_8})
"""They ask the same questions but one: answers to either look back over the same days."""


@dataclass(frozen=True, slots=True)
class FormNow:
    """A questionnaire to fill in. ``draft`` is what was begun; ``near`` a day whose answers look back on the same days.

    ``expired`` is the day of one that was begun last and left open for a day, which stopped it.

    ``questionnaire`` is the one the draft was begun with, whatever became of its file since.
    """

    questionnaire: Questionnaire
    draft: Response | None = None
    near: date | None = None
    expired: date | None = None

    @property
    def answers(self) -> Mapping[str, str]:
        """What was answered so far."""
        return {} if self.draft is None else self.draft.draft.answers


def read_form(journal: Journal, key: str, data_folder: Path) -> FormNow | None:
    """The questionnaire ``key`` as it would be opened now; None where there is none of that key any more.

    Raises:
        DatabaseDamaged.
    """
    asked, draft = library(data_folder).questionnaires.get(key), open_draft(journal, key)
    if draft is not None:
        try:
            asked = questionnaire_of(journal, draft)
        except RecordDamaged:
            draft = None  # what it asked cannot be read; it is begun anew
    if asked is None:
        return None
    about = draft.day if draft is not None else ZonedTime(journal.clock.now(), journal.clock.zone()).local_date()
    expired = _expired(journal, key) if draft is None else None
    return FormNow(asked, draft, overlaps(asked, about, _days(journal, key)), expired)


def keep_answers(
    journal: Journal, questionnaire: Questionnaire, answers: Mapping[str, str], response_id: UUID | None
) -> SavedResponse:
    """Keep all answers so far. The first ones begin the form, or go on with one that is open already.

    Raises:
        WrongUsage: the form is not open any more. RecordDamaged, and what any write raises.
    """
    if response_id is None:
        begun = open_draft(journal, questionnaire.key)
        if begun is None or begun.draft.digest != questionnaire.digest:
            begun = begin_response(journal, questionnaire).response
        response_id = begun.id
    return save_answers(journal, response_id, answers)


def read_people(journal: Journal, _stop: Stop) -> tuple[Person, ...]:
    """The person's own people who can be called; none where the list cannot be read, which Help now says."""
    with suppress(RecordDamaged):
        return tuple(person for person in list_people(journal) if person.number.strip())
    return ()


def _expired(journal: Journal, key: str) -> date | None:
    """Once another one is begun it counts as stopped, and is told no more."""
    now = journal.clock.now()
    for one in list_responses(journal, key):
        if isinstance(one, Response) and one.kept_status is ResponseStatus.IN_PROGRESS:
            return one.day if one.status(now) is ResponseStatus.STOPPED else None
    return None


def _days(journal: Journal, key: str) -> list[date]:
    keys = _ALIKE if key in _ALIKE else frozenset({key})
    return [
        one.day
        for one in list_responses(journal)
        if isinstance(one, Response) and one.draft.questionnaire in keys and one.kept_status is ResponseStatus.COMPLETED
    ]
