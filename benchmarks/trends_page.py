"""Trends in a real window: from a click to its charts, and from another measure or another range to the picture.

Whole processes, as in :mod:`benchmarks.course`. Each figure is told twice, against the time in which nobody notices a
delay and against the same in a journal of a tenth. What a click ends with is the first picture: twelve weeks, the year
and what is compared; the whole history is read after it and told in a line of its own.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from benchmarks.journals import MadeJournal, make_journal
from benchmarks.measure import Figure
from benchmarks.texts import Texts
from benchmarks.window import in_child
from integrate.domain.check_ins import Answer, CheckInDraft
from integrate.domain.courses import Plan
from integrate.domain.entry import SessionRef
from integrate.domain.measures import HowOften, Measure
from integrate.domain.responses import ResponseDraft, ResponseStatus
from integrate.domain.sessions import Route, SessionDraft, SessionState, Setting
from integrate.domain.times import ZonedTime
from integrate.journal.measures import change_measure, list_measures
from integrate.journal.opening import Access, Journal
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.storage.check_ins import CheckInWriter
from integrate.storage.courses import CourseWriter
from integrate.storage.responses import ResponseWriter
from integrate.storage.sessions import SessionWriter

CHECK_INS: Final = 18_250
MEASURES: Final = 6
SESSIONS: Final = 60
CLICK: Final = 0.100
"""Seconds from the click to the first picture."""
CHANGE: Final = 0.050
GROWTH: Final = 1.3

_A_TENTH: Final = 10
_A_DAY: Final = 5
_ROUNDS: Final = 3
_ENTRIES: Final = 200


def page(folder: Path) -> Iterator[Figure]:
    """Trends of ten years, and of one."""
    long = _filled(folder / "long-trends.integrate", CHECK_INS, SESSIONS)
    brief = _filled(folder / "brief-trends.integrate", CHECK_INS // _A_TENTH, SESSIONS // _A_TENTH)
    ours, base = [], []
    for _round in range(_ROUNDS):
        ours.append(_look(long))
        base.append(_look(brief))
    much = f"{CHECK_INS:,} check-ins of {MEASURES}, {SESSIONS} sessions"
    for key, what, limit, target in (
        ("click", f"click to Trends, {much}", CLICK, 1.0),
        ("again", "  back to Trends", CLICK, 1.0),
        ("measure", "  another measure", CHANGE, 1.0),
        ("range", "  another range", CHANGE, 1.0),
        ("whole", "  all of it read after that", CLICK, None),
        ("first", "  the first click after the program began", CLICK, None),
    ):
        yield _within(f"{what} / {limit * 1000:.0f} ms", ours, key, limit, target)
        if key in ("click", "measure", "range"):
            yield _grown("  the same / in a journal of a tenth", ours, base, key, None if key == "measure" else GROWTH)


def _within(name: str, ours: Sequence[dict[str, list[float]]], key: str, limit: float, target: float | None) -> Figure:
    medians = [statistics.median(one[key]) for one in ours]
    slowest = max(taken for one in ours for taken in one[key])
    shown = f"{statistics.median(medians) * 1000:.3g} ms, {slowest * 1000:.3g} ms at worst"
    return Figure(name, tuple(median / limit for median in medians), target, shown)


def _grown(
    name: str, ours: Sequence[dict[str, list[float]]], base: Sequence[dict[str, list[float]]], key: str,
    target: float | None,
) -> Figure:  # fmt: skip
    left = [statistics.median(one[key]) for one in ours]
    right = [statistics.median(one[key]) for one in base]
    shown = f"{statistics.median(left) * 1000:.3g} against {statistics.median(right) * 1000:.3g} ms"
    return Figure(name, tuple(one / two for one, two in zip(left, right, strict=True)), target, shown)


def _look(made: MadeJournal) -> dict[str, list[float]]:
    found: dict[str, list[float]] = in_child("trends", str(made.place), made.words)
    return found


# --- the journals -----------------------------------------------------------------------------------------------------


def _filled(place: Path, check_ins: int, sessions: int) -> MadeJournal:
    made = make_journal(place, Texts(_ENTRIES), _ENTRIES)
    with made.open(Access.WRITE) as journal:
        measures = _measures(journal)
        with journal.vault.database.write() as connection:
            own = (connection, journal.vault.database.sealer)
            CheckInWriter(*own).add_all(_drafts(journal, measures, check_ins))
        _write_sessions(journal, sessions, check_ins // _A_DAY)
        _write_forms(journal, sessions, check_ins // _A_DAY)
    return made


def _measures(journal: Journal) -> list[Measure]:
    """Six that are answered with numbers."""
    found = [one for one in list_measures(journal, all=True) if isinstance(one, Measure) and not one.words]
    for one in found[:MEASURES]:
        change_measure(journal, one.id, in_use=True, how_often=HowOften.EACH)
    return [one for one in list_measures(journal, all=True) if isinstance(one, Measure) and not one.words][:MEASURES]


def _drafts(journal: Journal, measures: Sequence[Measure], count: int) -> list[tuple[CheckInDraft, ZonedTime]]:
    chance, zone = random.Random(count), journal.clock.zone()
    begun = journal.clock.now() - timedelta(days=count // _A_DAY)
    drafts = []
    for place in range(count):
        at = ZonedTime(begun + timedelta(days=place // _A_DAY, hours=3 * (place % _A_DAY)), zone)
        answers = tuple(
            Answer(one.id, one.version, float(chance.randint(one.definition.lowest, one.definition.highest)))
            for one in measures
        )
        drafts.append((CheckInDraft(at, answers), at))
    return drafts


def _write_sessions(journal: Journal, count: int, days: int) -> None:
    zone, now = journal.clock.zone(), journal.clock.now()
    apart = days // count
    with journal.vault.database.write() as connection:
        own = (connection, journal.vault.database.sealer)
        writer = SessionWriter(*own)
        CourseWriter(*own).add(Plan(count, apart, (now - timedelta(days=days)).date()), (), (), now)
        for number in range(1, count + 1):
            at = ZonedTime(now - timedelta(days=apart * (count - number) + 3), zone)
            draft = SessionDraft(
                SessionState.HELD, at.local_date(), None, zone, at, None, Setting.CLINIC, Route.INJECTION
            )
            writer.add(SessionRef(1, number), draft, at.instant)


def _write_forms(journal: Journal, count: int, days: int) -> None:
    zone, now, asked = journal.clock.zone(), journal.clock.now(), shipped_questionnaires()["phq-9"]
    with journal.vault.database.write() as connection:
        writer = ResponseWriter(connection, journal.vault.database.sealer)
        for place in range(count):
            at = ZonedTime(now - timedelta(days=days * (count - place) // count), zone)
            begun = writer.begin(ResponseDraft(asked.key, asked.version, asked.digest, at), asked.text, at)
            answers = {item.link_id: item.options[place % len(item.options)].code for item in asked.scored_items}
            done = replace(begun, draft=replace(begun.draft, answers=answers), kept_status=ResponseStatus.COMPLETED)
            writer.save(replace(done, finished=at.instant), at.instant)
