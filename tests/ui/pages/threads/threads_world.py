"""The real program, offscreen, with a course behind it and Threads on the screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar, cast
from uuid import UUID

from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from integrate.domain.entry import Draft, SessionRef
from integrate.domain.practices import Cadence, CadenceKind, Reply
from integrate.domain.sessions import LineKind
from integrate.domain.threads import Station, ThreadState
from integrate.domain.times import ZonedTime
from integrate.journal.insights import add_insight, promote
from integrate.journal.moments import add_moment
from integrate.journal.opening import Access, Journal, open_journal
from integrate.journal.practices import begin_practice, reply_to_practice, rest_practice
from integrate.journal.sessions import add_line
from integrate.journal.threads import ThreadView, begin_thread, change_thread, list_threads
from integrate.journal.writing import add_entry
from integrate.system.clock import FixedClock
from integrate.ui.desk import Desk
from integrate.ui.pages.threads.page import ThreadsPage
from integrate.ui.pages.threads.row import ThreadRow
from integrate.ui.shell.shell import Shell
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.toast import Toast
from tests.conftest import Sample
from tests.helpers.courses import a_session, held, mark
from tests.ui.pages.settings_world import EVENING, SLOW, World
from tests.ui.waiting import run_events, wait_until

T = TypeVar("T")
S = TypeVar("S", bound=Sheet)

BODY = "We talked for an hour.\n\nI talk to myself the way nobody in my life talks to me. Ines nodded."
QUOTE = "I talk to myself the way nobody in my life talks to me."
TODAY = date(2026, 10, 8)


@dataclass(frozen=True)
class Course:
    """What was written into the journal."""

    sessions: tuple[UUID, ...]
    entry: UUID
    softness: UUID
    insight: UUID
    practice: UUID
    moment: UUID
    line: UUID


def write_course(journal: Journal, clock: FixedClock) -> Course:
    """Four sessions and the threads of the picture."""
    days = [datetime(2026, 8, 23, 13, tzinfo=UTC), datetime(2026, 9, 6, 13, tzinfo=UTC),
            datetime(2026, 9, 20, 13, tzinfo=UTC), datetime(2026, 10, 4, 13, tzinfo=UTC)]  # fmt: skip
    sessions = [a_session(journal, held(day)).id for day in days]
    hopes = [
        "To find out what is under the tiredness.", "To stay near the sadness about Dad without fixing it.",
        "To let someone see me before I am fine.", "To be a little softer with myself when plans fall apart.",
    ]  # fmt: skip
    lines = []
    for one, words, day in zip(sessions, hopes, days, strict=True):
        clock.advance(day - timedelta(days=1) - clock.now())  # an intention is set before its session
        lines.append(add_line(journal, one, LineKind.INTENTION, words).line.id)
    marks = [
        "Very quiet. Snow, and no need to walk anywhere.", "The radio in his kitchen. Crying without the story.",
        "Doors that opened inward.", "A hand on my shoulder. Put the bags down.",
    ]  # fmt: skip
    moments = [
        add_moment(journal, one, mark(words, day + timedelta(minutes=52))).moment.id
        for one, words, day in zip(sessions, marks, days, strict=True)
    ]
    at = ZonedTime(datetime(2026, 10, 6, 20, 10, tzinfo=UTC), "Europe/Lisbon")
    clock.advance(at.instant - clock.now())
    entry = add_entry(journal, Draft(BODY, at, session=SessionRef(1, 4), never_share=True)).entry_id
    names = ("Tired", "Dad", "Asking", "Softness")
    threads = [
        begin_thread(journal, name, ((Station.INTENTION, line), (Station.MET, moment))).thread.id
        for name, line, moment in zip(names, lines, moments, strict=True)
    ]
    insight = promote(journal, entry, QUOTE, thread_id=threads[3]).insight.id
    asking = add_insight(journal, "Waiting until I am fine is how I stay alone.", thread_id=threads[2]).insight.id
    add_insight(journal, "Missing him is not a problem to solve.", thread_id=threads[1])
    practice = begin_practice(
        journal, "When something goes wrong, say it the way I would to Daniel.", insight_id=insight,
        thread_id=threads[3], since=date(2026, 10, 7),
    ).practice.id  # fmt: skip
    begin_practice(
        journal, "Text Daniel one honest sentence.", Cadence(CadenceKind.WEEKDAYS, frozenset({3})), insight_id=asking,
        thread_id=threads[2], since=date(2026, 9, 24),
    )  # fmt: skip
    sundays = begin_practice(
        journal, "Sundays: play one of his records, then call Mum.", thread_id=threads[1], since=date(2026, 9, 27)
    )
    rest_practice(journal, sundays.practice.id)
    outside = begin_practice(
        journal, "Ten minutes outside before the laptop.", thread_id=threads[0], since=date(2026, 8, 25)
    )
    reply_to_practice(journal, outside.practice.id, Reply.TOO_SOON, date(2026, 10, 1))
    resting = begin_thread(journal, "Sleep").thread.id
    change_thread(journal, resting, state=ThreadState.RESTING)
    for name in ("Work", "The move"):
        change_thread(journal, begin_thread(journal, name).thread.id, state=ThreadState.CLOSED)
    clock.advance(EVENING - clock.now())
    return Course(tuple(sessions), entry, threads[3], insight, practice, moments[3], lines[3])


class ThreadsWorld(World):
    """A program whose window shows Threads."""

    def __init__(
        self, app: QApplication, base: Path, sample: Sample, written: tuple[Sample, Course] | None = None
    ) -> None:
        """``written`` is a journal that has the course of the picture, only to be copied."""
        super().__init__(app, base, sample)
        self._written = written

    def course(self) -> Course:
        """Have the course of the picture in the journal, in which nothing is yet, while nothing has it open."""
        if self._written is None:
            return self.prepare(lambda journal: write_course(journal, self.clock))
        written, course = self._written
        shutil.rmtree(self.sample.place)
        written.copy_to(self.sample.place)
        return course

    def prepare(self, work: Callable[[Journal], T]) -> T:
        with open_journal(self.sample.place, self.sample.by_words, Access.WRITE, clock=self.clock) as journal:
            return work(journal)

    def open_page(self, *, read_only: bool = False, **arguments: object) -> None:
        """Unlock, go to the page and wait for what it shows."""
        failures: list[Exception] = []
        self.program.unlock(self.sample.by_words, failures.append, read_only=read_only)
        wait_until(lambda: bool(failures) or isinstance(self.program.window.scene(), Shell), SLOW)
        assert not failures
        self.shell.go("threads", **arguments)
        self.program.window.activateWindow()
        self.settle()

    @property
    def threads(self) -> ThreadsPage:
        return cast("ThreadsPage", self.shell.current_page())

    def settle(self) -> None:
        """Wait until everything that was asked for is written, read and shown."""
        for _turn in range(3):
            self.ask(lambda _journal: None)
            self._wait_for_reads()

    def _wait_for_reads(self) -> None:
        answered: list[object] = []
        self.desk.read(self.desk, lambda _journal, _stop: None, answered.append)
        wait_until(lambda: bool(answered))
        run_events()

    @property
    def desk(self) -> Desk:
        """That of the open journal."""
        return self.shell._desk

    def ask(self, work: Callable[[Journal], T]) -> T:
        """Have something done in the journal's own lane, after all that was asked for before."""
        answers: list[T] = []
        failures: list[Exception] = []
        self.desk.write(self.desk, work, answers.append, failures.append)
        wait_until(lambda: bool(answers or failures))
        assert not failures, failures
        run_events()
        return answers[0]

    def row(self, name: str) -> ThreadRow:
        """The row of a thread."""
        wait_until(lambda: any(row.view.thread.name == name for row in self.threads.rows.rows()))
        return next(row for row in self.threads.rows.rows() if row.view.thread.name == name)

    def kept(self, name: str) -> ThreadView:
        """A thread as it is on the disk."""
        views = self.ask(lambda journal: list_threads(journal))
        return next(view for view in views if isinstance(view, ThreadView) and view.thread.name == name)

    def sheet(self, kind: type[S]) -> S:
        """The open sheet of this kind."""
        wait_until(lambda: any(sheet.isVisible() for sheet in self.program.window.findChildren(kind)))
        self.settle()
        return next(sheet for sheet in self.program.window.findChildren(kind) if sheet.isVisible())

    def no_sheet(self) -> bool:
        """Whether nothing lies over the page."""
        return not any(sheet.isVisible() for sheet in self.program.window.findChildren(Sheet))

    def toasts(self) -> list[str]:
        """The words of the toasts that are shown."""
        return [toast.text.words() for toast in self.program.window.findChildren(Toast) if toast.isVisible()]

    def wait_for_toast(self, words: str) -> None:
        wait_until(lambda: any(words in toast for toast in self.toasts()))

    def undo_toast(self) -> None:
        """Press Undo."""
        toast = next(toast for toast in self.program.window.findChildren(Toast) if toast.isVisible())
        assert toast.button is not None
        toast.button.click()
        self.settle()


def press(root: QWidget, name: str) -> None:
    """Press the one button in sight below ``root`` whose words or name begin with ``name``."""
    found = buttons(root, name)
    assert len(found) == 1, f"{len(found)} buttons called {name}: {[one.accessibleName() for one in found]}"
    found[0].click()
    run_events()


def buttons(root: QWidget, name: str) -> list[QAbstractButton]:
    """Every button in sight whose words or name begin with ``name``."""
    return [
        one
        for one in root.findChildren(QAbstractButton)
        if one.isVisible() and (one.accessibleName().startswith(name) or one.text().replace("&", "").startswith(name))
    ]


def words_on(root: QWidget) -> list[str]:
    """All that is written on the page, buttons too."""
    said = [text.words() for text in root.findChildren(Text) if text.isVisible()]
    return [*said, *(one.accessibleName() for one in root.findChildren(QAbstractButton) if one.isVisible())]
