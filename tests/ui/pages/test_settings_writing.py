"""Settings, Writing: questions on and off, the person's own, spelling, and what keyboards may learn."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QAbstractButton

from integrate.domain.entry import Phase
from integrate.domain.prompts import Occasion
from integrate.journal.preferences import change_preferences
from integrate.journal.prompts import prompt_for
from integrate.system.local_settings import read_settings
from integrate.ui.pages.settings.writing import WritingSection, language_name
from tests.ui.pages.settings_world import World, fill, section, sheets
from tests.ui.waiting import wait_until


def test_switches_of_writing_are_kept(opened: World) -> None:
    part = section(opened, WritingSection)
    part.prompts.switch.click()
    part.on_this_day.switch.click()
    part.sensitive.switch.click()
    wait_until(lambda: opened.page.desk.preferences.sensitive_input)
    preferences = opened.page.desk.preferences
    assert (preferences.prompts_on, preferences.on_this_day) == (False, True)
    if sys.platform.startswith("linux"):
        part.primary.switch.click()
        assert read_settings(opened.program.paths).primary_selection


def test_a_question_that_is_not_ticked_is_not_offered(opened: World) -> None:
    part = section(opened, WritingSection)
    wait_until(lambda: bool(part._prompts))
    sheet = part.open_prompts()
    prepare = [prompt for prompt in part._prompts if prompt.phase is Phase.PREPARE]
    for prompt in prepare[1:]:
        sheet.boxes[prompt.id].click()
    wait_until(lambda: len(opened.page.desk.preferences.hidden_prompts) == len(prepare) - 1)
    left = len(part._prompts) - len(prepare) + 1
    wait_until(lambda: part.choose_prompts.note() == f"{left} of {len(part._prompts)} are offered.")
    opened.lock()
    with opened.journal() as journal:
        offered = prompt_for(journal, Occasion(Phase.PREPARE))
        assert offered is not None and offered.id == prepare[0].id


def test_an_own_question_is_added_offered_changed_and_removed_with_a_way_back(opened: World) -> None:
    part = section(opened, WritingSection)
    wait_until(lambda: bool(part._prompts))
    sheet = part.own.open_new()
    sheet.keep()
    wait_until(lambda: bool(sheet.question.error()))
    sheet.question.edit.setText("What did the sea sound like?")
    sheet.phase.set_value(Phase.EXPERIENCE)
    sheet.keep()
    wait_until(lambda: len(part.own.prompts()) == 1)
    mine = part.own.prompts()[0]
    assert (mine.text, mine.phase) == ("What did the sea sound like?", Phase.EXPERIENCE)
    part.own._open_change(mine)
    change = sheets(opened)[-1]
    change.question.edit.setText("How did the sea sound?")
    change.keep()
    wait_until(lambda: part.own.prompts()[0].text == "How did the sea sound?")
    assert part.own.prompts()[0].id == mine.id
    buttons = [found for found in part.own.findChildren(QAbstractButton) if found.accessibleName().startswith("Remove")]
    buttons[-1].click()
    wait_until(lambda: part.own.prompts() == ())
    assert opened.shell.perform("undo")
    wait_until(lambda: [prompt.id for prompt in part.own.prompts()] == [mine.id])


def test_a_dictionary_is_chosen_by_the_name_of_its_language(opened: World) -> None:
    part = section(opened, WritingSection)
    combo = part.spelling.menu.combo
    wait_until(lambda: combo.count() > 1)
    assert combo.itemText(0) == "Off"
    assert combo.currentText() == language_name("en_US") == "American English"
    combo.activated.emit(0)
    wait_until(lambda: opened.page.desk.preferences.spelling == "")


def test_words_are_taken_off_the_list_and_put_back(world: World) -> None:
    fill(world, lambda journal: change_preferences(journal, own_words=("lozenge", "Lisboa", "esketamine")))
    world.unlock()
    part = section(world, WritingSection)
    assert part.own_words.note() == "3 words are right in this journal."
    sheet = part.open_own_words()
    assert list(sheet.lines) == ["esketamine", "Lisboa", "lozenge"]
    for word in ("Lisboa", "lozenge"):
        sheet.lines[word].action.click()
    wait_until(lambda: world.page.desk.preferences.own_words == ("esketamine",))
    assert sheet.lines["Lisboa"].action.accessibleName() == "Put “Lisboa” back"
    sheet.lines["Lisboa"].action.click()
    wait_until(lambda: world.page.desk.preferences.own_words == ("esketamine", "Lisboa"))
