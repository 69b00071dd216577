"""Rows that become columns where there is no room for them."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout


def side_by_side(row: QBoxLayout, room: int, first: int = 0) -> None:
    """Lay ``row`` from side to side where its parts fit into ``room`` pixels, and downwards where they do not.

    The first part may be squeezed as far as it can be, but not below ``first`` pixels.
    """
    row.setDirection(QBoxLayout.Direction.LeftToRight)
    part = row.itemAt(0)
    squeezed = part.minimumSize().width() if part is not None else 0
    if row.minimumSize().width() + max(first - squeezed, 0) > room:
        row.setDirection(QBoxLayout.Direction.TopToBottom)
