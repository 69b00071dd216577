"""The kinds of records, in the order they have in a copy: whatever another refers to comes before it.

A field keeps its name and shape for ever; a new one, or a new kind, means another version of the file format.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from integrate.domain.entry import Phase
from integrate.domain.measures import Direction, HowOften, MeasureKind
from integrate.domain.moments import By, MomentKind, Strength
from integrate.domain.practices import PracticeState, Reply
from integrate.domain.records import Field, RecordKind, Shape
from integrate.domain.responses import ResponseStatus
from integrate.domain.sessions import LineKind, Route, SessionState, Setting
from integrate.domain.sharing import FileKind
from integrate.domain.threads import Station, ThreadState


def _field(name: str, shape: Shape, *, maybe: bool = False) -> Field:
    return Field(name, shape, maybe)


def _id(name: str = "id", *, maybe: bool = False) -> Field:
    return Field(name, Shape.ID, maybe)


def _text(name: str, *, maybe: bool = False) -> Field:
    return Field(name, Shape.TEXT, maybe)


def _one_of(name: str, choices: type[StrEnum], *, maybe: bool = False) -> Field:
    return Field(name, Shape.TEXT, maybe, tuple(map(str, choices)))


def _number(name: str, *, maybe: bool = False) -> Field:
    return Field(name, Shape.NUMBER, maybe)


def _flag(name: str) -> Field:
    return Field(name, Shape.FLAG)


def _at(name: str, *, maybe: bool = False) -> Field:
    return Field(name, Shape.INSTANT, maybe)


def _day(name: str, *, maybe: bool = False) -> Field:
    return Field(name, Shape.DAY, maybe)


def _json(name: str) -> Field:
    return Field(name, Shape.JSON)


_REVISION: Final = _number("revision")
_NEVER_SHARE: Final = _flag("never_share")
_DELETED: Final = _at("deleted", maybe=True)
_UPDATED: Final = _at("updated")
_WRITING: Final = (
    _at("at"), _text("zone"), _one_of("phase", Phase), _number("course", maybe=True), _number("session", maybe=True),
    _text("prompt_id", maybe=True), _text("title"), _text("body"), _json("tags"), _NEVER_SHARE,
    _number("mood_then", maybe=True),
)  # fmt: skip

# (name, the fields that name one, what it is, its fields); a name in OWN_ONLY is in the person's own copy alone.
_DECLARED: Final[tuple[tuple[str, tuple[str, ...], str, tuple[Field, ...]], ...]] = (
    ("setting", ("key",), "Something the person chose. What belongs to one computer alone is not in a copy.", (
        _text("key"), _REVISION, _json("value"), _at("changed"),
    )),
    ("measure_version", ("measure_id", "version"), "What a number of a measure meant under one version of it.", (
        _id("measure_id"), _number("version"), _REVISION, _one_of("kind", MeasureKind), _text("name"), _text("low"),
        _text("high"), _number("lowest"), _number("highest"), _field("step", Shape.QUARTERS),
        _one_of("direction", Direction), _text("unit"), _at("written"),
    )),
    ("measure", ("id",), "A measure as it is asked now; key is the name of one that ships.", (
        _id(), _REVISION, _text("key", maybe=True), _number("version"), _number("place"), _flag("in_use"),
        _one_of("how_often", HowOften), _json("words"), _UPDATED, _DELETED,
    )),
    ("course", ("id",), "A course with its plan, its care team and its checklist.", (
        _id(), _REVISION, _number("number"), _json("plan"), _json("care_team"), _json("checklist"),
        _at("closed", maybe=True), _text("early_signs"), _text("agreed"), _flag("looks_back"), _at("created"), _UPDATED,
    )),
    ("session", ("id",), "A session of a course; at_minute counts from midnight on the clock of its zone.", (
        _id(), _REVISION, _number("course"), _number("number"), _one_of("state", SessionState),
        _day("day", maybe=True), _number("at_minute", maybe=True), _text("zone"), _at("started", maybe=True),
        _text("started_zone", maybe=True), _at("ended", maybe=True), _text("ended_zone", maybe=True),
        _one_of("setting", Setting, maybe=True), _one_of("route", Route, maybe=True), _text("dose"), _text("present"),
        _flag("by_video"), _at("created"), _UPDATED, _DELETED,
    )),
    ("session_line", ("id",), "A line on the page of a session, in its place among those of its kind.", (
        _id(), _REVISION, _id("session_id"), _one_of("kind", LineKind), _number("place"), _text("text"), _at("written"),
        _flag("done"), _text("answer"), _at("answered", maybe=True), _NEVER_SHARE, _DELETED,
    )),
    ("moment", ("id",), "A moment of a session: words, vital signs, or a side effect.", (
        _id(), _REVISION, _id("session_id"), _one_of("kind", MomentKind), _at("at"), _text("zone"),
        _one_of("marked_by", By), _text("words"), _number("pulse", maybe=True), _number("systolic", maybe=True),
        _number("diastolic", maybe=True), _text("effect"), _one_of("strength", Strength, maybe=True), _flag("in_room"),
        _flag("after_restart"), _NEVER_SHARE, _at("created"), _DELETED,
    )),
    ("letter", ("id",), "A letter to the next session.", (
        _id(), _REVISION, _id("session_id"), _text("text"), _at("written"), _at("opened", maybe=True), _NEVER_SHARE,
        _DELETED,
    )),
    ("touch_point", ("id",), "A touch-point that was answered; day counts from the session's own.", (
        _id(), _REVISION, _id("session_id"), _number("day"), _text("answer"), _at("answered"),
    )),
    ("log", ("id",), "Facts: the side effects after a session, or what changes slowly.", (
        _id(), _REVISION, _text("kind"), _id("session_id", maybe=True), _at("about"), _text("zone"), _at("written"),
        _text("written_zone"), _json("content"), _UPDATED, _DELETED,
    )),
    ("entry", ("id",), "A piece of writing; course and session are numbers.", (
        _id(), _REVISION, *_WRITING, _at("created"), _UPDATED, _DELETED,
    )),
    ("revision", ("entry_id", "revision"), "An earlier state of an entry.", (
        _id("entry_id"), _REVISION, _at("saved"), *_WRITING,
    )),
    ("attachment", ("id",), "A photo or file of an entry; its bytes follow in parts.", (
        _id(), _id("entry_id"), _text("name"), _text("media_type"), _number("size"), _field("sha256", Shape.SHA256),
        _at("created"),
    )),
    ("attachment_part", ("attachment_id", "number"), "Some of the bytes of the attachment before it, from 0.", (
        _id("attachment_id"), _number("number"), _field("data", Shape.BYTES),
    )),
    ("thread", ("id",), "A thread by its name.", (
        _id(), _REVISION, _text("name"), _one_of("state", ThreadState), _at("created"), _UPDATED, _DELETED,
    )),
    ("insight", ("id",), "What somebody came to see, with the words it came from.", (
        _id(), _REVISION, _text("text"), _number("course", maybe=True), _number("session", maybe=True), _text("quote"),
        _id("entry_id", maybe=True), _number("entry_revision", maybe=True), _id("moment_id", maybe=True),
        _at("written"), _NEVER_SHARE, _UPDATED, _DELETED,
    )),
    ("practice", ("id",), "A small change in daily life.", (
        _id(), _REVISION, _text("text"), _json("cadence"), _day("since"), _one_of("state", PracticeState),
        _id("insight_id", maybe=True), _at("written"), _day("asked", maybe=True), _NEVER_SHARE, _UPDATED, _DELETED,
    )),
    ("practice_reply", ("id",), "What was said of a practice on a day.", (
        _id(), _REVISION, _id("practice_id"), _day("day"), _one_of("reply", Reply), _at("said"),
    )),
    ("thread_link", ("id",), "One thing at a station of a thread, in the order it was put there.", (
        _id(), _REVISION, _id("thread_id"), _one_of("station", Station), _id("item_id"),
    )),
    ("check_in", ("id",), "A check-in. Each answer names its measure and version; null is “No answer”.", (
        _id(), _REVISION, _at("about"), _text("zone"), _at("written"), _text("written_zone"),
        _field("answers", Shape.ANSWERS), _text("note"), _NEVER_SHARE, _UPDATED, _DELETED,
    )),
    ("questionnaire_text", ("sha256",), "The exact text of a questionnaire that was asked, by its SHA-256.", (
        _field("sha256", Shape.SHA256), _REVISION, _text("text"),
    )),
    ("response", ("id",), "A filled-in questionnaire: the link id of each item, and the code of what was chosen.", (
        _id(), _REVISION, _text("questionnaire"), _text("version"), _field("sha256", Shape.SHA256),
        _one_of("status", ResponseStatus), _at("about"), _text("zone"), _at("begun"), _text("begun_zone"),
        _at("finished", maybe=True), _json("answers"), _UPDATED, _DELETED,
    )),
    ("recipient", ("id",), "Somebody files are saved for, with the phrase that opens them.", (
        _id(), _REVISION, _text("name"), _text("role"), _text("phrase"), _at("phrase_since"), _UPDATED, _DELETED,
    )),
    ("shared_file", ("id",), "A file that was saved for somebody, and what was in it by its ids.", (
        _id(), _REVISION, _at("saved"), _text("zone"), _id("recipient_id", maybe=True), _text("recipient"),
        _one_of("kind", FileKind), _text("file_name"), _number("size"), _field("sha256", Shape.SHA256),
        _flag("protected"), _day("first_day", maybe=True), _day("last_day", maybe=True), _json("sections"),
        _json("sessions"), _json("entries"), _json("responses"), _json("things"), _json("measures_left_out"),
        _flag("item_answers"),
    )),
    ("passage", ("entry_id", "number"), "Some of the words of an entry that is not in the packet, counted from 0.", (
        _id("entry_id"), _number("number"), _at("at"), _text("zone"), _text("text"),
    )),
    ("response_total", ("response_id",), "The total of a questionnaire whose single answers are not in the packet.", (
        _id("response_id"), _text("questionnaire"), _text("version"), _field("sha256", Shape.SHA256), _at("about"),
        _text("zone"), _number("total", maybe=True), _number("answered"), _number("of"),
    )),
)  # fmt: skip

_OWN_ONLY: Final = frozenset({"setting", "revision", "letter", "touch_point", "recipient", "shared_file"})
_WITH_THE_ONE_BEFORE: Final = frozenset({"attachment_part"})

IN_PACKETS_ONLY: Final = frozenset({"passage", "response_total"})
"""Kinds that hold a part of something: they are in no whole copy, and no journal takes them in."""


def _ranked() -> Iterable[RecordKind]:
    rank = 0
    for name, key, about, fields in _DECLARED:
        rank += name not in _WITH_THE_ONE_BEFORE
        yield RecordKind(name, rank, key, fields, about, name not in _OWN_ONLY)


RECORD_KINDS: Final = MappingProxyType({kind.name: kind for kind in _ranked()})
"""Every kind of record by its name, in the order of a copy."""
