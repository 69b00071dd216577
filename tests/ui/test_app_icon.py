"""The program's icon: drawn for each size, and on every window once it is asked for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from integrate.ui.process import set_window_icon
from integrate.ui.theme.app_icon import SIZES, draw_app_icon

ACCENT, CANVAS = QColor("#1F6460"), QColor("#FAF8F4")


@pytest.mark.parametrize("size", SIZES)
def test_ring_and_dot_are_apart_in_every_size(app: QApplication, size: int) -> None:
    image = draw_app_icon(size)
    middle = size // 2
    row = [image.pixelColor(at, middle) for at in range(middle, size)]
    kinds = [colour for colour in row if colour in (ACCENT, CANVAS)]
    changes = [kinds[0], *(after for before, after in pairwise(kinds) if after != before)]
    assert changes == [ACCENT, CANVAS, ACCENT, CANVAS]  # dot, gap, ring, ground
    assert image.pixelColor(0, 0).alpha() < 64


def test_every_window_gets_it_in_the_sizes_a_desktop_asks_for(app: QApplication) -> None:
    before = app.windowIcon()
    try:
        set_window_icon(app)
        assert {size.width() for size in app.windowIcon().availableSizes()} == set(SIZES)
    finally:
        app.setWindowIcon(QIcon(before))
