"""The registry's actions as QActions of a window: menu bar, shortcuts, and which of them can be had now."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from integrate.i18n import _
from integrate.ui.registry import ACTIONS, PAGES, ActionSpec, Menu, Place, Scope, go_action

_MAC_ROLES: Final = (
    ("quit", QAction.MenuRole.QuitRole),
    ("settings", QAction.MenuRole.PreferencesRole),
    ("about", QAction.MenuRole.AboutRole),
)


def page_actions() -> tuple[ActionSpec, ...]:
    """One action for each page of the sidebar, with its digit."""
    return tuple(
        ActionSpec(go_action(spec.id), spec.title, Menu.GO, (f"Ctrl+{spec.digit}",) if spec.digit else ())
        for spec in PAGES
        if spec.place is Place.SIDEBAR
    )


def all_actions() -> tuple[ActionSpec, ...]:
    """Every action there is, those of the pages first."""
    return (*page_actions(), *ACTIONS)


def keys_of(spec: ActionSpec) -> tuple[QKeySequence, ...]:
    """The shortcuts of an action on this system, the one to show first."""
    keys = spec.keys
    if sys.platform == "darwin" and spec.mac_keys is not None:
        keys = spec.mac_keys
    return tuple(QKeySequence(key) for key in keys)


class Actions:
    """All actions of one window. The menu bar stays hidden until Alt or F10, except where the system draws it."""

    def __init__(self, window: QMainWindow, perform: Callable[[str], None]) -> None:
        self._actions: dict[str, QAction] = {}
        menus: dict[Menu, QMenu] = {menu: window.menuBar().addMenu(_(menu.value)) for menu in Menu}
        for spec in all_actions():
            action = QAction(_(spec.title), window)
            action.setObjectName(spec.id)
            if spec.local:
                # Whoever has the focus takes the key itself; the menu only says which one it is.
                action.setText(f"{_(spec.title)}\t{keys_of(spec)[0].toString(QKeySequence.SequenceFormat.NativeText)}")
            else:
                action.setShortcuts(keys_of(spec))
            action.triggered.connect(partial(_perform, perform, spec.id))
            menus[spec.menu].addAction(action)
            window.addAction(action)  # a hidden menu bar takes no keys
            self._actions[spec.id] = action
        for name, role in _MAC_ROLES:
            self._actions[name].setMenuRole(role)

    def enable_for(self, page_id: str | None) -> None:
        """Say which can be had: with ``page_id`` None the journal is locked."""
        for spec in all_actions():
            self._actions[spec.id].setEnabled(
                spec.scope is Scope.ALWAYS
                or (page_id is not None and (spec.scope is Scope.OPEN or spec.scope.value == page_id))
            )

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]


def _perform(perform: Callable[[str], None], action_id: str, _checked: bool = False) -> None:
    perform(action_id)
