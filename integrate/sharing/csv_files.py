"""A packet as tables for spreadsheets: one CSV file for each kind of thing, and a page that tells what is in them.

The files are UTF-8 with a mark at the start: without it the most common spreadsheet takes them for another encoding.
Headings are the same in every language, so that what reads the files by program goes on working.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from integrate.domain.check_ins import Answer, CheckIn
from integrate.domain.entry import SessionRef
from integrate.domain.listing import Stop
from integrate.domain.measures import Definition, MeasureKind
from integrate.domain.moments import MomentKind
from integrate.domain.responses import DECLINED
from integrate.domain.scoring import asked_items
from integrate.domain.sharing import Section
from integrate.domain.times import ZonedTime
from integrate.domain.trends.csv_text import csv_lines
from integrate.domain.trends.tables import Cell
from integrate.i18n import N_, _
from integrate.sharing.files import OutFile
from integrate.sharing.packet import Packet, PacketEntry, PacketSession
from integrate.sharing.telling_files import about_lines, asked_in, insights_of, lines_of, moments_of, practices_of

Rows = Iterator[tuple[Cell, ...]]

ENTRIES: Final = (
    "entry_id", "day", "at", "zone", "phase", "session", "part", "title", "body", "tags", "mood_then", "prompt",
    "attachments", "words", "created", "updated",
)  # fmt: skip
CHECK_INS: Final = (
    "check_in_id", "day", "at", "zone", "written", "measure", "measure_id", "version", "asked", "value", "words",
    "unit", "note",
)  # fmt: skip
QUESTIONNAIRES: Final = (
    "response_id", "questionnaire", "key", "version", "day", "at", "zone", "finished", "total", "lowest", "highest",
    "answered", "of",
)  # fmt: skip
ITEMS: Final = (
    "response_id", "questionnaire", "day", "link_id", "item", "asked", "declined", "answer", "value", "code",
)  # fmt: skip
MOMENTS: Final = (
    "moment_id", "session", "day", "at", "zone", "kind", "by", "words", "pulse", "systolic", "diastolic", "effect",
    "strength", "in_room",
)  # fmt: skip
SESSIONS: Final = (
    "session_id", "session", "state", "day", "planned_at", "zone", "started", "ended", "setting", "route", "dose",
    "present", "by_video",
)  # fmt: skip
EFFECTS: Final = ("session", "day", "effect", "strength", "began", "ended", "told", "reading", "note")
LINES: Final = ("line_id", "session", "kind", "place", "text", "done", "answer", "written")
INSIGHTS: Final = ("insight_id", "session", "text", "quote", "written")
PRACTICES: Final = ("practice_id", "insight_id", "text", "since", "state", "how_often", "said_day", "said")
MEASURES: Final = (
    "measure_id", "version", "name", "kind", "lowest", "highest", "lowest_means", "highest_means", "step", "unit",
    "direction",
)  # fmt: skip

_MARK: Final = "\ufeff"
_AT_ONCE: Final = 64 * 1024  # characters of a file in one piece
_HOW_TO_READ: Final = (
    N_("Each file is a table with commas between the cells. A cell without anything in it is empty, never 0."),
    N_(
        "In check-ins.csv each answer has a line. “asked” says whether the measure was asked for; where it was and "
        "the value is empty, it was not answered."
    ),
    N_("A session is written as course and number, such as 1.4. Times carry their offset from UTC."),
    N_("A text that a spreadsheet could take for a formula begins with an apostrophe, which is not part of it."),
)


def csv_files(packet: Packet, *, stop: Stop | None = None) -> Iterator[OutFile]:
    """The files. Those of entries, check-ins, questionnaires, moments, sessions and measures are always there.

    Their bytes are made when they are asked for, and raise Stopped once ``stop`` was set.
    """
    stop = stop or Stop()

    def table(name: str, headings: Sequence[str], rows: Rows) -> OutFile:
        return OutFile((name,), _encoded(headings, rows, stop))

    yield table("entries.csv", ENTRIES, _entries(packet))
    yield table("check-ins.csv", CHECK_INS, _check_ins(packet))
    yield table("questionnaires.csv", QUESTIONNAIRES, _questionnaires(packet))
    if any(one.response.draft.answers for form in packet.forms for one in form.responses):
        yield table("questionnaire-items.csv", ITEMS, _items(packet))
    yield table("moments.csv", MOMENTS, _moments(packet))
    yield table("sessions.csv", SESSIONS, _sessions(packet))
    yield table("measures.csv", MEASURES, _measures(packet))
    if any(one.effects is not None for one in packet.sessions):
        yield table("side-effects.csv", EFFECTS, _effects(packet))
    if any(lines_of(packet)):
        yield table("session-lines.csv", LINES, _lines(packet))
    if insights_of(packet):
        yield table("insights.csv", INSIGHTS, _insights(packet))
    if practices_of(packet):
        yield table("practices.csv", PRACTICES, _practices(packet))
    about = (*about_lines(packet), *(_(line) for line in _HOW_TO_READ))
    yield OutFile(("about.txt",), ("\r\n".join((*about, "")).encode("utf-8-sig"),))


def _encoded(headings: Sequence[str], rows: Rows, stop: Stop) -> Iterator[bytes]:
    waiting = [_MARK, *csv_lines((headings,))]
    size = 0
    for line in csv_lines(rows):
        stop.check()
        waiting.append(line)
        size += len(line)
        if size >= _AT_ONCE:
            yield "".join(waiting).encode("utf-8")
            waiting, size = [], 0
    yield "".join(waiting).encode("utf-8")


def _session(ref: SessionRef | None) -> str:
    return "" if ref is None else f"{ref.course}.{ref.number}"


def _time(moment: ZonedTime | None) -> str:
    return "" if moment is None else moment.iso()


def _or_empty(number: float | None) -> Cell:
    return "" if number is None else number


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _entries(packet: Packet) -> Rows:
    for entry in packet.entries:
        if entry.passages:
            for text in entry.passages:
                yield _entry(entry, "passage", text)
        else:
            yield _entry(entry, "whole", entry.body)


def _entry(entry: PacketEntry, part: str, body: str) -> tuple[Cell, ...]:
    one = entry.summary
    return (
        str(one.id), one.at.local_date().isoformat(), one.at.iso(), one.at.zone, one.phase.value,
        _session(one.session), part, one.title, body, ", ".join(one.tags), _or_empty(one.mood_then), entry.prompt,
        ", ".join(media.name for media in entry.attachments), one.words if part == "whole" else "",
        one.created.isoformat(), one.updated.isoformat(),
    )  # fmt: skip


def _check_ins(packet: Packet) -> Rows:
    for check_in in packet.check_ins:
        note = check_in.draft.note
        for answer in check_in.draft.answers:
            yield (*_of_check_in(check_in), *_answer(packet.definitions, answer), note)
            note = ""  # once is enough
        if note:
            yield (*_of_check_in(check_in), "", "", "", "no", "", "", "", note)


def _of_check_in(one: CheckIn) -> tuple[Cell, ...]:
    about = one.draft.about
    return str(one.id), one.day.isoformat(), about.iso(), about.zone, one.written.iso()


def _answer(known: Mapping[tuple[UUID, int], Definition], one: Answer) -> tuple[Cell, ...]:
    meant = known.get((one.measure_id, one.version))
    name, unit = ("", "") if meant is None else (meant.name, meant.unit)
    return name, str(one.measure_id), one.version, "yes", _or_empty(one.value), ", ".join(one.words), unit


def _questionnaires(packet: Packet) -> Rows:
    for form in packet.forms:
        asked = form.questionnaire
        for one in form.responses:
            response, about = one.response, one.response.draft.about
            yield (
                str(response.id), asked.title, asked.key, response.draft.version, response.day.isoformat(),
                about.iso(), about.zone, "" if response.finished is None else response.finished.isoformat(),
                _or_empty(one.score.total), *asked.total_range, one.score.answered, one.score.of,
            )  # fmt: skip


def _items(packet: Packet) -> Rows:
    for form in packet.forms:
        for one in form.responses:
            answers, wording = one.response.draft.answers, asked_in(form, one)
            asked = {item.link_id for item in asked_items(wording, answers)}
            for item in wording.items if answers else ():
                code = answers.get(item.link_id)
                option = item.option(code)
                yield (
                    str(one.response.id), wording.title, one.response.day.isoformat(), item.link_id,
                    item.text, _yes(item.link_id in asked), _yes(code == DECLINED),
                    "" if option is None else option.text, "" if option is None else _or_empty(option.ordinal),
                    "" if option is None else option.code,
                )  # fmt: skip


def _moments(packet: Packet) -> Rows:
    for ref, moment in moments_of(packet):
        mark = moment.mark
        has_effect = mark.kind is MomentKind.EFFECT
        yield (
            str(moment.id), _session(ref), mark.at.local_date().isoformat(), mark.at.iso(), mark.at.zone,
            mark.kind.value, mark.by.value, mark.words, _or_empty(mark.pulse), _or_empty(mark.systolic),
            _or_empty(mark.diastolic), mark.effect if has_effect else "",
            mark.strength.value if has_effect and mark.strength is not None else "", _yes(moment.in_room),
        )  # fmt: skip


def _sessions(packet: Packet) -> Rows:
    tells = Section.SESSIONS in packet.selection.sections
    for one in packet.sessions:
        draft, known = one.session.draft, one.session
        yield (
            str(known.id), _session(known.ref), known.state.value, "" if known.day is None else known.day.isoformat(),
            "" if draft.at is None else draft.at.isoformat("minutes"), draft.zone, _time(draft.started),
            _time(draft.ended), "" if draft.setting is None else draft.setting.value,
            "" if draft.route is None else draft.route.value, draft.dose, draft.present,
            _yes(draft.by_video) if tells else "",
        )  # fmt: skip


def _effects(packet: Packet) -> Rows:
    for one in packet.sessions:
        if one.effects is None:
            continue
        place = (_session(one.session.ref), _day_of(one))
        for line in one.effects.lines:
            began, ended = ("" if at is None else at.isoformat("minutes") for at in (line.began, line.ended))
            yield (*place, line.effect, line.strength.value, began, ended, line.told, line.reading, "")
        if one.effects.note or not one.effects.lines:
            yield (*place, "", "", "", "", "", "", one.effects.note)


def _day_of(one: PacketSession) -> str:
    return "" if one.session.day is None else one.session.day.isoformat()


def _lines(packet: Packet) -> Rows:
    for ref, line in lines_of(packet):
        yield (
            str(line.id), _session(ref), line.kind.value, line.place, line.text, _yes(line.done), line.answer,
            line.written.isoformat(),
        )  # fmt: skip


def _insights(packet: Packet) -> Rows:
    for one in insights_of(packet):
        yield str(one.id), _session(one.session), one.text, one.source.quote, one.written.isoformat()


def _practices(packet: Packet) -> Rows:
    for one in practices_of(packet):
        practice = one.practice
        whole = (
            str(practice.id), "" if practice.insight_id is None else str(practice.insight_id), practice.text,
            practice.since.isoformat(), practice.state.value, practice.cadence.kind.value,
        )  # fmt: skip
        for said in one.said:
            yield (*whole, said.day.isoformat(), said.reply.value)
        if not one.said:
            yield (*whole, "", "")


def _measures(packet: Packet) -> Rows:
    for (measure_id, version), one in _sorted(packet.definitions):
        is_number = one.kind is not MeasureKind.WORDS
        spans: Iterable[Cell] = one.spans if is_number else ("", "")
        yield (
            str(measure_id), version, one.name, one.kind.value, *spans, one.low, one.high,
            one.step if is_number else "", one.unit, one.direction.value,
        )  # fmt: skip


def _sorted(known: Mapping[tuple[UUID, int], Definition]) -> list[tuple[tuple[UUID, int], Definition]]:
    return sorted(dict(known).items(), key=lambda pair: (pair[0][0].bytes, pair[0][1]))
