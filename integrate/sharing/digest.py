"""A digest of what is in a packet, so that two files can be told to hold the same packet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, Final

from integrate.domain.listing import Stop
from integrate.sharing.packet import Packet

_NOT_DATA: Final = frozenset({"id", "made", "program"})


def digest_of(packet: Packet, stop: Stop | None = None) -> str:
    """SHA-256, in hexadecimal, of everything a packet holds but its own id, the time it was made and the program.

    The same packet gives the same digest, whichever program it was put together with. What a file says of itself, for
    whom it is and which days it covers, is part of it.

    Raises:
        Stopped: ``stop`` was set.
    """
    stop = stop or Stop()
    encoder = json.JSONEncoder(default=_plain, ensure_ascii=True, separators=(",", ":"), check_circular=False)
    digest = hashlib.sha256()
    for field in fields(packet):
        if field.name in _NOT_DATA:
            continue
        value = getattr(packet, field.name)
        digest.update(f"{field.name}:\n".encode())
        for part in value if isinstance(value, tuple) else (value,):
            stop.check()
            digest.update(f"{encoder.encode(part)}\n".encode())
    return digest.hexdigest()


def _plain(value: object) -> object:
    """What JSON has no form for, in one form only."""
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, name) for name in _fields(value.__class__)]
    if isinstance(value, Mapping):
        return sorted(([_name(key), one] for key, one in value.items()), key=lambda pair: pair[0])
    if isinstance(value, frozenset):
        return sorted(_name(one) for one in value)
    return _name(value)


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _name(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(_name(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(_name(getattr(value, name)) for name in _fields(value.__class__))
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return str(value)
