"""Today in a course: the card with the path, the intention, and the question that fits the day."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from sqlalchemy import update

from integrate.domain.course_path import course_path
from integrate.domain.courses import Plan
from integrate.domain.entry import Phase, SessionRef
from integrate.domain.moments import Mark, MomentKind
from integrate.domain.practices import Cadence, CadenceKind
from integrate.domain.sessions import LineKind, SessionDraft, SessionState
from integrate.domain.times import ZonedTime
from integrate.journal.courses import begin_course, close_course
from integrate.journal.opening import Access, Journal
from integrate.journal.practices import begin_practice
from integrate.journal.preferences import change_preferences
from integrate.journal.sessions import add_line
from integrate.journal.writing import add_entry
from integrate.storage.course_tables import CourseRow, SessionRow
from integrate.storage.moments import MomentWriter
from integrate.storage.sessions import writing_sessions
from integrate.ui.pages.today import page as page_module
from integrate.ui.pages.today.course_card import CourseCard
from integrate.ui.pages.today.page import TodayPage
from integrate.ui.pages.today.prompt_card import PromptCard
from integrate.ui.registry import PAGES, PageSpec
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.course_path import CoursePathView, today_words
from integrate.ui.widgets.text import Text
from tests.conftest import draft
from tests.ui.conftest import right_to_left
from tests.ui.pages.stand_ins import button
from tests.ui.pages.today.today_world import EVENING, ZONE, TodayWorld, half_way, last_held
from tests.ui.waiting import run_events, wait_until

Show = Callable[..., TodayWorld]


def card(shown: TodayWorld) -> CourseCard:
    return cast("CourseCard", shown.page.findChild(CourseCard))


def path(shown: TodayWorld) -> CoursePathView:
    return cast("CoursePathView", shown.page.findChild(CoursePathView))


def prompt_card(shown: TodayWorld) -> PromptCard:
    return cast("PromptCard", shown.page.findChild(PromptCard))


def with_sessions_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of sessions is there, whether or not it is in this program yet."""
    if all(spec.id != "sessions" for spec in PAGES):
        spec = PageSpec("sessions", "Sessions", "layers", "SessionsPage", digit=2)
        monkeypatch.setattr(page_module, "PAGES", (*PAGES, spec))


# --- the card ---------------------------------------------------------------------------------------------------------


def test_the_card_says_where_one_is(today: Show) -> None:
    shown = today(half_way)
    assert card(shown).isVisible()
    assert "Day 3 after session 4" in shown.words()
    assert "A time for resting, noticing and small steps. There is no hurry." in shown.words()
    assert path(shown).accessibleName() == "4 of a planned 8. Today is between session 4 and session 5."


def test_each_session_of_the_path_is_told_to_a_screen_reader(today: Show) -> None:
    shown = today(half_way)
    assert [node.accessibleName() for node in path(shown).nodes()] == [
        "Session 1, 24 August, took place",
        "Session 2, 7 September, took place",
        "Session 3, 21 September, took place",
        "Session 4, 5 October, took place",
        "Session 5, planned for 19 October",
        "Session 6, planned for 2 November",
        "Session 7, planned for 16 November",
        "Session 8, planned for 30 November",
    ]
    found = QAccessible.queryAccessibleInterface(path(shown))
    assert found is not None
    assert found.role() is QAccessible.Role.List
    children = [found.child(place) for place in range(found.childCount())]
    roles = {child.role() for child in children if child is not None}
    assert roles == {QAccessible.Role.ListItem}


@pytest.mark.parametrize("mirrored", [False, True])
def test_time_runs_from_left_to_right_in_every_language(today: Show, mirrored: bool) -> None:
    shown = today(half_way)
    if mirrored:
        right_to_left(shown.window)
        run_events()
    places = [node.geometry().center().x() for node in path(shown).nodes()]
    assert places == sorted(places)
    assert len(set(places)) == 8


