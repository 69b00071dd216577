"""A window in a process of its own: ``python -m benchmarks.window_child bare|lock|open|pages|trends …``.

``bare`` and ``lock`` end as soon as their window has been painted, so that the life of the process is the time until
something is seen. ``open`` unlocks a journal, uses it and tells in JSON what that took. ``pages`` unlocks one with a
course and tells how long it is from a click to Today and to the pages of some of its sessions. ``trends`` does so with
Trends, and with another measure and another range on it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import UUID

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QWidget

    from integrate.ui.program import Program

SIZE: Final = (1280, 832)
_LONGEST: Final = 120.0  # seconds
_TURNS: Final = 5  # clicks of each kind
_BETWEEN: Final = 0.1  # seconds between two clicks

Part = TypeVar("Part", bound="QWidget")


def main(arguments: list[str]) -> int:
    """Do what ``arguments`` say."""
    match arguments:
        case ["bare", *rest]:
            return _bare(memory=bool(rest))
        case ["lock", *rest]:
            return _lock(rest)
        case ["open", place, words]:
            return _open(Path(place), words)
        case ["pages", place, words, fullest, *ordinary]:
            return _pages(Path(place), words, UUID(fullest), [UUID(one) for one in ordinary])
        case ["trends", place, words]:
            return _trends(Path(place), words)
    return 2


def _bare(*, memory: bool) -> int:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(["bare"])
    window = QMainWindow()
    window.resize(*SIZE)
    window.show()
    _until_painted(window)
    if memory:
        print(json.dumps({"memory": _own_memory()}), flush=True)
    del application
    os._exit(0)


def _lock(arguments: list[str]) -> int:
    from PySide6.QtWidgets import QApplication, QMainWindow

    def run() -> int:
        windows = QApplication.topLevelWidgets()
        _until_painted(next(widget for widget in windows if isinstance(widget, QMainWindow)))
        os._exit(0)

    QApplication.exec = staticmethod(run)  # type: ignore[method-assign]  # measured up to the first picture
    sys.argv = ["integrate", *arguments]
    from integrate.__main__ import main as integrate

    return integrate()


def _start(place: Path) -> Program:
    from PySide6.QtWidgets import QApplication

    from integrate.system.clock import SystemClock
    from integrate.system.paths import Paths
    from integrate.ui.program import Program

    application = QApplication(["integrate", "-style", "fusion"])
    program = Program(application, Paths(place.parent / "window-data"), SystemClock(), place=place)
    program.window.resize(*SIZE)
    program.start()
    _until(program.window.isVisible)
    _spin(0.5)  # what the lock screen loads ahead
    return program


def _open(place: Path, words: str) -> int:
    from integrate.journal.opening import ByWords

    program = _start(place)
    found: dict[str, float] = {}

    def unlock() -> None:
        program.unlock(ByWords(words), _fail)

    found["unlock"] = _timed(unlock, lambda: _today_is_shown(program))
    found["journal"] = _timed(lambda: program.perform("go_journal"), lambda: _rows(program) > 5)
    _spin(1.0)
    found["memory"] = _own_memory()
    found["lock"] = _lock_time(program, lambda: None)
    for state, begin in (
        ("lock while searching", lambda: _search(program)),
        ("lock while saving", lambda: _write(program)),
        ("lock while copying", lambda: _copy(program, place.parent)),
    ):
        unlock()
        _until(lambda: program.desk is not None)
        _spin(0.3)
        found[state] = _lock_time(program, begin)
    print(json.dumps(found), flush=True)
    os._exit(0)


def _pages(place: Path, words: str, fullest: UUID, ordinary: Sequence[UUID]) -> int:
    """Seconds from each click to the page, by what it leads to. The first one waits for modules too."""
    from integrate.journal.opening import ByWords

    program = _start(place)
    program.unlock(ByWords(words), _fail)
    _until(lambda: _today_is_shown(program))
    _spin(1.0)  # what is loaded ahead once a journal is open
    clicks = _Clicks(program)
    found: dict[str, list[float]] = {"first": [clicks.session(ordinary[0])]}
    kinds = ("today", "session", "fullest")
    found |= {kind: [] for kind in kinds}
    for turn in range(_TURNS):
        found["today"].append(clicks.today())
        clicks.overview()
        found["session"].append(clicks.session(ordinary[(turn + 1) % len(ordinary)]))
        clicks.overview()
        found["fullest"].append(clicks.session(fullest))
    print(json.dumps(found), flush=True)
    os._exit(0)


def _trends(place: Path, words: str) -> int:
    """Seconds from a click to Trends, in turns from one unlocking to the next, and to other charts on it."""
    from integrate.journal.opening import ByWords
    from integrate.ui.pages.trends.page import TrendsPage

    program = _start(place)
    found: dict[str, list[float]] = {kind: [] for kind in ("click", "whole", "again", "measure", "range")}
    for turn in range(_TURNS + 1):
        program.unlock(ByWords(words), _fail)
        _until(lambda: _today_is_shown(program))
        _spin(1.0)  # what is loaded ahead once a journal is open
        begun = time.perf_counter()
        taken = _until_shown(program, lambda: program.perform("go_trends"), lambda: _trends_found(program) is not None)
        found["first" if turn == 0 else "click"] = [*found.get("first" if turn == 0 else "click", []), taken]
        while not getattr(_trends_found(program), "is_whole", False):
            _turn(wait=True)
        found["whole"].append(time.perf_counter() - begun)
        _spin(0.3)
        page = next(page for page in program.window.findChildren(TrendsPage) if page.isVisible())
        segments = page.range.segments()
        for segment in (segments[2], segments[0], segments[1]):
            found["range"].append(_until_shown(program, segment.click))
        segments[2].click()
        _spin(0.2)
        for chip in (page.over_time.measure, page.around.measure, page.year.measure):
            for place_in_menu in (1, 2, 0):
                found["measure"].append(_until_shown(program, partial(chip.choose, place_in_menu)))
        program.perform("go_today")
        _spin(0.3)
        found["again"].append(_until_shown(program, lambda: program.perform("go_trends")))
        program.perform("go_today")  # where the next unlocking leads again
        _spin(0.3)
        program.perform("lock")
        _until(lambda: program.locked)
    print(json.dumps(found), flush=True)
    os._exit(0)


def _trends_found(program: Program) -> Any:
    from integrate.ui.pages.trends.page import TrendsPage

    return next((page.found for page in program.window.findChildren(TrendsPage) if page.isVisible()), None)


def _until_shown(program: Program, act: Callable[[], object], shown: Callable[[], bool] | None = None) -> float:
    """Seconds from doing something to the last picture of it."""
    from PySide6.QtCore import QEvent

    watch = _watch(program.window, QEvent.Type.UpdateRequest)
    started = time.perf_counter()
    act()
    while shown is not None and not shown():
        _turn(wait=True)
    painted = time.perf_counter()
    while time.perf_counter() < started + _LONGEST:
        watch.seen = False
        _turn()
        if not watch.seen:
            break
        painted = time.perf_counter()
    program.window.removeEventFilter(watch)
    return painted - started


class _Clicks:
    """Clicks on what leads to a page, and waits until what was read for it is painted. It begins on Today."""

    def __init__(self, program: Program) -> None:
        from PySide6.QtCore import QEvent

        from integrate.ui.pages.sessions.page import SessionsPage
        from integrate.ui.pages.today.page import TodayPage

        self._window = program.window
        self._watch = _watch(self._window, QEvent.Type.UpdateRequest)
        self._today = self._part(TodayPage)
        self._click(self._place("go_sessions"), lambda: bool(self._window.findChildren(SessionsPage)))
        self._sessions = self._part(SessionsPage)
        self._until_answered(self._sessions.overview)

    def today(self) -> float:
        """Today, from the sidebar."""
        return self._click(self._place("go_today"), lambda: _answered(self._today))

    def overview(self) -> None:
        """The path of the course, from the sidebar; the first click may lead to the session that was left there."""
        page = self._sessions
        for view in (page, page.overview):
            if not page.overview.isVisible():
                self._click(self._place("go_sessions"), view.isVisible)
        self._until_answered(page.overview)

    def session(self, session_id: UUID) -> float:
        """A session, from the path."""
        page = self._sessions
        row = next(row for row in page.overview.rows() if row.session_id == session_id)
        self._scroll_to(row)

        def is_shown() -> bool:
            found = page.session.found
            return found is not None and found.session.id == session_id and _answered(page.session)

        return self._click(row, is_shown)

    def _until_answered(self, part: Any) -> None:
        _until(lambda: _answered(part))
        _spin(_BETWEEN)

    def _click(self, on: QWidget, shown: Callable[[], bool]) -> float:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        _spin(_BETWEEN)  # nothing of the page before is still under way
        started = time.perf_counter()
        QTest.mouseClick(on, Qt.MouseButton.LeftButton)
        while not shown():
            _turn(wait=True)  # looking all the time would take from the lane what it needs to answer
        painted = time.perf_counter()
        while time.perf_counter() < started + _LONGEST:
            self._watch.seen = False
            _turn()
            if not self._watch.seen:  # a turn without a picture: all of it is on the screen
                break
            painted = time.perf_counter()
        return painted - started

    def _place(self, name: str) -> QWidget:
        from PySide6.QtWidgets import QWidget

        return next(part for part in self._window.findChildren(QWidget, name) if part.isVisible())

    def _part(self, kind: type[Part]) -> Part:
        return next(part for part in self._window.findChildren(kind) if part.isVisible())

    def _scroll_to(self, row: QWidget) -> None:
        from PySide6.QtWidgets import QScrollArea

        around: QWidget | None = row
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        assert around is not None
        around.ensureWidgetVisible(row)


def _answered(part: Any) -> bool:
    """Whether what a page or view asked for has come."""
    return part._reading is None


def _lock_time(program: Program, begin: Callable[[], None]) -> float:
    """Seconds from asking to a sealed journal, with something under way."""
    begin()
    return _timed(lambda: program.perform("lock"), lambda: program.locked)


def _search(program: Program) -> None:
    from PySide6.QtWidgets import QLineEdit

    program.perform("search")
    field = next(field for field in program.window.findChildren(QLineEdit) if field.isVisible())
    field.setText("the")
    _spin(0.002)


def _write(program: Program) -> None:
    from PySide6.QtWidgets import QTextEdit

    program.perform("new_entry")
    _until(lambda: any(part.isVisible() for part in program.window.findChildren(QTextEdit)))
    text = next(part for part in program.window.findChildren(QTextEdit) if part.isVisible())
    text.insertPlainText("Typed just before the lock. " * 40)
    program.perform("save_now")


def _copy(program: Program, folder: Path) -> None:
    from integrate.journal.backups import back_up

    desk = program.desk
    assert desk is not None
    file = folder / "copy-under-way.ibk"
    file.unlink(missing_ok=True)
    desk.copy(desk, lambda journal, stop: back_up(journal, file, lambda _done, _all: stop.check()), _nothing)
    _spin(0.05)


def _today_is_shown(program: Program) -> bool:
    from integrate.ui.pages.today.entry_line import EntryLine

    return any(line.isVisible() for line in program.window.findChildren(EntryLine))


def _rows(program: Program) -> int:
    from PySide6.QtWidgets import QListView

    views = program.window.findChildren(QListView)
    return max((view.model().rowCount() for view in views if view.isVisible()), default=0)


def _timed(act: Callable[[], object], done: Callable[[], bool]) -> float:
    started = time.perf_counter()
    act()
    _until(done)
    return time.perf_counter() - started


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + _LONGEST
    while not done():
        if time.monotonic() > end:
            raise TimeoutError
        _turn()


def _turn(*, wait: bool = False) -> None:
    """One turn of the event loop. With ``wait`` it sleeps until there is something to do, as the program does."""
    from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop

    flags = QEventLoop.ProcessEventsFlag
    QCoreApplication.processEvents(flags.WaitForMoreEvents if wait else flags.AllEvents)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _spin(seconds: float) -> None:
    end = time.monotonic() + seconds
    _until(lambda: time.monotonic() >= end)


def _until_painted(window: QWidget) -> None:
    """Run the event loop until the window was painted: painting and handing the picture over are one turn."""
    from PySide6.QtCore import QEvent

    watch = _watch(window, QEvent.Type.Paint)
    _until(lambda: watch.seen)


def _watch(window: QWidget, kind: QEvent.Type) -> Any:
    """Something whose ``seen`` becomes true when ``window`` gets an event of this kind."""
    from PySide6.QtCore import QObject

    class Watch(QObject):
        seen = False

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - overrides Qt
            self.seen = self.seen or event.type() == kind
            return False

    watch = Watch()
    window.installEventFilter(watch)
    return watch


def _own_memory() -> float:
    """Bytes of memory in use now (Linux), the libraries' code included: what a list of processes shows."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return 1024.0 * int(fields["VmRSS"].split()[0])


def _nothing(_made: object) -> None:
    """The copy was quicker than the lock."""


def _fail(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
