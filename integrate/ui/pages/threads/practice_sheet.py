"""A practice: begun, changed, rested, ended; how often in plain words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.practices import REPLY_WORDS, Cadence, CadenceKind, PracticeState
from integrate.i18n import N_, _, ngettext
from integrate.journal.practices import (
    PracticeView,
    SavedPractice,
    begin_practice,
    change_practice,
    end_practice,
    rest_practice,
    resume_practice,
)
from integrate.ui.pages.threads.insight_sheet import thread_options
from integrate.ui.pages.threads.parts import NeverShareRow, OwnWords
from integrate.ui.pages.threads.sheets import ActSheet, NeverShareKeeper
from integrate.ui.pages.threads.words import HELP_REPLIES, PRACTICE_STATE_WORDS, practice_caption
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.domain.threads import Insight, Practice
    from integrate.journal.opening import Journal
    from integrate.journal.threads import ThreadView
    from integrate.ui.page import PageContext
    from integrate.ui.pages.threads.reading import Shown

_KINDS: Final = (
    (CadenceKind.WHEN_IT_SUITS, N_("When it suits me")),
    (CadenceKind.DAILY, N_("Every day")),
    (CadenceKind.WEEKDAYS, N_("On certain days")),
    (CadenceKind.EVERY_FEW_DAYS, N_("Every few days")),
)
_WAITS: Final = (2, 3, 4, 5, 6, 7, 10, 14, 21, 28)
_FIRST_WAIT: Final = 3
_WEEK: Final = 7


class CadenceFields(QWidget):
    """How often: one of four, with the days of the week or the number of days where they are needed."""

    def __init__(self, sheet: ActSheet, cadence: Cadence) -> None:
        super().__init__()
        theme = sheet.theme
        self._days_of_week: dict[int, TickBox] = {}
        self.kind = MenuField(theme, _("How often"), [(kind, _(words)) for kind, words in _KINDS], cadence.kind)
        self.week = QWidget()
        flow = FlowLayout(self.week, gap=16)
        first = QLocale().firstDayOfWeek().value - 1
        for step in range(_WEEK):
            day = (first + step) % _WEEK
            box = TickBox(theme, QLocale().standaloneDayName(day + 1, QLocale.FormatType.LongFormat))
            box.setChecked(day in cadence.weekdays)
            flow.addWidget(box)
            self._days_of_week[day] = box
        waits = sorted({*_WAITS, *((cadence.days,) if cadence.days else ())})
        options = [
            (days, ngettext("Every {count} day", "Every {count} days", days).format(count=days)) for days in waits
        ]
        self.wait = MenuField(theme, _("How many days apart"), options, cadence.days or _FIRST_WAIT)
        self.said = Text(theme, _("Choose at least one day."), "caption", "danger")
        self.said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.kind, self.week, self.wait, self.said):
            column.addWidget(part)
        for part in (self.kind.combo, self.wait.combo, *self._days_of_week.values()):
            part.setEnabled(sheet.may_write)
        self.kind.chosen.connect(self._show)
        self._show()

    def _show(self, _kind: object = None) -> None:
        self.week.setVisible(self.kind.value() is CadenceKind.WEEKDAYS)
        self.wait.setVisible(self.kind.value() is CadenceKind.EVERY_FEW_DAYS)
        self.said.hide()

    def box(self, day: int) -> TickBox:
        """The box of a day of the week, 0 (Monday) to 6."""
        return self._days_of_week[day]

    def cadence(self) -> Cadence | None:
        """What was chosen; None, and a sentence that says so, where no day of the week is."""
        kind, wait = self.kind.value(), self.wait.value()
        if kind is CadenceKind.WEEKDAYS:
            days = frozenset(day for day, box in self._days_of_week.items() if box.isChecked())
            self.said.setVisible(not days)
            if not days:
                next(iter(self._days_of_week.values())).setFocus(Qt.FocusReason.OtherFocusReason)
                return None
            return Cadence(CadenceKind.WEEKDAYS, weekdays=days)
        if kind is CadenceKind.EVERY_FEW_DAYS and isinstance(wait, int):
            return Cadence(CadenceKind.EVERY_FEW_DAYS, days=wait)
        return Cadence(CadenceKind.DAILY if kind is CadenceKind.DAILY else CadenceKind.WHEN_IT_SUITS)


class NewPracticeSheet(ActSheet):
    """A practice to begin, perhaps from an insight, perhaps on a thread."""

    def __init__(
        self, context: PageContext, shown: Shown, view: ThreadView | None, insight: Insight | None, kept: str = ""
    ) -> None:
        super().__init__(context, _("Begin a practice"))
        theme = context.theme
        self._insight = insight
        if insight is not None:
            self.body.addWidget(Text(theme, _("From this insight:"), "caption", "ink2"))
            self.body.addWidget(OwnWords(theme, insight.text))
        field = TextArea(theme, _("What would you like to try?"), hint=_("A small thing is enough."))
        self.body.addWidget(field)
        self.cadence = CadenceFields(self, Cadence())
        self.body.addWidget(self.cadence)
        self.thread_field = MenuField(theme, _("Thread"), thread_options(shown), view.thread.id if view else None)
        self.body.addWidget(self.thread_field)
        self.never_share = NeverShareRow(theme, on=insight is not None and insight.never_share)
        self.body.addWidget(self.never_share)
        if insight is not None and insight.never_share:
            self.never_share.switch.setEnabled(False)
            words = _("It stays “Never share”, like the insight it comes from. You can lift that once it is begun.")
            self.body.addWidget(Text(theme, words, "caption", "ink2"))
        self.begin_button = Button(theme, _("Begin"), "primary")
        self.begin_with(field, "", kept)
        self.finish_with(self.begin_button)
        self.begin_button.clicked.connect(self.keep)
        field.finished.connect(self.keep)

    def keep(self) -> None:
        """Begin it today."""
        if self.needs_words(_("One word is enough.")) or self.words is None:
            return
        cadence, thread_id = self.cadence.cadence(), self.thread_field.value()
        if cadence is None:
            return
        work = partial(
            begin_practice,
            text=self.words.text().strip(),
            cadence=cadence,
            insight_id=self._insight.id if self._insight is not None else None,
            thread_id=thread_id if isinstance(thread_id, UUID) else None,
            never_share=self.never_share.switch.isChecked(),
        )
        self.write(work, self._kept)

    def _kept(self, _saved: object) -> None:
        self.close_saved()


class PracticeSheet(ActSheet):
    """A practice that is there. ``reply_wanted`` brings a reply, ``delete_wanted`` that it is to go."""

    reply_wanted = Signal(object)
    delete_wanted = Signal()

    def __init__(self, context: PageContext, view: PracticeView, shown: Shown, kept: str = "") -> None:
        super().__init__(context, _("A practice"))
        theme, practice = context.theme, view.practice
        self.practice: Practice = practice
        field = TextArea(theme, _("In your words"))
        self.body.addWidget(field)
        self.body.addWidget(Text(theme, practice_caption(view, shown.today), "caption", "ink3"))
        if view.unreadable:
            words = _("Some of what was said of it could not be read. The rest is fine.")
            self.body.addWidget(Text(theme, words, "caption", "ink2"))
        self.replies: list[Button] = []
        if self.may_write and practice.state is PracticeState.OPEN:
            self._add_replies()
        self.cadence = CadenceFields(self, practice.cadence)
        self.body.addWidget(self.cadence)
        states = [(state, _(words)) for state, words in PRACTICE_STATE_WORDS.items()]
        self.state = MenuField(theme, _("How it stands"), states, practice.state)
        self.state.combo.setEnabled(self.may_write)
        self.body.addWidget(self.state)
        self.never_share = NeverShareKeeper(self, practice)
        self.body.addWidget(self.never_share)
        self.delete_button = Button(theme, _("Delete"), "quiet_neutral", "trash-2", small=True, parent=self)
        self.delete_button.setVisible(self.may_write)
        if self.may_write:
            self.add_acts([self.delete_button])
        self.save_button = Button(theme, _("Save"), "primary")
        self.begin_with(field, practice.text, kept)
        self.finish_with(self.save_button)
        self.save_button.clicked.connect(self.keep)
        self.delete_button.clicked.connect(self._delete)
        field.finished.connect(self.keep)

    def _add_replies(self) -> None:
        self.replies = [Button(self.theme, _(REPLY_WORDS[reply]), small=True) for reply in HELP_REPLIES]
        for reply, button in zip(HELP_REPLIES, self.replies, strict=True):
            button.clicked.connect(partial(self._reply, reply))
        self.add_acts(self.replies)

    def keep(self) -> None:
        """Save words, cadence and how it stands."""
        if not self.may_write or self.needs_words(_("One word is enough.")) or self.words is None:
            return
        cadence, state = self.cadence.cadence(), self.state.value()
        if cadence is None:
            return
        chosen = state if isinstance(state, PracticeState) else self.practice.state
        text = self.words.text()
        text = self.practice.text if text == self.practice.text else text.strip()
        self.write(partial(_change, practice_id=self.practice.id, text=text, cadence=cadence, state=chosen), self._kept)

    def _kept(self, _saved: object) -> None:
        self.close_saved()

    def _reply(self, reply: object, _checked: bool = False) -> None:
        self.reply_wanted.emit(reply)

    def _delete(self) -> None:
        self.delete_wanted.emit()


def _change(journal: Journal, practice_id: UUID, text: str, cadence: Cadence, state: PracticeState) -> SavedPractice:
    saved = change_practice(journal, practice_id, text=text, cadence=cadence)
    if saved.practice.state is state:
        return saved
    match state:
        case PracticeState.OPEN:
            return resume_practice(journal, practice_id)
        case PracticeState.RESTING:
            return rest_practice(journal, practice_id)
        case PracticeState.ENDED:
            return end_practice(journal, practice_id)
