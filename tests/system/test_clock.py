from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from integrate.system.clock import FixedClock, SystemClock

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


def zone_of_child(tz: str | None, **more: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **more}
    if tz is not None:
        env["TZ"] = tz
    code = "from integrate.system.clock import SystemClock; print(SystemClock().zone())"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env=env, capture_output=True, text=True, timeout=30, check=True
    )


def test_system_clock_is_aware_utc_and_goes_on() -> None:
    clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert first <= second <= first + timedelta(minutes=1)
    assert abs(first - datetime.now(UTC)) < timedelta(minutes=1)


def test_system_zone_exists_in_the_zone_database() -> None:
    assert ZoneInfo(SystemClock().zone()).key


@pytest.mark.parametrize("tz", ["Europe/Lisbon", "America/Argentina/Buenos_Aires", ":Asia/Kathmandu", "UTC"])
def test_zone_follows_the_machine(tz: str) -> None:
    done = zone_of_child(tz)
    assert done.stdout.strip() == tz.removeprefix(":")
    assert done.stderr == ""


@pytest.mark.parametrize("tz", ["EST5EDT4,M3.2.0", "Nowhere/Never", "../../etc/passwd", "\x01"])
def test_unusable_zone_falls_back_silently(tz: str) -> None:
    """Whatever TZ holds, the zone is one that exists, and nothing is written or warned."""
    done = zone_of_child(tz)
    assert ZoneInfo(done.stdout.strip()).key
    assert done.stderr == ""


CONTRADICTORY = """
import logging, warnings, tzlocal
def reload_localzone():
    logging.getLogger("tzlocal").warning("files contradict each other")
    warnings.warn("offset differs")
def get_localzone_name():
    warnings.warn("offset differs")
    return "Nowhere/Never"
tzlocal.reload_localzone, tzlocal.get_localzone_name = reload_localzone, get_localzone_name
from integrate.system.clock import SystemClock
print(SystemClock().zone())
"""


def test_contradictory_system_files_are_no_noise_and_no_wrong_name() -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", CONTRADICTORY], env=env, capture_output=True, text=True, timeout=30, check=True
    )
    assert (done.stdout.strip(), done.stderr) == ("UTC", "")


def test_zone_is_asked_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    passed = [1000.0]
    monkeypatch.setattr("integrate.system.clock.time.monotonic", lambda: passed[0])
    monkeypatch.setenv("TZ", "Europe/Lisbon")
    clock = SystemClock()
    assert clock.zone() == "Europe/Lisbon"
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert clock.zone() == "Europe/Lisbon"
    passed[0] += 61
    assert clock.zone() == "Asia/Tokyo"


def test_fixed_clock_stands_until_advanced() -> None:
    clock = FixedClock(NOW, "Europe/Lisbon")
    assert (clock.now(), clock.now(), clock.zone()) == (NOW, NOW, "Europe/Lisbon")
    assert clock.advance(timedelta(hours=1)) == clock.now() == NOW + timedelta(hours=1)
    clock.advance(timedelta(days=-2))
    assert clock.now() == NOW - timedelta(hours=47)


def test_fixed_clock_keeps_utc_and_refuses_naive_time() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert FixedClock(there).now().tzinfo is UTC
    assert FixedClock(there).now() == NOW
    with pytest.raises(ValueError, match="aware"):
        FixedClock(NOW.replace(tzinfo=None))
