"""Logs of facts in the file: round trips, one log of a session, and damage that hides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.entry import Unreadable
from integrate.domain.logs import (
    ALL_EFFECTS,
    MOST_LINES,
    PULL_RANGE,
    SLOW_QUESTIONS,
    EffectLine,
    EffectLog,
    Log,
    SlowLog,
    YesNo,
)
from integrate.domain.moments import Strength
from integrate.domain.times import ZonedTime
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal.opening import Journal
from integrate.storage.logs import LogKind, LogReader, LogWriter
from integrate.storage.purging import Kind, purge, purge_deleted_before
from integrate.storage.sealed_rows import SealedWriter
from integrate.system.clock import FixedClock
from tests.conftest import MORNING, Sample
from tests.helpers.courses import a_session, instants, lines, texts
from tests.helpers.journals import tamper

SHARED = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NOON = ZonedTime(MORNING, "Europe/Lisbon")
NAUSEA = EffectLine("nausea", Strength.MILD)

effect_names = st.sampled_from(sorted(ALL_EFFECTS)) | lines.filter(lambda text: bool(text.strip()))
effect_lines = st.builds(
    EffectLine, effect_names, st.sampled_from(Strength), st.none() | st.times(), st.none() | st.times(), lines, lines
)
effect_logs = st.builds(EffectLog, st.uuids(), st.lists(effect_lines, max_size=4).map(tuple), texts)
answers = st.dictionaries(st.sampled_from(sorted(SLOW_QUESTIONS)), st.sampled_from(YesNo), min_size=1).map(
    lambda found: tuple(found.items())
)
slow_logs = st.builds(SlowLog, answers, st.none() | st.sampled_from(PULL_RANGE), texts)


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    with sample.open(clock=clock) as opened:
        yield opened


@contextmanager
def writing(journal: Journal) -> Iterator[LogWriter]:
    database = journal.vault.database
    with database.write() as connection:
        yield LogWriter(SealedWriter(connection, database.sealer))


@contextmanager
def reading(journal: Journal) -> Iterator[LogReader]:
    with journal.vault.database.read() as session:
        yield LogReader(session)


def at(days: int) -> ZonedTime:
    return ZonedTime(MORNING + timedelta(days=days), "UTC")


@SHARED
@given(effect_logs | slow_logs, instants, instants, instants, st.data())
def test_any_log_comes_back_as_it_was(
    journal: Journal, content: EffectLog | SlowLog, about: ZonedTime, now: ZonedTime, later: ZonedTime,
    data: st.DataObject,
) -> None:  # fmt: skip
    with writing(journal) as writer:
        made = writer.add(content, about, now)
    with reading(journal) as reader:
        assert reader.get(made.id) == made == Log(made.id, content, about, now, now.instant)
    changed: EffectLog | SlowLog = data.draw(slow_logs)
    if isinstance(content, EffectLog):
        changed = replace(data.draw(effect_logs), session_id=content.session_id)
    with writing(journal) as writer:
        saved = writer.save(replace(made, content=changed, about=later, updated=later.instant))
    assert saved == Log(made.id, changed, later, now, later.instant, 2)


def test_no_answer_is_never_no_and_never_zero(journal: Journal) -> None:
    with writing(journal) as writer:
        kept = writer.add(SlowLog((("memory", YesNo.NO),)), NOON, NOON).id
        zero = writer.add(SlowLog((), 0), NOON, NOON).id
    with reading(journal) as reader:
        assert reader.get(kept).content == SlowLog((("memory", YesNo.NO),), None)
        assert reader.get(zero).content == SlowLog((), 0)


def test_each_kind_is_listed_by_itself_the_newest_first_and_a_session_has_its_own(journal: Journal) -> None:
    one, other = uuid4(), uuid4()
    with writing(journal) as writer:
        slow = [writer.add(SlowLog((), day), at(day), NOON).id for day in (1, 3, 2)]
        first = writer.add(EffectLog(one, (NAUSEA,)), at(0), NOON)
        second = writer.add(EffectLog(other, ()), at(9), NOON)
    with reading(journal) as reader:
        assert [log.id for log in reader.list(LogKind.SLOW)] == [slow[1], slow[2], slow[0]]
        assert reader.list(LogKind.EFFECTS) == (second, first)
        assert reader.of_session(one) == first and reader.of_session(uuid4()) is None


@pytest.mark.parametrize(
    ("damage", "among"),
    [
        ('UPDATE log SET content = \'{"lines":[],"note":""}\' WHERE id = ?', {LogKind.EFFECTS}),
        ("UPDATE log SET content = 'x' WHERE id = ?", {LogKind.EFFECTS}),
        ("UPDATE log SET session_id = NULL WHERE id = ?", {LogKind.EFFECTS}),
        ("UPDATE log SET kind = 'dreams' WHERE id = ?", set(LogKind)),
    ],
)
def test_a_damaged_one_is_named_hides_no_other_and_is_not_written_over(
    journal: Journal, damage: str, among: set[LogKind]
) -> None:
    with writing(journal) as writer:
        damaged = writer.add(EffectLog(uuid4(), (NAUSEA,)), NOON, NOON)
        other = writer.add(EffectLog(uuid4(), (NAUSEA,)), NOON, NOON)
        slow = writer.add(SlowLog((), 3), NOON, NOON)
    tamper(journal, damage, damaged.id.bytes)
    with reading(journal) as reader:
        for kind, intact in ((LogKind.EFFECTS, other), (LogKind.SLOW, slow)):
            found = reader.list(kind)
            assert intact in found
            assert [one.id for one in found if isinstance(one, Unreadable)] == [damaged.id] * (kind in among)
        with pytest.raises(RecordDamaged):
            reader.get(damaged.id)
    with writing(journal) as writer:
        for change in (lambda: writer.save(damaged), lambda: writer.delete(damaged.id, MORNING)):
            with pytest.raises(RecordDamaged):
                change()
    purge(journal.vault.database, Kind.LOG, damaged.id)
    with reading(journal) as reader:
        assert reader.list(LogKind.EFFECTS) == (other,)


def test_deleted_it_can_be_taken_back_and_after_its_time_it_is_gone(journal: Journal) -> None:
    session_id = uuid4()
    with writing(journal) as writer:
        made = writer.add(EffectLog(session_id, (NAUSEA,)), NOON, NOON)
        writer.delete(made.id, MORNING)
        assert writer.reader.list(LogKind.EFFECTS) == () and writer.reader.of_session(session_id) is None
        assert [one.id for one in writer.reader.deleted()] == [made.id]
        assert replace(writer.undelete(made.id), revision=1) == made
        writer.delete(made.id, MORNING)
    assert purge_deleted_before(journal.vault.database, MORNING + timedelta(seconds=1)) == {Kind.LOG: (made.id,)}
    with reading(journal) as reader:
        assert reader.deleted() == ()


def test_side_effects_go_for_good_with_their_session_and_no_other(journal: Journal) -> None:
    gone, stays = a_session(journal), a_session(journal)
    with writing(journal) as writer:
        for session in (gone, stays):
            writer.add(EffectLog(session.id, (NAUSEA,)), NOON, NOON)
        writer.add(SlowLog((), 1), NOON, NOON)
    purge(journal.vault.database, Kind.SESSION, gone.id)
    with reading(journal) as reader:
        assert sessions_of(reader) == [stays.id]
        assert len(reader.list(LogKind.SLOW)) == 1


def sessions_of(reader: LogReader) -> list[UUID]:
    contents = [log.content for log in reader.list(LogKind.EFFECTS) if isinstance(log, Log)]
    return [content.session_id for content in contents if isinstance(content, EffectLog)]


def test_what_no_log_can_be_is_refused() -> None:
    with pytest.raises(WrongUsage):
        EffectLog(uuid4(), (NAUSEA,) * (MOST_LINES + 1))
    for refused in ("x" * 4001, "\ud800"):
        with pytest.raises(WrongUsage):
            EffectLog(uuid4(), (), refused)
        with pytest.raises(WrongUsage):
            SlowLog((), 1, refused)
    assert EffectLine("x", Strength.NONE, time(23, 59, 59, 999999)).began == time(23, 59, 59, 999999)
