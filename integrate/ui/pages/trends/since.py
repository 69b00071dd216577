"""Since your baseline: two numbers side by side for each questionnaire and each measure, and the dates they are of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.measures import Definition
from integrate.domain.trends import (
    CheckInChange,
    QuestionnaireChange,
    ScoredResponse,
    baseline,
    change_words,
    decimals_of,
    questionnaire_change,
    rounded,
)
from integrate.domain.trends.tables import Table, change_table
from integrate.domain.trends.words import CANNOT_SAY_WHY, LOWER_MEANS_FEWER, FormatDay
from integrate.i18n import _, ngettext
from integrate.ui.pages.trends.card import ChoiceChip, PartHead, TableStack
from integrate.ui.pages.trends.files import Files, csv_bytes
from integrate.ui.pages.trends.formats import day_words, number_words, ordinal_words
from integrate.ui.pages.trends.reading import Form, Found
from integrate.ui.widgets.card import Card, Divider
from integrate.ui.widgets.chip import Chip
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

MOST: Final = 4
"""Measures that have a row; all of them are in the table."""

_NAME, _NUMBERS, _WORDS = 9, 6, 10
"""How a row shares its width between the name, the numbers and what they say."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A questionnaire with what it is compared with: None where there is nothing to compare."""

    form: Form
    since: ScoredResponse | None
    change: QuestionnaireChange | None


def compared(found: Found) -> tuple[Compared, ...]:
    """Each questionnaire with its baseline: the one chosen, else the last complete one before session 1."""
    day, started = (found.first.day, found.first.started_us) if found.first is not None else (None, None)
    result = []
    for form in found.forms:
        since = baseline(form.responses, day, found.chosen.get(form.asked.key), started_us=started)
        result.append(Compared(form, since, questionnaire_change(form.responses, since)))
    return tuple(result)


def since_table(found: Found, format_day: FormatDay) -> Table:
    """All of it as a table."""
    forms = [(one.form.asked.title, one.change) for one in compared(found) if one.change is not None]
    return change_table(forms, found.changes, format_day=format_day, number=number_words)


