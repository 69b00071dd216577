"""Breakpoints: they use the effective width, so that 200 % text at 1280 pixels gives the narrow layout."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

MINIMUM_WIDTH: Final = 720
MINIMUM_HEIGHT: Final = 560
USUAL_WIDTH: Final = 1280
USUAL_HEIGHT: Final = 832

PAGE_TOP: Final = 32
PAGE_SIDE: Final = 40
CONTENT_WIDTH: Final = 1120  # where a page stops growing


class WidthClass(IntEnum):
    """How much room there is."""

    NARROW = 0  # a rail of icons with labels, one column
    MEDIUM = 1
    WIDE = 2


_WIDE_FROM: Final = 1200
_MEDIUM_FROM: Final = 960


def width_class(pixels: int, scale: float) -> WidthClass:
    """The class of a window ``pixels`` wide at the text size ``scale``."""
    effective = pixels / scale
    if effective >= _WIDE_FROM:
        return WidthClass.WIDE
    return WidthClass.MEDIUM if effective >= _MEDIUM_FROM else WidthClass.NARROW
