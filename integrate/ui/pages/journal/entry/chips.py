"""Chips of the entry's bar that the kit has no shape for: one that opens a popover, and one without an edge."""

from __future__ import annotations

from integrate.ui.widgets.chip import Chip


class PopoverChip(Chip):
    """A chip with a chevron; what it opens is no menu."""

    def _trailing(self) -> str:
        return "chevron-down"


class BareChip(Chip):
    """Words and an icon without an edge: something that could be added."""

    def _tokens(self) -> tuple[str, str, str]:
        ground, _edge, ink = super()._tokens()
        return ground, "line" if self.theme.scheme.contrast else "", ink
