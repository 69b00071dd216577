"""The rows of a check-in, one for each kind of measure: dots, a number that is typed, or words to choose."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from integrate.domain.check_ins import Answer
from integrate.domain.measures import MOST_WORDS, MeasureKind
from integrate.i18n import _
from integrate.ui.check_in.amounts import amount_hint, amount_words, parse_amount
from integrate.ui.check_in.asked import Asked
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.chip import Chip
from integrate.ui.widgets.fields import FieldBox
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.scale import MOST_DOTS, ScaleInput
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_FIELD: Final = 96
_HEIGHT: Final = 36
_GAP: Final = 12


class Row(QWidget):
    """One question and its answer. What is not answered is "Not set" on the screen, and "No answer" once it is saved.

    ``changed`` follows every change that a person makes.
    """

    changed = Signal()

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked

    def answer(self) -> Answer:
        """What was answered."""
        return self.asked.answer()

    def set_answer(self, answer: Answer) -> None:
        """Show an answer, without telling."""

    def is_right(self) -> bool:
        """Whether what was typed is an answer; if not, the row says below what would be one."""
        return True

    def target(self) -> QWidget:
        """What takes the focus."""
        return self

    def scale(self) -> ScaleInput | None:
        """The dots, where it has any."""
        return None


class ScaleRow(Row):
    """A row of dots."""

    def __init__(self, theme: Theme, asked: Asked) -> None:
        super().__init__(asked)
        what = asked.definition
        self.dots = ScaleInput(theme, what.name, what.low, what.high, lowest=what.lowest, highest=what.highest)
        self.setFocusProxy(self.dots)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.dots)
        self.dots.answered.connect(self._answered)

    def answer(self) -> Answer:
        """The dot that was chosen."""
        return self.asked.answer(self.dots.value_or_none())

    def set_answer(self, answer: Answer) -> None:
        """Show a dot, or none."""
        self.dots.set_value(None if answer.value is None else round(answer.value))

    def target(self) -> QWidget:
        """The dots."""
        return self.dots

    def scale(self) -> ScaleInput | None:
        """The dots."""
        return self.dots

    def _answered(self, _value: object) -> None:
        self.changed.emit()


class NumberRow(Row):
    """A small field for a number, with its unit behind it."""

    def __init__(self, theme: Theme, asked: Asked) -> None:
        super().__init__(asked)
        what = asked.definition
        self._theme = theme
        self.edit = QLineEdit()
        self.box = FieldBox(theme, self.edit, _HEIGHT)
        self._state = Text(theme, _("Not set"), "caption", "ink3", wrap=False)
        self._wrong = Text(theme, "", "caption", "danger")
        self._wrong.hide()
        name = Text(theme, what.name, weight=500)
        name.setBuddy(self.edit)
        ends = _("{lowest} {low} to {highest} {high}").format(
            lowest=what.lowest, low=what.low, highest=what.highest, high=what.high
        )
        self.edit.setAccessibleName(" ".join(f"{what.name}, {ends} {what.unit}".split()))
        self.setFocusProxy(self.edit)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(name, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.box)
        row.addWidget(Text(theme, what.unit, "caption", "ink3", wrap=False))
        row.addWidget(self._state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._wrong)
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self.is_right)
        self._apply_theme()
        theme.changed.connect(self._apply_theme)
        self._describe()

    def answer(self) -> Answer:
        """The number that was typed; what is none counts as no answer, and :meth:`is_right` says so."""
        return self.asked.answer(self._value())

    def set_answer(self, answer: Answer) -> None:
        """Show a number, or an empty field."""
        point = str(QLocale().decimalPoint())
        self.edit.setText("" if answer.value is None else amount_words(answer.value, point))
        self._tell("")
        self._describe()

    def is_right(self) -> bool:
        """Whether the number is one of this measure."""
        try:
            parse_amount(self.edit.text(), self.asked.definition)
        except ValueError:
            self._tell(amount_hint(self.asked.definition))
            return False
        self._tell("")
        return True

    def target(self) -> QWidget:
        """The field."""
        return self.edit

    def _value(self) -> float | None:
        try:
            return parse_amount(self.edit.text(), self.asked.definition)
        except ValueError:
            return None

    def _typed(self, _text: str) -> None:
        self._tell("")
        self._describe()
        self.changed.emit()

    def _describe(self) -> None:
        empty = not self.edit.text().strip()
        self._state.setVisible(empty)
        self.edit.setAccessibleDescription(_("Not set") if empty else "")

    def _tell(self, words: str) -> None:
        if words and words != self._wrong.words():
            announce(self.edit, words, polite=False)
        self._wrong.set_text(words)
        self._wrong.setVisible(bool(words))
        self.box.set_trouble(bool(words))

    def _apply_theme(self) -> None:
        self.box.setFixedWidth(self._theme.px(_FIELD))


class WordsRow(Row):
    """Words to choose from, up to three. Tab stops at one of them; the arrows go from word to word, Space chooses."""

    def __init__(self, theme: Theme, asked: Asked) -> None:
        super().__init__(asked)
        name = asked.definition.name
        self.setAccessibleName(name)
        self._said = Text(theme, _up_to(), "caption", "ink3")
        self.chips: dict[str, Chip] = {}
        place = QWidget()
        flow = FlowLayout(place, gap=6, line_gap=6)
        for word in asked.words:
            # Translators: the name of a word to choose for a screen reader: the question, and the word
            spoken = _("{name}: {word}").format(name=name, word=word)
            chip = Chip(theme, word, checkable=True, name=spoken)
            chip.installEventFilter(self)
            chip.clicked.connect(partial(self._clicked, word))
            flow.addWidget(chip)
            self.chips[word] = chip
        head = QHBoxLayout()
        head.setSpacing(_GAP)
        head.addWidget(Text(theme, name, weight=500), 1)
        head.addWidget(self._said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(place)
        self._stop_at(next(iter(self.chips.values()), None))

    def answer(self) -> Answer:
        """The words that were chosen."""
        return self.asked.answer(words=self._chosen())

    def set_answer(self, answer: Answer) -> None:
        """Show which words were chosen."""
        for word, chip in self.chips.items():
            chip.set_on(word in answer.words)
        first = next((chip for chip in self.chips.values() if chip.isChecked()), None)
        self._stop_at(first or next(iter(self.chips.values()), None))
        self._said.set_text(_up_to())

    def target(self) -> QWidget:
        """The word that Tab stops at."""
        stops = [chip for chip in self.chips.values() if chip.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return stops[0] if stops else self

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Home and End go from word to word."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        chips = list(self.chips.values())
        at = next((place for place, chip in enumerate(chips) if chip is watched), 0)
        back = self.isRightToLeft()
        to = {
            Qt.Key.Key_Right: at - 1 if back else at + 1,
            Qt.Key.Key_Left: at + 1 if back else at - 1,
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(chips) - 1,
        }.get(Qt.Key(event.key()))
        if to is None:
            return False
        chip = chips[min(max(to, 0), len(chips) - 1)]
        self._stop_at(chip)
        chip.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _stop_at(self, stop: Chip | None) -> None:
        for chip in self.chips.values():
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chip is stop else Qt.FocusPolicy.ClickFocus)

    def _chosen(self) -> tuple[str, ...]:
        return tuple(word for word, chip in self.chips.items() if chip.isChecked())

    def _clicked(self, word: str, _on: bool = False) -> None:
        chip = self.chips[word]
        self._stop_at(chip)
        if len(self._chosen()) > MOST_WORDS:
            chip.set_on(False)
            self._said.set_text(_("Three are chosen. Take one away first."))
            announce(self, self._said.words())
            return
        self._said.set_text(_up_to())
        self.changed.emit()


def _up_to() -> str:
    return _("Up to three")


def make_row(theme: Theme, asked: Asked) -> Row:
    """The row that fits a measure."""
    what = asked.definition
    if what.kind is MeasureKind.WORDS:
        return WordsRow(theme, asked)
    if what.kind is MeasureKind.SCALE and what.step == 1 and what.highest - what.lowest < MOST_DOTS:
        return ScaleRow(theme, asked)
    return NumberRow(theme, asked)
