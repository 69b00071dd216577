"""Looking around first: a demo to look at, before there is any passphrase, and the way back to Welcome."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject

from integrate.i18n import _
from integrate.system.lock_source import LockReason

if TYPE_CHECKING:
    from pathlib import Path

    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.system.clock import Clock
    from integrate.ui.desk import Desk
    from integrate.ui.opening import Opened
    from integrate.ui.page import ProgramPort
    from integrate.ui.shell.shell import Shell
    from integrate.ui.tasks import Failed


class LookingAround(QObject):
    """Knows whether what is open, or being opened, is a demo of the program's own that closing removes."""

    def __init__(
        self, program: ProgramPort, show_welcome: Callable[[], None], show_lock: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._program = program
        self._show_welcome = show_welcome
        self._show_lock = show_lock
        self._on = False

    def begin(self, open_beside: Callable[[Callable[[], Opened], Failed], None], failed: Failed) -> None:
        """Have a demo made and opened with ``open_beside``; whoever leaves from now on comes back to Welcome."""
        open_beside(partial(open_demo, self._program.paths.data_folder, self._program.clock), failed)
        self._on = True

    def end(self) -> None:
        """What is shown from now on has nothing to do with a demo of ours."""
        self._on = False

    def remember(self, journal: Journal) -> None:
        """A journal was opened: it is asked for again at the next start, unless it will be gone by then."""
        from integrate.journal.looking import LookAround

        self._on = isinstance(journal, LookAround)
        if not self._on:
            self._program.change_settings(journal=str(journal.place))

    def tell(self, desk: Desk, shell: Shell) -> None:
        """Say of a demo that it is one, at once where it is ours; a journal of its own is asked first."""
        if self._on:
            self._tell(shell)
        else:
            desk.read(shell, _is_demo, partial(self._told, shell))

    def show_way_in(self) -> None:
        """What is shown once nothing is open: Welcome after looking around, else the lock screen."""
        if self._on:
            self._show_welcome()
        else:
            self._show_lock()

    def tidy(self) -> None:
        """Remove, in the background, what a run that was ended too early left there."""
        folder = self._program.paths.data_folder
        if folder.is_dir() and any(folder.glob("Look around*")):
            self._program.background.submit(self, partial(_remove_left_over, folder), _nothing, _nothing)

    def _told(self, shell: Shell, is_demo: bool) -> None:
        if is_demo and shiboken6.isValid(shell):
            self._tell(shell)

    def _tell(self, shell: Shell) -> None:
        title = _("This is a demo: everything in it is invented.")
        if self._on:
            text = _("You can look at all of it, and nothing can be changed. It is removed when you leave it.")
            actions = [(_("Make my own journal"), self._leave)]
        else:
            text = _("Its passphrase is known to everybody, so nothing of your own is safe in it.")
            actions = [(_("Make my own journal"), self._program.start_new)]
        shell.show_banner("neutral", title, text, actions)

    def _leave(self) -> None:
        self._program.lock(LockReason.ASKED)


def open_demo(folder: Path, clock: Clock) -> Opened:
    """Make a demo in ``folder`` and open it to read, beside the main thread.

    Raises:
        What :func:`integrate.journal.looking.look_around` raises.
    """
    from integrate.journal.looking import look_around
    from integrate.journal.preferences import read_preferences

    journal = look_around(folder, clock)
    try:
        return journal, read_preferences(journal)
    except BaseException:
        journal.close()
        raise


def _is_demo(journal: Journal, _stop: Stop) -> bool:
    from integrate.journal.demo import is_demo

    return is_demo(journal)


def _remove_left_over(folder: Path) -> None:
    from integrate.journal.looking import remove_left_over

    remove_left_over(folder)


def _nothing(_answer: object) -> None:
    """For answers nobody waits for."""
