"""What the sheets of Threads have in common, and the one on which *Never share* is lifted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from integrate.domain.threads import Insight
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.journal.never_share import Made, lift_never_share, mark_never_share
from integrate.ui.pages.threads.parts import NeverShareRow, OwnWords
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext
    from integrate.ui.widgets.text_area import TextArea

T = TypeVar("T")


class ActSheet(Sheet):
    """A sheet that changes something. What the journal answers instead is said in it, and what was typed stays.

    ``words``, where a sheet has it, is what somebody writes; :meth:`unsaved` is that, closed before it was saved.
    """

    words: TextArea | None = None

    def __init__(self, context: PageContext, title: str) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), title)
        self.context = context
        self.may_write = context.desk.may_write
        self._busy = False
        self._saved = False
        self._before = ""
        self.said = Text(context.theme, "", "body", "ink1")
        self.said.hide()

    def begin_with(self, words: TextArea, text: str, kept: str = "") -> None:
        """Let somebody write in ``words``, which hold ``text``, or what was ``kept`` when the sheet was closed."""
        self.words = words
        self._before = text
        words.set_text(kept or text)
        words.set_read_only(not self.may_write)
        self.initial_focus = words.edit if self.may_write else self.heading
        words.edit.setTabChangesFocus(True)

    def unsaved(self) -> str:
        """Words that were written and not saved; "" where there are none."""
        if self.words is None or self._saved or not self.may_write:
            return ""
        text = self.words.text()
        return text if text.strip() and text != self._before else ""

    def finish(self, *parts: QWidget) -> None:
        """End the body with what the journal says, and the footer with ``parts``."""
        self.body.addWidget(self.said)
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addStretch(1)
        for part in parts:
            self.footer.addWidget(part)

    def finish_with(self, button: Button) -> None:
        """The same with Cancel and ``button``, or with Close where nothing can be changed."""
        if not self.may_write:
            button.hide()
        leave = Button(self.theme, _("Cancel") if self.may_write else _("Close"), "quiet_neutral")
        leave.clicked.connect(self.close)
        self.finish(leave, button)

    def add_acts(self, acts: Sequence[Button]) -> None:
        """Other things to do, side by side while there is room."""
        box = QWidget()
        flow = FlowLayout(box)
        for act in acts:
            flow.addWidget(act)
        self.body.addWidget(box)

    def write(self, work: Callable[[Journal], T], done: Callable[[T], None]) -> None:
        """Have something written; a second press meanwhile does nothing."""
        if not self._busy:
            self._busy = True
            self.context.desk.write(self, work, partial(self._written, done), self.refused)

    def _written(self, done: Callable[[T], None], answer: T) -> None:
        self._busy = False
        done(answer)

    def refused(self, error: Exception) -> None:
        """Say why something was not saved. A bug is told by the shell."""
        self._busy = False
        if isinstance(error, KnownError):
            self.say(" ".join(error.sentences()))
        else:
            self.close()
            self.context.shell.tell_trouble(error)

    def say(self, sentence: str) -> None:
        """Say something at the foot of the sheet."""
        self.said.set_text(sentence)
        self.said.setVisible(bool(sentence))
        if sentence:
            announce(self.said, sentence, polite=False)

    def needs_words(self, sentence: str) -> bool:
        """Whether there is no word yet; then ``sentence`` says so below the field."""
        if self.words is None or self.words.text().strip():
            return False
        self.words.set_error(sentence)
        self.words.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def let_go(self) -> None:
        """What is written here is not to be kept: it is saved, or what it is about is deleted."""
        self._saved = True

    def close_saved(self) -> None:
        """It is saved: close."""
        self.let_go()
        self.close()


class NeverShareKeeper(NeverShareRow):
    """Keeps *Never share* of a thing that was made: marked at once, lifted only on the words themselves."""

    def __init__(self, sheet: ActSheet, made: Made) -> None:
        super().__init__(sheet.theme, on=made.never_share)
        self._sheet = sheet
        self._made = made
        self.switch.setEnabled(sheet.may_write)
        self.switch.clicked.connect(self._switched)

    def _switched(self, on: bool) -> None:
        if on:
            desk = self._sheet.context.desk
            desk.write(self, partial(mark_never_share, seen=self._made), None, self._refused)
            return
        self.switch.setChecked(True)
        lift = LiftSheet(self._sheet.context, self._made)
        lift.lifted.connect(self._lifted)
        lift.open()

    def _lifted(self) -> None:
        self.switch.setChecked(False)

    def _refused(self, error: Exception) -> None:
        self.switch.setChecked(False)
        self._sheet.refused(error)


class LiftSheet(ActSheet):
    """Shows the words before they may be shared again. ``lifted`` follows once they may."""

    lifted = Signal()

    def __init__(self, context: PageContext, made: Made) -> None:
        super().__init__(context, _("Lift “Never share”?"))
        self._made = made
        theme = context.theme
        self.body.addWidget(Text(theme, _("Then you can choose these words when you share something:"), "body", "ink2"))
        self.body.addWidget(OwnWords(theme, made.text))
        if isinstance(made, Insight) and made.source.quote.strip() not in ("", made.text.strip()):
            self.body.addWidget(Text(theme, _("They came from these, which stay as they are:"), "body", "ink2"))
            self.body.addWidget(OwnWords(theme, made.source.quote))
        keep = Button(theme, _("Keep it"))
        self.lift_button = Button(theme, _("Lift “Never share”"))
        keep.clicked.connect(self.close)
        self.lift_button.clicked.connect(self._lift)
        self.initial_focus = keep
        self.finish(keep, self.lift_button)

    def _lift(self) -> None:
        self.write(partial(lift_never_share, seen=self._made), self._was_lifted)

    def _was_lifted(self, _changes: object) -> None:
        self.lifted.emit()
        self.close()
