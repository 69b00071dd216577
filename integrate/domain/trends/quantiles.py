"""Quantiles of a few numbers, by the one definition that all of Trends uses."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor


def quantile(values: Iterable[float], p: float) -> float:
    """The quantile ``p`` (0 to 1) of ``values`` in any order, by definition 7 of Hyndman and Fan.

    With the values in order x[0] … x[n−1] and h = (n − 1) · p, it lies between x[⌊h⌋] and the next one, at the fraction
    h − ⌊h⌋ of the way: 0 is the lowest value, 1 the highest, ½ the median. It is what R, NumPy and the function
    QUARTILE.INC of spreadsheets do when nothing else is asked of them.

    Source: R. J. Hyndman, Y. Fan: Sample Quantiles in Statistical Packages. The American Statistician 50 (1996),
    pages 361–365.

    Raises:
        ValueError: there are no values, or ``p`` is not from 0 to 1.
    """
    ordered = sorted(values)
    if not ordered or not 0 <= p <= 1:
        raise ValueError("a quantile is of at least one value, and from 0 to 1")
    place = (len(ordered) - 1) * p
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def median(values: Iterable[float]) -> float:
    """The middle value: half of the values lie on either side; of an even number the mean of the two in the middle.

    Raises:
        ValueError: there are no values.
    """
    return quantile(values, 0.5)
