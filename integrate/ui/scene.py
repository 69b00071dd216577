"""What fills the window, or a page's place in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from integrate.ui.layout import WidthClass


class Scene(QWidget):
    """Something that fills the window or a page's place in it."""

    def perform(self, action_id: str) -> bool:
        """Do an action of the registry; False when it is none of this scene's."""
        return False

    def heading(self) -> QWidget | None:
        """What takes the focus when the scene is shown."""
        return None

    def regions(self) -> Sequence[QWidget]:
        """Where F6 stops, in order."""
        return (self,)

    def set_width_class(self, width: WidthClass) -> None:
        """Lay out for a window of this width (by effective width: pixels over text size)."""


def first_stop(region: QWidget) -> QWidget | None:
    """The region itself where it takes the focus, else the first thing inside that does."""
    if region.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return region
    return next(
        (
            child
            for child in region.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible() and child.isEnabled()
        ),
        None,
    )
