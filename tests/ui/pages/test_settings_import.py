"""Settings, Data: a copy of another journal is looked at, brought in and taken back, in the real window."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.domain.entry import Filter, Unreadable
from integrate.domain.import_batches import ImportReport, Problem
from integrate.errors import DiskFull
from integrate.journal import taking
from integrate.journal.browsing import first_rows
from integrate.journal.imports import Imported, list_imports
from integrate.journal.opening import Access, Journal
from integrate.journal.taking import undo_import
from integrate.journal.writing import Sitting, add_entry, save_entry
from integrate.ui.pages.settings.data import DataSection
from integrate.ui.pages.settings.import_row import ImportRow
from integrate.ui.pages.settings.import_sheet import ImportSheet
from integrate.ui.pages.settings.imports_sheet import ImportsSheet
from integrate.ui.widgets.sheet import Question
from integrate.ui.widgets.text import Text
from tests.conftest import Sample, draft
from tests.helpers.copies import whole
from tests.ui.pages.settings_world import SLOW, World, section, sheets
from tests.ui.waiting import run_events, wait_until

HERE, THERE = 2, 3


@pytest.fixture
def world(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[World]:
    with sample.open(Access.WRITE) as journal:
        for number in range(HERE):
            add_entry(journal, draft(f"Here {number}"))
    made = World(app, tmp_path, sample)
    made.unlock()
    made.page.show_section("data")
    yield made
    made.close()


@pytest.fixture
def copy(template: Sample, tmp_path: Path) -> Path:
    """A full copy of another journal with three entries."""
    return copied(template, tmp_path, THERE)


def copied(template: Sample, folder: Path, count: int) -> Path:
    with template.copy_to(folder / "Other.integrate").open(Access.WRITE) as journal:
        for number in range(count):
            add_entry(journal, draft(f"There {number}", never_share=number == 0))
        file = folder / "copy.json"
        file.write_bytes(whole(journal))
    return file


def row(world: World) -> ImportRow:
    return section(world, DataSection).bring_in


def report(world: World, file: Path) -> ImportSheet:
    """Look into ``file``, and the report of it."""
    row(world).look_into(file)
    wait_until(lambda: bool(sheets(world)), SLOW)
    (sheet,) = sheets(world)
    assert isinstance(sheet, ImportSheet)
    return sheet


def bring_in(world: World, file: Path) -> None:
    report(world, file).go_on.click()
    wait_until(lambda: not row(world).task.running, SLOW)


def entries(world: World) -> int:
    """How many the open journal has now, by what the window reads."""
    found: list[int] = []
    world.page.desk.read(world.page, lambda journal, _stop: count(journal), found.append)
    wait_until(lambda: bool(found))
    return found[0]


def count(journal: Journal) -> int:
    return len(first_rows(journal, "", Filter(), 500))


def said(world: World) -> str:
    return row(world).task.result.words()


def answer(world: World, key: str) -> Question:
    question = world.program.window.findChildren(Question)[-1]
    question.buttons[key].click()
    return question


def test_a_report_comes_first_and_nothing_is_written_by_closing_it(world: World, copy: Path) -> None:
    sheet = report(world, copy)
    told = dict(sheet.facts.told)
    assert told["Would be imported"] == told["In the file"]
    assert (told["Here already, just so"], told["Left out"], told["Photos and files missing"]) == ("0", "0", "0")
    assert world.program.window.focusWidget() is sheet.cancel
    QTest.keyClick(sheet.cancel, Qt.Key.Key_Escape)
    run_events()
    assert said(world) == "copy.json was read. Nothing has been written yet."
    assert entries(world) == HERE
    row(world).show_report.click()
    assert isinstance(sheets(world)[-1], ImportSheet)
    sheets(world)[-1].close()
    world.lock()
    with world.journal() as journal:
        assert list_imports(journal) == ()


def test_it_is_imported_told_and_undone_at_once(world: World, copy: Path) -> None:
    told: list[object] = []
    world.page.desk.changed.connect(lambda changes: told.append(changes.areas))
    bring_in(world, copy)
    assert said(world).startswith("Imported from copy.json: 3 entries")
    assert entries(world) == HERE + THERE
    assert any("entries" in areas for areas in told)  # every page hears of it
    row(world).undo.click()
    question = answer(world, "undo")
    assert question.text.words().startswith("It takes away for good: 3 entries")
    wait_until(lambda: not row(world).task.running, SLOW)
    assert said(world).startswith("Taken back: ")
    assert entries(world) == HERE
    assert not row(world).undo.isVisible()
    world.lock()
    with world.journal() as journal:
        assert list_imports(journal) == ()


def test_a_second_import_finds_everything_here_and_offers_nothing(world: World, copy: Path) -> None:
    bring_in(world, copy)
    sheet = report(world, copy)
    told = dict(sheet.facts.told)
    assert (told["Would be imported"], told["Here already, just so"]) == ("0", told["In the file"])
    assert not sheet.go_on.isVisible()
    assert sheet.cancel.text() == "Close"


def test_what_was_changed_since_stays_when_it_is_undone_later(world: World, copy: Path) -> None:
    bring_in(world, copy)
    world.lock()
    with world.sample.open(Access.WRITE) as journal:
        (one,) = list_imports(journal)
        assert isinstance(one, Imported) and one.finished and one.kinds["entry"] == THERE
        found = first_rows(journal, "There 1", Filter(), 5)[0].entry
        save_entry(journal, found.id, draft("There 1, and more of my own"), Sitting())
    world.unlock()
    world.page.show_section("data")
    part = section(world, DataSection)
    wait_until(part.imports.button.isEnabled)
    assert part.imports.note() == "1 import. It can be taken back."
    part.imports.button.click()
    (listed,) = sheets(world)
    assert isinstance(listed, ImportsSheet)
    assert listed.lines[0].words() == "8 October, 19:24, from Integrate's JSON"
    assert listed.lines[1].words().startswith("3 entries")
    (undo,) = listed.undo_buttons
    assert undo.accessibleName() == "Undo the import of 8 October, 19:24…"
    undo.setFocus()
    QTest.keyClick(undo, Qt.Key.Key_Space)
    answer(world, "undo")
    wait_until(lambda: not row(world).task.running, SLOW)
    assert "1 thing stays: it was changed or used since." in said(world)
    assert entries(world) == HERE + 1
    wait_until(lambda: not part.imports.button.isEnabled())
    assert part.imports.note() == "None yet."


def test_keeping_an_import_takes_nothing_back(world: World, copy: Path) -> None:
    bring_in(world, copy)
    row(world).undo.click()
    answer(world, "keep")
    run_events()
    assert not row(world).task.running
    assert entries(world) == HERE + THERE
    assert row(world).undo.isVisible()


@pytest.mark.parametrize(
    "content",
    [b"Dear diary", b"", b'{"format":"integrate-journal","version":1,"program":"x"', b"{}"],
    ids=["text", "empty", "cut short", "other JSON"],
)
def test_what_is_not_understood_is_told_and_nothing_is_written(world: World, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "strange.json"
    file.write_bytes(content)
    row(world).look_into(file)
    wait_until(lambda: not row(world).task.running, SLOW)
    assert "strange.json" in said(world)
    assert "Nothing was changed." in said(world) or "Nothing was brought in." in said(world)
    assert sheets(world) == []
    assert not row(world).show_report.isVisible()
    assert entries(world) == HERE


def test_a_file_that_is_gone_by_then_is_told(world: World, copy: Path) -> None:
    sheet = report(world, copy)
    copy.unlink()
    sheet.go_on.click()
    wait_until(lambda: not row(world).task.running, SLOW)
    assert "copy.json" in said(world)
    assert entries(world) == HERE


def test_what_is_left_out_is_named_with_its_reason(world: World, copy: Path) -> None:
    document = json.loads(copy.read_bytes())
    places = [place for place, record in enumerate(document["records"]) if record["record"] == "entry"]
    entry = document["records"][places[0]]
    document["records"].insert(places[-1] + 1, {
        "record": "attachment", "id": "01900000-0000-7000-8000-000000000002", "entry_id": entry["id"], "name": "a.jpg",
        "media_type": "image/jpeg", "size": 5, "sha256": "00" * 32, "created": entry["created"],
    })  # fmt: skip
    copy.write_text(json.dumps(document))
    sheet = report(world, copy)
    told = dict(sheet.facts.told)
    assert (told["Left out"], told["Photos and files missing"]) == ("1", "1")
    assert [line.words() for line in sheet.problems] == [
        "Photo or file: The photo or file itself is not in it, or not whole."
    ]


def test_many_of_a_kind_are_told_as_one_with_some_of_their_ids(world: World) -> None:
    why = "It was kept as it is here."
    problems = (*(Problem(f"entry {number}", why) for number in range(1, 1001)), Problem("session 7", why))
    found = ImportReport(None, 1001, 0, 1001, 0, 0, problems, {})
    sheet = ImportSheet(world.page.context, "a.json", found)
    assert [line.words() for line in sheet.problems] == [f"Entry (1,000): {why}", f"Session: {why}"]
    shown = [text.words() for text in sheet.findChildren(Text)]
    assert "\n".join(map(str, range(1, 13))) in shown and "And 988 more." in shown and "7" in shown


def test_a_cancelled_import_leaves_nothing(
    world: World, template: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "_FIRST_STEP", 1)
    monkeypatch.setattr(taking, "_LONGEST_STEP", 1)
    sheet = report(world, copied(template, tmp_path, 60))
    sheet.go_on.click()
    task = row(world).task
    wait_until(lambda: entries(world) > HERE, SLOW)
    task.cancel.click()
    assert task.running and not task.cancel.isEnabled()  # it is being taken back
    wait_until(lambda: not task.running, SLOW)
    assert said(world) == "Cancelled. What had been imported was taken back."
    assert entries(world) == HERE
    assert not row(world).undo.isVisible()
    world.lock()
    with world.journal() as journal:
        assert list_imports(journal) == ()


def test_a_cancelled_look_says_so_at_once(world: World, copy: Path) -> None:
    row(world).look_into(copy)
    row(world).task.cancel.click()
    assert said(world) == "Cancelled. Nothing was changed."
    assert entries(world) == HERE
    assert sheets(world) == []


def test_a_lock_in_the_middle_leaves_a_whole_journal_and_what_can_be_undone(
    world: World, template: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "_FIRST_STEP", 1)
    monkeypatch.setattr(taking, "_LONGEST_STEP", 1)
    sheet = report(world, copied(template, tmp_path, 60))
    sheet.go_on.click()
    wait_until(lambda: entries(world) > HERE, SLOW)
    world.lock()
    with world.sample.open(Access.WRITE) as journal:
        for one in list_imports(journal):
            assert isinstance(one, Imported)
            undo_import(journal, one.id)
        assert count(journal) == HERE


def test_in_a_journal_open_to_read_only_nothing_can_be_imported(world: World) -> None:
    world.lock()
    world.unlock(read_only=True)
    assert not row(world).button.isEnabled()
    assert row(world).note().endswith("This journal is open to read only.")


def test_a_disk_that_fills_up_is_told_and_what_was_imported_can_be_undone(
    world: World, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "_FIRST_STEP", 2)
    monkeypatch.setattr(taking, "_LONGEST_STEP", 2)
    add, calls = taking.add_part, list[int]()

    def full(*arguments: object, **options: object) -> None:
        calls.append(len(calls))
        if len(calls) > 2:
            raise DiskFull
        add(*arguments, **options)  # type: ignore[arg-type]  # passed through

    sheet = report(world, copy)
    monkeypatch.setattr(taking, "add_part", full)
    sheet.go_on.click()
    wait_until(lambda: not row(world).task.running, SLOW)
    assert said(world).startswith(DiskFull().sentences()[0])
    assert said(world).endswith("it is in the list of imports and can be undone there.")
    part = section(world, DataSection)
    wait_until(part.imports.button.isEnabled)
    part.imports.button.click()
    (listed,) = sheets(world)
    assert isinstance(listed, ImportsSheet)
    assert listed.lines[-1].words() == "It was cut off before its end."
    monkeypatch.undo()
    listed.undo_buttons[0].click()
    answer(world, "undo")
    wait_until(lambda: not row(world).task.running, SLOW)
    assert entries(world) == HERE


def test_an_import_that_cannot_be_read_is_named_without_an_undo(world: World) -> None:
    sheet = ImportsSheet(world.page.context, (Unreadable(None),))
    assert [line.words() for line in sheet.lines] == ["An import that cannot be read. It cannot be taken back."]
    assert sheet.undo_buttons == []


def test_a_report_waits_while_something_else_is_open(world: World, copy: Path) -> None:
    section(world, DataSection).full_copy.button.click()
    (other,) = sheets(world)
    row(world).look_into(copy)
    wait_until(lambda: not row(world).task.running, SLOW)
    assert sheets(world) == [other]
    other.close()
    run_events()
    row(world).show_report.click()
    assert isinstance(sheets(world)[-1], ImportSheet)
