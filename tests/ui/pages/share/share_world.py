"""The real program, offscreen, with Share on the screen and something in the journal to choose from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.domain.entry import Draft
from integrate.domain.sharing import Recipient
from integrate.domain.times import ZonedTime
from integrate.journal.opening import Access, Journal, open_journal
from integrate.journal.recipients import add_recipient
from integrate.journal.writing import add_entry
from integrate.ui.pages.share.page import SharePage
from integrate.ui.shell.shell import Shell
from integrate.ui.widgets.sheet import Sheet
from tests.ui.pages.settings_world import EVENING, SLOW, World
from tests.ui.pages.trends.trends_world import TOTALS, ZONE, fill_in, write_moods, write_sessions
from tests.ui.waiting import run_events, wait_until

T = TypeVar("T")
S = TypeVar("S", bound=Sheet)

PHRASE = "harbour lantern mosaic teaspoon violet anchor"
OPEN_WORDS = "The kitchen was quiet.\r\nI let it be \U0001f30a quiet.\nThen the bus came."
CANARY = "zanzibar-canary"


def write_entries(journal: Journal, count: int = 2) -> None:
    """Some entries, the newest with the words above, and one that is never share."""
    for number in range(count):
        at = ZonedTime(EVENING - timedelta(days=number + 1), ZONE)
        body = OPEN_WORDS if number == 0 else f"Evening {number}."
        add_entry(journal, Draft(body, at, f"Entry {number}"))
    at = ZonedTime(EVENING - timedelta(hours=2), ZONE)
    add_entry(journal, Draft(f"{CANARY} is nobody's business.", at, CANARY, never_share=True))


def write_everything(journal: Journal) -> None:
    """Moods, two sessions, two questionnaires, three entries, somebody with a phrase."""
    write_moods(journal, 30)
    write_sessions(journal)
    for at, option in TOTALS:
        fill_in(journal, at, option)
    write_entries(journal)
    add_recipient(journal, "Ines Moreau", "therapist", phrase=PHRASE)


class ShareWorld(World):
    """A program whose window shows Share."""

    def prepare(self, work: Callable[[Journal], T]) -> T:
        with open_journal(self.sample.place, self.sample.by_words, Access.WRITE, clock=self.clock) as journal:
            return work(journal)

    def open_page(self, *, read_only: bool = False) -> SharePage:
        """Unlock, go to the page and wait for what there is to choose from."""
        failures: list[Exception] = []
        self.program.unlock(self.sample.by_words, failures.append, read_only=read_only)
        wait_until(lambda: bool(failures) or isinstance(self.program.window.scene(), Shell), SLOW)
        assert not failures
        self.shell.go("share")
        self.program.window.activateWindow()
        wait_until(lambda: self.program.window._actions is not None)  # keys come a moment after the picture
        wait_until(lambda: self.share.offer is not None)
        wait_until(lambda: self.share._entries is None)
        wait_until(self.program.window.isActiveWindow)
        run_events()
        return self.share

    @property
    def share(self) -> SharePage:
        return cast("SharePage", self.shell.current_page())

    def choose(self, name: str) -> None:
        """Choose who it is for."""
        combo = self.share.chooser.person.field.combo
        place = next(at for at in range(combo.count()) if combo.itemText(at).startswith(name))
        combo.setCurrentIndex(place)
        combo.activated.emit(place)
        run_events()

    def person(self) -> Recipient:
        found = self.share.person()
        assert isinstance(found, Recipient)
        return found

    def ready(self) -> None:
        """Wait until the pages of what is chosen are there."""
        wait_until(lambda: self.share.prepared is not None, SLOW)
        run_events()

    def sheet(self, kind: type[S]) -> S:
        """The sheet of this kind that lies on top."""
        found = [sheet for sheet in self.program.window.findChildren(kind) if sheet.isVisible()]
        assert found, kind
        return found[-1]

    def sheets(self) -> list[Sheet]:
        return [sheet for sheet in self.program.window.findChildren(Sheet) if sheet.isVisible()]

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.program.window, key, modifiers)
        run_events()
