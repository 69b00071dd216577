from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.adversarial.tools import Figure


@pytest.fixture
def figure(request: pytest.FixtureRequest, record_property: Callable[[str, Any], None]) -> Figure:
    """Tell a test's figures in one line, past the capture, and keep them in the report."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def tell(test_id: str, line: str) -> None:
        record_property(test_id, line)
        with capture.global_and_fixture_disabled():
            print(f"\n  {test_id}: {line}", file=sys.stderr, flush=True)

    return tell
