"""Which threads are shown: open, resting or closed, each with its number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from integrate.domain.threads import ThreadState
from integrate.i18n import _
from integrate.ui.pages.threads.words import STATE_WORDS
from integrate.ui.widgets.chip import Chip
from integrate.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


class StateChips(QWidget):
    """Three chips of which one is on; ``chosen`` follows a choice of the person."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(_("Which threads"))
        self._group = QButtonGroup(self)
        self._chips: dict[ThreadState, Chip] = {}
        flow = FlowLayout(self)
        for state in ThreadState:
            chip = Chip(theme, _(STATE_WORDS[state]), checkable=True)
            chip.clicked.connect(partial(self._choose, state))
            self._group.addButton(chip)
            self._chips[state] = chip
            flow.addWidget(chip)
        self.choose(ThreadState.OPEN)

    def chip(self, state: ThreadState) -> Chip:
        """The chip for a state."""
        return self._chips[state]

    def state(self) -> ThreadState:
        """The state that is shown."""
        return next((state for state, chip in self._chips.items() if chip.isChecked()), ThreadState.OPEN)

    def choose(self, state: ThreadState) -> None:
        """Show another state, without telling."""
        self._chips[state].setChecked(True)

    def set_counts(self, counts: Mapping[ThreadState, int]) -> None:
        """Say how many there are of each."""
        for state, chip in self._chips.items():
            number = QLocale().toString(counts.get(state, 0))
            chip.set_text(_("{state}, {count}").format(state=_(STATE_WORDS[state]), count=number))

    def _choose(self, state: ThreadState, _checked: bool = False) -> None:
        self.chosen.emit(state)
