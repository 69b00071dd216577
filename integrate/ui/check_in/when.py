"""What a check-in is about: a day, a time of day and a time zone."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from PySide6.QtCore import QDate, QLocale, QStringListModel, Qt, QTime
from PySide6.QtWidgets import QCompleter, QDateTimeEdit, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.check_in.words import clock_words
from integrate.ui.clock_times import Kind, Resolved, folds, resolve
from integrate.ui.widgets.choices import Choice
from integrate.ui.widgets.day_time import DayEdit, TimeEdit
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.domain.times import ZonedTime
    from integrate.journal.opening import Journal
    from integrate.ui.desk import Desk
    from integrate.ui.theme.theme import Theme


class WhenFields(QWidget):
    """The fields. What the clocks make of a time is said where it is not plain."""

    def __init__(self, theme: Theme, desk: Desk, at: ZonedTime) -> None:
        super().__init__()
        self._theme = theme
        self._start = at
        local = at.local()
        self.date = DayEdit(theme)
        self.date.setDate(QDate(local.year, local.month, local.day))
        self.time = TimeEdit(theme)
        self.time.setTime(QTime(local.hour, local.minute))
        self.zone = LineField(theme, _("Time zone"))
        self.zone.edit.setText(_zone_words(at.zone))
        self.note = Text(theme, "", "caption", "ink2")
        self.earlier = Choice(theme, _("The first time, before the clocks went back"))
        self.later = Choice(theme, _("The second time, after the clocks went back"))
        (self.later if folds(at) else self.earlier).setChecked(True)
        self._zones = QStringListModel(self)
        completer = QCompleter(self._zones, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.zone.edit.setCompleter(completer)
        self._lay_out()
        self.date.dateChanged.connect(self._changed)
        self.time.timeChanged.connect(self._changed)
        self.zone.edit.textChanged.connect(self._changed)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()
        self._changed()
        desk.read(self, _all_zones, self._zones.setStringList, _nothing)

    def _lay_out(self) -> None:
        across = QWidget()
        flow = FlowLayout(across, gap=16)
        parts: tuple[tuple[str, QDateTimeEdit], ...] = ((_("Day"), self.date), (_("Time"), self.time))
        for label, edit in parts:
            words = Text(self._theme, label, "label", wrap=False, weight=500)
            words.setBuddy(edit)
            edit.setAccessibleName(label)
            box = QWidget()
            inside = QVBoxLayout(box)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(6)
            inside.addWidget(words)
            inside.addWidget(edit)
            flow.addWidget(box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(across)
        for part in (self.zone, self.note, self.earlier, self.later):
            column.addWidget(part)

    def value(self) -> ZonedTime | None:
        """The moment in the fields; None, and a sentence that says so, where the zone is none."""
        found = self._resolved()
        if found is None:
            self.zone.set_error(_("There is no time zone of this name. Write one like Europe/Lisbon."))
            self.zone.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return found.at

    def _resolved(self) -> Resolved | None:
        day, hour, start = self.date.date(), self.time.time(), self._start.local()
        wall = datetime.combine(date(day.year(), day.month(), day.day()), time(hour.hour(), hour.minute()))
        if wall == start.replace(second=0, microsecond=0, tzinfo=None, fold=0):
            wall = start.replace(tzinfo=None, fold=0)  # the fields show no seconds: those stay
        return resolve(wall, self.zone.text().strip().replace(" ", "_"), later=self.later.isChecked())

    def _changed(self, _what: object = None) -> None:
        found = self._resolved()
        if found is not None:
            self.zone.set_error("")
        words, twice = "", found is not None and found.kind is Kind.TWICE
        if found is not None and found.kind is Kind.NEVER:
            words = _("The clocks went forward: this time was skipped that day. It becomes {time}.").format(
                time=clock_words(found.at.local())
            )
        elif twice:
            words = _("The clocks went back: this time came twice that day.")
        self.note.set_text(words)
        self.note.setVisible(bool(words))
        self.earlier.setVisible(twice)
        self.later.setVisible(twice)

    def _apply_theme(self) -> None:
        self.date.setDisplayFormat(QLocale().dateFormat(QLocale.FormatType.ShortFormat))


def _zone_words(zone: str) -> str:
    return zone.replace("_", " ")


def _all_zones(_journal: Journal, _stop: Stop) -> list[str]:
    """Finding them takes a moment, so it is done beside the main thread. They have nothing to do with a journal."""
    return [_zone_words(zone) for zone in sorted(available_timezones())]


def _nothing(_error: Exception) -> None:
    """Without completion a zone can still be typed."""
