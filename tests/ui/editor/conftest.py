"""A theme and a writing surface without a screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.ui.editor.surface import WritingSurface
from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme

MakeSurface = Callable[..., WritingSurface]


@pytest.fixture(scope="session")
def application() -> QApplication:
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication([])


@pytest.fixture(scope="session")
def shared_theme(application: QApplication) -> Theme:
    return Theme(application, Look(theme="light"))


@pytest.fixture
def theme(shared_theme: Theme) -> Iterator[Theme]:
    shared_theme.set_look(Look(theme="light"))
    yield shared_theme
    shared_theme.set_look(Look(theme="light"))


def mime_for(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


@pytest.fixture
def make_surface(theme: Theme) -> Iterator[MakeSurface]:
    made: list[WritingSurface] = []

    def make(text: str = "", width: int = 752, height: int = 719, **options: object) -> WritingSurface:
        surface = WritingSurface(theme, mime_for, name="Entry", **options)  # type: ignore[arg-type]  # passed through
        made.append(surface)
        surface.resize(width, height)
        surface.set_text(text)
        surface.show()
        surface.activateWindow()
        surface.setFocus()
        assert QTest.qWaitForWindowActive(surface)
        return surface

    yield make
    for surface in made:
        surface.close()
        surface.deleteLater()
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete


@pytest.fixture
def surface(make_surface: MakeSurface) -> WritingSurface:
    return make_surface()
