"""What a stage is made of: sections with a hairline between them, in one column, or in two where there is room."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.ui.pages.sessions.rows import PADDING

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_RULE: Final = 17
_BETWEEN: Final = 4
_COLUMNS_APART: Final = 40


class Section(QWidget):
    """A part of a stage under its own heading."""

    def is_filled(self) -> bool:
        """Whether it shows more than a way to add something: only then a hairline sets it apart."""
        return True


class StageBody(QWidget):
    """What is inside a stage."""

    def set_beside(self, beside: bool) -> None:
        """Lay it out in two columns side by side, or in one; what has only one column stays as it is."""


class Sections(QWidget):
    """Sections one below the other: ``first``, and below or beside them ``second``.

    Those in ``outset`` hold rows whose ground reaches beyond the words, and keep the padding for it themselves.
    """

    def __init__(
        self, theme: Theme, first: Sequence[QWidget], second: Sequence[QWidget], outset: Collection[QWidget] = ()
    ) -> None:
        super().__init__()
        self._beside = False
        self._columns: list[list[tuple[_Rule, QWidget]]] = []
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        for parts in (first, second):
            column = QVBoxLayout()
            column.setSpacing(_BETWEEN)
            self._columns.append([self._add(theme, column, part, part in outset) for part in parts])
            column.addStretch(1)
            self._layout.addLayout(column)
        self._layout.setStretch(1, 1)

    def _add(self, theme: Theme, column: QVBoxLayout, part: QWidget, outset: bool) -> tuple[_Rule, QWidget]:
        rule = _Rule(theme)
        column.addWidget(rule)
        rule.hide()
        row = QHBoxLayout()
        side = 0 if outset else PADDING
        row.setContentsMargins(side, 0, side, 0)
        row.addWidget(part)
        column.addLayout(row)
        return rule, part

    def set_beside(self, beside: bool) -> None:
        """Two columns side by side, or one below the other."""
        if beside == self._beside:
            return
        self._beside = beside
        directions = QBoxLayout.Direction
        self._layout.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._layout.setSpacing(_COLUMNS_APART - 2 * PADDING if beside else 0)
        self._layout.setStretch(0, int(beside))
        self._rule()

    def event(self, event: QEvent) -> bool:
        """A section was filled or emptied: the lines between them change with it."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._rule()
        return super().event(event)

    def _rule(self) -> None:
        above = False
        for column in self._columns:
            if self._beside:
                above = False
            for rule, part in column:
                shown = not part.isHidden()
                filled = part.is_filled() if isinstance(part, Section) else True
                wanted = shown and filled and above
                if wanted == rule.isHidden():
                    rule.setVisible(wanted)
                above = above or shown


class _Rule(QWidget):
    """A hairline with room above and below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(_RULE)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        thick = 2 if self._theme.scheme.contrast else 1
        width = self.width() - 2 * PADDING
        QPainter(self).fillRect(PADDING, self.height() // 2, width, thick, self._theme.color("hair"))
