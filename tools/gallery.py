"""Pictures of every screen, from a fixed journal and clock: ``make gallery`` (all looks and sizes), ``make run`` (few).

Usage: python tools/gallery.py OUTPUT [--all] [--designs FOLDER]

With --all every screen is drawn in light, dark and high contrast, at 1280, 960 and 720 pixels and with text of 100 and
200 %; contact sheets put the same screen of all looks side by side, and beside it the picture of the same name in the
folder of the designs, where there is one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
if "--window" not in sys.argv:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tools.contact_sheet import write_sheets  # noqa: E402 - the platform has to be chosen before Qt is loaded
from tools.screens import LOOKS, Look, draw_screens  # noqa: E402 - as above


def main(arguments: list[str]) -> int:
    """Draw the pictures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--all", action="store_true", help="every look, width and text size")
    parser.add_argument("--designs", type=Path, help="folder with the design pictures")
    given = parser.parse_args(arguments)
    shutil.rmtree(given.output, ignore_errors=True)
    given.output.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="integrate-gallery-") as folder:
        names = draw_screens(Path(folder), given.output, LOOKS if given.all else (Look(),))
    if given.all:
        write_sheets(given.output, names, LOOKS, given.designs)
    print(f"{len(names)} screens are in {given.output}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
