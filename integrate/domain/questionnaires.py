"""Questionnaires: published scales as they are printed, and what their data files must hold.

A file is a Questionnaire in the shape of FHIR R4: items of the types group, display and choice, each option with its
ordinal value. Whatever FHIR has no field for stands in extensions whose name begins with :data:`OWN`. The texts of a
scale are somebody else's and are shown byte for byte; they are not translated. ``resources/questionnaires/README.md``
explains a file to people who do not program.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from integrate.domain.responses import DECLINED

OWN: Final = "urn:integrate:"
ORDINAL: Final = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
TOTALS: Final = OWN + "totals"
"""The code system of a total that no other system has a code for; its code is the key of the questionnaire."""

LARGEST_FILE: Final = 256 * 1024
"""Bytes of a file; the longest that ships has a tenth of it."""

_LONGEST: Final = 2000
_MOST: Final = 200  # items, or options of one
_LARGEST_ORDINAL: Final = 100
_LONGEST_RECALL: Final = 366
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class QuestionnaireError(ValueError):
    """A file that cannot be taken: ``field`` is the place in it (``item[0].item[2].text``), ``why`` the reason."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}" if field else why)
        self.field = field
        self.why = why


@dataclass(frozen=True, slots=True)
class Coding:
    """A code and the system it belongs to."""

    system: str
    code: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. ``ordinal`` is what it adds to the total; None where nothing is added."""

    code: str
    text: str
    ordinal: int | None
    system: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    ``stem`` is the sentence above its group ("" for none) and ``group`` the link id of that group. A ``scored`` item
    counts for the total. ``may_decline`` offers "Prefer not to answer". ``harm``: an answer above 0 shows the support
    card. ``near_harm``: the way to Help now stands at the foot of the form, whatever is answered. With ``only_if``,
    pairs of a link id and a code, the item is asked once any of these answers was given.
    """

    link_id: str
    text: str
    stem: str
    group: str
    options: tuple[Option, ...]
    code: Coding | None = None
    scored: bool = True
    required: bool = True
    may_decline: bool = False
    harm: bool = False
    near_harm: bool = False
    only_if: tuple[tuple[str, str], ...] = ()

    def option(self, code: str | None) -> Option | None:
        """The option with this code, or None."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class Band:
    """A published range of totals, both ends inclusive, in the words and with the source it was published in."""

    lowest: int
    highest: int
    words: str
    citation: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire as it is asked.

    ``notice`` is the copyright line, shown under the form. ``recall_days`` is how far back its answers look. A
    ``tender`` one has a content note before it. ``text`` is its whole data as canonical JSON and ``digest`` the
    SHA-256 of that text in UTF-8: two with the same digest ask exactly the same.
    """

    key: str
    url: str
    version: str
    title: str
    description: str
    publisher: str
    notice: str
    instruction: str
    recall_days: int
    panel: Coding | None
    total: Coding
    tender: bool
    lower_means_fewer: bool
    bands: tuple[Band, ...]
    items: tuple[Item, ...]
    text: str = field(repr=False)
    digest: bytes = field(repr=False)

    @property
    def scored_items(self) -> tuple[Item, ...]:
        """The items that count, in order."""
        return tuple(item for item in self.items if item.scored)

    @property
    def total_range(self) -> tuple[int, int]:
        """The lowest and the highest total there can be."""
        ordinals = [[option.ordinal or 0 for option in item.options] for item in self.scored_items]
        return sum(map(min, ordinals)), sum(map(max, ordinals))

    def item(self, link_id: str) -> Item | None:
        """The item with this link id, or None."""
        return next((item for item in self.items if item.link_id == link_id), None)


def parse_questionnaire_text(text: str) -> Questionnaire:
    """Read a questionnaire from JSON text, such as the ``text`` of another; all of it is checked.

    Raises:
        QuestionnaireError: the first thing found wrong, with its place.
    """
    if len(text) > LARGEST_FILE:
        raise QuestionnaireError("", "it is too large")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise QuestionnaireError("", "it is not JSON") from None
    if not isinstance(data, dict):
        raise QuestionnaireError("", "it does not hold an object")
    return parse_questionnaire(data)


def parse_questionnaire(data: Mapping[str, object]) -> Questionnaire:
    """Read a questionnaire from what its JSON file holds, and check all of it.

    Raises:
        QuestionnaireError: the first thing found wrong, with its place.
    """
    top = _Node(data, "")
    if top.text("resourceType") != "Questionnaire":
        raise top.error("resourceType", "it is not Questionnaire")
    if top.text("status") != "active":
        raise top.error("status", "it is not active")
    key = top.text("id")
    if not _KEY.fullmatch(key):
        raise top.error("id", "it is not made of small letters, digits and hyphens")
    own = _Extensions(top, ("recall-days", "total", "tender", "lower-means-fewer", "band"))
    instruction, items = _items(top)
    recall_days = own.integer("recall-days", range(_LONGEST_RECALL + 1))
    if recall_days is None:
        raise top.error("extension", "recall-days is missing")
    text = _canonical(data)
    made = Questionnaire(
        key=key,
        url=top.text("url"),
        version=top.text("version"),
        title=top.text("title"),
        description=top.text("description", needed=False),
        publisher=top.text("publisher"),
        notice=top.text("copyright"),
        instruction=instruction,
        recall_days=recall_days,
        panel=_code(top),
        total=own.coding("total") or Coding(TOTALS, key),
        tender=own.flag("tender"),
        lower_means_fewer=own.flag("lower-means-fewer"),
        bands=tuple(_band(node) for node in own.nodes("band")),
        items=items,
        text=text,
        digest=hashlib.sha256(text.encode()).digest(),
    )
    _check_bands(top, made)
    _check_conditions(top, made)
    return made


