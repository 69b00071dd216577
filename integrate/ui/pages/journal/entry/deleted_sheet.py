"""Recently deleted: thirty days to take something back, or to let it go for good. Everything is here, of any kind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale, Qt

from integrate.domain.entry import Changes
from integrate.domain.listing import Stop
from integrate.domain.times import ZonedTime
from integrate.domain.trash import KEPT_FOR
from integrate.i18n import N_, _, ngettext
from integrate.journal.backups import replace_automatic_backups
from integrate.journal.deleted import DeletedKind, DeletedThing, all_deleted, purge, take_back
from integrate.journal.opening import Journal
from integrate.ui.pages.journal.entry.rows import RowList
from integrate.ui.pages.journal.entry.words import moment_words
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.sheet import Answer, Question, Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.page import PageContext

_WIDTH: Final = 620
_LONGEST_NAME: Final = 60
Deleted = tuple[DeletedThing, ...]

_KINDS: Final = MappingProxyType(
    {
        DeletedKind.ENTRY: N_("Entry"),
        DeletedKind.SESSION: N_("Session"),
        DeletedKind.MOMENT: N_("Moment"),
        DeletedKind.THREAD: N_("Thread"),
        DeletedKind.INSIGHT: N_("Insight"),
        DeletedKind.PRACTICE: N_("Practice"),
        DeletedKind.LETTER: N_("Letter"),
        DeletedKind.RESPONSE: N_("Questionnaire"),
        DeletedKind.LOG: N_("Noted"),
        DeletedKind.CHECK_IN: N_("Check-in"),
        DeletedKind.MEASURE: N_("Measure"),
    }
)
_UNREADABLE: Final = MappingProxyType(
    {
        DeletedKind.ENTRY: N_("This entry could not be read."),
        DeletedKind.SESSION: N_("This session could not be read."),
        DeletedKind.MOMENT: N_("This moment could not be read."),
        DeletedKind.THREAD: N_("This thread could not be read."),
        DeletedKind.INSIGHT: N_("This insight could not be read."),
        DeletedKind.PRACTICE: N_("This practice could not be read."),
        DeletedKind.LETTER: N_("This letter could not be read."),
        DeletedKind.RESPONSE: N_("This questionnaire could not be read."),
        DeletedKind.LOG: N_("These notes could not be read."),
        DeletedKind.CHECK_IN: N_("This check-in could not be read."),
        DeletedKind.MEASURE: N_("This measure could not be read."),
    }
)
_BACK: Final = MappingProxyType(
    {
        DeletedKind.ENTRY: N_("The entry is in your journal again."),
        DeletedKind.SESSION: N_("The session is in your journal again, with everything it had."),
        DeletedKind.MOMENT: N_("The moment is in your journal again."),
        DeletedKind.THREAD: N_("The thread is in your journal again."),
        DeletedKind.INSIGHT: N_("The insight is in your journal again."),
        DeletedKind.PRACTICE: N_("The practice is in your journal again."),
        DeletedKind.LETTER: N_("The letter is in your journal again."),
        DeletedKind.RESPONSE: N_("The questionnaire is in your journal again."),
        DeletedKind.LOG: N_("The notes are in your journal again."),
        DeletedKind.CHECK_IN: N_("The check-in is in your journal again."),
        DeletedKind.MEASURE: N_("The measure is in your journal again."),
    }
)
_BACK_WAITING: Final = MappingProxyType(
    {
        DeletedKind.MOMENT: N_("The moment belongs to its session again. Both are back once you take that back too."),
        DeletedKind.LETTER: N_("The letter belongs to its session again. Both are back once you take that back too."),
        DeletedKind.LOG: N_("The notes belong to their session again. Both are back once you take that back too."),
    }
)
_GOES_WITH_IT: Final = MappingProxyType(
    {
        DeletedKind.SESSION: N_("Its notes, moments and letters go with it. Its entries stay."),
        DeletedKind.THREAD: N_("What hangs on it stays."),
        DeletedKind.INSIGHT: N_("Practices that came from it stay."),
        DeletedKind.PRACTICE: N_("What you said of it goes with it."),
        DeletedKind.MEASURE: N_("What you answered stays, with the name it had then."),
    }
)
_GONE: Final = MappingProxyType(
    {
        DeletedKind.ENTRY: N_("Deleted for good"),
        DeletedKind.SESSION: N_("Session deleted for good"),
        DeletedKind.MOMENT: N_("Moment deleted for good"),
        DeletedKind.THREAD: N_("Thread deleted for good"),
        DeletedKind.INSIGHT: N_("Insight deleted for good"),
        DeletedKind.PRACTICE: N_("Practice deleted for good"),
        DeletedKind.LETTER: N_("Letter deleted for good"),
        DeletedKind.RESPONSE: N_("Questionnaire deleted for good"),
        DeletedKind.LOG: N_("Notes deleted for good"),
        DeletedKind.CHECK_IN: N_("Check-in deleted for good"),
        DeletedKind.MEASURE: N_("Measure deleted for good"),
    }
)


class DeletedSheet(Sheet):
    """What can still be taken back. What is taken back is in its place again at once; the sheet stays."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), _("Recently deleted"), width=_WIDTH)
        self._context = context
        self._things: Deleted = ()
        self.hint = Text(context.theme, "", "body", "ink2")
        self.rows = RowList(context.theme, _("Recently deleted"), rows_shown=6, own_words=True)
        self.back_button = Button(context.theme, _("Take back"), "primary")
        self.purge_button = Button(context.theme, _("Delete for good…"))
        self.body.addWidget(self.hint)
        self.body.addWidget(self.rows, 1)
        self.footer.addWidget(self.purge_button)
        self.footer.addStretch(1)
        self.footer.addWidget(self.back_button)
        self.rows.currentRowChanged.connect(self._selected)
        self.back_button.clicked.connect(self._take_back)
        self.purge_button.clicked.connect(self._ask)
        context.desk.changed.connect(self._changed)
        for part in (self.rows, self.back_button, self.purge_button):
            part.hide()
        self._read()

    def _read(self) -> None:
        # In the journal's own lane: a deletion that is on its way comes first.
        self._context.desk.write(self, all_deleted, self._show, self._context.shell.tell_trouble)

    def _changed(self, changes: Changes) -> None:
        if "recently deleted" in changes.areas and self._context.desk.is_open:
            self._read()

    def _show(self, things: Deleted) -> None:
        row = self._row_to_select(things)
        self._things = things
        now = self._context.desk.clock.now()
        self.hint.set_text(
            _("What you delete stays here for 30 days, then it goes for good.")
            if things
            else _("Nothing was deleted lately.")
        )
        first = not self.rows.isVisible()
        self.rows.set_rows([row_words(thing, now) for thing in things], row)
        for part in (self.rows, self.back_button, self.purge_button):
            part.setVisible(bool(things))
        if things and first:
            self.initial_focus = self.rows
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not things:
            self.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        self._selected()

    def _row_to_select(self, things: Deleted) -> int:
        """Where the selected thing is among ``things`` now; where it went, the one that took its place."""
        was = self._current()
        if was is not None and was.id is not None:
            for row, thing in enumerate(things):
                if (thing.kind, thing.id) == (was.kind, was.id):
                    return row
        return min(max(self.rows.currentRow(), 0), len(things) - 1)

    def _current(self) -> DeletedThing | None:
        row = self.rows.currentRow()
        return self._things[row] if 0 <= row < len(self._things) else None

    def _selected(self, _row: int = 0) -> None:
        thing, may_write = self._current(), self._context.desk.may_write
        may_change = thing is not None and thing.id is not None and may_write
        self.back_button.setEnabled(may_change and thing is not None and thing.readable)
        self.purge_button.setEnabled(may_change)

    def _take_back(self) -> None:
        thing = self._current()
        if thing is not None and thing.id is not None:
            work = partial(take_back, kind=thing.kind, thing_id=thing.id)
            told = partial(self._was_taken_back, thing)
            self._context.desk.write(self, work, told, self._context.shell.tell_trouble)

    def _was_taken_back(self, thing: DeletedThing, _changes: Changes) -> None:
        waiting = _BACK_WAITING.get(thing.kind) if thing.waits else None
        words = waiting or _BACK[thing.kind]
        self._context.shell.toast(_(words))

    def _ask(self) -> None:
        thing = self._current()
        if thing is not None and thing.id is not None:
            question = PurgeQuestion(self._context, thing)
            question.answered.connect(partial(self._answered, question, thing))
            question.open()

    def _answered(self, question: PurgeQuestion, thing: DeletedThing, answer: str) -> None:
        if answer == "purge" and thing.id is not None and self._context.desk.is_open:
            told = partial(self._was_purged, thing.kind, question.backups.isChecked())
            work = partial(purge, kind=thing.kind, thing_id=thing.id)
            self._context.desk.write(self, work, told, self._context.shell.tell_trouble)

    def _was_purged(self, kind: DeletedKind, backups_too: bool, _changes: Changes) -> None:
        shell, desk = self._context.shell, self._context.desk
        if backups_too:
            shell.toast(_("Deleted for good. Making a new backup before the earlier ones go…"))
            desk.copy(desk, _replace_backups, partial(_backups_replaced, self._context), shell.tell_trouble)
        else:
            shell.toast(_(_GONE[kind]))


