"""The quiet line of Today, and the section of Settings: what is suggested, and the ways to read and delete."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from integrate.domain.form_schedule import PHQ_8
from integrate.journal.opening import Journal
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.journal.responses import begin_response, finish_response, form_plan, list_responses, save_answers
from integrate.ui.forms.due import DueLine
from integrate.ui.forms.effects_sheet import EffectsSheet
from integrate.ui.forms.past_sheet import PastSheet
from integrate.ui.forms.phq_sheet import PhqSheet
from integrate.ui.forms.sheet import QuestionnaireSheet
from integrate.ui.pages.settings.page import SettingsPage
from integrate.ui.pages.settings.questionnaires import QuestionnairesSection
from tests.ui.forms.forms_world import FormsWorld, words_of
from tests.ui.forms.test_logs import held
from tests.ui.waiting import run_events, wait_until

LONG_AGO = datetime(2026, 9, 17, 10, 30, tzinfo=UTC)  # three weeks before the evening it is


def line(world: FormsWorld) -> DueLine:
    world.settle()
    world.settle()
    found = world.page.findChild(DueLine)
    assert isinstance(found, DueLine)
    return found


def filled_in(journal: Journal) -> None:
    asked = shipped_questionnaires()["gad-7"]
    response = begin_response(journal, asked).response
    save_answers(journal, response.id, {item.link_id: item.options[1].code for item in asked.items})
    finish_response(journal, response.id)


def section(world: FormsWorld) -> QuestionnairesSection:
    world.shell.go("settings", section="questionnaires")
    world.settle()
    return cast("QuestionnairesSection", cast("SettingsPage", world.page).sections["questionnaires"])


def test_side_effects_come_first_then_a_questionnaire_and_not_now_is_the_last_word(world: FormsWorld) -> None:
    assert not line(world).isVisible()
    world.ask(held)
    world.shell.go("today")
    due = line(world)
    wait_until(due.isVisible)
    assert due.words.words() == "Side effects after session 1, if you like."
    due.open_button.click()
    sheet = world.sheet(EffectsSheet)
    world.press(Qt.Key.Key_Escape)
    world.wait_closed(sheet)
    due.not_now_button.click()
    world.settle()
    assert not line(world).isVisible()


def test_which_phq_is_asked_once_with_nothing_ticked(world: FormsWorld) -> None:
    world.ask(lambda journal: held(journal, LONG_AGO))
    world.shell.go("today")
    due = line(world)
    wait_until(due.isVisible)
    assert due.words.words() == "A questionnaire is ready: PHQ-9 or PHQ-8. About 3 minutes."
    due.open_button.click()
    sheet = world.sheet(PhqSheet)
    assert not any(choice.isChecked() for choice in sheet.choices.values())
    assert not sheet.save_button.isEnabled()
    sheet.choices[PHQ_8].click()
    sheet.save_button.click()
    form = world.sheet(QuestionnaireSheet)
    assert form.questionnaire.key == PHQ_8
    assert world.ask(form_plan).phq == PHQ_8
    form.close()
    assert "PHQ-8." in line(world).words.words()


def test_settings_switch_a_questionnaire_off_and_read_one_and_delete_it_with_a_way_back(world: FormsWorld) -> None:
    world.ask(filled_in)
    shown = section(world)
    shown.switches["gad7"].switch.click()
    world.settle()
    assert not world.ask(form_plan).gad7
    wait_until(lambda: bool(shown.past.rows))
    names = [button.accessibleName() for button in shown.past.findChildren(QAbstractButton) if button.isVisible()]
    assert names == ["Read: GAD-7 · 8 October 2026 · 7 of 21", "Delete: GAD-7 · 8 October 2026 · 7 of 21"]
    read, delete = [button for button in shown.past.findChildren(QAbstractButton) if button.isVisible()]
    read.click()
    past = world.sheet(PastSheet)
    assert words_of(past).count("Several days") == 7
    past.close()
    delete.click()
    world.settle()
    assert world.ask(list_responses) == ()
    world.shell.perform("undo")
    world.settle()
    assert len(world.ask(list_responses)) == 1


def test_any_questionnaire_can_be_opened_from_settings(world: FormsWorld) -> None:
    shown = section(world)
    wait_until(lambda: list(shown.forms) == ["phq-9", "phq-8", "gad-7", "pcl-5", "k6"])
    shown.forms["k6"].button.click()
    assert world.sheet(QuestionnaireSheet).questionnaire.key == "k6"
    run_events()
