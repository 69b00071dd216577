"""On X11 selecting text publishes it to every program; the writing surface does that only when it may."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.displays import x_server

CHILD = Path(__file__).with_name("primary_child.py")
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("choice", ["kept", "offered"])
def test_a_selection_is_published_only_when_it_may_be(choice: str, tmp_path: Path) -> None:
    with x_server(tmp_path / "errors") as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, str(CHILD), choice], env=environment, capture_output=True, text=True, timeout=60
        )
    platform, selected, by_keys, by_mouse = done.stdout.strip("\n").split("|")
    assert (platform, selected) == ("xcb", "canary"), done.stderr
    expected = ("canary words that nobody else may read", "canary") if choice == "offered" else ("", "")
    assert (by_keys, by_mouse) == expected
