"""A3: whatever the clocks do, the journal is locked when it is due, and nothing makes that later."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.system.idle import IdleWatch, boottime
from integrate.system.lock_source import LockReason

LIMIT = timedelta(minutes=5)
DAY = 86_400.0


@dataclass
class Computer:
    """Three clocks, moved by what happens to a computer. ``real`` is what really went by since the last touch."""

    monotonic: float = 1_000.0
    boottime: float = 5_000.0
    wall: float = 1_800_000_000.0
    watch: IdleWatch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = IdleWatch(LIMIT, lambda: self.monotonic, lambda: self.boottime, lambda: self.wall)

    def awake(self, seconds: float) -> None:
        self.monotonic += seconds
        self.asleep(seconds)

    def asleep(self, seconds: float) -> None:
        self.boottime += seconds
        self.wall += seconds

    def set_clock(self, by: float) -> None:
        self.wall += by

    def look_for(self, seconds: int) -> LockReason | None:
        """Nobody is there for so long; a look every five seconds, as the program does."""
        for _ in range(seconds // 5):
            self.awake(5)
            if due := self.watch.due():
                return due
        return None


@pytest.fixture
def computer() -> Computer:
    return Computer()


def test_due_at_the_limit_and_not_before(computer: Computer) -> None:
    assert computer.look_for(295) is None
    assert computer.look_for(5) is LockReason.IDLE


def test_a_touch_starts_the_time_again(computer: Computer) -> None:
    for _ in range(10):
        assert computer.look_for(295) is None
        computer.watch.touch()
    assert computer.look_for(300) is LockReason.IDLE


@pytest.mark.parametrize("by", [DAY, -DAY, 121.0, -121.0])
def test_a_wall_clock_that_is_set_locks(computer: Computer, by: float) -> None:
    computer.look_for(60)
    computer.set_clock(by)
    assert computer.look_for(5) is LockReason.CLOCK_JUMPED


@pytest.mark.parametrize("by", [119.0, -119.0])
def test_a_small_step_of_the_wall_clock_is_neither_a_reason_nor_a_reprieve(computer: Computer, by: float) -> None:
    assert computer.look_for(60) is None
    computer.set_clock(by)
    assert computer.look_for(235) is None
    assert computer.look_for(5) is LockReason.IDLE


def test_small_steps_do_not_add_up_to_a_jump(computer: Computer) -> None:
    for _ in range(20):
        computer.set_clock(-60)
        computer.watch.touch()
        assert computer.look_for(5) is None


def test_ten_minutes_of_sleep_lock(computer: Computer) -> None:
    computer.look_for(10)
    computer.asleep(600)
    assert computer.watch.due() is LockReason.IDLE


def test_the_touch_that_wakes_the_computer_does_not_undo_the_sleep(computer: Computer) -> None:
    computer.asleep(600)
    computer.watch.touch()
    computer.watch.touch()
    assert computer.watch.due() is LockReason.IDLE


def test_sleep_locks_where_no_clock_counts_it() -> None:
    monotonic, wall = 1_000.0, 1_800_000_000.0
    watch = IdleWatch(LIMIT, lambda: monotonic, lambda: monotonic, lambda: wall)
    wall += 600
    assert watch.due() is LockReason.CLOCK_JUMPED


@pytest.mark.parametrize("day", ["2026-03-29T00:59:58", "2026-10-25T00:59:58"])
def test_summer_time_is_no_jump(computer: Computer, day: str) -> None:
    computer.wall = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
    zone = ZoneInfo("Europe/Lisbon")
    before = datetime.fromtimestamp(computer.wall, zone).utcoffset()
    computer.watch.restart()
    assert computer.look_for(60) is None
    assert datetime.fromtimestamp(computer.wall, zone).utcoffset() != before


def test_a_leap_second_is_no_jump(computer: Computer) -> None:
    computer.set_clock(-1)
    assert computer.look_for(5) is None


def test_due_stays_due_until_the_journal_is_opened_again(computer: Computer) -> None:
    computer.set_clock(DAY)
    assert computer.watch.due() is LockReason.CLOCK_JUMPED
    computer.set_clock(-DAY)
    computer.watch.touch()
    assert computer.look_for(600) is LockReason.CLOCK_JUMPED
    computer.watch.restart()
    assert computer.look_for(295) is None


@pytest.mark.parametrize("limit", [timedelta(0), timedelta(seconds=-1)])
def test_a_limit_is_a_positive_time(limit: timedelta) -> None:
    with pytest.raises(ValueError, match="positive"):
        IdleWatch(limit)


steps = st.tuples(
    st.sampled_from(("awake", "asleep", "set_clock", "touch", "look")), st.floats(-2 * DAY, 2 * DAY, allow_nan=False)
)


@given(st.lists(steps, max_size=30))
def test_never_later_than_the_limit_after_the_last_touch(happening: list[tuple[str, float]]) -> None:
    computer = Computer()
    away = 0.0
    for what, size in happening:
        if what == "touch":
            away = away if away >= LIMIT.total_seconds() else 0.0
            computer.watch.touch()
        elif what == "look":
            computer.watch.due()
        else:
            seconds = size if what == "set_clock" else abs(size) / 500
            getattr(computer, what)(seconds)
            away += 0.0 if what == "set_clock" else seconds
    if away >= LIMIT.total_seconds() + 0.001:
        assert computer.watch.due() is not None
    elif not any(what == "set_clock" for what, _ in happening) and away < LIMIT.total_seconds() - 0.001:
        assert computer.watch.due() is None


def test_the_machines_own_clocks_go_on() -> None:
    watch = IdleWatch(timedelta(hours=1))
    first = boottime()
    assert watch.due() is None
    assert boottime() >= first >= 0
    if hasattr(time, "CLOCK_BOOTTIME"):
        assert abs(boottime() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 60
