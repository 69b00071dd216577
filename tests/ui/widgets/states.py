"""What screen readers are told of a widget, short enough for a test's line."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

Role = QAccessible.Role


def told(widget: QWidget) -> QAccessibleInterface:
    """The interface of a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def name(widget: QWidget) -> str:
    return told(widget).text(QAccessible.Text.Name)


def description(widget: QWidget) -> str:
    return told(widget).text(QAccessible.Text.Description)


def role(widget: QWidget) -> QAccessible.Role:
    return told(widget).role()
