"""The list in a window of 1280 x 832, drawn offscreen: its first page, a letter typed into the search, and scrolling.

All of it is measured from the event to the painted list, with the lane, the model and the painting between. Each figure
is told twice: the large journal against the small one, and against the time in which nobody notices a delay.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, cast

from benchmarks.journals import SMALL, MadeJournal, Subjects
from benchmarks.measure import Figure, compare, seconds

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from integrate.ui.page import PageContext, ProgramPort, ShellPort
    from integrate.ui.pages.journal.list.pane import ListPane
    from integrate.ui.theme.theme import Theme

LETTER = 0.050
"""Seconds from a keystroke to the list."""
FRAME = 0.016
"""Seconds from a scroll event to the painted frame."""

_ROUNDS = 5
_FRAMES = 200
_WORDS = (1, 20, 300)  # ranks of the words that are typed: the first is in nearly every entry
_LONGEST = 30.0


def listing(subjects: Subjects) -> Iterator[Figure]:
    """First page, letters and frames."""
    application, theme = _start_qt()
    name = f"{subjects.entries:,} entries / {SMALL} entries"
    with _desk(application, theme, subjects.large) as large, _desk(application, theme, subjects.small) as small:
        first = partial(_first_page, application)
        yield compare(f"first page after unlock: {name}", partial(first, large), partial(first, small), 1.5, turns=3)
        with _pane(application, large) as ours, _pane(application, small) as base:
            yield from _letters(subjects, application, ours, base, name)
            yield from _frames(application, ours, base, name)


def _letters(
    subjects: Subjects, application: QApplication, ours: ListPane, base: ListPane, name: str
) -> Iterator[Figure]:
    words = [subjects.texts.word(rank) for rank in _WORDS]
    typists = [_Typist(application, pane, words) for pane in (ours, base)]
    yield compare(f"letter typed to list painted: {name}", typists[0].type, typists[1].type, None, turns=12)
    yield _within(f"  the slowest of a hundred letters / {LETTER * 1000:.0f} ms", typists[0].type, LETTER)


def _frames(application: QApplication, ours: ListPane, base: ListPane, name: str) -> Iterator[Figure]:
    for what in ("wheel", "page", "drag"):
        scrollers = [_Scroller(application, pane, what) for pane in (ours, base)]
        yield compare(f"frame while scrolling, {what}: {name}", scrollers[0].frame, scrollers[1].frame, None, turns=40)
        yield _within(f"  the slowest of a hundred frames / {FRAME * 1000:.0f} ms", scrollers[0].frame, FRAME)
        yield compare(
            "  until every row was read and painted: the same", scrollers[0].filled, scrollers[1].filled, None
        )


def _within(name: str, timed: Callable[[], float], limit: float) -> Figure:
    """The 99th percentile against what is allowed."""
    rounds = [_slowest([timed() for _turn in range(_FRAMES)]) for _round in range(_ROUNDS)]
    return Figure(name, tuple(slow / limit for slow in rounds), 1.0, f"{max(rounds) * 1000:.3g} ms at worst")


def _slowest(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


class _Typist:
    """Types words letter by letter, and clears the field after each."""

    def __init__(self, application: QApplication, pane: ListPane, words: Sequence[str]) -> None:
        self._application = application
        self._pane = pane
        self._words = words
        self._letters: list[str] = []
        self._next = 0

    def type(self) -> float:
        """One letter: seconds until the list it leads to is painted."""
        from PySide6.QtTest import QTest

        if not self._letters:
            self._pane.search.edit.clear()
            _complete(self._application, self._pane)
            self._letters = list(self._words[self._next % len(self._words)])
            self._next += 1
        letter, begun = self._letters.pop(0), _Flag()
        connection = self._pane.source.begun.connect(begun.set)
        started = time.perf_counter()
        QTest.keyClicks(self._pane.search.edit, letter)
        _run_until(self._application, lambda: begun.on)
        self._pane.view.viewport().repaint()
        taken = time.perf_counter() - started
        self._pane.source.begun.disconnect(connection)
        return taken


class _Scroller:
    """Scrolls a list in one way. Between two frames everything in sight is read."""

    def __init__(self, application: QApplication, pane: ListPane, what: str) -> None:
        self._application = application
        self._pane = pane
        self._act = {"wheel": self._turn_wheel, "page": self._page, "drag": self._drag}[what]
        self._random = random.Random(1)  # the same places in every run
        pane.view.verticalScrollBar().setValue(0)

    def frame(self) -> float:
        """Seconds from the event to the painted frame; rows that are not here yet are bars in it."""
        taken = seconds(self._scroll)
        self._fill()
        return taken

    def filled(self) -> float:
        """Seconds from the event to a frame in which every row was read."""
        started = time.perf_counter()
        self._scroll()
        self._fill()
        return time.perf_counter() - started

    def _scroll(self) -> None:
        self._act()
        self._pane.view.viewport().repaint()

    def _fill(self) -> None:
        _run_until(self._application, self._pane.source.is_settled)
        self._pane.view.viewport().repaint()

    def _turn_wheel(self) -> None:
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent

        view, at = self._pane.view.viewport(), QPoint(100, 100)
        event = QWheelEvent(
            QPointF(at), QPointF(view.mapToGlobal(at)), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        self._application.sendEvent(view, event)

    def _page(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyClick(self._pane.view, Qt.Key.Key_PageDown)

    def _drag(self) -> None:
        bar = self._pane.view.verticalScrollBar()
        bar.setValue(self._random.randrange(max(bar.maximum(), 1)))


class _Flag:
    """Becomes true when a signal was heard."""

    on = False

    def set(self) -> None:
        """The signal was heard."""
        self.on = True


# --- a window without a screen ----------------------------------------------------------------------------------------


def _start_qt() -> tuple[QApplication, Theme]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from integrate.ui.theme.look import Look
    from integrate.ui.theme.theme import Theme

    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication(["integrate"])
    return application, Theme(application, Look("light", reduced_motion=True))


@contextmanager
def _desk(application: QApplication, theme: Theme, journal: MadeJournal) -> Iterator[PageContext]:
    from integrate.journal.preferences import read_preferences
    from integrate.ui.desk import Desk
    from integrate.ui.page import PageContext
    from integrate.ui.tasks import Mailbox

    opened, mailbox, closed = journal.open(), Mailbox(), _Flag()
    desk = Desk(opened, read_preferences(opened), mailbox)
    try:  # the list asks neither shell nor program for anything
        yield PageContext(theme, desk, cast("ShellPort", None), cast("ProgramPort", None))
    finally:
        desk.close(lambda _journal: None, lambda _answer, _error: closed.set())
        _run_until(application, lambda: closed.on)


@contextmanager
def _pane(application: QApplication, context: PageContext) -> Iterator[ListPane]:
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from integrate.ui.pages.journal.list.pane import ListPane

    window, pane, begun = QWidget(), ListPane(context), _Flag()
    pane.source.begun.connect(begun.set)
    row = QHBoxLayout(window)
    row.addWidget(pane)
    row.addStretch(1)
    window.resize(1280, 832)
    window.show()
    try:
        _run_until(application, lambda: begun.on)
        pane.view.viewport().repaint()
        yield pane
    finally:
        _complete(application, pane)
        window.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _first_page(application: QApplication, context: PageContext) -> float:
    started = time.perf_counter()
    with _pane(application, context):
        return time.perf_counter() - started


def _complete(application: QApplication, pane: ListPane) -> None:
    _run_until(application, lambda: pane.source.count is not None and pane.source.is_settled())


def _run_until(application: QApplication, condition: Callable[[], bool]) -> None:
    end = time.perf_counter() + _LONGEST
    while not condition():
        application.processEvents()
        if time.perf_counter() > end:
            msg = "the list did not answer"
            raise AssertionError(msg)
