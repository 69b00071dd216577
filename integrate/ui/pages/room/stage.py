"""The first panel of the room: mark this moment, a few words, support; the clock; and that something was marked."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _, ngettext
from integrate.ui.pages.room.panel import NARROW_SIDE, SIDE, Scrolled
from integrate.ui.pages.room.target import Target
from integrate.ui.pages.room.words import list_line
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.moments import Mark
    from integrate.ui.theme.theme import Theme

_HUGE: Final = 150
_LISTED: Final = 4


class Stage(Scrolled):
    """``marked`` follows Mark this moment; the others ask for their panels."""

    marked = Signal()
    words_wanted = Signal()
    support_wanted = Signal()
    sitter_wanted = Signal()
    card_wanted = Signal()

    def __init__(self, theme: Theme, sitter: str, before: int) -> None:
        super().__init__(theme)
        self._how = _("Press anywhere here, or the space bar. No words needed.")
        self.mark = Target(theme, _("Mark this moment"), self._how, size=26, least=_HUGE, centred=True, quiet=False)
        self.words = Target(theme, _("A few words"), _("Or one. Kept encrypted."), "pen-line", size=24, ink="ink2")
        self.support = Target(
            theme, _("I need support"), _("Emergency number, your people, a slow breath"), "life-buoy", edge="help",
            ink="help", size=24,
        )  # fmt: skip
        self.sitter = Target(theme, _("Sitter"), sitter, "user", size=18)
        self.card = Target(theme, _("Read this out"), "", "quote", size=18)
        self.clock = Text(theme, "", "body", "ink2", wrap=False)
        self.elapsed = Text(theme, "", "body", "ink2", wrap=False)
        self._listed: deque[str] = deque(maxlen=_LISTED)
        self._before = before
        self.list = Text(theme, "", "body", "ink3")
        self._kept = Text(
            theme, _("Everything is kept as you go.\nNothing can be deleted in this room."), "body", "ink3"
        )
        self._narrow: bool | None = None
        self._lay_out()
        for part, asked in (
            (self.mark, self.marked), (self.words, self.words_wanted), (self.support, self.support_wanted),
            (self.sitter, self.sitter_wanted), (self.card, self.card_wanted),
        ):  # fmt: skip
            part.chosen.connect(asked)
        self._show_list()

    def _lay_out(self) -> None:
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(20)
        self._grid = QGridLayout()
        self._grid.setSpacing(20)
        self._times = QVBoxLayout()
        self._times.setSpacing(2)
        self._times.addStretch(1)
        self._times.addWidget(self.clock)
        self._times.addWidget(self.elapsed)
        self._times.addStretch(1)
        self._row = QHBoxLayout()
        self._row.setSpacing(20)
        self._row.addLayout(self._times)
        self._row.addWidget(self.sitter, 1)
        self._row.addWidget(self.card, 1)
        foot = QHBoxLayout()
        foot.setSpacing(20)
        foot.addWidget(self.list, 1, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self._kept, 1, Qt.AlignmentFlag.AlignBottom)
        self._column.addLayout(self._grid, 1)
        self._column.addLayout(self._row)
        self._column.addLayout(foot)
        self.set_content(content)

    def set_narrow(self, narrow: bool) -> None:
        """One column where there is little room."""
        if narrow == self._narrow:
            return
        super().set_narrow(narrow)
        self._narrow = narrow
        self.mark.show_disc(not narrow)
        side = NARROW_SIDE if narrow else SIDE
        self._column.setContentsMargins(side, 12, side, 24)
        for part in (self.mark, self.words, self.support):
            self._grid.removeWidget(part)
        if narrow:
            for row, part in enumerate((self.mark, self.words, self.support)):
                self._grid.addWidget(part, row, 0)
        else:
            self._grid.addWidget(self.mark, 0, 0, 2, 1)
            self._grid.addWidget(self.words, 0, 1)
            self._grid.addWidget(self.support, 1, 1)
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(1, 0 if narrow else 4)
        # As it is seen: what was laid out last stands last for Tab otherwise.
        for before, after in pairwise((self.mark, self.words, self.support, self.sitter, self.card, self.further)):
            QWidget.setTabOrder(before, after)
        for row in range(3):
            self._grid.setRowStretch(row, (3 if row == 0 else 1) if narrow else int(row < 2))

    def say_marked(self, text: str) -> None:
        """On Mark this moment, say that it is kept; "" says again what it is for."""
        self.mark.set_words(_("Mark this moment"), text or self._how)

    def add(self, mark: Mark) -> None:
        """It is on the disk: list it."""
        self._listed.appendleft(list_line(mark))
        self._show_list()

    def say_unkept(self, words: bool) -> None:
        """Some words are still in their field."""
        self.words.set_words(_("A few words"), _("Not kept yet") if words else _("Or one. Kept encrypted."))

    def _show_list(self) -> None:
        lines = list(self._listed)
        if self._before:
            earlier = ngettext("{count} mark from before is kept.", "{count} marks from before are kept.", self._before)
            lines.append(earlier.format(count=self._before))
        self.list.set_text("\n".join(lines))
        self.list.setVisible(bool(lines))
