"""A world with an empty journal, not yet unlocked, and one with the course of the picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.ui.pages.settings_world import EVENING
from tests.ui.pages.threads.threads_world import Course, ThreadsWorld, write_course


@pytest.fixture(scope="session")
def _written(template: Sample, tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, Course]:
    """One journal with the course of the picture for the whole run; only copied from now on."""
    written = template.copy_to(tmp_path_factory.mktemp("threads") / "Threads.integrate")
    clock = FixedClock(EVENING, "Europe/Lisbon")
    with written.open(clock=clock) as journal:
        return written, write_course(journal, clock)


@pytest.fixture
def world(app: QApplication, sample: Sample, tmp_path: Path, _written: tuple[Sample, Course]) -> Iterator[ThreadsWorld]:
    made = ThreadsWorld(app, tmp_path, sample, _written)
    yield made
    made.close()
