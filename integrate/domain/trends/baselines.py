"""Questionnaires since their baseline: one rule for what the baseline is, and the distance from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from integrate.domain.trends.numbers import number_words
from integrate.i18n import _


@dataclass(frozen=True, slots=True)
class ScoredResponse:
    """A filled-in questionnaire with its total. ``day`` is an ordinal, ``instant`` microseconds since 1970 in UTC.

    Both are of the time it is about. ``total`` is None unless it is complete: ``answered`` of ``of`` items that count
    have an answer.
    """

    response_id: UUID
    day: int
    instant: int
    total: int | None
    answered: int
    of: int


@dataclass(frozen=True, slots=True)
class QuestionnaireChange:
    """From the baseline to the latest complete response. ``points`` is the latest total minus that of the baseline.

    ``percent`` is the same as a part of the baseline's total, in percent; None where that total is 0, since nothing is
    divided by 0.
    """

    baseline: ScoredResponse
    latest: ScoredResponse
    points: int
    percent: float | None


def complete_in_order(responses: Iterable[ScoredResponse]) -> tuple[ScoredResponse, ...]:
    """Those that have a total, in order of the time they are about."""
    complete = (one for one in responses if one.total is not None)
    return tuple(sorted(complete, key=lambda one: (one.day, one.instant, one.response_id.bytes)))


def baseline(
    responses: Iterable[ScoredResponse], first_session_day: int | None, chosen: UUID | None = None,
    *, started_us: int | None = None,
) -> ScoredResponse | None:  # fmt: skip
    """The one baseline: what the person chose, else the last complete response before session 1, else None.

    ``responses`` are of one questionnaire, in any order. One that was chosen and has no total (any more) is as if none
    was chosen. Before session 1 are the days before its day and, where its start ``started_us`` is known, whatever of
    that day is about an instant before it.
    """
    complete = complete_in_order(responses)
    by_choice = next((one for one in complete if one.response_id == chosen), None)
    if by_choice is not None or first_session_day is None:
        return by_choice
    earlier = [one for one in complete if _is_before(one, first_session_day, started_us)]
    return earlier[-1] if earlier else None


def _is_before(response: ScoredResponse, day: int, started_us: int | None) -> bool:
    if response.day == day and started_us is not None:
        return response.instant < started_us
    return response.day < day


def questionnaire_change(
    responses: Iterable[ScoredResponse], since: ScoredResponse | None
) -> QuestionnaireChange | None:
    """The change from the baseline ``since`` to the latest complete response; None without a later one."""
    if since is None or since.total is None:
        return None
    complete = complete_in_order(responses)
    latest = complete[-1] if complete else None
    if latest is None or latest.total is None or (latest.day, latest.instant) <= (since.day, since.instant):
        return None
    points = latest.total - since.total
    percent = points / since.total * 100 if since.total else None
    return QuestionnaireChange(since, latest, points, percent)


def percent_words(percent: float | None) -> str:
    """A change in percent with at most one decimal, such as "−44.4 %"; "n/a" where there is none."""
    if percent is None:
        return _("n/a")
    return _("{number} %").format(number=number_words(percent, 1))
