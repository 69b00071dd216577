"""The filters of the list as chips, and how many entries it has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QDate, QLocale, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from integrate.domain.entry import Filter, Phase, SessionRef
from integrate.domain.listing import TagUse
from integrate.i18n import _, ngettext
from integrate.journal.finding import EVERYTHING
from integrate.ui.pages.journal.list.chips import FilterChip
from integrate.ui.pages.journal.list.date_menu import DateMenu, Days
from integrate.ui.pages.journal.list.tag_menu import TagMenu
from integrate.ui.pages.journal.list.wording import session_words
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.chip import Chip
from integrate.ui.widgets.glyphs import phase_word
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.text import Text

_GAP: Final = 6
_NARROWEST: Final = 120


class FilterBar(QWidget):
    """Chips that wrap, and at the end of the last line the number of entries. ``changed`` follows every choice."""

    changed = Signal()

    def __init__(self, theme: Theme, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._which = EVERYTHING
        self._tags: Sequence[TagUse] = ()
        self._sessions: Sequence[SessionRef] = ()
        # The chips do not own their menus; as children of this they end with it.
        self._phase_menu, self._session_menu = Menu(theme), Menu(theme)
        self._tag_menu = TagMenu(theme, self._choose_tag)
        self._date_menu = DateMenu(theme, today, self._choose_days)
        self._phase = FilterChip(theme, _("Phase"), self._phase_menu)
        self._session = FilterChip(theme, _("Session"), self._session_menu)
        self._tag = FilterChip(theme, _("Tag"), self._tag_menu)
        self._dates = FilterChip(theme, _("Dates"), self._date_menu)
        self._photos = Chip(theme, _("With photos"), checkable=True)
        self._count_room = 0  # only grows: the chips must not move while the number is not known
        self._count = Text(theme, "", "caption", "ink3", wrap=False, align=Qt.AlignmentFlag.AlignTrailing)
        self._session.hide()
        self._tag.hide()
        self._connect()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._apply_theme)

    def _connect(self) -> None:
        menus = (self._phase_menu, self._session_menu, self._tag_menu, self._date_menu)
        fillers = (self._fill_phases, self._fill_sessions, self._fill_tags, self._fill_dates)
        chips = (self._phase, self._session, self._tag, self._dates)
        for menu, fill in zip(menus, fillers, strict=True):
            menu.setParent(self, menu.windowFlags())
            menu.aboutToShow.connect(fill)
            fill()
        removers = (self._drop_phase, self._drop_session, self._drop_tag, self._drop_days)
        for chip, remove in zip(chips, removers, strict=True):
            chip.removed.connect(remove)
        for part in (*chips, self._photos, self._count):
            part.setParent(self)
        self._photos.toggled.connect(self._choose_photos)

    # --- what the pane asks -------------------------------------------------------------------------------------------

    def which(self) -> Filter:
        """What is chosen."""
        return self._which

    def clear(self) -> None:
        """Take every filter away."""
        self._set(EVERYTHING)

    def set_tags(self, uses: Sequence[TagUse]) -> None:
        """Say which tags there are. Without any, there is nothing to choose."""
        self._tags = uses
        self._tag.setVisible(bool(uses) or self._which.tag is not None)
        self._lay_out()

    def set_sessions(self, sessions: Sequence[SessionRef]) -> None:
        """Say which sessions there are. The chip is hidden while there are none."""
        self._sessions = sessions
        self._session.setVisible(bool(sessions) or self._which.session is not None)
        self._lay_out()

    def set_count(self, count: int | None) -> None:
        """Say how many entries the list has; None while that is not known, or where it would be said twice."""
        self._count.set_text("" if count is None else QLocale().toString(count))
        self._count.setAccessibleName("" if count is None else count_words(count))
        self._count_room = max(self._count_room, self._count.sizeHint().width())
        self._lay_out()

    # --- choices ------------------------------------------------------------------------------------------------------

    def _fill_phases(self) -> None:
        self._phase_menu.clear()
        self._phase_menu.add_choice(_("All phases"), self._drop_phase, on=self._which.phase is None)
        self._phase_menu.addSeparator()
        for phase in Phase:
            self._phase_menu.add_phase(phase, partial(self._choose_phase, phase), on=self._which.phase is phase)

    def _fill_sessions(self) -> None:
        self._session_menu.clear()
        self._session_menu.add_choice(_("All sessions"), self._drop_session, on=self._which.session is None)
        self._session_menu.addSeparator()
        for session in self._sessions:
            self._session_menu.add_choice(
                session_words(session), partial(self._choose_session, session), on=self._which.session == session
            )

    def _fill_tags(self) -> None:
        self._tag_menu.fill(self._tags, self._which.tag)

    def _fill_dates(self) -> None:
        first, last = self._which.first_day, self._which.last_day
        self._date_menu.fill((first, last) if first is not None and last is not None else None)

    def _choose_phase(self, phase: Phase) -> None:
        self._set(replace(self._which, phase=phase))

    def _drop_phase(self) -> None:
        self._set(replace(self._which, phase=None))

    def _choose_session(self, session: SessionRef) -> None:
        self._set(replace(self._which, session=session))

    def _drop_session(self) -> None:
        self._set(replace(self._which, session=None))

    def _choose_tag(self, tag: str | None) -> None:
        self._set(replace(self._which, tag=tag))

    def _drop_tag(self) -> None:
        self._choose_tag(None)

    def _choose_days(self, days: Days | None) -> None:
        first, last = days if days is not None else (None, None)
        self._set(replace(self._which, first_day=first, last_day=last))

    def _drop_days(self) -> None:
        self._choose_days(None)

    def _choose_photos(self, on: bool) -> None:
        self._set(replace(self._which, with_photo=on))

    def _set(self, which: Filter) -> None:
        if which == self._which:
            return
        self._which = which
        self._phase.set_choice(phase_word(which.phase) if which.phase is not None else "")
        self._session.set_choice(session_words(which.session) if which.session is not None else "")
        self._tag.set_choice(which.tag or "")
        self._dates.set_choice(_days_words(which))
        self._photos.set_on(which.with_photo)
        self._session.setVisible(bool(self._sessions) or which.session is not None)
        self._lay_out()
        self.changed.emit()

    # --- places -------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """All in one line."""
        parts = self._shown()
        width = sum(part.sizeHint().width() for part in parts) + _GAP * len(parts)
        return QSize(width, self.height())

    def minimumSizeHint(self) -> QSize:
        """The chips wrap, and a long one is cut, so that any width will do."""
        return QSize(self._theme.px(_NARROWEST), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the chips again."""
        super().resizeEvent(event)
        self._lay_out()

    def _apply_theme(self) -> None:
        self._count_room = self._count.sizeHint().width()
        self._lay_out()

    def _shown(self) -> list[QWidget]:
        parts = (self._phase, self._session, self._tag, self._dates, self._photos, self._count)
        return [part for part in parts if part.isVisibleTo(self)]

    def _places(self, width: int) -> list[tuple[QWidget, QRect]]:
        """Where each part stands in a bar of this ``width``, from left to right; the number at the end of its line."""
        places = []
        x, y, height = 0, 0, 0
        for part in self._shown():
            size = part.sizeHint()
            wide = min(self._count_room if part is self._count else size.width(), width)
            if x and x + wide > width:
                x, y, height = 0, y + height + _GAP, 0
            height = max(height, size.height())
            left = width - wide if part is self._count else x
            place = QRect(left, y, wide, height if part is self._count else size.height())
            places.append((part, place))
            x += wide + _GAP
        return places

    def _lay_out(self) -> None:
        places = self._places(self.width())
        # Heights that depend on widths reach through nested layouts only now and then: the bar sets its own.
        self.setFixedHeight(max(place.bottom() + 1 for _part, place in places))
        for part, place in places:
            part.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))


def count_words(count: int) -> str:
    """A number of entries in words."""
    return ngettext("{count} entry", "{count} entries", count).format(count=QLocale().toString(count))


def _days_words(which: Filter) -> str:
    if which.first_day is None or which.last_day is None:
        return ""
    first, last = (
        QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
        for day in (which.first_day, which.last_day)
    )
    return _("{first} to {last}").format(first=first, last=last) if first != last else first
