"""Garbage dies on the main thread, between two events, and nothing of it stays."""

from __future__ import annotations

import gc
import inspect
import linecache
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from integrate.ui.collector import Collector
from integrate.ui.pages.lock import opening
from tests.ui.waiting import run_events, wait_until


class Ring(QObject):
    """A dead one of these is only found by looking for cycles."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def collector(app: QObject) -> Iterator[Collector]:
    made = Collector(app)
    yield made
    made.deleteLater()
    run_events()


def make_ring(died_in: list[threading.Thread]) -> None:
    weakref.finalize(Ring(), lambda: died_in.append(threading.current_thread()))


def allocate(kept: list[list[int]]) -> None:
    """Enough for Python to collect every generation, where it does so by itself."""
    kept.extend([number] for number in range(200_000))


@pytest.mark.usefixtures("collector")
def test_a_lane_that_allocates_collects_nothing() -> None:
    died_in: list[threading.Thread] = []
    make_ring(died_in)
    kept: list[list[int]] = []
    lane = threading.Thread(target=allocate, args=(kept,))
    lane.start()
    lane.join()
    assert not died_in
    allocate(kept)
    assert not died_in, "nor does the main thread in the middle of something"
    wait_until(lambda: bool(died_in))  # the event loop runs, and with it the collector
    assert died_in == [threading.main_thread()]


def test_old_garbage_is_found_as_python_would_have_found_it(collector: Collector) -> None:
    died_in: list[threading.Thread] = []
    held = Ring()
    weakref.finalize(held, lambda: died_in.append(threading.current_thread()))
    gc.collect()  # it grows old
    del held
    kept: list[list[int]] = []
    for _look in range(1000):
        kept.extend([number] for number in range(gc.get_threshold()[0] + 1))
        collector.look()
        if died_in:
            break
    assert died_in


def test_no_source_of_a_module_stays_in_memory(collector: Collector) -> None:
    assert inspect.getsource(opening)
    assert opening.__file__ in linecache.cache
    collector.look()
    assert not linecache.cache
    opening.warm_up()
    assert not linecache.cache
