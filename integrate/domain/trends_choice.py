"""What a person chose to see on Trends, as plain JSON values and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from integrate.domain.sessions import Route, Setting

DAYS_AT_FIRST: Final = 84
SPANS: Final = (28, DAYS_AT_FIRST, None)
"""How many days can be shown; None is all of them."""

FormKey = tuple[str, tuple[int, int]]
"""A questionnaire by its key and the range of its totals."""

NO_FORM: Final[FormKey] = ("", (0, 0))
"""The choice to see no questionnaire."""

_LONGEST_KEY: Final = 200
_FARTHEST: Final = 1_000_000
_MEASURES: Final = ("over_time", "around", "year")
_KINDS: Final[Mapping[str, type[Route] | type[Setting]]] = MappingProxyType({"route": Route, "setting": Setting})


@dataclass(frozen=True, slots=True)
class TrendsChoice:
    """The range, the measures and the filters. A None was not chosen: the page knows what it shows then.

    ``days`` is one of ``SPANS``. ``over_time``, ``around`` and ``year`` are the measures of the three charts, which may
    be gone by now. ``form`` may be ``NO_FORM``. ``sessions`` are those of a route or a setting, None all of them.
    """

    days: int | None = DAYS_AT_FIRST
    over_time: UUID | None = None
    around: UUID | None = None
    year: UUID | None = None
    form: FormKey | None = None
    sessions: Route | Setting | None = None
    bands: bool = False


def choice_as_json(choice: TrendsChoice) -> dict[str, Any]:
    """The choice as plain JSON values."""
    measures = {name: getattr(choice, name) for name in _MEASURES}
    return {
        "days": choice.days,
        **{name: None if measure is None else measure.hex for name, measure in measures.items()},
        "form": None if choice.form is None else [choice.form[0], *choice.form[1]],
        "sessions": _sessions_as_json(choice.sessions),
        "bands": choice.bands,
    }


def choice_from_json(value: Any) -> TrendsChoice:
    """The choice behind ``value``; what is missing was never chosen.

    Raises:
        ValueError: it is no choice.
    """
    if not isinstance(value, dict):
        raise ValueError("no choice of what Trends shows")
    days, bands = value.get("days", DAYS_AT_FIRST), value.get("bands", False)
    if isinstance(days, (bool, float)) or days not in SPANS or not isinstance(bands, bool):
        raise ValueError("no range, or no flag")
    over_time, around, year = (_measure(value.get(name)) for name in _MEASURES)
    return TrendsChoice(
        days, over_time, around, year, _form(value.get("form")), _sessions(value.get("sessions")), bands
    )


def _sessions_as_json(some: Route | Setting | None) -> list[str] | None:
    # Both lists have an "other": the value alone does not say of which it is.
    return None if some is None else ["route" if isinstance(some, Route) else "setting", some.value]


def _measure(value: Any) -> UUID | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError("no measure")
    return UUID(hex=value)


def _form(value: Any) -> FormKey | None:
    if value is None:
        return None
    key, lowest, highest = _items(value, 3)
    if not isinstance(key, str) or len(key) > _LONGEST_KEY:
        raise ValueError("no questionnaire")
    key.encode("utf-8")  # half of a surrogate pair is no text; UnicodeEncodeError is a ValueError
    return key, (_whole(lowest), _whole(highest))


def _sessions(value: Any) -> Route | Setting | None:
    if value is None:
        return None
    kind, which = _items(value, 2)
    if not isinstance(kind, str) or kind not in _KINDS or not isinstance(which, str):
        raise ValueError("neither a route nor a setting")
    return _KINDS[kind](which)


def _items(value: Any, count: int) -> list[Any]:
    if not isinstance(value, list) or len(value) != count:
        raise ValueError("no list of this length")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _FARTHEST:
        raise ValueError("no whole number of any range")
    return value
