"""The one application of the tests' own process, without a screen."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture
def application() -> QApplication:
    """The application; made when the first test asks for it."""
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication([])
