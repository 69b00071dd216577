"""Which prompts are on offer, which one is chosen, and which packs are refused."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.entry import Phase
from integrate.domain.prompts import (
    Occasion,
    PackError,
    Prompt,
    PromptPack,
    another_prompt,
    choose_prompt,
    follow_up_on_offer,
    parse_anchors,
    parse_pack,
    prompts_on_offer,
)
from integrate.resources import load

PREPARE, EXPERIENCE, INTEGRATE = Phase


def _parse(data: Mapping[str, object]) -> PromptPack:
    return parse_pack(data, load(parse_anchors, "prompts", "anchors.toml"))


SHIPPED = load(_parse, "prompts", "integrate.toml").prompts
BY_ID = {prompt.id: prompt for prompt in SHIPPED}


def _ids(letter: str, *numbers: int) -> list[str]:
    return [f"{letter}{number:02}" for number in numbers]


ALL_P = _ids("P", *range(1, 15))
ALL_E = _ids("E", *range(1, 13))
ALL_I = _ids("I", *range(1, 16))


def _offer(occasion: Occasion) -> list[str]:
    return [prompt.id for prompt in prompts_on_offer(SHIPPED, occasion)]


def _after(day: int, session: int, phase: Phase = INTEGRATE, chosen: Phase | None = None) -> Occasion:
    return Occasion(phase, day=day, last_session_number=session, next_session_number=session + 1, chosen=chosen)


def _table(day: int, session: int) -> list[str]:
    """The table of the choice rule, written out by hand."""
    every_third = ["I15"] if session % 3 == 0 and day >= 7 else []
    if day <= 0:
        return [name for name in ALL_E if name != "E09"]
    if day == 1:
        return ["E09", "I01", "I02", "I03"]
    if day <= 6:
        return ["I04", "I05", "I06", "I07", "I08"]
    if day <= 28:
        return ["I09", "I10", "I11", "I12", "I13", "I14", *every_third]
    return [name for name in ALL_I if name != "I15"] + every_third


# --- The table --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("session", range(1, 10))
def test_after_a_session_the_day_decides_as_in_the_table(session: int) -> None:
    for day in (-400, -1, *range(41), 365, 5000):
        assert _offer(_after(day, session)) == _table(day, session), (day, session)


@pytest.mark.parametrize("session", range(1, 10))
def test_before_a_session_all_of_prepare_is_on_offer_and_the_look_back_from_the_second_on(session: int) -> None:
    offered = _offer(Occasion(PREPARE, next_session_number=session))
    assert offered == (ALL_P if session >= 2 else ALL_P[:-1])


def test_preparing_after_a_session_ignores_the_days_since() -> None:
    for day in range(2, 41):
        assert _offer(_after(day, 1, PREPARE)) == ALL_P


@pytest.mark.parametrize(("phase", "expected"), [(PREPARE, ALL_P), (EXPERIENCE, ALL_E), (INTEGRATE, ALL_I)])
def test_where_no_session_is_known_the_phase_decides_alone(phase: Phase, expected: list[str]) -> None:
    assert _offer(Occasion(phase)) == expected
    assert _offer(Occasion(PREPARE, chosen=phase)) == expected


def test_on_the_day_of_a_session_fragments_come_before_and_after_it_has_ended() -> None:
    assert _offer(_after(0, 4, EXPERIENCE)) == _offer(_after(0, 4, INTEGRATE)) == _table(0, 4)


def test_a_session_that_runs_past_midnight_stays_in_the_experience() -> None:
    assert _offer(_after(1, 4, EXPERIENCE)) == ALL_E


def test_a_closed_course_has_no_day_and_offers_the_whole_phase() -> None:
    assert _offer(Occasion(INTEGRATE, last_session_number=4)) == ALL_I[:-1]
    assert _offer(Occasion(INTEGRATE, last_session_number=6)) == ALL_I


def test_questions_of_meaning_are_offered_and_never_locked_on_the_day_itself() -> None:
    assert _offer(_after(0, 4, chosen=INTEGRATE)) == ALL_I[:-1]


def test_a_picked_phase_that_is_not_the_calendars_is_offered_whole() -> None:
    assert _offer(_after(3, 4, chosen=EXPERIENCE)) == ALL_E
    assert _offer(_after(3, 4, chosen=PREPARE)) == ALL_P
    assert _offer(_after(9, 3, PREPARE, chosen=INTEGRATE)) == ALL_I


@pytest.mark.parametrize("day", range(41))
def test_picking_the_phase_the_calendar_is_in_changes_nothing(day: int) -> None:
    picked = EXPERIENCE if day == 0 else INTEGRATE
    assert _offer(_after(day, 3, chosen=picked)) == _offer(_after(day, 3))


def test_picking_prepare_with_nothing_planned_looks_back_to_the_last_session() -> None:
    assert "P14" in _offer(Occasion(INTEGRATE, day=40, last_session_number=1, chosen=PREPARE))


def test_looking_across_sessions_waits_until_there_are_some() -> None:
    assert "I15" not in _offer(Occasion(PREPARE, next_session_number=1, chosen=INTEGRATE))


def test_a_prompt_without_days_is_on_offer_in_its_whole_phase() -> None:
    always = Prompt(id="T1", phase=INTEGRATE, theme="", text="")
    assert prompts_on_offer([always], _after(0, 1)) == ()
    assert all(prompts_on_offer([always], _after(day, 1)) == (always,) for day in range(1, 41))


def test_the_follow_up_of_a_hard_moment_waits_for_the_next_day() -> None:
    hard, since = BY_ID["E06"], BY_ID["P14"]
    assert follow_up_on_offer(hard, _after(0, 1)) is None
    assert follow_up_on_offer(hard, _after(1, 1)) == "Did anything help, or was anything missing?"
    assert follow_up_on_offer(hard, Occasion(EXPERIENCE)) == "Did anything help, or was anything missing?"
    assert follow_up_on_offer(since, Occasion(PREPARE)) == "What has changed since then?"
    assert follow_up_on_offer(BY_ID["P01"], Occasion(PREPARE)) is None


@pytest.mark.parametrize(
    "known",
    [{"day": 3}, {"day": 0, "next_session_number": 2}, {"last_session_number": 0}, {"next_session_number": -1}],
)
def test_an_occasion_that_cannot_be_is_refused(known: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"count"):
        Occasion(INTEGRATE, **known)


# --- The choice -------------------------------------------------------------------------------------------------------


def test_the_least_used_comes_first_then_the_lowest_id() -> None:
    day_two = _after(2, 1)
    assert choose_prompt(SHIPPED, day_two, {}) is BY_ID["I04"]
    assert choose_prompt(SHIPPED, day_two, {"I04": 1}) is BY_ID["I05"]
    assert choose_prompt(SHIPPED, day_two, {"I04": 2, "I05": 1, "I06": 1, "I07": 1, "I08": 1}) is BY_ID["I05"]
    assert choose_prompt(SHIPPED, day_two, {}, hidden={"I04", "I05"}) is BY_ID["I06"]
    assert choose_prompt(SHIPPED, day_two, {}, hidden=BY_ID) is None
    assert choose_prompt((), day_two, {}) is None


def test_the_glance_at_the_intention_opens_day_one() -> None:
    assert choose_prompt(SHIPPED, _after(1, 1), {}) is BY_ID["E09"]


def test_ids_are_ordered_by_letters_and_then_by_the_size_of_their_numbers() -> None:
    names = ["E9", "E10", "I1", "I01-2", "I1-2", "I1-10", "P2", "lee", "lee-2", "lee-10"]
    prompts = [Prompt(id=name, phase=PREPARE, theme="", text="") for name in names]
    shuffled = random.Random(7).sample(prompts, len(prompts))
    assert [prompt.id for prompt in prompts_on_offer(shuffled, Occasion(PREPARE))] == names


def test_another_prompt_goes_round_everything_on_offer() -> None:
    occasion = _after(2, 1)
    seen = ["I07"]
    for _ in range(5):
        following = another_prompt(SHIPPED, occasion, {"I05": 1}, seen[-1])
        assert following
        seen.append(following.id)
    assert seen == ["I07", "I08", "I05", "I04", "I06", "I07"]


def test_another_prompt_after_one_that_is_gone_is_the_first_and_after_the_only_one_none() -> None:
    occasion = _after(2, 1)
    assert another_prompt(SHIPPED, occasion, {}, "I05", hidden={"I05"}) is BY_ID["I04"]
    assert another_prompt(SHIPPED, occasion, {}, "no-such-prompt") is BY_ID["I04"]
    assert another_prompt(SHIPPED, occasion, {}, "I05", hidden=set(BY_ID) - {"I05"}) is None
    assert another_prompt(SHIPPED, occasion, {}, "I05", hidden=BY_ID) is None


# --- Laws -------------------------------------------------------------------------------------------------------------

phases = st.sampled_from(Phase)
numbers = st.none() | st.integers(1, 12)


@st.composite
def occasions(draw: st.DrawFn) -> Occasion:
    last = draw(numbers)
    return Occasion(
        phase=draw(phases),
        day=None if last is None else draw(st.none() | st.integers(-3, 60)),
        last_session_number=last,
        next_session_number=draw(numbers),
        chosen=draw(st.none() | phases),
    )


shuffles = st.permutations(SHIPPED)
uses_of = st.dictionaries(st.sampled_from(sorted(BY_ID)), st.integers(0, 4))
hidden_ids = st.sets(st.sampled_from(sorted(BY_ID)))


@given(occasions(), shuffles, uses_of, hidden_ids)
def test_the_choice_does_not_depend_on_the_order_of_the_input(
    occasion: Occasion, shuffled: list[Prompt], uses: dict[str, int], hidden: set[str]
) -> None:
    assert prompts_on_offer(shuffled, occasion) == prompts_on_offer(SHIPPED, occasion)
    chosen = choose_prompt(shuffled, occasion, uses, hidden)
    assert chosen is choose_prompt(SHIPPED, occasion, dict(reversed(uses.items())), frozenset(hidden))


@given(occasions(), uses_of, hidden_ids)
def test_what_is_chosen_is_on_offer_not_hidden_and_used_least(
    occasion: Occasion, uses: dict[str, int], hidden: set[str]
) -> None:
    offered = [prompt for prompt in prompts_on_offer(SHIPPED, occasion) if prompt.id not in hidden]
    chosen = choose_prompt(SHIPPED, occasion, uses, hidden)
    assert (chosen is None) == (not offered)
    if chosen:
        assert chosen in offered
        assert (uses.get(chosen.id, 0), chosen.id) == min((uses.get(p.id, 0), p.id) for p in offered)


@given(occasions(), hidden_ids)
def test_a_full_cycle_uses_each_once_before_any_comes_again(occasion: Occasion, hidden: set[str]) -> None:
    offered = {prompt.id for prompt in prompts_on_offer(SHIPPED, occasion)} - hidden
    uses: dict[str, int] = {}
    for cycle in range(2):
        for _ in offered:
            chosen = choose_prompt(SHIPPED, occasion, uses, hidden)
            assert chosen
            assert uses.get(chosen.id, 0) == cycle
            uses[chosen.id] = uses.get(chosen.id, 0) + 1
    assert uses == dict.fromkeys(offered, 2)


@given(occasions(), uses_of, hidden_ids)
def test_one_left_unanswered_is_simply_offered_again(
    occasion: Occasion, uses: dict[str, int], hidden: set[str]
) -> None:
    assert choose_prompt(SHIPPED, occasion, uses, hidden) is choose_prompt(SHIPPED, occasion, uses, hidden)


@given(occasions(), uses_of, hidden_ids)
def test_asking_for_another_shows_every_one_once_and_comes_back(
    occasion: Occasion, uses: dict[str, int], hidden: set[str]
) -> None:
    offered = {prompt.id for prompt in prompts_on_offer(SHIPPED, occasion)} - hidden
    start = choose_prompt(SHIPPED, occasion, uses, hidden)
    shown = start
    seen: list[str] = []
    while shown and len(seen) <= len(offered):
        seen.append(shown.id)
        shown = another_prompt(SHIPPED, occasion, uses, shown.id, hidden)
        if shown is start:
            break
    assert sorted(seen) == sorted(offered)


@given(occasions())
def test_there_is_always_something_on_offer_and_days_only_narrow_it(occasion: Occasion) -> None:
    offered = set(_offer(occasion))
    assert offered
    if occasion.chosen:
        whole = {prompt.id for prompt in SHIPPED if prompt.phase is occasion.chosen}
        assert offered <= whole | {"E09"}


# --- Packs ------------------------------------------------------------------------------------------------------------


def _pack(*prompts: object, **header: object) -> dict[str, Any]:
    plain = {
        "schema": 1,
        "id": "lee",
        "title": "Lee",
        "version": "1",
        "author": "Dana Lee",
        "licence": "CC0-1.0",
        "language": "en",
        "prompts": list(prompts) or [_prompt()],
    }
    return {name: value for name, value in {**plain, **header}.items() if value is not ...}


def _prompt(**changes: object) -> dict[str, object]:
    plain = {"id": "A1", "phase": "integrate", "theme": "Rest", "text": "What rested?"}
    return {name: value for name, value in {**plain, **changes}.items() if value is not ...}


def test_a_plain_pack_is_read() -> None:
    pack = parse_pack(_pack(_prompt(anchors=["K1"], from_day=2, text="  What rested?  ")), {"K1"})
    assert (pack.id, pack.author, pack.licence) == ("lee", "Dana Lee", "CC0-1.0")
    expected = Prompt("A1", INTEGRATE, "Rest", "What rested?", anchors=("K1",), from_day=2)
    assert pack.prompts == (expected,)


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"text": "Who? Why?"}, "text", "more than one question"),
        ({"text": "谁\uff1f为什么\uff1f"}, "text", "more than one question"),
        ({"follow_up": "Who? Why?"}, "follow_up", "more than one question"),
        ({"anchors": ["K1", "Z9"]}, "anchors", "no anchor Z9"),
        ({"anchors": "K1"}, "anchors", "not a list"),
        ({"choices": [1]}, "choices", "not a line of text"),
        ({"text": ...}, "text", "missing"),
        ({"text": "  "}, "text", "not a line of text"),
        ({"text": 5}, "text", "not a line of text"),
        ({"text": "One\nline"}, "text", "line break"),
        ({"text": "x" * 501}, "text", "longer than 500"),
        ({"theme": ...}, "theme", "missing"),
        ({"phase": "dream"}, "phase", "prepare, experience, integrate"),
        ({"tender": True}, "content_note", "tender prompt needs"),
        ({"tender": "yes"}, "tender", "neither true nor false"),
        ({"from_day": "2"}, "from_day", "not a whole number"),
        ({"from_day": True}, "from_day", "not a whole number"),
        ({"from_day": -1}, "from_day", "out of range"),
        ({"from_day": 5, "to_day": 4}, "to_day", "before the first"),
        ({"again_from_day": 9}, "again_from_day", "Without a last day"),
        ({"every_nth_session": 0}, "every_nth_session", "out of range"),
        ({"follow_up_from_day": 1}, "follow_up_from_day", "no follow-up"),
        ({"phase": "prepare", "from_day": 1}, "from_day", "prepare has none"),
        ({"colour": "red"}, "colour", "no field of this name"),
    ],
)
def test_a_wrong_prompt_is_refused_with_its_place_and_the_reason(
    changes: dict[str, object], field: str, why: str
) -> None:
    with pytest.raises(PackError, match=why) as refused:
        parse_pack(_pack(_prompt(id="A0"), _prompt(**changes)), {"K1"})
    assert refused.value.field == f"prompts[A1].{field}"
    assert str(refused.value).startswith(f"prompts[A1].{field}: ")


def test_an_id_used_twice_or_taken_already_is_refused() -> None:
    with pytest.raises(PackError, match=r"prompts\[A1\]\.id: This id is taken"):
        parse_pack(_pack(_prompt(), _prompt(text="And now?")), ())
    with pytest.raises(PackError, match=r"prompts\[A1\]\.id: This id is taken"):
        parse_pack(_pack(), (), taken_ids={"A1"})


@pytest.mark.parametrize("name", ["", "1a", "a b", "a.b", "ä", "a" * 41, "a]", 7, None])
def test_an_id_of_another_shape_is_refused_by_its_place_in_the_file(name: object) -> None:
    with pytest.raises(PackError) as refused:
        parse_pack(_pack(_prompt(), _prompt(id=name)), ())
    assert refused.value.field == "prompts[2].id"


@pytest.mark.parametrize(
    ("header", "field", "why"),
    [
        ({"schema": 2}, "schema", "newer version"),
        ({"schema": ...}, "schema", "missing"),
        ({"schema": "1"}, "schema", "whole number"),
        ({"author": ...}, "author", "missing"),
        ({"licence": ""}, "licence", "not a line of text"),
        ({"language": "English"}, "language", "language tag"),
        ({"id": "-"}, "id", "An id is"),
        ({"prompts": []}, "prompts", "At least one"),
        ({"prompts": "P01"}, "prompts", "At least one"),
        ({"prompts": ["P01"]}, "prompts[1]", "named fields"),
        ({"licence_url": "x"}, "licence_url", "no field of this name"),
    ],
)
def test_a_wrong_header_is_refused_with_its_place_and_the_reason(
    header: dict[str, object], field: str, why: str
) -> None:
    with pytest.raises(PackError, match=why) as refused:
        parse_pack(_pack(**header), ())
    assert refused.value.field == field


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(_pack())), st.sampled_from([*Prompt.__slots__, "other"]), json_values)
def test_whatever_a_file_holds_it_is_a_pack_or_a_clear_refusal(header: str, field: str, value: object) -> None:
    for data in (_pack(**{header: value}), _pack(_prompt(**{field: value}))):
        try:
            pack = parse_pack(data, {"K1"})
        except PackError as refused:
            assert refused.field
        else:
            assert all(prompt.text.strip() for prompt in pack.prompts)


@pytest.mark.parametrize(
    ("data", "field"),
    [({}, "anchors"), ({"anchors": ["K1"]}, "anchors"), ({"anchors": {"K1": "ABC"}}, "anchors.K1")],
)
def test_a_wrong_list_of_anchors_is_refused_with_its_place(data: dict[str, object], field: str) -> None:
    with pytest.raises(PackError) as refused:
        parse_anchors(data)
    assert refused.value.field == field
