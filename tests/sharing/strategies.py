"""Packets of any content, made of domain values: what no journal would hold at once, a file has to survive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from hypothesis import strategies as st

from integrate.domain.check_ins import Answer, CheckIn, CheckInDraft
from integrate.domain.entry import EntrySummary, Phase, SessionRef, is_line
from integrate.domain.logs import ALL_EFFECTS, EffectLine, EffectLog
from integrate.domain.measures import Definition, HowOften, Measure, MeasureKind
from integrate.domain.moments import By, Mark, Moment, MomentKind, Strength
from integrate.domain.questionnaires import Questionnaire
from integrate.domain.responses import DECLINED, Response, ResponseDraft, ResponseStatus
from integrate.domain.scoring import score
from integrate.domain.sessions import Line, LineKind, Route, Session, SessionDraft, SessionState, Setting
from integrate.domain.sharing import Section, Selection
from integrate.domain.threads import Insight, Source
from integrate.domain.times import ZonedTime
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.sharing.packet import (
    Packet,
    PacketEntry,
    PacketForm,
    PacketMeasure,
    PacketResponse,
    PacketSession,
)

MADE = ZonedTime(datetime(2026, 10, 8, 17, tzinfo=UTC), "Europe/Lisbon")
ZONES = ("Europe/Lisbon", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "UTC")

texts = st.text(max_size=60)
written = texts.filter(str.strip)
lines = st.text(max_size=30).filter(is_line)
named = lines.filter(str.strip)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 10, 8)).map(lambda one: one.replace(tzinfo=UTC))
times = st.builds(ZonedTime, instants, st.sampled_from(ZONES))


@st.composite
def forms(draw: st.DrawFn, item_answers: bool | None) -> PacketForm:
    """One questionnaire that ships, with up to three responses: answered, declined and left out as may be."""
    asked: Questionnaire = draw(st.sampled_from(tuple(shipped_questionnaires().values())))
    responses = []
    for about in sorted(draw(st.lists(times, min_size=1, max_size=3)), key=lambda one: one.instant):
        whole = draw(st.booleans())
        answers = {}
        for item in asked.items:
            codes = [option.code for option in item.options]
            others = [] if whole else [None, *([DECLINED] if item.may_decline else [])]
            if (code := draw(st.sampled_from([*codes, *others]))) is not None:
                answers[item.link_id] = code
        found = score(asked, answers)
        kept = answers if item_answers is True else {}
        form = ResponseDraft(asked.key, asked.version, asked.digest, about, kept)
        done = about.instant + timedelta(minutes=4)
        responses.append(
            PacketResponse(Response(draw(st.uuids()), form, ResponseStatus.COMPLETED, about, done, done), found)
        )
    return PacketForm(asked, tuple(responses))


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """A measure of any kind, with any words at its ends."""
    kind = draw(st.sampled_from(MeasureKind))
    step = draw(st.sampled_from((1, 0.25)))
    return Definition(draw(named), draw(lines), draw(lines), -5, 24, step, kind=kind, unit=draw(lines))


@st.composite
def sessions(draw: st.DrawFn, number: int) -> PacketSession:
    """A session that was held, with lines, moments and side effects."""
    key, begun = draw(st.uuids()), draw(times)
    draft = SessionDraft(
        SessionState.HELD, started=begun, setting=draw(st.sampled_from(Setting)), route=draw(st.sampled_from(Route)),
        present=draw(lines),
    )  # fmt: skip
    effect = st.sampled_from(tuple(ALL_EFFECTS)) | named
    marks = st.one_of(
        st.builds(
            Mark, st.just(MomentKind.VITALS), times, st.sampled_from(By), texts, pulse=st.integers(1, 999),
            systolic=st.just(124), diastolic=st.just(78),
        ),
        st.builds(
            Mark, st.just(MomentKind.EFFECT), times, st.sampled_from(By), texts, effect=effect,
            strength=st.sampled_from(Strength),
        ),
        st.builds(Mark, st.just(MomentKind.WORDS), times, st.sampled_from(By), written),
    )  # fmt: skip
    moments = st.builds(Moment, st.uuids(), st.just(key), marks, instants)
    log = st.builds(
        EffectLog, st.just(key),
        st.lists(
            st.builds(EffectLine, effect, st.sampled_from(Strength), st.none() | st.times(), told=lines), max_size=2
        ).map(tuple),
        texts,
    )  # fmt: skip
    kinds = st.sampled_from((LineKind.INTENTION, LineKind.FOR_THERAPIST, LineKind.TALK))
    told = st.builds(Line, st.uuids(), st.just(key), kinds, st.just(0), written, instants, answer=texts)
    return PacketSession(
        Session(key, SessionRef(1, number), draft, 1, begun.instant, begun.instant),
        tuple(draw(st.lists(told, max_size=2))),
        tuple(draw(st.lists(moments, max_size=4))),
        draw(st.none() | log),
    )


@st.composite
def entries(draw: st.DrawFn) -> PacketEntry:
    """An entry, whole or some passages of it."""
    at = draw(times)
    passages = tuple(draw(st.lists(written, max_size=2)))
    body, title = ("", "") if passages else (draw(texts), draw(lines))
    summary = EntrySummary(
        draw(st.uuids()), at, draw(st.sampled_from(Phase)), None, None, title, body[:20], (), False, None, 1, 1,
        at.instant, at.instant, None,
    )  # fmt: skip
    return PacketEntry(summary, body, passages)


@st.composite
def packets(draw: st.DrawFn) -> Packet:
    """A packet of anything."""
    chosen = Selection(
        recipient=draw(lines),
        sections=draw(st.frozensets(st.sampled_from(Section))),
        item_answers=draw(st.sampled_from((None, False, True))),
        pseudonym=draw(lines),
        clinic_name=draw(lines),
        talk=tuple(draw(st.lists(lines, max_size=3))),
    )
    measures = [
        Measure(draw(st.uuids()), draw(st.sampled_from(("", "mood"))), one, 1, place, True, HowOften.EACH)
        for place, one in enumerate(draw(st.lists(definitions(), max_size=3)))
    ]
    check_ins = []
    for about in draw(st.lists(times, max_size=3)):
        answers = tuple(
            Answer(one.id, 1, words=tuple(draw(st.lists(named, max_size=3))))
            if one.definition.kind is MeasureKind.WORDS
            else Answer(one.id, 1, draw(st.none() | st.sampled_from((-5.0, 0.0, 7.0, 24.0))))
            for one in measures
        )
        draft = CheckInDraft(about, answers, draw(written))
        check_ins.append(CheckIn(draw(st.uuids()), draft, about, about.instant))
    insight = st.builds(Insight, st.uuids(), written, st.none(), st.just(Source()), instants)
    return Packet(
        draw(st.uuids()), MADE, "0.2.0", chosen, draw(lines), None, None,
        sessions=tuple(draw(sessions(number)) for number in range(1, draw(st.integers(1, 3)))),
        forms=tuple(
            draw(st.lists(forms(chosen.item_answers), max_size=2, unique_by=lambda one: one.questionnaire.key))
        ),
        measures=tuple(PacketMeasure(one, ()) for one in measures),
        check_ins=tuple(check_ins),
        definitions=MappingProxyType({(one.id, 1): one.definition for one in measures}),
        insights=tuple(draw(st.lists(insight, max_size=2))),
        entries=tuple(draw(st.lists(entries(), max_size=2))),
        measures_left_out=tuple(draw(st.lists(named, max_size=2))),
    )  # fmt: skip
