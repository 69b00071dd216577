"""Icons: Lucide's SVG files, recoloured for the scheme in force and drawn for the screen they are on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from integrate.resources import read_text

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_CURRENT: Final = "currentColor"


def draw_icon(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon ``name`` in ``colour`` (``#RRGGBB``), ``size`` device-independent pixels square.

    Raises:
        ResourceError: there is no such icon.
    """
    svg = read_text("icons", f"{name}.svg").replace(_CURRENT, colour)
    pixels = round(size * ratio)
    pixmap = QPixmap(QSize(pixels, pixels))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode("utf-8"))).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def make_icon(name: str, colour: str, disabled: str, size: int, ratio: float = 1.0) -> QIcon:
    """An icon for a button: in ``colour``, and in ``disabled`` where the button is unavailable."""
    from PySide6.QtGui import QIcon  # it brings 150 names of icons, and the first screen has none on its buttons

    icon = QIcon(draw_icon(name, colour, size, ratio))
    icon.addPixmap(draw_icon(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return icon
