"""From a packet to a file of the kind that was chosen, at its place and in the share ledger.

Everything is made in memory or streamed; until here nothing of a packet was written to any disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

import integrate
from integrate.domain.listing import Stop
from integrate.domain.sharing import PROTECTED_KINDS, FileKind, Paper, Recipient, SharedFile
from integrate.domain.times import ZonedTime
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.journal.copying import Copied, copy_records
from integrate.journal.ledger import note_shared
from integrate.journal.opening import Access, Journal
from integrate.sharing.packet import Packet
from integrate.sharing.resolving import packet_contents
from integrate.sharing.writing_files import (
    Progress,
    Written,
    check_target,
    remove_written,
    save_file,
    save_folder,
    save_zip,
)

FOLDER_KINDS: Final = frozenset({FileKind.MARKDOWN, FileKind.CSV})
"""The kinds of several files: a new folder, or a zip where the name ends in ``.zip``."""


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file that was saved. ``sha256`` is in hex digits, ``size`` counts bytes; of a folder see ``save_folder``.

    ``unreadable`` counts damaged things that could not be taken along. ``shared`` is its line of the ledger, None
    where the journal was open to read only.
    """

    file: Path
    kind: FileKind
    sha256: str
    protected: bool
    size: int
    entries: int
    sessions: int
    responses: int
    measures_left_out: tuple[str, ...] = ()
    unreadable: int = 0
    shared: SharedFile | None = None


def check_place(journal_place: Path, kind: FileKind, target: Path, *, force: bool = False) -> None:
    """See to it, before anything is made, that a file of this kind may be saved at ``target``.

    Raises:
        WrongUsage: it would lie in the journal's own folder, or as
        :func:`integrate.sharing.writing_files.check_target`, with what else that raises.
    """
    if _is_inside(target, journal_place):
        raise WrongUsage(reason=_("The folder of the journal is for the journal alone. Choose another place."))
    check_target(target, folder=is_folder(kind, target), force=force)


def is_folder(kind: FileKind, target: Path) -> bool:
    """Whether a file of this kind is a folder at ``target``."""
    return kind in FOLDER_KINDS and target.suffix.lower() != ".zip"


