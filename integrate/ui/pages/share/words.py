"""Sentences of the Share page that depend on what was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QDate, QLocale

from integrate.domain.courses import ROLE_WORDS, Carer
from integrate.domain.sharing import KIND_WORDS, PROTECTED_KINDS, FileKind, Recipient, Section, SharedFile
from integrate.i18n import N_, _, ngettext
from integrate.ui.pages.share.reading import Prepared
from integrate.ui.wording import short_day

KIND_TITLES: Final = MappingProxyType(
    {
        FileKind.PDF: N_("PDF with a passphrase"),
        FileKind.WEB: N_("Protected web page"),
        FileKind.FHIR: N_("File for clinic software (FHIR)"),
        FileKind.MARKDOWN: N_("Markdown"),
        FileKind.CSV: N_("CSV"),
        FileKind.JSON: N_("JSON"),
    }
)
KIND_LINES: Final = MappingProxyType(
    {
        FileKind.PDF: N_("To read or print"),
        FileKind.WEB: N_("Opens in any browser"),
        FileKind.FHIR: N_("For their records. Not protected"),
        FileKind.MARKDOWN: N_("Plain text. Not protected"),
        FileKind.CSV: N_("For spreadsheets. Not protected"),
        FileKind.JSON: N_("For your own use. Not protected"),
    }
)
_DATA: Final = N_(
    "Beside what the pages show, it holds the notes and feeling words of check-ins, and the times and the dose of "
    "sessions as you wrote them."
)
ALSO_HOLDS: Final = MappingProxyType(
    {
        FileKind.FHIR: N_("Beside what the pages show, it holds the notes and feeling words of check-ins."),
        FileKind.MARKDOWN: _DATA,
        FileKind.CSV: _DATA,
        FileKind.JSON: _DATA,
    }
)
"""What a kind of file holds that its preview, the pages of the report, does not show."""
ENDINGS: Final = MappingProxyType(
    {
        FileKind.PDF: ".pdf",
        FileKind.WEB: ".html",
        FileKind.FHIR: ".fhir.json",
        FileKind.MARKDOWN: ".zip",
        FileKind.CSV: ".zip",
        FileKind.JSON: ".json",
    }
)
SECTION_WORDS: Final = MappingProxyType(
    {
        Section.QUESTIONNAIRES: N_("Questionnaires"),
        Section.MOOD: N_("Mood around sessions"),
        Section.SESSIONS: N_("Sessions and side effects"),
        Section.THREADS: N_("Intentions, insights, practices"),
        Section.VITALS: N_("Vital signs"),
    }
)
CHOOSE_SOMETHING: Final = N_("Choose something on the left.")
CHOOSE_FIRST: Final = N_("Choose something first.")
ASK_ITEMS: Final = N_("PHQ-9 totals without item answers hide item 9 from your therapist. Include item answers?")
UNPROTECTED: Final = N_("This file is not protected. Anyone who has it can read it.")
PART_OF_YOUR_FILE: Final = N_("Once given, it may become part of your file at the clinic.")
KEEPS_COPIES: Final = N_("Printers and print queues can keep copies.")


def person_words(person: Recipient | Carer) -> str:
    """Who it is for, with what they do: "Ines Moreau, therapist"."""
    role = person.role if isinstance(person, Recipient) else _(ROLE_WORDS[person.role]).lower()
    return _("{name}, {role}").format(name=person.name, role=role) if role else person.name


def first_name(name: str) -> str:
    """How somebody is spoken of: "Ines" of "Ines Moreau", "Dr Anand Rao" as it stands."""
    words = name.split()
    return name.strip() if len(words) < 2 or words[0].endswith(".") or len(words[0]) < 3 else words[0]


def long_day(day: date) -> str:
    """A day with its year: "8 Oct 2026"."""
    # Translators: how a day with its year is written; MMM is the month in short
    return QLocale().toString(QDate(day.year, day.month, day.day), _("d MMM yyyy"))


def holds_words(prepared: Prepared, kind: FileKind) -> str:
    """What the file will hold, and what follows from saving it."""
    parts = [
        words.format(count=QLocale().toString(count))
        for count, words in (
            (prepared.sessions, ngettext("{count} session", "{count} sessions", prepared.sessions)),
            (prepared.responses, ngettext("{count} questionnaire", "{count} questionnaires", prepared.responses)),
            (prepared.entries, ngettext("{count} entry", "{count} entries", prepared.entries)),
        )
    ]
    protected = kind in PROTECTED_KINDS
    words = (
        _("This file will hold {sessions}, {questionnaires} and {entries}. Anyone with the file and its passphrase can "
          "read it, and it cannot be called back.")
        if protected
        else _("This file will hold {sessions}, {questionnaires} and {entries}. It cannot be called back.")
    )  # fmt: skip
    return words.format(sessions=parts[0], questionnaires=parts[1], entries=parts[2])


def questionnaire_count(responses: Sequence[tuple[str, date]]) -> str:
    """How often each was filled in: "6 each", or "PHQ-9: 6, GAD-7: 5"; "" where none was."""
    counts: dict[str, int] = {}
    for title, _day in responses:
        counts[title] = counts.get(title, 0) + 1
    numbers = set(counts.values())
    locale = QLocale()
    if len(numbers) == 1:
        count = numbers.pop()
        return locale.toString(count) if len(counts) == 1 else _("{count} each").format(count=locale.toString(count))
    return locale.toString(sum(counts.values())) if counts else ""


def shared_words(shared: SharedFile) -> str:
    """What was in a file, in few words: "PDF, sessions 1 to 3, 5 entries"."""
    kind = _("FHIR") if shared.kind is FileKind.FHIR else _(KIND_WORDS[shared.kind])
    return ", ".join(part for part in (kind, held_words(shared)) if part)


def held_words(shared: SharedFile) -> str:
    """The sessions and entries in a file: "sessions 1 to 3, 5 entries"; "" where it has none of these."""
    if shared.sections == frozenset({Section.QUESTIONNAIRES}) and not shared.entries:
        return _("questionnaires only")
    parts = []
    if shared.sessions:
        parts.append(_sessions([ref.number for ref in shared.sessions]))
    if shared.entries:
        count = len(shared.entries)
        parts.append(ngettext("{count} entry", "{count} entries", count).format(count=QLocale().toString(count)))
    return ", ".join(parts)


def _sessions(numbers: Sequence[int]) -> str:
    ordered = sorted(set(numbers))
    if len(ordered) == 1:
        return _("session {number}").format(number=ordered[0])
    if len(ordered) == 2:
        return _("sessions {first} and {last}").format(first=ordered[0], last=ordered[1])
    if ordered == list(range(ordered[0], ordered[-1] + 1)):
        return _("sessions {first} to {last}").format(first=ordered[0], last=ordered[-1])
    return _("sessions {numbers}").format(numbers=", ".join(map(str, ordered)))


def shared_day(shared: SharedFile, today: date) -> str:
    """When it was saved, without its weekday: "24 Sep"."""
    day = shared.saved.local_date()
    # Translators: how a short date is written; MMM is the month in short
    form = _("d MMM") if day.year == today.year else _("d MMM yyyy")
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def entry_day(day: date, today: date) -> str:
    """The day of an entry."""
    return short_day(day, today, QLocale())


def checksum_words(sha256: str) -> str:
    """A checksum in groups of eight, as two people can compare it."""
    return " ".join(sha256[start : start + 8] for start in range(0, len(sha256), 8))
