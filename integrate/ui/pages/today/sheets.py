"""Sheets of Today: another day for a session, a practice in other words, a letter to read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from integrate.domain.practices import Cadence, CadenceKind, cadence_words
from integrate.domain.times import ZonedTime
from integrate.i18n import _
from integrate.ui.pages.today.days import long_day
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import Choice, TickBox
from integrate.ui.widgets.day_time import DayEdit
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.domain.sessions import Session
    from integrate.domain.threads import Letter, Practice
    from integrate.ui.theme.theme import Theme

_WEEK: Final = 7
_COLUMNS: Final = 4


class DaySheet(Sheet):
    """Another day for a planned session. ``chosen`` is called with it; the sheet stays until :meth:`close`."""

    def __init__(
        self, theme: Theme, host: QWidget, session: Session, today: date, chosen: Callable[[DaySheet, date], object]
    ) -> None:
        title = _("Another day for session {number}").format(number=session.ref.number)
        super().__init__(theme, host, title)
        self._chosen = chosen
        self.field = DayEdit(theme)
        self.field.setDate(QDate(today.year, today.month, today.day))
        self.field.setAccessibleName(_("The other day"))
        self._trouble = Text(theme, "", "caption", "danger")
        self._trouble.hide()
        hint = _("A day that has gone by means that it took place then. Today or later means that it is planned.")
        self.body.addWidget(self.field)
        self.body.addWidget(Text(theme, hint, "caption", "ink2"))
        self.body.addWidget(self._trouble)
        self.initial_focus = self.field
        _add_buttons(self, _("Save"), self._save)

    def tell_trouble(self, words: str) -> None:
        """Say why it could not be kept; the day stays in the field."""
        self._trouble.set_text(words)
        self._trouble.show()

    def _save(self) -> None:
        day = self.field.date()
        self._chosen(self, date(day.year(), day.month(), day.day()))


class PracticeSheet(Sheet):
    """A practice in other words, or at other times."""

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        practice: Practice,
        chosen: Callable[[PracticeSheet, str, Cadence], object],
    ) -> None:
        super().__init__(theme, host, _("Change this practice"))
        self._chosen = chosen
        self._before = practice.cadence
        self.words = TextArea(theme, _("The practice"), own_words=False)
        self.words.set_text(practice.text)
        self.body.addWidget(self.words)
        self.body.addWidget(Text(theme, _("How often"), "label", weight=500))
        self.kinds: dict[CadenceKind, Choice] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout()
        column.setSpacing(6)
        for kind, words in self._kinds():
            choice = Choice(theme, words)
            choice.setChecked(kind is practice.cadence.kind)
            choice.toggled.connect(self._kind_changed)
            self._group.addButton(choice)
            self.kinds[kind] = choice
            column.addWidget(choice)
        self.body.addLayout(column)
        self._week = QWidget()
        self.weekdays = self._made_week(theme, practice.cadence)
        self.body.addWidget(self._week)
        self.initial_focus = self.words
        _add_buttons(self, _("Save"), self._save)
        self._kind_changed()

    def tell_trouble(self, words: str) -> None:
        """Say why it could not be kept; what was typed stays."""
        self.words.set_error(words)

    def _kinds(self) -> list[tuple[CadenceKind, str]]:
        kinds = [(CadenceKind.WHEN_IT_SUITS, _("When it suits you")), (CadenceKind.DAILY, _("Every day"))]
        if self._before.kind is CadenceKind.EVERY_FEW_DAYS:
            kinds.append((CadenceKind.EVERY_FEW_DAYS, cadence_words(self._before)))
        return [*kinds, (CadenceKind.WEEKDAYS, _("On certain days of the week"))]

    def _made_week(self, theme: Theme, cadence: Cadence) -> list[TickBox]:
        grid = QGridLayout(self._week)
        grid.setContentsMargins(theme.px(30), 0, 0, 0)
        boxes = []
        for day in range(_WEEK):
            box = TickBox(theme, QLocale().standaloneDayName(day + 1, QLocale.FormatType.ShortFormat))
            box.setAccessibleName(QLocale().standaloneDayName(day + 1))
            box.setChecked(day in cadence.weekdays)
            grid.addWidget(box, day // _COLUMNS, day % _COLUMNS)
            boxes.append(box)
        return boxes

    def _kind(self) -> CadenceKind:
        return next((kind for kind, choice in self.kinds.items() if choice.isChecked()), self._before.kind)

    def _kind_changed(self, _on: bool = False) -> None:
        self._week.setVisible(self._kind() is CadenceKind.WEEKDAYS)

    def _save(self) -> None:
        kind = self._kind()
        days = frozenset(day for day, box in enumerate(self.weekdays) if box.isChecked())
        if kind is CadenceKind.WEEKDAYS and not days:
            self.tell_trouble(_("Which days of the week? One is enough."))
            return
        cadence = Cadence(kind) if kind in (CadenceKind.WHEN_IT_SUITS, CadenceKind.DAILY) else self._before
        if kind is CadenceKind.WEEKDAYS:
            cadence = Cadence(kind, days)
        self._chosen(self, self.words.text(), cadence)


class LetterSheet(Sheet):
    """A letter that was opened."""

    def __init__(self, theme: Theme, host: QWidget, letter: Letter, zone: str) -> None:
        super().__init__(theme, host, _("A letter from you"))
        day = long_day(ZonedTime(letter.written, zone).local_date(), QLocale())
        words = _("Written on {day}").format(day=day)
        if letter.never_share:
            words = f"{words} · {_('Never share')}"
        self.body.addWidget(Text(theme, words, "caption", "ink3"))
        self.body.addWidget(Text(theme, letter.text, "quote"))
        self.add_done()


def _add_buttons(sheet: DaySheet | PracticeSheet, words: str, save: Callable[[], None]) -> None:
    cancel = Button(sheet.theme, _("Cancel"), "quiet_neutral")
    cancel.clicked.connect(sheet.close)
    keep = Button(sheet.theme, words, "primary")
    keep.clicked.connect(save)
    sheet.footer.setContentsMargins(0, 12, 0, 0)
    sheet.footer.addStretch(1)
    sheet.footer.addWidget(cancel, 0, Qt.AlignmentFlag.AlignVCenter)
    sheet.footer.addWidget(keep, 0, Qt.AlignmentFlag.AlignVCenter)
