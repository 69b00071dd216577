"""The two families that ship: Inter for what the program says, Literata for what the person writes."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from integrate.resources import resource_path

# What the first screen needs comes first; the others follow with the first widget that wants them.
UI_FILES: Final = ("Inter_400Regular.ttf", "Inter_500Medium.ttf", "Inter_600SemiBold.ttf")
HEAVIEST_AT_START: Final = 600
BOLD_FILES: Final = ("Inter_700Bold.ttf",)
PAGE_FILES: Final = ("Literata_400Regular.ttf", "Literata_400Regular_Italic.ttf", "Literata_500Medium.ttf")

ATKINSON: Final = "Atkinson Hyperlegible"
TRACKING: Final = MappingProxyType({"title1": -0.3, "title2": -0.1})
"""Pixels at 100 % by which the letters of a type role stand closer: large type looks loose without."""
_PAGE_FALLBACKS: Final = ("Georgia", "Noto Serif", "serif")


def add_fonts(files: tuple[str, ...]) -> None:
    """Make font files of ``resources/fonts`` known to this process. One that cannot be read leaves the fallbacks."""
    for name in files:
        QFontDatabase.addApplicationFont(str(resource_path("fonts", name)))


def atkinson_is_installed() -> bool:
    """Whether the system has the Atkinson Hyperlegible family, which Settings then offers."""
    return any(family.startswith(ATKINSON) for family in QFontDatabase.families())


def ui_families(choice: str) -> list[str]:
    """Families for the program's words, best first; ``choice`` is inter, system or atkinson."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).families()
    match choice:
        case "system":
            return system
        case "atkinson":
            return [ATKINSON, f"{ATKINSON} Next", *system]
        case _:
            return ["Inter", *system]


def page_families(choice: str) -> list[str]:
    """Families for the person's words. Whoever needs Atkinson's letters needs them there too."""
    return [ATKINSON, f"{ATKINSON} Next", "Literata"] if choice == "atkinson" else ["Literata", *_PAGE_FALLBACKS]


def make_font(families: list[str], pixels: int, weight: int, *, italic: bool = False, tabular: bool = False) -> QFont:
    """A font of ``pixels`` (device-independent), CSS ``weight``; ``tabular`` gives figures of one width."""
    font = QFont(families)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font
