"""The notice that there is something to look back at: off until wanted, once, without content, only while open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon, QWindow
from PySide6.QtWidgets import QApplication

from integrate.journal.moments import answer_touch_point
from integrate.journal.opening import Access, open_journal
from integrate.journal.preferences import change_preferences
from integrate.journal.sessions import add_session
from integrate.system.lock_source import LockReason
from integrate.ui.look_back import LOOK_EVERY, LookBack
from integrate.ui.pages.settings.writing import WritingSection
from integrate.ui.platform import notices
from tests.conftest import Sample
from tests.helpers.courses import a_session, held
from tests.helpers.journals import tamper
from tests.ui.program_world import EVENING, World, world
from tests.ui.waiting import run_events, wait_until

SAID = "There is something to look back at, when you like."


class NotingTray(QObject):
    """A tray that keeps what it was told to show."""

    made: list[NotingTray]

    def __init__(self, icon: QIcon, clicked: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        assert not icon.isNull()
        self.clicked = clicked
        self.told: list[str] = []
        self.shown = True
        self.made.append(self)

    def tell(self, text: str) -> None:
        assert self.shown
        self.told.append(text)

    def end(self) -> None:
        self.shown = False
        self.deleteLater()


@pytest.fixture
def trays(monkeypatch: pytest.MonkeyPatch) -> list[NotingTray]:
    """A desktop that has a tray, as far as the program can tell; every icon that was put there."""
    made: list[NotingTray] = []
    monkeypatch.setattr(NotingTray, "made", made, raising=False)
    monkeypatch.setattr(notices, "can_notify", lambda: True)
    monkeypatch.setattr(notices, "TrayNotices", NotingTray)
    return made


@pytest.fixture
def here(app: QApplication, tmp_path: Path, sample: Sample) -> Iterator[World]:
    """A started program whose journal has a session from two days ago, in the afternoon."""
    with world(app, tmp_path, sample) as made:
        begin(made)
        yield made


def begin(made: World, *, wanted: bool = True) -> UUID:
    with open_journal(made.sample.place, made.sample.by_words, Access.WRITE, clock=made.clock) as journal:
        if wanted:
            change_preferences(journal, look_back_notice=True)
        return a_session(journal, held(EVENING - timedelta(days=2, hours=4))).id


def looks(here: World) -> LookBack:
    found = here.program._look_back
    assert found is not None
    return found


def look(here: World) -> None:
    """Ten minutes have passed: have it looked, and wait for the answer."""
    timer = looks(here).findChild(QTimer)
    assert timer is not None and timer.isActive() and timer.interval() == LOOK_EVERY
    timer.timeout.emit()
    answered(here)


def answered(here: World) -> None:
    wait_until(lambda: looks(here)._reading is None)


@pytest.fixture
def look_away(app: QApplication) -> Iterator[Callable[[], None]]:
    """Gives the focus to a window of another program, as far as ours can tell."""
    other = QWindow()
    other.resize(100, 100)

    def away() -> None:
        other.show()
        other.requestActivate()
        wait_until(lambda: QApplication.activeWindow() is None)

    yield away
    other.close()
    other.deleteLater()
    run_events()


def test_a_touch_point_that_comes_while_nobody_looks_is_told_once_without_a_word_of_it(
    here: World, trays: list[NotingTray], look_away: Callable[[], None]
) -> None:
    here.unlock()
    answered(here)
    (tray,) = trays
    look_away()
    look(here)
    assert tray.told == [], "day 1 was there before: Today shows it"
    here.clock.advance(timedelta(days=1))  # day 3
    look(here)
    assert tray.told == [SAID]
    here.clock.advance(timedelta(days=1))
    look(here)
    here.clock.advance(timedelta(days=3))  # day 7
    look(here)
    look(here)
    assert tray.told == [SAID, SAID]
    assert not any(character.isdigit() for character in SAID)


def test_one_that_comes_while_the_window_is_used_is_no_news_later(
    here: World, trays: list[NotingTray], look_away: Callable[[], None]
) -> None:
    here.unlock()
    answered(here)
    here.clock.advance(timedelta(days=1))
    look(here)
    look_away()
    look(here)
    assert trays[0].told == []


def test_one_that_was_answered_does_not_come(
    here: World, trays: list[NotingTray], look_away: Callable[[], None]
) -> None:
    here.unlock()
    answered(here)
    look_away()
    desk = here.program.desk
    assert desk is not None
    session = a_later_session(here)
    answered(here)
    look(here)
    assert trays[0].told == [SAID], "the new session's own evening has come"
    answers: list[object] = []
    desk.write(desk, lambda journal: answer_touch_point(journal, session, 1, "not-now"), answers.append)
    wait_until(lambda: bool(answers))
    here.clock.advance(timedelta(days=1))
    look(here)
    assert trays[0].told == [SAID]


def a_later_session(here: World) -> UUID:
    """A session of today's afternoon, logged while nobody looks at the window."""
    made: list[UUID] = []
    desk = here.program.desk
    assert desk is not None
    desk.write(
        desk, lambda journal: add_session(journal, held(EVENING - timedelta(hours=4))),
        lambda saved: made.append(saved.session.id),
    )  # fmt: skip
    wait_until(lambda: bool(made))
    run_events()
    return made[0]


