from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QFocusEvent, QInputMethodEvent, QMouseEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from integrate.system.idle import IdleWatch
from integrate.system.lock_source import LockReason
from integrate.ui.platform import idle
from integrate.ui.platform.idle import IdleSource
from tests.ui.platform.waiting import holds_within


class Room:
    """A line that can be typed in, watched by a source whose clocks move only when they are moved."""

    def __init__(self) -> None:
        self.now = 0.0
        self.reasons: list[LockReason] = []
        watch = IdleWatch(timedelta(seconds=300), self.clock, self.clock, self.clock)
        self.source = IdleSource(watch, look_every=5)
        self.line = QLineEdit()
        self.line.show()
        assert self.source.start(self.reasons.append)

    def clock(self) -> float:
        return self.now


@pytest.fixture
def room(application: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(idle, "_TOUCH_EVERY", 0.0)
    made = Room()
    yield made
    made.source.stop()
    made.line.close()
    made.line.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def stays_idle(room: Room) -> bool:
    """Whether what was done since the last 200 seconds did not count: 100 more, and it is due."""
    room.now += 100
    return holds_within(lambda: bool(room.reasons), 100)


def type_letter(room: Room) -> None:
    QTest.keyClick(room.line, Qt.Key.Key_A)


def press_shortcut(room: Room) -> None:
    action = QAction(room.line)
    action.setShortcut("Ctrl+K")
    room.line.addAction(action)
    QTest.keyClick(room.line, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)


def press_mouse(room: Room) -> None:
    QTest.mouseClick(room.line, Qt.MouseButton.LeftButton)


def move_mouse(room: Room) -> None:
    room.line.setMouseTracking(True)
    QTest.mouseMove(room.line, QPoint(3, 3))
    QTest.mouseMove(room.line, QPoint(9, 5))
    QTest.qWait(20)


def turn_wheel(room: Room) -> None:
    handle = room.line.windowHandle()
    QTest.wheelEvent(handle, QPointF(4, 4), QPoint(0, 120))


def touch_screen(room: Room) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(room.line, device).press(0, QPoint(5, 5), room.line)
    QTest.touchEvent(room.line, device).release(0, QPoint(5, 5), room.line)


def compose(room: Room) -> None:
    QApplication.sendEvent(room.line, QInputMethodEvent("に", []))


@pytest.mark.parametrize(
    "act", [type_letter, press_shortcut, press_mouse, move_mouse, turn_wheel, touch_screen, compose]
)
def test_whatever_a_person_does_counts(room: Room, act: object) -> None:
    room.now += 200
    assert callable(act)
    act(room)
    assert not stays_idle(room)


def send_focus(room: Room) -> None:
    QApplication.sendEvent(room.line, QFocusEvent(QEvent.Type.FocusIn))


def send_mouse(room: Room) -> None:
    where = QPointF(2, 2)
    none, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    device = QPointingDevice.primaryPointingDevice()
    event = QMouseEvent(QEvent.Type.MouseButtonPress, where, where, where, button, button, none, device)
    QApplication.sendEvent(room.line, event)


def repaint(room: Room) -> None:
    room.line.setText("more")
    room.line.repaint()


@pytest.mark.parametrize("act", [send_focus, send_mouse, repaint])
def test_what_the_program_does_by_itself_does_not_count(room: Room, act: object) -> None:
    room.now += 200
    assert callable(act)
    act(room)
    assert stays_idle(room)


def test_it_asks_for_the_lock_when_nobody_was_there(room: Room) -> None:
    room.now += 300
    assert holds_within(lambda: bool(room.reasons), 2000)
    assert room.reasons[0] is LockReason.IDLE


def test_stopped_it_asks_for_nothing_and_started_it_counts_anew(room: Room) -> None:
    room.source.stop()
    room.now += 400
    assert not holds_within(lambda: bool(room.reasons), 50)
    assert room.source.start(room.reasons.append)
    room.now += 200
    assert not holds_within(lambda: bool(room.reasons), 50)
    assert stays_idle(room)


def test_a_moving_mouse_is_looked_at_twice_a_second(application: QApplication) -> None:
    calls: list[float] = []

    def monotonic() -> float:
        calls.append(0.0)
        return 0.0

    source = IdleSource(IdleWatch(timedelta(hours=1), monotonic))
    line = QLineEdit()
    line.show()
    assert source.start(lambda reason: sys.exit(reason))
    QTest.keyClick(line, Qt.Key.Key_A)
    after_first = len(calls)
    for _ in range(50):
        QTest.keyClick(line, Qt.Key.Key_A)
    assert len(calls) - after_first <= 4
    source.stop()
    line.close()
