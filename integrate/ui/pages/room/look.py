"""How the session room looks: one palette, whatever was chosen for the rest, and a dimmer with a floor."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from integrate.ui.theme.look import Scheme
from integrate.ui.theme.theme import Theme
from integrate.ui.theme.tokens import load_tokens

LEVELS: Final = 4
"""How often the room can be made dimmer."""

TEXT: Final = 4.5
EDGE: Final = 3.0
"""The contrast ratios (WCAG 2.x) that text and edges have at every level."""

_STEP: Final = 0.01
_ROUNDING: Final = 0.04  # colours and the layer over them are whole numbers of 255: what is computed is a little more
_WHERE: Final = (
    ("ink1", TEXT, "surface"), ("ink2", TEXT, "surface"), ("ink3", TEXT, "canvas"), ("accent", TEXT, "surface"),
    ("control", EDGE, "surface"), ("help", EDGE, "surface"),
)  # fmt: skip
# What the kit's parts ask for, in the room's own colours.
_KIT: Final = MappingProxyType(
    {
        "sidebar": "canvas", "sunken": "surface", "select": "press", "line": "control", "accenthover": "accent",
        "accentpress": "ink2", "accenttint": "press", "onaccent": "canvas", "onDanger": "canvas", "focus": "ink1",
        "danger": "help", "dangertint": "surface", "disabled": "ink3", "scrim": "canvas", "thread": "ink2",
    }
)  # fmt: skip


class RoomTheme(Theme):
    """A theme of the room's own over the program's: fonts and text size are the program's, colours are the room's.

    It puts nothing on the application, so the window looks as before once the room is gone.
    """

    def __init__(self, base: Theme, parent: QObject | None = None) -> None:
        # Not Theme's own: that one changes the palette of the whole program.
        QObject.__init__(self, parent)
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise RuntimeError("there is no application")
        self._application = application
        self._tokens = load_tokens()
        self._pixmaps = {}
        self._base = base
        self.level = 0
        self.look = base.look
        self.scheme = _scheme(self._tokens.room, 0, base.scheme.colours)
        base.changed.connect(self._follow)

    def set_level(self, level: int) -> None:
        """Be as dim as that: 0 is not at all, :data:`LEVELS` the most."""
        level = min(max(level, 0), LEVELS)
        if level != self.level:
            self.level = level
            self._renew()

    @property
    def shade(self) -> float:
        """How much black lies over the room, 0 to 1."""
        return share_at(self._tokens.room, self.level)

    def font(self, role: str, *, weight: int | None = None, italic: bool = False, tabular: bool = False) -> QFont:
        """The font of a type role, as in the rest of the program."""
        return self._base.font(role, weight=weight, italic=italic, tabular=tabular)

    def sized_font(self, family: str, size: float, weight: int = 400, *, italic: bool = False) -> QFont:
        """A font outside the roles."""
        return self._base.sized_font(family, size, weight, italic=italic)

    @property
    def animation(self) -> int:
        """Nothing moves or fades here."""
        return 0

    def _follow(self) -> None:
        self.look = self._base.look
        self._renew()

    def _renew(self) -> None:
        self.scheme = _scheme(self._tokens.room, self.level, self._base.scheme.colours)
        self._pixmaps.clear()
        self.changed.emit()


def _scheme(room: Mapping[str, str], level: int, known: Mapping[str, str]) -> Scheme:
    colours = lifted(room, share_at(room, level))
    names = dict.fromkeys(known, colours["ink1"]) | dict(colours)
    return Scheme("room", MappingProxyType(names | {name: colours[token] for name, token in _KIT.items()}))


def share_at(room: Mapping[str, str], level: int) -> float:
    """How much black lies over the room at a level; the last one is the floor, where the brightest ink is just read."""
    most = 0.0
    while _enough(room["ink1"], room["surface"], most + _STEP, TEXT):
        most += _STEP
    return most * level / LEVELS


def lifted(room: Mapping[str, str], share: float) -> Mapping[str, str]:
    """The room's colours, those that could not be read below ``share`` of black brought nearer to the brightest ink.

    So text keeps 4.5 and edges keep 3.0, and making it dimmer takes light only from what has some to give.
    """
    colours = dict(room)
    for token, needed, ground in _WHERE:
        nearer = 0.0
        while nearer < 1 and not _enough(colours[token], room[ground], share, needed):
            nearer = min(nearer + _STEP, 1)
            colours[token] = _between(room[token], room["ink1"], nearer)
    return colours


def contrast_under(ink: str, ground: str, share: float) -> float:
    """The contrast ratio of two colours that ``share`` of black lies over."""
    one, other = sorted((_luminance(ink, share), _luminance(ground, share)))
    return (other + 0.05) / (one + 0.05)


def _enough(ink: str, ground: str, share: float, needed: float) -> bool:
    return contrast_under(ink, ground, share) >= needed + _ROUNDING


def _between(one: str, other: str, share: float) -> str:
    a, b = QColor(one), QColor(other)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    red, green, blue = (round(start + (end - start) * share) for start, end in pairs)
    return QColor(red, green, blue).name()


def _luminance(colour: str, share: float) -> float:
    def linear(channel: float) -> float:
        channel *= 1 - share
        return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

    found = QColor(colour)
    return 0.2126 * linear(found.redF()) + 0.7152 * linear(found.greenF()) + 0.0722 * linear(found.blueF())
