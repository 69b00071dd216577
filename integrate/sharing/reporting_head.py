"""The head of a report: its title and facts, what to talk about, and what is new since the last file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from integrate.domain.times import ZonedTime
from integrate.domain.trends.words import session_words
from integrate.i18n import _, ngettext
from integrate.sharing.packet import PacketForm, PacketResponse
from integrate.sharing.report import Block, Facts, Heading, Lines, Paragraph, Words
from integrate.sharing.reporting_base import Telling, joined, said, theirs
from integrate.sharing.reporting_forms import change_of
from integrate.sharing.writing_style import day_words, ordinal_words, value_words


def title_of(telling: Telling) -> str:
    """The title: for whom and since when, where there was an earlier file."""
    recipient, earlier = telling.packet.selection.recipient.strip(), telling.earlier
    if earlier is None:
        return _("Between-session summary")
    if not recipient:
        return _("Summary since {date}").format(date=earlier.isoformat())
    return _("Summary for {recipient}, since {date}").format(recipient=recipient, date=earlier.isoformat())


def subtitle_of(telling: Telling) -> str:
    """Who made it, for whom and when; and the name the clinic knows."""
    packet = telling.packet
    day, author, recipient = day_words(telling.today), packet.author.strip(), packet.selection.recipient.strip()
    if author and recipient:
        words = _("Prepared by {author} for {recipient}, {day}").format(author=author, recipient=recipient, day=day)
    elif author:
        words = _("Prepared by {author}, {day}").format(author=author, day=day)
    elif recipient:
        words = _("Prepared by the patient for {recipient}, {day}").format(recipient=recipient, day=day)
    else:
        words = _("Prepared by the patient, {day}").format(day=day)
    clinic = packet.selection.clinic_name.strip()
    return words if not clinic else f"{words}\n" + _("My clinic knows me as {name}").format(name=clinic)


def period_of(telling: Telling) -> tuple[str, ...]:
    """The days it covers, and which sessions of them."""
    packet = telling.packet
    lines = []
    if packet.first_day is not None and packet.last_day is not None:
        lines.append(
            _("Covers {first} to {last}").format(
                first=packet.first_day.isoformat(), last=packet.last_day.isoformat()
            )
        )  # fmt: skip
    refs = [one.ref for one in telling.held]
    if len(refs) == 1:
        lines.append(session_words(refs[0]))
    elif refs:
        are_a_row = [one.number for one in refs] == list(range(refs[0].number, refs[0].number + len(refs)))
        if are_a_row and not telling.several:
            lines.append(_("Sessions {first} to {last}").format(first=refs[0].number, last=refs[-1].number))
        else:
            lines.append(_("Sessions {numbers}").format(numbers=joined(telling.number(ref) for ref in refs)))
    return tuple(lines)


def chosen_by(telling: Telling) -> str:
    """That it was chosen, and by whom; what is not here is never counted."""
    author = telling.packet.author.strip()
    if author:
        return _("Chosen by {name}. Other writing may exist.").format(name=author)
    return _("Chosen by the patient. Other writing may exist.")


def head_blocks(telling: Telling) -> Iterator[Block]:
    """Everything before the charts that is not about item 9 and side effects."""
    packet = telling.packet
    left_out = joined(packet.measures_left_out)
    words = [chosen_by(telling)]
    if left_out:
        words.append(_("Measures left out: {names}.").format(names=left_out))
    yield Paragraph((said(" ".join(words)),), note=True)
    talk = tuple(theirs(line) for line in packet.selection.talk if line.strip())
    if talk:
        yield Heading(said(_("What I want to talk about")))
        yield Lines(talk, numbered=True)
    if telling.earlier is not None:
        yield from _since(telling, telling.earlier)


def fact_blocks(telling: Telling) -> Iterator[Facts]:
    """A few numbers side by side, right above the charts."""
    facts = tuple(_facts(telling))
    if facts:
        yield Facts(facts)


def _facts(telling: Telling) -> Iterator[tuple[str, str]]:
    if telling.held and telling.tells_sessions:
        yield _("Sessions"), str(len(telling.held))
    coming = telling.coming
    if coming is not None and coming.day is not None:
        yield _("Next session"), day_words(coming.day)
    for form in telling.packet.forms[:2]:
        title, change = form.questionnaire.title, change_of(telling, form)
        totals = _totals(form)
        if change is not None:
            before, now = (value_words(one.total or 0) for one in (change.baseline, change.latest))
            name = _("{questionnaire}, baseline to latest").format(questionnaire=title)
            yield name, _("{first} → {last}").format(first=before, last=now)
        elif totals:
            yield _("{questionnaire}, latest").format(questionnaire=title), totals[-1]
    days = len({one.day for one in telling.packet.check_ins})
    if days:
        yield _("Check-ins"), ngettext("on {count} day", "on {count} days", days).format(count=days)


def _totals(form: PacketForm) -> list[str]:
    return [value_words(one.score.total) for one in form.responses if one.score.total is not None]


def _since(telling: Telling, earlier: date) -> Iterator[Block]:
    yield Heading(said(_("Since {date}").format(date=day_words(earlier))))
    facts, words = tuple(fact for fact in _new_facts(telling, earlier) if fact), tuple(_new_words(telling, earlier))
    if facts:
        yield Lines(tuple(said(fact) for fact in facts))
    if words:
        yield Lines(words)
    if not facts and not words:
        yield Paragraph((said(_("Nothing in this file is newer than that.")),))


def _new_facts(telling: Telling, earlier: date) -> Iterator[str]:
    sessions = (
        _("{session} on {day}").format(session=session_words(one.ref), day=ordinal_words(one.day))
        for one in telling.held
        if one.day >= earlier.toordinal()
    )
    yield joined(sessions)
    for form in telling.packet.forms:
        totals = (
            _("{total} on {day}").format(total=_total(one), day=day_words(one.response.day))
            for one in form.responses
            if one.response.day >= earlier
        )
        if some := joined(totals):
            yield _("{questionnaire}: {totals}").format(questionnaire=form.questionnaire.title, totals=some)
    days = len({one.day for one in telling.packet.check_ins if one.day >= earlier})
    if days:
        yield ngettext("Check-ins on {count} day", "Check-ins on {count} days", days).format(count=days)


def _total(one: PacketResponse) -> str:
    return _("no total") if one.score.total is None else value_words(one.score.total)


def _new_words(telling: Telling, earlier: date) -> Iterator[Words]:
    zone = telling.packet.made.zone
    for insight in telling.packet.insights:
        if _local_day(insight.written, zone) >= earlier:
            yield theirs(insight.text)
    for one in telling.packet.practices:
        if one.practice.since >= earlier:
            yield theirs(one.practice.text)


def _local_day(instant: datetime, zone: str) -> date:
    return ZonedTime(instant, zone).local_date()
