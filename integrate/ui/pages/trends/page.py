"""Trends: what changes, when, and around which sessions. It says neither why nor whether that is good."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import Changes
from integrate.domain.times import ZonedTime
from integrate.domain.trends_choice import SPANS, TrendsChoice
from integrate.i18n import _, ngettext
from integrate.journal.baselines import choose_baseline
from integrate.ui.forms.opening import open_form
from integrate.ui.layout import CONTENT_WIDTH, PAGE_SIDE, PAGE_TOP, WidthClass
from integrate.ui.page import Page, PageContext
from integrate.ui.pages.trends.charts import ENOUGH, AroundCard, OverTimeCard, YearCard
from integrate.ui.pages.trends.facts import effects_card, slow_card
from integrate.ui.pages.trends.files import Files
from integrate.ui.pages.trends.reading import Damage, Found, read_first, read_rest
from integrate.ui.pages.trends.since import SincePart
from integrate.ui.scene import first_stop
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.empty import EmptyState
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.segmented import Segmented
from integrate.ui.widgets.tab_order import tab_through
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from uuid import UUID

    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal

_NARROW_PADDING: Final = 24
_TOP: Final = PAGE_TOP - 4
_BETWEEN: Final = 20
_BETWEEN_OPEN: Final = 32  # what has no card stands a little farther off
_SINCE_WIDTH: Final = 328
_YEAR_WIDTH: Final = 384
_ANY_WIDTH: Final = (1 << 24) - 1
_A_MOMENT: Final = 40
"""Milliseconds in which what was read first is painted, before the rest is read."""

_AREAS: Final = frozenset({"check-ins", "measures", "responses", "logs", "sessions", "courses", "moments"})


class TrendsPage(Page):
    """What is seen at once is read first, the whole history after it; both are kept until something changes."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        theme = self.theme
        self._width = WidthClass.WIDE
        self._reading: Stop | None = None
        self._found: Found | None = None
        self._is_stale = True
        self._as_tables = False
        self._empty: EmptyState | None = None
        self._read()  # while the page is made
        files = Files(context, self)
        self.files = files
        self.title = Heading(theme, _("Trends"))
        choice = self.desk.preferences.trends
        ranges = tuple(zip(SPANS, (_("4 weeks"), _("12 weeks"), _("All")), strict=True))
        self.range = Segmented(theme, _("How much is shown"), ranges, choice.days)
        self.tables_button = Button(theme, _("Show as tables"), "secondary", "table-2")
        self.damage = Text(theme, "", "body", "ink2")
        self.over_time = OverTimeCard(theme, files, choice)
        self.since = SincePart(theme, files, may_write=self.desk.may_write)
        self.around = AroundCard(theme, files, choice)
        self.year = YearCard(theme, files, choice)
        self.effects = effects_card(theme, files)
        self.slow = slow_card(theme, files)
        self._lay_out()
        self.damage.hide()
        self._connect()

    def _lay_out(self) -> None:
        self._head = QWidget()
        self._head_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._head)
        self._head_row.setContentsMargins(0, 0, 0, 0)
        self._head_row.setSpacing(12)
        self._head_row.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        self._choices = QWidget()
        choices = FlowLayout(self._choices, gap=12)
        choices.addWidget(self.range)
        choices.addWidget(self.tables_button)
        self._head_row.addWidget(self._choices)
        self._rows = (self._row(self.over_time, self.since), self._row(self.around, self.year))
        self._body = QWidget()
        self._content = QVBoxLayout(self._body)
        self._content.setSpacing(_BETWEEN)
        for widget in (self._head, self.damage):
            self._content.addWidget(widget)
        for row in self._rows:
            self._content.addLayout(row)
        for card in (self.effects, self.slow):
            self._content.addWidget(card)
        self._content.addStretch(1)
        self._scroll = PageScroll(self.theme)
        self._scroll.set_content(self._body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    @staticmethod
    def _row(main: QWidget, beside: QWidget) -> QBoxLayout:
        """Two parts that share a row where there is room: both are as high as the higher one."""
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addWidget(main, 1)
        row.addWidget(beside)
        return row

    def _connect(self) -> None:
        for card in (self.over_time, self.around, self.year):
            card.chosen.connect(self._keep_choice)
        self.range.chosen.connect(self._show_days)
        self.tables_button.clicked.connect(self.switch_tables)
        self.since.chosen.connect(self._choose_baseline)
        self.since.form_wanted.connect(self._fill_in)
        self.desk.changed.connect(self._changed)
        self.theme.changed.connect(self._arrange)

    # --- the page -----------------------------------------------------------------------------------------------------

    def opened(self, **arguments: object) -> None:
        """Show it; it is read anew where something was written since, or the day is another one."""
        if self._is_stale or (self._found is not None and self._found.today != self._today()):
            self._read()

    def heading(self) -> QWidget | None:
        """The title."""
        return self.title

    def regions(self) -> Sequence[QWidget]:
        """Header, then each card in the order it is seen."""
        cards = (self.over_time, self.since, self.around, self.year, self.effects, self.slow)
        empty = (self._empty,) if self._empty is not None else ()
        return tuple(part for part in (self._head, *empty, *cards) if part.isVisible() and first_stop(part) is not None)

    def perform(self, action_id: str) -> bool:
        """Charts as tables."""
        if action_id != "charts_as_tables":
            return False
        self.switch_tables()
        return True

    def set_width_class(self, width: WidthClass) -> None:
        """Two cards side by side, or all of them below one another."""
        self._width = width
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text in a small window puts the choices below the title."""
        super().resizeEvent(event)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody waits for what is being read; after a lock the words go before the widgets do."""
        super().hideEvent(event)
        if self._reading is not None:
            self._reading.set()
            self._reading, self._is_stale = None, True
        if not self.desk.is_open:
            self._found = None
            for part in (self.over_time, self.since, self.around, self.year, self.effects, self.slow):
                part.forget()

    def _arrange(self) -> None:
        narrow = self._width is WidthClass.NARROW
        side, top = (_NARROW_PADDING, _NARROW_PADDING) if narrow else (PAGE_SIDE, _TOP)
        self._content.setContentsMargins(side, top, side, top)
        self._body.setMaximumWidth(self.theme.px(CONTENT_WIDTH) + 2 * side)
        directions = QBoxLayout.Direction
        wide = self._width is WidthClass.WIDE and not self._as_tables
        # A part with no more than a sentence in it would be an empty place as high as the chart beside it.
        has_sessions = self._found is None or bool(self._found.sessions)
        for row, part, pixels, between, beside in (
            (self._rows[0], self.since, _SINCE_WIDTH, _BETWEEN_OPEN, wide),
            (self._rows[1], self.year, _YEAR_WIDTH, _BETWEEN, wide and has_sessions),
        ):
            row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
            row.setSpacing(between if beside else _BETWEEN)
            width = self.theme.px(pixels)
            part.setMinimumWidth(width if beside else 0)
            part.setMaximumWidth(width if beside else _ANY_WIDTH)
        room = min(self.width(), self._body.maximumWidth()) - 2 * side
        needed = self.title.sizeHint().width() + self._choices.sizeHint().width() + self._head_row.spacing()
        self._head_row.setDirection(directions.LeftToRight if needed <= room else directions.TopToBottom)

    # --- what is chosen -----------------------------------------------------------------------------------------------

    def switch_tables(self) -> None:
        """Tables in place of charts, or charts again."""
        self._as_tables = not self._as_tables
        self.tables_button.setText(_("Show as charts") if self._as_tables else _("Show as tables"))
        self.tables_button.set_icon("chart-line" if self._as_tables else "table-2")
        for part in (self.over_time, self.since, self.around, self.year):
            part.show_as_tables(self._as_tables)
        self._arrange()
        tab_through((self._body,))

    @property
    def found(self) -> Found | None:
        """What was read; None before that."""
        return self._found

    @property
    def as_tables(self) -> bool:
        """Whether tables stand in place of charts."""
        return self._as_tables

    def _show_days(self, days: Any) -> None:
        self.over_time.show_days(days)
        self._keep_choice()

    def _keep_choice(self) -> None:
        """Keep inside the journal what is shown, for the next time; one that is open to read only keeps nothing."""
        choice = TrendsChoice()
        for card in (self.over_time, self.around, self.year):
            choice = card.added_to(choice)
        if self.desk.may_write:
            self.desk.change_preferences(self, trends=choice)

    def _choose_baseline(self, key: str, response_id: UUID | None) -> None:
        self.desk.write(self, partial(_keep_baseline, key, response_id), None, self.context.shell.tell_trouble)

    def _fill_in(self, key: str) -> None:
        open_form(self.context, self, key)

    # --- what is read -------------------------------------------------------------------------------------------------

    def _today(self) -> int:
        clock = self.desk.clock
        return ZonedTime(clock.now(), clock.zone()).local_date().toordinal()

    def _read(self) -> None:
        if not self.desk.is_open:
            return
        if self._reading is not None:
            self._reading.set()
        self._is_stale = False
        work = partial(read_first, today=self._today())
        # What is whole stays on the screen until it is there anew: a chart that shrinks and grows again says nothing.
        if self._found is not None and self._found.is_whole:
            self._read_rest()
        else:
            self._reading = self.desk.read(self, work, self._show_first, self._failed)

    def _show_first(self, found: Found) -> None:
        self._reading = None
        self._show(found)
        QTimer.singleShot(_A_MOMENT, self, self._read_rest)

    def _read_rest(self) -> None:
        if self.desk.is_open and self.isVisible() and self._reading is None:
            folder = self.context.program.paths.data_folder
            work = partial(read_rest, today=self._today(), data_folder=folder)
            self._reading = self.desk.read(self, work, self._show_rest, self._failed)

    def _show_rest(self, found: Found) -> None:
        self._reading = None
        self._show(found)

    def _show(self, found: Found) -> None:
        self._found = found
        enough = found.check_ins >= ENOUGH
        self.damage.set_text(damage_words(found.damage))
        self.damage.setVisible(bool(found.damage))
        nothing = not enough and found.is_whole and not found.forms
        self._show_empty(nothing)
        self.over_time.setVisible(not nothing)
        for part in (self.around, self.year):
            part.setVisible(enough or not found.is_whole)
        self.over_time.show_found(found)
        self.since.show_found(found)
        self.since.setVisible(not nothing and bool(found.forms or found.changes))
        self.around.show_found(found)
        self.year.show_found(found)
        self.effects.show_found(found)
        self.slow.show_found(found)
        self._arrange()
        tab_through((self._body,))  # tables and rows come and go: Tab goes as the eye does

    def _show_empty(self, on: bool) -> None:
        if on and self._empty is None:
            act = (_("Check in"), None, self._check_in) if self.desk.may_write else None
            words = _("A line appears after a few check-ins. There is no rush.")
            self._empty = EmptyState(self.theme, _("Nothing to draw yet"), words, act)
            self._content.insertWidget(2, self._empty)
        if self._empty is not None:
            self._empty.setVisible(on)

    def _check_in(self) -> None:
        self.context.shell.perform("new_check_in")

    def _failed(self, error: Exception) -> None:
        self._reading = None
        self.context.shell.tell_trouble(error)

    def _changed(self, changes: Changes) -> None:
        if changes.areas & _AREAS:
            self._is_stale = True
            if self.isVisible():
                # What follows in the same turn is read together with it.
                QTimer.singleShot(0, self, self._read_if_stale)

    def _read_if_stale(self) -> None:
        if self._is_stale and self.isVisible():
            self._read()


def _keep_baseline(key: str, response_id: UUID | None, journal: Journal) -> Changes:
    return choose_baseline(journal, key, response_id)


def damage_words(damage: Damage) -> str:
    """What could not be read and so is in no chart; "" where all of it could."""
    parts = [
        words.format(count=count)
        for count, words in (
            (damage.check_ins, ngettext("{count} check-in", "{count} check-ins", damage.check_ins)),
            (damage.forms, ngettext("{count} questionnaire", "{count} questionnaires", damage.forms)),
            (damage.sessions, ngettext("{count} session", "{count} sessions", damage.sessions)),
            (damage.logs, ngettext("{count} note of side effects or slow changes",
                                   "{count} notes of side effects or slow changes", damage.logs)),
        )
        if count
    ]  # fmt: skip
    if not parts:
        return ""
    return _("Could not be read, and is in no chart: {what}. The rest is fine.").format(what=", ".join(parts))
