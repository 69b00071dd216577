"""`integrate export`: take along what was chosen, in one of the formats people and programs read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import UUID

import click

from integrate.cli.journals import open_journal_at
from integrate.cli.options import journal_argument, new_file_option, passphrase_option, secret_option, subcommand
from integrate.cli.output import Progress, print_json, say, tell
from integrate.cli.secrets import read_secret
from integrate.domain.entry import SessionRef, is_line
from integrate.domain.sharing import (
    DEFAULT_SECTIONS,
    KIND_WORDS,
    PROTECTED_KINDS,
    FileKind,
    Paper,
    Section,
    Selection,
)
from integrate.domain.times import parse_day
from integrate.errors import ExitCode, WrongUsage
from integrate.i18n import _, ngettext

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.sharing.packet import Packet
    from integrate.sharing.saving import SavedFile

Kind = TypeVar("Kind", bound=StrEnum)

_ENTRIES_AT_FIRST: Final = frozenset({FileKind.MARKDOWN, FileKind.CSV, FileKind.JSON})  # the others: chosen ones only


def _one_of(kind: type[Kind], text: str) -> Kind:
    try:
        return kind(text)
    except ValueError:
        reason = _("“{text}” is none of these: {choices}.")
        raise WrongUsage(reason=reason.format(text=text, choices=", ".join(kind))) from None


def _format(_context: click.Context, _parameter: click.Parameter, value: str | None) -> FileKind:
    if value is None:
        raise WrongUsage(reason=_("{name} is missing.").format(name="--format"))
    return _one_of(FileKind, value)


def _paper(_context: click.Context, _parameter: click.Parameter, value: str) -> Paper:
    return _one_of(Paper, value)


def _sections(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> frozenset[Section]:
    return frozenset(_one_of(Section, value) for value in values)


def _sessions(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        SessionRef.parse(value, newest_course=1)
    return values


def _whole(_context: click.Context, _parameter: click.Parameter, value: str | None) -> bool | None:
    if value not in (None, "all", "none"):
        raise WrongUsage(reason=_("--entries takes all or none. Single entries are chosen with --entry."))
    return None if value is None else value == "all"


def _ids(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> frozenset[UUID]:
    try:
        return frozenset(UUID(value) for value in values)
    except ValueError:
        raise WrongUsage(reason=_("That is not an entry's id. `integrate list` shows the ids.")) from None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a call chooses; sessions still as they were typed."""

    first_day: date | None
    last_day: date | None
    sessions: tuple[str, ...]
    sections: frozenset[Section]
    all_entries: bool | None
    entries: frozenset[UUID]
    recipient: str
    pseudonym: str

    @property
    def is_anything(self) -> bool:
        """Whether any option of these was given."""
        return self != Chosen(None, None, (), frozenset(), None, frozenset(), "", "")

    def selection(self, journal: Journal, kind: FileKind) -> Selection:
        """The selection in this journal. Whoever chooses questionnaires here chooses them with their answers."""
        from integrate.journal.writing import newest_course

        newest = newest_course(journal) if self.sessions else 1
        return Selection(
            recipient=self.recipient,
            first_day=self.first_day,
            last_day=self.last_day,
            sessions=frozenset(SessionRef.parse(text, newest) for text in self.sessions) or None,
            sections=self.sections or DEFAULT_SECTIONS,
            all_entries=kind in _ENTRIES_AT_FIRST if self.all_entries is None else self.all_entries,
            entries=self.entries,
            item_answers=True,
            pseudonym=self.pseudonym,
        )


