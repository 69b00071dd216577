"""The session room: opened, entered, cut off, opened again, left, and merged at the next unlock."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.moments import Mark
from integrate.errors import (
    DiskFull,
    HeaderMissing,
    NotAJournal,
    OpenElsewhere,
    ReadOnlyJournal,
    RecordDamaged,
    RoomUnreadable,
    WrongUsage,
)
from integrate.journal.backups import back_up, restore_backup
from integrate.journal.checking import check_journal
from integrate.journal.moments import add_moment, change_moment, delete_moment, purge_moment
from integrate.journal.opening import Access, ByWords, create_journal
from integrate.journal.room import (
    RoomReport,
    find_room,
    merge_room,
    open_room,
    reopen_room,
    room_waits,
)
from integrate.journal.sessions import delete_session, purge_session
from integrate.storage import kdf, room_merge
from integrate.storage.room_keys import are_forgotten, room_row
from integrate.storage.room_log import create_room_file
from integrate.storage.room_records import RoomHeader
from tests.conftest import PASSPHRASE, Sample
from tests.helpers.courses import MARCH, a_session, mark, marks
from tests.helpers.journals import open_files, tamper
from tests.helpers.rooms import cut_off, enter, fill, log_of, merged, moments_of, words_of


def keys_are_there(sample: Sample) -> bool:
    with sample.open(Access.READ) as journal, journal.vault.database.read() as session:
        row = room_row(session)
        return row is not None and not are_forgotten(row)


def test_what_is_marked_is_a_moment_after_the_next_unlock(sample: Sample) -> None:
    room = enter(sample)
    given_marks = [mark(at=MARCH), mark("the sea", MARCH + timedelta(minutes=1)), mark("a door", MARCH)]
    for number, one in enumerate(given_marks, 1):
        room.mark(one)
        assert room.mark_count == number
    room.close()
    report, moments = merged(sample, room.session_id)
    assert report == RoomReport(session_id=room.session_id, merged=3, left=True)
    assert report.is_whole
    assert report.sentences() == ("3 moments of the session room are in your journal now.",)
    assert sorted(words_of(moments)) == ["", "a door", "the sea"]
    assert {moment.mark for moment in moments} == set(given_marks)
    assert all(moment.in_room and not moment.after_restart and not moment.never_share for moment in moments)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
@given(st.lists(st.tuples(marks(), st.booleans()), max_size=12))
def test_any_marks_come_back_in_full_however_often_the_room_was_cut_off(
    sample: Sample, given_marks: list[tuple[Mark, bool]]
) -> None:
    room = enter(sample)
    restarted = False
    expected = []
    for one, killed_before in given_marks:
        if killed_before:
            cut_off(room)
            room, restarted = reopen_room(sample.place), True
        room.mark(one)
        expected.append((one, restarted))
    room.close()
    report, moments = merged(sample, room.session_id)
    assert report is not None
    assert report.is_whole
    assert report.after_restart == sum(later for _one, later in expected)
    key = repr
    assert sorted(((moment.mark, moment.after_restart) for moment in moments), key=key) == sorted(expected, key=key)


def test_a_mark_is_in_the_file_when_the_call_returns(sample: Sample) -> None:
    with enter(sample) as room:
        for number in range(1, 4):
            before = log_of(sample).stat().st_size
            room.mark(mark(f"{number}"))
            assert log_of(sample).stat().st_size == before + 512
            found = find_room(sample.place)
            assert found is not None
            assert (found.marks, found.was_left, found.can_reopen) == (number, False, True)


def test_the_room_has_the_writers_lock_from_its_ticket_to_its_end(sample: Sample) -> None:
    with sample.open() as journal:
        ticket = open_room(journal, a_session(journal).id)
    with pytest.raises(OpenElsewhere):
        sample.open()
    room = ticket.enter()
    for act in (sample.open, lambda: reopen_room(sample.place)):
        with pytest.raises(OpenElsewhere):
            act()
    with sample.open(Access.READ) as reader:
        assert moments_of(reader, room.session_id) == []
        with pytest.raises(ReadOnlyJournal):
            merge_room(reader)
        with pytest.raises(ReadOnlyJournal):
            open_room(reader, room.session_id)
    room.close()
    with sample.open():
        pass


def test_a_ticket_is_used_once_or_handed_back(sample: Sample) -> None:
    with sample.open() as journal:
        session = a_session(journal)
        ticket = open_room(journal, session.id)
        assert ticket.session_id == session.id
        ticket.hand_back(journal)
        assert not log_of(sample).exists()
        for act in (ticket.enter, lambda: ticket.hand_back(journal)):
            with pytest.raises(WrongUsage):
                act()
        with pytest.raises(OpenElsewhere):
            sample.open()
        ticket = open_room(journal, session.id)
    ticket.enter().close()
    with sample.open() as journal:
        assert merge_room(journal) == RoomReport(session_id=session.id, left=True)


def test_only_one_room_is_open(sample: Sample) -> None:
    session_id = fill(sample, "kept")
    with sample.open() as journal:
        for wanted in (session_id, a_session(journal).id):
            with pytest.raises(WrongUsage, match="open already"):
                open_room(journal, wanted)
        assert merge_room(journal) is not None
        open_room(journal, session_id).hand_back(journal)
        assert words_of(moments_of(journal, session_id)) == ["kept"]


def test_there_is_no_room_for_a_session_that_is_not_there(sample: Sample) -> None:
    with sample.open() as journal:
        session = a_session(journal)
        delete_session(journal, session.id)
        for session_id in (session.id, uuid4()):
            with pytest.raises(WrongUsage):
                open_room(journal, session_id)
        assert not log_of(sample).exists()
        assert journal.vault.lock is not None
        assert journal.vault.lock.held


def test_nothing_is_left_of_a_room_that_could_not_be_made(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    with sample.open() as journal:
        session = a_session(journal)
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(DiskFull):
                open_room(journal, session.id)
        assert not log_of(sample).exists()
        open_room(journal, session.id).hand_back(journal)
    assert not keys_are_there(sample)


def full(_descriptor: int) -> None:
    raise OSError(28, "no space")


def test_a_room_that_was_cut_off_is_opened_again_without_a_secret(sample: Sample) -> None:
    session_id = fill(sample, "before", leave=False)
    assert room_waits(sample.place)
    with reopen_room(sample.place) as room:
        assert (room.session_id, room.mark_count, room.after_restart) == (session_id, 1, True)
        room.mark(mark("after"))
        assert room.mark_count == 2
    report, moments = merged(sample, session_id)
    assert report == RoomReport(session_id=session_id, merged=2, after_restart=1, left=True)
    assert [(moment.mark.words, moment.after_restart) for moment in moments] == [("before", False), ("after", True)]
    assert len(report.sentences()) == 2


def test_opening_a_room_again_loads_no_database(sample: Sample) -> None:
    fill(sample, "before", leave=False)
    code = (
        "import sys\nfrom pathlib import Path\nfrom integrate.journal.room import reopen_room, room_waits\n"
        "assert room_waits(Path(sys.argv[1]))\nreopen_room(Path(sys.argv[1])).close()\n"
        "assert not {'sqlalchemy', 'sqlcipher3', 'alembic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, sample.place], check=True, timeout=60)


def test_there_is_nothing_to_open_again_where_no_room_is(sample: Sample, tmp_path: Path) -> None:
    assert find_room(sample.place) is None
    assert not room_waits(sample.place)
    with pytest.raises(WrongUsage):
        reopen_room(sample.place)
    with pytest.raises(NotAJournal):
        reopen_room(tmp_path / "nothing")
    with sample.open() as journal:  # and the lock was given back
        assert merge_room(journal) is None
    fill(sample, leave=False)
    (sample.place / "vault.hdr").unlink()
    with pytest.raises(HeaderMissing):
        reopen_room(sample.place)


def test_a_room_without_a_mark_goes_without_a_word(sample: Sample) -> None:
    session_id = fill(sample, leave=False)
    assert not room_waits(sample.place)
    report, moments = merged(sample, session_id)
    assert report == RoomReport(session_id=session_id)
    assert (report.sentences(), moments) == ((), [])
    assert not log_of(sample).exists()


def test_a_closed_room_takes_nothing_and_leaves_nothing_open(sample: Sample) -> None:
    room = enter(sample)
    room.mark(mark())
    room.close()
    room.close()
    assert room.closed
    with pytest.raises(WrongUsage):
        room.mark(mark())
    assert not [name for name in open_files() if str(sample.place) in name]


def test_a_room_that_was_let_go_is_free_for_whoever_goes_back_to_it(sample: Sample) -> None:
    room = enter(sample)
    room.mark(mark("before"))
    room.let_go()
    room.let_go()
    assert room.closed
    assert not [name for name in open_files() if str(sample.place) in name]
    found = find_room(sample.place)
    assert found is not None
    assert (found.marks, found.was_left) == (1, False)
    with reopen_room(sample.place) as again:
        assert again.after_restart
        again.mark(mark("after"))
    _report, moments = merged(sample, again.session_id)
    assert words_of(moments) == ["before", "after"]


def test_the_keys_and_the_file_are_gone_after_the_merge(sample: Sample) -> None:
    session_id = fill(sample, "words")
    assert keys_are_there(sample)
    old = log_of(sample).read_bytes()
    other = sample.place.parent / "the same bytes"
    os.link(log_of(sample), other)
    with sample.open() as journal:
        assert merge_room(journal) is not None
        assert merge_room(journal) is None
        with journal.vault.database.read() as session:
            assert room_row(session) is None
    assert not log_of(sample).exists()
    assert len(other.read_bytes()) == len(old)
    assert old[512:1024] not in other.read_bytes()
    with sample.open() as journal:
        assert merge_room(journal) is None
        assert words_of(moments_of(journal, session_id)) == ["words"]
    assert check_journal(sample.place, sample.by_words, deep=True).ok


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize(
    ("where", "after"),
    [
        ("sort_records", False), ("_insert", False), ("_insert", True), ("destroy", False), ("destroy", True),
        ("forget_keys", False), ("_finish", True),
    ],
)  # fmt: skip
def test_a_merge_that_is_cut_off_goes_on_and_makes_nothing_twice(
    sample: Sample, monkeypatch: pytest.MonkeyPatch, where: str, after: bool
) -> None:
    session_id = fill(sample, "one", "two")
    real = getattr(room_merge, where)

    def cut(*arguments: object) -> object:
        if after:
            real(*arguments)
        raise Killed

    with sample.open() as journal:
        with monkeypatch.context() as patch:
            patch.setattr(room_merge, where, cut)
            with pytest.raises(Killed):
                merge_room(journal)
        again = merge_room(journal)
        assert words_of(moments_of(journal, session_id)) == ["one", "two"]
        assert merge_room(journal) is None
        open_room(journal, session_id).hand_back(journal)
    assert again is None or again == RoomReport(session_id=session_id, merged=2, left=True)
    assert not log_of(sample).exists()


def test_a_file_that_is_put_back_after_the_merge_makes_no_moment_twice(sample: Sample) -> None:
    session_id = fill(sample, "once")
    copy = log_of(sample).read_bytes()
    vault = {path: path.read_bytes() for path in sample.place.iterdir() if path.is_file()}
    with sample.open() as journal:
        merge_room(journal)
        (moment,) = moments_of(journal, session_id)
        log_of(sample).write_bytes(copy)
        report = merge_room(journal)
        assert report is not None
        assert report.kept_as is not None, "its keys are gone, so it is kept and said"
        assert moments_of(journal, session_id) == [moment]
    for path, data in vault.items():  # and the whole journal put back to before the merge reads the same
        path.write_bytes(data)
    for leftover in sample.place.glob("room-*"):
        leftover.unlink()
    _report, moments = merged(sample, session_id)
    assert [one.id for one in moments] == [moment.id]


def test_a_moment_that_was_changed_or_deleted_meanwhile_stays_so(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id = fill(sample, "one", "two")
    with sample.open() as journal:
        with monkeypatch.context() as patch:
            patch.setattr(room_merge, "empty_row", lambda *_arguments: None)
            patch.setattr(room_merge, "_finish", lambda *_arguments: None)
            merge_room(journal)
        first, second = moments_of(journal, session_id)
        change_moment(journal, first.id, mark("other words"))
        delete_moment(journal, second.id)
        merge_room(journal)
        assert words_of(moments_of(journal, session_id)) == ["other words"]


def test_the_file_is_removed_at_the_next_unlock_where_the_disk_refused(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id = fill(sample, "kept")

    def refuse(_path: Path) -> None:
        raise OSError(30, "read-only")

    with sample.open() as journal:
        with monkeypatch.context() as patch:
            patch.setattr(room_merge, "destroy", refuse)
            report = merge_room(journal)
        assert report is not None
        assert report.merged == 1
        assert log_of(sample).exists()
    assert not keys_are_there(sample)
    with sample.open() as journal:
        assert merge_room(journal) is None
        assert not log_of(sample).exists()
        assert words_of(moments_of(journal, session_id)) == ["kept"]


def test_a_missing_file_is_said_once_and_read_when_it_comes_back(sample: Sample) -> None:
    session_id = fill(sample, "found again")
    away = sample.place.parent / "elsewhere.log"
    log_of(sample).rename(away)
    with sample.open() as journal:
        report = merge_room(journal)
        assert report == RoomReport(session_id=session_id, file_missing=True)
        assert "room.log" in " ".join(report.sentences())
        assert merge_room(journal) is None
    away.rename(log_of(sample))
    report, moments = merged(sample, session_id)
    assert report is not None
    assert (report.is_whole, words_of(moments)) == (True, ["found again"])


def test_a_new_room_gives_up_the_file_that_never_came_back(sample: Sample) -> None:
    fill(sample, "lost")
    log_of(sample).unlink()
    session_id = fill(sample, "next")
    report, moments = merged(sample, session_id)
    assert report is not None
    assert (report.is_whole, words_of(moments)) == (True, ["next"])


def test_a_copy_made_while_the_room_waits_says_what_is_not_in_it(sample: Sample, tmp_path: Path) -> None:
    session_id = fill(sample, "only in the file")
    with sample.open() as journal:
        back_up(journal, tmp_path / "copy.ibk")
    restored = Sample(tmp_path / "Restored.integrate", sample.passphrase, sample.words)
    restore_backup(tmp_path / "copy.ibk", restored.place, ByWords(sample.words))
    report, moments = merged(restored, session_id)
    assert report == RoomReport(session_id=session_id, file_missing=True)
    assert moments == []


def test_the_moments_of_a_session_that_was_deleted_for_good_go_with_it(sample: Sample) -> None:
    session_id = fill(sample, "gone")
    with sample.open() as journal:
        delete_session(journal, session_id)
        purge_session(journal, session_id)
        report = merge_room(journal)
        assert report == RoomReport(session_id=session_id, session_gone=True, left=True)
        assert len(report.sentences()) == 1
    assert not log_of(sample).exists()


def test_moments_of_a_damaged_session_stay_in_the_file(sample: Sample) -> None:
    session_id = fill(sample, "waits")
    with sample.open() as journal:
        tamper(journal, "UPDATE session SET dose = 'other' WHERE id = ?", session_id.bytes)
        with pytest.raises(RecordDamaged):
            merge_room(journal)
    assert room_waits(sample.place)
    assert keys_are_there(sample)


def test_damaged_keys_cost_no_file(sample: Sample) -> None:
    session_id = fill(sample, "unreadable")
    raw = log_of(sample).read_bytes()
    with sample.open() as journal:
        tamper(journal, "UPDATE room SET private_key = zeroblob(60)")
        report = merge_room(journal)
        assert report is not None
        assert report.kept_as is not None
        assert (sample.place / report.kept_as).read_bytes() == raw
        assert report.kept_as in " ".join(report.sentences())
        open_room(journal, session_id).hand_back(journal)


def test_a_row_whose_seal_alone_is_damaged_still_reads(sample: Sample) -> None:
    session_id = fill(sample, "read")
    with sample.open() as journal:
        tamper(journal, "UPDATE room SET opened_us = opened_us + 1")
    report, moments = merged(sample, session_id)
    assert report is not None
    assert (report.is_whole, words_of(moments)) == (True, ["read"])
    assert not log_of(sample).exists()


@pytest.fixture
def other(tmp_path: Path) -> Sample:
    """Another journal with its own keys."""
    made = create_journal(tmp_path / "Other.integrate", PASSPHRASE, cost=kdf.FLOOR)
    return Sample(tmp_path / "Other.integrate", PASSPHRASE, " ".join(made.recovery_words))


def test_a_room_of_another_journal_is_not_marked_in_and_not_destroyed(sample: Sample, other: Sample) -> None:
    session_id = fill(other, "theirs")
    shutil.copyfile(log_of(other), log_of(sample))
    raw = log_of(other).read_bytes()
    with pytest.raises(RoomUnreadable):
        reopen_room(sample.place)
    with sample.open() as journal:
        report = merge_room(journal)
        assert report is not None
        assert report.kept_as is not None
        assert (sample.place / report.kept_as).read_bytes() == raw
        assert merge_room(journal) is None
    report, moments = merged(other, session_id)
    assert report is not None
    assert (report.is_whole, words_of(moments)) == (True, ["theirs"])


def test_a_room_of_another_journal_in_the_place_of_ours_is_kept_and_ours_is_missed(
    sample: Sample, other: Sample
) -> None:
    session_id = fill(sample, "ours")
    ours = log_of(sample).read_bytes()
    fill(other, "theirs")
    shutil.copyfile(log_of(other), log_of(sample))
    with sample.open() as journal:
        report = merge_room(journal)
        assert report is not None
        assert (report.file_missing, report.merged) == (True, 0)
        assert report.kept_as is not None
    log_of(sample).write_bytes(ours)
    report, moments = merged(sample, session_id)
    assert report is not None
    assert (report.is_whole, words_of(moments)) == (True, ["ours"])


def test_a_damaged_beginning_costs_no_moment(sample: Sample) -> None:
    session_id = fill(sample, "one", "two")
    raw = bytearray(log_of(sample).read_bytes())
    raw[:512] = os.urandom(512)
    log_of(sample).write_bytes(raw)
    found = find_room(sample.place)
    assert found is not None
    assert not found.can_reopen
    with pytest.raises(RoomUnreadable, match="still in it"):
        reopen_room(sample.place)
    report, moments = merged(sample, session_id)
    assert report is not None
    assert (report.header_damaged, report.merged, words_of(moments)) == (True, 2, ["one", "two"])


def test_a_journal_whose_room_waits_passes_its_check(sample: Sample) -> None:
    fill(sample, "waits")
    assert check_journal(sample.place, sample.by_words, deep=True).ok
    log_of(sample).unlink()
    with sample.open() as journal:
        merge_room(journal)  # which notes that the file is missing
    assert check_journal(sample.place, sample.by_words, deep=True).ok


def test_a_file_that_came_from_elsewhere_during_a_cut_off_merge_is_kept(
    sample: Sample, other: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id = fill(sample, "ours")
    fill(other, "theirs")
    raw = log_of(other).read_bytes()
    with sample.open() as journal:
        with monkeypatch.context() as patch:
            patch.setattr(room_merge, "_finish", lambda *_arguments: None)
            merge_room(journal)
        log_of(sample).write_bytes(raw)
        report = merge_room(journal)
        assert report is not None
        assert report.kept_as is not None
        assert (sample.place / report.kept_as).read_bytes() == raw
        assert merge_room(journal) is None
        assert words_of(moments_of(journal, session_id)) == ["ours"]
        open_room(journal, session_id).hand_back(journal)


def test_a_file_that_was_made_and_never_got_its_keys_goes_away(sample: Sample) -> None:
    with sample.open() as journal:
        create_room_file(log_of(sample), RoomHeader(journal.vault.keys.vault_id, uuid4().bytes, os.urandom(32)))
        assert merge_room(journal) is None
        assert not log_of(sample).exists()


def test_a_room_does_not_shut_moments_out_that_are_written_afterwards(sample: Sample) -> None:
    session_id = fill(sample, "room")
    with sample.open() as journal:
        added = add_moment(journal, session_id, mark("later", MARCH + timedelta(hours=1)))
        merge_room(journal)
        assert [one.in_room for one in moments_of(journal, session_id)] == [True, False]
        delete_moment(journal, added.moment.id)
        purge_moment(journal, added.moment.id)
        assert words_of(moments_of(journal, session_id)) == ["room"]


def test_a_leaving_that_the_disk_refuses_is_no_fault(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    room = enter(sample)
    room.mark(mark("kept"))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            room.mark(mark("refused"))
        room.close()
    report, moments = merged(sample, room.session_id)
    assert report is not None
    assert (report.left, report.is_whole, words_of(moments)) == (False, True, ["kept"])


def test_every_way_a_room_can_be_damaged_has_its_sentence() -> None:
    names = ("merged", "after_restart", "doubtful", "damaged", "missing", "foreign")
    for name in names:
        one, many = (RoomReport(**{name: count}).sentences() for count in (1, 7))  # type: ignore[arg-type]  # counts
        assert len(one) == len(many) == 1
        assert one != many
        assert "7" in many[0]
    for report in (
        RoomReport(header_damaged=True), RoomReport(file_missing=True), RoomReport(session_gone=True),
        RoomReport(kept_as="room-1.unread"),
    ):  # fmt: skip
        assert len(report.sentences()) == 1
        assert not report.is_whole