def test_without_a_plan_there_is_no_card_but_a_way_to_one(today: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    with_sessions_page(monkeypatch)
    shown = today()
    assert not card(shown).isVisible()
    shown.press("Add your plan when you like")
    assert shown.shell.went == [("sessions", {})]
    shown.write(lambda journal: begin_course(journal, Plan(sessions=3)))
    assert card(shown).isVisible()
    assert "Add your plan when you like" not in shown.names()


def test_no_way_leads_to_a_page_that_is_not_there(today: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "PAGES", tuple(spec for spec in PAGES if spec.id != "sessions"))
    assert "Add your plan when you like" not in today().names()


def test_a_course_with_neither_plan_nor_session_is_as_none(today: Show) -> None:
    assert not card(today(begin_course)).isVisible()


def test_a_plan_that_names_no_number_has_words_and_no_path(today: Show) -> None:
    shown = today(lambda journal: begin_course(journal, Plan(spacing=7)))
    assert card(shown).isVisible()
    assert not path(shown).isVisible()
    assert "Before the first session" in shown.words()


def test_a_closed_course_has_no_day_and_is_never_too_short(today: Show) -> None:
    def fill(journal: Journal) -> None:
        half_way(journal)
        close_course(journal, "", "")

    shown = today(fill)
    assert "After the course" in shown.words()
    assert path(shown).accessibleName() == "4 sessions."
    assert len(path(shown).nodes()) == 4


def test_in_a_narrow_window_phase_and_day_share_a_line_above_the_path(today: Show) -> None:
    shown = today(half_way)
    shown.resize(632, 832)
    title = next(text for text in shown.page.findChildren(Text) if text.words() == "Day 3 after session 4")
    wave = path(shown)
    assert title.mapTo(shown.page, title.rect().bottomLeft()).y() < wave.mapTo(shown.page, wave.rect().topLeft()).y()
    assert "A time for resting, noticing and small steps. There is no hurry." not in shown.words()


def test_of_a_long_course_the_sessions_around_today_are_shown(theme: Theme, show: Callable[..., QWidget]) -> None:
    view = CoursePathView(theme)
    day = date(2026, 10, 8)
    view.show_path(lambda most: course_path((), Plan(40, 7, date(2026, 3, 2)), day, most=most), day, "integrate")
    show(view, 320, 100)
    drawn = view.path()
    assert drawn is not None
    assert drawn.earlier > 0
    assert drawn.later > 0
    assert 3 <= len(view.nodes()) <= 8
    few = len(view.nodes())
    view.window().resize(900, 100)
    run_events()
    assert len(view.nodes()) > few


@pytest.mark.parametrize("most", [1, 2, 12])
def test_today_is_somewhere_on_every_path(most: int) -> None:
    day = date(2026, 10, 8)
    for starts in (date(2026, 10, 8), date(2026, 10, 20), date(2026, 1, 1)):
        words = today_words(course_path((), Plan(5, 7, starts), day, most=most))
        assert words.startswith("Today is ")


# --- the intention ----------------------------------------------------------------------------------------------------


def test_the_intention_of_the_last_session_stands_beside_the_question(today: Show) -> None:
    def fill(journal: Journal) -> None:
        half_way(journal)
        add_line(journal, last_held(journal).id, LineKind.INTENTION, "To be a little softer with myself.")
        add_line(journal, last_held(journal).id, LineKind.HOPE, "Something else")

    shown = today(fill)
    assert "To be a little softer with myself." in shown.words()
    assert "Session 4 · set on Thursday, 8 October" in shown.words()
    assert "Something else" not in shown.words()


def test_what_is_never_shared_says_so_and_a_novel_is_cut(today: Show) -> None:
    def fill(journal: Journal) -> None:
        half_way(journal)
        add_line(journal, last_held(journal).id, LineKind.INTENTION, "much " * 4000, never_share=True)

    shown = today(fill)
    assert "Session 4 · set on Thursday, 8 October · Never share" in shown.words()
    longest = max(shown.words(), key=len)
    assert longest.endswith("much…")
    assert len(longest) <= 280


def test_before_a_session_its_own_intention_is_shown_and_until_then_the_last_one(today: Show) -> None:
    def fill(journal: Journal) -> None:
        half_way(journal)
        add_line(journal, last_held(journal).id, LineKind.INTENTION, "The old one")

    shown = today(fill, now=datetime(2026, 10, 17, 9, tzinfo=UTC))
    assert "Before session 5" in shown.words()
    assert "The old one" in shown.words()
    coming = next(one for one in shown.sessions() if one.ref.number == 5)
    shown.write(lambda journal: add_line(journal, coming.id, LineKind.INTENTION, "The new one"))
    assert "The new one" in shown.words()
    assert "The old one" not in shown.words()


# --- the question of the day ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "ids"),
    [(1, {"E09", "I01", "I02", "I03"}), (3, {f"I{n:02}" for n in range(4, 9)}),
     (9, {f"I{n:02}" for n in range(9, 15)})],
)  # fmt: skip
def test_the_question_fits_the_day_after_the_session(today: Show, days: int, ids: set[str]) -> None:
    shown = today(half_way, now=datetime(2026, 10, 5 + days, 9, tzinfo=UTC))
    seen = set()
    for _press in range(len(ids) + 1):
        prompt = prompt_card(shown).prompt()
        assert prompt is not None
        seen.add(prompt.id)
        shown.press("Another prompt")
    assert seen == ids


