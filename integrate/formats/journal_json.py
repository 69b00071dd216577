"""Integrate's own JSON: one document with everything of a journal, or with what a packet holds.

One line for each record, in a fixed order of kinds and fields, so that equal journals give equal bytes. Both ways work
record by record: a copy of two gigabytes needs no more memory than its longest record. What it means is explained in
``docs/journal-json.md``; its schema in ``docs/schema`` is generated from the same declarations.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from integrate.domain.record_kinds import IN_PACKETS_ONLY, RECORD_KINDS
from integrate.domain.records import Record, RecordError, RecordKind, check_record, from_instant, to_instant
from integrate.domain.times import ZonedTime
from integrate.errors import CutShort, NewerFile, NotUnderstood, RecordUnclear

FORMAT: Final = "integrate-journal"
VERSION: Final = 1

LONGEST_RECORD: Final = 64 * 1024 * 1024
"""Characters of one record at most: an entry of millions of words is shorter, and nothing else is as long."""

_PIECE: Final = 1024 * 1024  # bytes read at once
_GATHERED: Final = 256 * 1024  # characters written at once
_BLANK: Final = " \t\n\r"
_LONGEST_NAME: Final = 1000

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """What a document says of itself: ``whole`` is a person's own full copy, otherwise it is a packet."""

    program: str
    made: ZonedTime
    whole: bool


def encode_document(head: DocumentHead, records: Iterable[Record]) -> Iterator[bytes]:
    """The document, in pieces. ``records`` come in the order of their kinds.

    Raises:
        ValueError: a record is out of its order, or of a kind that belongs in no document of this sort.
    """
    made = {"at": from_instant(head.made.instant), "zone": head.made.zone}
    says = {"format": FORMAT, "version": VERSION, "program": head.program, "made": made, "whole": head.whole}
    gathered = [_encode(says)[:-1], ',"records":[']
    length, rank, before = 0, 0, "\n"
    for record in records:
        kind = RECORD_KINDS[record.kind]
        if kind.rank < rank:
            raise ValueError("a record is out of its order")
        if record.kind in IN_PACKETS_ONLY if head.whole else not kind.in_packets:
            raise ValueError("a record that belongs in no such document")
        rank = kind.rank
        line = before + _encode({"record": record.kind, **record.fields})
        before = ",\n"
        gathered.append(line)
        length += len(line)
        if length >= _GATHERED:
            yield "".join(gathered).encode("utf-8")
            gathered, length = [], 0
    gathered.append("\n]}\n")
    yield "".join(gathered).encode("utf-8")


