"""Dates and sessions: from which day to which, "Since last time", and the sessions of these days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.pages.share.words import entry_day
from integrate.ui.widgets.chip import Chip
from integrate.ui.widgets.day_time import DayEdit
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.tab_order import tab_through
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.entry import SessionRef
    from integrate.ui.pages.share.reading import Offer, OfferedSession
    from integrate.ui.theme.theme import Theme


_DAY_LEAST: Final = 96  # pixels, in which a day is still told from another
_AROUND: Final = 48  # what a field of a day needs beside its words: padding and arrows
_AROUND_MIRRORED: Final = 80  # Qt keeps the room of the arrows free on both sides there
_GAP: Final = 8


class DaysPart(QWidget):
    """``changed`` follows every change. All sessions of the days are chosen until a chip is turned off."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._offer: Offer | None = None
        self._today = date.min
        self._last_time: date | None = None
        self._since: date | None = None
        self._off: set[SessionRef] = set()
        self.chips: dict[SessionRef, Chip] = {}
        label = Text(theme, _("Dates and sessions"), "label", "ink2", weight=500, wrap=False)
        self.since_button = FlushButton(theme, _("Since last time"))
        self.since_button.hide()
        self.first = _day_edit(theme, _("From"))
        self.last = _day_edit(theme, _("To"))
        head = QHBoxLayout()
        head.addWidget(label, 1)
        head.addWidget(self.since_button)
        self._between = Text(theme, _("to"), "body", "ink2", wrap=False)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(_GAP)
        self._row.addWidget(self.first, 1)
        self._row.addWidget(self._between)
        self._row.addWidget(self.last, 1)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._row)
        column.addWidget(self._chips)
        self.first.dateChanged.connect(self._moved)
        self.last.dateChanged.connect(self._moved)
        self.since_button.clicked.connect(self._since_last_time)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One day below the other where both do not fit side by side."""
        super().resizeEvent(event)
        words = max(self.first.fontMetrics().horizontalAdvance(field.text()) for field in (self.first, self.last))
        around = _AROUND_MIRRORED if self.isRightToLeft() else _AROUND
        needed = 2 * (words + around) + self._between.sizeHint().width() + 2 * _GAP
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if needed <= self.width() else directions.TopToBottom)

    def show_offer(self, offer: Offer, today: date) -> None:
        """Show what there is; the first time from the first day there is something until ``today``."""
        begins = self._offer is None
        self._offer, self._today = offer, today
        if begins:
            self._set_days(offer.first_day, today)
        self._show_chips()

    def set_last_time(self, day: date | None) -> None:
        """Offer the days since the last file for the same person; None where there was none."""
        self._last_time = day
        self.since_button.setVisible(day is not None)
        if day is not None:
            words = _("Since last time, {day}").format(day=entry_day(day, self._today))
            self.since_button.setAccessibleName(words)
            self.since_button.setToolTip(words)
        elif self._since is not None:
            self._since = None

    def days(self) -> tuple[date, date]:
        """The first and the last day, as they stand."""
        return _to_date(self.first.date()), _to_date(self.last.date())

    def since(self) -> date | None:
        """The day of the last file, where only what came after it was asked for."""
        return self._since

    def sessions(self) -> frozenset[SessionRef] | None:
        """The sessions that are chosen; None where none was turned off."""
        return frozenset(ref for ref in self.chips if ref not in self._off) if self._off & self.chips.keys() else None

    def _set_days(self, first: date, last: date) -> None:
        for field, day in ((self.first, first), (self.last, last)):
            before = field.blockSignals(True)
            field.setDate(QDate(day.year, day.month, day.day))
            field.blockSignals(before)

    def _moved(self) -> None:
        if self._since is not None and self.days()[0] != self._since:
            self._since = None
        self._show_chips()
        self.changed.emit()

    def _since_last_time(self) -> None:
        if self._last_time is not None:
            self._since = self._last_time
            self._set_days(self._last_time, max(self._today, self._last_time))
            self._show_chips()
            self.changed.emit()

    def _show_chips(self) -> None:
        first, last = self.days()
        wanted = {
            one.session.ref: one
            for one in (self._offer.sessions if self._offer else ())
            if one.session.day is not None and first <= one.session.day <= last
        }
        if list(wanted) == list(self.chips):
            return
        for chip in self.chips.values():
            chip.hide()
            chip.deleteLater()
        self.chips = {ref: self._chip(one) for ref, one in wanted.items()}
        for chip in self.chips.values():
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(self.chips))
        tab_through((self,))

    def _chip(self, one: OfferedSession) -> Chip:
        ref, day = one.session.ref, one.session.day
        name = _("Session {number}, {day}").format(
            number=ref.number, day="" if day is None else entry_day(day, self._today)
        )
        chip = Chip(self._theme, str(ref.number), checkable=True, name=name)
        chip.setToolTip(name)
        chip.set_on(ref not in self._off)
        chip.setProperty("course", ref.course)
        chip.setProperty("number", ref.number)
        chip.clicked.connect(self._switched)
        return chip

    def _switched(self) -> None:
        for ref, chip in self.chips.items():
            (self._off.discard if chip.isChecked() else self._off.add)(ref)
        self.changed.emit()


def _day_edit(theme: Theme, name: str) -> DayEdit:
    field = DayEdit(theme)
    # Translators: how a day with its year is written; MMM is the month in short
    field.setDisplayFormat(_("d MMM yyyy"))
    field.setAccessibleName(name)
    field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    field.setMinimumWidth(_DAY_LEAST)
    return field


def _to_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
