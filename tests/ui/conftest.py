"""What tests of the window share: one application, a theme, and no Qt warning and no window left behind."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale, QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from integrate.ui.collector import Collector
from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.roles import install_roles
from tests.ui.waiting import run_events, wait_until

# Spoken by the offscreen platform and by the fonts of the machine, not by what is tested.
HARMLESS = ("This plugin does not support", "Populating font family aliases", "propagateSizeHints")
_WARNINGS = frozenset({QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg})


@pytest.fixture(autouse=True)
def _derive_once(derive_once: None) -> None:
    """Windows make journals, open them and lock them."""


@pytest.fixture(scope="session")
def app() -> QApplication:
    """The one application of the run."""
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication([])
    install_roles()
    Collector(application)  # as in the program: nothing of Qt may be collected beside the main thread
    return application


@pytest.fixture(autouse=True)
def one_locale() -> Iterator[None]:
    """Dates, times and numbers as in Britain, wherever the tests run and whatever a test chooses."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.fixture(autouse=True)
def no_lane_left() -> Iterator[None]:
    """No test leaves a lane running: the next one that counts lanes would be told of it."""
    before = set(threading.enumerate())
    yield
    wait_until(lambda: not [lane for lane in lanes_now() if lane not in before])


def lanes_now() -> list[threading.Thread]:
    """The lanes that are running."""
    return [thread for thread in threading.enumerate() if thread.name.startswith("integrate-")]


@pytest.fixture(scope="session")
def _system_palette(app: QApplication) -> QPalette:
    """A palette of the system, the same whatever test came before: black on grey, also where something is chosen."""
    palette = QPalette(QColor("#EFEFEF"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#000000"))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#000000"))
    return palette


@pytest.fixture
def make_theme(app: QApplication, _system_palette: QPalette) -> Iterator[Callable[..., Theme]]:
    """Makes a theme for a look: ``make_theme(theme="dark", text_size=200)``; motion is off unless asked for."""
    made: list[Theme] = []

    def make(**choices: object) -> Theme:
        app.setPalette(_system_palette)
        choices.setdefault("theme", "light")
        choices.setdefault("reduced_motion", True)
        made.append(Theme(app, Look(**choices)))  # type: ignore[arg-type]  # passed through
        return made[-1]

    yield make
    for theme in made:
        theme.setParent(None)
        theme.deleteLater()
    run_events()


@pytest.fixture
def theme(make_theme: Callable[..., Theme]) -> Theme:
    """The light theme at 100 %, without motion."""
    return make_theme()


@pytest.fixture
def show(app: QApplication) -> Iterator[Callable[..., QWidget]]:
    """Shows widgets in active windows and closes them after the test: ``show(widget, 400, 300)``."""
    shown: list[QWidget] = []

    def put(widget: QWidget, width: int = 0, height: int = 0) -> QWidget:
        window = widget.window()
        if width and height:
            window.resize(width, height)
        window.show()
        window.activateWindow()
        if window not in shown:
            shown.append(window)
        wait_until(window.isActiveWindow)
        return widget

    yield put
    for window in shown:
        window.close()
        window.deleteLater()
    shown.clear()
    run_events()


@pytest.fixture(autouse=True)
def no_qt_warning(app: QApplication) -> Iterator[list[str]]:
    """Fail a test on any warning of Qt."""
    said: list[str] = []

    def note(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind in _WARNINGS and not any(harmless in message for harmless in HARMLESS):
            said.append(message)

    before = qInstallMessageHandler(note)
    yield said
    run_events()
    qInstallMessageHandler(before)
    assert not said, "Qt warned: " + "; ".join(said)


@pytest.fixture(autouse=True)
def no_window_left(app: QApplication, no_qt_warning: list[str]) -> Iterator[None]:
    """Fail a test that leaves a visible top-level widget behind, and remove it so that the next test is not hit."""
    run_events()
    before = set(app.topLevelWidgets())
    yield
    run_events()
    left = [widget for widget in app.topLevelWidgets() if widget not in before and widget.isVisible()]
    names = [f"{type(widget).__name__} {widget.objectName()}" for widget in left]
    for widget in left:
        widget.hide()
        widget.deleteLater()
    run_events()
    assert not left, f"windows left behind: {names}"


def right_to_left(widget: QWidget) -> None:
    """Turn a widget and all in it to right-to-left."""
    widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
