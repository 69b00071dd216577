"""Toasts, banners, sheets, questions, the focus ring and scrolling: what lies over or around a page."""

from __future__ import annotations

import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets import banner, toast
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.empty import EmptyState
from integrate.ui.widgets.focus_ring import FocusRing
from integrate.ui.widgets.progress import Busy, ProgressLine
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.sheet import Answer, Question, Sheet, ask
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.toast import ToastHost
from tests.ui.waiting import run_events, wait_until
from tests.ui.widgets.states import Role, description, name, role, told

Show = Callable[..., QWidget]
KEEP = (Answer("keep", "Keep it", safe=True), Answer("delete", "Delete for good", "danger"))


@pytest.fixture
def page(theme: Theme, show: Show) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    made.one, made.two = Button(theme, "One"), Button(theme, "Two")  # type: ignore[attr-defined]  # the test's own
    for button in (made.one, made.two):  # type: ignore[attr-defined]  # the test's own
        column.addWidget(button)
    column.addStretch(1)
    return show(made, 1000, 700)


# --- announcements ----------------------------------------------------------------------------------------------------


def test_an_announcement_is_handed_to_qt(page: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6 import QtGui
    from PySide6.QtGui import QAccessible

    class Ear:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness
        heard: list[tuple[str, object]] = []  # noqa: RUF012 - the test's own

        @classmethod
        def updateAccessibility(cls, event: object) -> None:  # noqa: N802 - Qt's own name
            cls.heard.append((event.message(), event.politeness()))  # type: ignore[attr-defined]  # an announcement

    monkeypatch.setattr(QtGui, "QAccessible", Ear)
    announce(page, "Saved")
    announce(page, "This disk is full", polite=False)
    assert Ear.heard == [
        ("Saved", QAccessible.AnnouncementPoliteness.Polite),
        ("This disk is full", QAccessible.AnnouncementPoliteness.Assertive),
    ]


# --- toast ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []

    def note(_widget: object, text: str, **_how: object) -> None:
        heard.append(text)

    monkeypatch.setattr(toast, "announce", note)
    monkeypatch.setattr(banner, "announce", note)
    return heard


def test_a_toast_stands_at_the_bottom_centre_is_announced_and_goes(
    theme: Theme, page: QWidget, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toast, "SECONDS", 0.05)
    monkeypatch.setattr(toast, "SECONDS_READ_OUT", 0.05)
    host = ToastHost(theme, page)
    shown = host.show("Entry moved to Recently deleted")
    assert said == ["Entry moved to Recently deleted"]
    assert shown.geometry().center().x() == pytest.approx(page.width() / 2, abs=1)
    assert (shown.height(), page.height() - shown.geometry().bottom() - 1) == (48, 24)
    wait_until(lambda: host.toast() is None)


def test_undo_works_by_button_and_after_the_toast_has_gone(theme: Theme, page: QWidget, said: list[str]) -> None:
    undone: list[str] = []
    host = ToastHost(theme, page)
    shown = host.show("Moved", lambda: undone.append("button"))
    assert shown.button is not None
    assert name(shown.button) == "Undo"
    QTest.keyClick(shown.button, Qt.Key.Key_Space)
    assert undone == ["button"]
    assert not host.undo_last()
    host.show("Moved", lambda: undone.append("later"))
    host.dismiss()
    wait_until(lambda: host.toast() is None)
    assert host.undo_last()
    assert undone == ["button", "later"]


def test_pointer_and_focus_stop_the_clock(theme: Theme, page: QWidget, said: list[str]) -> None:
    host = ToastHost(theme, page)
    shown = host.show("Moved", lambda: None)
    place = QPointF(5, 5)
    assert not host.is_paused()
    QApplication.sendEvent(shown, QEnterEvent(place, place, place))
    assert host.is_paused()
    shown.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    QApplication.sendEvent(shown, QEvent(QEvent.Type.Leave))
    assert not host.is_paused()
    assert shown.button is not None
    shown.button.setFocus(Qt.FocusReason.TabFocusReason)
    assert host.is_paused()
    shown.button.clearFocus()
    assert not host.is_paused()
    host.forget()


def test_a_forgotten_toast_lets_go_of_what_it_could_undo(theme: Theme, page: QWidget, said: list[str]) -> None:
    class Entry:
        def restore(self) -> None: ...

    entry = Entry()
    gone = weakref.ref(entry)
    host = ToastHost(theme, page)
    host.show("Moved", entry.restore)
    host.forget()
    run_events()
    del entry
    assert gone() is None
    assert host.toast() is None


def test_a_toast_fades_where_motion_is_wanted(make_theme: Callable[..., Theme], page: QWidget, said: list[str]) -> None:
    theme = make_theme(reduced_motion=False)
    host = ToastHost(theme, page)
    shown = host.show("Moved")
    place = shown.geometry()
    assert shown.graphicsEffect() is not None
    wait_until(lambda: shown.graphicsEffect() is None)
    assert shown.geometry() == place
    host.dismiss()
    wait_until(lambda: host.toast() is None)


# --- banner, empty state, progress ------------------------------------------------------------------------------------


def test_a_banner_is_announced_once_and_its_actions_act(
    theme: Theme, page: QWidget, show: Show, said: list[str]
) -> None:
    done: list[str] = []
    made = Banner(
        theme, "trouble", "This disk is full", "Free some space.", [("Try again", lambda: done.append("again"))]
    )
    page.layout().addWidget(made)
    run_events()
    made.hide()
    made.show()
    assert said == ["This disk is full Free some space."]
    QTest.keyClick(made.links[0], Qt.Key.Key_Space)
    assert done == ["again"]
    assert (name(made), description(made)) == ("This disk is full", "Free some space.")
    assert role(made) == Role.Notification


def test_a_banner_has_three_actions_at_most(theme: Theme) -> None:
    with pytest.raises(ValueError, match="three"):
        Banner(theme, "neutral", "a", "b", [("x", lambda: None)] * 4)


def test_an_empty_state_offers_one_way_to_begin(theme: Theme, show: Show) -> None:
    begun: list[bool] = []
    empty = EmptyState(theme, "", "Threads begin with an intention.", ("Set one", None, lambda: begun.append(True)))
    show(empty, 500, 300)
    assert empty.button is not None
    empty.button.click()
    assert begun == [True]
    assert not empty.title.isVisible()
    theme.set_look(Look(theme="light", text_size=200))
    assert empty.text.width() <= theme.px(340)


def test_progress_is_told_in_words(theme: Theme) -> None:
    line = ProgressLine(theme, "Preparing the report")
    line.set_progress(3, 4, "Page 3 of 4")
    assert role(line.bar) == Role.ProgressBar
    assert (name(line.bar), description(line.bar)) == ("Preparing the report", "Page 3 of 4")
    assert line.bar.value() == 3


def test_the_spinner_waits_and_moves_no_word(theme: Theme, show: Show) -> None:
    busy = Busy(theme, "Opening your journal.")
    show(busy, 400, 60)
    busy.start()
    place = busy.text.geometry()
    assert not busy.spins()
    wait_until(busy.spins)
    assert busy.text.geometry() == place
    assert not busy._spinner.is_turning()  # the theme of the tests has reduced motion
    theme.set_look(Look(theme="light", reduced_motion=False))
    assert busy._spinner.is_turning()
    busy.stop()
    assert not busy._spinner.is_turning()


# --- sheets -----------------------------------------------------------------------------------------------------------


def tabs(count: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> list[QWidget | None]:
    seen = []
    for _step in range(count):
        focused = QApplication.focusWidget()
        QTest.keyClick(focused, Qt.Key.Key_Backtab if held else Qt.Key.Key_Tab, held)
        seen.append(QApplication.focusWidget())
    return seen


def test_the_focus_goes_into_a_sheet_stays_there_and_comes_back(theme: Theme, page: QWidget) -> None:
    page.one.setFocus()  # type: ignore[attr-defined]  # the test's own
    sheet = Sheet(theme, page, "Help now")
    parts = [Button(theme, "A"), QLineEdit(), Button(theme, "B")]
    for part in parts:
        sheet.body.addWidget(part)
    closed: list[bool] = []
    sheet.closed.connect(lambda: closed.append(True))
    sheet.open()
    assert sheet.heading.hasFocus()
    seen = tabs(9)
    assert all(widget is not None and sheet.isAncestorOf(widget) for widget in seen)
    assert set(parts) <= set(seen)
    assert all(sheet.isAncestorOf(widget) for widget in tabs(9, Qt.KeyboardModifier.ShiftModifier) if widget)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert closed == [True]
    assert page.one.hasFocus()  # type: ignore[attr-defined]  # the test's own
    wait_until(lambda: not isValid(sheet))


def test_esc_closes_only_the_top_sheet(theme: Theme, page: QWidget) -> None:
    below, above = Sheet(theme, page, "Below"), Sheet(theme, page, "Above")
    below.open()
    above.open()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not above.isVisible()
    assert below.isVisible()
    assert below.heading.hasFocus()
    below.close()


def test_a_sheet_is_a_dialog_with_its_title_for_a_name(theme: Theme, page: QWidget) -> None:
    sheet = Sheet(theme, page, "Help now")
    sheet.open()
    assert (role(sheet.panel), name(sheet.panel)) == (Role.Dialog, "Help now")
    assert not sheet.isWindow()
    sheet.close()


def test_a_narrow_window_is_filled(theme: Theme, page: QWidget) -> None:
    sheet = Sheet(theme, page, "Help now")
    sheet.open()
    assert sheet.panel.width() == 560
    page.resize(900, 700)
    assert sheet.panel.size() == page.size()
    page.resize(1000, 700)
    theme.set_look(Look(theme="light", text_size=200))
    assert sheet.panel.size() == page.size()
    sheet.close()


def test_nothing_below_a_sheet_can_be_clicked(theme: Theme, page: QWidget) -> None:
    pressed: list[bool] = []
    page.one.clicked.connect(lambda: pressed.append(True))  # type: ignore[attr-defined]  # the test's own
    sheet = Sheet(theme, page, "Help now")
    sheet.open()
    place = page.one.geometry().center()  # type: ignore[attr-defined]  # the test's own
    assert page.childAt(place) is sheet
    QTest.mouseClick(page.childAt(place), Qt.MouseButton.LeftButton, pos=place)
    assert pressed == []
    assert sheet.isVisible()
    sheet.close()


def test_a_sheet_grows_with_its_words(theme: Theme, page: QWidget) -> None:
    sheet = Sheet(theme, page, "Words")
    text = Text(theme, "Short.")
    sheet.body.addWidget(text)
    sheet.open()
    before = sheet.panel.height()
    text.set_text("A time for resting, noticing and small steps. There is no hurry. " * 6)
    wait_until(lambda: sheet.panel.height() > before)
    assert sheet.panel.height() <= page.height() - 48
    sheet.close()


def question(theme: Theme, page: QWidget, answers: list[str]) -> Question:
    return ask(theme, page, "Delete “Night before” for good?", "It cannot be brought back.", KEEP, answers.append)


def test_a_question_has_the_focus_on_its_safe_answer(theme: Theme, page: QWidget) -> None:
    answers: list[str] = []
    asked = question(theme, page, answers)
    assert asked.buttons["keep"].hasFocus()
    QTest.keyClick(asked.buttons["keep"], Qt.Key.Key_Return)
    assert answers == ["keep"]


@pytest.mark.parametrize(("act", "answer"), [("esc", "keep"), ("click", "delete")])
def test_a_question_is_answered_once(theme: Theme, page: QWidget, act: str, answer: str) -> None:
    answers: list[str] = []
    asked = question(theme, page, answers)
    if act == "esc":
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    else:
        asked.buttons["delete"].click()
    assert answers == [answer]
    wait_until(lambda: not isValid(asked))
    assert answers == [answer]


def test_a_question_does_not_fill_a_narrow_window(theme: Theme, page: QWidget) -> None:
    page.resize(720, 560)
    asked = question(theme, page, [])
    assert asked.panel.width() < 720
    assert asked.panel.height() < 300
    asked.close()


def test_a_question_is_as_high_as_its_words(theme: Theme, page: QWidget) -> None:
    asked = question(theme, page, [])
    run_events()
    assert asked.panel.height() == 22 + 24 + 8 + 22 + 8 + 12 + 40 + 22
    asked.close()


def test_a_question_without_a_safe_answer_is_refused(theme: Theme, page: QWidget) -> None:
    with pytest.raises(StopIteration):
        ask(theme, page, "Go on?", "", (Answer("go", "Go"),), lambda _key: None)


# --- focus ring -------------------------------------------------------------------------------------------------------


def test_the_ring_follows_the_keyboard_and_not_the_pointer(theme: Theme, page: QWidget) -> None:
    ring = FocusRing(theme, page)
    one, two = page.one, page.two  # type: ignore[attr-defined]  # the test's own
    one.setFocus(Qt.FocusReason.MouseFocusReason)
    assert ring.target() is None
    QTest.keyClick(one, Qt.Key.Key_Tab)
    assert two.hasFocus()
    assert ring.target() is two
    assert ring.geometry() == two.geometry().adjusted(-5, -5, 5, 5)
    one.setFocus(Qt.FocusReason.MouseFocusReason)
    assert ring.target() is None


def test_the_first_tab_of_a_window_shows_the_ring(theme: Theme, page: QWidget) -> None:
    ring = FocusRing(theme, page)
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert ring.target() is QApplication.focusWidget() is not None


def test_the_ring_moves_with_its_widget(theme: Theme, page: QWidget) -> None:
    ring = FocusRing(theme, page)
    page.one.setFocus(Qt.FocusReason.MouseFocusReason)  # type: ignore[attr-defined]  # the test's own
    QTest.keyClick(page.one, Qt.Key.Key_Tab)  # type: ignore[attr-defined]  # the test's own
    two = page.two  # type: ignore[attr-defined]  # the test's own
    page.layout().setContentsMargins(60, 60, 60, 60)
    wait_until(lambda: ring.geometry() == two.geometry().adjusted(-5, -5, 5, 5))
    two.hide()
    assert ring.target() is not two


def test_fields_show_their_focus_themselves(theme: Theme, page: QWidget) -> None:
    from integrate.ui.widgets.fields import LineField

    field = LineField(theme, "Name")
    page.layout().addWidget(field)
    run_events()
    ring = FocusRing(theme, page)
    page.two.setFocus(Qt.FocusReason.MouseFocusReason)  # type: ignore[attr-defined]  # the test's own
    QTest.keyClick(page.two, Qt.Key.Key_Tab)  # type: ignore[attr-defined]  # the test's own
    assert field.edit.hasFocus()
    assert ring.target() is None


def test_a_ring_outlives_what_it_was_around(theme: Theme, page: QWidget) -> None:
    ring = FocusRing(theme, page)
    page.one.setFocus(Qt.FocusReason.MouseFocusReason)  # type: ignore[attr-defined]  # the test's own
    QTest.keyClick(page.one, Qt.Key.Key_Tab)  # type: ignore[attr-defined]  # the test's own
    page.two.deleteLater()  # type: ignore[attr-defined]  # the test's own
    run_events()
    assert ring.target() is None
    page.one.setFocus(Qt.FocusReason.TabFocusReason)  # type: ignore[attr-defined]  # the test's own


# --- scrolling --------------------------------------------------------------------------------------------------------


@pytest.fixture
def long_page(theme: Theme, show: Show) -> tuple[PageScroll, list[Button]]:
    content = QWidget()
    column = QVBoxLayout(content)
    buttons = [Button(theme, f"Button {number}") for number in range(30)]
    for button in buttons:
        column.addWidget(button)
    scroll = PageScroll(theme)
    scroll.set_content(content)
    show(scroll, 300, 300)
    return scroll, buttons


def test_what_has_the_focus_is_seen_with_its_ring(long_page: tuple[PageScroll, list[Button]]) -> None:
    scroll, buttons = long_page
    buttons[25].setFocus(Qt.FocusReason.OtherFocusReason)
    top = buttons[25].mapTo(scroll.viewport(), QPoint(0, 0)).y()
    assert 5 <= top <= scroll.viewport().height() - buttons[25].height() - 5


def test_a_page_scrolls_by_keys(long_page: tuple[PageScroll, list[Button]]) -> None:
    scroll, _buttons = long_page
    bar = scroll.verticalScrollBar()
    QTest.keyClick(scroll, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(scroll, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClick(scroll, Qt.Key.Key_PageDown)
    down = bar.value()
    assert down > 0
    QTest.keyClick(scroll, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() < down


def test_the_ring_is_cut_where_the_page_is(theme: Theme, long_page: tuple[PageScroll, list[Button]]) -> None:
    scroll, buttons = long_page
    ring = FocusRing(theme, scroll)
    buttons[0].setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClick(buttons[0], Qt.Key.Key_Tab)
    assert ring.target() is buttons[1]
    top = buttons[1].geometry().top()
    scroll.verticalScrollBar().setValue(top + 10)
    assert ring.geometry().top() == 0
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    assert ring.target() is None


def test_the_ground_behind_shows_through(long_page: tuple[PageScroll, list[Button]]) -> None:
    scroll, _buttons = long_page
    assert not scroll.viewport().autoFillBackground()
    assert not scroll.widget().autoFillBackground()
    assert told(scroll) is not None
