"""A list of what was filled in or noted before, the newest first: a line for each, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.widgets.buttons import IconButton, LinkText
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.entry import Changes
    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class PastLine:
    """One of the list; of a damaged one there is no more than that, and its id may be None."""

    id: UUID | None
    words: str
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Doing:
    """What can be done with a line: the word of its button, and what a press of it does with the line's id."""

    word: str
    do: Callable[[UUID], None]


class PastList(QWidget):
    """The newest of them, and all once that is asked for. A kind reads the lines and says what can be done with one."""

    def __init__(self, context: PageContext, read: Callable[[Journal, Stop], tuple[PastLine, ...]]) -> None:
        super().__init__()
        self.context = context
        self._read = read
        self._lines: tuple[PastLine, ...] = ()
        self._all = False
        self.rows: list[QWidget] = []
        self._none = Text(context.theme, _("None yet."), "caption", "ink2")
        self.all_button = LinkText(context.theme, _("Show all"))
        self.all_button.clicked.connect(self._show_all)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(4)
        self._column.addWidget(self._none)
        self._column.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.all_button.hide()

    def read(self) -> None:
        """Read the list anew."""
        if self.context.desk.is_open:
            self.context.desk.read(self, self._read, self._show, self.context.shell.tell_trouble)

    # --- for the kinds ------------------------------------------------------------------------------------------------

    def doings(self) -> Sequence[Doing]:
        """What can be done with a line that can be read, in the order of its buttons."""
        return ()

    def delete(self, _line_id: UUID) -> None:
        """Move what the line is about to Recently deleted."""

    def deleted(self, words: str, restore: Callable[[Journal], object], _changes: Changes) -> None:
        """It is there: say so, with a way back."""
        self.context.shell.toast(words, partial(self.context.desk.write, self, restore))

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _show(self, lines: Sequence[PastLine]) -> None:
        if tuple(lines) == self._lines and self.rows:
            return
        self._lines = tuple(lines)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        shown = self._lines if self._all else self._lines[:_SHOWN]
        self.rows = [self._row(line) for line in shown]
        for place, row in enumerate(self.rows):
            self._column.insertWidget(place, row)
        self._none.setVisible(not lines)
        self.all_button.setVisible(len(shown) < len(self._lines))
        self.all_button.raise_()  # Tab meets it after the rows

    def _show_all(self) -> None:
        self._all, lines, self._lines = True, self._lines, ()
        self._show(lines)

    def _row(self, line: PastLine) -> QWidget:
        theme = self.context.theme
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 4, 0, 4)
        inside.setSpacing(12)
        inside.addWidget(Text(theme, line.words), 1, Qt.AlignmentFlag.AlignVCenter)
        if line.id is None or not line.readable:
            return row
        # Translators: the name of a button for a screen reader: what it does, and what it is about
        name = _("{action}: {what}")
        for doing in self.doings():
            button = LinkText(theme, doing.word)
            button.setAccessibleName(name.format(action=doing.word, what=line.words))
            button.clicked.connect(partial(_do, doing, line.id))
            inside.addWidget(button)
        if self.context.desk.may_write:
            delete = IconButton(theme, "trash-2", name.format(action=_("Delete"), what=line.words))
            delete.setToolTip(_("Delete"))
            delete.clicked.connect(partial(self._delete, line.id))
            inside.addWidget(delete)
        return row

    def _delete(self, line_id: UUID, _checked: bool = False) -> None:
        self.delete(line_id)


def _do(doing: Doing, line_id: UUID, _checked: bool = False) -> None:
    doing.do(line_id)
