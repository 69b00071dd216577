"""A card of Trends: a title, what can be chosen, the chart or its table, and one sentence about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from integrate.domain.trends.tables import Table
from integrate.i18n import _
from integrate.ui.pages.trends.figures import Figure, waiting
from integrate.ui.pages.trends.files import Files, csv_bytes, png_bytes, svg_bytes
from integrate.ui.pages.trends.formats import day_words, number_words
from integrate.ui.widgets.buttons import IconButton
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.chart_view import ChartView
from integrate.ui.widgets.chip import Chip
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.table import TableView
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_SIDE: Final = 20
_HIGHEST: Final = 1.5
_LONGEST: Final = 24  # letters on a chip; the menu and the name for screen readers have all of them


class TableStack(QWidget):
    """Tables below one another, each with its name where there are several."""

    def __init__(self, theme: Theme, files: Files) -> None:
        super().__init__()
        self._theme = theme
        self._files = files
        self._parts: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_tables(self, named: Sequence[tuple[str, Table]]) -> None:
        """Show others. Tables that are there are used again, so that one with the focus keeps it."""
        views = self.views()
        if len(views) != len(named):
            self.clear()
            views = tuple(self._add(name, several=len(named) > 1) for name, _table in named)
        for view, (name, table) in zip(views, named, strict=True):
            view.show_table(table, name)
        headings = [part for part in self._parts if isinstance(part, Text)]
        for heading, (name, _table) in zip(headings, named, strict=False):
            heading.set_text(name)

    def _add(self, name: str, *, several: bool) -> TableView:
        if several:
            self._put(Text(self._theme, name, "label", "ink2", weight=600))
        view = TableView(self._theme, number_words)
        view.copy_wanted.connect(self._files.copy)
        self._put(view)
        return view

    def _put(self, part: QWidget) -> None:
        self._parts.append(part)
        self._column.addWidget(part)

    def views(self) -> tuple[TableView, ...]:
        """The tables."""
        return tuple(part for part in self._parts if isinstance(part, TableView))

    def clear(self) -> None:
        """Show none."""
        for view in self.views():
            view.clear()
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []


class PartHead(QWidget):
    """A title with choices behind it, and the menu of what can be done with the part."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.title = Heading(theme, title, 3)
        self.more = IconButton(theme, "ellipsis", _("More about {title}").format(title=title))
        words = QWidget()
        self._flow = FlowLayout(words, line_gap=6)
        self._flow.addWidget(self.title)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)

    def set_title(self, title: str) -> None:
        """Bear another title."""
        if title != self.title.words():
            self.title.set_text(title)
            self.more.set_name(_("More about {title}").format(title=title))

    def add_choice(self, part: QWidget) -> None:
        """Put something to choose behind the title."""
        self._flow.addWidget(part)


