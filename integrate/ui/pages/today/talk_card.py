"""Around an appointment: a few lines to bring, or what was agreed. Each line is kept on the page of a session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout

from integrate.domain.appointments import MOST_TO_BRING, Asking, Talk
from integrate.domain.entry import Unreadable
from integrate.domain.sessions import Line
from integrate.i18n import _
from integrate.ui.pages.today.questions import NOT_NOW, SAVE
from integrate.ui.pages.today.quiet_card import Choice, QuietCard
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea
from integrate.ui.wording import short_day

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_SHOWN: Final = 200  # letters of a line that was kept already


class TalkCard(QuietCard):
    """``line_written`` brings the words of a line; the field keeps them until :meth:`show_lines` has the line."""

    line_written = Signal(str)

    def __init__(self, theme: Theme, asking: Asking, lines: Sequence[Line | Unreadable], today: date) -> None:
        before = asking.talk is Talk.BEFORE
        title = _("What I want to talk about") if before else _("What we agreed")
        choices = [
            Choice(SAVE, _("Keep this line")),
            Choice(NOT_NOW, _("Not now"), "quiet_neutral"),
        ]
        super().__init__(theme, title, _when(asking, today), choices)
        self.asking = asking
        self._most = MOST_TO_BRING if before else None
        self._kept = QVBoxLayout()
        self._kept.setSpacing(4)
        self._shown: list[Text] = []
        hint = _("Up to three lines. A word is a line too.") if before else _("A line for each thing.")
        self.field = TextArea(theme, _("A line"), least=1, most=6, hint=hint)
        self.body.addLayout(self._kept)
        self.body.addWidget(self.field)
        self._writing = ""
        self.answered.connect(self._answered_by)
        self.show_lines(lines)

    def show_lines(self, lines: Sequence[Line | Unreadable]) -> None:
        """Show what was kept so far, and take the words of the field away once they are among it."""
        for old in self._shown:
            old.hide()
            old.deleteLater()
        texts = [
            line.text.strip() if isinstance(line, Line) else _("This line could not be read. The rest is fine.")
            for line in lines
        ]
        self._shown = []
        for text in texts:
            shown = f"{text[:_SHOWN].rstrip()}…" if len(text) > _SHOWN else text
            self._shown.append(Text(self._theme, shown, "quote"))
            self._kept.addWidget(self._shown[-1])
        if self._writing and self._writing in texts:
            if self.field.text().strip() == self._writing:
                self.field.set_text("")
            self._writing = ""
            self.answers.set_enabled(True)
        enough = self._most is not None and len(lines) >= self._most
        self.field.setVisible(not enough or bool(self.field.text().strip()))
        self.answers.buttons[SAVE].setVisible(not self.field.isHidden())
        self.answers.buttons[NOT_NOW].setText(_("Done") if lines else _("Not now"))

    def flush(self) -> None:
        """Keep what was typed: the page goes out of sight, or the journal is locked."""
        words = self.field.text().strip()
        if words and words != self._writing:
            self._writing = words
            self.line_written.emit(words)

    def tell_trouble(self, words: str) -> None:
        """Say why a line could not be kept; it stays in the field."""
        self._writing = ""
        super().tell_trouble(words)

    def _answered_by(self, key: str) -> None:
        if key != SAVE:
            return
        if not self.field.text().strip():
            self.field.edit.setFocus()
            return
        self.trouble.hide()
        self.answers.set_enabled(False)
        self.flush()


def _when(asking: Asking, today: date) -> str:
    appointment = asking.appointment
    if asking.talk is Talk.BEFORE:
        if appointment.session is None:
            return _("Your appointment is tomorrow.")
        return _("Session {number} is tomorrow.").format(number=appointment.session.ref.number)
    if appointment.day == today:
        return _("Your appointment was today.")
    day = short_day(appointment.day, today, QLocale())
    if appointment.session is None:
        return _("Your appointment: {day}.").format(day=day)
    return _("Session {number}: {day}.").format(number=appointment.session.ref.number, day=day)
