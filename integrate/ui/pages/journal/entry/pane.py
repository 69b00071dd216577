"""The entry half of the Journal page: which entry is open, what is done with it, and that it is saved."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.entry import AttachmentInfo, Changes, Draft, EntrySummary, Phase, SessionRef
from integrate.domain.listing import Stop
from integrate.domain.prompts import Prompt
from integrate.domain.times import ZonedTime
from integrate.errors import Damaged, EntryMissing, KnownError, WrongUsage
from integrate.journal.opening import Journal
from integrate.journal.writing import read_thumbnails
from integrate.ui.editor.autosave import SaveState
from integrate.ui.page import PageContext
from integrate.ui.pages.journal.entry.attaching import Attached, Attacher
from integrate.ui.pages.journal.entry.belonging import Belonging
from integrate.ui.pages.journal.entry.doings import Doings
from integrate.ui.pages.journal.entry.insights import Insights
from integrate.ui.pages.journal.entry.keeper import Keeper
from integrate.ui.pages.journal.entry.keepers import Keepers
from integrate.ui.pages.journal.entry.places import EntryPlaces
from integrate.ui.pages.journal.entry.prompting import Prompting
from integrate.ui.pages.journal.entry.reading import (
    Opened,
    read_entry,
    read_in_use,
    read_what_is_left,
)
from integrate.ui.pages.journal.entry.spelling import Spelling
from integrate.ui.pages.journal.entry.view import EntryView
from integrate.ui.pages.journal.entry.viewer import PictureSheet
from integrate.ui.saving import SavedEntry

Thumbnails = tuple[tuple[AttachmentInfo, bytes | None], ...]


class EntryPane(QWidget):
    """Shows one entry and keeps it saved.

    ``born`` brings the id of a new entry once it is on the disk, ``deleted`` that of one that has gone to Recently
    deleted, ``came_back`` that of one that is in the list again. ``new_wanted``, ``back_wanted`` (to the list) and
    ``wanted`` (the id of an action) are for the page around.
    """

    born = Signal(object)
    deleted = Signal(object)
    came_back = Signal(object)
    new_wanted = Signal()
    back_wanted = Signal()
    wanted = Signal(str)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self._desk = context.desk
        self._origin = f"entry {uuid4().hex}"
        self._draft = self._blank_draft()
        self._coming: tuple[UUID, Keeper | None, Stop] | None = None
        self._was_blank = True
        self.keepers = Keepers(self._desk, self._origin, self)
        self.view = EntryView(context)
        new = self.new_wanted.emit if self._desk.may_write else None
        self.places = EntryPlaces(context.theme, self.view, new, self.back_wanted.emit)
        self.prompting = Prompting(context, self.view, self)
        self.attacher = Attacher(context, self._origin, self._current_keeper, self)
        self.doings = Doings(context, self)
        self.belonging = Belonging(context, self)
        self.insights = Insights(context, self.view.surface, self.keepers, self)
        self.spelling = Spelling(context, self.view.surface)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.places)
        self.view.foot.set_read_only(not self._desk.may_write)
        self._connect()
        self._preferences_changed()
        self._read_in_use()

    def _connect(self) -> None:
        bar, header, surface = self.view.bar, self.view.header, self.view.surface
        surface.edited.connect(self._edited)
        surface.files_dropped.connect(self.attacher.take_files)
        surface.image_pasted.connect(self.attacher.take_picture)
        surface.installEventFilter(self)
        header.title.edited.connect(self._edited)
        header.moment.chosen.connect(partial(self._choose, "at"))
        header.prompt.another_wanted.connect(self._another_prompt)
        self.prompting.chosen.connect(partial(self._choose, "prompt_id"))
        header.strip.show_wanted.connect(self._show_picture)
        header.strip.save_wanted.connect(self.attacher.save_copy)
        header.strip.remove_wanted.connect(self.attacher.remove)
        bar.phase_chosen.connect(self._choose_phase)
        bar.session.chosen.connect(self.belonging.pick_session)
        bar.session.chosen.connect(partial(self._choose, "session"))
        self.belonging.changed.connect(self._belongs)
        bar.mood.chosen.connect(partial(self._choose, "mood_then"))
        bar.tags_chosen.connect(partial(self._choose, "tags"))
        bar.never_share_chosen.connect(partial(self._choose, "never_share"))
        bar.back_wanted.connect(self.back_wanted)
        bar.wanted.connect(self.wanted)
        self.keepers.saved.connect(self._saved)
        self.keepers.state_changed.connect(self._state_changed)
        self.keepers.trouble.connect(self._trouble)
        self.keepers.bug.connect(self.context.shell.tell_trouble)
        self.attacher.added.connect(self._attached)
        self.attacher.removed.connect(self._was_removed)
        self.doings.deleted.connect(self._was_deleted)
        self.doings.taken_back.connect(self.came_back)
        self._desk.changed.connect(self._changed)
        self._desk.preferences_changed.connect(self._preferences_changed)

    # --- which entry --------------------------------------------------------------------------------------------------

    def current_id(self) -> UUID | None:
        """The entry that is shown or about to be; None for a new one that is not saved, and for none."""
        if self._coming is not None:
            return self._coming[0]
        keeper = self.keepers.current
        return keeper.entry_id if keeper is not None else None

    @property
    def has_entry(self) -> bool:
        """Whether somebody could write here now."""
        return self.keepers.current is not None

    def show_entry(self, entry_id: UUID, *, again: bool = False) -> None:
        """Show an entry; what is shown now is saved first. ``again`` reads it anew."""
        if entry_id == self.current_id() and not again:
            return
        self.leave()
        keeper = self.keepers.take(entry_id)
        stop = self._desk.read(
            self, partial(read_entry, entry_id), partial(self._loaded, entry_id), partial(self._not_loaded, entry_id)
        )
        self._coming = (entry_id, keeper, stop)

    def new_entry(
        self, phase: Phase | None = None, prompt_id: str | None = None, session: SessionRef | None = None
    ) -> None:
        """Begin a new entry, where it belongs by now unless given. None of it is on the disk before there is some."""
        self.leave()
        blank = self._blank_draft()
        placed = self.belonging.begin(blank) if phase is None else replace(blank, phase=phase)
        self._draft = replace(placed, prompt_id=prompt_id, session=session or placed.session)
        self.keepers.begin(self._compose, None)
        self._show(None)
        if prompt_id is not None:
            self.prompting.ask_for(prompt_id)
        self.view.focus_text()

    def leave(self) -> None:
        """Save what is not saved, and show no entry."""
        if self._coming is not None:
            _entry_id, keeper, stop = self._coming
            stop.set()
            self._coming = None
            if keeper is not None:
                self.keepers.give_back(keeper)
        self.keepers.leave(bare=self.view.header.strip.count() == 0)
        self.wipe()

    def show_nothing(self) -> None:
        """No entry is chosen."""
        self.leave()
        self.places.show_nothing()

    def wipe(self) -> None:
        """Forget all words that are shown."""
        self.prompting.forget()
        self.belonging.forget()
        self._draft = self._blank_draft()
        self.view.wipe()
        self.view.surface.setReadOnly(True)
        self.view.foot.show_state(SaveState())

    def _loaded(self, entry_id: UUID, opened: Opened) -> None:
        keeper = self._arrived()
        if keeper is not None:
            self._go_on(keeper, opened.prompt)
        elif opened.entry.summary.deleted is not None:
            self.places.show_nothing()
            return
        else:
            self._draft = opened.entry.as_draft()
            self.keepers.begin(self._compose, entry_id)
            self._show(opened.prompt)
        self._show_last_save(opened.entry.summary)
        if opened.entry.attachments:
            self._desk.read(self, partial(_thumbnails, entry_id), partial(self._show_thumbnails, entry_id))

    def _arrived(self) -> Keeper | None:
        keeper = self._coming[1] if self._coming is not None else None
        self._coming = None
        return keeper

    def _go_on(self, keeper: Keeper, prompt: Prompt | None) -> None:
        """Go on writing: what was written a moment ago and is not saved yet is newer than what was read."""
        draft = keeper.draft()
        self._draft = draft
        self.keepers.go_on(keeper, self._compose)
        self._show(prompt)

    def _not_loaded(self, entry_id: UUID, error: Exception) -> None:
        keeper = self._arrived()
        if keeper is not None:
            self._go_on(keeper, None)
        elif isinstance(error, Damaged):
            self.places.show_unreadable(partial(self._show_what_is_left, entry_id))
        else:
            self.places.show_nothing()
            if not isinstance(error, EntryMissing):
                self.context.shell.tell_trouble(error)

    def _show_what_is_left(self, entry_id: UUID) -> None:
        self._desk.read(self, partial(read_what_is_left, entry_id), self._show_left, self._nothing_left)

    def _show_left(self, left: EntrySummary | None) -> None:
        if left is None:
            self.places.show_unreadable(None)
            return
        draft = Draft(left.excerpt, left.at, left.title, left.phase, left.session, None, left.tags, left.never_share)
        self.view.show_draft(draft, editable=False)
        self.places.show_entry()

    def _nothing_left(self, _error: Exception) -> None:
        self.places.show_unreadable(None)

    def _show(self, prompt: Prompt | None) -> None:
        """Show the draft, which is that of the current keeper."""
        self.view.show_draft(self._draft, editable=self._desk.may_write)
        self.prompting.show(prompt, editable=self._desk.may_write)
        self.places.show_entry()
        self._was_blank = self.view.is_blank()
        self._state_changed()
        self.insights.show_words(self.current_id())

    def _show_last_save(self, summary: EntrySummary) -> None:
        """Say when it was saved last, as long as the time alone says it: today."""
        zone = self._desk.clock.zone()
        saved = ZonedTime(summary.updated, zone)
        if self.keepers.state() == SaveState() and saved.local_date() == ZonedTime(self._now(), zone).local_date():
            self.view.foot.show_state(SaveState(when=saved.local()))

    def _show_thumbnails(self, entry_id: UUID, found: Thumbnails) -> None:
        if entry_id == self.current_id() and self._coming is None:
            for info, thumbnail in found:
                self.view.header.strip.add(info, thumbnail)

    # --- the draft ----------------------------------------------------------------------------------------------------

    def _now(self) -> Any:
        return self._desk.clock.now()

    def _blank_draft(self) -> Draft:
        clock = self._desk.clock
        return Draft("", ZonedTime(clock.now(), clock.zone()), phase=self._desk.preferences.phase)

    def _current_keeper(self) -> Keeper | None:
        return self.keepers.current

    def _compose(self) -> Draft:
        body, title = self.view.surface.text(), self.view.header.title.text()
        try:
            return replace(self._draft, body=body, title=title)
        except WrongUsage:  # half of a pair of UTF-16 units, which some input methods leave behind
            return replace(self._draft, body=_mended(body), title=_mended(title))

    def _edited(self) -> None:
        self._touch()
        blank = self.view.is_blank()
        if blank != self._was_blank:
            self._was_blank = blank
            self.prompting.show_acts()

    def _touch(self) -> None:
        keeper = self.keepers.current
        if keeper is not None and (keeper.has_begun or not self.view.is_blank() or self._draft.tags):
            keeper.touched()

    def _change(self, **changes: Any) -> None:
        if self.keepers.current is not None and self._desk.may_write:
            self._draft = replace(self._draft, **changes)
            self.view.set_phase(self._draft)
            self._touch()

    def _choose_phase(self, phase: Phase) -> None:
        keeper = self.keepers.current
        self._change(phase=phase, **self.belonging.pick_phase(phase))
        if keeper is not None and keeper.born_here:
            self.belonging.keep_phase(phase)

    def _belongs(self, changes: dict[str, Any]) -> None:
        if any(getattr(self._draft, field) != value for field, value in changes.items()):
            self._change(**changes)

    def _choose(self, field: str, value: object) -> None:
        self._change(**{field: value})

    def _another_prompt(self) -> None:
        self.prompting.another(self._draft.phase, self._draft.prompt_id)

    # --- saving -------------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Give everything that is not saved to the journal's lane now."""
        self.keepers.flush()

    def _saved(self, keeper: Keeper, saved: SavedEntry) -> None:
        if keeper is self.keepers.current and saved.summary is None and self._desk.is_open:
            self.born.emit(saved.entry_id)

    def _state_changed(self) -> None:
        self.view.foot.show_state(self.keepers.state())

    def _trouble(self, error: KnownError | None) -> None:
        if error is None:
            self.view.trouble.clear()
        else:
            self.view.trouble.tell(error, self.flush, self._copy_elsewhere)

    def _copy_elsewhere(self) -> None:
        keeper = self.keepers.current
        if keeper is not None:
            self.doings.copy_elsewhere(keeper)

    def _changed(self, changes: Changes) -> None:
        if changes.origin == self._origin or not changes.areas & {"entries", "courses"}:
            return
        self._read_in_use()
        if self._coming is not None and self._coming[0] in changes.ids:
            self.show_entry(self._coming[0], again=True)  # what is being read may be what was there before
            return
        keeper = self.keepers.current
        if keeper is not None and keeper.entry_id in changes.ids and keeper.is_clean and keeper.entry_id is not None:
            self.show_entry(keeper.entry_id, again=True)

    def _preferences_changed(self) -> None:
        self.view.surface.set_privacy_of_input(sensitive=self._desk.preferences.sensitive_input)

    def _read_in_use(self) -> None:
        self._desk.read(self, read_in_use, self.view.bar.set_in_use)

    # --- photos and files ---------------------------------------------------------------------------------------------

    def _attached(self, keeper: Keeper | None, attached: Attached) -> None:
        if keeper is not None and keeper is self.keepers.current:
            self.view.header.strip.add(attached.info, attached.thumbnail)

    def _was_removed(self, info: AttachmentInfo) -> None:
        self.view.header.strip.take_out(info.id)

    def _show_picture(self, info: AttachmentInfo) -> None:
        host = self.context.shell.sheet_host()
        sheet = PictureSheet(self.context.theme, host, self._desk, info, may_remove=self._desk.may_write)
        sheet.save_wanted.connect(self.attacher.save_copy)
        sheet.remove_wanted.connect(self.attacher.remove)
        sheet.open()

    # --- actions ------------------------------------------------------------------------------------------------------

    def perform(self, action_id: str) -> bool:
        """Do an action that is about the entry at hand; False when it is none of these."""
        match action_id:
            case "save_now":
                self.flush()
            case "attach":
                self.attacher.choose()
            case "find_in_entry":
                if self.places.shows_entry:
                    self.view.find_bar.next()
            case "never_share":
                self._toggle_never_share()
            case "keep_insight":
                self.insights.keep()
            case "history":
                if self.keepers.current is not None:
                    self.doings.show_history(self.keepers.current)
            case "delete_entry":
                self.delete()
            case "another_prompt":
                self._another_prompt()
            case "undo" | "redo":
                return self.view.undo_or_redo(action_id, may_undo=self.has_entry)
            case _:
                return False
        return True

    def delete(self) -> None:
        """Move the entry at hand to Recently deleted; a new one of which nothing is saved just goes."""
        keeper = self.keepers.current
        if keeper is None or not self._desk.may_write:
            return
        if not keeper.has_begun and self.view.is_blank():
            self.show_nothing()
        else:
            keeper.when_saved(self.doings.delete)

    def _was_deleted(self, entry_id: UUID) -> None:
        keeper = self.keepers.current
        if keeper is not None and keeper.entry_id == entry_id:
            self.keepers.drop()
            self.wipe()
            self.places.show_nothing()
        self.deleted.emit(entry_id)

    def _toggle_never_share(self) -> None:
        self._change(never_share=not self._draft.never_share)

    def escape(self) -> bool:
        """Esc closes the search within the entry; False when it is not open."""
        return self.view.close_find_bar()

    # --- Qt's own calls -----------------------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Ctrl Z with nothing to undo in the text takes back what the last toast offered to."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.matches(QKeySequence.StandardKey.Undo) and not self.view.surface.document().isUndoAvailable():
            return self.context.shell.perform("undo")
        return False

    def event(self, event: QEvent) -> bool:
        """Leaving the window is a moment to save."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self.flush()
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The journal was locked: the words go before the widgets do."""
        super().hideEvent(event)
        if not self._desk.is_open:
            self.wipe()


def _thumbnails(entry_id: UUID, journal: Journal, _stop: Stop) -> Thumbnails:
    return read_thumbnails(journal, entry_id)


def _mended(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
