"""What the sheets of Share have in common, and those about who a file is for and the phrase that opens it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.sharing import LONGEST_NAME, Recipient
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.journal.recipients import SavedRecipient, add_recipient, new_phrase
from integrate.ui.pages.share.words import first_name
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.passphrase_field import PassphraseField
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

T = TypeVar("T")


class ShareSheet(Sheet):
    """A sheet that may change something. What the journal answers instead is said in it, and what was typed stays."""

    def __init__(self, context: PageContext, title: str, *, width: int = 560) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), title, width=width)
        self.context = context
        self._busy = False
        self.said = Text(context.theme, "", "body", "ink1")
        self.said.hide()

    def finish(self, *parts: QWidget) -> None:
        """End the body with what the journal says, and the footer with ``parts``."""
        self.body.addWidget(self.said)
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addStretch(1)
        for part in parts:
            self.footer.addWidget(part)

    def write(self, work: Callable[[Journal], T], done: Callable[[T], None]) -> None:
        """Have something written; a second press meanwhile does nothing."""
        if not self._busy:
            self._busy = True
            self.context.desk.write(self, work, partial(self._written, done), self.refused)

    def _written(self, done: Callable[[T], None], answer: T) -> None:
        self._busy = False
        done(answer)

    def refused(self, error: Exception) -> None:
        """Say why something was not done. A bug is told by the shell."""
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


class RecipientSheet(ShareSheet):
    """Adds somebody files are saved for. ``added`` brings them."""

    added = Signal(object)

    def __init__(self, context: PageContext, name: str = "", role: str = "") -> None:
        super().__init__(context, _("Who is it for?"))
        theme = context.theme
        self.name = LineField(theme, _("Name"))
        self.role = LineField(theme, _("What they do"), placeholder=_("therapist"))
        for field, text in ((self.name, name), (self.role, role)):
            field.edit.setMaxLength(LONGEST_NAME)
            field.edit.setText(text)
            self.body.addWidget(field)
        self.phrase = PhraseFields(context)
        self.body.addWidget(self.phrase)
        cancel = Button(theme, _("Cancel"), "quiet_neutral")
        self.add_button = Button(theme, _("Add"), "primary")
        self.initial_focus = self.name.edit
        self.finish(cancel, self.add_button)
        cancel.clicked.connect(self.close)
        self.add_button.clicked.connect(self._add)
        self.name.edit.returnPressed.connect(self._add)

    def _add(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.name.set_error(_("A name is needed, so that the file can say who it is for."))
            self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.phrase.is_ready():
            work = partial(_add, name=name, role=self.role.text().strip(), phrase=self.phrase.chosen())
            self.write(work, self._added)

    def _added(self, saved: SavedRecipient) -> None:
        self.phrase.wipe()
        self.close()
        self.added.emit(saved.recipient)


class PhraseSheet(ShareSheet):
    """Gives somebody a new phrase. ``changed`` brings them with it."""

    changed = Signal(object)

    def __init__(self, context: PageContext, recipient: Recipient) -> None:
        super().__init__(context, _("A new phrase for {name}").format(name=recipient.name))
        theme = context.theme
        self._recipient = recipient
        told = _(
            "It opens files you save from now on. Files {name} has already still open with the phrase of their day."
        ).format(name=first_name(recipient.name))
        self.body.addWidget(Text(theme, told, "body", "ink2"))
        self.phrase = PhraseFields(context)
        self.body.addWidget(self.phrase)
        cancel = Button(theme, _("Cancel"), "quiet_neutral")
        self.save_button = Button(theme, _("Use the new phrase"), "primary")
        self.finish(cancel, self.save_button)
        cancel.clicked.connect(self.close)
        self.save_button.clicked.connect(self._save)

    def _save(self) -> None:
        if self.phrase.is_ready():
            self.write(partial(_new, recipient=self._recipient, phrase=self.phrase.chosen()), self._saved)

    def _saved(self, saved: SavedRecipient) -> None:
        self.phrase.wipe()
        self.close()
        self.changed.emit(saved.recipient)


class PhraseFields(QWidget):
    """Six words drawn by chance, unless somebody types a phrase of their own."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        theme = context.theme
        self._told = Text(
            theme, _("One phrase opens every file for them. Six words are drawn; tell them once, in person."),
            "body", "ink2",
        )  # fmt: skip
        self.own = TickBox(theme, _("I choose the phrase myself"))
        self.field = PassphraseField(theme, _("Their phrase"), hint=_("Several words are easiest to say and to type."))
        self.field.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._told, self.own, self.field):
            column.addWidget(part)
        self.own.toggled.connect(self._switched)

    def is_ready(self) -> bool:
        """Whether there is a phrase, drawn or typed; otherwise the field says what is missing."""
        if self.own.isChecked() and not self.field.text().strip():
            self.field.set_error(_("Type a phrase, or let six words be drawn."))
            self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def chosen(self) -> str | None:
        """What was typed; None draws one."""
        return self.field.text() if self.own.isChecked() else None

    def wipe(self) -> None:
        """Forget what was typed."""
        self.field.wipe()

    def _switched(self, on: bool) -> None:
        self.field.setVisible(on)
        if on:
            self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)


def _add(journal: Journal, name: str, role: str, phrase: str | None) -> SavedRecipient:
    return add_recipient(journal, name, role, phrase=phrase)


def _new(journal: Journal, recipient: Recipient, phrase: str | None) -> SavedRecipient:
    return new_phrase(journal, recipient.id, phrase)
