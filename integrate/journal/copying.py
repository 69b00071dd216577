"""The person's own full copy: every record of a journal, in one state of it, *Never share* and all.

This is not sharing: what is handed to somebody else is a packet, and is made from what may be shared alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from integrate.domain.entry import Unreadable
from integrate.domain.listing import Stop
from integrate.domain.practices import Said
from integrate.domain.records import Record
from integrate.domain.threads import Link
from integrate.journal.copied_settings import COPIED
from integrate.journal.opening import Journal
from integrate.storage.practices import reply_id
from integrate.storage.record_tables import RECORD_TABLES
from integrate.storage.records import RecordReader
from integrate.storage.threads import link_id

Progress = Callable[[int, int], None]
"""Called with (records done, records in all)."""

_STEP = 100  # records between two calls of progress


@dataclass(slots=True)
class Copied:
    """What a copy came to: how many records of each kind it holds, and how many damaged ones it could not hold."""

    counts: dict[str, int] = field(default_factory=dict)
    unreadable: int = 0


def copy_records(
    journal: Journal,
    progress: Progress | None = None,
    stop: Stop | None = None,
    *,
    told: Copied | None = None,
) -> Iterator[Record]:
    """Every record of ``journal``, parents first, as it was when the first one was asked for.

    Room keys, secrets, backups and what was noted of losses are in none. ``told`` is filled while it runs.

    Raises:
        DatabaseDamaged: a page cannot be read; single damaged records are counted and left out.
        Stopped: ``stop`` was set, or the journal was interrupted.
    """
    told = told if told is not None else Copied()
    with journal.vault.database.read(stop) as session:
        reader = RecordReader(session)
        done, total = 0, reader.count()
        for kind in RECORD_TABLES:
            for found in reader.all(kind):
                done += 1
                if progress is not None and done % _STEP == 0:
                    progress(min(done, total), total)
                if stop is not None:
                    stop.check()
                if isinstance(found, Unreadable):
                    told.unreadable += 1
                elif kind != "setting" or found.fields["key"] in COPIED:
                    told.counts[found.kind] = told.counts.get(found.kind, 0) + 1
                    yield found
    if progress is not None:
        progress(total, total)


def id_of_link(link: Link) -> UUID:
    """The id that the record of a link has in every journal."""
    return UUID(bytes=link_id(link))


def id_of_reply(practice_id: UUID, said: Said) -> UUID:
    """The id that the record of a reply has in every journal."""
    return UUID(bytes=reply_id(practice_id, said))
