"""A program with an open journal, at Today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import Sample
from tests.ui.forms.forms_world import FormsWorld, forms_world


@pytest.fixture
def world(app: QApplication, tmp_path: Path, sample: Sample) -> Iterator[FormsWorld]:
    with forms_world(app, tmp_path, sample) as made:
        yield made
