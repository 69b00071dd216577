"""The check-ins of before: listed by day, changed, deleted, taken back."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import update

from integrate.domain.check_ins import Answer, CheckIn, CheckInDraft
from integrate.domain.measures import Measure
from integrate.domain.times import ZonedTime
from integrate.journal.check_ins import deleted_check_ins, record_check_in
from integrate.journal.deleted import DeletedKind, all_deleted
from integrate.journal.measures import change_measure, list_measures
from integrate.journal.opening import Journal
from integrate.storage.mood_tables import CheckInRow
from integrate.ui.check_in.change import ChangeSheet
from integrate.ui.check_in.earlier import PAGE, EarlierSheet
from integrate.ui.check_in.rows import ScaleRow
from integrate.ui.theme.look import Look
from integrate.ui.widgets.text import Heading, Text
from tests.ui.check_in.check_in_world import EVENING, ZONE, CheckInWorld
from tests.ui.pages.stand_ins import button


def measures_of(journal: Journal) -> dict[str, Measure]:
    return {one.key: one for one in list_measures(journal, all=True) if isinstance(one, Measure)}


def record(world: CheckInWorld, at: datetime, mood: float | None, note: str = "", zone: str = ZONE) -> CheckIn:
    def write(journal: Journal) -> object:
        found = measures_of(journal)
        answers = (Answer(found["mood"].id, 1, mood), Answer(found["energy"].id, 1)) if mood is not None else ()
        return record_check_in(journal, CheckInDraft(ZonedTime(at, zone), answers, note))

    world.write(write)
    return next(one for one in world.check_ins() if one.draft.about.instant == at)


def said(sheet: EarlierSheet) -> list[str]:
    return [text.words() for text in sheet.findChildren(Text) if text.isVisible() and text.words()]


def test_they_are_listed_by_day_the_newest_first(world: CheckInWorld) -> None:
    record(world, EVENING - timedelta(days=3), 4)
    record(world, EVENING - timedelta(hours=2), 6, "Tea.")
    record(world, EVENING - timedelta(days=1), None, "Only a line.")
    sheet = world.earlier()
    headings = [one.words() for one in sheet.findChildren(Heading) if one.isVisible()]
    assert headings == ["Earlier check-ins", "Today", "Yesterday", "Mon 5 Oct"]
    assert [row.time.words() for row in sheet.rows()] == ["17:24", "19:24", "19:24"]
    assert [row.answers.words() for row in sheet.rows()] == [
        "Mood 6 of 10 · Energy: no answer", "", "Mood 4 of 10 · Energy: no answer",
    ]  # fmt: skip
    assert "Only a line." in said(sheet)


def test_what_was_written_at_another_time_says_so(world: CheckInWorld) -> None:
    record(world, EVENING, 6)
    record(world, EVENING - timedelta(hours=3), 5)
    record(world, datetime(2026, 10, 5, 20, tzinfo=UTC), 4)
    record(world, datetime(2025, 12, 31, 3, tzinfo=UTC), 3, zone="America/New_York")
    sheet = world.earlier()
    assert [row.written.words() for row in sheet.rows()] == [
        "",
        "About 8 Oct, 16:24 · written 8 Oct, 19:24",
        "About 5 Oct, 21:00 · written 8 Oct, 19:24 (added later)",
        "About 30 Dec 2025, 22:00 · written 8 Oct, 19:24 (added later)",
    ]
    assert sheet.rows()[3].time.words() == "22:00 (America/New York)"


def test_changing_one_keeps_when_it_was_really_written(world: CheckInWorld) -> None:
    before = record(world, EVENING - timedelta(days=1), 4, "Rain.")
    world.clock.advance(timedelta(days=2))
    world.earlier()
    world.press("Change the check-in of Wed 7 Oct · 19:24")
    sheet = world.sheet(ChangeSheet)
    sheet.when.date.setDate(QDate(2026, 10, 6))
    sheet.when.time.setTime(QTime(8, 10))
    sheet.when.zone.edit.setText("America/New York")
    mood = sheet.form.rows[0]
    assert isinstance(mood, ScaleRow)
    assert mood.answer().value == 4
    mood.dots.setFocus(Qt.FocusReason.TabFocusReason)
    world.keys("7")
    sheet.save_button.click()
    world.settle()
    (after,) = world.check_ins()
    assert after.draft.about == ZonedTime(datetime(2026, 10, 6, 12, 10, tzinfo=UTC), "America/New_York")
    assert (after.id, after.written) == (before.id, before.written)
    assert after.draft.note == "Rain."
    assert [one.value for one in after.draft.answers] == [7, None]
    assert not [one for one in world.window.findChildren(ChangeSheet) if one.isVisible()]
    assert "About 6 Oct, 08:10 · written 8 Oct, 19:24 (added later)" in said(world.sheet(EarlierSheet))


def test_a_zone_that_is_none_and_no_answer_at_all_are_not_saved_and_nothing_is_lost(world: CheckInWorld) -> None:
    record(world, EVENING, 4)
    world.earlier()
    world.press("Change the check-in of Today · 19:24")
    sheet = world.sheet(ChangeSheet)
    sheet.when.zone.edit.setText("Atlantis")
    sheet.save_button.click()
    world.settle()
    assert "There is no time zone of this name." in sheet.when.zone.error()
    sheet.when.zone.edit.setText("UTC")
    sheet.form.rows[0].set_answer(sheet.form.rows[0].asked.answer())
    sheet.save_button.click()
    world.settle()
    assert sheet.trouble.words().endswith("A check-in has at least one answer or a line of words.")
    assert world.check_ins()[0].draft.answers[0].value == 4


def test_a_line_changed_and_not_saved_is_there_again_unless_it_was_cancelled(world: CheckInWorld) -> None:
    check_in = record(world, EVENING, 4, "Rain.")
    sheet = world.earlier()
    change = "Change the check-in of Today · 19:24"
    world.press(change)
    note = world.sheet(ChangeSheet).form.note
    assert note is not None
    note.field.set_text("Rain, then a little sun.")
    assert world.card.unsaved() == {str(check_in.id): {"note": "Rain, then a little sun."}}, "as a lock would find it"
    world.key(Qt.Key.Key_Escape)
    world.press(change)
    assert world.sheet(ChangeSheet).form.words() == "Rain, then a little sun."
    world.press("Cancel")
    assert world.card.unsaved() == {}
    world.card.take({str(check_in.id): {"note": "From before the lock."}})
    world.press(change)
    assert world.sheet(ChangeSheet).form.words() == "From before the lock."
    world.sheet(ChangeSheet).save_button.click()
    world.settle()
    assert world.check_ins()[0].draft.note == "From before the lock."
    assert world.card.unsaved() == {}
    assert sheet.isVisible()


def test_old_answers_keep_their_definition_also_when_they_are_changed(world: CheckInWorld) -> None:
    record(world, EVENING - timedelta(hours=1), 9)
    mood = world.measures()["Mood"]
    other = replace(mood.definition, name="Lightness", highest=5)
    world.write(lambda journal: change_measure(journal, mood.id, definition=other))
    sheet = world.earlier()
    assert sheet.rows()[0].answers.words().startswith("Mood 9 of 10")
    world.press("Change the check-in of Today · 18:24")
    change = world.sheet(ChangeSheet)
    assert change.form.rows[0].asked.definition.name == "Mood"
    cast("ScaleRow", change.form.rows[0]).dots._answer(8)
    change.save_button.click()
    world.settle()
    assert world.check_ins()[0].draft.answers[0] == Answer(mood.id, 1, 8)


def test_another_measure_can_be_added_to_one_of_before(world: CheckInWorld) -> None:
    record(world, EVENING, 4)
    world.earlier()
    world.press("Change the check-in of Today · 19:24")
    sheet = world.sheet(ChangeSheet)
    hope = world.measures()["Hope"]
    assert world.measures()["Mood"].id not in sheet.more._values, "it is there already"
    sheet.more.combo.setCurrentIndex(sheet.more._values.index(hope.id))
    sheet.more.combo.activated.emit(sheet.more.combo.currentIndex())
    added = sheet.form.rows[-1]
    assert (added.asked.measure_id, sheet.more.value()) == (hope.id, "")
    cast("ScaleRow", added).dots._answer(2)
    sheet.save_button.click()
    world.settle()
    assert world.answers()["Hope"] == 2


def test_a_deleted_one_can_be_taken_back_at_once_and_from_recently_deleted(world: CheckInWorld) -> None:
    record(world, EVENING, 4)
    record(world, EVENING - timedelta(hours=1), 5)
    sheet = world.earlier()
    world.press("Delete the check-in of Today · 19:24")
    assert [row.answers.words()[:6] for row in sheet.rows()] == ["Mood 5"]
    assert "Check-in moved to Recently deleted" in said(sheet)
    kinds = world.ask(lambda journal: [thing.kind for thing in all_deleted(journal)])
    assert kinds == [DeletedKind.CHECK_IN]
    button(sheet, "Undo").click()
    world.settle()
    assert len(sheet.rows()) == 2
    world.press("Delete the check-in of Today · 18:24")
    assert len(sheet.rows()) == 1
    QTest.keySequence(sheet, QKeySequence(QKeySequence.StandardKey.Undo))
    world.settle()
    assert len(sheet.rows()) == 2
    assert world.ask(deleted_check_ins) == ()


def test_one_that_cannot_be_read_is_named_and_the_others_are_there(world: CheckInWorld) -> None:
    record(world, EVENING, 4)
    record(world, EVENING - timedelta(hours=1), 5)

    def damage(journal: Journal) -> None:
        with journal.vault.database.write() as connection:
            connection.execute(update(CheckInRow).where(CheckInRow.pk == 1).values(note="not what was sealed"))

    world.write(damage)
    sheet = world.earlier()
    assert "One check-in could not be read. The rest is fine." in said(sheet)
    assert len(sheet.rows()) == 1


def test_more_of_them_are_shown_a_page_at_a_time_and_none_is_in_the_way_for_long(world: CheckInWorld) -> None:
    def fill(journal: Journal) -> object:
        mood = measures_of(journal)["mood"]
        saved = None
        for hour in range(PAGE + 5):
            about = ZonedTime(EVENING - timedelta(hours=hour), ZONE)
            saved = record_check_in(journal, CheckInDraft(about, (Answer(mood.id, 1, hour % 11),)))
        return saved

    world.write(fill)
    began = time.perf_counter()
    sheet = world.earlier()
    assert len(sheet.rows()) == PAGE
    first = sheet.rows()[0]
    world.press("Show earlier ones")
    assert len(sheet.rows()) == PAGE + 5
    assert sheet.rows()[0] is first, "what is there is not made again"
    assert not sheet.more_button.isVisible()
    assert time.perf_counter() - began < 2


def test_before_the_first_there_is_one_quiet_line(world: CheckInWorld) -> None:
    assert "None yet. There is no rush." in said(world.earlier())


def test_the_keyboard_goes_down_the_list_and_out_and_esc_gives_the_focus_back(world: CheckInWorld) -> None:
    record(world, EVENING, 4)
    world.panel.earlier_button.setFocus()
    sheet = world.earlier()
    reached = []
    for _press in range(6):
        world.key(Qt.Key.Key_Tab)
        reached.append(cast("QWidget", QApplication.focusWidget()).accessibleName())
    wanted = ["Change the check-in of Today · 19:24", "Delete the check-in of Today · 19:24"]
    assert [name for name in reached if name in wanted][:2] == wanted
    assert all(sheet.isAncestorOf(cast("QWidget", QApplication.focusWidget())) for _one in reached)
    world.key(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is world.panel.earlier_button


def test_large_text_in_a_small_window_fits(world: CheckInWorld) -> None:
    record(world, EVENING, 4, "A line of some length about the afternoon by the river.")
    world.theme.set_look(Look(theme="dark", text_size=200, reduced_motion=True))
    world.window.resize(720, 700)
    sheet = world.earlier()
    world.press("Change the check-in of Today · 19:24")
    for one in (sheet, world.sheet(ChangeSheet)):
        bar = one._scroll.horizontalScrollBar()
        assert bar.maximum() == 0, type(one).__name__