class PurgeQuestion(Question):
    """The one question before something is gone."""

    def __init__(self, context: PageContext, thing: DeletedThing) -> None:
        gone = _(
            "It cannot be brought back. Files you shared keep their own copy. Automatic backups can hold it for up "
            "to 12 months."
        )
        with_it = _GOES_WITH_IT.get(thing.kind)
        title = (
            _("Delete “{title}” for good?").format(title=name_of(thing))
            if thing.readable
            else _("Delete this for good?")
        )
        super().__init__(
            context.theme, context.shell.sheet_host(), title, f"{_(with_it)} {gone}" if with_it else gone,
            (Answer("keep", _("Keep it"), safe=True), Answer("purge", _("Delete for good"), "danger")),
        )  # fmt: skip
        self.backups = TickBox(
            context.theme, _("Also delete automatic backups made before now (a new verified one is made first)")
        )
        self.body.addWidget(self.backups)


def name_of(thing: DeletedThing) -> str:
    """What a thing is called: the beginning of its words, else what stands for them."""
    if not thing.readable:
        return _(_UNREADABLE[thing.kind])
    if not thing.name:
        return _nameless(thing)
    return thing.name if len(thing.name) <= _LONGEST_NAME else thing.name[:_LONGEST_NAME].rstrip() + "…"


