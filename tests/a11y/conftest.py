"""The application and the watch over Qt's warnings are those of the window's own tests."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.ui.conftest import app, no_lane_left, no_qt_warning, no_window_left, one_locale

__all__ = ["app", "no_lane_left", "no_qt_warning", "no_window_left", "one_locale"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-trees", action="store_true", help="write the reference trees of tests/a11y/trees anew, then compare"
    )
