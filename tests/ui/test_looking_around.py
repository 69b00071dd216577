"""Look around first: the demo in the window, before any passphrase, and what is left of it afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.errors import DiskFull
from integrate.journal import looking
from integrate.journal.demo import make_demo
from integrate.system.local_settings import read_settings
from integrate.system.lock_source import LockReason
from integrate.ui.pages.welcome.page import WelcomeScene
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.text import Text
from tests.conftest import Sample
from tests.helpers.demos import DAY, opened
from tests.ui.program_world import SLOW, World, journal_descriptors, world
from tests.ui.waiting import run_events, wait_until

NOBODY = Path("/nowhere at all/Missing.integrate")
NAME = "Look around.integrate"
TITLE = "This is a demo: everything in it is invented."


@pytest.fixture
def new(app: QApplication, tmp_path: Path) -> Iterator[World]:
    """A program where nobody has a journal yet."""
    with world(app, tmp_path, Sample(NOBODY, "", "")) as made:
        yield made


def welcome(here: World) -> WelcomeScene:
    scene = here.window.scene()
    assert isinstance(scene, WelcomeScene)
    return scene


def says(here: World, words: str) -> bool:
    return any(words in text.words() for text in here.window.findChildren(Text) if text.isVisible())


def banners(here: World) -> list[Banner]:
    return [banner for banner in here.window.findChildren(Banner) if banner.isVisible()]


def look(here: World) -> None:
    """Press the button, and wait for the demo."""
    link = welcome(here).look.button
    link.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(link, Qt.Key.Key_Space)
    wait_until(lambda: here.is_open, SLOW)
    run_events()


def is_left(here: World) -> bool:
    """Whether Welcome stands again and everything of the demo is closed."""
    return isinstance(here.window.scene(), WelcomeScene) and here.program._closing is None


def test_it_opens_a_demo_to_read_before_any_passphrase_and_says_what_it_is(new: World) -> None:
    look(new)
    desk = new.program.desk
    assert desk is not None and not desk.may_write
    assert desk.place == new.paths.data_folder / NAME and desk.place.stat().st_mode & 0o777 == 0o700
    assert [banner.accessibleName() for banner in banners(new)] == [TITLE]
    assert says(new, "Sarah"), "Today is that of the person in the demo"
    assert desk.preferences.name == "Sarah"


def test_while_it_is_made_words_say_so_and_nothing_else_can_be_begun(new: World) -> None:
    scene = welcome(new)
    scene.look.button.click()
    assert says(new, "Making a demo with invented content. This takes a few seconds.")
    assert not scene.passphrase.isEnabled() and not scene.look.button.isVisible()
    scene._look_around()  # a second call while it is on its way changes nothing
    wait_until(lambda: new.is_open, SLOW)
    assert [path.name for path in new.paths.data_folder.glob("*.integrate")] == [NAME]


def test_make_my_own_journal_leads_back_to_welcome_and_the_demo_is_gone(new: World) -> None:
    look(new)
    place = new.paths.data_folder / NAME
    link = next(link for link in banners(new)[0].findChildren(LinkText) if link.text() == "Make my own journal")
    link.click()
    wait_until(lambda: is_left(new), SLOW)
    assert not place.exists() and not journal_descriptors(place)
    assert not list(new.paths.data_folder.glob(".*")), "nor anything half removed"
    wait_until(welcome(new).passphrase.passphrase.first.edit.hasFocus)
    assert welcome(new).passphrase.isEnabled()


@pytest.mark.parametrize("reason", [LockReason.ASKED, LockReason.IDLE, LockReason.PANIC], ids=str)
def test_however_it_is_locked_nobody_is_asked_for_a_passphrase_that_they_never_chose(
    reason: LockReason, new: World
) -> None:
    look(new)
    new.program.lock(reason)
    wait_until(lambda: is_left(new), SLOW)
    assert not (new.paths.data_folder / NAME).exists()


def test_it_can_be_looked_at_again_at_once(new: World) -> None:
    look(new)
    new.program.lock(LockReason.ASKED)
    look(new)
    assert [path.name for path in new.paths.data_folder.glob("*.integrate")] == [NAME]


def test_it_is_not_remembered_as_the_journal_to_open(new: World) -> None:
    look(new)
    assert read_settings(new.paths).journal == ""
    assert new.program.place == NOBODY


def test_leaving_while_it_is_made_leaves_nothing(new: World) -> None:
    welcome(new).look.button.click()
    new.program.lock_at_once()
    wait_until(lambda: not new.window.isVisible() or is_left(new), SLOW)
    done: list[None] = []
    new.program.background.submit(new.program, lambda: None, done.append, lambda _error: None)
    wait_until(lambda: bool(done), SLOW)
    assert isinstance(new.window.scene(), WelcomeScene) and not new.is_open
    assert not (new.paths.data_folder / NAME).exists()


def test_what_a_killed_program_left_is_removed_at_the_next_start(app: QApplication, tmp_path: Path) -> None:
    left = tmp_path / "data" / NAME
    with looking.look_around(tmp_path / "elsewhere", World(app, tmp_path, Sample(NOBODY, "", "")).clock) as journal:
        shutil.copytree(journal.place, left)
    with world(app, tmp_path, Sample(NOBODY, "", "")) as made:
        wait_until(lambda: not left.exists(), SLOW)
        assert isinstance(made.window.scene(), WelcomeScene)


def test_a_refusal_is_told_there_and_it_can_be_tried_again(new: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise DiskFull

    scene = welcome(new)
    QTest.keyClicks(scene.passphrase.passphrase.first.edit, "half typed")
    with monkeypatch.context() as patch:
        patch.setattr(looking, "look_around", refuse)
        scene.look.button.click()
        wait_until(lambda: bool(banners(new)))
    assert scene.passphrase.isEnabled() and scene.look.button.isVisible()
    assert scene.passphrase.passphrase.first.text() == "half typed", "nothing that was typed is lost"
    look(new)


def test_a_demo_of_ones_own_says_so_too_and_is_kept(app: QApplication, tmp_path: Path) -> None:
    from integrate.journal.opening import ByPassphrase

    place = tmp_path / "Demo.integrate"
    make_demo(place, DAY)
    with world(app, tmp_path, Sample(place, "demo", "")) as made:
        made.unlock(ByPassphrase("demo"))
        wait_until(lambda: [banner.accessibleName() for banner in banners(made)] == [TITLE])
        assert says(made, "Its passphrase is known to everybody")
        assert read_settings(made.paths).journal == str(place)
        made.lock()
    opened(place).close()


def test_a_journal_of_ones_own_is_never_called_a_demo(app: QApplication, tmp_path: Path, sample: Sample) -> None:
    with world(app, tmp_path, sample) as made:
        made.unlock()
        done: list[object] = []
        desk = made.program.desk
        assert desk is not None
        desk.read(made.window, lambda _journal, _stop: None, done.append)
        wait_until(lambda: bool(done))
        assert not banners(made)
