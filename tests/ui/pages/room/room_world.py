"""The real program, offscreen, on its way into the session room, with a real journal below it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from integrate.domain.moments import Moment
from integrate.domain.sessions import Route, Session
from integrate.journal.preferences import change_preferences
from integrate.journal.room import Room
from integrate.journal.sessions import get_session
from integrate.ui.page import ProgramPort
from integrate.ui.pages.room import target
from integrate.ui.pages.room.keeper import Keeper
from integrate.ui.pages.room.scene import RoomScene
from integrate.ui.room_card import RoomCard
from tests.conftest import Sample
from tests.helpers.courses import a_session, planned
from tests.helpers.rooms import moments_of
from tests.ui.program_world import SLOW, World
from tests.ui.waiting import run_events, wait_until

TODAY = date(2026, 10, 8)
SESSION = {"dose": "100 mg", "route": Route.LOZENGE, "present": "Daniel"}


class RoomWorld(World):
    """A program whose journal has one session, planned for today."""

    def __init__(self, app: QApplication, folder: Path, sample: Sample, **options: Any) -> None:
        with sample.open() as journal:
            change_preferences(journal, name="Sarah")
            self.session_id: UUID = a_session(journal, planned(TODAY, **SESSION)).id
        super().__init__(app, folder, sample, **options)
        self.program.change_settings(country="IE")

    @property
    def room(self) -> RoomScene:
        """The room, which is shown."""
        scene = self.window.scene()
        assert isinstance(scene, RoomScene)
        return scene

    @property
    def in_room(self) -> bool:
        """Whether the room is shown and marks go to the disk."""
        return isinstance(self.window.scene(), RoomScene) and self.program._rooms.is_entered

    @property
    def keeper(self) -> Keeper:
        """What brings marks to the disk."""
        keeper = self.program._rooms._keeper
        assert keeper is not None
        return keeper

    @property
    def open_room(self) -> Room:
        """The room of the use case."""
        room = self.keeper._room
        assert room is not None
        return room

    def enter(self, card: RoomCard | None = None) -> RoomScene:
        """Unlock, and open the room for the session."""
        self.unlock()
        failures: list[Exception] = []
        port: ProgramPort = self.program
        port.open_room(self.session_id, card or RoomCard(name="Sarah", sitter="Daniel"), failures.append)
        wait_until(lambda: bool(failures) or self.in_room, SLOW)
        assert not failures, failures
        run_events()
        return self.room

    def leave(self) -> None:
        """Hold Esc until the lock screen stands, on a clock that runs faster."""
        self.room.top.leave._whole.setInterval(60)
        QTest.keyPress(QApplication.focusWidget(), Qt.Key.Key_Escape)
        wait_until(lambda: self.is_locked, 8)
        run_events()

    def mark_moment(self, room: RoomScene) -> None:
        """Mark one moment more, however soon after the one before, and wait until it is on the disk."""
        before = self.open_room.mark_count
        room._last_mark = -10.0
        room.mark_moment()
        wait_until(lambda: self.open_room.mark_count == before + 1 and not self.keeper.unkept)

    def moments(self) -> list[Moment]:
        """The moments of the session, on the disk; the journal must be locked. They are merged by an unlock."""
        with self.sample.open() as journal:
            return moments_of(journal, self.session_id)

    def session(self) -> Session:
        """The session as it is on the disk."""
        with self.sample.open() as journal:
            return get_session(journal, self.session_id)

    def close(self) -> None:
        """End everything, a room that is still open as well."""
        rooms = self.program._rooms
        if rooms._keeper is not None:
            closed: list[bool] = []
            rooms._keeper.leave(closed.append, anyway=True)
            wait_until(lambda: bool(closed), SLOW)
            rooms._forget()
        super().close()


@contextmanager
def room_world(app: QApplication, folder: Path, sample: Sample, **options: Any) -> Iterator[RoomWorld]:
    """A started program at its lock screen; it is ended afterwards."""
    made = RoomWorld(app, folder, sample, **options)
    made.start()
    try:
        yield made
    finally:
        made.close()


def press(part: QWidget) -> None:
    """Press something with the pointer, once it takes presses."""
    assert part.isVisible()
    if isinstance(part, target.Target):
        part._since = 0.0
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    run_events()


def shown_words(widget: QWidget) -> list[str]:
    """All that visible parts say, to the eye or to a screen reader."""
    from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

    said = []
    for part in widget.findChildren(QWidget):
        if part.isVisible():
            said += [part.accessibleName(), part.accessibleDescription()]
            if isinstance(part, QLabel | QLineEdit | QAbstractButton):
                said.append(part.text())
    return said
