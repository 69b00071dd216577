"""What Today asks, one thing at a time and each thing once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest
from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QDateEdit, QTimeEdit

from integrate.domain.courses import Plan
from integrate.domain.entry import SessionRef
from integrate.domain.sessions import SessionDraft, SessionState
from integrate.domain.times import ZonedTime
from integrate.journal.courses import begin_course
from integrate.journal.letters import write_letter
from integrate.journal.moments import settled_touch_points
from integrate.journal.opening import Access, Journal
from integrate.journal.practices import begin_practice
from integrate.journal.sessions import add_session
from integrate.journal.writing import add_entry
from integrate.ui.pages.today.quiet_card import QuietCard
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from tests.conftest import draft
from tests.ui.pages.stand_ins import button
from tests.ui.pages.today.test_today_course import with_sessions_page
from tests.ui.pages.today.today_world import EVENING, ZONE, TodayWorld, half_way, last_held, planned_course
from tests.ui.waiting import run_events

Show = Callable[..., TodayWorld]
END = "When did it end?"
WELCOME = "Welcome back. Everything is here."
TOUCH = "Session 4 was 3 days ago."


def cards(shown: TodayWorld) -> list[str]:
    return [card.title.words() for card in shown.page.findChildren(QuietCard) if card.isVisible()]


def next_day(shown: TodayWorld, days: int = 1) -> None:
    shown.clock.advance(timedelta(days=days))
    shown.open()


def without_end(journal: Journal) -> None:
    half_way(journal, ended=False)


# --- when did it end --------------------------------------------------------------------------------------------------


def test_a_session_without_an_end_is_asked_about_before_all_else(today: Show) -> None:
    shown = today(without_end)
    assert cards(shown) == [END]
    assert "Session 4 began on Mon 5 Oct at 11:30." in shown.words()


def field(shown: TodayWorld) -> QTimeEdit:
    return cast("QTimeEdit", next(one for one in shown.page.findChildren(QTimeEdit) if one.isVisible()))


@pytest.mark.parametrize(
    ("clock", "ended"),
    [(QTime(13, 10), datetime(2026, 10, 5, 12, 10, tzinfo=UTC)),
     (QTime(0, 20), datetime(2026, 10, 5, 23, 20, tzinfo=UTC)),
     (QTime(11, 30), datetime(2026, 10, 5, 10, 30, tzinfo=UTC))],
)  # fmt: skip
def test_the_end_is_kept_past_midnight_too(today: Show, clock: QTime, ended: datetime) -> None:
    shown = today(without_end)
    field(shown).setTime(clock)
    shown.press("Save")
    session = shown.sessions()[3]
    assert session.draft.ended == ZonedTime(ended, ZONE)
    assert END not in cards(shown)


def test_left_open_it_is_not_asked_again_even_on_another_day(today: Show) -> None:
    shown = today(without_end)
    shown.press("Leave it open")
    assert END not in cards(shown)
    assert shown.sessions()[3].draft.ended is None
    next_day(shown)
    assert END not in cards(shown)


def test_not_answered_it_stays_for_that_day_and_is_not_asked_again(today: Show) -> None:
    shown = today(without_end)
    shown.open()
    assert cards(shown) == [END]
    next_day(shown)
    assert END not in cards(shown)


def test_an_end_that_cannot_be_is_refused_in_words_and_the_time_stays(today: Show) -> None:
    def fill(journal: Journal) -> None:
        begin_course(journal)
        started = ZonedTime(EVENING - timedelta(hours=13), ZONE)
        add_session(journal, SessionDraft(SessionState.HELD, started=started))

    shown = today(fill, now=EVENING)
    shown.page.fold(False)
    shown.settle()
    assert cards(shown) == [END]
    field(shown).setTime(QTime(6, 0))  # on the next morning, which is still to come
    shown.press("Save")
    assert cards(shown) == [END]
    assert any("future" in words for words in shown.words())
    assert field(shown).time() == QTime(6, 0)
    assert shown.sessions()[0].draft.ended is None


def test_what_was_set_in_the_field_outlives_a_new_reading(today: Show) -> None:
    shown = today(without_end)
    field(shown).setTime(QTime(14, 45))
    shown.write(lambda journal: add_entry(journal, draft()))
    assert field(shown).time() == QTime(14, 45)


# --- touch-points -----------------------------------------------------------------------------------------------------


def test_a_touch_point_is_one_quiet_card(today: Show) -> None:
    shown = today(half_way)
    assert cards(shown) == [TOUCH]
    shown.press("Write a few lines")
    assert shown.shell.went[-1][0] == "journal"
    assert shown.shell.went[-1][1]["session"] == SessionRef(1, 4)
    assert cards(shown) == []
    assert shown.ask(lambda journal: settled_touch_points(journal, last_held(journal).id)) == {3}


def test_not_now_is_final(today: Show) -> None:
    shown = today(half_way)
    button(shown.page._questions, "Not now").click()
    shown.settle()
    assert cards(shown) == []
    shown.open()
    next_day(shown)
    assert cards(shown) == []
    next_day(shown, 3)
    assert cards(shown) == ["Session 4 was a week ago."]


def test_open_to_read_only_asks_nothing(today: Show) -> None:
    assert cards(today(without_end, access=Access.READ)) == []


# --- letters ----------------------------------------------------------------------------------------------------------


def with_letter(journal: Journal) -> None:
    half_way(journal)
    write_letter(journal, last_held(journal).id, "Remember the kitchen.")


PREPARING = datetime(2026, 10, 17, 9, tzinfo=UTC)


def test_a_letter_is_not_offered_before_preparing_begins(today: Show) -> None:
    assert "You wrote yourself a letter after session 4." not in cards(today(with_letter))


def test_a_letter_whose_time_has_come_is_offered_and_read(today: Show) -> None:
    shown = today(with_letter, now=PREPARING)
    assert cards(shown) == ["You wrote yourself a letter after session 4."]
    assert "Remember the kitchen." not in shown.words()
    shown.press("Read it")
    sheet = shown.sheet()
    texts = [text.words() for text in sheet.findChildren(Text)]
    assert "Remember the kitchen." in texts
    assert "Written on Thursday, 8 October" in texts
    button(sheet, "Done").click()
    shown.settle()
    assert cards(shown) == []


def test_a_letter_left_closed_waits(today: Show) -> None:
    shown = today(with_letter, now=PREPARING)
    shown.press("Leave it closed for now")
    assert cards(shown) == []
    shown.open()
    assert len(cards(shown)) == 1


# --- dates that went by -----------------------------------------------------------------------------------------------

LATER = datetime(2026, 10, 30, 9, tzinfo=UTC)


def with_past_plan(journal: Journal) -> None:
    half_way(journal)


def test_dates_that_went_by_are_asked_about_together_and_once(today: Show) -> None:
    shown = today(planned_course, now=datetime(2026, 9, 22, 9, tzinfo=UTC), filled=datetime(2026, 9, 1, 9, tzinfo=UTC))
    assert cards(shown) == ["Some planned dates have gone by."]
    assert {"Session 1, Mon 24 Aug", "Session 2, Mon 7 Sept", "Session 3, Yesterday"} <= set(shown.words())
    next_day(shown)
    assert cards(shown) == []


@pytest.mark.parametrize(
    ("answer", "state", "said"),
    [("It took place", SessionState.HELD, "Session 5 took place."),
     ("It did not", SessionState.CANCELLED, "Session 5 did not take place.")],
)  # fmt: skip
def test_each_has_its_answer_and_it_can_be_undone(today: Show, answer: str, state: SessionState, said: str) -> None:
    shown = today(with_past_plan, now=LATER)
    assert cards(shown) == ["A planned date has gone by."]
    shown.press(f"{answer}: Session 5, Mon 19 Oct")
    assert shown.sessions()[4].state is state
    assert shown.shell.toasts == [said]
    assert "A planned date has gone by." not in cards(shown)
    assert shown.shell.undo is not None
    shown.shell.undo()
    shown.settle()
    assert shown.sessions()[4].state is SessionState.PLANNED
    assert cards(shown) == ["A planned date has gone by."]


def test_not_now_leaves_the_plan_and_asks_no_more(today: Show) -> None:
    shown = today(with_past_plan, now=LATER)
    button(shown.page._questions, "Not now").click()
    shown.settle()
    assert "A planned date has gone by." not in cards(shown)
    shown.open()
    assert "A planned date has gone by." not in cards(shown)
    assert shown.sessions()[4].state is SessionState.PLANNED


@pytest.mark.parametrize(
    ("day", "state"), [(date(2026, 10, 21), SessionState.HELD), (date(2026, 11, 1), SessionState.PLANNED)]
)
def test_another_day_is_kept(today: Show, day: date, state: SessionState) -> None:
    shown = today(with_past_plan, now=LATER)
    shown.press("Another day: Session 5, Mon 19 Oct")
    sheet = shown.sheet()
    next(iter(sheet.findChildren(QDateEdit))).setDate(QDate(day.year, day.month, day.day))
    button(sheet, "Save").click()
    shown.settle()
    assert (shown.sessions()[4].day, shown.sessions()[4].state) == (day, state)
    run_events()
    assert not [one for one in shown.window.findChildren(Sheet) if one.isVisible()]


def test_a_date_that_was_moved_and_went_by_is_asked_about_anew(today: Show) -> None:
    shown = today(with_past_plan, now=LATER)
    shown.press("Another day: Session 5, Mon 19 Oct")
    sheet = shown.sheet()
    next(iter(sheet.findChildren(QDateEdit))).setDate(QDate(2026, 11, 1))
    button(sheet, "Save").click()
    shown.settle()
    next_day(shown, 5)
    assert any("Session 5, Sun 1 Nov" in words for words in shown.words())


# --- coming back ------------------------------------------------------------------------------------------------------

AFTER = datetime(2026, 11, 7, 9, tzinfo=UTC)  # the thirtieth day


def quiet(journal: Journal) -> None:
    half_way(journal)
    begin_practice(journal, "Walk home", since=date(2026, 9, 20))
    add_entry(journal, draft())


def test_after_thirty_quiet_days_there_is_only_a_welcome_and_the_dates(
    today: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_sessions_page(monkeypatch)
    shown = today(quiet, now=AFTER)
    assert cards(shown) == [WELCOME, "Some planned dates have gone by."]
    assert "Practices you chose for today" not in shown.words()
    assert "Last entries" not in shown.words()
    assert not any("Integrate" in words for words in shown.words())
    for answer in ("Write a line", "Look back", "My plan has changed"):
        shown.press(answer)
    assert [page for page, _arguments in shown.shell.went] == ["journal", "journal", "sessions"]
    assert shown.shell.went[0][1]["new"] is True


def test_a_day_earlier_it_is_today_as_ever(today: Show) -> None:
    assert WELCOME not in cards(today(quiet, now=AFTER - timedelta(days=1)))


@pytest.mark.parametrize(
    "sign",
    [
        lambda journal: add_entry(journal, draft()),
        lambda journal: begin_practice(journal, "New"),
        lambda journal: begin_course(journal, Plan()),
        lambda journal: write_letter(journal, last_held(journal).id, "Dear me"),
    ],
)
def test_any_word_ends_the_quiet(today: Show, sign: Callable[[Journal], object]) -> None:
    shown = today(quiet, now=AFTER)
    assert WELCOME in cards(shown)
    shown.write(sign)
    shown.open()
    assert WELCOME not in cards(shown)


def test_one_key_shows_everything_all_the_same(today: Show) -> None:
    shown = today(quiet, now=AFTER)
    assert shown.page.perform("fold_today")
    shown.settle()
    assert WELCOME not in cards(shown)
    assert "Last entries" in shown.words()


def test_a_journal_that_was_always_empty_is_no_absence(today: Show) -> None:
    assert cards(today(now=AFTER)) == []


def test_nothing_is_asked_twice_of_one_who_reads_only(today: Show) -> None:
    shown = today(quiet, now=AFTER, access=Access.READ)
    assert cards(shown) == [WELCOME]
    assert "Write a line" not in shown.names()
