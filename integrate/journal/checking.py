"""Look at a journal from top to bottom and say what is wrong. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from integrate.errors import BackupDamaged, Damaged, DiskRefused, KnownError, NewerVersion, NotUnderstood
from integrate.i18n import _, ngettext
from integrate.journal.opening import Access, Journal, Secret
from integrate.storage.anchor import LENGTH as ANCHOR_LENGTH
from integrate.storage.backup import read_backup, snapshot_database
from integrate.storage.connection import Mode
from integrate.storage.envelope import read_head
from integrate.storage.failures import known_failures
from integrate.storage.header_file import read_header
from integrate.storage.integrity import Findings, examine, examine_raw_pages
from integrate.storage.layout import PAGE_SIZE, JournalFolder
from integrate.storage.opening import open_vault
from integrate.storage.parts import part_folder
from integrate.storage.vault import Vault
from integrate.system.writer_lock import WriterLock

Progress = Callable[[int, int], None]
"""Called with (steps done, steps in all)."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at, by kind and count, and what was wrong: sentences without any content."""

    checked: Mapping[str, int]
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong."""
        return not self.problems


def check_journal(
    place: Path, secret: Secret | None, *, deep: bool = False, progress: Progress | None = None
) -> CheckReport:
    """Check a journal. Without ``secret`` its structure; with it every page, record, attachment and the search index.

    ``deep`` reads every automatic backup as well.
    Works beside a writer, and keeps none waiting: what is read is a copy, made on the same disk and removed again.

    Raises:
        NotAJournal, NewerVersion, WrongSecret, DiskFull (no room for a snapshot): damage is not raised but reported.
    """
    folder = JournalFolder(place)
    folder.require_journal()
    findings = Findings()
    openable = _structure(folder, findings)
    if secret is not None and openable:
        with known_failures(place):
            findings.add(_content(folder, secret, deep=deep, progress=progress))
    return CheckReport(dict(findings.checked), tuple(dict.fromkeys(findings.problems)))


def check_open_journal(journal: Journal, progress: Progress | None = None) -> CheckReport:
    """Check a journal that is open, without its secret: every page, record, attachment and the search index.

    Works beside writing, on a copy made on the same disk and removed again. It may run on a thread of its own.

    Raises:
        NotAJournal, NewerVersion, DiskFull (no room for the copy): damage is not raised but reported.
        Stopped: the journal was interrupted. What ``progress`` raises passes through as well.
    """
    folder = journal.vault.folder
    folder.require_journal()
    findings = Findings()
    _structure(folder, findings)
    findings.problems.extend(notice.sentences()[0] for notice in journal.notices)
    content = Findings(Counter())
    with known_failures(folder.path):
        _examine(journal.vault, content, progress)
    content.checked.pop("pages", None)  # the structure has counted them already
    findings.add(content)
    return CheckReport(dict(findings.checked), tuple(dict.fromkeys(findings.problems)))


def _structure(folder: JournalFolder, findings: Findings) -> bool:
    """Look at what needs no key; whether it makes sense to open the journal."""
    openable = True
    try:
        with known_failures(folder.path):
            on_disk = read_header(folder.header)
        findings.checked["header_copies"] = 2
        if not all(on_disk.good):
            findings.problems.append(
                _("One of the two header copies is damaged. Opening the journal to write repairs it.")
            )
        with known_failures(folder.path):
            folder.require_database()
            findings.checked["pages"] = folder.database.stat().st_size // PAGE_SIZE
    except Damaged as error:
        openable = False
        findings.problems.append(error.sentences()[0])
    if not folder.anchor.is_file() or folder.anchor.stat().st_size != ANCHOR_LENGTH:
        findings.problems.append(
            _("The small file that notes how far the journal had come (anchor) is damaged or missing.")
        )
    _backup_structure(folder, findings)
    return openable


def _backup_structure(folder: JournalFolder, findings: Findings) -> None:
    damaged = 0
    for number in folder.backup_numbers():
        findings.checked["backups"] += 1
        try:
            with known_failures(folder.path):
                read_head(folder.backup(number))
        except (BackupDamaged, NotUnderstood):
            damaged += 1
        except NewerVersion:
            findings.problems.append(_("An automatic backup was made by a newer version of Integrate."))
    _report_backups(damaged, findings)


def _report_backups(damaged: int, findings: Findings) -> None:
    if damaged:
        many = ngettext("{count} automatic backup is damaged.", "{count} automatic backups are damaged.", damaged)
        findings.problems.append(many.format(count=damaged))


def _content(folder: JournalFolder, secret: Secret, *, deep: bool, progress: Progress | None) -> Findings:
    findings = Findings(Counter())
    try:
        vault = open_vault(folder.path, secret.opener(), Access.READ, as_it_is=True)
    except Damaged as error:
        findings.problems.append(error.sentences()[0])
        return findings
    with closing(vault):
        findings.problems.extend(notice.sentences()[0] for notice in vault.notices)
        _examine(vault, findings, progress)
        if deep:
            _examine_backups(vault, findings)
    findings.checked.pop("pages", None)  # the structure has counted them already
    return findings


def _examine(vault: Vault, findings: Findings, progress: Progress | None) -> None:
    try:
        with known_failures(vault.folder.path):
            _examine_copy(vault, findings, progress)
    except (Damaged, DiskRefused) as error:
        _examine_in_place(vault, findings, progress, error)


def _examine_copy(vault: Vault, findings: Findings, progress: Progress | None) -> None:
    """Examine a consistent copy, so that nobody who writes has to wait, and the file's own pages while they are still.

    Raises:
        Damaged: no copy can be made of what is there.
        DiskRefused: there is no room for one.
    """
    with part_folder(vault.folder.path) as part, snapshot_database(vault, part) as snapshot:
        examined = examine(snapshot, progress)
    findings.add(examined)
    with _held_still(vault.folder) as still:
        if still:
            examine_raw_pages(vault.database, findings)


def _examine_in_place(vault: Vault, findings: Findings, progress: Progress | None, why: KnownError) -> None:
    """Where no copy can be had, read the journal itself and count what is damaged."""
    with _held_still(vault.folder) as still:
        if still or vault.database.mode is Mode.IMMUTABLE:
            findings.add(examine(vault.database, progress))
        elif isinstance(why, DiskRefused):
            raise why
        else:
            findings.problems.append(why.sentences()[0])


@contextmanager
def _held_still(folder: JournalFolder) -> Iterator[bool]:
    """Keep writers out for a moment; False where there is one, where nothing can be locked, or a log is left."""
    lock = WriterLock(folder.lock)
    try:
        lock.acquire()
    except KnownError:
        yield False
        return
    try:
        yield not folder.has_wal()
    finally:
        lock.release()


def _examine_backups(vault: Vault, findings: Findings) -> None:
    damaged = 0
    for number in vault.folder.backup_numbers():
        good = False
        with suppress(Damaged, NotUnderstood, NewerVersion):
            content = read_backup(vault.folder.backup(number), vault.keys, vault.meta.db_epoch)
            good = content.findings.ok
            findings.checked["backups_read"] += 1
        damaged += not good
    _report_backups(damaged, findings)
