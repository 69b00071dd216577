"""A window in a process of its own: ``python -m benchmarks.window_child bare|lock|open …``.

``bare`` and ``lock`` end as soon as their window has been painted, so that the life of the process is the time until
something is seen. ``open`` unlocks a journal, uses it and tells in JSON what that took.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from integrate.ui.program import Program

SIZE: Final = (1280, 832)
_LONGEST: Final = 120.0  # seconds


def main(arguments: list[str]) -> int:
    """Do what ``arguments`` say."""
    match arguments:
        case ["bare", *rest]:
            return _bare(memory=bool(rest))
        case ["lock", *rest]:
            return _lock(rest)
        case ["open", place, words]:
            return _open(Path(place), words)
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


def _open(place: Path, words: str) -> int:
    from PySide6.QtWidgets import QApplication

    from integrate.journal.opening import ByWords
    from integrate.system.clock import SystemClock
    from integrate.system.paths import Paths
    from integrate.ui.program import Program

    application = QApplication(["integrate", "-style", "fusion"])
    program = Program(application, Paths(place.parent / "window-data"), SystemClock(), place=place)
    program.window.resize(*SIZE)
    program.start()
    _until(program.window.isVisible)
    _spin(0.5)  # what the lock screen loads ahead
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
    from PySide6.QtCore import QCoreApplication, QEvent

    end = time.monotonic() + _LONGEST
    while not done():
        if time.monotonic() > end:
            raise TimeoutError
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _spin(seconds: float) -> None:
    end = time.monotonic() + seconds
    _until(lambda: time.monotonic() >= end)


def _until_painted(window: QWidget) -> None:
    """Run the event loop until the window was painted: painting and handing the picture over are one turn."""
    from PySide6.QtCore import QEvent, QObject

    class Watch(QObject):
        painted = False

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - overrides Qt
            self.painted = self.painted or event.type() == QEvent.Type.Paint
            return False

    watch = Watch()
    window.installEventFilter(watch)
    _until(lambda: watch.painted)


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
