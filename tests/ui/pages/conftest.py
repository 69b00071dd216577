"""A program at its lock screen, whose :meth:`World.unlock` goes to Settings; tests of other pages make their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import Sample
from tests.ui.pages.settings_world import World


@pytest.fixture
def world(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[World]:
    made = World(app, tmp_path, sample)
    yield made
    made.close()


@pytest.fixture
def opened(world: World) -> World:
    """The same, with Settings on the screen."""
    world.unlock()
    return world
