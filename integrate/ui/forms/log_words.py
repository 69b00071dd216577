"""What a log says, in words: line by line, as it is read in a list or in an entry."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import QLocale, QTime

from integrate.domain.logs import ALL_EFFECTS, SLOW_QUESTIONS, YES_NO_WORDS, EffectLine, EffectLog, SlowLog
from integrate.domain.moments import STRENGTH_WORDS
from integrate.i18n import _


def log_words(log: EffectLog | SlowLog) -> tuple[str, ...]:
    """What was answered, a line for each, and the note."""
    if isinstance(log, EffectLog):
        lines = [_effect_words(line) for line in log.lines] or [_("Nothing to note")]
    else:
        lines = [_answer(SLOW_QUESTIONS.get(key, key), YES_NO_WORDS[answer]) for key, answer in log.answers]
        if log.pull is not None:
            pull = _("{value} of 10").format(value=QLocale().toString(log.pull))
            lines.append(_("{question}: {answer}").format(question=_("Pull toward unplanned doses"), answer=pull))
    return tuple(line for line in (*lines, log.note.strip()) if line)


def _answer(question: str, answer: str) -> str:
    return _("{question}: {answer}").format(question=_(question), answer=_(answer))


def _effect_words(line: EffectLine) -> str:
    name = _(ALL_EFFECTS[line.effect]) if line.effect in ALL_EFFECTS else line.effect
    parts = [_("{effect}, {strength}").format(effect=name, strength=_(STRENGTH_WORDS[line.strength]))]
    if line.began is not None or line.ended is not None:
        parts.append("–".join(_clock(at) if at is not None else "" for at in (line.began, line.ended)))
    if line.reading:
        parts.append(line.reading)
    if line.told:
        parts.append(_("told {whom}").format(whom=line.told))
    return " · ".join(parts)


def _clock(at: time) -> str:
    return QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)