def save_packet(
    journal: Journal,
    packet: Packet,
    kind: FileKind,
    target: Path,
    *,
    protection: str | None = None,
    paper: Paper = Paper.A4,
    recipient: Recipient | None = None,
    force: bool = False,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> SavedFile:
    """Save ``packet`` at ``target`` and, in a journal that is open for writing, note it in the share ledger.

    ``protection`` is the phrase that opens it, None for an open file. Without a ``recipient`` of the journal the name
    of the packet's selection stands in the ledger. ``force`` replaces an earlier file. Where this raises, nothing new
    is at ``target`` and nothing in the ledger.

    Raises:
        WrongUsage: this kind cannot be protected, or as :func:`check_place`. TargetExists, FolderMissing.
        Stopped: ``stop`` was set. DiskFull, DiskRefused, ReadOnlyPlace. EntryMissing: something in the packet may not
        be shared any more. RecordDamaged, DatabaseDamaged.
    """
    if protection is not None and kind not in PROTECTED_KINDS:
        raise WrongUsage(reason=_("This kind of file cannot be protected by a phrase. Nothing was saved."))
    check_place(journal.place, kind, target, force=force)
    stop = stop or Stop()
    told = progress or _silent
    if kind in FOLDER_KINDS:
        written = _save_several(journal, packet, kind, target, force, told, stop)
    else:
        chunks = _chunks(journal, packet, kind, protection, paper, told, stop)
        written = save_file(chunks, target, force=force, stop=stop)
        told(_STEPS, _STEPS)
    try:
        stop.check()
        shared = _note(journal, packet, kind, target, written, recipient, protected=protection is not None)
    except BaseException:
        remove_written(target)
        raise
    contents = packet_contents(packet)
    return SavedFile(
        target, kind, written.sha256.hex(), protection is not None, written.size, len(contents.entries),
        len(contents.sessions), len(contents.responses), packet.measures_left_out, packet.unreadable, shared,
    )  # fmt: skip


def save_full_copy(
    journal: Journal, target: Path, *, force: bool = False, progress: Progress | None = None, stop: Stop | None = None
) -> SavedFile:
    """Save the person's own full copy of the journal as JSON, *Never share* and all. It is no packet and in no ledger.

    Raises as :func:`save_packet`.
    """
    from integrate.formats.journal_json import DocumentHead, encode_document

    check_place(journal.place, FileKind.JSON, target, force=force)
    copied = Copied()
    head = DocumentHead(integrate.__version__, ZonedTime(journal.clock.now(), journal.clock.zone()), True)
    chunks = encode_document(head, copy_records(journal, progress, stop, told=copied))
    written = save_file(chunks, target, force=force, stop=stop)
    entries, sessions, responses = (copied.counts.get(kind, 0) for kind in ("entry", "session", "response"))
    return SavedFile(
        target, FileKind.JSON, written.sha256.hex(), False, written.size, entries, sessions, responses,
        unreadable=copied.unreadable,
    )  # fmt: skip


_STEPS: Final = 4  # of a file that is one: told, drawn, protected, written


def _chunks(
    journal: Journal,
    packet: Packet,
    kind: FileKind,
    phrase: str | None,
    paper: Paper,
    progress: Progress,
    stop: Stop,
) -> Iterable[bytes]:
    """The bytes of a kind that is one file. Each exporter is imported where it is needed: some take a moment."""
    progress(0, _STEPS)
    stop.check()
    match kind:
        case FileKind.JSON:
            from integrate.sharing.json_file import json_of

            return json_of(journal, packet)
        case FileKind.FHIR:
            from integrate.sharing.fhir import fhir_bundle
            from integrate.sharing.typesetting import given_up

            return (given_up(lambda: fhir_bundle(packet, stop=stop), stop),)
        case FileKind.WEB:
            from integrate.sharing.reporting import make_report
            from integrate.sharing.web import web_page

            report = make_report(packet, stop=stop)
            progress(1, _STEPS)
            stop.check()
            return (web_page(report, phrase, stop=stop),)
        case _:
            return (_pdf(packet, phrase, paper, progress, stop),)


def _pdf(packet: Packet, phrase: str | None, paper: Paper, progress: Progress, stop: Stop) -> bytes:
    from integrate.sharing.pdf import pdf_of
    from integrate.sharing.protecting import protect_pdf
    from integrate.sharing.reporting import make_report
    from integrate.sharing.typesetting import given_up

    report = make_report(packet, stop=stop)
    progress(1, _STEPS)
    stop.check()
    data = given_up(lambda: pdf_of(report, paper, stop=stop), stop)  # also while it makes ready what Typst reads
    progress(2, _STEPS)
    stop.check()
    if phrase is not None:
        data = given_up(lambda: protect_pdf(data, phrase), stop)
    progress(3, _STEPS)
    return data


def _save_several(
    journal: Journal, packet: Packet, kind: FileKind, target: Path, force: bool, progress: Progress, stop: Stop
) -> Written:
    if kind is FileKind.CSV:
        from integrate.sharing.csv_files import csv_files

        files = tuple(csv_files(packet, stop=stop))
    else:
        from integrate.journal.shareable import shareable_attachment
        from integrate.sharing.markdown_files import markdown_files

        files = tuple(markdown_files(packet, lambda media: shareable_attachment(journal, media, stop), stop=stop))
    if is_folder(kind, target):
        return save_folder(files, target, force=force, progress=progress, stop=stop)
    return save_zip(files, target, packet.made.local(), force=force, progress=progress, stop=stop)


def _note(
    journal: Journal,
    packet: Packet,
    kind: FileKind,
    target: Path,
    written: Written,
    recipient: Recipient | None,
    *,
    protected: bool,
) -> SharedFile | None:
    if journal.access is not Access.WRITE:
        return None
    contents, selection = packet_contents(packet), packet.selection
    shared = SharedFile(
        id=uuid4(),
        saved=ZonedTime(journal.clock.now(), journal.clock.zone()),
        recipient_id=None if recipient is None else recipient.id,
        recipient=selection.recipient if recipient is None else recipient.name,
        kind=kind,
        file_name=os.fsencode(target.name).decode("utf-8", "replace"),
        size=written.size,
        sha256=written.sha256,
        protected=protected,
        first_day=packet.first_day,
        last_day=packet.last_day,
        sections=selection.sections,
        sessions=contents.sessions,
        entries=contents.entries,
        responses=contents.responses,
        things=contents.things,
        measures_left_out=packet.measures_left_out,
        item_answers=bool(selection.item_answers),
    )
    note_shared(journal, shared)
    return shared


def _is_inside(target: Path, folder: Path) -> bool:
    try:
        return folder.resolve() in (target.resolve(), *target.resolve().parents)
    except (OSError, ValueError):
        return False  # a place that cannot be looked at: what is wrong with it is told where it is


def _silent(_done: int, _total: int) -> None:
    """Nobody looks."""
