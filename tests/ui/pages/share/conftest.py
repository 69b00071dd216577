"""A world with an empty journal, not yet unlocked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import Sample
from tests.ui.pages.share.share_world import ShareWorld


@pytest.fixture
def world(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[ShareWorld]:
    made = ShareWorld(app, tmp_path, sample)
    yield made
    made.close()
