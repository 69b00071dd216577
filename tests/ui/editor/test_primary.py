"""On X11 selecting text publishes it to every program; the writing surface does that only when it may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHILD = Path(__file__).with_name("primary_child.py")
ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="needs Xvfb, an X server without a screen")
@pytest.mark.parametrize("choice", ["kept", "offered"])
def test_a_selection_is_published_only_when_it_may_be(choice: str) -> None:
    reader, writer = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            os.close(writer)
            with os.fdopen(reader) as stream:
                display = stream.readline().strip()
            environment = {**os.environ, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
            done = subprocess.run(
                [sys.executable, str(CHILD), choice], env=environment, capture_output=True, text=True, timeout=60
            )
        finally:
            server.terminate()
    platform, selected, by_keys, by_mouse = done.stdout.strip("\n").split("|")
    assert (platform, selected) == ("xcb", "canary"), done.stderr
    expected = ("canary words that nobody else may read", "canary") if choice == "offered" else ("", "")
    assert (by_keys, by_mouse) == expected
