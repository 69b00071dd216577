"""Names, the keyboard's way round and room for words, on the page and on each of its sheets."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from integrate.domain.entry import Phase
from tests.a11y.checks import alike, cut_off, nameless, outside, unreached
from tests.ui.conftest import right_to_left
from tests.ui.pages.sessions.sessions_world import SessionsWorld
from tests.ui.waiting import run_events

Reach = Callable[[SessionsWorld, dict[int, UUID]], QWidget]
LOOKS = ((1280, 100), (1000, 100), (720, 100), (1280, 200), (720, 200))


def overview(world: SessionsWorld, ids: dict[int, UUID]) -> QWidget:
    world.sessions_page.show_overview()
    return world.sessions_page


def session(phase: Phase) -> Reach:
    def reach(world: SessionsWorld, ids: dict[int, UUID]) -> QWidget:
        world.open_session(ids[4])
        world.sessions_page.session.stages.open_only(phase)
        return world.sessions_page

    return reach


def sheet(name: str, number: int | None = None) -> Reach:
    def reach(world: SessionsWorld, ids: dict[int, UUID]) -> QWidget:
        if number is not None:
            world.open_session(ids[number])
        world.press(name)
        return world.sheets()[-1]

    return reach


SCREENS: dict[str, Reach] = {
    "overview": overview,
    "prepare": session(Phase.PREPARE),
    "experience": session(Phase.EXPERIENCE),
    "integrate": session(Phase.INTEGRATE),
    "plan": sheet("Change my plan"),
    "checklist": sheet("Change my checklist"),
    "carer": sheet("Change Daniel"),
    "new session": sheet("New session"),
    "close": sheet("Close this course"),
    "edit": sheet("Edit this session", 4),
}


def walk_round() -> list[QWidget]:
    """Press Tab until it comes round; in a date it first goes from day to month and year, which is one stop."""
    stops: list[QWidget] = []
    for _press in range(200):
        before = QApplication.focusWidget()
        assert before is not None
        QTest.keyClick(before, Qt.Key.Key_Tab)
        run_events()
        now = QApplication.focusWidget()
        assert now is not None, "Tab led nowhere"
        if stops and now is stops[-1]:
            continue
        if now in stops:
            return stops
        stops.append(now)
    raise AssertionError("Tab did not come round")


@pytest.mark.parametrize(
    "name",
    [name if name in ("overview", "prepare") else pytest.param(name, marks=pytest.mark.hard) for name in SCREENS],
)
def test_every_control_is_named_apart_and_reached_and_no_word_is_cut(
    world: SessionsWorld, ids: dict[int, UUID], name: str
) -> None:
    layer = SCREENS[name](world, ids)
    world.settle()
    assert not nameless(layer)
    assert not alike(layer)
    stops = walk_round()
    if layer is not world.sessions_page:
        assert not outside(layer, stops)
    assert not unreached(layer, stops)
    for width, text in LOOKS:
        world.program.change_settings(text_size=text)
        world.program.window.resize(width, 832)
        world.settle()
        assert not cut_off(layer), (width, text)


@pytest.mark.parametrize("name", ["overview", "prepare", "experience"])
def test_it_can_be_read_from_right_to_left(world: SessionsWorld, ids: dict[int, UUID], name: str) -> None:
    layer = SCREENS[name](world, ids)
    right_to_left(world.program.window)
    world.settle()
    assert not cut_off(layer)
    world.program.window.grab()
