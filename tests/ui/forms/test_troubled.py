"""What cannot be read or gone on with says so in a clear sentence, on the screen, and the rest is fine."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from integrate.domain.check_ins import CheckInDraft
from integrate.domain.logs import EffectLog
from integrate.domain.responses import Response, ResponseStatus
from integrate.domain.times import ZonedTime
from integrate.journal.check_ins import record_check_in
from integrate.journal.logs import record_effect_log
from integrate.journal.opening import Journal
from integrate.journal.responses import list_responses
from integrate.ui.check_in.card import CheckInPanel
from integrate.ui.check_in.earlier import EarlierSheet
from integrate.ui.forms.effects_sheet import EffectsSheet, open_effects
from integrate.ui.forms.sheet import QuestionnaireSheet
from integrate.ui.pages.settings.page import SettingsPage
from integrate.ui.pages.settings.questionnaires import QuestionnairesSection
from integrate.ui.widgets.text import Text
from tests.helpers.journals import tamper
from tests.ui.forms.forms_world import FormsWorld, words_of
from tests.ui.forms.test_logs import held
from tests.ui.forms.test_suggested import filled_in
from tests.ui.waiting import wait_until

EXPIRED = "This questionnaire was stopped, or begun more than a day ago. Its answers are kept as they are."


def said(part: QWidget) -> list[str]:
    return [text.words() for text in part.findChildren(Text) if text.isVisible() and text.words()]


def damage(world: FormsWorld, sql: str) -> None:
    world.ask(lambda journal: tamper(journal, sql))


def begun(world: FormsWorld) -> None:
    sheet = world.open_form("gad-7")
    world.focus_on(sheet.cards["1"].tab_stop().text())
    world.type("1")
    wait_until(lambda: sheet.state.words().startswith("Saved"))


def test_a_form_left_open_for_a_day_is_said_to_be_stopped_and_another_begins(world: FormsWorld) -> None:
    begun(world)
    world.press(Qt.Key.Key_Escape)
    world.clock.advance(timedelta(hours=25))
    again = world.open_form("gad-7")
    assert (
        "The one you began on 8 October 2026 was open for a day, so it was stopped. Its answers are kept, and this one "
        "begins anew."
    ) in words_of(again)
    assert again.answers() == {}
    world.focus_on(again.cards["1"].tab_stop().text())
    world.type("2")
    world.press(Qt.Key.Key_Escape)
    third = world.open_form("gad-7")
    assert not any("was open for a day" in words for words in words_of(third))


def test_a_form_that_expires_on_the_screen_says_so_and_keeps_what_it_had(world: FormsWorld) -> None:
    begun(world)
    sheet = world.sheet(QuestionnaireSheet)
    world.clock.advance(timedelta(hours=25))
    world.type(" 3")
    wait_until(lambda: EXPIRED in said(sheet))
    world.press(Qt.Key.Key_Escape)
    world.settle()
    desk = world.program.desk
    assert desk is not None and not desk.saver.unsaved  # no waiting changes it
    (kept,) = world.ask(lambda journal: [one for one in list_responses(journal) if isinstance(one, Response)])
    assert kept.status(world.clock.now()) is ResponseStatus.STOPPED
    assert len(kept.draft.answers) == 1


def test_a_response_that_is_damaged_is_named_in_its_list(world: FormsWorld) -> None:
    world.ask(filled_in)
    damage(world, "UPDATE response SET rev = rev + 1")
    world.shell.go("settings", section="questionnaires")
    world.settle()
    section = cast("QuestionnairesSection", cast("SettingsPage", world.page).sections["questionnaires"])
    wait_until(lambda: "This questionnaire could not be read. The rest is fine." in said(section.past))


def test_a_form_damaged_while_it_is_answered_goes_on_in_another_one(world: FormsWorld) -> None:
    begun(world)
    damage(world, "UPDATE response SET rev = rev + 1")
    world.type(" 3")
    world.settle()
    kept = [one for one in world.ask(list_responses) if isinstance(one, Response)]
    assert [len(one.draft.answers) for one in kept] == [2]


def test_side_effects_that_are_damaged_are_told(world: FormsWorld) -> None:
    session = world.ask(held)

    def note(journal: Journal) -> bool:
        record_effect_log(journal, EffectLog(session.id, (), "Thirsty"))
        return True

    world.ask(note)
    damage(world, "UPDATE log SET rev = rev + 1")
    open_effects(world.page.context, world.page, session.id)
    wait_until(lambda: any("These notes could not be read. The rest is fine." in words for words in said(world.window)))
    assert not any(isinstance(sheet, EffectsSheet) for sheet in world.sheets())


def test_a_check_in_that_is_damaged_is_named_among_the_earlier_ones(world: FormsWorld) -> None:
    def check_in(journal: Journal) -> bool:
        about = ZonedTime(journal.clock.now(), journal.clock.zone())
        for words in ("One", "Two"):
            record_check_in(journal, CheckInDraft(about, (), words))
        return True

    world.ask(check_in)
    damage(world, "UPDATE check_in SET rev = rev + 1 WHERE pk = 1")
    panel = cast("CheckInPanel", world.page.findChild(CheckInPanel))
    panel.open_earlier()
    sheet = world.sheet(EarlierSheet)
    wait_until(lambda: len(sheet.rows()) == 1)
    assert "One check-in could not be read. The rest is fine." in words_of(sheet)
