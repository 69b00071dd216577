"""The design tokens as values: colours of each scheme and the type roles, read from ``resources/themes``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from integrate.resources import load

FILE: Final = ("themes", "integrate.json")


@dataclass(frozen=True, slots=True)
class TypeRole:
    """One role of type: ``size`` and ``line`` height in pixels at 100 % text, CSS ``weight``, ``family`` ui or page."""

    size: int
    line: int
    weight: int
    family: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens. Colours are ``#RRGGBB`` by name; the room has a palette of its own."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    room: Mapping[str, str]
    families: Mapping[str, str]
    roles: Mapping[str, TypeRole]


def load_tokens() -> Tokens:
    """The tokens that ship with the program; read once.

    Raises:
        ResourceError: the file is missing or wrong.
    """
    return load(parse_tokens, *FILE)


def parse_tokens(data: Mapping[str, object]) -> Tokens:
    """Read the tokens from what their file holds.

    Raises:
        ValueError: something is missing or is not what it should be.
    """
    kind = _mapping(data, "type")
    roles = {name: _role(name, value) for name, value in _mapping(kind, "roles").items()}
    return Tokens(
        light=_colours(data, "light"),
        dark=_colours(data, "dark"),
        room=_colours(data, "room"),
        families=MappingProxyType({name: str(value) for name, value in _mapping(kind, "families").items()}),
        roles=MappingProxyType(roles),
    )


def _colours(data: Mapping[str, object], name: str) -> Mapping[str, str]:
    return MappingProxyType({token: str(value) for token, value in _mapping(data, name).items()})


def _mapping(data: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = data.get(name)
    if not isinstance(found, Mapping):
        raise ValueError(f"{name} is missing")
    return found


def _role(name: str, value: object) -> TypeRole:
    match value:
        case (int(size), int(line), int(weight), str(family)):
            return TypeRole(size, line, weight, family)
    raise ValueError(f"type role {name} is not size, line, weight, family")
