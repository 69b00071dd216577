"""Responses: one filled-in questionnaire each. A total is there only where every item that counts was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from integrate.domain.times import ZonedTime

EXPIRES_AFTER: Final = timedelta(hours=24)
"""A form that was begun so long ago would mix the answers of different days: it counts as stopped."""

DECLINED: Final = "asked-declined"
"""The answer "Prefer not to answer"; never a number."""


class ResponseStatus(StrEnum):
    """What became of a form, in the words of FHIR R4."""

    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class ResponseDraft:
    """The answers so far. ``answers`` maps the link id of an item to the code of the option chosen, or DECLINED.

    An item that is not in it was not answered; nothing stands for 0. ``about`` is the time it is about.
    """

    questionnaire: str  # the key of the data file, such as "phq-9"
    version: str  # of the data file
    digest: bytes  # SHA-256 of the questionnaire's text: what exactly was asked
    about: ZonedTime
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))


@dataclass(frozen=True, slots=True)
class Response:
    """A response in the journal. ``begun`` and ``finished`` are when it was really written."""

    id: UUID
    draft: ResponseDraft
    kept_status: ResponseStatus
    begun: ZonedTime
    finished: datetime | None
    updated: datetime
    revision: int = 1
    deleted: datetime | None = None

    @property
    def day(self) -> date:
        """The local day it is about."""
        return self.draft.about.local_date()

    def status(self, now: datetime) -> ResponseStatus:
        """What it is at ``now``: one left open for a day is stopped."""
        if self.kept_status is ResponseStatus.IN_PROGRESS and abs(now - self.begun.instant) >= EXPIRES_AFTER:
            return ResponseStatus.STOPPED
        return self.kept_status
