"""Sessions in a report: the table of the first page, then what was intended, noticed, seen and changed in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID

from integrate.domain.entry import SessionRef
from integrate.domain.moments import By, Moment, MomentKind
from integrate.domain.practices import REPLY_WORDS, PracticeState, Reply, cadence_words
from integrate.domain.sessions import ROUTE_WORDS, SETTING_WORDS, Line, LineKind, SessionDraft
from integrate.domain.threads import Insight, ThreadState
from integrate.domain.trends import AlignedSession, SessionDay, daily_values
from integrate.domain.trends.words import session_words
from integrate.i18n import N_, _
from integrate.sharing.packet import PacketPractice, PacketSession, PacketThread
from integrate.sharing.report import Block, Heading, Paragraph, Words
from integrate.sharing.reporting_base import NOTHING, Telling, grid, joined, later_words, said, theirs
from integrate.sharing.reporting_effects import effects_words
from integrate.sharing.reporting_measures import aligned_of, mood_series
from integrate.sharing.writing_style import day_words, ordinal_words, time_words, value_words

_MOOD_DAYS: Final = (0, 1, 7)

STATE_WORDS: Final = MappingProxyType(
    {PracticeState.OPEN: N_("trying"), PracticeState.RESTING: N_("resting"), PracticeState.ENDED: N_("let go")}
)
THREAD_WORDS: Final = MappingProxyType(
    {ThreadState.OPEN: N_("open"), ThreadState.RESTING: N_("resting"), ThreadState.CLOSED: N_("closed")}
)


# --- the table of the first page --------------------------------------------------------------------------------------


def sessions_table(telling: Telling) -> Iterator[Block]:
    """The sessions that took place, in order of time."""
    if not telling.held or not telling.tells_sessions:
        return
    mood = _Mood.of(telling)
    headings = [_("No."), _("Date"), _("Setting"), _("Route"), _("Present"), _("Side effects noted")]
    widths = [0.5, 1.85, 1.35, 1.3, 1.3, 3.5]
    if mood is not None:
        headings.append(_("Mood, day 0 → 1 → 7"))
        widths.append(1.5)
    rows = []
    for one, day in zip(telling.by_time, telling.held, strict=True):
        row = [*_facts(telling, one, day), said(effects_words(one))]
        if mood is not None:
            row.append(said(mood.words(telling, day)))
        rows.append(row)
    yield Heading(said(_("Sessions")))
    if mood is not None:
        note = _("Mood is the average of that day’s check-ins. “–” is a day of the next session, or still to come.")
        yield Paragraph((said(note),), note=True)
    yield grid(_("Sessions"), headings, rows, widths)


def _facts(telling: Telling, one: PacketSession, day: SessionDay) -> Iterator[Words]:
    draft = one.session.draft
    yield said(telling.number(one.session.ref))
    yield said(ordinal_words(day.day))
    yield said(_(SETTING_WORDS[draft.setting]) if draft.setting is not None else "")
    yield said(_(ROUTE_WORDS[draft.route]) if draft.route is not None else "")
    yield said(_present(draft))


def _present(draft: SessionDraft) -> str:
    who = joined(name.strip() for name in draft.present.split(","))
    if draft.by_video:
        return _("{who} (by video)").format(who=who) if who else _("By video")
    return who


class _Mood:
    """Mood on the day of a session, the next one and a week after it."""

    def __init__(self, aligned: Mapping[UUID, AlignedSession], days: Mapping[int, float]) -> None:
        self._aligned = aligned
        self._days = days

    @classmethod
    def of(cls, telling: Telling) -> _Mood | None:
        """None where there is no mood in the packet."""
        series = mood_series(telling)
        if series is None:
            return None
        daily = daily_values(series)
        aligned = {one.session.session_id: one for one in aligned_of(telling, series)}
        return cls(aligned, dict(zip(daily.days, daily.means, strict=True)))

    def words(self, telling: Telling, session: SessionDay) -> str:
        """The three days in one line: "4 → 5.5 → no check-in"."""
        return " → ".join(self._value(telling, session, day) for day in _MOOD_DAYS)

    def _value(self, telling: Telling, session: SessionDay, day: int) -> str:
        one = self._aligned[session.session_id]
        if day > one.ends_at or session.day + day > telling.span[1]:
            return NOTHING
        value = one.values.get(day)
        return _("no check-in") if value is None else value_words(value)


# --- the pages after it -----------------------------------------------------------------------------------------------


def session_pages(telling: Telling) -> Iterator[Block]:
    """Intention, what was noticed, insights and practices: a row for each session, the latest first."""
    rows = [row for one in _latest_first(telling) if (row := _row(telling, one)) is not None]
    others = _elsewhere(telling)
    if others is not None:
        rows.append(others)
    if rows:
        title = _("Intentions, insights, practices")
        headings = (_("Session"), _("Intention"), _("What I noticed"), _("Insights"), _("Practices"))
        yield Heading(said(title))
        yield grid(title, headings, rows, (0.9, 2, 2.4, 2.2, 2.2))
    yield from _threads(telling)
    yield from _questions(telling, LineKind.FOR_THERAPIST, _("Questions for my therapist"))
    yield from _questions(telling, LineKind.FOR_PRESCRIBER, _("Questions for my prescriber"))
    yield from _talk(telling)
    yield from _vital_signs(telling)


def _latest_first(telling: Telling) -> list[PacketSession]:
    held = [one.session.id for one in telling.by_time]
    ahead = [one for one in telling.packet.sessions if one.session.id not in held]
    ahead.sort(key=lambda one: one.session.ref, reverse=True)
    return [*ahead, *reversed(telling.by_time)]


def _row(telling: Telling, one: PacketSession) -> tuple[Words, ...] | None:
    ref = one.session.ref
    insights = [insight for insight in telling.packet.insights if insight.session == ref]
    practices = _practices_of(telling, {insight.id for insight in insights})
    cells = (
        _block(_intention(one, line) for line in one.lines if line.kind is LineKind.INTENTION),
        _block(_moment(moment) for moment in one.moments if moment.mark.words.strip()),
        _block(insight.text for insight in insights),
        _block(_practice(practice) for practice in practices),
    )
    if not any(cells):
        return None
    return (said(telling.number(ref)), *(theirs(cell) for cell in cells))


def _elsewhere(telling: Telling) -> tuple[Words, ...] | None:
    """Insights and practices that belong to none of these sessions."""
    refs = {one.session.ref for one in telling.packet.sessions}
    insights = [one for one in telling.packet.insights if one.session not in refs]
    about_one = {one.id for one in telling.packet.insights if one.session in refs}
    practices = [one for one in telling.packet.practices if one.practice.insight_id not in about_one]
    if not insights and not practices:
        return None
    cells = (_block(_placed(one) for one in insights), _block(_practice(one) for one in practices))
    return (said(_("Other")), theirs(""), theirs(""), *(theirs(cell) for cell in cells))


def _block(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text.strip())


def _placed(insight: Insight) -> str:
    if insight.session is None:
        return insight.text
    return _("{text} ({session})").format(text=insight.text, session=session_words(insight.session))


def _intention(one: PacketSession, line: Line) -> str:
    started = one.session.draft.started
    later = "" if started is None else later_words(started.instant, line.written)
    return _with_note(line.text, later)


def _with_note(text: str, note: str) -> str:
    return _("{text} ({note})").format(text=text, note=note) if note else text


def _moment(moment: Moment) -> str:
    mark = moment.mark
    if mark.kind is MomentKind.VITALS:
        return ""
    by = _("noted by the sitter") if mark.by is By.SITTER else ""
    note = joined((by, later_words(mark.at.instant, moment.created)))
    words = _("{time} {words}").format(time=time_words(mark.at.local().time()), words=mark.words)
    return _with_note(words, note)


def _practices_of(telling: Telling, insights: set[UUID]) -> list[PacketPractice]:
    return [one for one in telling.packet.practices if one.practice.insight_id in insights]


def _practice(one: PacketPractice) -> str:
    practice = one.practice
    said_of = max((reply for reply in one.said if reply.reply in REPLY_WORDS), key=lambda it: it.day, default=None)
    latest = "" if said_of is None else _reply(said_of.reply, day_words(said_of.day))
    note = joined((cadence_words(practice.cadence), _(STATE_WORDS[practice.state]), latest))
    return _with_note(practice.text, note)


def _reply(reply: Reply, day: str) -> str:
    return _("{day}: {reply}").format(day=day, reply=_(REPLY_WORDS[reply]))


def _threads(telling: Telling) -> Iterator[Block]:
    """Threads by name, with the sessions they reach over; what hangs on them stands in the table above."""
    rows = [
        (theirs(one.thread.name), said(_(THREAD_WORDS[one.thread.state])), said(_reach(telling, one)))
        for one in telling.packet.threads
        if one.thread.name.strip()
    ]
    if rows:
        yield Heading(said(_("Threads")))
        yield grid(_("Threads"), (_("Thread"), _("State"), _("Sessions")), rows, (4, 1, 2))


def _reach(telling: Telling, one: PacketThread) -> str:
    by_id = {session.session.id: session.session.ref for session in telling.packet.sessions}
    refs: set[SessionRef] = {by_id[item.session_id] for item in one.intentions if item.session_id in by_id}
    refs.update(by_id[item.session_id] for item in one.moments if item.session_id in by_id)
    refs.update(insight.session for insight in one.insights if insight.session is not None)
    return joined(telling.number(ref) for ref in sorted(refs))


def _questions(telling: Telling, kind: LineKind, title: str) -> Iterator[Block]:
    rows = [
        (said(telling.number(one.session.ref)), theirs(line.text), theirs(line.answer))
        for one in _latest_first(telling)
        for line in one.lines
        if line.kind is kind
    ]
    if rows:
        yield Heading(said(title))
        yield grid(title, (_("Session"), _("Question"), _("Answer")), rows, (0.9, 4, 4))


def _talk(telling: Telling) -> Iterator[Block]:
    rows = []
    for one in _latest_first(telling):
        cells = [
            _block(line.text for line in one.lines if line.kind is kind) for kind in (LineKind.TALK, LineKind.AGREED)
        ]
        if any(cells):
            rows.append((said(telling.number(one.session.ref)), *(theirs(cell) for cell in cells)))
    if rows:
        title = _("Talked about and agreed")
        headings = (_("Session"), _("What I wanted to talk about"), _("What we agreed"))
        yield Heading(said(title))
        yield grid(title, headings, rows, (0.9, 4, 4))


def _vital_signs(telling: Telling) -> Iterator[Block]:
    """Readings as they were typed, compared with nothing."""
    rows = [
        (
            said(telling.number(one.session.ref)),
            said(time_words(moment.mark.at.local().time())),
            said("" if moment.mark.pulse is None else str(moment.mark.pulse)),
            said(_pressure(moment)),
            said(_("sitter") if moment.mark.by is By.SITTER else _("me")),
        )
        for one in telling.by_time
        for moment in one.moments
        if moment.mark.kind is MomentKind.VITALS
    ]
    if rows:
        title = _("Vital signs, as they were noted")
        headings = (_("Session"), _("Time"), _("Pulse, beats a minute"), _("Blood pressure, mmHg"), _("Noted by"))
        yield Heading(said(title))
        yield grid(title, headings, rows, (1, 1, 2, 2, 1.4))


def _pressure(moment: Moment) -> str:
    mark = moment.mark
    if mark.systolic is None or mark.diastolic is None:
        return ""
    return _("{systolic} / {diastolic}").format(systolic=mark.systolic, diastolic=mark.diastolic)
