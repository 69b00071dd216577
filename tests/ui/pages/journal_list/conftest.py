"""A list pane over a real journal, in the evening of 8 October 2026 in Lisbon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrate.domain.entry import Draft, Phase, SessionRef
from integrate.domain.times import ZonedTime
from integrate.journal.opening import Access, Journal
from integrate.journal.preferences import read_preferences
from integrate.journal.writing import add_entry
from integrate.system.clock import FixedClock
from integrate.ui.desk import Desk
from integrate.ui.page import PageContext, ProgramPort
from integrate.ui.pages.journal.list.pane import ListPane
from integrate.ui.tasks import Mailbox
from integrate.ui.theme.theme import Theme
from tests.conftest import Sample
from tests.ui.pages.stand_ins import NotingShell
from tests.ui.waiting import run_events, wait_until

NOW = datetime(2026, 10, 8, 17, 24, tzinfo=UTC)


def at(year: int, month: int, day: int, hour: int = 12) -> ZonedTime:
    return ZonedTime(datetime(year, month, day, hour, tzinfo=UTC), "Europe/Lisbon")


@dataclass
class Bench:
    """The pane under test with everything around it. ``chosen`` and ``deleted`` are what it told."""

    desk: Desk
    pane: ListPane
    chosen: list[UUID]
    deleted: list[UUID]

    def titles(self) -> list[str]:
        """Every row in words, cut at the first comma."""
        model = self.pane.view.model()
        return [str(model.index(row, 0).data()).split(",")[0] for row in range(model.rowCount())]

    def do(self, work: Callable[[Journal], object]) -> None:
        """Have something written, and wait until every page was told."""
        told: list[object] = []
        self.desk.changed.connect(told.append)
        self.desk.write(self.pane, work)
        wait_until(lambda: bool(told))
        self.desk.changed.disconnect(told.append)

    def settle(self) -> None:
        """Wait until the list is complete and everything in sight was read."""
        source, view = self.pane.source, self.pane.view
        wait_until(
            lambda: source.count is not None and source.is_settled() and not source._lacking(*view.rows_in_sight())
        )
        run_events()


@pytest.fixture
def filled(sample: Sample) -> Journal:
    """The entries of the picture, and older ones."""
    journal = sample.open(Access.WRITE, clock=FixedClock(NOW, "Europe/Lisbon"))
    integrate, experience, prepare = Phase.INTEGRATE, Phase.EXPERIENCE, Phase.PREPARE
    rows = (
        ("The kitchen was quiet", "Nobody needed anything for ten minutes.", at(2026, 10, 7), integrate, 4, ()),
        ("Carrying bags", "I keep coming back to the hand on my shoulder.", at(2026, 10, 6), integrate, 4, ("sleep",)),
        ("First words", "Soft, like rain on a tent.", at(2026, 10, 5), experience, 4, ()),
        ("Night before", "I want to not perform being ready.", at(2026, 10, 4), prepare, 4, ("Sleep", "bus")),
        ("The radio", "Found the station by accident.", at(2026, 9, 26), integrate, 3, ()),
        ("", "I had drawn it wrong. In my head all week.", at(2026, 9, 23), integrate, 3, ()),
        ("A year ago", "Rain again.", at(2025, 12, 24), prepare, None, ()),
    )
    for title, body, when, phase, session, tags in rows:
        about = SessionRef(1, session) if session else None
        add_entry(journal, Draft(body, when, title, phase, about, tags=tags, never_share=title == "First words"))
    return journal


@pytest.fixture
def long_list(sample: Sample) -> Journal:
    """Three hundred entries, one a day, none in the month of the clock."""
    journal = sample.open(Access.WRITE, clock=FixedClock(NOW, "Europe/Lisbon"))
    for number in range(300):
        add_entry(
            journal, Draft(f"Words of day {number}.", at(2025, 1 + number // 28, 1 + number % 28), f"Day {number}")
        )
    return journal


@pytest.fixture
def empty(sample: Sample) -> Journal:
    """Nothing at all."""
    return sample.open(Access.WRITE, clock=FixedClock(NOW, "Europe/Lisbon"))


@pytest.fixture
def make_bench(theme: Theme, show: Callable[..., QWidget]) -> Iterator[Callable[[Journal], Bench]]:
    """Puts a pane over a journal into a window of its own."""
    desks: list[Desk] = []

    def make(journal: Journal) -> Bench:
        desk = Desk(journal, read_preferences(journal), Mailbox())
        desks.append(desk)
        pane = ListPane(PageContext(theme, desk, NotingShell(QWidget()), cast("ProgramPort", None)))
        bench = Bench(desk, pane, [], [])
        pane.entry_chosen.connect(bench.chosen.append)
        pane.delete_wanted.connect(bench.deleted.append)
        window = QWidget()
        row = QHBoxLayout(window)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(pane)
        show(window, 312, 832)
        bench.settle()
        return bench

    yield make
    for desk in desks:
        told: list[object] = []
        desk.close(lambda _journal: None, lambda _answer, error, told=told: told.append(error))  # type: ignore[misc]  # a default binds the loop's list
        wait_until(lambda told=told: bool(told))  # type: ignore[misc]  # the same
        assert desk.ended(5)


@pytest.fixture
def bench(make_bench: Callable[[Journal], Bench], filled: Journal) -> Bench:
    """The pane over the entries of the picture."""
    return make_bench(filled)
