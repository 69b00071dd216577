"""Logs that were written: found in Settings, read, changed, deleted with a way back, and written when none is due."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from integrate.domain.logs import EffectLine, EffectLog, SlowLog, YesNo
from integrate.domain.moments import Strength
from integrate.journal.logs import deleted_logs, record_effect_log, record_slow_log
from integrate.journal.opening import Journal
from integrate.ui.forms.due import DueLine
from integrate.ui.forms.effects_sheet import EffectsSheet
from integrate.ui.forms.past_log_sheet import PastLogSheet
from integrate.ui.forms.slow_sheet import SlowSheet
from integrate.ui.pages.settings.page import SettingsPage
from integrate.ui.pages.settings.questionnaires import QuestionnairesSection
from integrate.ui.widgets.text import Text
from tests.helpers.journals import tamper
from tests.ui.forms.forms_world import FormsWorld, words_of
from tests.ui.forms.test_logs import held, logs
from tests.ui.waiting import wait_until

SLOW = SlowLog((("bladder-often", YesNo.NO), ("memory", YesNo.UNSURE)), 3, "As before.")


def section(world: FormsWorld) -> QuestionnairesSection:
    world.shell.go("settings", section="questionnaires")
    world.settle()
    return cast("QuestionnairesSection", cast("SettingsPage", world.page).sections["questionnaires"])


def buttons(shown: QuestionnairesSection) -> dict[str, QAbstractButton]:
    found = shown.logs.findChildren(QAbstractButton)
    return {button.accessibleName(): button for button in found if button.isVisible()}


def noted(journal: Journal) -> None:
    session = held(journal)
    record_effect_log(journal, EffectLog(session.id, (EffectLine("nausea", Strength.MILD),)))
    record_slow_log(journal, SLOW)


def test_every_log_is_there_to_be_read_line_by_line(world: FormsWorld) -> None:
    world.ask(noted)
    shown = section(world)
    wait_until(lambda: len(shown.logs.rows) == 2)
    names = list(buttons(shown))
    slow, effects = "What changes slowly · 8 October 2026", "Side effects after session 1 · 7 October 2026"
    assert names == [f"{word}: {what}" for what in (slow, effects) for word in ("Read", "Change", "Delete")]
    buttons(shown)[f"Read: {slow}"].click()
    read = world.sheet(PastLogSheet)
    assert words_of(read)[1:] == [
        "8 October 2026", "Needing the toilet more often, or more urgently: No",
        "A change in memory or concentration: Unsure", "Pull toward unplanned doses: 3 of 10", "As before.",
    ]  # fmt: skip
    read.close()
    buttons(shown)[f"Change: {effects}"].click()
    assert world.sheet(EffectsSheet).cards["nausea"].answer() == str(Strength.MILD)


def test_a_log_is_changed_and_when_it_was_written_stays(world: FormsWorld) -> None:
    world.ask(lambda journal: record_slow_log(journal, SLOW))
    (before,) = world.ask(logs)
    shown = section(world)
    wait_until(lambda: bool(shown.logs.rows))
    next(button for name, button in buttons(shown).items() if name.startswith("Change")).click()
    sheet = world.sheet(SlowSheet)
    assert sheet.content() == SLOW
    sheet.pull.setFocus()
    world.type("5")
    world.press_button("Done")
    world.wait_closed(sheet)
    (after,) = world.ask(logs)
    assert isinstance(after.content, SlowLog)
    assert (after.id, after.written, after.content.pull) == (before.id, before.written, 5)


def test_a_log_is_deleted_with_a_way_back(world: FormsWorld) -> None:
    world.ask(lambda journal: record_slow_log(journal, SLOW))
    shown = section(world)
    wait_until(lambda: bool(shown.logs.rows))
    next(button for name, button in buttons(shown).items() if name.startswith("Delete")).click()
    world.settle()
    assert len(world.ask(deleted_logs)) == 1
    wait_until(lambda: not shown.logs.rows)
    world.shell.perform("undo")
    world.settle()
    wait_until(lambda: len(shown.logs.rows) == 1)
    assert world.ask(deleted_logs) == ()


def test_a_log_whose_answers_are_all_taken_back_goes_to_recently_deleted_and_comes_back(world: FormsWorld) -> None:
    shown = section(world)
    shown.slow.button.click()
    sheet = world.sheet(SlowSheet)
    world.focus_on("No")
    world.type("1")
    wait_until(lambda: sheet.state.words() == "Saved")
    world.press(Qt.Key.Key_Backspace)
    world.settle()
    assert world.ask(logs) == []
    assert len(world.ask(deleted_logs)) == 1
    world.type("2")
    world.settle()
    (log,) = world.ask(logs)
    assert dict(log.content.answers) == {"bladder-often": YesNo.UNSURE}
    assert world.ask(deleted_logs) == ()


def test_a_damaged_log_is_named_and_the_others_stay(world: FormsWorld) -> None:
    world.ask(noted)
    world.ask(lambda journal: tamper(journal, "UPDATE log SET content = '{}' WHERE kind = 'slow'"))
    shown = section(world)
    wait_until(lambda: len(shown.logs.rows) == 2)
    said = [text.words() for text in shown.logs.findChildren(Text) if text.isVisible()]
    assert "These notes could not be read. The rest is fine." in said
    assert any("Side effects after session 1" in words for words in said)


def test_side_effects_are_offered_in_the_evening_of_the_sessions_own_day(world: FormsWorld) -> None:
    world.ask(lambda journal: held(journal, datetime(2026, 10, 8, 10, 30, tzinfo=UTC)))
    world.shell.go("journal")
    world.shell.go("today")
    world.settle()
    world.settle()
    lines = [line for line in world.page.findChildren(DueLine) if line.isVisible()]
    assert [line.words.words() for line in lines] == ["Side effects after session 1, if you like."]
    lines[0].open_button.click()
    world.sheet(EffectsSheet)
