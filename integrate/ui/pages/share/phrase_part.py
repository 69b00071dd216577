"""The passphrase of the file: the one that was agreed with who it is for, or another for this file only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from integrate.domain.sharing import Recipient
from integrate.i18n import _
from integrate.ui.pages.share.words import first_name, long_day
from integrate.ui.widgets.choices import Choice
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.passphrase_field import PassphraseField
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.courses import Carer
    from integrate.ui.theme.theme import Theme


class PhrasePart(QWidget):
    """``changed`` follows another choice, ``new_wanted`` the wish for a lasting phrase or for a new one."""

    changed = Signal()
    new_wanted = Signal()

    def __init__(self, theme: Theme, *, may_write: bool) -> None:
        super().__init__()
        self._may_write = may_write
        self._person: Recipient | Carer | None = None
        self.theirs = Choice(theme, "")
        self.another = Choice(theme, _("Another one, for this file only"))
        self._group = QButtonGroup(self)
        self.show_button = FlushButton(theme, _("Show it"))
        self.new_button = FlushButton(theme, "")
        self.phrase = Text(theme, "", "bodyStrong", "ink1")
        self.field = PassphraseField(theme, _("Passphrase for this file"), height=40)
        self.tell = Text(theme, "", "caption", "ink2")
        label = Text(theme, _("Passphrase for this file"), "label", weight=500)
        self._acts = QWidget()
        acts = FlowLayout(self._acts, gap=16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (label, self.theirs, self.phrase, self._acts, self.another, self.field, self.tell):
            column.addWidget(part)
        for button in (self.show_button, self.new_button):
            acts.addWidget(button)
        for choice in (self.theirs, self.another):
            self._group.addButton(choice)
        self.field.label.hide()
        self.phrase.hide()
        self.theirs.setChecked(True)
        self._group.buttonToggled.connect(self._switched)
        self.show_button.clicked.connect(self._toggle)
        self.new_button.clicked.connect(self.new_wanted)
        self.field.edit.textChanged.connect(self.changed)
        self.set_person(None)

    def set_person(self, person: Recipient | Carer | None) -> None:
        """Offer the phrase of who the file is for."""
        same = person is not None and self._person is not None and person.id == self._person.id
        self._person = person
        name = first_name(person.name) if person is not None else ""
        self.theirs.setText(_("Use {name}'s phrase").format(name=name).replace("&", "&&"))
        if isinstance(person, Recipient):
            self.new_button.setText(_("New phrase…"))
            self.theirs.setAccessibleDescription(_("since {day}").format(day=long_day(person.phrase_since.date())))
        else:
            self.new_button.setText(_("Make a lasting phrase for {name}…").format(name=name).replace("&", "&&"))
        words = _("Tell it to {name} in person or by phone.").format(name=name)
        self.tell.set_text(words if name else _("Tell it in person or by phone."))
        if not same:
            self._hide_phrase()
        self._arrange()

    def phrase_to_use(self) -> str:
        """The phrase for the file; "" where there is none yet."""
        return self._theirs() if self._uses_theirs() else self.field.text()

    def typed(self) -> bool:
        """Whether it was typed for this file, so that its strength has to be looked at."""
        return not self._uses_theirs()

    def problem(self) -> str:
        """Why the file cannot be protected yet; "" where it can."""
        return "" if self.phrase_to_use().strip() else _("Type a passphrase for this file, or choose who it is for.")

    def wipe(self) -> None:
        """Forget what was typed, and show no phrase."""
        self.field.wipe()
        self._hide_phrase()

    def forget(self) -> None:
        """The journal is locked."""
        self._person = None
        self.wipe()

    def show_phrase(self) -> None:
        """Show the phrase of who it is for, as after it was drawn."""
        self.phrase.set_text(self._theirs())
        self.phrase.setVisible(bool(self._theirs()))
        self.show_button.setText(_("Hide it") if self._theirs() else _("Show it"))

    def _theirs(self) -> str:
        return self._person.phrase if isinstance(self._person, Recipient) else ""

    def _uses_theirs(self) -> bool:
        return isinstance(self._person, Recipient) and self.theirs.isChecked()

    def _hide_phrase(self) -> None:
        self.phrase.set_text("")
        self.phrase.hide()
        self.show_button.setText(_("Show it"))

    def _toggle(self) -> None:
        if self.phrase.isHidden():
            self.show_phrase()
        else:
            self._hide_phrase()

    def _switched(self) -> None:
        self._arrange()
        if self.another.isChecked() and self.another.hasFocus():
            self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _arrange(self) -> None:
        known = isinstance(self._person, Recipient)
        for part in (self.theirs, self.another):
            part.setVisible(known)
        self.show_button.setVisible(self._uses_theirs())
        self.new_button.setVisible(self._may_write and self._person is not None)
        self._acts.setVisible(not self.show_button.isHidden() or not self.new_button.isHidden())
        if not self._uses_theirs():
            self._hide_phrase()
        self.field.setVisible(not self._uses_theirs())