class ChartCard(Card):
    """A chart and its twin. ``file`` is how a file with it is called at first, ``height`` that of the chart.

    Beside something higher the card is as high as that: the chart takes the room, up to half as much again.
    """

    chosen = Signal()
    """The person chose something else to be shown."""

    def __init__(self, theme: Theme, files: Files, title: str, file: str, height: int) -> None:
        super().__init__(theme)
        self._own = theme
        self._files = files
        self._file = file
        self._figure: Figure | None = None
        self._as_tables = False
        self.head = PartHead(theme, title)
        self.note = Text(theme, "", "caption", "ink2")
        self.view = ChartView(theme, height)
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._height = height
        self.tables = TableStack(theme, files)
        self.empty = Text(theme, "", "body", "ink2")
        self.summary = Text(theme, "", "caption", "ink2")
        self.head.more.setMenu(self._menu())
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_SIDE, 16, _SIDE, 16)
        self.column.setSpacing(8)
        for part in (self.head, self.note, self.view, self.tables, self.empty, self.summary):
            self.column.addWidget(part, 1 if part is self.view else 0)
        self.column.addStretch()
        for part in (self.note, self.tables, self.empty, self.summary):
            part.hide()
        theme.changed.connect(self._limit_height)
        self._limit_height()
        self.wait()

    def _limit_height(self) -> None:
        self.view.setMaximumHeight(int(self._own.px(self._height) * _HIGHEST))

    def _menu(self) -> Menu:
        menu = Menu(self._own, parent=self)
        menu.add_entry(_("Save as picture (SVG)…"), partial(self.save, "svg"))
        menu.add_entry(_("Save as picture (PNG)…"), partial(self.save, "png"))
        menu.addSeparator()
        menu.add_entry(_("Copy the table as text"), self.copy)
        menu.add_entry(_("Save the table as CSV…"), partial(self.save, "csv"))
        return menu

    def say(self, note: str) -> None:
        """A sentence below the title."""
        self.note.set_text(note)
        self.note.setVisible(bool(note))

    # --- what is shown ------------------------------------------------------------------------------------------------

    def figure(self) -> Figure | None:
        """The chart that is shown."""
        return self._figure

    def wait(self) -> None:
        """It is still being read: grey axes."""
        self.view.show_chart(waiting, str, self.head.title.words())

    def show_figure(self, figure: Figure) -> None:
        """Show a chart, or its tables."""
        self._figure = figure
        self.view.show_chart(figure.build, figure.words, figure.summary)
        self.summary.set_text(figure.summary)
        self.empty.hide()
        self.head.more.show()
        self._arrange()

    def show_nothing(self, words: str) -> None:
        """There is no chart, and why."""
        self._figure = None
        self.view.show_chart(waiting, str, words)
        self.view.hide()
        self.tables.clear()
        self.tables.hide()
        self.summary.hide()
        self.head.more.hide()
        self.empty.set_text(words)
        self.empty.show()

    def show_as_tables(self, on: bool) -> None:
        """Show the table in place of the chart, or the chart again."""
        self._as_tables = on
        if self._figure is not None:
            self._arrange()

    def _arrange(self) -> None:
        figure = self._figure
        if figure is None:
            return
        had_focus = self.view.hasFocus() or any(view.hasFocus() for view in self.tables.views())
        if self._as_tables:
            self.tables.show_tables(figure.tables(day_words))
        else:
            self.tables.clear()
        self.tables.setVisible(self._as_tables)
        self.view.setVisible(not self._as_tables)
        self.summary.show()
        if had_focus:
            twin: QWidget = self.tables.views()[0] if self._as_tables else self.view
            twin.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Hold nothing of the journal any more."""
        self._figure = None
        self.tables.clear()
        self.view.show_chart(waiting, str, "")
        for text in (self.summary, self.empty, self.note):
            text.set_text("")

    # --- what leaves it -----------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the table on the clipboard."""
        if self._figure is not None:
            self._files.copy(joined(self._figure.tables(day_words)))

    def save(self, kind: str) -> None:
        """Save a file: ``kind`` is svg, png or csv."""
        if self._figure is not None:
            self._files.save(f"{self._file}.{kind}", self.contents(kind))

    def contents(self, kind: str) -> Callable[[], bytes]:
        """Makes what a file of this kind holds."""
        figure = self._figure
        if figure is None:
            raise ValueError("there is no chart")
        if kind == "svg":
            return partial(svg_bytes, self.view.svg())
        if kind == "png":
            return partial(png_bytes, self.view.image())
        return partial(csv_bytes, joined(figure.tables(date.isoformat)))


def joined(named: Sequence[tuple[str, Table]]) -> Table:
    """Several tables as one: below each other, each with its headings, and an empty row between them."""
    first, *others = (table for _name, table in named)
    if not others:
        return first
    width = max(len(table.headings) for table in (first, *others))
    rows = [_filled(row, width) for row in first.rows]
    for table in others:
        rows += [("",) * width, _filled(table.headings, width)]
        rows += [_filled(row, width) for row in table.rows]
    headings = tuple(str(cell) for cell in _filled(first.headings, width))
    return Table(headings, tuple(rows))


def _filled(cells: Sequence[str | int | float], width: int) -> tuple[str | int | float, ...]:
    return (*cells, *[""] * (width - len(cells)))


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


class ChoiceChip(Chip):
    """A chip with a menu of choices, of which one is on. ``what`` is what a screen reader calls the choice.

    The menu is filled when it is opened: a questionnaire may have been filled in a hundred times.
    """

    def __init__(self, theme: Theme, what: str) -> None:
        menu = Menu(theme)
        super().__init__(theme, "", menu=menu)
        menu.setParent(self, menu.windowFlags())
        self._own_menu = menu
        self._what = what
        self._options: tuple[tuple[object, str], ...] = ()
        self._value: object = None
        self._chosen: Callable[[object], None] | None = None
        menu.aboutToShow.connect(self._fill)

    def set_options(
        self, options: Sequence[tuple[object, str]], value: object, chosen: Callable[[object], None], shown: str = ""
    ) -> None:
        """Offer choices as (value, words); ``shown`` stands on the chip, the words of the one that is on unless given.

        Where there is none to make, the chip is not there.
        """
        self._options, self._value, self._chosen = tuple(options), value, chosen
        words = next((words for found, words in options if found == value), "")
        name = _("{what}: {choice}").format(what=self._what, choice=words)
        self.set_text(_short(shown or words), name)
        self.setToolTip(words if len(words) > _LONGEST else "")
        if len(options) <= 1 or self.parentWidget() is not None:  # without a place it would be a window for a moment
            self.setVisible(len(options) > 1)

    def options(self) -> tuple[str, ...]:
        """The words of the choices."""
        return tuple(words for _value, words in self._options)

    def _fill(self) -> None:
        self._own_menu.clear()
        for place, (found, words) in enumerate(self._options):
            self._own_menu.add_choice(words, partial(self.choose, place), on=found == self._value)

    def choose(self, place: int) -> None:
        """Choose as the menu does."""
        if self._chosen is not None:
            self._chosen(self._options[place][0])
