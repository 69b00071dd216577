"""A series: every number given to one measure under one range, in the order of time. All of Trends is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from integrate.domain.measures import Definition


@dataclass(frozen=True, slots=True)
class Series:
    """The answers to one measure that share a range, as columns of the same length.

    ``days`` are proleptic Gregorian ordinals of the local day each answer is about, ``instants`` microseconds since
    1970 in UTC, ``values`` what was answered ("No answer" is not in it). They are ordered by instant, then by value.
    ``definition`` is the newest that has this range, step and kind. ``is_current`` says that it is the measure as it
    is asked now: after a new range, the numbers before it are a series of their own.
    """

    measure_id: UUID
    definition: Definition
    is_current: bool
    days: tuple[int, ...]
    instants: tuple[int, ...]
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if not len(self.days) == len(self.instants) == len(self.values):
            raise ValueError("the columns of a series have one length")


@dataclass(frozen=True, slots=True)
class SeriesSet:
    """Every series there is, in the place of the measures; of one measure the newest range first.

    ``unreadable`` counts damaged check-ins and definitions. What they held is in no series, and nothing stands for it.
    """

    series: tuple[Series, ...] = ()
    unreadable: int = 0
