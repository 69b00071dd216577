"""Everything in Recently deleted, of whatever kind: one list, one way back, one way out for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final, TypeAlias
from uuid import UUID

from integrate.domain.check_ins import Answer, CheckIn
from integrate.domain.entry import Changes, EntrySummary, SessionRef, Unreadable
from integrate.domain.logs import ALL_EFFECTS, EffectLog, Log, SlowLog
from integrate.domain.measures import Definition, Measure
from integrate.domain.moments import STRENGTH_WORDS, Mark, Moment, MomentKind, Strength
from integrate.domain.responses import Response
from integrate.domain.sessions import Session
from integrate.domain.threads import Insight, Letter, Practice, Thread
from integrate.domain.times import ZonedTime
from integrate.i18n import _
from integrate.journal.check_ins import deleted_check_ins, purge_check_in, restore_check_in
from integrate.journal.deleting import purge_entry, recently_deleted, undelete_entry
from integrate.journal.insights import deleted_insights, purge_insight, restore_insight
from integrate.journal.letters import ClosedLetter, deleted_letters, purge_letter, restore_letter
from integrate.journal.logs import deleted_logs, purge_log, restore_log
from integrate.journal.measures import definitions, deleted_measures, purge_measure, restore_measure
from integrate.journal.moments import deleted_moments, purge_moment, restore_moment
from integrate.journal.opening import Journal
from integrate.journal.practices import deleted_practices, purge_practice, restore_practice
from integrate.journal.responses import asked_titles, deleted_responses, purge_response, restore_response
from integrate.journal.sessions import deleted_sessions, purge_session, restore_session
from integrate.journal.threads import deleted_threads, purge_thread, restore_thread

LONGEST_NAME: Final = 200
"""Characters of a name: a list needs the beginning, and an insight may be as long as a book."""

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_Thing: TypeAlias = (
    EntrySummary
    | Session
    | Moment
    | Thread
    | Insight
    | Practice
    | Letter
    | ClosedLetter
    | Response
    | Log
    | CheckIn
    | Measure
)


class DeletedKind(StrEnum):
    """What can be in Recently deleted by itself."""

    ENTRY = "entry"
    SESSION = "session"
    MOMENT = "moment"
    THREAD = "thread"
    INSIGHT = "insight"
    PRACTICE = "practice"
    LETTER = "letter"
    RESPONSE = "response"
    LOG = "log"
    CHECK_IN = "check-in"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class DeletedThing:
    """Something that can be taken back, or, where it is damaged, only deleted for good.

    ``name`` is one line: the beginning of its own words, "" where it has none. That of a letter nobody opened says
    only that it is one. ``when`` is when it was or was written, a day alone where no time is known, None where neither
    is. ``deleted`` is aware, and None of a damaged one, which is named by its kind alone; its ``id`` may be None.
    ``waits`` says that its session is in Recently deleted too: taken back, it is seen again together with that.
    """

    kind: DeletedKind
    id: UUID | None
    name: str = ""
    when: ZonedTime | date | None = None
    deleted: datetime | None = None
    readable: bool = True
    waits: bool = False


def all_deleted(journal: Journal) -> tuple[DeletedThing, ...]:
    """What can still be taken back, of every kind, the last one deleted first.

    What went with its session comes back with it, and is not here. A damaged thing is named, in its place among those
    of its kind: when it was deleted is not known for certain. One that is alone of its kind comes last.

    Raises:
        DatabaseDamaged.
    """
    sessions = deleted_sessions(journal)
    away = frozenset(one.id for one in sessions if one.id is not None)
    around = _Around(away, journal.clock.zone(), asked_titles(journal), definitions(journal))
    found: tuple[tuple[DeletedKind, Iterable[_Thing | Unreadable]], ...] = (
        (DeletedKind.ENTRY, recently_deleted(journal)),
        (DeletedKind.SESSION, sessions),
        (DeletedKind.MOMENT, deleted_moments(journal)),
        (DeletedKind.THREAD, deleted_threads(journal)),
        (DeletedKind.INSIGHT, deleted_insights(journal)),
        (DeletedKind.PRACTICE, deleted_practices(journal)),
        (DeletedKind.LETTER, deleted_letters(journal)),
        (DeletedKind.RESPONSE, deleted_responses(journal)),
        (DeletedKind.LOG, deleted_logs(journal)),
        (DeletedKind.CHECK_IN, deleted_check_ins(journal)),
        (DeletedKind.MEASURE, deleted_measures(journal)),
    )
    placed = [
        one for kind, things in found for one in _placed([_told(kind, thing, around) for thing in things])
    ]  # fmt: skip
    return tuple(thing for _at, thing in sorted(placed, key=lambda one: one[0], reverse=True))


def take_back(journal: Journal, kind: DeletedKind | str, thing_id: UUID) -> Changes:
    """Take something back from Recently deleted, with everything it had. Durable when this returns.

    Raises:
        ValueError: no such kind.
        EntryMissing, WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    match DeletedKind(kind):
        case DeletedKind.ENTRY:
            return undelete_entry(journal, thing_id)
        case DeletedKind.SESSION:
            return restore_session(journal, thing_id).changes
        case DeletedKind.MOMENT:
            return restore_moment(journal, thing_id).changes
        case DeletedKind.THREAD:
            return restore_thread(journal, thing_id).changes
        case DeletedKind.INSIGHT:
            return restore_insight(journal, thing_id).changes
        case DeletedKind.PRACTICE:
            return restore_practice(journal, thing_id).changes
        case DeletedKind.LETTER:
            return restore_letter(journal, thing_id)
        case DeletedKind.RESPONSE:
            return restore_response(journal, thing_id).changes
        case DeletedKind.LOG:
            return restore_log(journal, thing_id).changes
        case DeletedKind.CHECK_IN:
            return restore_check_in(journal, thing_id).changes
        case DeletedKind.MEASURE:
            return restore_measure(journal, thing_id).changes


