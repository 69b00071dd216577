"""The pages of a Markdown folder beside the entries: check-ins, sessions, questionnaires, threads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final
from uuid import UUID

from integrate.domain.check_ins import CheckIn
from integrate.domain.measures import Definition, MeasureKind
from integrate.domain.moments import By, Moment, MomentKind
from integrate.domain.practices import REPLY_WORDS, cadence_words
from integrate.domain.responses import DECLINED
from integrate.domain.sessions import ROUTE_WORDS, SETTING_WORDS, LineKind
from integrate.domain.threads import Insight
from integrate.domain.trends.words import session_words
from integrate.i18n import N_, _
from integrate.sharing.packet import PacketForm, PacketPractice, PacketResponse, PacketSession
from integrate.sharing.reporting_base import Telling, joined
from integrate.sharing.reporting_effects import effects_words
from integrate.sharing.reporting_sessions import STATE_WORDS, THREAD_WORDS
from integrate.sharing.telling_files import asked_in, insights_of, lines_of, moments_of, practices_of
from integrate.sharing.writing_style import day_words, time_words, value_words

LINE_WORDS: Final = MappingProxyType(
    {
        LineKind.INTENTION: N_("Intention"),
        LineKind.FOR_PRESCRIBER: N_("Question for my prescriber"),
        LineKind.FOR_THERAPIST: N_("Question for my therapist"),
        LineKind.TALK: N_("What I want to talk about"),
        LineKind.AGREED: N_("What we agreed"),
    }
)
_SIGNS: Final = re.compile(r"([\\`*_{}\[\]<>#|~&$^])")
_AT_THE_START: Final = re.compile(r"^(\d+(?=[.)])|)([-+=.):!])")
"""What begins a list, a line or a picture where it is the first of a line."""
_NO_LINES: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def escaped(text: str) -> str:
    """A text on one line in which no sign means anything to Markdown."""
    line = _NO_LINES.sub(" ", text).strip()
    return _AT_THE_START.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", line))


def check_in_page(telling: Telling) -> str:
    """Every check-in by its day, and what each number means. "" where there is none."""
    packet = telling.packet
    if not packet.check_ins:
        return ""
    known = dict(packet.definitions)
    meanings = dict.fromkeys(
        known[key] for one in packet.check_ins for answer in one.draft.answers
        if (key := (answer.measure_id, answer.version)) in known
    )  # fmt: skip
    parts = [f"# {_('Check-ins')}", _items(_meaning(one) for one in meanings)]
    for one in packet.check_ins:
        telling.stop.check()
        local = one.draft.about.local()
        parts.append(f"## {day_words(local.date())}, {time_words(local.time())}")
        parts.append(_items(_answers(one, known)))
    return _page(parts)


def _meaning(one: Definition) -> str:
    if one.kind is MeasureKind.WORDS:
        return _("{name}: up to three words").format(name=escaped(one.name))
    lowest, highest = (value_words(value) for value in one.spans)
    ends = " – ".join(f"{value} {escaped(words)}".strip() for value, words in ((lowest, one.low), (highest, one.high)))
    return f"{escaped(one.name)}: {ends} {escaped(one.unit)}".rstrip()


def _answers(check_in: CheckIn, known: Mapping[tuple[UUID, int], Definition]) -> Iterator[str]:
    for answer in check_in.draft.answers:
        meant = known.get((answer.measure_id, answer.version))
        name = _("A measure") if meant is None else escaped(meant.name)
        if answer.value is not None:
            yield f"{name}: {value_words(answer.value)}"
        else:
            yield f"{name}: {escaped(joined(answer.words)) or _('no answer')}"
    if check_in.draft.note.strip():
        yield escaped(check_in.draft.note)


def session_page(telling: Telling) -> str:
    """Every session with what was written for it and marked in it. "" where nothing is told of sessions."""
    packet = telling.packet
    if not telling.tells_sessions or not packet.sessions:
        return ""
    parts = [f"# {_('Sessions')}"]
    for one in packet.sessions:
        telling.stop.check()
        day = one.session.day
        when = "" if day is None else f", {day_words(day)}"
        parts.append(f"## {session_words(one.session.ref)}{when}")
        parts.append(_items(_session(one)))
    return _page(parts)


def _session(one: PacketSession) -> Iterator[str]:
    draft = one.session.draft
    facts = (
        "" if draft.setting is None else _(SETTING_WORDS[draft.setting]),
        "" if draft.route is None else _(ROUTE_WORDS[draft.route]),
        draft.dose,
        draft.present,
        _("By video") if draft.by_video else "",
    )
    yield escaped(joined(facts))
    yield escaped(_("Side effects: {effects}").format(effects=effects_words(one)))
    for line in one.lines:
        answer = f" → {escaped(line.answer)}" if line.answer.strip() else ""
        kind = f"{_(LINE_WORDS[line.kind])}: " if line.kind in LINE_WORDS else ""
        yield f"{kind}{escaped(line.text)}{answer}"
    yield from (_moment(moment) for moment in one.moments)


def _moment(moment: Moment) -> str:
    mark = moment.mark
    readings = (
        "" if mark.pulse is None else _("pulse {number}").format(number=mark.pulse),
        "" if mark.systolic is None else f"{mark.systolic}/{mark.diastolic} mmHg",
    )
    by = _("noted by the sitter") if mark.by is By.SITTER else ""
    # Of a side effect the name and how strong it was stand in the line of side effects.
    has_more = any(readings) or mark.kind is MomentKind.EFFECT
    words = mark.words or ("" if has_more else _("a mark"))
    return escaped(f"{time_words(mark.at.local().time())} {joined((words, *readings, by))}".strip())


def form_page(telling: Telling) -> str:
    """Every questionnaire with its totals, and the single answers where these were chosen. "" where there is none."""
    forms = telling.packet.forms
    if not forms:
        return ""
    parts = [f"# {_('Questionnaires')}"]
    for form in forms:
        telling.stop.check()
        parts.append(f"## {escaped(form.questionnaire.title)}")
        parts.append(_table((_("Date"), _("Total"), _("Answered")), (_total(one) for one in form.responses)))
        parts.extend(_single_answers(form))
        parts.append(escaped(form.questionnaire.notice))
    return _page(parts)


def _total(one: PacketResponse) -> tuple[str, ...]:
    total = _("no total") if one.score.total is None else str(one.score.total)
    answered = _("{count} of {all}").format(count=one.score.answered, all=one.score.of)
    return day_words(one.response.day), total, answered


def _single_answers(form: PacketForm) -> Iterator[str]:
    for one in form.responses:
        answers = one.response.draft.answers
        if not answers:
            continue
        rows = []
        for item in asked_in(form, one).items:
            code = answers.get(item.link_id)
            option = item.option(code)
            if option is not None:
                words = option.text if option.ordinal is None else f"{option.text} ({option.ordinal})"
            else:
                words = _("prefers not to answer") if code == DECLINED else _("no answer")
            rows.append((item.text, words))
        yield f"### {day_words(one.response.day)}"
        yield _table((_("Question"), _("Answer")), rows)


def thread_page(telling: Telling) -> str:
    """Threads with what hangs on them, then every insight and practice. "" where there is none."""
    packet = telling.packet
    insights, practices = insights_of(packet), practices_of(packet)
    if not packet.threads and not insights and not practices:
        return ""
    parts = [f"# {_('Threads')}"]
    for thread in packet.threads:
        telling.stop.check()
        name = escaped(thread.thread.name) or _("A thread without a name")
        parts.append(f"## {name} ({_(THREAD_WORDS[thread.thread.state])})")
        parts.append(_items((
            *(f"{_('Intention')}: {escaped(line.text)}" for line in thread.intentions),
            *(f"{_('Met')}: {_moment(moment)}" for moment in thread.moments),
            *(f"{_('Insight')}: {_insight(one)}" for one in thread.insights),
            *(f"{_('Practice')}: {escaped(one.practice.text)}" for one in thread.practices),
        )))  # fmt: skip
    if not telling.tells_sessions:  # else they stand with their session
        held = [escaped(line.text) for _ref, line in lines_of(packet)] + [
            _moment(one) for _ref, one in moments_of(packet)
        ]
        parts.extend((f"## {_('From sessions')}", _items(held)) if held else ())
    if insights:
        parts += [f"## {_('Insights')}", _items(_insight(one) for one in insights)]
    if practices:
        parts += [f"## {_('Practices')}", _items(_practice(one) for one in practices)]
    return _page(parts)


def _insight(one: Insight) -> str:
    about = "" if one.session is None else f" ({session_words(one.session)})"
    quote = f" “{escaped(one.source.quote)}”" if one.source.quote.strip() else ""
    return f"{escaped(one.text)}{about}{quote}"


def _practice(one: PacketPractice) -> str:
    practice = one.practice
    facts = joined((cadence_words(practice.cadence), _(STATE_WORDS[practice.state]), practice.since.isoformat()))
    said = joined(
        f"{day_words(reply.day)}: {_(REPLY_WORDS[reply.reply])}" for reply in one.said if reply.reply in REPLY_WORDS
    )
    return f"{escaped(practice.text)} ({facts})" + (f" – {said}" if said else "")


def _items(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines if line.strip())


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
