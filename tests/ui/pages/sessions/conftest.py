"""A program at its lock screen, with a journal that can be filled before the Sessions page is opened."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.ui.pages.sessions.sessions_world import SessionsWorld, sarahs_course
from tests.ui.pages.settings_world import EVENING


@pytest.fixture
def world(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[SessionsWorld]:
    made = SessionsWorld(app, tmp_path, sample)
    yield made
    made.close()


@pytest.fixture(scope="session")
def _sarahs(template: Sample, tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, dict[int, UUID]]:
    """One journal with Sarah's course for the whole run, and the ids of its sessions; only copied from now on."""
    written = template.copy_to(tmp_path_factory.mktemp("sarah") / "Sarah.integrate")
    with written.open(clock=FixedClock(EVENING, "Europe/Lisbon")) as journal:
        return written, sarahs_course(journal)


@pytest.fixture
def ids(world: SessionsWorld, _sarahs: tuple[Sample, dict[int, UUID]]) -> dict[int, UUID]:
    """Sarah's course is on the page: the ids of its sessions by number."""
    written, made = _sarahs
    shutil.rmtree(world.sample.place)
    written.copy_to(world.sample.place)
    world.open_page()
    return dict(made)
