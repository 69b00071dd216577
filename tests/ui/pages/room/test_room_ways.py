"""The ways into the room and out: the sheet before it, leaving, support, what is locked, crashes, quitting."""

from __future__ import annotations

import gc
import time
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.domain.sessions import SessionState
from integrate.domain.times import ZonedTime
from integrate.errors import DiskFull, OpenElsewhere
from integrate.journal.courses import current_course
from integrate.journal.room import find_room, room_waits
from integrate.journal.secrets import turn_keyring_on
from integrate.journal.sessions import list_sessions
from integrate.journal.writing import add_entry
from integrate.system.lock_source import LockReason
from integrate.system.locked_help import LockedLine, write_locked_help
from integrate.ui.pages.lock.page import LockScene
from integrate.ui.pages.room import leaving
from integrate.ui.pages.room.scene import RoomScene
from integrate.ui.pages.room.start_sheet import StartSheet
from integrate.ui.room_card import RoomCard
from integrate.ui.shell.shell import Shell
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.sheet import Sheet
from tests.conftest import PASSPHRASE, Sample, draft
from tests.helpers.rooms import cut_off, fill, log_of, moments_of
from tests.ui.pages.room.room_world import RoomWorld, press, room_world, shown_words
from tests.ui.pages.settings_world import FakeStore
from tests.ui.program_world import SLOW, journal_descriptors, our_threads, world
from tests.ui.test_leaks import canary, holds_canary, strings_left
from tests.ui.waiting import run_events, wait_until

ESC = Qt.Key.Key_Escape


# --- leaving ----------------------------------------------------------------------------------------------------------


def test_esc_held_for_two_seconds_leaves_and_less_does_not(here: RoomWorld) -> None:
    room = here.enter()
    assert leaving.HOLD == 2000
    QTest.keyPress(QApplication.focusWidget(), ESC)
    QTest.qWait(300)
    QTest.keyRelease(QApplication.focusWidget(), ESC)
    QTest.qWait(2000)
    assert here.window.scene() is room
    QTest.keyPress(QApplication.focusWidget(), ESC)
    QTest.qWait(1700)
    assert here.window.scene() is room
    wait_until(lambda: here.is_locked, 3)


def test_a_repeat_that_comes_as_a_release_and_a_press_is_still_one_hold(here: RoomWorld) -> None:
    room = here.enter()
    began = time.monotonic()
    QTest.keyPress(QApplication.focusWidget(), ESC)
    for _ in range(3):
        QTest.qWait(400)
        QTest.keyRelease(QApplication.focusWidget(), ESC)
        QTest.keyPress(QApplication.focusWidget(), ESC)
        assert not room.top.leave.is_armed
    wait_until(lambda: here.is_locked, 4)
    assert time.monotonic() - began < 2 * leaving.HOLD / 1000


def test_the_button_held_leaves(here: RoomWorld) -> None:
    room = here.enter()
    QTest.mousePress(room.top.leave, Qt.MouseButton.LeftButton)
    QTest.qWait(1000)
    filled = room.top.leave.grab().toImage()
    middle = filled.height() // 2
    assert filled.pixel(1, middle) != filled.pixel(filled.width() - 2, middle)  # its edge fills
    wait_until(lambda: here.is_locked, 3)


def test_two_presses_apart_leave_and_two_quick_ones_do_not(here: RoomWorld) -> None:
    room = here.enter()
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), ESC)
    run_events()
    assert here.window.scene() is room
    assert room.top.leave.accessibleName() == "Press again to leave"
    room.top.leave._first -= leaving.APART
    QTest.keyClick(QApplication.focusWidget(), ESC)
    wait_until(lambda: here.is_locked)


