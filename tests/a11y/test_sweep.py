"""The accessibility sweep: every screen of the program, one after another, in one window."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.journal import opening
from integrate.ui.pages.welcome import words_step
from integrate.ui.registry import PAGES
from integrate.ui.widgets.sheet import Sheet
from tests.a11y.checks import alike, cut_off, nameless, outside, unreached, walk_round
from tests.a11y.screens import ACTS, OPEN, TIGHT, Act, playing, screens_of, show, top_layer
from tests.a11y.tree import tree
from tests.ui.waiting import run_events

TREES = Path(__file__).with_name("trees")

each_act = pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)


def report(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{screen}: {line}" for screen, lines in found.items() for line in lines)


def gather(found: dict[str, list[str]], screen: str, lines: list[str]) -> None:
    if lines:
        found[screen] = found.get(screen, []) + lines


@each_act
def test_every_control_has_a_name_of_its_own_and_a_role(act: Act, tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}
    with playing(act, tmp_path) as stage:
        for screen in screens_of(act, stage):
            layer = top_layer(stage)
            gather(found, screen.name, nameless(layer))
            gather(found, screen.name, alike(layer))
    assert not found, report(found)


@each_act
def test_the_keyboard_alone_reaches_everything(act: Act, tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}
    with playing(act, tmp_path) as stage:
        for screen in screens_of(act, stage):
            layer = top_layer(stage)
            stops = walk_round(layer)
            gather(found, screen.name, [f"not reached: {line}" for line in unreached(layer, stops)])
            gather(found, screen.name, [f"leaves it: {line}" for line in outside(layer, stops)])
    assert not found, report(found)


@each_act
def test_no_word_is_cut_off(act: Act, tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}
    with playing(act, tmp_path) as stage:
        for screen in screens_of(act, stage):
            for look in TIGHT:
                show(stage, look)
                lines = cut_off(top_layer(stage))
                gather(found, f"{screen.name} at {look.width} px, {look.text} %", lines)
    assert not found, report(found)


@each_act
def test_f6_goes_round_the_regions(act: Act, tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}
    with playing(act, tmp_path) as stage:
        for screen in screens_of(act, stage):
            layer = top_layer(stage)
            scene = stage.window.scene()
            assert scene is not None
            regions = [region for region in scene.regions() if region.isVisible()]
            missed = [] if isinstance(layer, Sheet) else list(regions)
            for _ in range(len(regions) + 1):
                QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
                run_events()
                focused = QApplication.focusWidget()
                if not layer.isAncestorOf(focused):
                    gather(found, screen.name, [f"F6 leaves the {type(layer).__name__} for {focused}"])
                missed = [one for one in missed if one is not focused and not one.isAncestorOf(focused)]
            gather(found, screen.name, [f"F6 never comes to {type(one).__name__}" for one in missed])
    assert not found, report(found)


@pytest.fixture
def the_same_words_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recovery words are random, and so is which of them are asked back."""
    words = ("abandon", *("ability",) * 10, "zoo")
    monkeypatch.setattr(opening, "propose_recovery_words", lambda: words)
    chance = SimpleNamespace(sample=lambda _numbers, _count: [4, 11])
    monkeypatch.setattr(words_step, "secrets", SimpleNamespace(SystemRandom=lambda: chance))


@each_act
@pytest.mark.usefixtures("the_same_words_each_time")
def test_what_a_screen_reader_is_told_is_as_it_was(act: Act, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    differing = []
    with playing(act, tmp_path) as stage:
        for screen in screens_of(act, stage):
            now = tree(stage.window).replace(str(tmp_path), "…")
            kept = TREES / f"{screen.name}.txt"
            if request.config.getoption("--write-trees"):
                kept.write_text(now, encoding="utf-8")
            if not kept.exists() or kept.read_text(encoding="utf-8") != now:
                differing.append(screen.name)
    assert not differing, f"look at these, then `make a11y-trees`: {', '.join(differing)}"


def test_every_page_of_the_registry_is_swept(tmp_path: Path) -> None:
    met = set()
    with playing(OPEN, tmp_path) as stage:
        for _screen in screens_of(OPEN, stage):
            met.add(stage.page())
    assert met == {spec.id for spec in PAGES}


def test_each_reference_tree_belongs_to_a_screen() -> None:
    names = [screen.name for act in ACTS for screen in act.screens]
    assert len(names) == len(set(names))
    assert {file.stem for file in TREES.glob("*.txt")} == set(names)