def _canonical(data: Mapping[str, object]) -> str:
    """The data as JSON in one form only: sorted names, no spaces, letters as they are."""
    try:
        text = json.dumps(
            data, default=dict, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )
        size = len(text.encode())
    except (TypeError, ValueError, RecursionError):
        raise QuestionnaireError("", "it holds something that is not JSON") from None
    if size > LARGEST_FILE:
        raise QuestionnaireError("", "it is too large")
    return text


def _items(top: _Node) -> tuple[str, tuple[Item, ...]]:
    """The instruction above the form, and every question in order."""
    instructions: list[str] = []
    items: list[Item] = []
    for node in top.nodes("item"):
        kind = node.text("type")
        if kind == "display":
            instructions.append(node.text("text"))
        elif kind == "group":
            node.refuse("enableWhen")
            stem, group = node.text("text"), node.text("linkId")
            items.extend(_item(inner, stem, group) for inner in node.nodes("item"))
        else:
            items.append(_item(node, "", ""))
    seen = [item.link_id for item in items]
    for link_id in seen:
        if seen.count(link_id) > 1:
            raise top.error(f"item[{link_id}].linkId", "it is taken already")
    if not items:
        raise top.error("item", "there is no question")
    return "\n".join(instructions), tuple(items)


def _item(node: _Node, stem: str, group: str) -> Item:
    if node.text("type") != "choice":
        raise node.error("type", "it is not choice")
    node.refuse("item", "answerValueSet")
    if node.flag("repeats"):
        raise node.error("repeats", "each question has one answer")
    own = _Extensions(node, ("scored", "may-decline", "harm", "near-harm"))
    scored = own.flag("scored", default=True)
    only_if = tuple((when.text("question"), _equals(when)) for when in node.nodes("enableWhen", needed=False))
    if only_if and scored:
        raise node.error("enableWhen", "a question that counts is always asked")
    if len(only_if) > 1 and node.text("enableBehavior") != "any":
        raise node.error("enableBehavior", "it is not any")
    options = tuple(_option(option, scored=scored) for option in node.nodes("answerOption"))
    if own.flag("harm") and any(option.ordinal is None for option in options):
        raise node.error("answerOption", "each answer about harm needs an ordinalValue: above 0 it shows the card")
    codes = [option.code for option in options]
    if len({DECLINED, *codes}) <= len(codes):
        raise node.error("answerOption", "two answers have the same code, or one that is taken")
    return Item(
        link_id=node.text("linkId"),
        text=node.text("text"),
        stem=stem,
        group=group,
        options=options,
        code=_code(node),
        scored=scored,
        required=node.flag("required"),
        may_decline=own.flag("may-decline"),
        harm=own.flag("harm"),
        near_harm=own.flag("near-harm"),
        only_if=only_if,
    )


def _equals(when: _Node) -> str:
    if when.text("operator") != "=":
        raise when.error("operator", "it is not =")
    return when.node("answerCoding").text("code")


def _option(node: _Node, *, scored: bool) -> Option:
    coding = node.node("valueCoding")
    ordinals = [inner.whole("valueDecimal") for inner in coding.extensions() if inner.text("url") == ORDINAL]
    if len(ordinals) > 1 or (scored and not ordinals):
        raise coding.error("extension", "one ordinalValue is needed")
    return Option(coding.text("code"), coding.text("display"), ordinals[0] if ordinals else None, coding.text("system"))


def _code(node: _Node) -> Coding | None:
    """The first code of an item or of the whole, where there is one."""
    first = next(iter(node.nodes("code", needed=False)), None)
    return None if first is None else Coding(first.text("system"), first.text("code"))


def _band(node: _Node) -> Band:
    parts = {part.text("url"): part for part in node.nodes("extension")}
    if set(parts) != {"lowest", "highest", "words", "citation"}:
        raise node.error("extension", "a band has lowest, highest, words and citation")
    return Band(
        parts["lowest"].whole("valueInteger"),
        parts["highest"].whole("valueInteger"),
        parts["words"].text("valueString"),
        parts["citation"].text("valueString"),
    )


