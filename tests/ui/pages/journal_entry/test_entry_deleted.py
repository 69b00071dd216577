"""Recently deleted in the window: every kind is told, comes back and goes for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from PySide6.QtCore import Qt

from integrate.journal.deleted import DeletedKind, all_deleted
from integrate.journal.deleting import delete_entry
from integrate.journal.insights import add_insight, delete_insight
from integrate.journal.letters import delete_letter, write_letter
from integrate.journal.moments import add_moment, delete_moment
from integrate.journal.opening import Access, Journal, open_journal
from integrate.journal.practices import begin_practice, delete_practice
from integrate.journal.sessions import delete_session
from integrate.journal.threads import begin_thread, delete_thread
from integrate.journal.writing import add_entry
from integrate.ui.pages.journal.entry.deleted_sheet import DeletedSheet, PurgeQuestion
from tests.helpers.courses import a_session, held, mark, planned
from tests.helpers.journals import tamper
from tests.ui.pages.journal_entry.journal_world import JournalWorld
from tests.ui.waiting import wait_until

START = datetime(2026, 10, 1, 10, tzinfo=UTC)
SECRET = "Dear me, put the bags down."


def delete_all_kinds(world: JournalWorld) -> dict[DeletedKind, UUID]:
    """One of each kind in Recently deleted, the session last: its moment and its letter were deleted before it."""

    def fill(journal: Journal) -> dict[DeletedKind, UUID]:
        session = a_session(journal, held(START))
        a_session(journal, planned(date(2026, 11, 20)))
        made = {
            DeletedKind.ENTRY: add_entry(journal, world.written("first", title="A title")).entry_id,
            DeletedKind.MOMENT: add_moment(journal, session.id, mark(at=START)).moment.id,
            DeletedKind.THREAD: begin_thread(journal, "").thread.id,
            DeletedKind.INSIGHT: add_insight(journal, "I may ask. " * 20).insight.id,
            DeletedKind.PRACTICE: begin_practice(journal, "Ask Daniel.").practice.id,
            DeletedKind.LETTER: write_letter(journal, session.id, SECRET).letter.id,
            DeletedKind.SESSION: session.id,
        }
        ways: dict[DeletedKind, Callable[[Journal, UUID], object]] = {
            DeletedKind.ENTRY: delete_entry, DeletedKind.MOMENT: delete_moment, DeletedKind.THREAD: delete_thread,
            DeletedKind.INSIGHT: delete_insight, DeletedKind.PRACTICE: delete_practice,
            DeletedKind.LETTER: delete_letter, DeletedKind.SESSION: delete_session,
        }  # fmt: skip
        for kind, thing_id in made.items():
            world.clock.advance(timedelta(minutes=1))
            ways[kind](journal, thing_id)
        return made

    with open_journal(world.sample.place, world.sample.by_words, Access.WRITE, clock=world.clock) as journal:
        return fill(journal)


def open_sheet(world: JournalWorld, count: int) -> DeletedSheet:
    world.open_page()
    world.shell.perform("recently_deleted")
    sheet = world.sheet(DeletedSheet)
    wait_until(lambda: sheet.rows.count() == count)
    return sheet


def told(sheet: DeletedSheet) -> list[str]:
    return [str(sheet.rows.item(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(sheet.rows.count())]


def test_every_kind_is_told_by_its_word_and_none_by_what_is_sealed(world: JournalWorld) -> None:
    delete_all_kinds(world)
    sheet = open_sheet(world, 7)
    names, rest = zip(*(words.split(", ", 1) for words in told(sheet)), strict=True)
    assert names == (
        "Session 1", "A letter that was not opened yet", "Ask Daniel.",
        "I may ask. I may ask. I may ask. I may ask. I may ask. I may…",
        "Thread of Thu 8 Oct 2026", "A moment", "A title",
    )  # fmt: skip
    kinds = ["Session", "Letter", "Practice", "Insight", "Thread", "Moment", "Entry"]
    assert [words.split(" · ")[0] for words in rest] == kinds
    assert all("30 days left · " in words for words in rest)
    assert "Thu 1 Oct 2026" in rest[0]
    assert sheet.hint.words() == "What you delete stays here for 30 days, then it goes for good."
    assert SECRET not in " ".join(told(sheet))


def test_every_kind_comes_back_with_its_own_words(world: JournalWorld) -> None:
    delete_all_kinds(world)
    sheet = open_sheet(world, 7)
    sheet.rows.setCurrentRow(5)  # the moment, before its session
    for left, words in (
        (6, "The moment belongs to its session again. Both are back once you take that back too."),
        (5, "The entry is in your journal again."),
        (4, "The thread is in your journal again."),
        (3, "The insight is in your journal again."),
        (2, "The practice is in your journal again."),
        (1, "The letter belongs to its session again. Both are back once you take that back too."),
        (0, "The session is in your journal again, with everything it had."),
    ):
        sheet.back_button.click()
        wait_until(lambda left=left: sheet.rows.count() == left)  # type: ignore[misc]  # bound at once
        world.wait_for_toast(words)
    assert sheet.hint.words() == "Nothing was deleted lately."
    assert world.ask(all_deleted) == ()


def test_every_kind_goes_for_good_and_says_what_goes_with_it(world: JournalWorld) -> None:
    delete_all_kinds(world)
    sheet = open_sheet(world, 7)
    sheet.rows.setCurrentRow(6)
    for title, with_it, toast in (
        ("A title", "", "Deleted for good"),
        ("A moment", "", "Moment deleted for good"),
        ("Thread of Thu 8 Oct 2026", "What hangs on it stays. ", "Thread deleted for good"),
        ("I may ask.", "Practices that came from it stay. ", "Insight deleted for good"),
        ("Ask Daniel.", "What you said of it goes with it. ", "Practice deleted for good"),
        ("A letter that was not opened yet", "", "Letter deleted for good"),
        (
            "Session 1",
            "Its notes, moments and letters go with it. Its entries stay. ",
            "Session deleted for good",
        ),
    ):
        left = sheet.rows.count() - 1
        sheet.purge_button.click()
        question = world.sheet(PurgeQuestion)
        assert question.heading.words().startswith(f"Delete “{title}")
        assert question.text.words().startswith(f"{with_it}It cannot be brought back. Files you shared")
        question.buttons["purge"].click()
        wait_until(lambda left=left: sheet.rows.count() == left)  # type: ignore[misc]  # bound at once
        world.wait_for_toast(toast)
    assert world.ask(all_deleted) == ()


def test_what_is_damaged_is_named_and_can_only_go(world: JournalWorld) -> None:
    made = delete_all_kinds(world)
    with open_journal(world.sample.place, world.sample.by_words, Access.WRITE, clock=world.clock) as journal:
        tamper(journal, "UPDATE practice SET text = 'x' WHERE id = ?", made[DeletedKind.PRACTICE].bytes)
    sheet = open_sheet(world, 7)
    assert told(sheet)[6] == "This practice could not be read., Practice · The rest is fine."
    sheet.rows.setCurrentRow(6)
    assert not sheet.back_button.isEnabled()
    sheet.purge_button.click()
    question = world.sheet(PurgeQuestion)
    assert question.heading.words() == "Delete this for good?"
    question.buttons["purge"].click()
    wait_until(lambda: sheet.rows.count() == 6)
    assert sheet.back_button.isEnabled()


def test_what_is_selected_stays_so_when_something_else_is_deleted(world: JournalWorld) -> None:
    delete_all_kinds(world)
    sheet = open_sheet(world, 7)
    sheet.rows.setCurrentRow(2)
    selected = told(sheet)[2]

    def another(journal: Journal) -> None:
        insight_id = add_insight(journal, "Another.").insight.id
        world.clock.advance(timedelta(minutes=1))
        changes = delete_insight(journal, insight_id)
        assert "recently deleted" in changes.areas

    world.ask(another)
    sheet._read()
    wait_until(lambda: sheet.rows.count() == 8)
    assert told(sheet)[sheet.rows.currentRow()] == selected


def test_a_journal_open_to_read_only_shows_it_all(world: JournalWorld) -> None:
    delete_all_kinds(world)
    world.open_page(read_only=True)
    world.shell.perform("recently_deleted")
    sheet = world.sheet(DeletedSheet)
    wait_until(lambda: sheet.rows.count() == 7)
    assert not sheet.back_button.isEnabled()
    assert not sheet.purge_button.isEnabled()
