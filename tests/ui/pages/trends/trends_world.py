"""The real program, offscreen, with Trends on the screen and something in it to draw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.domain.logs import EffectLine, EffectLog, SlowLog, YesNo
from integrate.domain.moments import Strength
from integrate.domain.sessions import Route
from integrate.domain.times import ZonedTime
from integrate.journal.logs import record_effect_log, record_slow_log
from integrate.journal.opening import Access, Journal, open_journal
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.journal.responses import begin_response, finish_response, save_answers
from integrate.ui.desk import Desk
from integrate.ui.pages.trends.page import TrendsPage
from integrate.ui.shell.shell import Shell
from tests.helpers.check_ins import answer, check_in, measure
from tests.helpers.courses import a_session, held
from tests.ui.pages.settings_world import EVENING, SLOW, World
from tests.ui.waiting import run_events, wait_until

T = TypeVar("T")

ZONE = "Europe/Lisbon"
SESSIONS = (datetime(2026, 8, 24, 13, tzinfo=UTC), datetime(2026, 9, 7, 13, tzinfo=UTC))
TOTALS = ((datetime(2026, 8, 20, 9, tzinfo=UTC), 2), (datetime(2026, 9, 21, 9, tzinfo=UTC), 1))
"""When PHQ-9 was filled in, and the option chosen for each item: totals of 18 and 9."""


def write_moods(journal: Journal, days: int = 60, *, skip: int = 5) -> None:
    """A mood each evening up to yesterday, without every fifth day; anxiety on every second."""
    mood, anxiety = measure(journal, "mood"), measure(journal, "anxiety")
    for ago in range(days, 0, -1):
        if ago % skip:
            given = [answer(mood, float(ago % 7 + 1))]
            if ago % 2:
                given.append(answer(anxiety, float(ago % 4)))
            check_in(journal, *given, at=EVENING - timedelta(days=ago), zone=ZONE)


def write_sessions(journal: Journal) -> None:
    """Two sessions by different routes, with side effects noted after the first."""
    routes = (Route.INFUSION, Route.LOZENGE)
    made = [a_session(journal, held(at, route=route)) for at, route in zip(SESSIONS, routes, strict=True)]
    record_effect_log(journal, EffectLog(made[0].id, (EffectLine("nausea", Strength.MILD),)))
    record_slow_log(journal, SlowLog((("memory", YesNo.UNSURE),), pull=2))


def fill_in(journal: Journal, at: datetime, option: int, key: str = "phq-9") -> None:
    """A complete questionnaire with the same option for each item."""
    asked = shipped_questionnaires()[key]
    begun = begin_response(journal, asked, ZonedTime(at, ZONE)).response
    save_answers(journal, begun.id, {item.link_id: item.options[option].code for item in asked.scored_items})
    finish_response(journal, begun.id)


def write_everything(journal: Journal) -> None:
    """Two months, two sessions, two questionnaires, a log of each kind."""
    write_moods(journal)
    write_sessions(journal)
    for at, option in TOTALS:
        fill_in(journal, at, option)


class TrendsWorld(World):
    """A program whose window shows Trends."""

    def prepare(self, work: Callable[[Journal], T]) -> T:
        with open_journal(self.sample.place, self.sample.by_words, Access.WRITE, clock=self.clock) as journal:
            return work(journal)

    def open_page(self, *, read_only: bool = False) -> None:
        """Unlock, go to the page and wait for all of it."""
        failures: list[Exception] = []
        self.program.unlock(self.sample.by_words, failures.append, read_only=read_only)
        wait_until(lambda: bool(failures) or isinstance(self.program.window.scene(), Shell), SLOW)
        assert not failures
        self.shell.go("trends")
        self.program.window.activateWindow()
        wait_until(lambda: self.program.window._actions is not None)  # keys come a moment after the picture
        wait_until(lambda: self.trends.found is not None and self.trends.found.is_whole)
        self.program.window.activateWindow()
        wait_until(self.program.window.isActiveWindow)
        run_events()

    @property
    def trends(self) -> TrendsPage:
        return cast("TrendsPage", self.shell.current_page())

    @property
    def desk(self) -> Desk:
        return self.shell._desk

    def ask(self, work: Callable[[Journal], T]) -> T:
        """Have something done in the journal's own lane, and wait until the page has read it."""
        before = self.trends.found
        answers: list[T] = []
        failures: list[Exception] = []
        self.desk.write(self.desk, work, answers.append, failures.append)
        wait_until(lambda: bool(answers or failures))
        assert not failures, failures
        wait_until(lambda: self.trends.found is not before)
        run_events()
        return answers[0]

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.program.window, key, modifiers)
        run_events()

    def ctrl(self, key: Qt.Key) -> None:
        """Press Ctrl and a key."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)
