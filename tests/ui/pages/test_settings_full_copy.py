"""Settings, Data: the full copy of everything is asked for with a tick, and written for its owner alone."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.journal.opening import Access
from integrate.journal.writing import add_entry
from integrate.sharing import saving
from integrate.ui.pages.settings.data import DataSection
from integrate.ui.pages.settings.full_copy import FullCopyRow, FullCopySheet
from integrate.ui.platform.dialogs import FileDialog
from tests.conftest import Sample, draft
from tests.helpers.copies import bring_in
from tests.ui.pages.settings_world import SLOW, World, section, sheets
from tests.ui.waiting import run_events, wait_until


@pytest.fixture
def world(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[World]:
    with sample.open(Access.WRITE) as journal:
        add_entry(journal, draft("The sea."))
        add_entry(journal, draft("For nobody.", never_share=True))
    made = World(app, tmp_path, sample)
    made.unlock()
    made.page.show_section("data")
    yield made
    made.close()


def row(world: World) -> FullCopyRow:
    return section(world, DataSection).full_copy


def save_to(world: World, file: Path) -> str:
    row(world).save_to(file)
    wait_until(lambda: not row(world).task.running, SLOW)
    return row(world).task.result.words()


def test_it_is_asked_for_once_with_a_tick_by_keys_alone(world: World) -> None:
    row(world).button.setFocus()
    QTest.keyClick(row(world).button, Qt.Key.Key_Space)
    (sheet,) = sheets(world)
    assert isinstance(sheet, FullCopySheet)
    assert not sheet.go_on.isEnabled()
    assert sheet.reason.words() == "Tick the box to go on."
    QTest.keyClick(sheet.tick, Qt.Key.Key_Space)
    assert sheet.go_on.isEnabled() and sheet.reason.words() == ""
    QTest.keyClick(sheet.tick, Qt.Key.Key_Space)
    assert not sheet.go_on.isEnabled()
    QTest.keyClick(sheet.tick, Qt.Key.Key_Space)
    QTest.keyClick(sheet.go_on, Qt.Key.Key_Space)
    run_events()
    (dialog,) = [one for one in world.program.window.findChildren(FileDialog) if one.isVisible()]
    assert Path(dialog.selectedFiles()[0]).name == "integrate-full-copy-2026-10-08.json"
    dialog.close()


def test_everything_is_in_it_and_it_is_private(world: World, template: Sample, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    said = save_to(world, file)
    assert said.startswith("Saved as all.json: ")
    assert "2 entries. It is not protected. SHA-256 " in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    bodies = {record.get("body") for record in json.loads(file.read_bytes())["records"]}
    assert {"The sea.", "For nobody."} <= bodies
    with template.copy_to(tmp_path / "New.integrate").open(Access.WRITE) as journal:
        assert bring_in(journal, file.read_bytes()).kinds["entry"] == 2


def test_it_can_be_saved_from_a_journal_open_to_read_only(world: World, tmp_path: Path) -> None:
    world.lock()
    world.unlock(read_only=True)
    assert row(world).button.isEnabled()
    assert save_to(world, tmp_path / "all.json").startswith("Saved as all.json: ")


def test_nothing_is_replaced_and_a_folder_that_is_gone_is_told(world: World, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    file.write_bytes(b"mine")
    assert "all.json" in save_to(world, file)
    assert file.read_bytes() == b"mine"
    assert "gone" in save_to(world, tmp_path / "gone" / "all.json")
    assert not (tmp_path / "gone").exists()


def test_a_cancelled_copy_leaves_nothing(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    waiting: list[bool] = []
    write = saving.save_file

    def held_up(*arguments: object, stop: object, **options: object) -> object:
        waiting.append(True)
        wait_for_stop(stop)
        return write(*arguments, stop=stop, **options)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(saving, "save_file", held_up)
    row(world).save_to(folder / "all.json")
    wait_until(lambda: bool(waiting), SLOW)
    row(world).task.cancel.click()
    wait_until(lambda: not row(world).task.running, SLOW)
    assert row(world).task.result.words() == "Cancelled. No file was left there."
    assert list(folder.iterdir()) == []


def wait_for_stop(stop: object) -> None:
    import time

    end = time.monotonic() + SLOW
    while not stop.is_set and time.monotonic() < end:  # type: ignore[attr-defined]  # a Stop
        time.sleep(0.002)
