"""The card on a Thursday evening in Lisbon."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from integrate.ui.theme.theme import Theme
from tests.conftest import Sample
from tests.ui.check_in.check_in_world import CheckInWorld


@pytest.fixture
def world(theme: Theme, sample: Sample) -> Iterator[CheckInWorld]:
    made = CheckInWorld(theme, sample)
    yield made
    made.close()
