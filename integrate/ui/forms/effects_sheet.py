"""Side effects after a session: a row for each, "none" as an answer of its own, and room for one's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout

from integrate.domain.entry import Unreadable
from integrate.domain.logs import ALL_EFFECTS, LONGEST_LINE, MOST_LINES, EffectLog, Log
from integrate.domain.sessions import Session
from integrate.errors import RecordDamaged
from integrate.i18n import _
from integrate.journal.logs import effect_log
from integrate.journal.sessions import get_session
from integrate.ui.forms.effect_card import EffectCard
from integrate.ui.forms.log_sheet import LogSheet
from integrate.ui.forms.pieces import Noted, Noting
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext
    from integrate.ui.saving import Piece


class EffectsSheet(LogSheet):
    """The four of the source article come first, then the others. With *Nothing to note* it says that one looked."""

    def __init__(self, context: PageContext, session: Session, log: EffectLog | None, noting: Noting) -> None:
        title = _("Side effects after session {number}").format(number=session.ref.number)
        super().__init__(context, title, noting)
        self._session_id = session.id
        self._nothing = log is not None and not log.lines
        theme = self.theme
        self.cards: dict[str, EffectCard] = {}
        self.other = LineField(theme, _("Another one"))
        self.add_button = Button(theme, _("Add another"), "secondary", "plus")
        self.note = TextArea(theme, _("Anything else"), least=2)
        self.nothing_button = Button(theme, _("Nothing to note"), "quiet")
        self.body.setSpacing(10)
        words = _("Only what you noticed. Nothing here is counted, and every row can stay empty.")
        self.body.addWidget(Text(theme, words, "body", "ink2"))
        self._place = self.body.count()
        for effect in ALL_EFFECTS:
            self._add_card(effect)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.other, 1)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.body.addWidget(self.note)
        self.buttons.insertWidget(1, self.nothing_button)
        self._fill(log)
        self._follow()
        self.other.edit.setMaxLength(LONGEST_LINE)
        self.other.edit.returnPressed.connect(self._add_another)
        self.add_button.clicked.connect(self._add_another)
        self.note.changed.connect(self.typed)
        self.nothing_button.clicked.connect(self._note_nothing)

    def content(self) -> EffectLog | None:
        """What is noted; None while nothing was said at all.

        Raises:
            WrongUsage: a text is too long.
        """
        lines = tuple(line for card in self.cards.values() if (line := card.line()) is not None)
        note = self.note.text()
        if not lines and not note.strip() and not self._nothing:
            return None
        return EffectLog(self._session_id, lines, note)

    def _fill(self, log: EffectLog | None) -> None:
        if log is None:
            return
        self.note.set_text(log.note)
        for line in log.lines:
            if line.effect not in self.cards:
                self._add_card(line.effect)
            self.cards[line.effect].show_line(line)

    def _add_card(self, effect: str) -> EffectCard:
        card = self.cards[effect] = EffectCard(self.theme, effect)
        self.body.insertWidget(self._place, card)
        self._place += 1
        card.changed.connect(self._answered)
        card.typed.connect(self.typed)
        return card

    def _add_another(self) -> None:
        name = self.other.text().strip()
        if not name:
            self.other.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if len(self.cards) >= MOST_LINES:
            self.tell(_("There is room for 100 side effects after a session."))
            return
        known = {card.item.text.casefold(): card for card in self.cards.values()}
        card = known.get(name.casefold()) or self._add_card(name)
        self.other.edit.clear()
        card.tab_stop().setFocus(Qt.FocusReason.TabFocusReason)

    def _answered(self) -> None:
        self._follow()
        self.save()

    def _follow(self) -> None:
        """Where something is noted, there is something to note."""
        noted = any(card.answer() is not None for card in self.cards.values())
        self._nothing = self._nothing and not noted
        self.nothing_button.setVisible(not noted)

    def _note_nothing(self) -> None:
        self._nothing = True
        self.done_button.click()


def open_effects(context: PageContext, owner: QObject, session_id: UUID) -> None:
    """Open the side effects of a session, with what was noted before. Nothing happens once ``owner`` is gone."""
    if context.desk.may_write:
        # In the journal's own lane: what is being saved comes first.
        work = partial(_read, session_id=session_id)
        context.desk.write(owner, work, partial(_show, context), context.shell.tell_trouble)


def _read(journal: Journal, session_id: UUID) -> tuple[Session, Log | Unreadable | None]:
    return get_session(journal, session_id), effect_log(journal, session_id)


def _show(context: PageContext, found: tuple[Session, Log | Unreadable | None]) -> None:
    session, log = found
    if isinstance(log, Unreadable):
        context.shell.tell_trouble(RecordDamaged(_("These notes could not be read. The rest is fine.")))
    elif context.desk.is_open:
        content, noting = (log.content, Noting(session.id, log.id)) if log is not None else (None, Noting(session.id))
        held = context.desk.saver.held(partial(_is_of, session_id=session.id))
        if isinstance(held, Noted):  # the disk refused it the last time
            content, noting = held.log, held.of
        sheet = EffectsSheet(context, session, content if isinstance(content, EffectLog) else None, noting)
        sheet.begin(on_disk=held is None)
        sheet.open()


def _is_of(piece: Piece, session_id: UUID) -> bool:
    return isinstance(piece, Noted) and piece.of.session_id == session_id
