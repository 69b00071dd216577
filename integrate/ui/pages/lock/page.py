"""Lock: the passphrase opens the journal. This is on the way of every start, so it imports little."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.errors import Damaged, NotAJournal, WrongPassphrase, WrongSecret
from integrate.i18n import _
from integrate.ui.layout import WidthClass
from integrate.ui.pages.lock import opening
from integrate.ui.pages.lock.foot import Foot
from integrate.ui.pages.lock.panel import Door
from integrate.ui.scene import Scene
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.scroll import PageScroll, ScrolledEdge

if TYPE_CHECKING:
    from integrate.journal.info import JournalInfo
    from integrate.journal.opening import Secret
    from integrate.journal.places import AutomaticCopy
    from integrate.ui.page import ProgramPort
    from integrate.ui.pages.lock.recover import RecoverPanel
    from integrate.ui.pages.lock.trouble import Trouble

_PAUSE: Final = 150
"""Milliseconds after the first showing before anything heavy is loaded: the window comes first."""

_SIDE: Final = 32
_LEAST: Final = 32  # above and below the door, however low the window is
_AIR: Final = 118  # above it at the most, at 100 %

MakeSecret = Callable[[], "Secret"]


class LockScene(Scene):
    """The scene of a locked journal. What was typed leaves it only into the lane that opens, and is wiped with it."""

    def __init__(self, theme: Theme, program: ProgramPort, *, try_keyring: bool) -> None:
        super().__init__()
        self._theme = theme
        self._program = program
        self._try_keyring = try_keyring
        self._closing = False
        self._waiting: Callable[[], None] | None = None  # asked for while an earlier journal was still being sealed
        self._keyring: Secret | None = None  # kept, because it counts its failures
        self._secret: Secret | None = None  # the last one that was tried: a copy opens with the same
        self._tries = 0
        self._info: JournalInfo | None = None
        self._looked = False
        self._recover: RecoverPanel | None = None
        default = program.place == program.paths.default_journal
        self._door = Door(theme, name="" if default else program.place.stem)
        self._foot = Foot(theme)
        self._lay_out()
        self._connect()
        theme.changed.connect(self._fit)
        self._fit()

    def _lay_out(self) -> None:
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setSpacing(0)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._door, 1000)
        row.addStretch(1)
        self._column.addLayout(row)
        self._recover_row = QHBoxLayout()
        self._recover_row.addStretch(1)
        self._recover_row.addStretch(1)
        self._column.addLayout(self._recover_row)
        self._column.addStretch(1)
        self._scroll = PageScroll(self._theme)
        self._scroll.set_content(self._content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(ScrolledEdge(self._theme, self._scroll))
        column.addWidget(self._foot)

    def _connect(self) -> None:
        self._door.unlock_wanted.connect(self._unlock)
        self._door.keyring_wanted.connect(self._open_by_keyring)
        self._door.room_wanted.connect(self._reopen_room)
        self._door.forgotten.connect(self._show_recovery)
        self._door.other_wanted.connect(self._choose_other)
        self._door.new_wanted.connect(self._program.start_new)
        self._foot.help_wanted.connect(self._program.help_now)

    # --- the scene ----------------------------------------------------------------------------------------------------

    def heading(self) -> QWidget:
        """The passphrase is what is wanted here, so its field has the focus."""
        return self._door.field.edit

    def regions(self) -> Sequence[QWidget]:
        """The door, and the foot with Help now."""
        return (self._scroll, self._foot)

    def set_width_class(self, width: WidthClass) -> None:
        """The column stays as it is; only its margins and the fields of the words follow the width."""
        self._fit()
        if self._recover is not None:
            self._recover.set_width_class(width)

    def set_closing(self, closing: bool) -> None:
        """An earlier journal is still being sealed (or is no more): unlocking waits for that."""
        self._closing = closing
        if closing:
            return
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the journal, and load what unlocking needs, once the window is on the screen."""
        super().showEvent(event)
        if not self._looked:
            self._looked = True
            QTimer.singleShot(_PAUSE, self, self._look)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another scene is shown (minimising is spontaneous): nothing of what was typed stays here."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._wipe()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back from the recovery words."""
        if event.key() == Qt.Key.Key_Escape and self._recover is not None:
            self._show_door()
        else:
            super().keyPressEvent(event)

    # --- looking ------------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        lane = self._program.background
        lane.submit(self, partial(opening.room_at, self._program.place), self._room_seen, _nothing)
        lane.submit(self, partial(opening.look_at, self._program.place), self._seen, self._unseen)
        lane.submit(self, opening.warm_up, _nothing, _nothing)

    def _room_seen(self, waits: bool) -> None:
        """A session room was cut off. Then nothing opens by itself: somebody else may be sitting here."""
        if waits:
            self._try_keyring = False
            self._door.offer_room()
            self._fit()

    def _reopen_room(self) -> None:
        self._door.say_busy(_("Going back to the session room."))
        self._program.reopen_room(self._failed)

    def _seen(self, info: JournalInfo) -> None:
        self._info = info
        if not any(slot.kind == "keyring" for slot in info.slots):
            return
        untouched = not self._door.field.text() and self._door.busy.isHidden()
        if self._try_keyring and untouched:
            self._open_by_keyring()
        else:
            self._door.keyring.show()

    def _unseen(self, error: Exception) -> None:
        if self._door.busy.isHidden():  # else the answer to what was asked meanwhile says it
            self._failed(error)

    def _show_missing(self) -> None:
        self._door.show_missing(
            _("Your journal is not there"),
            _("There is no journal at {place}. It may have been moved, or the disk it lies on is not here.").format(
                place=self._program.place
            ),
        )
        self._fit()

    # --- opening ------------------------------------------------------------------------------------------------------

    def _unlock(self) -> None:
        if self._door.field.text() and self._door.unlock.isEnabled():
            sentence = _("Opening your journal. This takes a second or two on purpose.")
            self._open(partial(opening.by_passphrase, self._door.field.text()), sentence)

    def _open_by_keyring(self) -> None:
        self._open(self._keyring_secret, _("Opening with this computer's keyring."))

    def _keyring_secret(self) -> Secret:
        if self._keyring is None:
            self._keyring = opening.by_keyring(self._program.keyring)
        return self._keyring

    def _open(self, make: MakeSecret, sentence: str) -> None:
        if self._closing:
            self._door.say_busy(_("Locking…"))
            self._waiting = partial(self._open, make, sentence)
            return
        self._door.say_busy(sentence)
        self._fit()
        self._program.background.submit(self, make, self._open_with, self._failed)

    def _open_with(self, secret: Secret, *, read_only: bool = False, accept_missing: bool = False) -> None:
        self._secret = secret
        self._program.unlock(secret, self._failed, read_only=read_only, accept_missing=accept_missing)

    def _read_only(self) -> None:
        if self._secret is None:
            self._type_first()
            return
        self._door.say_busy(_("Opening your journal to read only. This takes a second or two on purpose."))
        self._open_with(self._secret, read_only=True)

    def _failed(self, error: Exception) -> None:
        if not shiboken6.isValid(self):
            return  # the program tells whoever asked, and that may be a scene that is gone
        self._door.end_busy()
        if isinstance(error, NotAJournal):
            self._show_missing()
        elif isinstance(error, WrongPassphrase):
            from integrate.ui.pages.lock.trouble import wrong_passphrase

            self._secret = None  # it opens nothing: no reason to keep it
            self._tries += 1
            self._door.say_wrong(wrong_passphrase(self._tries))
        elif isinstance(error, WrongSecret):
            self._door.keyring.setVisible(self._has_keyring())
            self._door.say_hint(error.message())
        elif isinstance(error, Damaged):
            work = partial(opening.copies_beside, self._program.place)
            self._program.background.submit(self, work, partial(self._tell, error), partial(self._tell_bare, error))
        else:
            self._tell(error, ())

    def _has_keyring(self) -> bool:
        return self._info is not None and any(slot.kind == "keyring" for slot in self._info.slots)

    # --- trouble ------------------------------------------------------------------------------------------------------

    def _tell_bare(self, error: Exception, _second: Exception) -> None:
        self._tell(error, ())

    def _tell(self, error: Exception, copies: tuple[AutomaticCopy, ...]) -> None:
        from integrate.ui.pages.lock.trouble import WayOn, trouble_of

        made = copies[0].made if copies else None
        trouble = trouble_of(error, made, self._program.clock.zone())
        act: dict[WayOn, Callable[[], None]] = {
            WayOn.COPY: partial(self._open_copy, copies),
            WayOn.READ: self._read_only,
            WayOn.READ_HERE: self._read_only,
            WayOn.FILES: self._show_files,
            WayOn.GO_ON: self._ask_to_go_on,
            WayOn.OTHER_WINDOW: partial(self._go_to_other_window, trouble),
        }
        self._door.show_trouble(trouble, [(_(way.value), act[way]) for way in trouble.ways])
        self._fit()

    def _open_copy(self, copies: tuple[AutomaticCopy, ...]) -> None:
        if self._secret is None:
            self._type_first()
            return
        self._door.say_busy(_("Making a journal from that copy, beside this one. Nothing here is changed."))
        program = self._program
        work = partial(opening.restore_beside, program.place, self._secret, copies, program.clock.zone())
        program.background.submit(self, work, program.switch_to, self._failed)

    def _ask_to_go_on(self) -> None:
        from integrate.ui.widgets.sheet import Answer, ask

        ask(
            self._theme,
            self.window(),
            _("Go on with what is there?"),
            _(
                "Look for an earlier copy of the journal's folder first, or for its vault.db-wal file. "
                "If you go on, the journal opens for writing as it is now, it is noted in it that its end may be "
                "missing, and you are not asked again."
            ),
            (Answer("wait", _("Not yet"), safe=True), Answer("go on", _("Go on with what is there"))),
            self._go_on,
        )

    def _go_on(self, answer: str) -> None:
        if answer != "go on" or not shiboken6.isValid(self):
            return
        if self._secret is None:
            self._type_first()
            return
        self._door.say_busy(_("Opening your journal. This takes a second or two on purpose."))
        self._open_with(self._secret, accept_missing=True)

    def _type_first(self) -> None:
        """Damage can show before a passphrase was typed; the copy has to be opened with one."""
        self._door.say_hint(_("Type your passphrase and press Unlock first: the copy opens with it."))

    def _show_files(self) -> None:
        from integrate.ui.pages.lock.files import show_files

        show_files(self._theme, self.window(), self._program.place)

    def _go_to_other_window(self, trouble: Trouble) -> None:
        from integrate.ui.pages.lock.trouble import Trouble, WayOn

        if not self._program.go_to_other_window():
            text = f"{trouble.text} {_('This desktop does not let one window call another to the front.')}"
            self._door.show_trouble(
                Trouble(trouble.kind, trouble.title, text), [(_(WayOn.READ_HERE.value), self._read_only)]
            )

    # --- other ways ---------------------------------------------------------------------------------------------------

    def _choose_other(self) -> None:
        from integrate.ui.pages.lock.others import choose_other_journal

        choose_other_journal(self.window(), self._program)

    def _show_recovery(self) -> None:
        from integrate.ui.pages.lock.recover import RecoverPanel

        has_words = self._info is None or any(slot.kind == "recovery" for slot in self._info.slots)
        panel = RecoverPanel(self._theme, self._program, has_words=has_words)
        panel.back_wanted.connect(self._show_door)
        panel.new_wanted.connect(self._program.start_new)
        panel.recovered.connect(self._recovered)
        self._recover = panel
        self._door.field.wipe()
        self._door.hide()
        self._recover_row.insertWidget(1, panel, 1000)
        self._fit()
        panel.show()
        panel.focus_in()

    def _show_door(self) -> None:
        panel, self._recover = self._recover, None
        if panel is not None:
            panel.wipe()
            panel.hide()
            panel.deleteLater()
        self._door.show()
        self._door.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def _recovered(self, passphrase: str) -> None:
        """The journal has a new passphrase: open it with that."""
        self._show_door()
        self._open(
            partial(opening.by_passphrase, passphrase),
            _("Your new passphrase is set. Opening your journal; this takes a second or two on purpose."),
        )

    def _wipe(self) -> None:
        self._door.field.wipe()
        self._secret = self._waiting = None
        if self._recover is not None:
            self._recover.wipe()

    def _fit(self) -> None:
        # The door stands a little above the middle; a low window leaves the air out.
        height = self.height() - self._foot.sizeHint().height()
        left = self._door.fit_into(self.width() - 2 * _SIDE, height - 2 * _LEAST)
        top = _LEAST + max(0, min(self._theme.px(_AIR), round(left * 0.46)))
        self._column.setContentsMargins(_SIDE, _LEAST if self._recover is not None else top, _SIDE, _LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the door where it belongs."""
        super().resizeEvent(event)
        self._fit()


def _nothing(_answer: object) -> None:
    """For answers nobody waits for."""