def test_anything_else_in_between_makes_the_second_press_a_first_one(here: RoomWorld) -> None:
    room = here.enter()
    QTest.keyClick(QApplication.focusWidget(), ESC)
    assert room.top.leave.is_armed
    here.press(Qt.Key.Key_Space)
    assert not room.top.leave.is_armed
    QTest.keyClick(QApplication.focusWidget(), ESC)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S)
    assert not room.top.leave.is_armed
    QTest.keyClick(QApplication.focusWidget(), ESC)  # from a panel it only goes back
    assert room.current() is room.stage
    assert not room.top.leave.is_armed


def test_leaving_shows_the_lock_screen_gives_the_lock_back_and_ends_the_lane(here: RoomWorld) -> None:
    here.enter()
    assert here.window.isFullScreen()
    with pytest.raises(OpenElsewhere):
        here.sample.open()
    here.leave()
    assert not here.window.isFullScreen()
    found = find_room(here.sample.place)
    assert found is not None
    assert found.was_left
    wait_until(lambda: our_threads() == ["integrate-background"])
    with here.sample.open():
        pass
    scene = here.window.scene()
    assert isinstance(scene, LockScene)
    wait_until(lambda: scene._info is not None)  # the room is looked for before
    assert scene._door.room.isHidden()  # it was left: nothing is offered


def test_words_in_the_field_are_kept_by_leaving(here: RoomWorld) -> None:
    room = here.enter()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_W)
    QTest.keyClicks(room.words.field.edit, "nearly forgotten")
    here.leave()
    here.unlock()
    here.lock()
    assert [moment.mark.words for moment in here.moments()] == ["nearly forgotten"]


def test_what_the_disk_refuses_is_said_before_it_is_left(here: RoomWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.ui.pages.room.test_room_marks import FullDisk

    FullDisk(monkeypatch)
    room = here.enter()
    here.press(Qt.Key.Key_Space)
    wait_until(lambda: here.keeper.unkept == 1 and room.top.trouble.isVisible())
    room.top.leave.left.emit()
    wait_until(lambda: "1 mark is not on the disk yet." in room.top.trouble.words())
    assert here.in_room
    room.top.leave.left.emit()
    wait_until(lambda: here.is_locked)


# --- support ----------------------------------------------------------------------------------------------------------


def test_support_is_the_number_then_my_people_then_a_breath(here: RoomWorld) -> None:
    here.unlock()
    desk = here.program.desk
    assert desk is not None
    write_locked_help(here.paths, desk.journal_id.bytes, [LockedLine("Daniel", "+353 85 555 0142")])
    here.lock()
    room = here.enter()
    wait_until(lambda: "Daniel" in [text.text() for text in room.support.findChildren(type(room.top.status))])
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S)
    assert room.current() is room.support
    order = [room.support.emergency, room.support.people, room.support.breath]
    column = room.support._beside
    assert [room.support.isAncestorOf(part) for part in order] == [True] * 3
    here.window.showNormal()
    here.window.resize(720, 832)
    run_events()
    tops = [part.mapTo(room.support, part.rect().topLeft()).y() for part in order]
    assert tops == sorted(tops), column
    said = shown_words(room.support)
    assert "112" in said
    assert "A slow breath" in said


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_S])
def test_help_now_is_the_panel_and_never_a_sheet(here: RoomWorld, key: Qt.Key) -> None:
    room = here.enter()
    here.press(key)
    assert room.current() is room.support
    assert not here.window.is_covered()


def test_nothing_opens_over_the_room(here: RoomWorld) -> None:
    room = here.enter()
    for action in ("lock", "open_other", "keys", "about", "session_room", "help_now", "search", "new_entry"):
        here.program.perform(action)
        run_events()
        assert here.window.scene() is room
        assert not [sheet for sheet in here.window.findChildren(Sheet) if sheet.isVisible()]
    assert not here.window.isMinimized()


# --- what the room knows ----------------------------------------------------------------------------------------------


