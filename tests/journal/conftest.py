"""Keys of journals are derived once in a test."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _derive_once(derive_once: None) -> None:
    """Many make a journal and open it with its passphrase."""
