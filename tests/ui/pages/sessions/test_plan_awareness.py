"""A session that is logged earlier than the plan, or beyond it: two facts side by side, and four ways on."""

from __future__ import annotations

from datetime import date
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import QDate

from integrate.domain.courses import Plan
from integrate.domain.sessions import Line, LineKind, Session, SessionState
from integrate.journal.courses import change_course
from integrate.journal.sessions import list_lines, list_sessions
from integrate.ui.pages.help.sheet import HelpSheet
from integrate.ui.pages.sessions.session_sheet import SessionSheet
from integrate.ui.widgets.buttons import Button
from tests.ui.pages.sessions.sessions_world import SessionsWorld
from tests.ui.waiting import wait_until

FOUR = ["Save it", "Change the date", "Add a question for my prescriber", "Talk to someone about use"]


def log_today(world: SessionsWorld) -> SessionSheet:
    """Log a new session as held today, three days after the last one, and press *Save*."""
    world.press("New session")
    sheet = world.sheet(SessionSheet)
    sheet.state.set_value("held")
    sheet._show_fields()
    sheet.day.edit.setDate(QDate(2026, 10, 8))
    sheet.dose.edit.setText("1 lozenge")
    sheet.save()
    world.settle()
    return sheet


def sessions_of(world: SessionsWorld) -> list[Session]:
    return [cast("Session", one) for one in world.ask(list_sessions)]


def test_the_two_facts_stand_side_by_side_with_four_ways_on_and_no_alarm(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    sheet = log_today(world)
    assert sheet._facts.isVisible()
    assert {"Session 7, day 3", "Your plan: 14 days. This session: day 3."} <= set(world.words())
    buttons = [one for one in sheet._facts.findChildren(Button) if one.isVisible()]
    assert [one.text() for one in buttons] == FOUR
    assert {one.kind for one in buttons} == {"secondary"}, "none is coloured, none is pushed"
    assert len(sessions_of(world)) == 6, "nothing is saved yet"
    world.press("Save it")
    assert not world.sheets()
    assert (sessions_of(world)[-1].state, sessions_of(world)[-1].day) == (SessionState.HELD, date(2026, 10, 8))


def test_change_the_date_leads_back_to_what_was_typed(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    sheet = log_today(world)
    world.press("Change the date")
    assert sheet.day.edit.hasFocus()
    assert sheet.dose.text() == "1 lozenge"
    assert not sheet._facts.isVisible()


def test_a_question_is_kept_at_once_with_the_session_to_come(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    sheet = log_today(world)
    world.press("Add a question for my prescriber")
    world.type_words("Is that too soon?", sheet._facts.editor.area.edit)
    sheet._facts.editor.kept.emit()
    world.settle()
    assert "Your question is kept with session 5." in world.words()
    kept = world.ask(lambda journal: list_lines(journal, ids[5], LineKind.FOR_PRESCRIBER))
    assert [cast("Line", one).text for one in kept] == ["Is that too soon?"]
    world.press("Cancel")
    assert len(sessions_of(world)) == 6, "and nothing else was saved"


def test_talk_to_someone_about_use_opens_help_now_over_the_sheet(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    sheet = log_today(world)
    world.press("Talk to someone about use")
    wait_until(lambda: any(one.isVisible() for one in world.program.window.findChildren(HelpSheet)))
    world.sheet(HelpSheet).close()
    assert sheet.isVisible()


def test_beyond_the_number_the_two_numbers_stand_side_by_side(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.ask(lambda journal: change_course(journal, 1, plan=Plan(4)))
    log_today(world)
    assert {"Session 7", "Your plan: 4 sessions. This session: number 5."} <= set(world.words())


@pytest.mark.parametrize("plan", [Plan(), Plan(5, 3)], ids=["no plan", "as planned"])
def test_nothing_is_said_where_nothing_differs(world: SessionsWorld, ids: dict[int, UUID], plan: Plan) -> None:
    world.ask(lambda journal: change_course(journal, 1, plan=plan))
    log_today(world)
    assert not world.sheets()
    assert sessions_of(world)[-1].day == date(2026, 10, 8)


def test_it_is_said_once_and_not_again_for_every_edit(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    log_today(world)
    world.press("Save it")
    world.press("Edit this session")
    sheet = world.sheet(SessionSheet)
    sheet.dose.edit.setText("2 lozenges, as told")
    sheet.save()
    world.settle()
    assert not world.sheets()
    assert sessions_of(world)[-1].draft.dose == "2 lozenges, as told"


def test_a_planned_session_that_took_place_is_looked_at_as_well(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[5])
    world.press("It took place")
    sheet = world.sheet(SessionSheet)
    sheet.day.edit.setDate(QDate(2026, 10, 7))
    sheet.save()
    world.settle()
    titles = [words for words in world.words() if words.startswith("Session 5")]
    assert titles[-1] == sheet.heading.words() == "Session 5, day 2"  # one heading: the page behind has the other
    assert titles.count("Session 5, day 2") == 1
    world.press("Save it")
    assert sessions_of(world)[4].state is SessionState.HELD
