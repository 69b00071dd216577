"""Draw the program's icon in every size and form that a desktop wants, from the drawings in `resources/icons/app`.

Usage: python packaging/icon/render.py FOLDER

FOLDER gets `hicolor/` (PNG in each size and the drawing itself, as Linux desktops look for it), `integrate.ico` for
Windows and `integrate.icns` for macOS.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Final

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a build has no display

from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage

from integrate.resources import resource_path
from integrate.ui.process import DESKTOP_FILE
from integrate.ui.theme.app_icon import draw_app_icon

PNG_SIZES: Final = (16, 22, 24, 32, 48, 64, 96, 128, 192, 256, 512)
ICO_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
ICNS_SIZES: Final = (16, 32, 64, 128, 256, 512, 1024)


def as_pillow(image: QImage) -> Image.Image:
    """The same picture for Pillow, which writes the forms that Qt only reads."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return Image.frombytes("RGBA", (plain.width(), plain.height()), bytes(plain.constBits()))


def write_pngs(folder: Path) -> None:
    """Write the tree that belongs into `share/icons`."""
    for size in PNG_SIZES:
        place = folder / "hicolor" / f"{size}x{size}" / "apps"
        place.mkdir(parents=True, exist_ok=True)
        as_pillow(draw_app_icon(size)).save(place / f"{DESKTOP_FILE}.png", optimize=True)
    scalable = folder / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(resource_path("icons", "app", "integrate.svg"), scalable / f"{DESKTOP_FILE}.svg")


def write_bundle(file: Path, sizes: tuple[int, ...]) -> None:
    """Write one file that holds the icon in several sizes, each drawn for itself instead of scaled."""
    pictures = [as_pillow(draw_app_icon(size)) for size in sizes]
    pictures[-1].save(file, sizes=[(size, size) for size in sizes], append_images=pictures[:-1])


def main(arguments: list[str]) -> int:
    """Write everything into the folder named; return the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: render.py FOLDER\n")
        return 2
    folder = Path(arguments[0])
    application = QGuiApplication(["render"])
    write_pngs(folder)
    write_bundle(folder / "integrate.ico", ICO_SIZES)
    write_bundle(folder / "integrate.icns", ICNS_SIZES)
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
