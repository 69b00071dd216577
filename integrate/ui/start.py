"""How the window is opened: from the command line's call without a sub-command."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from integrate.system.clock import SystemClock
from integrate.system.paths import Paths

if TYPE_CHECKING:
    from integrate.ui.guards import Guards
    from integrate.ui.program import Program

PROGRAM: Final = "integrate"
_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def display_is_there() -> bool:
    """Whether a window can be shown here. Windows and macOS always have a display."""
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in _DISPLAYS)


def run_window(data_dir: Path | None, place: Path | None, harden: Callable[[], None]) -> int:
    """Open the window and stay until it is closed; the exit code. ``place`` is the journal to open, None the last one.

    ``harden`` is called when the window is seen: before a key can have been pressed, and before anything is written.
    Everything of Qt is imported here, so that no other command pays for it.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from integrate.ui.process import prepare_application

    # The style is named here, because asking the application for one makes Python describe all there is to styles.
    application = QApplication([PROGRAM, "-style", "fusion"])
    prepare_application(application)

    from integrate.ui.program import Program

    program = Program(application, Paths(data_dir), SystemClock(), place=place, guards=_make_guards)
    program.window.painted.connect(partial(_listen, program, harden), Qt.ConnectionType.SingleShotConnection)
    program.start()
    return application.exec()


def _make_guards(program: Program) -> Guards:
    from integrate.ui.guards import Guards

    return Guards(program.lock, program.come_forward, parent=program)


def _listen(program: Program, harden: Callable[[], None]) -> None:
    """What can wait until the window is on the screen."""
    harden()
    sys.excepthook = partial(_tell_bug, program)
    gc.freeze()  # what the first picture needed stays as long as the process: no collection has to look at it again
    from integrate.ui.guards import hear_signals
    from integrate.ui.process import set_window_icon

    set_window_icon(program.application)
    hear_signals(program.application, program.quit, program.lock_at_once, program)


def _tell_bug(program: Program, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """Where Qt called us there is nobody above to catch anything: Python hands it over here."""
    program.tell_bug(error)
