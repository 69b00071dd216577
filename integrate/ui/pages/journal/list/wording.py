"""A row of the list in words: as it is drawn, and as a screen reader says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QLocale

from integrate.domain.entry import EntrySummary, SessionRef
from integrate.domain.listing import Row
from integrate.i18n import _, ngettext
from integrate.ui.widgets.glyphs import phase_word
from integrate.ui.wording import short_day

_LONGEST_FIRST: Final = 60  # letters of a first sentence that can stand for a title
_FIRST_WORDS: Final = 40  # letters of the beginning that stands for it otherwise
_SENTENCE: Final = re.compile(r".+?[.!?…。！？؟]+[”’»\")]*(?=\s|$)|.+")  # noqa: RUF001 - marks of other scripts end sentences too
_SPACE: Final = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one row. ``marks`` are the stretches of ``line`` that were searched for, in characters of it.

    ``about`` are the day and the session; ``phase`` None belongs to an entry that could not be read.
    """

    title: str
    line: str
    marks: tuple[tuple[int, int], ...] = ()
    about: tuple[str, ...] = ()
    phase: str | None = None
    never_share: bool = False
    attachments: int = 0

    def spoken(self) -> str:
        """Everything of it, in one line."""
        parts = [self.title, *self.about]
        if self.phase is not None:
            parts.append(phase_word(self.phase))
        if self.never_share:
            parts.append(_("Never share"))
        if self.attachments:
            parts.append(attached_words(self.attachments))
        if self.marks:
            parts.append(self.line)
        return ", ".join(part for part in parts if part)


def word_row(row: Row, today: date, locale: QLocale) -> Wording:
    """The words of ``row`` as somebody reads them on ``today``."""
    entry = row.entry
    if not isinstance(entry, EntrySummary):
        return Wording(_("This entry could not be read."), _("The rest is fine."))
    title, rest = (entry.title, entry.excerpt) if entry.title.strip() else _first_words(entry.excerpt)
    about = [short_day(entry.at.local_date(), today, locale)]
    if entry.session is not None:
        about.append(session_words(entry.session))
    line, marks = (row.snippet.text, row.snippet.marks) if row.snippet is not None else (rest, ())
    return Wording(
        _SPACE.sub(" ", title) or _("Untitled"), _SPACE.sub(" ", line), marks, tuple(about), str(entry.phase),
        entry.never_share, row.attachments,
    )  # fmt: skip


def month_words(year: int, month: int, today: date, locale: QLocale) -> str:
    """A month as in "September", and "December 2025" for one of another year."""
    name = locale.standaloneMonthName(month)
    name = name[:1].upper() + name[1:]
    return name if year == today.year else _("{month} {year}").format(month=name, year=year)


def session_words(session: SessionRef) -> str:
    """A session as in "Session 4"; the course is named from the second on."""
    if session.course == 1:
        return _("Session {number}").format(number=session.number)
    return _("Course {course}, session {number}").format(course=session.course, number=session.number)


def attached_words(count: int) -> str:
    """How many photos and files an entry has."""
    return ngettext("{count} photo or file", "{count} photos or files", count).format(count=count)


def _first_words(text: str) -> tuple[str, str]:
    """What stands for the title of an entry that has none, and how the text goes on."""
    sentence = _SENTENCE.match(text)
    if sentence is None:
        return "", ""
    first = sentence.group()
    if len(first) <= _LONGEST_FIRST:
        return first, text[len(first) :].strip()
    space = text.rfind(" ", 0, _FIRST_WORDS)
    end = space if space > 0 else _FIRST_WORDS
    return text[:end] + "…", text[end:].strip()
