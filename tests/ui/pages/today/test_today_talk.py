"""Around an appointment Today asks for a few lines, and keeps them on the page of a session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest
from PySide6.QtTest import QTest

from integrate.domain.sessions import Line, LineKind
from integrate.journal.courses import change_course, current_course
from integrate.journal.opening import Access, Journal
from integrate.journal.sessions import list_lines
from integrate.storage.database import Database
from integrate.ui.pages.today.talk_card import TalkCard
from tests.ui.pages.stand_ins import button
from tests.ui.pages.today.test_today_questions import cards
from tests.ui.pages.today.today_world import TodayWorld, half_way

Show = Callable[..., TodayWorld]
TALK = "What I want to talk about"
AGREED = "What we agreed"
BEFORE = datetime(2026, 10, 12, 18, 24, tzinfo=UTC)
VISIT = date(2026, 10, 13)


def with_visit(journal: Journal) -> None:
    half_way(journal)
    course = current_course(journal)
    assert course is not None
    change_course(journal, course.number, plan=replace(course.plan, next_appointment=VISIT, touch_days=()))


def card(shown: TodayWorld) -> TalkCard:
    (found,) = [one for one in shown.page.findChildren(TalkCard) if one.isVisible()]
    return found


def kept(shown: TodayWorld, kind: LineKind) -> list[str]:
    last = shown.sessions()[3].id
    lines = cast("tuple[object, ...]", shown.ask(lambda journal: list_lines(journal, last, kind)))
    return [line.text for line in lines if isinstance(line, Line)]


def write(shown: TodayWorld, words: str) -> None:
    card(shown).field.edit.setFocus()
    QTest.keyClicks(card(shown).field.edit, words)
    shown.press("Keep this line")


def test_up_to_three_lines_are_kept_the_evening_before_with_the_last_session(today: Show) -> None:
    shown = today(with_visit, BEFORE)
    assert cards(shown) == [TALK]
    assert "Your appointment is tomorrow." in shown.words()
    for number, words in enumerate(("The kitchen", "Sleep", "My sister"), 1):
        assert not card(shown).field.isHidden()
        write(shown, words)
        assert len(kept(shown, LineKind.TALK)) == number
        assert words in shown.words(), "it stays in sight"
        assert card(shown).field.text() == ""
    assert card(shown).field.isHidden(), "three are enough"
    shown.press("Done")
    assert cards(shown) == []
    shown.open()
    assert cards(shown) == []


def test_not_now_is_final_and_the_next_evening_asks_what_was_agreed(today: Show) -> None:
    shown = today(with_visit, BEFORE)
    button(shown.page._questions, "Not now").click()
    shown.settle()
    shown.open()
    assert cards(shown) == []
    shown.clock.advance(timedelta(days=1))
    shown.open()
    assert cards(shown) == [AGREED]
    assert "Your appointment was today." in shown.words()
    write(shown, "Every second evening a walk")
    assert kept(shown, LineKind.AGREED) == ["Every second evening a walk"]
    assert kept(shown, LineKind.TALK) == []


def test_it_is_asked_on_one_day_only(today: Show) -> None:
    shown = today(with_visit, BEFORE + timedelta(days=1))
    assert cards(shown) == [AGREED]
    shown.clock.advance(timedelta(days=1))
    shown.open()
    assert cards(shown) == []


def test_an_empty_line_keeps_nothing_and_a_refused_one_stays_in_the_field(
    today: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = today(with_visit, BEFORE)
    shown.press("Keep this line")
    assert kept(shown, LineKind.TALK) == []

    def refuse(_self: Database) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "write", refuse)
        write(shown, "The kitchen")
        shown.settle()
    assert card(shown).field.text() == "The kitchen"
    assert card(shown).trouble.words()
    shown.press("Keep this line")
    assert kept(shown, LineKind.TALK) == ["The kitchen"]


def test_what_was_typed_is_kept_when_the_page_is_left_or_the_journal_locked(today: Show) -> None:
    shown = today(with_visit, BEFORE)
    QTest.keyClicks(card(shown).field.edit, "Sleep")
    shown.page.flush()
    shown.page.flush()
    shown.settle()
    assert kept(shown, LineKind.TALK) == ["Sleep"]
    assert card(shown).field.text() == ""


def test_a_journal_that_is_only_read_is_asked_nothing(today: Show) -> None:
    shown = today(with_visit, BEFORE, access=Access.READ)
    assert cards(shown) == []


def test_the_days_to_look_back_on_are_the_persons_own(today: Show) -> None:
    def on_day_two(journal: Journal) -> None:
        half_way(journal)
        course = current_course(journal)
        assert course is not None
        change_course(journal, course.number, plan=replace(course.plan, touch_days=(2,)))

    shown = today(on_day_two)
    assert cards(shown) == ["Session 4 was 3 days ago."]


@pytest.mark.parametrize("looks_back", [False, True])
def test_in_a_closed_course_touch_points_come_only_if_they_were_to_go_on(today: Show, looks_back: bool) -> None:
    from integrate.journal.courses import close_course

    def closed(journal: Journal) -> None:
        half_way(journal)
        close_course(journal, looks_back=looks_back)

    shown = today(closed)
    assert bool([title for title in cards(shown) if title.startswith("Session 4")]) is looks_back
