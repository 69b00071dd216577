"""What tests of the storage share: a journal that was put back to an earlier day."""

from __future__ import annotations

import pytest

from tests.conftest import Sample
from tests.helpers.journals import write


@pytest.fixture
def rolled_back(sample: Sample) -> Sample:
    """A journal whose database is the one of yesterday: three changes are missing."""
    with sample.open() as journal:
        write(journal, "yesterday")
    old = (sample.place / "vault.db").read_bytes()
    with sample.open() as journal:
        for number in range(3):
            write(journal, f"today {number}")
    (sample.place / "vault.db").write_bytes(old)
    return sample
