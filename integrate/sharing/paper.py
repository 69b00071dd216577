"""Sheets of paper: one to take along on the day of a session, one for recovery words, one that says what was given.

What is known stands on them; where nothing is known there are lines to write on. They are made in memory, like every
PDF here. The form *Copy from paper* has the parts of the take-along sheet in the same order: :data:`SHEET_ORDER`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from integrate.domain import sitter_words
from integrate.domain.helplines import ELSEWHERE
from integrate.domain.sessions import LineKind
from integrate.i18n import N_, _
from integrate.sharing.shown_text import breakable, runs_rightwards, shown
from integrate.sharing.typesetting import forget_pages, page_values, set_pages
from integrate.sharing.writing_style import WritingStyle, day_words, report_style

if TYPE_CHECKING:
    from integrate.domain.helplines import Country
    from integrate.domain.sharing import Paper

WORDS: Final = 12
"""Of a recovery sheet."""
_ACROSS: Final = 16.0
"""The width that words have on a sheet, in parts of their size; a wider word is broken."""
_HASH_GROUP: Final = 8
_TIMES: Final = 8
_NOTES: Final = 6


class SheetPart(StrEnum):
    """A part of the take-along sheet that somebody may write in on the day."""

    INTENTION = "intention"
    TOUCH = "touch"
    FOR_PRESCRIBER = "for-prescriber"
    FOR_THERAPIST = "for-therapist"
    TIMES = "times"
    WORDS = "words"
    SITTER = "sitter"


SHEET_ORDER: Final = tuple(SheetPart)
"""From the top of the front to the end of the back."""

PART_WORDS: Final = MappingProxyType(
    {
        SheetPart.INTENTION: N_("My intention"),
        SheetPart.TOUCH: N_("Touch: what is okay, what is not, my stop word"),
        SheetPart.FOR_PRESCRIBER: N_("Questions for my prescriber"),
        SheetPart.FOR_THERAPIST: N_("Questions for my therapist"),
        SheetPart.TIMES: N_("Times"),
        SheetPart.WORDS: N_("Words, images, sounds. Bits are fine. Nothing needs to make sense."),
        SheetPart.SITTER: N_("What the sitter noted"),
    }
)

LINE_KINDS: Final = MappingProxyType(
    {
        SheetPart.INTENTION: LineKind.INTENTION,
        SheetPart.TOUCH: LineKind.TOUCH,
        SheetPart.FOR_PRESCRIBER: LineKind.FOR_PRESCRIBER,
        SheetPart.FOR_THERAPIST: LineKind.FOR_THERAPIST,
    }
)
"""The parts that are lines on the page of a session."""

_BLANK_LINES: Final = MappingProxyType(
    {SheetPart.INTENTION: 2, SheetPart.TOUCH: 3, SheetPart.FOR_PRESCRIBER: 2, SheetPart.FOR_THERAPIST: 2}
)


@dataclass(frozen=True, slots=True)
class SitterCard:
    """The back of the sheet. ``country`` says which number is the emergency number.

    ``people`` are (name, number) of those to call for other things; ``sitter`` is who sits, "" for a line to fill in.
    """

    country: Country
    sitter: str = ""
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TakeAlong:
    """The sheet for the day of a session; what is empty becomes lines to write on.

    ``session`` is what the session is called ("Session 5"), ``name`` the person's ("" for none). Lines that may not be
    shared are the caller's to leave out: the sheet is for the person's own hands, and a sitter reads its back.
    """

    session: str
    sitter_card: SitterCard
    day: date | None = None
    name: str = ""
    intentions: tuple[str, ...] = ()
    touch: tuple[str, ...] = ()
    for_prescriber: tuple[str, ...] = ()
    for_therapist: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """``words`` are the twelve recovery words, or none for lines to write them on by hand; ``made`` is today."""

    made: date
    words: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if len(self.words) not in (0, WORDS):
            raise ValueError("a recovery sheet has twelve words or none")


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """What goes with a file that is handed over: who gave what to whom, and how to tell that it is that file."""

    saved: date
    recipient: str
    file_name: str
    sha256: bytes
    name: str = ""
    first_day: date | None = None
    last_day: date | None = None


def take_along_sheet(sheet: TakeAlong, paper: Paper, *, made: date, style: WritingStyle | None = None) -> bytes:
    """The sheet for the day of a session as a PDF/UA-1 file: the person's side, and the sitter's card on its back.

    Raises:
        ResourceError: a template or a font is missing.
    """
    lines = {
        SheetPart.INTENTION: sheet.intentions, SheetPart.TOUCH: sheet.touch,
        SheetPart.FOR_PRESCRIBER: sheet.for_prescriber, SheetPart.FOR_THERAPIST: sheet.for_therapist,
    }  # fmt: skip
    title = _("For the day of {session}").format(session=sheet.session)
    values = {
        **_head(title, _("For my own use. Not a medical record."), _running(sheet.name, sheet.day), made, paper, style),
        "subtitle": " · ".join(_plain(part) for part in (sheet.name, sheet.day and day_words(sheet.day)) if part),
        "parts": [_written_part(part, lines[part]) for part in lines],
        "times": {
            "title": _part_title(SheetPart.TIMES),
            "headings": [_("Time"), _("What")],
            "rows": [_("Started"), *[""] * (_TIMES - 2), _("Ended")],
        },
        "words": _part_title(SheetPart.WORDS),
        "card": _card(sheet),
    }
    return set_pages("take-along.typ", values)


def recovery_sheet(sheet: RecoverySheet, paper: Paper, *, style: WritingStyle | None = None) -> bytes:
    """A sheet for the twelve recovery words as a PDF/UA-1 file. The typesetter is made to forget them.

    Raises:
        ResourceError: a template or a font is missing.
    """
    values = {
        **_head(_("Recovery words"), "", "", sheet.made, paper, style),
        "notes": [
            _("In this order. They open your journal if you forget the passphrase."),
            _(
                "Anyone who finds this paper can open your journal. Keep it where only you would look, or with someone "
                "you trust."
            ),
        ],
        "slots": [_plain(word) for word in sheet.words] or [""] * WORDS,
        # Translators: on a sheet of recovery words; a date
        "dated": _("Made on {date}").format(date=day_words(sheet.made)),
    }
    try:
        return set_pages("recovery.typ", values)
    finally:
        forget_pages()


def consent_line(line: ConsentLine, paper: Paper, *, style: WritingStyle | None = None) -> bytes:
    """A sheet to sign that goes with a file, as a PDF/UA-1 file.

    Raises:
        ResourceError: a template or a font is missing.
    """
    digest = line.sha256.hex()
    facts = [
        (_("Given to"), line.recipient),
        (_("By"), line.name),
        (_("File"), line.file_name),
        (_("Saved"), day_words(line.saved)),
        (_("Covers"), _period(line.first_day, line.last_day)),
    ]
    values = {
        **_head(
            _("About a file from my journal"),
            _("Written by the patient."),
            _running(line.name, line.saved),
            line.saved,
            paper,
            style,
        ),
        "facts": [[name, _plain(words)] for name, words in facts],
        "sentences": [
            _("I chose what is in this file. Other writing may exist."),
            _("Please use it for my care, and ask me before you pass it on."),
        ],
        "digest_name": _("Fingerprint of the file (SHA-256)"),
        "digest": [digest[at : at + _HASH_GROUP] for at in range(0, len(digest), _HASH_GROUP)],
        "digest_note": _("integrate can tell from the fingerprint whether a file is this one."),
        "signing": [_("Signed"), _("Date")],
    }
    return set_pages("consent.typ", values)


def _head(
    title: str, foot: str, running: str, made: date, paper: Paper, style: WritingStyle | None
) -> dict[str, object]:
    found = style or report_style()
    return page_values(
        title=_plain(title), foot=foot, running=_plain(running),
        language=found.language, right_to_left=found.right_to_left, made=made, paper=paper,
    )  # fmt: skip


def _card(sheet: TakeAlong) -> dict[str, object]:
    card = sheet.sitter_card
    emergency = card.country.emergency
    if sheet.name:
        notice = _("What you write goes into {name}'s journal. They can read and share it.").format(name=sheet.name)
    else:
        notice = _("What you write goes into this person's journal. They can read and share it.")
    return {
        "title": _("For the person who sits with me"),
        "sitter": [_("Sitter"), _plain(card.sitter)],
        "call": _("When to call {number}").format(number=_plain(emergency.number)),
        "call_at_once": _(sitter_words.CALL_AT_ONCE),
        "signs": [_(sign) for sign in sitter_words.SIGNS],
        "if_not_sure": _(sitter_words.IF_NOT_SURE),
        "country": _plain(_country_note(card.country)),
        "touch": _written_part(SheetPart.TOUCH, sheet.touch),
        "people": {
            "title": _("People to call for other things"),
            "headings": [_("Name"), _("Number")],
            "rows": [[_plain(name), _plain(number)] for name, number in card.people] or [["", ""], ["", ""]],
        },
        "lists": [
            {"title": title, "lines": [_(line) for line in lines]}
            for title, lines in (
                (_("Before"), sitter_words.BEFORE),
                (_("During"), sitter_words.DURING),
                (_("After"), sitter_words.AFTER),
            )
        ],
        "notes": {
            "title": _part_title(SheetPart.SITTER),
            "headings": [_("Time"), _("Pulse"), _("Blood pressure"), _("What I saw")],
            "rows": _NOTES,
        },
        "notice": _plain(notice),
    }


def _country_note(country: Country) -> str:
    """Whose number it is, and what the data says about it."""
    notes = [_(country.emergency.note)] if country.emergency.note else []
    if country.code != ELSEWHERE:
        # Translators: beside the emergency number
        notes.insert(0, _("Numbers for: {country}.").format(country=country.name))
    return " ".join(notes)


def _written_part(part: SheetPart, lines: Iterable[str]) -> dict[str, object]:
    written = [line for line in lines if line.strip()]
    return {
        "title": _part_title(part),
        "lines": [
            {"text": _plain(line), "rtl": int(bool(runs_rightwards(line)))} for line in written
        ],
        "blank": 1 if written else _BLANK_LINES[part],
        "answers": int(part in (SheetPart.FOR_PRESCRIBER, SheetPart.FOR_THERAPIST)),
    }  # fmt: skip


def _part_title(part: SheetPart) -> str:
    return _(PART_WORDS[part])


def _running(name: str, day: date | None) -> str:
    return ", ".join(part for part in (name, day.isoformat() if day else "") if part)


def _period(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return ""
    # Translators: a span of days; either may be missing
    return _("{first} to {last}").format(
        first=day_words(first) if first else "…", last=day_words(last) if last else "…"
    )


def _plain(text: str) -> str:
    return breakable(shown(text).text, _ACROSS)
