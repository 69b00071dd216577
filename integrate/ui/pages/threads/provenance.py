"""From an insight back to the words it came from; where that is not possible, why, in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from integrate.domain.entry import Phase
from integrate.i18n import _
from integrate.ui.pages.threads.reading import Found, read_source
from integrate.ui.registry import PAGES

if TYPE_CHECKING:
    from integrate.domain.threads import Insight
    from integrate.ui.page import PageContext

Say = Callable[[str], object]
"""Says one sentence where the person is looking."""


class Provenance(QObject):
    """Leads to entries in Journal and to moments in Sessions. ``leave`` is called before the page is left."""

    def __init__(self, context: PageContext, leave: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._leave = leave
        self.goes_to_sessions = any(spec.id == "sessions" for spec in PAGES)

    def show_source(self, insight: Insight, say: Say) -> None:
        """Go to the very words. ``say`` is told what there is to say instead."""
        told = partial(self._found, insight, say)
        self._context.desk.read(self, partial(read_source, insight=insight), told, self._context.shell.tell_trouble)

    def show_session(self, session_id: UUID, stage: Phase) -> None:
        """Go to the page of a session, at one of its stages."""
        if self.goes_to_sessions:
            self._leave()
            self._context.shell.go("sessions", session_id=session_id, stage=stage)

    def _found(self, insight: Insight, say: Say, found: Found) -> None:
        place, source = found.place, insight.source
        if found.unreadable and source.entry_id is not None:
            self._show_entry(source.entry_id)  # there it is said, and what is left of it can be had
        elif found.unreadable:
            say(_("The moment this came from could not be read. The rest is fine."))
        elif place is None:
            say(_("The words this came from are gone for good. Your own words stay."))
        elif place.entry_id is not None and place.deleted:
            say(_("The entry this came from is in Recently deleted. It can be seen again once it is taken back."))
        elif place.entry_id is not None and place.span is None:
            self._show_entry(place.entry_id)
            self._context.shell.toast(_("The words were changed since. This is the entry they came from."))
        elif place.entry_id is not None:
            self._show_entry(place.entry_id, words=source.quote)
        elif place.deleted:
            say(_("The moment this came from is in Recently deleted. It can be seen again once it is taken back."))
        elif found.session_id is not None and self.goes_to_sessions:
            self.show_session(found.session_id, Phase.EXPERIENCE)
        else:
            say(_("This came from a moment of a session."))

    def _show_entry(self, entry_id: UUID, **what: str) -> None:
        self._leave()
        self._context.shell.go("journal", entry_id=entry_id, **what)
