"""A disk that takes nothing: every answer is told to be waiting, and is there again whatever was closed meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from integrate.domain.check_ins import CheckIn
from integrate.domain.entry import Filter
from integrate.domain.logs import EffectLog, SlowLog, YesNo
from integrate.domain.moments import Strength
from integrate.domain.responses import Response, ResponseStatus
from integrate.journal.browsing import first_rows
from integrate.journal.check_ins import list_check_ins
from integrate.journal.opening import Access, Journal, open_journal
from integrate.journal.responses import list_responses
from integrate.journal.sessions import purge_session
from integrate.system.lock_source import LockReason
from integrate.ui.check_in.card import CheckInPanel
from integrate.ui.check_in.change import ChangeSheet
from integrate.ui.check_in.past_row import PastRow
from integrate.ui.check_in.rows import ScaleRow
from integrate.ui.forms.effects_sheet import EffectsSheet, open_effects
from integrate.ui.forms.sheet import QuestionnaireSheet
from integrate.ui.forms.slow_sheet import SlowSheet, open_slow
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.text import Text
from tests.ui.forms.forms_world import FormsWorld, on_disk, words_of
from tests.ui.forms.full_disk import full_disk
from tests.ui.forms.test_logs import held, logs
from tests.ui.waiting import run_events, wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limit of this kind there")

REFUSED = "The disk could not do what was asked."
WAITS = "Your answers are kept while Integrate is open, and saved as soon as the disk takes them."
SAVED_NOW = "What the disk would not take before is saved now."


def responses(journal: Journal) -> list[Response]:
    return [one for one in list_responses(journal) if isinstance(one, Response)]


def says(world: FormsWorld, words: str) -> bool:
    return any(words in text.words() for text in world.window.findChildren(Text) if text.isVisible())


def answer(world: FormsWorld, sheet: QuestionnaireSheet, keys: str) -> None:
    world.focus_on(next(iter(sheet.cards.values())).tab_stop().text())
    world.type(keys)


def unsaved(world: FormsWorld) -> bool:
    desk = world.program.desk
    return desk is not None and desk.saver.unsaved


def refused_form(world: FormsWorld) -> QuestionnaireSheet:
    sheet = world.open_form("gad-7")
    answer(world, sheet, "1 2")
    wait_until(lambda: sheet.trouble.isVisible())
    assert REFUSED in sheet.trouble.words()
    return sheet


def sealed_words(world: FormsWorld) -> bool:
    return world.program._last_words.are_kept


def by_escape(world: FormsWorld) -> None:
    world.press(Qt.Key.Key_Escape)


def by_page(world: FormsWorld) -> None:
    by_escape(world)
    world.shell.go("journal")


@pytest.mark.parametrize("leave", [by_escape, by_page])
def test_a_form_that_is_closed_has_its_answers_again(world: FormsWorld, leave: Callable[[FormsWorld], None]) -> None:
    with full_disk():
        sheet = refused_form(world)
        answers = dict(sheet.answers())
        leave(world)
        world.wait_closed(sheet)
        wait_until(lambda: says(world, WAITS))
        assert unsaved(world)
        again = world.open_form("gad-7")
        assert again.answers() == answers
        by_escape(world)
        world.settle()
    world.program.desk.saver.try_again()  # type: ignore[union-attr]  # open
    wait_until(lambda: says(world, SAVED_NOW))
    assert not unsaved(world)
    assert not says(world, WAITS)
    (kept,) = world.ask(responses)
    assert kept.draft.answers == answers


def test_a_disk_that_takes_answers_again_is_offered_them_by_itself(
    world: FormsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = world.program.desk
    assert desk is not None
    desk.saver._again.setInterval(50)
    with full_disk():
        sheet = refused_form(world)
        by_escape(world)
        world.wait_closed(sheet)
        wait_until(lambda: says(world, WAITS))
    wait_until(lambda: says(world, SAVED_NOW))
    assert len(world.ask(responses)) == 1


@pytest.mark.parametrize("hours", [1, 30])
def test_a_lock_seals_the_answers_of_a_form_and_unlocking_puts_them_back(world: FormsWorld, hours: int) -> None:
    with full_disk():
        sheet = refused_form(world)
        answers = dict(sheet.answers())
        world.lock(LockReason.IDLE)
    assert sealed_words(world)
    with on_disk(world) as journal:
        assert responses(journal) == []
    world.clock.advance(timedelta(hours=hours))
    world.unlock()
    wait_until(lambda: says(world, SAVED_NOW))
    assert not sealed_words(world)
    (kept,) = world.ask(responses)
    assert kept.draft.answers == answers
    assert kept.day.isoformat() == "2026-10-08"
    wanted = ResponseStatus.IN_PROGRESS if hours < 24 else ResponseStatus.STOPPED
    assert kept.status(world.clock.now()) is wanted


def test_answers_to_a_form_that_was_begun_go_back_into_it(world: FormsWorld) -> None:
    sheet = world.open_form("gad-7")
    answer(world, sheet, "3")
    wait_until(lambda: sheet.state.words().startswith("Saved"))
    with full_disk():
        world.type(" 2 1")
        wait_until(lambda: sheet.trouble.isVisible())
        world.lock(LockReason.IDLE)
    world.unlock()
    wait_until(lambda: says(world, SAVED_NOW))
    (kept,) = world.ask(responses)
    assert len(kept.draft.answers) == 3


def test_done_that_is_refused_stays_and_a_lock_finishes_the_form(world: FormsWorld) -> None:
    sheet = world.open_form("k6")
    answer(world, sheet, "0 0 1 1 2 2")
    wait_until(lambda: sheet.state.words().startswith("Saved"))
    with full_disk():
        world.press_button("Done")
        wait_until(lambda: sheet.trouble.isVisible())
        assert sheet.isVisible()
        assert len(sheet.answers()) == 6
        world.lock(LockReason.IDLE)
    world.unlock()
    wait_until(lambda: says(world, SAVED_NOW))
    (kept,) = world.ask(responses)
    assert kept.kept_status is ResponseStatus.COMPLETED


def refused_effects(world: FormsWorld) -> EffectsSheet:
    session = world.ask(held)
    open_effects(world.page.context, world.page, session.id)
    return world.sheet(EffectsSheet)


def test_side_effects_and_their_note_outlive_a_closed_sheet_and_a_lock(world: FormsWorld) -> None:
    sheet = refused_effects(world)
    with full_disk():
        world.focus_on("none")
        world.type("2")
        sheet.note.edit.setFocus()
        QTest.keyClicks(sheet.note.edit, "Thirsty")
        by_escape(world)  # before the pause in which words are saved
        world.wait_closed(sheet)
        wait_until(lambda: says(world, WAITS))
        open_effects(world.page.context, world.page, sheet._session_id)
        again = world.sheet(EffectsSheet)
        assert again.note.text() == "Thirsty"
        assert again.cards["nausea"].answer() == str(Strength.MODERATE)
        world.lock(LockReason.IDLE)
    with on_disk(world) as journal:
        assert logs(journal) == []
    world.unlock()
    wait_until(lambda: says(world, SAVED_NOW))
    (log,) = world.ask(logs)
    assert isinstance(log.content, EffectLog)
    assert (log.content.lines[0].strength, log.content.note) == (Strength.MODERATE, "Thirsty")


def test_side_effects_of_a_session_that_is_gone_become_an_entry(world: FormsWorld) -> None:
    sheet = refused_effects(world)
    session_id = sheet._session_id
    with full_disk():
        world.focus_on("none")
        world.type("2")
        wait_until(lambda: sheet.trouble.isVisible())
        world.lock(LockReason.IDLE)
    with open_journal(world.sample.place, world.sample.by_words, Access.WRITE, clock=world.clock) as journal:
        purge_session(journal, session_id)
    world.unlock()
    wait_until(lambda: says(world, SAVED_NOW))
    (row,) = world.ask(lambda journal: first_rows(journal, "", Filter(), 5))
    assert row.entry.title == "Side effects"
    assert "Nausea, moderate" in row.entry.excerpt


def test_slow_things_outlive_a_lock(world: FormsWorld) -> None:
    open_slow(world.page.context, world.page)
    sheet = world.sheet(SlowSheet)
    with full_disk():
        world.focus_on("No")
        world.type("0 1")
        wait_until(lambda: sheet.trouble.isVisible())
        assert REFUSED in sheet.trouble.words()
        by_escape(world)
        world.wait_closed(sheet)
        open_slow(world.page.context, world.page)
        assert world.sheet(SlowSheet).cards["bladder-pain"].answer() == "yes"
        world.lock(LockReason.IDLE)
    world.unlock()
    wait_until(lambda: says(world, SAVED_NOW))
    (log,) = world.ask(logs)
    assert log.content == SlowLog((("bladder-often", YesNo.NO), ("bladder-pain", YesNo.YES)))


def test_a_note_too_long_for_a_log_is_an_entry_once_the_sheet_is_closed(world: FormsWorld) -> None:
    open_slow(world.page.context, world.page)
    sheet = world.sheet(SlowSheet)
    sheet.note.set_text("word " * 900)
    world.press_button("Done")
    assert "A note has at most 4,000 characters." in " ".join(words_of(sheet))
    by_escape(world)
    world.wait_closed(sheet)
    world.settle()
    (row,) = world.ask(lambda journal: first_rows(journal, "", Filter(), 5))
    assert row.entry.title == "What changes slowly"
    assert world.ask(logs) == []


def test_a_lock_that_is_asked_for_says_first_that_the_disk_has_not_taken_all(world: FormsWorld) -> None:
    with full_disk():
        sheet = refused_form(world)
        by_escape(world)
        world.wait_closed(sheet)
        world.program.perform("lock")
        run_events()
        assert world.is_open
        assert says(world, "The disk has not taken your last words.")


# --- check-ins --------------------------------------------------------------------------------------------------------


def check_ins(journal: Journal) -> list[CheckIn]:
    return [one for one in list_check_ins(journal) if isinstance(one, CheckIn)]


def panel_of(world: FormsWorld) -> CheckInPanel:
    panel = next(panel for panel in world.page.findChildren(CheckInPanel) if panel.isVisible())
    wait_until(panel.has_questions)
    return panel


def test_a_check_in_that_was_refused_outlives_a_lock_as_it_was_then(world: FormsWorld) -> None:
    panel = panel_of(world)
    cast("ScaleRow", panel.form.rows[0]).dots._answer(6)
    panel.form.open_note()
    assert panel.form.note is not None
    QTest.keyClicks(panel.form.note.field.edit, "Rain")
    with full_disk():
        panel.save()
        wait_until(panel.trouble.isVisible)
        cast("ScaleRow", panel.form.rows[1]).dots._answer(4)
        world.lock(LockReason.IDLE)
    world.clock.advance(timedelta(hours=3))
    world.unlock()
    wait_until(lambda: says(world, SAVED_NOW))
    (kept,) = world.ask(check_ins)
    assert [answer.value for answer in kept.draft.answers][:2] == [6, 4]
    assert kept.draft.note == "Rain"
    assert kept.draft.about.instant == world.clock.now() - timedelta(hours=3)
    assert panel_of(world).form.words() == ""  # it is saved, and not also begun anew


def test_a_check_in_that_was_refused_and_taken_back_is_not_saved(world: FormsWorld) -> None:
    panel = panel_of(world)
    with full_disk():
        cast("ScaleRow", panel.form.rows[0]).dots._answer(6)
        panel.save()
        wait_until(panel.trouble.isVisible)
        cast("ScaleRow", panel.form.rows[0]).dots._answer(None)
        assert not unsaved(world)


def test_a_change_of_a_check_in_that_was_refused_is_there_again(world: FormsWorld) -> None:
    panel = panel_of(world)
    cast("ScaleRow", panel.form.rows[0]).dots._answer(6)
    panel.save()
    wait_until(panel.is_saved)
    change = opened_change(world, panel)
    with full_disk():
        cast("ScaleRow", change.form.rows[0]).dots._answer(2)
        change.save()
        wait_until(change.trouble.isVisible)
        by_escape(world)
        world.wait_closed(change)
        wait_until(lambda: says(world, WAITS))
        again = opened_change(world, None)
        assert again.form.rows[0].answer().value == 2
        world.lock(LockReason.IDLE)
    world.unlock()
    wait_until(lambda: says(world, SAVED_NOW))
    (kept,) = world.ask(check_ins)
    assert kept.draft.answers[0].value == 2


def opened_change(world: FormsWorld, panel: CheckInPanel | None) -> ChangeSheet:
    if panel is not None:
        panel.open_earlier()
    wait_until(lambda: any(row.isVisible() for row in world.window.findChildren(PastRow)))
    links = world.window.findChildren(PastRow)[0].findChildren(LinkText)
    next(link for link in links if link.accessibleName().startswith("Change the")).click()
    return world.sheet(ChangeSheet)
