"""Which characters the pages can show, and what stands for the others: no text at all is refused.

Pages are set with fonts that ship with the program. They have Latin, Greek, Cyrillic, Hebrew and Arabic letters and
emoji. A character that none of them has (Chinese, for example) is shown as :data:`STAND_IN` and counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from integrate.sharing.font_widths import advances_of

STAND_IN: Final = "□"

_FAMILIES: Final = (
    (("fonts", "Literata_400Regular.ttf"), ("fonts", "Literata_500Medium.ttf")),
    (("fonts", "Inter_400Regular.ttf"), ("fonts", "Inter_600SemiBold.ttf")),
    (("report", "fonts", "NotoNaskhArabic_400Regular.ttf"),),
    (("report", "fonts", "NotoSansHebrew_400Regular.ttf"),),
    (("report", "fonts", "NotoEmoji_400Regular.ttf"),),
)
"""The fonts of each family of the pages, in the order in which they are asked."""
_USUAL: Final = 2
"""So many of them have the letters of most text."""

_BREAKS: Final = re.compile("\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_JOINERS: Final = frozenset(
    (0x200C, 0x200D, *range(0xFE00, 0xFE10), *range(0xE0020, 0xE0080), *range(0xE0100, 0xE01F0))
)
"""Characters that change the look of those beside them and have none of their own."""
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_UNSEEN: Final = frozenset((0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, 0x2060)) | _JOINERS
"""Characters that say where lines may break and which way they run: they need no glyph."""
_WITHOUT_A_LOOK: Final = frozenset(("Cc", "Cf"))
_NEVER: Final = frozenset(("Cs", "Co", "Cc"))
_REFUSED: Final = frozenset((0xFEFF,))
"""A mark of byte order: PDF/UA refuses it also where a font has it."""
_MARKS: Final = frozenset(("Mn", "Mc", "Me"))
_WIDEST: Final = 1.5
"""Of nearly all letters, in parts of the size of the text."""
_NOTHING_BEFORE: Final = "\u00a0"
ANY_BREAK: Final = "\u200b"
"""Where a line may end without a sign of it."""
_ZWJ: Final = "\u200d"


@dataclass(frozen=True, slots=True)
class Shown:
    """Text as the pages can show it, and how many characters of it are replaced."""

    text: str
    replaced: int = 0


def shown(text: str) -> Shown:
    """``text`` with its lines, and with :data:`STAND_IN` for each character that no font of the pages has.

    Every kind of line break becomes a newline, a tab four spaces. Characters without a look of their own that would
    turn the order of a line around (embeddings, overrides, isolates) are left out, as are control characters.

    Raises:
        ResourceError: a font is missing or cannot be understood.
    """
    text = _BREAKS.sub("\n", text).replace("\t", "    ")
    if _everywhere().fullmatch(text):
        return Shown(text)
    pieces, replaced = [], 0
    for cluster in _clusters(text):
        piece, missing = _cluster_shown(cluster)
        pieces.append(piece)
        replaced += missing
    return Shown("".join(pieces), replaced)


def runs_rightwards(text: str) -> bool | None:
    """Whether a paragraph with this text begins at the right: its first letter decides. None: there is no letter."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in ("R", "AL"):
            return True
        if way == "L":
            return False
    return None


def is_blank(text: str) -> bool:
    """Whether there is nothing to see of a text."""
    return not any(ord(letter) not in _UNSEEN and not letter.isspace() for letter in text)


def breakable(text: str, room: float) -> str:
    """``text`` with places for a line break in words that are wider than ``room``: no word leaves its column.

    ``room`` is a width in parts of the size of the text.
    """
    fewest = max(int(room / _WIDEST), 1)
    if len(text) <= fewest:
        return text
    solid = r"(?:[^\s\u00ad\u200b/-]|[/-](?![^\W\d_]))"  # a line may end at a stroke or hyphen before a letter
    return re.sub(f"{solid}{{{fewest + 1},}}", lambda found: _broken(found.group(), room), text)


