"""The three charts of Trends with what can be chosen on each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrate.domain.sessions import ROUTE_WORDS, SETTING_WORDS, Route, Setting
from integrate.domain.trends.words import CANNOT_SAY_WHY
from integrate.domain.trends_choice import NO_FORM, FormKey, TrendsChoice
from integrate.i18n import _
from integrate.ui.pages.trends.card import ChartCard, ChoiceChip
from integrate.ui.pages.trends.figures import (
    around,
    around_title,
    first_year,
    only_form,
    over_time,
    year_of,
    year_title,
)
from integrate.ui.pages.trends.files import Files
from integrate.ui.pages.trends.reading import Form, Found, Line, SeriesKey, measure_of
from integrate.ui.widgets.buttons import IconButton
from integrate.ui.widgets.switch import Switch
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

ENOUGH: Final = 3
"""From so many check-ins on there is a line."""

_TIME_HEIGHT: Final = 380
_AROUND_HEIGHT: Final = 280
_YEAR_HEIGHT: Final = 280


def line_words(line: Line) -> str:
    """A measure in a menu; one that meant something else before says so, with its range and the words at its ends."""
    definition = line.definition
    if line.series.is_current:
        return definition.name
    if definition.low and definition.high:
        return _("{name}, {lowest} {low} to {highest} {high}, as it was").format(
            name=definition.name, lowest=definition.lowest, low=definition.low, highest=definition.highest,
            high=definition.high,
        )  # fmt: skip
    return _("{name}, {lowest} to {highest}, as it was").format(
        name=definition.name, lowest=definition.lowest, highest=definition.highest
    )


def offer_lines(chip: ChoiceChip, found: Found, line: Line, chosen: Callable[[Any], None]) -> None:
    """Let a measure be chosen."""
    chip.set_options([(one.key, line_words(one)) for one in found.lines], line.key, chosen)


class OverTimeCard(ChartCard):
    """A measure over time, and a questionnaire below it. ``days`` is how many of them are shown, None all."""

    def __init__(self, theme: Theme, files: Files, choice: TrendsChoice) -> None:
        super().__init__(theme, files, _("Over time"), "over-time", _TIME_HEIGHT)
        self.days = choice.days
        self._found: Found | None = None
        self._line: SeriesKey | UUID | None = choice.over_time
        self._form: FormKey | None = choice.form
        self.measure = ChoiceChip(theme, _("Measure over time"))
        self.form = ChoiceChip(theme, _("Questionnaire"))
        self.head.add_choice(self.measure)
        self.head.add_choice(self.form)
        self.bands = Switch(theme, _("Show published bands"))
        self.bands.setChecked(choice.bands)
        self.bands.toggled.connect(self._show_bands)
        self._bands_row = QWidget()
        row = QHBoxLayout(self._bands_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.bands)
        row.addWidget(Text(theme, _("Show published bands"), "caption", "ink2", wrap=False))
        row.addStretch(1)
        self.citation = Text(theme, "", "caption", "ink2")
        self.column.insertWidget(self.column.count() - 1, self._bands_row)
        self.column.insertWidget(self.column.count() - 1, self.citation)
        self._bands_row.hide()
        self.citation.hide()

    def show_found(self, found: Found) -> None:
        """Show what was read."""
        self._found = found
        line, form = found.line(self._line), self._shown_form(found)
        if line is not None:
            offer_lines(self.measure, found, line, self.choose_line)
        forms: list[tuple[object, str]] = [(one.key, one.asked.title) for one in found.forms]
        if forms:
            forms.append((NO_FORM, _("No questionnaire")))
        self.form.set_options(forms, NO_FORM if form is None else form.key, self.choose_form)
        self._show_bands_of(form)
        enough = line is not None and found.check_ins >= ENOUGH
        if (self.days is None or not enough or found.is_to_come(self._line)) and not found.is_whole:
            self.wait()
            return
        self.say("" if enough else _("A line appears after a few check-ins. There is no rush."))
        self.measure.setVisible(enough and len(found.lines) > 1)
        if enough and line is not None:
            self.show_figure(over_time(found, self.days, line, form, bands=self.bands.isChecked()))
        elif form is not None:
            self.show_figure(only_form(found, self.days, form, bands=self.bands.isChecked()))

    def _shown_form(self, found: Found) -> Form | None:
        if self._form is None:
            return found.forms[0] if found.forms else None
        return found.form(self._form)

    def _show_bands_of(self, form: Form | None) -> None:
        bands = form.asked.bands if form is not None else ()
        self._bands_row.setVisible(bool(bands))
        self.citation.set_text("; ".join(dict.fromkeys(band.citation for band in bands)))
        self.citation.setVisible(bool(bands) and self.bands.isChecked())

    def _show_again(self) -> None:
        if self._found is not None:
            self.show_found(self._found)

    def show_days(self, days: int | None) -> None:
        """Show so many days; None is all of them."""
        self.days = days
        self._show_again()

    def choose_line(self, key: Any) -> None:
        """Show another measure."""
        self._line = key
        self._show_again()
        self.chosen.emit()

    def choose_form(self, key: Any) -> None:
        """Show another questionnaire, or none."""
        self._form = key
        self._show_again()
        self.chosen.emit()

    def _show_bands(self, _on: bool) -> None:
        self._show_again()
        self.chosen.emit()

    def added_to(self, choice: TrendsChoice) -> TrendsChoice:
        """The choice with what is chosen here."""
        measure, bands = measure_of(self._line), self.bands.isChecked()
        return replace(choice, days=self.days, over_time=measure, form=self._form, bands=bands)

    def forget(self) -> None:
        """Hold nothing of the journal any more."""
        super().forget()
        self._found = None


class AroundCard(ChartCard):
    """A measure around the sessions: all of them, or those of a route or a setting."""

    def __init__(self, theme: Theme, files: Files, choice: TrendsChoice) -> None:
        super().__init__(theme, files, _("Around your sessions"), "around-sessions", _AROUND_HEIGHT)
        self._found: Found | None = None
        self._line: SeriesKey | UUID | None = choice.around
        self._some: Route | Setting | None = choice.sessions
        self.measure = ChoiceChip(theme, _("Measure around sessions"))
        self.which = ChoiceChip(theme, _("Which sessions"))
        self.head.add_choice(self.measure)
        self.head.add_choice(self.which)
        self.why = Text(theme, _(CANNOT_SAY_WHY), "caption", "ink2")
        self.column.insertWidget(self.column.count() - 1, self.why)

    def show_found(self, found: Found) -> None:
        """Show what was read; without all of it there is nothing to see yet."""
        self._found = found
        line = found.line(self._line)
        if line is None or found.is_to_come(self._line):
            return
        self.head.set_title(around_title(line))
        offer_lines(self.measure, found, line, self.choose_line)
        self.which.set_options(self._kinds(found), self._some, self.choose_sessions)
        if not found.sessions:
            self.say("")
            self.measure.hide()
            self.show_nothing(_("Once a session is in your journal, the days around it are drawn here."))
            self.why.hide()
            return
        self.say(_("Each thin line is one session. A line stops when the next session begins."))
        self.why.show()
        if not found.is_whole:
            self.wait()
            return
        some = self._some
        route, setting = (some if isinstance(some, Route) else None), (some if isinstance(some, Setting) else None)
        figure = around(found, line, route, setting)
        if figure is None:  # the last one of its kind is gone
            self._some = None
            self.show_found(found)
            return
        self.show_figure(figure)

    def _kinds(self, found: Found) -> list[tuple[object, str]]:
        """All sessions, and those of each route and setting, where there are several."""
        routes = sorted({one.route for one in found.sessions if one.route is not None}, key=list(Route).index)
        settings = sorted({one.setting for one in found.sessions if one.setting is not None}, key=list(Setting).index)
        mixed_routes = len({one.route for one in found.sessions}) > 1
        mixed_settings = len({one.setting for one in found.sessions}) > 1
        kinds: list[tuple[object, str]] = [(None, _("All sessions"))]
        if mixed_routes:
            kinds += [(route, _(ROUTE_WORDS[route])) for route in routes]
        if mixed_settings:
            kinds += [(setting, _(SETTING_WORDS[setting])) for setting in settings]
        return kinds

    def choose_line(self, key: Any) -> None:
        """Show another measure."""
        self._line = key
        self._show_again()

    def choose_sessions(self, some: Any) -> None:
        """Show the sessions of a route or a setting; None shows all."""
        self._some = some
        self._show_again()

    def _show_again(self) -> None:
        if self._found is not None:
            self.show_found(self._found)
        self.chosen.emit()

    def added_to(self, choice: TrendsChoice) -> TrendsChoice:
        """The choice with what is chosen here."""
        return replace(choice, around=measure_of(self._line), sessions=self._some)

    def forget(self) -> None:
        """Hold nothing of the journal any more."""
        super().forget()
        self._found = None


class YearCard(ChartCard):
    """A measure on each day of a year."""

    def __init__(self, theme: Theme, files: Files, choice: TrendsChoice) -> None:
        super().__init__(theme, files, "", "year", _YEAR_HEIGHT)
        self._found: Found | None = None
        self._line: SeriesKey | UUID | None = choice.year
        self._year: int | None = None  # None is the year of today
        self.measure = ChoiceChip(theme, _("Measure of the year"))
        self.earlier = IconButton(theme, "chevron-left", "")
        self.later = IconButton(theme, "chevron-right", "")
        self.earlier.clicked.connect(self._go_back)
        self.later.clicked.connect(self._go_on)
        for part in (self.measure, self.earlier, self.later):
            self.head.add_choice(part)
        self.say(_("Outlined days are sessions. A dot means no check-in."))

    def show_found(self, found: Found) -> None:
        """Show what was read."""
        self._found = found
        line, year = found.line(self._line), self.year()
        if line is None:
            return
        self.head.set_title(year_title(year))
        offer_lines(self.measure, found, line, self.choose_line)
        self._name_steps(year, found)
        another = year != date.fromordinal(found.today).year or found.is_to_come(self._line)
        if another and not found.is_whole:
            self.wait()
            return
        self.show_figure(year_of(found, line, year))

    def _name_steps(self, year: int, found: Found) -> None:
        for button, other, there in (
            (self.earlier, year - 1, found.is_whole and year > first_year(found)),
            (self.later, year + 1, year < date.fromordinal(found.today).year),
        ):
            button.set_name(_("Show {year}").format(year=other))
            had_focus = button.hasFocus()
            button.setVisible(there)
            if had_focus and not there:
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def year(self) -> int:
        """The year that is shown."""
        if self._year is not None or self._found is None:
            return self._year or 0
        return date.fromordinal(self._found.today).year

    def _go_back(self) -> None:
        self.choose_year(self.year() - 1)

    def _go_on(self) -> None:
        self.choose_year(self.year() + 1)

    def choose_year(self, year: int) -> None:
        """Show another year."""
        self._year = year
        if self._found is not None:
            self.show_found(self._found)

    def choose_line(self, key: Any) -> None:
        """Show another measure."""
        self._line = key
        if self._found is not None:
            self.show_found(self._found)
        self.chosen.emit()

    def added_to(self, choice: TrendsChoice) -> TrendsChoice:
        """The choice with what is chosen here."""
        return replace(choice, year=measure_of(self._line))

    def forget(self) -> None:
        """Hold nothing of the journal any more."""
        super().forget()
        self._found = None
