"""The journals that are measured: one of 100,000 entries with its plain twin, and one of 100."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from benchmarks.plain import PlainDatabase, statements_seen
from benchmarks.texts import Texts
from integrate.journal.opening import Access, ByWords, Journal, create_journal, open_journal
from integrate.storage.entries import writing_entries
from integrate.storage.kdf import FLOOR

SMALL = 100
_BATCH = 500  # entries in one transaction
_PASSPHRASE = "a journal that is measured and thrown away"


@dataclass(frozen=True, slots=True)
class MadeJournal:
    """A journal of invented words and the recovery words that open it: with those there is no slow derivation."""

    place: Path
    words: str

    def open(self, access: Access = Access.READ) -> Journal:
        """Unlock it."""
        return open_journal(self.place, ByWords(self.words), access)

    def copied(self, name: str) -> MadeJournal:
        """A copy beside it under another ``name``, for what is to leave this one as it is."""
        place = self.place.with_name(name)
        shutil.copytree(self.place, place)
        return MadeJournal(place, self.words)


@dataclass(frozen=True, slots=True)
class Subjects:
    """All that is measured. ``texts`` goes on where the large journal ends."""

    entries: int
    large: MadeJournal
    small: MadeJournal
    plain: PlainDatabase
    texts: Texts


def make_subjects(folder: Path, entries: int) -> Subjects:
    """Make the journals and the plain twin in ``folder``."""
    texts = Texts(entries)
    plain = PlainDatabase.make(folder / "plain.db")
    large = make_journal(folder / "large.integrate", texts, entries, plain)
    small = make_journal(folder / "small.integrate", Texts(SMALL), SMALL)
    return Subjects(entries, large, small, plain, texts)


def make_journal(place: Path, texts: Texts, entries: int, twin: PlainDatabase | None = None) -> MadeJournal:
    """A journal with the next ``entries`` of ``texts``; ``twin`` gets the same ones."""
    made = create_journal(place, _PASSPHRASE, cost=FLOOR)
    journal = MadeJournal(place, " ".join(made.recovery_words))
    with journal.open(Access.WRITE) as opened:
        for start in range(0, entries, _BATCH):
            with statements_seen() as statements:
                _add(opened, texts, min(_BATCH, entries - start))
            if twin is not None:
                twin.replay(statements)
    return journal


def _add(journal: Journal, texts: Texts, count: int) -> None:
    now, sitting = journal.clock.now(), uuid4().bytes
    with writing_entries(journal.vault.database) as (_connection, writer):
        for _entry in range(count):
            writer.add(texts.next_draft(), now, sitting)
