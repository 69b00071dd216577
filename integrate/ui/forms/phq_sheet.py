"""PHQ-9 or PHQ-8: asked once, with nothing chosen beforehand. The way to either is the same."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout

from integrate.domain.form_schedule import NO_PHQ, PHQ_8, PHQ_9
from integrate.domain.support_words import PHQ_8_NOTE
from integrate.i18n import N_, _
from integrate.journal.responses import form_plan, set_form_plan
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import Choice
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.domain.entry import Changes
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

PHQ_TITLE: Final = N_("PHQ-9 or PHQ-8")
PHQ_WORDS: Final = MappingProxyType({PHQ_9: N_("PHQ-9"), PHQ_8: N_("PHQ-8"), NO_PHQ: N_("Neither")})
_NINE: Final = N_(
    "Nine questions about the last two weeks. The ninth asks about thoughts of being dead or of hurting yourself, and "
    "can be left out."
)
_EIGHT: Final = N_("The first eight of them.")
_NONE: Final = N_("Neither is suggested. You can choose again in Settings at any time.")


class PhqSheet(Sheet):
    """``chosen`` brings the key of the one chosen, once it is kept; NO_PHQ for neither.

    ``before`` is what was chosen the last time, None while nothing was: then nothing is ticked.
    """

    chosen = Signal(str)

    def __init__(self, context: PageContext, before: str | None = None) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), _(PHQ_TITLE))
        self._desk = context.desk
        self._saving = False
        self._group = QButtonGroup(self)
        self.choices: dict[str, Choice] = {}
        self.trouble = Text(self.theme, "", "body", "danger")
        self.reason = Text(self.theme, _("Choose one to go on."), "caption", "ink2")
        self.body.setSpacing(16)
        words = _("They ask the same, but for one question. Which would you like to be asked?")
        self.body.addWidget(Text(self.theme, words, "body", "ink2"))
        notes = {PHQ_9: _(_NINE), PHQ_8: f"{_(_EIGHT)} {_(PHQ_8_NOTE)}", NO_PHQ: _(_NONE)}
        for key, note in notes.items():
            self.body.addLayout(self._choice(key, note, checked=key == before))
        self.body.addWidget(self.trouble)
        self.trouble.hide()
        self.save_button = Button(self.theme, _("Continue") if before is None else _("Save"), "primary")
        cancel = Button(self.theme, _("Not now") if before is None else _("Cancel"), "quiet_neutral")
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignVCenter)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save_button)
        cancel.clicked.connect(self.close)
        self.save_button.clicked.connect(self._save)
        self._follow()

    def _choice(self, key: str, note: str, *, checked: bool) -> QVBoxLayout:
        choice = self.choices[key] = Choice(self.theme, _(PHQ_WORDS[key]))
        choice.setAccessibleDescription(note)
        choice.setChecked(checked)
        choice.toggled.connect(self._follow)
        self._group.addButton(choice)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(choice)
        below = QVBoxLayout()
        below.setContentsMargins(*((30, 0, 0, 0) if not self.isRightToLeft() else (0, 0, 30, 0)))
        below.addWidget(Text(self.theme, note, "caption", "ink2"))
        column.addLayout(below)
        return column

    def _key(self) -> str | None:
        return next((key for key, choice in self.choices.items() if choice.isChecked()), None)

    def _follow(self, _on: bool = False) -> None:
        has_one = self._key() is not None
        self.save_button.setEnabled(has_one)
        self.reason.set_text("" if has_one else _("Choose one to go on."))

    def _save(self) -> None:
        key = self._key()
        if key is None or self._saving:
            return
        self._saving = True
        self._desk.write(self, partial(_choose, key=key), partial(self._kept, key), self._refused)

    def _kept(self, key: str, _changes: Changes) -> None:
        self.close()
        self.chosen.emit(key)

    def _refused(self, error: Exception) -> None:
        self._saving = False
        words = " ".join(part for part in failure_words(error) if part)
        self.trouble.set_text(words)
        self.trouble.show()
        announce(self, words, polite=False)


def _choose(journal: Journal, key: str) -> Changes:
    return set_form_plan(journal, replace(form_plan(journal), phq=key))
