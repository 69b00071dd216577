"""The list half of the Journal page: a heading, search, filters, and the entries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from integrate.domain.entry import Changes, SessionRef
from integrate.domain.listing import Row, Stop, TagUse
from integrate.domain.query import as_typed
from integrate.i18n import _
from integrate.journal.browsing import sessions_in_use, tags_in_use
from integrate.journal.opening import Journal
from integrate.ui.layout import WidthClass
from integrate.ui.page import PageContext
from integrate.ui.pages.journal.list.filters import FilterBar, count_words
from integrate.ui.pages.journal.list.model import EntryListModel
from integrate.ui.pages.journal.list.source import ListSource, Located, Question
from integrate.ui.pages.journal.list.view import EntryView
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import IconButton
from integrate.ui.widgets.empty import EmptyState
from integrate.ui.widgets.fields import SearchField
from integrate.ui.widgets.text import Heading

_WIDE: Final = 312
_MEDIUM: Final = 264
_SIDE: Final = 16
_TOP: Final = 24
_ICON_OUT: Final = 6  # the icon, not its button, stands in line with the field below
_KEY_REST: Final = 150  # milliseconds after the last arrow until the entry is opened
_TYPING_REST: Final = 800  # milliseconds after the last letter until the number of hits is said
_FILTERS_REST: Final = 3_000  # milliseconds after a change until tags and sessions are counted again
_INTO_LIST: Final = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter})


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The entry that is open: its id, and its key in the list once that is known."""

    entry_id: UUID | None = None
    key: int | None = None


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What keeps its place while the list changes: an entry, how far it is scrolled, and the row it stood in."""

    key: int | None
    row: int
    pixels: int


class ListPane(QWidget):
    """All entries, searched and filtered as the person types. It follows ``desk.changed`` by itself.

    Signals: ``entry_chosen`` (UUID) when an entry shall be shown; ``text_wanted`` after it when the focus shall go to
    its text (Enter); ``new_wanted``; ``delete_wanted`` (UUID); ``emptied`` whether the journal has no entry at all.
    """

    entry_chosen = Signal(object)
    text_wanted = Signal()
    new_wanted = Signal()
    delete_wanted = Signal(object)
    emptied = Signal(bool)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._theme = context.theme
        self._desk = context.desk
        self._width = WidthClass.WIDE
        self._chosen = _Chosen()
        self._waiting: tuple[int, bool] | None = None  # an entry to open as soon as its row is here
        self._anchor = _Anchor(None, 0, 0)
        self._model = EntryListModel(context.desk.clock, self)
        self.source = ListSource(context.desk, self._model, self)
        self.title = Heading(context.theme, _("Journal"), 3)
        self.new_button = IconButton(context.theme, "square-pen", _("New entry"))
        self.search = SearchField(context.theme, _("Search your entries"))
        self.filters = FilterBar(context.theme, self._model.today)
        self.view = EntryView(context.theme, self._model)
        self._stack = QStackedWidget()
        self._nothing_found = EmptyState(
            context.theme, _("Nothing with those words."), _("Try fewer, or another filter."),
            (_("Clear filters"), None, self.clear_filters),
        )  # fmt: skip
        self._nothing_yet = EmptyState(
            context.theme, _("One sentence is enough."), _("So is a single word."),
            (_("Write the first one"), None, self.new_wanted.emit),
        )  # fmt: skip
        self._opening = QTimer(self, singleShot=True, interval=_KEY_REST)
        self._saying = QTimer(self, singleShot=True, interval=_TYPING_REST)
        self._counting = QTimer(self, singleShot=True, interval=_FILTERS_REST)
        self._lay_out()
        self._connect()
        self._apply_theme()
        self._ask()
        self._count_filters()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, _TOP, 0, 12)
        head.setSpacing(0)
        head.addSpacing(_SIDE)  # unlike margins, these change sides with the direction of writing
        head.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.new_button)
        head.addSpacing(_SIDE - _ICON_OUT)
        top = QVBoxLayout()
        top.setContentsMargins(_SIDE, 0, _SIDE, 10)
        top.setSpacing(10)
        top.addWidget(self.search)
        top.addWidget(self.filters)
        for part in (self.view, self._nothing_found, self._nothing_yet):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)  # the line at the end of the pane
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_wanted)
        self.search.changed.connect(self._searched)
        self.search.edit.installEventFilter(self)
        self.filters.changed.connect(self._ask)
        self.view.seen.connect(self.source.want)
        self.view.moved.connect(self._moved)
        self.view.entered.connect(self._entered)
        self.view.pressed_row.connect(self._open)
        self.view.delete_pressed.connect(self._delete)
        self.source.begun.connect(self._begun)
        self.source.placed.connect(self._placed)
        self.source.reread.connect(self._reread)
        self._model.modelAboutToBeReset.connect(self._remember_anchor)
        self._model.dataChanged.connect(self._rows_came)
        self._opening.timeout.connect(self._open_current)
        self._saying.timeout.connect(self._say_count)
        self._counting.timeout.connect(self._count_filters)
        self._desk.changed.connect(self.refresh)
        self._theme.changed.connect(self._apply_theme)

    # --- what the page asks -------------------------------------------------------------------------------------------

    def current_id(self) -> UUID | None:
        """The entry that is selected, also while it is not in the list that is shown."""
        return self._chosen.entry_id

    def focus_search(self) -> None:
        """Go to the search field, with what is in it selected."""
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()

    def focus_list(self) -> None:
        """Go to the entries, or to the search field while there are none."""
        if self._stack.currentWidget() is self.view:
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.focus_search()

    def select(self, entry_id: UUID | None) -> None:
        """Show which entry is open, without a signal; None is one that is in no list yet."""
        self._opening.stop()
        self._waiting = None
        self._chosen = _Chosen(entry_id)
        if entry_id is None:
            self.view.make_current(None, reveal=False)
        else:
            self._locate()

    def go(self, step: int) -> None:
        """Open the next newer (-1) or older (1) entry of the list."""
        current = self.view.current_row()
        start = current + step if current is not None else 0
        row = self._model.contents.next_entry(start, 1 if step > 0 or current is None else -1)
        if row is not None:
            self.view.make_current(row, reveal=True)
            self._open(row)

    def refresh(self, changes: Changes) -> None:
        """Show what changed. Connected to ``desk.changed``; nobody else has to call it."""
        if "entries" not in changes.areas:
            return
        self._counting.start()
        anchor = self._read_anchor().key
        kept = tuple(key for key in (self._chosen.key, anchor) if key is not None)
        self.source.refresh(changes, kept)

    def clear_filters(self) -> None:
        """Show the whole list: no search, no filter. The focus stays with whoever has it, or goes to the search."""
        blocked = self.filters.blockSignals(True)
        self.filters.clear()
        self.filters.blockSignals(blocked)
        if self.search.text():
            self.search.edit.clear()  # asks
        else:
            self._ask()
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_width_class(self, width: WidthClass) -> None:
        """312 pixels wide, 264 in a medium window; below that it takes all the room it is given."""
        self._width = width
        self._apply_theme()

    # --- asking -------------------------------------------------------------------------------------------------------

    def _searched(self, _text: str) -> None:
        self._saying.start()
        self._ask()

    def _ask(self) -> None:
        self._opening.stop()
        kept = (self._chosen.key,) if self._chosen.key is not None else ()
        self.source.ask(Question(as_typed(self.search.text()), self.filters.which()), kept)
        self.filters.set_count(None)

    def _begun(self) -> None:
        """The first rows are here: what is not among them stays selected, and shows when the list is complete."""
        self._show_count()
        self.view.set_offset_in(0, 0)
        key = self._chosen.key
        position = self._model.contents.position_of(key) if key is not None else None
        if position is not None:
            self.view.make_current(self._model.contents.row_at(position), reveal=False)

    def _placed(self, positions: dict[int, int]) -> None:
        self._show_count()
        key = self._chosen.key
        if self.view.current_row() is not None:
            return
        if key in positions:
            self.view.make_current(self._model.contents.row_at(positions[key]), reveal=False)
        else:  # selected after the question was asked, or not in this list
            self._locate()

    def _reread(self, positions: dict[int, int]) -> None:
        """The same list again, perhaps with more or fewer rows: what was seen stays where it was."""
        self._show_count()
        contents, anchor = self._model.contents, self._anchor
        row: int | None = anchor.row
        if anchor.key is not None:
            position = positions.get(anchor.key)
            position = contents.position_of(anchor.key) if position is None else position
            row = contents.row_at(position) if position is not None else anchor.row
        self.view.set_offset_in(row or 0, anchor.pixels)
        key = self._chosen.key
        if key is not None and key in positions:
            self.view.make_current(contents.row_at(positions[key]), reveal=False)
        else:
            self._locate()

    def _show_count(self) -> None:
        count, everything = self.source.count, self.source.question.is_everything
        self.filters.set_count(None if count == 0 and everything else count)
        self.emptied.emit(count == 0 and everything)
        if count != 0:
            self._stack.setCurrentWidget(self.view)
        elif everything:
            self._stack.setCurrentWidget(self._nothing_yet)
        else:
            self._stack.setCurrentWidget(self._nothing_found)

    def _say_count(self) -> None:
        if self.source.count is not None:
            announce(self.search.edit, count_words(self.source.count))

    def _count_filters(self) -> None:
        """Beside the reading lane: in a large journal it takes longer than a letter of the search may wait."""
        self._desk.copy(self, _tags, self.filters.set_tags)
        self._desk.copy(self, _sessions, self.filters.set_sessions)

    # --- places -------------------------------------------------------------------------------------------------------

    def _read_anchor(self) -> _Anchor:
        """The first entry in sight; at the very top nothing, so that what is new shows there."""
        entry = self._model.contents.next_entry(self.view.rows_in_sight()[0], 1)
        if entry is None or self.view.verticalOffset() == 0:
            return _Anchor(None, 0, 0)
        return _Anchor(self._model.contents.key_at(entry), entry, self.view.offset_in(entry))

    def _remember_anchor(self) -> None:
        self._anchor = self._read_anchor()

    def _locate(self) -> None:
        entry_id = self._chosen.entry_id
        if entry_id is None:
            return
        self.source.locate(entry_id, partial(self._located, entry_id), partial(self._gone, entry_id))

    def _located(self, entry_id: UUID, found: Located) -> None:
        if entry_id != self._chosen.entry_id:
            return
        self._chosen = _Chosen(entry_id, found.row.key)
        if found.contents is not self._model.contents:
            self._locate()
        elif found.position is not None:
            self.view.make_current(found.contents.row_at(found.position), reveal=True)
        else:
            self.view.make_current(None, reveal=False)

    def _gone(self, entry_id: UUID) -> None:
        if entry_id == self._chosen.entry_id:
            self.view.make_current(None, reveal=False)

    # --- opening ------------------------------------------------------------------------------------------------------

    def _moved(self, _row: int) -> None:
        """In one column the list stays until Enter; beside an entry, the arrows show one after the other."""
        if self._width is not WidthClass.NARROW:
            self._opening.start()

    def _open_current(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self._open(row)

    def _entered(self, row: int) -> None:
        self._open(row, into_text=True)

    def _open(self, row: int, into_text: bool = False) -> None:
        self._opening.stop()
        key, held = self._model.contents.key_at(row), self._model.row_at(row)
        self._waiting = None
        if held is None:
            self._waiting = (key, into_text) if key is not None else None
            return
        if held.entry.id is None:  # its record is so damaged that nobody knows which entry it was
            return
        self._chosen = _Chosen(held.entry.id, held.key)
        self.entry_chosen.emit(held.entry.id)
        if into_text:
            self.text_wanted.emit()

    def _rows_came(self) -> None:
        row = self.view.current_row()
        if self._waiting is not None and row is not None and self._model.contents.key_at(row) == self._waiting[0]:
            self._open(row, self._waiting[1])

    def _delete(self, row: int) -> None:
        held: Row | None = self._model.row_at(row)
        if held is not None and held.entry.id is not None:
            self.delete_wanted.emit(held.entry.id)

    # --- keys and looks -----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field, Down and Enter go to the entries; Esc does so once the field is empty."""
        if watched is self.search.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            leaves = event.key() == Qt.Key.Key_Escape and not self.search.text()
            if leaves or event.key() in _INTO_LIST:
                self.focus_list()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line between the list and the entry."""
        if self._width is WidthClass.NARROW:
            return
        painter = QPainter(self)
        left_to_right = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        thick = 2 if self._theme.scheme.contrast else 1
        edge = self.width() - thick if left_to_right else 0
        painter.fillRect(edge, 0, thick, self.height(), self._theme.color("hair"))

    def _apply_theme(self) -> None:
        if self._width is WidthClass.NARROW:
            self.setMinimumWidth(0)
            self.setMaximumWidth(_NO_LIMIT)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        else:
            self.setFixedWidth(self._theme.px(_WIDE if self._width is WidthClass.WIDE else _MEDIUM))


_NO_LIMIT: Final = 16_777_215  # QWIDGETSIZE_MAX, which PySide6 does not export


def _tags(journal: Journal, _stop: Stop) -> tuple[TagUse, ...]:
    return tags_in_use(journal)


def _sessions(journal: Journal, _stop: Stop) -> tuple[SessionRef, ...]:
    return sessions_in_use(journal)