def test_where_a_session_is_known_the_calendar_decides_and_another_phase_is_for_today(today: Show) -> None:
    def fill(journal: Journal) -> None:
        half_way(journal)
        change_preferences(journal, phase=Phase.PREPARE)

    shown = today(fill)
    assert "A question for the days after" in shown.words()
    menu = cast("QAbstractButton", button(shown.page, "Phase: Integrate")).menu()  # type: ignore[attr-defined]  # a chip
    next(action for action in menu.actions() if action.text() == "Prepare").trigger()
    shown.settle()
    prompt = prompt_card(shown).prompt()
    assert prompt is not None
    assert prompt.phase is Phase.PREPARE
    shown.press("Write")
    went = shown.shell.went[-1]
    assert went == (
        "journal",
        {"new": True, "prompt_id": prompt.id, "phase": Phase.PREPARE, "session": SessionRef(1, 5)},
    )
    menu.actions()[2].trigger()
    shown.settle()
    shown.press("or just start with a blank page")
    assert shown.shell.went[-1] == ("journal", {"new": True, "phase": Phase.INTEGRATE, "session": SessionRef(1, 4)})
    assert shown.desk.preferences.phase is Phase.PREPARE, "what the person chose for a time without sessions stays"


def test_a_plan_without_a_session_leaves_the_choice_to_the_person(today: Show) -> None:
    def fill(journal: Journal) -> None:
        begin_course(journal, Plan(sessions=4))
        change_preferences(journal, phase=Phase.INTEGRATE)

    shown = today(fill)
    assert "A question for the days after" in shown.words()


# --- bad days ---------------------------------------------------------------------------------------------------------


def test_a_damaged_course_is_told_in_a_banner_and_today_works_without_it(today: Show) -> None:
    def fill(journal: Journal) -> None:
        half_way(journal)
        with journal.vault.database.write() as connection:
            connection.execute(update(CourseRow).values(early_signs="not what was sealed"))

    shown = today(fill)
    told = "Your course could not be read. Everything else is here."
    assert told in shown.words()
    assert not card(shown).isVisible()
    assert shown.shell.troubles == []
    assert "Write" in shown.names()
    assert "Add your plan when you like" not in shown.names(), "there is one"
    shown.press("Close this message")
    assert told not in shown.words()
    shown.write(lambda journal: change_preferences(journal, name="Sarah"))
    assert told not in shown.words()
    shown.open()
    assert told in shown.words()


def test_a_damaged_session_is_named_and_the_others_stay(today: Show) -> None:
    def fill(journal: Journal) -> None:
        half_way(journal)
        with journal.vault.database.write() as connection:
            connection.execute(update(SessionRow).where(SessionRow.number == 2).values(dose="not what was sealed"))

    shown = today(fill)
    assert "One session could not be read. The rest is fine." in shown.words()
    assert "Day 3 after session 4" in shown.words()


