"""Marks: on the disk before they are said, once for a hand that shakes, kept where the disk refuses; then merged."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from integrate.domain.moments import By, Mark, MomentKind, Strength
from integrate.errors import DiskFull
from integrate.journal.room import Room, find_room
from integrate.ui.pages.room import keeper, scene
from integrate.ui.widgets.toast import Toast
from tests.ui.pages.room.room_world import RoomWorld, press, shown_words
from tests.ui.waiting import run_events, wait_until

SPACE = Qt.Key.Key_Space


class FullDisk:
    """A disk that refuses for as long as it is full, below a room that is real."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = True
        real = Room.mark

        def mark(room: Room, given: Mark) -> None:
            if self.full:
                raise DiskFull
            real(room, given)

        monkeypatch.setattr(Room, "mark", mark)


def test_a_mark_is_on_the_disk_before_it_is_said(here: RoomWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    room = here.enter()
    on_disk: list[int] = []

    def said(_self: Any, text: str) -> None:
        if text:
            found = find_room(here.sample.place)
            on_disk.append(found.marks if found else 0)

    monkeypatch.setattr(type(room.top), "say", said)
    here.press(SPACE)
    wait_until(lambda: bool(on_disk))
    assert on_disk == [1]


def test_what_is_said_goes_after_four_seconds(here: RoomWorld) -> None:
    room = here.enter()
    here.press(SPACE)
    wait_until(lambda: room.top.status.words() == "Marked, 19:24")
    assert room.stage.mark.note == "Marked, 19:24"
    assert room._said.interval() == 4000
    room._said.setInterval(1)
    room._said.start()
    wait_until(lambda: room.top.status.words() == "Session room")
    assert "space bar" in room.stage.mark.note


def test_presses_within_a_second_are_one(here: RoomWorld) -> None:
    room = here.enter()
    for _ in range(5):
        here.press(SPACE)
        press(room.stage.mark)
    wait_until(lambda: here.open_room.mark_count == 1)
    assert scene.DEBOUNCE == 1.0
    room._last_mark -= scene.DEBOUNCE
    here.press(SPACE)
    wait_until(lambda: here.open_room.mark_count == 2)


def test_a_key_that_is_held_marks_once(here: RoomWorld) -> None:
    room = here.enter()
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtGui import QKeyEvent

    here.press(SPACE)
    room._last_mark = -10.0
    for _ in range(20):
        event = QKeyEvent(QEvent.Type.KeyPress, SPACE, Qt.KeyboardModifier.NoModifier, " ", True)
        QCoreApplication.sendEvent(room.stage.mark, event)
    wait_until(lambda: not here.keeper.unkept)
    assert here.open_room.mark_count == 1


def test_space_marks_whichever_button_has_the_focus_and_enter_presses_that(here: RoomWorld) -> None:
    room = here.enter()
    room.stage.support.setFocus(Qt.FocusReason.TabFocusReason)
    here.press(SPACE)
    wait_until(lambda: here.open_room.mark_count == 1)
    assert room.current() is room.stage
    room.stage.support._since = 0.0
    here.press(Qt.Key.Key_Return)
    assert room.current() is room.support


def test_pressing_marks_without_letting_go(here: RoomWorld) -> None:
    room = here.enter()
    QTest.mousePress(room.stage.mark, Qt.MouseButton.LeftButton)
    wait_until(lambda: here.open_room.mark_count == 1)
    QTest.mouseRelease(room.stage.support, Qt.MouseButton.LeftButton)  # the hand slid off
    run_events()
    assert room.current() is room.stage


def test_words_are_typed_kept_and_not_shown_again(here: RoomWorld) -> None:
    room = here.enter()
    here.press(Qt.Key.Key_W)
    assert room.current() is room.words
    field = room.words.field.edit
    assert here.app.focusWidget() is field
    QTest.keyClicks(field, "the quiet sea, w and s")
    assert room.current() is room.words
    here.press(Qt.Key.Key_Return)
    wait_until(lambda: room.current() is room.stage)
    assert room.stage.list.words() == "19:24  A moment"
    assert field.text() == ""
    assert not field.isUndoAvailable()
    assert not [words for words in shown_words(here.window) if "quiet sea" in words]
    here.leave()
    here.unlock()
    wait_until(lambda: here.program.desk is not None)
    here.lock()
    (moment,) = here.moments()
    assert (moment.mark.kind, moment.mark.words, moment.mark.by) == (MomentKind.WORDS, "the quiet sea, w and s", By.ME)


def test_esc_keeps_what_was_typed_and_the_letter_keys_can_be_off(here: RoomWorld) -> None:
    from integrate.ui.room_card import RoomCard

    room = here.enter(RoomCard(letters=False))
    here.press(Qt.Key.Key_W)
    assert room.current() is room.stage
    press(room.stage.words)
    QTest.keyClicks(room.words.field.edit, "half a thou")
    here.press(Qt.Key.Key_Escape)
    assert room.current() is room.stage
    assert room.stage.words.note == "Not kept yet"
    press(room.stage.words)
    assert room.words.field.text() == "half a thou"


def test_marks_are_merged_at_the_next_unlock_and_the_shell_says_so(here: RoomWorld) -> None:
    room = here.enter()
    for _ in range(3):
        here.mark_moment(room)
        here.clock.advance(timedelta(minutes=4))
    assert room.stage.list.words().splitlines() == ["19:32  A moment", "19:28  A moment", "19:24  A moment"]
    here.leave()
    here.unlock()
    sentence = "3 moments from the session room are on the page of session 1."
    wait_until(lambda: any(sentence in words for words in shown_words(here.window)))
    assert here.window.findChildren(Toast)
    here.lock()
    assert find_room(here.sample.place) is None
    moments = here.moments()
    assert len(moments) == 3
    assert all(moment.in_room and not moment.after_restart for moment in moments)


def test_a_room_in_which_nothing_was_marked_says_nothing(here: RoomWorld) -> None:
    here.enter()
    here.leave()
    here.unlock()
    here.lock()
    assert find_room(here.sample.place) is None
    assert here.moments() == []


# --- the disk ---------------------------------------------------------------------------------------------------------


def test_a_full_disk_is_said_and_the_mark_is_tried_again(here: RoomWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = FullDisk(monkeypatch)
    room = here.enter()
    here.press(SPACE)
    wait_until(lambda: "19:24: This disk is full." in room.top.trouble.words())
    assert "tried again" in room.top.trouble.words()
    assert room.top.trouble.isVisible()
    assert room.top.status.words() == "Session room"
    assert room.stage.list.words() == ""
    assert here.keeper.unkept == 1
    here.clock.advance(timedelta(minutes=30))
    disk.full = False
    assert here.keeper._again.isActive()
    here.keeper.try_again()
    wait_until(lambda: here.open_room.mark_count == 1)
    wait_until(lambda: not room.top.trouble.isVisible())
    assert room.stage.list.words() == "19:24  A moment"  # when it was marked, and not when the disk took it


def test_words_the_disk_refuses_stay_in_their_field(here: RoomWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = FullDisk(monkeypatch)
    room = here.enter()
    here.press(Qt.Key.Key_W)
    QTest.keyClicks(room.words.field.edit, "not lost")
    here.press(Qt.Key.Key_Return)
    wait_until(lambda: "What you typed is still here." in room.words.trouble.words())
    assert room.words.field.text() == "not lost"
    assert not room.words.field.edit.isReadOnly()
    assert here.keeper.unkept == 0  # else it would be there twice
    disk.full = False
    here.press(Qt.Key.Key_Return)
    wait_until(lambda: room.words.field.text() == "")
    assert here.open_room.mark_count == 1


def test_a_lane_that_is_gone_is_said_and_keeps_what_was_typed(here: RoomWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "SLOW", 50)
    monkeypatch.setattr(keeper, "PATIENCE", 50)
    room = here.enter()
    lane = here.keeper._lane
    assert lane is not None
    lane.close(drop=True)
    assert lane.join(5)
    here.press(SPACE)
    wait_until(lambda: "not kept yet" in room.top.trouble.words())
    assert room.stage.list.words() == ""
    here.press(Qt.Key.Key_W)
    QTest.keyClicks(room.words.field.edit, "still mine")
    here.press(Qt.Key.Key_Return)
    wait_until(lambda: "not kept yet" in room.words.trouble.words())
    assert room.words.field.text() == "still mine"
    room._leave()
    wait_until(lambda: "not on the disk yet" in room.top.trouble.words())
    room._leave()
    wait_until(lambda: here.is_locked)


def test_a_pasted_page_is_refused_in_words_and_stays(here: RoomWorld) -> None:
    room = here.enter()
    here.press(Qt.Key.Key_W)
    room.words.field.edit.setText("word " * 10_000)
    here.press(Qt.Key.Key_Return)
    wait_until(lambda: "4,000 characters" in room.words.trouble.words())
    assert len(room.words.field.text()) == 50_000


def test_marks_made_while_the_journal_is_still_being_locked_are_kept(here: RoomWorld) -> None:
    from integrate.ui.pages.room.scene import RoomScene
    from integrate.ui.room_card import RoomCard

    here.unlock()
    here.program.open_room(here.session_id, RoomCard(), lambda _error: None)
    wait_until(lambda: isinstance(here.window.scene(), RoomScene))
    here.room.mark_moment()
    wait_until(lambda: here.in_room and here.open_room.mark_count == 1)
    wait_until(lambda: here.room.stage.list.words() == "19:24  A moment")


def test_clocks_that_jump_leave_the_elapsed_time_alone(here: RoomWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    from integrate.domain.times import ZonedTime
    from integrate.ui.room_card import RoomCard

    seconds = [1000.0]
    monkeypatch.setattr(scene, "boottime", lambda: seconds[0])
    room = here.enter(RoomCard(started=ZonedTime(here.clock.now() - timedelta(minutes=2), "Europe/Lisbon")))
    seconds[0] += 50 * 60
    here.clock.advance(timedelta(hours=-3))
    room._show_time()
    assert room.stage.elapsed.words() == "52 minutes"
    assert room.stage.clock.words() == "16:24"
    seconds[0] += 73 * 60
    room._show_time()
    assert room.stage.elapsed.words() == "2 hours 5 minutes"


# --- the sitter -------------------------------------------------------------------------------------------------------


def sitter(here: RoomWorld) -> Any:
    room = here.enter()
    press(room.stage.sitter)
    press(room.notice.go_on)
    return room


def test_the_first_tap_on_sitter_says_whose_journal_it_is_and_only_the_first(here: RoomWorld) -> None:
    room = here.enter()
    press(room.stage.sitter)
    assert room.current() is room.notice
    words = "What you write goes into Sarah's journal. They can read and share it."
    assert words in shown_words(here.window)
    here.press(Qt.Key.Key_Escape)
    press(room.stage.sitter)
    assert room.current() is room.notice  # it was not gone on from
    press(room.notice.go_on)
    assert room.current() is room.sitter
    press(room.sitter.back)
    press(room.stage.sitter)
    assert room.current() is room.sitter


def test_readings_are_plain_numbers_by_the_sitter(here: RoomWorld) -> None:
    room = sitter(here)
    press(room.sitter.pulse)
    QTest.keyClicks(room.pulse.field.edit, "188")
    here.press(Qt.Key.Key_Return)
    wait_until(lambda: room.current() is room.sitter)
    assert room.sitter.pulse.note == "188 at 19:24"
    press(room.sitter.pressure)
    QTest.keyClicks(room.pressure.first_number.edit, "236")
    here.press(Qt.Key.Key_Tab)
    QTest.keyClicks(here.app.focusWidget(), "84")
    press(room.pressure.keep_button)
    wait_until(lambda: room.current() is room.sitter)
    assert room.sitter.pressure.note == "236/84 at 19:24"
    press(room.sitter.back)
    press(room.stage.card)
    said = shown_words(here.window)
    assert "Pulse 188 at 19:24" in said
    assert "Blood pressure 236/84 at 19:24" in said
    assert not [words for words in said if any(word in words.lower() for word in ("high", "low ", "normal", "above"))]
    here.leave()
    here.unlock()
    here.lock()
    pulse, pressure = sorted((moment.mark for moment in here.moments()), key=lambda mark: mark.pulse is None)
    assert (pulse.pulse, pulse.by) == (188, By.SITTER)
    assert (pressure.systolic, pressure.diastolic, pressure.by) == (236, 84, By.SITTER)


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [("120", "", "Blood pressure is two numbers"), ("0", "80", "from 1 to 999"), ("", "", "nothing to keep yet")],
)
def test_a_reading_that_is_none_is_said_and_stays(here: RoomWorld, first: str, second: str, sentence: str) -> None:
    room = sitter(here)
    press(room.sitter.pressure)
    room.pressure.first_number.edit.setText(first)
    room.pressure.second_number.edit.setText(second)
    press(room.pressure.keep_button)
    assert sentence in room.pressure.trouble.words()
    assert room.pressure.first_number.text() == first
    assert here.open_room.mark_count == 0


def test_side_effects_are_the_four_of_the_article_or_a_name(here: RoomWorld) -> None:
    room = sitter(here)
    press(room.sitter.effect)
    names = [button.accessibleName() for button in room.effect.effects.values()]
    assert names == ["Nausea", "Increased heart rate", "Elevated blood pressure", "Disorientation"]
    strengths = [button.accessibleName().lower() for button in room.effect.strengths.values()]
    assert strengths == ["none", "mild", "moderate", "strong"]
    press(room.effect.effects["nausea"])
    press(room.effect.effects["disorientation"])  # changed their mind
    press(room.effect.keep_button)
    assert "how strong it was" in room.effect.trouble.words()
    press(room.effect.strengths[Strength.MILD])
    assert [key for key, button in room.effect.effects.items() if button.isChecked()] == ["disorientation"]
    press(room.effect.keep_button)
    wait_until(lambda: room.current() is room.sitter)
    press(room.sitter.effect)
    assert not any(button.isChecked() for button in (*room.effect.effects.values(), *room.effect.strengths.values()))
    press(room.effect.effects["nausea"])
    QTest.keyClicks(room.effect.own.edit, "cold hands")
    press(room.effect.strengths[Strength.STRONG])
    press(room.effect.keep_button)
    wait_until(lambda: room.current() is room.sitter)
    assert here.open_room.mark_count == 2
    press(room.sitter.back)
    assert room.stage.list.words() == "19:24  A side effect\n19:24  A side effect"
    here.leave()
    here.unlock()
    here.lock()
    effects = {(moment.mark.effect, moment.mark.strength, moment.mark.by) for moment in here.moments()}
    assert effects == {("disorientation", Strength.MILD, By.SITTER), ("cold hands", Strength.STRONG, By.SITTER)}


def test_when_to_call_has_the_number_first_and_the_signs_below(here: RoomWorld) -> None:
    room = sitter(here)
    assert room.sitter.call.accessibleName() == "When to call 112"
    press(room.sitter.call)
    said = [text.text() for text in _texts(room.call)]
    assert said.index("112") < said.index("•  Chest pain")
    signs = [words.removeprefix("•  ") for words in said if words.startswith("•")]
    assert signs == [
        "Chest pain", "Trouble breathing", "Cannot be woken", "A seizure", "A severe headache",
        "Vomiting again and again, and drowsy", "Danger to self or others",
    ]  # fmt: skip


def _texts(widget: Any) -> list[Any]:
    from integrate.ui.widgets.text import Text

    found = [text for text in widget.findChildren(Text) if text.isVisible()]
    return sorted(found, key=lambda text: text.mapTo(widget, text.rect().topLeft()).y())
