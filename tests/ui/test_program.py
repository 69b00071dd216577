"""The program as a whole: every way from one scene to the next, with real journals."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from integrate.errors import OpenElsewhere, WrongSecret
from integrate.journal.finding import count_entries
from integrate.journal.opening import Access, ByPassphrase, ByWords
from integrate.journal.preferences import change_preferences
from integrate.system.local_settings import read_settings
from integrate.system.lock_source import LockReason
from integrate.ui.guards import Guards
from integrate.ui.pages.lock.page import LockScene
from integrate.ui.pages.lock.words import WordFields
from integrate.ui.pages.welcome.page import WelcomeScene
from integrate.ui.program import Program
from integrate.ui.theme import look
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from tests.conftest import PASSPHRASE, Sample
from tests.ui.program_world import World, journal_descriptors, our_threads, world
from tests.ui.waiting import run_events, wait_until

NOBODY = Path("/nowhere at all/Missing.integrate")
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def here(app: QApplication, tmp_path: Path, sample: Sample) -> Iterator[World]:
    """A started program at its lock screen."""
    with world(app, tmp_path, sample) as made:
        yield made


@pytest.fixture
def at_home(here: World) -> World:
    """The same, unlocked."""
    here.unlock()
    return here


def says(here: World, words: str) -> bool:
    return any(words in text.words() for text in here.window.findChildren(Text) if text.isVisible())


# --- start ------------------------------------------------------------------------------------------------------------


def test_with_a_journal_it_starts_locked(here: World) -> None:
    assert isinstance(here.window.scene(), LockScene)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    assert here.window.windowTitle() == "integrate"


def test_without_one_it_welcomes(app: QApplication, tmp_path: Path) -> None:
    with world(app, tmp_path, Sample(NOBODY, "", "")) as made:
        assert isinstance(made.window.scene(), WelcomeScene)


def test_the_journal_that_was_open_last_is_asked_for_again(app: QApplication, tmp_path: Path, sample: Sample) -> None:
    with world(app, tmp_path, sample) as made:
        made.unlock()
        settings = read_settings(made.paths)
        again = Program(app, made.paths, made.clock)
        assert again.place == sample.place
        again.window.deleteLater()
        again.deleteLater()
    assert settings.journal == str(sample.place)


def test_a_fault_of_the_program_is_said_without_what_it_held(at_home: World) -> None:
    at_home.program.tell_bug(ValueError("the words of an entry"))
    run_events()
    assert says(at_home, "This is a bug, not your mistake.")
    assert not says(at_home, "the words of an entry")


# --- unlock and lock --------------------------------------------------------------------------------------------------


def test_the_passphrase_opens_it_and_ctrl_l_locks_it(here: World) -> None:
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    here.press(Qt.Key.Key_Return)
    wait_until(lambda: here.is_open, 30)
    assert here.shell.where() == "today"
    here.ctrl(Qt.Key.Key_L)
    wait_until(lambda: here.is_locked)
    assert journal_descriptors(here.sample.place) == []
    assert not here.window.isMinimized()


def test_a_wrong_passphrase_is_told_to_who_asked(here: World) -> None:
    errors: list[Exception] = []
    here.program.unlock(ByPassphrase("not this one"), errors.append)
    wait_until(lambda: bool(errors), 30)
    assert isinstance(errors[0], WrongSecret)
    assert here.is_locked


def test_after_unlocking_again_the_same_page_is_shown(at_home: World) -> None:
    at_home.shell.go("settings")
    at_home.lock()
    at_home.unlock()
    assert at_home.shell.where() == "settings"


def test_ctrl_l_twice_also_goes_out_of_sight(at_home: World) -> None:
    at_home.ctrl(Qt.Key.Key_L)
    at_home.ctrl(Qt.Key.Key_L)
    assert at_home.window.isMinimized()
    wait_until(lambda: at_home.is_locked)


def test_panic_goes_out_of_sight_and_then_locks(at_home: World) -> None:
    at_home.program.lock_at_once()
    assert at_home.window.isMinimized()
    wait_until(lambda: at_home.is_locked)
    assert not at_home.program._panic.isActive(), "who was in time is not ended"


def test_locking_says_so_while_it_seals_and_unlocking_waits(at_home: World) -> None:
    held = threading.Event()
    desk = at_home.program._desk
    assert desk is not None
    desk.write(at_home.shell, lambda _journal: held.wait(10) and None)
    at_home.program.lock(LockReason.ASKED)
    assert isinstance(at_home.window.scene(), LockScene)
    assert not at_home.is_locked
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    at_home.press(Qt.Key.Key_Return)
    assert says(at_home, "Locking…")
    held.set()
    wait_until(lambda: at_home.is_open, 30)


def test_an_unlock_that_comes_after_a_switch_is_closed_again(here: World, sample: Sample, tmp_path: Path) -> None:
    other = sample.copy_to(tmp_path / "Other.integrate")
    failures: list[Exception] = []
    here.program.unlock(sample.by_words, failures.append)
    here.program.switch_to(other.place)  # before the answer could come
    done: list[object] = []
    here.program.background.submit(here.window, lambda: None, done.append, done.append)
    wait_until(lambda: bool(done), 30)
    run_events()
    wait_until(lambda: journal_descriptors(sample.place) == [])
    assert here.is_locked
    assert here.program.place == other.place
    assert not failures
    with other.open(Access.WRITE):
        pass


def test_two_answers_open_it_once(here: World) -> None:
    failures: list[Exception] = []
    for _ in range(2):
        here.program.unlock(here.sample.by_words, failures.append)
    wait_until(lambda: here.is_open, 30)
    done: list[object] = []
    here.program.background.submit(here.window, lambda: None, done.append, done.append)
    wait_until(lambda: bool(done), 30)
    run_events()
    assert here.is_open
    assert all(isinstance(error, OpenElsewhere) for error in failures)
    here.lock()
    assert journal_descriptors(here.sample.place) == []


# --- quit -------------------------------------------------------------------------------------------------------------


def quits(here: World, monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Do something and wait until the program has ended its loop; the application itself is needed by other tests."""
    ended: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", lambda *_arguments: ended.append(True))
    act()
    wait_until(lambda: bool(ended), 30)
    assert not here.window.isVisible()
    wait_until(lambda: our_threads() == [])


