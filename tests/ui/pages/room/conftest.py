"""A program at its lock screen, whose journal has a session planned for today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import Sample
from tests.ui.pages.room.room_world import RoomWorld, room_world


@pytest.fixture
def here(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[RoomWorld]:
    with room_world(app, tmp_path, sample) as made:
        yield made
