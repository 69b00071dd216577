"""Every key there is, as data: menus from the registry, and what the page one writes on takes itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from integrate.i18n import _
from integrate.ui.actions import all_actions, keys_of
from integrate.ui.registry import Menu

_NATIVE = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """What belongs together: a title, and in order what can be done and the keys for it as this system writes them."""

    title: str
    keys: tuple[tuple[str, str], ...]


def key_groups() -> tuple[KeyGroup, ...]:
    """All keys, menu by menu, then those of the writing page."""
    menus = tuple(
        KeyGroup(
            _(menu.value).replace("&", ""),
            tuple(
                (_(spec.title), _written(keys_of(spec)))
                for spec in all_actions()
                if spec.menu is menu and keys_of(spec)
            ),
        )
        for menu in Menu
    )
    return (*(group for group in menus if group.keys), _while_writing())


def _while_writing() -> KeyGroup:
    standard = QKeySequence.StandardKey
    named = (
        (_("Bold"), _first(standard.Bold)),
        (_("Italic"), _first(standard.Italic)),
        (_("Copy"), _first(standard.Copy)),
        (_("Cut"), _first(standard.Cut)),
        (_("Paste"), _first(standard.Paste)),
        (_("Select everything"), _first(standard.SelectAll)),
        (_("Next item of a list, or end of the list"), _one("Return")),
        (_("New line without a next item"), _one("Shift+Return")),
        (_("To the next part of the page"), _one("Tab")),
    )
    return KeyGroup(_("While writing"), tuple((words, keys) for words, keys in named if keys))


def _first(standard: QKeySequence.StandardKey) -> str:
    return _written(QKeySequence.keyBindings(standard)[:1])


def _one(key: str) -> str:
    return _written((QKeySequence(key),))


def _written(keys: Sequence[QKeySequence]) -> str:
    return _(" or ").join(key.toString(_NATIVE) for key in keys)
