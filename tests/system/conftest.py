from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.rights import folder_for_others


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that another user of the machine can reach."""
    with folder_for_others() as folder:
        yield folder


@pytest.fixture(autouse=True)
def same_umask() -> Iterator[None]:
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)