class SincePart(QWidget):
    """The rows, or the table. ``chosen`` brings a questionnaire's key and the response it is to be compared with.

    ``form_wanted`` brings the key of one to fill in.
    """

    chosen = Signal(str, object)
    form_wanted = Signal(str)

    def __init__(self, theme: Theme, files: Files, *, may_write: bool) -> None:
        super().__init__()
        self._theme = theme
        self._files = files
        self._may_write = may_write
        self._found: Found | None = None
        self._as_tables = False
        self.head = PartHead(theme, _("Since your baseline"))
        self.note = Text(theme, "", "caption", "ink2")
        self.tables = TableStack(theme, files)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 4, 0, 4)
        self._rows.setSpacing(6)
        self.why = Card(theme, ground="sunken", edge="")
        inside = QVBoxLayout(self.why)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.addWidget(Text(theme, _(CANNOT_SAY_WHY), "caption", "ink2"))
        menu = Menu(theme, parent=self)
        menu.add_entry(_("Copy the table as text"), self.copy)
        menu.add_entry(_("Save the table as CSV…"), self.save)
        self.head.more.setMenu(menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        self._offered = Menu(theme)
        self.fill_in = Chip(theme, _("Fill in a questionnaire"), menu=self._offered)
        self._offered.setParent(self.fill_in, self._offered.windowFlags())
        place = QWidget()
        FlowLayout(place).addWidget(self.fill_in)
        self.fill_in.hide()
        for part in (self.head, self.note, self._list, self.tables, place, self.why):
            column.addWidget(part)
        column.addStretch(1)
        self.tables.hide()
        self.head.more.hide()

    def show_found(self, found: Found) -> None:
        """Show what was read."""
        self._found = found
        self.note.set_text(_note(found))
        self._offer(found)
        self._show()

    def _offer(self, found: Found) -> None:
        """The questionnaires that can be filled in; nothing in a journal that is open to read only."""
        if self._may_write and found.offered:
            self._offered.clear()
            for key, title in found.offered:
                self._offered.add_entry(title, partial(self.form_wanted.emit, key))
            self.fill_in.show()

    def show_as_tables(self, on: bool) -> None:
        """Show the table in place of the rows, or the rows again."""
        self._as_tables = on
        self._show()

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        table = since_table(found, day_words)
        tables = self._as_tables and bool(table.rows)
        self.head.more.setVisible(bool(table.rows))
        if tables:
            self.tables.show_tables(((self.head.title.words(), table),))
        else:
            self.tables.clear()
        self.tables.setVisible(tables)
        self._clear()
        if not tables:
            for row in self._made(found):
                if self._rows.count() and isinstance(row, ChangeRow):
                    self._rows.addWidget(Divider(self._theme))
                self._rows.addWidget(row)
        self._list.setVisible(not tables)
        self.why.setVisible(tables or bool(self.rows()))

    def _made(self, found: Found) -> Iterator[QWidget]:
        forms = [one for one in compared(found) if any(response.total is not None for response in one.form.responses)]
        for one in forms:
            yield self._form_row(one)
        fewer = [one.form.asked.title for one in forms if one.change is not None and one.form.asked.lower_means_fewer]
        if fewer:
            words = _("{names}: {sentence}").format(names=", ".join(fewer), sentence=_(LOWER_MEANS_FEWER))
            yield Text(self._theme, words, "caption", "ink2")
        yield from self._measure_rows(found)

    def _measure_rows(self, found: Found) -> Iterator[QWidget]:
        """The measures, and of how many days their middle values are: once below them where it is the same for all."""
        measures = [one for one in found.changes if one[1].before is not None and one[1].now is not None]
        shown = measures[:MOST]
        counts = {(change.before_n, change.now_n) for _definition, change in shown}
        notes = []
        for definition, change in shown:
            row = self._measure_row(definition, change)
            if len(counts) > 1:
                row.add_below(Text(self._theme, _days_words(change), "caption", "ink2"))
            yield row
        if len(counts) == 1:
            notes.append(_days_words(shown[0][1]))
        if len(measures) > MOST:
            more = len(measures) - MOST
            words = ngettext("{count} more is in the table.", "{count} more are in the table.", more)
            notes.append(words.format(count=more))
        for note in notes:
            yield Text(self._theme, note, "caption", "ink2")

    def _form_row(self, one: Compared) -> QWidget:
        change, title = one.change, one.form.asked.title
        if change is None:
            row = ChangeRow(self._theme, title, "", _no_change_words(one, began=self._began()))
        else:
            before, now = (response.total or 0 for response in (change.baseline, change.latest))
            row = ChangeRow(self._theme, title, _pair(before, now), change_words(before, now))
        row.add_below(self._baseline_chip(one))
        if change is not None:
            row.add_below(
                Text(self._theme, _("to {day}").format(day=ordinal_words(change.latest.day)), "caption", "ink2")
            )
        return row

    def _began(self) -> bool:
        """Whether a session was held yet, so that something can lie before it."""
        return self._found is not None and self._found.first is not None

    def _baseline_chip(self, one: Compared) -> QWidget:
        """What it is compared with; another complete response can be chosen."""
        shown = (
            _("Choose a baseline") if one.since is None else _("From {day}").format(day=ordinal_words(one.since.day))
        )
        if not self._may_write:
            return Text(self._theme, shown if one.since is not None else "", "caption", "ink2")
        chip = ChoiceChip(self._theme, _("Baseline of {name}").format(name=one.form.asked.title))
        options: list[tuple[object, str]] = [(None, _("The last one before session 1"))]
        options += [
            (response.response_id, _("{day}: {total}").format(day=ordinal_words(response.day), total=response.total))
            for response in one.form.responses
            if response.total is not None
        ]
        chosen = self._found.chosen.get(one.form.asked.key) if self._found is not None else None
        known = {value for value, _words in options}
        on = chosen if chosen in known else None
        chip.set_options(options, on, partial(self._choose, one.form.asked.key), shown)
        return chip

    def _choose(self, key: str, response_id: Any) -> None:
        self.chosen.emit(key, response_id if isinstance(response_id, UUID) else None)

    def _measure_row(self, definition: Definition, change: CheckInChange) -> ChangeRow:
        decimals = decimals_of(definition)
        before, now = change.before or 0.0, change.now or 0.0
        words = change_words(before, now, definition.unit, decimals, number_words)
        shown = _pair(float(rounded(before, decimals)), float(rounded(now, decimals)))
        return ChangeRow(self._theme, definition.name, shown, words)

    def rows(self) -> tuple[ChangeRow, ...]:
        """What is compared."""
        return tuple(self._list.findChildren(ChangeRow))

    def _clear(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.setParent(None)
                part.deleteLater()

    def forget(self) -> None:
        """Hold nothing of the journal any more."""
        self._found = None
        self._clear()
        self.tables.clear()
        self.note.set_text("")

    def copy(self) -> None:
        """Put the table on the clipboard."""
        if self._found is not None:
            self._files.copy(since_table(self._found, day_words))

    def save(self) -> None:
        """Save the table as a file."""
        if self._found is not None:
            self._files.save("since-baseline.csv", partial(csv_bytes, since_table(self._found, _iso)))


def _iso(day: Any) -> str:
    return str(day.isoformat())


def _note(found: Found) -> str:
    """Which weeks are compared."""
    if found.first is None:
        return _("Once there was a session, the week before it is compared with the last seven days.")
    first, last = found.first.day - 7, found.first.day - 1
    return _("Check-ins: the week before session 1, {first} to {last}, and the last seven days.").format(
        first=ordinal_words(first), last=ordinal_words(last)
    )


def _no_change_words(one: Compared, *, began: bool) -> str:
    if one.since is None and not began:
        return _("This begins with session 1.")
    if one.since is None:
        return _("There is none from before session 1.")
    return _("{total}, and no later one yet").format(total=one.since.total)


def _days_words(change: CheckInChange) -> str:
    words = _("Middle value; days with an answer: {before}, then {now}")
    return words.format(before=change.before_n, now=change.now_n)


def _pair(before: float, now: float) -> str:
    return _("{before} → {now}").format(before=number_words(before), now=number_words(now))


class ChangeRow(QWidget):
    """A name, two numbers and how far they lie apart; below it what they are of."""

    def __init__(self, theme: Theme, name: str, numbers: str, words: str) -> None:
        super().__init__()
        self._theme = theme
        self.name = Text(theme, name, "body")
        self.numbers = Text(theme, numbers, "bodyStrong", wrap=False)
        self.words = Text(theme, words, "body", "ink2")
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(12)
        across = (_NAME, _NUMBERS, _WORDS) if numbers else (_NAME, 0, _NUMBERS + _WORDS)
        top.addWidget(self.name, across[0])
        top.addWidget(self.numbers, across[1], Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.words, across[2])
        if not numbers:
            self.numbers.hide()
        self._place = QWidget()
        self._below = FlowLayout(self._place)
        self._place.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self._place)

    def add_below(self, part: QWidget) -> None:
        """Put more below, one behind the other."""
        self._below.addWidget(part)
        self._place.show()
