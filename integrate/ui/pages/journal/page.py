"""Journal: all entries on one side, the one that is read or written on the other."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from integrate.domain.entry import Phase, SessionRef
from integrate.ui.layout import WidthClass
from integrate.ui.page import Page, PageContext
from integrate.ui.pages.journal.entry.pane import EntryPane
from integrate.ui.pages.journal.list.pane import ListPane


class JournalPage(Page):
    """List and entry side by side; in a narrow window one of the two, with a way back from the entry."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._width = WidthClass.WIDE
        self._writing_only = False
        self._in_entry = False  # in a narrow window: which half is shown
        self._focus: QWidget | None = None
        self.list = ListPane(context)
        self.entry = EntryPane(context)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.entry, 1)
        self.list.entry_chosen.connect(self._open)
        self.list.text_wanted.connect(self.entry.view.focus_text)
        self.list.new_wanted.connect(self._new)
        self.list.delete_wanted.connect(self._delete)
        self.list.emptied.connect(self.entry.places.set_empty)
        self.entry.born.connect(self.list.select)
        self.entry.deleted.connect(self._deleted)
        self.entry.came_back.connect(self._show)
        self.entry.new_wanted.connect(self._new)
        self.entry.back_wanted.connect(self._back)
        self.entry.wanted.connect(context.program.perform)
        self.entry.view.foot.leave_wanted.connect(self._leave_writing_only)
        self._arrange()

    # --- the page -----------------------------------------------------------------------------------------------------

    def opened(self, **arguments: object) -> None:
        """Show what is asked for, else what was shown before.

        The arguments are ``new`` (with ``phase``, ``prompt_id`` and the ``session`` it is about), ``entry_id`` (with
        ``words`` to select in it), ``search``, ``recently_deleted``.
        """
        names = ("entry_id", "phase", "prompt_id", "session", "words")
        entry_id, phase, prompt_id, session, words = (arguments.get(name) for name in names)
        self._focus = self.list.title
        if arguments.get("new"):
            self._begin(
                phase if isinstance(phase, Phase) else None,
                prompt_id if isinstance(prompt_id, str) else None,
                session if isinstance(session, SessionRef) else None,
            )
        elif isinstance(entry_id, UUID):
            self._show(entry_id)
            if isinstance(words, str):
                self.entry.insights.select(entry_id, words)
        elif arguments.get("search"):
            self._search()
        elif arguments.get("recently_deleted"):
            # Soon: the shell is about to give the focus to the heading.
            QTimer.singleShot(0, self.entry.doings, self.entry.doings.show_deleted)
        elif self._one_at_a_time() and self._in_entry:
            self._focus = self.entry.view.surface

    def flush(self) -> None:
        """Save what is not saved."""
        self.entry.flush()

    def heading(self) -> QWidget | None:
        """The heading of the list, or what was asked for."""
        return self._focus if self._focus is not None else self.list.title

    def regions(self) -> Sequence[QWidget]:
        """Search and filters, entries, the bar of the entry, its text."""
        view = self.entry.view
        own: tuple[QWidget, ...] = (self.list.search, self.list.view)
        return (*own, view.bar, view.surface) if self.entry.places.shows_entry else (*own, self.entry)

    def perform(self, action_id: str) -> bool:
        """What the list and the entry can do."""
        match action_id:
            case "new_entry":
                self._new()
            case "search":
                self._search()
            case "newer_entry":
                self.list.go(-1)
            case "older_entry":
                self.list.go(1)
            case "writing_only":
                self._set_writing_only(not self._writing_only)
            case "recently_deleted":
                self.entry.doings.show_deleted()
            case "undo" | "redo" if self._list_has_focus():
                return False
            case _:
                return self.entry.perform(action_id)
        return True

    def _list_has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.list.isAncestorOf(focused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes one thing after another, and never loses a word; Ctrl Z reaches the last toast."""
        if event.key() == Qt.Key.Key_Escape and self._escape():
            return
        if event.matches(QKeySequence.StandardKey.Undo) and self.context.shell.perform("undo"):
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page is shown, with everything around it."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._set_writing_only(False)

    def _escape(self) -> bool:
        if self.entry.escape():
            return True
        if self.list.search.text() and self.list.isVisible():
            self.list.search.edit.clear()
            return True
        if self._writing_only:
            self._leave_writing_only()
            return True
        return False

    # --- which entry --------------------------------------------------------------------------------------------------

    def _open(self, entry_id: UUID) -> None:
        self.entry.show_entry(entry_id)
        self._show_half(entry=True)

    def _show(self, entry_id: UUID) -> None:
        self.list.select(entry_id)
        self._open(entry_id)
        self._go_to(self.entry.view.surface)

    def _new(self) -> None:
        self._begin(None, None, None)

    def _begin(self, phase: Phase | None, prompt_id: str | None, session: SessionRef | None) -> None:
        if not self.desk.may_write:
            return  # the banner at the top says why
        self.list.select(None)
        self._show_half(entry=True)
        self.entry.new_entry(phase, prompt_id, session)
        self._go_to(self.entry.view.surface)

    def _search(self) -> None:
        self._set_writing_only(False)
        self._show_half(entry=False)
        self.list.focus_search()
        self._focus = self.list.search.edit

    def _back(self) -> None:
        self._show_half(entry=False)
        self.list.focus_list()

    def _delete(self, entry_id: UUID) -> None:
        if entry_id == self.entry.current_id():
            self.entry.delete()
        elif self.desk.may_write:
            self.entry.doings.delete(entry_id)

    def _deleted(self, entry_id: UUID) -> None:
        """After the entry at hand comes the next one of the list; in a narrow window the list."""
        if entry_id != self.list.current_id():
            return
        if self._one_at_a_time():
            self.list.select(None)
            self._back()
            return
        self.list.go(1)
        if self.list.current_id() == entry_id:
            self.list.go(-1)
        if self.list.current_id() == entry_id:
            self.list.select(None)
        self.list.focus_list()

    def _go_to(self, widget: QWidget) -> None:
        self._focus = widget
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- room ---------------------------------------------------------------------------------------------------------

    def set_width_class(self, width: WidthClass) -> None:
        """Two halves, or one at a time."""
        self._width = width
        self.list.set_width_class(width)
        self._arrange()

    def _one_at_a_time(self) -> bool:
        return self._width is WidthClass.NARROW

    def _show_half(self, *, entry: bool) -> None:
        self._in_entry = entry
        self._arrange()

    def _arrange(self) -> None:
        narrow = self._one_at_a_time()
        shows_list = not self._writing_only and not (narrow and self._in_entry)
        if not shows_list and self._list_has_focus():
            self.entry.view.focus_text()  # otherwise Qt gives the focus to whatever comes next
        self.list.setVisible(shows_list)
        self.entry.setVisible(self._writing_only or not narrow or self._in_entry)
        self.entry.view.bar.set_narrow(narrow)
        self.entry.places.set_narrow(narrow)

    def _leave_writing_only(self) -> None:
        self._set_writing_only(False)

    def _set_writing_only(self, on: bool) -> None:
        on = on and self.entry.places.shows_entry
        if on == self._writing_only:
            return
        self._writing_only = on
        self.context.shell.show_writing_only(on)
        self._arrange()
        self.entry.view.set_writing_only(on)
        if self.entry.places.shows_entry and self.isVisible():
            self.entry.view.focus_text()
