"""What the answers of one questionnaire add up to: a plain sum, or no total at all.

A total is there only where every item that counts was answered. Nothing is filled in for an item that is missing or
was declined, and no other number is made of the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from integrate.domain.questionnaires import Band, Item, Questionnaire
from integrate.domain.responses import DECLINED
from integrate.errors import WrongUsage
from integrate.i18n import _


@dataclass(frozen=True, slots=True)
class Score:
    """The sum of the items that count, or None. ``answered`` of ``of`` of them were answered.

    ``declined`` are the link ids of those where the person preferred not to answer.
    """

    total: int | None
    answered: int
    of: int
    declined: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every item that counts was answered."""
        return self.total is not None


def score(questionnaire: Questionnaire, answers: Mapping[str, str]) -> Score:
    """The score of ``answers`` (the code of an option, or DECLINED, by link id), in whatever order they come.

    An answer that is none of the options, or whose question is not asked with the others, counts as not answered.
    """
    answers, items = given_answers(questionnaire, answers), questionnaire.scored_items
    found = [value_of(item, answers) for item in items]
    given = [value for value in found if value is not None]
    total = sum(given) if items and len(given) == len(items) else None
    declined = tuple(item.link_id for item in items if answers.get(item.link_id) == DECLINED)
    return Score(total, len(given), len(items), declined)


def value_of(item: Item, answers: Mapping[str, str]) -> int | None:
    """What the answer to one item adds; None where there is none, where it was declined, or where nothing is added."""
    option = item.option(answers.get(item.link_id))
    return None if option is None else option.ordinal


def asked_items(questionnaire: Questionnaire, answers: Mapping[str, str]) -> tuple[Item, ...]:
    """The items to ask with these answers so far: one that rests on another answer only once that was given."""
    return tuple(
        item
        for item in questionnaire.items
        if not item.only_if or any(answers.get(link_id) == code for link_id, code in item.only_if)
    )


def given_answers(questionnaire: Questionnaire, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers to what is asked, in the order of the items: those that are shown, added and handed on.

    An answer to an item that rests on another is none while that other does not call for it. While a form is open it
    may still be kept with the rest, so that somebody who goes back and forth between two answers finds it again.
    """
    return {
        item.link_id: answers[item.link_id] for item in asked_items(questionnaire, answers) if item.link_id in answers
    }


def check_answers(questionnaire: Questionnaire, answers: Mapping[str, str]) -> None:
    """See to it that every answer is one that the questionnaire offers.

    Raises:
        WrongUsage: there is no such item or option, or an item is declined that does not offer it.
    """
    for link_id, code in answers.items():
        item = questionnaire.item(link_id)
        if item is None or (item.option(code) is None and not (code == DECLINED and item.may_decline)):
            raise WrongUsage(reason=_("One of these answers does not belong to this questionnaire."))


def needs_support(questionnaire: Questionnaire, answers: Mapping[str, str]) -> bool:
    """Whether the support card follows: an item about harm was answered above 0. It is a signal, not an assessment."""
    given = given_answers(questionnaire, answers)
    return any((value_of(item, given) or 0) > 0 for item in questionnaire.items if item.harm)


def has_help_at_foot(questionnaire: Questionnaire) -> bool:
    """Whether the way to Help now stands at the foot of the form, whatever is answered."""
    return any(item.near_harm or item.harm for item in questionnaire.items)


def band_of(questionnaire: Questionnaire, total: int) -> Band | None:
    """The published range ``total`` lies in, or None where none was published."""
    return next((band for band in questionnaire.bands if band.lowest <= total <= band.highest), None)
