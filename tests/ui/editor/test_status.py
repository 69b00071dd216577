"""The status line: saved is said of what is on the disk, and of nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from integrate.errors import DiskFull
from integrate.ui.editor.autosave import SaveState, Stage
from integrate.ui.editor.status import BETWEEN_ANNOUNCEMENTS, StatusLine, status_words, word_count_words
from integrate.ui.theme.theme import Theme
from tests.ui.waiting import wait_until

WHEN = datetime(2026, 10, 6, 21, 4, tzinfo=UTC)
SAVED, WAITING, SAVING = SaveState(Stage.SAVED, WHEN), SaveState(Stage.WAITING, WHEN), SaveState(Stage.SAVING, WHEN)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SaveState(), ""),
        (SAVED, "Saved, encrypted on this computer at 21:04"),
        (WAITING, "Not saved yet"),
        (SAVING, "Saving…"),
        (SaveState(Stage.FAILED, WHEN, DiskFull()), DiskFull().message()),
    ],
)
def test_the_words(state: SaveState, words: str) -> None:
    assert status_words(state) == words


def test_a_clock_of_twelve_hours_is_the_persons_own() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    assert status_words(SAVED).replace("\u202f", " ").endswith("at 9:04 PM")


def test_words_are_counted_in_words() -> None:
    assert [word_count_words(count) for count in (0, 1, 109)] == ["0 words", "1 word", "109 words"]


def test_only_a_slow_save_is_mentioned(theme: Theme) -> None:
    line = StatusLine(theme, lambda _words: None)
    for state in (WAITING, SAVING):
        line.show_state(state)
        assert line.words() == "Not saved yet"
    line.show_state(SAVED)
    assert line.words().startswith("Saved")
    line.show_state(SAVING)
    wait_until(lambda: line.words() == "Saving…")
    line.show_state(SAVED)
    assert line.words().startswith("Saved")


def test_trouble_stays_until_it_is_over(theme: Theme) -> None:
    said: list[str] = []
    line = StatusLine(theme, said.append)
    trouble = SaveState(Stage.FAILED, WHEN, DiskFull())
    line.show_state(trouble)
    line.show_state(SAVING)
    assert line.words() == DiskFull().message()
    line.show_state(SAVED)
    assert line.words().startswith("Saved")
    assert said == [DiskFull().message()]


def test_a_screen_reader_hears_of_saves_at_most_once_a_minute_and_of_trouble_at_once(theme: Theme) -> None:
    said: list[str] = []
    seconds = [0.0]
    line = StatusLine(theme, said.append, now=lambda: seconds[0])
    for step in range(121):
        seconds[0] = float(step)
        for state in (WAITING, SAVING, SAVED):
            line.show_state(state)
    assert len(said) == 3
    assert BETWEEN_ANNOUNCEMENTS == 60
    line.show_state(SaveState(Stage.FAILED, WHEN, DiskFull()))
    assert said[-1] == DiskFull().message()
