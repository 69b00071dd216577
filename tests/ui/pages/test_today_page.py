"""Today, with a real journal behind it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from integrate.domain.entry import Draft, EntrySummary, Phase, Unreadable
from integrate.domain.listing import Row
from integrate.domain.times import ZonedTime
from integrate.journal.opening import Access, Journal
from integrate.journal.preferences import change_preferences, read_preferences
from integrate.journal.prompts import add_own_prompt, built_in_pack
from integrate.journal.secrets import new_recovery_words
from integrate.journal.writing import add_entry
from integrate.system.clock import FixedClock
from integrate.ui.desk import Desk
from integrate.ui.layout import width_class
from integrate.ui.page import PageContext, ProgramPort
from integrate.ui.pages.today.page import TodayPage
from integrate.ui.pages.today.prompt_card import PromptCard
from integrate.ui.pages.today.side_column import SideColumn
from integrate.ui.tasks import Mailbox
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.text import Text
from tests.conftest import Sample
from tests.ui.pages.stand_ins import NotingShell, button
from tests.ui.waiting import run_events, wait_until

EVENING = datetime(2026, 10, 8, 18, 24, tzinfo=UTC)
TENDER = next(prompt for prompt in built_in_pack().prompts if prompt.tender)


class Stage:
    """A window with the page in it, and all that stands around it."""

    def __init__(self, theme: Theme, sample: Sample, clock: FixedClock, access: Access) -> None:
        journal = sample.open(access, clock=clock)
        self.clock = clock
        self.desk = Desk(journal, read_preferences(journal), Mailbox())
        self.window = QWidget()
        self.shell = NotingShell(self.window)
        self.theme = theme
        # The page asks nothing of the program.
        self.page = TodayPage(PageContext(theme, self.desk, self.shell, cast("ProgramPort", None)))
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self.resize(1064, 832)
        self.window.show()
        self.window.activateWindow()
        self.open()

    def resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        self.page.set_width_class(width_class(width + self.theme.px(216), self.theme.scale))
        run_events()

    def open(self) -> None:
        self.page.opened()
        self.settle()

    def settle(self) -> None:
        """Wait until everything that was asked for is there."""
        answered: list[bool] = []
        self.desk.write(self.page, lambda _journal: None, lambda _nothing: answered.append(True))
        wait_until(lambda: bool(answered))
        self.desk.read(self.page, lambda _journal, _stop: None, lambda _nothing: answered.append(True))
        wait_until(lambda: len(answered) == 2)
        run_events()  # what was added to a page in the last answer is shown in Qt's next turn

    def write(self, work: Callable[[Journal], object]) -> None:
        self.desk.write(self.page, work)
        self.settle()

    @property
    def card(self) -> PromptCard:
        return cast("PromptCard", self.page.findChild(PromptCard))

    @property
    def side(self) -> SideColumn:
        return cast("SideColumn", self.page.findChild(SideColumn))

    def words(self) -> list[str]:
        return [text.words() for text in self.page.findChildren(Text) if text.isVisible() and text.words()]

    def lines(self) -> list[str]:
        return [line.accessibleName() for line in self.side.entry_lines()]

    def press(self, name: str) -> None:
        button(self.page, name).click()
        self.settle()

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        run_events()
        done: list[object] = []
        self.desk.close(lambda _journal: None, lambda *answer: done.append(answer))
        wait_until(lambda: bool(done))
        assert self.desk.ended(5)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(EVENING, "Europe/Lisbon")


@pytest.fixture
def stage(theme: Theme, sample: Sample, clock: FixedClock) -> Iterator[Callable[..., Stage]]:
    """Fills the journal, then shows Today: ``stage(fill, access)``."""
    made: list[Stage] = []

    def make(
        fill: Callable[[Journal], object] = lambda _journal: None,
        access: Access = Access.WRITE,
        theme: Theme = theme,
    ) -> Stage:
        with sample.open(clock=clock) as journal:
            fill(journal)
        made.append(Stage(theme, sample, clock, access))
        return made[-1]

    yield make
    for each in made:
        each.close()


def entry(days_ago: float, title: str, **fields: Any) -> Draft:
    return Draft("word " * 12, ZonedTime(EVENING - timedelta(days=days_ago), "Europe/Lisbon"), title=title, **fields)


def three_entries(journal: Journal) -> None:
    add_entry(journal, entry(2, "Bags", phase=Phase.EXPERIENCE, never_share=True))
    add_entry(journal, entry(1, "Kitchen", phase=Phase.INTEGRATE))
    add_entry(journal, Draft("Only words.", ZonedTime(EVENING, "Europe/Lisbon")))
    change_preferences(journal, name="Sarah", phase=Phase.INTEGRATE)


# --- what it says -----------------------------------------------------------------------------------------------------


def test_the_day_the_greeting_and_the_last_entries_are_shown(stage: Callable[..., Stage]) -> None:
    shown = stage(three_entries)
    assert {"Thursday, 8 October", "Good evening, Sarah", "A question for the days after"} <= set(shown.words())
    assert shown.lines() == [
        "Only words., Today · 2 words, Prepare",
        "Kitchen, Yesterday · 12 words, Integrate",
        "Bags, Tue 6 Oct · 12 words · Never share, Experience",
    ]


def test_at_most_five_entries_are_shown(stage: Callable[..., Stage]) -> None:
    shown = stage(lambda journal: [add_entry(journal, entry(day, f"Day {day}")) for day in range(7)])
    assert [line.split(",")[0] for line in shown.lines()] == [f"Day {day}" for day in range(5)]


def test_an_empty_journal_says_that_a_word_is_enough(stage: Callable[..., Stage]) -> None:
    shown = stage()
    assert "One sentence is enough. So is a single word." in shown.words()
    assert "Good evening" in shown.words()
    shown.write(lambda journal: add_entry(journal, entry(0, "First")))
    assert "One sentence is enough. So is a single word." not in shown.words()


def test_an_entry_that_cannot_be_read_leaves_the_others(theme: Theme, show: Callable[..., QWidget]) -> None:
    column = SideColumn(theme)
    show(column, 360, 400)
    column.show_entries([Row(1, Unreadable(None))], [], EVENING.date())
    assert "This entry could not be read. The rest is fine." in [text.words() for text in column.findChildren(Text)]
    assert column.entry_lines() == ()


def test_recovery_words_are_asked_for_quietly_until_there_are_some(
    stage: Callable[..., Stage], sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = stage()
    sentence = "This journal has no recovery words yet."
    assert sentence not in shown.words()
    monkeypatch.setattr("integrate.ui.pages.today.reading.journal_info", lambda _place: _NoSlots)
    shown.open()
    assert sentence in shown.words()
    shown.press("Make recovery words")
    assert shown.shell.went == [("settings", {"section": "recovery"})]
    monkeypatch.undo()
    shown.write(new_recovery_words)
    shown.open()
    assert sentence not in shown.words()


class _NoSlots:
    slots = ()


def test_this_day_in_earlier_years_comes_only_if_wanted_and_never_with_a_tender_answer(
    stage: Callable[..., Stage],
) -> None:
    def fill(journal: Journal) -> None:
        add_entry(journal, entry(365, "A year ago"))
        add_entry(journal, entry(365, "Tender", prompt_id=TENDER.id, phase=TENDER.phase))
        for day in range(5):
            add_entry(journal, entry(day, f"Day {day}"))

    shown = stage(fill)
    assert "On this day" not in shown.words()
    shown.desk.change_preferences(shown.page, on_this_day=True)
    shown.settle()
    assert "On this day" in shown.words()
    assert shown.lines()[5:] == ["A year ago, Wed 8 Oct 2025 · 12 words, Prepare"]


# --- the question -----------------------------------------------------------------------------------------------------


def test_writing_takes_the_question_along_and_a_blank_page_does_not(stage: Callable[..., Stage]) -> None:
    shown = stage()
    prompt = shown.card.prompt()
    assert prompt is not None
    assert prompt.text in shown.words()
    shown.press("Write")
    shown.press("or just start with a blank page")
    assert shown.shell.went == [
        ("journal", {"new": True, "prompt_id": prompt.id, "phase": Phase.PREPARE}),
        ("journal", {"new": True, "phase": Phase.PREPARE}),
    ]


def test_another_question_comes_by_button_and_by_key(stage: Callable[..., Stage]) -> None:
    shown = stage()
    seen = [shown.card.prompt()]
    shown.press("Another prompt")
    seen.append(shown.card.prompt())
    assert shown.page.perform("another_prompt")
    shown.settle()
    seen.append(shown.card.prompt())
    assert None not in seen
    assert len(set(seen)) == 3
    assert not shown.page.perform("save_now")


def test_a_question_that_was_asked_for_stays_while_the_page_is_seen(stage: Callable[..., Stage]) -> None:
    shown = stage()
    first = shown.card.prompt()
    shown.press("Another prompt")
    asked = shown.card.prompt()
    shown.write(lambda journal: add_entry(journal, entry(0, "From elsewhere")))
    assert shown.card.prompt() == asked
    shown.open()
    assert shown.card.prompt() == first


def test_an_answered_question_gives_way_to_the_next(stage: Callable[..., Stage]) -> None:
    shown = stage()
    first = shown.card.prompt()
    assert first is not None
    shown.write(lambda journal: add_entry(journal, entry(0, "Answer", prompt_id=first.id)))
    shown.open()
    assert shown.card.prompt() != first


@pytest.mark.parametrize(
    ("phase", "kind"),
    [
        (Phase.PREPARE, "A question to prepare"),
        (Phase.EXPERIENCE, "A question for the day itself"),
        (Phase.INTEGRATE, "A question for the days after"),
    ],
)
def test_the_phase_is_chosen_on_the_card_and_kept(stage: Callable[..., Stage], phase: Phase, kind: str) -> None:
    shown = stage(lambda journal: change_preferences(journal, phase=Phase.PREPARE))
    menu = cast("QAbstractButton", button(shown.page, "Phase: Prepare")).menu()  # type: ignore[attr-defined]  # a chip
    action = next(action for action in menu.actions() if action.text() == str(phase).capitalize())
    action.trigger()
    shown.settle()
    shown.settle()  # the choice is written first, then the question is read
    prompt = shown.card.prompt()
    assert prompt is not None
    assert prompt.phase is phase
    assert kind in shown.words()
    assert shown.desk.preferences.phase is phase


def only_tender(journal: Journal) -> None:
    others = frozenset(p.id for p in built_in_pack().prompts if p.phase is TENDER.phase and p.id != TENDER.id)
    change_preferences(journal, phase=TENDER.phase, hidden_prompts=others)


def test_a_tender_question_is_announced_and_can_be_stopped(stage: Callable[..., Stage]) -> None:
    shown = stage(only_tender)
    assert TENDER.content_note in shown.words()
    shown.press("Stop for now")
    assert shown.card.prompt() is None
    assert "Write whatever is here." in shown.words()
    assert TENDER.text not in shown.words()
    shown.write(lambda journal: add_entry(journal, entry(0, "Meanwhile")))
    assert shown.card.prompt() is None, "it stays away while the page is seen"
    shown.press("Write")
    assert shown.shell.went == [("journal", {"new": True, "phase": TENDER.phase})]
    shown.open()
    assert shown.card.prompt() == TENDER


def test_other_questions_have_no_stop(stage: Callable[..., Stage]) -> None:
    shown = stage(lambda journal: add_own_prompt(journal, "What about the garden?", Phase.PREPARE))
    assert not [found for found in shown.page.findChildren(QAbstractButton)
                if found.isVisible() and found.text() == "Stop for now"]  # fmt: skip


def test_without_prompts_the_card_is_a_blank_page(stage: Callable[..., Stage]) -> None:
    shown = stage(lambda journal: change_preferences(journal, prompts_on=False))
    assert "Write whatever is here." in shown.words()
    names = {found.text() for found in shown.page.findChildren(QAbstractButton) if found.isVisible()}
    assert "Write" in names
    assert "Another prompt" not in names


def test_what_is_open_to_read_only_offers_no_writing(stage: Callable[..., Stage]) -> None:
    shown = stage(three_entries, Access.READ)
    names = {found.text() for found in shown.page.findChildren(QAbstractButton) if found.isVisible()}
    assert not names & {"Write", "New entry", "Another prompt"}
    assert not shown.page.perform("another_prompt")
    assert len(shown.lines()) == 3


# --- ways on ----------------------------------------------------------------------------------------------------------


def test_an_entry_all_entries_and_a_new_one_are_one_press_away(stage: Callable[..., Stage]) -> None:
    shown = stage(three_entries)
    line = shown.side.entry_lines()[1]
    line.click()
    shown.press("All entries")
    shown.press("New entry")
    assert shown.shell.went == [("journal", {"entry_id": line.entry_id}), ("journal", {})]
    assert shown.shell.performed == ["new_entry"]


def test_the_date_changes_at_midnight_without_a_restart(stage: Callable[..., Stage], clock: FixedClock) -> None:
    clock.advance(timedelta(hours=4, minutes=35, seconds=59, milliseconds=200))  # 23:59:59.2 in Lisbon
    shown = stage(three_entries)
    assert "Thursday, 8 October" in shown.words()
    clock.advance(timedelta(seconds=2))
    wait_until(lambda: "Friday, 9 October" in shown.words())
    wait_until(lambda: "Only words., Yesterday · 2 words, Prepare" in shown.lines())


def test_nothing_wakes_the_computer_while_the_page_is_not_seen(stage: Callable[..., Stage]) -> None:
    shown = stage()
    assert shown.page._turn.isActive()
    shown.page.hide()
    assert not shown.page._turn.isActive()


def test_trouble_is_told_and_the_page_stays_as_it_was(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = stage(three_entries)
    before = shown.lines()

    def broken(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("integrate.ui.pages.today.page.read_today", broken)
    shown.open()
    assert [type(trouble) for trouble in shown.shell.troubles] == [RuntimeError]
    assert shown.lines() == before


# --- keyboard, sizes, speed -------------------------------------------------------------------------------------------


def test_the_keyboard_reaches_everything_in_the_order_of_reading(stage: Callable[..., Stage]) -> None:
    shown = stage(three_entries)
    heading = shown.page.heading()
    assert heading is not None
    heading.setFocus()
    names = []
    for _step in range(20):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        names.append(focused.accessibleName() or cast("QAbstractButton", focused).text())
        if names[-1] == names[0] and len(names) > 1:
            break
    assert names[0] == "New entry"
    assert names[1].startswith("Mood, ")
    assert names[8:14] == [
        "Earlier check-ins", "Phase: Integrate", "Write", "Another prompt", "or just start with a blank page",
        "All entries",
    ]  # fmt: skip
    assert names[14:17] == shown.lines()


def test_regions_are_header_question_and_entries(stage: Callable[..., Stage]) -> None:
    shown = stage(three_entries)
    header, question, entries = shown.page.regions()
    assert header.isAncestorOf(button(shown.page, "New entry"))
    assert question.isAncestorOf(shown.card)
    assert entries.isAncestorOf(shown.side.entry_lines()[0])


@pytest.mark.parametrize(("size", "width"), [(100, 632), (100, 776), (100, 1064), (120, 614), (200, 544), (200, 1104)])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_nothing_is_cut_at_any_width_and_text_size(
    stage: Callable[..., Stage], make_theme: Callable[..., Theme], size: int, width: int, direction: Qt.LayoutDirection
) -> None:
    shown = stage(three_entries, theme=make_theme(text_size=size))
    shown.window.setLayoutDirection(direction)
    shown.resize(width, 560)
    visible = [w for w in shown.page.findChildren(QWidget) if w.isVisible() and w is not shown.page]
    for widget in visible:
        if isinstance(widget, (QAbstractButton, Text)):
            assert widget.width() >= widget.minimumSizeHint().width(), widget.accessibleName()
            place = widget.mapTo(shown.page, widget.rect().topLeft()).x()
            assert place >= 0, widget.accessibleName()
            assert place + widget.width() <= shown.page.width(), widget.accessibleName()
        if isinstance(widget, Text):
            assert widget.height() >= widget.heightForWidth(widget.width()), widget.words()


def test_opening_takes_no_more_than_fifty_milliseconds(stage: Callable[..., Stage]) -> None:
    shown = stage(three_entries)
    taken = []
    for _attempt in range(3):
        begun = time.thread_time()
        page = TodayPage(shown.page.context)
        page.opened()
        page._show_day()
        taken.append(time.thread_time() - begun)
        shown.settle()
        page.deleteLater()
        run_events()
    assert min(taken) < 0.05


def test_nothing_keeps_the_page_once_it_is_destroyed(stage: Callable[..., Stage]) -> None:
    constants = [kept for kept in gc.get_objects() if isinstance(kept, EntrySummary)]  # of other tests
    shown = stage(three_entries)
    page = shown.page
    page.setParent(None)
    page.deleteLater()
    run_events()
    assert not shiboken6.isValid(page)
    shown.page = cast("TodayPage", shown.window)  # its owner for the rest of the test
    del page
    gc.collect()
    left = [kept for kept in gc.get_objects() if isinstance(kept, (TodayPage, EntrySummary))]
    assert not [kept for kept in left if not any(kept is known for known in constants)]
