"""The forgotten passphrase: twelve words from the paper, a new passphrase, and what holds without the words."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.errors import WrongSecret
from integrate.i18n import _, ngettext
from integrate.ui.layout import WidthClass
from integrate.ui.page import ProgramPort
from integrate.ui.pages.lock.words import WordFields
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.new_passphrase import NewPassphrase
from integrate.ui.widgets.progress import Busy
from integrate.ui.widgets.text import Heading, Text
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.system.clock import Clock

WIDTH: Final = 560


class RecoverPanel(QWidget):
    """Asks for the words and a new passphrase. ``recovered`` brings that passphrase once it opens the journal."""

    back_wanted = Signal()
    new_wanted = Signal()
    recovered = Signal(str)

    def __init__(self, theme: Theme, program: ProgramPort, *, has_words: bool) -> None:
        super().__init__()
        self._theme = theme
        self._program = program
        self._banner: Banner | None = None
        self.heading = Heading(theme, _("Let's use your recovery words."))
        self.words = WordFields(theme)
        cost = partial(_cost_of, program.place)
        self.passphrase = NewPassphrase(theme, program.background, cost, _("Your new passphrase"))
        self.go_on = Button(theme, _("Open my journal"), "primary")
        self.back = Button(theme, _("Back"), "quiet_neutral")
        self.without = Button(theme, _("I do not have the words"), "quiet")
        self.reason = Text(theme, "", "caption", "ink3")
        self.busy = Busy(theme, _("Opening with your words. This takes a few seconds on purpose."))
        self.busy.hide()
        self._form = QWidget()
        self._lost = _Lost(theme)
        self._build()
        self._connect()
        self._refresh()
        theme.changed.connect(self._fit)
        self._fit()
        if has_words:
            self._lost.hide()
            program.background.submit(self, _word_list, self.words.set_word_list, _no_completion)
        else:
            self._show_lost(_("This journal has no recovery words yet."))

    def _build(self) -> None:
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(0)
        form.addWidget(
            Text(
                self._theme,
                _("Type the twelve words from your paper, in order. Then you choose a new passphrase."),
                token="ink2",
            )
        )
        form.addSpacing(24)
        self._notices = QVBoxLayout()
        form.addLayout(self._notices)
        form.addWidget(self.words)
        form.addSpacing(24)
        form.addWidget(Divider(self._theme))
        form.addSpacing(22)
        form.addWidget(self.passphrase)
        form.addSpacing(28)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.go_on)
        row.addWidget(self.back)
        row.addSpacing(4)
        row.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignVCenter)
        form.addLayout(row)
        form.addSpacing(12)
        form.addWidget(self.busy)
        form.addSpacing(12)
        form.addWidget(self.without, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self._form)
        column.addWidget(self._lost)
        column.addStretch(1)

    def _connect(self) -> None:
        self.words.changed.connect(self._refresh)
        self.words.submitted.connect(self._to_passphrase)
        self.passphrase.changed.connect(self._refresh)
        self.passphrase.submitted.connect(self._recover)
        self.go_on.clicked.connect(self._recover)
        self.back.clicked.connect(self.back_wanted)
        self.without.clicked.connect(self._without_words)
        self._lost.keep.clicked.connect(self.new_wanted)
        self._lost.back.clicked.connect(self.back_wanted)

    def focus_in(self) -> None:
        """Begin with the first word, or with the words about having none."""
        target = self.words.fields[0].edit if self._lost.isHidden() else self._lost.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_width_class(self, width: WidthClass) -> None:
        """Three words in a row, two where it is narrow."""
        self.words.set_columns(2 if width is WidthClass.NARROW and self._theme.scale > 1.3 else 3)

    def wipe(self) -> None:
        """Forget what was typed."""
        self.words.wipe()
        self.passphrase.wipe()

    def problem(self) -> str:
        """Why the journal cannot be opened yet; "" when it can be tried."""
        missing = self.words.missing()
        if missing:
            return ngettext("{count} word is missing.", "{count} words are missing.", missing).format(count=missing)
        return self.passphrase.problem()

    def _refresh(self) -> None:
        problem = self.problem()
        self.go_on.setEnabled(not problem and self.busy.isHidden())
        self.go_on.setAccessibleDescription(problem)
        self.reason.set_text(problem)

    def _to_passphrase(self) -> None:
        self.passphrase.first.setFocus(Qt.FocusReason.TabFocusReason)

    def _recover(self) -> None:
        problem = self.problem()
        if problem:
            announce(self.reason, problem, polite=False)
            return
        if not self.busy.isHidden():
            return
        self._close_banner()
        self._set_busy(True)
        new = self.passphrase.text()
        work = partial(_recover, self._program.place, self.words.text(), new, self._program.clock)
        self._program.background.submit(self, work, partial(self._done, new), self._failed)

    def _done(self, new: str, _nothing: None) -> None:
        self.wipe()
        self.recovered.emit(new)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        title, text = failure_words(error, _("Nothing has been changed. You can try again."))
        self._banner = Banner(self._theme, "trouble", title, text)
        self._notices.addWidget(self._banner)
        self._banner.show()
        self._notices.setContentsMargins(0, 0, 0, 20)
        target = self.words.fields[0].edit if isinstance(error, WrongSecret) else self.go_on
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_banner(self) -> None:
        banner, self._banner = self._banner, None
        if banner is not None:
            banner.hide()
            banner.deleteLater()
            self._notices.setContentsMargins(0, 0, 0, 0)

    def _set_busy(self, busy: bool) -> None:
        self.words.set_read_only(busy)
        self.passphrase.set_read_only(busy)
        self.back.setEnabled(not busy)
        self.without.setEnabled(not busy)
        if busy:
            self.busy.start()
            announce(self.busy, self.busy.text.words())
        else:
            self.busy.stop()
        self._refresh()

    def _without_words(self) -> None:
        self.wipe()
        self._show_lost("")

    def _show_lost(self, first: str) -> None:
        self._form.hide()
        self._lost.say_first(first)
        self._lost.show()
        self.heading.set_text(_("Without the passphrase or the words"))
        self._lost.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        self.setMaximumWidth(self._theme.px(WIDTH))


class _Lost(QWidget):
    """The sentence nobody wants to read, said once and plainly, with what can still be done."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._first = Text(theme, "", "bodyStrong")
        self._first.hide()
        self.keep = Button(theme, _("Keep it and start a new journal"))
        self.back = Button(theme, _("Back"), "quiet_neutral")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._first)
        column.addWidget(
            Text(
                theme,
                _(
                    "Without the passphrase or the words, nobody can open this journal, and we are sorry. It stays on "
                    "this computer, unchanged, in case you find them."
                ),
                token="ink2",
            )
        )
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.keep)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)

    def say_first(self, sentence: str) -> None:
        """A sentence before the rest, such as that this journal has no words; "" for none."""
        self._first.set_text(sentence)
        self._first.setVisible(bool(sentence))


def _cost_of(place: Path) -> tuple[int, int, int]:
    from integrate.journal.opening import kdf_cost_of

    return kdf_cost_of(place)


def _word_list() -> tuple[str, ...]:
    from integrate.journal.secrets import recovery_word_list

    return recovery_word_list()


def _recover(place: Path, words: str, new: str, clock: Clock) -> None:
    from integrate.journal.secrets import recover_journal

    recover_journal(place, words, new, clock=clock)


def _no_completion(_error: Exception) -> None:
    """The words can be typed without help."""
