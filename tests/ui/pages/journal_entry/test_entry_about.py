"""What is known about an entry apart from its words: chips, date, tags, Never share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QDate, QPoint, QRect, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from integrate.domain.entry import Phase, SessionRef
from integrate.domain.times import ZonedTime
from integrate.ui.clock_times import Kind, resolve
from integrate.ui.layout import WidthClass
from integrate.ui.pages.journal.entry.words import when_words
from tests.ui.pages.journal_entry.journal_world import JournalWorld, press
from tests.ui.waiting import run_events, wait_until


@pytest.fixture
def entry(world: JournalWorld) -> JournalWorld:
    """The page with one entry open."""
    first, _other = world.prepare(
        world.written("first", phase=Phase.PREPARE), world.written("other", session=SessionRef(1, 4), tags=("work",))
    )
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    return world


def choose(menu: QMenu | None, words: str) -> None:
    assert menu is not None
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_the_phase_chip_changes_the_entry(entry: JournalWorld) -> None:
    choose(entry.view.bar.phase.menu(), "Experience")
    entry.settle()
    assert entry.kept().summary.phase is Phase.EXPERIENCE
    assert entry.view.bar.phase.words() == "Experience"
    assert entry.journal_page.desk.preferences.phase is Phase.PREPARE  # an old entry says nothing about now


def test_the_session_chip_offers_those_in_use_and_any_other(entry: JournalWorld) -> None:
    session = entry.view.bar.session
    assert session.words() == "Session"
    wait_until(lambda: bool(session._known))
    choose(session.menu(), "Session 4")
    entry.settle()
    assert entry.kept().summary.session == SessionRef(1, 4)
    assert session.words() == "Session 4"
    choose(session.menu(), "Another…")
    QTest.keyClicks(session.number.edit, "zero")
    press(session.number.edit, Qt.Key.Key_Return)
    assert session.number.error()
    assert session.popover.isVisible()
    session.number.edit.setText("2.7")
    session.take_button.click()
    entry.settle()
    assert entry.kept().summary.session == SessionRef(2, 7)
    choose(session.menu(), "None")
    entry.settle()
    assert entry.kept().summary.session is None


def test_the_mood_chip_sets_and_clears(entry: JournalWorld) -> None:
    mood = entry.view.bar.mood
    assert mood.accessibleName() == "Mood then: not set"
    mood.click()
    assert mood.popover.isVisible()
    press(mood.scale, Qt.Key.Key_6)
    press(mood.popover, Qt.Key.Key_Escape)
    assert not mood.popover.isVisible()
    entry.settle()
    assert entry.kept().summary.mood_then == 6
    assert mood.words() == "Mood then: 6"
    mood.click()
    mood.clear_button.click()
    entry.settle()
    assert entry.kept().summary.mood_then is None


def test_tags_by_enter_comma_and_completion_and_off_by_backspace(entry: JournalWorld) -> None:
    bar = entry.view.bar
    bar.add_tag.click()
    assert bar.tag_field.hasFocus()
    QTest.keyClicks(bar.tag_field, "sleep")
    press(bar.tag_field, Qt.Key.Key_Return)
    QTest.keyClicks(bar.tag_field, "Mum,SLEEP,")
    entry.settle()
    assert entry.kept().summary.tags == ("sleep", "Mum")
    QTest.keyClicks(bar.tag_field, "wo")
    completer = bar.tag_field.completer()
    assert completer.currentCompletion() == "work"
    popup = completer.popup()
    assert popup is not None
    popup.hide()
    bar.tag_field.clear()
    press(bar.tag_field, Qt.Key.Key_Backspace)
    entry.settle()
    assert entry.kept().summary.tags == ("sleep",)
    chip = bar._tag_chips[0]
    assert chip.accessibleName() == "Remove tag sleep"
    press(chip, Qt.Key.Key_Delete)
    entry.settle()
    assert entry.kept().summary.tags == ()


def test_a_tag_that_was_typed_is_kept_when_one_goes_on_writing(entry: JournalWorld) -> None:
    bar = entry.view.bar
    bar.open_tag_field()
    QTest.keyClicks(bar.tag_field, "half")
    entry.view.focus_text()
    run_events()
    entry.settle()
    assert entry.kept().summary.tags == ("half",)
    assert not bar.tag_box.isVisible()


def test_never_share_by_switch_and_by_key(entry: JournalWorld) -> None:
    switch = entry.view.bar.never_share.switch
    switch.click()
    entry.settle()
    assert entry.kept().summary.never_share
    entry.program.perform("never_share")
    entry.settle()
    assert not entry.kept().summary.never_share
    assert not switch.isChecked()


def test_date_and_time_can_be_changed(entry: JournalWorld) -> None:
    line = entry.view.header.moment
    assert line.text() == "Thursday 8 October, 19:24"
    line.click()
    popover = line.popover
    popover.date.setDate(QDate(2026, 10, 6))
    popover.time.setTime(QTime(21, 10))
    popover.done_button.click()
    assert line.text() == "Tuesday 6 October, 21:10"
    entry.settle()
    assert entry.kept().summary.at == ZonedTime(datetime(2026, 10, 6, 20, 10, tzinfo=UTC), "Europe/Lisbon")


def test_another_zone_keeps_the_time_on_the_wall_and_is_said(entry: JournalWorld) -> None:
    line = entry.view.header.moment
    line.click()
    popover = line.popover
    wait_until(lambda: popover._model.rowCount() > 100)
    popover.zone.edit.setText("Nowhere/Else")
    popover.done_button.click()
    assert popover.isVisible()
    assert popover.zone.error()
    popover.zone.edit.setText("America/New York")
    popover.done_button.click()
    assert line.text() == "Thursday 8 October, 19:24 (America/New York)"
    entry.settle()
    assert entry.kept().summary.at == ZonedTime(datetime(2026, 10, 8, 23, 24, tzinfo=UTC), "America/New_York")


def test_esc_leaves_the_date_as_it_was(entry: JournalWorld) -> None:
    line = entry.view.header.moment
    line.click()
    line.popover.date.setDate(QDate(2020, 1, 1))
    press(line.popover, Qt.Key.Key_Escape)
    assert line.text() == "Thursday 8 October, 19:24"
    entry.settle()
    assert entry.kept().summary.at.instant == entry.clock.now()


def test_a_time_that_came_twice_is_asked_about(entry: JournalWorld) -> None:
    line = entry.view.header.moment
    line.click()
    popover = line.popover
    popover.date.setDate(QDate(2026, 10, 25))
    popover.time.setTime(QTime(1, 30))
    assert popover.note.words() == "The clocks went back: this time came twice that day."
    assert popover.earlier.isVisible()
    popover.later.setChecked(True)
    popover.done_button.click()
    entry.settle()
    assert entry.kept().summary.at.instant == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_time_that_was_skipped_is_told(entry: JournalWorld) -> None:
    line = entry.view.header.moment
    line.click()
    popover = line.popover
    popover.date.setDate(QDate(2026, 3, 29))
    popover.time.setTime(QTime(1, 30))
    assert "It becomes 02:30." in popover.note.words()
    assert not popover.earlier.isVisible()
    popover.done_button.click()
    assert line.text() == "Sunday 29 March, 02:30"


@pytest.mark.parametrize(
    ("wall", "kind", "first", "second"),
    [
        (datetime(2026, 7, 1, 12), Kind.ONCE, 11, 11),
        (datetime(2026, 10, 25, 1, 30), Kind.TWICE, 0, 1),
        (datetime(2026, 3, 29, 1, 30), Kind.NEVER, 1, 1),
    ],
)
def test_wall_clock_times(wall: datetime, kind: Kind, first: int, second: int) -> None:
    for later, hour in ((False, first), (True, second)):
        found = resolve(wall, "Europe/Lisbon", later=later)
        assert found is not None
        assert (found.kind, found.at.instant.hour) == (kind, hour)
    assert resolve(wall, "Nowhere") is None
    assert resolve(wall, "../../etc/passwd") is None
    assert resolve(datetime(1, 1, 1), "Asia/Tokyo") is None


def test_the_year_is_said_where_it_is_another(entry: JournalWorld) -> None:
    from PySide6.QtCore import QLocale

    old = ZonedTime(datetime(2024, 2, 1, 9, tzinfo=UTC), "Europe/Lisbon")
    now = ZonedTime(entry.clock.now(), "Europe/Lisbon")
    assert when_words(old, now, QLocale()) == "Thursday 1 February 2024, 09:00"


@pytest.mark.parametrize(("width", "text"), [(720, 100), (720, 200), (960, 100), (960, 200), (1280, 100), (1280, 200)])
def test_nothing_of_the_bar_is_clipped(entry: JournalWorld, width: int, text: int) -> None:
    entry.program.change_settings(text_size=text)
    entry.program.window.resize(width, 832)
    entry.view.bar.tags_chosen.emit(("a tag that is rather long for a chip", "work"))
    run_events()
    bar = entry.view.bar
    for details in (False, True):
        if bar.details_button.isVisible():
            bar.details_button.setChecked(details)
        run_events()
        parts = [bar.more_button, bar.focus_button, bar.never_share, bar.phase, bar.mood, bar.back_button]
        for part in (*parts, *bar._tag_chips):
            if part.isVisible():
                assert bar.rect().contains(QRect(part.mapTo(bar, QPoint(0, 0)), part.size()))
                assert part.width() >= part.minimumSizeHint().width()
    assert bar.phase.isVisible()


def test_a_narrow_window_has_a_way_back_to_the_list(entry: JournalWorld) -> None:
    page = entry.journal_page
    page.set_width_class(WidthClass.NARROW)
    assert page.entry.isVisible()
    assert not page.list.isVisible()
    entry.view.bar.back_button.click()
    assert page.list.isVisible()
    assert not page.entry.isVisible()
