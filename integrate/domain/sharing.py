"""Sharing: what a person chose to hand to somebody, to whom, and the list of every file that was saved for someone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from integrate.domain.entry import SessionRef, is_line, require_text
from integrate.domain.times import ZonedTime
from integrate.errors import WrongUsage
from integrate.i18n import N_, _

MOST_TALK: Final = 3
"""Lines of *What I want to talk about*."""
LONGEST_NAME: Final = 300
LONGEST_TALK: Final = 3000


class FileKind(StrEnum):
    """A kind of file people can take away."""

    PDF = "pdf"
    WEB = "web"
    FHIR = "fhir"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


PROTECTED_KINDS: Final = frozenset({FileKind.PDF, FileKind.WEB})
"""The kinds that a passphrase can protect; the others are said to be open before they are saved."""

KIND_WORDS: Final = MappingProxyType(
    {
        FileKind.PDF: N_("PDF"),
        FileKind.WEB: N_("Web page"),
        FileKind.FHIR: N_("File for clinic software (FHIR)"),
        FileKind.MARKDOWN: N_("Markdown"),
        FileKind.CSV: N_("CSV"),
        FileKind.JSON: N_("JSON"),
    }
)


class Section(StrEnum):
    """A part of a packet that is chosen as a whole. Entries are chosen one by one."""

    QUESTIONNAIRES = "questionnaires"
    MOOD = "mood"
    SESSIONS = "sessions"
    THREADS = "threads"
    VITALS = "vitals"


DEFAULT_SECTIONS: Final = frozenset(Section) - {Section.VITALS}


class Paper(StrEnum):
    """The paper that pages are made for."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Passage:
    """Some of the words of an entry, exactly as they stand in it."""

    entry_id: UUID
    quote: str

    def __post_init__(self) -> None:
        require_text(self.quote)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a person chose. It holds no content but the lines typed for this file; a packet is made from it.

    ``first_day`` and ``last_day`` are inclusive local days, None for no end. ``sessions`` are those chosen, None for
    all of these days; with some chosen, ``all_entries`` means the entries about them. ``passages`` are shown in place
    of the whole of their entry, also where that is in ``entries``. ``left_out`` are measures that are left out whole;
    there is no way to leave out single answers. ``item_answers`` is whether the answers to single items of
    questionnaires go along; None is not asked yet, and then they do not. ``pseudonym`` replaces the person's name,
    ``clinic_name`` is the name the clinic knows. With ``replace_names`` the people of the journal (care team and own
    people) appear by an initial in everything that is written. With ``present_names`` those who were in a session
    appear by name, else by their role. ``talk`` is what the person wants to talk about. ``since`` is the day of the
    last file for the same person, where only what is new was asked for.

    Raises:
        WrongUsage: the days are the wrong way round, a name is not one line, or there are more than three lines.
    """

    recipient: str = ""
    first_day: date | None = None
    last_day: date | None = None
    sessions: frozenset[SessionRef] | None = None
    sections: frozenset[Section] = DEFAULT_SECTIONS
    all_entries: bool = False
    entries: frozenset[UUID] = frozenset()
    passages: tuple[Passage, ...] = ()
    left_out: frozenset[UUID] = frozenset()
    item_answers: bool | None = None
    pseudonym: str = ""
    clinic_name: str = ""
    replace_names: bool = False
    talk: tuple[str, ...] = ()
    since: date | None = None
    present_names: bool = False

    def __post_init__(self) -> None:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise WrongUsage(reason=_("The last day is before the first."))
        if not all(is_line(name, LONGEST_NAME) for name in (self.recipient, self.pseudonym, self.clinic_name)):
            raise WrongUsage(reason=_("A name is one line of at most 300 characters."))
        if len(self.talk) > MOST_TALK or not all(is_line(line, LONGEST_TALK) for line in self.talk):
            raise WrongUsage(reason=_("What you want to talk about is up to three lines."))

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is chosen."""
        return not (self.sections or self.all_entries or self.entries or self.passages or self.talk)

    def holds_day(self, day: date) -> bool:
        """Whether a local day lies in the chosen ones."""
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody files are saved for. ``phrase`` opens every file made for them; it is agreed once, in person."""

    id: UUID
    name: str
    role: str
    phrase: str = field(repr=False)
    phrase_since: datetime
    revision: int = 1
    deleted: datetime | None = None

    def __post_init__(self) -> None:
        if not self.name.strip() or not is_line(self.name, LONGEST_NAME) or not is_line(self.role, LONGEST_NAME):
            raise WrongUsage(reason=_("A name is one line of at most 300 characters."))
        require_text(self.phrase)


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A line of the share ledger: one file that was saved for someone. ``size`` counts bytes.

    ``entries`` are those that are in it, whole or in part; ``responses`` are the filled-in questionnaires.
    """

    id: UUID
    saved: ZonedTime
    recipient_id: UUID | None
    recipient: str
    kind: FileKind
    file_name: str
    size: int
    sha256: bytes
    protected: bool
    first_day: date | None
    last_day: date | None
    sections: frozenset[Section]
    sessions: tuple[SessionRef, ...]
    entries: frozenset[UUID]
    responses: frozenset[UUID]
    things: frozenset[UUID] = frozenset()  # everything else in it that can be marked never share
    measures_left_out: tuple[str, ...] = ()
    item_answers: bool = False
    revision: int = 1
