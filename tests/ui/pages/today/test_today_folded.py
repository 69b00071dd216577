"""Today folded to one field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLayout, QPushButton, QWidget

from integrate.domain.entry import EntrySummary, Filter, Phase, SessionRef
from integrate.domain.listing import Row
from integrate.errors import DiskFull
from integrate.journal.browsing import first_rows
from integrate.journal.finding import get_entry as get_entry
from integrate.journal.opening import Access, Journal
from integrate.journal.practices import begin_practice
from integrate.ui.pages.today.folded import FoldedToday
from integrate.ui.pages.today.page import Face
from integrate.ui.registry import ACTIONS, Scope
from tests.ui.pages.today.test_today_practices import DAILY
from tests.ui.pages.today.test_today_questions import cards
from tests.ui.pages.today.today_world import TodayWorld, half_way, planned_course
from tests.ui.waiting import wait_until

Show = Callable[..., TodayWorld]
SESSION_DAY = datetime(2026, 10, 19, 8, tzinfo=UTC)  # session 5 is planned for it
EVENING_AFTER = datetime(2026, 10, 5, 19, tzinfo=UTC)  # session 4 was held in the morning


def fill(journal: Journal) -> None:
    half_way(journal)
    begin_practice(journal, "Walk home", DAILY)


def folded(shown: TodayWorld) -> FoldedToday:
    return cast("FoldedToday", shown.page.findChild(FoldedToday))


def type_in(shown: TodayWorld, words: str) -> None:
    QTest.keyClicks(folded(shown).field.edit, words)


def entries(shown: TodayWorld) -> list[EntrySummary]:
    rows = cast("tuple[Row, ...]", shown.ask(lambda journal: first_rows(journal, "", Filter(), 9)))
    return [row.entry for row in rows if isinstance(row.entry, EntrySummary)]


def body(shown: TodayWorld, entry: EntrySummary) -> str:
    return str(shown.ask(lambda journal: get_entry(journal, entry.id).body))


def test_on_the_day_of_a_session_there_is_one_field_and_nothing_due(today: Show) -> None:
    shown = today(fill, now=SESSION_DAY)
    assert shown.page.face() is Face.FOLDED
    assert folded(shown).isVisible()
    assert shown.names() == {"Keep it", "Show all of Today"}
    assert "Session 5 is today" in shown.words()
    assert cards(shown) == []
    assert "Practices you chose for today" not in shown.words()


def test_tab_leaves_the_field_for_the_rest_of_the_window(today: Show) -> None:
    shown = today(fill, now=SESSION_DAY)
    elsewhere = QPushButton("Help now")
    cast("QLayout", shown.window.layout()).addWidget(elsewhere)
    elsewhere.show()
    folded(shown).field.edit.setFocus()
    reached = []
    for _press in range(9):
        QTest.keyClick(cast("QWidget", QApplication.focusWidget()), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert elsewhere in reached
    assert folded(shown).field.edit in reached  # and it comes round


def test_the_evening_after_it_too_and_the_next_day_no_more(today: Show) -> None:
    shown = today(fill, now=EVENING_AFTER, filled=EVENING_AFTER)
    assert shown.page.face() is Face.FOLDED
    shown.clock.advance(timedelta(days=1))
    shown.open()
    assert shown.page.face() is Face.WHOLE


def test_one_key_folds_and_unfolds(today: Show) -> None:
    spec = next(spec for spec in ACTIONS if spec.id == "fold_today")
    assert spec.scope is Scope.TODAY
    shown = today(half_way)
    assert shown.page.face() is Face.WHOLE
    assert shown.page.perform("fold_today")
    assert shown.page.face() is Face.FOLDED
    assert QApplication.focusWidget() is folded(shown).field.edit
    assert not shown.page.perform("another_prompt"), "there is none on the page"
    shown.page.perform("fold_today")
    assert shown.page.face() is Face.WHOLE
    assert QApplication.focusWidget() is shown.page.heading()


def test_unfolded_by_hand_it_stays_so_for_the_day(today: Show) -> None:
    shown = today(fill, now=SESSION_DAY)
    shown.press("Show all of Today")
    shown.open()
    assert shown.page.face() is Face.WHOLE
    assert "Session 5 is today" in shown.words()


def test_a_fragment_is_kept_as_an_entry_of_the_session(today: Show) -> None:
    shown = today(fill, now=EVENING_AFTER, filled=EVENING_AFTER)
    type_in(shown, "A green door")
    shown.press("Keep it")
    shown.settle()
    assert folded(shown).field.text() == ""
    type_in(shown, "Warm hands")
    QTest.keyClick(folded(shown).field.edit, Qt.Key.Key_Return)
    shown.settle()
    found = entries(shown)
    assert sorted(body(shown, entry) for entry in found) == ["A green door", "Warm hands"]
    assert {entry.session for entry in found} == {SessionRef(1, 4)}
    assert {entry.phase for entry in found} == {Phase.EXPERIENCE}
    assert any(words.startswith("Saved at ") for words in shown.words())


def test_before_a_planned_session_what_is_written_belongs_to_it(today: Show) -> None:
    shown = today(fill, now=SESSION_DAY)
    type_in(shown, "A little afraid")
    shown.press("Keep it")
    (entry,) = entries(shown)
    assert (entry.phase, entry.session) == (Phase.PREPARE, SessionRef(1, 5))


def test_what_was_typed_is_saved_in_a_pause_and_goes_on_as_the_same_entry(today: Show) -> None:
    shown = today(fill, now=SESSION_DAY)
    folded(shown)._timer.setInterval(5)
    type_in(shown, "One")
    wait_until(lambda: len(entries(shown)) == 1)
    assert folded(shown).field.text() == "One"
    type_in(shown, " two")
    wait_until(lambda: body(shown, entries(shown)[0]) == "One two")
    shown.press("Keep it")
    assert len(entries(shown)) == 1
    assert folded(shown).field.text() == ""


def test_leaving_the_page_saves_what_was_typed(today: Show) -> None:
    shown = today(fill, now=SESSION_DAY)
    type_in(shown, "Half a sen")
    shown.page.flush()
    shown.settle()
    assert [body(shown, entry) for entry in entries(shown)] == ["Half a sen"]
    shown.page.flush()
    shown.settle()
    assert len(entries(shown)) == 1


def test_nothing_typed_is_nothing_kept(today: Show) -> None:
    shown = today(fill, now=SESSION_DAY)
    type_in(shown, "   ")
    shown.press("Keep it")
    shown.page.flush()
    shown.settle()
    assert entries(shown) == []


def test_a_refusal_wipes_nothing(today: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = today(fill, now=SESSION_DAY)

    def full(*_arguments: object, **_options: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr("integrate.ui.saving.add_entry", full)
        type_in(shown, "A green door")
        shown.press("Keep it")
        assert folded(shown).field.text() == "A green door"
        assert folded(shown).field.error()
        assert shown.desk.saver.unsaved
    shown.press("Keep it")
    shown.settle()
    assert folded(shown).field.text() == ""
    assert folded(shown).field.error() == ""
    assert [body(shown, entry) for entry in entries(shown)] == ["A green door"]
    assert not shown.desk.saver.unsaved


def test_open_to_read_only_there_is_nothing_to_fold(today: Show) -> None:
    shown = today(planned_course, now=SESSION_DAY, access=Access.READ)
    assert shown.page.face() is Face.WHOLE
    shown.page.perform("fold_today")
    assert shown.page.face() is Face.WHOLE


@pytest.mark.parametrize(("width", "size"), [(632, 100), (1064, 100)])
def test_the_regions_are_what_is_shown(today: Show, width: int, size: int) -> None:
    shown = today(fill, now=SESSION_DAY)
    shown.resize(width, 560)
    assert shown.page.regions() == (folded(shown),)
    shown.page.fold(False)
    assert len(shown.page.regions()) == 3
