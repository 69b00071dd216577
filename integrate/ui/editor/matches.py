"""Finding words in one text, case and diacritics set aside, fast enough for every letter typed into the field."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from integrate.domain.snippets import fold


def find_all(text: str, wanted: str) -> list[tuple[int, int]]:
    """(start, end) of everything in ``text`` that reads like ``wanted``, in order, without overlaps.

    Accents, capitals and compatible letters count as the same: "strasse" finds "Straße". An accent written as a mark of
    its own belongs to its letter.
    """
    needle = fold(wanted)
    if not needle:
        return []
    folded, moved = _fold(text)
    starts, at = [], folded.find(needle)
    while at >= 0:
        starts.append(at)
        at = folded.find(needle, at + len(needle))
    if moved is None:
        return [(start, start + len(needle)) for start in starts]
    found: list[tuple[int, int]] = []
    for start in starts:
        place = moved.start(start), moved.end(start + len(needle))
        if not found or place[0] >= found[-1][1]:  # "s" is twice in "ß", which is still one place
            found.append(place)
    return found


class _Moved:
    """Where characters of a folded text were before. ``places`` are those whose folded length is not one."""

    def __init__(self, places: list[tuple[int, int]]) -> None:
        self._originals = [place for place, _length in places]
        grown = list(accumulate((length - 1 for _place, length in places), initial=0))
        self._grown = grown
        # The folded place behind each of them, from which on the shift holds.
        self._behind = [place + 1 + after for place, after in zip(self._originals, grown[1:], strict=True)]
        self._before = [place + before for place, before in zip(self._originals, grown, strict=False)]

    def start(self, folded: int) -> int:
        """The character that the folded one at ``folded`` comes from."""
        number = bisect_right(self._behind, folded)
        if number < len(self._before) and self._before[number] <= folded:
            return self._originals[number]
        return folded - self._grown[number]

    def end(self, folded: int) -> int:
        """The place behind all characters that the folded ones before ``folded`` come from, with marks that follow."""
        last = self.start(folded - 1) + 1
        number = bisect_right(self._originals, last - 1)
        while number < len(self._originals) and self._originals[number] == last and self._vanishes(number):
            last, number = last + 1, number + 1
        return last

    def _vanishes(self, number: int) -> bool:
        return self._grown[number + 1] < self._grown[number]


def _fold(text: str) -> tuple[str, _Moved | None]:
    if text.isascii():
        return text.lower(), None
    letters = {letter: fold(letter) for letter in set(text)}
    folded = text.translate({ord(letter): one for letter, one in letters.items() if letter != one})
    uneven = {letter for letter, one in letters.items() if len(one) != 1}
    if not uneven:
        return folded, None
    return folded, _Moved([(at, len(letters[letter])) for at, letter in enumerate(text) if letter in uneven])
