"""The real program with a form over Today, filled in as a person does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from integrate.journal.opening import Journal, open_journal
from integrate.ui.forms.opening import open_form
from integrate.ui.forms.sheet import QuestionnaireSheet
from integrate.ui.page import Page
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from tests.conftest import Sample
from tests.ui.program_world import SLOW, World
from tests.ui.waiting import run_events, wait_until

S = TypeVar("S", bound=Sheet)


class FormsWorld(World):
    """A person at the keyboard."""

    @property
    def page(self) -> Page:
        page = self.shell.current_page()
        assert page is not None
        return page

    def unlock(self, *arguments: Any, **options: Any) -> None:
        super().unlock(*arguments, **options)
        self.window.activateWindow()
        wait_until(self.window.isActiveWindow)

    def open_form(self, key: str = "phq-9") -> QuestionnaireSheet:
        open_form(self.page.context, self.page, key)
        return self.sheet(QuestionnaireSheet)

    def focus(self) -> QWidget:
        """What has the focus."""
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def sheets(self) -> list[Sheet]:
        return [sheet for sheet in self.window.findChildren(Sheet) if sheet.isVisible()]

    def sheet(self, kind: type[S]) -> S:
        """The one sheet of a kind, once it is there."""
        wait_until(lambda: any(isinstance(sheet, kind) for sheet in self.sheets()))
        run_events()
        (found,) = [sheet for sheet in self.sheets() if isinstance(sheet, kind)]
        return found

    def wait_closed(self, sheet: Sheet) -> None:
        wait_until(lambda: sheet not in self.sheets())

    def settle(self) -> None:
        """Wait until what was asked for is done."""
        answered: list[object] = []
        for _round in range(2):
            self.page.desk.write(self.page, lambda _journal: 1, answered.append)
            self.page.desk.read(self.page, lambda _journal, _stop: 2, answered.append)
        wait_until(lambda: len(answered) == 4, SLOW)
        run_events()

    def ask(self, work: Callable[[Journal], Any]) -> Any:
        """What ``work`` answers of the open journal."""
        found: list[Any] = []
        self.page.desk.write(self.page, work, found.append)
        wait_until(lambda: bool(found))
        return found[0]

    def type(self, keys: str) -> None:
        """Type where the focus is; a space between two keys is Tab."""
        for key in keys:
            if key == " ":
                self.press(Qt.Key.Key_Tab)
            else:
                QTest.keyClicks(QApplication.focusWidget() or self.window, key)
                run_events()

    def focus_on(self, words: str) -> None:
        """Go on with Tab until the focus is on the button with these words."""
        for _stop in range(80):
            focused = QApplication.focusWidget()
            if isinstance(focused, QAbstractButton) and words in (focused.text(), focused.accessibleName()):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {words}")

    def press_button(self, words: str) -> None:
        """Reach a button by Tab and press it."""
        self.focus_on(words)
        self.press(Qt.Key.Key_Return)


def words_of(sheet: Sheet) -> list[str]:
    """All words in sight on a sheet."""
    return [text.words() for text in sheet.findChildren(Text) if text.isVisible() and text.words()]


@contextmanager
def on_disk(world: FormsWorld) -> Iterator[Journal]:
    """The journal as it is on the disk, once the program has locked it."""
    with open_journal(world.sample.place, world.sample.by_words, clock=world.clock) as journal:
        yield journal


@contextmanager
def forms_world(app: QApplication, folder: Path, sample: Sample) -> Iterator[FormsWorld]:
    """A started program with an open journal, numbers of the United States."""
    made = FormsWorld(app, folder, sample)
    made.start()
    made.program.change_settings(country="US")
    try:
        made.unlock()
        yield made
    finally:
        made.close()