@subcommand("export")
@journal_argument
@passphrase_option
@click.option(
    "--format", "kind", metavar="[pdf|web|fhir|markdown|csv|json]", callback=_format, help=_("The kind of file.")
)
@new_file_option("--out", _("Where to save it. markdown and csv make a folder, or a zip where FILE ends in .zip."))
@click.option("--from", "first_day", metavar="D", help=_("The first day, such as 2026-03-01."))
@click.option("--to", "last_day", metavar="D", help=_("The last day, such as 2026-03-31."))
@click.option(
    "--session", "sessions", metavar="N", multiple=True, callback=_sessions,
    help=_("Only what is about this session: N in the newest course, C.N in course C. May be repeated."),
)  # fmt: skip
@click.option(
    "--section", "sections", metavar="[questionnaires|mood|sessions|threads|vitals]", multiple=True,
    callback=_sections,
    help=_("Only this part; may be repeated. All but vitals, if not given. Questionnaires go with their answers."),
)  # fmt: skip
@click.option(
    "--entries", "all_entries", metavar="[all|none]", callback=_whole,
    help=_("Every entry of these days and sessions, or none. none for pdf, web and fhir, else all, if not given."),
)  # fmt: skip
@click.option(
    "--entry", "entries", metavar="ID", multiple=True, callback=_ids,
    help=_("This entry as well; may be repeated. `integrate list` shows the ids."),
)  # fmt: skip
@click.option("--for", "recipient", metavar="NAME", default="", help=_("Who it is for; the share ledger keeps it."))
@click.option("--pseudonym", metavar="NAME", default="", help=_("A name that stands in place of yours."))
@click.option(
    "--paper", metavar="[a4|letter]", default=Paper.A4.value, callback=_paper, help=_("The paper of a PDF: a4.")
)
@secret_option("--protect-file", _("Read the phrase that will open a pdf or web page from FILE (-: standard input)."))
@click.option("--unprotected", is_flag=True, help=_("Save a pdf or web page that anyone can open."))
@click.option(
    "--include-never-share", "full_copy", is_flag=True,
    help=_("With --format json alone: your own full copy, Never share and all."),
)  # fmt: skip
@click.option("--force", is_flag=True, help=_("Replace an earlier file or folder of that name."))
def command(place: Path, passphrase_file: str | None, kind: FileKind, as_json: bool, **rest: Any) -> int:
    """Save it; nothing is sent anywhere."""
    out, force = rest["out"], rest["force"]
    if out is None:
        raise WrongUsage(reason=_("{name} is missing.").format(name="--out"))
    chosen = _chosen(rest)
    if rest["full_copy"]:
        _require_full_copy(chosen, kind, rest)
        saved = _save_full_copy(place, passphrase_file, out, force)
    else:
        phrase = _phrase(kind, rest["protect_file"], unprotected=rest["unprotected"])
        saved = _save(place, passphrase_file, chosen, kind, out, phrase, rest["paper"], force)
    return _tell(saved, as_json)


def _chosen(rest: dict[str, Any]) -> Chosen:
    first, last = rest["first_day"], rest["last_day"]
    return Chosen(
        first and parse_day(first), last and parse_day(last), rest["sessions"], rest["sections"],
        rest["all_entries"], rest["entries"], rest["recipient"], rest["pseudonym"],
    )  # fmt: skip


def _require_full_copy(chosen: Chosen, kind: FileKind, rest: dict[str, Any]) -> None:
    if kind is not FileKind.JSON:
        raise WrongUsage(reason=_("--include-never-share goes with --format json only."))
    if chosen.is_anything:
        raise WrongUsage(reason=_("--include-never-share is your own full copy: nothing can be chosen beside it."))
    if rest["protect_file"] is not None:
        raise WrongUsage(reason=_not_protected(kind))


def _phrase(kind: FileKind, protect_file: str | None, *, unprotected: bool) -> str | None:
    """The phrase to protect with, None for an open file.

    Raises:
        WrongUsage, FileMissing, ShortPassphrase: the options do not fit this kind, or the phrase cannot be used.
    """
    if kind not in PROTECTED_KINDS:
        if protect_file is not None:
            raise WrongUsage(reason=_not_protected(kind))
        return None
    if (protect_file is not None) == unprotected:
        reason = _("A {kind} needs either --protect-file FILE, with the phrase that opens it, or --unprotected.")
        raise WrongUsage(reason=reason.format(kind=_(KIND_WORDS[kind])))
    return None if protect_file is None else _usable(read_secret(protect_file))


