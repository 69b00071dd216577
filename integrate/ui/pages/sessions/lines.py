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
from integrate.i18n import _
from integrate.journal.sessions import add_line, change_line, move_line, remove_line, restore_line
from integrate.ui.pages.sessions.inline import InlineEditor
from integrate.ui.pages.sessions.show_all import AllSheet
from integrate.ui.pages.sessions.words import brief_day, short_name
from integrate.ui.widgets.buttons import Button, IconButton
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import date

    from integrate.journal.sessions import SavedLine
    from integrate.ui.page import PageContext

_SHOWN: Final = 600  # letters of a line: the rest of a pasted novel is one click away
_ABOVE: Final = 12
_TICKED: Final = frozenset({LineKind.CHECK, LineKind.FOR_PRESCRIBER, LineKind.FOR_THERAPIST})
QUESTIONS: Final = frozenset({LineKind.FOR_PRESCRIBER, LineKind.FOR_THERAPIST})


class LineSection(QWidget):
    """All lines of ``kind``. While there are none it is only its *Add* button.

    ``show_lines`` may come at any time: what is being written stays. :meth:`flush` keeps what is not kept.
    """

    told = Signal(str, object)  # what happened, and how to undo it

    def __init__(self, context: PageContext, kind: LineKind, title: str, add: str) -> None:
        super().__init__()
        self.kind = kind
        self._above = kind is not LineKind.INTENTION  # which comes first
        self._context = context
        self._theme, self._desk = context.theme, context.desk
        self._session_id: UUID | None = None
        self._lines: tuple[Line | Unreadable, ...] = ()
        self._today: date | None = None
        self._editing: tuple[str, UUID | None] | None = None  # what is written: "text" (None: a new line) or "answer"
        self._saving = False
        self._rows: list[QWidget] = []
        self.setAccessibleName(title)
        self.heading = Text(self._theme, title, "label", "ink2", weight=600)
        self.editor = InlineEditor(self._theme)
        self.add_button = Button(self._theme, add, "quiet", "plus", small=True)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addLayout(self._stack)
        column.addWidget(self.editor)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.editor.hide()
        self.heading.hide()
        self.add_button.setVisible(self._desk.may_write)
        self.add_button.clicked.connect(self.begin_new)
        self.editor.kept.connect(self.keep)
        self.editor.left.connect(self._leave)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def show_lines(self, session_id: UUID, lines: Sequence[Line | Unreadable], today: date) -> None:
        """Show the lines of a session; another one than before closes what is open."""
        if session_id != self._session_id:
            self._session_id = session_id
            self._close_editor()
        elif (tuple(lines), today) == (self._lines, self._today):
            return
        held = self._held()
        self._lines, self._today = tuple(lines), today
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(line) for line in self._lines]
        for row in self._rows:
            self._stack.addWidget(row)
            row.show()
        self._arrange()
        self._give_focus_back(held)

    def lines(self) -> tuple[Line, ...]:
        """The lines that can be read."""
        return tuple(line for line in self._lines if isinstance(line, Line))

    def _arrange(self) -> None:
        """The row that is being changed gives way to the field."""
        editing = self._editing
        self.heading.setVisible(bool(self._lines) or editing is not None)
        self.setVisible(self._desk.may_write or bool(self._lines))
        layout = self.layout()
        if layout is not None:  # what is empty is only a button, and stands close to the next one
            layout.setContentsMargins(0, _ABOVE if self._above and (self._lines or editing is not None) else 0, 0, 0)
        self.add_button.setVisible(self._desk.may_write and editing is None)
        for row, line in zip(self._rows, self._lines, strict=True):
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
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._words(line))
        for part in self._below(line):
            column.addWidget(
                part, 0, Qt.AlignmentFlag.AlignLeading if isinstance(part, Button) else Qt.AlignmentFlag(0)
            )
        across.addLayout(column, 1)
        if self._desk.may_write:
            name = _("More about “{words}”").format(words=short_name(line.text))
            more = IconButton(self._theme, "ellipsis", name)
            more.setObjectName(f"more {line.id}")
            more.setToolTip(_("More"))
            more.clicked.connect(partial(self._open_menu, line, more))
            across.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _words(self, line: Line) -> QWidget:
        shown = _clipped(line.text)
        if line.kind not in _TICKED:
            return Text(self._theme, shown, "quote", selectable=False)
        box = TickBox(self._theme, shown.replace("&", "&&"))
        box.setAccessibleName(short_name(line.text))
        box.setObjectName(f"tick {line.id}")
        box.setChecked(line.done)
        box.setEnabled(self._desk.may_write)
        box.clicked.connect(partial(self._tick, line.id))
        return box

    def _below(self, line: Line) -> list[QWidget]:
        parts: list[QWidget] = []
        if len(line.text) > _SHOWN:
            more = Button(self._theme, _("Show all of it"), "quiet", small=True)
            more.setAccessibleName(_("Show all of “{words}”").format(words=short_name(line.text)))
            more.clicked.connect(partial(self._show_all, line.text))
            parts.append(more)
        if line.kind in QUESTIONS and line.answer.strip():
            parts.append(Text(self._theme, self._answered(line), "caption", "ink3"))
            parts.append(Text(self._theme, _clipped(line.answer), "quote"))
            if len(line.answer) > _SHOWN:
                all_of_it = Button(self._theme, _("Show all of it"), "quiet", small=True)
                all_of_it.setAccessibleName(
                    _("Show all of the answer to “{words}”").format(words=short_name(line.text))
                )
                all_of_it.clicked.connect(partial(self._show_all, line.answer))
                parts.append(all_of_it)
        if line.never_share:
            parts.append(_never_share(self._theme))
        return parts

    def _show_all(self, text: str, _checked: bool = False) -> None:
        AllSheet(self._context, self.heading.words(), text).open()

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
        lines, self._lines = self._lines, ()
        if self._session_id is not None and self._today is not None:
            self.show_lines(self._session_id, lines, self._today)  # a tick that was not kept is none
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
        self._editing = what
        self.editor.begin(name, text)
        self._arrange()

    def keep(self) -> None:
        """Keep what is written, and close the field when the disk has it. Nothing written closes it, too."""
        if self._saving or self._editing is None:
            return
        _part, line_id = self._editing
        if not self.editor.is_changed() or (line_id is None and not self.editor.text().strip()):
            self._leave()
            return
        self._save(then_close=True)

    def flush(self) -> None:
        """Keep what is written; the field stays open."""
        if self._editing is None or self._saving or not self.editor.is_changed():
            return
        if self._editing[0] == "text" and not self.editor.text().strip():
            return
        self._save(then_close=False)

    def _save(self, *, then_close: bool) -> None:
        if self._editing is None or self._session_id is None:
            return
        (part, line_id), text = self._editing, self.editor.text()
        self._saving = True
        work: Callable[..., SavedLine]
        if line_id is None:
            work = partial(add_line, session_id=self._session_id, kind=self.kind, text=text)
        elif part == "answer":
            work = partial(change_line, line_id=line_id, answer=text)
        else:
            work = partial(change_line, line_id=line_id, text=text)
        done = partial(self._kept, self._editing, text, then_close)
        self._desk.write(self, work, done, self._not_kept)

    def _kept(self, what: tuple[str, UUID | None], text: str, then_close: bool, saved: SavedLine) -> None:
        self._saving = False
        if self._editing != what:
            return  # another session is shown by now
        self._editing = (what[0], saved.line.id)
        self.editor.note_kept(text)
        if then_close and not self.editor.is_changed():
            self._close_editor()
            self._give_focus_back(f"more {saved.line.id}" if what[1] else "")
        else:
            self._arrange()

    def _not_kept(self, error: Exception) -> None:
        self._saving = False
        self.editor.tell(error)

    def _leave(self) -> None:
        was = self._editing
        self._close_editor()
        self._give_focus_back(f"more {was[1]}" if was is not None and was[1] is not None else "")

    def _close_editor(self) -> None:
        self._editing = None
        self.editor.end()
        self._arrange()

    # --- focus --------------------------------------------------------------------------------------------------------

    def _held(self) -> str | None:
        """The name of the part of a row that has the focus; None where none has it."""
        focused: QWidget | None = self.window().focusWidget()
        if focused is None or not any(row.isAncestorOf(focused) for row in self._rows):
            return None
        return focused.objectName()

    def _give_focus_back(self, name: str | None) -> None:
        if name is None or not self.isVisible():
            return
        found = self.findChild(QWidget, name) if name else None
        target = found if found is not None and found.isVisible() else self.add_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)


def _clipped(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"


def _never_share(theme: Any) -> QWidget:
    """The two words with the icon that means only them."""
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(Icon(theme, "eye-off", "ink3", 14, role="caption"))
    row.addWidget(Text(theme, _("Never share"), "caption", "ink3"), 1)
    return part
