"""What is said about questionnaires in several places: how long one takes, what it came to, when that was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale

from integrate.domain.responses import ResponseStatus
from integrate.domain.support_words import LOWER_MEANS_FEWER
from integrate.i18n import _, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from integrate.domain.questionnaires import Questionnaire
    from integrate.domain.responses import Response
    from integrate.domain.scoring import Score

_A_MINUTE: Final = 3
"""Questions that are answered in about a minute."""


def question_words(number: int) -> str:
    """What tells the answers of one question from those of the others, for a screen reader."""
    return _("question {number}").format(number=number)


def minutes_words(questionnaire: Questionnaire) -> str:
    """About how long it takes."""
    minutes = max(round(len(questionnaire.items) / _A_MINUTE), 1)
    return ngettext("About {count} minute.", "About {count} minutes.", minutes).format(count=minutes)


def total_words(questionnaire: Questionnaire, score: Score) -> str:
    """What it came to, and which way the numbers go; no more than that. Without a total, that there is none."""
    if score.total is None:
        return _("Without an answer to every question there is no total.")
    _lowest, highest = questionnaire.total_range
    words = _("Total {total} of {highest}.").format(total=score.total, highest=highest)
    return f"{words} {_(LOWER_MEANS_FEWER)}." if questionnaire.lower_means_fewer else words


def short_total(questionnaire: Questionnaire, score: Score) -> str:
    """What it came to, for a line in a list."""
    if score.total is None:
        return _("no total")
    return _("{total} of {highest}").format(total=score.total, highest=questionnaire.total_range[1])


def status_words(response: Response, now: datetime) -> str:
    """What became of a form; "" for one that was finished, which needs no words."""
    match response.status(now):
        case ResponseStatus.IN_PROGRESS:
            return _("begun, not finished")
        case ResponseStatus.STOPPED:
            return _("stopped")
        case _:
            return ""


def write_day(day: date) -> str:
    """A day with its year."""
    return QLocale().toString(QDate(day.year, day.month, day.day), _("d MMMM yyyy"))
