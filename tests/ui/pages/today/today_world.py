"""Today with a real journal, in a course of eight sessions two weeks apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import cast

from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from integrate.domain.courses import Plan
from integrate.domain.sessions import Session, SessionDraft, SessionState
from integrate.domain.times import ZonedTime
from integrate.journal.courses import begin_course, plan_sessions
from integrate.journal.opening import Access, Journal
from integrate.journal.preferences import read_preferences
from integrate.journal.sessions import change_session, list_sessions
from integrate.system.clock import FixedClock
from integrate.ui.desk import Desk
from integrate.ui.layout import width_class
from integrate.ui.page import PageContext, ProgramPort
from integrate.ui.pages.today.page import TodayPage
from integrate.ui.tasks import Mailbox
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from tests.conftest import Sample
from tests.ui.pages.stand_ins import NotingShell, button
from tests.ui.waiting import run_events, wait_until

ZONE = "Europe/Lisbon"
EVENING = datetime(2026, 10, 8, 18, 24, tzinfo=UTC)
FIRST = date(2026, 8, 24)
SPACING = 14


class UndoingShell(NotingShell):
    """Also keeps how the last toast is undone."""

    undo: Callable[[], None] | None = None

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        super().toast(text, undo)
        self.undo = undo


class TodayWorld:
    """A window with Today in it."""

    def __init__(self, theme: Theme, sample: Sample, clock: FixedClock, access: Access) -> None:
        journal = sample.open(access, clock=clock)
        self.clock = clock
        self.theme = theme
        self.desk = Desk(journal, read_preferences(journal), Mailbox())
        self.window = QWidget()
        self.shell = UndoingShell(self.window)
        # The page asks nothing of the program.
        self.page = TodayPage(PageContext(theme, self.desk, self.shell, cast("ProgramPort", None)))
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self.resize(1064, 832)
        self.window.show()
        self.window.activateWindow()
        self.open()

    def resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        self.page.set_width_class(width_class(width + self.theme.px(216), self.theme.scale))
        for _round in range(3):  # what is smaller inside asks what is around it to be smaller
            run_events()

    def open(self) -> None:
        self.page.opened()
        self.settle()

    def settle(self) -> None:
        """Wait until all that was asked for, and what that asked for, is there."""
        for _round in range(3):
            self._settle_once()

    def _settle_once(self) -> None:
        answered: list[object] = []
        self.desk.write(self.window, lambda _journal: 1, answered.append)
        wait_until(lambda: bool(answered))
        self.desk.read(self.window, lambda _journal, _stop: 2, answered.append)
        wait_until(lambda: len(answered) == 2)

    def write(self, work: Callable[[Journal], object]) -> None:
        self.desk.write(self.window, work)
        self.settle()

    def ask(self, work: Callable[[Journal], object]) -> object:
        """What ``work`` answers of the journal as it is."""
        found: list[object] = []
        self.desk.read(self.window, lambda journal, _stop: work(journal), found.append)
        wait_until(lambda: bool(found))
        return found[0]

    def words(self) -> list[str]:
        return [text.words() for text in self.page.findChildren(Text) if text.isVisible() and text.words()]

    def names(self) -> set[str]:
        """The words of all buttons in sight."""
        found = self.page.findChildren(QAbstractButton)
        return {one.accessibleName() or one.text() for one in found if one.isVisible()}

    def press(self, name: str) -> None:
        button(self.page, name).click()
        self.settle()

    def sheet(self) -> Sheet:
        found = [one for one in self.window.findChildren(Sheet) if one.isVisible()]
        assert len(found) == 1
        return found[0]

    def sessions(self) -> list[Session]:
        found = self.ask(list_sessions)
        return [one for one in cast("tuple[object, ...]", found) if isinstance(one, Session)]

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        run_events()
        done: list[object] = []
        self.desk.close(lambda _journal: None, lambda *answer: done.append(answer))
        wait_until(lambda: bool(done))
        assert self.desk.ended(5)


def planned_course(journal: Journal) -> None:
    """Eight sessions, two weeks apart."""
    begin_course(journal, Plan(sessions=8, spacing=SPACING, starts=FIRST))
    plan_sessions(journal)


def half_way(journal: Journal, *, held: int = 4, ended: bool = True) -> None:
    """A course of which the first ``held`` sessions were held, on the days planned; the last perhaps without an end."""
    planned_course(journal)
    found = [one for one in list_sessions(journal) if isinstance(one, Session)]
    for place in range(held):
        day = FIRST + timedelta(days=SPACING * place)
        start = datetime(day.year, day.month, day.day, 10, 30, tzinfo=UTC)
        end = ZonedTime(start + timedelta(minutes=100), ZONE) if ended or place < held - 1 else None
        draft = SessionDraft(SessionState.HELD, zone=ZONE, started=ZonedTime(start, ZONE), ended=end)
        change_session(journal, found[place].id, draft)


def last_held(journal: Journal) -> Session:
    found = [one for one in list_sessions(journal) if isinstance(one, Session)]
    return [one for one in found if one.state is SessionState.HELD][-1]
