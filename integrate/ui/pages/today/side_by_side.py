"""Rows that become columns where there is no room for them, and the order in which Tab goes through a page."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget


def side_by_side(row: QBoxLayout, room: int, first: int = 0) -> None:
    """Lay ``row`` from side to side where its parts fit into ``room`` pixels, and downwards where they do not.

    The first part may be squeezed as far as it can be, but not below ``first`` pixels.
    """
    row.setDirection(QBoxLayout.Direction.LeftToRight)
    part = row.itemAt(0)
    squeezed = part.minimumSize().width() if part is not None else 0
    if row.minimumSize().width() + max(first - squeezed, 0) > room:
        row.setDirection(QBoxLayout.Direction.TopToBottom)


def tab_through(parts: Iterable[QWidget]) -> None:
    """Let Tab go through ``parts``, one after the other: Qt goes by when a thing was made, and some are made later.

    What hands its focus on goes along with what it is handed to. Left where it was, it would lead Tab back there before
    the rest of the window is reached.
    """
    stops = [
        stop
        for part in parts
        for stop in (part, *part.findChildren(QWidget))
        if stop.focusProxy() is not None or stop.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
