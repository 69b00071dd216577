"""The real program, offscreen, with a journal in which there is a course, and the Sessions page on the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar, cast
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from integrate.domain.courses import Carer, CareRole, Plan
from integrate.domain.entry import Draft, Phase, SessionRef
from integrate.domain.moments import By, Mark, MomentKind, Strength
from integrate.domain.practices import Cadence, CadenceKind, Reply
from integrate.domain.sessions import LineKind, Route, SessionDraft, SessionState, Setting
from integrate.domain.threads import Insight, Station
from integrate.domain.times import ZonedTime
from integrate.journal.courses import begin_course
from integrate.journal.insights import add_insight, list_insights
from integrate.journal.letters import write_letter
from integrate.journal.moments import add_moment
from integrate.journal.opening import Access, Journal, open_journal
from integrate.journal.practices import begin_practice, reply_to_practice
from integrate.journal.sessions import add_line, add_session, change_line, list_lines
from integrate.journal.threads import begin_thread
from integrate.journal.writing import add_entry
from integrate.ui.pages.sessions.page import SessionsPage
from integrate.ui.shell.shell import Shell
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.toast import Toast
from tests.ui.pages.settings_world import SLOW, World
from tests.ui.waiting import run_events, wait_until

T = TypeVar("T")
S = TypeVar("S", bound=Sheet)
ZONE = "Europe/Lisbon"
PRACTICE = "Ten minutes outside before the laptop"
LETTER = "Dear me. It was quieter than you feared. Take the blue blanket."
INTENTION = "To be a little softer with myself when plans fall apart."


class SessionsWorld(World):
    """A program whose window shows the Sessions page."""

    def fill(self, work: Callable[[Journal], T]) -> T:
        """Have something done while the program has the journal locked."""
        with open_journal(self.sample.place, self.sample.by_words, Access.WRITE, clock=self.clock) as journal:
            return work(journal)

    def open_page(self, *, read_only: bool = False, **arguments: object) -> None:
        """Unlock, and go to the page."""
        failures: list[Exception] = []
        self.program.unlock(self.sample.by_words, failures.append, read_only=read_only)
        wait_until(lambda: bool(failures) or isinstance(self.program.window.scene(), Shell), SLOW)
        assert not failures
        self.shell.go("sessions", **arguments)
        self.sessions_page.session._later.setInterval(0)
        self.program.window.activateWindow()
        self.settle()

    @property
    def sessions_page(self) -> SessionsPage:
        return cast("SessionsPage", self.shell.current_page())

    def settle(self) -> None:
        """Wait until everything that was asked for is written, read and shown."""
        for _ in range(2):  # what was written makes the page read again
            self._pass()
            run_events()
        page = self.shell.current_page()
        if isinstance(page, SessionsPage):
            wait_until(lambda: not page.session._later.isActive())  # what is folded is filled a little later

    def _pass(self) -> None:
        done: list[None] = []
        desk = self.shell._desk
        desk.write(desk, lambda _journal: None, done.append)
        wait_until(lambda: len(done) == 1)
        desk.read(desk, lambda _journal, _stop: None, done.append)
        wait_until(lambda: len(done) == 2)

    def ask(self, work: Callable[[Journal], T]) -> T:
        """Have something done in the journal's own lane, after all that was asked for before."""
        answers: list[T] = []
        failures: list[Exception] = []
        desk = self.shell._desk
        desk.write(desk, work, answers.append, failures.append)
        wait_until(lambda: bool(answers or failures))
        assert not failures, failures
        self.settle()
        return answers[0]

    # --- what is shown ------------------------------------------------------------------------------------------------

    def words(self) -> list[str]:
        """Every text in sight, on the page and on what lies over it."""
        window = self.program.window
        return [text.words() for text in window.findChildren(Text) if text.isVisible() and text.words()]

    def names(self) -> list[str]:
        """What the rows of the path are called."""
        return [row.accessibleName() for row in self.sessions_page.overview.rows()]

    def sheet(self, kind: type[S]) -> S:
        """The open sheet of this kind."""
        wait_until(lambda: any(one.isVisible() for one in self.program.window.findChildren(kind)))
        return next(one for one in self.program.window.findChildren(kind) if one.isVisible())

    def sheets(self) -> list[Sheet]:
        return [one for one in self.program.window.findChildren(Sheet) if one.isVisible()]

    def toast(self, words: str) -> Toast:
        """The toast with these words."""

        def found() -> list[Toast]:
            toasts = self.program.window.findChildren(Toast)
            return [toast for toast in toasts if toast.isVisible() and words in toast.text.words()]

        wait_until(lambda: bool(found()))
        return found()[0]

    # --- what a person does -------------------------------------------------------------------------------------------

    def undo(self, words: str) -> None:
        """Press Undo on the toast with these words."""
        button = self.toast(words).button
        assert button is not None
        button.click()
        self.settle()

    def press(self, name: str) -> None:
        """Press the one button in sight that is called this."""
        found = [
            one
            for one in self.program.window.findChildren(QAbstractButton)
            if one.isVisible() and name in (one.accessibleName(), one.text().replace("&&", "&"))
        ]
        over = [one for one in found if any(sheet.isAncestorOf(one) for sheet in self.sheets())]
        found = over or found
        assert len(found) == 1, f"{len(found)} buttons called {name}"
        found[0].click()
        self.settle()

    def choose(self, words: str) -> None:
        """Choose from the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(action for action in menu.actions() if action.text().replace("&&", "&") == words)
        menu.close()
        action.trigger()
        self.settle()

    def open_session(self, session_id: UUID) -> None:
        """Show a session and wait for it."""
        self.sessions_page.show_session(session_id)
        self.settle()

    def type_words(self, words: str, where: QWidget | None = None) -> None:
        """Type where the focus is."""
        target = where or QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, words)
        run_events()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.program.window, key, modifiers)
        self.settle()

    def alt(self, key: Qt.Key) -> None:
        """Press Alt and a key; letting Alt go is left out, which the window would take for Alt alone."""
        QTest.keyPress(QApplication.focusWidget() or self.program.window, key, Qt.KeyboardModifier.AltModifier)
        self.settle()


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> ZonedTime:
    """A moment of 2026, in the wall-clock time of a Lisbon summer."""
    return ZonedTime(datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=1), ZONE)


def held(month: int, day: int, **fields: object) -> SessionDraft:
    """A session from 14:02 to 16:15."""
    times = {"started": at(month, day, 14, 2), "ended": at(month, day, 16, 15)}
    return SessionDraft(SessionState.HELD, zone=ZONE, **{**times, **fields})  # type: ignore[arg-type]  # passed through


def planned(month: int, day: int, **fields: object) -> SessionDraft:
    return SessionDraft(SessionState.PLANNED, date(2026, month, day), zone=ZONE, **fields)  # type: ignore[arg-type]  # passed through


def sarahs_course(journal: Journal) -> dict[int, UUID]:
    """Four sessions held, two planned, of eight; the ids by number."""
    plan = Plan(
        8, 14, date(2026, 8, 24), "Nothing to eat from six in the morning. Somebody drives me home.",
        "In the tin on the top shelf", "Daniel",
    )  # fmt: skip
    team = (
        Carer(uuid4(), "Ines Duarte", CareRole.THERAPIST, "415-555-0132", in_help=True),
        Carer(uuid4(), "Dr. Amara Osei", CareRole.PRESCRIBER, "415-555-0171"),
        Carer(uuid4(), "Daniel", CareRole.COMPANION, "415-555-0118", in_help=True),
    )
    checks = (
        "Someone with me the whole time", "Driving: as my clinic told me", "Food and drink as my clinic told me",
        "Phone on silent, Daniel has the numbers", "Blood pressure cuff within reach",
    )  # fmt: skip
    begin_course(journal, plan, team, checks)
    usual = {
        "setting": Setting.HOME, "route": Route.LOZENGE, "dose": "1 lozenge, as labelled",
        "present": "Daniel · Ines by video",
    }  # fmt: skip
    ids = {}
    for number, (month, day) in enumerate(((8, 24), (9, 7), (9, 21), (10, 5)), 1):
        ids[number] = add_session(journal, held(month, day, **usual)).session.id
    for number, (month, day) in enumerate(((10, 19), (11, 2)), 5):
        ids[number] = add_session(journal, planned(month, day, setting=Setting.HOME)).session.id
    _fourth(journal, ids[4])
    return ids


def _fourth(journal: Journal, session_id: UUID) -> None:
    for line in list_lines(journal, session_id):
        change_line(journal, line.id, done=True)  # type: ignore[arg-type]  # none is damaged
    add_line(journal, session_id, LineKind.INTENTION, INTENTION)
    question = add_line(journal, session_id, LineKind.FOR_PRESCRIBER, "My evening tablets on the day of a session?")
    change_line(journal, question.line.id, done=True, answer="Take them after supper, as on any other day.")
    add_line(journal, session_id, LineKind.FOR_PRESCRIBER, "Why was I queasy longer than last time?")
    add_line(journal, session_id, LineKind.ANCHOR, "The blue blanket, and the sound of rain.")
    marks = (
        Mark(MomentKind.MARK, at(10, 5, 14, 2), pulse=72, systolic=124, diastolic=78),
        Mark(MomentKind.WORDS, at(10, 5, 14, 21), words="Warm. Like floating on my back."),
        Mark(MomentKind.VITALS, at(10, 5, 14, 30), By.SITTER, pulse=88, systolic=136, diastolic=84),
        Mark(MomentKind.EFFECT, at(10, 5, 14, 44), words="Ginger tea helped", effect="nausea", strength=Strength.MILD),
        Mark(MomentKind.WORDS, at(10, 5, 14, 52), words="A hand on my shoulder. Put the bags down."),
        Mark(
            MomentKind.EFFECT, at(10, 5, 15, 10), words="Knew the room again by 15:40", effect="disorientation",
            strength=Strength.MODERATE,
        ),
        Mark(MomentKind.VITALS, at(10, 5, 16, 15), words="Steady on my feet", pulse=74, systolic=126, diastolic=80),
    )  # fmt: skip
    for place, mark in enumerate(marks):
        add_moment(journal, session_id, mark, never_share=place == 4)
    ref = SessionRef(1, 4)
    add_insight(journal, "I talk to myself the way nobody in my life talks to me.", about=ref)
    for title, days in (("What Ines asked me", 2), ("Carrying bags that were never mine", 2), ("The kitchen", 1)):
        when = ZonedTime(journal.clock.now() - timedelta(days=days), ZONE)
        add_entry(journal, Draft("word " * 88, when, title, Phase.INTEGRATE, ref))


def full_course(journal: Journal) -> dict[int, UUID]:
    """Sarah's course, and what came of its fourth session: a thread, two practices, a letter, and moods."""
    ids = sarahs_course(journal)
    ref = SessionRef(1, 4)
    [insight] = [one for one in list_insights(journal, ref) if isinstance(one, Insight)]
    intention = list_lines(journal, ids[4], LineKind.INTENTION)[0]
    daily = Cadence(CadenceKind.DAILY)
    spoken = begin_practice(
        journal, "Speak to myself as I would to Daniel", daily, insight_id=insight.id, since=date(2026, 10, 6)
    ).practice
    reply_to_practice(journal, spoken.id, Reply.DONE, date(2026, 10, 7))
    begin_practice(journal, PRACTICE, daily, insight_id=insight.id, since=date(2026, 10, 6))
    begin_practice(journal, "Not of this session", daily)
    hung = [
        (Station.INTENTION, intention.id), (Station.INSIGHT, insight.id), (Station.PRACTICE, spoken.id),
    ]  # fmt: skip
    begin_thread(journal, "Softness", hung)  # type: ignore[arg-type]  # none is damaged
    begin_thread(journal, "Rain")
    write_letter(journal, ids[4], LETTER)
    for day, hour, mood in ((5, 13, 5), (5, 18, 4), (5, 20, 6), (6, 12, 6), (8, 9, 7)):
        title = f"At {hour} on the {day}th"
        add_entry(journal, Draft("Some words", at(10, day, hour), title, Phase.INTEGRATE, ref, mood_then=mood))
    return ids