def purge(journal: Journal, kind: DeletedKind | str, thing_id: UUID) -> Changes:
    """Delete something for good, a damaged one too, as the use case of its kind does. Durable when this returns.

    Raises:
        ValueError: no such kind.
        EntryMissing, WrongUsage: there is none. What any write raises.
    """
    match DeletedKind(kind):
        case DeletedKind.ENTRY:
            return purge_entry(journal, thing_id)
        case DeletedKind.SESSION:
            return purge_session(journal, thing_id)
        case DeletedKind.MOMENT:
            return purge_moment(journal, thing_id)
        case DeletedKind.THREAD:
            return purge_thread(journal, thing_id)
        case DeletedKind.INSIGHT:
            return purge_insight(journal, thing_id)
        case DeletedKind.PRACTICE:
            return purge_practice(journal, thing_id)
        case DeletedKind.LETTER:
            return purge_letter(journal, thing_id)
        case DeletedKind.RESPONSE:
            return purge_response(journal, thing_id)
        case DeletedKind.LOG:
            return purge_log(journal, thing_id)
        case DeletedKind.CHECK_IN:
            return purge_check_in(journal, thing_id)
        case DeletedKind.MEASURE:
            return purge_measure(journal, thing_id)


def _placed(things: list[DeletedThing]) -> Iterator[tuple[datetime, DeletedThing]]:
    """Things of one kind with the instant each is sorted by; a damaged one keeps its place among them."""
    last = next((one.deleted for one in things if one.deleted is not None), _LONG_AGO)
    for one in things:
        last = one.deleted or last
        yield last, one


@dataclass(frozen=True, slots=True)
class _Around:
    """What names need besides the things.

    ``away`` are the sessions that are deleted too, ``titles`` those of questionnaires by their digest, ``definitions``
    those of measures by measure and version.
    """

    away: frozenset[UUID]
    zone: str
    titles: Mapping[bytes, str]
    definitions: Mapping[tuple[UUID, int], Definition]


def _told(kind: DeletedKind, thing: _Thing | Unreadable, around: _Around) -> DeletedThing:
    if isinstance(thing, Unreadable):
        return DeletedThing(kind, thing.id, readable=False)
    name, when = _one_line(_name(thing, around)), _when(thing, around.zone)
    return DeletedThing(kind, thing.id, name, when, thing.deleted, waits=_session_id(thing) in around.away)


