"""The program's own icon: the ring with a dot, drawn by us, in a simpler drawing where it is small."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from integrate.resources import read_text

SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
"""Pixels square: what window managers, task bars and switchers ask for."""

_SMALL: Final = 32  # up to here a thin edge and a wide margin would only blur


def draw_app_icon(size: int) -> QImage:
    """The icon, ``size`` pixels square, on nothing. Needs no window system, only an application.

    Raises:
        ResourceError: its drawing is missing.
    """
    name = "integrate-small.svg" if size <= _SMALL else "integrate.svg"
    image = QImage(QSize(size, size), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(read_text("icons", "app", name).encode("utf-8"))).render(painter)
    painter.end()
    return image


def app_icon() -> QIcon:
    """The icon in every size that a desktop asks a window for.

    Raises:
        ResourceError: its drawing is missing.
    """
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(QPixmap.fromImage(draw_app_icon(size)))
    return icon
