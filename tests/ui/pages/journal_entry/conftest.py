"""A world with an empty journal, not yet unlocked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from tests.conftest import Sample
from tests.ui.pages.journal_entry.journal_world import JournalWorld


@pytest.fixture(autouse=True)
def one_locale() -> Iterator[None]:
    """Times and numbers as in Britain, wherever the tests run."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def world(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[JournalWorld]:
    made = JournalWorld(app, tmp_path, sample)
    yield made
    made.close()
