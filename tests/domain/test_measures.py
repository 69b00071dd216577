"""What a measure, a word to choose and a line of a log can be called."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from integrate.domain.check_ins import Answer
from integrate.domain.logs import EffectLine, SlowLog, YesNo
from integrate.domain.measures import Definition, require_word
from integrate.domain.moments import Strength
from integrate.errors import WrongUsage


@pytest.mark.parametrize("text", ["Mood\n", "\nMood", "a\u2028b", "\r"])
def test_a_name_an_end_and_a_word_are_one_line(text: str) -> None:
    made: list[Callable[[], object]] = [
        lambda: Definition(text),
        lambda: Definition("Mood", low=text),
        lambda: Definition("Mood", unit=text),
        lambda: require_word(text),
        lambda: EffectLine(text, Strength.MILD),
    ]
    for make in made:
        with pytest.raises(WrongUsage):
            make()


def test_a_word_is_chosen_once() -> None:
    chosen = Answer(UUID(int=1), 1, words=("calm", "open", "calm", "open"))
    assert chosen.words == ("calm", "open")


def test_a_slow_question_has_one_answer_and_the_pull_is_a_whole_number() -> None:
    with pytest.raises(WrongUsage):
        SlowLog((("memory", YesNo.YES), ("memory", YesNo.NO)))
    for pull in (True, 3.0, -1, 11):
        with pytest.raises(WrongUsage):
            SlowLog(pull=pull)  # type: ignore[arg-type]  # what a file or a script could say
    assert SlowLog(pull=0).pull == 0
