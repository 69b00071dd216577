"""One desktop for the tests of this folder; each test has a person and a home of its own on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, desktop
from tests.e2e.person import Person, person
from tests.helpers.secret_service import bare_environment


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    """An X server, a bus, and the bus of screen readers."""
    with desktop(tmp_path_factory.mktemp("desktop")) as made:
        yield made


@pytest.fixture
def someone(screen: Desktop, tmp_path: Path) -> Iterator[Person]:
    """A person at that desktop who has never started the program."""
    with person(screen, bare_environment(tmp_path / "world"), tmp_path / "said") as made:
        yield made
