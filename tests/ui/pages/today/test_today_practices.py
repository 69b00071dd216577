"""The practices of today: done, not today, whether it helped, and the one question whether it still fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from integrate.domain.practices import Cadence, CadenceKind, PracticeState, Reply, Said
from integrate.journal.opening import Access, Journal
from integrate.journal.practices import PracticeView, all_said, begin_practice, get_practice, list_practices
from integrate.storage.course_tables import PracticeRow as PracticeTable
from integrate.ui.pages.today.practice_part import PracticeRow
from integrate.ui.pages.today.sheets import PracticeSheet
from integrate.ui.widgets.choices import TickBox
from tests.ui.pages.stand_ins import button
from tests.ui.pages.today.today_world import TodayWorld, half_way

Show = Callable[..., TodayWorld]

DAILY = Cadence(CadenceKind.DAILY)
THURSDAYS = Cadence(CadenceKind.WEEKDAYS, frozenset({3}))
TODAY = date(2026, 10, 8)


def two_practices(journal: Journal) -> None:
    begin_practice(journal, "Ten minutes outside & slow", DAILY, since=date(2026, 10, 1))
    begin_practice(journal, "Text Daniel", THURSDAYS, since=date(2026, 10, 2))
    begin_practice(journal, "On Fridays", Cadence(CadenceKind.WEEKDAYS, frozenset({4})), since=date(2026, 10, 2))
    begin_practice(journal, "Whenever", since=date(2026, 10, 2))


def rows(shown: TodayWorld) -> list[PracticeRow]:
    return [row for row in shown.page.findChildren(PracticeRow) if row.isVisible()]


def said(shown: TodayWorld, place: int = 0) -> list[Reply]:
    practice = rows(shown)[place].view.practice
    found = shown.ask(lambda journal: all_said(journal, practice.id))
    return [one.reply for one in cast("tuple[Said, ...]", found)]


def test_those_that_are_due_are_shown_with_how_often(today: Show) -> None:
    shown = today(two_practices)
    assert [row.tick.accessibleName() for row in rows(shown)] == ["Ten minutes outside & slow", "Text Daniel"]
    assert {"Every day", "Thursdays"} <= set(shown.words())
    assert all(isinstance(row.tick, TickBox) for row in rows(shown))


def test_without_any_the_part_is_not_there(today: Show) -> None:
    assert "Practices you chose for today" not in today().words()


def test_after_done_one_can_say_whether_it_helped(today: Show) -> None:
    shown = today(two_practices)
    assert "It helped: Ten minutes outside & slow" not in shown.names()
    rows(shown)[0].tick.click()
    shown.settle()
    assert said(shown) == [Reply.DONE]
    assert rows(shown)[0].tick.isChecked()
    assert {f"{words}: Ten minutes outside & slow" for words in ("It helped", "Not really", "Too soon to say")} <= (
        shown.names()
    )
    shown.press("Not really: Ten minutes outside & slow")
    assert said(shown) == [Reply.DONE, Reply.NOT_REALLY]
    assert "Done · Not really" in shown.words()
    assert "It helped: Ten minutes outside & slow" not in shown.names()


def test_a_tick_can_be_taken_back(today: Show) -> None:
    shown = today(two_practices)
    rows(shown)[0].tick.click()
    shown.settle()
    rows(shown)[0].tick.click()
    shown.settle()
    assert said(shown) == []
    assert not rows(shown)[0].tick.isChecked()


def test_not_today_takes_it_away_and_can_be_undone(today: Show) -> None:
    shown = today(two_practices)
    shown.press("Not today: Text Daniel")
    assert [row.tick.accessibleName() for row in rows(shown)] == ["Ten minutes outside & slow"]
    assert shown.shell.toasts == ["It comes again when it is next due."]
    assert shown.shell.undo is not None
    shown.shell.undo()
    shown.settle()
    assert said(shown, 1) == []


def test_the_focus_stays_with_the_practice_that_was_ticked(today: Show) -> None:
    shown = today(two_practices)
    tick = rows(shown)[1].tick
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    shown.settle()
    assert rows(shown)[1].tick.isChecked()
    assert QApplication.focusWidget() is rows(shown)[1].tick


def test_nothing_is_counted(today: Show) -> None:
    shown = today(two_practices)
    for place in range(len(rows(shown))):
        rows(shown)[place].tick.click()
        shown.settle()
    part = [text for text in shown.words() if not text.startswith(("Thursday, 8", "About 20 seconds."))]
    assert not [text for text in part if re.search(r"\d", text)]


def test_what_is_never_shared_says_so(today: Show) -> None:
    shown = today(lambda journal: begin_practice(journal, "Mine alone", DAILY, never_share=True))
    assert "Every day · Never share" in shown.words()


def test_a_practice_that_cannot_be_read_leaves_the_others(today: Show) -> None:
    def fill(journal: Journal) -> None:
        two_practices(journal)
        with journal.vault.database.write() as connection:
            connection.execute(update(PracticeTable).where(PracticeTable.pk == 1).values(text="not what was sealed"))

    shown = today(fill)
    assert "One practice could not be read. The rest is fine." in shown.words()
    assert [row.tick.accessibleName() for row in rows(shown)] == ["Text Daniel"]


def test_open_to_read_only_nothing_can_be_ticked(today: Show) -> None:
    shown = today(two_practices, access=Access.READ)
    assert not any(row.tick.isEnabled() for row in rows(shown))
    assert not [name for name in shown.names() if name.startswith("Not today")]


# --- does it still fit ------------------------------------------------------------------------------------------------


def long_quiet(journal: Journal) -> None:
    begin_practice(journal, "Walk home", since=date(2026, 9, 20))


QUESTION = "Does “Walk home” still fit?"


def test_after_fourteen_quiet_days_it_asks_once_whether_it_fits(today: Show) -> None:
    shown = today(long_quiet)
    assert QUESTION in shown.words()
    shown.open()
    assert QUESTION in shown.words(), "for the rest of the day"
    shown.clock.advance(timedelta(days=1))
    shown.open()
    assert QUESTION not in shown.words()


def test_kept_it_is_left_alone(today: Show) -> None:
    shown = today(long_quiet)
    shown.press("Keep it")
    assert QUESTION not in shown.words()


def test_it_can_rest_and_be_woken(today: Show) -> None:
    shown = today(long_quiet)
    asked = shown.page._today
    assert asked is not None
    assert asked.practices.asks is not None
    practice_id = asked.practices.asks.practice.id
    shown.press("Let it rest")
    assert QUESTION not in shown.words()
    assert shown.ask(lambda journal: get_practice(journal, practice_id).state) is PracticeState.RESTING
    assert shown.shell.undo is not None
    shown.shell.undo()
    shown.settle()
    assert shown.ask(lambda journal: get_practice(journal, practice_id).state) is PracticeState.OPEN


def test_it_can_be_changed_and_a_refusal_wipes_nothing(today: Show) -> None:
    shown = today(long_quiet)
    shown.press("Change it")
    sheet = cast("PracticeSheet", shown.sheet())
    sheet.kinds[CadenceKind.WEEKDAYS].setChecked(True)
    sheet.words.set_text("Walk home on Thursdays")
    button(sheet, "Save").click()
    assert sheet.words.error() == "Which days of the week? One is enough."
    sheet.weekdays[3].setChecked(True)
    sheet.words.set_text("  ")
    button(sheet, "Save").click()
    shown.settle()
    assert "at least one word" in sheet.words.error()
    sheet.words.set_text("Walk home slowly")
    button(sheet, "Save").click()
    shown.settle()
    assert [row.tick.accessibleName() for row in rows(shown)] == []  # what fits was said today
    assert QUESTION not in shown.words()
    (view,) = cast("tuple[PracticeView, ...]", shown.ask(list_practices))
    assert (view.practice.text, view.practice.cadence) == ("Walk home slowly", THURSDAYS)


def test_in_a_course_they_stand_below_the_intention(today: Show) -> None:
    def fill(journal: Journal) -> None:
        half_way(journal)
        two_practices(journal)

    assert len(rows(today(fill))) == 2
