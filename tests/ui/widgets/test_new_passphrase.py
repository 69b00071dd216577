"""Choosing a passphrase: two fields, one meter, and a judge that works beside the main thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from integrate.ui.tasks import Lane, Mailbox
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.new_passphrase import NewPassphrase
from tests.ui.waiting import wait_until


@pytest.fixture
def lane(app: QApplication) -> Iterator[Lane]:
    mailbox = Mailbox()
    lane = Lane("test", mailbox)
    yield lane
    lane.close()
    assert lane.join(10)
    mailbox.deleteLater()


@pytest.fixture
def widget(theme: Theme, lane: Lane, show: Callable[..., QWidget]) -> NewPassphrase:
    made = NewPassphrase(theme, lane, lambda: (64, 3, 4), "Passphrase")
    show(made, 500, 400)
    return made


def test_only_two_equal_passphrases_that_are_long_enough_will_do(widget: NewPassphrase) -> None:
    problems = []
    for first, second in (("", ""), ("short", "short"), ("long enough now", ""), ("long enough now", "else")):
        widget.first.edit.setText(first)
        widget.second.edit.setText(second)
        problems.append(widget.problem())
    assert len(set(problems)) == 4 and all(problems)
    widget.second.edit.setText("long enough now")
    assert widget.problem() == "" and widget.text() == "long enough now"


def test_the_meter_is_filled_beside_the_main_thread(theme: Theme, lane: Lane, show: Callable[..., QWidget]) -> None:
    threads: list[int] = []

    def cost() -> tuple[int, int, int]:
        threads.append(threading.get_ident())
        return 64, 3, 4

    widget = NewPassphrase(theme, lane, cost, "Passphrase")
    show(widget, 500, 400)
    widget.first.edit.setText("slow lantern under the fig")
    wait_until(lambda: widget.meter.filled() > 0)
    assert threads and threading.get_ident() not in threads


def test_an_answer_about_an_earlier_text_is_not_shown(widget: NewPassphrase) -> None:
    widget.first.edit.setText("slow lantern under the fig")
    widget._judge()
    widget.first.edit.setText("")
    done: list[None] = []
    widget._lane.submit(widget, lambda: None, done.append, lambda _error: None)
    wait_until(lambda: bool(done))
    assert widget.meter.filled() == 0


def test_wiping_leaves_nothing(widget: NewPassphrase) -> None:
    widget.fill("seven words that were suggested just now")
    widget.second.edit.setText("seven words")
    widget.wipe()
    assert widget.first.text() == widget.second.text() == "" and not widget.first.secret.is_shown()
    assert not widget.first.edit.isUndoAvailable()
