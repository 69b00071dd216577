"""Sheets for choosing: a passage of an entry, and measures to leave out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.journal.shareable import shareable_entry
from integrate.ui.editor.offsets import from_qt
from integrate.ui.pages.share.sheets import ShareSheet
from integrate.ui.widgets.buttons import Button, IconButton
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.domain.entry import Entry, EntrySummary
    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

_PAIR: Final = re.compile("\r\n")
_AT_ONCE: Final = 20_000
"""Characters of an entry that are shown at once: setting a whole book would hold up the window."""


class PassageSheet(ShareSheet):
    """The text of an entry, to select words in. ``chosen`` brings the passages that go along; () is the whole entry."""

    chosen = Signal(object)

    def __init__(self, context: PageContext, summary: EntrySummary, passages: Sequence[str]) -> None:
        super().__init__(context, _("Only a passage"), width=720)
        theme = context.theme
        self._body = ""
        self._from = 0
        self._passages = tuple(passages)
        title = summary.title.strip()
        if title:
            self.body.addWidget(Text(theme, title, "quote"))
        told = _("Select the words that may go along. The title, tags and pictures of the entry then stay here.")
        self.body.addWidget(Text(theme, told, "body", "ink2"))
        self._quotes = QVBoxLayout()
        self._quotes.setSpacing(8)
        self.body.addLayout(self._quotes)
        self.text = TextArea(theme, _("The entry"), least=6, most=14, show_label=False)
        self.text.set_read_only(True)
        flags = Qt.TextInteractionFlag
        self.text.edit.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.body.addWidget(self.text)
        self.next_part = Button(theme, _("Show the next part of this entry"), "quiet", small=True)
        self.body.addWidget(self.next_part, 0, Qt.AlignmentFlag.AlignLeading)
        self.whole = Button(theme, _("The whole entry"), "quiet_neutral")
        self.also = Button(theme, _("This passage too"))
        self.only = Button(theme, _("Only this passage"), "primary")
        self.reason = Text(theme, _("Select some words first."), "caption", "ink2")
        self.footer.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignVCenter)
        self.finish(self.whole, self.also, self.only)
        self.also.setVisible(bool(self._passages))
        self.next_part.hide()
        self.initial_focus = self.text.edit
        self.whole.clicked.connect(self._choose_whole)
        self.only.clicked.connect(self._choose_only)
        self.also.clicked.connect(self._choose_also)
        self.next_part.clicked.connect(self._show_next)
        self.text.edit.selectionChanged.connect(self._show_state)
        self._show_passages()
        self._show_state()
        context.desk.read(self, partial(_entry, entry_id=summary.id), self._show, self.refused)

    def selected(self) -> str:
        """The words that are selected, to the letter as they stand in the entry."""
        cursor = self.text.edit.textCursor()
        if not cursor.hasSelection():
            return ""
        raw = self.text.edit.document().toRawText()
        part = self._part()
        start, end = (_in_text(part, from_qt(raw, place)) for place in (cursor.selectionStart(), cursor.selectionEnd()))
        return part[start:end].strip()

    def _show(self, entry: Entry) -> None:
        self._body = entry.body
        self._from = 0
        self._show_part()

    def _part(self) -> str:
        return self._body[self._from : self._from + _AT_ONCE]

    def _show_part(self) -> None:
        self.text.set_text(self._part())
        self.text.edit.moveCursor(self.text.edit.textCursor().MoveOperation.Start)
        self.next_part.setVisible(len(self._body) > _AT_ONCE)

    def _show_next(self) -> None:
        self._from = self._from + _AT_ONCE if self._from + _AT_ONCE < len(self._body) else 0
        self._show_part()

    def _show_state(self) -> None:
        ready = bool(self.selected())
        self.only.setEnabled(ready)
        self.also.setEnabled(ready)
        self.reason.setVisible(not ready)

    def _show_passages(self) -> None:
        for number, quote in enumerate(self._passages):
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(Text(self.theme, quote if len(quote) <= 300 else f"{quote[:300]}…", "quote"), 1)
            cross = IconButton(self.theme, "x", _("Leave passage {number} out").format(number=number + 1))
            cross.clicked.connect(partial(self._leave_out, quote))
            row.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
            self._quotes.addWidget(line)

    def _leave_out(self, quote: str, _checked: bool = False) -> None:
        self._tell(tuple(one for one in self._passages if one != quote))

    def _choose_whole(self) -> None:
        self._tell(())

    def _choose_only(self) -> None:
        self._tell((self.selected(),))

    def _choose_also(self) -> None:
        self._tell(tuple(dict.fromkeys((*self._passages, self.selected()))))

    def _tell(self, passages: tuple[str, ...]) -> None:
        self.close()
        self.chosen.emit(passages)


class MeasuresSheet(ShareSheet):
    """Measures with a tick: those without one are left out whole, and the file says their names. ``chosen`` follows."""

    chosen = Signal(object)

    def __init__(
        self, context: PageContext, measures: Sequence[tuple[UUID, str]], left_out: frozenset[UUID]
    ) -> None:  # fmt: skip
        super().__init__(context, _("Measures in the file"))
        theme = context.theme
        told = _(
            "A measure goes along with every number of these days, or not at all. The file says which are left out."
        )
        self.body.addWidget(Text(theme, told, "body", "ink2"))
        self.boxes = {one: TickBox(theme, name.replace("&", "&&")) for one, name in measures}
        for one, box in self.boxes.items():
            box.setChecked(one not in left_out)
            box.clicked.connect(self._tell)
            self.body.addWidget(box)
        self.add_done()

    def _tell(self) -> None:
        self.chosen.emit(frozenset(one for one, box in self.boxes.items() if not box.isChecked()))


def _entry(journal: Journal, _stop: Stop, entry_id: UUID) -> Entry:
    return shareable_entry(journal, entry_id)


def _in_text(text: str, index: int) -> int:
    """An index into Qt's text, where every line break is one character, as one into ``text``, where some are two."""
    for pair in _PAIR.finditer(text):
        if pair.start() >= index:
            break
        index += 1
    return index
