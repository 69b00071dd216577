"""What a screen reader is told of a window, as text and as facts: read from Qt's own accessible interfaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

_SILENT = frozenset(
    {QAccessible.Role.Client, QAccessible.Role.Pane, QAccessible.Role.LayeredPane, QAccessible.Role.Grouping}
)
"""Roles of what only holds other things; they are told where they have a name."""
_UNKNOWN = frozenset({QAccessible.Role.NoRole, QAccessible.Role.Client})
_STATES = ("checked", "disabled", "readOnly", "selected", "expanded", "collapsed", "passwordEdit", "modal")
_LONGEST = 70  # letters of what stands in a field


@dataclass(frozen=True, slots=True)
class Told:
    """One control as it is told."""

    role: str
    name: str
    description: str
    known: bool

    def __str__(self) -> str:
        return f"{self.role} “{self.name}”" + (f" ({self.description})" if self.description else "")


def told(widget: QWidget) -> Told:
    """How a widget introduces itself."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None, widget
    role = found.role()
    text = QAccessible.Text
    return Told(role.name, found.text(text.Name), found.text(text.Description), role not in _UNKNOWN)


def tree(window: QWidget) -> str:
    """Everything that can be seen, indented, one line each: role, name, description, value and states."""
    root = QAccessible.queryAccessibleInterface(window)
    assert root is not None
    return "".join(f"{'  ' * depth}{line}\n" for depth, line in _lines(root, 0))


def _lines(thing: QAccessibleInterface, depth: int) -> Iterator[tuple[int, str]]:
    if thing.state().invisible and thing.role() is not QAccessible.Role.Window:
        return
    said = _said(thing)
    if said:
        yield depth, said
    for number in range(thing.childCount()):
        child = thing.child(number)
        if child is not None and child.isValid():
            yield from _lines(child, depth + bool(said))


def _said(thing: QAccessibleInterface) -> str:
    text = QAccessible.Text
    role, name, description = thing.role(), thing.text(text.Name), thing.text(text.Description)
    if role in _SILENT and not name:
        return ""
    state = thing.state()
    states = [word for word in _STATES if getattr(state, word)]
    value = thing.text(text.Value)
    parts = [role.name, f"“{name}”" if name else ""]
    if description and description != name:
        parts.append(f"({description})")
    if value and value != name and role is not QAccessible.Role.StaticText:
        parts.append(f"= “{value[:_LONGEST]}{'…' if len(value) > _LONGEST else ''}”")
    if states:
        parts.append(f"[{', '.join(states)}]")
    return " ".join(part for part in parts if part).replace("\n", " ⏎ ")
