"""What every resource of a FHIR file needs: ids, references, times, and text as FHIR can hold it.

FHIR R4 has no characters below U+0020 but tab and newline, no empty texts and no empty lists. Whatever a person wrote
goes through :func:`words`, and everything that is written at all through :func:`cleaned`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias
from uuid import uuid5

from integrate.domain.listing import Stop
from integrate.domain.times import ZonedTime
from integrate.sharing.packet import Packet

Json: TypeAlias = dict[str, object]

LOINC: Final = "http://loinc.org"
UNITS: Final = "http://unitsofmeasure.org"
CATEGORIES: Final = "http://terminology.hl7.org/CodeSystem/observation-category"

_URN: Final = "urn:uuid:"
_BREAKS: Final = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""Blanks that the pattern of the type string does not allow, though no rule of FHIR is against them."""
_UNSHOWN: Final = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_SPACE: Final = re.compile(r"\s")
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Filing:
    """A packet on its way into one file. Its ids come of the packet's own: no other packet has any of them."""

    packet: Packet
    stop: Stop

    def url(self, kind: str, key: object = "") -> str:
        """The address of one thing of the packet, the same whenever the packet is written."""
        return f"{_URN}{uuid5(self.packet.id, f'{kind} {key}')}"

    @property
    def patient(self) -> Json:
        """A reference to the person."""
        return reference(self.url("patient"))


def resource(kind: str, at: str, /, **fields: object) -> Json:
    """A resource; its id is the one in its address."""
    return {"resourceType": kind, "id": at.removeprefix(_URN), **fields}


def url_of(made: Json) -> str:
    """The address of a resource."""
    return f"{_URN}{made['id']}"


def reference(url: str) -> Json:
    """A reference to a resource of the same file."""
    return {"reference": url}


def concept(text: str, system: str = "", code: str = "", display: str = "") -> Json:
    """What something is: in words, and with a code where there is one."""
    codings = [coding(system, code, display)] if code else []
    return {"coding": codings, "text": text}


def coding(system: str, code: str, display: str = "") -> Json:
    """A code of a system."""
    return {"system": uri(system), "code": code_of(code), "display": display}


def quantity(value: float, unit: str, code: str = "") -> Json:
    """A number with its unit; ``code`` is that of the unit in UCUM, "" for a unit that is only a word."""
    return {"value": number(value), "unit": unit, "system": UNITS if code else "", "code": code}


def number(value: float) -> int | float:
    """A whole number without a point."""
    return int(value) if float(value).is_integer() else float(value)


def when(moment: ZonedTime) -> str:
    """A time with its offset, to the second. The offsets of before standard time have seconds: those are in UTC."""
    local = moment.local()
    offset = local.utcoffset() or timedelta(0)
    return (moment.instant if offset % _MINUTE else local).isoformat(timespec="seconds")


def at_zone(instant: datetime, zone: str) -> str:
    """The same of an instant, in a zone."""
    return when(ZonedTime(instant, zone))


def words(text: str) -> str:
    """``text`` as FHIR and XHTML can hold it.

    Every kind of line break becomes a newline and every kind of blank a space; what cannot be held at all is shown
    as U+FFFD.
    """
    return _UNSHOWN.sub("\ufffd", _SPACES.sub(" ", _BREAKS.sub("\n", text)))


def code_of(text: str) -> str:
    """A code: single spaces, and none around it."""
    return " ".join(words(text).split())


def uri(text: str) -> str:
    """An address: without blanks."""
    return _SPACE.sub("%20", words(text))


def cleaned(value: object) -> object:
    """``value`` without anything that is empty, and with every text as :func:`words`."""
    if isinstance(value, str):
        text = words(value)
        return text if text.strip() else None
    if isinstance(value, Mapping):
        pairs = ((name, cleaned(one)) for name, one in value.items())
        return {name: one for name, one in pairs if one is not None} or None
    if isinstance(value, (list, tuple)):
        return [one for one in map(cleaned, value) if one is not None] or None
    return value
