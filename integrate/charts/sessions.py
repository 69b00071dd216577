"""Sessions on an axis of time: purple discs with a number where they took place, purple-edged squares where planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from integrate.charts.axis import Plot
from integrate.charts.legend import LegendItem, dot_sample, line_sample, rect_sample
from integrate.charts.placing import Taken
from integrate.charts.scene import Anchor, Box, Dots, Line, Mark, Rect
from integrate.charts.style import STRONG, Style
from integrate.i18n import _

HEIGHT: Final = 26
"""The row above a plot in which sessions have their numbers, in pixels at 100 %."""

_DISC: Final = 20
_SQUARE: Final = 18
_SMALL: Final = 3.5
_PLANNED_DASH: Final = (4.0, 3.0)
_TODAY_DASH: Final = (1.5, 3.0)


@dataclass(frozen=True, slots=True)
class SessionMark:
    """A session: the ordinal of its day, its number as it is shown, and whether it took place."""

    day: int
    label: str
    held: bool


def session_marks(
    sessions: Sequence[SessionMark], plot: Plot, bottom: float, row: float, taken: Taken, style: Style
) -> Iterator[Mark]:
    """Lines from the row with its middle at ``row`` down to ``bottom``, and numbers where there is room for them.

    The newest get their numbers first; the others keep a dot.
    """
    shown = [session for session in sessions if plot.shows(session.day)]
    for session in shown:
        x = plot.x(session.day)
        yield Line(((x, row), (x, bottom)), "experiencemark", 1.5, () if session.held else _PLANNED_DASH)
    numbered: list[Mark] = []
    for session in sorted(shown, key=lambda one: one.day, reverse=True):
        x = plot.x(session.day)
        box = _box(session, x, row, style)
        if taken.is_free(box):
            taken.take(box)
            numbered += _numbered(session, box, x, row, style)
        else:
            fill, line = ("", 0.0) if session.held else ("surface", 1.5)
            yield Dots(((x, row),), _SMALL, "experience", fill, line)
    yield from numbered  # over the dots


def _box(session: SessionMark, x: float, row: float, style: Style) -> Box:
    height = style.px(_DISC if session.held else _SQUARE)
    width = max(height, style.width(session.label, STRONG) + style.px(10))
    return x - width / 2, row - height / 2, x + width / 2, row + height / 2


def _numbered(session: SessionMark, box: Box, x: float, row: float, style: Style) -> Iterator[Mark]:
    left, top, right, bottom = box
    if session.held:
        yield Rect(left, top, right - left, bottom - top, "experience", radius=(bottom - top) / 2)
        yield style.label(x, row, session.label, "surface", "middle", STRONG)
        return
    yield Rect(left, top, right - left, bottom - top, "surface", "experience", 1.5, style.px(4))
    yield style.label(x, row, session.label, "experience", "middle", STRONG)


def today_marks(today: int | None, plot: Plot, bottom: float, row: float, taken: Taken, style: Style) -> Iterator[Mark]:
    """A dotted line, and its word beside the row of sessions, where there is room for it."""
    if today is None or not plot.shows(today):
        return
    x, words = plot.x(today), _("today")
    yield Line(((x, row), (x, bottom)), "ink3", 1.5, _TODAY_DASH)
    gap = style.px(5)
    beside = [
        style.label(x + side * gap * far, row, words, "ink2", anchor) for far in (1, 3) for side, anchor in _SIDES
    ]
    text = taken.put([*beside, style.label(x, row, words, "ink2", "middle")])
    if text is not None:
        yield text


_SIDES: Final[tuple[tuple[int, Anchor], ...]] = ((1, "start"), (-1, "end"))


def session_legend(
    sessions: Sequence[SessionMark], span: tuple[int, int], today: int | None
) -> Iterator[LegendItem]:  # fmt: skip
    """What the purple shapes are that lie between two days, and the dotted line, whose own word may lack room."""
    shown = [session for session in sessions if span[0] <= session.day <= span[1]]
    if any(session.held for session in shown):
        yield LegendItem(_("session"), dot_sample("experience", 5))
    if any(not session.held for session in shown):
        yield LegendItem(_("planned session"), rect_sample("surface", "experience", 1.5, 10, 2))
    if today is not None and span[0] <= today <= span[1]:
        yield LegendItem(_("today"), line_sample("ink3", 1.5, _TODAY_DASH))
