"""Recently deleted as a whole: everything of every kind is there, comes back as it was, or goes for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.logs import EffectLine, EffectLog, SlowLog
from integrate.domain.moments import MomentKind, Strength
from integrate.domain.threads import Letter
from integrate.domain.times import ZonedTime
from integrate.errors import EntryMissing, ReadOnlyJournal, RecordDamaged, WrongUsage
from integrate.journal.check_ins import delete_check_in, get_check_in
from integrate.journal.deleted import LONGEST_NAME, DeletedKind, DeletedThing, all_deleted, purge, take_back
from integrate.journal.deleting import delete_entry
from integrate.journal.finding import get_entry
from integrate.journal.insights import add_insight, delete_insight, get_insight
from integrate.journal.letters import delete_letter, list_letters, open_letter, write_letter
from integrate.journal.logs import delete_log, get_log, record_effect_log, record_slow_log
from integrate.journal.measures import change_measure, delete_measure, get_measure
from integrate.journal.moments import add_moment, delete_moment, get_moment, list_moments
from integrate.journal.opening import Access, Journal
from integrate.journal.practices import begin_practice, delete_practice, get_practice
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.journal.responses import begin_response, delete_response, get_response
from integrate.journal.sessions import delete_session, get_session
from integrate.journal.threads import begin_thread, delete_thread, get_thread
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.check_ins import answer, check_in, measure, own
from tests.helpers.courses import MARCH, a_session, held, mark, planned
from tests.helpers.journals import tamper, write

FEBRUARY = datetime(2026, 2, 23, 10, tzinfo=UTC)  # a week before the clock
SHARED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SECRET = "Dear me, put the bags down."
UNOPENED = "A letter that was not opened yet"


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


@dataclass(frozen=True)
class _Way:
    """How something of a kind is made, deleted and got."""

    make: Callable[[Journal], UUID]
    delete: Callable[[Journal, UUID], object]
    get: Callable[[Journal, UUID], object]
    spoil: str


def _letter(journal: Journal, letter_id: UUID) -> object:
    found = [one for one in list_letters(journal) if one.id == letter_id and one.deleted is None]  # type: ignore[union-attr]  # readable
    if not found:
        raise WrongUsage(reason="It is not in the list.")
    return found[0]


WAYS = {
    DeletedKind.ENTRY: _Way(
        lambda j: write(j, "first words", title="A title"), delete_entry, get_entry,
        "UPDATE entry SET title = 'x' WHERE id = ?",
    ),
    DeletedKind.SESSION: _Way(
        lambda j: a_session(j, held(FEBRUARY)).id, delete_session, get_session,
        "UPDATE session SET dose = 'x' WHERE id = ?",
    ),
    DeletedKind.MOMENT: _Way(
        lambda j: add_moment(j, a_session(j, planned(date(2026, 3, 9))).id, mark("The wave\nwent out.")).moment.id,
        delete_moment, get_moment, "UPDATE moment SET words = 'x' WHERE id = ?",
    ),
    DeletedKind.THREAD: _Way(
        lambda j: begin_thread(j, "Softness").thread.id, delete_thread, get_thread,
        "UPDATE thread SET name = 'x' WHERE id = ?",
    ),
    DeletedKind.INSIGHT: _Way(
        lambda j: add_insight(j, "I may ask.").insight.id, delete_insight, get_insight,
        "UPDATE insight SET text = 'x' WHERE id = ?",
    ),
    DeletedKind.PRACTICE: _Way(
        lambda j: begin_practice(j, "Ask Daniel.").practice.id, delete_practice, get_practice,
        "UPDATE practice SET text = 'x' WHERE id = ?",
    ),
    DeletedKind.LETTER: _Way(
        lambda j: write_letter(j, a_session(j, held(FEBRUARY)).id, SECRET).letter.id, delete_letter, _letter,
        "UPDATE letter SET text = 'x' WHERE id = ?",
    ),
    DeletedKind.RESPONSE: _Way(
        lambda j: begin_response(j, shipped_questionnaires()["gad-7"]).response.id, delete_response, get_response,
        "UPDATE response SET status = 'completed' WHERE id = ?",
    ),
    DeletedKind.LOG: _Way(
        lambda j: record_slow_log(j, SlowLog(pull=3, note="As last month.")).log.id, delete_log, get_log,
        "UPDATE log SET content = 'x' WHERE id = ?",
    ),
    DeletedKind.CHECK_IN: _Way(
        lambda j: check_in(j, note="A quiet\nday.").id, delete_check_in, get_check_in,
        "UPDATE check_in SET note = 'x' WHERE id = ?",
    ),
    DeletedKind.MEASURE: _Way(
        lambda j: own(j, "Warmth").id, delete_measure, get_measure,
        "UPDATE measure SET words = 'x' WHERE id = ?",
    ),
}  # fmt: skip
every_kind = pytest.mark.parametrize("kind", DeletedKind)


def _one(journal: Journal) -> DeletedThing:
    (thing,) = all_deleted(journal)
    return thing


def test_nothing_was_deleted(journal: Journal) -> None:
    for kind in DeletedKind:
        if kind is not DeletedKind.LETTER:  # its session would be over that of another
            WAYS[kind].make(journal)
    assert all_deleted(journal) == ()


def test_every_kind_is_there_with_its_name_and_its_time(journal: Journal, clock: FixedClock) -> None:
    deleted = {}
    for kind, way in WAYS.items():
        if kind is DeletedKind.LETTER:  # of a session of its own
            thing_id = write_letter(journal, a_session(journal, planned(date(2026, 3, 20))).id, SECRET).letter.id
        else:
            thing_id = way.make(journal)
        clock.advance(timedelta(minutes=1))
        way.delete(journal, thing_id)
        deleted[kind] = (thing_id, clock.now())
    found = all_deleted(journal)
    assert [thing.kind for thing in found] == list(reversed(DeletedKind))  # the last one deleted first
    by_kind = {thing.kind: thing for thing in found}
    for kind, (thing_id, at) in deleted.items():
        thing = by_kind[kind]
        assert (thing.id, thing.deleted, thing.readable, thing.waits) == (thing_id, at, True, False)
    assert {kind: thing.name for kind, thing in by_kind.items()} == {
        DeletedKind.ENTRY: "A title",
        DeletedKind.SESSION: "Session 1",
        DeletedKind.MOMENT: "The wave went out.",
        DeletedKind.THREAD: "Softness",
        DeletedKind.INSIGHT: "I may ask.",
        DeletedKind.PRACTICE: "Ask Daniel.",
        DeletedKind.LETTER: UNOPENED,
        DeletedKind.RESPONSE: "GAD-7",
        DeletedKind.LOG: "As last month.",
        DeletedKind.CHECK_IN: "A quiet day.",
        DeletedKind.MEASURE: "Warmth",
    }
    assert by_kind[DeletedKind.SESSION].when == ZonedTime(FEBRUARY, "Europe/Lisbon")
    assert by_kind[DeletedKind.MOMENT].when == ZonedTime(MARCH, "Europe/Lisbon")
    for kind in (DeletedKind.THREAD, DeletedKind.INSIGHT, DeletedKind.PRACTICE, DeletedKind.LETTER):
        when = by_kind[kind].when
        assert isinstance(when, ZonedTime)
        assert when.zone == clock.zone()


@every_kind
def test_what_is_taken_back_is_as_it_was(journal: Journal, kind: DeletedKind) -> None:
    way = WAYS[kind]
    thing_id = way.make(journal)
    way.delete(journal, thing_id)
    changes = take_back(journal, kind, thing_id)
    assert {"recently deleted"} < changes.areas
    assert thing_id in changes.ids
    assert all_deleted(journal) == ()
    kept = way.get(journal, thing_id)
    kept = getattr(kept, "summary", getattr(kept, "thread", kept))
    assert kept.deleted is None  # type: ignore[attr-defined]  # every kind has it


@every_kind
def test_what_is_purged_is_gone(journal: Journal, kind: DeletedKind) -> None:
    way = WAYS[kind]
    thing_id = way.make(journal)
    way.delete(journal, thing_id)
    changes = purge(journal, str(kind), thing_id)
    assert "recently deleted" in changes.areas
    assert thing_id in changes.ids
    assert all_deleted(journal) == ()
    with pytest.raises((EntryMissing, WrongUsage)):
        way.get(journal, thing_id)
    for change in (take_back, purge):
        with pytest.raises((EntryMissing, WrongUsage)):
            change(journal, kind, thing_id)


@every_kind
def test_a_damaged_thing_is_named_never_taken_back_and_can_be_purged(journal: Journal, kind: DeletedKind) -> None:
    way = WAYS[kind]
    thing_id = way.make(journal)
    way.delete(journal, thing_id)
    tamper(journal, way.spoil, thing_id.bytes)
    assert _one(journal) == DeletedThing(kind, thing_id, readable=False)
    with pytest.raises(RecordDamaged):
        take_back(journal, kind, thing_id)
    purge(journal, kind, thing_id)
    assert all_deleted(journal) == ()


@every_kind
def test_what_is_not_there_is_said_and_nothing_else_changes(journal: Journal, kind: DeletedKind) -> None:
    for change in (take_back, purge):
        with pytest.raises((EntryMissing, WrongUsage)):
            change(journal, kind, uuid4())
        with pytest.raises(ValueError, match="lamp"):
            change(journal, "lamp", uuid4())


def test_a_damaged_thing_keeps_its_place_among_its_kind(journal: Journal, clock: FixedClock) -> None:
    ids = [add_insight(journal, text).insight.id for text in ("one", "two", "three")]
    entry = write(journal, "between")
    for insight_id in ids[:2]:
        clock.advance(timedelta(minutes=1))
        delete_insight(journal, insight_id)
    clock.advance(timedelta(minutes=1))
    delete_entry(journal, entry)
    clock.advance(timedelta(minutes=1))
    delete_insight(journal, ids[2])
    tamper(journal, "UPDATE insight SET text = 'x' WHERE id = ?", ids[1].bytes)
    assert [thing.id for thing in all_deleted(journal)] == [ids[2], ids[1], entry, ids[0]]
    tamper(journal, "UPDATE insight SET text = 'x' WHERE id = ?", ids[2].bytes)
    assert [thing.id for thing in all_deleted(journal)] == [entry, ids[2], ids[1], ids[0]]


def test_a_thing_without_an_id_hides_none_of_the_others(journal: Journal) -> None:
    damaged, other = (begin_thread(journal, name).thread.id for name in ("one", "two"))
    for thread_id in (damaged, other):
        delete_thread(journal, thread_id)
    tamper(journal, "UPDATE thread SET id = x'01' WHERE id = ?", damaged.bytes)
    found = all_deleted(journal)
    assert {thing.id for thing in found} == {other, None}
    assert [thing.readable for thing in found if thing.id is None] == [False]


def test_a_letter_shows_its_words_only_once_it_was_opened(journal: Journal, clock: FixedClock) -> None:
    session = a_session(journal, held(FEBRUARY))
    a_session(journal, planned(date(2026, 3, 9)))
    letter_id = write_letter(journal, session.id, SECRET).letter.id

    def name() -> str:
        delete_letter(journal, letter_id)
        told = _one(journal).name
        take_back(journal, DeletedKind.LETTER, letter_id)
        return told

    assert name() == UNOPENED
    clock.advance(timedelta(days=5))
    assert name() == UNOPENED  # its time has come, and it is still for the person to open
    assert isinstance(open_letter(journal, letter_id).letter, Letter)
    assert name() == SECRET


def test_what_went_with_its_session_comes_back_with_it(journal: Journal) -> None:
    session = a_session(journal, held(FEBRUARY))
    apart, along = (add_moment(journal, session.id, mark(words)).moment for words in ("apart", "along"))
    letter_id = write_letter(journal, session.id, SECRET).letter.id
    delete_moment(journal, apart.id)
    delete_letter(journal, letter_id)
    assert not any(thing.waits for thing in all_deleted(journal))
    delete_session(journal, session.id)
    waiting = {thing.id: thing.waits for thing in all_deleted(journal)}
    assert waiting == {session.id: False, apart.id: True, letter_id: True}
    take_back(journal, DeletedKind.MOMENT, apart.id)
    take_back(journal, DeletedKind.SESSION, session.id)
    assert {one.id for one in list_moments(journal, session.id)} == {apart.id, along.id}
    assert [(thing.id, thing.waits) for thing in all_deleted(journal)] == [(letter_id, False)]


def test_a_session_that_is_purged_takes_what_was_deleted_of_it(journal: Journal) -> None:
    session = a_session(journal, held(FEBRUARY))
    delete_moment(journal, add_moment(journal, session.id, mark("apart")).moment.id)
    delete_session(journal, session.id)
    purge(journal, DeletedKind.SESSION, session.id)
    assert all_deleted(journal) == ()


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (mark(), ""),
        (mark(kind=MomentKind.VITALS, pulse=72), "Pulse 72"),
        (mark(kind=MomentKind.VITALS, pulse=72, systolic=124, diastolic=78), "Pulse 72 · BP 124/78"),
        (mark(kind=MomentKind.EFFECT, effect="nausea", strength=Strength.MILD), "Nausea, mild"),
        (mark(kind=MomentKind.EFFECT, effect="a tingling", strength=Strength.STRONG), "a tingling, strong"),
        (mark("in words", kind=MomentKind.EFFECT, effect="nausea", strength=Strength.MILD), "in words"),
    ],
)  # fmt: skip
def test_a_moment_is_called_by_what_it_says(journal: Journal, made: object, name: str) -> None:
    moment = add_moment(journal, a_session(journal).id, made).moment  # type: ignore[arg-type]  # parametrized
    delete_moment(journal, moment.id)
    assert _one(journal).name == name


@pytest.mark.parametrize(
    ("lines", "note", "name"),
    [
        ((EffectLine("nausea", Strength.MILD), EffectLine("Cold hands", Strength.STRONG)), "words",
         "Nausea, mild · Cold hands, strong"),
        ((), "All of it gone by supper.", "All of it gone by supper."),
        ((), "", ""),
    ],
)  # fmt: skip
def test_side_effects_are_called_by_what_was_felt_and_wait_for_their_session(
    journal: Journal, lines: tuple[EffectLine, ...], note: str, name: str
) -> None:
    session = a_session(journal, held(FEBRUARY))
    log = record_effect_log(journal, EffectLog(session.id, lines, note)).log
    delete_log(journal, log.id)
    assert (_one(journal).name, _one(journal).waits) == (name, False)
    delete_session(journal, session.id)
    assert {thing.kind: thing.waits for thing in all_deleted(journal)}[DeletedKind.LOG]


def test_a_check_in_without_words_is_called_by_what_was_answered_under_the_name_it_had(journal: Journal) -> None:
    mood, sleep, feelings = (measure(journal, key) for key in ("mood", "sleep-hours", "feelings"))
    kept = check_in(
        journal, answer(mood, 0), answer(measure(journal, "energy")), answer(sleep, 7.25),
        answer(feelings, words=("calm", "tired")),
    )  # fmt: skip
    change_measure(journal, mood.id, definition=replace(mood.definition, name="Weather inside"))
    delete_check_in(journal, kept.id)
    assert _one(journal).name == "Mood 0 · Sleep hours 7.25 · Feeling words calm, tired"


def test_a_session_is_called_by_its_numbers_and_its_day(journal: Journal) -> None:
    session = a_session(journal, planned(date(2026, 3, 9)))
    delete_session(journal, session.id)
    thing = _one(journal)
    assert (thing.name, thing.when) == ("Session 1", date(2026, 3, 9))


@SHARED
@given(text=st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: bool(text.strip())))
def test_a_name_is_one_short_line_whatever_was_written(journal: Journal, text: str) -> None:
    insight_id = add_insight(journal, text * 50).insight.id
    delete_insight(journal, insight_id)
    name = _one(journal).name
    assert name
    assert name.splitlines() == [name]
    assert len(name) <= LONGEST_NAME
    purge(journal, DeletedKind.INSIGHT, insight_id)


@SHARED
@given(order=st.permutations(sorted(set(DeletedKind) - {DeletedKind.SESSION, DeletedKind.MOMENT, DeletedKind.LETTER})))
def test_the_last_deletion_stands_first_in_whatever_order(
    journal: Journal, clock: FixedClock, order: list[DeletedKind]
) -> None:
    for kind in order:
        thing_id = WAYS[kind].make(journal)
        clock.advance(timedelta(seconds=1))
        WAYS[kind].delete(journal, thing_id)
    found = all_deleted(journal)
    assert [thing.kind for thing in found] == order[::-1]
    for thing in found:
        assert thing.id is not None
        purge(journal, thing.kind, thing.id)


def test_a_journal_open_to_read_shows_it_and_changes_nothing(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        thread_id = begin_thread(journal, "Softness").thread.id
        delete_thread(journal, thread_id)
    with sample.open(Access.READ, clock=clock) as journal:
        assert _one(journal).name == "Softness"
        for change in (take_back, purge):
            with pytest.raises(ReadOnlyJournal):
                change(journal, DeletedKind.THREAD, thread_id)