def test_quitting_in_the_middle_of_a_sentence_saves_it(at_home: World, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home.write("a sentence", saved=False)
    quits(at_home, monkeypatch, lambda: at_home.ctrl(Qt.Key.Key_Q))
    with at_home.sample.open() as journal:
        assert count_entries(journal) == 1
        assert journal.notices == ()


def test_closing_the_window_is_quitting(at_home: World, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home.write("a sentence", saved=False)
    quits(at_home, monkeypatch, lambda: at_home.window.close() and None)
    with at_home.sample.open() as journal:
        assert count_entries(journal) == 1


def test_quitting_while_locked(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    quits(here, monkeypatch, lambda: here.program.perform("quit"))


def test_size_is_kept_and_nothing_else_of_the_window(at_home: World, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home.window.resize(1000, 700)
    quits(at_home, monkeypatch, lambda: at_home.program.perform("quit"))
    settings = read_settings(at_home.paths)
    assert (settings.width, settings.height, settings.maximised) == (1000, 700, False)
    again = Program(at_home.app, at_home.paths, at_home.clock)
    assert (again.window.width(), again.window.height()) == (1000, 700)
    again.window.deleteLater()
    again.deleteLater()


# --- another window ---------------------------------------------------------------------------------------------------


def test_a_journal_open_elsewhere_can_be_read(here: World, sample: Sample) -> None:
    with sample.open(Access.WRITE):
        errors: list[Exception] = []
        here.program.unlock(sample.by_words, errors.append)
        wait_until(lambda: bool(errors), 30)
        assert isinstance(errors[0], OpenElsewhere)
        here.unlock(read_only=True)
        assert says(here, "This journal is open to read only.")
        here.program.perform("new_entry")
        run_events()
        desk = here.program._desk
        assert desk is not None
        assert not desk.may_write
        here.lock()


# --- what locks by itself ---------------------------------------------------------------------------------------------


class FakeSource:
    """A lock source that is asked, and says when told."""

    def __init__(self) -> None:
        self.lock: Callable[[LockReason], None] | None = None
        self.calls: list[str] = []

    def start(self, lock: Callable[[LockReason], None]) -> None:
        self.lock = lock
        self.calls.append("start")

    def release(self) -> None:
        self.calls.append("release")

    def stop(self) -> None:
        self.calls.append("stop")


def test_the_systems_signals_lock_and_are_released_when_it_is_sealed(
    app: QApplication, tmp_path: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = FakeSource()

    def guards(program: Program) -> Guards:
        return Guards(program.lock, program.come_forward, lambda: (source,), program)

    with world(app, tmp_path, sample, guards=guards) as here:
        assert source.calls == []
        here.unlock()
        assert source.calls == ["start"]
        assert source.lock is not None
        source.lock(LockReason.SUSPEND)
        assert not here.is_open
        wait_until(lambda: here.is_locked)
        assert source.calls == ["start", "release"]
        here.unlock()
        quits(here, monkeypatch, lambda: here.program.perform("quit"))
        assert source.calls[-1] == "stop"


def test_minimising_locks_only_where_that_was_chosen(at_home: World) -> None:
    at_home.window.showMinimized()
    run_events()
    assert at_home.is_open
    at_home.window.showNormal()
    at_home.lock()
    with at_home.sample.open(Access.WRITE) as journal:
        change_preferences(journal, lock_on_minimise=True)
    at_home.unlock()
    at_home.window.showMinimized()
    wait_until(lambda: at_home.is_locked)


# --- looks ------------------------------------------------------------------------------------------------------------


def test_text_size_by_keys_locked_and_open(here: World) -> None:
    def size() -> int:
        return here.program.settings.text_size

    here.ctrl(Qt.Key.Key_Plus)
    larger = size()
    assert larger > 100
    here.unlock()
    here.ctrl(Qt.Key.Key_Minus)
    here.ctrl(Qt.Key.Key_Minus)
    assert size() < 100
    here.ctrl(Qt.Key.Key_0)
    assert size() == 100
    for _ in range(30):
        here.ctrl(Qt.Key.Key_Plus)
    assert size() == 200
    assert read_settings(here.paths).text_size == 200


def test_the_theme_is_kept_and_in_force_at_once(at_home: World) -> None:
    light = at_home.program.theme.hex("canvas")
    at_home.program.change_settings(theme="dark")
    assert at_home.program.theme.scheme.dark
    assert at_home.program.theme.hex("canvas") != light
    assert read_settings(at_home.paths).theme == "dark"


def test_the_theme_follows_the_system_where_that_is_chosen(at_home: World, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home.program.change_settings(theme="system")
    hints = at_home.app.styleHints()

    class Night:
        colorScheme = staticmethod(lambda: Qt.ColorScheme.Dark)  # noqa: N815 - Qt's name
        accessibility = staticmethod(hints.accessibility)

    assert not at_home.program.theme.scheme.dark
    monkeypatch.setattr(look.QGuiApplication, "styleHints", lambda *_arguments: Night())
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert at_home.program.theme.scheme.dark
    at_home.program.change_settings(theme="light")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not at_home.program.theme.scheme.dark


# --- keys and sheets --------------------------------------------------------------------------------------------------


def test_nothing_happens_below_a_sheet(at_home: World) -> None:
    at_home.program.help_now()
    sheet = next(sheet for sheet in at_home.window.findChildren(Sheet) if sheet.isVisible())
    for key in (Qt.Key.Key_3, Qt.Key.Key_N, Qt.Key.Key_F, Qt.Key.Key_Comma):
        at_home.ctrl(key)
        assert at_home.shell.where() == "today"
        assert sheet.isAncestorOf(QApplication.focusWidget())
    at_home.press(Qt.Key.Key_F6)
    assert sheet.isAncestorOf(QApplication.focusWidget())
    at_home.ctrl(Qt.Key.Key_L)
    wait_until(lambda: at_home.is_locked)
    assert not [one for one in at_home.window.findChildren(Sheet) if one.isVisible()]


@pytest.mark.parametrize("open_first", [False, True], ids=["locked", "open"])
def test_help_now_is_there_locked_and_open(here: World, open_first: bool) -> None:
    if open_first:
        here.unlock()
    focused = QApplication.focusWidget()
    here.press(Qt.Key.Key_F1)
    assert says(here, "This computer cannot make the call.")
    here.press(Qt.Key.Key_F1)
    here.press(Qt.Key.Key_H, CTRL_SHIFT)
    assert len([one for one in here.window.findChildren(Sheet) if one.isVisible()]) == 1
    here.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is focused


def test_a_space_ends_a_recovery_word_and_its_completions(here: World) -> None:
    """Left open, the list of completions once took the letters of the next word."""
    scene = here.window.scene()
    assert isinstance(scene, LockScene)
    scene._show_recovery()
    words = here.window.findChildren(WordFields)[0]
    fields = [field.edit for field in words.fields]
    wait_until(lambda: bool(words._list.stringList()))
    for field, word in zip(fields, ("witness", "mercy", "act"), strict=False):
        assert QApplication.focusWidget() is field
        QTest.keyClicks(field, word)
        wait_until(lambda: QApplication.activePopupWidget() is words._popup)
        QTest.keyClicks(field, " ")
        assert QApplication.activePopupWidget() is None
    assert [field.text() for field in fields[:4]] == ["witness", "mercy", "act", ""]


def test_words_open_it_too(here: World) -> None:
    here.unlock(ByWords(here.sample.words))
    assert here.is_open


def test_alt_alone_shows_the_menus_and_alt_with_another_key_does_not(here: World) -> None:
    bar = here.window.menuBar()
    here.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert not bar.isVisible()
    target = QApplication.focusWidget() or here.window
    QTest.keyPress(target, Qt.Key.Key_Alt)
    # A shortcut takes the key itself: this is all that anybody else sees of it.
    seen = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QApplication.sendEvent(target, seen)
    QTest.keyRelease(target, Qt.Key.Key_Alt)
    run_events()
    assert not bar.isVisible()
    QTest.keyPress(target, Qt.Key.Key_Alt)
    QTest.keyRelease(target, Qt.Key.Key_Alt)
    wait_until(bar.isVisible)
