"""What a person chose that belongs inside the journal: every preference with its default and its rule, in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from integrate.domain.entry import Phase
from integrate.domain.trends_choice import TrendsChoice, choice_as_json, choice_from_json
from integrate.errors import WrongUsage
from integrate.i18n import _

IDLE_MINUTES: Final = range(1, 61)
_LONGEST_TEXT: Final = 200
_MOST_ITEMS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Preferences:
    """The preferences of one journal.

    ``name`` is what the person is called. ``idle_minutes`` (1 to 60) of quiet lock the journal. ``phase`` was chosen
    last. ``spelling`` names the dictionary, or is empty while spelling is not checked; ``own_words`` are words that are
    right in this journal. ``sensitive_input`` keeps input methods from learning. ``synced_told`` remembers that it was
    said once that the folder is copied elsewhere. ``look_back_notice`` lets the desktop show a notice without content.
    ``trends`` is what was last chosen to be seen there.
    """

    name: str = ""
    idle_minutes: int = 5
    lock_on_minimise: bool = False
    prompts_on: bool = True
    hidden_prompts: frozenset[str] = frozenset()
    phase: Phase = Phase.PREPARE
    on_this_day: bool = False
    spelling: str = "en_US"
    own_words: tuple[str, ...] = ()
    sensitive_input: bool = False
    synced_told: bool = False
    look_back_notice: bool = False
    trends: TrendsChoice = field(default_factory=TrendsChoice)


@dataclass(frozen=True, slots=True)
class _Field:
    """How one preference is kept: ``encode`` to plain JSON; ``decode`` back, raising ValueError for what is none."""

    decode: Callable[[Any], Any]
    encode: Callable[[Any], Any] = field(default=lambda value: value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("no flag")
    return value


def _line(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or len(value.splitlines()) > 1:
        raise ValueError("no line of text")
    value.encode("utf-8")  # half of a surrogate pair is no text; UnicodeEncodeError is a ValueError
    return value


def _minutes(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value not in IDLE_MINUTES:
        raise ValueError("no number of minutes")
    return value


def _lines(value: Any) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple, frozenset)) or len(value) > _MOST_ITEMS:
        raise ValueError("no list")
    return tuple(_line(item) for item in value)


def _words(value: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in _lines(value) if word))


def _phase(value: Any) -> Phase:
    return Phase(value)


def _trends(value: Any) -> TrendsChoice:
    return choice_from_json(choice_as_json(value) if isinstance(value, TrendsChoice) else value)


FIELDS: Final[Mapping[str, _Field]] = MappingProxyType(
    {
        "name": _Field(_line),
        "idle_minutes": _Field(_minutes),
        "lock_on_minimise": _Field(_flag),
        "prompts_on": _Field(_flag),
        "hidden_prompts": _Field(lambda value: frozenset(_lines(value)), sorted),
        "phase": _Field(_phase, str),
        "on_this_day": _Field(_flag),
        "spelling": _Field(_line),
        "own_words": _Field(_words, list),
        "sensitive_input": _Field(_flag),
        "synced_told": _Field(_flag),
        "look_back_notice": _Field(_flag),
        "trends": _Field(_trends, choice_as_json),
    }
)
"""How each preference is kept, by its name, which is also its key in the journal."""


def decode(kept: Mapping[str, Any]) -> Preferences:
    """The preferences behind what was ``kept`` (plain JSON values by name).

    What is missing, unknown or no value of its kind counts as never chosen: a preference must not keep anybody out.
    """
    chosen = {}
    for name, field_ in FIELDS.items():
        if name in kept:
            try:
                chosen[name] = field_.decode(kept[name])
            except (ValueError, TypeError):
                continue
    return Preferences(**chosen)


def encode(changes: Mapping[str, Any]) -> dict[str, Any]:
    """``changes`` (values of :class:`Preferences` by name) as plain JSON values.

    Raises:
        WrongUsage: a value that this preference cannot have.
        KeyError: no preference has this name.
    """
    encoded = {}
    for name, value in changes.items():
        field_ = FIELDS[name]
        try:
            encoded[name] = field_.encode(field_.decode(value))
        except (ValueError, TypeError):
            raise WrongUsage(reason=_("This value cannot be chosen here.")) from None
    return encoded
