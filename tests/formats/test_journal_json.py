"""Integrate's own JSON: what is written is read again, and whatever else comes is a known error."""

from __future__ import annotations

import io
import json
import tracemalloc
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it comes without type information
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.domain.record_kinds import IN_PACKETS_ONLY, RECORD_KINDS
from integrate.domain.records import Field, Record, Shape, check_record, from_instant
from integrate.errors import CutShort, ExitCode, KnownError, NewerFile, NotUnderstood, RecordUnclear
from integrate.formats.journal_json import DocumentReader, encode_document
from integrate.formats.journal_schema import journal_schema
from tests.helpers.copies import HEAD
from tools.journal_schema import NAME, ROOT, schema_text

FIXTURE = Path(__file__).parents[1] / "fixtures" / "journal-1.json"
_WHOLE = [name for name in RECORD_KINDS if name not in IN_PACKETS_ONLY]
_IDS = st.uuids().map(str)
_TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
_NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
_QUARTERS = st.integers(-400, 400).map(lambda number: number / 4)
_PLAIN = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=6,
)
_SHAPES: dict[Shape, st.SearchStrategy[Any]] = {
    Shape.ID: _IDS,
    Shape.TEXT: _TEXTS,
    Shape.NUMBER: _NUMBERS,
    Shape.QUARTERS: _QUARTERS,
    Shape.FLAG: st.booleans(),
    Shape.INSTANT: st.datetimes(timezones=st.just(UTC)).map(from_instant),
    Shape.DAY: st.dates().map(date.isoformat),
    Shape.SHA256: st.binary(min_size=32, max_size=32).map(bytes.hex),
    Shape.BYTES: st.binary(max_size=30).map(lambda data: b64encode(data).decode("ascii")),
    Shape.JSON: _PLAIN,
    Shape.ANSWERS: st.lists(
        st.fixed_dictionaries(
            {"measure": _IDS, "version": _NUMBERS, "value": st.none() | _QUARTERS | st.lists(_TEXTS, max_size=3)}
        ),
        max_size=2,
    ),
}


def _values(field: Field) -> st.SearchStrategy[Any]:
    shape = st.sampled_from(field.choices) if field.choices else _SHAPES[field.shape]
    return st.none() | shape if field.maybe else shape


@st.composite
def record_lists(draw: st.DrawFn) -> list[Record]:
    """Some records of any kinds, in the order of a document."""
    found: dict[tuple[Any, ...], Record] = {}
    for name in draw(st.lists(st.sampled_from(_WHOLE), max_size=6)):
        kind = RECORD_KINDS[name]
        fields = {field.name: draw(_values(field)) for field in kind.fields}
        found[(name, *(str(fields[key]) for key in kind.key))] = Record(name, fields)
    return sorted(found.values(), key=lambda record: RECORD_KINDS[record.kind].rank)


def document(records: list[Record]) -> bytes:
    return b"".join(encode_document(HEAD, records))


def read(data: bytes, stream: io.BytesIO | None = None) -> tuple[Any, list[Record]]:
    reader = DocumentReader(stream or io.BytesIO(data), "copy.json")
    return reader.head, list(reader.records())


