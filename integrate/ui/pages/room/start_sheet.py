"""The sheet before the room: which session, who is with me, and which lines may be seen while the journal is locked."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import shiboken6
from PySide6.QtCore import QLocale, Qt, QTime
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.entry import is_line
from integrate.domain.sessions import ROUTE_WORDS, Session
from integrate.domain.times import ZonedTime
from integrate.errors import ReadOnlyJournal
from integrate.i18n import _, ngettext
from integrate.ui.pages.room.beginning import Begun, Offer, begin, read_offer
from integrate.ui.pages.room.words import clock_time
from integrate.ui.room_card import RoomCard
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import Choice, TickBox
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.wording import failure_words, short_day

if TYPE_CHECKING:
    from integrate.ui.desk import Desk
    from integrate.ui.page import ProgramPort


class StartSheet(Sheet):
    """Nothing is written until *Open the room*; what was typed stays where something refuses."""

    def __init__(self, window: QWidget, program: ProgramPort, desk: Desk, session_id: UUID | None) -> None:
        super().__init__(program.theme, window, _("Session room"), width=600)
        self._program, self._desk = program, desk
        self._asked_for = session_id
        self._begun: UUID | None = None  # a session that was begun before something refused: it is not begun twice
        self._offered: dict[Choice, Session | None] = {}
        self._trouble: Banner | None = None
        theme = self.theme
        text = _(
            "While the room is open your journal is locked, so nobody needs a passphrase and nobody can read it. "
            "What you mark is in your journal the next time you open it."
        )
        self.body.addWidget(Text(theme, text, "body", "ink2"))
        self.body.addWidget(Text(theme, _("Which session?"), "bodyStrong"))
        self._choices = QWidget()
        self._choice_column = QVBoxLayout(self._choices)
        self._choice_column.setContentsMargins(0, 0, 0, 0)
        self._choice_column.setSpacing(4)
        self.body.addWidget(self._choices)
        self.sitter = LineField(theme, _("Who is with me"), hint=_("Shown in the room, and noted with the session."))
        self.body.addWidget(self.sitter)
        self._make_lines()
        self._make_footer()
        desk.read(self, partial(read_offer, session_id), self._show, self._not_read)

    @classmethod
    def open_over(cls, window: QWidget, program: ProgramPort, desk: Desk, session_id: UUID | None = None) -> StartSheet:
        """Open the sheet, or leave it as it is where it is open already."""
        for sheet in window.findChildren(cls):
            if sheet.isVisible():
                return sheet
        sheet = cls(window, program, desk, session_id)
        sheet.open()
        return sheet

    def _make_lines(self) -> None:
        theme = self.theme
        self.body.addWidget(Text(theme, _("What may be shown while the journal is locked?"), "bodyStrong"))
        text = _("Whoever is in the room can read these lines. Untick or empty what they need not see.")
        self.body.addWidget(Text(theme, text, "caption", "ink2"))
        name = self._desk.preferences.name
        self.name = TickBox(theme, _("My name: {name}").format(name=name))
        self.start = TickBox(theme, _("When it started"))
        self.dose = TickBox(theme, "")
        self.route = TickBox(theme, "")
        for box in (self.name, self.start, self.dose, self.route):
            box.setChecked(True)
            self.body.addWidget(box)
        self.name.setVisible(bool(name))
        self.dose.hide()
        self.route.hide()
        self.medicine = LineField(theme, _("The medicine, if it may be read out"))
        self.others = LineField(theme, _("Other medicines I take, if they may be read out"))
        self.letters = TickBox(theme, _("The keys W (a few words) and S (support) work in the room"))
        self.letters.setChecked(True)
        for part in (self.medicine, self.others, self.letters):
            self.body.addWidget(part)

    def _make_footer(self) -> None:
        self.cancel = Button(self.theme, _("Not now"))
        self.enter = Button(self.theme, _("Open the room"), "primary")
        self.cancel.clicked.connect(self.close)
        self.enter.clicked.connect(self._enter)
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.enter)
        self.enter.setEnabled(False)  # until there is something to choose from, a moment later

    # --- what can be chosen -------------------------------------------------------------------------------------------

    def _show(self, offer: Offer) -> None:
        now = self._now()
        today = now.local_date()
        for session in offer.sessions:
            self._add(session_words(session, today), session)
        self._add(_("A new session, starting now"), None)
        if offer.unreadable:
            words = ngettext(
                "{count} session could not be read. The rest is fine.",
                "{count} sessions could not be read. The rest is fine.",
                offer.unreadable,
            )
            self._choice_column.addWidget(Text(self.theme, words.format(count=offer.unreadable), "caption", "ink2"))
        self._first(offer, today).setChecked(True)
        for field, words in ((self.medicine, offer.medicine), (self.others, offer.others)):
            if not field.text():
                field.edit.setText(words)
        if not self._desk.may_write:
            self._tell(ReadOnlyJournal())
            return
        self.enter.setEnabled(True)

    def _first(self, offer: Offer, today: date) -> Choice:
        """What was asked for, what goes on or is planned for today; else a new one."""
        choices = list(self._offered)
        if offer.sessions:
            first = offer.sessions[0]
            if first.id == self._asked_for or first.draft.started is not None or first.day == today:
                return choices[0]
        return choices[-1]

    def _add(self, words: str, session: Session | None) -> None:
        choice = Choice(self.theme, words.replace("&", "&&"), parent=self._choices)
        choice.toggled.connect(partial(self._chosen, session))
        self._offered[choice] = session
        self._choice_column.addWidget(choice)

    def _chosen(self, session: Session | None, on: bool) -> None:
        if not on:
            return
        draft = session.draft if session is not None else None
        self.sitter.edit.setText(draft.present if draft is not None else "")
        dose = draft.dose if draft is not None else ""
        self.dose.setText(_("Dose as prescribed: {dose}").format(dose=dose).replace("&", "&&"))
        self.dose.setVisible(bool(dose))
        route = _(ROUTE_WORDS[draft.route]) if draft is not None and draft.route is not None else ""
        self.route.setText(_("Route: {route}").format(route=route))
        self.route.setVisible(bool(route))

    def chosen(self) -> Session | None:
        """The session that is chosen; None for a new one."""
        return next((session for choice, session in self._offered.items() if choice.isChecked()), None)

    # --- opening the room ---------------------------------------------------------------------------------------------

    def _enter(self) -> None:
        sitter = self.sitter.text().strip()
        for field in (self.sitter, self.medicine, self.others):
            fits = is_line(field.text())
            field.set_error("" if fits else _("This is one line of at most 300 characters."))
            if not fits:
                field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.enter.setEnabled(False)
        chosen = self.chosen()
        session_id = chosen.id if chosen is not None else self._begun
        self._desk.write(self, partial(begin, session_id, sitter), self._has_begun, self._refused)

    def _has_begun(self, begun: Begun) -> None:
        if self.chosen() is None:
            self._begun = begun.session.id
        self._program.open_room(begun.session.id, self._card(begun.session), self._refused)

    def _card(self, session: Session) -> RoomCard:
        draft = session.draft
        lines = [
            (_("Medicine"), self.medicine.text().strip()),
            (_("Dose as prescribed"), draft.dose if self.dose.isChecked() else ""),
            (_("Route"), _(ROUTE_WORDS[draft.route]) if draft.route is not None and self.route.isChecked() else ""),
        ]
        return RoomCard(
            name=self._desk.preferences.name if self.name.isChecked() else "",
            sitter=self.sitter.text().strip(),
            started=draft.started if self.start.isChecked() else None,
            lines=tuple((what, words) for what, words in lines if words.strip()),
            others=self.others.text().strip(),
            letters=self.letters.isChecked(),
        )

    def _refused(self, error: Exception) -> None:
        if shiboken6.isValid(self):
            self.enter.setEnabled(True)
            self._tell(error)

    def _not_read(self, error: Exception) -> None:
        self._show(Offer(()))
        self._tell(error)

    def _tell(self, error: Exception) -> None:
        title, text = failure_words(error, _("Nothing was opened. What you typed is still here."))
        if self._trouble is not None:
            self._trouble.hide()
            self._trouble.deleteLater()
        self._trouble = Banner(self.theme, "trouble", title, text)
        self.body.insertWidget(0, self._trouble)
        announce(self.enter, title, polite=False)

    def _now(self) -> ZonedTime:
        clock = self._program.clock
        return ZonedTime(clock.now(), clock.zone())


def session_words(session: Session, today: date) -> str:
    """A session to choose: "Session 4, planned for today at 14:00", "Session 4, began at 13:05"."""
    draft, number = session.draft, session.ref.number
    if draft.started is not None:
        return _("Session {number}, began at {time}").format(number=number, time=clock_time(draft.started))
    if draft.day is None:
        return _("Session {number}, no day yet").format(number=number)
    locale = QLocale()
    at = ""
    if draft.at is not None:
        moment = datetime.combine(draft.day, draft.at)
        at = locale.toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
    if draft.day == today:
        if at:
            return _("Session {number}, planned for today at {time}").format(number=number, time=at)
        return _("Session {number}, planned for today").format(number=number)
    return _("Session {number}, planned for {day}").format(number=number, day=short_day(draft.day, today, locale))
