"""Questionnaires and check-ins of a packet: a series is whole or absent, answers to single items only if chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final
from uuid import UUID

from integrate.domain.check_ins import CheckIn
from integrate.domain.listing import Stop
from integrate.domain.measures import Definition, Measure
from integrate.domain.sharing import Section, Selection
from integrate.journal.baselines import chosen_baselines
from integrate.journal.measures import definitions, list_measures
from integrate.journal.opening import Journal
from integrate.journal.responses import FinishedResponse
from integrate.journal.shareable import shareable_check_ins, shareable_responses, shareable_series
from integrate.sharing.packet import PacketForm, PacketMeasure, PacketResponse

_MOOD: Final = "mood"  # the key of the measure


def chosen_forms(journal: Journal, selection: Selection) -> tuple[tuple[PacketForm, ...], int]:
    """Questionnaires of the chosen days, and how many responses could not be read.

    Raises:
        DatabaseDamaged.
    """
    if Section.QUESTIONNAIRES not in selection.sections:
        return (), 0
    found = shareable_responses(journal)
    groups: dict[tuple[str, tuple[int, int]], list[FinishedResponse]] = {}
    of_these_days = [one for one in found.values if selection.holds_day(one.response.day)]
    for one in of_these_days:
        groups.setdefault((one.questionnaire.key, one.questionnaire.total_range), []).append(one)
    chosen = chosen_baselines(journal)
    elsewhere = {
        one.response.id
        for one in found.values
        if one.score.total is not None and not selection.holds_day(one.response.day)
    }
    forms = (_form(group, chosen.get(key), elsewhere, selection) for (key, _range), group in groups.items())
    return tuple(forms), found.unreadable


def _form(
    group: Iterable[FinishedResponse], chosen: UUID | None, elsewhere: set[UUID], selection: Selection
) -> PacketForm:
    ordered = tuple(group)
    responses = tuple(
        _response(one) if selection.item_answers is True else _without_items(one) for one in ordered
    )  # fmt: skip
    baseline = chosen if any(one.response.id == chosen for one in ordered) else None
    newest = ordered[-1].questionnaire
    asked = {one.questionnaire.digest: one.questionnaire for one in ordered}
    others = tuple(one for digest, one in asked.items() if digest != newest.digest)
    return PacketForm(newest, responses, baseline, others, chosen in elsewhere)


def _response(one: FinishedResponse) -> PacketResponse:
    return PacketResponse(one.response, one.score)


def _without_items(one: FinishedResponse) -> PacketResponse:
    """The total alone: which items were answered, declined or left out is in the answers, and they are not here."""
    draft = replace(one.response.draft, answers={})
    return PacketResponse(replace(one.response, draft=draft), replace(one.score, declined=()))


@dataclass(frozen=True, slots=True)
class ChosenMeasures:
    """Check-ins as they were chosen, the earliest first. ``left_out`` are the names of what was left out whole.

    ``without_mood``: mood is among them.
    """

    measures: tuple[PacketMeasure, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    definitions: Mapping[tuple[UUID, int], Definition] = field(default_factory=lambda: MappingProxyType({}))
    left_out: tuple[str, ...] = ()
    unreadable: int = 0
    without_mood: bool = False


def chosen_measures(journal: Journal, selection: Selection, stop: Stop) -> ChosenMeasures:
    """Every measure but those left out, with all of its numbers of the chosen days.

    What was answered to a measure in Recently deleted is not there.

    Raises:
        Stopped, DatabaseDamaged.
    """
    if Section.MOOD not in selection.sections:
        return ChosenMeasures()
    listed = list_measures(journal, all=True)
    known = [one for one in listed if isinstance(one, Measure)]
    kept = {one.id for one in known} - selection.left_out
    numbers = shareable_series(journal, selection.first_day, selection.last_day, stop)
    found = shareable_check_ins(journal, selection.first_day, selection.last_day, stop=stop)
    check_ins = [one for whole in found.values if (one := _only(whole, kept)) is not None]
    check_ins.sort(key=lambda one: (one.draft.about.instant, one.id.bytes))
    answered = {answer.measure_id for one in check_ins for answer in one.draft.answers if answer.is_given}
    measures = tuple(
        PacketMeasure(measure, tuple(one for one in numbers.series if one.measure_id == measure.id))
        for measure in known
        if measure.id in kept and measure.id in answered
    )
    used = {(answer.measure_id, answer.version) for one in check_ins for answer in one.draft.answers}
    meanings = {key: meaning for key, meaning in definitions(journal).items() if key in used}
    names = tuple(one.name for one in known if one.id in selection.left_out)
    unreadable = max(numbers.unreadable, found.unreadable) + len(listed) - len(known)
    without_mood = any(one.key == _MOOD and one.id in selection.left_out for one in known)
    return ChosenMeasures(measures, tuple(check_ins), MappingProxyType(meanings), names, unreadable, without_mood)


def _only(check_in: CheckIn, kept: set[UUID]) -> CheckIn | None:
    """A check-in without the answers to other measures; None where nothing is left of it."""
    draft = check_in.draft
    answers = tuple(answer for answer in draft.answers if answer.measure_id in kept)
    if not draft.note.strip() and not any(answer.is_given for answer in answers):
        return None
    return check_in if len(answers) == len(draft.answers) else replace(check_in, draft=replace(draft, answers=answers))
