"""A whole copy brought into a journal: an equal one, nothing twice, nothing written over, and back out again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.domain.check_ins import Answer
from integrate.domain.courses import Course, Plan
from integrate.domain.entry import Draft, SessionRef
from integrate.domain.import_batches import ImportBatch
from integrate.domain.listing import Stop, Stopped
from integrate.domain.measures import Definition
from integrate.domain.threads import Insight
from integrate.domain.times import ZonedTime
from integrate.errors import CutShort, RecordDamaged, RecordUnclear, WrongUsage
from integrate.journal.check_ins import get_check_in
from integrate.journal.copied_settings import COPIED, OF_THIS_COMPUTER
from integrate.journal.copying import Copied
from integrate.journal.courses import begin_course, list_courses
from integrate.journal.finding import get_entry
from integrate.journal.insights import list_insights, promote
from integrate.journal.measures import change_measure, get_measure
from integrate.journal.moments import add_moment
from integrate.journal.opening import Journal
from integrate.journal.preferences import change_preferences, read_preferences
from integrate.journal.sessions import list_sessions
from integrate.journal.taking import undo_import
from integrate.journal.writing import Sitting, add_entry, attach_file, prepare_bytes, save_entry
from integrate.storage.import_batches import list_batches
from tests.cli.calling import ROOT, environment
from tests.conftest import Sample, draft
from tests.helpers.check_ins import answer, check_in, own
from tests.helpers.copies import HEAD, bring_in, copy_at, fill, whole
from tests.helpers.courses import a_session, mark
from tests.helpers.journals import content, found, pages, raw_key, shown, tamper, write
from tests.helpers.photos import photo

AT = ZonedTime(datetime(2026, 3, 2, 9, 30, tzinfo=UTC), "Europe/Lisbon")


@pytest.fixture
def other(template: Sample, tmp_path: Path) -> Iterator[Journal]:
    """A second journal of the test's own, empty."""
    with template.copy_to(tmp_path / "Other.integrate").open() as opened:
        yield opened


def test_a_copy_brought_into_an_empty_journal_gives_an_equal_one(template: Sample) -> None:
    @settings(max_examples=12, deadline=None)
    @given(st.data())
    def equal(data: st.DataObject) -> None:
        with tempfile.TemporaryDirectory(dir=template.place.parent) as folder:
            with template.copy_to(Path(folder) / "a").open() as journal:
                fill(journal, data.draw)
                document, before = whole(journal), content(journal)
            with template.copy_to(Path(folder) / "b").open() as copy:
                report = bring_in(copy, document)
                assert (report.problems, report.imported) == ((), report.seen)
                assert whole(copy) == document
                assert content(copy) == before
                again = bring_in(copy, document)
                assert (again.duplicates, again.imported, again.batch) == (again.seen, 0, None)

    equal()


def a_full_one(journal: Journal) -> bytes:
    """A copy of a journal with a few of each."""
    course = begin_course(journal, Plan(4, 14)).course
    session = a_session(journal)
    entry_id = write(journal, "The sea was calm.", prepare_bytes("sea.jpg", photo()), tags=("sea",))
    save_entry(journal, entry_id, draft("The sea was rough.", session=SessionRef(1, 1), never_share=True), Sitting())
    check_in(journal, answer(own(journal), 4), note="Windy.")
    assert (course.number, session.ref) == (1, SessionRef(1, 1))
    return whole(journal)


def test_a_dry_run_tells_the_same_and_changes_nothing(journal: Journal, other: Journal) -> None:
    document, before = a_full_one(journal), whole(other)
    told = bring_in(other, document, dry_run=True)
    assert told.batch is None and whole(other) == before
    done = bring_in(other, document)
    assert (told.seen, told.imported, told.kinds) == (done.seen, done.imported, done.kinds)


