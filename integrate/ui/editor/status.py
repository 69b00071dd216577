"""The line that says how the text is kept: saved means on the disk, and nothing else is called saved."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QLocale, Qt, QTime, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from integrate.i18n import _, ngettext
from integrate.ui.editor.autosave import SaveState, Stage
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.text import Text

SLOW: Final = 400
"""Milliseconds a save may take before the line says that one is on its way."""
BETWEEN_ANNOUNCEMENTS: Final = 60.0
"""Seconds between two times that a screen reader is told of a save."""

_ICON: Final = 15


def saved_words(when: datetime) -> str:
    """The sentence for a text that is on the disk since ``when``, in the person's way to write a time."""
    clock = QLocale().toString(QTime(when.hour, when.minute), QLocale.FormatType.ShortFormat)
    return _("Saved, encrypted on this computer at {time}").format(time=clock)


def word_count_words(count: int) -> str:
    """How many words there are, in words."""
    return ngettext("{count} word", "{count} words", count).format(count=QLocale().toString(count))


def status_words(state: SaveState) -> str:
    """What the line says of ``state``; nothing of an entry in which nothing happened yet."""
    match state:
        case SaveState(stage=Stage.SAVED, when=None):
            return ""
        case SaveState(stage=Stage.SAVED, when=datetime() as when):
            return saved_words(when)
        case SaveState(stage=Stage.FAILED, error=error) if error is not None:
            return error.message()
        case SaveState(stage=Stage.SAVING):
            return _("Saving…")
    return _("Not saved yet")


class StatusLine(QWidget):
    """A small icon and :func:`status_words`. ``say`` tells a screen reader; ``now`` gives seconds that only go up."""

    def __init__(
        self,
        theme: Theme,
        say: Callable[[str], None],
        parent: QWidget | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._say = say
        self._now = now
        self._said_at = -BETWEEN_ANNOUNCEMENTS
        self._state = SaveState()
        self._icon = QLabel(self)
        self._words = Text(theme, "", "caption", "ink3", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        self._slow = QTimer(self, singleShot=True, interval=SLOW)
        self._slow.timeout.connect(self._show_slow)
        theme.changed.connect(self._draw_icon)
        self._draw_icon()

    def words(self) -> str:
        """What the line says now."""
        return self._words.words()

    def show_state(self, state: SaveState) -> None:
        """Say how the text is kept. A save on its way is only mentioned when it takes long."""
        before, self._state = self._state, state
        self._slow.stop()
        if state.stage is Stage.SAVING:
            self._slow.start()
            if before.stage is Stage.FAILED:
                return  # what went wrong stays on screen until it is known to be over
            self._put(SaveState(Stage.WAITING, state.when))
            return
        self._put(state)
        self._tell(before)

    def _show_slow(self) -> None:
        self._put(self._state)

    def _put(self, state: SaveState) -> None:
        trouble = state.stage is Stage.FAILED
        self._words.set_token("danger" if trouble else "ink3")
        self._words.set_text(status_words(state))
        self._draw_icon()

    def _tell(self, before: SaveState) -> None:
        words, now = status_words(self._state), self._now()
        trouble = self._state.stage is Stage.FAILED and before.error != self._state.error
        due = self._state.stage is Stage.SAVED and now - self._said_at >= BETWEEN_ANNOUNCEMENTS
        if words and (trouble or due):
            self._said_at = now
            self._say(words)

    def _draw_icon(self) -> None:
        match self._state:
            case SaveState(stage=Stage.FAILED):
                icon = ("circle-alert", "danger")
            case SaveState(stage=Stage.SAVED, when=datetime()):
                icon = ("check", "integratemark")
            case _:
                self._icon.clear()
                return
        self._icon.setPixmap(self._theme.pixmap(*icon, _ICON))
