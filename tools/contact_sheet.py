"""Contact sheets: one screen in all its looks on one sheet, beside the picture it was designed after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

if TYPE_CHECKING:
    from tools.screens import Look

_SCALE: Final = 0.5
_GAP: Final = 24
_CAPTION: Final = 28
_GROUND: Final = "#5B6061"
_INK: Final = "#FFFFFF"
_COLUMNS: Final = 3


def write_sheets(output: Path, names: Mapping[str, str], looks: Sequence[Look], designs: Path | None) -> None:
    """One sheet for each screen into ``output``/sheets; ``names`` says which design picture belongs to it."""
    folder = output / "sheets"
    folder.mkdir(exist_ok=True)
    for name, design in names.items():
        pictures = [(look.name, QImage(str(output / look.name / f"{name}.png"))) for look in looks]
        if designs is not None and design:
            drawn = [(file.stem, QImage(str(file))) for file in sorted(designs.glob(f"{design}*.png"))]
            pictures = [(f"design: {stem}", image) for stem, image in drawn] + pictures
        _sheet(pictures).save(str(folder / f"{name}.png"))


def _sheet(pictures: Sequence[tuple[str, QImage]]) -> QImage:
    cell = QSize(
        round(max(image.width() for _name, image in pictures) * _SCALE),
        round(max(image.height() for _name, image in pictures) * _SCALE) + _CAPTION,
    )
    rows = -(-len(pictures) // _COLUMNS)
    size = QSize(_COLUMNS * (cell.width() + _GAP) + _GAP, rows * (cell.height() + _GAP) + _GAP)
    sheet = QImage(size, QImage.Format.Format_RGB32)
    sheet.fill(QColor(_GROUND))
    painter = QPainter(sheet)
    painter.setPen(QColor(_INK))
    painter.setFont(QFont("Inter", 11))
    for at, (name, image) in enumerate(pictures):
        row, column = divmod(at, _COLUMNS)
        corner = QPoint(_GAP + column * (cell.width() + _GAP), _GAP + row * (cell.height() + _GAP))
        painter.drawText(QRect(corner, QSize(cell.width(), _CAPTION)), Qt.AlignmentFlag.AlignVCenter, name)
        small = image.scaled(
            image.size() * _SCALE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(corner + QPoint(0, _CAPTION), small)
    painter.end()
    return sheet
