"""Words that nobody expected: a pasted novel, names of 300 characters, emoji, scripts from right to left."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from integrate.domain.entry import Phase, SessionRef
from integrate.domain.moments import Mark, MomentKind
from integrate.domain.sessions import LineKind
from integrate.domain.threads import Station
from integrate.journal.insights import add_insight
from integrate.journal.letters import write_letter
from integrate.journal.moments import add_moment
from integrate.journal.opening import Journal
from integrate.journal.practices import begin_practice
from integrate.journal.sessions import add_line, change_session
from integrate.journal.threads import begin_thread
from integrate.ui.pages.sessions.parts import ThreadLink, clipped
from integrate.ui.pages.sessions.session_view import SessionView
from integrate.ui.pages.sessions.show_all import AllSheet
from integrate.ui.widgets.buttons import Button
from tests.a11y.checks import cut_off
from tests.ui.conftest import right_to_left
from tests.ui.pages.sessions.sessions_world import SessionsWorld, at, held
from tests.ui.pages.sessions.test_session import lines_of, section
from tests.ui.waiting import run_events

LENGTH: Final = 100_000
LIMIT: Final = 0.1
"""Seconds of work in one go: twice the 50 ms that are promised, since tests share their machine."""

NOVELS = {
    "one paragraph": ("She walked into the garden and the rain had stopped. " * LENGTH)[:LENGTH],
    "paragraphs": ("She walked into the garden.\n" * LENGTH)[:LENGTH],
    "right to left": ("היא יצאה אל הגן והגשם פסק. 🌊\n" * LENGTH)[:LENGTH],
    "one word": "a" * LENGTH,
}
ODD = {
    "long": "a" * 300,
    "emoji": "🌊👩‍👩‍👧‍👦 " * 60,
    "right to left": "שלום ותודה רבה " * 20,
    "markup": "<b>bold</b> & <script> &amp; %s {name} " * 7,
}


def view(world: SessionsWorld) -> SessionView:
    return world.sessions_page.session


def busy(work: Callable[[], object]) -> float:
    """Seconds that the main thread works on something, without those in which it waits for its turn."""
    begin = time.thread_time()
    work()
    return time.thread_time() - begin


@pytest.mark.parametrize("name", NOVELS)
def test_a_novel_as_intention_is_kept_whole_and_keeps_nobody_waiting(
    world: SessionsWorld, ids: dict[int, UUID], name: str
) -> None:
    novel = NOVELS[name]
    world.open_session(ids[5])
    intentions = section(world, LineKind.INTENTION)
    edit = intentions.editor.area.edit
    intentions.add_button.click()
    run_events()
    edit.setPlainText("שלום 🌊")  # the fonts that are needed are loaded
    run_events()
    edit.clear()
    QApplication.clipboard().setText(novel)
    taken = [busy(edit.paste), busy(run_events)]
    taken += [busy(lambda: QTest.keyClick(edit, Qt.Key.Key_A)), busy(run_events), busy(intentions.keep)]
    world.settle()
    [line] = lines_of(world, ids[5], LineKind.INTENTION)
    assert line.text == f"{novel}a"
    row = next(one for one in intentions.findChildren(Button) if one.text() == "Show all of it")
    taken += [busy(row.click), busy(run_events)]
    assert world.sheet(AllSheet).area.text() == f"{novel}a"
    world.key(Qt.Key.Key_Escape)
    taken += [busy(lambda: intentions._begin("text", line)), busy(run_events)]
    assert intentions.editor.text() == f"{novel}a"
    taken += [busy(intentions.editor.close_field), busy(view(world).read), busy(run_events)]
    assert max(taken) < LIMIT, [f"{one * 1000:.0f} ms" for one in taken]


def fill_oddly(journal: Journal, ids: dict[int, UUID]) -> None:
    change_session(
        journal, ids[4], held(10, 5, dose=ODD["markup"].strip(), present=", ".join(ODD.values()).strip())
    )  # fmt: skip
    for text in ODD.values():
        for kind in LineKind:
            add_line(journal, ids[4], kind, text)
        insight = add_insight(journal, text, about=SessionRef(1, 4)).insight
        practice = begin_practice(journal, text, insight_id=insight.id).practice
        begin_thread(journal, text, [(Station.INSIGHT, insight.id), (Station.PRACTICE, practice.id)])
        write_letter(journal, ids[4], text)
        add_moment(journal, ids[4], Mark(MomentKind.WORDS, at(10, 5, 15), words=text * 5))


@pytest.mark.parametrize("phase", list(Phase))
def test_odd_words_are_shown_as_they_are_and_nothing_hangs_out(
    world: SessionsWorld, ids: dict[int, UUID], phase: Phase
) -> None:
    world.ask(lambda journal: fill_oddly(journal, ids))
    world.open_session(ids[4])
    view(world).stages.open_only(phase)
    world.settle()
    page = world.sessions_page
    assert not cut_off(page)
    shown = world.words()
    if phase is not Phase.EXPERIENCE:
        assert {text.strip() for text in ODD.values()} <= {words.strip() for words in shown}
    world.program.window.resize(720, 832)
    right_to_left(world.program.window)
    world.settle()
    assert not cut_off(page)
    world.program.window.grab()


def test_a_tick_with_a_word_wider_than_the_page_can_be_read_whole(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.ask(lambda journal: add_line(journal, ids[5], LineKind.CHECK, ODD["long"]))
    world.open_session(ids[5])
    checks = section(world, LineKind.CHECK)
    assert checks.findChildren(QCheckBox)[-1].width() <= view(world).width()
    button = next(one for one in checks.findChildren(Button) if one.text() == "Show all of it")
    button.click()
    assert world.sheet(AllSheet).area.text() == ODD["long"]


def test_many_lines_are_made_a_few_at_a_time(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.ask(lambda journal: [add_line(journal, ids[6], LineKind.HOPE, f"Hope {number}") for number in range(100)])
    world.open_session(ids[6])
    hopes = section(world, LineKind.HOPE)
    assert hopes.more_button.text() == "Show 80 more"
    assert busy(hopes.more_button.click) < LIMIT
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "More about “Hope 20”"
    for _press in range(3):
        assert busy(hopes.more_button.click) < LIMIT
    assert not hopes.more_button.isVisible()
    assert len(hopes.lines()) == 100


def test_a_line_written_behind_those_that_are_shown_is_seen(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.ask(lambda journal: [add_line(journal, ids[6], LineKind.HOPE, f"Hope {number}") for number in range(20)])
    world.open_session(ids[6])
    hopes = section(world, LineKind.HOPE)
    hopes.add_button.click()
    world.type_words("One more")
    world.key(Qt.Key.Key_Return)
    assert "One more" in world.words()
    assert not hopes.more_button.isVisible()


def test_a_thread_with_a_long_name_stays_in_its_column(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    def hang(journal: Journal) -> None:
        insight = add_insight(journal, "I may rest", about=SessionRef(1, 3)).insight
        begin_thread(journal, "W" * 300, [(Station.INSIGHT, insight.id)])

    world.ask(hang)
    world.open_session(ids[3])
    [link] = view(world).integrate.thoughts.findChildren(ThreadLink)
    assert link.width() <= view(world).integrate.width()
    assert link.height() >= link.heightForWidth(link.width()) > 2 * 18, "it goes on in the next line"


@pytest.mark.parametrize("text", [*ODD.values(), "", "word", "x" * 600, "x" * 601, "ab cd " * 200, "a\n" * 700])
def test_what_is_cut_is_the_beginning_and_says_so(text: str) -> None:
    shown = clipped(text)
    assert len(shown) <= 601
    if len(text) <= 600:
        assert shown == text
    else:
        assert shown.endswith("…")
        assert text.startswith(shown[:-1])
        assert len(shown) > 550
