"""Copy from paper: what was written on the take-along sheet comes into the journal, in the order of the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt

from integrate.domain.entry import Changes, Draft, Phase
from integrate.domain.times import ZonedTime
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.journal.sessions import add_line
from integrate.journal.writing import add_entry
from integrate.sharing.paper import LINE_KINDS, PART_WORDS, SHEET_ORDER, SheetPart
from integrate.ui.pages.share.sheets import ShareSheet
from integrate.ui.pages.share.words import entry_day
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from datetime import date

    from integrate.domain.sessions import Session
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

_WORDS: Final = frozenset({SheetPart.WORDS, SheetPart.SITTER})
"""The parts that become entries about the session; times are noted on its page."""


@dataclass(frozen=True, slots=True)
class Copied:
    """The parts that are in the journal now, and why it went no further; ``refusal`` None where all are."""

    parts: tuple[SheetPart, ...]
    changes: Changes
    refusal: KnownError | None = None


class CopySheet(ShareSheet):
    """Every part may stay empty. What is refused stays in its field."""

    def __init__(self, context: PageContext, sessions: Sequence[Session], today: date) -> None:
        super().__init__(context, _("Copy from paper"), width=640)
        theme = context.theme
        self._sessions = tuple(sessions)
        options = [(one.ref, _session_words(one, today)) for one in sessions]
        told = _("A line each. Nothing has to be filled in. Times are noted on the page of the session.")
        self.body.addWidget(Text(theme, told, "body", "ink2"))
        self.session = MenuField(theme, _("Session"), options, options[0][0] if options else None)
        self.body.addWidget(self.session)
        self.fields: dict[SheetPart, TextArea] = {}
        for part in SHEET_ORDER:
            if part in LINE_KINDS or part in _WORDS:
                field = TextArea(theme, _(PART_WORDS[part]), least=3 if part in _WORDS else 2)
                self.fields[part] = field
                self.body.addWidget(field)
        cancel = Button(theme, _("Cancel"), "quiet_neutral")
        self.save_button = Button(theme, _("Keep it"), "primary")
        self.initial_focus = self.session.combo
        self.finish(cancel, self.save_button)
        cancel.clicked.connect(self.close)
        self.save_button.clicked.connect(self._save)

    def _save(self) -> None:
        texts = {part: field.text() for part, field in self.fields.items() if field.text().strip()}
        session = next((one for one in self._sessions if one.ref == self.session.value()), None)
        if session is None or not texts:
            self.say(_("One word is enough."))
            next(iter(self.fields.values())).edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.write(partial(copy_from_paper, session=session, texts=texts), self._saved)

    def _saved(self, copied: Copied) -> None:
        for part in copied.parts:
            self.fields[part].set_text("")
        if copied.refusal is not None:
            self.say(" ".join(copied.refusal.sentences()))
            return
        self.close()
        self.context.shell.toast(_("It is in your journal."))


def copy_from_paper(journal: Journal, *, session: Session, texts: Mapping[SheetPart, str]) -> Copied:
    """Keep what was written on the sheet: lines on the page of the session, longer words as entries about it."""
    done: list[SheetPart] = []
    areas: set[str] = set()
    ids: set[UUID] = set()
    refusal = None
    try:
        for part, text in texts.items():
            if part in LINE_KINDS:
                lines = (line.strip() for line in text.splitlines())
                made = [add_line(journal, session.id, LINE_KINDS[part], line) for line in lines if line]
                told = [one.changes for one in made]
            else:
                told = [add_entry(journal, _entry(journal, session, part, text)).changes]
            done.append(part)
            for changes in told:
                areas |= changes.areas
                ids |= changes.ids
    except KnownError as error:
        refusal = error
    return Copied(tuple(done), Changes(frozenset(areas), frozenset(ids)), refusal)


def _entry(journal: Journal, session: Session, part: SheetPart, text: str) -> Draft:
    """An entry about the session, at its time where that is known, else now."""
    now = ZonedTime(journal.clock.now(), journal.clock.zone())
    started = session.draft.ended or session.draft.started
    title = _(PART_WORDS[part]) if part is SheetPart.SITTER else ""
    return Draft(text.strip(), started or now, title, Phase.EXPERIENCE, session.ref)


def _session_words(session: Session, today: date) -> str:
    number = _("Session {number}").format(number=session.ref.number)
    if session.day is None:
        return number
    return _("{session}, {day}").format(session=number, day=entry_day(session.day, today))
