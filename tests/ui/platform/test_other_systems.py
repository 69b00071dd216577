"""What can be tested here of the parts for Windows and macOS: that they load, say no, and read messages rightly."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from integrate.system.lock_source import LockReason, LockSource
from integrate.ui.platform import mac, windows
from integrate.ui.platform.capture import hide_from_capture
from integrate.ui.platform.sources import lock_sources

elsewhere = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what the others' parts do on Linux")


@pytest.mark.parametrize(
    ("message", "wparam", "reason"),
    [
        (0x02B1, 0x7, LockReason.SCREEN_LOCKED),
        (0x02B1, 0x2, LockReason.USER_SWITCHED),
        (0x02B1, 0x4, LockReason.USER_SWITCHED),
        (0x0218, 0x4, LockReason.SUSPEND),
        (0x02B1, 0x8, None),  # unlocked
        (0x02B1, 0x1, None),  # console connected
        (0x0218, 0x12, None),  # woken up
        (0x0218, 0x8013, None),  # a setting: its data counts
        (0x0007, 0x7, None),  # WM_SETFOCUS
    ],
)
def test_what_a_window_message_means(message: int, wparam: int, reason: LockReason | None) -> None:
    assert windows.reason_of(message, wparam) is reason


def setting(guid: str, data: bytes, length: int | None = None) -> bytes:
    return uuid.UUID(guid).bytes_le + (len(data) if length is None else length).to_bytes(4, "little") + data


LID = "BA3E0F4D-B817-4094-A2D1-D56379E6A0F3"
OTHER = "02731015-4510-4526-99E6-E5A17EBD1AEA"


@pytest.mark.parametrize(
    ("given", "is_open"),
    [
        (setting(LID, bytes([1, 0, 0, 0])), True),
        (setting(LID, bytes(4)), False),
        (setting(LID, b"\0"), False),
        (setting(OTHER, bytes(4)), None),
        (setting(LID, b""), None),
        (setting(LID, b"\0", length=4), None),
        (b"", None),
    ],
)
def test_what_a_power_setting_says_of_the_lid(given: bytes, is_open: bool | None) -> None:
    assert windows.lid_is_open(given) is is_open


def test_a_lid_that_is_closed_from_the_start_is_no_reason() -> None:
    lid = windows.Lid()
    assert [lid.is_closing(state) for state in (False, False, True, False, False)] == [False, False, False, True, False]


class Power:
    """Takes down which sleeps were allowed."""

    def __init__(self) -> None:
        self.allowed: list[int] = []

    def allow(self, token: int) -> None:
        self.allowed.append(token)

    def close(self) -> None:
        self.allowed.append(-1)


@pytest.fixture
def awake() -> Iterator[tuple[mac.MacLockSource, Power, list[LockReason]]]:
    source, power, reasons = mac.MacLockSource(), Power(), []
    source._power = power  # type: ignore[assignment]  # in place of the system's
    source._notify = reasons.append
    yield source, power, reasons


def test_a_mac_sleeps_when_the_journal_is_sealed_and_not_before(
    awake: tuple[mac.MacLockSource, Power, list[LockReason]],
) -> None:
    source, power, reasons = awake
    source.power_changed(mac.CAN_SYSTEM_SLEEP, 5)
    assert (power.allowed, reasons) == ([5], [])
    source.power_changed(mac.SYSTEM_WILL_SLEEP, 6)
    assert (power.allowed, reasons) == ([5], [LockReason.SUSPEND])
    source.release()
    source.release()
    assert power.allowed == [5, 6]
    source.power_changed(0xE0000300, 7)
    assert (power.allowed, reasons) == ([5, 6], [LockReason.SUSPEND])


def test_a_mac_is_not_held_back_when_stopped(awake: tuple[mac.MacLockSource, Power, list[LockReason]]) -> None:
    source, power, reasons = awake
    source.power_changed(mac.SYSTEM_WILL_SLEEP, 6)
    source.stop()
    source.screen_locked()
    assert (power.allowed, reasons) == ([6, -1], [LockReason.SUSPEND])


def test_a_locked_mac_screen_is_told(awake: tuple[mac.MacLockSource, Power, list[LockReason]]) -> None:
    source, _power, reasons = awake
    source.screen_locked()
    assert reasons == [LockReason.SCREEN_LOCKED]


@elsewhere
@pytest.mark.parametrize("kind", [windows.WindowsLockSource, mac.MacLockSource])
def test_elsewhere_the_system_offers_nothing(application: QApplication, kind: type[LockSource]) -> None:
    source = kind()
    assert source.start(lambda _reason: None) is False
    source.release()
    source.stop()


@elsewhere
def test_elsewhere_a_window_cannot_be_hidden_from_captures(application: QApplication) -> None:
    widget = QWidget()
    assert hide_from_capture(widget) is False
    widget.deleteLater()


def test_every_source_keeps_to_the_seam(application: QApplication) -> None:
    sources = lock_sources()
    assert sources
    for source in sources:
        source.release()
        source.stop()


def test_the_bus_is_not_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, integrate.ui.platform.sources, integrate.ui.platform.idle, integrate.ui.platform.instance,"
        " integrate.ui.platform.session, integrate.ui.platform.clipboard, integrate.ui.platform.dialogs,"
        " integrate.ui.platform.capture; sys.exit('PySide6.QtDBus' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
