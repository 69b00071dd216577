"""What a person chose about how the window looks, and which scheme follows from it and from the system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from integrate.ui.theme.tokens import Tokens

SMALLEST_TEXT: Final = 90
LARGEST_TEXT: Final = 200
TEXT_STEP: Final = 10


@dataclass(frozen=True, slots=True)
class Look:
    """The choices: a theme (system, light, dark, contrast), text in percent (90–200), inter, system or atkinson."""

    theme: str = "system"
    text_size: int = 100
    reduced_motion: bool = False
    ui_font: str = "inter"

    @property
    def scale(self) -> float:
        """The factor on every length that belongs to text."""
        return min(max(self.text_size, SMALLEST_TEXT), LARGEST_TEXT) / 100


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours in force. ``name`` is light, dark or contrast."""

    name: str
    colours: Mapping[str, str]

    @property
    def contrast(self) -> bool:
        """Whether this is high contrast: no tints, all lines in the colour of the text."""
        return self.name == "contrast"

    @property
    def dark(self) -> bool:
        """Whether text is lighter than its ground."""
        return QColor(self.colours["canvas"]).lightness() < QColor(self.colours["ink1"]).lightness()


def scheme_for(look: Look, tokens: Tokens, system: QPalette) -> Scheme:
    """The scheme that ``look`` asks for; ``system`` is the palette before ours replaced it."""
    hints = QGuiApplication.styleHints()
    if look.theme == "contrast" or (look.theme == "system" and _wants_contrast()):
        return Scheme("contrast", contrast_colours(tokens, system))
    if look.theme == "dark" or (look.theme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark):
        return Scheme("dark", tokens.dark)
    return Scheme("light", tokens.light)


def _wants_contrast() -> bool:
    preference = QGuiApplication.styleHints().accessibility().contrastPreference()
    return preference == Qt.ContrastPreference.HighContrast


def contrast_colours(tokens: Tokens, system: QPalette) -> Mapping[str, str]:
    """High contrast has no tokens of its own: every one of them becomes a colour of the system's palette."""
    window = system.color(QPalette.ColorRole.Window)
    text = system.color(QPalette.ColorRole.WindowText)
    if _contrast(window, text) < _ENOUGH:  # a system palette of greys: then black and white, whichever way it leans
        dark = window.lightness() < _MIDDLE
        window, text = (QColor("#000000"), QColor("#FFFFFF")) if dark else (QColor("#FFFFFF"), QColor("#000000"))
    accent = system.color(QPalette.ColorRole.Highlight)
    if _contrast(window, accent) < _READABLE:
        accent = text
    on_accent = max((QColor("#FFFFFF"), QColor("#000000")), key=lambda colour: _contrast(accent, colour))
    grounds = frozenset(
        {"canvas", "sidebar", "surface", "sunken", "select", "accenttint", "preparetint", "experiencetint",
         "integratetint", "dangertint", "band0", "band1", "band2", "band3", "band4"}
    )  # fmt: skip
    accents = frozenset({"accent", "accenthover", "accentpress", "focus"})
    reversed_text = frozenset({"onaccent", "onDanger"})

    def colour(token: str) -> str:
        if token in grounds:
            return window.name()
        if token in accents:
            return accent.name()
        if token in reversed_text:
            return (on_accent if token == "onaccent" else window).name()
        return text.name()

    return MappingProxyType({token: colour(token) for token in tokens.light})


_ENOUGH: Final = 7.0  # WCAG's enhanced contrast for text
_READABLE: Final = 4.5
_MIDDLE: Final = 128


def _contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.x, 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())