def test_an_import_is_found_by_search_and_has_its_photos_and_its_flag(journal: Journal, other: Journal) -> None:
    bring_in(other, a_full_one(journal))
    (entry,) = shown(other)
    assert found(other, "rough") == {entry.id} == found(other, "sea.jpg") and not found(other, "calm")
    assert entry.never_share and content(other) == content(journal)


def test_undo_takes_back_everything_and_leaves_no_word_behind(
    template: Sample, tmp_path: Path, journal: Journal
) -> None:
    document = a_full_one(journal).replace(b"rough", b"canaryword")
    place = template.copy_to(tmp_path / "Undone.integrate")
    with place.open() as other:
        empty = whole(other)
        report = bring_in(other, document)
        assert report.batch is not None and found(other, "canaryword")
        undone = undo_import(other, report.batch)
        assert undone.kept == 0 and whole(other) == empty and not found(other, "canaryword")
        with pytest.raises(WrongUsage):
            undo_import(other, report.batch)
        key = raw_key(other)
    assert not any(b"canaryword" in page for page in pages(place.place, key))


def test_what_was_changed_or_used_since_stays_when_an_import_is_taken_back(journal: Journal, other: Journal) -> None:
    document = a_full_one(journal)
    untouched = write(journal, "Another one.")
    document = whole(journal)
    report = bring_in(other, document)
    (mine,) = (entry for entry in shown(other) if entry.id != untouched)
    save_entry(other, mine.id, Draft("My own words.", AT), Sitting())
    assert len(list_sessions(other)) == 1
    a_session(other)  # in the course that came with it
    assert report.batch is not None
    undone = undo_import(other, report.batch)
    assert undone.kept == 2  # the entry with its photo, the course
    assert [entry.id for entry in shown(other)] == [mine.id]
    assert get_entry(other, mine.id).attachments and len(list_courses(other)) == 1


def test_a_photo_added_to_an_entry_that_was_here_is_all_that_undo_takes_from_it(
    journal: Journal, other: Journal
) -> None:
    entry_id = write(journal, "The sea was calm.")
    bring_in(other, whole(journal))
    attach_file(journal, entry_id, prepare_bytes("sea.jpg", photo()))
    report = bring_in(other, whole(journal))
    assert (report.imported, report.kinds) == (1, {"attachment": 1}) and found(other, "sea.jpg")
    assert report.batch is not None and undo_import(other, report.batch).removed == 1
    assert not get_entry(other, entry_id).attachments and not found(other, "sea.jpg") and found(other, "calm")


def test_something_else_under_the_same_id_is_kept_as_it_is_here_and_told(journal: Journal, other: Journal) -> None:
    entry_id = write(journal, "The sea was calm.")
    bring_in(other, whole(journal))
    save_entry(other, entry_id, draft("Mine."), Sitting())
    save_entry(journal, entry_id, draft("Theirs."), Sitting())
    report = bring_in(other, whole(journal))
    assert get_entry(other, entry_id).body == "Mine." and report.imported == 0
    assert report.skipped == len(report.problems) == 1 and report.problems[0].item == f"entry {entry_id}"


def test_numbers_that_are_taken_here_are_given_anew_and_what_refers_to_them_follows(
    journal: Journal, other: Journal
) -> None:
    a_session(other)
    entry_id = write(other, "Of my own first session.", session=SessionRef(1, 1))
    document = a_full_one(journal)
    report = bring_in(other, document)
    assert not report.problems
    assert sorted(course.number for course in list_courses(other) if isinstance(course, Course)) == [1, 2]
    theirs = next(one for one in shown(other) if one.id != entry_id)
    assert theirs.session == SessionRef(2, 1) and get_entry(other, entry_id).summary.session == SessionRef(1, 1)
    assert bring_in(other, document).duplicates == report.seen


