"""The menu of dates: usual spans, and any other from one day to another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QGridLayout, QWidget, QWidgetAction

from integrate.i18n import _
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.day_time import DayEdit
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.text import Text

Days = tuple[date, date]
"""The first and the last day, both included."""

_PADDING: Final = 12


class DateMenu(Menu):
    """Spans of days. ``choose`` is called with one of them, or with None for all days."""

    def __init__(self, theme: Theme, today: Callable[[], date], choose: Callable[[Days | None], None]) -> None:
        super().__init__(theme)
        self._today = today
        self._choose = choose
        self._panel: DatePanel | None = None

    def fill(self, chosen: Days | None) -> None:
        """Offer the spans that end today, and ``chosen`` in the fields, if there is one."""
        today = self._today()
        self.clear()
        self.add_choice(_("All dates"), partial(self._choose, None), on=chosen is None)
        for words, days in self._spans(today):
            self.add_choice(words, partial(self._choose, days), on=chosen == days)
        self.addSeparator()
        self._panel = DatePanel(self._theme, chosen or (today - timedelta(days=6), today))
        self._panel.show_button.clicked.connect(self._take_panel)
        action = QWidgetAction(self)
        action.setDefaultWidget(self._panel)
        self.addAction(action)

    def _spans(self, today: date) -> tuple[tuple[str, Days], ...]:
        return (
            (_("Last 7 days"), (today - timedelta(days=6), today)),
            (_("Last 30 days"), (today - timedelta(days=29), today)),
            (_("This year"), (today.replace(month=1, day=1), today.replace(month=12, day=31))),
        )

    def _take_panel(self) -> None:
        if self._panel is not None:
            self.close()
            self._choose(self._panel.days())


class DatePanel(QWidget):
    """Two days and a button. Tab stays among them; Esc closes the menu around it."""

    def __init__(self, theme: Theme, days: Days) -> None:
        super().__init__()
        self._first = _day_field(theme, _("From"), days[0])
        self._last = _day_field(theme, _("To"), days[1])
        self.show_button = Button(theme, _("Show these days"), small=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        grid.setSpacing(8)
        for line, (label, field) in enumerate(((_("From"), self._first), (_("To"), self._last))):
            words = Text(theme, label, "label", "ink2", wrap=False)
            words.setBuddy(field)
            grid.addWidget(words, line, 0)
            grid.addWidget(field, line, 1)
        grid.addWidget(self.show_button, 2, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self._first)

    def days(self) -> Days:
        """What the fields say, the earlier day first."""
        first, last = (_to_date(field.date()) for field in (self._first, self._last))
        return min(first, last), max(first, last)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """A menu would take Tab for an arrow."""
        stops = (self._first, self._last, self.show_button)
        at = next((number for number, stop in enumerate(stops) if stop.hasFocus()), -1 if forwards else len(stops))
        reason = Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forwards else -1)) % len(stops)].setFocus(reason)
        return True


def _day_field(theme: Theme, name: str, day: date) -> DayEdit:
    field = DayEdit(theme)
    field.setDate(QDate(day.year, day.month, day.day))
    field.setAccessibleName(name)
    return field


def _to_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
