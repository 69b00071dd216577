"""Side effects by session: for each the strongest word that was noted. Words only; there is no number behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from integrate.domain.logs import ALL_EFFECTS, EffectLog
from integrate.domain.moments import Moment, MomentKind, Strength
from integrate.domain.trends.sessions import SessionDay
from integrate.i18n import _

_BY_STRENGTH: Final = tuple(Strength)  # from none to strong


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One side effect: a key of ``ALL_EFFECTS`` or a name somebody typed, and a strength for each session.

    None is "not noted", which is not the strength "none".
    """

    effect: str
    strengths: tuple[Strength | None, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return effect_name(self.effect)


def effect_name(effect: str) -> str:
    """A shipped side effect in words, any other as it was typed."""
    return _(ALL_EFFECTS[effect]) if effect in ALL_EFFECTS else effect


def side_effects_by_session(
    sessions: Sequence[SessionDay], moments: Iterable[Moment], logs: Iterable[EffectLog]
) -> tuple[EffectRow, ...]:
    """What was noted in the room (``moments``) and afterwards (``logs``), a row for each side effect.

    The columns are ``sessions`` in their order. Where one effect was noted several times for a session, the strongest
    word stays. Rows: the shipped effects in their order, then typed names by alphabet; a name that differs only in
    capitals is the same, and one that reads like a shipped effect is that effect. Deleted moments do not count.
    """
    notes: dict[str, dict[UUID, Strength]] = {}
    spelling: dict[str, str] = {effect_name(key).casefold(): key for key in ALL_EFFECTS}
    noted = sorted((*_of_moments(moments), *_of_logs(logs)), key=lambda note: note[1])  # of two spellings the first
    for session_id, effect, strength in noted:
        typed = " ".join(effect.split())
        key = effect if effect in ALL_EFFECTS else spelling.setdefault(typed.casefold(), typed)
        strengths = notes.setdefault(key, {})
        strengths[session_id] = max(strengths.get(session_id, strength), strength, key=_BY_STRENGTH.index)
    rows = (_row(key, notes[key], sessions) for key in sorted(notes, key=_place))
    return tuple(row for row in rows if any(strength is not None for strength in row.strengths))


def _of_moments(moments: Iterable[Moment]) -> Iterable[tuple[UUID, str, Strength]]:
    for moment in moments:
        mark = moment.mark
        if mark.kind is MomentKind.EFFECT and mark.strength is not None and moment.deleted is None:
            yield moment.session_id, mark.effect, mark.strength


def _of_logs(logs: Iterable[EffectLog]) -> Iterable[tuple[UUID, str, Strength]]:
    for log in logs:
        for line in log.lines:
            yield log.session_id, line.effect, line.strength


def _row(effect: str, strengths: Mapping[UUID, Strength], sessions: Sequence[SessionDay]) -> EffectRow:
    return EffectRow(effect, tuple(strengths.get(session.session_id) for session in sessions))


def _place(effect: str) -> tuple[int, str, str]:
    shipped = tuple(ALL_EFFECTS)
    return (shipped.index(effect), "", "") if effect in ALL_EFFECTS else (len(shipped), effect.casefold(), effect)
