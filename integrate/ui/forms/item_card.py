"""One question of a questionnaire: its exact words, its answers, and "not answered" as a state of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout

from integrate.domain.responses import DECLINED
from integrate.domain.support_words import PREFER_NOT
from integrate.i18n import _
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.choices import Choice
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.questionnaires import Item
    from integrate.ui.theme.theme import Theme

_SIDE: Final = 20
_GAP: Final = 24
_KEYS: Final = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
_CLEARING: Final = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})
_BACK: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Left})
_PLAIN: Final = Qt.KeyboardModifier.NoModifier
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier


class AnswerChoice(Choice):
    """One answer. ``pressed_key`` brings a key that means something to the question as a whole."""

    pressed_key = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, digits and Backspace are for the question; Space and Tab are as everywhere."""
        key = Qt.Key(event.key())
        ours = key in _KEYS or key in _CLEARING or Qt.Key.Key_0 <= key <= Qt.Key.Key_9
        if ours and event.modifiers() in (_PLAIN, _KEYPAD):
            event.accept()
            self.pressed_key.emit(event.key())
            return
        super().keyPressEvent(event)


class ItemCard(Card):
    """``answered`` brings the code of the answer, or None where it was taken back.

    Tab stops once at a question: at its answer, or at the first where there is none. The arrows answer it, and so do
    the digits: what is pressed is what the answer counts or, where nothing counts, its place from 0 on. Backspace takes
    an answer back. ``about`` is what a screen reader adds to each answer, to tell
    those of one question from others'.
    """

    answered = Signal(object)

    def __init__(self, theme: Theme, item: Item, about: str) -> None:
        super().__init__(theme)
        self.item = item
        self._across: bool | None = None
        self._group = QButtonGroup(self)
        self.choices: dict[str, AnswerChoice] = {}
        for option in item.options:
            self.choices[option.code] = AnswerChoice(theme, option.text)
        if item.may_decline:
            self.choices[DECLINED] = AnswerChoice(theme, _(PREFER_NOT), token="ink2")
        self._digits = _digits(item)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(2)
        self.below = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 14, _SIDE, 12)
        column.setSpacing(6)
        column.addWidget(Text(theme, item.text, "quote"))
        column.addLayout(self._grid)
        column.addLayout(self.below)
        for code, choice in self.choices.items():
            words = _("{answer}, {question}").format(answer=choice.text(), question=about)
            choice.setAccessibleName(words)
            self._group.addButton(choice)
            choice.clicked.connect(partial(self._chosen, code))
            choice.pressed_key.connect(self._key)
        self.setAccessibleName(item.text)
        self.set_answer(None)
        self._arrange()
        theme.changed.connect(self._arrange)

    def answer(self) -> str | None:
        """The code of what is chosen, None where nothing is."""
        return next((code for code, choice in self.choices.items() if choice.isChecked()), None)

    def set_answer(self, code: str | None) -> None:
        """Show an answer without telling, or that there is none."""
        self._group.setExclusive(False)  # else the last one chosen could not be taken back
        for found, choice in self.choices.items():
            choice.setChecked(found == code)
        self._group.setExclusive(True)
        self._show_state()

    def tab_stop(self) -> AnswerChoice:
        """Where Tab stops."""
        return self.choices.get(self.answer() or "") or next(iter(self.choices.values()))

    def _show_state(self) -> None:
        stop = self.tab_stop()
        for choice in self.choices.values():
            here = choice is stop
            choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
        self.setAccessibleDescription(stop.text() if stop.isChecked() else _("not answered"))

    # --- answering ----------------------------------------------------------------------------------------------------

    def _chosen(self, _code: str, _checked: bool = False) -> None:
        self._show_state()
        self.answered.emit(self.answer())

    def _choose(self, code: str | None) -> None:
        before = self.answer()
        self.set_answer(code)
        self.tab_stop().setFocus(Qt.FocusReason.TabFocusReason)
        if code != before:
            self.answered.emit(code)

    def _key(self, number: int) -> None:
        key = Qt.Key(number)
        if key in _CLEARING:
            self._choose(None)
        elif key in _KEYS:
            self._step(-1 if (key in _BACK) != self._is_turned(key) else 1)
        elif (code := self._digits.get(number - Qt.Key.Key_0)) is not None:
            self._choose(code)

    def _is_turned(self, key: Qt.Key) -> bool:
        """Where the answers run from right to left, so do the keys to the sides."""
        sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        return sideways and self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _step(self, step: int) -> None:
        codes, now = list(self.choices), self.answer()
        if now is None:
            self._choose(codes[0 if step > 0 else -1])
        else:
            self._choose(codes[min(max(codes.index(now) + step, 0), len(codes) - 1)])

    # --- place --------------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of its answers: below each other they always fit."""
        hint = super().minimumSizeHint()
        widest = max(choice.minimumSizeHint().width() for choice in self.choices.values())
        return QSize(min(hint.width(), widest + 2 * _SIDE), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        options = [choice for code, choice in self.choices.items() if code != DECLINED]
        needed = sum(choice.sizeHint().width() for choice in options) + _GAP * (len(options) - 1)
        across = needed <= self.width() - 2 * _SIDE
        if across == self._across:
            return
        self._across = across
        for choice in self.choices.values():
            self._grid.removeWidget(choice)
        for place, choice in enumerate(options):
            self._grid.addWidget(choice, 0 if across else place, place if across else 0)
        for column in range(len(options) + 1):
            self._grid.setColumnStretch(column, column == (len(options) if across else 0))
        declined = self.choices.get(DECLINED)
        if declined is not None:
            self._grid.addWidget(declined, len(options), 0, 1, len(options) + 1 if across else 1)


def _digits(item: Item) -> dict[int, str]:
    """The answer of each digit."""
    counted = {option.ordinal: option.code for option in item.options if option.ordinal is not None}
    if len(counted) == len(item.options):
        return counted
    return {place: option.code for place, option in enumerate(item.options)}
