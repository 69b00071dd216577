"""Giving up: one read, or all that runs; and threads that share an open journal."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from integrate.domain.listing import Stop, Stopped
from integrate.journal.backups import back_up, back_up_if_due
from integrate.journal.checking import check_journal
from integrate.journal.opening import Access, Journal
from integrate.storage import backup
from integrate.storage.anchor import AnchorState
from integrate.storage.database import Database
from integrate.storage.integrity import Findings, examine
from integrate.storage.statements import driver_of
from integrate.system.clock import SystemClock
from tests.conftest import Sample
from tests.helpers.journals import shown, write

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
LONG = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 200000) SELECT count(*) FROM n"


def _read_for_ever(journal: Journal, begun: threading.Event, stop: Stop | None = None) -> None:
    with journal.vault.database.read(stop) as session:
        begun.set()
        session.execute(text(ENDLESS)).all()


def test_a_stopped_read_ends_within_a_moment_and_its_connection_is_clean(journal: Journal) -> None:
    write(journal)
    stop, begun = Stop(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(_read_for_ever, journal, begun, stop)
        assert begun.wait(10)
        started = time.monotonic()
        stop.set()
        with pytest.raises(Stopped):
            reading.result(10)
        assert time.monotonic() - started < 1
    for _again in range(5):  # more often than there are connections
        with journal.vault.database.read() as session:
            driver = driver_of(session.connection())
            assert session.execute(text(LONG)).scalar_one() == 200_000
        assert not driver.in_transaction
    write(journal)
    assert len(shown(journal)) == 2


def test_a_stop_that_was_set_before_stops_before_anything_is_read(journal: Journal) -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped), journal.vault.database.read(stop):
        pytest.fail("it was read")


def test_a_stop_ends_its_own_read_and_no_other(journal: Journal) -> None:
    stops, begun = [Stop(), Stop()], [threading.Event(), threading.Event()]
    with ThreadPoolExecutor(2) as pool:
        readings = [pool.submit(_read_for_ever, journal, begun[number], stops[number]) for number in range(2)]
        assert all(event.wait(10) for event in begun)
        stops[0].set()
        with pytest.raises(Stopped):
            readings[0].result(10)
        assert not readings[1].done()
        stops[1].set()
        with pytest.raises(Stopped):
            readings[1].result(10)


def test_an_interrupt_ends_all_that_runs_and_nothing_that_comes_after(journal: Journal) -> None:
    begun = [threading.Event() for _number in range(3)]
    with ThreadPoolExecutor(3) as pool:
        readings = [pool.submit(_read_for_ever, journal, event) for event in begun]
        assert all(event.wait(10) for event in begun)
        journal.interrupt()
        for reading in readings:
            with pytest.raises(Stopped):
                reading.result(10)
    entry_id = write(journal, "a last line")
    assert [entry.id for entry in shown(journal)] == [entry_id]


def test_an_interrupt_reaches_what_is_between_two_statements(journal: Journal) -> None:
    with pytest.raises(Stopped), journal.vault.database.read() as session:
        session.execute(text("SELECT 1")).all()
        journal.interrupt()
        session.execute(text(ENDLESS)).all()


def test_an_interrupted_write_leaves_nothing_and_a_commit_stays(sample: Sample) -> None:
    with sample.open() as journal:
        write(journal, "before")
        with pytest.raises(Stopped), journal.vault.database.write() as connection:
            connection.execute(text("UPDATE entry SET title = 'half'"))
            journal.interrupt()
        with pytest.raises(Stopped), journal.vault.database.write() as connection:
            connection.execute(text("UPDATE entry SET title = 'half'"))
            journal.interrupt()
            connection.execute(text(ENDLESS))
        (entry,) = shown(journal)
        assert entry.title == ""
        write(journal, "after")
    with sample.open(Access.READ) as journal:
        assert (len(shown(journal)), journal.notices) == (2, ())


def test_an_interrupted_backup_leaves_no_file_and_the_next_one_is_whole(sample: Sample, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "one.ibk"
    target.parent.mkdir()
    with sample.open() as journal:
        write(journal, "kept " * 3000)
        with pytest.raises(Stopped):
            back_up(journal, target, lambda _done, _total: journal.interrupt())
        assert list(target.parent.iterdir()) == []
        assert back_up(journal, target).entries == 1


def test_a_backup_interrupted_while_it_is_read_back_is_no_damaged_one(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sample.open() as journal, monkeypatch.context() as at_work:

        def interrupted(database: Database) -> Findings:
            journal.interrupt()
            return examine(database)

        at_work.setattr(backup, "examine", interrupted)
        with pytest.raises(Stopped):
            back_up(journal, tmp_path / "one.ibk")
    assert not (tmp_path / "one.ibk").exists()


def test_two_threads_write_in_turn_however_long_one_takes(journal: Journal) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: [write(journal, f"{number} {turn}") for turn in range(15)], range(4)))
    assert len({entry.excerpt for entry in shown(journal)}) == 60
    assert journal.vault.database.anchor.read() == AnchorState(journal.vault.database.sequence(), sealed=False)


def test_a_writer_waits_for_another_longer_than_sqlite_would(journal: Journal) -> None:
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with journal.vault.database.write():
            inside.set()
            assert leave.wait(10)

    with ThreadPoolExecutor(2) as pool:
        holding = pool.submit(hold)
        assert inside.wait(10)
        with journal.vault.database.read() as session:
            driver_of(session.connection()).set_busy_timeout(0)  # the next to use it would be refused at once
        waiting = pool.submit(write, journal, "patient")
        with pytest.raises(TimeoutError):
            waiting.result(0.2)
        leave.set()
        holding.result(10)
        waiting.result(10)
    assert len(shown(journal)) == 1


def test_an_automatic_backup_on_its_own_thread_lets_the_journal_thread_write(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrate.journal.backups.backup_is_due", lambda *_arguments: True)
    with sample.open(clock=SystemClock()) as journal:
        for number in range(30):
            write(journal, f"{number} " * 1500)
        with ThreadPoolExecutor(1) as pool:
            copying = pool.submit(lambda: [back_up_if_due(journal) for _again in range(2)])
            written = 0
            while not copying.done():
                write(journal, f"meanwhile {written}")
                written += 1
            first, second = copying.result()
        assert first is not None and second is not None
        assert 30 <= first.entries <= second.entries <= 30 + written
        assert written
        assert len(shown(journal)) == 30 + written
    with sample.open(Access.READ) as journal:
        assert journal.notices == ()
    assert check_journal(sample.place, sample.by_words, deep=True).ok


def test_a_pause_moves_the_log_into_the_database_and_syncs_the_anchor(sample: Sample, tmp_path: Path) -> None:
    with sample.open() as journal:
        write(journal, "settled")
        assert journal.settle()
        moved = sample.copy_to(tmp_path / "Copy.integrate")
        (moved.place / "vault.db-wal").unlink()
        (moved.place / "vault.db-shm").unlink()
        with moved.open(Access.READ) as copy:
            assert [entry.excerpt for entry in shown(copy)] == ["settled"]
            assert copy.notices == ()


def test_a_pause_never_waits_for_a_reader(sample: Sample) -> None:
    with sample.open() as journal, sample.open(Access.READ) as beside:
        write(journal, "one")
        with beside.vault.database.read() as session:
            session.execute(text("SELECT count(*) FROM entry")).all()
            write(journal, "two")
            started = time.monotonic()
            assert not journal.settle()
            assert time.monotonic() - started < 1
        assert journal.settle()
