"""Settings, Check-in measures: which are asked, in what order, how often, and measures of one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from integrate.domain.check_ins import Answer, CheckIn, CheckInDraft
from integrate.domain.measures import Definition, Direction, HowOften, Measure
from integrate.domain.times import ZonedTime
from integrate.journal.check_ins import list_check_ins, record_check_in
from integrate.journal.measures import add_measure, change_measure, definitions, list_measures
from integrate.journal.opening import Journal
from integrate.storage.mood_tables import MeasureRow
from integrate.ui.pages.settings.measure_line import MeasureLine
from integrate.ui.pages.settings.measure_sheet import MeasureSheet
from integrate.ui.pages.settings.measures import MeasuresSection
from integrate.ui.widgets.text import Text
from tests.ui.pages.settings_world import EVENING, World, fill, section, sheets
from tests.ui.waiting import run_events, wait_until

SHIPPED_ASKED = ["Mood", "Anxiety", "Energy", "Sleep last night"]


def part_of(world: World) -> MeasuresSection:
    found = section(world, MeasuresSection)
    world.page.show_section("measures")
    wait_until(lambda: bool(found.lines))
    return found


def line(part: MeasuresSection, name: str) -> MeasureLine:
    return next(one for one in part.lines.values() if one.measure.name == name)


def asked(part: MeasuresSection) -> list[str]:
    return [one.measure.name for one in part.lines.values() if one.measure.in_use]


def sheet_of(world: World) -> MeasureSheet:
    found = sheets(world)[-1]
    assert isinstance(found, MeasureSheet)
    return found


def test_measures_are_put_in_use_away_and_in_another_order(opened: World) -> None:
    opened.program.window.activateWindow()
    part = part_of(opened)
    assert asked(part) == SHIPPED_ASKED
    line(part, "Hope").switch.click()
    wait_until(lambda: asked(part) == [*SHIPPED_ASKED, "Hope"])
    line(part, "Anxiety").switch.click()
    wait_until(lambda: "Anxiety" not in asked(part))
    assert "Anxiety" in [one.measure.name for one in part.lines.values()], "it is still there to choose"
    up = line(part, "Hope").up
    up.setFocus(Qt.FocusReason.TabFocusReason)
    up.click()
    wait_until(lambda: asked(part) == ["Mood", "Energy", "Hope", "Sleep last night"])
    assert QApplication.focusWidget() is line(part, "Hope").up, "the keyboard goes on where it was"
    line(part, "Hope").up.click()
    wait_until(lambda: asked(part)[1] == "Hope")
    line(part, "Hope").up.click()
    wait_until(lambda: asked(part)[0] == "Hope")
    assert QApplication.focusWidget() is line(part, "Hope").down, "at the top there is no way up"
    assert not line(part, "Hope").up.isEnabled()
    opened.lock()
    with opened.journal() as journal:
        assert [one.name for one in list_measures(journal) if isinstance(one, Measure)] == [
            "Hope", "Mood", "Energy", "Sleep last night",
        ]  # fmt: skip


def test_one_of_ones_own_is_made_changed_and_deleted_with_a_way_back(opened: World) -> None:
    part = part_of(opened)
    part.add_button.click()
    sheet = sheet_of(opened)
    sheet.keep()
    assert sheet.name.error() == "One word is enough."
    sheet.name.edit.setText("Steadiness")
    sheet.low.edit.setText("shaky")
    sheet.high.edit.setText("steady")
    sheet.lowest.edit.setText("one")
    sheet.keep()
    assert sheet.lowest.error() == "A whole number."
    sheet.lowest.edit.setText("5")
    sheet.highest.edit.setText("5")
    sheet.keep()
    assert sheet.said.words().endswith("The lowest number of a measure is below its highest.")
    sheet.lowest.edit.setText("1")
    sheet.direction.set_value(Direction.HIGHER)
    sheet.how_often.set_value(HowOften.AROUND_SESSIONS)
    sheet.save_button.click()
    wait_until(lambda: asked(part) == [*SHIPPED_ASKED, "Steadiness"])
    made = line(part, "Steadiness").measure
    assert made.definition == Definition("Steadiness", "shaky", "steady", 1, 5, direction=Direction.HIGHER)
    assert made.how_often is HowOften.AROUND_SESSIONS
    assert "1 shaky to 5 steady · Around sessions" in [one.words() for one in part.findChildren(Text)]
    line(part, "Steadiness").change.click()
    change = sheet_of(opened)
    change.name.edit.setText("Steady hands")
    change.save_button.click()
    wait_until(lambda: "Steady hands" in asked(part))
    assert line(part, "Steady hands").measure.version == 2
    line(part, "Steady hands").change.click()
    delete = next(one for one in sheet_of(opened).findChildren(type(part.add_button)) if one.text() == "Delete")
    delete.click()
    wait_until(lambda: "Steady hands" not in asked(part))
    assert sheets(opened) == []
    assert opened.shell.perform("undo")
    wait_until(lambda: "Steady hands" in asked(part))


def test_another_range_leaves_old_answers_as_they_were_and_says_so(world: World) -> None:
    def answered(journal: Journal) -> None:
        measure = add_measure(journal, Definition("Warmth"), HowOften.EACH).measure
        about = ZonedTime(EVENING, "Europe/Lisbon")
        record_check_in(journal, CheckInDraft(about, (Answer(measure.id, 1, 9),)))

    fill(world, answered)
    world.unlock()
    part = part_of(world)
    line(part, "Warmth").change.click()
    sheet = sheet_of(world)
    sentence = "Answers you gave before keep the name, the words and the range they were given to."
    assert sentence in [one.words() for one in sheet.findChildren(Text)]
    sheet.highest.edit.setText("5")
    sheet.save_button.click()
    wait_until(lambda: line(part, "Warmth").measure.definition.highest == 5)
    world.lock()
    with world.journal() as journal:
        (check_in,) = list_check_ins(journal)
        assert isinstance(check_in, CheckIn)
        answer = check_in.draft.answers[0]
        assert (answer.version, answer.value) == (1, 9)
        assert definitions(journal)[answer.measure_id, 1].highest == 10


def test_words_to_choose_from_are_lines_and_one_that_ships_cannot_be_deleted(opened: World) -> None:
    part = part_of(opened)
    line(part, "Feeling words").change.click()
    sheet = sheet_of(opened)
    assert not [one for one in sheet.findChildren(type(part.add_button)) if one.text() == "Delete"]
    assert not sheet.low.isVisible()
    sheet.words.set_text("  calm\n\ntired \n")
    sheet.save_button.click()
    wait_until(lambda: line(part, "Feeling words").measure.words == ("calm", "tired"))


def test_one_that_cannot_be_read_is_named(world: World) -> None:
    def damage(journal: Journal) -> None:
        measure = add_measure(journal, Definition("Warmth"), HowOften.EACH).measure
        change_measure(journal, measure.id, how_often=HowOften.WEEKLY)
        with journal.vault.database.write() as connection:
            connection.execute(update(MeasureRow).where(MeasureRow.id == measure.id.bytes).values(in_use=False))

    fill(world, damage)
    world.unlock()
    part = part_of(world)
    assert asked(part) == SHIPPED_ASKED
    said = [one.words() for one in part.findChildren(Text) if one.isVisible()]
    assert "One measure could not be read. The rest is fine." in said


def test_to_read_only_everything_can_be_seen_and_nothing_changed(world: World) -> None:
    world.unlock(read_only=True)
    part = part_of(world)
    mood = line(part, "Mood")
    assert not [one for one in (mood.up, mood.down, mood.change, mood.switch, part.add_button) if one.isEnabled()]
    assert "This journal is open to read only." in [one.words() for one in part.findChildren(Text)]


def test_large_text_in_a_narrow_window_fits(opened: World) -> None:
    part = part_of(opened)
    opened.program.change_settings(text_size=200)
    opened.program.window.resize(720, 700)
    run_events()
    assert opened.page.area.horizontalScrollBar().maximum() == 0
    assert part.minimumSizeHint().width() <= 720
