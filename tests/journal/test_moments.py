"""Moments and touch-points as a person keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from integrate.domain.entry import Changes
from integrate.domain.moments import By, Moment, MomentKind, Strength
from integrate.errors import WrongUsage
from integrate.journal.deleting import purge_expired
from integrate.journal.moments import (
    TouchAnswer,
    add_moment,
    answer_touch_point,
    change_moment,
    delete_moment,
    deleted_moments,
    get_moment,
    list_moments,
    purge_moment,
    restore_moment,
    settled_touch_points,
)
from integrate.journal.opening import Journal
from integrate.journal.sessions import delete_session, restore_session
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.courses import MARCH, a_session, mark


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def _words(journal: Journal, session_id: UUID) -> list[str]:
    found = list_moments(journal, session_id)
    return [one.mark.words for one in found if isinstance(one, Moment)]


def test_moments_are_listed_by_their_time_whenever_they_were_written(journal: Journal) -> None:
    session, other = a_session(journal), a_session(journal)
    for minutes, text in ((30, "later"), (-500, "before it began"), (10, "first"), (30, "later too")):
        add_moment(journal, session.id, mark(text, at=MARCH + timedelta(minutes=minutes)))
    add_moment(journal, other.id, mark("elsewhere"))
    assert _words(journal, session.id) == ["before it began", "first", "later", "later too"]


def test_a_reading_and_a_side_effect_are_kept_as_they_were_typed(journal: Journal, clock: FixedClock) -> None:
    session = a_session(journal)
    vitals = mark(kind=MomentKind.VITALS, by=By.SITTER, pulse=999, systolic=1, diastolic=998)
    effect = mark(kind=MomentKind.EFFECT, effect="a tingling 🌊", strength=Strength.STRONG)
    saved = add_moment(journal, session.id, vitals, origin="page")
    assert saved.changes.areas == {"moments"} and saved.changes.origin == "page"
    assert saved.changes.ids == {saved.moment.id, session.id}
    assert (saved.moment.in_room, saved.moment.after_restart, saved.moment.created) == (False, False, clock.now())
    add_moment(journal, session.id, effect)
    assert [one.mark for one in list_moments(journal, session.id) if isinstance(one, Moment)] == [vitals, effect]


def test_a_moment_can_be_changed_and_never_shared(journal: Journal) -> None:
    session = a_session(journal)
    moment = add_moment(journal, session.id, mark("a wave"), never_share=True).moment
    changed = change_moment(journal, moment.id, replace(moment.mark, words="two waves")).moment
    assert (changed.mark.words, changed.never_share, changed.revision) == ("two waves", True, 2)
    lifted = change_moment(journal, moment.id, never_share=False).moment
    assert (lifted.mark, lifted.never_share, lifted.created) == (changed.mark, False, moment.created)
    assert get_moment(journal, moment.id) == lifted


def test_a_deleted_moment_comes_back_or_goes_for_good(journal: Journal, clock: FixedClock) -> None:
    session = a_session(journal)
    kept, gone = (add_moment(journal, session.id, mark(text)).moment for text in ("kept", "gone"))
    changes = delete_moment(journal, gone.id)
    assert {"moments", "recently deleted"} <= changes.areas and changes.ids == {gone.id, session.id}
    assert _words(journal, session.id) == ["kept"]
    (waiting,) = deleted_moments(journal)
    assert waiting.id == gone.id
    assert restore_moment(journal, gone.id).moment.mark == gone.mark
    assert _words(journal, session.id) == ["kept", "gone"]
    delete_moment(journal, gone.id)
    clock.advance(timedelta(days=31))
    assert gone.id in purge_expired(journal).ids
    assert list_moments(journal, session.id) == (kept,)
    purge_moment(journal, kept.id)
    asked: tuple[Callable[[Journal, UUID], object], ...] = (get_moment, restore_moment, delete_moment, purge_moment)
    for ask in asked:
        with pytest.raises(WrongUsage):
            ask(journal, kept.id)
    with pytest.raises(WrongUsage):
        add_moment(journal, uuid4(), mark())


def test_moments_of_a_deleted_session_come_back_with_it_and_are_not_listed_one_by_one(journal: Journal) -> None:
    session = a_session(journal)
    moment = add_moment(journal, session.id, mark()).moment
    delete_session(journal, session.id)
    assert deleted_moments(journal) == ()
    restore_session(journal, session.id)
    assert list_moments(journal, session.id) == (moment,)


def test_a_touch_point_is_settled_once_and_not_now_is_final(journal: Journal) -> None:
    session, other = a_session(journal), a_session(journal)
    assert settled_touch_points(journal, session.id) == frozenset()
    changes = answer_touch_point(journal, session.id, 0, TouchAnswer.NOT_NOW, origin="page")
    assert changes == Changes(frozenset({"touch points"}), frozenset({session.id}), "page")
    answer_touch_point(journal, session.id, 0, "done")
    answer_touch_point(journal, session.id, 366, "done")
    assert settled_touch_points(journal, session.id) == {0, 366}
    assert settled_touch_points(journal, other.id) == frozenset()
    with journal.vault.database.read() as reading:
        rows = reading.connection().exec_driver_sql("SELECT day, answer, rev FROM touch_point ORDER BY day").all()
    assert [tuple(row) for row in rows] == [(0, "not-now", 1), (366, "done", 1)]


@pytest.mark.parametrize(("day", "answer"), [(-1, "done"), (367, "done"), (1, "later")])
def test_a_touch_point_that_cannot_be_is_a_bug_of_the_caller(journal: Journal, day: int, answer: str) -> None:
    session = a_session(journal)
    with pytest.raises(ValueError, match=r"touch-point|TouchAnswer"):
        answer_touch_point(journal, session.id, day, answer)
