"""Entries of a packet: whole ones, and passages of others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from uuid import UUID

from integrate.domain.entry import Entry
from integrate.domain.listing import Stop
from integrate.domain.sharing import Selection
from integrate.errors import RecordDamaged
from integrate.journal.opening import Journal
from integrate.journal.prompts import prompt_by_id
from integrate.journal.shareable import Readable, shareable_entries
from integrate.sharing.packet import PacketEntry


def chosen_entries(
    journal: Journal, selection: Selection, stop: Stop, *, mood: bool = True
) -> tuple[tuple[PacketEntry, ...], int]:
    """The entries, the earliest first, and how many could not be read.

    A passage is in it only where it stands in the entry as it is now. An entry of which passages were chosen is never
    in it whole. Where mood was left out among the measures, the mood beside an entry is not in it either.

    Raises:
        Stopped, DatabaseDamaged.
    """
    found: dict[UUID, PacketEntry] = {}
    prompts = _Prompts(journal)
    quotes: dict[UUID, set[str]] = {}
    for passage in selection.passages:
        quotes.setdefault(passage.entry_id, set()).add(passage.quote)
    lost = 0
    for some in _batches(journal, selection, stop):
        stop.check()
        lost += some.unreadable
        for entry in some.values:
            chosen = quotes.get(entry.summary.id)
            made = _whole(entry, prompts, mood=mood) if chosen is None else _in_passages(entry, chosen)
            if made is not None:
                found[entry.summary.id] = made
    return tuple(sorted(found.values(), key=_order)), lost


def _batches(journal: Journal, selection: Selection, stop: Stop) -> Iterator[Readable[Entry]]:
    one_by_one = selection.entries | {passage.entry_id for passage in selection.passages}
    if selection.all_entries:
        yield from shareable_entries(
            journal, selection.first_day, selection.last_day, selection.sessions, bodies=True, stop=stop
        )
    if one_by_one:
        yield from shareable_entries(journal, ids=one_by_one, bodies=True, stop=stop)


def _whole(entry: Entry, prompts: _Prompts, *, mood: bool) -> PacketEntry:
    summary = entry.summary if mood else replace(entry.summary, mood_then=None)
    return PacketEntry(summary, entry.body, (), entry.attachments, prompts.text(entry.summary.prompt_id))


class _Prompts:
    """The texts of prompts, each looked up once."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._known: dict[str, str] = {}

    def text(self, prompt_id: str | None) -> str:
        """What was asked; "" where nothing was, or where it cannot be read any more."""
        if prompt_id is None:
            return ""
        if prompt_id not in self._known:
            try:
                prompt = prompt_by_id(self._journal, prompt_id)
            except RecordDamaged:
                prompt = None
            self._known[prompt_id] = "" if prompt is None else prompt.text
        return self._known[prompt_id]


def _in_passages(entry: Entry, quotes: Collection[str]) -> PacketEntry | None:
    """Only these words of an entry, in the order they stand in it; None where none of them does any more."""
    standing = sorted((quote for quote in quotes if quote.strip() and quote in entry.body), key=entry.body.index)
    if not standing:
        return None
    bare = replace(entry.summary, title="", excerpt="", tags=(), mood_then=None, prompt_id=None, words=0, revision=1)
    return PacketEntry(bare, "", tuple(standing))


def _order(entry: PacketEntry) -> tuple[object, bytes]:
    return entry.summary.at.instant, entry.summary.id.bytes