def _session_id(thing: _Thing) -> UUID | None:
    """The session a thing is seen with, and only with it."""
    if isinstance(thing, Log):
        return thing.content.session_id if isinstance(thing.content, EffectLog) else None
    return thing.session_id if isinstance(thing, Moment | Letter | ClosedLetter) else None


def _name(thing: _Thing, around: _Around) -> str:
    match thing:
        case EntrySummary():
            return thing.title.strip() or thing.excerpt
        case Session():
            return _session_name(thing.ref)
        case Moment():
            return _mark_name(thing.mark)
        case Thread():
            return thing.name
        case ClosedLetter():
            return _("A letter that was not opened yet")  # sealed or not: nothing of it is told before
        case Response():
            return around.titles.get(thing.draft.digest, thing.draft.questionnaire)
        case Log():
            return _log_name(thing.content)
        case CheckIn():
            return _check_in_name(thing, around.definitions)
        case Measure():
            return thing.name
        case _other:
            return thing.text


def _session_name(ref: SessionRef) -> str:
    if ref.course == 1:
        return _("Session {number}").format(number=ref.number)
    return _("Course {course}, session {number}").format(course=ref.course, number=ref.number)


def _mark_name(mark: Mark) -> str:
    """Its words, else what was measured or felt; "" for a bare mark."""
    if mark.words.strip():
        return mark.words
    parts = []
    if mark.kind is MomentKind.EFFECT and mark.strength is not None:
        parts.append(_effect_name(mark.effect, mark.strength))
    if mark.kind is MomentKind.VITALS and mark.pulse is not None:
        parts.append(_("Pulse {pulse}").format(pulse=mark.pulse))
    if mark.kind is MomentKind.VITALS and mark.systolic is not None:
        # Translators: BP is blood pressure
        parts.append(_("BP {systolic}/{diastolic}").format(systolic=mark.systolic, diastolic=mark.diastolic))
    return " · ".join(parts)


def _log_name(content: EffectLog | SlowLog) -> str:
    """What was felt, else what was noted; "" where there is neither."""
    if isinstance(content, SlowLog) or not content.lines:
        return content.note
    return " · ".join(_effect_name(line.effect, line.strength) for line in content.lines)


def _check_in_name(check_in: CheckIn, known: Mapping[tuple[UUID, int], Definition]) -> str:
    """Its line of words, else what was answered."""
    given = [answer for answer in check_in.draft.answers if answer.is_given]
    return check_in.draft.note.strip() or " · ".join(filter(None, (_answer_name(one, known) for one in given)))


def _answer_name(answer: Answer, known: Mapping[tuple[UUID, int], Definition]) -> str:
    definition = known.get((answer.measure_id, answer.version))
    if definition is None:
        return ""
    value = ", ".join(answer.words) or str(answer.value).removesuffix(".0")
    return _("{measure} {value}").format(measure=definition.name, value=value)


def _effect_name(effect: str, strength: Strength) -> str:
    name = _(ALL_EFFECTS[effect]) if effect in ALL_EFFECTS else effect
    return _("{effect}, {strength}").format(effect=name, strength=_(STRENGTH_WORDS[strength]))


def _when(thing: _Thing, zone: str) -> ZonedTime | date | None:
    match thing:
        case EntrySummary():
            return thing.at
        case Session():
            return thing.draft.started or thing.day
        case Moment():
            return thing.mark.at
        case Thread():
            return ZonedTime(thing.created, zone)
        case Response():
            return thing.draft.about
        case Log():
            return thing.about
        case CheckIn():
            return thing.draft.about
        case Measure():
            return None
        case _other:
            return ZonedTime(thing.written, zone)


def _one_line(text: str) -> str:
    # Cut before and after: what is blank in a book of an insight is not worth going through on the way.
    return " ".join(text.strip()[: 2 * LONGEST_NAME].split())[:LONGEST_NAME].strip()
