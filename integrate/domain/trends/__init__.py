"""The statistics of Trends: pure functions of answers, sessions and days, each with its definition.

Days are proleptic Gregorian ordinals of local days. A day without an answer is a gap and never 0. Sentences are in
``words``, the tables beside the charts in ``tables``.
"""

from integrate.domain.trends.aligned import AlignedSession, SpreadDay, align, only, spread
from integrate.domain.trends.baselines import (
    QuestionnaireChange,
    ScoredResponse,
    baseline,
    percent_words,
    questionnaire_change,
)
from integrate.domain.trends.change import CheckInChange, change_in_check_ins, change_words
from integrate.domain.trends.daily import DayValues, daily_values, trailing_mean, within
from integrate.domain.trends.numbers import decimals_of, number_words, rounded
from integrate.domain.trends.quantiles import median, quantile
from integrate.domain.trends.sessions import SessionDay, session_days
from integrate.domain.trends.side_effects import EffectRow, effect_name, side_effects_by_session
from integrate.domain.trends.year import YearCell, cell_step, year_cells

__all__ = (
    "AlignedSession",
    "CheckInChange",
    "DayValues",
    "EffectRow",
    "QuestionnaireChange",
    "ScoredResponse",
    "SessionDay",
    "SpreadDay",
    "YearCell",
    "align",
    "baseline",
    "cell_step",
    "change_in_check_ins",
    "change_words",
    "daily_values",
    "decimals_of",
    "effect_name",
    "median",
    "number_words",
    "only",
    "percent_words",
    "quantile",
    "questionnaire_change",
    "rounded",
    "session_days",
    "side_effects_by_session",
    "spread",
    "trailing_mean",
    "within",
    "year_cells",
)
