"""Where labels go, so that none covers another and all stay inside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from integrate.charts.scene import Box, Point, Text, box_of, overlap


def spread_out(wanted: Sequence[float], length: float, low: float, high: float) -> tuple[float, ...] | None:
    """Middles for labels of one ``length``, near ``wanted``, apart by that length and all between ``low`` and ``high``.

    They keep the order of ``wanted`` (where equal, of the sequence), and groups that touch stay around the mean of
    what they wanted. None: there is no room for all of them.
    """
    if len(wanted) * length > high - low + 1e-9:
        return None
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    groups: list[tuple[float, list[int]]] = []  # the middle of a group, and who is in it
    for place in order:
        middle, members = _between(wanted[place], length, low, high), [place]
        while groups and groups[-1][0] + length * len(groups[-1][1]) / 2 > middle - length * len(members) / 2 + 1e-9:
            _middle, before = groups.pop()
            members = before + members
            mean = sum(wanted[one] for one in members) / len(members)
            middle = _between(mean, length * len(members), low, high)
        groups.append((middle, members))
    found = [0.0] * len(wanted)
    for middle, members in groups:
        for number, place in enumerate(members):
            found[place] = middle + (number - (len(members) - 1) / 2) * length
    return tuple(found)


def _between(middle: float, length: float, low: float, high: float) -> float:
    return max(min(middle, high - length / 2), low + length / 2)


class Taken:
    """The room that is taken. One is made for each scene; labels ask it in the order of their importance."""

    def __init__(self, area: Box, gap: float = 2.0) -> None:
        self._area = area
        self._gap = gap
        self._boxes: list[Box] = []

    def boxes(self) -> tuple[Box, ...]:
        """All the room that is taken."""
        return tuple(self._boxes)

    def take(self, box: Box) -> None:
        """This room is taken, whatever else is there."""
        self._boxes.append(box)

    def take_line(self, points: Sequence[Point], step: float = 8.0) -> None:
        """A line is taken along its way, in boxes of at most ``step`` pixels."""
        for (x, y), (to_x, to_y) in pairwise(points):
            count = max(int(max(abs(to_x - x), abs(to_y - y)) / step), 1)
            for part in range(count):
                ends = [(x + (to_x - x) * at / count, y + (to_y - y) * at / count) for at in (part, part + 1)]
                (x1, y1), (x2, y2) = ends
                self._boxes.append((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))

    def is_free(self, box: Box) -> bool:
        """Whether a box lies inside of the scene and covers nothing."""
        left, top, right, bottom = self._area
        inside = box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom
        return inside and not any(overlap(box, other, self._gap) for other in self._boxes)

    def put(self, candidates: Iterable[Text]) -> Text | None:
        """The first of the candidates that is free takes its room. None: none is."""
        for text in candidates:
            box = box_of(text)
            if self.is_free(box):
                self._boxes.append(box)
                return text
        return None
