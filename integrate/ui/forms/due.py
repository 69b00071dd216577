"""The one quiet line of Today about measuring: side effects, a questionnaire, slow things; the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from integrate.domain.form_schedule import PHQ_9, PHQ_TO_CHOOSE, DueForm
from integrate.domain.listing import Stop
from integrate.i18n import _
from integrate.journal.forms_now import decline_effects, decline_form, decline_slow, forms_due, logs_due
from integrate.journal.opening import Journal
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.journal.sessions import get_session
from integrate.ui.forms.opening import open_form
from integrate.ui.forms.phq_sheet import PHQ_TITLE
from integrate.ui.forms.words import minutes_words
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.page import PageContext


@dataclass(frozen=True, slots=True)
class DueNow:
    """What the line says, and what it leads to: the ``effects`` of a session, a ``form``, or with neither slow things.

    ``name`` is what a screen reader adds to its buttons.
    """

    words: str
    name: str
    form: DueForm | None = None
    effects: UUID | None = None


def read_due(journal: Journal, _stop: Stop, session_day: bool = False) -> DueNow | None:
    """What is on offer now; often nothing. On the day of a session it is no more than the side effects of one.

    Raises:
        DatabaseDamaged.
    """
    logs = logs_due(journal)
    if logs.effects is not None:
        number = get_session(journal, logs.effects).ref.number
        name = _("Side effects after session {number}").format(number=number)
        words = _("Side effects after session {number}, if you like.").format(number=number)
        return DueNow(words, name, effects=logs.effects)
    if session_day:
        return None
    known = shipped_questionnaires()
    for form in forms_due(journal):
        asked = known.get(PHQ_9 if form.key == PHQ_TO_CHOOSE else form.key)
        if asked is not None:
            title = _(PHQ_TITLE) if form.key == PHQ_TO_CHOOSE else asked.title
            ready = _("A questionnaire is ready: {title}.").format(title=title)
            return DueNow(f"{ready} {minutes_words(asked)}", title, form)
    if logs.slow:
        return DueNow(_("Some questions that come every four weeks. About a minute."), _("What changes slowly"))
    return None


class DueLine(QWidget):
    """Hidden where nothing is on offer. "Not now" is the last word: the same suggestion does not come back."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._desk = context.desk
        self._due: DueNow | None = None
        self._reading: Stop | None = None
        theme = context.theme
        self.words = Text(theme, "", "body", "ink2")
        self.open_button = LinkText(theme, _("Open"))
        self.not_now_button = LinkText(theme, _("Not now"), token="ink2")
        row = FlowLayout(self, gap=16, line_gap=4)
        for part in (self.words, self.open_button, self.not_now_button):
            row.addWidget(part)
        self.open_button.clicked.connect(self._open)
        self.not_now_button.clicked.connect(self._not_now)
        self.hide()

    def read(self, *, session_day: bool) -> None:
        """Look what is on offer. Nothing is in a journal that is open to read only."""
        if self._reading is not None:
            self._reading.set()
        if not self._desk.may_write:
            self._show(None)
            return
        work = partial(read_due, session_day=session_day)
        self._reading = self._desk.read(self, work, self._show, self._not_read)

    def _show(self, due: DueNow | None) -> None:
        self._reading, self._due = None, due
        if due is not None:
            self.words.set_text(due.words)
            # Translators: the name of a button for a screen reader: what it does, and what it is about
            name = _("{action}: {what}")
            self.open_button.setAccessibleName(name.format(action=_("Open"), what=due.name))
            self.not_now_button.setAccessibleName(name.format(action=_("Not now"), what=due.name))
        self.setVisible(due is not None)

    def _not_read(self, _error: Exception) -> None:
        """Nothing is offered then; what is damaged is told where it is shown."""
        self._show(None)

    def _open(self) -> None:
        due = self._due
        if due is None:
            return
        if due.form is not None:
            open_form(self._context, self, due.form.key)
        elif due.effects is not None:
            from integrate.ui.forms.effects_sheet import open_effects

            open_effects(self._context, self, due.effects)
        else:
            from integrate.ui.forms.slow_sheet import open_slow

            open_slow(self._context, self)

    def _not_now(self) -> None:
        due = self._due
        if due is None:
            return
        if due.form is not None:
            self._desk.write(self, partial(decline_form, due=due.form))
        elif due.effects is not None:
            self._desk.write(self, partial(decline_effects, session_id=due.effects))
        else:
            self._desk.write(self, decline_slow)
