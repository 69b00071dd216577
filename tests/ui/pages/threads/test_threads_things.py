"""Insights and the way back to their words, practices, letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

import pytest

from integrate.domain.entry import SessionRef
from integrate.domain.practices import CadenceKind, PracticeState, Reply, Said
from integrate.domain.threads import Letter
from integrate.journal.deleting import delete_entry, purge_entry
from integrate.journal.finding import get_entry
from integrate.journal.insights import get_insight, list_insights, promote_moment
from integrate.journal.letters import ClosedLetter, deleted_letters, list_letters, write_letter
from integrate.journal.moments import delete_moment
from integrate.journal.practices import all_said, deleted_practices, get_practice, list_practices, reply_to_practice
from integrate.journal.writing import Sitting, save_entry
from integrate.ui.editor.passages import selected_words
from integrate.ui.pages.journal.page import JournalPage
from integrate.ui.pages.threads.insight_sheet import InsightSheet, ThoughtSheet
from integrate.ui.pages.threads.letter_sheets import ReadLetterSheet, WriteLetterSheet
from integrate.ui.pages.threads.practice_sheet import NewPracticeSheet, PracticeSheet
from integrate.ui.pages.threads.sheets import LiftSheet
from tests.helpers.courses import a_session, planned
from tests.helpers.journals import tamper
from tests.ui.pages.threads.threads_world import QUOTE, TODAY, ThreadsWorld, buttons, press, words_on
from tests.ui.waiting import run_events, wait_until

INSIGHT = "Insight: I talk to myself"


def edit(world: ThreadsWorld, course: Any, change: str) -> None:
    """Change the entry behind the insight."""

    def work(journal: Any) -> None:
        draft = get_entry(journal, course.entry).as_draft()
        save_entry(journal, course.entry, replace(draft, body=change), Sitting())

    world.prepare(work)


# --- the way back -----------------------------------------------------------------------------------------------------


def journal_page(world: ThreadsWorld) -> JournalPage:
    wait_until(lambda: isinstance(world.shell.current_page(), JournalPage))
    page = cast("JournalPage", world.shell.current_page())
    wait_until(lambda: page.entry.has_entry)
    return page


def test_a_click_on_an_insight_leads_to_the_exact_words_also_after_edits(world: ThreadsWorld) -> None:
    course = world.course()
    edit(world, course, f"A new beginning 😀,\nthen more.\n\n{QUOTE} And an end.")
    world.open_page()
    press(world.row("Softness"), INSIGHT)
    page = journal_page(world)
    wait_until(lambda: selected_words(page.entry.view.surface) == QUOTE)
    assert page.entry.current_id() == course.entry


def test_where_the_words_were_changed_it_leads_to_the_entry_and_says_so(world: ThreadsWorld) -> None:
    course = world.course()
    edit(world, course, "All of it is different now.")
    world.open_page()
    press(world.row("Softness"), INSIGHT)
    page = journal_page(world)
    world.wait_for_toast("The words were changed since.")
    assert page.entry.current_id() == course.entry
    assert selected_words(page.entry.view.surface) == ""


def test_an_entry_in_recently_deleted_and_one_that_is_gone_are_told_apart(world: ThreadsWorld) -> None:
    course = world.course()
    world.prepare(lambda journal: delete_entry(journal, course.entry))
    world.open_page()
    press(world.row("Softness"), INSIGHT)
    world.wait_for_toast("is in Recently deleted")
    world.ask(lambda journal: purge_entry(journal, course.entry))
    world.settle()
    row = world.row("Softness")
    assert buttons(row, INSIGHT)[0].accessibleDescription() == "Opens this thought"
    press(row, INSIGHT)
    sheet = world.sheet(InsightSheet)
    assert not sheet.source_button.isVisible()
    assert sheet.words is not None
    assert sheet.words.text() == QUOTE


def test_an_entry_that_went_while_the_page_stood_there_is_told_in_words(world: ThreadsWorld) -> None:
    course = world.course()
    world.open_page()
    insight = world.row("Softness").view.insights[0]
    world.ask(lambda journal: purge_entry(journal, course.entry))
    world.threads.doings.press_item(insight)  # type: ignore[arg-type]  # readable
    world.wait_for_toast("The words this came from are gone for good.")


def test_a_damaged_entry_is_opened_where_it_is_said(world: ThreadsWorld) -> None:
    world.course()
    with world.sample.open(clock=world.clock) as journal:
        tamper(journal, "UPDATE entry_text SET body = 'else'")
    world.open_page()
    press(world.row("Softness"), INSIGHT)
    wait_until(lambda: isinstance(world.shell.current_page(), JournalPage))
    wait_until(lambda: "This entry could not be read." in words_on(world.shell))


def test_an_insight_from_a_moment_and_a_moment_itself_lead_to_the_session(world: ThreadsWorld) -> None:
    course = world.course()
    made = world.prepare(lambda journal: promote_moment(journal, course.moment, "Put them down.").insight)
    world.open_page()
    went: list[tuple[str, dict[str, object]]] = []
    real = world.shell.go
    world.shell.go = lambda page_id, **what: went.append((page_id, what))  # type: ignore[method-assign]  # noted
    provenance = world.threads.doings.provenance
    provenance.goes_to_sessions = True
    provenance.show_source(made, lambda _sentence: None)
    wait_until(lambda: bool(went))
    assert went[0][0] == "sessions"
    assert went[0][1]["session_id"] == course.sessions[3]
    said: list[str] = []
    world.ask(lambda journal: delete_moment(journal, course.moment))
    provenance.show_source(made, said.append)
    wait_until(lambda: bool(said))
    assert "is in Recently deleted" in said[0]
    world.shell.go = real  # type: ignore[method-assign]  # as it was


# --- insights ---------------------------------------------------------------------------------------------------------


def test_a_thought_is_added_at_the_open_end_of_a_thread(world: ThreadsWorld) -> None:
    world.course()
    world.open_page()
    press(world.row("Tired"), "Add a thought")
    sheet = world.sheet(ThoughtSheet)
    assert sheet.words is not None
    sheet.save_button.click()
    assert sheet.words.error()
    sheet.words.set_text("Rest is not the same as stopping.")
    sheet.never_share.switch.click()
    sheet.save_button.click()
    world.settle()
    assert world.no_sheet()
    insight = world.kept("Tired").insights[0]
    assert insight.text == "Rest is not the same as stopping."  # type: ignore[union-attr]  # readable
    assert insight.session == SessionRef(1, 1)  # type: ignore[union-attr]  # readable
    assert insight.never_share  # type: ignore[union-attr]  # readable
    assert not world.row("Tired").cells[2].is_open


def test_an_insight_is_worded_anew_and_deleted_with_undo(world: ThreadsWorld) -> None:
    course = world.course()
    world.open_page()
    insight = world.ask(lambda journal: get_insight(journal, course.insight))
    world.threads.doings.open_insight(insight)
    sheet = world.sheet(InsightSheet)
    assert QUOTE in words_on(sheet)
    assert sheet.words is not None
    sheet.words.set_text("I could be kinder.")
    sheet.save_button.click()
    world.settle()
    changed = world.ask(lambda journal: get_insight(journal, course.insight))
    assert (changed.text, changed.source.quote) == ("I could be kinder.", QUOTE)
    world.threads.doings.open_insight(changed)
    world.sheet(InsightSheet).delete_button.click()
    world.wait_for_toast("Insight moved to Recently deleted")
    assert world.no_sheet()
    world.settle()
    assert world.row("Softness").cells[2].is_open
    world.undo_toast()
    assert not world.row("Softness").cells[2].is_open


def test_never_share_is_lifted_only_on_the_words_themselves(world: ThreadsWorld) -> None:
    course = world.course()
    world.open_page()
    world.threads.doings.open_insight(world.ask(lambda journal: get_insight(journal, course.insight)))
    sheet = world.sheet(InsightSheet)
    switch = sheet.never_share.switch
    switch.click()
    lift = world.sheet(LiftSheet)
    assert QUOTE in words_on(lift)
    lift.close()
    run_events()
    assert switch.isChecked()
    assert world.ask(lambda journal: get_insight(journal, course.insight)).never_share
    switch.click()
    world.sheet(LiftSheet).lift_button.click()
    wait_until(lambda: not switch.isChecked())
    assert not world.ask(lambda journal: get_insight(journal, course.insight)).never_share
    assert world.ask(lambda journal: get_practice(journal, course.practice)).never_share  # keeps its own
    switch.click()
    world.settle()
    assert world.ask(lambda journal: get_insight(journal, course.insight)).never_share


def test_words_that_changed_meanwhile_are_not_lifted_unseen(world: ThreadsWorld) -> None:
    from integrate.journal.insights import change_insight

    course = world.course()
    world.open_page()
    world.threads.doings.open_insight(world.ask(lambda journal: get_insight(journal, course.insight)))
    sheet = world.sheet(InsightSheet)
    world.ask(lambda journal: change_insight(journal, course.insight, "Something more tender."))
    sheet.never_share.switch.click()
    lift = world.sheet(LiftSheet)
    lift.lift_button.click()
    wait_until(lambda: bool(lift.said.words()))
    assert sheet.never_share.switch.isChecked()
    assert world.ask(lambda journal: get_insight(journal, course.insight)).never_share


# --- practices --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (CadenceKind.WHEN_IT_SUITS, "When it suits you. Since today."),
        (CadenceKind.DAILY, "Every day. Next one: today."),
        (CadenceKind.WEEKDAYS, "Mondays and Fridays. Since today."),
        (CadenceKind.EVERY_FEW_DAYS, "Every 3 days. Next one: today."),
    ],
)
def test_a_practice_is_begun_with_a_cadence_in_plain_words(world: ThreadsWorld, kind: CadenceKind, words: str) -> None:
    world.course()
    world.open_page()
    view = world.row("Softness").view
    world.threads.doings.begin_practice(view, None)
    sheet = world.sheet(NewPracticeSheet)
    assert sheet.words is not None
    sheet.words.set_text("Breathe out first.")
    sheet.cadence.kind.set_value(kind)
    sheet.cadence.kind.chosen.emit(kind)
    assert sheet.cadence.week.isVisible() is (kind is CadenceKind.WEEKDAYS)
    assert sheet.cadence.wait.isVisible() is (kind is CadenceKind.EVERY_FEW_DAYS)
    if kind is CadenceKind.WEEKDAYS:
        sheet.begin_button.click()
        assert sheet.cadence.said.isVisible()
        for day in (0, 4):
            sheet.cadence.box(day).click()
    sheet.begin_button.click()
    world.settle()
    assert world.no_sheet()
    assert words in words_on(world.row("Softness"))


def test_a_practice_from_an_insight_is_never_share_like_it_and_hangs_beside_it(world: ThreadsWorld) -> None:
    course = world.course()
    world.open_page()
    world.threads.doings.open_insight(world.ask(lambda journal: get_insight(journal, course.insight)))
    world.sheet(InsightSheet).practice_button.click()
    sheet = world.sheet(NewPracticeSheet)
    assert QUOTE in words_on(sheet)
    assert sheet.never_share.switch.isChecked()
    assert sheet.words is not None
    sheet.words.set_text("One kind sentence.")
    sheet.begin_button.click()
    world.settle()
    found = [one for one in world.ask(list_practices) if one.practice.text == "One kind sentence."]  # type: ignore[union-attr]  # readable
    practice = found[0].practice  # type: ignore[union-attr]  # readable
    assert (practice.insight_id, practice.never_share, practice.since) == (course.insight, True, TODAY)
    assert len(world.kept("Softness").practices) == 2


def test_replies_are_kept_and_undone_and_nothing_is_counted(world: ThreadsWorld) -> None:
    course = world.course()
    world.open_page()
    row = world.row("Softness")
    assert not buttons(world.row("Asking"), "It helped")  # it is for today, and nothing was said of it yet
    press(row, "It helped")
    world.wait_for_toast("Noted")
    world.settle()
    assert world.ask(lambda journal: all_said(journal, course.practice)) == (Said(TODAY, Reply.HELPED),)
    said = words_on(world.row("Softness"))
    assert "When it suits you. It helped." in said
    assert not buttons(world.row("Softness"), "Not really")
    world.undo_toast()
    assert world.ask(lambda journal: all_said(journal, course.practice)) == ()
    assert buttons(world.row("Softness"), "Not really")
    assert not any(word in " ".join(words_on(world.threads)) for word in ("streak", "in a row", "missed", "times"))


def test_after_it_was_done_it_is_asked_again_whether_it_helped(world: ThreadsWorld) -> None:
    course = world.course()
    world.prepare(lambda journal: reply_to_practice(journal, course.practice, Reply.HELPED, date(2026, 10, 7)))
    world.prepare(lambda journal: reply_to_practice(journal, course.practice, Reply.DONE, TODAY))
    world.open_page()
    assert buttons(world.row("Softness"), "Too soon to say")


def test_undoing_a_second_answer_of_the_day_brings_the_first_back(world: ThreadsWorld) -> None:
    course = world.course()
    world.prepare(lambda journal: reply_to_practice(journal, course.practice, Reply.HELPED, TODAY))
    world.open_page()
    view = world.row("Softness").view.practices[0]
    world.threads.doings.open_practice(view)  # type: ignore[arg-type]  # readable
    sheet = world.sheet(PracticeSheet)
    sheet.replies[1].click()
    world.wait_for_toast("Noted")
    world.settle()
    assert world.no_sheet()
    assert world.ask(lambda journal: all_said(journal, course.practice)) == (Said(TODAY, Reply.NOT_REALLY),)
    world.undo_toast()
    assert world.ask(lambda journal: all_said(journal, course.practice)) == (Said(TODAY, Reply.HELPED),)


def test_a_practice_is_changed_rested_ended_and_deleted(world: ThreadsWorld) -> None:
    course = world.course()
    world.open_page()
    for state in (PracticeState.RESTING, PracticeState.ENDED, PracticeState.OPEN):
        press(world.row("Softness"), "Practice: ")
        sheet = world.sheet(PracticeSheet)
        sheet.state.set_value(state)
        sheet.cadence.kind.set_value(CadenceKind.DAILY)
        assert sheet.words is not None
        sheet.words.set_text(f"In other words: {state}")
        sheet.save_button.click()
        world.settle()
        assert world.no_sheet()
        practice = world.ask(lambda journal: get_practice(journal, course.practice))
        assert (practice.state, practice.cadence.kind) == (state, CadenceKind.DAILY)
        assert practice.text == f"In other words: {state}"
    press(world.row("Softness"), "Practice: ")
    world.sheet(PracticeSheet).delete_button.click()
    world.wait_for_toast("Practice moved to Recently deleted")
    assert len(world.ask(deleted_practices)) == 1
    world.undo_toast()
    assert not world.ask(deleted_practices)


# --- letters ----------------------------------------------------------------------------------------------------------


def test_a_letter_is_sealed_and_says_only_until_when(world: ThreadsWorld) -> None:
    course = world.course()
    world.open_page()
    press(world.threads.letters, "Write a letter")
    sheet = world.sheet(WriteLetterSheet)
    assert sheet.session.combo.currentText() == "Session 4 · 4 Oct"
    assert sheet.words is not None
    sheet.words.set_text("Dear me,\nbe slow.")
    sheet.seal_button.click()
    world.settle()
    assert world.no_sheet()
    said = words_on(world.threads.letters)
    assert "Sealed until session 5 comes near" in said
    assert "Written 8 Oct, after session 4" in said
    assert not any("be slow" in words for words in words_on(world.threads))
    assert not buttons(world.threads.letters, "Read")
    (letter,) = world.ask(list_letters)
    assert isinstance(letter, ClosedLetter)
    assert letter.session_id == course.sessions[3]
    press(world.threads.letters, "Delete the letter")
    world.wait_for_toast("Letter moved to Recently deleted")
    assert len(world.ask(deleted_letters)) == 1
    world.undo_toast()
    assert "Sealed until session 5 comes near" in words_on(world.threads.letters)


def test_a_letter_is_read_once_the_next_session_comes_near(world: ThreadsWorld) -> None:
    course = world.course()
    world.prepare(lambda journal: write_letter(journal, course.sessions[3], "Dear me,\nbe slow.", never_share=True))
    world.prepare(lambda journal: a_session(journal, planned(date(2026, 10, 10))))
    world.open_page()
    assert "Ready to be read" in words_on(world.threads.letters)
    press(world.threads.letters, "Read the letter")
    sheet = world.sheet(ReadLetterSheet)
    assert sheet.text.words() == "Dear me,\nbe slow."
    assert sheet.never_share.switch.isChecked()
    (letter,) = world.ask(list_letters)
    assert isinstance(letter, Letter)
    assert isinstance(letter.opened, datetime)
    sheet.close()
    world.settle()
    press(world.threads.letters, "Letter: Dear me, be slow.")
    world.sheet(ReadLetterSheet).delete_button.click()
    world.wait_for_toast("Letter moved to Recently deleted")
    assert not world.ask(list_letters)


def test_a_damaged_letter_is_named(world: ThreadsWorld) -> None:
    course = world.course()
    world.prepare(lambda journal: write_letter(journal, course.sessions[3], "Dear me"))
    with world.sample.open(clock=world.clock) as journal:
        tamper(journal, "UPDATE letter SET text = 'else'")
    world.open_page()
    assert "This letter could not be read. The rest is fine." in words_on(world.threads.letters)


def test_a_refusal_keeps_what_was_typed(world: ThreadsWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    from integrate.errors import DiskFull
    from integrate.ui.pages.threads import insight_sheet

    def refuse(*_arguments: object, **_options: object) -> None:
        raise DiskFull

    world.course()
    world.open_page()
    world.threads.doings.add_thought(None)
    sheet = world.sheet(ThoughtSheet)
    assert sheet.words is not None
    sheet.words.set_text("A thought.")
    monkeypatch.setattr(insight_sheet, "add_insight", refuse)
    sheet.save_button.click()
    wait_until(lambda: sheet.said.isVisible())
    assert sheet.words.text() == "A thought."
    monkeypatch.undo()
    sheet.save_button.click()
    world.settle()
    assert next(one.text for one in world.ask(list_insights)) == "A thought."  # type: ignore[union-attr]  # readable
