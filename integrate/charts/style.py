"""How a scene measures its words and writes its dates and numbers: given by whoever knows the language and the font."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from integrate.charts.scene import Anchor, Mark, Rect, Text, box_of

TICK: Final = 12
STRONG: Final = 600

_NARROW: Final = frozenset(" .,:;'!|ijlI()[]")
_WIDE: Final = frozenset("mwMW@%—…")
_IDEOGRAPHS: Final = 0x2E80  # from here on letters are as wide as they are high
_CENTRE: Final = 0.36  # from the middle of capitals and digits down to their baseline, in parts of the size


def rough_width(words: str, size: float, weight: int = 400) -> float:
    """An estimate of the width of ``words`` in pixels, on the wide side, for where no font can be asked."""
    total = 0.0
    for letter in words:
        if letter in _NARROW:
            total += 0.38
        elif letter in _WIDE or ord(letter) >= _IDEOGRAPHS:
            total += 1.02
        else:
            total += 0.68 if letter.islower() or letter.isdigit() else 0.76
    return total * size


@dataclass(frozen=True, slots=True)
class Names:
    """Dates and numbers in the language of the person.

    ``month`` is short ("Aug"), ``month_year`` too ("Jan 2027"), ``day`` has no year ("14 Aug"), ``number``
    shows decimals only where there are some.
    """

    month: Callable[[date], str]
    month_year: Callable[[date], str]
    year: Callable[[date], str]
    day: Callable[[date], str]
    number: Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Style:
    """The size of text as a factor (0.9 to 2), how it is measured, and how dates and numbers are written.

    ``plain`` is for where shades cannot be told apart (high contrast): what is a shade elsewhere becomes a size.
    """

    names: Names
    scale: float = 1.0
    measure: Callable[[str, float, int], float] = rough_width
    plain: bool = False

    def px(self, length: float) -> float:
        """A length that belongs to text, at the size of the text."""
        return length * self.scale

    @property
    def line(self) -> float:
        """The height of a line of text in pixels."""
        return self.px(16)

    def width(self, words: str, weight: int = 400) -> float:
        """The width of a label in pixels."""
        return self.measure(words, round(self.px(TICK)), weight)

    def fitting(self, words: str, room: float, weight: int = 400) -> str:
        """``words``, cut short with three dots where they need more than ``room`` pixels; "" where nothing fits."""
        if self.width(words, weight) <= room:
            return words
        low, high = 0, len(words)  # so many letters fit; so many do not
        while high - low > 1:
            middle = (low + high) // 2
            fits = self.width(words[:middle].rstrip() + "…", weight) <= room
            low, high = (middle, high) if fits else (low, middle)
        return words[:low].rstrip() + "…" if low else ""

    def label(
        self, x: float, middle: float, words: str, role: str = "ink2", anchor: Anchor = "start", weight: int = 400
    ) -> Text:
        """A label whose digits and capitals have their middle at ``middle``."""
        size = round(self.px(TICK))
        return Text(x, middle + _CENTRE * size, words, role, anchor, size, weight, self.width(words, weight))


def within(text: Text, left: float, right: float) -> Text:
    """The same text moved sideways until it lies between ``left`` and ``right``; one too wide begins at ``left``."""
    start = text.x - {"start": 0.0, "middle": text.width / 2, "end": text.width}[text.anchor]
    moved = max(min(start, right - text.width), left) - start
    if not moved:
        return text
    return Text(text.x + moved, text.y, text.words, text.role, text.anchor, text.size, text.weight, text.width)


def backed(text: Text) -> tuple[Mark, ...]:
    """A text on a piece of ground of its own, so that lines behind it do not run through it."""
    left, top, right, bottom = box_of(text)
    return Rect(left - 1, top, right - left + 2, bottom - top, "surface", radius=2.0), text
