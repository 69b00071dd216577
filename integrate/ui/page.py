"""What every scene and page is, and what it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from integrate.system.clock import Clock
from integrate.system.local_settings import LocalSettings
from integrate.system.lock_source import LockReason
from integrate.system.paths import Paths
from integrate.ui.scene import Scene
from integrate.ui.theme.theme import Theme

if TYPE_CHECKING:
    from uuid import UUID

    from integrate.journal.opening import Secret
    from integrate.system.keyring import KeyStore
    from integrate.ui.desk import Desk
    from integrate.ui.platform.clipboard import GuardedClipboard
    from integrate.ui.room_card import RoomCard
    from integrate.ui.tasks import Failed, Lane


class ShellPort(Protocol):
    """What a page may ask of the shell around it."""

    def go(self, page_id: str, **arguments: object) -> None:
        """Show another page; ``arguments`` are handed to its ``opened``."""

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say something briefly at the bottom; with ``undo`` it can be taken back for a while."""

    def tell_trouble(self, error: Exception) -> None:
        """Show what went wrong as a banner at the top of the page."""

    def sheet_host(self) -> QWidget:
        """The widget that sheets lie over."""

    def show_writing_only(self, on: bool) -> None:
        """Hide or show everything but the page's own content; Help now stays."""

    def perform(self, action_id: str) -> bool:
        """Do an action of the registry that is the shell's or a page's; False when it is the window's."""


class ProgramPort(Protocol):
    """What outlives any open journal."""

    @property
    def theme(self) -> Theme:
        """How things look now."""

    @property
    def paths(self) -> Paths:
        """The program's own places."""

    @property
    def settings(self) -> LocalSettings:
        """What was chosen about this computer, outside any journal."""

    def change_settings(self, **changes: object) -> None:
        """Choose something else; in force at once and kept."""

    @property
    def clipboard(self) -> GuardedClipboard:
        """Copies of words, cleared again after half a minute."""

    @property
    def keyring(self) -> KeyStore:
        """This computer's keyring."""

    @property
    def clock(self) -> Clock:
        """The time, which tests and the gallery hold still."""

    @property
    def place(self) -> Path:
        """The folder of the journal that is open, or would be opened next."""

    @property
    def background(self) -> Lane:
        """Where work is done that needs no open journal: deriving keys, making a journal, looking at a folder."""

    def unlock(self, secret: Secret, failed: Failed, *, read_only: bool = False, accept_missing: bool = False) -> None:
        """Open the journal at ``place``; the window shows it, or ``failed`` is told why not.

        ``accept_missing`` goes on with a journal whose end is missing: the person was told and chose that.
        """

    def create(self, start: NewJournal, failed: Failed) -> None:
        """Make a journal and open it; the window shows it, or ``failed`` is told why not."""

    def look_around(self, failed: Failed) -> None:
        """Make a demo, open it to read and show it, before there is any passphrase; ``failed`` is told why not."""

    def switch_to(self, place: Path) -> None:
        """Lock what is open, and ask for the passphrase of the journal at ``place``."""

    def start_new(self) -> None:
        """Lock what is open, and welcome a new journal."""

    def go_to_other_window(self) -> bool:
        """Bring the window that holds this journal to the front, where the desktop lets us."""

    def ask_for_room(self, session_id: UUID | None = None) -> None:
        """Ask what the session room needs to know, then open it; ``session_id`` is the session it is for."""

    def open_room(self, session_id: UUID, card: RoomCard, failed: Failed) -> None:
        """Lock the journal and enter the session room; ``failed`` is told why not, and the journal stays open."""

    def reopen_room(self, failed: Failed) -> None:
        """Go back to the session room that was cut off, without a passphrase; ``failed`` is told why not."""

    def help_now(self) -> None:
        """Open Help now, whatever else is on the screen."""

    def lock(self, reason: LockReason, then: Callable[[], None] | None = None) -> None:
        """Lock the journal; ``then`` is called when it is sealed, in place of asking for its passphrase again."""

    def perform(self, action_id: str) -> None:
        """Do an action of the registry, whether it is the page's, the shell's or the program's."""


@dataclass(frozen=True, slots=True)
class NewJournal:
    """What Welcome has asked for. ``words`` None makes no recovery slot; ``name`` and ``country`` may be empty."""

    place: Path
    passphrase: str
    words: tuple[str, ...] | None
    name: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class PageContext:
    """Given to every page: how things look, the open journal, the shell around it, the program beneath it."""

    theme: Theme
    desk: Desk
    shell: ShellPort
    program: ProgramPort


class Page(Scene):
    """One page of the shell. It lives from its first showing until the journal is locked, and is then destroyed."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.theme = context.theme
        self.desk = context.desk

    def opened(self, **arguments: object) -> None:
        """The page is shown, for the first time or again; ``arguments`` say what it should show."""

    def flush(self) -> None:
        """Have everything saved that is not: the page is left, the window loses focus or the journal is locked."""