def _check_bands(top: _Node, made: Questionnaire) -> None:
    """Totals differ; bands go upwards, do not overlap, and lie where a total can lie."""
    lowest, highest = made.total_range
    if made.scored_items and lowest == highest:
        raise top.error("item", "whatever is answered, the total is the same")
    before = lowest - 1
    for band in made.bands:
        if not before < band.lowest <= band.highest <= highest:
            raise top.error("extension", f"the band “{band.words}” is out of order or out of the range of totals")
        before = band.highest


def _check_conditions(top: _Node, made: Questionnaire) -> None:
    """A condition names an answer of another question."""
    for item in made.items:
        for link_id, code in item.only_if:
            asked = made.item(link_id)
            if asked is None or asked is item or asked.only_if or asked.option(code) is None:
                raise top.error(f"item[{item.link_id}].enableWhen", f"there is no such answer to “{link_id}”")


class _Node:
    """One object of the file, read field by field; every complaint names the place."""

    def __init__(self, data: Mapping[str, object], where: str) -> None:
        self._data = data
        self._where = where

    def error(self, name: str, why: str) -> QuestionnaireError:
        """The complaint about the field ``name`` of this object."""
        return QuestionnaireError(self._where + name, why)

    def refuse(self, *names: str) -> None:
        """Complain about fields that would change what a form asks in a way this program does not follow."""
        for name in names:
            if name in self._data:
                raise self.error(name, "it cannot be used here")

    def text(self, name: str, *, needed: bool = True) -> str:
        """A text as it is, byte for byte; "" where an optional one is absent."""
        found = self._data.get(name)
        if found is None:
            if needed:
                raise self.error(name, "it is missing")
            return ""
        if not isinstance(found, str) or not found.strip():
            raise self.error(name, "it is not a text")
        if len(found) > _LONGEST:
            raise self.error(name, f"it is longer than {_LONGEST} characters")
        if not found.isprintable() and any(
            unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in found
        ):
            raise self.error(name, "it holds a line break or another character that cannot be shown")
        return found

    def whole(self, name: str) -> int:
        """A whole number from 0 to 20,000."""
        found = self._data.get(name)
        if (
            isinstance(found, bool)
            or not isinstance(found, (int, float))
            or (isinstance(found, float) and not found.is_integer())
        ):
            raise self.error(name, "it is not a whole number")
        if not 0 <= found <= _LARGEST_ORDINAL * _MOST:
            raise self.error(name, "it is too small or too large")
        return int(found)

    def flag(self, name: str) -> bool:
        """True or false; false where it is absent."""
        found = self._data.get(name, False)
        if not isinstance(found, bool):
            raise self.error(name, "it is neither true nor false")
        return found

    def node(self, name: str) -> _Node:
        """An object inside this one."""
        found = self._data.get(name)
        if not isinstance(found, Mapping):
            raise self.error(name, "it is missing or has no named fields")
        return _Node(found, f"{self._where}{name}.")

    def nodes(self, name: str, *, needed: bool = True) -> tuple[_Node, ...]:
        """A list of objects; at least one where it is needed."""
        found = self._data.get(name, ())
        if isinstance(found, (str, bytes)) or not isinstance(found, Sequence) or (needed and not found):
            raise self.error(name, "at least one is needed")
        if len(found) > _MOST:
            raise self.error(name, f"there are more than {_MOST}")
        nodes = []
        for place, item in enumerate(found):
            if not isinstance(item, Mapping):
                raise self.error(f"{name}[{place}]", "it has no named fields")
            nodes.append(_Node(item, f"{self._where}{name}[{place}]."))
        return tuple(nodes)

    def extensions(self) -> tuple[_Node, ...]:
        """The extensions of this object, often none."""
        return self.nodes("extension", needed=False)


class _Extensions:
    """Our own extensions of one object, by the name after :data:`OWN`. Those of others are left alone."""

    def __init__(self, node: _Node, known: Sequence[str]) -> None:
        self._found = [
            (found.text("url").removeprefix(OWN), found)
            for found in node.extensions()
            if found.text("url").startswith(OWN)
        ]
        node.refuse("modifierExtension")
        for name, found in self._found:
            if name not in known:
                raise found.error("url", f"there is no extension {OWN}{name}")
            if name != "band" and len(tuple(self.nodes(name))) > 1:
                raise found.error("url", "it is there twice")

    def nodes(self, name: str) -> Iterator[_Node]:
        """Every extension of this name."""
        return (node for found, node in self._found if found == name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """What a yes or no says; ``default`` where it is absent."""
        node = next(self.nodes(name), None)
        return default if node is None else node.flag("valueBoolean")

    def integer(self, name: str, allowed: range) -> int | None:
        """A whole number, or None where it is absent."""
        node = next(self.nodes(name), None)
        if node is None:
            return None
        number = node.whole("valueInteger")
        if number not in allowed:
            raise node.error("valueInteger", f"it is not between {allowed.start} and {allowed.stop - 1}")
        return number

    def coding(self, name: str) -> Coding | None:
        """A code, or None where it is absent."""
        node = next(self.nodes(name), None)
        if node is None:
            return None
        coding = node.node("valueCoding")
        return Coding(coding.text("system"), coding.text("code"))