def test_no_answer_changes_its_meaning_where_the_measure_was_changed_on_both_sides(
    journal: Journal, other: Journal
) -> None:
    warmth = own(journal)
    check_in(journal, answer(warmth, 4))
    bring_in(other, whole(journal))
    ours = change_measure(other, warmth.id, definition=Definition("Warmth", highest=5)).measure
    theirs = change_measure(journal, warmth.id, definition=Definition("Warmth", highest=100)).measure
    assert ours.version == theirs.version == 2
    told = check_in(journal, Answer(warmth.id, 2, 64))
    bring_in(other, whole(journal))
    assert get_check_in(other, told.id).draft.answers == (Answer(warmth.id, 3, 64),)
    assert get_measure(other, warmth.id).definition.highest == 5
    assert bring_in(other, whole(journal)).imported == 0


def test_settings_of_another_computer_and_values_of_no_kind_do_not_come_along(journal: Journal, other: Journal) -> None:
    change_preferences(journal, name="Sarah", synced_told=True)
    document = whole(journal)
    assert b"synced_told" not in document
    forged = document.replace(b'"preference.name"', b'"preference.synced_told"').replace(b'"Sarah"', b"true")
    report = bring_in(other, forged)
    assert report.imported == 0 and len(report.problems) == 1 and not read_preferences(other).synced_told
    assert not COPIED & OF_THIS_COMPUTER


def test_bytes_that_do_not_fit_are_a_missing_photo_and_the_entry_comes_all_the_same(
    journal: Journal, other: Journal
) -> None:
    write(journal, "The sea was calm.", prepare_bytes("sea.jpg", photo()))
    lines = whole(journal).splitlines(keepends=True)
    without = b"".join(line for line in lines if b'"attachment_part"' not in line)
    report = bring_in(other, without.replace(b"},\n]}", b"}\n]}"))
    assert (report.media_missing, report.skipped, len(report.problems)) == (1, 1, 1)
    assert [entry.excerpt for entry in shown(other)] == ["The sea was calm."]


def test_what_belongs_to_nothing_and_what_cannot_be_read_is_told_and_left(journal: Journal, other: Journal) -> None:
    document = a_full_one(journal)
    lines = document.splitlines(keepends=True)
    without = b"".join(line for line in lines if b'{"record":"entry"' not in line and b'"measure_version"' not in line)
    report = bring_in(other, without)
    assert {one.item.split()[0] for one in report.problems} == {"revision", "attachment", "check_in", "measure"}
    unreadable = document.replace(b'"mood_then":null', b'"mood_then":11')
    assert any(one.item.startswith("entry ") for one in bring_in(other, unreadable, dry_run=True).problems)


def test_a_damaged_record_is_counted_and_the_others_are_copied(journal: Journal) -> None:
    write(journal, "Whole.")
    write(journal, "Damaged.")
    tamper(journal, "UPDATE entry SET title = 'x' WHERE excerpt = 'Damaged.'")
    told = Copied()
    document = whole(journal, told)
    assert (told.unreadable, told.counts["entry"]) == (1, 1) and b"Whole." in document and b"Damaged." not in document


def test_a_file_cut_short_or_unclear_changes_nothing(journal: Journal, other: Journal) -> None:
    document, empty = a_full_one(journal), whole(other)
    with pytest.raises(CutShort):
        bring_in(other, document[:-40])
    with pytest.raises(RecordUnclear):
        bring_in(other, document.replace(b'"never_share":true', b'"never_share":1'))
    assert whole(other) == empty


def many(journal: Journal, count: int = 60) -> bytes:
    """A copy with that many entries."""
    for number in range(count):
        write(journal, f"Entry {number}.")
    return whole(journal)


def test_stopping_takes_back_what_was_brought_in(journal: Journal, other: Journal) -> None:
    document, empty, stop = many(journal), whole(other), Stop()

    def after_a_step(done: int, _total: int) -> None:
        if done:
            assert len(shown(other)) == done
            stop.set()

    with pytest.raises(Stopped):
        bring_in(other, document, progress=after_a_step, stop=stop)
    assert whole(other) == empty
    with other.vault.database.read() as session:
        assert not list_batches(session)


