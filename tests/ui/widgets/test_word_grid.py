"""Twelve words to write down, and the check of the paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.word_grid import WordCheck, WordGrid
from tests.ui.waiting import run_events

WORDS = (
    "harbour",
    "violin",
    "amber",
    "teacup",
    "meadow",
    "quiet",
    "orbit",
    "saddle",
    "window",
    "pepper",
    "isle",
    "oak",
)


def texts(grid: WordGrid) -> list[str]:
    return [label.text() for label in grid.findChildren(QLabel)]


def columns(grid: WordGrid) -> int:
    return len({label.parentWidget().x() for label in grid.findChildren(QLabel)})


def test_words_stand_in_rows_of_three_or_two_and_cannot_be_selected(theme: Theme, show: Callable[..., QWidget]) -> None:
    grid = WordGrid(theme, WORDS)
    host = QWidget()
    QVBoxLayout(host).addWidget(grid)
    show(host, 600, 260)
    assert columns(grid) == 3
    assert texts(grid)[:4] == ["1", "harbour", "2", "violin"]
    flags = {label.textInteractionFlags() for label in grid.findChildren(QLabel)}
    assert not any(flag & Qt.TextInteractionFlag.TextSelectableByMouse for flag in flags)
    host.resize(400, 420)
    run_events()
    assert columns(grid) == 2


def test_hidden_and_wiped_words_are_nowhere_also_not_for_a_screen_reader(theme: Theme) -> None:
    grid = WordGrid(theme, WORDS)
    grid.set_hidden(True)
    names = [label.accessibleName() for label in grid.findChildren(QLabel)]
    assert not set(WORDS) & {*texts(grid), *names}
    assert "hidden" in names
    grid.set_hidden(False)
    assert set(WORDS) <= set(texts(grid))
    grid.wipe()
    assert not set(WORDS) & set(texts(grid))


def test_the_check_says_what_is_still_missing(theme: Theme) -> None:
    check = WordCheck(theme, WORDS, asked=(4, 11))
    assert check.problem() == "Type words 4 and 11 and tick the box to go on."
    check.fields[0].edit.setText(" Teacup ")
    assert check.problem() == "Type word 11 and tick the box to go on."
    check.understood.click()
    assert check.problem() == "Type word 11 to go on."
    check.fields[1].edit.setText("isle")
    assert check.problem() == ""
    check.wipe()
    assert check.wrong() == (4, 11)
    assert [field.text() for field in check.fields] == ["", ""]
