"""Insights: from the words of an entry or a moment, and the one way back to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings

from integrate.domain.entry import SessionRef, Unreadable
from integrate.domain.threads import Insight
from integrate.errors import EntryMissing, RecordDamaged, WrongUsage
from integrate.journal.deleting import delete_entry, purge_entry
from integrate.journal.insights import (
    Place,
    add_insight,
    change_insight,
    delete_insight,
    deleted_insights,
    find_source,
    get_insight,
    list_insights,
    promote,
    promote_moment,
    purge_insight,
    restore_insight,
)
from integrate.journal.moments import add_moment, change_moment, delete_moment, purge_moment
from integrate.journal.opening import Journal
from integrate.journal.practices import begin_practice, get_practice
from integrate.journal.sessions import delete_session, purge_session
from integrate.journal.threads import begin_thread, get_thread
from integrate.journal.writing import Sitting, save_entry
from integrate.storage.insights import forget_sources
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.courses import a_session, held, mark, texts, words
from tests.helpers.journals import draft, tamper, write

SHARED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
BODY = "It was loud. Waiting until I am fine is how I stay alone. Then it was quiet."
QUOTE = "Waiting until I am fine is how I stay alone."
FEBRUARY = datetime(2026, 2, 9, 10, tzinfo=UTC)


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def _edit(journal: Journal, entry_id: UUID, body: str) -> None:
    save_entry(journal, entry_id, draft(body), Sitting())


def _place(journal: Journal, insight: Insight) -> Place | None:
    return find_source(journal, get_insight(journal, insight.id))


def test_an_insight_keeps_the_words_the_entry_its_revision_and_its_session(journal: Journal) -> None:
    entry_id = write(journal, "first", session=SessionRef(1, 3))
    save_entry(journal, entry_id, draft(BODY, session=SessionRef(1, 3)), Sitting())
    start = BODY.index(QUOTE)
    by_span = promote(journal, entry_id, (start, start + len(QUOTE)), "I wait too long.").insight
    by_words = promote(journal, entry_id, QUOTE).insight
    for insight in (by_span, by_words):
        source = insight.source
        assert (source.quote, source.entry_id, source.revision, source.moment_id) == (QUOTE, entry_id, 2, None)
        assert insight.session == SessionRef(1, 3)
        assert get_insight(journal, insight.id) == insight
    assert (by_span.text, by_words.text) == ("I wait too long.", QUOTE)
    assert list_insights(journal, SessionRef(1, 3)) == (by_words, by_span)
    assert list_insights(journal, SessionRef(1, 4)) == ()


def test_a_promoted_sentence_hangs_on_its_thread(journal: Journal) -> None:
    thread = begin_thread(journal, "Asking").thread
    insight = promote(journal, write(journal, BODY), QUOTE, thread_id=thread.id).insight
    assert get_thread(journal, thread.id).insights == (insight,)


@pytest.mark.parametrize("selected", ["", "  \n", "not in it", (5, 5), (7, 3), (-3, 4), (0, 10_000), (12, 13)])
def test_what_is_no_selection_makes_no_insight(journal: Journal, selected: str | tuple[int, int]) -> None:
    entry_id = write(journal, BODY)
    with pytest.raises(WrongUsage):
        promote(journal, entry_id, selected)
    assert list_insights(journal) == ()


def test_an_insight_needs_an_entry_a_word_and_a_thread_that_are_there(journal: Journal) -> None:
    entry_id = write(journal, BODY)
    with pytest.raises(EntryMissing):
        promote(journal, uuid4(), QUOTE)
    with pytest.raises(WrongUsage):
        promote(journal, entry_id, QUOTE, " ")
    with pytest.raises(WrongUsage):
        promote(journal, entry_id, QUOTE, thread_id=uuid4())
    with pytest.raises(WrongUsage):
        add_insight(journal, "")
    tamper(journal, "UPDATE entry SET never_share = 1")
    with pytest.raises(RecordDamaged):
        promote(journal, entry_id, QUOTE)
    assert list_insights(journal) == ()


@SHARED
@given(texts, words, texts, texts, texts)
def test_the_way_back_leads_to_the_exact_words_also_after_edits_around_them(
    journal: Journal, before: str, quote: str, after: str, new_before: str, new_after: str
) -> None:
    entry_id = write(journal, before + quote + after)
    insight = promote(journal, entry_id, (len(before), len(before + quote)), "seen").insight
    assert insight.source.quote == quote
    for body in (before + quote + after, new_before + quote + new_after):
        _edit(journal, entry_id, body)
        place = _place(journal, insight)
        assert place is not None and place.span is not None
        start, end = place.span
        assert (place.entry_id, body[start:end]) == (entry_id, quote)


def test_without_the_words_it_leads_to_the_entry_and_back_to_them_once_they_are_there_again(journal: Journal) -> None:
    entry_id = write(journal, BODY)
    insight = promote(journal, entry_id, QUOTE).insight
    _edit(journal, entry_id, BODY.replace("alone", "by myself"))
    assert _place(journal, insight) == Place(entry_id)
    assert get_insight(journal, insight.id).source.quote == QUOTE
    _edit(journal, entry_id, "Once more: " + BODY)
    place = _place(journal, insight)
    assert place is not None and place.span is not None
    delete_entry(journal, entry_id)
    assert _place(journal, insight) == Place(entry_id, place.span, deleted=True)


def test_a_purged_entry_leaves_only_the_persons_insight(journal: Journal) -> None:
    entry_id, other = write(journal, BODY), write(journal, BODY)
    insight = promote(journal, entry_id, QUOTE, "I wait too long.").insight
    deleted = promote(journal, entry_id, QUOTE, "In Recently deleted.").insight
    kept = promote(journal, other, QUOTE, "Of another entry.").insight
    practice = begin_practice(journal, "Text Daniel.", insight_id=insight.id).practice
    delete_insight(journal, deleted.id)
    purge_entry(journal, entry_id)
    for one in (insight, deleted):
        left = get_insight(journal, one.id)
        assert (left.text, left.session, left.written) == (one.text, one.session, one.written)
        source = left.source
        assert (source.quote, source.entry_id, source.revision) == ("", None, None)
        assert find_source(journal, left) is None
        assert find_source(journal, one) is None  # a page that shows it still
    assert get_insight(journal, kept.id) == kept
    assert get_practice(journal, practice.id) == practice


def test_the_words_of_a_purged_entry_go_from_a_damaged_insight_too(journal: Journal) -> None:
    entry_id = write(journal, BODY)
    insight = promote(journal, entry_id, QUOTE, "seen").insight
    tamper(journal, "UPDATE insight SET text = 'other'")
    purge_entry(journal, entry_id)
    with journal.vault.database.read() as session:
        rows = session.connection().exec_driver_sql("SELECT quote, entry_id, entry_rev FROM insight").all()
    assert [tuple(row) for row in rows] == [("", None, None)]
    assert list_insights(journal) == (Unreadable(insight.id),)


def test_a_purge_that_does_not_come_about_leaves_the_words(journal: Journal) -> None:
    entry_id = write(journal, BODY)
    insight = promote(journal, entry_id, QUOTE).insight
    with pytest.raises(ZeroDivisionError), journal.vault.database.write() as connection:
        forget_sources(connection, journal.vault.database.sealer, entry_ids=[entry_id])
        raise ZeroDivisionError
    assert get_insight(journal, insight.id) == insight


def test_from_a_moment_likewise(journal: Journal) -> None:
    session = a_session(journal, held(FEBRUARY))
    moment = add_moment(journal, session.id, mark("A hand on my shoulder.", FEBRUARY)).moment
    thread = begin_thread(journal, "Softness").thread
    insight = promote_moment(journal, moment.id, thread_id=thread.id).insight
    assert insight.text == insight.source.quote == "A hand on my shoulder."
    assert (insight.source.moment_id, insight.session) == (moment.id, session.ref)
    view = get_thread(journal, thread.id)
    assert (view.moments, view.insights) == ((moment,), (insight,))
    assert _place(journal, insight) == Place(moment_id=moment.id)
    change_moment(journal, moment.id, mark("Other words.", FEBRUARY))
    assert get_insight(journal, insight.id).source.quote == "A hand on my shoulder."
    delete_moment(journal, moment.id)
    assert _place(journal, insight) == Place(moment_id=moment.id, deleted=True)
    purge_moment(journal, moment.id)
    left = get_insight(journal, insight.id)
    assert (left.text, left.source.quote, left.source.moment_id) == ("A hand on my shoulder.", "", None)
    assert _place(journal, insight) is None


def test_a_moment_without_words_needs_some(journal: Journal) -> None:
    session = a_session(journal, held(FEBRUARY))
    moment = add_moment(journal, session.id, mark(at=FEBRUARY)).moment
    with pytest.raises(WrongUsage):
        promote_moment(journal, moment.id)
    assert promote_moment(journal, moment.id, "The silence itself.").insight.source.quote == ""
    with pytest.raises(WrongUsage):
        promote_moment(journal, uuid4(), "x")


def test_with_its_session_purged_a_moment_leaves_only_the_insight(journal: Journal) -> None:
    session = a_session(journal, held(FEBRUARY))
    moment = add_moment(journal, session.id, mark("The sea.", FEBRUARY)).moment
    insight = promote_moment(journal, moment.id, "I miss it.").insight
    delete_session(journal, session.id)
    assert _place(journal, insight) == Place(moment_id=moment.id, deleted=True)
    purge_session(journal, session.id)
    left = get_insight(journal, insight.id)
    assert (left.text, left.source.quote, left.source.moment_id) == ("I miss it.", "", None)


def test_changed_deleted_and_taken_back(journal: Journal) -> None:
    entry_id = write(journal, BODY)
    insight = promote(journal, entry_id, QUOTE).insight
    changed = change_insight(journal, insight.id, "🌊 שקט\nand a novel " * 5000).insight
    assert (changed.source, changed.revision) == (insight.source, 2)
    with pytest.raises(WrongUsage):
        change_insight(journal, insight.id, " \n")
    delete_insight(journal, insight.id)
    assert list_insights(journal) == ()
    (deleted,) = deleted_insights(journal)
    assert isinstance(deleted, Insight) and deleted.deleted == journal.clock.now()
    assert restore_insight(journal, insight.id).insight.text == changed.text
    purge_insight(journal, insight.id)
    for call in (get_insight, delete_insight, restore_insight, purge_insight):
        with pytest.raises(WrongUsage):
            call(journal, insight.id)


def test_a_practice_outlives_its_insight(journal: Journal) -> None:
    insight = add_insight(journal, "a thought", about=SessionRef(1, 1)).insight
    practice = begin_practice(journal, "walk", insight_id=insight.id).practice
    purge_insight(journal, insight.id)
    left = get_practice(journal, practice.id)
    assert (left.text, left.insight_id) == ("walk", None)
    with pytest.raises(WrongUsage):
        begin_practice(journal, "again", insight_id=insight.id)


def test_a_damaged_insight_is_told_with_its_session_and_never_written_over(journal: Journal) -> None:
    damaged = add_insight(journal, "one", about=SessionRef(1, 1)).insight
    other = add_insight(journal, "two", about=SessionRef(1, 1)).insight
    tamper(journal, "UPDATE insight SET text = 'x' WHERE id = ?", damaged.id.bytes)
    assert list_insights(journal, SessionRef(1, 1)) == (other, Unreadable(damaged.id))
    for change in (
        lambda: change_insight(journal, damaged.id, "x"),
        lambda: begin_practice(journal, "x", insight_id=damaged.id),
    ):
        with pytest.raises(RecordDamaged):
            change()
    purge_insight(journal, damaged.id)
    assert list_insights(journal) == (other,)
