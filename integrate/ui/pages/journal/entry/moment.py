"""When an entry was: a line that opens a popover with date, time and time zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

from PySide6.QtCore import QDate, QLocale, QStringListModel, Qt, QTime, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCompleter, QDateTimeEdit, QGridLayout, QWidget

from integrate.domain.times import ZonedTime
from integrate.i18n import _
from integrate.ui.clock_times import Kind, Resolved, folds, resolve
from integrate.ui.pages.journal.entry.popover import Popover
from integrate.ui.pages.journal.entry.words import time_words, when_words, zone_words
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.choices import Choice
from integrate.ui.widgets.day_time import DayEdit, TimeEdit
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.system.clock import Clock
    from integrate.ui.tasks import Lane
    from integrate.ui.theme.theme import Theme

_LEAST_WIDTH: Final = 320


class MomentLine(LinkText):
    """The line "Tuesday 6 October, 21:10". A click lets it be changed; ``chosen`` brings another :class:`ZonedTime`."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, clock: Clock, background: Lane) -> None:
        super().__init__(theme, "", role="caption", token="ink3")
        self._clock = clock
        self._background = background
        self._at = ZonedTime(clock.now(), clock.zone())
        self.popover = MomentPopover(theme, self)
        self.popover.closed.connect(self._closed)
        self.clicked.connect(self.open)
        self.set_moment(self._at)

    def label_font(self) -> QFont:
        """As light as a caption: it is read more often than pressed."""
        return self.theme.font("caption")

    def set_moment(self, at: ZonedTime) -> None:
        """Show a moment without telling."""
        self._at = at
        words = when_words(at, ZonedTime(self._clock.now(), self._clock.zone()), QLocale())
        self.setText(words)
        self.setAccessibleName(_("Date and time: {when}").format(when=words))
        self.updateGeometry()

    def open(self) -> None:
        """Let it be changed."""
        self._background.submit(self, _zones, self.popover.set_zones, _nothing)
        self.popover.show_moment(self._at)

    def _closed(self, apply: bool) -> None:
        found = self.popover.resolved()
        if apply and found is not None and found.at != self._at:
            self.set_moment(found.at)
            self.chosen.emit(found.at)


class MomentPopover(Popover):
    """Date, time and zone. What the clocks make of it is said at once, where it is not plain."""

    def __init__(self, theme: Theme, opener: QWidget) -> None:
        super().__init__(theme, opener, _("Date and time of this entry"))
        self.date = DayEdit(theme)
        self.time = TimeEdit(theme)
        self.zone = LineField(theme, _("Time zone"))
        self.note = Text(theme, "", "caption", "ink2")
        self.earlier = Choice(theme, _("The first time, before the clocks went back"))
        self.later = Choice(theme, _("The second time, after the clocks went back"))
        self.done_button = Button(theme, _("Done"), small=True)
        self._model = QStringListModel(self)
        self._start: ZonedTime | None = None
        self._showing = False
        completer = QCompleter(self._model, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.zone.edit.setCompleter(completer)
        self._lay_out()
        self.date.dateChanged.connect(self._changed)
        self.time.timeChanged.connect(self._changed)
        self.zone.edit.textChanged.connect(self._changed)
        completer.activated.connect(self._changed)
        self.later.toggled.connect(self._changed)
        self.done_button.clicked.connect(self.done)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        fields: tuple[tuple[str, QDateTimeEdit], ...] = ((_("Date"), self.date), (_("Time"), self.time))
        for line, (label, field) in enumerate(fields):
            words = Text(self.theme, label, "label", wrap=False, weight=500)
            words.setBuddy(field)
            field.setAccessibleName(label)
            grid.addWidget(words, line, 0)
            grid.addWidget(field, line, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.zone)
        for part in (self.note, self.earlier, self.later):
            self.body.addWidget(part)
        self.body.addWidget(self.done_button, 0, Qt.AlignmentFlag.AlignTrailing)

    def _apply_theme(self) -> None:
        self.setMinimumWidth(min(self.theme.px(_LEAST_WIDTH), 560))

    def set_zones(self, zones: Sequence[str]) -> None:
        """The zones that completion offers."""
        self._model.setStringList([zone_words(zone) for zone in zones])

    def show_moment(self, at: ZonedTime) -> None:
        """Open with a moment in the fields."""
        local = at.local()
        self._start = at
        self._showing = True
        self.date.setDate(QDate(local.year, local.month, local.day))
        self.time.setTime(QTime(local.hour, local.minute))
        self.zone.edit.setText(zone_words(at.zone))
        (self.later if folds(at) else self.earlier).setChecked(True)
        self._showing = False
        self._changed()
        self.open(self.date)

    def resolved(self) -> Resolved | None:
        """What the fields stand for; None while they stand for nothing."""
        if self._start is None:
            return None
        start, day, hour = self._start.local(), self.date.date(), self.time.time()
        zone = self.zone.text().strip().replace(" ", "_")
        wall = datetime.combine(date(day.year(), day.month(), day.day()), time(hour.hour(), hour.minute()))
        if wall == start.replace(second=0, microsecond=0, tzinfo=None, fold=0):
            wall = start.replace(tzinfo=None, fold=0)  # the fields show no seconds: those stay
        return resolve(wall, zone, later=self.later.isChecked())

    def done(self) -> None:
        """Close, unless the zone is none."""
        if self.resolved() is None:
            self.zone.set_error(_("There is no time zone of this name. Write one like Europe/Lisbon."))
            self.fit()
            self.zone.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().done()

    def _changed(self) -> None:
        if self._showing:
            return
        found = self.resolved()
        if found is not None:
            self.zone.set_error("")
        kind = found.kind if found is not None else Kind.ONCE
        words = ""
        if found is not None and kind is Kind.NEVER:
            words = _("The clocks went forward: this time was skipped that day. It becomes {time}.").format(
                time=time_words(found.at.local(), QLocale())
            )
        elif kind is Kind.TWICE:
            words = _("The clocks went back: this time came twice that day.")
        self.note.set_text(words)
        self.note.setVisible(bool(words))
        self.earlier.setVisible(kind is Kind.TWICE)
        self.later.setVisible(kind is Kind.TWICE)
        if self.isVisible():
            self.fit()


def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))


def _nothing(_answer: object) -> None:
    """Without completion a zone can still be typed."""
