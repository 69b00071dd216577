"""Threads, insights, practices and letters in the file: round trips, seals, and that damage hides nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.entry import Unreadable
from integrate.domain.practices import Cadence, CadenceKind, PracticeState, Reply, Said
from integrate.domain.threads import Link, Source, Station, ThreadState
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal.checking import check_journal
from integrate.journal.opening import Access, Journal
from integrate.journal.practices import begin_practice
from integrate.journal.threads import begin_thread
from integrate.storage.insights import InsightReader, InsightWriter
from integrate.storage.letters import LetterReader, LetterWriter
from integrate.storage.practices import PracticeReader, PracticeWriter
from integrate.storage.threads import ThreadReader, ThreadWriter
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.courses import a_session, lines, words
from tests.helpers.journals import tamper

SHARED = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TODAY = date(2026, 3, 2)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
uuids = st.builds(uuid4)
cadences = st.one_of(
    st.just(Cadence()),
    st.just(Cadence(CadenceKind.DAILY)),
    st.builds(Cadence, st.just(CadenceKind.WEEKDAYS), st.frozensets(st.integers(0, 6), min_size=1)),
    st.builds(Cadence, st.just(CadenceKind.EVERY_FEW_DAYS), st.just(frozenset()), st.integers(2, 366)),
)


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def _insights(journal: Journal, *texts: str) -> list[UUID]:
    with journal.vault.database.write() as connection:
        writer = InsightWriter(connection, journal.vault.database.sealer)
        return [writer.add(text, journal.clock.now()).id for text in texts]


@SHARED
@given(words, words, st.none() | uuids, st.none() | uuids, st.integers(1, 2**40), st.booleans())
def test_any_insight_comes_back_as_it_was(
    journal: Journal, text: str, quote: str, entry: UUID | None, moment: UUID | None, revision: int, never: bool
) -> None:
    source = Source(quote, entry, None if entry is None else revision, moment)
    with journal.vault.database.write() as connection:
        writer = InsightWriter(connection, journal.vault.database.sealer)
        added = writer.add(text, journal.clock.now(), source=source, never_share=never)
    with journal.vault.database.read() as session:
        assert InsightReader(session).get(added.id) == added
        assert InsightReader(session).by_ids([added.id, uuid4()]) == {added.id: added}
        assert (added.text, added.source, added.never_share) == (text, source, never)


@SHARED
@given(words, cadences, days, st.sampled_from(PracticeState), st.none() | days)
def test_any_practice_comes_back_as_it_was(
    journal: Journal, text: str, cadence: Cadence, since: date, state: PracticeState, asked: date | None
) -> None:
    with journal.vault.database.write() as connection:
        writer = PracticeWriter(connection, journal.vault.database.sealer)
        added = writer.add(text, cadence, since, journal.clock.now())
        saved = writer.save(replace(added, state=state, asked=asked), added.written)
    with journal.vault.database.read() as session:
        kept = PracticeReader(session, TODAY).get(added.id)
    assert kept == saved
    assert (kept.text, kept.cadence, kept.since, kept.state, kept.asked) == (text, cadence, since, state, asked)
    assert kept.revision == 2


@SHARED
@given(lines, st.sampled_from(ThreadState), words)
def test_any_thread_and_letter_comes_back_as_it_was(journal: Journal, name: str, state: ThreadState, text: str) -> None:
    session_id = a_session(journal).id
    now = journal.clock.now()
    with journal.vault.database.write() as connection:
        threads = ThreadWriter(connection, journal.vault.database.sealer)
        added = threads.add(name, now)
        saved = threads.save(replace(added, state=state), now)
        letter = LetterWriter(connection, journal.vault.database.sealer).add(session_id, text, now, never_share=True)
    with journal.vault.database.read() as session:
        assert ThreadReader(session).get(added.id) == saved
        assert (saved.name, saved.state) == (name, state)
        assert saved in ThreadReader(session).list(state)
        assert all(saved not in ThreadReader(session).list(other) for other in ThreadState if other is not state)
        assert LetterReader(session).list(session_id) == (letter,)
        assert (letter.text, letter.never_share) == (text, True)


@SHARED
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans()), max_size=30))
def test_links_are_a_set_in_the_order_in_which_they_came(journal: Journal, steps: list[tuple[int, int, bool]]) -> None:
    items = _insights(journal, "one", "two", "three")
    expected: dict[UUID, list[Link]] = {begin_thread(journal, name).thread.id: [] for name in "abc"}
    threads = list(expected)
    for thread, item, hang in steps:
        link = Link(threads[thread], Station.INSIGHT, items[item])
        with journal.vault.database.write() as connection:
            writer = ThreadWriter(connection, journal.vault.database.sealer)
            (writer.link if hang else writer.unlink)(link)
        hung = expected[link.thread_id]
        if hang and link not in hung:
            hung.append(link)
        elif not hang and link in hung:
            hung.remove(link)
    with journal.vault.database.read() as session:
        found = ThreadReader(session).links()
        assert [found.get(thread, ()) for thread in threads] == [tuple(hung) for hung in expected.values()]
        assert ThreadReader(session).links(threads[0]).get(threads[0], ()) == tuple(expected[threads[0]])
        for item in items:
            with_it = {thread.id for thread in ThreadReader(session).with_item(item)}
            assert with_it == {one for one, hung in expected.items() if any(link.item_id == item for link in hung)}


def _thread(journal: Journal, text: str) -> UUID:
    return begin_thread(journal, text).thread.id


def _insight(journal: Journal, text: str) -> UUID:
    return _insights(journal, text)[0]


def _practice(journal: Journal, text: str) -> UUID:
    return begin_practice(journal, text).practice.id


def _letter(journal: Journal, text: str) -> UUID:
    session_id = a_session(journal).id
    with journal.vault.database.write() as connection:
        writer = LetterWriter(connection, journal.vault.database.sealer)
        return writer.add(session_id, text, journal.clock.now()).id


MAKE: dict[str, Callable[[Journal, str], UUID]] = {
    "thread": _thread, "insight": _insight, "practice": _practice, "letter": _letter,
}  # fmt: skip
TAMPERED = [
    ("thread", "UPDATE thread SET name = 'other' WHERE id = ?"),
    ("thread", "UPDATE thread SET state = 'open ' WHERE id = ?"),
    ("thread", "UPDATE thread SET rev = 7 WHERE id = ?"),
    ("thread", "UPDATE thread SET created_us = 'never' WHERE id = ?"),
    ("insight", "UPDATE insight SET text = 'other' WHERE id = ?"),
    ("insight", "UPDATE insight SET never_share = 1 WHERE id = ?"),
    ("insight", "UPDATE insight SET quote = 'other' WHERE id = ?"),
    ("insight", "UPDATE insight SET entry_id = zeroblob(16), entry_rev = 1 WHERE id = ?"),
    ("insight", "UPDATE insight SET course = 1, session = 1 WHERE id = ?"),
    ("practice", "UPDATE practice SET cadence = '{}' WHERE id = ?"),
    ("practice", "UPDATE practice SET state = 'ended' WHERE id = ?"),
    ("practice", "UPDATE practice SET since = 1 WHERE id = ?"),
    ("practice", "UPDATE practice SET insight_id = zeroblob(16) WHERE id = ?"),
    ("letter", "UPDATE letter SET text = 'other' WHERE id = ?"),
    ("letter", "UPDATE letter SET opened_us = 1 WHERE id = ?"),
    ("letter", "UPDATE letter SET seal = zeroblob(16) WHERE id = ?"),
]


@pytest.mark.parametrize(("kind", "sql"), TAMPERED)
def test_what_was_tampered_with_is_told_and_hides_no_other(
    sample: Sample, clock: FixedClock, kind: str, sql: str
) -> None:
    with sample.open(clock=clock) as journal:
        kept, damaged = MAKE[kind](journal, "kept"), MAKE[kind](journal, "damaged")
        tamper(journal, sql, damaged.bytes)
        with journal.vault.database.read() as session:
            readers = {
                "thread": ThreadReader(session), "insight": InsightReader(session),
                "practice": PracticeReader(session, TODAY), "letter": LetterReader(session),
            }  # fmt: skip
            listed = readers[kind].list()
            assert Unreadable(damaged) in listed
            assert len(listed) == 2
            with pytest.raises(RecordDamaged):
                readers[kind].get(damaged)
            assert readers[kind].get(kept).id == kept
        writers: dict[str, type] = {
            "thread": ThreadWriter, "insight": InsightWriter, "practice": PracticeWriter, "letter": LetterWriter,
        }  # fmt: skip
        with pytest.raises(RecordDamaged), journal.vault.database.write() as connection:
            writers[kind](connection, journal.vault.database.sealer).delete(damaged, clock.now())
    assert check_journal(sample.place, sample.by_words).problems == ("1 record is damaged.",)


def test_a_row_in_the_place_of_another_is_not_believed(journal: Journal) -> None:
    one, two = _insights(journal, "one", "two")
    tamper(journal, "UPDATE insight SET text = 'one', written_us = 0 WHERE id = ?", two.bytes)
    sql = "UPDATE insight SET seal = (SELECT seal FROM insight WHERE id = ?) WHERE id = ?"
    tamper(journal, sql, one.bytes, two.bytes)
    with journal.vault.database.read() as session:
        found = InsightReader(session).by_ids([one, two])
    assert found[two] == Unreadable(two)
    assert not isinstance(found[one], Unreadable)


def test_a_link_moved_to_another_thread_is_told_there(journal: Journal) -> None:
    (item,) = _insights(journal, "one")
    first, second = _thread(journal, "first"), _thread(journal, "second")
    with journal.vault.database.write() as connection:
        ThreadWriter(connection, journal.vault.database.sealer).link(Link(first, Station.INSIGHT, item))
    tamper(journal, "UPDATE thread_link SET thread_pk = (SELECT pk FROM thread WHERE id = ?)", second.bytes)
    with journal.vault.database.read() as session:
        (link,) = ThreadReader(session).links()[second]
        assert isinstance(link, Unreadable)
        assert ThreadReader(session).with_item(item) == ()
    with journal.vault.database.write() as connection:  # hanging it up again puts it right
        ThreadWriter(connection, journal.vault.database.sealer).link(Link(first, Station.INSIGHT, item))
    with journal.vault.database.read() as session:
        assert ThreadReader(session).links() == {first: (Link(first, Station.INSIGHT, item),)}


def test_only_what_is_there_can_be_hung_on_a_thread_and_only_at_its_station(journal: Journal) -> None:
    (insight,), thread, practice = _insights(journal, "one"), _thread(journal, "thread"), _practice(journal, "walk")
    with journal.vault.database.write() as connection:
        writer = ThreadWriter(connection, journal.vault.database.sealer)
        for station, item in (
            (Station.INTENTION, insight), (Station.MET, insight), (Station.INSIGHT, practice),
            (Station.PRACTICE, insight), (Station.INSIGHT, uuid4()),
        ):  # fmt: skip
            with pytest.raises(WrongUsage):
                writer.link(Link(thread, station, item))
        with pytest.raises(WrongUsage):
            writer.link(Link(uuid4(), Station.INSIGHT, insight))
        writer.link(Link(thread, Station.INSIGHT, insight))
        writer.link(Link(thread, Station.PRACTICE, practice))


def _say(journal: Journal, practice: UUID, *said: Said) -> None:
    with journal.vault.database.write() as connection:
        for one in said:
            PracticeWriter(connection, journal.vault.database.sealer).say(practice, one, journal.clock.now())


def test_a_damaged_reply_is_told_and_an_earlier_one_counts(journal: Journal) -> None:
    practice = _practice(journal, "walk")
    _say(journal, practice, Said(date(2026, 2, 20), Reply.DONE), Said(date(2026, 2, 25), Reply.DONE))
    with journal.vault.database.read() as session:
        (followed,) = PracticeReader(session, TODAY).list()
        assert not isinstance(followed, Unreadable)
        assert followed.said == (Said(date(2026, 2, 25), Reply.DONE),)
    tamper(journal, "UPDATE practice_reply SET reply = 'helped' WHERE day = ?", date(2026, 2, 25).toordinal())
    with journal.vault.database.read() as session:
        (followed,) = PracticeReader(session, TODAY).list()
        assert not isinstance(followed, Unreadable)
        assert (followed.said, followed.unreadable) == ((Said(date(2026, 2, 20), Reply.DONE),), True)
        first, second = PracticeReader(session, TODAY).said(practice)
        assert (first, isinstance(second, Unreadable)) == (Said(date(2026, 2, 20), Reply.DONE), True)
    _say(journal, practice, Said(date(2026, 2, 25), Reply.NOT_TODAY))  # saying it anew takes the place of the damage
    with journal.vault.database.read() as session:
        assert PracticeReader(session, TODAY).said(practice)[1] == Said(date(2026, 2, 25), Reply.NOT_TODAY)


def test_a_reply_moved_to_another_practice_is_not_believed(journal: Journal) -> None:
    one, two = _practice(journal, "one"), _practice(journal, "two")
    _say(journal, one, Said(TODAY, Reply.DONE))
    tamper(journal, "UPDATE practice_reply SET practice_pk = (SELECT pk FROM practice WHERE id = ?)", two.bytes)
    with journal.vault.database.read() as session:
        (said,) = PracticeReader(session, TODAY).said(two)
        assert isinstance(said, Unreadable)
        assert PracticeReader(session, TODAY).said(one) == ()


def test_all_of_it_is_there_after_closing_and_the_check_reads_it(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        ids = {kind: make(journal, f"a {kind}") for kind, make in MAKE.items()}
        _say(journal, ids["practice"], Said(TODAY, Reply.DONE))
        with journal.vault.database.write() as connection:
            ThreadWriter(connection, journal.vault.database.sealer).link(
                Link(ids["thread"], Station.PRACTICE, ids["practice"])
            )
    with sample.open(Access.READ, clock=clock) as journal, journal.vault.database.read() as session:
        assert ThreadReader(session).get(ids["thread"]).name == "a thread"
        assert InsightReader(session).get(ids["insight"]).text == "a insight"
        assert PracticeReader(session, TODAY).said(ids["practice"]) == (Said(TODAY, Reply.DONE),)
        assert LetterReader(session).get(ids["letter"]).text == "a letter"
    assert check_journal(sample.place, sample.by_words).ok