class Dripping(io.BytesIO):
    """A stream that gives a few bytes at a time, as a pipe may."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(7, size) if size and size > 0 else 7)


def a_record(**changed: Any) -> Record:
    """A thread, or with another ``kind`` whatever the fields say."""
    fields = {
        "id": "00000000-0000-7000-8000-000000000001", "revision": 1, "name": "Softer", "state": "open",
        "created": "2026-03-02T09:30:00.000000Z", "updated": "2026-03-02T09:30:00.000000Z", "deleted": None,
    }  # fmt: skip
    return Record("thread", {**fields, **changed})


@settings(max_examples=60, deadline=None)
@given(record_lists())
def test_what_is_written_is_read_again_whatever_the_pieces(records: list[Record]) -> None:
    data = document(records)
    assert read(data) == (HEAD, records)
    assert read(b"", Dripping(data)) == (HEAD, records)
    assert document(read(data)[1]) == data
    plain = json.loads(data)
    assert plain["records"] == [{"record": one.kind, **one.fields} for one in records]
    spaced = json.dumps(plain, indent=2, ensure_ascii=True).encode("ascii")  # as another program may write it
    assert read(b"\xef\xbb\xbf" + spaced) == (HEAD, records)


@settings(max_examples=120, deadline=None)
@given(record_lists(), st.data())
def test_damage_is_a_known_error_or_changes_what_is_said_and_nothing_else(
    records: list[Record], data: st.DataObject
) -> None:
    whole = document(records)
    cut = whole[: data.draw(st.integers(0, len(whole) - 3))]  # "]}" and the line break end it
    with pytest.raises(NotUnderstood):
        read(cut)
    at, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    flipped = bytearray(whole)
    flipped[at] ^= 1 << bit
    try:
        _head, found = read(bytes(flipped))
    except (NotUnderstood, NewerFile) as error:
        assert error.exit_code in (ExitCode.NOT_UNDERSTOOD, ExitCode.NEWER)
    else:
        for record in found:
            check_record(RECORD_KINDS[record.kind], record.fields)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_other_bytes_are_not_understood(data: bytes) -> None:
    with pytest.raises(NotUnderstood):
        read(data)


@pytest.mark.parametrize(
    ("what", "error"),
    [
        (b"", CutShort),
        (b'{"format":"integrate-journal","version":1', CutShort),
        (b'{"format":"other","version":1,"records":[]}', NotUnderstood),
        (b'{"version":1,"records":[]}', NotUnderstood),
        (b'{"format":"integrate-journal","version":2,"anything":[1],"records":[{"new":1}]}', NewerFile),
        (b'{"format":"integrate-journal","version":"1","records":[]}', NotUnderstood),
        (b'{"format":"integrate-journal","version":true,"records":[]}', NotUnderstood),
        (b'{"format":"integrate-journal","version":0,"records":[]}', NotUnderstood),
        (b"[" * 100_000, NotUnderstood),
        (document([])[:-2] + b"x", NotUnderstood),
        (document([]) + b"{}", NotUnderstood),
        (b'{"format":"integrate-journal",' * 20, NotUnderstood),
    ],
)
def test_what_is_no_document_says_so(what: bytes, error: type[KnownError]) -> None:
    with pytest.raises(error):
        read(what)


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "1"}, {"id": "00000000-0000-7000-8000-00000000000G"}, {"revision": "1"}, {"revision": True},
        {"revision": 1.5}, {"revision": 2**60}, {"revision": None}, {"name": 3}, {"name": None}, {"state": "gone"},
        {"created": "2026-03-02"}, {"created": "2026-13-02T09:30:00.000000Z"}, {"created": "2026-03-02T09:30:00Z"},
        {"more": 1},
    ],
)  # fmt: skip
def test_wrong_values_are_told_by_number_and_field(changed: dict[str, Any]) -> None:
    other = a_record(id="00000000-0000-7000-8000-000000000002")
    with pytest.raises(RecordUnclear) as told:
        read(document([other, a_record(**changed)]))
    assert told.value.parameters["number"] == 2
    assert str(told.value.parameters["kind"]).startswith("thread")


def test_missing_fields_unknown_kinds_repeated_ids_and_another_order_are_told() -> None:
    whole = document([a_record()])
    for wrong in (
        whole.replace(b',"deleted":null', b""),
        whole.replace(b'"record":"thread"', b'"record":"diary"'),
        whole.replace(b'"record":"thread",', b""),
        whole.replace(b'"record":"thread"', b'"record":["thread"]'),
        whole.replace(b'"record":"thread"', b'"record":{}'),
        whole.replace(b'"name":"Softer"', b'"name":"Softer","name":"Harder"'),
        whole.replace(b'"name":"Softer"', b'"name":NaN'),
        whole.replace(b'"name":"Softer"', b'"name":"\\ud800"'),
        whole.replace(b'"revision":1', b'"revision":' + b"9" * 5000),
        whole.replace(b"\n{", b"\n" + b"[" * 50_000 + b"{"),
        document([]).replace(b"\n]", b"\n3]"),
        document([a_record(), a_record(name="Again")]),
    ):
        with pytest.raises(RecordUnclear):
            read(wrong)
    later = Record("touch_point", {
        **dict.fromkeys(("id", "session_id"), a_record().fields["id"]), "revision": 1, "day": 3, "answer": "done",
        "answered": "2026-03-02T09:30:00.000000Z",
    })  # fmt: skip
    lines = document([later, a_record()]).splitlines()
    swapped = b"\n".join([lines[0], lines[2] + b",", lines[1].rstrip(b","), *lines[3:]])
    with pytest.raises(RecordUnclear):
        read(swapped)
    with pytest.raises(ValueError, match="order"):
        document([a_record(), later])


def test_settings_letters_and_earlier_states_are_in_no_packet_and_parts_of_things_in_no_copy() -> None:
    packet = replace(HEAD, whole=False)
    for name, kind in RECORD_KINDS.items():
        record = Record(name, dict.fromkeys(field.name for field in kind.fields))
        for head, belongs in ((HEAD, name not in IN_PACKETS_ONLY), (packet, kind.in_packets)):
            if belongs:
                assert b"".join(encode_document(head, [record]))
            else:
                with pytest.raises(ValueError, match="belongs"):
                    b"".join(encode_document(head, [record]))
    own = {name for name, kind in RECORD_KINDS.items() if not kind.in_packets}
    assert own == {"setting", "revision", "letter", "touch_point", "recipient", "shared_file"}


def test_a_long_copy_is_read_and_written_record_by_record() -> None:
    name = "x" * 20_000

    def records() -> Iterator[Record]:
        return (a_record(id=f"00000000-0000-7000-8000-{number:012d}", name=name) for number in range(1000))

    data = b"".join(encode_document(HEAD, records()))
    stream = io.BytesIO(data)
    tracemalloc.start()
    try:
        assert sum(1 for _record in DocumentReader(stream, "x").records()) == 1000
        for _piece in encode_document(HEAD, records()):
            pass
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(data) > 20_000_000 and most < 12_000_000


def test_the_published_schema_is_made_of_the_declarations_and_takes_what_is_written() -> None:
    assert (ROOT / "docs" / "schema" / NAME).read_text(encoding="utf-8") == schema_text()
    jsonschema.Draft202012Validator.check_schema(journal_schema())


@settings(max_examples=25, deadline=None)
@given(record_lists())
def test_the_schema_takes_every_document_and_refuses_what_the_reader_refuses(records: list[Record]) -> None:
    validator = jsonschema.Draft202012Validator(journal_schema())
    plain = json.loads(document(records))
    validator.validate(plain)
    for one in plain["records"]:
        del one[RECORD_KINDS[one["record"]].key[0]]
    assert validator.is_valid(plain) == (not records)


def test_a_document_of_version_1_stays_readable() -> None:
    head, records = read(FIXTURE.read_bytes())
    assert head.whole and head.program == "0.2.0"
    assert {one.kind for one in records} >= set(RECORD_KINDS) - {"passage", "response_total"}
    assert document(records).split(b"\n", 1)[1] == FIXTURE.read_bytes().split(b"\n", 1)[1]
