"""What leads into a session: touch and stop word, and what is still open since the last one."""

from __future__ import annotations

from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from integrate.domain.entry import Phase
from integrate.domain.sessions import Line, LineKind, SessionState
from integrate.domain.threads import Station, ThreadState
from integrate.errors import DiskFull
from integrate.journal.opening import Journal
from integrate.journal.sessions import add_line, change_session, list_lines
from integrate.journal.threads import ThreadView, begin_thread, change_thread, list_threads
from integrate.ui.pages.sessions.parts import ThreadLink
from integrate.ui.pages.sessions.prepare import PrepareStage
from integrate.ui.pages.sessions.touch import TouchSection
from tests.ui.pages.sessions.sessions_world import INTENTION, SessionsWorld, full_course, planned
from tests.ui.pages.sessions.test_session import lines_of

CARD = "Touch: what is okay, what is not, my stop word. Said aloud to everyone present."


def prepare(world: SessionsWorld) -> PrepareStage:
    return world.sessions_page.session.prepare


def touch(world: SessionsWorld) -> TouchSection:
    return cast("TouchSection", prepare(world).sections[LineKind.TOUCH])


# --- touch ------------------------------------------------------------------------------------------------------------


def test_a_card_asks_for_touch_and_stop_word_until_they_are_written(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[5])
    assert CARD in world.words()
    world.press("Write it down")
    assert CARD not in world.words()
    world.type_words("A hand is okay. My word is lighthouse")
    world.key(Qt.Key.Key_Return)
    assert [line.text for line in lines_of(world, ids[5], LineKind.TOUCH)] == ["A hand is okay. My word is lighthouse"]
    assert CARD not in world.words()


def test_leaving_the_field_empty_brings_the_card_back(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[5])
    world.press("Write it down")
    world.key(Qt.Key.Key_Escape)
    assert CARD in world.words()


def test_said_aloud_holds_for_all_lines_and_not_for_one_added_later(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.ask(lambda journal: [add_line(journal, ids[5], LineKind.TOUCH, text) for text in ("One", "Two")])
    world.open_session(ids[5])
    world.press("Said aloud to everyone present")
    assert [line.done for line in lines_of(world, ids[5], LineKind.TOUCH)] == [True, True]
    assert touch(world).said_box.isChecked()
    world.press("Add touch and stop word")
    world.type_words("Three")
    world.key(Qt.Key.Key_Return)
    assert not touch(world).said_box.isChecked()
    assert [line.done for line in lines_of(world, ids[5], LineKind.TOUCH)] == [True, True, False]


def test_said_aloud_that_was_not_kept_is_not_ticked(
    world: SessionsWorld, ids: dict[int, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_fields: object) -> None:
        raise DiskFull

    world.ask(lambda journal: add_line(journal, ids[5], LineKind.TOUCH, "One"))
    world.open_session(ids[5])
    with monkeypatch.context() as patch:
        patch.setattr("integrate.ui.pages.sessions.touch.change_line", full)
        world.press("Said aloud to everyone present")
    assert not touch(world).said_box.isChecked()


@pytest.mark.parametrize("number", [4, 6])
def test_nothing_is_asked_for_a_session_that_is_over_or_cancelled(
    world: SessionsWorld, ids: dict[int, UUID], number: int
) -> None:
    if number == 6:
        draft = planned(11, 2)
        cancelled = type(draft)(SessionState.CANCELLED, draft.day, zone=draft.zone)
        world.ask(lambda journal: change_session(journal, ids[6], cancelled))
    world.open_session(ids[number])
    world.sessions_page.session.stages.open_only(Phase.PREPARE)
    assert CARD not in world.words()
    assert touch(world).add_button.isVisible()


def test_in_a_journal_open_to_read_only_nothing_is_asked(world: SessionsWorld) -> None:
    ids = world.fill(full_course)
    world.open_page(read_only=True, session_id=ids[5])
    world.settle()
    assert CARD not in world.words()
    assert not touch(world).isVisible()


# --- since last time --------------------------------------------------------------------------------------------------


def test_what_was_hoped_for_last_time_leads_to_its_thread(world: SessionsWorld) -> None:
    ids = world.fill(full_course)
    world.open_page(session_id=ids[5])
    world.settle()
    part = prepare(world).last_time
    assert part.words() == [INTENTION, "Threads that are still open", "In the thread “Softness”", "Rain"]
    assert "What I hoped for last time" in world.words()
    link = next(one for one in part.findChildren(ThreadLink) if one.words() == "In the thread “Softness”")
    link.click()
    world.settle()
    assert world.shell.where() == "threads"
    assert [sheet.heading.words() for sheet in world.sheets()] == ["Softness"]


def test_a_closed_thread_and_a_session_that_took_place_are_not_spoken_of(world: SessionsWorld) -> None:
    ids = world.fill(full_course)

    def close(journal: Journal) -> None:
        for view in list_threads(journal):
            change_thread(journal, cast("ThreadView", view).thread.id, state=ThreadState.CLOSED)

    world.fill(close)
    world.open_page(session_id=ids[5])
    world.settle()
    assert prepare(world).last_time.words() == [INTENTION]
    world.open_session(ids[4])
    assert not prepare(world).last_time.isVisible()


def test_many_open_threads_are_a_few_and_the_way_to_the_rest(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    def begin(journal: Journal) -> None:
        for number in range(9):
            begin_thread(journal, f"Thread {number}")

    world.ask(begin)
    world.open_session(ids[5])
    part = prepare(world).last_time
    assert len(part.findChildren(ThreadLink)) == 5
    assert part.more_button.text() == "4 more in Threads"
    part.more_button.click()
    world.settle()
    assert world.shell.where() == "threads"


def test_an_intention_on_two_threads_has_a_way_to_each(world: SessionsWorld) -> None:
    ids = world.fill(full_course)

    def hang(journal: Journal) -> None:
        line = list_lines(journal, ids[4], LineKind.INTENTION)[0]
        begin_thread(journal, "Kindness", [(Station.INTENTION, cast("Line", line).id)])

    world.fill(hang)
    world.open_page(session_id=ids[5])
    world.settle()
    links = [link.words() for link in prepare(world).last_time.findChildren(ThreadLink)]
    assert {"In the thread “Kindness”", "In the thread “Softness”"} < set(links)
