"""Bad days: locking and quitting in the middle of anything, disks that refuse, journals that lost their end."""

from __future__ import annotations

import gc
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.domain.entry import Filter
from integrate.domain.listing import Stop
from integrate.errors import DatabaseDamaged, DiskFull
from integrate.journal.browsing import first_rows
from integrate.journal.opening import Access, ByPassphrase, ByWords, Journal
from integrate.journal.writing import add_entry
from integrate.system.lock_source import LockReason
from integrate.ui.opening import may_be_there
from integrate.ui.page import NewJournal
from integrate.ui.pages.lock.page import LockScene
from integrate.ui.saving import _Pending
from integrate.ui.tasks import Lane, Mailbox
from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.sheet import Question, Sheet
from integrate.ui.widgets.text import Text
from tests.conftest import PASSPHRASE, Sample, draft
from tests.ui.program_world import World, journal_descriptors, world
from tests.ui.waiting import run_events, wait_until

WAYS = (LockReason.ASKED, LockReason.IDLE, LockReason.PANIC)


@pytest.fixture
def here(app: QApplication, tmp_path: Path, sample: Sample) -> Iterator[World]:
    """A started program at its lock screen. Its panic lock does not end the test."""
    with world(app, tmp_path, sample) as made:
        made.program._panic.setInterval(3_600_000)
        yield made
        made.program._panic.stop()


@pytest.fixture
def at_home(here: World) -> World:
    """The same, unlocked."""
    here.unlock()
    return here


def texts(sample: Sample) -> list[str]:
    """What is in the journal, the newest first; it opens without a word."""
    with sample.open(Access.WRITE) as journal:
        assert journal.notices == ()
        return [row.entry.excerpt for row in first_rows(journal, "", Filter(), 50)]  # type: ignore[union-attr]  # whole


def sealed(place: Path) -> bool:
    """Whether nothing of the journal is open in this process, and its log is gone."""
    return journal_descriptors(place) == [] and not (place / "vault.db-wal").exists()


def says(here: World, words: str) -> bool:
    return any(words in text.words() for text in here.window.findChildren(Text) if text.isVisible())


def press(here: World, words: str) -> None:
    """Press the visible button with these words."""
    found = [b for b in here.window.findChildren(PaintedButton) if b.text() == words and b.isVisible()]
    assert found, words
    found[-1].click()
    run_events()


