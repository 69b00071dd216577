"""Check-ins, side effects and vital signs in FHIR: one Observation for each answer, as it was given.

Nothing stands for "no answer", and no number is compared with any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from integrate.domain.check_ins import Answer, CheckIn
from integrate.domain.logs import ALL_EFFECTS, EffectLine
from integrate.domain.measures import Definition, MeasureKind
from integrate.domain.moments import STRENGTH_WORDS, By, Mark, Moment, MomentKind, Strength
from integrate.domain.questionnaires import OWN
from integrate.domain.sharing import Section
from integrate.domain.trends import effect_name
from integrate.domain.trends.words import session_words
from integrate.i18n import _
from integrate.sharing.fhir_base import (
    CATEGORIES,
    LOINC,
    Filing,
    Json,
    at_zone,
    coding,
    concept,
    number,
    quantity,
    resource,
    when,
)
from integrate.sharing.packet import PacketSession
from integrate.sharing.reporting_base import joined
from integrate.sharing.writing_style import time_words, value_words

MEASURES: Final = OWN + "measures"
"""The code system of measures that ship; one of a person's own has an id that no other file has."""
EFFECTS: Final = OWN + "side-effects"
STRENGTHS: Final = OWN + "strength"
NOTES: Final = OWN + "notes"

_HEART_RATE: Final = "8867-4"
_PRESSURE: Final = "85354-9"
_PRESSURES: Final = MappingProxyType({"systolic": "8480-6", "diastolic": "8462-4"})


def check_in_observations(filing: Filing) -> Iterator[Json]:
    """Every answer of every check-in that was given, and the notes beside them."""
    keys = {one.measure.id: one.measure.key for one in filing.packet.measures}
    for check_in in filing.packet.check_ins:
        filing.stop.check()
        for answer in check_in.draft.answers:
            definition = filing.packet.definitions.get((answer.measure_id, answer.version))
            if definition is None or not answer.is_given:
                continue
            value = _value(answer, definition)
            if value:
                key = keys.get(answer.measure_id) or filing.url("measure", answer.measure_id)
                yield _of_check_in(
                    filing, check_in, str(answer.measure_id), code=concept(definition.name, MEASURES, key),
                    note=[{"text": _meaning(definition)}], **value,
                )  # fmt: skip
        if check_in.draft.note.strip():
            about = concept(_("Note of a check-in"), NOTES, "check-in")
            yield _of_check_in(filing, check_in, "note", code=about, valueString=check_in.draft.note)


def _of_check_in(filing: Filing, check_in: CheckIn, key: str, **fields: object) -> Json:
    written = check_in.written
    return resource(
        "Observation",
        filing.url("check-in", f"{check_in.id} {key}"),
        status="final",
        category=[{"coding": [coding(CATEGORIES, "survey")]}],
        subject=filing.patient,
        effectiveDateTime=when(check_in.draft.about),
        issued=at_zone(written.instant, written.zone),
        performer=[filing.patient],
        **fields,
    )


def _value(answer: Answer, definition: Definition) -> Json:
    if definition.kind is MeasureKind.WORDS or answer.value is None:
        chosen = joined(answer.words)
        return {"valueString": chosen} if chosen.strip() else {}
    if definition.step == 1 and not definition.unit and answer.value.is_integer():
        return {"valueInteger": number(answer.value)}
    return {"valueQuantity": quantity(answer.value, definition.unit)}


def _meaning(definition: Definition) -> str:
    """What its numbers mean, beside each of them: the words may change from one answer to the next."""
    if definition.kind is MeasureKind.WORDS:
        return _("Up to three words, chosen from a list.")
    lowest, highest = (value_words(value) for value in definition.spans)
    low, high = definition.low.strip(), definition.high.strip()
    if low and high:
        # Translators: what the numbers of a measure mean: "From 0 (very low) to 10 (very good)."
        return _("From {lowest} ({low}) to {highest} ({high}).").format(
            lowest=lowest, low=low, highest=highest, high=high
        )
    return _("From {lowest} to {highest}.").format(lowest=lowest, highest=highest)


