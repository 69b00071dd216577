"""What the sheets of this page share: fields that may stay open, one place for trouble, and words that are not lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.times import ZonedTime, find_zone
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.day_time import DayEdit, TimeEdit
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext
    from integrate.ui.theme.theme import Theme

Drafts = dict[str, dict[str, Any]]
"""What was typed into a sheet that was closed without a word, by the sheet it was typed into. It goes with the page."""


class OpenField(QWidget):
    """A day or a time that may stay open: a box to tick for that, and the field itself while it is not ticked."""

    changed = Signal()

    def __init__(self, theme: Theme, label: str, still_open: str, edit: QDateTimeEdit) -> None:
        super().__init__()
        self._theme = theme
        self._edit = edit
        self.label = Text(theme, label, "label", weight=500)
        self.label.setBuddy(edit)
        self.open_box = TickBox(theme, still_open)
        self.open_box.setAccessibleName(f"{label}: {still_open}")
        self._edit.setAccessibleName(label)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._edit)
        row.addWidget(self.open_box, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.label)
        column.addLayout(row)
        self.open_box.toggled.connect(self._toggled)

    def set_needed(self, needed: bool) -> None:
        """Whether it has to be said: then it cannot stay open."""
        self.open_box.setVisible(not needed)
        if needed:
            self.open_box.setChecked(False)

    def focus_edit(self) -> None:
        """Give the focus to the day or time, or to the box where it is open."""
        target = self._edit if self._edit.isVisibleTo(self) else self.open_box
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def is_open(self) -> bool:
        """Whether nothing is said."""
        return self.open_box.isChecked()

    def _toggled(self, still_open: bool) -> None:
        self._edit.setVisible(not still_open)
        self.changed.emit()


class DayField(OpenField):
    """A day; ``today`` is where the calendar stands while none was chosen."""

    def __init__(self, theme: Theme, label: str, still_open: str, day: date | None, today: date) -> None:
        self.edit = DayEdit(theme)
        super().__init__(theme, label, still_open, self.edit)
        self._today = today
        self.set_value(day)
        self.edit.dateChanged.connect(self.changed)

    def value(self) -> date | None:
        """The day, None while it is open."""
        day = self.edit.date()
        return None if self.is_open() else date(day.year(), day.month(), day.day())

    def set_value(self, day: date | None) -> None:
        """Show a day, or that there is none."""
        shown = day or self._today
        self.edit.setDate(QDate(shown.year, shown.month, shown.day))
        self.open_box.setChecked(day is None)
        self._edit.setVisible(day is not None)


class TimeField(OpenField):
    """A time of day in whole minutes."""

    def __init__(self, theme: Theme, label: str, still_open: str, at: time | None) -> None:
        self.edit = TimeEdit(theme)
        super().__init__(theme, label, still_open, self.edit)
        self.set_value(at)
        self.edit.timeChanged.connect(self.changed)

    def value(self) -> time | None:
        """The time, None while it is open."""
        at = self.edit.time()
        return None if self.is_open() else time(at.hour(), at.minute())

    def set_value(self, at: time | None) -> None:
        """Show a time, or that there is none."""
        shown = at or time(12)
        self.edit.setTime(QTime(shown.hour, shown.minute))
        self.open_box.setChecked(at is None)
        self._edit.setVisible(at is not None)


class FormSheet(Sheet):
    """A sheet with *Save*. What is refused stays, with the reason; what was typed is still there after Esc.

    A sheet of a kind registers its fields with :meth:`keep_field`, puts what it does into :meth:`work`. ``kept``
    brings what the journal answered.
    """

    kept = Signal(object)

    def __init__(self, context: PageContext, title: str, drafts: Drafts, key: str, *, width: int = 560) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), title, width=width)
        self.context = context
        self.desk = context.desk
        self._drafts = drafts
        self._key = key
        self._fields: dict[str, tuple[Callable[[], Any], Callable[[Any], object]]] = {}
        self._start: dict[str, Any] = {}
        self._saving = False
        self.trouble = Text(self.theme, "", "body", "danger")
        self.trouble.hide()
        self.save_button = Button(self.theme, _("Save"), "primary")
        self.cancel_button = Button(self.theme, _("Cancel"), "quiet_neutral")
        self.footer.setContentsMargins(0, 16, 0, 0)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel_button)
        self.footer.addWidget(self.save_button)
        self.cancel_button.clicked.connect(self._cancelled)
        self.save_button.clicked.connect(self.save)

    # --- for the sheet itself -----------------------------------------------------------------------------------------

    def keep_field(self, name: str, get: Callable[[], Any], put: Callable[[Any], object]) -> None:
        """Remember a field under ``name``, with the ways to read and to fill it."""
        self._fields[name] = (get, put)

    def ready(self) -> None:
        """All fields are there: put back what was typed the last time, if it was not saved."""
        self.body.addWidget(self.trouble)
        self._start = self.values()
        for name, value in self._drafts.pop(self._key, {}).items():
            if name in self._fields:
                self._fields[name][1](value)

    def work(self) -> Callable[[Journal], object] | None:
        """What *Save* does, or None where a field has to be looked at first. Each sheet has its own.

        Raises:
            KnownError: why it cannot be saved.
        """
        return None

    # --- saving -------------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """What the fields hold."""
        return {name: get() for name, (get, _put) in self._fields.items()}

    def is_changed(self) -> bool:
        """Whether something was typed."""
        return self.values() != self._start

    def save(self) -> None:
        """Save, and close when the disk has it."""
        if self._saving:
            return
        self.tell("")
        try:
            work = self.work()
        except KnownError as error:
            self.refuse(error)
            return
        if work is not None:
            self.write(work)

    def write(self, work: Callable[[Journal], object]) -> None:
        """Have it written; the sheet closes when it is."""
        self._saving = True
        self.desk.write(self, work, self._done, self.refuse)

    def refuse(self, error: Exception) -> None:
        """Say why nothing was saved."""
        self._saving = False
        if isinstance(error, KnownError):
            self.tell(" ".join(error.sentences()))
        else:
            self.tell(" ".join(part for part in failure_words(error) if part))

    def tell(self, words: str) -> None:
        """Say what is in the way; "" takes it away."""
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))
        if words:
            announce(self, words, polite=False)

    def _done(self, answer: object) -> None:
        self._saving = False
        self._start = self.values()
        self.kept.emit(answer)
        self.close()

    def _cancelled(self) -> None:
        self._start = self.values()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go. What was typed and neither saved nor cancelled is there when the sheet is opened again."""
        if self._fields and self.is_changed():
            self._drafts[self._key] = self.values()
        else:
            self._drafts.pop(self._key, None)
        super().closeEvent(event)


def zoned(day: date, at: time, zone: str, was: ZonedTime | None, *, after: ZonedTime | None = None) -> ZonedTime:
    """The moment of a wall-clock time. ``was`` stays as it is, seconds and all, where it shows the same.

    Of two moments with the same wall-clock time it is the first, unless that lies before ``after``.
    """
    if was is not None and was.zone == zone:
        local = was.local()
        if (local.date(), local.hour, local.minute) == (day, at.hour, at.minute):
            return was
    wall = datetime.combine(day, at, find_zone(zone))
    found = ZonedTime(wall, zone)
    if after is not None and found.instant < after.instant:
        again = ZonedTime(wall.replace(fold=1), zone)
        if again.instant >= after.instant:
            return again
    return found


def next_day(day: date, later: bool) -> date:
    """The day, or with ``later`` the one after it; the last day there is has none."""
    return day + timedelta(days=1) if later and day < date.max else day


def text_field(sheet: FormSheet, name: str, get: Callable[[], str], put: Callable[[str], object]) -> None:
    """Remember a field that holds words."""
    sheet.keep_field(name, get, partial(_put_text, put))


def _put_text(put: Callable[[str], object], value: Any) -> None:
    put(str(value))
