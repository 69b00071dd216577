"""The door: what is seen of a locked journal, and what can be pressed. What happens then is the scene's to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.glyphs import BrandMark
from integrate.ui.widgets.passphrase_field import PassphraseField
from integrate.ui.widgets.progress import Busy
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.ui.pages.lock.trouble import Trouble

WIDTH: Final = 384
_BELOW_MARK: Final = 22
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


class Door(QWidget):
    """Title, passphrase, Unlock and the quieter ways in."""

    unlock_wanted = Signal()
    keyring_wanted = Signal()
    room_wanted = Signal()
    forgotten = Signal()
    other_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, theme: Theme, *, name: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._notice: QWidget | None = None
        self._caps_lock = False
        self._mark = BrandMark(theme, 44)
        self.heading = Heading(theme, _("Your journal is locked"))
        self.field = PassphraseField(theme, _("Passphrase"), height=48)
        self.unlock = Button(theme, _("Unlock"), "primary", large=True)
        self.busy = Busy(theme, "")
        self.busy.hide()
        self.keyring = Button(theme, _("Open with this computer's keyring"), "quiet", "key-round")
        self.keyring.hide()
        self.room = Button(theme, _("The session room was open. Go back to it"), large=True)
        self.room.setAccessibleDescription(_("No passphrase is needed."))
        self.room.hide()
        self.forgot = Button(theme, _("I forgot my passphrase"), "quiet")
        self.other = Button(theme, _("Open another journal…"), "quiet_neutral")
        self.new = Button(theme, _("Start a new journal"), "quiet_neutral")
        self.new.hide()
        self._subtitle = Text(theme, _("Your passphrase opens it."), token="ink2", align=_CENTRE)
        self._name = Text(theme, name, "caption", "ink3", align=_CENTRE)
        if not name:
            self._name.hide()  # shown it is by its place: without a parent yet it would be a window of its own
        self._divider = Divider(theme)
        self._lay_out()
        self._connect()
        theme.changed.connect(self._fit)
        self._fit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = QVBoxLayout()
        self._head.addWidget(self._mark, 0, _CENTRE)
        column.addLayout(self._head)
        column.addWidget(self.heading, 0, _CENTRE)
        column.addSpacing(6)
        column.addWidget(self._subtitle)
        column.addWidget(self._name)
        column.addSpacing(36)
        self._notices = QVBoxLayout()
        self._rooms = QVBoxLayout()
        self._rooms.addWidget(self.room)
        column.addLayout(self._notices)
        column.addLayout(self._rooms)
        column.addWidget(self.field)
        column.addSpacing(12)
        column.addWidget(self.unlock)
        column.addSpacing(12)
        column.addWidget(self.busy)
        column.addSpacing(12)
        column.addWidget(self._divider)
        column.addSpacing(14)
        for button in (self.keyring, self.forgot, self.other, self.new):
            column.addWidget(button, 0, _CENTRE)
        column.addStretch(1)

    def _connect(self) -> None:
        self.unlock.clicked.connect(self.unlock_wanted)
        self.field.submitted.connect(self.unlock_wanted)
        self.keyring.clicked.connect(self.keyring_wanted)
        self.room.clicked.connect(self.room_wanted)
        self.forgot.clicked.connect(self.forgotten)
        self.other.clicked.connect(self.other_wanted)
        self.new.clicked.connect(self.new_wanted)
        self.field.edit.installEventFilter(self)
        self.field.edit.textEdited.connect(self._typed)

    # --- states -------------------------------------------------------------------------------------------------------

    def say_busy(self, sentence: str) -> None:
        """Something is under way: the field and the buttons stay where they are, and wait."""
        self.field.set_error("")
        self.close_notice()
        if sentence != self.busy.text.words() or self.busy.isHidden():
            self.busy.set_text(sentence)
            self.busy.start()
            announce(self.busy, sentence)
        self.field.edit.setReadOnly(True)
        for button in (self.unlock, self.keyring, self.forgot, self.room):
            button.setEnabled(False)

    def end_busy(self) -> None:
        """It is over."""
        self.busy.stop()
        self.field.edit.setReadOnly(False)
        for button in (self.unlock, self.keyring, self.forgot, self.room):
            button.setEnabled(True)

    def offer_room(self) -> None:
        """A session room was cut off: it can be gone back to, beside unlocking."""
        self._rooms.setContentsMargins(0, 0, 0, 24)
        self.room.show()
        QWidget.setTabOrder(self.room, self.field.edit)
        announce(self.room, self.room.text())

    def say_wrong(self, sentence: str) -> None:
        """The passphrase did not open it: the text stays, selected."""
        self.field.select_all()
        self.field.set_error(sentence)

    def say_hint(self, sentence: str) -> None:
        """One sentence that is no error: why the keyring does not open it this time, or what to type first."""
        self.field.set_hint(sentence)
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.field.edit, sentence)

    def show_trouble(self, trouble: Trouble, ways: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """A banner above the field, with the ways on below its words."""
        self.close_notice()
        notice = QWidget()
        column = QVBoxLayout(notice)
        column.setContentsMargins(0, 0, 0, 24)
        column.setSpacing(4)
        column.addWidget(Banner(self._theme, trouble.kind, trouble.title, trouble.text))
        stops: list[QWidget] = []
        for words, act in ways:
            button = Button(self._theme, words, "quiet", small=True)
            button.clicked.connect(act)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            stops.append(button)
        self._notice = notice
        self._notices.addWidget(notice)
        notice.show()  # at once, so that the layout counts it
        stops += (
            self.room,
            self.field.edit,
            self.field.eye,
            self.unlock,
            self.keyring,
            self.forgot,
            self.other,
            self.new,
        )
        for before, after in pairwise(stops):  # what is new stands last for Tab otherwise, and is seen first
            QWidget.setTabOrder(before, after)
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_notice(self) -> None:
        """Take the banner away."""
        notice, self._notice = self._notice, None
        if notice is not None:
            notice.hide()
            notice.deleteLater()  # its button may be what asked: it lives until the click is over

    def show_missing(self, title: str, text: str) -> None:
        """There is nothing to unlock: only the ways to other journals are left."""
        self.heading.set_text(title)
        self._subtitle.set_text(text)
        self._name.hide()
        for part in (self.field, self.unlock, self.forgot, self.keyring, self.room):
            part.hide()
        self.new.show()
        announce(self.heading, f"{title} {text}", polite=False)
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- Caps Lock ----------------------------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt does not tell whether Caps Lock is on; a letter that comes large without Shift does."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            letter = event.text()
            if event.key() == Qt.Key.Key_CapsLock:
                self._hint_of_caps_lock(on=False)
            elif len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._hint_of_caps_lock(on=letter.isupper() != shifted)
        return False

    def _hint_of_caps_lock(self, *, on: bool) -> None:
        if on != self._caps_lock:
            self._caps_lock = on
            self.field.set_hint(_("Caps Lock is on.") if on else "")

    def fit_into(self, width: int, height: int) -> int:
        """Lay out for so many pixels, without the mark where they are few; how many are left of the height."""
        width = min(width, self._theme.px(WIDTH))
        self._show_mark(True)
        left = height - self.heightForWidth(width)
        if left < 0:
            self._show_mark(False)
            left = height - self.heightForWidth(width)
        return left

    def _show_mark(self, shown: bool) -> None:
        self._mark.setVisible(shown)
        self._head.setContentsMargins(0, 0, 0, _BELOW_MARK if shown else 0)

    def _typed(self) -> None:
        if self.field.error():
            self.field.set_error("")

    def _fit(self) -> None:
        self.setMaximumWidth(self._theme.px(WIDTH))
