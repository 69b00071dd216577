"""What a FHIR file has to hold true: the schema of HL7, typed reading, and what neither of them looks at."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema  # type: ignore[import-untyped]  # it comes without type information

_SCHEMA = Path(__file__).parent.parent / "fixtures" / "fhir" / "fhir.schema.json.gz"
_ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_ELEMENTS = frozenset(
    (
        "div", "h3", "h4", "p", "br", "dl", "dt", "dd", "ol", "ul", "li", "blockquote",
        "table", "caption", "thead", "tbody", "tr", "th", "td",
    )
)  # fmt: skip
"""All of them are allowed in a narrative."""

Json = dict[str, Any]


@cache
def _definitions() -> Json:
    found: Json = json.loads(gzip.decompress(_SCHEMA.read_bytes()))["definitions"]
    return found


@cache
def _validator(kind: str) -> Any:
    return jsonschema.Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": _definitions()})


def schema_complaints(resource: Json) -> list[str]:
    """What the official schema has against a resource."""
    return [error.message for error in _validator(resource["resourceType"]).iter_errors(resource)]


def read_typed(resource: Json) -> Any:
    """A resource as typed values; raises where it is none."""
    kind = resource["resourceType"]
    return getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind).model_validate(resource)


def resources(data: bytes, kind: str | None = None) -> list[Json]:
    """The resources in a file, of one kind or of all."""
    found = [entry["resource"] for entry in json.loads(data)["entry"]]
    return [one for one in found if kind in (None, one["resourceType"])]


def require_good(data: bytes) -> None:
    """All that is to be true of every file."""
    bundle = json.loads(data)
    for resource in resources(data):
        assert schema_complaints(resource) == []
        read_typed(resource)
    assert schema_complaints(_head(bundle)) == []
    assert bundle["type"] == "document" and bundle["entry"][0]["resource"]["resourceType"] == "Composition"
    _require_references(bundle)
    _require_narrative(bundle["entry"][0]["resource"])
    _require_answers(data)


def _head(bundle: Json) -> Json:
    """The Bundle without what is in it, which was looked at by itself."""
    return {name: value for name, value in bundle.items() if name != "entry"}


def _require_references(bundle: Json) -> None:
    """Every reference leads to a resource of the file, and every resource can be reached from one."""
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(urls)) == len(urls)
    assert urls == [f"urn:uuid:{entry['resource']['id']}" for entry in bundle["entry"]]
    named = {value for name, value in _walk(bundle["entry"]) if name == "reference"}
    assert named <= set(urls)
    alone = {entry["resource"]["resourceType"] for entry in bundle["entry"] if entry["fullUrl"] not in named}
    assert alone == {"Provenance"}


def _walk(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, one in value.items():
            assert one not in ("", [], {}, None), name
            yield name, one
            yield from _walk(one)
    elif isinstance(value, list):
        for one in value:
            yield from _walk(one)


def _require_narrative(composition: Json) -> None:
    """Every part has a narrative that is XHTML with text in it; one that says it is empty has no entries."""
    titles = [part["title"] for part in composition["section"]]
    assert titles == ["Summary", "Measures", "Sessions", "Reflections", "About"]
    for part in composition["section"]:
        tree = ElementTree.fromstring(part["text"]["div"])
        assert "".join(tree.itertext()).strip()
        assert {element.tag.removeprefix(_XHTML) for element in tree.iter()} <= _ELEMENTS
        assert not any(element.attrib for element in tree.iter())
        assert not ("emptyReason" in part and "entry" in part)


def narrative_text(composition: Json) -> str:
    """All the words of the narrative; a break in a line is a newline."""
    trees = [ElementTree.fromstring(part["text"]["div"]) for part in composition["section"]]
    for tree in trees:
        for element in tree.iter(f"{_XHTML}br"):
            element.text = "\n"
    return "\n".join("".join(tree.itertext()) for tree in trees)


def leaves(items: list[Json]) -> Iterator[Json]:
    """The questions or answers among items, out of their groups."""
    for item in items:
        if "item" in item:
            yield from leaves(item["item"])
        elif item.get("type") != "display":
            yield item


def _require_answers(data: bytes) -> None:
    """Answers are those the questionnaire offers, in its words; what it wants is there or says why; sums are totals."""
    asked = {f"{one['url']}|{one['version']}": one for one in resources(data, "Questionnaire")}
    totals = {
        one["derivedFrom"][0]["reference"]: one["valueQuantity"]["value"]
        for one in resources(data, "Observation")
        if "derivedFrom" in one
    }
    for response in resources(data, "QuestionnaireResponse"):
        questions = {one["linkId"]: one for one in leaves(asked[response["questionnaire"]]["item"])}
        given = {one["linkId"]: one for one in leaves(response["item"])}
        assert list(given) == [link_id for link_id in questions if link_id in given]
        scored, is_whole = 0, True
        for link_id, question in questions.items():
            counts = not any(one["url"] == "urn:integrate:scored" for one in question.get("extension", ()))
            item = given.get(link_id)
            if item is None:
                assert "enableWhen" in question
                continue
            assert item["text"] == question["text"]
            if "answer" not in item:
                assert [one["url"] for one in item["extension"]] == [_ABSENT]
                is_whole = is_whole and not counts
                continue
            (answer,) = item["answer"]
            assert answer in question["answerOption"]
            if counts:
                scored += _ordinal(answer["valueCoding"])
        url = f"urn:uuid:{response['id']}"
        assert (url in totals) == is_whole
        assert not is_whole or totals[url] == scored


def _ordinal(coding: Json) -> int:
    return next(int(one["valueDecimal"]) for one in coding["extension"] if one["url"] == _ORDINAL)
