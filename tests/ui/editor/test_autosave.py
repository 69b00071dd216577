"""When is saved: after a pause, before two seconds are over, one at a time, and again after trouble."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

from integrate.errors import DiskFull
from integrate.ui.editor.autosave import CEILING, PAUSE, RETRY, Autosave, SaveState, Stage
from tests.ui.waiting import wait_until

WHEN = datetime(2026, 10, 6, 21, 24, tzinfo=UTC)


class Disk:
    """A disk that is as slow as the test wants, on a clock of the test's own."""

    def __init__(self) -> None:
        self.time = 100.0
        self.text = self.on_disk = ""
        self.saves: list[tuple[float, str]] = []
        self.autosave = Autosave(self.begin, now=lambda: self.time)

    def begin(self) -> None:
        self.saves.append((self.time, self.text))

    def finish(self) -> None:
        self.on_disk = self.saves[-1][1]
        self.autosave.saved(WHEN)

    def type(self, letter: str) -> None:
        self.text += letter
        self.autosave.touched()

    def wait(self, seconds: float) -> None:
        """Let time pass; the timer fires when it is due."""
        end = self.time + seconds
        timer = self.autosave._timer
        while timer.isActive() and (due := self.due()) <= end:
            self.time = max(due, self.time)
            timer.stop()
            timer.timeout.emit()
        self.time = end

    def due(self) -> float:
        return self.started_at + self.autosave._timer.interval() / 1000

    started_at = 0.0


@pytest.fixture
def disk(application: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    made = Disk()
    timer = made.autosave._timer
    start = timer.start

    def started(milliseconds: int) -> None:
        made.started_at = made.time
        start(milliseconds)

    monkeypatch.setattr(timer, "start", started)
    yield made
    timer.stop()


def test_a_pause_saves_once(disk: Disk) -> None:
    for letter in "words":
        disk.type(letter)
        disk.wait(0.1)
    assert disk.saves == []
    disk.wait(PAUSE)
    assert [text for _time, text in disk.saves] == ["words"]
    disk.finish()
    disk.wait(60)
    assert len(disk.saves) == 1
    assert disk.autosave.state == SaveState(Stage.SAVED, WHEN)
    assert disk.autosave.is_settled


def test_typing_without_a_pause_is_saved_before_two_seconds_are_over(disk: Disk) -> None:
    first: float | None = disk.time
    for _letter in range(600):
        disk.type("x")
        if first is None:
            first = disk.time
        saves = len(disk.saves)
        disk.wait(0.05)
        if len(disk.saves) > saves:
            disk.finish()
        if len(disk.on_disk) == len(disk.text):
            first = None
        assert first is None or disk.time - first < 2
    assert 15 < len(disk.saves) < 25


def test_one_save_at_a_time_and_the_newest_text_follows(disk: Disk) -> None:
    disk.type("a")
    disk.wait(PAUSE)
    for letter in "bcd":
        disk.type(letter)
        disk.wait(1)
    assert len(disk.saves) == 1
    assert disk.autosave.state.stage is Stage.SAVING
    disk.finish()
    disk.wait(0)
    assert [text for _time, text in disk.saves] == ["a", "abcd"]
    assert disk.autosave.state.stage is Stage.SAVING
    disk.finish()
    assert disk.autosave.is_settled


def test_flushing_saves_at_once_and_only_what_is_not_saved(disk: Disk) -> None:
    disk.autosave.flush()
    assert disk.saves == []
    disk.type("a")
    disk.autosave.flush()
    assert len(disk.saves) == 1
    disk.autosave.flush()
    disk.finish()
    assert len(disk.saves) == 1
    assert disk.autosave.is_settled


def test_flushing_while_a_save_is_on_its_way_saves_the_newer_text_right_after(disk: Disk) -> None:
    disk.type("a")
    disk.autosave.flush()
    disk.type("b")
    disk.autosave.flush()
    assert len(disk.saves) == 1
    disk.finish()
    assert [text for _time, text in disk.saves] == ["a", "ab"]
    disk.finish()
    assert disk.on_disk == "ab"


def test_after_a_failure_it_tries_again_by_itself_and_on_the_next_edit(disk: Disk) -> None:
    error = DiskFull(name="Journal")
    disk.type("a")
    disk.wait(PAUSE)
    disk.autosave.failed(error)
    assert disk.autosave.state == SaveState(Stage.FAILED, None, error)
    assert not disk.autosave.is_settled
    disk.wait(RETRY - 1)
    assert len(disk.saves) == 1
    disk.wait(1)
    assert len(disk.saves) == 2
    disk.autosave.failed(error)
    disk.type("b")
    disk.wait(PAUSE)
    assert disk.saves[-1][1] == "ab"
    disk.finish()
    assert disk.autosave.state == SaveState(Stage.SAVED, WHEN)


def test_never_called_saved_while_something_is_not(disk: Disk) -> None:
    seen: list[tuple[Stage, bool]] = []
    disk.autosave.changed.connect(lambda: seen.append((disk.autosave.state.stage, disk.text == disk.on_disk)))
    disk.type("a")
    disk.wait(PAUSE)
    disk.type("b")
    disk.finish()
    disk.wait(PAUSE)
    disk.finish()
    assert [stage for stage, equal in seen if stage is Stage.SAVED and not equal] == []
    assert seen[-1] == (Stage.SAVED, True)
    assert [stage for stage, _equal in seen].count(Stage.SAVED) == 1


def test_what_was_let_go_is_not_saved(disk: Disk) -> None:
    disk.type("a")
    disk.autosave.discard()
    disk.wait(60)
    disk.autosave.flush()
    assert disk.saves == []


def test_on_the_real_clock_a_pause_is_half_a_second_at_most(application: QApplication) -> None:
    started, saves = time.monotonic(), []
    autosave = Autosave(lambda: saves.append(time.monotonic()))
    autosave.touched()
    wait_until(lambda: bool(saves))
    assert 0.3 < saves[0] - started < 1  # with room for a busy machine
    autosave.failed(DiskFull())
    autosave.touched()
    wait_until(lambda: len(saves) == 2)


def test_the_limits_keep_the_promise() -> None:
    assert PAUSE <= 0.5
    assert CEILING < 2
