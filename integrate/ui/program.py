"""The program while its window is open: which scene is shown, and every way from one to the next.

Locked, opening, open: there is no state in between. Locking first saves, then takes the pages away, and ends with a
sealed journal and wiped keys; only then can the same journal be opened again.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication

from integrate.system.clock import Clock
from integrate.system.lock_source import LockReason
from integrate.system.paths import Paths
from integrate.ui.belongings import Belongings, text_size_after
from integrate.ui.geometry import restore_size, size_of
from integrate.ui.last_words import LastWords
from integrate.ui.looking_around import LookingAround
from integrate.ui.rooms import Rooms
from integrate.ui.theme.look import TEXT_STEP
from integrate.ui.window import MainWindow

if TYPE_CHECKING:
    from uuid import UUID

    from integrate.domain.entry import Changes
    from integrate.domain.preferences import Preferences
    from integrate.journal.opening import Journal, Secret
    from integrate.system.keyring import KeyStore
    from integrate.ui.desk import Desk
    from integrate.ui.guards import Guards
    from integrate.ui.look_back import LookBack
    from integrate.ui.opening import Opened
    from integrate.ui.page import NewJournal
    from integrate.ui.room_card import RoomCard
    from integrate.ui.scene import Scene
    from integrate.ui.shell.shell import Shell
    from integrate.ui.tasks import Failed

_PATIENCE: Final = 1000
"""Milliseconds a panic lock waits for the journal before the process ends itself: everything saved is on the disk."""

_TWICE: Final = 1500  # milliseconds within which a second Ctrl L means: out of sight as well


class Program(Belongings):
    """One window and at most one open journal. See :class:`integrate.ui.page.ProgramPort` for what others may ask."""

    def __init__(
        self,
        application: QApplication,
        paths: Paths,
        clock: Clock,
        *,
        place: Path | None = None,
        key_store: KeyStore | None = None,
        guards: Callable[[Program], Guards] | None = None,
    ) -> None:
        super().__init__(application, paths, clock, key_store)
        self.place = place or (Path(self._settings.journal) if self._settings.journal else paths.default_journal)
        self._desk: Desk | None = None
        self._shell: Shell | None = None
        self._look_back: LookBack | None = None
        self._closing: Desk | None = None
        self._after_closing: list[Callable[[], None]] = []
        self._last_words = LastWords(self)
        self._rooms = Rooms(self, self)
        self._looking = LookingAround(self, self.show_welcome, self.show_lock, self)
        self._return_to: tuple[UUID, str] | None = None
        self._make_guards = guards
        self._guards: Guards | None = None
        self._serial = 0  # counts scenes of a locked journal: an answer for an earlier one is closed again
        self._opening: int | None = None  # for which of them a journal is being opened or made
        self.window = MainWindow(self.theme, self.perform)
        self._lock_twice = QTimer(self, singleShot=True, interval=_TWICE)
        self._panic = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._panic.timeout.connect(_end_at_once)
        self.window.painted.connect(self._complete)
        self.window.closing.connect(self._quit_asked)
        self.window.minimised.connect(self._minimised)
        restore_size(self.window, self._settings)

    @property
    def desk(self) -> Desk | None:
        """The open journal."""
        return self._desk

    @property
    def locked(self) -> bool:
        """Whether no journal is open and none is still being sealed."""
        return self._desk is None and self._closing is None

    # --- scenes -------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the first scene and the window: Lock where there is a journal or was one, Welcome where there is none.

        One that was open last and is not there now, on a disk that was taken out, is not taken for a first start.
        """
        from integrate.ui.opening import may_be_there

        if may_be_there(self.place) or str(self.place) == self._settings.journal:
            self.show_lock(first=True)
        else:
            self.show_welcome()
        if self._settings.maximised:
            self.window.showMaximized()
        else:
            self.window.show()

    def show_lock(self, *, first: bool = False) -> None:
        """Ask for the passphrase. ``first`` also tries this computer's keyring, where that was switched on."""
        from integrate.ui.pages.lock.page import LockScene

        self._looking.end()
        scene = LockScene(self.theme, self, try_keyring=first)
        scene.set_closing(self._closing is not None)
        self.show_scene(scene)

    def show_welcome(self) -> None:
        """Begin a new journal, or open one from elsewhere."""
        from integrate.ui.pages.welcome.page import WelcomeScene

        self._looking.end()
        self.show_scene(WelcomeScene(self.theme, self))

    def show_scene(self, scene: Scene) -> None:
        """Show a scene that has no open journal: answers for the one before it are not waited for any more."""
        self._serial += 1
        self.window.enable_for(None)
        self.window.show_scene(scene)

    # --- what scenes and pages may ask for (ProgramPort) --------------------------------------------------------------

    def unlock(self, secret: Secret, failed: Failed, *, read_only: bool = False, accept_missing: bool = False) -> None:
        """Open the journal at ``place`` beside the main thread, and show it."""
        from integrate.ui.opening import open_journal_at

        choices = {"read_only": read_only, "accept_missing": accept_missing}
        self._open(partial(open_journal_at, self.place, secret, self.clock, **choices), failed)

    def create(self, start: NewJournal, failed: Failed) -> None:
        """Make a journal, open it and show it."""
        from integrate.ui.opening import make_journal

        self.place = start.place
        if start.country:
            self.change_settings(country=start.country)
        self._open(partial(make_journal, start, self.clock), failed)

    def look_around(self, failed: Failed) -> None:
        """Make a demo and open it to read, before there is any passphrase; the window shows it."""
        begin = partial(self._looking.begin, self._open, failed)
        self._when_closed(begin)  # an earlier demo is being removed until then

    def switch_to(self, place: Path) -> None:
        """Lock, then ask for the passphrase of another journal."""
        self.lock(LockReason.ASKED, partial(self._show_lock_of, place))

    def start_new(self) -> None:
        """Lock, then welcome a new journal."""
        self.lock(LockReason.ASKED, self.show_welcome)

    def go_to_other_window(self) -> bool:
        """Bring the window that has this journal open to the front; False where the desktop has no way."""
        from integrate.ui.opening import raise_other_window

        return raise_other_window(self.place)

    def come_forward(self) -> None:
        """Another window of this program was asked for: this one is it."""
        self.window.come_forward()

    def tell_bug(self, error: BaseException) -> None:
        """A fault of the program came up where nobody expected one: say so, without anything of what it held."""
        if self._shell is not None and isinstance(error, Exception):
            with suppress(Exception):  # a fault in telling of a fault ends here
                self._shell.tell_trouble(error.with_traceback(None))

    def ask_for_room(self, session_id: UUID | None = None) -> None:
        """Ask what the session room needs to know, then open it."""
        self._rooms.ask(session_id)

    def open_room(self, session_id: UUID, card: RoomCard, failed: Failed) -> None:
        """Lock the journal and enter the session room."""
        self._rooms.open(session_id, card, failed)

    def reopen_room(self, failed: Failed) -> None:
        """Go back to the session room that was cut off."""
        self._rooms.reopen(failed)

    def help_now(self) -> None:
        """Open Help now over whatever is shown."""
        from integrate.ui.pages.help.sheet import HelpSheet

        HelpSheet.open_over(self.theme, self.window, self, self._desk)

    # --- actions ------------------------------------------------------------------------------------------------------

    def perform(self, action_id: str) -> None:
        """Do an action of the registry: the scene first, unless a sheet covers it, then what belongs to the program."""
        scene = self.window.scene()
        if scene is not None and not self.window.is_covered() and scene.perform(action_id):
            if self._shell is not None:
                self.window.enable_for(self._shell.where())
            return
        match action_id:
            case "lock":
                self._lock_asked()
            case "session_room":
                self._rooms.ask()
            case "help_now":
                self.help_now()
            case "quit" | "close":
                self._quit_asked()
            case "full_screen":
                self.window.toggle_full_screen()
            case "larger_text":
                self.change_settings(text_size=text_size_after(self._settings, TEXT_STEP))
            case "smaller_text":
                self.change_settings(text_size=text_size_after(self._settings, -TEXT_STEP))
            case "usual_text":
                self.change_settings(text_size=100)
            case "next_region":
                self.window.move_region(1)
            case "previous_region":
                self.window.move_region(-1)
            case "open_other" | "keys" | "about":
                from integrate.ui.overlays import open_sheet

                open_sheet(action_id, self, self.window)

    # --- opening ------------------------------------------------------------------------------------------------------

    def _open(self, opening: Callable[[], Opened], failed: Failed) -> None:
        from integrate.ui.opening import unless_left

        serial = self._opening = self._serial
        work = partial(unless_left, opening, lambda: self._serial == serial)
        self.background.submit(self, work, partial(self._unlocked, serial), partial(self._not_unlocked, serial, failed))

    def _not_unlocked(self, serial: int, failed: Failed, error: Exception) -> None:
        if serial == self._serial:
            self._opening = None
            self._looking.end()
            failed(error)

    def _unlocked(self, serial: int, opened: tuple[Journal, Preferences]) -> None:
        journal, preferences = opened
        if serial != self._serial or self._desk is not None:
            self.background.submit(self, journal.close, _nothing, _nothing)  # nobody waits for it any more
            return
        from integrate.ui.desk import Desk
        from integrate.ui.look_back import LookBack
        from integrate.ui.shell.shell import Shell

        desk = Desk(journal, preferences, self.mailbox)
        self._desk = desk
        self._serial += 1
        self._opening = None
        self._looking.remember(journal)
        shell = Shell(self.theme, desk, self)
        self._shell = shell
        shell.wanted.connect(self.perform)
        shell.page_shown.connect(self.window.enable_for)
        self.window.show_scene(shell)
        shell.go(self._first_page(desk))
        shell.tell_what_must_be_told()
        self._looking.tell(desk, shell)
        self._last_words.put_back(desk, shell)
        self._rooms.merge(desk, shell)
        desk.changed.connect(self._changed)
        self._look_back = LookBack(desk, self.come_forward, self._is_in_front)
        if self._guards is None and self._make_guards is not None:
            self._guards = self._make_guards(self)
        if self._guards is not None:
            self._guards.watch(desk)

    def _first_page(self, desk: Desk) -> str:
        from integrate.ui.registry import FIRST_PAGE

        return_to, self._return_to = self._return_to, None
        return return_to[1] if return_to is not None and return_to[0] == desk.journal_id else FIRST_PAGE

    # --- locking ------------------------------------------------------------------------------------------------------

    def lock(
        self, reason: LockReason, then: Callable[[], None] | None = None, show: Callable[[], None] | None = None
    ) -> None:
        """Save, take the pages away, seal, wipe; then show Lock, or do what ``then`` says. ``show`` stands for Lock."""
        if reason is LockReason.PANIC and not self._rooms.is_entered:  # beside a room there is nothing to hide
            self._go_out_of_sight()
        desk, shell = self._desk, self._shell
        if desk is None or shell is None:
            self._when_closed(then or self._refresh_lock)
            return
        self._desk = self._shell = None
        if self._look_back is not None:
            self._look_back.rest()
            self._look_back = None
        self._return_to = (desk.journal_id, shell.where())
        try:
            shell.flush()
            self.window.close_everything_over()
            shell.flush()  # what a sheet or a menu has handed to its page on closing
        finally:  # no fault of a page keeps the journal open, or on the screen
            self._closing = desk
            if self._guards is not None:
                self._guards.rest()
            desk.close(desk.saver.rescue(), partial(self._closed, desk))
            shell.wanted.disconnect(self.perform)
            self._when_closed(then or self._refresh_lock)
            (show or self._looking.show_way_in)()
            del shell
            if self._clipboard is not None:
                self._clipboard.clear()

    def _go_out_of_sight(self) -> None:
        self.window.showMinimized()
        if self._desk is not None or self._closing is not None:
            self._panic.start()
        elif self._opening == self._serial:
            self._looking.show_way_in()  # what is being opened finds nobody who waits for it, and is closed again

    def lock_at_once(self) -> None:
        """Out of sight first, then locked; within a second the keys are gone, whatever happens."""
        self.lock(LockReason.PANIC)

    def quit(self) -> None:
        """End: lock first, and close the window when everything is sealed."""
        self.change_settings(**size_of(self.window))
        self.lock(LockReason.ASKED, self._leave)

    def _closed(self, desk: Desk, aside: tuple[bytes, ...] | None, _error: Exception | None) -> None:
        """The journal is sealed (or, after a failure on the way, closed all the same) and its keys are wiped."""
        self._panic.stop()
        if aside:
            self._last_words.keep(desk.journal_id, aside)
        self._closing = None
        desk.deleteLater()
        del desk
        QPixmapCache.clear()
        re.purge()  # its cache holds patterns made of the words that were searched for
        gc.collect()
        if self._guards is not None:
            self._guards.sealed()
        waiting, self._after_closing = self._after_closing, []
        for step in waiting:
            step()

    def _when_closed(self, step: Callable[[], None]) -> None:
        if self._closing is None:
            step()
        else:
            self._after_closing.append(step)

    def _refresh_lock(self) -> None:
        from integrate.ui.pages.lock.page import LockScene

        scene = self.window.scene()
        if isinstance(scene, LockScene):
            scene.set_closing(False)

    def _show_lock_of(self, place: Path) -> None:
        self.place = place
        self.change_settings(journal=str(place))
        self.show_lock()

    def _lock_asked(self) -> None:
        if self._desk is None:
            if self._lock_twice.isActive():
                self.window.showMinimized()
            return
        if self._shell is not None and self._desk.saver.unsaved and not self._shell.lock_was_warned():
            self._shell.warn_before_locking(partial(self.lock, LockReason.ASKED))
            return
        self._lock_twice.start()
        self.lock(LockReason.ASKED)

    def _quit_asked(self) -> None:
        if self._last_words.are_kept or (self._desk is not None and self._desk.saver.unsaved):
            from integrate.ui.pages.lock.leaving import ask_to_leave

            ask_to_leave(self.theme, self.window, self.quit)
        else:
            self.quit()

    def _minimised(self) -> None:
        if self._desk is not None and self._desk.preferences.lock_on_minimise:
            self.lock(LockReason.MINIMISED)

    def _leave(self) -> None:
        self._rooms.let_go(self._end)

    def _end(self) -> None:
        if self._background is not None:
            self._background.close(drop=True)
        if self._guards is not None:
            self._guards.stop()
        self.window.let_close()
        self.application.quit()

    # --- smaller things -----------------------------------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        """Who is in the care team of another course than the current one shows while locked no more."""
        if "courses" in changes.areas and self._desk is not None and self._desk.may_write:
            from integrate.ui.pages.help.reading import tidy_up

            self._desk.write(self._desk, partial(tidy_up, paths=self.paths))

    def _is_in_front(self) -> bool:
        return self.application.activeWindow() is not None

    def _complete(self) -> None:
        """What can wait until the window is seen."""
        from integrate.ui.collector import Collector
        from integrate.ui.curtain import Curtain
        from integrate.ui.platform.capture import hide_from_capture

        Collector(self)
        self.window.complete()
        Curtain(self.theme, self.window, self._covers_on_focus_loss)
        hide_from_capture(self.window, self._settings.hide_from_capture)
        self._looking.tidy()

    def _covers_on_focus_loss(self) -> bool:
        """Only the open journal is covered, and never because of a menu or dialog of our own."""
        return self._desk is not None and self._settings.blur_on_focus_loss and not self._is_in_front()


def _nothing(_answer: object) -> None:
    """For answers nobody waits for."""


def _end_at_once() -> None:
    """A panic lock that takes too long ends the process: what was saved is durable, and no key stays in memory."""
    import os

    os._exit(0)
