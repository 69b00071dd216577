"""Work beside the main thread: lanes that do one thing after another, and results that come back here.

A lane is one thread. What it is given runs in the order it was given; the answer is handed over on the main thread,
and only while its owner (a widget, usually a page) is still alive: a page that was destroyed on locking hears nothing.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Mailbox(QObject):
    """Lives on the main thread; whatever another thread posts is called there, in order.

    A lane may post in the very moment in which the main thread destroys ``parent`` and this with it. The gate keeps the
    two apart: Qt tells of the end before anything is taken down, and that waits for a post that is under way.
    """

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gate = threading.RLock()
        self._closed = False
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        if parent is not None:
            parent.destroyed.connect(self._close, Qt.ConnectionType.DirectConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Have ``call`` made on the main thread, soon. Safe from any thread; nothing happens once it is destroyed."""
        with self._gate:
            if not self._closed and shiboken6.isValid(self):
                self._posted.emit(call)

    @Slot()
    def _close(self) -> None:
        with self._gate:
            self._closed = True

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        call()


class _Job:
    """One piece of work, and who is told how it went.

    Work and answer know objects of the window. Those must never die beside the main thread, where Qt would destroy
    them under the feet of the event loop: so the lane only ever holds the job, and :meth:`deliver` empties it.
    """

    __slots__ = ("_answer", "_failure", "_result", "_work")

    def __init__(self, work: Callable[[], Any], answer: Callable[[Any, Exception | None], None]) -> None:
        self._work: Callable[[], Any] | None = work
        self._answer: Callable[[Any, Exception | None], None] | None = answer
        self._result: Any = None
        self._failure: Exception | None = None

    def run(self) -> None:
        """Do the work, in the lane."""
        if self._work is None:
            return
        try:
            self._result = self._work()
        except Exception as error:
            self._failure = _bare(error)

    def deliver(self) -> None:
        """Tell how it went and let go of everything, on the main thread."""
        answer, result, failure = self._answer, self._result, self._failure
        self.forget()
        if answer is not None:
            answer(result, failure)

    def forget(self) -> None:
        """Let go of everything without telling anybody, on the main thread."""
        self._work = self._answer = self._result = self._failure = None


def _bare(error: Exception) -> Exception:
    """``error`` alone. Its traceback and the errors behind it hold frames, and with them the journal and its texts."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


class Lane:
    """One thread for one kind of work. Closing lets what is queued finish, unless it is told to drop it."""

    def __init__(self, name: str, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._dropping = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"integrate-{name}", daemon=True)
        self._thread.start()

    def submit(self, owner: QObject, work: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """Run ``work`` in the lane, then ``done`` or ``failed`` on the main thread while ``owner`` is alive."""

        def answer(result: Any, error: Exception | None) -> None:
            if not shiboken6.isValid(owner):
                return
            if error is None:
                done(result)
            else:
                failed(error)

        self._jobs.put(_Job(work, answer))

    def close(self, *, drop: bool = False) -> None:
        """Take nothing more; with ``drop`` leave out what has not begun. Returns at once."""
        if drop:
            self._dropping.set()
        self._jobs.put(None)

    def join(self, seconds: float) -> bool:
        """Wait for the end of a closed lane; whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if self._dropping.is_set():
                self._mailbox.post(job.forget)
            else:
                job.run()
                self._mailbox.post(job.deliver)
            del job  # the thread must not keep the last text alive while it waits
