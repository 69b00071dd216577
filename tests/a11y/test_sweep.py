"""The accessibility sweep: every screen of the program, one after another, in one window."""

from __future__ import annotations

import re
from difflib import unified_diff
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from integrate.journal import opening
from integrate.ui.pages.welcome import words_step
from integrate.ui.registry import PAGES
from integrate.ui.scene import first_stop
from integrate.ui.widgets.sheet import Sheet
from tests.a11y.checks import alike, cut_off, nameless, outside, unreached, walk_round
from tests.a11y.screens import ACTS, PLAIN, TIGHT, playing, screens_of, show, top_layer
from tests.a11y.tree import tree
from tests.ui.waiting import run_events
from tools.screens import Act, Screen
from tools.stage import Stage

TREES = Path(__file__).with_name("trees")
CHECKSUM = re.compile(r"[0-9a-f]{8}( [0-9a-f]{8}){7}")

each_act = pytest.mark.parametrize(
    "act", [pytest.param(act, id=act.name, marks=() if act.name in PLAIN else pytest.mark.hard) for act in ACTS]
)


def report(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{screen}: {line}" for screen, lines in found.items() for line in lines)


def gather(found: dict[str, list[str]], screen: str, lines: list[str]) -> None:
    if lines:
        found[screen] = found.get(screen, []) + lines


def f6_round(stage: Stage, layer: QWidget) -> list[str]:
    """Press F6 once round: it comes to every region of a scene, and leaves no sheet."""
    scene = stage.window.scene()
    assert scene is not None
    regions = [region for region in scene.regions() if region.isVisible() and first_stop(region) is not None]
    missed, strayed = [] if isinstance(layer, Sheet) else list(regions), set()
    for _ in range(len(regions) + 1):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        run_events()
        focused = QApplication.focusWidget()
        if not layer.isAncestorOf(focused):
            strayed.add(f"F6 leaves the {type(layer).__name__} for a {type(focused).__name__}")
        missed = [one for one in missed if one is not focused and not one.isAncestorOf(focused)]
    return [*strayed, *(f"F6 never comes to {type(one).__name__}" for one in missed)]


def same_tree(stage: Stage, screen: Screen, folder: Path, *, write: bool) -> list[str]:
    """What a screen reader is told is what the reference says."""
    # What protects a file is drawn anew each time, and so is its checksum.
    now = CHECKSUM.sub("…", tree(stage.window).replace(str(folder), "…"))
    kept = TREES / f"{screen.name}.txt"
    if write:
        TREES.mkdir(exist_ok=True)
        kept.write_text(now, encoding="utf-8")
    before = kept.read_text(encoding="utf-8") if kept.exists() else ""
    return list(unified_diff(before.splitlines(), now.splitlines(), "kept", "now", n=0, lineterm=""))


@pytest.fixture
def the_same_words_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recovery words are random, and so is which of them are asked back."""
    words = ("abandon", *("ability",) * 10, "zoo")
    monkeypatch.setattr(opening, "propose_recovery_words", lambda: words)
    chance = SimpleNamespace(sample=lambda _numbers, _count: [4, 11])
    monkeypatch.setattr(words_step, "secrets", SimpleNamespace(SystemRandom=lambda: chance))


@each_act
@pytest.mark.usefixtures("the_same_words_each_time")
def test_every_screen_can_be_read_and_used_with_the_keyboard_alone(
    act: Act, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    found: dict[str, list[str]] = {}
    differing: dict[str, list[str]] = {}
    pages = set()
    with playing(act, tmp_path) as stage:
        for screen in screens_of(act, stage):
            layer = top_layer(stage)
            pages.add(stage.page())
            write = request.config.getoption("--write-trees")
            gather(differing, screen.name, same_tree(stage, screen, tmp_path, write=write))
            gather(found, screen.name, [f"no name or role: {line}" for line in nameless(layer)])
            gather(found, screen.name, [f"alike: {line}" for line in alike(layer)])
            stops = walk_round(layer)
            gather(found, screen.name, [f"Tab does not reach: {line}" for line in unreached(layer, stops)])
            gather(found, screen.name, [f"Tab leaves it for: {line}" for line in outside(layer, stops)])
            gather(found, screen.name, f6_round(stage, layer))
    assert not found, report(found)
    assert not differing, f"look at these, then `make a11y-trees`:\n{report(differing)}"
    if act.name == "open":
        assert pages == {spec.id for spec in PAGES}, "every page of the registry is among the screens"


@pytest.mark.hard
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_no_word_is_cut_off(act: Act, tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}
    with playing(act, tmp_path) as stage:
        for screen in screens_of(act, stage):
            for look in TIGHT:
                show(stage, look)
                gather(found, f"{screen.name} at {look.width} px, {look.text} %", cut_off(top_layer(stage)))
    assert not found, report(found)


def test_each_reference_tree_belongs_to_a_screen() -> None:
    names = [screen.name for act in ACTS for screen in act.screens]
    assert len(names) == len(set(names))
    assert {file.stem for file in TREES.glob("*.txt")} == set(names)