def row_words(thing: DeletedThing, now: datetime) -> tuple[str, str]:
    """The two lines of a thing: its name; its kind, the days it has left, and when it was."""
    kind = _(_KINDS[thing.kind])
    if not thing.readable:
        return name_of(thing), _("{kind} · {rest}").format(kind=kind, rest=_("The rest is fine."))
    days = days_left(thing.deleted or now, now)
    left = ngettext("{count} day left", "{count} days left", days).format(count=days)
    if thing.when is None:
        return name_of(thing), _("{kind} · {rest}").format(kind=kind, rest=left)
    return name_of(thing), _("{kind} · {left} · {when}").format(kind=kind, left=left, when=_when_words(thing.when))


def days_left(deleted: datetime, now: datetime) -> int:
    """Whole days until something that was deleted then goes for good, at least 0; part of a day counts as one."""
    left = deleted + KEPT_FOR - now
    return max(-(-left // timedelta(days=1)), 0)


def _nameless(thing: DeletedThing) -> str:
    if thing.kind is DeletedKind.MOMENT:
        return _("A moment")
    if thing.kind is DeletedKind.LOG:
        return _("Notes of facts")
    if thing.kind is DeletedKind.THREAD and isinstance(thing.when, ZonedTime):
        return _("Thread of {day}").format(day=_day_words(thing.when.local_date()))
    return _("Untitled")


def _when_words(when: ZonedTime | date) -> str:
    return moment_words(when.instant, when.zone, QLocale()) if isinstance(when, ZonedTime) else _day_words(when)


def _day_words(day: date) -> str:
    # Translators: how a short date with its year is written; ddd is the weekday, MMM the month, both short
    return QLocale().toString(QDate(day.year, day.month, day.day), _("ddd d MMM yyyy"))


def _replace_backups(journal: Journal, stop: Stop) -> object:
    return replace_automatic_backups(journal, partial(_check, stop))


def _check(stop: Stop, _done: int, _all: int) -> None:
    stop.check()


def _backups_replaced(context: PageContext, _made: object) -> None:
    context.shell.toast(_("A new backup was made and verified, and the earlier automatic ones are deleted."))
