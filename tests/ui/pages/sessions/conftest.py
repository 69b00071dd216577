"""A program at its lock screen, with a journal that can be filled before the Sessions page is opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import Sample
from tests.ui.pages.sessions.sessions_world import SessionsWorld, sarahs_course


@pytest.fixture
def world(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[SessionsWorld]:
    made = SessionsWorld(app, tmp_path, sample)
    yield made
    made.close()


@pytest.fixture
def ids(world: SessionsWorld) -> dict[int, UUID]:
    """Sarah's course is on the page: the ids of its sessions by number."""
    made = world.fill(sarahs_course)
    world.open_page()
    return made
