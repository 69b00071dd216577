"""What outlives any open journal: settings, looks, the clock, and what is made when it is first asked for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from integrate.errors import KnownError
from integrate.system.clock import Clock
from integrate.system.local_settings import LocalSettings, read_settings, write_settings
from integrate.system.paths import Paths
from integrate.ui.theme.look import LARGEST_TEXT, SMALLEST_TEXT, Look
from integrate.ui.theme.theme import Theme

if TYPE_CHECKING:
    from integrate.system.keyring import KeyStore
    from integrate.ui.platform.clipboard import GuardedClipboard
    from integrate.ui.tasks import Lane, Mailbox


class Belongings(QObject):
    """The part of the program that knows no journal. See :class:`integrate.ui.page.ProgramPort`."""

    def __init__(self, application: QApplication, paths: Paths, clock: Clock, key_store: KeyStore | None) -> None:
        super().__init__(application)
        self.application = application
        self.paths = paths
        self.clock = clock
        self._settings = read_settings(paths)
        self._key_store = key_store
        self._mailbox_made: Mailbox | None = None
        self._background: Lane | None = None
        self._clipboard: GuardedClipboard | None = None
        self.theme = Theme(application, look_of(self._settings))

    @property
    def settings(self) -> LocalSettings:
        """What was chosen about this computer."""
        return self._settings

    def change_settings(self, **changes: Any) -> None:
        """Choose something else. A disk that refuses keeps it for this run only; looks are no reason for a message."""
        self._settings = replace(self._settings, **changes)
        with suppress(KnownError):
            write_settings(self.paths, self._settings)
        self.theme.set_look(look_of(self._settings))

    @property
    def background(self) -> Lane:
        """Work that needs no open journal."""
        if self._background is None:
            from integrate.ui.tasks import Lane

            self._background = Lane("background", self.mailbox)
        return self._background

    @property
    def mailbox(self) -> Mailbox:
        """Where answers of other threads arrive."""
        if self._mailbox_made is None:
            from integrate.ui.tasks import Mailbox

            self._mailbox_made = Mailbox(self)
        return self._mailbox_made

    @property
    def clipboard(self) -> GuardedClipboard:
        """Copies of words."""
        if self._clipboard is None:
            from integrate.ui.platform.clipboard import GuardedClipboard

            self._clipboard = GuardedClipboard(self)
        return self._clipboard

    @property
    def keyring(self) -> KeyStore:
        """This computer's keyring."""
        if self._key_store is None:
            from integrate.system.keyring import KeyringStore

            self._key_store = KeyringStore()
        return self._key_store


def look_of(settings: LocalSettings) -> Look:
    """How the window looks, by what was chosen."""
    return Look(settings.theme, settings.text_size, settings.reduced_motion, settings.ui_font)


def text_size_after(settings: LocalSettings, by: int) -> int:
    """The text size (per cent) after a step of so many, within what there is."""
    return min(max(settings.text_size + by, SMALLEST_TEXT), LARGEST_TEXT)
