"""A new thread: from an intention that is written already, or from words of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal

from integrate.domain.entry import Changes, Unreadable
from integrate.domain.sessions import LineKind, SessionState
from integrate.domain.threads import Station
from integrate.i18n import _
from integrate.journal.sessions import add_line
from integrate.journal.threads import SavedThread, begin_thread
from integrate.ui.pages.threads.reading import Choosable, read_choosable
from integrate.ui.pages.threads.sheets import ActSheet
from integrate.ui.pages.threads.words import item_id, item_words, ref_words, session_words, short_name
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext
    from integrate.ui.pages.threads.reading import Shown


class NewThreadSheet(ActSheet):
    """Begins a thread. Words of its own become an intention of a session where one is chosen, else its name.

    ``begun`` brings the thread that was begun.
    """

    begun = Signal(object)  # Thread

    def __init__(self, context: PageContext, shown: Shown, kept: str = "") -> None:
        super().__init__(context, _("New thread"))
        theme = context.theme
        self._shown = shown
        self.start = MenuField(theme, _("It begins with"), [(None, _("Words of its own"))])
        field = TextArea(theme, _("Your intention, or what it is about"), hint=_("One word is enough."))
        sessions: list[tuple[object, str]] = [(None, _("No session"))]
        own = [one for one in shown.sessions if one.state is not SessionState.CANCELLED]
        sessions += [(one.id, session_words(one, shown.today)) for one in own]
        self.session = MenuField(theme, _("As an intention for"), sessions, shown.coming)
        self.name = LineField(theme, _("A short name, if you like"))
        self.begin_button = Button(theme, _("Begin"), "primary")
        self.start.hide()  # until there is something to choose
        for part in (self.start, field, self.session, self.name):
            self.body.addWidget(part)
        self.begin_with(field, "", kept)
        self.finish_with(self.begin_button)
        self.start.chosen.connect(self._show_fields)
        self.session.chosen.connect(self._show_fields)
        self.begin_button.clicked.connect(self.keep)
        self.name.edit.returnPressed.connect(self.keep)
        field.finished.connect(self.keep)
        self._has_sessions = bool(own)
        self._show_fields()
        work = partial(read_choosable, station=Station.INTENTION, sessions=shown.sessions, today=shown.today)
        context.desk.read(self, work, self._offer, self.refused)

    def _offer(self, found: tuple[Choosable | Unreadable, ...]) -> None:
        """Intentions that hang on no thread come first."""
        hung = {one.id for view in self._shown.views() for one in view.intentions}
        lines = [one for one in found if isinstance(one, Choosable)]
        lines.sort(key=lambda one: item_id(one.item) in hung)
        options: list[tuple[object, str]] = [(None, _("Words of its own"))]
        options += [(item_id(one.item), _option(one)) for one in lines]
        self.start.set_options(options, self.start.value())
        self.start.setVisible(bool(lines))

    def _show_fields(self, _chosen: object = None) -> None:
        own = self.start.value() is None
        if self.words is not None:
            self.words.setVisible(own)
        self.session.setVisible(own and self._has_sessions)
        self.name.setVisible(not own or self.session.value() is not None)
        self.say("")

    def keep(self) -> None:
        """Begin it."""
        line_id, session_id = self.start.value(), self.session.value()
        name = " ".join(self.name.text().split())  # what is pasted into a line may have more of them
        if isinstance(line_id, UUID):
            work = partial(begin_thread, name=name, links=((Station.INTENTION, line_id),))
            self.write(work, self._begun)
            return
        if self.words is None or self.needs_words(_("One word is enough.")):
            return
        text = self.words.text().strip()
        if isinstance(session_id, UUID):
            self.write(partial(_begin_with_line, session_id=session_id, text=text, name=name), self._begun)
        else:
            self.write(partial(begin_thread, name=" ".join(text.split())), self._begun)

    def _begun(self, saved: SavedThread) -> None:
        self.close_saved()
        self.begun.emit(saved.thread)


def _option(one: Choosable) -> str:
    words = short_name(item_words(one.item))
    if one.session is None:
        return words
    return _("{session}: {words}").format(session=ref_words(one.session.ref), words=words)


def _begin_with_line(journal: Journal, session_id: UUID, text: str, name: str) -> SavedThread:
    line = add_line(journal, session_id, LineKind.INTENTION, text)
    saved = begin_thread(journal, name, ((Station.INTENTION, line.line.id),))
    changes = Changes(saved.changes.areas | line.changes.areas, saved.changes.ids | line.changes.ids)
    return SavedThread(saved.thread, changes)
