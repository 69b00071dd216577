"""A series: every number given to one measure while it meant the same, in order of time. Trends is made of them.

Versions of a measure form one series as long as a number says the same under each of them: they share the range, the
step, the kind of answer and the direction, and the words at the two ends stand the same way round. So another name, or
another spelling of an end, changes nothing. Another direction begins another series, and so do ends that are swapped:
a 2 is then what an 8 was before. Taken back, the numbers belong together again.

Ends are swapped where a word that stood at one end stands at the other, and neither end kept its own; upper and lower
case count as one. Where both ends have words of their own that were never there before, nobody but the person knows
what became of the meaning, and it stays one series: a measure of its own is the way to tell such numbers apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from integrate.domain.measures import Definition, Direction, MeasureKind

Meaning: TypeAlias = tuple[int, int, float, MeasureKind, Direction, bool]
"""What versions of one series share: lowest, highest, step, kind, direction, and whether the ends are turned."""


@dataclass(frozen=True, slots=True)
class Series:
    """The answers to one measure that share a meaning, as columns of the same length.

    ``days`` are proleptic Gregorian ordinals of the local day each answer is about, ``instants`` microseconds since
    1970 in UTC, ``values`` what was answered ("No answer" is not in it). They are ordered by instant, then by value.
    ``definition`` is the newest of this series. ``is_current`` says that it is the measure as it is asked now: after a
    new range, the numbers before it are a series of their own. ``turned``: the words at the ends stand the other way
    round than they did at first.
    """

    measure_id: UUID
    definition: Definition
    is_current: bool
    days: tuple[int, ...]
    instants: tuple[int, ...]
    values: tuple[float, ...]
    turned: bool = False

    def __post_init__(self) -> None:
        if not len(self.days) == len(self.instants) == len(self.values):
            raise ValueError("the columns of a series have one length")

    @property
    def key(self) -> tuple[UUID, Meaning]:
        """What tells it from every other series; the same however often, and for whichever days, it is read."""
        return self.measure_id, _meaning(self.definition, self.turned)


@dataclass(frozen=True, slots=True)
class SeriesSet:
    """Every series there is, in the place of the measures; of one measure the newest meaning first.

    ``unreadable`` counts damaged check-ins and definitions. What they held is in no series, and nothing stands for it.
    """

    series: tuple[Series, ...] = ()
    unreadable: int = 0


def meanings(versions: Sequence[Definition]) -> tuple[Meaning, ...]:
    """What a number means under each of the ``versions`` of one measure, the oldest first: equal ones form a series."""
    found: list[bool] = []
    for place, one in enumerate(versions):
        turned = found[-1] if found else False
        for earlier in range(place - 1, -1, -1):  # the last one before that tells which way round the ends stand
            swapped = _are_swapped(versions[earlier], one)
            if swapped is not None:
                turned = found[earlier] != swapped
                break
        found.append(turned)
    return tuple(_meaning(one, turned) for one, turned in zip(versions, found, strict=True))


def _are_swapped(before: Definition, after: Definition) -> bool | None:
    """Whether the ends changed places; None where the words do not tell."""
    (low, high), (new_low, new_high) = _ends(before), _ends(after)
    if (low, high) == (new_low, new_high):
        return False
    kept = low == new_low or high == new_high
    crossed = (low != "" and low == new_high) or (high != "" and high == new_low)
    return True if crossed and not kept else None


def _ends(definition: Definition) -> tuple[str, str]:
    return definition.low.strip().casefold(), definition.high.strip().casefold()


def _meaning(definition: Definition, turned: bool) -> Meaning:
    one = definition
    return one.lowest, one.highest, one.step, one.kind, one.direction, turned