def test_while_it_is_off_there_is_no_icon_and_nothing_is_read(
    app: QApplication, tmp_path: Path, sample: Sample, trays: list[NotingTray], look_away: Callable[[], None]
) -> None:
    with world(app, tmp_path, sample) as here:
        begin(here, wanted=False)
        here.unlock()
        timer = looks(here).findChild(QTimer)
        assert (trays, looks(here).is_watching) == ([], False)
        assert timer is not None and not timer.isActive()
        look_away()
        here.clock.advance(timedelta(days=1))
        a_later_session(here)
        assert looks(here)._reading is None


def test_the_icon_comes_and_goes_with_the_setting_and_goes_at_a_lock(here: World, trays: list[NotingTray]) -> None:
    here.unlock()
    here.shell.go("settings")
    part = here.shell.current_page().sections["writing"]  # type: ignore[union-attr]  # it is the page of settings
    assert isinstance(part, WritingSection)
    assert part.look_back.is_on() and part.look_back.switch.isEnabled()
    assert part.look_back.note() == "On. A short notice without any content, only while Integrate is open."
    part.look_back.switch.click()
    wait_until(lambda: not trays[0].shown)
    part.look_back.switch.click()
    wait_until(lambda: len(trays) == 2)
    assert trays[1].shown
    last = trays[1]
    here.program.lock(LockReason.ASKED)
    assert not last.shown, "before anything is sealed"
    assert here.program._look_back is None
    wait_until(lambda: here.is_locked)
    here.unlock()
    assert trays[2].shown


def test_nothing_is_told_after_a_lock_even_when_a_look_was_on_its_way(
    here: World, trays: list[NotingTray], look_away: Callable[[], None]
) -> None:
    here.unlock()
    answered(here)
    look_away()
    here.clock.advance(timedelta(days=1))
    looks(here)._timer.timeout.emit()
    here.lock()
    run_events()
    assert trays[0].told == []


def test_a_click_brings_the_window_to_the_front(
    here: World, trays: list[NotingTray], look_away: Callable[[], None]
) -> None:
    here.unlock()
    look_away()
    trays[0].clicked()
    wait_until(here.window.isActiveWindow)


def test_a_course_that_cannot_be_read_is_told_by_no_notice_and_no_banner(here: World, trays: list[NotingTray]) -> None:
    with open_journal(here.sample.place, here.sample.by_words, Access.WRITE, clock=here.clock) as journal:
        tamper(journal, "UPDATE course SET early_signs = 'Other words'")
    troubles: list[object] = []
    here.unlock()
    desk = here.program.desk
    assert desk is not None
    desk.trouble.connect(troubles.append)
    here.clock.advance(timedelta(days=1))
    look(here)
    assert (trays[0].told, troubles) == ([], [])


def test_where_there_is_no_tray_the_setting_says_why_and_nothing_is_watched(here: World) -> None:
    here.unlock()
    assert not notices.can_notify()
    assert not looks(here).is_watching
    here.shell.go("settings")
    part = here.shell.current_page().sections["writing"]  # type: ignore[union-attr]  # it is the page of settings
    assert isinstance(part, WritingSection)
    assert not part.look_back.switch.isEnabled()
    assert part.look_back.note().endswith("This desktop has no place where a notice could be shown.")
    assert part.look_back.switch.accessibleDescription() == part.look_back.note()
