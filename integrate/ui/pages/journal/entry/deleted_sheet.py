"""Recently deleted: thirty days to take an entry back, or to let it go for good."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Qt

from integrate.domain.entry import Changes, EntrySummary, Unreadable
from integrate.domain.listing import Stop
from integrate.domain.trash import KEPT_FOR
from integrate.i18n import _, ngettext
from integrate.journal.backups import replace_automatic_backups
from integrate.journal.deleting import purge_entry, recently_deleted, undelete_entry
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
Deleted = tuple[EntrySummary | Unreadable, ...]


class DeletedSheet(Sheet):
    """What can still be taken back. What is taken back is in the list again at once; the sheet stays."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), _("Recently deleted"), width=_WIDTH)
        self._context = context
        self._entries: Deleted = ()
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
        self._context.desk.write(self, recently_deleted, self._show, self._context.shell.tell_trouble)

    def _changed(self, changes: Changes) -> None:
        if "recently deleted" in changes.areas and self._context.desk.is_open:
            self._read()

    def _show(self, entries: Deleted) -> None:
        self._entries = entries
        now = self._context.desk.clock.now()
        self.hint.set_text(
            _("Entries stay here for 30 days, then they go for good.") if entries else _("Nothing was deleted lately.")
        )
        first, row = not self.rows.isVisible(), max(self.rows.currentRow(), 0)
        self.rows.set_rows([self._row(entry, now) for entry in entries], min(row, len(entries) - 1))
        for part in (self.rows, self.back_button, self.purge_button):
            part.setVisible(bool(entries))
        if entries and first:
            self.initial_focus = self.rows
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not entries:
            self.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        self._selected()

    def _row(self, entry: EntrySummary | Unreadable, now: datetime) -> tuple[str, str]:
        if not isinstance(entry, EntrySummary):
            return _("This entry could not be read."), _("The rest is fine.")
        days = days_left(entry.deleted or now, now)
        left = ngettext("{count} day left", "{count} days left", days).format(count=days)
        when = moment_words(entry.at.instant, entry.at.zone, QLocale())
        return name_of(entry), _("{left} · {when}").format(left=left, when=when)

    def _current(self) -> EntrySummary | Unreadable | None:
        row = self.rows.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def _selected(self, _row: int = 0) -> None:
        entry, may_write = self._current(), self._context.desk.may_write
        self.back_button.setEnabled(isinstance(entry, EntrySummary) and may_write)
        self.purge_button.setEnabled(entry is not None and entry.id is not None and may_write)

    def _take_back(self) -> None:
        entry = self._current()
        if entry is not None and entry.id is not None:
            work = partial(undelete_entry, entry_id=entry.id)
            self._context.desk.write(self, work, self._was_taken_back, self._context.shell.tell_trouble)

    def _was_taken_back(self, _changes: Changes) -> None:
        self._context.shell.toast(_("The entry is in your journal again."))

    def _ask(self) -> None:
        entry = self._current()
        if entry is not None and entry.id is not None:
            question = PurgeQuestion(self._context, name_of(entry))
            question.answered.connect(partial(self._answered, question, entry))
            question.open()

    def _answered(self, question: PurgeQuestion, entry: EntrySummary | Unreadable, answer: str) -> None:
        if answer == "purge" and entry.id is not None and self._context.desk.is_open:
            told = partial(self._was_purged, question.backups.isChecked())
            work = partial(purge_entry, entry_id=entry.id)
            self._context.desk.write(self, work, told, self._context.shell.tell_trouble)

    def _was_purged(self, backups_too: bool, _changes: Changes) -> None:
        shell, desk = self._context.shell, self._context.desk
        if backups_too:
            shell.toast(_("Deleted for good. Making a new backup before the earlier ones go…"))
            desk.copy(desk, _replace_backups, partial(_backups_replaced, self._context), shell.tell_trouble)
        else:
            shell.toast(_("Deleted for good"))


class PurgeQuestion(Question):
    """The one question before an entry is gone."""

    def __init__(self, context: PageContext, title: str) -> None:
        super().__init__(
            context.theme,
            context.shell.sheet_host(),
            _("Delete “{title}” for good?").format(title=title),
            _(
                "It cannot be brought back. Files you shared keep their own copy. Automatic backups can hold it for up "
                "to 12 months."
            ),
            (Answer("keep", _("Keep it"), safe=True), Answer("purge", _("Delete for good"), "danger")),
        )
        self.backups = TickBox(
            context.theme, _("Also delete automatic backups made before now (a new verified one is made first)")
        )
        self.body.addWidget(self.backups)


def name_of(entry: EntrySummary | Unreadable) -> str:
    """What an entry is called: its title, else its first words."""
    if not isinstance(entry, EntrySummary):
        return _("This entry could not be read.")
    first = entry.title.strip() or entry.excerpt.strip()
    return first if len(first) <= _LONGEST_NAME else first[:_LONGEST_NAME].rstrip() + "…"


def days_left(deleted: datetime, now: datetime) -> int:
    """Whole days until an entry that was deleted then goes for good, at least 0; part of a day counts as one."""
    left = deleted + KEPT_FOR - now
    return max(-(-left // timedelta(days=1)), 0)


def _replace_backups(journal: Journal, stop: Stop) -> object:
    return replace_automatic_backups(journal, partial(_check, stop))


def _check(stop: Stop, _done: int, _all: int) -> None:
    stop.check()


def _backups_replaced(context: PageContext, _made: object) -> None:
    context.shell.toast(_("A new backup was made and verified, and the earlier automatic ones are deleted."))
