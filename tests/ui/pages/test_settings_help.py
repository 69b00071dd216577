"""Settings, Help now: the hard-night page and the early signs are written from there too."""

from __future__ import annotations

from uuid import UUID

import pytest

from integrate.domain.hard_night import NightKind, NightLine
from integrate.journal.hard_night import list_early_signs, list_hard_night, save_hard_night
from integrate.ui.night_editor import NightEditor
from integrate.ui.pages.settings.help import HelpSection
from integrate.ui.widgets.text import Text
from tests.helpers.journals import tamper
from tests.ui.pages.settings_world import World, fill, section, sheets
from tests.ui.pages.stand_ins import button
from tests.ui.waiting import run_events, wait_until

TEA = NightLine(UUID(int=1), NightKind.HELPS, "Warm tea")


def editor(world: World, name: str) -> NightEditor:
    world.page.show_section("help")
    button(section(world, HelpSection), name).click()
    wait_until(lambda: bool(sheets(world)))
    found = sheets(world)[-1]
    assert isinstance(found, NightEditor)
    return found


@pytest.mark.parametrize(
    ("name", "add", "read"),
    [("Write or change my hard-night page", "Add a line: Who", list_hard_night),
     ("Write or change my early signs", "Add a line: My early signs", list_early_signs)],
)  # fmt: skip
def test_a_line_is_written_from_settings(world: World, name: str, add: str, read: object) -> None:
    world.unlock()
    sheet = editor(world, name)
    button(sheet, add).click()
    sheet._form.area.set_text("My sister")
    button(sheet, "Save").click()
    wait_until(lambda: "My sister" in [text.words() for text in sheet.findChildren(Text)])
    sheet.close()
    world.lock()
    with world.journal() as journal:
        assert [line.text for line in read(journal)] == ["My sister"]  # type: ignore[operator]  # one of the two


def test_what_was_typed_is_there_after_a_lock(world: World) -> None:
    world.unlock()
    sheet = editor(world, "Write or change my hard-night page")
    button(sheet, "Add a line: Who").click()
    sheet._form.area.set_text("My sister")
    world.lock()
    with world.journal() as journal:
        assert [line.text for line in list_hard_night(journal)] == ["My sister"]


def test_a_page_that_cannot_be_read_is_told_and_not_written_over(world: World) -> None:
    fill(world, lambda journal: save_hard_night(journal, (TEA,)))
    fill(world, lambda journal: tamper(journal, "UPDATE setting SET value = '[]' WHERE key = 'hard_night'"))
    world.unlock()
    world.page.show_section("help")
    part = section(world, HelpSection)
    part.night.button.click()
    wait_until(lambda: bool(part.night.error()))
    assert sheets(world) == []


def test_open_to_read_only_it_says_why_nothing_can_be_written(world: World) -> None:
    world.unlock(read_only=True)
    world.page.show_section("help")
    run_events()
    part = section(world, HelpSection)
    for row in (part.night, part.signs):
        assert not row.button.isEnabled()
        assert "read only" in row.note()
