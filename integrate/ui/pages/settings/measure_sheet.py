"""A measure of one's own, or another name, range or rhythm for one that is there."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from integrate.domain.measures import (
    HOW_OFTEN_WORDS,
    LONGEST_END,
    LONGEST_NAME,
    Definition,
    Direction,
    HowOften,
    MeasureKind,
)
from integrate.errors import KnownError
from integrate.i18n import N_, _
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from integrate.domain.measures import Measure
    from integrate.journal.measures import SavedMeasure
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

_DIRECTIONS: Final = (
    (Direction.NEITHER, N_("Neither, or it depends")),
    (Direction.HIGHER, N_("Toward the highest")),
    (Direction.LOWER, N_("Toward the lowest")),
)
_NUMBER_WIDTH: Final = 130
_MOST_DIGITS: Final = 7


class MeasureSheet(Sheet):
    """``measure`` None makes a new one. ``delete_wanted`` brings a measure of one's own that is to go."""

    delete_wanted = Signal(object)

    def __init__(self, context: PageContext, measure: Measure | None) -> None:
        title = _("A measure of your own") if measure is None else _("Change a measure")
        super().__init__(context.theme, context.shell.sheet_host(), title)
        self._desk = context.desk
        self._measure = measure
        self._what = Definition(_("New")) if measure is None else measure.definition
        self._saving = False
        self._make_fields()
        self._lay_out()
        self.initial_focus = self.name.edit
        self.name.edit.returnPressed.connect(self.keep)
        self.save_button.clicked.connect(self.keep)

    def _make_fields(self) -> None:
        theme, what, measure = self.theme, self._what, self._measure
        self.name = LineField(theme, _("What is it called?"))
        self.low = LineField(theme, _("Word at the lowest end"), placeholder=_("none"))
        self.high = LineField(theme, _("Word at the highest end"), placeholder=_("a lot"))
        self.lowest = LineField(theme, _("Lowest number"))
        self.highest = LineField(theme, _("Highest number"))
        for field, text, most in (
            (self.name, "" if measure is None else what.name, LONGEST_NAME), (self.low, what.low, LONGEST_END),
            (self.high, what.high, LONGEST_END), (self.lowest, str(what.lowest), _MOST_DIGITS),
            (self.highest, str(what.highest), _MOST_DIGITS),
        ):  # fmt: skip
            field.edit.setMaxLength(most)
            field.edit.setText(text)
        directions = [(direction, _(words)) for direction, words in _DIRECTIONS]
        self.direction = MenuField(theme, _("Where do you hope it goes?"), directions, what.direction)
        often = [(one, _(words)) for one, words in HOW_OFTEN_WORDS.items()]
        self.how_often = MenuField(
            theme, _("How often is it asked?"), often, HowOften.EACH if measure is None else measure.how_often
        )
        self.words = TextArea(theme, _("Words to choose from, one on each line"), least=4, own_words=False)
        self.words.set_text("\n".join(measure.words) if measure is not None else "")
        self.said = Text(theme, "", "body", "danger")
        self.said.hide()
        self.save_button = Button(theme, _("Save"), "primary")

    def _lay_out(self) -> None:
        numbers = FlowLayout(gap=16, line_gap=12)
        for field in (self.lowest, self.highest):
            field.setFixedWidth(self.theme.px(_NUMBER_WIDTH))
            numbers.addWidget(field)
        self.body.addWidget(self.name)
        if self._what.kind is MeasureKind.WORDS:
            self.body.addWidget(self.words)
        else:
            self.body.addWidget(self.low)
            self.body.addWidget(self.high)
            self.body.addLayout(numbers)
            note = _("Up to eleven steps are dots, as from 0 to 10. A longer range is a number you type.")
            self.body.addWidget(Text(self.theme, note, "caption", "ink3"))
            self.body.addWidget(self.direction)
        self.body.addWidget(self.how_often)
        if self._measure is not None:
            note = _("Answers you gave before keep the name, the words and the range they were given to.")
            self.body.addWidget(Text(self.theme, note, "caption", "ink2"))
        self.body.addWidget(self.said)
        self.footer.setContentsMargins(0, 16, 0, 0)
        if self._measure is not None and not self._measure.key:
            delete = Button(self.theme, _("Delete"), "quiet_neutral", "trash-2", small=True)
            delete.clicked.connect(self._delete)
            self.footer.addWidget(delete)
        self.footer.addStretch(1)
        cancel = Button(self.theme, _("Cancel"), "quiet_neutral")
        cancel.clicked.connect(self.close)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save_button)

    # --- saving -------------------------------------------------------------------------------------------------------

    def keep(self, _checked: bool = False) -> None:
        """Save it; what stands in the way is said where it is."""
        if self._saving:
            return
        self._say("")
        self.name.set_error("")
        if not self.name.text().strip():
            self.name.set_error(_("One word is enough."))
            self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            work = self._work()
        except KnownError as error:
            self._refused(error)
            return
        if work is not None:
            self._saving = True
            self._desk.write(self, work, self._kept, self._refused)

    def _work(self) -> Callable[[Journal], SavedMeasure] | None:
        how_often = HowOften(str(self.how_often.value()))
        words = tuple(line.strip() for line in self.words.text().splitlines() if line.strip())
        if self._what.kind is MeasureKind.WORDS:
            what = replace(self._what, name=self.name.text().strip())
        else:
            lowest, highest = self._number(self.lowest), self._number(self.highest)
            if lowest is None or highest is None:
                return None
            what = replace(
                self._what, name=self.name.text().strip(), low=self.low.text().strip(), high=self.high.text().strip(),
                lowest=lowest, highest=highest, direction=Direction(str(self.direction.value())),
            )  # fmt: skip
        measure_id = None if self._measure is None else self._measure.id
        return partial(_keep, measure_id=measure_id, what=what, how_often=how_often, words=words)

    def _number(self, field: LineField) -> int | None:
        try:
            number = int(field.text().strip().replace("−", "-"))
        except ValueError:
            field.set_error(_("A whole number."))
            field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        field.set_error("")
        return number

    def _kept(self, _saved: object) -> None:
        self.close()

    def _refused(self, error: Exception) -> None:
        self._saving = False
        self._say(" ".join(part for part in failure_words(error) if part))

    def _say(self, words: str) -> None:
        self.said.set_text(words)
        self.said.setVisible(bool(words))
        if words:
            announce(self, words, polite=False)

    def _delete(self, _checked: bool = False) -> None:
        """The sheet goes first: the toast that can undo it must be in reach."""
        measure = self._measure
        self.close()
        self.delete_wanted.emit(measure)


def _keep(
    journal: Journal, measure_id: UUID | None, what: Definition, how_often: HowOften, words: tuple[str, ...]
) -> SavedMeasure:
    from integrate.journal.measures import add_measure, change_measure

    if measure_id is None:
        return add_measure(journal, what, how_often, words=words)
    return change_measure(journal, measure_id, definition=what, how_often=how_often, words=words)