def test_what_is_open_to_read_only_shows_it_all(today: Show) -> None:
    shown = today(half_way, access=Access.READ)
    assert "Day 3 after session 4" in shown.words()
    assert not shown.names() & {"Write", "New entry", "Write a few lines"}


# --- sizes and speed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "width"),
    [
        (100, 1064),
        (200, 544),
        pytest.param(100, 632, marks=pytest.mark.hard),
        pytest.param(100, 776, marks=pytest.mark.hard),
        pytest.param(120, 614, marks=pytest.mark.hard),
        pytest.param(200, 1104, marks=pytest.mark.hard),
    ],
)
@pytest.mark.parametrize("mirrored", [False, True])
def test_nothing_is_cut_at_any_width_and_text_size(
    today: Show, make_theme: Callable[..., Theme], size: int, width: int, mirrored: bool
) -> None:
    shown = today(half_way, theme=make_theme(text_size=size))
    if mirrored:
        right_to_left(shown.window)
    shown.resize(width, 560)
    for widget in shown.page.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, (QAbstractButton, Text, CoursePathView)):
            assert widget.width() >= widget.minimumSizeHint().width(), widget.accessibleName()
            place = widget.mapTo(shown.page, widget.rect().topLeft()).x()
            assert place >= 0, widget.accessibleName()
            assert place + widget.width() <= shown.page.width(), widget.accessibleName()


def test_the_keyboard_reaches_everything_in_the_order_of_reading(today: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    with_sessions_page(monkeypatch)

    def fill(journal: Journal) -> None:
        half_way(journal)
        add_entry(journal, draft("Words.", title="A title"))
        begin_practice(journal, "Walk home", Cadence(CadenceKind.DAILY))

    shown = today(fill)
    heading = shown.page.heading()
    assert heading is not None
    heading.setFocus()
    names: list[str] = []
    while not names or names[-1] != names[0] or len(names) == 1:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        names.append(focused.accessibleName() or cast("QAbstractButton", focused).text())
    assert names[:-1] == [
        "New entry", "Write a few lines", "Not now", "Mood, 0 low to 10 good", "Anxiety, 0 none to 10 a lot",
        "Energy, 0 drained to 10 full", "Sleep last night, 0 poor to 10 restful", "Save check-in", "Another measure",
        "Add a line", "Earlier check-ins", "Open: What changes slowly", "Not now: What changes slowly",
        "Phase: Integrate", "Write", "Another prompt", "or just start with a blank page", "Walk home",
        "Not today: Walk home", "All entries", "A title, Mon 2 Mar · 1 word, Prepare",
    ]  # fmt: skip


def many(journal: Journal) -> None:
    """Sixty sessions, the last one three days ago, and five thousand moments."""
    begin_course(journal, Plan(sessions=60, spacing=7))
    with writing_sessions(journal.vault.database) as writer:
        moments = MomentWriter(writer.rows.connection, journal.vault.database.sealer)
        for number in range(1, 61):
            start = EVENING - timedelta(days=3 + 7 * (60 - number), hours=6)
            at = ZonedTime(start, ZONE)
            draft = SessionDraft(SessionState.HELD, started=at, ended=ZonedTime(start + timedelta(hours=2), ZONE))
            session, _key = writer.add(SessionRef(1, number), draft, EVENING)
            for _moment in range(84):
                moments.add(session.id, Mark(MomentKind.MARK, at), EVENING)


def test_a_long_course_is_on_the_screen_within_fifty_milliseconds(today: Show) -> None:
    shown = today(many)
    assert "Day 3 after session 60" in shown.words()
    main = []
    for _attempt in range(5):
        spent = time.thread_time()
        page = TodayPage(shown.page.context)
        page.opened()
        wait_until(lambda page=page: page._today is not None)  # type: ignore[misc]  # bound for this round
        main.append(time.thread_time() - spent)
        page.deleteLater()
        run_events()
    assert min(main) < 0.05
