"""The page of one session: its facts, its three stages, and what is written on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import cast
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import QDate, QPoint, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox

from integrate.domain.entry import Phase, SessionRef
from integrate.domain.moments import Mark, Moment, MomentKind, Strength
from integrate.domain.sessions import Line, LineKind, Session, SessionState
from integrate.domain.times import ZonedTime
from integrate.errors import DiskFull
from integrate.journal.insights import list_insights
from integrate.journal.moments import add_moment, list_moments
from integrate.journal.opening import Journal
from integrate.journal.sessions import add_line, add_session, delete_session, get_session, list_lines
from integrate.ui.pages.sessions.lines import LineSection
from integrate.ui.pages.sessions.moment_sheet import MomentSheet
from integrate.ui.pages.sessions.session_sheet import SessionSheet
from integrate.ui.pages.sessions.session_view import SessionView
from integrate.ui.pages.sessions.show_all import AllSheet
from tests.helpers.journals import tamper
from tests.ui.pages.sessions.sessions_world import INTENTION, ZONE, SessionsWorld, at, held, sarahs_course
from tests.ui.waiting import wait_until

NOVEL = "She walked into the garden.\n" * 4000


def view(world: SessionsWorld) -> SessionView:
    return world.sessions_page.session


def section(world: SessionsWorld, kind: LineKind) -> LineSection:
    stage = view(world).integrate if kind in (LineKind.TALK, LineKind.AGREED) else view(world).prepare
    return stage.sections[kind]


def lines_of(world: SessionsWorld, session_id: UUID, kind: LineKind) -> list[Line]:
    return [cast("Line", one) for one in world.ask(lambda journal: list_lines(journal, session_id, kind))]


def session_of(world: SessionsWorld, session_id: UUID) -> Session:
    return world.ask(lambda journal: get_session(journal, session_id))


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_the_facts_are_those_of_the_picture(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    assert view(world).facts.words() == [
        "Monday 5 October 2026",
        "At home",
        "Oral lozenge",
        "1 lozenge, as labelled",
        "Daniel · Ines by video",
    ]
    captions = {phase: head.caption() for phase, head in view(world).stages.heads.items()}
    assert captions[Phase.EXPERIENCE] == "14:02 to 16:15"
    assert captions[Phase.INTEGRATE] == "day 3"
    assert {"4 of a planned 8", "Session 4"} <= set(world.words())


@pytest.mark.parametrize(("number", "phase"), [(4, Phase.INTEGRATE), (5, Phase.PREPARE)])
def test_it_opens_on_the_current_stage_and_the_others_are_a_line(
    world: SessionsWorld, ids: dict[int, UUID], number: int, phase: Phase
) -> None:
    for width in (1280, 1000, 720):
        world.program.window.resize(width, 832)
        world.sessions_page.show_overview()
        world.settle()
        world.open_session(ids[number])
        assert [one for one in Phase if view(world).stages.is_open(one)] == [phase]
        for head in view(world).stages.heads.values():
            assert head.isVisible()


def test_a_session_that_goes_on_opens_on_experience(world: SessionsWorld) -> None:
    start = datetime(2026, 10, 8, 17, tzinfo=UTC)
    ids = world.fill(sarahs_course)
    running = world.fill(lambda journal: add_session(journal, held(10, 8, started=ZonedTime(start, ZONE), ended=None)))
    world.open_page(session_id=running.session.id)
    assert view(world).stages.is_open(Phase.EXPERIENCE)
    assert view(world).room_button.isVisible()
    world.open_session(ids[4])
    assert not view(world).room_button.isVisible()


def test_a_head_opens_its_stage_and_folds_it(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    head = view(world).stages.heads[Phase.PREPARE]
    assert (head.accessibleName(), head.accessibleDescription()) == ("Prepare, set on 8 Oct", "folded")
    head.click()
    assert INTENTION in world.words()
    assert head.accessibleDescription() == "open"
    head.click()
    assert INTENTION not in world.words()


def test_alt_arrows_go_to_the_session_before_and_after(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    world.alt(Qt.Key.Key_Left)
    assert view(world).current_id() == ids[3]
    world.alt(Qt.Key.Key_Right)
    world.alt(Qt.Key.Key_Right)
    assert view(world).current_id() == ids[5]
    world.open_session(ids[6])
    assert not view(world).next_button.isEnabled()
    world.alt(Qt.Key.Key_Right)
    assert view(world).current_id() == ids[6]


def test_a_session_can_be_asked_for_by_its_numbers(world: SessionsWorld) -> None:
    ids = world.fill(sarahs_course)
    world.open_page(session=SessionRef(1, 2), stage=Phase.PREPARE)
    world.settle()
    assert view(world).current_id() == ids[2]
    assert view(world).stages.is_open(Phase.PREPARE)


def test_coming_back_from_another_page_shows_the_same_session(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[2])
    world.shell.go("today")
    world.shell.go("sessions")
    world.settle()
    assert view(world).current_id() == ids[2]
    world.shell.go("sessions")
    assert not world.sessions_page.shows_session(), "asked for while it is shown: the overview"


# --- lines ------------------------------------------------------------------------------------------------------------


def test_every_kind_of_line_can_be_written_and_is_kept(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[5])
    for kind in view(world).prepare.sections:
        if kind is LineKind.CHECK:
            continue
        section(world, kind).add_button.click()
        world.type_words(f"My {kind}")
        world.key(Qt.Key.Key_Return)
        assert [line.text for line in lines_of(world, ids[5], kind)] == [f"My {kind}"]
        assert f"My {kind}" in world.words() + [box.text() for box in section(world, kind).findChildren(QCheckBox)]


def test_a_line_is_ticked_changed_moved_shared_never_and_removed_with_undo(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    world.open_session(ids[5])
    checks = section(world, LineKind.CHECK)
    first = checks.lines()[0]
    box = cast("QCheckBox", checks.findChild(QCheckBox, f"tick {first.id}"))
    box.click()
    assert lines_of(world, ids[5], LineKind.CHECK)[0].done
    for words in ("Move down", "Never share"):
        world.press(f"More about “{first.text}”")
        world.choose(words)
    moved = lines_of(world, ids[5], LineKind.CHECK)
    assert (moved[1].id, moved[1].never_share) == (first.id, True)
    world.press(f"More about “{first.text}”")
    world.choose("Change the words…")
    checks.editor.area.set_text("Somebody stays")
    checks.keep()
    world.settle()
    world.press("More about “Somebody stays”")
    world.choose("Remove")
    assert first.id not in [line.id for line in lines_of(world, ids[5], LineKind.CHECK)]
    world.undo("Line removed")
    assert [line.text for line in lines_of(world, ids[5], LineKind.CHECK)][1] == "Somebody stays"


def test_a_question_gets_its_answer(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    view(world).stages.open_only(Phase.PREPARE)
    assert "Answered on 8 Oct" in world.words()
    questions = section(world, LineKind.FOR_PRESCRIBER)
    world.press("More about “Why was I queasy longer than last time?”")
    world.choose("Write the answer…")
    world.type_words("It can happen.")
    world.key(Qt.Key.Key_Return)
    assert [line.answer for line in questions.lines()][1] == "It can happen."
    assert not questions.lines()[1].done, "an answer is not a tick"


def test_a_pasted_novel_is_kept_whole_and_shown_from_its_beginning(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[5])
    intentions = section(world, LineKind.INTENTION)
    intentions.add_button.click()
    intentions.editor.area.set_text(NOVEL)
    intentions.keep()
    world.settle()
    assert lines_of(world, ids[5], LineKind.INTENTION)[0].text == NOVEL
    assert max(len(words) for words in world.words()) < 700
    button = next(one for one in intentions.findChildren(type(intentions.add_button)) if one.text() == "Show all of it")
    button.click()
    assert world.sheet(AllSheet).area.text() == NOVEL


def test_what_is_being_written_survives_a_refusal(
    world: SessionsWorld, ids: dict[int, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.open_session(ids[5])
    worries = section(world, LineKind.WORRY)
    worries.add_button.click()
    world.type_words("That it stays dark")

    def full(*_arguments: object, **_fields: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr("integrate.ui.pages.sessions.lines.add_line", full)
        world.key(Qt.Key.Key_Return)
    assert worries.editor.text() == "That it stays dark"
    assert "disk" in worries.editor.area.error()
    world.key(Qt.Key.Key_Return)
    assert [line.text for line in lines_of(world, ids[5], LineKind.WORRY)] == ["That it stays dark"]


def test_what_is_being_written_is_kept_on_leaving_and_on_locking_and_never_twice(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    world.open_session(ids[5])
    hopes = section(world, LineKind.HOPE)
    hopes.add_button.click()
    world.type_words("Some quiet")
    world.sessions_page.flush()
    world.settle()
    QTest.keyClicks(hopes.editor.area.edit, " at last")
    world.alt(Qt.Key.Key_Left)
    assert [line.text for line in lines_of(world, ids[5], LineKind.HOPE)] == ["Some quiet at last"]
    assert not section(world, LineKind.HOPE).lines(), "it belongs to the other session"
    world.open_session(ids[6])
    section(world, LineKind.ANCHOR).add_button.click()
    world.type_words("Rain")
    world.lock()
    with world.journal() as journal:
        assert [one.text for one in list_lines(journal, ids[6], LineKind.ANCHOR) if isinstance(one, Line)] == ["Rain"]


def test_esc_never_discards_a_word(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[5])
    touch = section(world, LineKind.TOUCH)
    touch.add_button.click()
    world.type_words("Hand is okay")
    world.key(Qt.Key.Key_Escape)
    assert touch.editor.text() == "Hand is okay"
    assert world.sessions_page.shows_session()


def test_what_the_clinic_told_stands_in_prepare(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    words = "Nothing to eat from six in the morning. Somebody drives me home."
    world.open_session(ids[5])
    assert words not in world.words()
    world.press("What my clinic told me")
    assert words in world.words()
    checks, clinic = section(world, LineKind.CHECK), view(world).prepare.clinic
    assert clinic.fold_button.accessibleDescription() == "open"
    assert checks.mapTo(view(world), checks.rect().bottomLeft()).y() < clinic.mapTo(view(world), QPoint(0, 0)).y()
    world.press("What my clinic told me")
    assert words not in world.words()


def test_the_checklist_speaks_of_what_was_once_the_session_took_place(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    world.open_session(ids[5])
    assert section(world, LineKind.CHECK).heading.words() == "Before I begin"
    world.open_session(ids[4])
    assert section(world, LineKind.CHECK).heading.words() == "Before I began"


# --- the session itself -----------------------------------------------------------------------------------------------


def test_cancelling_and_deleting_can_be_undone(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[6])
    world.press("More about this session")
    world.choose("Cancel this session")
    assert session_of(world, ids[6]).state is SessionState.CANCELLED
    world.undo("Session 6 is cancelled")
    assert session_of(world, ids[6]).state is SessionState.PLANNED
    world.press("More about this session")
    world.choose("Delete this session")
    assert not world.sessions_page.shows_session()
    assert len(world.names()) == 5
    world.undo("Session moved to Recently deleted")
    assert len(world.names()) == 6


def test_moving_a_session_is_editing_its_day(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[5])
    world.press("Edit this session")
    sheet = world.sheet(SessionSheet)
    sheet.day.edit.setDate(QDate(2026, 10, 21))
    sheet.at.open_box.setChecked(False)
    sheet.at.edit.setTime(QTime(9, 30))
    sheet.present.edit.setText("Daniel")
    sheet.save()
    world.settle()
    assert view(world).facts.words()[0] == "Wednesday 21 October 2026, 09:30"
    assert session_of(world, ids[5]).day == date(2026, 10, 21)


def test_an_end_before_the_start_is_said_and_nothing_typed_is_lost(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    world.press("Edit this session")
    sheet = world.sheet(SessionSheet)
    sheet.end.edit.setTime(QTime(1, 10))
    sheet.dose.edit.setText("as before")
    sheet.save()
    world.settle()
    assert sheet.trouble.words() == "The end is before the start. Nothing was changed."
    assert sheet.dose.text() == "as before"
    sheet.over_midnight.setChecked(True)
    sheet.save()
    world.settle()
    draft = session_of(world, ids[4]).draft
    assert draft.ended is not None
    assert (draft.ended.local_date(), draft.dose) == (date(2026, 10, 6), "as before")


def test_an_edit_that_leaves_the_times_alone_keeps_their_seconds(world: SessionsWorld) -> None:
    sharp = at(10, 7, 14, 2)
    exact = ZonedTime(sharp.instant + timedelta(seconds=41), ZONE)
    world.fill(sarahs_course)
    made = world.fill(lambda journal: add_session(journal, held(10, 7, started=exact, ended=None))).session
    world.open_page(session_id=made.id)
    world.press("Edit this session")
    sheet = world.sheet(SessionSheet)
    sheet.dose.edit.setText("as labelled")
    sheet.save()
    world.settle()
    draft = session_of(world, made.id).draft
    assert (draft.dose, draft.started) == ("as labelled", exact)


def test_a_session_in_the_future_is_not_logged_as_held(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[6])
    world.press("It took place")
    sheet = world.sheet(SessionSheet)
    assert sheet.state.value() == "held"
    sheet.save()
    world.settle()
    wait_until(lambda: bool(sheet.trouble.words()) or sheet._facts.isVisible())
    if sheet._facts.isVisible():
        sheet._facts.save_button.click()
        world.settle()
    assert "lies in the future" in sheet.trouble.words()
    assert session_of(world, ids[6]).state is SessionState.PLANNED


# --- moments ----------------------------------------------------------------------------------------------------------


def test_the_timeline_is_in_the_order_of_time_with_its_signs_in_words(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    world.open_session(ids[4])
    view(world).stages.open_only(Phase.EXPERIENCE)
    names = [row.accessibleName() for row in view(world).experience.rows()]
    assert names[:5] == [
        "14:02, moment, A moment, Pulse 72 · BP 124/78",
        "14:21, moment, Warm. Like floating on my back.",
        "14:30, vital signs, Pulse 88 · BP 136/84, Sitter's note",
        "14:44, side effect, Nausea, mild, Ginger tea helped",
        "14:52, moment, A hand on my shoulder. Put the bags down., Never share",
    ]
    assert "7 moments" in world.words()


def moments_of(world: SessionsWorld, session_id: UUID) -> list[Moment]:
    return [cast("Moment", one) for one in world.ask(lambda journal: list_moments(journal, session_id))]


def test_a_moment_is_added_changed_and_deleted_afterwards(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[3])
    view(world).stages.open_only(Phase.EXPERIENCE)
    world.press("Add a moment")
    sheet = world.sheet(MomentSheet)
    sheet.words.set_text("The ceiling breathed.")
    sheet.never_share.setChecked(True)
    sheet.time.edit.setTime(QTime(14, 50))
    sheet.save()
    world.settle()
    [moment] = moments_of(world, ids[3])
    assert (moment.mark.kind, moment.mark.at.local().hour, moment.never_share) == (MomentKind.WORDS, 14, True)
    view(world).experience.rows()[0].click()
    sheet = world.sheet(MomentSheet)
    sheet.kind.set_value("effect")
    sheet._show_fields()
    sheet.save()
    assert sheet.trouble.words() == "A side effect has a name and how strong it was."
    sheet.effect.set_value("other")
    sheet.other.edit.setText("Itching")
    sheet.strength.set_value("mild")
    sheet.save()
    world.settle()
    [moment] = moments_of(world, ids[3])
    assert (moment.mark.effect, moment.mark.strength, moment.mark.words) == (
        "Itching", Strength.MILD, "The ceiling breathed.",
    )  # fmt: skip
    view(world).experience.rows()[0].click()
    world.press("Delete this moment")
    assert moments_of(world, ids[3]) == []
    world.undo("Moment moved to Recently deleted")
    assert len(moments_of(world, ids[3])) == 1


def test_a_reading_that_is_no_number_is_said_beside_it(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[3])
    view(world).experience.add()
    sheet = world.sheet(MomentSheet)
    sheet.kind.set_value("vitals")
    sheet._show_fields()
    sheet.pulse.edit.setText("72")
    sheet.systolic.edit.setText("ab")
    sheet.save()
    assert sheet.systolic.error()
    sheet.systolic.edit.setText("124")
    sheet.save()
    assert sheet.trouble.words() == "Blood pressure is two numbers, such as 124 and 78."
    sheet.diastolic.edit.setText("78")
    sheet.save()
    world.settle()
    [moment] = moments_of(world, ids[3])
    assert (moment.mark.pulse, moment.mark.systolic, moment.mark.diastolic) == (72, 124, 78)


def test_many_moments_are_made_a_few_at_a_time(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    def fill(journal: Journal) -> None:
        for minute in range(130):
            add_moment(journal, ids[2], Mark(MomentKind.MARK, at(9, 7, 14 + minute // 60, minute % 60)))

    world.ask(fill)
    world.open_session(ids[2])
    view(world).stages.open_only(Phase.EXPERIENCE)
    experience = view(world).experience
    assert (len(experience.rows()), experience.more_button.text()) == (40, "Show 90 more")
    for shown in (80, 120, 130):
        experience.more_button.click()
        world.settle()
        assert len(experience.rows()) == shown
        assert experience.count.words() == "130 moments"
    assert not experience.more_button.isVisible()
    assert experience.rows()[120].hasFocus(), "reading goes on at the first of those that came"


def test_moments_that_cannot_be_read_are_named_where_they_stand_and_counted_before(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    def fill(journal: Journal) -> list[UUID]:
        return [
            add_moment(journal, ids[2], Mark(MomentKind.MARK, at(9, 7, 14, minute))).moment.id for minute in range(50)
        ]

    there = world.ask(fill)

    def harm(journal: Journal) -> None:
        for victim in (there[3], there[44]):
            tamper(journal, "UPDATE moment SET rev = 9 WHERE id = ?", victim.bytes)

    world.ask(harm)
    world.open_session(ids[2])
    view(world).stages.open_only(Phase.EXPERIENCE)
    experience = view(world).experience
    named = "A moment could not be read. The rest is fine."
    assert (experience.count.words(), experience.more_button.text()) == ("50 moments", "Show 10 more")
    assert world.words().count(named) == 1
    experience.more_button.click()
    wait_until(lambda: len(experience.rows()) == 48)
    assert world.words().count(named) == 2
    assert not experience.more_button.isVisible()


# --- integrate --------------------------------------------------------------------------------------------------------


def test_entries_of_the_session_open_in_the_journal(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    rows = view(world).integrate.rows()
    assert [row.accessibleName() for row in rows] == [
        "The kitchen, Yesterday · 88 words, Integrate",
        "Carrying bags that were never mine, Tue 6 Oct · 88 words, Integrate",
        "What Ines asked me, Tue 6 Oct · 88 words, Integrate",
    ]
    rows[1].click()
    world.settle()
    assert world.shell.where() == "journal"


def test_a_thought_is_kept_with_the_session(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[3])
    view(world).integrate.thoughts.add_button.click()
    world.type_words("I may rest")
    world.key(Qt.Key.Key_Return)
    assert view(world).integrate.thoughts.words() == ["I may rest"]
    assert len(world.ask(lambda journal: list_insights(journal, SessionRef(1, 3)))) == 1


def test_write_about_it_begins_an_entry(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    world.press("Write about it")
    assert world.shell.where() == "journal"


# --- bad days ---------------------------------------------------------------------------------------------------------


def test_a_session_that_was_deleted_elsewhere_leads_back_to_the_course(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    world.open_session(ids[5])
    world.ask(lambda journal: delete_session(journal, ids[5]))
    assert not world.sessions_page.shows_session()


def test_nothing_of_the_page_is_left_after_locking(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    page = world.sessions_page
    world.lock()
    assert not shiboken6.isValid(page)


def test_words_of_right_to_left_scripts_emoji_and_ampersands_are_shown_as_they_are(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    texts = ("שלום & תודה", "🌊 tide & tea", "a" * 300)
    world.ask(lambda journal: [add_line(journal, ids[5], LineKind.CHECK, text) for text in texts])
    world.open_session(ids[5])
    shown = [box.text().replace("&&", "&") for box in section(world, LineKind.CHECK).findChildren(QCheckBox)]
    assert tuple(shown[-3:]) == texts
