"""A desktop of one's own: an X server, a message bus and the bus of screen readers.

Nothing of it touches the display, the bus or the home of who runs the tests, and its homes are apart from the
program's. Only what is started here is ended.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.displays import x_server
from tests.helpers.secret_service import end, need, private_bus

READING_PYTHON = "/usr/bin/python3"
"""Debian's own interpreter: its python3-pyatspi is what reads the screen."""

_LAUNCHERS = (Path("/usr/libexec/at-spi-bus-launcher"), Path("/usr/lib/at-spi2-core/at-spi-bus-launcher"))


@dataclass(frozen=True, slots=True)
class Desktop:
    """What a program needs to appear on it, and what a person and a screen reader need to use it."""

    env: dict[str, str]
    display: str

    def program_env(self, world: dict[str, str]) -> dict[str, str]:
        """The environment of a program whose home is that of ``world`` and whose window is on this desktop."""
        return {
            **world,
            "DISPLAY": self.display,
            "DBUS_SESSION_BUS_ADDRESS": self.env["DBUS_SESSION_BUS_ADDRESS"],
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_SCALE_FACTOR": "1",
            "TZ": "Europe/Lisbon",
            "LANG": "C.UTF-8",
        }


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """A desktop whose own files are below ``folder``. Skips where a program it needs is not installed."""
    need("Xvfb", "xdotool", "dbus-daemon")
    launcher = next((path for path in _LAUNCHERS if path.exists()), None)
    if launcher is None:
        pytest.skip("at-spi2-core is not installed")
    if subprocess.run([READING_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False).returncode:
        pytest.skip("python3-pyatspi is not installed")
    with ExitStack() as stack:
        folder.mkdir(parents=True, exist_ok=True)
        display = stack.enter_context(x_server(folder / "screen"))
        bus = stack.enter_context(private_bus(folder / "bus"))
        bus.env["DISPLAY"] = display
        with (folder / "readers").open("wb") as errors:
            readers = subprocess.Popen([launcher, "--launch-immediately"], env=bus.env, stdout=errors, stderr=errors)
        stack.callback(end, readers)
        yield Desktop(bus.env, display)
