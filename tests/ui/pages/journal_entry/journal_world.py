"""The real program, offscreen, with an unlocked journal and the Journal page on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from integrate.domain.entry import Draft, Entry, EntrySummary
from integrate.domain.times import ZonedTime
from integrate.journal.finding import get_entry, list_entries
from integrate.journal.opening import Access, Journal, open_journal
from integrate.ui.pages.journal.entry.pane import EntryPane
from integrate.ui.pages.journal.entry.view import EntryView
from integrate.ui.pages.journal.page import JournalPage
from integrate.ui.shell.shell import Shell
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.toast import Toast
from tests.ui.pages.settings_world import SLOW, World
from tests.ui.waiting import run_events, wait_until

T = TypeVar("T")
S = TypeVar("S", bound=Sheet)


class JournalWorld(World):
    """A program whose window shows the Journal page."""

    def open_page(self, *, read_only: bool = False, **arguments: object) -> None:
        """Unlock, and go to the page."""
        failures: list[Exception] = []
        self.program.unlock(self.sample.by_words, failures.append, read_only=read_only)
        wait_until(lambda: bool(failures) or isinstance(self.program.window.scene(), Shell), SLOW)
        assert not failures
        self.shell.go("journal", **arguments)
        self.program.window.activateWindow()
        run_events()

    @property
    def journal_page(self) -> JournalPage:
        return cast("JournalPage", self.shell.current_page())

    @property
    def entry(self) -> EntryPane:
        return self.journal_page.entry

    @property
    def view(self) -> EntryView:
        return self.entry.view

    def show(self, entry_id: UUID) -> None:
        """Open an entry and wait for its text."""
        self.shell.go("journal", entry_id=entry_id)
        wait_until(lambda: self.entry.has_entry and self.entry.current_id() == entry_id)

    def settle(self) -> None:
        """Wait until everything is on the disk, and whatever was asked for is here."""
        self.journal_page.flush()
        self.ask(lambda _journal: None)
        wait_until(lambda: all(keeper.is_done for keeper in self.entry.keepers._all()))

    def ask(self, work: Callable[[Journal], T]) -> T:
        """Have something done in the journal's own lane, after all that was asked for before."""
        answers: list[T] = []
        failures: list[Exception] = []
        desk = self.journal_page.desk
        desk.write(desk, work, answers.append, failures.append)
        wait_until(lambda: bool(answers or failures))
        assert not failures, failures
        return answers[0]

    def kept(self, entry_id: UUID | None = None) -> Entry:
        """An entry as it is on the disk, by default the one at hand."""
        wanted = entry_id or self.entry.current_id()
        assert wanted is not None
        return self.ask(lambda journal: get_entry(journal, wanted))

    def listed(self) -> list[EntrySummary]:
        """What the list holds on the disk."""
        return cast("list[EntrySummary]", self.ask(lambda journal: list(list_entries(journal))))

    def type_words(self, words: str, where: QWidget | None = None) -> None:
        """Type as a person does."""
        target = where or self.view.surface
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClicks(target, words)

    def sheet(self, kind: type[S]) -> S:
        """The open sheet of this kind."""
        wait_until(lambda: any(sheet.isVisible() for sheet in self.program.window.findChildren(kind)))
        return next(sheet for sheet in self.program.window.findChildren(kind) if sheet.isVisible())

    def toasts(self) -> list[str]:
        """The words of the toasts that are shown."""
        return [toast.text.words() for toast in self.program.window.findChildren(Toast) if toast.isVisible()]

    def wait_for_toast(self, words: str) -> None:
        wait_until(lambda: any(words in toast for toast in self.toasts()))

    def undo_toast(self) -> None:
        """Press Undo."""
        toast = next(toast for toast in self.program.window.findChildren(Toast) if toast.isVisible())
        assert toast.button is not None
        toast.button.click()

    def prepare(self, *drafts: Draft) -> list[UUID]:
        """Write entries while nothing has the journal open."""
        from integrate.journal.writing import add_entry

        with open_journal(self.sample.place, self.sample.by_words, Access.WRITE, clock=self.clock) as journal:
            return [add_entry(journal, draft).entry_id for draft in drafts]

    def written(self, body: str, **fields: object) -> Draft:
        """A draft of now."""
        fields.setdefault("at", ZonedTime(self.clock.now(), "Europe/Lisbon"))
        return Draft(body, **fields)  # type: ignore[arg-type]  # passed through


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifiers)
    run_events()


def focused() -> QWidget | None:
    return QApplication.focusWidget()
