"""The published schema of Integrate's own JSON, made from the declarations of its records."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from integrate.domain.record_kinds import RECORD_KINDS
from integrate.domain.records import MOST, Field, RecordKind, Shape
from integrate.formats.journal_json import FORMAT, VERSION

_ID: Final = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_TEXT: Final = MappingProxyType({"type": "string"})
_QUARTERS: Final = MappingProxyType({"type": "number", "multipleOf": 0.25})
_NUMBER: Final = MappingProxyType({"type": "integer", "exclusiveMinimum": -MOST, "exclusiveMaximum": MOST})
_INSTANT: Final = MappingProxyType({"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"})

_SHAPES: Final[Mapping[Shape, Mapping[str, Any]]] = MappingProxyType(
    {
        Shape.ID: {"type": "string", "pattern": _ID},
        Shape.TEXT: _TEXT,
        Shape.NUMBER: _NUMBER,
        Shape.QUARTERS: _QUARTERS,
        Shape.FLAG: {"type": "boolean"},
        Shape.INSTANT: _INSTANT,
        Shape.DAY: {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        Shape.SHA256: {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        Shape.BYTES: {"type": "string", "contentEncoding": "base64"},
        Shape.JSON: {},
        Shape.ANSWERS: {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "measure": {"type": "string", "pattern": _ID},
                    "version": dict(_NUMBER),
                    "value": {
                        "anyOf": [dict(_QUARTERS), {"type": "array", "items": dict(_TEXT)}, {"type": "null"}]
                    },
                },
                "required": ["measure", "version", "value"],
                "additionalProperties": False,
            },
        },
    }
)  # fmt: skip


def journal_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a whole document."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Integrate journal, version 1",
        "description": "A whole copy of a journal, or a packet that was shared from one.",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "program": {"type": "string"},
            "made": {
                "type": "object",
                "properties": {"at": dict(_INSTANT), "zone": dict(_TEXT)},
                "required": ["at", "zone"],
                "additionalProperties": False,
            },
            "whole": {"type": "boolean"},
            "records": {
                "type": "array",
                "items": {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in RECORD_KINDS]},
            },
        },
        "required": ["format", "version", "program", "made", "whole", "records"],
        "additionalProperties": False,
        "$defs": {name: _record(kind) for name, kind in RECORD_KINDS.items()},
    }


def _record(kind: RecordKind) -> dict[str, Any]:
    names = ["record", *(field.name for field in kind.fields)]
    return {
        "type": "object",
        "description": kind.about,
        "properties": {"record": {"const": kind.name}, **{field.name: _field(field) for field in kind.fields}},
        "required": names,
        "additionalProperties": False,
    }


def _field(field: Field) -> dict[str, Any]:
    shape: dict[str, Any] = {"enum": list(field.choices)} if field.choices else dict(_SHAPES[field.shape])
    return {"anyOf": [shape, {"type": "null"}]} if field.maybe else shape
