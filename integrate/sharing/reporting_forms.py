"""Questionnaires in a report: the item that asks about self-harm, charts with published bands, single answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Final

from integrate.charts.forms import FormBand, FormLine, FormPoint, responses_scene
from integrate.domain.form_schedule import PHQ_8
from integrate.domain.questionnaires import Item, Questionnaire
from integrate.domain.responses import DECLINED
from integrate.domain.scoring import asked_items, band_of
from integrate.domain.times import to_microseconds
from integrate.domain.trends import QuestionnaireChange, ScoredResponse, baseline, questionnaire_change
from integrate.domain.trends.tables import responses_table
from integrate.domain.trends.words import LOWER_MEANS_FEWER, responses_words
from integrate.i18n import N_, _
from integrate.sharing.packet import PacketForm, PacketResponse
from integrate.sharing.report import Block, Chart, Grid, Heading, Paragraph
from integrate.sharing.reporting_base import NOTHING, Telling, grid, joined, later_words, said, twin
from integrate.sharing.reporting_effects import effects_by_session
from integrate.sharing.writing_style import day_words, value_words

SIZE: Final = (320.0, 205.0)
"""Of a chart that stands beside another, in pixels: together they are as wide as the text of a page."""

_DATES_A_TABLE: Final = 5
_ITEM_9: Final = 9  # of PHQ-9, which PHQ-8 leaves out
_NOT_MONITORED: Final = N_("Self-report, not monitored, not a risk assessment.")


def scored(response: PacketResponse) -> ScoredResponse:
    """A response as the statistics take it."""
    about, score = response.response.draft.about, response.score
    day = response.response.day.toordinal()
    return ScoredResponse(
        response.response.id, day, to_microseconds(about.instant), score.total, score.answered, score.of
    )  # fmt: skip


# --- item 9 and side effects ------------------------------------------------------------------------------------------


def first_things(telling: Telling) -> Iterator[Block]:
    """What a therapist looks for first: the item that asks about self-harm, then side effects."""
    words = [line for form in telling.packet.forms for line in _about_harm(telling, form)]
    effects = effects_by_session(telling)
    if words:
        number = _("Item {number}").format(number=_harm_number(telling.packet.forms))
        yield Heading(said(_("{item} and side effects").format(item=number) if effects else number))
    elif effects:
        yield Heading(said(_("Side effects")))
    for line in (*words, effects):
        if line:
            yield Paragraph((said(line),))


def _harm_number(forms: Sequence[PacketForm]) -> int:
    """The number of the item that asks about self-harm, also where the form in use leaves it out."""
    items = (enumerate(form.questionnaire.items, start=1) for form in forms)
    return next((number for form in items for number, item in form if item.harm), _ITEM_9)


def _about_harm(telling: Telling, form: PacketForm) -> Iterator[str]:
    asked = form.questionnaire
    if asked.key == PHQ_8:
        yield _("{questionnaire} does not ask about thoughts of suicide.").format(questionnaire=asked.title)
    for number, item in enumerate(asked.items, start=1):
        if not item.harm:
            continue
        name = _("{questionnaire} item {number}").format(questionnaire=asked.title, number=number)
        if not telling.packet.selection.item_answers:
            yield _("{item}: not included. The answers to single items were not included.").format(item=name)
        else:
            yield " ".join((_dated(name, item, form), _(_NOT_MONITORED), _by_choice(telling)))


def _dated(name: str, item: Item, form: PacketForm) -> str:
    """As in "PHQ-9 item 9 (0–3): Thu 2026-07-23: 1; Thu 2026-09-03: 0 (last asked)."."""
    ordinals = [option.ordinal for option in item.options if option.ordinal is not None]
    answers = [
        _("{day}: {answer}").format(day=day_words(one.response.day), answer=_short(form, item, one))
        for one in form.responses
    ]
    if answers:
        answers[-1] = _("{answer} (last asked)").format(answer=answers[-1])
    return _("{item} ({lowest}–{highest}): {answers}.").format(
        item=name, lowest=min(ordinals, default=0), highest=max(ordinals, default=0), answers="; ".join(answers)
    )


def _by_choice(telling: Telling) -> str:
    author = telling.packet.author.strip()
    if author:
        return _("{name} chose to include it.").format(name=author)
    return _("The patient chose to include it.")


def _short(form: PacketForm, asked: Item, one: PacketResponse) -> str:
    """An answer to an item in short, whose options are those it was asked with at that time."""
    item, answers = form.asked_in(one).item(asked.link_id) or asked, one.response.draft.answers
    option = item.option(answers.get(item.link_id))
    if option is None:
        return _not_given(item, answers)
    return option.text if option.ordinal is None else value_words(option.ordinal)


def _not_given(item: Item, answers: Mapping[str, str]) -> str:
    return _("prefers not to answer") if answers.get(item.link_id) == DECLINED else _("no answer")


# --- charts -----------------------------------------------------------------------------------------------------------


def change_of(telling: Telling, form: PacketForm) -> QuestionnaireChange | None:
    """From its baseline to the latest total, by the one rule there is for baselines; None where nothing came later.

    A baseline of other days than the chosen ones is not in the packet, and no other response stands in for it.
    """
    if form.baseline_elsewhere:
        return None
    responses, first = [scored(one) for one in form.responses], telling.first
    since = baseline(
        responses, None if first is None else first.day, form.baseline,
        started_us=None if first is None else first.started_us,
    )  # fmt: skip
    return questionnaire_change(responses, since)


def form_charts(telling: Telling) -> Iterator[Chart]:
    """A chart for each questionnaire with two totals or more: of a single one a sentence tells as much."""
    return (_chart(telling, form) for form in _drawn(telling))


def form_notes(telling: Telling) -> Iterator[Block]:
    """What the bands are, and what is to be known of the dates."""
    drawn = _drawn(telling)
    lacking = [form.questionnaire.title for form in telling.packet.forms if not _totals(form)]
    for form in telling.packet.forms:
        if len(_totals(form)) == 1:
            yield Paragraph((said(_single(form)),))
    if lacking:
        yield Paragraph((said(_("No complete answers, and so no total: {names}.").format(names=joined(lacking))),))
    for words in _notes(telling, drawn):
        yield Paragraph((said(words),), note=True)


def _drawn(telling: Telling) -> list[PacketForm]:
    return [form for form in telling.packet.forms if len(_totals(form)) > 1]


def _totals(form: PacketForm) -> list[PacketResponse]:
    return [one for one in form.responses if one.score.total is not None]


def _single(form: PacketForm) -> str:
    """As in "PCL-5, 0 to 80: 27 on Tue 2026-08-18."."""
    (only,), (lowest, highest) = _totals(form), form.questionnaire.total_range
    return _("{name}, {lowest} to {highest}: {total} on {day}.").format(
        name=form.questionnaire.title, lowest=lowest, highest=highest, total=only.score.total,
        day=day_words(only.response.day),
    )  # fmt: skip


def _chart(telling: Telling, form: PacketForm) -> Chart:
    asked, (first, last) = form.questionnaire, telling.span
    lowest, highest = asked.total_range
    responses = [scored(one) for one in form.responses]
    points = tuple(FormPoint(one.day, one.total) for one in responses if one.total is not None)
    line = FormLine(
        asked.title, lowest, highest, points, tuple(FormBand(one.lowest, one.highest, one.words) for one in asked.bands)
    )
    scene = responses_scene(
        SIZE, telling.style.chart, (first, last), line, telling.marks,
        title=asked.title, summary=responses_words(asked.title, responses, first, last, format_day=day_words),
    )  # fmt: skip
    title = _("{name}, {lowest} to {highest}").format(name=asked.title, lowest=lowest, highest=highest)
    table = responses_table(
        asked.title, responses, partial(_band_words, asked) if asked.bands else None, format_day=day_words
    )
    return Chart(title, scene, twin(title, table), half=True)


def _band_words(asked: Questionnaire, total: int) -> str:
    band = band_of(asked, total)
    return "" if band is None else band.words


def _notes(telling: Telling, drawn: Sequence[PacketForm]) -> Iterator[str]:
    sentences = []
    if telling.marks and drawn:
        sentences.append(_("Vertical lines are sessions."))
    cited = [form.questionnaire for form in drawn if form.questionnaire.bands]
    if cited:
        sources = "; ".join(
            _("{name}: {sources}").format(
                name=one.title, sources=joined(dict.fromkeys(band.citation for band in one.bands))
            )
            for one in cited
        )
        sentences.append(_("Bands are the published ranges ({sources}).").format(sources=sources))
    if drawn:
        sentences.append(_("Changes are described, not explained."))
        yield " ".join(sentences)
    fewer = joined(form.questionnaire.title for form in drawn if form.questionnaire.lower_means_fewer)
    if fewer:
        yield _("{names}: {sentence}.").format(names=fewer, sentence=_(LOWER_MEANS_FEWER))
    for form in telling.packet.forms:
        yield from _of_dates(form)


def _of_dates(form: PacketForm) -> Iterator[str]:
    """What a reader has to know of the dates of one questionnaire: windows that overlap, and what was added later."""
    asked, name = form.questionnaire, form.questionnaire.title
    days = [one.response.day for one in form.responses]
    near = [day for before, day in pairwise(days) if (day - before).days < asked.recall_days]
    if near:
        yield _("{name}: recall windows overlap with those of the time before on {days}.").format(
            name=name, days=joined(day_words(day) for day in near)
        )
    later = [
        one.response.day
        for one in form.responses
        if later_words(one.response.draft.about.instant, one.response.begun.instant)
    ]
    if later:
        yield _("{name}: added later, {days}.").format(name=name, days=joined(day_words(day) for day in later))


# --- single answers ---------------------------------------------------------------------------------------------------


def item_blocks(telling: Telling) -> Iterator[Block]:
    """Every answer to every item, where these are included: a row for each item, a column for each day."""
    if not telling.packet.selection.item_answers or not telling.packet.forms:
        return
    yield Heading(said(_("Answers to single items")))
    for form in telling.packet.forms:
        wordings: dict[bytes, tuple[Questionnaire, list[PacketResponse]]] = {}
        for one in form.responses:
            asked = form.asked_in(one)
            wordings.setdefault(asked.digest, (asked, []))[1].append(one)
        for asked, responses in wordings.values():
            yield from _wording(asked, responses)


def _wording(asked: Questionnaire, responses: Sequence[PacketResponse]) -> Iterator[Block]:
    """What was asked in one wording, and every answer to it."""
    yield Heading(said(asked.title), 2)
    above = dict.fromkeys((asked.instruction, *(item.stem for item in asked.items)))
    for text in above:
        if text:
            yield Paragraph((said(text),), note=True)
    count = len(responses)
    tables = -(-count // _DATES_A_TABLE)  # about as many dates in each
    for place in range(tables):
        yield _items(asked, responses[place * count // tables : (place + 1) * count // tables])


def _items(asked: Questionnaire, responses: Sequence[PacketResponse]) -> Grid:
    totals = (NOTHING if one.score.total is None else value_words(one.score.total) for one in responses)
    rows = [(said(_("Total")), *(said(total) for total in totals))]
    rows += [
        (
            said(_("{number}. {question}").format(number=number, question=item.text)),
            *(said(_answer(asked, item, one.response.draft.answers)) for one in responses),
        )
        for number, item in enumerate(asked.items, start=1)
    ]
    headings = (asked.title, *(_dated_heading(one) for one in responses))
    return grid(asked.title, headings, rows, (3.4 - 0.3 * len(responses), *(1.0,) * len(responses)))


def _dated_heading(one: PacketResponse) -> str:
    later = later_words(one.response.draft.about.instant, one.response.begun.instant)
    return joined((day_words(one.response.day), later))


def _answer(asked: Questionnaire, item: Item, answers: Mapping[str, str]) -> str:
    if item not in asked_items(asked, answers):
        return NOTHING
    option = item.option(answers.get(item.link_id))
    if option is None:
        return _not_given(item, answers)
    if option.ordinal is None:
        return option.text
    return _("{number}, {words}").format(number=option.ordinal, words=option.text)