def test_a_killed_import_can_be_gone_on_with_or_taken_back(template: Sample, journal: Journal, tmp_path: Path) -> None:
    document = many(journal)
    killed = template.copy_to(tmp_path / "Killed.integrate")
    kill_in_the_middle(killed, copy_at(tmp_path / "copy.json", document))
    with killed.open() as opened:
        with opened.vault.database.read() as session:
            (batch,) = list_batches(session)
        assert isinstance(batch, ImportBatch) and not batch.finished
        some = len(shown(opened))
        assert 0 < some < 60 and len(batch.things["entry"]) == some
        report = bring_in(opened, document)
        assert (report.batch, report.imported, report.duplicates) == (batch.id, 60 - some, some)
        assert whole(opened) == document
        assert undo_import(opened, batch.id).removed == 60 and not shown(opened)


_CHILD = """
import io, os, signal, sys
from pathlib import Path
from integrate.importing.integrate_json import import_integrate
from integrate.journal.opening import Access, ByWords, open_journal
place, words, file = sys.argv[1:]
def die(done, total):
    if done:
        os.kill(os.getpid(), signal.SIGKILL)
with open_journal(Path(place), ByWords(words), Access.WRITE) as journal:
    import_integrate(journal, Path(file), progress=die)
"""


def kill_in_the_middle(sample: Sample, file: Path) -> None:
    """Let a process bring in ``file`` and end it after its first step."""
    words = [sys.executable, "-c", _CHILD, str(sample.place), sample.words, str(file)]
    done = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def test_a_batch_with_a_missing_part_is_not_taken_back(journal: Journal, other: Journal) -> None:
    report = bring_in(other, many(journal))
    tamper(other, "DELETE FROM import_batch WHERE part = 0")
    assert report.batch is not None
    with pytest.raises(RecordDamaged):
        undo_import(other, report.batch)


def test_the_document_says_what_it_is(journal: Journal) -> None:
    says = json.loads(whole(journal))
    assert (says["format"], says["version"], says["whole"]) == ("integrate-journal", 1, HEAD.whole)


def test_adding_after_an_import_goes_on_as_ever(journal: Journal, other: Journal) -> None:
    bring_in(other, a_full_one(journal))
    add_entry(other, draft("After."))
    assert len(shown(other)) == 2


def test_what_was_made_of_something_kept_private_here_is_never_share_too(journal: Journal, other: Journal) -> None:
    entry_id = write(journal, "The sea was calm.")
    bring_in(other, whole(journal))
    save_entry(other, entry_id, draft("The sea was calm.", never_share=True), Sitting())
    promote(journal, entry_id, "The sea")
    bring_in(other, whole(journal))
    (insight,) = list_insights(other)
    assert isinstance(insight, Insight) and insight.never_share


def test_an_interrupt_takes_back_what_was_brought_in(journal: Journal, other: Journal) -> None:
    document, empty = many(journal), whole(other)

    def interrupted(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(other, document, progress=interrupted)
    assert whole(other) == empty


def test_times_that_no_clock_can_show_are_told_and_left(journal: Journal, other: Journal) -> None:
    a_full_one(journal)
    add_moment(journal, list_sessions(journal)[0].id, mark("Warm."))  # type: ignore[arg-type]  # readable, so with an id
    forged = whole(journal).replace(b'"at":"2026-', b'"at":"0001-').replace(b"0001-03-02T", b"0001-01-01T")
    told = bring_in(other, forged, dry_run=True)
    assert {"entry", "moment"} <= {one.item.split()[0] for one in told.problems}


def test_two_sessions_of_one_number_in_a_file_both_find_a_place(journal: Journal, other: Journal) -> None:
    for _number in range(2):
        a_session(journal)
    forged = whole(journal).replace(b'"course":1,"number":2', b'"course":1,"number":1')
    assert bring_in(other, forged).problems == ()
    assert len(list_sessions(other)) == 2 and bring_in(other, forged).imported == 0
