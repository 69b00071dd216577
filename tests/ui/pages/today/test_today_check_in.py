"""The check-in on Today: where it stands, how it is reached, and what a lock leaves of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from integrate.domain.check_ins import CheckIn
from integrate.domain.measures import Measure
from integrate.journal.check_ins import list_check_ins
from integrate.journal.drafts import DraftsOf, keep_drafts, read_drafts
from integrate.journal.measures import change_measure, list_measures
from integrate.journal.opening import Access, Journal
from integrate.ui.check_in.card import CheckInCard, CheckInPanel
from integrate.ui.pages.today.page import Face
from integrate.ui.pages.today.prompt_card import PromptCard
from integrate.ui.registry import ACTIONS, Scope
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.scale import ScaleInput
from tests.ui.pages.settings_world import World
from tests.ui.pages.today.today_world import TodayWorld, half_way
from tests.ui.waiting import wait_until

Show = Callable[..., TodayWorld]
SESSION_DAY = datetime(2026, 10, 19, 8, tzinfo=UTC)


def card_of(shown: TodayWorld) -> CheckInCard:
    return cast("CheckInCard", shown.page.findChild(CheckInCard))


def focused_scale() -> str:
    focused = QApplication.focusWidget()
    return focused.accessibleName() if isinstance(focused, ScaleInput) else ""


def keys(text: str) -> None:
    QTest.keyClicks(cast("QWidget", QApplication.focusWidget()), text)


def check_ins(shown: TodayWorld) -> list[CheckIn]:
    return [one for one in cast("tuple[object, ...]", shown.ask(list_check_ins)) if isinstance(one, CheckIn)]


def test_the_card_stands_between_the_course_and_the_question(today: Show) -> None:
    shown = today(half_way)
    card, prompt = card_of(shown), cast("PromptCard", shown.page.findChild(PromptCard))
    assert card.isVisible()
    top = card.mapTo(shown.page, card.rect().topLeft()).y()
    assert top < prompt.mapTo(shown.page, prompt.rect().topLeft()).y()
    assert "How are you right now?" in shown.words()


def test_one_key_goes_to_the_first_question(today: Show) -> None:
    spec = next(spec for spec in ACTIONS if spec.id == "new_check_in")
    assert (spec.keys, spec.scope) == (("Ctrl+Shift+C",), Scope.OPEN)
    shown = today(half_way)
    assert shown.page.perform("new_check_in")
    assert focused_scale().startswith("Mood")


def test_from_another_page_too_and_again_when_today_was_shown_before(world: World) -> None:
    world.unlock()
    world.program.window.activateWindow()
    for _round in range(2):
        world.shell.go("settings")
        world.program.perform("new_check_in")
        wait_until(lambda: focused_scale().startswith("Mood"))
        assert world.shell.where() == "today"


def test_after_a_welcome_back_it_unfolds_what_is_asked(today: Show) -> None:
    shown = today(half_way, now=datetime(2026, 12, 24, 9, tzinfo=UTC))
    assert shown.page.face() is Face.WELCOME
    assert not card_of(shown).isVisible()
    shown.page.perform("new_check_in")
    assert shown.page.face() is Face.WHOLE
    assert focused_scale().startswith("Mood")


def test_on_the_day_of_a_session_there_is_one_mood_row(today: Show) -> None:
    shown = today(half_way, now=SESSION_DAY)
    assert shown.page.face() is Face.FOLDED
    scales = [one.accessibleName() for one in shown.page.findChildren(ScaleInput) if one.isVisible()]
    assert scales == ["Mood, 0 low to 10 good"]
    assert "How are you right now?" not in shown.words()
    shown.page.perform("new_check_in")
    assert shown.page.face() is Face.FOLDED
    keys("6")
    shown.press("Save check-in")
    (found,) = check_ins(shown)
    assert [answer.value for answer in found.draft.answers] == [6]
    assert any(words.startswith("Saved at ") for words in shown.words())


def test_where_the_mood_is_not_asked_the_day_of_a_session_asks_nothing(today: Show) -> None:
    def without_mood(journal: Journal) -> None:
        half_way(journal)
        mood = next(one for one in list_measures(journal) if isinstance(one, Measure) and one.key == "mood")
        change_measure(journal, mood.id, in_use=False)

    shown = today(without_mood, now=SESSION_DAY)
    assert not [one for one in shown.page.findChildren(ScaleInput) if one.isVisible()]
    assert shown.names() == {"Keep it", "Show all of Today"}
    shown.page.perform("new_check_in")
    assert shown.page.face() is Face.WHOLE, "the other measures can still be answered"
    assert focused_scale().startswith("Anxiety")


def test_a_journal_to_read_only_asks_nothing(today: Show) -> None:
    shown = today(half_way, access=Access.READ)
    assert not card_of(shown).isVisible()
    assert not shown.page.perform("new_check_in")


def test_a_line_that_was_not_saved_is_kept_and_dots_are_not(today: Show) -> None:
    shown = today(half_way)
    shown.page.perform("new_check_in")
    keys("6")
    shown.press("Add a line")
    keys("Half a thought")
    shown.page.flush()
    shown.settle()
    assert shown.ask(lambda journal: read_drafts(journal, DraftsOf.TODAY)) == {"check-in": {"note": "Half a thought"}}
    shown.press("Save check-in")
    shown.page.flush()
    shown.settle()
    assert shown.ask(lambda journal: read_drafts(journal, DraftsOf.TODAY)) == {}


def test_the_line_comes_back_with_the_page(today: Show) -> None:
    def cut_off(journal: Journal) -> None:
        half_way(journal)
        keep_drafts(journal, DraftsOf.TODAY, {"check-in": {"note": "Half a thought", "never share": "yes"}})

    shown = today(cut_off)
    panel = cast("CheckInPanel", shown.page.findChild(CheckInPanel))
    assert (panel.form.words(), panel.form.never_share()) == ("Half a thought", True)
    assert [row.answer().value for row in panel.form.rows] == [None] * 4
    shown.press("Save check-in")
    assert check_ins(shown)[0].draft.never_share


def test_half_a_check_in_stays_while_the_page_is_read_anew(today: Show) -> None:
    shown = today(half_way)
    shown.page.perform("new_check_in")
    keys("6")
    shown.clock.advance(timedelta(minutes=5))
    shown.open()
    panel = cast("CheckInPanel", shown.page.findChild(CheckInPanel))
    assert panel.form.rows[0].answer().value == 6


@pytest.mark.parametrize(("width", "size"), [(1064, 100), (632, 100), (1064, 200), (632, 200)])
def test_it_fits_every_width(today: Show, make_theme: Callable[..., Theme], width: int, size: int) -> None:
    shown = today(half_way, theme=make_theme(text_size=size))
    shown.resize(width, 832)
    card = card_of(shown)
    assert card.minimumSizeHint().width() <= card.width()
    bar = shown.page._scroll.horizontalScrollBar()
    assert bar.maximum() == 0
