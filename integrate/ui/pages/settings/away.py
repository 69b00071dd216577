"""What happens to a journal that is not open: it is moved, or erased. The page that asked is gone by then."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from integrate.errors import KeyringUnavailable
from integrate.i18n import _
from integrate.system.lock_source import LockReason
from integrate.ui.pages.settings.counter import Counter
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.progress import ProgressLine
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.journal.moving import Erased
    from integrate.system.keyring import KeyStore
    from integrate.system.paths import Paths
    from integrate.ui.page import ProgramPort
    from integrate.ui.theme.theme import Theme

_LOOK: Final = 100  # milliseconds between two looks at the progress


def lock_and_move(theme: Theme, window: QWidget, program: ProgramPort, place: Path, new_place: Path) -> None:
    """Lock the journal at ``place``, move it to ``new_place``, and ask for its passphrase there."""
    program.lock(LockReason.ASKED, partial(_move, theme, window, program, place, new_place))


def lock_and_erase(theme: Theme, window: QWidget, program: ProgramPort, place: Path, keyring_name: str) -> None:
    """Lock the journal at ``place``, erase it for good, and welcome a new one.

    ``keyring_name`` is the journal's id in hex, under which the keyring may hold a key that opens nothing any more.
    """
    program.lock(LockReason.ASKED, partial(_erase, theme, window, program, place, keyring_name))


def _move(theme: Theme, window: QWidget, program: ProgramPort, place: Path, new_place: Path) -> None:
    sheet = AwaySheet(theme, window, _("Moving your journal"), _("Copying, and comparing every byte."))

    def moved(emptied: bool) -> None:
        if program.place == place:  # meanwhile another one may have been chosen
            program.switch_to(new_place)
        words = _("It lies at {place} now. Type your passphrase to open it.").format(place=new_place)
        if not emptied:
            left = _("Something was left at the old place, {place}: it could not be removed.").format(place=place)
            words = f"{words} {left}"
        sheet.tell(_("Your journal was moved"), words)

    def refused(error: Exception) -> None:
        if program.place == place:
            program.switch_to(place)
        sheet.tell(_("Your journal was not moved"), _why(error))

    sheet.open()
    program.background.submit(sheet, partial(_do_move, place, new_place, sheet.counter), moved, refused)


def _erase(theme: Theme, window: QWidget, program: ProgramPort, place: Path, keyring_name: str) -> None:
    sheet = AwaySheet(theme, window, _("Erasing your journal"), _("The keys go first; then everything else."))

    def erased(result: Erased) -> None:
        if program.place == place:  # meanwhile another one may have been chosen
            program.change_settings(journal="")
            program.start_new()
        words = _(
            "Its automatic copies went with it. Backups you saved elsewhere and files you exported are still there."
        )
        if result.foreign:
            kept = _("Files in its folder that were not the journal's were left alone, at {place}.").format(place=place)
            words = f"{words} {kept}"
        sheet.tell(_("Your journal is erased"), words)

    def refused(error: Exception) -> None:
        if program.place == place:
            program.switch_to(place)
        sheet.tell(_("Your journal was not erased"), _why(error))

    sheet.open()
    work = partial(_do_erase, place, program.keyring, keyring_name, program.paths)
    program.background.submit(sheet, work, erased, refused)


def _why(error: Exception) -> str:
    return " ".join(failure_words(error)).rstrip()


def _do_move(place: Path, new_place: Path, counter: Counter) -> bool:
    from integrate.journal.moving import move_journal

    return move_journal(place, new_place, counter)


def _do_erase(place: Path, keyring: KeyStore | None, keyring_name: str, paths: Paths) -> Erased:
    from integrate.journal.moving import erase_journal
    from integrate.journal.shown_locked import forget_all

    put_back = forget_all(place, paths)
    try:
        erased = erase_journal(place)
    except BaseException:
        put_back()
        raise
    if keyring is not None and keyring_name:
        with suppress(KeyringUnavailable):  # what is left there opens nothing
            keyring.remove(keyring_name)
    return erased


class AwaySheet(Sheet):
    """Lies over the lock screen while something is done to the closed journal, and then says what came of it."""

    def __init__(self, theme: Theme, host: QWidget, title: str, text: str) -> None:
        super().__init__(theme, host, title, width=540, level=3, close_button=False, fills=False)
        self.counter = Counter()
        self.told = False
        self.line = ProgressLine(theme, text)
        self.words = Text(theme, "", "body", "ink2")
        self.words.hide()
        self.shut = Button(theme, _("Close"))
        self.shut.hide()
        self.shut.clicked.connect(self.close)
        self.body.addWidget(self.line)
        self.body.addWidget(self.words)
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addStretch(1)
        self.footer.addWidget(self.shut)
        self._look = QTimer(self, interval=_LOOK)
        self._look.timeout.connect(self._show_progress)
        self._look.start()

    def tell(self, title: str, text: str) -> None:
        """Say how it ended; from now on the sheet can be closed."""
        self.told = True
        self._look.stop()
        self.heading.set_text(title)
        self.panel.setAccessibleName(title)
        self.panel.setAccessibleDescription(text)
        self.line.hide()
        self.words.set_text(text)
        self.words.show()
        self.shut.show()
        self.raise_()
        self.initial_focus = self.shut
        self.focus_in()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes only what is finished."""
        if self.told:
            super().keyPressEvent(event)
        else:
            event.accept()

    def _show_progress(self) -> None:
        done, total = self.counter.state()
        self.line.set_progress(done, total, self.counter.words())
