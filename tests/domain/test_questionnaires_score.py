"""A total is a plain sum of everything that counts, or there is none."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.questionnaires import Questionnaire
from integrate.domain.responses import DECLINED
from integrate.domain.scoring import (
    Score,
    asked_items,
    band_of,
    check_answers,
    given_answers,
    has_help_at_foot,
    needs_support,
    score,
)
from integrate.errors import WrongUsage
from integrate.journal.questionnaires import shipped_questionnaires

FORMS = shipped_questionnaires()
PHQ9 = FORMS["phq-9"]
forms = st.sampled_from(list(FORMS.values()))


def _answers(form: Questionnaire, *values: int | None) -> dict[str, str]:
    """The answers whose options have these ordinal values, in the order of the items; None is not answered."""
    codes = {}
    for item, value in zip(form.scored_items, values, strict=True):
        if value is not None:
            (codes[item.link_id],) = (option.code for option in item.options if option.ordinal == value)
    return codes


@st.composite
def _complete(draw: st.DrawFn, form: Questionnaire) -> list[int]:
    return [draw(st.sampled_from([option.ordinal for option in item.options])) for item in form.scored_items]


some = forms.flatmap(lambda form: st.tuples(st.just(form), _complete(form)))

VECTORS = [
    ("phq-9", (0,) * 9, 0),
    ("phq-9", (1, 1, 1, 1, 0, 0, 0, 0, 0), 4),
    ("phq-9", (1, 1, 1, 1, 1, 0, 0, 0, 0), 5),
    ("phq-9", (3,) * 9, 27),
    ("phq-9", (0, 0, 1, 1, 1, 0, 0, 0, 0), 3),
    ("phq-9", (0, 0, 0, 1, 2, 1, 3, 2, 1), 10),
    ("phq-9", (2, 2, 2, 2, 0, 0, 0, 0, 1), 9),
    ("phq-9", (2, 1, None, 2, 1, 0, 1, 1, 0), None),
    ("phq-9", (2, 1, None, 2, 1, None, 1, 1, 0), None),
    ("gad-7", (2, 3, 2, 1, 2, 1, 2), 13),
    ("gad-7", (0, 0, 1, 1, 0, 1, 0), 3),
    ("pcl-5", (2,) * 20, 40),
    ("k6", (4,) * 6, 24),
    ("k6", (0,) * 6, 0),
    ("phq-8", (3,) * 8, 24),
]


@pytest.mark.parametrize(("key", "values", "total"), VECTORS)
def test_the_published_examples_come_out_as_published(
    key: str, values: tuple[int | None, ...], total: int | None
) -> None:
    found = score(FORMS[key], _answers(FORMS[key], *values))
    assert found.total == total
    assert found == Score(total, sum(value is not None for value in values), len(values))
    assert found.is_complete is (total is not None)


@pytest.mark.parametrize("code", ["LA6572-7", "LA6573-5", "LA6575-0", "LA6574-3"])
def test_the_difficulty_question_is_never_added(code: str) -> None:
    assert score(PHQ9, _answers(PHQ9, *(3,) * 9) | {"difficulty": code}).total == 27
    assert score(PHQ9, _answers(PHQ9, *(1,) * 9) | {"difficulty": code}).total == 9


@given(some, st.sampled_from(["LA6572-7", "LA6574-3", None]))
def test_an_answer_to_what_is_not_asked_is_none(drawn: tuple[Questionnaire, list[int]], code: str | None) -> None:
    form, values = drawn
    answers = _answers(form, *values) | ({} if code is None or form is not PHQ9 else {"difficulty": code})
    found = given_answers(form, answers)
    asked = [item.link_id for item in asked_items(form, answers)]
    assert found == {link_id: answers[link_id] for link_id in asked if link_id in answers}
    assert ("difficulty" in found) == ("difficulty" in answers and any(values))
    assert given_answers(form, found) == found and list(found) == [one for one in asked if one in found]
    assert score(form, found) == score(form, answers)


def test_an_item_that_is_not_asked_is_neither_declined_nor_a_reason_for_the_support_card() -> None:
    *others, last = PHQ9.items
    harm = replace(last, options=tuple(replace(one, ordinal=3) for one in last.options), harm=True, may_decline=True)
    form = replace(PHQ9, items=(*others, harm))
    hidden, asked = _answers(form, *(0,) * 9), _answers(form, 1, *(0,) * 8)
    for answers, counts in ((hidden, False), (asked, True)):
        assert needs_support(form, answers | {"difficulty": last.options[0].code}) is counts
        assert given_answers(form, answers | {"difficulty": DECLINED}) == (
            answers | {"difficulty": DECLINED} if counts else answers
        )


def test_a_declined_item_9_leaves_no_total_and_nothing_is_made_of_the_other_eight() -> None:
    answers = _answers(PHQ9, 1, 1, 1, 1, 1, 1, 1, 1, None) | {"9": DECLINED}
    assert score(PHQ9, answers) == Score(None, 8, 9, ("9",))
    assert score(FORMS["phq-8"], _answers(FORMS["phq-8"], *(1,) * 8)).total == 8


@given(some)
def test_a_total_is_the_sum_and_lies_in_the_range(drawn: tuple[Questionnaire, list[int]]) -> None:
    form, values = drawn
    total = score(form, _answers(form, *values)).total
    assert total == sum(values)
    assert form.total_range[0] <= total <= form.total_range[1]


@given(some, st.data())
def test_with_any_item_missing_or_declined_there_is_no_total(
    drawn: tuple[Questionnaire, list[int]], data: st.DataObject
) -> None:
    form, values = drawn
    answers = _answers(form, *values)
    gone = data.draw(st.sets(st.sampled_from(sorted(answers)), min_size=1))
    declined = data.draw(st.sets(st.sampled_from(sorted(gone))))
    left = {link_id: code for link_id, code in answers.items() if link_id not in gone}
    found = score(form, left | dict.fromkeys(declined, DECLINED))
    assert found.total is None
    assert found.answered == found.of - len(gone)
    assert set(found.declined) == declined


@given(some, st.randoms())
def test_the_order_of_answers_changes_nothing(drawn: tuple[Questionnaire, list[int]], shuffle: random.Random) -> None:
    form, values = drawn
    answers = list(_answers(form, *values).items())
    turned = answers[:]
    shuffle.shuffle(turned)
    assert score(form, dict(turned)) == score(form, dict(answers))
    assert needs_support(form, dict(turned)) == needs_support(form, dict(answers))


def test_an_answer_from_elsewhere_counts_as_none() -> None:
    found = score(PHQ9, _answers(PHQ9, *(1,) * 8, None) | {"9": "LA0000-0", "no-such-item": "LA6569-3"})
    assert found == Score(None, 8, 9)


@pytest.mark.parametrize(("value", "card"), [(0, False), (1, True), (2, True), (3, True), (None, False)])
def test_item_9_above_0_is_followed_by_the_card_whatever_the_rest(value: int | None, card: bool) -> None:
    assert needs_support(PHQ9, _answers(PHQ9, *(0,) * 8, value)) is card
    assert needs_support(PHQ9, _answers(PHQ9, *(3,) * 8, value)) is card


def test_nothing_else_is_followed_by_the_card() -> None:
    assert not needs_support(PHQ9, _answers(PHQ9, *(3,) * 8, None) | {"9": DECLINED})
    for key in ("phq-8", "gad-7", "pcl-5", "k6"):
        top = [max(option.ordinal or 0 for option in item.options) for item in FORMS[key].scored_items]
        assert not needs_support(FORMS[key], _answers(FORMS[key], *top))
    assert [key for key, form in FORMS.items() if has_help_at_foot(form)] == ["phq-9", "pcl-5"]


@pytest.mark.parametrize(
    ("key", "total", "words"),
    [
        *[("phq-9", edge, words) for edge, words in ((0, "minimal"), (4, "minimal"), (5, "mild"), (9, "mild"))],
        *[("phq-9", edge, words) for edge, words in ((10, "moderate"), (14, "moderate"), (15, "moderately severe"))],
        *[("phq-9", edge, words) for edge, words in ((19, "moderately severe"), (20, "severe"), (27, "severe"))],
        *[("gad-7", edge, words) for edge, words in ((4, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe"))],
        *[("k6", edge, words) for edge, words in ((4, None), (5, "moderate"), (12, "moderate"), (13, "serious"))],
        ("pcl-5", 33, None),
        ("phq-9", 28, None),
    ],
)
def test_a_band_is_found_at_its_edges_and_none_where_none_was_published(
    key: str, total: int, words: str | None
) -> None:
    band = band_of(FORMS[key], total)
    assert (band and band.words) == words


def test_answers_are_those_the_form_offers() -> None:
    check_answers(PHQ9, _answers(PHQ9, *(1,) * 8, None) | {"9": DECLINED, "difficulty": "LA6574-3"})
    for wrong in ({"10": "LA6568-5"}, {"1": "LA6572-7"}, {"1": DECLINED}, {"1": ""}):
        with pytest.raises(WrongUsage):
            check_answers(PHQ9, wrong)
