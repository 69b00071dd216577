"""Which settings belong in a copy of a journal, key by key, and whether what a copy says of one can be kept.

What is of one computer alone stays there: that a journal is a demo, that its folder was found to be copied elsewhere,
that the desktop of this computer may show a notice. A key that is in neither list is of a newer version of the program,
and stays where it is as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from integrate.domain.form_schedule import FormPlan
from integrate.domain.hard_night import NightLine
from integrate.domain.own_prompts import OwnPrompt
from integrate.domain.people import Person
from integrate.domain.preferences import FIELDS
from integrate.errors import WrongUsage
from integrate.journal.asking import OnceAsked
from integrate.journal.drafts import DraftsOf

_PREFERENCE: Final = "preference."

OF_THIS_COMPUTER: Final = frozenset({"demo", _PREFERENCE + "synced_told", _PREFERENCE + "look_back_notice"})
"""Settings that no copy holds and no import brings."""


def _each(read: Callable[[Any], object]) -> Callable[[Any], object]:
    def check(value: Any) -> object:
        if not isinstance(value, list):
            raise ValueError("no list")
        return [read(one) for one in value]

    return check


def _texts(value: Any) -> object:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise ValueError("no texts by name")
    return value


def _sheets(value: Any) -> object:
    if not isinstance(value, dict):
        raise ValueError("no sheets by name")
    return [_texts(one) for one in value.values()]


def _signs(value: Any) -> object:
    if not isinstance(value, dict) or value.get("seen").__class__ is not int:
        raise ValueError("no signs")
    return _each(NightLine.from_json)(value.get("lines"))


def _named(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("no values by name")
    return value


def _form_plan(value: Any) -> object:
    return FormPlan.from_json(_named(value))


def _prefixed(prefix: str, names: Iterable[str], check: Callable[[Any], object]) -> dict[str, Callable[[Any], object]]:
    return {prefix + name: check for name in names}


_COPIED: Final[Mapping[str, Callable[[Any], object]]] = MappingProxyType(
    {
        "people": _each(Person.from_json),
        "hard_night": _each(NightLine.from_json),
        "early_signs": _signs,
        "own_prompts": _each(OwnPrompt.from_json),
        "baselines": _texts,
        "forms": _form_plan,
        "logs": _named,
        **_prefixed("asked.", OnceAsked, _texts),
        **_prefixed("drafts.", DraftsOf, _sheets),
        **{
            _PREFERENCE + name: field.decode
            for name, field in FIELDS.items()
            if _PREFERENCE + name not in OF_THIS_COMPUTER
        },
    }
)
"""Each setting of a copy by its key, with what raises where a value is none of its kind."""

COPIED: Final = frozenset(_COPIED)
"""Settings that are in every whole copy."""


def can_be_kept(key: str, value: Any) -> bool:
    """Whether this is a setting of a copy, with a value that the program reads."""
    check = _COPIED.get(key)
    if check is None:
        return False
    try:
        check(value)
    except (ValueError, TypeError, KeyError, AttributeError, WrongUsage):
        return False
    return True
