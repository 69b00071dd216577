"""Words in a sheet of Sessions or Threads outlive the lock that closes the sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from integrate.journal.drafts import DraftsOf, keep_drafts, read_drafts
from integrate.journal.letters import list_letters
from integrate.journal.opening import Access, Journal
from integrate.ui.pages.sessions.course_sheets import PlanSheet
from integrate.ui.pages.threads.letter_sheets import WriteLetterSheet
from integrate.ui.widgets.toast import Toast
from tests.conftest import Sample
from tests.helpers.journals import tamper
from tests.ui.pages.sessions.sessions_world import SessionsWorld
from tests.ui.pages.threads.test_threads_things import press
from tests.ui.pages.threads.threads_world import ThreadsWorld
from tests.ui.waiting import wait_until

LETTER = "Dear me,\nlast time the sea was there.\n" * 200
AGAIN = "What you had not saved is there again when you open the same sheet."


def said(world: ThreadsWorld | SessionsWorld) -> bool:
    return any(AGAIN in toast.text.words() for toast in world.program.window.findChildren(Toast) if toast.isVisible())


def test_a_letter_that_was_being_written_is_there_after_the_lock(
    app: QApplication, tmp_path: Path, sample: Sample
) -> None:
    world = ThreadsWorld(app, tmp_path, sample)
    world.course()
    world.open_page()
    press(world.threads.letters, "Write a letter")
    sheet = world.sheet(WriteLetterSheet)
    assert sheet.words is not None
    sheet.words.set_text(LETTER)
    world.lock()
    with world.journal() as journal:
        assert read_drafts(journal, DraftsOf.THREADS) == {"letter": {"words": LETTER}}
        assert not list_letters(journal)
    world.open_page()
    wait_until(lambda: said(world))
    press(world.threads.letters, "Write a letter")
    sheet = world.sheet(WriteLetterSheet)
    assert sheet.words is not None
    assert sheet.words.text() == LETTER
    sheet.seal_button.click()
    world.settle()
    world.lock()
    with world.journal() as journal:
        assert read_drafts(journal, DraftsOf.THREADS) == {}, "it is a letter now"
        assert len(list_letters(journal)) == 1
    world.close()


def test_a_plan_that_was_being_typed_is_there_after_the_lock_and_not_after_cancel(
    app: QApplication, tmp_path: Path, sample: Sample
) -> None:
    world = SessionsWorld(app, tmp_path, sample)
    world.open_page()
    world.press("Change my plan")
    sheet = world.sheet(PlanSheet)
    sheet.instructions.set_text("Water only.")
    sheet.spacing.edit.setText("a week")
    world.lock()
    world.open_page()
    wait_until(lambda: said(world))
    world.press("Change my plan")
    sheet = world.sheet(PlanSheet)
    assert (sheet.instructions.text(), sheet.spacing.text()) == ("Water only.", "a week")
    sheet.cancel_button.click()
    world.lock()
    with world.journal() as journal:
        assert read_drafts(journal, DraftsOf.SESSIONS) == {}
    world.close()


@pytest.mark.parametrize("kept", [None, 7, [], {"letter": "words"}, {"letter": {"words": 7}}, {"a": {}}])
def test_what_is_no_draft_counts_as_none(journal: Journal, kept: object) -> None:
    from integrate.storage.settings import write_settings

    write_settings(journal.vault.database, {"drafts.threads": kept}, journal.clock.now())
    assert read_drafts(journal, DraftsOf.THREADS) == {}


def test_a_damaged_one_counts_as_none_and_a_new_one_takes_its_place(journal: Journal) -> None:
    keep_drafts(journal, DraftsOf.THREADS, {"letter": {"words": "a"}})
    tamper(journal, "UPDATE setting SET value = '{}' WHERE key = 'drafts.threads'")
    assert read_drafts(journal, DraftsOf.THREADS) == {}
    keep_drafts(journal, DraftsOf.THREADS, {"letter": {"words": "b"}})
    assert read_drafts(journal, DraftsOf.THREADS) == {"letter": {"words": "b"}}
    assert read_drafts(journal, DraftsOf.SESSIONS) == {}


def test_a_journal_that_is_only_read_keeps_and_shows_none(app: QApplication, tmp_path: Path, sample: Sample) -> None:
    with sample.open(Access.WRITE) as journal:
        keep_drafts(journal, DraftsOf.SESSIONS, {"plan ": {"instructions": "Water"}})
    world = SessionsWorld(app, tmp_path, sample)
    world.open_page(read_only=True)
    assert not said(world)
    world.lock()
    with world.journal() as again:
        assert read_drafts(again, DraftsOf.SESSIONS) == {"plan ": {"instructions": "Water"}}
    world.close()
