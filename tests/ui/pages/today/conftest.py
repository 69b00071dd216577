"""Today on a Thursday evening in Lisbon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from integrate.journal.opening import Access, Journal
from integrate.system.clock import FixedClock
from integrate.ui.theme.theme import Theme
from tests.conftest import Sample
from tests.ui.pages.today.today_world import EVENING, ZONE, TodayWorld


@pytest.fixture
def today(theme: Theme, sample: Sample) -> Iterator[Callable[..., TodayWorld]]:
    """Fills the journal on 8 October, then shows Today at ``now``: ``today(fill, now=…, access=…)``."""
    made: list[TodayWorld] = []

    def make(
        fill: Callable[[Journal], object] = lambda _journal: None,
        now: datetime = EVENING,
        access: Access = Access.WRITE,
        theme: Theme = theme,
        *,
        filled: datetime = EVENING,
    ) -> TodayWorld:
        with sample.open(clock=FixedClock(filled, ZONE)) as journal:
            fill(journal)
        made.append(TodayWorld(theme, sample, FixedClock(now, ZONE), access))
        return made[-1]

    yield make
    for each in made:
        each.close()