def refuse_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the disk take no entry any more, until what is returned is called."""
    refusing = [True]
    run = _Pending.run

    def full(pending: _Pending, journal: Journal) -> object:
        if refusing[0]:
            raise DiskFull
        return run(pending, journal)

    monkeypatch.setattr(_Pending, "run", full)
    return lambda: refusing.__setitem__(0, False)


# --- locking in the middle of something -------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", WAYS)
def test_what_was_typed_a_moment_ago_is_saved(at_home: World, reason: LockReason) -> None:
    at_home.write("The last words", saved=False)
    at_home.lock(reason)
    assert sealed(at_home.sample.place)
    assert texts(at_home.sample) == ["The last words"]


@pytest.mark.parametrize("reason", WAYS)
def test_the_first_save_is_on_its_way(at_home: World, reason: LockReason) -> None:
    at_home.write("The first", saved=False)
    at_home.journal_page.flush()
    QTest.keyClicks(at_home.journal_page.entry.view.surface, " and more")
    at_home.lock(reason)
    assert texts(at_home.sample) == ["The first and more"]


def test_a_large_file_is_being_attached(at_home: World, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    large.write_bytes(os.urandom(20_000_000))
    at_home.write("With a file", saved=False)
    at_home.journal_page.entry.attacher.take_files([large])
    at_home.lock()
    wait_until(lambda: sealed(at_home.sample.place))
    assert texts(at_home.sample) == ["With a file"]


def test_readers_are_gone_before_the_journal_is_sealed(at_home: World) -> None:
    """A reader that went on kept its connection open, with the key in it, and the journal unsealed."""
    for number in range(40):
        at_home.program.desk.write(at_home.shell, lambda journal, number=number: add_entry(journal, draft(f"{number}")))  # type: ignore[union-attr]  # it is open
    began, done = threading.Event(), []

    def slow(journal: Journal, stop: Stop) -> None:
        with journal.vault.database.read(stop) as session:
            session.connection()
            began.set()
            while not stop.is_set:
                stop_soon.wait(0.01)
            stop_soon.wait(0.3)  # some work that does not look at its stop
        done.append(True)

    stop_soon = threading.Event()
    at_home.program.desk.read(at_home.shell, slow, done.append)  # type: ignore[union-attr]  # it is open
    assert began.wait(5)
    at_home.lock()
    assert done == [True]
    assert sealed(at_home.sample.place)


def test_a_reader_that_never_ends_does_not_keep_it_open(at_home: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integrate.ui.desk._PATIENCE", 0.05)
    go, began = threading.Event(), threading.Event()

    def hang(_journal: Journal, _stop: Stop) -> None:
        began.set()
        go.wait(20)

    at_home.program.desk.read(at_home.shell, hang, print)  # type: ignore[union-attr]  # it is open
    assert began.wait(5)
    at_home.lock()
    go.set()
    assert texts(at_home.sample) == []


@pytest.mark.parametrize("reason", WAYS)
def test_a_sheet_a_dialog_and_a_menu_are_open(at_home: World, reason: LockReason) -> None:
    at_home.write("Under a sheet")
    at_home.program.perform("history")
    wait_until(lambda: any(sheet.isVisible() for sheet in at_home.window.findChildren(Sheet)))
    at_home.journal_page.entry.attacher.choose()
    at_home.window._show_menus()
    at_home.lock(reason)
    assert not any(sheet.isVisible() for sheet in at_home.window.findChildren(Sheet))
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not at_home.window] == []
    assert texts(at_home.sample) == ["Under a sheet"]


def test_what_a_sheet_hands_over_on_closing_is_saved(at_home: World) -> None:
    at_home.write("Before", saved=True)
    surface = at_home.journal_page.entry.view.surface
    sheet = Sheet(at_home.program.theme, at_home.window, "A sheet")
    sheet.closed.connect(lambda: surface.insertPlainText(" and after"))
    sheet.open()
    at_home.lock()
    assert texts(at_home.sample) == ["Before and after"]


def test_a_page_that_fails_keeps_the_journal_neither_open_nor_in_sight(
    at_home: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = at_home.shell.current_page()

    def fail() -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(page, "flush", fail)
    with pytest.raises(ValueError, match="a bug"):
        at_home.program.lock(LockReason.IDLE)
    wait_until(lambda: at_home.is_locked)
    assert sealed(at_home.sample.place)


def test_late_questions_of_pages_are_dropped(at_home: World) -> None:
    desk, asked = at_home.program.desk, []
    assert desk is not None
    at_home.program.lock(LockReason.ASKED)
    desk.write(at_home.program, asked.append, asked.append, asked.append)
    assert desk.read(at_home.program, lambda journal, _stop: asked.append(journal), asked.append).is_set
    desk.change_preferences(at_home.program, name="Nobody")
    wait_until(lambda: at_home.is_locked)
    assert asked == []


# --- while a journal is being opened ----------------------------------------------------------------------------------


def test_a_panic_while_it_is_being_opened_leaves_it_locked(here: World) -> None:
    here.program.unlock(ByPassphrase(PASSPHRASE), print)
    here.program.lock_at_once()
    assert here.window.isMinimized()
    settled: list[object] = []
    here.program.background.submit(here.program, lambda: None, settled.append, settled.append)
    wait_until(lambda: bool(settled), 30)
    run_events()
    assert here.program.desk is None
    assert isinstance(here.window.scene(), LockScene)
    assert sealed(here.sample.place)
    here.unlock()


def test_a_panic_while_one_is_being_made_leaves_it_locked(here: World, tmp_path: Path) -> None:
    place = tmp_path / "New.integrate"
    here.program.create(NewJournal(place, PASSPHRASE, None, "Sarah"), print)
    here.program.lock_at_once()
    here.window.showNormal()
    here.unlock(ByPassphrase(PASSPHRASE))  # asked for before the other was given up: it waits for its turn
    assert here.program.desk is not None
    assert here.program.desk.place == place


def test_a_second_panic_while_it_is_being_sealed_goes_out_of_sight(at_home: World) -> None:
    at_home.program.lock(LockReason.IDLE)
    at_home.program.lock_at_once()
    assert at_home.window.isMinimized()
    assert at_home.program._panic.isActive()
    wait_until(lambda: at_home.is_locked)
    assert not at_home.program._panic.isActive()


# --- what the disk refuses --------------------------------------------------------------------------------------------


def lock_while_full(here: World, words: str) -> None:
    """Write ``words``, which the disk refuses, and lock all the same."""
    here.write(words, saved=False)
    here.journal_page.flush()
    assert here.program.desk is not None
    saver = here.program.desk.saver
    wait_until(lambda: saver.unsaved)
    here.lock(LockReason.IDLE)


def test_words_of_two_locks_are_both_kept(at_home: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the first were overwritten by the second, while the disk was still full."""
    relax = refuse_disk(monkeypatch)
    lock_while_full(at_home, "The first words")
    monkeypatch.setattr("integrate.ui.saving.add_entry", _full)
    at_home.unlock()
    wait_until(lambda: says(at_home, "disk is full"))
    lock_while_full(at_home, "The second words")
    monkeypatch.undo()
    relax()
    at_home.unlock()
    wait_until(lambda: says(at_home, "is saved now"))
    at_home.lock()
    assert sorted(texts(at_home.sample)) == ["The first words", "The second words"]
    assert not at_home.program._last_words.are_kept


