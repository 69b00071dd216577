"""Connecting what a caller wants done to signals that bring an argument nobody asked for."""

from __future__ import annotations

from collections.abc import Callable


def without_argument(act: Callable[[], object]) -> Callable[[bool], None]:
    """``act`` as a slot of ``clicked`` or ``triggered``, whose argument it must not mistake for its own."""

    def call(_checked: bool = False) -> None:
        act()

    return call
