"""Questionnaires in FHIR: what was asked, what was answered, and what it adds up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from integrate.domain.questionnaires import ORDINAL, OWN, Item, Option, Questionnaire
from integrate.domain.responses import DECLINED
from integrate.domain.scoring import asked_items
from integrate.i18n import N_, _
from integrate.sharing.fhir_base import (
    CATEGORIES,
    Filing,
    Json,
    at_zone,
    coding,
    concept,
    quantity,
    reference,
    resource,
    uri,
    when,
)
from integrate.sharing.packet import Packet, PacketForm, PacketResponse

ABSENT: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
ABOUT: Final = OWN + "about"
"""The extension of a response with the time it is about, where ``authored`` is when it was really written."""
SCORED: Final = OWN + "scored"
"""The extension of an item that does not count for the total."""
TOTAL: Final = OWN + "total"
"""The extension of a questionnaire with the code of its total."""

_NOT_ANSWERED: Final = "unknown"
_METHOD: Final = N_("A plain sum. It is there only where every item that counts was answered.")


def wordings(packet: Packet) -> tuple[Questionnaire, ...]:
    """Every text that a response of the packet was asked with, each once."""
    found = {
        asked.digest: asked
        for form in packet.forms
        for one in form.responses
        if (asked := wording_of(form, one)) is not None
    }
    return tuple(found.values())


def wording_of(form: PacketForm, one: PacketResponse) -> Questionnaire | None:
    """The very text a response was asked with, or None where it is not in the packet."""
    known = (form.questionnaire, *form.wordings)
    return next((asked for asked in known if asked.digest == one.response.draft.digest), None)


class Forms:
    """The questionnaires of one packet as resources."""

    def __init__(self, filing: Filing) -> None:
        self._filing = filing
        self._asked = wordings(filing.packet)
        self._named = Counter((asked.url, asked.version) for asked in self._asked)

    def questionnaires(self) -> Iterator[Json]:
        """What was asked, item by item, with the notice of those who wrote it."""
        for asked in self._asked:
            self._filing.stop.check()
            yield resource(
                "Questionnaire",
                self._filing.url("questionnaire", asked.digest.hex()),
                extension=[{"url": TOTAL, "valueCoding": coding(asked.total.system, asked.total.code)}],
                url=uri(asked.url),
                version=self._version(asked),
                title=asked.title,
                status="active",
                subjectType=["Patient"],
                publisher=asked.publisher,
                description=asked.description,
                copyright=asked.notice,
                code=[coding(asked.panel.system, asked.panel.code)] if asked.panel else [],
                item=[
                    *_instruction(asked),
                    *_grouped(((item, _question(asked, item)) for item in asked.items), type="group"),
                ],
            )

    def responses(self) -> Iterator[Json]:
        """What was answered; nothing where the answers to single items were not chosen."""
        if self._filing.packet.selection.item_answers is not True:
            return
        for form, one in self._all():
            asked = wording_of(form, one)
            if asked is not None:
                yield self._response(asked, one)

    def totals(self) -> Iterator[Json]:
        """An Observation for each total there is. It is not interpreted."""
        with_items = self._filing.packet.selection.item_answers is True
        for form, one in self._all():
            if one.score.total is None:
                continue
            asked = wording_of(form, one)
            code = (asked or form.questionnaire).total
            written = one.response.finished or one.response.updated
            has_response = with_items and asked is not None
            yield resource(
                "Observation",
                self._filing.url("total", one.response.id),
                status="final",
                category=[{"coding": [coding(CATEGORIES, "survey")]}],
                code=concept(
                    _("{questionnaire} total").format(questionnaire=form.questionnaire.title), code.system, code.code
                ),
                subject=self._filing.patient,
                effectiveDateTime=when(one.response.draft.about),
                issued=at_zone(written, one.response.begun.zone),
                performer=[self._filing.patient],
                valueQuantity=quantity(one.score.total, "{score}", "{score}"),
                method={"text": _(_METHOD)},
                derivedFrom=[reference(self._filing.url("response", one.response.id))] if has_response else [],
            )

    def _all(self) -> Iterator[tuple[PacketForm, PacketResponse]]:
        for form in self._filing.packet.forms:
            for one in form.responses:
                self._filing.stop.check()
                yield form, one

    def _version(self, asked: Questionnaire) -> str:
        """Its version; with a part of its digest where two texts go by the same one."""
        if self._named[asked.url, asked.version] == 1:
            return asked.version
        return f"{asked.version}-{asked.digest.hex()[:12]}"

    def _response(self, asked: Questionnaire, one: PacketResponse) -> Json:
        response, answers = one.response, one.response.draft.answers

        return resource(
            "QuestionnaireResponse",
            self._filing.url("response", response.id),
            extension=[{"url": ABOUT, "valueDateTime": when(response.draft.about)}],
            questionnaire=f"{uri(asked.url)}|{uri(self._version(asked))}",
            status=response.kept_status.value,
            subject=self._filing.patient,
            authored=at_zone(response.finished or response.updated, response.begun.zone),
            author=self._filing.patient,
            source=self._filing.patient,
            item=_grouped((item, _answer(item, answers)) for item in asked_items(asked, answers)),
        )


def _instruction(asked: Questionnaire) -> Iterator[Json]:
    """The sentences above the form, under a link id that no question has."""
    if asked.instruction:
        taken = {name for item in asked.items for name in (item.link_id, item.group)}
        name = "instruction"
        while name in taken:
            name += "-"
        yield {"linkId": name, "text": asked.instruction, "type": "display"}


def _grouped(items: Iterable[tuple[Item, Json]], **extra: str) -> list[Json]:
    """The items in their groups, in the order they are asked in; each group has ``extra`` as well."""
    found: list[Json] = []
    for (group, stem), some in groupby(items, key=lambda pair: (pair[0].group, pair[0].stem)):
        inside = [made for _item, made in some]
        found += [{"linkId": group, "text": stem, **extra, "item": inside}] if group else inside
    return found


def _question(asked: Questionnaire, item: Item) -> Json:
    made: Json = {
        "extension": [] if item.scored else [{"url": SCORED, "valueBoolean": False}],
        "linkId": item.link_id,
        "code": [coding(item.code.system, item.code.code)] if item.code else [],
        "text": item.text,
        "type": "choice",
        "enableWhen": list(_conditions(asked, item)),
        "enableBehavior": "any" if len(item.only_if) > 1 else "",
        "required": item.required,
        "answerOption": [{"valueCoding": _option(option)} for option in item.options],
    }
    return made


def _conditions(asked: Questionnaire, item: Item) -> Iterator[Json]:
    for link_id, code in item.only_if:
        other = asked.item(link_id)
        option = None if other is None else other.option(code)
        if option is not None:
            yield {"question": link_id, "operator": "=", "answerCoding": coding(option.system, option.code)}


def _option(option: Option) -> Json:
    """An answer to choose, with what it adds to the total."""
    made = coding(option.system, option.code, option.text)
    if option.ordinal is not None:
        made["extension"] = [{"url": ORDINAL, "valueDecimal": option.ordinal}]
    return made


def _answer(item: Item, answers: Mapping[str, str]) -> Json:
    """An item as it was answered. Where it was not, it says why, and nothing stands for 0."""
    made: Json = {"linkId": item.link_id, "text": item.text}
    option = item.option(answers.get(item.link_id))
    if option is not None:
        made["answer"] = [{"valueCoding": _option(option)}]
    else:
        declined = answers.get(item.link_id) == DECLINED
        made["extension"] = [{"url": ABSENT, "valueCode": DECLINED if declined else _NOT_ANSWERED}]
    return made
