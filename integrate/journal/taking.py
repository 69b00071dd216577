"""Bringing records into a journal: a look at all of them first, then short steps, in a batch that can be taken back.

The look goes through the whole file before anything is written, so that a file that is cut short or unclear changes
nothing. Each step notes in its own transaction what it made: whatever ends the program in between, that is known.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import monotonic
from types import MappingProxyType
from typing import Final
from uuid import UUID

from integrate.domain.import_batches import ImportBatch, ImportReport, Problem, Undone
from integrate.domain.listing import Stop
from integrate.domain.record_kinds import RECORD_KINDS
from integrate.domain.records import Record
from integrate.domain.times import ZonedTime
from integrate.errors import KnownError, NotUnderstood
from integrate.i18n import N_, _
from integrate.journal.copied_settings import can_be_kept
from integrate.journal.opening import Journal
from integrate.storage.attachments import MAX_SIZE, PreparedAttachment
from integrate.storage.import_batches import add_part, drop_batch, find_batch, unfinished_batch
from integrate.storage.index_pruning import prune, pruning
from integrate.storage.pictures import describe_picture
from integrate.storage.record_undo import ORDER, Undoing
from integrate.storage.record_writing import Outcome, RecordWriter, Taking
from integrate.storage.rows import new_id

Progress = Callable[[int, int], None]
"""Called with (records done, records in all); in all is 0 while they are being looked at."""

_STEP_SECONDS: Final = 0.025
"""How long one transaction should take: a save that comes meanwhile waits no longer than this, or a little more."""

_FIRST_STEP: Final = 20  # records
_LONGEST_STEP: Final = 2000
_MOST_TEXT: Final = 512 * 1024  # characters in one step

_WHY: Final = MappingProxyType({
    Outcome.OTHER: N_("This journal has something else under the same id. It was kept as it is here."),
    Outcome.PARTIAL: N_("The file has only a part of it."),
    Outcome.UNPLACED: N_("What it belongs to is neither in the file nor in this journal."),
    Outcome.UNREADABLE: N_("It holds what this version of Integrate cannot read."),
})  # fmt: skip
_NO_BYTES: Final = N_("The photo or file itself is not in it, or not whole.")


@dataclass(slots=True)
class _Tally:
    """What was found on the way through the records."""

    seen: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    media_missing: int = 0
    problems: list[Problem] = field(default_factory=list)
    things: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, item: _Item, outcome: Outcome) -> None:
        record = item.record
        self.seen += 1
        self.outcomes[outcome] += 1
        if outcome is Outcome.NEW:
            self.kinds[record.kind] += 1
            self.things.setdefault(record.kind, {})[_key(record)] = record.fields.get("revision", 0)
        elif outcome in _WHY:
            missing = outcome is Outcome.UNREADABLE and record.kind == "attachment" and not item.is_whole
            self.media_missing += missing
            why = _NO_BYTES if missing else _WHY[outcome]
            self.problems.append(Problem(f"{record.kind} {_key(record)}", _(why)))

    def join(self, part: _Tally) -> None:
        """Add what was found in the next step."""
        self.seen += part.seen
        self.outcomes.update(part.outcomes)
        self.kinds.update(part.kinds)
        self.media_missing += part.media_missing
        self.problems.extend(part.problems)

    def counts(self) -> dict[str, int]:
        """The numbers of the report."""
        new, same = self.outcomes[Outcome.NEW], self.outcomes[Outcome.SAME]
        return {
            "seen": self.seen, "imported": new, "skipped": self.seen - new - same, "duplicates": same,
            "media_missing": self.media_missing,
        }  # fmt: skip

    def report(self, batch: UUID | None) -> ImportReport:
        """What is told at the end."""
        return ImportReport(batch=batch, problems=tuple(self.problems), kinds=dict(self.kinds), **self.counts())


@dataclass(frozen=True, slots=True)
class _Item:
    """A record with what is to be known of its bytes, where it is an attachment."""

    record: Record
    is_whole: bool = True
    attached: PreparedAttachment | None = None

    @property
    def length(self) -> int:
        """About how many characters it has."""
        fields = self.record.fields
        return len(fields.get("body", "")) + (len(self.attached.data) if self.attached else 0)


def take_records(
    journal: Journal,
    read: Callable[[], Iterable[Record]],
    *,
    source: str,
    sha256: Callable[[], bytes],
    dry_run: bool = False,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> ImportReport:
    """Bring in the records that ``read`` gives, anew each time it is called; durable when this returns.

    Each keeps its id, times, history and *Never share*. What is here already stays as it is. ``source`` names the
    format, ``sha256`` gives the digest of the file once it was read. With ``dry_run`` nothing is written. When it is
    stopped, what was brought in so far is taken back.

    Raises:
        What ``read`` raises: nothing was changed, or what was brought in so far is taken back.
        Stopped: ``stop`` was set, or the journal was interrupted.
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused: what was brought in so far is in a batch.
    """
    tally = _look(journal, _items(read(), with_bytes=False), progress, stop)
    if dry_run or not tally.kinds:
        return tally.report(None)
    batch = _begin(journal, source, sha256())
    try:
        written = _write(journal, batch, _items(read(), with_bytes=True), tally.seen, progress, stop)
    except BaseException as error:
        if isinstance(error, KnownError) and not isinstance(error, NotUnderstood):
            raise  # of the journal or its disk: it is in no state to take something back
        with suppress(Exception):  # what could not be taken back now can be by its batch
            undo_import(journal, batch.id)
        raise
    return written.report(batch.id)


def undo_import(journal: Journal, batch_id: UUID, progress: Progress | None = None) -> Undone:
    """Take back what an import made, for good. What was changed or added to since stays.

    Raises:
        WrongUsage: there is no such batch.
        RecordDamaged, ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused: the batch is still there.
    """
    database = journal.vault.database
    with database.read() as session:
        batch = find_batch(session, batch_id)
    things = [(kind, key) for kind in ORDER for key in reversed(tuple(batch.things.get(kind, ())))]
    removed = kept = done = 0
    step = _FIRST_STEP
    while done < len(things):
        began, some = monotonic(), things[done : done + step]
        with database.write() as connection, pruning(connection):
            undoing = Undoing(database, connection, batch)
            outcomes = [undoing.remove(kind, key) for kind, key in some]
            undoing.finish()
        removed, kept, done = removed + outcomes.count(True), kept + outcomes.count(False), done + len(some)
        step = _next_step(step, monotonic() - began)
        if progress is not None:
            progress(done, len(things))
    prune(database)
    with database.write() as connection:
        drop_batch(connection, batch.id)
    return Undone(removed, kept)


def _look(journal: Journal, items: Iterable[_Item], progress: Progress | None, stop: Stop | None) -> _Tally:
    """What would become of each record, without writing one."""
    tally = _Tally()
    database = journal.vault.database
    with database.read(stop) as session:
        writer = RecordWriter(session.connection(), database.sealer, Taking(), writing=False)
        for item in items:
            tally.add(item, _take(writer, item))
            if stop is not None:
                stop.check()
            if progress is not None and tally.seen % _FIRST_STEP == 0:
                progress(0, 0)
    return tally


def _write(
    journal: Journal,
    batch: ImportBatch,
    items: Iterable[_Item],
    total: int,
    progress: Progress | None,
    stop: Stop | None,
) -> _Tally:
    """Write them in short transactions; reading the file and looking at photos is done between two of them."""
    tally, taking, database = _Tally(), Taking(), journal.vault.database
    left, step = iter(items), _FIRST_STEP
    while some := _some(left, step):
        if stop is not None:
            stop.check()
        began, part = monotonic(), _Tally()
        with database.write() as connection:
            writer = RecordWriter(connection, database.sealer, taking, writing=True)
            for item in some:
                part.add(item, _take(writer, item))
            add_part(connection, database.sealer, batch, part.things, last=False)
        step = _next_step(step, monotonic() - began)
        tally.join(part)
        if progress is not None:
            progress(tally.seen, total)
    with database.write() as connection:
        add_part(connection, database.sealer, replace(batch, counts=tally.counts()), {}, last=True)
    return tally


def _take(writer: RecordWriter, item: _Item) -> Outcome:
    record = item.record
    if not item.is_whole:
        return Outcome.UNREADABLE
    if record.kind == "setting" and not can_be_kept(record.fields["key"], record.fields["value"]):
        return Outcome.UNREADABLE
    return writer.take(record, item.attached)


def _some(left: Iterator[_Item], most: int) -> list[_Item]:
    """The next records of one step."""
    some: list[_Item] = []
    length = 0
    while len(some) < most and length < _MOST_TEXT:
        item = next(left, None)
        if item is None:
            break
        some.append(item)
        length += item.length
    return some


def _next_step(step: int, took: float) -> int:
    """How many records the next transaction takes, so that it takes about as long as it should."""
    return max(1, min(int(step * _STEP_SECONDS / max(took, 0.001)), 2 * step, _LONGEST_STEP))


def _items(records: Iterable[Record], *, with_bytes: bool) -> Iterator[_Item]:
    """Records, each attachment with its parts put together."""
    open_one: Record | None = None
    digest, size, data = hashlib.sha256(), 0, bytearray()
    for record in records:
        if record.kind == "attachment_part":
            if open_one is not None and record.fields["attachment_id"] == open_one.fields["id"]:
                part = _bytes_of(record)
                size += len(part)
                if size <= MAX_SIZE:
                    digest.update(part)
                    if with_bytes:
                        data += part
            continue
        if open_one is not None:
            yield _attachment(open_one, size, digest.digest(), bytes(data), with_bytes)
            open_one, data = None, bytearray()
        if record.kind == "attachment":
            open_one, digest, size = record, hashlib.sha256(), 0
        else:
            yield _Item(record)
    if open_one is not None:
        yield _attachment(open_one, size, digest.digest(), bytes(data), with_bytes)


def _bytes_of(record: Record) -> bytes:
    return b64decode(record.fields["data"])


def _attachment(record: Record, size: int, digest: bytes, data: bytes, with_bytes: bool) -> _Item:
    fields = record.fields
    if (size, digest.hex()) != (fields["size"], fields["sha256"]):
        return _Item(record, is_whole=False)
    if not with_bytes:
        return _Item(record)
    picture = describe_picture(data)
    return _Item(record, True, PreparedAttachment("", data, "", picture[1] if picture else None))


def _begin(journal: Journal, source: str, sha256: bytes) -> ImportBatch:
    """A new batch, or the one of the same file that was cut off: then the import goes on with it."""
    now = journal.clock.now()
    with journal.vault.database.read() as session:
        before = unfinished_batch(session, sha256)
    return ImportBatch(
        before.id if before else new_id(now), ZonedTime(now, journal.clock.zone()), source, sha256, {}, {}
    )


def _key(record: Record) -> str:
    return "/".join(str(record.fields[name]) for name in RECORD_KINDS[record.kind].key)
