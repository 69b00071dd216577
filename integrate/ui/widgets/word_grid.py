"""Twelve recovery words to write on paper, and the check that the paper is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _, ngettext
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.paint import RADIUS_CONTROL, control_height
from integrate.ui.widgets.passphrase_field import SecretEdit
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

ASKED: Final = (4, 11)
"""The words that are asked back, counted from 1."""

_COLUMNS: Final = 3
_NARROW_COLUMNS: Final = 2
_HEIGHT: Final = 46
_NUMBER: Final = 18
_COLUMN: Final = 150  # the least width of a word's box, at 100 %
_GAP: Final = 8
_HIDDEN: Final = "••••••"
_LONGEST: Final = 40


class _WordBox(Card):
    """One word with its number. It cannot be selected or copied."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__(theme, radius=RADIUS_CONTROL)
        self._theme = theme
        self._digits = Text(theme, str(number), "caption", "ink3", wrap=False, align=Qt.AlignmentFlag.AlignTrailing)
        self._word = Text(theme, "", "writing", wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(12)
        row.addWidget(self._digits)
        row.addWidget(self._word, 1)
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take the height from the theme in force."""
        self._digits.setFixedWidth(self._theme.px(_NUMBER))
        self.setFixedHeight(control_height(self._theme, _HEIGHT, "writing"))

    def show_word(self, word: str, *, hidden: bool) -> None:
        """Show ``word``, or dots in place of it, to screen readers as well."""
        self._word.set_text(_HIDDEN if hidden else word)
        self._word.setAccessibleName(_("hidden") if hidden else "")


class WordGrid(QWidget):
    """The words in the order of the paper, in rows of three, or of two where there is little room."""

    def __init__(self, theme: Theme, words: Sequence[str] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: tuple[str, ...] = ()
        self._boxes: list[_WordBox] = []
        self._hidden = False
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self.setAccessibleName(_("Recovery words"))
        self.set_words(words)
        theme.changed.connect(self._fit)

    def set_words(self, words: Sequence[str]) -> None:
        """Show these words."""
        self._words = tuple(words)
        while len(self._boxes) < len(self._words):
            self._boxes.append(_WordBox(self._theme, len(self._boxes) + 1))
        self._columns = 0
        self._fit()
        self._refresh()

    def wipe(self) -> None:
        """Let go of the words; their boxes stay, empty."""
        self._words = ("",) * len(self._boxes)
        self._refresh()

    def set_hidden(self, hidden: bool) -> None:
        """Show dots in place of the words, for as long as somebody looks over the shoulder."""
        self._hidden = hidden
        self._refresh()

    def is_hidden(self) -> bool:
        """Whether dots stand in place of the words."""
        return self._hidden

    def minimumSizeHint(self) -> QSize:
        """Two columns, even while there are three: otherwise no window could be made narrower."""
        width = _NARROW_COLUMNS * self._theme.px(_COLUMN) + (_NARROW_COLUMNS - 1) * _GAP
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in as many columns as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        least = self._theme.px(_COLUMN)
        wide = self.width() >= _COLUMNS * least + (_COLUMNS - 1) * _GAP
        columns = _COLUMNS if wide else _NARROW_COLUMNS
        if columns == self._columns:
            return
        self._columns = columns
        for index, box in enumerate(self._boxes):
            self._grid.addWidget(box, index // columns, index % columns)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _refresh(self) -> None:
        for box, word in zip(self._boxes, self._words, strict=True):
            box.show_word(word, hidden=self._hidden)


class WordCheck(QWidget):
    """Asks two of the words back and that one thing is understood. ``changed`` follows every change.

    ``asked`` are the numbers of the two, counted from 1.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        words: Sequence[str] = (),
        *,
        asked: Sequence[int] = ASKED,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = tuple(words)
        self.asked = tuple(asked)
        self.fields = tuple(self._field(theme, number) for number in self.asked)
        self.understood = TickBox(theme, _("I understand that nobody can reset my passphrase."))
        self.understood.toggled.connect(self._tell)
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in self.fields:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Heading(theme, _("A quick check that the paper is right"), 3))
        column.addLayout(row)
        column.addSpacing(6)
        column.addWidget(self.understood)

    def _field(self, theme: Theme, number: int) -> LineField:
        edit = SecretEdit()
        edit.set_shown(True)
        edit.setMaxLength(_LONGEST)
        edit.textChanged.connect(self._tell)
        return LineField(theme, _("Word {number}").format(number=number), edit=edit)

    def set_words(self, words: Sequence[str]) -> None:
        """Check against these words from now on."""
        self._words = tuple(words)
        self._tell()

    def wipe(self) -> None:
        """Forget the words and what was typed."""
        self._words = ()
        for field in self.fields:
            field.edit.clear()
            field.edit.setText("")  # clear() keeps an undo step; this empties the history
        self.understood.setChecked(False)

    def wrong(self) -> tuple[int, ...]:
        """The numbers of the asked words that are not right yet."""
        if not self._words:
            return self.asked
        typed = (field.text().strip().casefold() for field in self.fields)
        return tuple(number for number, word in zip(self.asked, typed, strict=True) if word != self._words[number - 1])

    def problem(self) -> str:
        """What is still to be done, as a sentence; "" when all is done."""
        wrong, ticked = self.wrong(), self.understood.isChecked()
        if not wrong:
            return "" if ticked else _("Tick the box to go on.")
        numbers = _("{one} and {other}").format(one=wrong[0], other=wrong[1]) if len(wrong) > 1 else str(wrong[0])
        if ticked:
            return ngettext("Type word {numbers} to go on.", "Type words {numbers} to go on.", len(wrong)).format(
                numbers=numbers
            )
        return ngettext(
            "Type word {numbers} and tick the box to go on.",
            "Type words {numbers} and tick the box to go on.",
            len(wrong),
        ).format(numbers=numbers)

    def _tell(self) -> None:
        self.changed.emit()