def test_the_journal_is_locked_and_no_word_of_it_is_in_any_widget(
    app: QApplication, tmp_path: Path, sample: Sample
) -> None:
    with sample.open() as journal:
        add_entry(journal, draft(f"{canary()} was here", title=canary()))
    with room_world(app, tmp_path, sample) as here:
        here.unlock()
        here.write(f"new {canary()}")
        here.program.perform("go_journal")
        run_events()
        here.program.open_room(here.session_id, RoomCard(name="Sarah"), lambda _error: None)
        wait_until(lambda: here.in_room, SLOW)
        gc.collect()
        run_events()
        assert here.program.desk is None
        assert here.program.locked
        assert {Path(name).name for name in journal_descriptors(sample.place)} == {"room.log", "lock"}
        said = []
        for widget in app.allWidgets():
            said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
            text = getattr(widget, "text", None)
            said += [str(text())] if callable(text) and not isinstance(text(), type(widget)) else []
        assert not [words for words in said if holds_canary(words)]
        kinds = {type(widget).__module__ for widget in app.allWidgets()}
        pages = {module for module in kinds if module.startswith(("integrate.ui.pages", "integrate.ui.shell"))}
        assert all(module.startswith("integrate.ui.pages.room") for module in pages), pages
        wait_until(lambda: our_threads() == ["integrate-background", "integrate-room"])


def test_only_what_was_chosen_is_shown(here: RoomWorld) -> None:
    room = here.enter(RoomCard())
    assert not room.stage.card.isVisible()
    everything = [text for panel in room.panels for text in _words(panel)]
    assert not [words for words in everything if any(known in words for known in ("Sarah", "Daniel", "100 mg"))]
    assert "What you write goes into this person's journal. They can read and share it." in everything


def _words(panel: object) -> list[str]:
    from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

    assert isinstance(panel, QWidget)
    parts = [*panel.findChildren(QLabel), *panel.findChildren(QAbstractButton)]
    return [part.text() for part in parts] + [part.accessibleDescription() for part in parts]


def test_read_this_out_has_its_lines_in_order(here: RoomWorld) -> None:
    card = RoomCard(
        name="Sarah",
        started=ZonedTime(here.clock.now(), "Europe/Lisbon"),
        lines=(("Medicine", "Ketamine"), ("Dose as prescribed", "100 mg"), ("Route", "Oral lozenge")),
        others="Sertraline",
    )
    room = here.enter(card)
    press(room.stage.card)
    from tests.ui.pages.room.test_room_marks import _texts

    said = [text.text() for text in _texts(room.card)]
    order = [said.index(words) for words in ("Sarah", "Ketamine", "100 mg", "Oral lozenge", "19:24", "Sertraline")]
    assert order == sorted(order)


# --- the sheet before it ----------------------------------------------------------------------------------------------


def start_sheet(here: RoomWorld) -> StartSheet:
    here.unlock()
    here.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    (sheet,) = here.window.findChildren(StartSheet)
    wait_until(lambda: bool(sheet._offered))
    run_events()
    return sheet


def test_todays_session_is_offered_first_and_begins_now(here: RoomWorld) -> None:
    sheet = start_sheet(here)
    words = [choice.text() for choice in sheet._offered]
    assert words == ["Session 1, planned for today", "A new session, starting now"]
    chosen = sheet.chosen()
    assert chosen is not None
    assert chosen.id == here.session_id
    assert sheet.sitter.text() == "Daniel"
    sheet.sitter.edit.setText("Ana")
    sheet.dose.setChecked(False)
    QTest.keyClicks(sheet.medicine.edit, "Ketamine")
    sheet.enter.click()
    wait_until(lambda: here.in_room, SLOW)
    card = here.room._card
    assert (card.name, card.sitter, card.letters) == ("Sarah", "Ana", True)
    assert card.lines == (("Medicine", "Ketamine"), ("Route", "Oral lozenge"))
    assert card.started is not None
    assert here.room.stage.elapsed.words() == "0 minutes"
    here.leave()
    session = here.session()
    assert session.state is SessionState.HELD
    assert session.draft.started == ZonedTime(here.clock.now(), "Europe/Lisbon")
    assert session.draft.present == "Ana"


