"""Which response a questionnaire is compared with, where the person chose another one than the rule takes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from integrate.domain.entry import Changes
from integrate.errors import RecordDamaged
from integrate.journal.opening import Journal
from integrate.storage.settings import change_setting, read_setting

_KEY: Final = "baselines"


def chosen_baselines(journal: Journal) -> Mapping[str, UUID]:
    """What was chosen, by the key of the questionnaire; nothing where that cannot be read.

    Whether such a response is still there is not looked at: :func:`integrate.domain.trends.baseline` does.

    Raises:
        DatabaseDamaged.
    """
    try:
        kept = read_setting(journal.vault.database, _KEY)
    except RecordDamaged:
        kept = None  # the rule stands, as if nobody had chosen
    return MappingProxyType({key: UUID(value) for key, value in _kept(kept).items()})


def choose_baseline(journal: Journal, key: str, response_id: UUID | None, *, origin: str = "") -> Changes:
    """Compare a questionnaire with this response from now on; None goes back to the rule. Durable when this returns.

    Raises:
        What any write raises.
    """
    change_setting(journal.vault.database, _KEY, partial(_with, key, response_id), journal.clock.now())
    return Changes(frozenset({"responses"}), frozenset(), origin)


def _with(key: str, response_id: UUID | None, kept: Any) -> dict[str, str]:
    others = {name: value for name, value in _kept(kept).items() if name != key}
    return others if response_id is None else {**others, key: str(response_id)}


def _kept(found: Any) -> dict[str, str]:
    """What can be understood of the setting."""
    return {key: value for key, value in found.items() if _is_id(value)} if isinstance(found, dict) else {}


def _is_id(value: Any) -> bool:
    try:
        UUID(value)
    except (ValueError, TypeError, AttributeError):
        return False
    return True
