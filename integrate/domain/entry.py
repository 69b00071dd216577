"""Entries: pieces of writing, in a phase, about a session, with tags."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from integrate.domain.times import ZonedTime
from integrate.errors import WrongUsage
from integrate.i18n import _

MOOD_RANGE = range(11)
LONGEST_LINE: Final = 300
"""Characters of a line such as a dose or a name."""

_SESSION = re.compile(r"(?:(\d{1,4})\.)?(\d{1,4})")


class Phase(StrEnum):
    """The three phases of a session."""

    PREPARE = "prepare"
    EXPERIENCE = "experience"
    INTEGRATE = "integrate"


@dataclass(frozen=True, slots=True, order=True)
class SessionRef:
    """A session by its numbers: ``course`` and ``number``, both counted from 1."""

    course: int
    number: int

    @classmethod
    def parse(cls, text: str, newest_course: int) -> SessionRef:
        """Read ``N`` (in the newest course) or ``C.N``.

        Raises:
            WrongUsage: it is neither.
        """
        match = _SESSION.fullmatch(text.strip())
        if match and (match[1] is None or int(match[1])) and int(match[2]):
            return cls(int(match[1] or newest_course), int(match[2]))
        reason = _("“{text}” is not a session. Write its number, like 3, or course and number, like 2.3.")
        raise WrongUsage(reason=reason.format(text=text))


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person writes, before it is an entry. ``at`` is the time it is about; ``mood_then`` is 0–10 or not set."""

    body: str
    at: ZonedTime
    title: str = ""
    phase: Phase = Phase.PREPARE
    session: SessionRef | None = None
    prompt_id: str | None = None
    tags: tuple[str, ...] = ()
    never_share: bool = False
    mood_then: int | None = None

    def __post_init__(self) -> None:
        if self.mood_then is not None and self.mood_then not in MOOD_RANGE:
            raise WrongUsage(reason=_("Mood is a number from 0 to 10, or not set."))
        for text in (self.body, self.title, *self.tags):
            require_text(text)
        object.__setattr__(self, "tags", clean_tags(self.tags))


@dataclass(frozen=True, slots=True)
class AttachmentInfo:
    """A photo or file inside the encryption, without its bytes. ``size`` counts bytes."""

    id: UUID
    entry_id: UUID
    name: str
    media_type: str
    size: int
    sha256: bytes
    created: datetime
    has_thumbnail: bool


@dataclass(frozen=True, slots=True)
class EntrySummary:
    """An entry as a list shows it. ``words`` counts the words of its body, ``revision`` its saves from 1."""

    id: UUID
    at: ZonedTime
    phase: Phase
    session: SessionRef | None
    prompt_id: str | None
    title: str
    excerpt: str
    tags: tuple[str, ...]
    never_share: bool
    mood_then: int | None
    words: int
    revision: int
    created: datetime
    updated: datetime
    deleted: datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole entry: its summary, its Markdown ``body`` byte for byte, and what is attached."""

    summary: EntrySummary
    body: str
    attachments: tuple[AttachmentInfo, ...] = ()

    def as_draft(self) -> Draft:
        """The entry as it can be edited and saved again."""
        s = self.summary
        return Draft(self.body, s.at, s.title, s.phase, s.session, s.prompt_id, s.tags, s.never_share, s.mood_then)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries. Days are inclusive and in each entry's own local date; tags ignore case.

    ``with_photo`` leaves only entries that at least one photo is attached to.
    """

    first_day: date | None = None
    last_day: date | None = None
    phase: Phase | None = None
    session: SessionRef | None = None
    tag: str | None = None
    with_photo: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of an entry around what was found; ``marks`` are (start, end) offsets of the found words in it."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, with the words around what was searched for."""

    entry: EntrySummary
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An entry whose record is damaged: it is named, never shown as if it were right."""

    id: UUID | None


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier state of an entry, as it was at the end of a sitting."""

    entry_id: UUID
    number: int
    saved: datetime
    draft: Draft


@dataclass(frozen=True, slots=True)
class Changes:
    """What a use case changed, for everyone who shows it. ``origin`` names who asked, so that it can skip its echo."""

    areas: frozenset[str] = field(default_factory=frozenset)
    ids: frozenset[UUID] = field(default_factory=frozenset)
    origin: str = ""


def require_text(text: str) -> None:
    """Refuse what is no Unicode text.

    Raises:
        WrongUsage: the text holds lone surrogates, as undecodable bytes of a terminal or file become.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise WrongUsage(reason=_("This text is not valid UTF-8.")) from None


def is_line(text: str, longest: int = LONGEST_LINE) -> bool:
    """Whether ``text`` is one line, perhaps empty, of at most ``longest`` characters.

    Raises:
        WrongUsage: it is no valid text.
    """
    require_text(text)
    return len(text) <= longest and text.splitlines() in ([], [text])


def tag_key(tag: str) -> str:
    """What two spellings of the same tag have in common: composed form, case folded."""
    return unicodedata.normalize("NFC", tag.strip()).casefold()


def clean_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Trim tags and drop repeats (ignoring case), in the order they were given.

    Raises:
        WrongUsage: a tag is empty or holds a line break.
    """
    kept: dict[str, str] = {}
    for tag in tags:
        trimmed = unicodedata.normalize("NFC", tag.strip())
        if not trimmed or len(trimmed.splitlines()) > 1:
            raise WrongUsage(reason=_("A tag is one line with at least one character."))
        kept.setdefault(tag_key(trimmed), trimmed)
    return tuple(kept.values())