def test_a_new_session_can_begin_without_any_plan(app: QApplication, tmp_path: Path, sample: Sample) -> None:
    with world(app, tmp_path, sample) as plain:
        plain.unlock()
        plain.program.perform("session_room")
        (sheet,) = plain.window.findChildren(StartSheet)
        wait_until(lambda: bool(sheet._offered))
        assert [choice.text() for choice in sheet._offered] == ["A new session, starting now"]
        assert not sheet.name.isVisible()
        sheet.enter.click()
        wait_until(lambda: isinstance(plain.window.scene(), RoomScene) and plain.program._rooms.is_entered, SLOW)
        plain.program._rooms._leave(True)
        wait_until(lambda: plain.is_locked)
        with sample.open() as journal:
            (session,) = list_sessions(journal)
            assert getattr(session, "state", None) is SessionState.HELD
            assert current_course(journal) is not None


def test_a_refusal_is_said_in_the_sheet_and_nothing_typed_is_lost(
    here: RoomWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    from integrate.ui import rooms

    def refuse(_session_id: object, _journal: object) -> None:
        raise DiskFull

    sheet = start_sheet(here)
    monkeypatch.setattr(rooms, "_open_room", refuse)
    QTest.keyClicks(sheet.others.edit, "Sertraline")
    sheet.enter.click()
    wait_until(lambda: sheet.enter.isEnabled() and bool(sheet.findChildren(Banner)))
    assert "This disk is full." in [banner.accessibleName() for banner in sheet.findChildren(Banner)]
    assert sheet.others.text() == "Sertraline"
    assert isinstance(here.window.scene(), Shell)
    monkeypatch.undo()
    sheet.enter.click()
    wait_until(lambda: here.in_room, SLOW)
    assert here.room._card.others == "Sertraline"


def test_a_new_session_that_could_not_open_its_room_is_not_begun_twice(
    here: RoomWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    from integrate.ui import rooms

    def refuse(_session_id: object, _journal: object) -> None:
        raise DiskFull

    sheet = start_sheet(here)
    list(sheet._offered)[-1].setChecked(True)
    monkeypatch.setattr(rooms, "_open_room", refuse)
    sheet.enter.click()
    wait_until(lambda: sheet.enter.isEnabled())
    monkeypatch.undo()
    sheet.enter.click()
    wait_until(lambda: here.in_room, SLOW)
    here.leave()
    with here.sample.open() as journal:
        assert len(list_sessions(journal)) == 2


def test_a_long_line_is_refused_beside_its_field(here: RoomWorld) -> None:
    sheet = start_sheet(here)
    sheet.sitter.edit.setText("n" * 301)
    sheet.enter.click()
    assert "300 characters" in sheet.sitter.error()
    assert isinstance(here.window.scene(), Shell)


def test_a_journal_that_is_only_read_opens_no_room(here: RoomWorld) -> None:
    here.unlock(read_only=True)
    here.program.perform("session_room")
    (sheet,) = here.window.findChildren(StartSheet)
    wait_until(lambda: bool(sheet.findChildren(Banner)))
    assert not sheet.enter.isEnabled()


def test_a_ticket_that_comes_after_a_lock_gives_the_journal_back(here: RoomWorld) -> None:
    here.unlock()
    here.program.open_room(here.session_id, RoomCard(), lambda _error: None)
    here.program.lock(LockReason.ASKED)
    wait_until(lambda: here.is_locked, SLOW)
    done: list[None] = []
    here.program.background.submit(here.program, lambda: None, done.append, lambda _error: None)
    wait_until(lambda: bool(done))
    run_events()
    wait_until(lambda: not _is_taken(here.sample))
    here.unlock()
    here.lock()
    assert find_room(here.sample.place) is None


def _is_taken(sample: Sample) -> bool:
    try:
        sample.open().close()
    except OpenElsewhere:
        return True
    return False


# --- what happens to the computer -------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", list(LockReason))
def test_no_lock_of_the_system_changes_anything_in_the_room(here: RoomWorld, reason: LockReason) -> None:
    room = here.enter()
    here.mark_moment(room)
    here.program.lock(reason)
    run_events()
    assert here.window.scene() is room
    assert here.in_room
    assert not here.window.isMinimized()
    here.mark_moment(room)
    assert here.open_room.mark_count == 2


def test_a_crash_is_gone_back_from_without_passphrase_words_or_names(
    app: QApplication, tmp_path: Path, sample: Sample
) -> None:
    session_id = fill(sample, "the sea", "a door", leave=False)
    assert room_waits(sample.place)
    with world(app, tmp_path / "after", sample) as after:
        scene = after.window.scene()
        assert isinstance(scene, LockScene)
        wait_until(lambda: not scene._door.room.isHidden())
        assert scene._door.room.text() == "The session room was open. Go back to it"
        assert scene._door.field.edit.isVisible()  # beside unlocking
        scene._door.room.click()
        wait_until(lambda: isinstance(after.window.scene(), RoomScene) and after.program._rooms.is_entered, SLOW)
        room = after.window.scene()
        assert isinstance(room, RoomScene)
        assert room.stage.list.words() == "2 marks from before are kept."
        assert not room.stage.elapsed.isVisible()
        said = [words for panel in room.panels for words in _words(panel)]
        assert not [
            words for words in said if any(known in words for known in ("the sea", "a door", "Sarah", "Daniel"))
        ]
        room.mark_moment()
        wait_until(lambda: room.stage.list.words().startswith("19:24  A moment"))
        after.program._rooms._leave(False)
        wait_until(lambda: after.is_locked)
        after.unlock()
        wait_until(lambda: any("3 moments from the session room" in words for words in shown_words(after.window)))
        after.lock()
    with sample.open() as journal:
        moments = moments_of(journal, session_id)
    assert sorted(moment.mark.words for moment in moments) == ["", "a door", "the sea"]
    assert [moment.after_restart for moment in moments].count(True) == 1


def test_a_room_that_was_cut_off_is_merged_by_unlocking_too(app: QApplication, tmp_path: Path, sample: Sample) -> None:
    fill(sample, "the sea", leave=False)
    with world(app, tmp_path, sample) as after:
        after.unlock()
        wait_until(lambda: any("1 moment from the session room" in words for words in shown_words(after.window)))
        after.lock()
    assert not log_of(sample).exists()


def test_the_keyring_opens_nothing_by_itself_while_a_room_waits(
    app: QApplication, tmp_path: Path, sample: Sample
) -> None:
    store = FakeStore()
    with sample.open() as journal:
        turn_keyring_on(journal, store, current=PASSPHRASE)
    fill(sample, "the sea", leave=False)
    with world(app, tmp_path, sample, key_store=store) as after:
        scene = after.window.scene()
        assert isinstance(scene, LockScene)
        wait_until(lambda: not scene._door.room.isHidden() and scene._info is not None)
        run_events()
        QTest.qWait(200)
        assert after.window.scene() is scene
        assert scene._door.busy.isHidden()
        assert scene._door.keyring.isVisible()


def test_a_damaged_beginning_is_not_offered_and_told_after_unlocking(
    app: QApplication, tmp_path: Path, sample: Sample
) -> None:
    fill(sample, "the sea", "a door", leave=False)
    raw = bytearray(log_of(sample).read_bytes())
    raw[16] ^= 0xFF
    log_of(sample).write_bytes(raw)
    with world(app, tmp_path, sample) as after:
        scene = after.window.scene()
        assert isinstance(scene, LockScene)
        wait_until(lambda: scene._info is not None)
        assert scene._door.room.isHidden()
        after.unlock()
        wait_until(lambda: bool([one for one in after.window.findChildren(Banner) if one.isVisible()]))
        (banner,) = [one for one in after.window.findChildren(Banner) if one.isVisible()]
        said = f"{banner.accessibleName()} {banner.accessibleDescription()}"
        assert "2 moments of the session room are in your journal now." in said
        assert "The beginning of the room's file was damaged." in said
        banner.links[0].click()
        run_events()
        assert not [one for one in after.window.findChildren(Banner) if one.isVisible()]


def test_a_room_that_cannot_be_gone_back_to_says_why(app: QApplication, tmp_path: Path, sample: Sample) -> None:
    fill(sample, "the sea", leave=False)
    with world(app, tmp_path, sample) as after:
        scene = after.window.scene()
        assert isinstance(scene, LockScene)
        wait_until(lambda: not scene._door.room.isHidden())
        log_of(sample).unlink()
        scene._door.room.click()
        wait_until(lambda: bool(scene.findChildren(Banner)))
        assert after.window.scene() is scene
        assert scene._door.unlock.isEnabled()


def test_quitting_keeps_the_room_for_the_next_start(here: RoomWorld) -> None:
    room = here.enter()
    ended: list[None] = []
    room.mark_moment()
    here.program._rooms.let_go(lambda: ended.append(None))
    wait_until(lambda: bool(ended))
    found = find_room(here.sample.place)
    assert found is not None
    assert (found.marks, found.was_left, found.can_reopen) == (1, False, True)
    wait_until(lambda: our_threads() == ["integrate-background"])
    assert not journal_descriptors(here.sample.place)


def test_a_killed_room_loses_no_mark_that_was_said(here: RoomWorld) -> None:
    room = here.enter()
    for _ in range(3):
        here.mark_moment(room)
        here.clock.advance(timedelta(minutes=1))
    said = room.stage.list.words().count("A moment")
    keeper = here.program._rooms._keeper
    assert keeper is not None
    assert keeper._room is not None
    cut_off(keeper._room)  # as the end of its process does it
    assert keeper._lane is not None
    keeper._lane.close()
    keeper._room = keeper._lane = None
    here.program._rooms._forget()
    here.program.show_lock()
    run_events()
    assert isinstance(here.window.scene(), LockScene)
    here.unlock()
    here.lock()
    assert len(here.moments()) == said == 3


# --- what is left of it -----------------------------------------------------------------------------------------------


def test_leaving_leaves_no_widget_no_thread_and_no_chosen_line(here: RoomWorld) -> None:
    def visit() -> None:
        card = RoomCard(name=canary(), sitter=canary(), lines=(("Medicine", canary()),), others=canary())
        room = here.enter(card)
        assert any(holds_canary(words) for panel in room.panels for words in _words(panel)), "the search can find it"
        for panel in room.panels:
            room.show_panel(panel)
        room.show_panel(room.words)
        QTest.keyClicks(room.words.field.edit, canary())
        here.press(Qt.Key.Key_Return)
        wait_until(lambda: room.current() is room.stage)
        here.leave()
        QTest.qWait(3200)  # what leaving waits for at the most, and would hold until then

    visit()
    wait_until(lambda: our_threads() == ["integrate-background"])
    gc.collect()
    run_events()
    kinds = {type(widget).__module__ for widget in here.app.allWidgets()}
    assert not [kind for kind in kinds if kind.startswith("integrate.ui.pages.room")]
    assert not strings_left()


@pytest.mark.parametrize("rooms", [5, pytest.param(10, marks=pytest.mark.hard)])
def test_rooms_do_not_add_up(here: RoomWorld, rooms: int) -> None:
    here.enter()
    here.program._rooms._leave(False)
    wait_until(lambda: here.is_locked)
    before = 0
    for cycle in range(rooms):
        room = here.enter()
        here.mark_moment(room)
        here.program._rooms._leave(False)
        wait_until(lambda: here.is_locked)
        del room
        gc.collect()
        run_events()
        if cycle == 2:
            before = len(here.app.allWidgets())
    assert len(here.app.allWidgets()) <= before
    wait_until(lambda: our_threads() == ["integrate-background"])
