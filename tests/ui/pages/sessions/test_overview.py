"""The course as a path: what is shown, the plan, the care team, planning dates, closing and beginning another."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QDate, Qt

from integrate.domain.courses import Course, Plan
from integrate.domain.practices import PracticeState
from integrate.domain.sessions import Session
from integrate.errors import WrongUsage
from integrate.journal.courses import begin_course, close_course, current_course, get_course, plan_sessions
from integrate.journal.opening import Journal
from integrate.journal.practices import PracticeView, begin_practice, list_practices
from integrate.journal.sessions import add_session, delete_session, list_lines, list_sessions
from integrate.ui.actions import all_actions
from integrate.ui.pages.sessions.course_sheets import CarerSheet, ChecklistSheet, CloseSheet, PlanSheet
from integrate.ui.pages.sessions.instructions import LARGEST, read_text
from integrate.ui.pages.sessions.reading import days_to_plan
from integrate.ui.pages.sessions.session_sheet import SessionSheet
from integrate.ui.registry import PAGES
from tests.ui.pages.sessions.sessions_world import SessionsWorld, planned, sarahs_course
from tests.ui.waiting import wait_until

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def sessions_of(journal: Journal) -> list[Session]:
    return [one for one in list_sessions(journal) if isinstance(one, Session)]


def course_of(journal: Journal) -> Course:
    course = current_course(journal)
    assert course is not None
    return course


def states(journal: Journal) -> list[PracticeState]:
    return [view.practice.state for view in list_practices(journal) if isinstance(view, PracticeView)]


def test_the_keys_of_the_pages_are_those_of_the_guide() -> None:
    assert [(page.id, page.digit) for page in PAGES[:3]] == [("today", 1), ("sessions", 2), ("journal", 3)]
    keys = {spec.id: spec.keys for spec in all_actions()}
    assert keys["new_session"] == ("Ctrl+Shift+N",)
    assert (keys["previous_session"], keys["next_session"]) == (("Alt+Left",), ("Alt+Right",))


def test_an_empty_journal_offers_to_prepare_for_the_first_session(world: SessionsWorld) -> None:
    world.open_page()
    assert {"No sessions yet.", "You can prepare for the first one.", "Add your plan when you like."} <= set(
        world.words()
    )
    overview = world.sessions_page.overview
    assert (overview.heading.x(), overview.heading.width()) == (0, overview.head.width()), (
        "it begins where the page does"
    )
    world.press("Prepare")
    world.sheet(SessionSheet).save()
    world.settle()
    assert world.sessions_page.shows_session()
    assert "Session 1" in world.words()
    assert world.ask(lambda journal: [one.ref.number for one in sessions_of(journal)]) == [1]


def test_the_path_says_number_day_and_state(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    assert world.names() == [
        "Session 1, 24 Aug · At home, held",
        "Session 2, 7 Sept · At home, held",
        "Session 3, 21 Sept · At home, held",
        "Session 4, 5 Oct · At home, held",
        "Session 5, Planned for 19 Oct · At home",
        "Session 6, Planned for 2 Nov · At home",
    ]
    assert {"4 of a planned 8", "Integrate, day 3 after session 4"} <= set(world.words())


def test_a_click_on_the_path_opens_the_session_and_the_breadcrumb_leads_back(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    world.press(world.names()[3])
    assert world.sessions_page.session.current_id() == ids[4]
    assert world.sessions_page.heading() is world.program.window.focusWidget()
    world.sessions_page.session.back_link.click()
    world.settle()
    assert not world.sessions_page.shows_session()


def test_a_plan_has_no_defaults_and_is_kept_as_typed(world: SessionsWorld) -> None:
    world.open_page()
    world.press("Change my plan")
    sheet = world.sheet(PlanSheet)
    assert (sheet.sessions.text(), sheet.spacing.text(), sheet.starts.value()) == ("", "", None)
    sheet.sessions.edit.setText("6")
    sheet.spacing.edit.setText("a week")
    sheet.instructions.set_text("Water only.\nA lift home.")
    sheet.save()
    world.settle()
    assert sheet.isVisible()
    assert sheet.spacing.error()
    assert sheet.instructions.text() == "Water only.\nA lift home.", "what was typed survives"
    sheet.spacing.edit.setText("7")
    sheet.starts.open_box.setChecked(False)
    sheet.starts.edit.setDate(QDate(2026, 10, 12))
    sheet.save()
    world.settle()
    assert world.ask(lambda journal: course_of(journal).plan) == Plan(
        6, 7, date(2026, 10, 12), "Water only.\nA lift home."
    )


def test_medicines_the_next_appointment_and_the_days_to_look_back_are_kept(world: SessionsWorld) -> None:
    world.open_page()
    world.press("Change my plan")
    sheet = world.sheet(PlanSheet)
    assert sheet.touch_days.text() == "0, 1, 3, 7, 14, 28"
    assert (sheet.medicine.text(), sheet.others.text(), sheet.next_appointment.value()) == ("", "", None)
    sheet.medicine.edit.setText("Ketamine")
    sheet.others.edit.setText("None")
    sheet.next_appointment.open_box.setChecked(False)
    sheet.next_appointment.edit.setDate(QDate(2026, 10, 20))
    sheet.touch_days.edit.setText("7 1; 400")
    sheet.save()
    world.settle()
    assert sheet.isVisible()
    assert sheet.touch_days.error()
    sheet.touch_days.edit.setText("7 1;0,1")
    sheet.save()
    world.settle()
    plan = world.ask(lambda journal: course_of(journal).plan)
    assert plan == Plan(
        medicine="Ketamine", other_medicines="None", next_appointment=date(2026, 10, 20), touch_days=(0, 1, 7)
    )
    assert any("Next appointment on Tuesday 20 October" in words for words in world.words())


def test_the_words_of_a_text_file_are_taken_into_the_plan_and_the_file_stays(
    world: SessionsWorld, tmp_path: Path
) -> None:
    leaflet = tmp_path / "leaflet.txt"
    leaflet.write_bytes("\ufeffNo food for six hours.\r\nA lift home.\n".encode())
    picture = tmp_path / "leaflet.pdf"
    picture.write_bytes(b"%PDF-1.7\x00\xff\xfe")
    world.open_page()
    world.press("Change my plan")
    sheet = world.sheet(PlanSheet)
    sheet.instructions.set_text("Typed before.")
    sheet.instructions.take(leaflet)
    wait_until(lambda: "lift" in sheet.instructions.text())
    assert sheet.instructions.text() == "Typed before.\n\nNo food for six hours.\nA lift home."
    for path, words in ((picture, "no plain text"), (tmp_path / "gone.txt", "")):
        sheet.instructions.take(path)
        wait_until(lambda words=words: not sheet.instructions.trouble.isHidden())  # type: ignore[misc]  # a default
        assert words in sheet.instructions.trouble.words()
        assert sheet.instructions.text().startswith("Typed before."), "nothing is lost"
    sheet.save()
    world.settle()
    assert world.ask(lambda journal: course_of(journal).plan.instructions).endswith("A lift home.")
    assert leaflet.exists()


def test_a_file_too_large_for_a_leaflet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_bytes(b"a" * (LARGEST + 1))
    with pytest.raises(WrongUsage, match="larger than a megabyte"):
        read_text(tmp_path / "book.txt")


def test_what_stops_on_closing_is_chosen(world: SessionsWorld) -> None:
    world.fill(sarahs_course)
    world.fill(lambda journal: begin_practice(journal, "A walk"))
    world.open_page()
    world.press("Close this course")
    sheet = world.sheet(CloseSheet)
    assert (sheet.touch_points.isChecked(), sheet.practices.isChecked()) == (True, False)
    sheet.touch_points.setChecked(False)
    sheet.practices.setChecked(True)
    sheet.save()
    world.settle()
    assert world.ask(course_of).looks_back
    assert world.ask(states) == [PracticeState.RESTING]
    world.undo("This course is closed.")
    assert not world.ask(course_of).is_closed
    assert world.ask(states) == [PracticeState.OPEN], "what was stopped with it goes on with it"


def test_what_was_chosen_on_closing_can_be_changed_later(world: SessionsWorld) -> None:
    world.fill(sarahs_course)
    world.fill(close_course)
    world.open_page()
    world.press("Change what I wrote on closing")
    sheet = world.sheet(CloseSheet)
    assert sheet.touch_points.isChecked()
    assert sheet.practices.isHidden()
    sheet.touch_points.setChecked(False)
    sheet.save()
    world.settle()
    assert world.ask(course_of).looks_back


def test_what_was_typed_into_a_sheet_is_there_again_after_esc_and_not_after_cancel(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    world.press("Change my plan")
    sheet = world.sheet(PlanSheet)
    sheet.place.edit.setText("In the blue box")
    world.key(Qt.Key.Key_Escape)
    assert not world.sheets()
    world.press("Change my plan")
    assert world.sheet(PlanSheet).place.text() == "In the blue box"
    world.press("Cancel")
    world.press("Change my plan")
    assert world.sheet(PlanSheet).place.text() == "In the tin on the top shelf"


def test_plan_these_dates_makes_the_missing_sessions_with_the_checklist_and_can_be_undone(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    assert "16 Nov, 30 Nov" in world.words()
    world.press("Plan these dates")
    made = world.ask(sessions_of)[6:]
    assert [one.day for one in made] == [date(2026, 11, 16), date(2026, 11, 30)]
    assert len(world.ask(lambda journal: list_lines(journal, made[0].id))) == 5
    assert not world.sessions_page.overview.plan.dates_button.isVisible()
    world.undo("2 sessions planned")
    assert len(world.ask(sessions_of)) == 6


def test_what_is_offered_is_what_the_use_case_makes(journal: Journal) -> None:
    for plan, made, gone in (
        (Plan(4, 7, date(2026, 1, 1)), (), ()),
        (Plan(4, 7, date(2026, 1, 1)), ((1, 8), (1, 9)), (1,)),
        (Plan(2, None, date(2026, 1, 1)), (), ()),
        (Plan(5, 7, date(2026, 1, 1)), ((1, 22), (1, 29)), ()),
        (Plan(3, 7), (), ()),
    ):
        number = begin_course(journal, plan).course.number
        added = [add_session(journal, planned(month, day)).session.id for month, day in made]
        for place in gone:
            delete_session(journal, added[place])
        offered = days_to_plan(plan, list_sessions(journal, number))
        assert tuple(one.day for one in plan_sessions(journal, number).sessions) == offered


def test_somebody_can_be_added_changed_and_removed_with_undo(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.press("Add someone")
    sheet = world.sheet(CarerSheet)
    sheet.save()
    assert sheet.name.error()
    sheet.name.edit.setText("Noor")
    sheet.in_help.setChecked(True)
    sheet.save()
    world.settle()
    assert "Therapist · Shown in Help now" in world.words()
    world.press("Change Noor")
    world.sheet(CarerSheet).number.edit.setText("415-555-0199")
    world.press("Save")
    world.press("Remove Noor")
    names = world.ask(lambda journal: [one.name for one in course_of(journal).care_team])
    assert "Noor" not in names
    world.undo("Noor was removed.")
    team = world.ask(lambda journal: course_of(journal).care_team)
    assert [(one.name, one.number, one.in_help) for one in team][-1] == ("Noor", "415-555-0199", True)


def test_the_checklist_is_for_sessions_from_now_on(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.press("Change my checklist")
    world.sheet(ChecklistSheet).lines.set_text("Only this\n\n")
    world.press("Save")
    assert "1 line, for each new session" in world.words()
    assert len(world.ask(lambda journal: list_lines(journal, ids[5]))) == 5


def test_closing_asks_no_reason_keeps_what_was_written_and_can_be_undone(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    world.press("Close this course")
    sheet = world.sheet(CloseSheet)
    sheet.early_signs.set_text("I stop answering Daniel.")
    sheet.agreed.set_text("Call Ines.")
    sheet.save()
    world.settle()
    assert {"This course is closed.", "I stop answering Daniel.", "Call Ines."} <= set(world.words())
    assert "4 sessions" in world.words(), "never of how many"
    assert not any("of a planned" in words for words in world.words())
    world.undo("This course is closed.")
    course = world.ask(course_of)
    assert not course.is_closed
    assert course.early_signs == "I stop answering Daniel."


def test_another_course_takes_the_people_along_and_the_old_one_can_be_chosen(world: SessionsWorld) -> None:
    ids = world.fill(sarahs_course)
    world.open_page()
    world.press("Close this course")
    world.sheet(CloseSheet).save()
    world.settle()
    world.press("Begin another course")
    sheet = world.sheet(PlanSheet)
    assert (sheet.sessions.text(), sheet.instructions.text()) == ("", "")
    sheet.save()
    world.settle()
    course = world.ask(course_of)
    assert (course.number, len(course.care_team), len(course.checklist), course.plan) == (2, 3, 5, Plan())
    assert "No sessions yet." in world.words()
    world.sessions_page.overview.choose_course(1)
    world.settle()
    assert len(world.names()) == len(ids)
    assert world.ask(lambda journal: get_course(journal, 1)).is_closed


def test_ctrl_shift_n_opens_a_new_session(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.key(Qt.Key.Key_N, CTRL_SHIFT)
    sheet = world.sheet(SessionSheet)
    assert (sheet.day.value(), sheet.dose.text(), sheet.setting.value()) == (None, "", "")
    sheet.day.open_box.setChecked(False)
    sheet.day.edit.setDate(QDate(2026, 11, 20))
    sheet.save()
    world.settle()
    assert world.ask(sessions_of)[-1].day == date(2026, 11, 20)


def test_read_only_shows_everything_and_offers_nothing(world: SessionsWorld) -> None:
    ids = world.fill(sarahs_course)
    world.open_page(read_only=True)
    overview = world.sessions_page.overview
    for part in (overview.new_button, overview.plan.edit_link, overview.team.add_button, overview.plan.dates_button):
        assert not part.isVisible()
    world.open_session(ids[4])
    session = world.sessions_page.session
    for hidden in (session.write_button, session.more_button, session.facts.edit_button, session.experience.add_button):
        assert not hidden.isVisible()