def _full(*_arguments: object, **_options: object) -> None:
    raise DiskFull


def test_words_survive_a_lock_while_they_are_put_back(at_home: World, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_disk(monkeypatch)
    lock_while_full(at_home, "The last words")
    monkeypatch.setattr("integrate.ui.saving.add_entry", _full)
    at_home.unlock()
    at_home.lock()  # before anybody could be told that they were refused again
    monkeypatch.undo()
    at_home.unlock()
    wait_until(lambda: says(at_home, "is saved now"))
    at_home.lock()
    assert texts(at_home.sample) == ["The last words"]


def test_they_are_offered_to_the_disk_again(at_home: World, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_disk(monkeypatch)
    lock_while_full(at_home, "The last words")
    monkeypatch.setattr("integrate.ui.last_words.RETRY", 50)
    monkeypatch.setattr("integrate.ui.saving.add_entry", _full)
    at_home.unlock()
    wait_until(lambda: says(at_home, "disk is full"))
    monkeypatch.undo()
    wait_until(lambda: says(at_home, "is saved now"))
    at_home.lock()
    assert texts(at_home.sample) == ["The last words"]


def test_quitting_asks_before_it_loses_words(at_home: World, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[bool] = []
    monkeypatch.setattr(at_home.program, "_leave", lambda: left.append(True))
    refuse_disk(monkeypatch)
    at_home.write("The last words", saved=False)
    at_home.journal_page.flush()
    assert at_home.program.desk is not None
    saver = at_home.program.desk.saver
    wait_until(lambda: saver.unsaved)
    at_home.window.close()
    at_home.window.close()
    questions = [q for q in at_home.window.findChildren(Question) if q.isVisible()]
    assert [q.heading.text() for q in questions] == ["Quit without your last words?"]
    press(at_home, "Stay")
    assert at_home.is_open
    at_home.lock(LockReason.IDLE)
    at_home.program.perform("quit")  # locked, they are in memory only
    press(at_home, "Quit all the same")
    wait_until(lambda: left == [True])


def test_the_system_ends_it_without_a_question(at_home: World, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[bool] = []
    monkeypatch.setattr(at_home.program, "_leave", lambda: left.append(True))
    refuse_disk(monkeypatch)
    at_home.write("The last words", saved=False)
    at_home.journal_page.flush()
    at_home.program.quit()
    wait_until(lambda: left == [True])


def test_a_bug_in_the_last_save_costs_no_words(at_home: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_pending: _Pending, _journal: Journal) -> None:
        raise ValueError("a bug")

    with monkeypatch.context() as broken:
        broken.setattr(_Pending, "run", fail)
        at_home.write("The last words", saved=False)
        at_home.lock()
    at_home.unlock()
    wait_until(lambda: says(at_home, "is saved now"))
    at_home.lock()
    assert texts(at_home.sample) == ["The last words"]


def test_refused_tries_do_not_pile_up(at_home: World, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_disk(monkeypatch)
    at_home.write("The last words", saved=False)
    assert at_home.program.desk is not None
    saver = at_home.program.desk.saver
    for _try in range(5):
        QTest.keyClicks(at_home.journal_page.entry.view.surface, "!")
        at_home.journal_page.flush()
        wait_until(lambda: saver.unsaved)
        run_events()
    assert len(saver._pending) <= 2


@pytest.mark.skipif(os.name == "nt", reason="there an open file cannot be deleted")
def test_words_for_a_journal_that_was_deleted_are_not_called_saved(at_home: World) -> None:
    shutil.rmtree(at_home.sample.place)
    at_home.write("Into nothing", saved=False)
    at_home.journal_page.flush()
    assert at_home.program.desk is not None
    saver = at_home.program.desk.saver
    wait_until(lambda: saver.unsaved)
    at_home.lock(LockReason.IDLE)
    assert at_home.program._last_words.are_kept


@pytest.mark.skipif(os.name == "nt", reason="there an open folder cannot be renamed")
def test_a_journal_that_was_moved_while_open_gets_every_word(at_home: World, tmp_path: Path) -> None:
    at_home.write("Before")
    moved = at_home.sample.place.rename(tmp_path / "Moved.integrate")
    QTest.keyClicks(at_home.journal_page.entry.view.surface, " and after")
    at_home.lock()
    assert texts(Sample(moved, PASSPHRASE, at_home.sample.words)) == ["Before and after"]


def test_damage_is_told_without_the_command_line(at_home: World) -> None:
    at_home.write("Under the banner")
    at_home.shell.tell_trouble(DatabaseDamaged())
    at_home.journal_page.entry.view.trouble.tell(DatabaseDamaged(), print, print)
    run_events()
    assert says(at_home, "the lock screen shows what can be done")
    assert not says(at_home, "integrate restore")


def test_a_journal_that_was_open_last_and_is_gone_is_no_first_start(
    app: QApplication, tmp_path: Path, sample: Sample
) -> None:
    with world(app, tmp_path, sample) as here:
        here.unlock()
    shutil.rmtree(sample.place)
    with world(app, tmp_path, sample) as here:
        wait_until(lambda: says(here, "It may have been moved, or the disk it lies on is not here."))


def test_a_place_that_nobody_may_look_into_is_no_end_of_the_start(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbid(_path: Path) -> bool:
        raise PermissionError

    with monkeypatch.context() as forbidden:
        forbidden.setattr(Path, "exists", forbid)
        assert may_be_there(sample.place)


# --- a missing end ----------------------------------------------------------------------------------------------------


@pytest.fixture
def rolled_back(sample: Sample, tmp_path: Path) -> Sample:
    """A journal whose database is older than what was noted beside it."""
    with sample.open() as journal:
        add_entry(journal, draft("What is there"))
    database = (sample.place / "vault.db").read_bytes()
    with sample.open() as journal:
        add_entry(journal, draft("What is missing"))
    (sample.place / "vault.db").write_bytes(database)
    return sample


def test_a_missing_end_has_a_way_on(app: QApplication, tmp_path: Path, rolled_back: Sample) -> None:
    with world(app, tmp_path, rolled_back) as here:
        scene = here.window.scene()
        assert isinstance(scene, LockScene)
        scene._door.field.edit.setText(PASSPHRASE)
        scene._unlock()
        wait_until(lambda: says(here, "The end of your last session is missing"), 30)
        press(here, "Go on with what is there…")
        press(here, "Not yet")
        assert not here.is_open
        press(here, "Go on with what is there…")
        press(here, "Go on with what is there")
        wait_until(lambda: here.is_open, 30)
        assert here.program.desk is not None
        assert here.program.desk.may_write
        here.lock()
    assert texts(rolled_back) == ["What is there"]


def test_reading_it_tells_the_way_on_without_the_command_line(
    app: QApplication, tmp_path: Path, rolled_back: Sample
) -> None:
    with world(app, tmp_path, rolled_back) as here:
        here.unlock(read_only=True)
        assert says(here, "On the lock screen you can choose to go on with what is there.")
        assert not says(here, "integrate backup")


# --- secrets ----------------------------------------------------------------------------------------------------------


def secrets() -> list[object]:
    """Every passphrase and set of words that is in memory as a way in."""
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, (ByPassphrase, ByWords))]


def test_no_secret_is_left_after_unlocking(here: World) -> None:
    before = {id(one) for one in secrets()}
    scene = here.window.scene()
    assert isinstance(scene, LockScene)
    scene._door.field.edit.setText("not the passphrase")
    scene._unlock()
    wait_until(lambda: bool(scene._door.field.error()), 30)
    assert scene._secret is None
    scene._door.field.edit.setText(PASSPHRASE)
    scene._unlock()
    scene = None
    wait_until(lambda: here.is_open, 30)
    run_events()
    wait_until(lambda: [one for one in secrets() if id(one) not in before] == [])


# --- lanes ------------------------------------------------------------------------------------------------------------


def test_a_failure_brings_none_of_the_errors_behind_it(app: QApplication) -> None:
    lane, owner, failures = Lane("test", Mailbox()), QObject(), []

    def work() -> None:
        try:
            raise OSError("with frames that hold a text")
        except OSError as error:
            raise DiskFull from error

    lane.submit(owner, work, failures.append, failures.append)
    wait_until(lambda: bool(failures))
    assert (failures[0].__cause__, failures[0].__context__, failures[0].__traceback__) == (None, None, None)
    lane.close()
    assert lane.join(5)


def test_what_work_and_answers_hold_dies_on_the_main_thread(app: QApplication) -> None:
    """Qt destroys an object wherever Python lets go of it last; beside the main thread its timers run on."""
    died: list[threading.Thread] = []

    def note() -> None:
        died.append(threading.current_thread())

    lane, made = Lane("test", Mailbox()), 60
    for number in range(made):
        owner = QObject()
        QTimer(owner).start(1000)
        owner.destroyed.connect(note, Qt.ConnectionType.DirectConnection)
        lane.submit(owner, lambda held=owner: held is None, lambda _answer: None, print)
        if number == made // 2:
            wait_until(lambda: len(died) > 5)
    del owner
    lane.close(drop=True)
    assert lane.join(5)
    wait_until(lambda: len(died) == made)
    assert set(died) == {threading.main_thread()}
