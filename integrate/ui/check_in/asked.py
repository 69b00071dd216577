"""One question of a check-in: a measure in the version it is asked in, or was asked in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from integrate.domain.check_ins import Answer
from integrate.domain.measures import Definition, Measure


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure under one of its definitions. ``words`` are those to choose from, where it is answered with words."""

    measure_id: UUID
    version: int
    definition: Definition
    words: tuple[str, ...] = ()

    def answer(self, value: float | None = None, words: tuple[str, ...] = ()) -> Answer:
        """An answer to it; neither a value nor words is "No answer"."""
        return Answer(self.measure_id, self.version, value, words)


def asked_now(measure: Measure) -> Asked:
    """A measure as it is asked now."""
    return Asked(measure.id, measure.version, measure.definition, measure.words)


def asked_then(
    answer: Answer, definitions: Mapping[tuple[UUID, int], Definition], measures: Mapping[UUID, Measure]
) -> Asked | None:
    """What an answer of the past was given to; None where its definition cannot be read.

    The words to choose from are those of now, and those that were chosen then.
    """
    definition = definitions.get((answer.measure_id, answer.version))
    if definition is None:
        return None
    measure = measures.get(answer.measure_id)
    words = dict.fromkeys((*(measure.words if measure is not None else ()), *answer.words))
    return Asked(answer.measure_id, answer.version, definition, tuple(words))
