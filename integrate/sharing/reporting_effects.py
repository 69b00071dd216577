"""Side effects in a report: as they were noted, in the words that were chosen, with times and who was told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from integrate.domain.logs import EffectLine
from integrate.domain.moments import STRENGTH_WORDS, MomentKind, Strength
from integrate.domain.trends import effect_name, side_effects_by_session
from integrate.i18n import _
from integrate.sharing.packet import PacketSession
from integrate.sharing.reporting_base import Telling, joined
from integrate.sharing.writing_style import time_words

_SEPARATOR: Final = "; "


def effects_words(session: PacketSession) -> str:
    """What was noted in and after one session: "Nausea (mild), disorientation (moderate, until 15:40)".

    A log in which nothing was noted says so; where nobody looked, it says that there is no note.
    """
    parts = (*_in_the_session(session), *_afterwards(session))
    note = "" if session.effects is None else session.effects.note.strip()
    if parts:
        return _SEPARATOR.join((*parts, note) if note else parts)
    if session.effects is None:
        return _("No note")
    return joined((_("None noted"), note))


def effects_by_session(telling: Telling) -> str:
    """Each side effect with the sessions it was noted in, by its strongest word; "" where there is none."""
    moments = [moment for one in telling.by_time for moment in one.moments]
    logs = [one.effects for one in telling.by_time if one.effects is not None]
    effects = []
    for row in side_effects_by_session(telling.held, moments, logs):
        noted = [
            _("{number} {strength}").format(number=telling.number(one.ref), strength=_(STRENGTH_WORDS[strength]))
            for one, strength in zip(telling.held, row.strengths, strict=True)
            if strength is not None and strength is not Strength.NONE
        ]
        if noted:
            effects.append(_named(row.effect, joined(noted)))
    if not effects:
        return ""
    # Translators: in brackets after each side effect, numbers of sessions with how strong it was: "Nausea (1 mild)"
    return _("Side effects, by session: {effects}.").format(effects=_SEPARATOR.join(effects))


def _in_the_session(session: PacketSession) -> Iterator[str]:
    """What was marked while it went on, without what was written down afterwards as at least as strong."""
    strengths = tuple(Strength)
    later = {} if session.effects is None else {_key(one.effect): one.strength for one in session.effects.lines}
    for moment in session.moments:
        mark = moment.mark
        if mark.kind is not MomentKind.EFFECT or mark.strength is None or mark.strength is Strength.NONE:
            continue
        written = later.get(_key(mark.effect), Strength.NONE)
        if strengths.index(written) < strengths.index(mark.strength):
            at = time_words(mark.at.local().time())
            yield _named(mark.effect, joined((_(STRENGTH_WORDS[mark.strength]), at)))


def _afterwards(session: PacketSession) -> Iterator[str]:
    for line in () if session.effects is None else session.effects.lines:
        if line.strength is not Strength.NONE:
            told = _("told: {names}").format(names=line.told) if line.told.strip() else ""
            yield _named(
                line.effect, joined((_(STRENGTH_WORDS[line.strength]), _how_long(line), line.reading.strip(), told))
            )


def _key(effect: str) -> str:
    return " ".join(effect_name(effect).split()).casefold()


def _named(effect: str, facts: str) -> str:
    # Translators: a side effect, then its strength and times
    return _("{effect} ({facts})").format(effect=effect_name(effect), facts=facts)


def _how_long(line: EffectLine) -> str:
    if line.began is not None and line.ended is not None:
        return _("{begin} to {end}").format(begin=time_words(line.began), end=time_words(line.ended))
    if line.began is not None:
        return _("from {begin}").format(begin=time_words(line.began))
    return "" if line.ended is None else _("gone by {end}").format(end=time_words(line.ended))
