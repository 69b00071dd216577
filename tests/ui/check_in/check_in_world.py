"""A window with the check-in card over a real journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from integrate.domain.check_ins import CheckIn
from integrate.domain.measures import Measure
from integrate.domain.times import ZonedTime
from integrate.domain.where import where_am_i
from integrate.journal.check_ins import list_check_ins
from integrate.journal.measures import list_measures
from integrate.journal.opening import Access, Journal
from integrate.journal.preferences import read_preferences
from integrate.system.clock import FixedClock
from integrate.ui.check_in.card import CheckInCard, CheckInPanel
from integrate.ui.check_in.earlier import EarlierSheet
from integrate.ui.check_in.reading import CheckInNow, read_check_in
from integrate.ui.check_in.rows import Row
from integrate.ui.desk import Desk
from integrate.ui.page import PageContext, ProgramPort
from integrate.ui.tasks import Mailbox
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from tests.conftest import Sample
from tests.ui.pages.stand_ins import NotingShell, button
from tests.ui.waiting import run_events, wait_until

ZONE = "Europe/Lisbon"
EVENING = datetime(2026, 10, 8, 18, 24, tzinfo=UTC)  # 19:24 in Lisbon

S = TypeVar("S", bound=Sheet)


class UndoingShell(NotingShell):
    """Also keeps how the last toast is undone."""

    undo: Callable[[], None] | None = None

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        super().toast(text, undo)
        self.undo = undo


class CheckInWorld:
    """The card reads anew whenever the journal changes, as the page around it does."""

    def __init__(self, theme: Theme, sample: Sample, access: Access = Access.WRITE) -> None:
        self.clock = FixedClock(EVENING, ZONE)
        journal = sample.open(access, clock=self.clock)
        self.theme = theme
        self.desk = Desk(journal, read_preferences(journal), Mailbox())
        self.window = QWidget()
        self.shell = UndoingShell(self.window)
        # A card asks nothing of the program.
        self.context = PageContext(theme, self.desk, self.shell, cast("ProgramPort", None))
        self.card = CheckInCard(self.context)
        column = QVBoxLayout(self.window)
        column.addWidget(self.card)
        column.addStretch(1)
        self.window.resize(640, 760)
        self.card.set_room(620, narrow=False)
        self.desk.changed.connect(self._read)
        self.window.show()
        self.window.activateWindow()
        self._read(None)
        self.settle()

    def _read(self, _changes: object) -> None:
        if self.desk.is_open:
            now = ZonedTime(self.clock.now(), self.clock.zone())
            where, day = where_am_i((), now), now.local_date()
            self.desk.read(self.window, lambda journal, _stop: read_check_in(journal, where, day), self._show)

    def _show(self, now: CheckInNow) -> None:
        self.card.show_now(now, ZonedTime(self.clock.now(), self.clock.zone()))
        self.card.setVisible(self.card.has_something())

    @property
    def panel(self) -> CheckInPanel:
        assert self.card.panel is not None
        return self.card.panel

    def row(self, name: str) -> Row:
        return next(row for row in self.panel.form.rows if row.asked.definition.name == name)

    def settle(self) -> None:
        """Wait until all that was asked for, and what that asked for, is there."""
        for _round in range(3):
            self._settle_once()

    def _settle_once(self) -> None:
        answered: list[object] = []
        self.desk.write(self.window, lambda _journal: 1, answered.append)
        wait_until(lambda: bool(answered))
        self.desk.read(self.window, lambda _journal, _stop: 2, answered.append)
        wait_until(lambda: len(answered) == 2)

    def ask(self, work: Callable[[Journal], object]) -> object:
        """What ``work`` answers of the journal as it is."""
        found: list[object] = []
        self.desk.read(self.window, lambda journal, _stop: work(journal), found.append)
        wait_until(lambda: bool(found))
        return found[0]

    def write(self, work: Callable[[Journal], object]) -> None:
        self.desk.write(self.window, work)
        self.settle()

    def check_ins(self) -> list[CheckIn]:
        """Those in the journal, the newest first."""
        found = cast("tuple[object, ...]", self.ask(list_check_ins))
        return [one for one in found if isinstance(one, CheckIn)]

    def measures(self) -> dict[str, Measure]:
        """All that can be asked, by their names."""
        found = cast("tuple[object, ...]", self.ask(lambda journal: list_measures(journal, all=True)))
        return {one.name: one for one in found if isinstance(one, Measure)}

    def answers(self) -> dict[str, object]:
        """What the newest check-in holds, by the names of its measures; None is "No answer"."""
        names = {measure.id: name for name, measure in self.measures().items()}
        return {
            names[one.measure_id]: one.words or one.value for one in self.check_ins()[0].draft.answers
        }  # fmt: skip

    def press(self, name: str) -> None:
        button(self.window, name).click()
        self.settle()

    def keys(self, keys: str) -> None:
        """Type into whatever has the focus."""
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        QTest.keyClicks(focused, keys)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        QTest.keyClick(focused, key, modifier)
        self.settle()

    def words(self) -> list[str]:
        return [text.words() for text in self.window.findChildren(Text) if text.isVisible() and text.words()]

    def names(self) -> set[str]:
        """The words of all buttons in sight."""
        found = self.window.findChildren(QAbstractButton)
        return {one.accessibleName() or one.text() for one in found if one.isVisible()}

    def sheet(self, kind: type[S]) -> S:
        found = [one for one in self.window.findChildren(kind) if one.isVisible()]
        assert len(found) == 1
        return found[0]

    def earlier(self) -> EarlierSheet:
        self.press("Earlier check-ins")
        return self.sheet(EarlierSheet)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        run_events()
        done: list[object] = []
        self.desk.close(lambda _journal: None, lambda *answer: done.append(answer))
        wait_until(lambda: bool(done))
        assert self.desk.ended(5)
