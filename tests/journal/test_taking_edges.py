"""What bringing in and taking back must never do to what somebody has, and has written since."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.domain.entry import SessionRef
from integrate.domain.logs import EffectLine, EffectLog, Log
from integrate.domain.moments import Strength
from integrate.domain.records import Record
from integrate.domain.sharing import FileKind, SharedFile
from integrate.domain.threads import Insight
from integrate.domain.times import ZonedTime
from integrate.errors import CutShort
from integrate.formats.journal_json import DocumentReader
from integrate.journal.checking import check_journal
from integrate.journal.copying import Copied
from integrate.journal.courses import begin_course
from integrate.journal.insights import add_insight, list_insights, promote
from integrate.journal.ledger import note_shared
from integrate.journal.logs import effect_log, record_effect_log
from integrate.journal.opening import Journal
from integrate.journal.practices import PracticeView, begin_practice, list_practices
from integrate.journal.recipients import add_recipient, list_recipients
from integrate.journal.sessions import list_sessions
from integrate.journal.taking import take_records, undo_import
from integrate.journal.writing import Sitting, save_entry
from integrate.storage.import_batches import list_batches
from tests.conftest import Sample, draft
from tests.helpers.check_ins import answer, check_in, own
from tests.helpers.copies import bring_in, fill, whole
from tests.helpers.courses import a_session
from tests.helpers.journals import content, tamper, write

AT = ZonedTime(datetime(2026, 3, 2, 9, 30, tzinfo=UTC), "Europe/Lisbon")


@pytest.fixture
def other(template: Sample, tmp_path: Path) -> Iterator[Journal]:
    """A second journal of the test's own, empty."""
    with template.copy_to(tmp_path / "Other.integrate").open() as opened:
        yield opened


def take_back(journal: Journal, document: bytes) -> tuple[int, int]:
    """Take back the one import of ``document``: how many things went, how many stayed."""
    report = bring_in(journal, document, dry_run=True)
    assert report.imported == 0
    with journal.vault.database.read() as session:
        (batch,) = list_batches(session)
    undone = undo_import(journal, batch.id)  # type: ignore[arg-type]  # an intact one, so with its id
    return undone.removed, undone.kept


def test_a_file_that_changes_while_it_is_read_brings_nothing_in(journal: Journal, other: Journal) -> None:
    for number in range(60):
        write(journal, f"Entry {number}.")
    document, empty = whole(journal), whole(other)
    versions = iter((document, document[:-200]))

    def read() -> Iterator[Record]:
        return DocumentReader(io.BytesIO(next(versions)), "copy.json").records()

    with pytest.raises(CutShort):
        take_records(other, read, source="integrate", sha256=lambda: bytes(32))
    assert whole(other) == empty
    with other.vault.database.read() as session:
        assert not list_batches(session)


def test_side_effects_noted_since_keep_an_imported_session(journal: Journal, other: Journal) -> None:
    session = a_session(journal)
    document = whole(journal)
    bring_in(other, document)
    record_effect_log(other, EffectLog(session.id, (EffectLine("nausea", Strength.MILD),), "In my own words."))
    assert take_back(other, document) == (0, 2)  # the course and the session
    log = effect_log(other, session.id)
    assert isinstance(log, Log) and isinstance(log.content, EffectLog) and log.content.note == "In my own words."


def test_an_entry_written_since_keeps_the_session_it_is_about(journal: Journal, other: Journal) -> None:
    a_session(journal)
    document = whole(journal)
    bring_in(other, document)
    write(other, "Of that day.", session=SessionRef(1, 1))
    assert take_back(other, document) == (0, 2)
    assert len(list_sessions(other)) == 1


def test_an_entry_written_since_keeps_the_course_it_is_about(journal: Journal, other: Journal) -> None:
    begin_course(journal)
    document = whole(journal)
    bring_in(other, document)
    write(other, "Of a session that nobody planned.", session=SessionRef(1, 2))
    assert take_back(other, document) == (0, 1)


def test_an_insight_written_since_keeps_the_session_it_is_about(journal: Journal, other: Journal) -> None:
    a_session(journal)
    document = whole(journal)
    bring_in(other, document)
    add_insight(other, "It was calm.", about=SessionRef(1, 1))
    assert take_back(other, document) == (0, 2)


def test_a_phrase_that_a_file_was_saved_with_since_stays(journal: Journal, other: Journal) -> None:
    recipient = add_recipient(journal, "Dr. Mora", "therapist").recipient
    document = whole(journal)
    bring_in(other, document)
    note_shared(other, SharedFile(
        uuid4(), AT, recipient.id, recipient.name, FileKind.PDF, "summary.pdf", 1, bytes(32), True, None, None,
        frozenset(), (), frozenset(), frozenset(),
    ))  # fmt: skip
    assert take_back(other, document) == (0, 1)
    assert list_recipients(other) == (recipient,)


def test_never_share_is_handed_on_through_all_that_was_made(journal: Journal, other: Journal) -> None:
    entry_id = write(journal, "The sea was calm.")
    bring_in(other, whole(journal))
    save_entry(other, entry_id, draft("The sea was calm.", never_share=True), Sitting())
    insight = promote(journal, entry_id, "The sea").insight
    begin_practice(journal, "Walk to the sea.", insight_id=insight.id)
    bring_in(other, whole(journal))
    (found,) = list_insights(other)
    (practice,) = list_practices(other)
    assert isinstance(found, Insight) and found.never_share
    assert isinstance(practice, PracticeView) and practice.practice.never_share


def test_never_share_here_is_handed_on_where_the_file_has_not_the_source(journal: Journal, other: Journal) -> None:
    entry_id = write(journal, "The sea was calm.")
    bring_in(other, whole(journal))
    save_entry(other, entry_id, draft("The sea was calm.", never_share=True), Sitting())
    promote(journal, entry_id, "The sea")
    lines = whole(journal).splitlines(keepends=True)
    bring_in(other, b"".join(line for line in lines if b'"record":"entry"' not in line))
    (found,) = list_insights(other)
    assert isinstance(found, Insight) and found.never_share


def test_an_answer_is_copied_also_where_its_measure_cannot_be_read(journal: Journal) -> None:
    check_in(journal, answer(own(journal), 4), note="Windy.")
    tamper(journal, "UPDATE measure SET place = place + 1")
    tamper(journal, "UPDATE measure_version SET name = 'x'")
    told = Copied()
    document = whole(journal, told)
    assert b'"value":4' in document and b"Windy." in document and told.counts["check_in"] == 1


def test_two_full_journals_come_together_and_apart_again(template: Sample, tmp_path: Path) -> None:
    @settings(max_examples=3, deadline=None)
    @given(st.data())
    def together_and_apart(data: st.DataObject) -> None:
        with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
            with template.copy_to(Path(folder) / "a").open() as journal:
                fill(journal, data.draw)
                document = whole(journal)
            place = template.copy_to(Path(folder) / "b")
            with place.open() as mine:
                fill(mine, data.draw)
                before, shown_before = whole(mine), content(mine)
                report = bring_in(mine, document)
                assert set(records_of(before)) <= set(records_of(whole(mine)))
                assert report.batch is not None and undo_import(mine, report.batch).kept == 0
                assert whole(mine) == before and content(mine) == shown_before
            assert check_journal(place.place, place.by_words).ok

    together_and_apart()


def records_of(document: bytes) -> list[bytes]:
    """The lines of a copy that are records."""
    return [line.rstrip(b",") for line in document.split(b"\n")[1:-2]]