def _usable(text: str) -> str:
    """A phrase as it is used. One that others could guess is told about and taken: a script cannot be asked."""
    from integrate.domain.passphrase import normalise, require_strong_enough
    from integrate.domain.strength import Level
    from integrate.journal.phrases import LONGEST_PHRASE
    from integrate.journal.strength import judge_phrase

    if not is_line(text):
        raise WrongUsage(reason=_("A phrase is one line."))
    phrase = normalise(text).strip()
    require_strong_enough(phrase)
    if len(phrase.encode("utf-8")) > LONGEST_PHRASE:
        raise WrongUsage(reason=_("This phrase is too long for a PDF. Up to 127 plain letters and spaces go in."))
    strength = judge_phrase(phrase)
    if strength.level < Level.GOOD:
        tell(_("This phrase is not strong for a file that leaves your hands. Six random words are."))
    return phrase


def _not_protected(kind: FileKind) -> str:
    return _("A file of the format {format} cannot be protected by a phrase.").format(format=kind.value)


def _save(
    place: Path,
    passphrase_file: str | None,
    chosen: Chosen,
    kind: FileKind,
    out: Path,
    phrase: str | None,
    paper: Paper,
    force: bool,
) -> SavedFile:
    from integrate.journal.recipients import find_recipient
    from integrate.sharing.resolving import resolve_packet
    from integrate.sharing.saving import check_place, save_packet

    check_place(place, kind, out, force=force)  # nobody is asked for a passphrase where it could not be used
    with open_journal_at(place, passphrase_file, writing=True) as journal, Progress(_("Saving")) as progress:
        selection = chosen.selection(journal, kind)
        packet = resolve_packet(journal, selection)
        _require_entries(selection, packet)
        recipient = find_recipient(journal, chosen.recipient) if chosen.recipient.strip() else None
        return save_packet(
            journal, packet, kind, out, protection=phrase, paper=paper, recipient=recipient, force=force,
            progress=progress,
        )  # fmt: skip


def _require_entries(selection: Selection, packet: Packet) -> None:
    from integrate.sharing.resolving import missing_entries

    missing = missing_entries(selection, packet)
    if missing:
        reason = ngettext(
            "{count} entry named with --entry is not there, or may not be shared. Nothing was saved.",
            "{count} entries named with --entry are not there, or may not be shared. Nothing was saved.",
            len(missing),
        )
        raise WrongUsage(reason=reason.format(count=len(missing)))


def _save_full_copy(place: Path, passphrase_file: str | None, out: Path, force: bool) -> SavedFile:
    from integrate.sharing.saving import check_place, save_full_copy

    check_place(place, FileKind.JSON, out, force=force)
    with open_journal_at(place, passphrase_file) as journal, Progress(_("Saving")) as progress:
        return save_full_copy(journal, out, force=force, progress=progress)


def _tell(saved: SavedFile, as_json: bool) -> int:
    if as_json:
        print_json({
            "file": str(saved.file), "format": saved.kind.value, "sha256": saved.sha256, "protected": saved.protected,
            "entries": saved.entries, "sessions": saved.sessions, "responses": saved.responses,
            "measures_left_out": list(saved.measures_left_out),
        })  # fmt: skip
    else:
        say(_("Saved as {name}. integrate did not send it anywhere.").format(name=saved.file))
        if not saved.protected:
            say(_("It is not protected: anyone who has it can read it."))
        say(f"SHA-256 {saved.sha256}")
    if not saved.unreadable:
        return ExitCode.DONE
    told = ngettext(
        "{count} record could not be read and is not in this file.",
        "{count} records could not be read and are not in this file.",
        saved.unreadable,
    )
    tell(told.format(count=saved.unreadable))
    return ExitCode.DAMAGED
