"""What is answered in one check-in: its rows, and a line of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.check_ins import Answer, CheckInDraft
from integrate.ui.check_in.rows import Row, make_row
from integrate.ui.widgets.scale import ScaleInput
from integrate.ui.widgets.scale_hint import ScaleHint
from integrate.ui.widgets.tab_order import tab_through

if TYPE_CHECKING:
    from integrate.domain.times import ZonedTime
    from integrate.ui.check_in.asked import Asked
    from integrate.ui.check_in.note import NotePart
    from integrate.ui.theme.theme import Theme


class CheckInForm(QWidget):
    """Rows in their order, the note below. :attr:`hint` is for whoever shows the form to place.

    What is asked and left as it is becomes "No answer", as long as something else is answered: somebody saw the
    question and went on. A line of words alone says nothing of the questions, and keeps none of them.
    """

    changed = Signal()
    finished = Signal()  # Enter below the last word

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[Row] = []
        self.hint = ScaleHint(theme)
        self.note: NotePart | None = None
        self._after: tuple[QWidget, ...] = ()
        self._place = QVBoxLayout()
        self._place.setSpacing(0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(self._place)

    # --- what is asked ------------------------------------------------------------------------------------------------

    def show_asked(self, asked: Sequence[Asked]) -> None:
        """Ask these and no others. What was answered stays, also where another question came or went."""
        if [row.asked for row in self.rows] == list(asked):
            return
        held = {row.asked: row for row in self.rows}
        for row in self.rows:
            self._place.removeWidget(row)
        self.rows = [held.pop(one) if one in held else self._made(one) for one in asked]
        for row in held.values():
            row.hide()
            row.deleteLater()
        self._show_rows()

    def add(self, asked: Asked) -> None:
        """Ask one more, and give it the focus."""
        self.rows.append(self._made(asked))
        self._show_rows()
        self.rows[-1].target().setFocus(Qt.FocusReason.TabFocusReason)

    def asked_ids(self) -> frozenset[UUID]:
        """Which measures are asked."""
        return frozenset(row.asked.measure_id for row in self.rows)

    def _made(self, asked: Asked) -> Row:
        row = make_row(self._theme, asked)
        row.changed.connect(self.changed)
        return row

    def _show_rows(self) -> None:
        for row in self.rows:
            self._place.addWidget(row)
            row.show()
        self.hint.follow(tuple(dots for row in self.rows if isinstance(dots := row.scale(), ScaleInput)))
        self.hint.setVisible(any(row.scale() is not None for row in self.rows))
        self._order()

    def lead_to(self, *parts: QWidget) -> None:
        """What Tab goes to after the form."""
        self._after = parts
        self._order()

    def _order(self) -> None:
        """Let Tab go from row to row, to the note and on: Qt goes by when a thing was made, and rows come and go."""
        parts = (*self.rows, *(() if self.note is None else (self.note,)))
        for part in parts:
            part.raise_()  # those who go by the order of parts find them in it as well
        tab_through((*parts, *self._after))

    # --- what is answered ---------------------------------------------------------------------------------------------

    def answers(self) -> tuple[Answer, ...]:
        """An answer to each question, also "No answer"; none at all while no question is answered."""
        found = tuple(row.answer() for row in self.rows)
        return found if any(answer.is_given for answer in found) else ()

    def draft(self, about: ZonedTime) -> CheckInDraft:
        """What is answered, about a time.

        Raises:
            WrongUsage: there is nothing in it.
        """
        return CheckInDraft(about, self.answers(), self.words(), self.never_share())

    def words(self) -> str:
        """The line that was written, without what stands around it."""
        return "" if self.note is None else self.note.text()

    def never_share(self) -> bool:
        """Whether that line may never be shared."""
        return self.note is not None and self.note.never_share.isChecked()

    def show_draft(self, draft: CheckInDraft) -> None:
        """Show answers; questions that are not among them stay open."""
        given = {answer.measure_id: answer for answer in draft.answers}
        for row in self.rows:
            row.set_answer(given.get(row.asked.measure_id, row.asked.answer()))
        self.show_words(draft.note, never_share=draft.never_share)

    def show_words(self, text: str, *, never_share: bool) -> None:
        """Show a line of words; "" takes its place away."""
        if text:
            self._noted().set_words(text, never_share=never_share)
        elif self.note is not None:
            self.note.set_words("", never_share=False)
        if self.note is not None:
            self.note.setVisible(bool(text))

    def clear(self) -> None:
        """Nothing is answered."""
        for row in self.rows:
            row.set_answer(row.asked.answer())
        self.show_words("", never_share=False)

    def is_empty(self) -> bool:
        """Whether there is nothing to save."""
        return not self.answers() and not self.words()

    def first_wrong(self) -> Row | None:
        """The first row with something in it that is no answer."""
        wrong = [row for row in self.rows if not row.is_right()]
        return wrong[0] if wrong else None

    def focus_first(self) -> None:
        """Give the focus to the first question, as the keyboard would."""
        if self.rows:
            self.rows[0].target().setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.open_note()

    def open_note(self) -> None:
        """Let somebody write a line."""
        note = self._noted()
        note.show()
        note.field.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _noted(self) -> NotePart:
        if self.note is None:
            from integrate.ui.check_in.note import NotePart  # the first screen need not wait for it

            self.note = NotePart(self._theme)
            self.note.hide()
            self._column.addWidget(self.note)
            self.note.changed.connect(self.changed)
            self.note.field.finished.connect(self.finished)
            self._order()
        return self.note