def session_observations(filing: Filing) -> Iterator[Json]:
    """Side effects in and after sessions, and readings where these were chosen."""
    sections = filing.packet.selection.sections
    for one in filing.packet.sessions:
        filing.stop.check()
        for moment in one.moments:
            if moment.mark.kind is MomentKind.EFFECT and Section.SESSIONS in sections:
                yield from _marked_effect(filing, one, moment)
            elif moment.mark.kind is MomentKind.VITALS and Section.VITALS in sections:
                yield from _readings(filing, one, moment)
        if one.effects is not None and Section.SESSIONS in sections:
            for place, line in enumerate(one.effects.lines):
                yield _logged_effect(filing, one, line, place)


def _marked_effect(filing: Filing, one: PacketSession, moment: Moment) -> Iterator[Json]:
    mark = moment.mark
    if mark.strength is not None:
        yield _marked(
            filing, one, moment, "effect", code=_effect(mark.effect), valueCodeableConcept=_strength(mark.strength)
        )


def _logged_effect(filing: Filing, one: PacketSession, line: EffectLine, place: int) -> Json:
    day = one.session.day
    times = (
        _("began {time}").format(time=time_words(line.began)) if line.began else "",
        _("gone by {end}").format(end=time_words(line.ended)) if line.ended else "",
        _("told: {names}").format(names=line.told) if line.told.strip() else "",
        line.reading,
    )
    return resource(
        "Observation",
        filing.url("effect", f"{one.session.id} {place}"),
        status="final",
        category=[{"coding": [coding(CATEGORIES, "survey")]}],
        code=_effect(line.effect),
        subject=filing.patient,
        effectiveDateTime="" if day is None else day.isoformat(),
        performer=[filing.patient],
        valueCodeableConcept=_strength(line.strength),
        note=_notes(session_words(one.session.ref), joined(part for part in times if part.strip())),
    )


def _readings(filing: Filing, one: PacketSession, moment: Moment) -> Iterator[Json]:
    mark = moment.mark
    category = [{"coding": [coding(CATEGORIES, "vital-signs")]}]
    if mark.pulse is not None:
        yield _marked(
            filing, one, moment, "pulse", category=category, code=concept(_("Heart rate"), LOINC, _HEART_RATE),
            valueQuantity=quantity(mark.pulse, "/min", "/min"),
        )  # fmt: skip
    if mark.systolic is not None and mark.diastolic is not None:
        yield _marked(
            filing, one, moment, "pressure", category=category, code=concept(_("Blood pressure"), LOINC, _PRESSURE),
            component=list(_components(mark)),
        )  # fmt: skip


def _components(mark: Mark) -> Iterator[Json]:
    found: Mapping[str, int | None] = {"systolic": mark.systolic, "diastolic": mark.diastolic}
    names = {"systolic": _("Systolic blood pressure"), "diastolic": _("Diastolic blood pressure")}
    for part, value in found.items():
        if value is not None:
            code = concept(names[part], LOINC, _PRESSURES[part])
            yield {"code": code, "valueQuantity": quantity(value, "mmHg", "mm[Hg]")}


def _marked(filing: Filing, one: PacketSession, moment: Moment, key: str, **fields: object) -> Json:
    mark = moment.mark
    made: Json = {
        "category": [{"coding": [coding(CATEGORIES, "survey")]}],
        "status": "final",
        "subject": filing.patient,
        "effectiveDateTime": when(mark.at),
        "issued": at_zone(moment.created, mark.at.zone),
        "performer": [{"display": _("Sitter")} if mark.by is By.SITTER else filing.patient],
        "note": _notes(session_words(one.session.ref), mark.words),
    }
    return resource("Observation", filing.url("moment", f"{moment.id} {key}"), **{**made, **fields})


def _notes(*texts: str) -> list[Json]:
    return [{"text": text} for text in texts if text.strip()]


def _effect(effect: str) -> Json:
    """A side effect: with a code where it ships, else in the words that were typed."""
    return concept(effect_name(effect), EFFECTS, effect if effect in ALL_EFFECTS else "")


def _strength(strength: Strength) -> Json:
    return concept(_(STRENGTH_WORDS[strength]), STRENGTHS, strength.value)
