"""Side effects of a session and slow things: recorded, changed, deleted, and what is not answered stays unanswered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from integrate.domain.entry import Unreadable
from integrate.domain.log_schedule import LogPlan
from integrate.domain.logs import EffectLine, EffectLog, SlowLog, YesNo
from integrate.domain.moments import Strength
from integrate.domain.sessions import SessionDraft, SessionState
from integrate.domain.times import ZonedTime
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal.logs import (
    change_slow_log,
    delete_log,
    effect_log,
    effect_logs,
    get_log,
    log_plan,
    purge_log,
    record_effect_log,
    record_slow_log,
    restore_log,
    set_log_plan,
    slow_logs,
)
from integrate.journal.opening import Journal
from integrate.journal.sessions import delete_session, purge_session
from integrate.system.clock import FixedClock
from tests.conftest import MORNING, Sample
from tests.helpers.courses import a_session, held, planned
from tests.helpers.journals import tamper

FEBRUARY = datetime(2026, 2, 23, 10, tzinfo=UTC)
NAUSEA, HEADACHE = EffectLine("nausea", Strength.MILD), EffectLine("headache", Strength.MODERATE)
NOW = ZonedTime(MORNING, "Europe/Lisbon")


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    with sample.open(clock=clock) as opened:
        yield opened


# --- side effects -----------------------------------------------------------------------------------------------------


def test_side_effects_are_about_their_session_and_written_now(journal: Journal) -> None:
    session = a_session(journal, held(FEBRUARY, minutes=90))
    assert effect_log(journal, session.id) is None
    saved = record_effect_log(journal, EffectLog(session.id, (NAUSEA,)), origin="page")
    assert saved.changes.areas == {"logs"} and saved.changes.origin == "page"
    assert (saved.log.about.instant, saved.log.written) == (FEBRUARY + timedelta(minutes=90), NOW)
    assert effect_log(journal, session.id) == saved.log and effect_logs(journal) == (saved.log,)


@pytest.mark.parametrize(
    ("draft", "about"),
    [
        (held(FEBRUARY, minutes=None), ZonedTime(FEBRUARY, "Europe/Lisbon")),
        (
            SessionDraft(SessionState.HELD, date(2026, 2, 20), zone="Asia/Kathmandu"),
            ZonedTime(datetime(2026, 2, 20, 6, 15, tzinfo=UTC), "Asia/Kathmandu"),
        ),
        (SessionDraft(), NOW),
    ],
)
def test_they_are_about_as_much_of_its_time_as_is_known(
    journal: Journal, draft: SessionDraft, about: ZonedTime
) -> None:
    session = a_session(journal, draft)
    assert record_effect_log(journal, EffectLog(session.id, ())).log.about == about
    assert record_effect_log(journal, EffectLog(session.id, ()), NOW).log.about == NOW


def test_a_new_one_takes_the_place_of_the_one_before_and_keeps_when_it_was_first_written(
    journal: Journal, clock: FixedClock
) -> None:
    session = a_session(journal, held(FEBRUARY))
    first = record_effect_log(journal, EffectLog(session.id, (NAUSEA,), "first")).log
    clock.advance(timedelta(days=1))
    second = record_effect_log(journal, EffectLog(session.id, (HEADACHE,))).log
    assert effect_logs(journal) == (second,)
    assert second == replace(first, content=EffectLog(session.id, (HEADACHE,)), updated=clock.now(), revision=2)


def test_of_no_session_there_are_none(journal: Journal) -> None:
    with pytest.raises(WrongUsage):
        record_effect_log(journal, EffectLog(uuid4(), (NAUSEA,)))
    assert effect_logs(journal) == ()


def test_damaged_they_are_named_not_written_over_and_can_be_purged(journal: Journal) -> None:
    session, other = a_session(journal, held(FEBRUARY)), a_session(journal, planned(date(2026, 3, 9)))
    damaged = record_effect_log(journal, EffectLog(session.id, (NAUSEA,))).log
    intact = record_effect_log(journal, EffectLog(other.id, (NAUSEA,))).log
    tamper(journal, "UPDATE log SET content = replace(content, 'mild', 'none') WHERE id = ?", damaged.id.bytes)
    assert effect_log(journal, session.id) == Unreadable(damaged.id)
    assert set(effect_logs(journal)) == {intact, Unreadable(damaged.id)}
    with pytest.raises(RecordDamaged):
        record_effect_log(journal, EffectLog(session.id, (HEADACHE,)))
    purge_log(journal, damaged.id)
    assert record_effect_log(journal, EffectLog(session.id, (HEADACHE,))).log.revision == 1


def test_taken_back_they_never_stand_beside_newer_ones(journal: Journal) -> None:
    session = a_session(journal, held(FEBRUARY))
    old = record_effect_log(journal, EffectLog(session.id, (NAUSEA,))).log
    assert delete_log(journal, old.id).areas == {"logs", "recently deleted"}
    assert effect_log(journal, session.id) is None
    new = record_effect_log(journal, EffectLog(session.id, (HEADACHE,))).log
    assert new.id != old.id
    with pytest.raises(WrongUsage, match="anew"):
        restore_log(journal, old.id)
    assert effect_logs(journal) == (new,) and get_log(journal, old.id).deleted is not None
    delete_log(journal, new.id)
    assert restore_log(journal, old.id).log.content == old.content
    assert restore_log(journal, old.id).log.deleted is None, "taking it back again changes nothing"


def test_they_wait_with_a_deleted_session_and_go_with_a_purged_one(journal: Journal) -> None:
    session = a_session(journal, held(FEBRUARY))
    log = record_effect_log(journal, EffectLog(session.id, (NAUSEA,))).log
    delete_session(journal, session.id)
    assert effect_log(journal, session.id) == log
    purge_session(journal, session.id)
    assert effect_log(journal, session.id) is None and effect_logs(journal) == ()


# --- slow things ------------------------------------------------------------------------------------------------------


def test_slow_things_are_kept_each_time_the_newest_first(journal: Journal, clock: FixedClock) -> None:
    first = record_slow_log(journal, SlowLog((("bladder-pain", YesNo.NO),), 0)).log
    clock.advance(timedelta(days=28))
    second = record_slow_log(journal, SlowLog((), 2)).log
    earlier = record_slow_log(journal, SlowLog(note="In winter."), ZonedTime(FEBRUARY, "UTC")).log
    assert slow_logs(journal) == (second, first, earlier)
    assert first.about == first.written == NOW and earlier.about != earlier.written


def test_one_is_changed_as_far_as_is_given_and_keeps_when_it_was_written(journal: Journal, clock: FixedClock) -> None:
    log = record_slow_log(journal, SlowLog((), 2)).log
    clock.advance(timedelta(hours=1))
    changed = change_slow_log(journal, log.id, SlowLog((), 3)).log
    assert changed == replace(log, content=SlowLog((), 3), updated=clock.now(), revision=2)
    moved = change_slow_log(journal, log.id, about=ZonedTime(FEBRUARY, "UTC")).log
    assert (moved.content, moved.about.instant, moved.written) == (SlowLog((), 3), FEBRUARY, log.written)
    assert change_slow_log(journal, log.id).log == moved
    session = a_session(journal, held(FEBRUARY))
    effects = record_effect_log(journal, EffectLog(session.id, ())).log
    with pytest.raises(WrongUsage):
        change_slow_log(journal, effects.id, SlowLog((), 3))


def test_the_plan_is_kept_and_whatever_cannot_be_read_is_as_at_first(journal: Journal) -> None:
    assert log_plan(journal) == LogPlan()
    plan = LogPlan(effects=False, slow_declined=date(2026, 3, 1))
    set_log_plan(journal, plan)
    assert log_plan(journal) == plan
    tamper(journal, "UPDATE setting SET value = '[]' WHERE key = 'logs'")
    assert log_plan(journal) == LogPlan()