class DocumentReader:
    """A document, read as its records are asked for. ``stream`` is at its beginning; ``name`` is how errors call it.

    Raises:
        NotUnderstood: it is no such document, or cut short, or a record in it is not as it should be.
        NewerFile: a newer version of the program wrote it.
        OSError: what reading the stream raises.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._text = _Text(stream, name)
        self._name = name
        self.head = self._read_head()

    def records(self) -> Iterator[Record]:
        """The records, each checked against the declaration of its kind; to be gone through once."""
        text, seen, rank, number = self._text, set[tuple[str, ...]](), 0, 0
        if not text.skip("]"):
            while True:
                number += 1
                fields = text.value(number)
                kind = self._kind_of(fields, number)
                try:
                    check_record(kind, fields)
                except RecordError as error:
                    raise self._unclear(number, kind.name, error.field) from None
                key = (kind.name, *(str(fields[name]) for name in kind.key))
                if kind.rank < rank or key in seen:
                    raise self._unclear(number, kind.name, "" if kind.rank < rank else kind.key[-1])
                rank = kind.rank
                seen.add(key)
                yield Record(kind.name, fields)
                if text.skip("]"):
                    break
                text.need(",")
        text.need("}")
        text.end()

    def _read_head(self) -> DocumentHead:
        says: dict[str, Any] = {}
        text = self._text
        text.need("{")
        while True:
            name = text.value(0)
            text.need(":")
            if name == "records":
                break
            if not isinstance(name, str) or name in says or len(says) > len(_HEAD):
                raise NotUnderstood(file=self._name)
            says[name] = text.value(0)
            if name == "format" and says[name] != FORMAT:
                raise NotUnderstood(file=self._name)
            text.need(",")
        if says.get("format") != FORMAT or says.get("version").__class__ is not int or says["version"] < 1:
            raise NotUnderstood(file=self._name)
        if says["version"] > VERSION:
            raise NewerFile(file=self._name)
        text.need("[")
        try:
            return _head_of(says)
        except (ValueError, TypeError, KeyError):
            raise NotUnderstood(file=self._name) from None

    def _kind_of(self, fields: Any, number: int) -> RecordKind:
        """The kind of a record, which is taken out of its fields."""
        name = fields.pop("record", None) if isinstance(fields, dict) else None
        if not isinstance(name, str) or name not in RECORD_KINDS:
            raise self._unclear(number, "", "")
        return RECORD_KINDS[name]

    def _unclear(self, number: int, kind: str, field: str) -> RecordUnclear:
        return RecordUnclear(file=self._name, number=number, kind=".".join(filter(None, (kind, field))) or "?")


class _Text:
    """The text of a document, decoded as it is needed."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("strict")
        self._json = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_named_once)
        self._buffer, self._at, self._ended = "", 0, False

    def value(self, number: int) -> Any:
        """The next value; ``number`` is that of the record it is, 0 in the head."""
        self._next()
        while True:
            try:
                value, end = self._json.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError:
                if self._ended:
                    raise CutShort(file=self._name) if self._is_open() else self._unclear(number) from None
                if len(self._buffer) - self._at > (LONGEST_RECORD if number else _LONGEST_NAME + _PIECE):
                    raise self._unclear(number) from None
                self._more()
            except (ValueError, RecursionError):  # a number that is none, or a value inside values without end
                raise self._unclear(number) from None
            else:
                if end == len(self._buffer) and not self._ended and not isinstance(value, dict | list | str):
                    self._more()  # a number may go on
                    continue
                self._at = end
                return value

    def skip(self, mark: str) -> bool:
        """Whether ``mark`` comes next; then it is passed."""
        if self._next() != mark:
            return False
        self._at += 1
        return True

    def need(self, mark: str) -> None:
        """Pass ``mark``, which has to come next."""
        found = self._next()
        if found != mark:
            raise NotUnderstood(file=self._name) if found else CutShort(file=self._name)
        self._at += 1

    def end(self) -> None:
        """Nothing may come any more."""
        if self._next():
            raise NotUnderstood(file=self._name)

    def _next(self) -> str:
        """The next character that is not blank, "" at the end."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if self._ended:
                return ""
            self._more()

    def _more(self) -> None:
        """Take in as much again as is still unread: a long record is tried a few times, not once for each piece."""
        rest = self._buffer[self._at :]
        data = self._stream.read(max(_PIECE, len(rest)))
        try:
            self._buffer, self._at = rest + self._decoder.decode(data, final=not data), 0
        except UnicodeDecodeError:
            raise NotUnderstood(file=self._name) from None
        self._ended = not data

    def _is_open(self) -> bool:
        """At the end of the file: whether what is left could be the beginning of a record."""
        return not self._buffer.rstrip().endswith("}")

    def _unclear(self, number: int) -> NotUnderstood:
        return RecordUnclear(file=self._name, number=number, kind="?") if number else NotUnderstood(file=self._name)


_HEAD: Final = ("format", "version", "program", "made", "whole")


def _head_of(says: Mapping[str, Any]) -> DocumentHead:
    made, program, whole = says["made"], says["program"], says["whole"]
    if set(says) != set(_HEAD) or set(made) != {"at", "zone"} or whole not in (True, False):
        raise ValueError("not the head of a document")
    if not isinstance(program, str) or not isinstance(made["zone"], str):
        raise TypeError("no text")
    return DocumentHead(program, ZonedTime(to_instant(made["at"]), made["zone"]), whole is True)


def _no_constant(_name: str) -> Any:
    raise ValueError("no number")


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; one that says two things under one name says nothing that could be kept."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name twice")
    return found
