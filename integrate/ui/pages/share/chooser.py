"""The left side of Share: everything that is chosen, from top to bottom, and what it adds up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.sharing import Recipient, Selection
from integrate.i18n import N_, _
from integrate.ui.layout import PAGE_SIDE, PAGE_TOP, WidthClass
from integrate.ui.pages.share.days_part import DaysPart
from integrate.ui.pages.share.entries_part import EntriesPart
from integrate.ui.pages.share.for_part import ForPart
from integrate.ui.pages.share.names_part import NamesPart, TalkPart
from integrate.ui.pages.share.sections_part import SectionsPart
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from datetime import date

    from integrate.ui.page import PageContext
    from integrate.ui.pages.share.reading import Offer

UNREADABLE: Final = N_("Something could not be read, and is in no file. The rest is fine.")
_SIDE_END: Final = 28
_NARROW: Final = 24


class Chooser(QWidget):
    """``changed`` follows every choice, ``person_changed`` another recipient, ``days_changed`` other days or sessions.

    The entries have to be read again after ``days_changed``.
    """

    changed = Signal()
    person_changed = Signal()
    days_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        theme = context.theme
        self._offer: Offer | None = None
        self._name = context.desk.preferences.name
        self.title = Heading(theme, _("Share"))
        self.subtitle = Text(theme, _("You choose every line. Nothing is sent."), "body", "ink2")
        self.damaged = Text(
            theme, _("Something could not be read, and is in no file. The rest is fine."), "body", "ink2"
        )
        self.person = ForPart(theme, may_write=context.desk.may_write)
        self.days = DaysPart(theme)
        self.sections = SectionsPart(theme)
        self.entries = EntriesPart(theme)
        self.talk = TalkPart(theme)
        self.names = NamesPart(theme, self._name)
        self.damaged.hide()
        self._body = QWidget()
        self.scrolled = PageScroll(theme)
        self.scrolled.set_content(self._body)  # while it is empty: it is laid out once, when it is shown
        self._column = QVBoxLayout(self._body)
        self._column.setSpacing(0)
        head = QVBoxLayout()
        head.setSpacing(4)
        for words in (self.title, self.subtitle, self.damaged):
            head.addWidget(words)
        self._column.addLayout(head)
        for part in (self.person, self.days, self.sections, self.entries, self.talk, self.names):
            self._column.addSpacing(20)
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(10)
        self._foot.addWidget(Icon(theme, "eye-off", "ink2", 15, role="caption"))
        never = _("Entries marked Never share are not in this list.")
        self._foot.addWidget(Text(theme, never, "caption", "ink2"), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.scrolled, 1)
        whole.addWidget(Divider(theme))
        whole.addLayout(self._foot)
        self._connect()

    def _connect(self) -> None:
        self.person.changed.connect(self._person_changed)
        self.days.changed.connect(self._days_changed)
        for part in (self.sections, self.entries, self.talk, self.names):
            part.changed.connect(self.changed)

    def set_width_class(self, width: WidthClass) -> None:
        """Other margins where there is one column."""
        narrow = width is WidthClass.NARROW
        start, end = (PAGE_SIDE, _SIDE_END) if width is WidthClass.WIDE else (_NARROW, _NARROW)
        left, right = (end, start) if self.isRightToLeft() else (start, end)
        top = _NARROW if narrow else PAGE_TOP - 4
        self._column.setContentsMargins(left, top, right, 24)
        self._foot.setContentsMargins(left, 14, right, 14)

    def show_offer(self, offer: Offer, today: date) -> None:
        """Show what there is to choose from; what is chosen stays."""
        self._offer = offer
        self.person.show_people(offer.people)
        self.days.show_offer(offer, today)
        self.talk.show_offered(offer.talk, offer.coming)
        self.damaged.setVisible(bool(offer.unreadable))
        self._show_counts()
        self._show_last_time()

    def selection(self) -> Selection:
        """What is chosen.

        Raises:
            WrongUsage: the days are the wrong way round, or there are more than three lines to talk about.
        """
        first, last = self.days.days()
        person = self.person.person()
        return Selection(
            recipient=person.name if person is not None else "",
            first_day=first,
            last_day=last,
            sessions=self.days.sessions(),
            sections=self.sections.sections(),
            all_entries=self.entries.takes_all(),
            entries=self.entries.entries(),
            passages=self.entries.passages(),
            left_out=self.sections.left_out,
            item_answers=self.sections.item_answers(),
            pseudonym=self.names.pseudonym.text().strip(),
            clinic_name=self.names.clinic.text().strip(),
            replace_names=self.names.replace.isChecked(),
            talk=self.talk.lines(),
            since=self.days.since(),
            present_names=self.names.present.isChecked(),
        )

    def problem(self) -> str:
        """Why what is chosen cannot become a file yet; "" where it can."""
        first, last = self.days.days()
        if last < first:
            return _("The last day is before the first.")
        if self.talk.problem():
            return self.talk.problem()
        if self.sections.asks() and self.sections.item_answers() is None:
            return _("Answer whether item answers are included first.")
        return ""

    def choose_person(self, person: Recipient) -> None:
        """Choose somebody who was added, or has a new phrase."""
        self.person.choose(person)

    def clear(self) -> None:
        """The journal is locked: hold no words any more."""
        self._offer = None
        self.entries.clear()
        self.talk.field.set_text("")
        self.names.pseudonym.edit.clear()
        self.names.clinic.edit.clear()

    def _person_changed(self) -> None:
        if self.person.person() is not None:
            self.sections.offer_usual()
        self._show_last_time()
        self.person_changed.emit()
        self.changed.emit()

    def _days_changed(self) -> None:
        self._show_counts()
        self.days_changed.emit()
        self.changed.emit()

    def _show_counts(self) -> None:
        first, last = self.days.days()
        if self._offer is not None and first <= last:
            self.sections.show_offer(self._offer, (first, last), self.days.sessions())

    def _show_last_time(self) -> None:
        shared = self._offer.last_for(self.person.person()) if self._offer is not None else None
        self.days.set_last_time(None if shared is None else shared.saved.local_date())
