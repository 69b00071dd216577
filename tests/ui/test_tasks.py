"""Lanes keep their order, answer on the main thread, and never into something that is gone."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject

from integrate.ui.tasks import Lane, Mailbox
from tests.ui.waiting import wait_until


@pytest.fixture
def lane(app: object) -> Iterator[Lane]:
    lane = Lane("test", Mailbox())
    yield lane
    lane.close(drop=True)
    assert lane.join(5)


def test_work_is_done_in_order_beside_the_main_thread_and_answered_on_it(lane: Lane) -> None:
    owner, answers, threads = QObject(), [], []

    def work(number: int) -> Callable[[], int]:
        def run() -> int:
            threads.append(threading.current_thread())
            return number

        return run

    def done(number: int) -> None:
        answers.append((number, threading.current_thread()))

    for number in range(20):
        lane.submit(owner, work(number), done, answers.append)
    wait_until(lambda: len(answers) == 20)
    assert answers == [(number, threading.main_thread()) for number in range(20)]
    assert threading.main_thread() not in threads
    assert len(set(threads)) == 1


def test_a_failure_arrives_without_the_frames_that_hold_texts(lane: Lane) -> None:
    owner, failures = QObject(), []

    def work() -> None:
        secret = "words"  # noqa: F841 - what a traceback would keep alive
        raise ValueError("no")

    lane.submit(owner, work, failures.append, failures.append)
    wait_until(lambda: bool(failures))
    assert isinstance(failures[0], ValueError)
    assert failures[0].__traceback__ is None


def test_nothing_is_answered_to_an_owner_that_was_destroyed(lane: Lane) -> None:
    owner, other, answers = QObject(), QObject(), []
    go = threading.Event()
    lane.submit(owner, go.wait, lambda _result: answers.append("dead"), answers.append)
    lane.submit(other, lambda: None, lambda _result: answers.append("alive"), answers.append)
    owner.deleteLater()
    wait_until(lambda: not _valid(owner))
    go.set()
    wait_until(lambda: "alive" in answers)
    assert answers == ["alive"]


def test_a_lane_keeps_nothing_of_finished_work_alive(lane: Lane) -> None:
    class Text:
        pass

    owner, done = QObject(), []
    text = Text()
    gone = weakref.ref(text)
    lane.submit(owner, lambda held=text: held is not None, done.append, done.append)
    wait_until(lambda: bool(done))
    del text
    gc.collect()
    wait_until(lambda: gone() is None)


def test_closing_finishes_what_is_queued_unless_told_to_drop_it(app: object) -> None:
    for drop, expected in ((False, 3), (True, 1)):
        lane, owner, ran = Lane("test", Mailbox()), QObject(), []
        go, begun = threading.Event(), threading.Event()

        def first(begun: threading.Event = begun, go: threading.Event = go, ran: list[int] = ran) -> None:
            begun.set()
            go.wait(5)
            ran.append(0)

        lane.submit(owner, first, lambda _r: None, lambda _e: None)
        for number in (1, 2):
            lane.submit(owner, lambda number=number, ran=ran: ran.append(number), lambda _r: None, lambda _e: None)
        assert begun.wait(5)
        lane.close(drop=drop)
        go.set()
        assert lane.join(5)
        assert len(ran) == expected


def test_a_mailbox_may_be_destroyed_while_a_lane_posts(app: object) -> None:
    for _round in range(200):
        parent, go, stop = QObject(), threading.Event(), threading.Event()
        mailbox = Mailbox(parent)

        def post(mailbox: Mailbox = mailbox, go: threading.Event = go, stop: threading.Event = stop) -> None:
            while not stop.is_set():
                mailbox.post(_nothing)
                go.set()

        thread = threading.Thread(target=post)
        thread.start()
        assert go.wait(5)
        shiboken6.delete(parent)  # in an instant between any two steps of the other thread
        stop.set()
        thread.join(5)
        assert not thread.is_alive()
        assert not _valid(mailbox)


def _nothing() -> None:
    pass


def _valid(thing: QObject) -> bool:
    return shiboken6.isValid(thing)
