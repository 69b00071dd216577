"""The person's own questions: added, changed, removed with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import Phase
from integrate.domain.own_prompts import LONGEST, PREFIX
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.ui.pages.settings.rows import only_to_read
from integrate.ui.widgets.buttons import Button, IconButton
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.glyphs import PhaseGlyph, phase_word
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.prompts import Prompt
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext


class OwnPrompts(QWidget):
    """The list of them, and a button for a new one. ``changed`` follows every change that was saved."""

    changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.theme = context.theme
        self._prompts: tuple[Prompt, ...] = ()
        self._lines: list[QWidget] = []
        self._none = Text(
            self.theme, _("None yet. A question can be as plain as “What was kind today?”"), "caption", "ink2"
        )
        self.add_button = Button(self.theme, _("Add a question…"), "secondary", "plus", small=True)
        self.add_button.clicked.connect(self.open_new)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 0, 14)
        self._column.setSpacing(0)
        self._column.addWidget(self._none)
        self._column.addSpacing(12)
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        if not context.desk.may_write:
            self.add_button.setEnabled(False)
            self._column.addWidget(Text(self.theme, only_to_read(), "caption", "ink2"))

    def show_prompts(self, prompts: Sequence[Prompt]) -> None:
        """Show those of ``prompts`` that are the person's own."""
        own = tuple(prompt for prompt in prompts if prompt.id.startswith(PREFIX))
        self._none.setVisible(not own)
        if own == self._prompts:
            return
        self._prompts = own
        had_focus = any(line.isAncestorOf(focused) for line in self._lines if (focused := self._focused()) is not None)
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [self._line(prompt) for prompt in own]
        for place, line in enumerate(self._lines):
            self._column.insertWidget(place, line)
        if had_focus:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def prompts(self) -> tuple[Prompt, ...]:
        """Those that are shown."""
        return self._prompts

    def _focused(self) -> QWidget | None:
        return self.window().focusWidget()

    def _line(self, prompt: Prompt) -> QWidget:
        line = QWidget()
        line.setObjectName(prompt.id)
        change = Button(self.theme, _("Change…"), "quiet", small=True)
        change.setAccessibleName(_("Change “{question}”").format(question=prompt.text))
        remove = IconButton(self.theme, "trash-2", _("Remove “{question}”").format(question=prompt.text))
        remove.setToolTip(_("Remove"))
        for button in (change, remove):
            button.setEnabled(self.context.desk.may_write)
        change.clicked.connect(partial(self._open_change, prompt))
        remove.clicked.connect(partial(self._remove, prompt))
        glyph = PhaseGlyph(self.theme, prompt.phase)
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(10)
        row.addWidget(glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(Text(self.theme, prompt.text, "quote"), 1)
        row.addWidget(change)
        row.addWidget(remove)
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Divider(self.theme))
        return line

    # --- changing -----------------------------------------------------------------------------------------------------

    def open_new(self) -> QuestionSheet:
        """Open the sheet for a new one."""
        return self._open(QuestionSheet(self.context, None))

    def _open_change(self, prompt: Prompt, _checked: bool = False) -> None:
        self._open(QuestionSheet(self.context, prompt))

    def _open(self, sheet: QuestionSheet) -> QuestionSheet:
        sheet.saved.connect(self.changed)
        sheet.open()
        return sheet

    def _remove(self, prompt: Prompt, _checked: bool = False) -> None:
        self.context.desk.write(self, partial(_remove, prompt_id=prompt.id), partial(self._removed, prompt.id))

    def _removed(self, prompt_id: str, _nothing: object) -> None:
        self.changed.emit()
        self.context.shell.toast(_("Question removed"), partial(self._restore, prompt_id))

    def _restore(self, prompt_id: str) -> None:
        self.context.desk.write(self, partial(_restore, prompt_id=prompt_id), self._restored)

    def _restored(self, _nothing: object) -> None:
        self.changed.emit()


class QuestionSheet(Sheet):
    """A question and its phase: a new one, or one that is changed. ``saved`` follows when it is kept."""

    saved = Signal()

    def __init__(self, context: PageContext, prompt: Prompt | None) -> None:
        title = _("A new question") if prompt is None else _("Change the question")
        super().__init__(context.theme, context.shell.sheet_host(), title)
        self._context = context
        self._prompt = prompt
        self._saving = False
        phase = context.desk.preferences.phase if prompt is None else prompt.phase
        self.question = LineField(self.theme, _("Question"), hint=_("One line. It is offered like every other one."))
        self.question.edit.setMaxLength(LONGEST)
        self.question.edit.setText("" if prompt is None else prompt.text)
        self.phase = MenuField(
            self.theme, _("Offered when you"), [(found, phase_word(found)) for found in Phase], phase
        )
        self.save = Button(self.theme, _("Save"), "primary")
        cancel = Button(self.theme, _("Cancel"), "quiet_neutral")
        self.initial_focus = self.question.edit
        self.body.addWidget(self.question)
        self.body.addWidget(self.phase)
        self.body.addStretch(1)
        self.footer.setContentsMargins(0, 16, 0, 0)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save)
        cancel.clicked.connect(self.close)
        self.save.clicked.connect(self.keep)
        self.question.edit.returnPressed.connect(self.keep)

    def keep(self) -> None:
        """Save it; what is wrong with it is said below the field."""
        if self._saving:
            return
        self._saving = True
        name = self._prompt.id if self._prompt is not None else None
        work = partial(_keep, prompt_id=name, text=self.question.text(), phase=Phase(str(self.phase.value())))
        self._context.desk.write(self, work, self._kept, self._not_kept)

    def _kept(self, _nothing: object) -> None:
        self.saved.emit()
        self.close()

    def _not_kept(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, KnownError):
            self.question.set_error(" ".join(error.sentences()))
            self.question.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.close()
            self._context.shell.tell_trouble(error)


def _keep(journal: Journal, prompt_id: str | None, text: str, phase: Phase) -> None:
    from integrate.journal.prompts import add_own_prompt, change_own_prompt

    if prompt_id is None:
        add_own_prompt(journal, text, phase)
    else:
        change_own_prompt(journal, prompt_id, text, phase)


def _remove(journal: Journal, prompt_id: str) -> None:
    from integrate.journal.prompts import remove_own_prompt

    remove_own_prompt(journal, prompt_id)


def _restore(journal: Journal, prompt_id: str) -> None:
    from integrate.journal.prompts import restore_own_prompt

    restore_own_prompt(journal, prompt_id)
