from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

from integrate.ui.platform import session
from tests.helpers.secret_service import bare_environment
from tests.ui.platform.children import Child, python

PROGRAM = """
import sys, time
from PySide6.QtWidgets import QApplication
from integrate.ui.platform.session import EndingSignals
application = QApplication([])
def say(*words):
    print(*words, flush=True)
def end():
    say("end", time.monotonic())
    if len(sys.argv) > 1:
        application.quit()
signals = EndingSignals(end, lambda: say("panic", time.monotonic()), application)
say("started", signals.start(), signals.start())
application.exec()
signals.stop()
say("ended in order")
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return bare_environment(tmp_path / "home") | {"QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture
def program(environment: dict[str, str], tmp_path: Path) -> Iterator[Child]:
    """A window that waits for events: no Python code runs until something happens."""
    with python(PROGRAM, environment, tmp_path) as made:
        assert made.hear() == "started True True"
        yield made
        assert made.errors() == ""


posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
NAMES = [("SIGTERM", "end"), ("SIGHUP", "end"), ("SIGINT", "end"), ("SIGUSR1", "panic")]


@posix
@pytest.mark.parametrize(("name", "word"), NAMES)
def test_a_signal_is_heard_at_once_by_a_window_that_waits(program: Child, name: str, word: str) -> None:
    sent = time.monotonic()
    program.process.send_signal(signal.Signals[name])
    heard, at = program.hear().split()
    assert heard == word
    assert float(at) - sent < 0.3


@posix
def test_signals_close_together_are_all_heard(program: Child) -> None:
    for name in ("SIGUSR1", "SIGTERM"):
        program.process.send_signal(signal.Signals[name])
    assert {program.hear().split()[0] for _ in range(2)} == {"panic", "end"}


@posix
def test_the_program_ends_in_order(environment: dict[str, str], tmp_path: Path) -> None:
    with python(PROGRAM, environment, tmp_path, "quit") as program:
        assert program.hear() == "started True True"
        program.process.send_signal(signal.SIGTERM)
        assert program.hear().startswith("end ")
        assert program.hear() == "ended in order"
        assert program.process.wait(10) == 0
        assert program.errors() == ""


@posix
def test_stopped_the_signals_are_as_they_were_and_nothing_stays_open(application: QApplication) -> None:
    def descriptors() -> int:
        return len(list(Path("/dev/fd").iterdir()))

    def wakeup() -> int:
        found = signal.set_wakeup_fd(-1)
        signal.set_wakeup_fd(found)
        return found

    before = {name: signal.getsignal(signal.Signals[name]) for name, _ in NAMES}, wakeup(), descriptors()
    signals = session.EndingSignals(lambda: None, lambda: None)
    assert signals.start()
    assert signal.getsignal(signal.SIGTERM) is not before[0]["SIGTERM"]
    signals.stop()
    signals.stop()
    after = {name: signal.getsignal(signal.Signals[name]) for name, _ in NAMES}, wakeup(), descriptors()
    assert before == after


def test_the_session_manager_is_told_never_to_start_the_program_again(application: QApplication) -> None:
    class Manager:
        hint: QSessionManager.RestartHint | None = None

        def setRestartHint(self, hint: QSessionManager.RestartHint) -> None:  # noqa: N802 - the name Qt gives it
            self.hint = hint

    manager = Manager()
    session._refuse_restart(manager)  # type: ignore[arg-type]  # Qt makes no session manager without a session
    assert manager.hint is QSessionManager.RestartHint.RestartNever
    before = application.receivers("2saveStateRequest(QSessionManager&)")
    session.never_restarted(application)
    assert application.receivers("2saveStateRequest(QSessionManager&)") == before + 1
    application.saveStateRequest.disconnect(session._refuse_restart)
    application.commitDataRequest.disconnect(session._refuse_restart)
