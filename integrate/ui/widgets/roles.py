"""What screen readers are told about parts that Qt's own classes have no role for."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_ROLES: Final = MappingProxyType(
    {
        "Heading": QAccessible.Role.Heading,
        "SheetPanel": QAccessible.Role.Dialog,
        "ItemCard": QAccessible.Role.Grouping,
        "Banner": QAccessible.Role.Notification,
        "Toast": QAccessible.Role.Notification,
        "StrengthMeter": QAccessible.Role.Indicator,
        "Busy": QAccessible.Role.Indicator,
        "PhaseGlyph": QAccessible.Role.Graphic,
        "PhaseTag": QAccessible.Role.StaticText,
        "BrandMark": QAccessible.Role.Graphic,
        "StepRow": QAccessible.Role.ListItem,
        "StepList": QAccessible.Role.List,
        "CoursePathView": QAccessible.Role.List,
        "CourseNode": QAccessible.Role.ListItem,
        "ChartView": QAccessible.Role.Chart,
    }
)


def install_roles() -> None:
    """Tell Qt the roles of the kit's parts. Once per process, before the first window; nothing runs until asked."""
    QAccessible.installFactory(_interface)


def _interface(class_name: str, thing: QObject) -> QAccessibleInterface | None:
    if class_name == "MenuCombo":
        return _menu_combo(thing)
    role = _ROLES.get(class_name)
    if role is None or not isinstance(thing, QWidget):
        return None
    return QAccessibleWidget(thing, role, "")


def _menu_combo(thing: QObject) -> QAccessibleInterface | None:
    from integrate.ui.widgets.menu_field import MenuCombo, MenuComboTold  # there already: the thing is one

    return MenuComboTold(thing) if isinstance(thing, MenuCombo) else None
