"""A new entry takes its phase and its session from the calendar, wherever a session is known."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from integrate.domain.entry import Phase, SessionRef
from integrate.domain.sessions import SessionDraft
from integrate.journal.courses import begin_course
from integrate.journal.opening import Access, Journal, open_journal
from integrate.journal.sessions import add_session
from tests.helpers.courses import held, planned
from tests.helpers.journals import tamper
from tests.ui.pages.journal_entry.journal_world import JournalWorld, press
from tests.ui.pages.settings_world import EVENING
from tests.ui.waiting import run_events, wait_until

TODAY = date(2026, 10, 8)
ONE, TWO = SessionRef(1, 1), SessionRef(1, 2)


def after(days: int) -> SessionDraft:
    """A session that was held so many days ago."""
    return held(EVENING - timedelta(days=days, hours=4))


def ahead(days: int) -> SessionDraft:
    """A session that is planned in so many days."""
    return planned(TODAY + timedelta(days=days))


def with_sessions(world: JournalWorld, *drafts: SessionDraft, courses: int = 1) -> None:
    """Have sessions in the newest of so many courses."""
    with open_journal(world.sample.place, world.sample.by_words, Access.WRITE, clock=world.clock) as journal:
        for _course in range(courses):
            begin_course(journal)
        for draft in drafts:
            add_session(journal, draft)


def shown(world: JournalWorld) -> tuple[Phase, SessionRef | None]:
    """What the entry at hand belongs to, once the calendar has answered."""
    world.settle()
    wait_until(lambda: world.entry.belonging._asking is None)
    return world.entry._draft.phase, world.entry._draft.session


@pytest.mark.parametrize(
    ("drafts", "phase", "session"),
    [
        ((after(3), ahead(20)), Phase.INTEGRATE, ONE),
        ((after(40),), Phase.INTEGRATE, ONE),
        ((after(0), ahead(20)), Phase.EXPERIENCE, ONE),
        ((after(20), ahead(2)), Phase.PREPARE, TWO),
        ((ahead(9),), Phase.PREPARE, ONE),
    ],
    ids=("three days after", "long after", "the day itself", "before the next", "before the first"),
)
def test_a_new_entry_belongs_where_the_person_is_in_the_course(
    world: JournalWorld, drafts: tuple[SessionDraft, ...], phase: Phase, session: SessionRef
) -> None:
    with_sessions(world, *drafts)
    world.open_page()
    world.program.perform("new_entry")
    assert shown(world) == (phase, session)
    world.type_words("A line.")
    world.settle()
    kept = world.kept().summary
    assert (kept.phase, kept.session) == (phase, session)
    assert world.view.bar.session.words() == f"Session {session.number}"


def test_key_button_and_action_from_another_page_all_ask_the_calendar(world: JournalWorld) -> None:
    with_sessions(world, after(3))
    world.open_page()
    wait_until(lambda: world.program.window._actions is not None)
    QTest.keyClick(world.program.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert shown(world) == (Phase.INTEGRATE, ONE)
    world.journal_page.list.new_wanted.emit()
    assert shown(world) == (Phase.INTEGRATE, ONE)
    world.shell.go("threads")
    world.program.perform("new_entry")
    assert shown(world) == (Phase.INTEGRATE, ONE)


def test_without_a_session_the_phase_chosen_last_decides_as_before(world: JournalWorld) -> None:
    with_sessions(world)
    world.open_page(new=True)
    assert shown(world) == (Phase.PREPARE, None)
    world.view.bar.phase_chosen.emit(Phase.INTEGRATE)
    assert shown(world) == (Phase.INTEGRATE, None)
    world.program.perform("new_entry")
    assert shown(world) == (Phase.INTEGRATE, None)
    assert world.journal_page.desk.preferences.phase is Phase.INTEGRATE


def test_a_phase_the_person_picks_stays_and_takes_the_session_along(world: JournalWorld) -> None:
    with_sessions(world, after(3), ahead(20))
    world.open_page(new=True)
    assert shown(world) == (Phase.INTEGRATE, ONE)
    world.view.bar.phase_chosen.emit(Phase.PREPARE)
    assert shown(world) == (Phase.PREPARE, TWO)
    world.view.bar.phase_chosen.emit(Phase.EXPERIENCE)
    assert shown(world) == (Phase.EXPERIENCE, ONE)
    assert world.journal_page.desk.preferences.phase is Phase.PREPARE, "the calendar goes on deciding"
    world.program.perform("new_entry")
    assert shown(world) == (Phase.INTEGRATE, ONE)


def test_a_session_the_person_picks_stays(world: JournalWorld) -> None:
    with_sessions(world, after(3), ahead(20))
    world.open_page(new=True)
    assert shown(world) == (Phase.INTEGRATE, ONE)
    world.view.bar.session._choose(None)
    world.view.bar.phase_chosen.emit(Phase.PREPARE)
    assert shown(world) == (Phase.PREPARE, None)


def test_what_the_person_picks_before_the_calendar_answers_wins(world: JournalWorld) -> None:
    with_sessions(world, after(3), ahead(20))
    world.open_page(new=True)
    world.view.bar.phase_chosen.emit(Phase.PREPARE)
    assert shown(world) == (Phase.PREPARE, TWO)
    world.program.perform("new_entry")
    world.view.bar.session._choose(SessionRef(1, 7))
    assert shown(world) == (Phase.INTEGRATE, SessionRef(1, 7))


def test_what_was_asked_for_is_not_changed_by_the_calendar(world: JournalWorld) -> None:
    with_sessions(world, after(3), ahead(20))
    world.open_page(new=True, phase=Phase.PREPARE, session=TWO)
    assert shown(world) == (Phase.PREPARE, TWO)
    world.shell.go("journal", new=True, phase=Phase.PREPARE)
    assert shown(world) == (Phase.PREPARE, None)


def test_an_old_entry_stays_what_it_was_whatever_the_calendar_answers(world: JournalWorld) -> None:
    with_sessions(world, after(3))
    (old,) = world.prepare(world.written("old", phase=Phase.PREPARE))
    world.open_page(new=True)
    world.shell.go("journal", entry_id=old)  # before the calendar can have answered
    wait_until(lambda: world.entry.has_entry and world.entry.current_id() == old)
    assert shown(world) == (Phase.PREPARE, None)
    world.view.bar.phase_chosen.emit(Phase.EXPERIENCE)
    assert shown(world) == (Phase.EXPERIENCE, None)
    world.settle()
    assert (world.kept(old).summary.phase, world.kept(old).summary.session) == (Phase.EXPERIENCE, None)


def test_a_session_that_is_logged_moves_the_next_entry(world: JournalWorld) -> None:
    with_sessions(world, ahead(9))
    world.open_page(new=True)
    assert shown(world) == (Phase.PREPARE, ONE)
    world.ask(lambda journal: add_session(journal, after(2)))
    world.program.perform("new_entry")
    assert shown(world) == (Phase.INTEGRATE, TWO)


def test_a_course_that_cannot_be_read_leaves_the_choice_to_the_person(world: JournalWorld) -> None:
    with_sessions(world, after(3))
    with open_journal(world.sample.place, world.sample.by_words, Access.WRITE, clock=world.clock) as journal:
        tamper(journal, "UPDATE course SET care_team = '[]', early_signs = 'x'")
    world.open_page(new=True)
    assert shown(world) == (Phase.PREPARE, None)


def test_a_number_alone_counts_in_the_newest_course(world: JournalWorld) -> None:
    with_sessions(world, after(3), courses=2)
    world.open_page(new=True)
    assert shown(world) == (Phase.INTEGRATE, SessionRef(2, 1))
    session = world.view.bar.session
    session.number.edit.setText("4")
    session.take_button.click()
    assert shown(world) == (Phase.INTEGRATE, SessionRef(2, 4))

    def another(journal: Journal) -> object:
        return begin_course(journal)

    world.ask(another)
    wait_until(lambda: session._course == 3)


def test_another_question_fits_the_day_too(world: JournalWorld) -> None:
    with_sessions(world, after(3))
    world.open_page(new=True)
    assert shown(world) == (Phase.INTEGRATE, ONE)
    seen: list[str | None] = []
    world.entry.prompting.chosen.connect(seen.append)
    for count in range(1, 7):
        world.program.perform("another_prompt")
        wait_until(partial(lambda wanted: len(seen) == wanted, count))
    assert seen == ["I04", "I05", "I06", "I07", "I08", "I04"]
    press(world.view.surface, Qt.Key.Key_Escape)
    run_events()
