"""A packet as Integrate's own JSON: the records are made of the packet's values and of nothing else.

So whatever the packet leaves out or replaces (answers to single items, readings, names, the words around a passage) is
in no record either. Where a packet does not know when something was last changed, the record has the time it was made.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from integrate.domain.check_ins import CheckIn
from integrate.domain.entry import AttachmentInfo
from integrate.domain.logs import EffectLog
from integrate.domain.measures import Definition, Measure
from integrate.domain.moments import Moment
from integrate.domain.practices import Said
from integrate.domain.record_kinds import RECORD_KINDS
from integrate.domain.records import Record, check_record, from_instant, from_quarters, to_quarters
from integrate.domain.sessions import Line, Session
from integrate.domain.threads import Insight, Link, Practice, Station, Thread
from integrate.formats.journal_json import DocumentHead, encode_document
from integrate.journal.copying import id_of_link, id_of_reply
from integrate.journal.opening import Journal
from integrate.journal.shareable import shareable_attachment
from integrate.sharing.packet import Packet, PacketEntry, PacketPractice, PacketResponse

_PART: Final = 256 * 1024  # bytes of an attachment in one record


def json_of(journal: Journal, packet: Packet) -> Iterator[bytes]:
    """The document, in pieces. ``journal`` gives the bytes of what is attached to chosen entries.

    Raises:
        EntryMissing: an attachment may not be shared any more.
        RecordDamaged, DatabaseDamaged.
    """
    yield from encode_document(DocumentHead(packet.program, packet.made, False), _records(journal, packet))


def _records(journal: Journal, packet: Packet) -> Iterator[Record]:
    """Every record of a packet, in the order of a document."""
    made = packet.made.instant
    for (measure_id, version), definition in packet.definitions.items():
        yield _record("measure_version", **_definition(measure_id, version, definition, made))
    for one in packet.measures:
        if (one.measure.id, one.measure.version) in packet.definitions:
            yield _record("measure", **_measure(one.measure, made))
    yield from (_record("session", **_session(one.session)) for one in packet.sessions)
    yield from (_record("session_line", **_line(line)) for line in _lines(packet))
    yield from (_record("moment", **_moment(moment)) for moment in _moments(packet))
    for held in packet.sessions:
        if held.effects is not None:
            yield _record("log", **_effects(held.session, held.effects, packet))
    whole = [entry for entry in packet.entries if not entry.passages]
    yield from (_record("entry", **_entry(entry)) for entry in whole)
    for entry in whole:
        for attachment in entry.attachments:
            yield from _attachment(journal, attachment)
    yield from _threads(packet)
    yield from (_record("check_in", **_check_in(check_in)) for check_in in packet.check_ins)
    yield from _responses(packet)
    for entry in packet.entries:
        for number, text in enumerate(entry.passages):
            at = entry.summary.at
            yield _record(
                "passage", entry_id=str(entry.summary.id), number=number, at=from_instant(at.instant), zone=at.zone,
                text=text,
            )  # fmt: skip


def _record(kind_: str, /, **fields: Any) -> Record:
    """A record with its fields in the order of its kind.

    Raises:
        AssertionError: something never shared stands in the packet, which cannot be; then there is no file.
    """
    if fields.get("never_share"):
        raise AssertionError("something never shared stands in a packet")
    kind = RECORD_KINDS[kind_]
    ordered = {field.name: fields[field.name] for field in kind.fields}
    check_record(kind, ordered)
    return Record(kind_, ordered)


def _at(instant: datetime | None) -> str | None:
    return None if instant is None else from_instant(instant)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _id(found: UUID | None) -> str | None:
    return None if found is None else str(found)


def _definition(measure_id: UUID, version: int, one: Definition, made: datetime) -> dict[str, Any]:
    return {
        "measure_id": str(measure_id), "version": version, "revision": 1, "kind": str(one.kind), "name": one.name,
        "low": one.low, "high": one.high, "lowest": one.lowest, "highest": one.highest, "step": one.step,
        "direction": str(one.direction), "unit": one.unit, "written": from_instant(made),
    }  # fmt: skip


def _measure(one: Measure, made: datetime) -> dict[str, Any]:
    return {
        "id": str(one.id), "revision": one.revision, "key": one.key or None, "version": one.version,
        "place": one.place, "in_use": one.in_use, "how_often": str(one.how_often), "words": list(one.words),
        "updated": from_instant(made), "deleted": None,
    }  # fmt: skip


def _session(one: Session) -> dict[str, Any]:
    draft, at, began, end = one.draft, one.draft.at, one.draft.started, one.draft.ended
    return {
        "id": str(one.id), "revision": one.revision, "course": one.ref.course, "number": one.ref.number,
        "state": str(draft.state), "day": _day(draft.day), "at_minute": at and at.hour * 60 + at.minute,
        "zone": draft.zone, "started": began and from_instant(began.instant), "started_zone": began and began.zone,
        "ended": end and from_instant(end.instant), "ended_zone": end and end.zone,
        "setting": draft.setting and str(draft.setting),
        "route": draft.route and str(draft.route), "dose": draft.dose, "present": draft.present,
        "by_video": draft.by_video, "created": from_instant(one.created), "updated": from_instant(one.updated),
        "deleted": None,
    }  # fmt: skip


def _lines(packet: Packet) -> Iterable[Line]:
    """Every line of the packet once, also those that only a thread has, where their session is in it."""
    there = {one.session.id for one in packet.sessions}
    every = [*(line for one in packet.sessions for line in one.lines)]
    every += (line for thread in packet.threads for line in thread.intentions if line.session_id in there)
    return {line.id: line for line in every}.values()


def _moments(packet: Packet) -> Iterable[Moment]:
    there = {one.session.id for one in packet.sessions}
    every = [*(moment for one in packet.sessions for moment in one.moments)]
    every += (moment for thread in packet.threads for moment in thread.moments if moment.session_id in there)
    return {moment.id: moment for moment in every}.values()


def _line(one: Line) -> dict[str, Any]:
    return {
        "id": str(one.id), "revision": 1, "session_id": str(one.session_id), "kind": str(one.kind),
        "place": one.place, "text": one.text, "written": from_instant(one.written), "done": one.done,
        "answer": one.answer, "answered": _at(one.answered), "never_share": one.never_share, "deleted": None,
    }  # fmt: skip


def _moment(one: Moment) -> dict[str, Any]:
    mark = one.mark
    return {
        "id": str(one.id), "revision": one.revision, "session_id": str(one.session_id), "kind": str(mark.kind),
        "at": from_instant(mark.at.instant), "zone": mark.at.zone, "marked_by": str(mark.by), "words": mark.words,
        "pulse": mark.pulse, "systolic": mark.systolic, "diastolic": mark.diastolic, "effect": mark.effect,
        "strength": mark.strength and str(mark.strength), "in_room": one.in_room, "after_restart": one.after_restart,
        "never_share": one.never_share, "created": from_instant(one.created), "deleted": None,
    }  # fmt: skip


def _effects(session: Session, log: EffectLog, packet: Packet) -> dict[str, Any]:
    about = session.draft.started or packet.made
    lines = [
        {
            "effect": line.effect, "strength": str(line.strength), "began": _clock(line.began),
            "ended": _clock(line.ended), "told": line.told, "reading": line.reading,
        }
        for line in log.lines
    ]  # fmt: skip
    return {
        "id": str(UUID(bytes=hashlib.sha256(b"side effects of " + session.id.bytes).digest()[:16])), "revision": 1,
        "kind": "effects", "session_id": str(session.id), "about": from_instant(about.instant), "zone": about.zone,
        "written": from_instant(packet.made.instant), "written_zone": packet.made.zone,
        "content": {"lines": lines, "note": log.note}, "updated": from_instant(packet.made.instant), "deleted": None,
    }  # fmt: skip


def _clock(at: time | None) -> str | None:
    return None if at is None else at.isoformat()


def _entry(entry: PacketEntry) -> dict[str, Any]:
    one = entry.summary
    return {
        "id": str(one.id), "revision": one.revision, "at": from_instant(one.at.instant), "zone": one.at.zone,
        "phase": str(one.phase), "course": one.session and one.session.course,
        "session": one.session and one.session.number, "prompt_id": one.prompt_id, "title": one.title,
        "body": entry.body, "tags": list(one.tags), "never_share": one.never_share, "mood_then": one.mood_then,
        "created": from_instant(one.created), "updated": from_instant(one.updated), "deleted": None,
    }  # fmt: skip


def _attachment(journal: Journal, one: AttachmentInfo) -> Iterator[Record]:
    yield _record(
        "attachment", id=str(one.id), entry_id=str(one.entry_id), name=one.name, media_type=one.media_type,
        size=one.size, sha256=one.sha256.hex(), created=from_instant(one.created),
    )  # fmt: skip
    number, rest = 0, b""
    for piece in shareable_attachment(journal, one.id):
        rest += piece
        while len(rest) >= _PART:
            yield _part(one.id, number, rest[:_PART])
            number, rest = number + 1, rest[_PART:]
    if rest:
        yield _part(one.id, number, rest)


def _part(attachment_id: UUID, number: int, data: bytes) -> Record:
    return _record(
        "attachment_part", attachment_id=str(attachment_id), number=number, data=b64encode(data).decode("ascii")
    )


def _threads(packet: Packet) -> Iterator[Record]:
    """Threads, insights and practices, each once wherever it stands in the packet, and what hangs where."""
    insights = {one.id: one for one in packet.insights}
    practices = {one.practice.id: one for one in packet.practices}
    lines = {line.id for line in _lines(packet)}
    moments = {moment.id for moment in _moments(packet)}
    links: list[Link] = []
    for thread in packet.threads:
        insights |= {one.id: one for one in thread.insights}
        practices |= {one.practice.id: one for one in thread.practices}
        stations = (
            (Station.INTENTION, [line.id for line in thread.intentions if line.id in lines]),
            (Station.MET, [moment.id for moment in thread.moments if moment.id in moments]),
            (Station.INSIGHT, [one.id for one in thread.insights]),
            (Station.PRACTICE, [one.practice.id for one in thread.practices]),
        )
        links += (Link(thread.thread.id, station, found) for station, ids in stations for found in ids)
        yield _record("thread", **_thread(thread.thread))
    yield from (_record("insight", **_insight(one)) for one in insights.values())
    yield from (_record("practice", **_practice(one.practice)) for one in practices.values())
    for one in practices.values():
        yield from _replies(one)
    for link in links:
        yield _record(
            "thread_link", id=str(id_of_link(link)), revision=1, thread_id=str(link.thread_id),
            station=str(link.station), item_id=str(link.item_id),
        )  # fmt: skip


def _thread(one: Thread) -> dict[str, Any]:
    created = from_instant(one.created)
    return {
        "id": str(one.id), "revision": one.revision, "name": one.name, "state": str(one.state), "created": created,
        "updated": created, "deleted": None,
    }  # fmt: skip


def _insight(one: Insight) -> dict[str, Any]:
    written, source = from_instant(one.written), one.source
    return {
        "id": str(one.id), "revision": one.revision, "text": one.text, "course": one.session and one.session.course,
        "session": one.session and one.session.number, "quote": source.quote, "entry_id": _id(source.entry_id),
        "entry_revision": source.revision, "moment_id": _id(source.moment_id), "written": written,
        "never_share": one.never_share, "updated": written, "deleted": None,
    }  # fmt: skip


def _practice(one: Practice) -> dict[str, Any]:
    cadence, written = one.cadence, from_instant(one.written)
    return {
        "id": str(one.id), "revision": one.revision, "text": one.text,
        "cadence": {"days": cadence.days, "kind": str(cadence.kind), "weekdays": sorted(cadence.weekdays)},
        "since": one.since.isoformat(), "state": str(one.state), "insight_id": _id(one.insight_id), "written": written,
        "asked": _day(one.asked), "never_share": one.never_share, "updated": written, "deleted": None,
    }  # fmt: skip


def _replies(one: PacketPractice) -> Iterator[Record]:
    said: dict[UUID, Said] = {id_of_reply(one.practice.id, reply): reply for reply in one.said}
    for reply_id, reply in said.items():
        yield _record(
            "practice_reply", id=str(reply_id), revision=1, practice_id=str(one.practice.id),
            day=reply.day.isoformat(), reply=str(reply.reply), said=from_instant(one.practice.written),
        )  # fmt: skip


def _check_in(one: CheckIn) -> dict[str, Any]:
    draft = one.draft
    answers = [
        {"measure": str(answer.measure_id), "version": answer.version, "value": _value(answer.value, answer.words)}
        for answer in draft.answers
    ]
    return {
        "id": str(one.id), "revision": one.revision, "about": from_instant(draft.about.instant),
        "zone": draft.about.zone, "written": from_instant(one.written.instant), "written_zone": one.written.zone,
        "answers": answers, "note": draft.note, "never_share": draft.never_share, "updated": from_instant(one.updated),
        "deleted": None,
    }  # fmt: skip


def _value(value: float | None, words: tuple[str, ...]) -> float | list[str] | None:
    if words:
        return list(words)
    return None if value is None else from_quarters(to_quarters(value))


def _responses(packet: Packet) -> Iterator[Record]:
    """Responses with the text they were asked in, or, where single answers are not shared, their totals alone."""
    every = [one for form in packet.forms for one in form.responses]
    with_answers = [one for one in every if one.response.draft.answers]
    asked = {form.questionnaire.digest: form.questionnaire.text for form in packet.forms}
    for digest in dict.fromkeys(one.response.draft.digest for one in with_answers):
        if digest in asked:
            yield _record("questionnaire_text", sha256=digest.hex(), revision=1, text=asked[digest])
    yield from (_record("response", **_response(one)) for one in with_answers)
    yield from (_record("response_total", **_total(one)) for one in every if not one.response.draft.answers)


def _response(one: PacketResponse) -> dict[str, Any]:
    response, draft = one.response, one.response.draft
    return {
        "id": str(response.id), "revision": response.revision, "questionnaire": draft.questionnaire,
        "version": draft.version, "sha256": draft.digest.hex(), "status": str(response.kept_status),
        "about": from_instant(draft.about.instant), "zone": draft.about.zone,
        "begun": from_instant(response.begun.instant), "begun_zone": response.begun.zone,
        "finished": _at(response.finished), "answers": dict(sorted(draft.answers.items())),
        "updated": from_instant(response.updated), "deleted": None,
    }  # fmt: skip


def _total(one: PacketResponse) -> dict[str, Any]:
    draft, score = one.response.draft, one.score
    return {
        "response_id": str(one.response.id), "questionnaire": draft.questionnaire, "version": draft.version,
        "sha256": draft.digest.hex(), "about": from_instant(draft.about.instant), "zone": draft.about.zone,
        "total": score.total, "answered": score.answered, "of": score.of,
    }  # fmt: skip
