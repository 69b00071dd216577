"""Every way into the session room and out of it, and what of it is told at the next unlock.

In: the use case makes the room while the journal is open; the journal is locked as always, with the room on the screen
instead of the lock; once everything is sealed the room is entered. After a crash it is entered from its file alone.
Out: the room is closed when every mark is on the disk, and the lock screen stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, Qt, QTimer

from integrate.i18n import _, ngettext
from integrate.system.lock_source import LockReason
from integrate.ui.page import ProgramPort

if TYPE_CHECKING:
    from uuid import UUID

    from integrate.domain.entry import Changes
    from integrate.journal.opening import Journal
    from integrate.journal.room import Room, RoomReport, RoomTicket
    from integrate.ui.desk import Desk
    from integrate.ui.pages.room.keeper import Keeper
    from integrate.ui.pages.room.scene import RoomScene
    from integrate.ui.platform.awake import Awake
    from integrate.ui.room_card import RoomCard
    from integrate.ui.scene import Scene
    from integrate.ui.shell.shell import Shell
    from integrate.ui.tasks import Failed, Mailbox
    from integrate.ui.window import MainWindow

_FULL: Final = Qt.WindowState.WindowFullScreen


class AroundRoom(ProgramPort, Protocol):
    """What the ways need of the program besides what every page may ask for."""

    window: MainWindow

    @property
    def desk(self) -> Desk | None:
        """The open journal."""

    @property
    def mailbox(self) -> Mailbox:
        """Where answers of other threads arrive."""

    def show_lock(self, *, first: bool = False) -> None:
        """Ask for the passphrase."""

    def show_scene(self, scene: Scene) -> None:
        """Show the scene of a journal that is locked."""

    def lock(
        self, reason: LockReason, then: Callable[[], None] | None = None, show: Callable[[], None] | None = None
    ) -> None:
        """Lock the journal, with what ``show`` puts on the screen instead of the lock."""


class Rooms(QObject):
    """The one room a program can have."""

    def __init__(self, program: AroundRoom, parent: QObject) -> None:
        super().__init__(parent)
        self._program = program
        self._keeper: Keeper | None = None
        self._scene: RoomScene | None = None
        self._awake: Awake | None = None
        self._before = Qt.WindowState.WindowNoState
        self._asked = False

    @property
    def is_entered(self) -> bool:
        """Whether a room stands open, and the journal beside it is sealed."""
        return self._keeper is not None and self._keeper.is_entered

    # --- in -----------------------------------------------------------------------------------------------------------

    def ask(self, session_id: UUID | None = None) -> None:
        """Ask which session it is for and what may be shown, in a sheet; ``session_id`` is chosen already."""
        desk = self._program.desk
        if desk is not None:
            from integrate.ui.pages.room.start_sheet import StartSheet

            StartSheet.open_over(self._program.window, self._program, desk, session_id)

    def open(self, session_id: UUID, card: RoomCard, failed: Failed) -> None:
        """Lock the journal and enter a room for a session. ``failed`` is told why not; the journal stays open then."""
        desk = self._program.desk
        if desk is None or self._asked or self._keeper is not None:
            return
        self._asked = True
        desk.write(self, partial(_open_room, session_id), partial(self._ready, desk, card), partial(self._not, failed))

    def reopen(self, failed: Failed) -> None:
        """Enter the room again that was cut off, without any passphrase. ``failed`` is told why not."""
        if self._asked or self._keeper is not None:
            return
        self._asked = True
        work = partial(_reopen_room, self._program)
        self._program.background.submit(self, work, self._reopened, partial(self._not, failed))

    def _not(self, failed: Failed, error: Exception) -> None:
        self._asked = False
        failed(error)

    def _ready(self, desk: Desk, card: RoomCard, ticket: RoomTicket) -> None:
        self._asked = False
        if self._program.desk is not desk:
            self._give_up(ticket)
            return
        try:
            scene = self._make(card, 0)
        except BaseException:  # a fault of ours must not keep the journal from being opened again
            desk.write(self, ticket.hand_back)
            raise
        go_on: Callable[[], None] = partial(self._lock_and_enter, desk, ticket, scene)
        QTimer.singleShot(0, self, go_on)  # one long breath of the main thread less

    def _lock_and_enter(self, desk: Desk, ticket: RoomTicket, scene: RoomScene) -> None:
        if self._program.desk is desk:
            self._program.lock(LockReason.ASKED, partial(self._enter, ticket), partial(self._show, scene))
        else:
            self._forget()
            scene.deleteLater()
            self._give_up(ticket)

    def _give_up(self, ticket: RoomTicket) -> None:
        """The journal was locked meanwhile: whoever unlocks it next must not find it taken."""
        self._program.background.submit(self, partial(_enter_and_close, ticket), _nothing, _nothing)

    def _reopened(self, room: Room) -> None:
        from integrate.ui.room_card import RoomCard

        self._asked = False
        scene = self._make(RoomCard(reopened=True), room.mark_count)
        go_on: Callable[[], None] = partial(self._show_and_enter, room, scene)
        QTimer.singleShot(0, self, go_on)

    def _show_and_enter(self, room: Room, scene: RoomScene) -> None:
        self._show(scene)
        self._enter_room(room)

    def _make(self, card: RoomCard, before: int) -> RoomScene:
        from integrate.ui.pages.room.keeper import Keeper
        from integrate.ui.pages.room.scene import RoomScene

        keeper = Keeper(self._program.mailbox, self)
        scene = RoomScene(self._program.theme, self._program, keeper, card, before)
        scene.left.connect(self._leave)
        self._keeper, self._scene = keeper, scene
        return scene

    def _show(self, scene: RoomScene) -> None:
        window = self._program.window
        self._before = window.windowState()
        self._program.show_scene(scene)
        window.setWindowState(self._before | _FULL)

    def _enter(self, ticket: RoomTicket) -> None:
        self._enter_room(ticket.enter())

    def _enter_room(self, room: Room) -> None:
        from integrate.ui.platform.awake import awake

        if self._keeper is not None:
            self._keeper.enter(room)
        self._awake = awake()
        self._awake.start()

    # --- out ----------------------------------------------------------------------------------------------------------

    def _leave(self, anyway: bool) -> None:
        if self._keeper is not None:
            self._keeper.leave(self._left, anyway=anyway)

    def _left(self, closed: bool) -> None:
        if self._scene is None:
            return
        if not closed:
            self._scene.say_not_left()
            return
        self._forget()
        self._program.show_lock()
        self._program.window.setWindowState(self._before)

    def _forget(self) -> None:
        keeper, self._keeper, self._scene = self._keeper, None, None
        if keeper is not None:
            keeper.deleteLater()
        if self._awake is not None:
            self._awake.stop()
            self._awake = None

    def let_go(self, then: Callable[[], None]) -> None:
        """The program ends: ``then`` once the disk has what was marked. The room can be gone back to afterwards."""
        if self._keeper is None:
            then()
            return
        if self._awake is not None:
            self._awake.stop()
        self._keeper.let_go(then)

    # --- what came in -------------------------------------------------------------------------------------------------

    def merge(self, desk: Desk, shell: Shell) -> None:
        """After an unlock: what was marked becomes moments, and the shell tells of it."""
        if desk.may_write:
            desk.write(shell, _merge, partial(self._merged, desk, shell), shell.tell_trouble)

    def _merged(self, desk: Desk, shell: Shell, came: _Came | None) -> None:
        if came is None:
            return
        if not came.report.is_whole:
            title, *rest = came.report.sentences()
            close = partial(_close_banner, desk, shell)
            shell.show_banner("trouble", title, " ".join(rest), [(_("Close this message"), close)])
        elif came.report.merged:
            shell.toast(came.words())


@dataclass(frozen=True, slots=True)
class _Came:
    """What became of a room. ``number`` is that of its session, None where it cannot be read."""

    report: RoomReport
    number: int | None
    changes: Changes

    def words(self) -> str:
        """What is told where all is well."""
        if self.number is None:
            return self.report.sentences()[0]
        return ngettext(
            "{count} moment from the session room is on the page of session {number}.",
            "{count} moments from the session room are on the page of session {number}.",
            self.report.merged,
        ).format(count=self.report.merged, number=self.number)


def _close_banner(desk: Desk, shell: Shell) -> None:
    shell.close_banner()
    if desk.is_open:  # banners never stack: what else there is to tell comes now
        shell.tell_what_must_be_told()


def _load() -> None:
    """Load what the room is made of, beside the main thread."""
    from importlib import import_module

    from integrate.journal.help import countries, exercises

    import_module("integrate.ui.pages.room.scene")
    countries()
    exercises()


def _open_room(session_id: UUID, journal: Journal) -> RoomTicket:
    from integrate.journal.room import open_room

    _load()
    return open_room(journal, session_id)


def _reopen_room(program: ProgramPort) -> Room:
    from integrate.journal.room import reopen_room

    _load()
    return reopen_room(program.place)


def _merge(journal: Journal) -> _Came | None:
    from integrate.domain.entry import Changes
    from integrate.errors import KnownError
    from integrate.journal.room import merge_room
    from integrate.journal.sessions import get_session

    report = merge_room(journal)
    if report is None:
        return None
    number = None
    ids = frozenset({report.session_id}) if report.session_id is not None else frozenset()
    if report.session_id is not None:
        try:
            number = get_session(journal, report.session_id).ref.number
        except KnownError:
            number = None  # its moments are in the journal all the same
    return _Came(report, number, Changes(frozenset({"moments", "sessions"}), ids))


def _enter_and_close(ticket: RoomTicket) -> None:
    ticket.enter().close()


def _nothing(_answer: object) -> None:
    """For answers nobody waits for."""
