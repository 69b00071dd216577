"""What may be handed on: never what is marked *Never share*, was made from it, or is in Recently deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.courses import Carer, CareRole
from integrate.domain.entry import SessionRef
from integrate.domain.listing import Stop, Stopped
from integrate.domain.logs import EffectLine, EffectLog
from integrate.domain.moments import Strength
from integrate.domain.people import Person
from integrate.domain.practices import Reply, Said
from integrate.domain.sessions import LineKind
from integrate.domain.threads import Station
from integrate.domain.times import ZonedTime
from integrate.errors import EntryMissing, RecordDamaged
from integrate.journal.check_ins import change_check_in, delete_check_in, get_check_in
from integrate.journal.courses import begin_course
from integrate.journal.deleting import delete_entry, undelete_entry
from integrate.journal.finding import get_entry
from integrate.journal.insights import add_insight, delete_insight, get_insight, promote, promote_moment
from integrate.journal.letters import write_letter
from integrate.journal.logs import record_effect_log
from integrate.journal.moments import add_moment, change_moment, delete_moment, get_moment
from integrate.journal.never_share import lift_never_share, mark_never_share
from integrate.journal.opening import Journal
from integrate.journal.people import save_people
from integrate.journal.practices import begin_practice, delete_practice, get_practice, reply_to_practice
from integrate.journal.sessions import add_line, change_line, delete_session, get_session, remove_line, restore_session
from integrate.journal.shareable import (
    Readable,
    count_shareable_entries,
    names_of_people,
    shareable_attachment,
    shareable_check_ins,
    shareable_entries,
    shareable_entry,
    shareable_insights,
    shareable_practices,
    shareable_responses,
    shareable_series,
    shareable_sessions,
    shareable_summaries,
    shareable_threads,
)
from integrate.journal.threads import begin_thread
from integrate.journal.writing import Sitting, prepare_bytes, save_entry
from integrate.storage.session_lines import LineReader
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.check_ins import answer, check_in, measure
from tests.helpers.courses import a_session, held, mark, planned
from tests.helpers.journals import draft, tamper, write

FEBRUARY = datetime(2026, 2, 9, 10, tzinfo=UTC)
SHARED = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def everything(journal: Journal) -> str:
    """All that may be shared, as one text."""
    entries = [
        *shareable_entries(journal, bodies=True),
        *shareable_entries(journal, bodies=False),
        shareable_summaries(journal),
    ]
    things = [
        of(journal)
        for of in (
            shareable_sessions, shareable_threads, shareable_insights, shareable_practices, shareable_check_ins,
            shareable_responses, shareable_series,
        )
    ]  # fmt: skip
    return repr((entries, things))


def read(found: Readable[Any]) -> tuple[Any, ...]:
    """The values, all of them readable."""
    assert found.unreadable == 0
    return found.values


def entries_of(journal: Journal, **which: Any) -> list[str]:
    """The bodies of the entries, batch by batch."""
    return [entry.body for some in shareable_entries(journal, bodies=True, **which) for entry in read(some)]


# --- the rule ---------------------------------------------------------------------------------------------------------


@dataclass
class World:
    """Things with a word each, and for each word whether it may be shared, asked of the journal as it is."""

    journal: Journal
    words: Iterator[str] = field(default_factory=lambda: (f"canary{number}x" for number in count()))
    may: dict[str, Callable[[], bool]] = field(default_factory=dict)
    entries: list[UUID] = field(default_factory=list)
    sessions: list[UUID] = field(default_factory=list)
    lines: list[UUID] = field(default_factory=list)
    moments: list[UUID] = field(default_factory=list)
    insights: list[UUID] = field(default_factory=list)
    practices: list[UUID] = field(default_factory=list)
    notes: list[UUID] = field(default_factory=list)

    def make(self, kind: str, flag: bool, pick: int) -> None:
        """One more thing of a kind."""
        if kind != "session" and not self.sessions:
            self.make("session", False, 0)
        getattr(self, f"_make_{kind}")(next(self.words), flag, pick)

    def set_flag(self, kind: str, flag: bool, pick: int) -> None:
        """Mark a thing, or lift the mark."""
        things = getattr(self, kind)
        if things:
            getattr(self, f"_flag_{kind}")(things[pick % len(things)], flag)

    def delete(self, kind: str, pick: int) -> None:
        """Move a thing to Recently deleted."""
        things = getattr(self, kind)
        deletes: dict[str, Callable[[Journal, UUID], Any]] = {
            "entries": delete_entry, "sessions": delete_session, "lines": remove_line, "moments": delete_moment,
            "insights": delete_insight, "practices": delete_practice, "notes": delete_check_in,
        }  # fmt: skip
        if things:
            deletes[kind](self.journal, things[pick % len(things)])

    # each kind

    def _make_entry(self, word: str, flag: bool, _pick: int) -> None:
        entry_id = write(self.journal, word, title=f"{word} title", never_share=flag)
        save_entry(self.journal, entry_id, draft(f"{word} now", never_share=flag), Sitting())
        self.entries.append(entry_id)
        self.may[word] = lambda: self._entry_may(entry_id)

    def _make_session(self, word: str, _flag: bool, _pick: int) -> None:
        day = date(2026, 1, 5) + timedelta(days=len(self.sessions))
        session_id = a_session(self.journal, planned(day, dose=word)).id
        self.sessions.append(session_id)
        self.may[word] = lambda: self._live(session_id)
        letter = next(self.words)
        write_letter(self.journal, session_id, letter)
        self.may[letter] = lambda: False

    def _make_line(self, word: str, flag: bool, pick: int) -> None:
        session_id = self.sessions[pick % len(self.sessions)]
        line = add_line(self.journal, session_id, LineKind.INTENTION, word, never_share=flag).line
        self.lines.append(line.id)
        begin_thread(self.journal, "", ((Station.INTENTION, line.id),))
        self.may[word] = lambda: self._line_may(line.id, session_id)

    def _make_moment(self, word: str, flag: bool, pick: int) -> None:
        session_id = self.sessions[pick % len(self.sessions)]
        moment = add_moment(self.journal, session_id, mark(word), never_share=flag).moment
        self.moments.append(moment.id)
        begin_thread(self.journal, "", ((Station.MET, moment.id),))
        self.may[word] = lambda: self._moment_may(moment.id)

    def _make_insight(self, word: str, flag: bool, pick: int) -> None:
        sources = [*self.entries, *self.moments]
        source = sources[pick % len(sources)] if sources else None
        if source is None:
            insight = add_insight(self.journal, word, never_share=flag).insight
        elif source in self.entries:
            body = get_entry(self.journal, source).body
            insight = promote(self.journal, source, body, word).insight
        else:
            insight = promote_moment(self.journal, source, word).insight
        if flag:
            mark_never_share(self.journal, insight)
        self.insights.append(insight.id)
        begin_thread(self.journal, "", ((Station.INSIGHT, insight.id),))
        self.may[word] = lambda: self._insight_may(insight.id)

    def _make_practice(self, word: str, flag: bool, pick: int) -> None:
        source = self.insights[pick % len(self.insights)] if self.insights else None
        practice = begin_practice(self.journal, word, insight_id=source, never_share=flag).practice
        self.practices.append(practice.id)
        begin_thread(self.journal, "", ((Station.PRACTICE, practice.id),))
        self.may[word] = lambda: self._practice_may(practice.id)

    def _make_note(self, word: str, flag: bool, _pick: int) -> None:
        kept = check_in(self.journal, answer(measure(self.journal), 6), note=word, never_share=flag)
        self.notes.append(kept.id)
        self.may[word] = lambda: self._note_may(kept.id)

    def _flag_entries(self, entry_id: UUID, flag: bool) -> None:
        entry = get_entry(self.journal, entry_id)
        save_entry(self.journal, entry_id, replace(entry.as_draft(), never_share=flag), Sitting())

    def _flag_lines(self, line_id: UUID, flag: bool) -> None:
        change_line(self.journal, line_id, never_share=flag)

    def _flag_moments(self, moment_id: UUID, flag: bool) -> None:
        change_moment(self.journal, moment_id, never_share=flag)

    def _flag_insights(self, insight_id: UUID, flag: bool) -> None:
        (mark_never_share if flag else lift_never_share)(self.journal, get_insight(self.journal, insight_id))

    def _flag_practices(self, practice_id: UUID, flag: bool) -> None:
        (mark_never_share if flag else lift_never_share)(self.journal, get_practice(self.journal, practice_id))

    def _flag_notes(self, check_in_id: UUID, flag: bool) -> None:
        kept = get_check_in(self.journal, check_in_id).draft
        change_check_in(self.journal, check_in_id, replace(kept, never_share=flag))

    # what may be shared, in the words of the rule

    def _entry_may(self, entry_id: UUID) -> bool:
        summary = get_entry(self.journal, entry_id).summary
        return not summary.never_share and summary.deleted is None

    def _live(self, session_id: UUID) -> bool:
        return get_session(self.journal, session_id).deleted is None

    def _line_may(self, line_id: UUID, session_id: UUID) -> bool:
        with self.journal.vault.database.read() as session:
            there = LineReader(session).list(session_id)
        return self._live(session_id) and any(
            one.id == line_id and not one.never_share  # type: ignore[union-attr]  # readable
            for one in there
        )

    def _moment_may(self, moment_id: UUID) -> bool:
        moment = get_moment(self.journal, moment_id)
        return not moment.never_share and moment.deleted is None and self._live(moment.session_id)

    def _insight_may(self, insight_id: UUID) -> bool:
        insight = get_insight(self.journal, insight_id)
        return not insight.never_share and insight.deleted is None

    def _practice_may(self, practice_id: UUID) -> bool:
        practice = get_practice(self.journal, practice_id)
        return not practice.never_share and practice.deleted is None

    def _note_may(self, check_in_id: UUID) -> bool:
        kept = get_check_in(self.journal, check_in_id)
        return not kept.draft.never_share and kept.deleted is None


CHAIN = (("entry", 0), ("moment", 0), ("insight", 0), ("insight", 1), ("practice", 0), ("practice", 1), ("line", 0))
"""From an entry and a moment to an insight and a practice each."""

KINDS = ("entry", "session", "line", "moment", "insight", "practice", "note")
FLAGGED = ("entries", "lines", "moments", "insights", "practices", "notes")
picks = st.integers(0, 5)
steps = st.one_of(
    st.tuples(st.just("make"), st.sampled_from(KINDS), st.booleans(), picks),
    st.tuples(st.just("make"), st.sampled_from(KINDS), st.booleans(), picks),
    st.tuples(st.just("set_flag"), st.sampled_from(FLAGGED), st.booleans(), picks),
    st.tuples(st.just("delete"), st.sampled_from((*FLAGGED, "sessions")), picks),
)


@SHARED
@given(st.lists(steps, min_size=1, max_size=10))
def test_nothing_that_is_never_share_ever_comes_out_whatever_is_flagged_lifted_and_deleted(
    journal: Journal, script: list[tuple[Any, ...]]
) -> None:
    world = World(journal, words=(f"canary{uuid4().hex}x" for _number in count()))
    for kind, pick in CHAIN:
        world.make(kind, False, pick)
    for step in script:
        getattr(world, step[0])(*step[1:])
    shared = everything(journal)
    for word, may in world.may.items():
        assert (word in shared) == may(), (word, script)


# --- entries ----------------------------------------------------------------------------------------------------------


def test_entries_come_newest_first_in_batches_with_what_is_attached(journal: Journal) -> None:
    for number in range(130):
        write(journal, f"entry {number}", at=ZonedTime(FEBRUARY + timedelta(hours=number), "Europe/Lisbon"))
    write(journal, "a photo", prepare_bytes("a.txt", b"x" * 300_000), at=ZonedTime(FEBRUARY, "UTC"))
    batches = list(shareable_entries(journal, bodies=True))
    assert len(batches) > 1
    found = [entry for some in batches for entry in read(some)]
    assert [entry.body for entry in found[:130]] == [f"entry {number}" for number in range(129, 0, -1)] + ["a photo"]
    (attached,) = found[129].attachments
    assert b"".join(shareable_attachment(journal, attached.id)) == b"x" * 300_000
    assert {entry.body for some in shareable_entries(journal, bodies=False) for entry in read(some)} == {""}


def test_days_sessions_and_ids_narrow_each_other(journal: Journal) -> None:
    early = write(journal, "early", at=ZonedTime(FEBRUARY, "UTC"), session=SessionRef(1, 1))
    write(journal, "later", at=ZonedTime(FEBRUARY + timedelta(days=1), "UTC"), session=SessionRef(1, 2))
    last = write(journal, "last", at=ZonedTime(FEBRUARY + timedelta(days=2), "UTC"))
    second = FEBRUARY.date() + timedelta(days=1)
    assert entries_of(journal, first_day=second) == ["last", "later"]
    assert entries_of(journal, last_day=second) == ["later", "early"]
    assert entries_of(journal, sessions={SessionRef(1, 1), SessionRef(1, 2)}) == ["later", "early"]
    assert entries_of(journal, sessions=()) == entries_of(journal, ids=()) == []
    assert entries_of(journal, ids=[early, last, uuid4()]) == ["last", "early"]
    assert entries_of(journal, ids=[early, last], first_day=second) == ["last"]
    assert count_shareable_entries(journal, second) == 2
    assert [one.id for one in read(shareable_summaries(journal, limit=1, skip=2))] == [early]
    assert shareable_entry(journal, early).body == "early"


def test_an_entry_that_must_stay_is_as_if_it_were_not_there(journal: Journal) -> None:
    kept = write(journal, "kept", prepare_bytes("kept.txt", b"kept"), never_share=True)
    deleted = write(journal, "deleted", prepare_bytes("deleted.txt", b"deleted"))
    delete_entry(journal, deleted)
    assert (count_shareable_entries(journal), entries_of(journal, ids=[kept, deleted])) == (0, [])
    for entry_id in (kept, deleted, uuid4()):
        with pytest.raises(EntryMissing):
            shareable_entry(journal, entry_id)
    for entry_id in (kept, deleted):
        (attached,) = get_entry(journal, entry_id).attachments
        with pytest.raises(EntryMissing):
            list(shareable_attachment(journal, attached.id))
    undelete_entry(journal, deleted)
    assert entries_of(journal) == ["deleted"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entry SET never_share = 0 WHERE never_share = 1",
        "UPDATE entry_text SET body = 'other words'",
        "UPDATE attachment SET name = 'other.txt'",
        "DELETE FROM entry_text",
    ],
)
def test_a_damaged_entry_is_counted_and_never_given(journal: Journal, damage: str) -> None:
    entry_id = write(journal, "words", prepare_bytes("a.txt", b"a"), never_share="never_share" in damage)
    (attached,) = get_entry(journal, entry_id).attachments
    tamper(journal, damage)
    assert list(shareable_entries(journal, bodies=True)) == [Readable((), 1)]
    with pytest.raises(RecordDamaged):
        shareable_entry(journal, entry_id)
    if "entry_text" not in damage:
        with pytest.raises(RecordDamaged):
            list(shareable_attachment(journal, attached.id))


def test_an_attachment_that_was_hung_on_another_entry_is_not_given(journal: Journal) -> None:
    kept = write(journal, "kept", prepare_bytes("kept.txt", b"kept"), never_share=True)
    write(journal, "shared")
    (attached,) = get_entry(journal, kept).attachments
    tamper(journal, "UPDATE attachment SET entry_pk = (SELECT pk FROM entry WHERE never_share = 0)")
    with pytest.raises(RecordDamaged):
        list(shareable_attachment(journal, attached.id))
    assert list(shareable_entries(journal, bodies=False)) == [Readable((), 1)]


def test_reading_can_be_stopped(journal: Journal) -> None:
    for number in range(250):
        write(journal, f"entry {number}")
    stop = Stop()
    batches = shareable_entries(journal, bodies=True, stop=stop)
    next(batches)
    stop.set()
    with pytest.raises(Stopped):
        next(batches)
    for read_them in (
        shareable_sessions, shareable_threads, shareable_insights, shareable_practices, shareable_check_ins,
        shareable_summaries, shareable_series,
    ):  # fmt: skip
        with pytest.raises(Stopped):
            read_them(journal, stop=stop)


# --- the rest ---------------------------------------------------------------------------------------------------------


def test_sessions_come_with_lines_moments_and_side_effects(journal: Journal) -> None:
    first = a_session(journal, held(FEBRUARY))
    second = a_session(journal, planned(date(2026, 2, 20)))
    a_session(journal, replace(planned(date(2026, 2, 21)), day=None))
    for word, never in (("one", False), ("kept", True), ("two", False)):
        add_line(journal, first.id, LineKind.INTENTION, word, never_share=never)
    add_moment(journal, first.id, mark("late", at=FEBRUARY + timedelta(minutes=9)))
    add_moment(journal, first.id, mark("early", at=FEBRUARY))
    content = EffectLog(first.id, (EffectLine("nausea", Strength.MILD),))
    record_effect_log(journal, content)
    one, two, without_day = read(shareable_sessions(journal))
    assert (one.session.id, two.session.id, without_day.session.day) == (first.id, second.id, None)
    assert [(line.text, line.place) for line in one.lines] == [("one", 0), ("two", 1)]
    assert [moment.mark.words for moment in one.moments] == ["early", "late"]
    assert one.effects is not None and one.effects.content == content
    assert (two.lines, two.moments, two.effects) == ((), (), None)
    assert [each.session.id for each in read(shareable_sessions(journal, first_day=date(2026, 2, 10)))] == [second.id]
    assert [each.session.id for each in read(shareable_sessions(journal, last_day=date(2026, 2, 10)))] == [first.id]
    assert [each.session.id for each in read(shareable_sessions(journal, refs={second.ref}))] == [second.id]
    assert read(shareable_sessions(journal, refs=())) == ()
    delete_session(journal, first.id)
    assert [each.session.id for each in read(shareable_sessions(journal, last_day=date(2026, 2, 28)))] == [second.id]
    restore_session(journal, first.id)
    assert read(shareable_sessions(journal))[0].lines == one.lines


def test_the_words_an_insight_came_from_stay_where_they_are_in_recently_deleted(journal: Journal) -> None:
    entry_id = write(journal, "The sea was quiet.")
    insight = promote(journal, entry_id, "sea", "I like the sea").insight
    assert read(shareable_insights(journal)) == (insight,)
    delete_entry(journal, entry_id)
    (found,) = read(shareable_insights(journal))
    assert (found.text, found.source.quote, found.source.entry_id) == ("I like the sea", "", None)


def test_what_was_made_from_a_kept_thing_goes_along_once_the_person_lifts_it_but_never_its_source(
    journal: Journal,
) -> None:
    entry_id = write(journal, "The sea was quiet.", never_share=True)
    insight = promote(journal, entry_id, "sea", "I like the sea").insight
    practice = begin_practice(journal, "Walk by the sea", insight_id=insight.id).practice
    assert read(shareable_insights(journal)) == read(shareable_practices(journal)) == ()
    lift_never_share(journal, insight)
    lift_never_share(journal, practice)
    (found,) = read(shareable_insights(journal))
    assert (found.id, found.source.quote, found.source.entry_id) == (insight.id, "", None)
    assert [one.practice.id for one in read(shareable_practices(journal))] == [practice.id]
    save_entry(journal, entry_id, draft("The sea was quiet.", never_share=False), Sitting())
    (found,) = read(shareable_insights(journal))
    assert found.source.quote == "sea"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE insight SET never_share = 0",
        "UPDATE entry SET never_share = 0",
        "UPDATE practice SET never_share = 0",
    ],
)
def test_a_flag_that_damage_switched_off_lets_nothing_through(journal: Journal, damage: str) -> None:
    entry_id = write(journal, "The sea was quiet.", never_share=True)
    insight = promote(journal, entry_id, "sea", "canary-i").insight
    practice = begin_practice(journal, "canary-p", insight_id=insight.id).practice
    session = a_session(journal, held(FEBRUARY))
    add_line(journal, session.id, LineKind.HOPE, "canary-l", never_share=True)
    moment = add_moment(journal, session.id, mark("canary-m"), never_share=True).moment
    check_in(journal, answer(measure(journal), 6), note="canary-n", never_share=True)
    begin_thread(journal, "canary-t", ((Station.MET, moment.id), (Station.PRACTICE, practice.id)))
    assert not (insight.source.quote in everything(journal) or practice.text in everything(journal))
    tamper(journal, damage)
    tamper(journal, "UPDATE session_line SET never_share = 0")
    tamper(journal, "UPDATE moment SET never_share = 0")
    tamper(journal, "UPDATE check_in SET never_share = 0")
    assert "canary" not in everything(journal)
    assert shareable_sessions(journal).unreadable == 2
    assert shareable_check_ins(journal).unreadable == 1


def test_a_moment_whose_session_cannot_be_read_lets_nothing_through(journal: Journal) -> None:
    session = a_session(journal, held(FEBRUARY))
    moment = add_moment(journal, session.id, mark("canary-m")).moment
    insight = promote_moment(journal, moment.id, "seen").insight
    begin_thread(journal, "", ((Station.MET, moment.id), (Station.INSIGHT, insight.id)))
    assert "canary-m" in everything(journal)
    delete_session(journal, session.id)
    tamper(journal, "UPDATE session SET deleted_us = NULL")
    assert "canary" not in everything(journal)
    (found,) = read(shareable_insights(journal))
    assert (found.text, found.source.quote) == ("seen", "")


def test_practices_come_with_all_that_was_said(journal: Journal) -> None:
    practice = begin_practice(journal, "A slow walk", since=date(2026, 2, 1)).practice
    for day in (3, 1, 2):
        reply_to_practice(journal, practice.id, Reply.DONE, date(2026, 2, day))
    (found,) = read(shareable_practices(journal))
    assert found.practice.id == practice.id
    assert found.said == tuple(Said(date(2026, 2, day), Reply.DONE) for day in (1, 2, 3))
    tamper(journal, "UPDATE practice_reply SET day = day + 1 WHERE pk = 1")
    assert [len(one.said) for one in shareable_practices(journal).values] == [2]
    assert shareable_practices(journal).unreadable == 1


def test_a_thread_of_kept_things_alone_stays_with_its_name(journal: Journal) -> None:
    session = a_session(journal, held(FEBRUARY))
    kept = add_line(journal, session.id, LineKind.INTENTION, "kept", never_share=True).line
    line = add_line(journal, session.id, LineKind.INTENTION, "open").line
    begin_thread(journal, "Speaks of it", ((Station.INTENTION, kept.id),))
    begin_thread(journal, "Of both", ((Station.INTENTION, kept.id), (Station.INTENTION, line.id)))
    begin_thread(journal, "A name alone")
    alone, both = read(shareable_threads(journal))
    assert (alone.thread.name, both.thread.name) == ("A name alone", "Of both")
    assert [one.text for one in both.intentions] == ["open"]
    assert [one.id for one in both.sessions] == [session.id]


def test_the_numbers_of_a_check_in_stay_where_its_note_is_kept(journal: Journal) -> None:
    mood = measure(journal)
    kept = check_in(journal, answer(mood, 6), note="kept", never_share=True)
    check_in(journal, note="only kept", never_share=True)
    check_in(journal, answer(mood), answer(measure(journal, "energy"), 4), at=FEBRUARY)
    shared = read(shareable_check_ins(journal))
    assert [one.draft.note for one in shared] == ["", ""]
    assert shared[0].id == kept.id
    assert shared[0].draft.answers == kept.draft.answers
    assert [one.day for one in read(shareable_check_ins(journal, last_day=FEBRUARY.date()))] == [FEBRUARY.date()]
    (series,) = (one for one in shareable_series(journal).series if one.measure_id == mood.id)
    assert series.values == (6.0,)


def test_the_names_of_people_are_those_of_every_course_and_ones_own(journal: Journal) -> None:
    begin_course(journal, care_team=[Carer(uuid4(), "Dr Berg", CareRole.THERAPIST)])
    begin_course(
        journal,
        care_team=[Carer(uuid4(), "Dr Berg", CareRole.THERAPIST), Carer(uuid4(), "Ana", CareRole.COMPANION)],
    )
    save_people(journal, [Person(uuid4(), " Dora ", "123")])
    assert set(names_of_people(journal)) == {"Dr Berg", "Ana", "Dora"}
    tamper(journal, "UPDATE course SET care_team = '[]' WHERE number = 1")
    with pytest.raises(RecordDamaged):
        names_of_people(journal)
