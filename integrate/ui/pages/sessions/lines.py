"""The lines of one kind on the page of a session: read, ticked, written, changed and taken off in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import Unreadable
from integrate.domain.sessions import Line, LineKind
from integrate.domain.times import ZonedTime
from integrate.i18n import _, ngettext
from integrate.journal.sessions import add_line, change_line, move_line, remove_line, restore_line
from integrate.ui.pages.sessions.parts import (
    SHOWN,
    clipped,
    column_of,
    never_share_mark,
    own_words,
    replace_rows,
    show_all_button,
    stops_in,
)
from integrate.ui.pages.sessions.sections import Section
from integrate.ui.pages.sessions.words import brief_day, short_name
from integrate.ui.pages.sessions.writing import KeepingEditor
from integrate.ui.widgets.buttons import Button, IconButton
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import date

    from integrate.journal.sessions import SavedLine
    from integrate.ui.page import PageContext

_AT_ONCE: Final = 20  # rows that are made in one go: more would keep the window busy
_LONGEST_WORD: Final = 40
_NARROWEST: Final = 120
_TICKED: Final = frozenset({LineKind.CHECK, LineKind.FOR_PRESCRIBER, LineKind.FOR_THERAPIST})
QUESTIONS: Final = frozenset({LineKind.FOR_PRESCRIBER, LineKind.FOR_THERAPIST})


class LineSection(Section):
    """All lines of ``kind``. While there are none it is only its *Add* button.

    ``show_lines`` may come at any time: what is being written stays. :meth:`flush` keeps what is not kept.
    ``told`` brings what happened, and how to undo it.
    """

    told = Signal(str, object)

    def __init__(self, context: PageContext, kind: LineKind, title: str, add: str) -> None:
        super().__init__()
        self.kind = kind
        self._context = context
        self._theme, self._desk = context.theme, context.desk
        self._session_id: UUID | None = None
        self._lines: tuple[Line | Unreadable, ...] = ()
        self._today: date | None = None
        self._editing: tuple[str, UUID | None] | None = None  # what is written: "text" (None: a new line) or "answer"
        self._limit = _AT_ONCE
        self._rows: list[tuple[Line | Unreadable, QWidget]] = []
        self.setAccessibleName(title)
        self.heading = Text(self._theme, title, "label", "ink2", weight=600)
        self.editor = KeepingEditor(context)
        self.more_button = FlushButton(self._theme, "")
        self.add_button = FlushButton(self._theme, add, "plus")
        self._stack = QVBoxLayout()
        self._stack.setSpacing(2)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.heading)
        self._column.addLayout(self._stack)
        for part in (self.more_button, self.editor, self.add_button):
            leads = isinstance(part, Button)
            self._column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeading if leads else Qt.AlignmentFlag(0))
        self.heading.hide()
        self.more_button.hide()
        self.add_button.setVisible(self._desk.may_write)
        self.more_button.clicked.connect(self._show_more)
        self.add_button.clicked.connect(self.begin_new)
        self.editor.closed.connect(self._closed)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def is_filled(self) -> bool:
        """Whether there are lines, or one is being written."""
        return not self.heading.isHidden()

    def set_title(self, title: str) -> None:
        """Call it something else."""
        if title != self.heading.words():
            self.heading.set_text(title)
            self.setAccessibleName(title)

    def show_lines(self, session_id: UUID, lines: Sequence[Line | Unreadable], today: date) -> None:
        """Show the lines of a session; another one than before closes what is open."""
        if session_id != self._session_id:
            self.editor.put_away()
            self._session_id, self._limit = session_id, _AT_ONCE
        elif (tuple(lines), today) == (self._lines, self._today):
            return
        anew = today != self._today
        self._lines, self._today = tuple(lines), today
        self._fill(anew=anew)

    def _fill(self, *, anew: bool = False) -> None:
        """Make the rows that are to be seen. One whose line is as it was stays, unless all are made ``anew``."""
        held = self._held()
        there = {} if anew else dict(self._rows)
        shown = self._lines[: self._limit]
        rows = [(line, there.pop(line) if line in there else self._row(line)) for line in shown]
        kept = [row for _line, row in rows]
        replace_rows(self._stack, [row for _line, row in self._rows if row not in kept], kept)
        self._rows = rows
        left = len(self._lines) - len(rows)
        self.more_button.setText(ngettext("Show {count} more", "Show {count} more", left).format(count=left))
        # Translators: a button and the list that it shows more of: "Show 3 more: Before I begin"
        name = _("{more}: {title}").format(more=self.more_button.text(), title=self.heading.words())
        self.more_button.setAccessibleName(name)
        self.more_button.setVisible(left > 0)
        self._arrange()
        self._give_focus_back(held)

    def _show_more(self) -> None:
        first = len(self._rows)
        self._limit += _AT_ONCE
        self._fill()
        stop = next(stops_in(self._rows[first][1]), None)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    def lines(self) -> tuple[Line, ...]:
        """The lines that can be read."""
        return tuple(line for line in self._lines if isinstance(line, Line))

    def _arrange(self) -> None:
        """The row that is being changed gives way to the field."""
        editing = self._editing
        self.heading.setVisible(bool(self._lines) or editing is not None)
        self.setVisible(self._desk.may_write or bool(self._lines))
        self.add_button.setVisible(self._desk.may_write and editing is None)
        for line, row in self._rows:
            row.setVisible(editing is None or not isinstance(line, Line) or editing != ("text", line.id))

    def _row(self, line: Line | Unreadable) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 2, 0, 2)
        across.setSpacing(4)
        if not isinstance(line, Line):
            words = Text(self._theme, _("This line could not be read. The rest is fine."), "caption", "ink2")
            across.addWidget(words, 1)
            return row
        row.setObjectName(str(line.id))
        across.addLayout(column_of([*self._words(line), *self._below(line)]), 1)
        if self._desk.may_write:
            name = _("More about “{words}”").format(words=short_name(line.text))
            more = IconButton(self._theme, "ellipsis", name)
            more.setObjectName(f"more {line.id}")
            more.setToolTip(_("More"))
            more.clicked.connect(partial(self._open_menu, line, more))
            across.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _words(self, line: Line) -> list[QWidget]:
        if line.kind not in _TICKED:
            return own_words(self._context, self.heading.words(), line.text)
        box = TickBox(self._theme, clipped(line.text).replace("&", "&&"))
        box.setAccessibleName(short_name(line.text))
        box.setObjectName(f"tick {line.id}")
        box.setChecked(line.done)
        box.setEnabled(self._desk.may_write)
        box.clicked.connect(partial(self._tick, line.id))
        if not _is_too_long_for_a_box(line.text):
            return [box]
        box.setMinimumWidth(_NARROWEST)  # it would ask for the width of its longest word
        name = _("Show all of “{words}”").format(words=short_name(line.text))
        return [box, show_all_button(self._context, self.heading.words(), line.text, name)]

    def _below(self, line: Line) -> list[QWidget]:
        parts: list[QWidget] = []
        if line.kind in QUESTIONS and line.answer.strip():
            parts.append(Text(self._theme, self._answered(line), "caption", "ink3"))
            parts.append(Text(self._theme, clipped(line.answer), "quote"))
            if len(line.answer) > SHOWN:
                name = _("Show all of the answer to “{words}”").format(words=short_name(line.text))
                parts.append(show_all_button(self._context, self.heading.words(), line.answer, name))
        if line.never_share:
            parts.append(never_share_mark(self._theme))
        return parts

    def _answered(self, line: Line) -> str:
        if line.answered is None or self._today is None:
            return _("Answer")
        day = ZonedTime(line.answered, self._desk.clock.zone()).local_date()
        return _("Answered on {day}").format(day=brief_day(day, self._today))

    # --- the menu of a line -------------------------------------------------------------------------------------------

    def _open_menu(self, line: Line, button: QWidget, _checked: bool = False) -> None:
        menu = Menu(self._theme, parent=self)
        menu.add_entry(_("Change the words…"), partial(self._begin, "text", line))
        if line.kind in QUESTIONS:
            words = _("Change the answer…") if line.answer.strip() else _("Write the answer…")
            menu.add_entry(words, partial(self._begin, "answer", line))
        own = self.lines()
        if own and own[0].id != line.id:
            menu.add_entry(_("Move up"), partial(self._move, line, -1))
        if own and own[-1].id != line.id:
            menu.add_entry(_("Move down"), partial(self._move, line, 1))
        share = partial(self._change, line.id, never_share=not line.never_share)
        menu.add_choice(_("Never share"), share, on=line.never_share, alone=False)
        menu.addSeparator()
        menu.add_entry(_("Remove"), partial(self._remove, line.id))
        menu.aboutToHide.connect(menu.deleteLater)
        below = QPoint(button.width() - menu.sizeHint().width(), button.height())
        if self.isRightToLeft():
            below.setX(0)
        menu.popup(button.mapToGlobal(below))

    def _tick(self, line_id: UUID, _checked: bool = False) -> None:
        box = self.findChild(TickBox, f"tick {line_id}")
        if box is not None:
            self._change(line_id, done=box.isChecked())

    def _change(self, line_id: UUID, **changes: Any) -> None:
        self._write(partial(change_line, line_id=line_id, **changes))

    def _move(self, line: Line, by: int) -> None:
        self._write(partial(move_line, line_id=line.id, place=line.place + by))

    def _remove(self, line_id: UUID) -> None:
        self._desk.write(self, partial(remove_line, line_id=line_id), self._removed, self._refused)

    def _removed(self, saved: SavedLine) -> None:
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.told.emit(_("Line removed"), partial(self._restore, saved.line.id))

    def _restore(self, line_id: UUID) -> None:
        self._write(partial(restore_line, line_id=line_id))

    def _write(self, work: Callable[..., SavedLine]) -> None:
        self._desk.write(self, work, None, self._refused)

    def _refused(self, error: Exception) -> None:
        self._fill(anew=True)  # a tick that was not kept is none
        self._context.shell.tell_trouble(error)

    # --- writing ------------------------------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Open the field for a new line."""
        self._open(("text", None), self.add_button.text(), "")

    def _begin(self, part: str, line: Line, _checked: bool = False) -> None:
        self.flush()
        if part == "answer":
            name = _("Answer to “{words}”").format(words=short_name(line.text))
            self._open((part, line.id), name, line.answer)
        else:
            self._open((part, line.id), _("Change “{words}”").format(words=short_name(line.text)), line.text)

    def _open(self, what: tuple[str, UUID | None], name: str, text: str) -> None:
        self.editor.put_away()
        self._editing = what
        key = (self._session_id, *what)
        self.editor.write(name, text, self._work, self._kept, key, may_be_empty=what[0] == "answer")
        self._arrange()

    def keep(self) -> None:
        """Keep what is written, and close the field when the disk has it. Nothing written closes it, too."""
        self.editor.keep()

    def flush(self) -> None:
        """Keep what is written; the field stays open."""
        self.editor.flush()

    def _work(self, text: str) -> Callable[..., SavedLine]:
        part, line_id = self._editing or ("text", None)
        if line_id is None and self._session_id is not None:
            return partial(add_line, session_id=self._session_id, kind=self.kind, text=text)
        assert line_id is not None  # there is nothing to write a line for before a session is shown
        if part == "answer":
            return partial(change_line, line_id=line_id, answer=text)
        return partial(change_line, line_id=line_id, text=text)

    def _kept(self, saved: SavedLine) -> None:
        if self._editing is None:
            return
        if self._editing[1] is None and len(self._lines) <= self._limit:
            self._limit = max(self._limit, len(self._lines) + 1)  # what was just written is to be seen
        self._editing = (self._editing[0], saved.line.id)
        self._arrange()

    def _closed(self, had_focus: bool) -> None:
        was, self._editing = self._editing, None
        self._arrange()
        if had_focus:
            self._give_focus_back(f"more {was[1]}" if was is not None and was[1] is not None else "")

    # --- focus --------------------------------------------------------------------------------------------------------

    def _held(self) -> str | None:
        """The name of the part of a row that has the focus; None where none has it."""
        focused: QWidget | None = self.window().focusWidget()
        if focused is None or not any(row.isAncestorOf(focused) for _line, row in self._rows):
            return None
        return focused.objectName()

    def _give_focus_back(self, name: str | None) -> None:
        if name is None or not self.isVisible():
            return
        found = self.findChild(QWidget, name) if name else None
        target = found if found is not None and found.isVisible() else self.add_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_too_long_for_a_box(text: str) -> bool:
    """Whether a tick box cannot show all of it: it shows a part only, or a word that is wider than the column."""
    return len(text) > SHOWN or any(len(word) > _LONGEST_WORD for word in text.split())