def _broken(word: str, room: float) -> str:
    pieces, begin, width = [], 0, 0.0
    for place, letter in enumerate(word):
        advance = 0.0 if _goes_on(letter) else _width(letter)
        if width + advance > room and place > begin and not _goes_on(letter) and word[place - 1] != _ZWJ:
            pieces.append(word[begin:place])
            begin, width = place, 0.0
        width += advance
    return ANY_BREAK.join((*pieces, word[begin:]))


def _goes_on(letter: str) -> bool:
    """Whether a character belongs to the one before it."""
    code = ord(letter)
    return code in _JOINERS or code in _SKIN_TONES or unicodedata.category(letter) in _MARKS


def _clusters(text: str) -> Iterator[str]:
    """A character with all that belongs to it, one after another: one font has to have all of it."""
    begin = 0
    for place in range(1, len(text)):
        after_a_line = text[place - 1] == "\n"
        if after_a_line or (not _goes_on(text[place]) and text[place - 1] != _ZWJ):
            yield text[begin:place]
            begin = place
    yield text[begin:]


def _cluster_shown(cluster: str) -> tuple[str, int]:
    """A cluster as it can be shown, and how many characters are replaced in it."""
    if cluster == "\n":
        return cluster, 0
    if unicodedata.category(cluster[0]) in _MARKS:  # at the beginning of a line: it would take the font of the break
        cluster = _NOTHING_BEFORE + cluster
    for form in (cluster, unicodedata.normalize("NFC", cluster), unicodedata.normalize("NFD", cluster)):
        if _one_font_has(form):
            return form, 0
    if len(cluster) == 1:
        return _stand_in(cluster)
    pieces, replaced = "", 0
    for letter in cluster:
        if ord(letter) in _JOINERS or _one_font_has(pieces[-1:] + letter):
            pieces += "" if ord(letter) in _JOINERS else letter
            continue
        apart = unicodedata.category(letter) not in _MARKS and _one_font_has(letter)
        piece, missing = (letter, 0) if apart else _stand_in(letter)
        pieces, replaced = pieces + piece, replaced + missing
    return pieces, replaced


def _stand_in(letter: str) -> tuple[str, int]:
    category = unicodedata.category(letter)
    if category in _WITHOUT_A_LOOK:
        return "", 0
    if category == "Zs":
        return " ", 0
    return STAND_IN, 1


def _one_font_has(cluster: str) -> bool:
    needed = {ord(letter) for letter in cluster} - _UNSEEN
    return any(needed <= letters for letters in _letters())


@cache
def _letters() -> tuple[frozenset[int], ...]:
    """For each family, the characters that all its fonts have."""
    return tuple(frozenset.intersection(*map(_of_font, fonts)) for fonts in _FAMILIES)


def _of_font(parts: tuple[str, ...]) -> frozenset[int]:
    return frozenset(code for code in advances_of(*parts) if unicodedata.category(chr(code)) not in _NEVER) - _REFUSED


@cache
def _width(letter: str) -> float:
    """How wide a letter is in the widest font that may show it, in parts of the size of the text."""
    usual = [found for fonts in _FAMILIES[:_USUAL] for found in _widths(letter, fonts)]
    return max(usual or [found for fonts in _FAMILIES[_USUAL:] for found in _widths(letter, fonts)], default=1.0)


def _widths(letter: str, fonts: Iterable[tuple[str, ...]]) -> Iterator[float]:
    for parts in fonts:
        found = advances_of(*parts).get(ord(letter))
        if found is not None:
            yield found


@cache
def _everywhere() -> re.Pattern[str]:
    """Text of letters that both families of the words have, without marks: most text there is."""
    common = _letters()[0] & _letters()[1]
    plain = (chr(code) for code in common if unicodedata.category(chr(code)) not in _MARKS | {"Cf"})
    return re.compile(f"[\n{re.escape(''.join(plain))}]*")
