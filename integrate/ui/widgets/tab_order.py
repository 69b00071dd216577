"""The order in which Tab goes through what is on a page."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_through(parts: Iterable[QWidget]) -> None:
    """Let Tab go through ``parts``, one after the other: Qt goes by when a thing was made, and some are made later.

    What hands its focus on goes along with what it is handed to. Left where it was, it would lead Tab back there before
    the rest of the window is reached. What opens as a window of its own, such as the list of a menu field, does not.
    """
    stops = [
        stop
        for part in parts
        for stop in (part, *part.findChildren(QWidget))
        if stop.window() is part.window()
        and (stop.focusProxy() is not None or stop.focusPolicy() & Qt.FocusPolicy.TabFocus)
    ]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
