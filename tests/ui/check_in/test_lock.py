"""A lock in the middle of a check-in: nothing of it stays on the screen, and no word is lost."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.ui.check_in.card import CheckInPanel
from integrate.ui.check_in.change import ChangeSheet
from integrate.ui.check_in.past_row import PastRow
from integrate.ui.check_in.rows import ScaleRow
from integrate.ui.widgets.buttons import LinkText
from tests.conftest import Sample
from tests.ui.pages.settings_world import World
from tests.ui.pages.stand_ins import button
from tests.ui.waiting import run_events, wait_until


@pytest.fixture
def program(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[World]:
    made = World(app, tmp_path, sample)
    yield made
    made.close()


def panel_of(program: World) -> CheckInPanel:
    program.shell.go("today")
    page = program.shell.current_page()
    assert page is not None
    panel = cast("CheckInPanel", page.findChild(CheckInPanel))
    wait_until(panel.has_questions)
    return panel


def change_first(program: World) -> None:
    """Press *Change…* beside the newest check-in, once the list is there."""
    window = program.program.window
    wait_until(lambda: bool([row for row in window.findChildren(PastRow) if row.isVisible()]))
    row = window.findChildren(PastRow)[0]
    next(link for link in row.findChildren(LinkText) if link.accessibleName().startswith("Change the")).click()


def write_line(panel: CheckInPanel, words: str) -> None:
    panel.form.open_note()
    note = panel.form.note
    assert note is not None
    QTest.keyClicks(note.field.edit, words)


def test_a_lock_leaves_no_part_of_it_and_the_words_are_there_again(program: World) -> None:
    program.unlock()
    panel = panel_of(program)
    cast("ScaleRow", panel.form.rows[0]).dots._answer(6)
    write_line(panel, "Rain on the roof.")
    panel.save()
    wait_until(panel.is_saved)
    panel.begin_another()
    write_line(panel, "Half a thought")
    panel.open_earlier()
    window = program.program.window
    change_first(program)
    sheet = window.findChild(ChangeSheet)
    assert isinstance(sheet, ChangeSheet)
    assert sheet.form.note is not None
    QTest.keyClicks(sheet.form.note.field.edit, " It stopped.")
    del panel, sheet
    program.lock()
    gc.collect()
    run_events()
    modules = {type(widget).__module__ for widget in QApplication.allWidgets()}
    assert not [module for module in modules if module.startswith("integrate.ui.check_in")]

    program.unlock()
    panel = panel_of(program)
    wait_until(lambda: panel.form.words() == "Half a thought")
    assert panel.form.rows[0].answer().value is None
    panel.open_earlier()
    change_first(program)
    change = window.findChildren(ChangeSheet)[-1]
    assert change.form.words() == "Rain on the roof. It stopped."
    button(change, "Cancel").click()
    window.close_sheets()
