"""Check-in measures: which are asked, in what order, how often, and measures of one's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from integrate.domain.measures import Measure
from integrate.i18n import N_, _, ngettext
from integrate.ui.pages.settings.measure_line import MeasureLine
from integrate.ui.pages.settings.rows import only_to_read
from integrate.ui.pages.settings.section import Section
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrate.domain.entry import Changes, Unreadable
    from integrate.domain.listing import Stop
    from integrate.journal.measures import SavedMeasure
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext
    from integrate.ui.pages.settings.measure_sheet import MeasureSheet

_ABOVE: Final = 16


class MeasuresSection(Section):
    """Every change takes effect at once. What was answered is kept, whatever is chosen here."""

    id = "measures"
    title = N_("Check-in measures")
    in_list = N_("Check-ins")

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._measures: tuple[Measure | Unreadable, ...] | None = None
        self._parts: list[QWidget] = []
        self.lines: dict[UUID, MeasureLine] = {}
        self.add_words(
            _("What the check-in on Today asks, from the top. Answers stay in the journal, whatever you choose here.")
        )
        self._place = self.add_column()
        self.add_button = Button(self.theme, _("Make your own…"), "secondary", "plus", small=True)
        self.add_button.clicked.connect(self.open_new)
        self._column.addSpacing(_ABOVE)
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        if not self.desk.may_write:
            self.add_button.setEnabled(False)
            self._column.addWidget(Text(self.theme, only_to_read(), "caption", "ink2"))
        self.desk.changed.connect(self._changed)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read them."""
        if self.desk.is_open:
            self.desk.read(self, _all_measures, self._show, self.context.shell.tell_trouble)

    def _changed(self, changes: Changes) -> None:
        if "measures" in changes.areas:
            self.refresh()

    def _show(self, measures: tuple[Measure | Unreadable, ...]) -> None:
        if measures == self._measures:
            return
        self._measures = measures
        held = next(((name, line.held()) for name, line in self.lines.items() if line.held()), None)
        for old in self._parts:
            old.hide()
            old.deleteLater()
        self._parts, self.lines = [], {}
        known = [one for one in measures if isinstance(one, Measure)]
        asked = [one for one in known if one.in_use]
        self._add_group(_("Asked"), asked, ordered=True)
        self._add_group(_("To choose from"), [one for one in known if not one.in_use], ordered=False)
        lost = len(measures) - len(known)
        if lost:
            words = ngettext(
                "One measure could not be read. The rest is fine.",
                "Some measures could not be read. The rest is fine.", lost,
            )  # fmt: skip
            self._add_part(Text(self.theme, words, "caption", "ink2"))
        if held is not None and held[0] in self.lines:
            self.lines[held[0]].hold(held[1])
        elif held is not None:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_group(self, title: str, measures: Sequence[Measure], *, ordered: bool) -> None:
        if not measures:
            return
        above = QWidget()
        above.setFixedHeight(_ABOVE)
        self._add_part(above)
        self._add_part(Heading(self.theme, title, 3))
        for place, measure in enumerate(measures):
            up, down = ordered and place > 0, ordered and place < len(measures) - 1
            line = MeasureLine(self.theme, measure, up=up, down=down, may_write=self.desk.may_write)
            line.switched.connect(self._switched)
            line.moved.connect(self._moved)
            line.change_wanted.connect(self._open_change)
            self._add_part(line)
            self.lines[measure.id] = line

    def _add_part(self, part: QWidget) -> None:
        self._place.addWidget(part)
        part.show()
        self._parts.append(part)

    # --- changing -----------------------------------------------------------------------------------------------------

    def open_new(self, _checked: bool = False) -> MeasureSheet:
        """Open the sheet for a measure of one's own."""
        return self._open(None)

    def _open_change(self, measure: Measure) -> None:
        self._open(measure)

    def _open(self, measure: Measure | None) -> MeasureSheet:
        from integrate.ui.pages.settings.measure_sheet import MeasureSheet

        sheet = MeasureSheet(self.context, measure)
        sheet.delete_wanted.connect(self._delete)
        sheet.open()
        return sheet

    def _switched(self, measure: Measure, on: bool) -> None:
        self.desk.write(self, partial(_use, measure_id=measure.id, on=on), None, self._not_kept)

    def _moved(self, measure: Measure, step: int) -> None:
        ids = [line.measure.id for line in self.lines.values() if line.measure.in_use]
        at = ids.index(measure.id)
        ids.insert(at + step, ids.pop(at))
        self.desk.write(self, partial(_order, ids=tuple(ids)), None, self._not_kept)

    def _not_kept(self, error: Exception) -> None:
        self._measures = None  # the controls show again what holds
        self.failed(error)

    def _delete(self, measure: Measure) -> None:
        self.desk.write(self, partial(_delete, measure_id=measure.id), partial(self._deleted, measure.id), self.failed)

    def _deleted(self, measure_id: UUID, _changes: object) -> None:
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.shell.toast(_("Measure moved to Recently deleted"), partial(self._restore, measure_id))

    def _restore(self, measure_id: UUID) -> None:
        self.desk.write(self, partial(_restore, measure_id=measure_id), None, self.failed)


def _all_measures(journal: Journal, _stop: Stop) -> tuple[Measure | Unreadable, ...]:
    from integrate.journal.measures import list_measures

    return list_measures(journal, all=True)


def _use(journal: Journal, measure_id: UUID, on: bool) -> SavedMeasure:
    from integrate.journal.measures import change_measure

    return change_measure(journal, measure_id, in_use=on)


def _order(journal: Journal, ids: tuple[UUID, ...]) -> Changes:
    from integrate.journal.measures import order_measures

    return order_measures(journal, ids)


def _delete(journal: Journal, measure_id: UUID) -> Changes:
    from integrate.journal.measures import delete_measure

    return delete_measure(journal, measure_id)


def _restore(journal: Journal, measure_id: UUID) -> SavedMeasure:
    from integrate.journal.measures import restore_measure

    return restore_measure(journal, measure_id)
