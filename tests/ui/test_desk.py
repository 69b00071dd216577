"""The desk: an open journal as pages use it, and how it is locked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject

from integrate.domain.entry import Changes, Filter
from integrate.domain.listing import Stop
from integrate.errors import DiskFull
from integrate.journal.browsing import first_rows
from integrate.journal.opening import Access, Journal
from integrate.journal.preferences import read_preferences
from integrate.journal.writing import add_entry
from integrate.ui.desk import Desk
from integrate.ui.tasks import Mailbox
from tests.conftest import Sample, draft
from tests.ui.waiting import run_events, wait_until

ALL = Filter()


@pytest.fixture
def desk(app: object, sample: Sample) -> Iterator[Desk]:
    journal = sample.open(Access.WRITE)
    desk = Desk(journal, read_preferences(journal), Mailbox())
    yield desk
    if desk.is_open:
        close(desk)


def close(desk: Desk, last: Callable[[Journal], object] = lambda _journal: None) -> tuple[object, Exception | None]:
    """Lock it and wait for the end; what was told."""
    told: list[tuple[object, Exception | None]] = []
    desk.close(last, lambda answer, error: told.append((answer, error)))
    wait_until(lambda: bool(told))
    assert desk.ended(5)
    return told[0]


def test_what_a_write_changed_is_told_to_every_page(desk: Desk) -> None:
    owner, told = QObject(), []
    desk.changed.connect(told.append)
    desk.write(owner, lambda journal: add_entry(journal, draft()))
    wait_until(lambda: bool(told))
    assert isinstance(told[0], Changes)
    assert "entries" in told[0].areas


def test_a_read_beside_a_long_write_does_not_wait_for_it(desk: Desk) -> None:
    owner, answers = QObject(), []
    go = threading.Event()
    desk.write(owner, lambda _journal: go.wait(5))
    desk.read(owner, lambda journal, stop: first_rows(journal, "", ALL, 5, stop), answers.append)
    wait_until(lambda: bool(answers))
    assert answers == [()]
    go.set()


def test_a_stopped_read_answers_nobody(desk: Desk) -> None:
    owner, answers = QObject(), []
    begun = threading.Event()

    def wait(_journal: Journal, stop: Stop) -> str:
        begun.set()
        while not stop.is_set:
            time.sleep(0.001)
        stop.check()
        return "late"

    stop = desk.read(owner, wait, answers.append, answers.append)
    assert begun.wait(5)
    stop.set()
    desk.read(owner, lambda _journal, _stop: "next", answers.append)
    wait_until(lambda: bool(answers))
    assert answers == ["next"]


def test_a_failure_goes_to_who_asked_and_otherwise_to_the_shell(desk: Desk) -> None:
    owner, mine, shell = QObject(), [], []
    desk.trouble.connect(shell.append)

    def refuse(_journal: Journal) -> None:
        raise DiskFull

    desk.write(owner, refuse, failed=mine.append)
    desk.write(owner, refuse)
    wait_until(lambda: bool(mine) and bool(shell))
    assert isinstance(mine[0], DiskFull)
    assert isinstance(shell[0], DiskFull)


def test_preferences_are_kept_in_the_journal_and_known_at_once(desk: Desk, sample: Sample) -> None:
    owner, told = QObject(), []
    desk.preferences_changed.connect(lambda: told.append(desk.preferences.name))
    desk.change_preferences(owner, name="Sarah")
    wait_until(lambda: bool(told))
    assert told == ["Sarah"]
    close(desk)
    with sample.open(Access.READ) as journal:
        assert read_preferences(journal).name == "Sarah"


def test_locking_finishes_writes_and_gives_up_reads_and_copies(desk: Desk, sample: Sample) -> None:
    owner, begun = QObject(), threading.Event()

    def forever(_journal: Journal, stop: Stop) -> None:
        begun.set()
        while not stop.is_set:
            time.sleep(0.001)

    desk.copy(owner, forever, lambda _answer: None)
    desk.read(owner, forever, lambda _answer: None)
    assert begun.wait(5)
    for number in range(10):
        desk.write(owner, lambda journal, number=number: add_entry(journal, draft(f"Entry {number}")))
    started = time.monotonic()
    answer, error = close(desk, lambda _journal: "last")
    assert (answer, error) == ("last", None)
    assert time.monotonic() - started < 5
    with sample.open(Access.READ) as journal:
        assert len(first_rows(journal, "", ALL, 50)) == 10


def test_after_locking_nothing_is_taken_and_the_journal_is_sealed(desk: Desk, sample: Sample) -> None:
    close(desk)
    asked: list[object] = []
    desk.write(QObject(), asked.append, asked.append, asked.append)
    assert desk.read(QObject(), lambda journal, _stop: asked.append(journal), asked.append).is_set
    assert desk.copy(QObject(), lambda journal, _stop: asked.append(journal), asked.append).is_set
    desk.change_preferences(QObject(), name="Sarah")
    run_events()
    assert asked == []
    with pytest.raises(RuntimeError):
        desk.close(asked.append, lambda _answer, _error: None)
    assert not (sample.place / "vault.db-wal").exists()
    with sample.open(Access.WRITE) as again:
        assert again.notices == ()


def test_the_last_step_may_fail_and_the_journal_is_closed_all_the_same(desk: Desk, sample: Sample) -> None:
    def fail(_journal: Journal) -> None:
        raise ValueError("a bug")

    _answer, error = close(desk, fail)
    assert isinstance(error, ValueError)
    sample.open(Access.WRITE).close()


def test_nobody_is_answered_after_the_desk_is_gone(app: object, sample: Sample) -> None:
    journal = sample.open(Access.WRITE)
    desk, owner, answers = Desk(journal, read_preferences(journal), Mailbox()), QObject(), []
    go = threading.Event()
    desk.write(owner, lambda _journal: go.wait(5), answers.append)
    told: list[object] = []
    desk.close(lambda _journal: None, lambda answer, error: told.append((answer, error)))
    owner.deleteLater()
    wait_until(lambda: not shiboken6.isValid(owner))
    go.set()
    wait_until(lambda: bool(told))
    assert answers == []
