"""From a selection to a packet: the one place where what was chosen is read from a journal.

Everything comes from :mod:`integrate.journal.shareable`, which knows no way to what is marked *Never share*. What was
not chosen is not in the packet at all: no answers of single items, no vital signs, no words of an entry that was not
chosen, not even as the source of an insight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

import integrate
from integrate.domain.entry import SessionRef
from integrate.domain.listing import Stop
from integrate.domain.sharing import Passage, Selection
from integrate.domain.times import ZonedTime
from integrate.journal.ledger import last_shared_for
from integrate.journal.opening import Journal
from integrate.journal.preferences import read_preferences
from integrate.journal.shareable import names_of_people
from integrate.sharing.names import Replacing
from integrate.sharing.packet import Packet, PacketEntry
from integrate.sharing.resolving_entries import chosen_entries
from integrate.sharing.resolving_mood import chosen_forms, chosen_measures
from integrate.sharing.resolving_sessions import chosen_sessions, held_sessions
from integrate.sharing.resolving_threads import chosen_threads


def resolve_packet(
    journal: Journal, selection: Selection, *, made: ZonedTime | None = None, stop: Stop | None = None
) -> Packet:
    """What ``selection`` chose, as the journal has it now. ``made`` None is now, where the person is.

    In the packet's own selection are only the entries and passages that are really in it. Care teams, plans, letters,
    hopes, worries and agreements about touch are in no packet. The name of the recipient and the name the person is
    printed with stay as they are typed, also where names are replaced.

    Raises:
        Stopped: ``stop`` was set. RecordDamaged: names were to be replaced and not all of them can be read.
        DatabaseDamaged.
    """
    stop = stop or Stop()
    made = made or ZonedTime(journal.clock.now(), journal.clock.zone())
    name = read_preferences(journal).name
    if selection.first_day is None and selection.since is not None:
        selection = replace(selection, first_day=selection.since)
    sessions, lost_sessions = chosen_sessions(journal, selection, stop)
    stop.check()
    forms, lost_forms = chosen_forms(journal, selection)
    stop.check()
    mood = chosen_measures(journal, selection, stop)
    stop.check()
    entries, lost_entries = chosen_entries(journal, selection, stop, mood=not mood.without_mood)
    stop.check()
    made_of = chosen_threads(journal, selection, made.zone, sessions, entries, stop)
    packet = Packet(
        id=uuid4(),
        made=made,
        program=integrate.__version__,
        selection=_really_chosen(selection, entries),
        author=(selection.pseudonym or name).strip(),
        first_day=None,
        last_day=None,
        sessions=sessions,
        forms=forms,
        measures=mood.measures,
        check_ins=mood.check_ins,
        definitions=mood.definitions,
        threads=made_of.threads,
        insights=made_of.insights,
        practices=made_of.practices,
        entries=entries,
        measures_left_out=mood.left_out,
        held=held_sessions(journal, selection, stop),
        last_file=_last_file(journal, selection.recipient, made.local_date()),
        unreadable=lost_sessions + lost_forms + mood.unreadable + lost_entries + made_of.unreadable,
    )
    return _with_names(journal, _covering(packet), name, stop)


def missing_entries(selection: Selection, packet: Packet) -> frozenset[UUID]:
    """Entries chosen one by one that are not in the packet: gone, deleted, or marked never share by now."""
    chosen = selection.entries | {passage.entry_id for passage in selection.passages}
    return chosen - {entry.summary.id for entry in packet.entries}


def missing_passages(selection: Selection, packet: Packet) -> int:
    """How many of the chosen passages are not in the packet, because their entry reads differently by now."""
    return len(set(selection.passages)) - len(packet.selection.passages)


@dataclass(frozen=True, slots=True)
class PacketContents:
    """What is in a packet, by ids, for the share ledger. ``things`` can be marked never share and are no entries."""

    entries: frozenset[UUID]
    responses: frozenset[UUID]
    sessions: tuple[SessionRef, ...]
    things: frozenset[UUID]


def packet_contents(packet: Packet) -> PacketContents:
    """The ids of everything in a packet that a person could ask about later: "Was this in it?"."""
    things = {line.id for one in packet.sessions for line in one.lines}
    things.update(moment.id for one in packet.sessions for moment in one.moments)
    things.update(insight.id for insight in packet.insights)
    things.update(one.practice.id for one in packet.practices)
    things.update(one.id for one in packet.check_ins if one.draft.note.strip())
    for thread in packet.threads:
        things.update(line.id for line in thread.intentions)
        things.update(moment.id for moment in thread.moments)
        things.update(insight.id for insight in thread.insights)
        things.update(one.practice.id for one in thread.practices)
    return PacketContents(
        frozenset(entry.summary.id for entry in packet.entries),
        frozenset(one.response.id for form in packet.forms for one in form.responses),
        tuple(sorted(one.session.ref for one in packet.sessions)),
        frozenset(things),
    )


def _last_file(journal: Journal, recipient: str, today: date) -> date | None:
    """The day of the last file for the same person, before today: one of today is no earlier file."""
    found = last_shared_for(journal, recipient, before=today) if recipient.strip() else None
    return None if found is None else found.saved.local_date()


def _really_chosen(selection: Selection, entries: Iterable[PacketEntry]) -> Selection:
    """The selection without words and ids of entries that are not in the packet."""
    found = {entry.summary.id: entry for entry in entries}
    return replace(
        selection,
        entries=frozenset(one for one in selection.entries if one in found),
        passages=tuple(
            passage
            for passage in dict.fromkeys(selection.passages)
            if passage.entry_id in found and passage.quote in found[passage.entry_id].passages
        ),
    )


def _covering(packet: Packet) -> Packet:
    """The packet with the days it covers: those that were chosen, else from the first thing in it until today."""
    selection, today = packet.selection, packet.made.local_date()
    last = min(selection.last_day or today, max(today, selection.first_day or today))
    first = selection.first_day or min(_days_of(packet), default=last)
    return replace(packet, first_day=min(first, last), last_day=last)


def _days_of(packet: Packet) -> Iterable[date]:
    yield from (one.session.day for one in packet.sessions if one.session.day is not None)
    yield from (one.response.day for form in packet.forms for one in form.responses)
    yield from (one.day for one in packet.check_ins[:1])
    yield from (entry.summary.at.local_date() for entry in packet.entries)


def _with_names(journal: Journal, packet: Packet, name: str, stop: Stop) -> Packet:
    """The packet with names replaced as was chosen: those of other people, and the person's own by the pseudonym."""
    selection = packet.selection
    own: Mapping[str, str] = {}
    if selection.pseudonym.strip() and name.strip():
        own = {name: selection.pseudonym.strip()}
    people = names_of_people(journal) if selection.replace_names else ()
    replacing = Replacing(people, own)
    if not replacing:
        return packet
    written = replace(selection, talk=replacing.everywhere(selection.talk), passages=_replaced(selection, replacing))
    changed = replacing.everywhere(replace(packet, selection=Selection()), stop)
    return replace(changed, selection=written)


def _replaced(selection: Selection, replacing: Replacing) -> tuple[Passage, ...]:
    return tuple(Passage(one.entry_id, replacing.text(one.quote)) for one in selection.passages)
