"""The words of the shipped prompts: one question each, plain, kind, in easy language."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from integrate.domain.entry import Phase
from integrate.domain.prompts import Prompt, PromptPack, parse_anchors, parse_pack
from integrate.resources import load, load_toml, read_text

from .reading import grade, sentences, syllables, words

FORBIDDEN = (
    "trip", "trips", "tripping", "high", "journey", "breakthrough", "healed", "heal", "addict", "addicted", "failed",
    "fail", "failure", "clean", "noncompliant", "non-compliant", "noncompliance", "commit suicide", "streak", "streaks",
    "missed", "dose", "doses", "should", "must", "private",
)  # fmt: skip
WHY_NOT = re.compile(r"\bwhy\s+(did|have|has|do|does|are|were|could|would)(n['’]t|\s+you\s+not)\b", re.IGNORECASE)
FIRST_PERSON = re.compile(r"\b(I|I'm|my|mine|me|we|our|us)\b")
EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
TENDER = {"P04", "P11", "E05", "E06", "I02", "I05", "I11"}
TWO_STEPS = {"P08", "P14", "E06", "I03", "I08"}
IDS = (
    [f"P{number:02}" for number in range(1, 15)]
    + [f"E{number:02}" for number in range(1, 13)]
    + [f"I{number:02}" for number in range(1, 16)]
)


def _parse(data: Mapping[str, object]) -> PromptPack:
    return parse_pack(data, load(parse_anchors, "prompts", "anchors.toml"))


PACK = load(_parse, "prompts", "integrate.toml")
each_prompt = pytest.mark.parametrize("prompt", PACK.prompts, ids=lambda prompt: prompt.id)


def _asked(prompt: Prompt) -> list[str]:
    return [line for line in (prompt.text, prompt.follow_up) if line]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _strings(inner)


def _hits(text: str) -> list[str]:
    return [word for word in FORBIDDEN if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)]


def test_the_pack_holds_exactly_the_41_ids_entries_may_remember() -> None:
    assert [prompt.id for prompt in PACK.prompts] == IDS
    assert len(IDS) == 41


def test_letters_of_ids_say_the_phase() -> None:
    letters = {Phase.PREPARE: "P", Phase.EXPERIENCE: "E", Phase.INTEGRATE: "I"}
    assert all(prompt.id[0] == letters[prompt.phase] for prompt in PACK.prompts)


def test_the_pack_says_who_wrote_it_and_what_others_may_do_with_it() -> None:
    assert (PACK.id, PACK.language, PACK.licence) == ("integrate", "en", "Apache-2.0")
    assert PACK.author and PACK.version and PACK.title


@each_prompt
def test_each_asks_one_question_at_a_time(prompt: Prompt) -> None:
    for line in _asked(prompt):
        assert line.count("?") <= 1
    # "What …, and what …?" hides a second question behind one mark. A choice ("or") is one question.
    assert not re.search(r"\band (what|who|where|when|why|how|which)\b", prompt.text)


@each_prompt
def test_each_is_a_question_or_an_invitation_in_full_sentences(prompt: Prompt) -> None:
    for line in _asked(prompt):
        assert re.fullmatch(r"[A-Z].*[.?]", line)
    assert "?" in prompt.text or prompt.id in {"P05", "E01", "I02"}


@each_prompt
def test_each_has_theme_purpose_and_at_least_one_anchor(prompt: Prompt) -> None:
    assert 1 <= len(words(prompt.theme)) <= 4
    assert prompt.purpose
    assert prompt.anchors


def test_no_two_ask_the_same() -> None:
    counted = Counter(line for prompt in PACK.prompts for line in _asked(prompt))
    assert counted.most_common(1)[0][1] == 1
    assert len({prompt.theme for prompt in PACK.prompts if prompt.phase is Phase.INTEGRATE}) == 15


def test_tender_ones_are_marked_and_say_so_before() -> None:
    assert {prompt.id for prompt in PACK.prompts if prompt.tender} == TENDER
    assert {prompt.id for prompt in PACK.prompts if prompt.content_note} == TENDER


def test_drafts_that_asked_two_things_keep_the_second_as_follow_up() -> None:
    follow_ups = {prompt.id: prompt.follow_up for prompt in PACK.prompts if prompt.follow_up}
    assert set(follow_ups) == TWO_STEPS
    assert follow_ups["E06"] == "Did anything help, or was anything missing?"
    assert {prompt.id: prompt.follow_up_from_day for prompt in PACK.prompts if prompt.follow_up_from_day} == {"E06": 1}


@each_prompt
def test_each_speaks_to_you_and_never_as_the_program(prompt: Prompt) -> None:
    for line in (*_asked(prompt), prompt.content_note or ""):
        assert not FIRST_PERSON.search(line)
        assert not WHY_NOT.search(line)
        assert "!" not in line


@pytest.mark.parametrize("file", ["integrate.toml", "anchors.toml"])
def test_no_shipped_string_holds_a_forbidden_word_or_praise(file: str) -> None:
    texts = list(_strings(load_toml("prompts", file)))
    assert texts
    assert [(text, hits) for text in texts if (hits := _hits(text))] == []
    assert not any(EMOJI.search(text) or WHY_NOT.search(text) for text in texts)


def test_the_guide_for_pack_writers_keeps_to_the_words_too() -> None:
    allowed = {"should", "must", "doses"}
    assert set(_hits(read_text("prompts", "README.md"))) <= allowed


@pytest.mark.parametrize(
    ("text", "found"),
    [("A bad trip", "trip"), ("How high was it?", "high"), ("They commit suicide", "commit suicide")],
)
def test_the_search_for_forbidden_words_finds_them(text: str, found: str) -> None:
    assert found in _hits(text)
    assert _hits("A stripe across the highest point") == []
    assert WHY_NOT.search("Why didn't you rest?")


@each_prompt
def test_each_is_readable_at_grade_eight(prompt: Prompt) -> None:
    for line in (*_asked(prompt), prompt.content_note):
        assert line is None or grade(line) <= 8.0


def test_all_prompts_together_read_well_below_grade_eight() -> None:
    assert grade(" ".join(line for prompt in PACK.prompts for line in _asked(prompt))) <= 5.0


@pytest.mark.parametrize(
    ("word", "count"),
    [("a", 1), ("made", 1), ("little", 2), ("whole", 1), ("someone", 2), ("images", 3), ("wanted", 2), ("passed", 1),
     ("trying", 2), ("quieter", 3), ("therapist", 3), ("maybe", 2), ("uneasy", 3), ("intention", 3), ("don't", 1),
     ("psychotherapy", 5), ("the", 1), ("memories", 3)],
)  # fmt: skip
def test_syllables_are_counted_as_people_say_them(word: str, count: int) -> None:
    assert syllables(word) == count


def test_hard_text_is_found_hard_and_easy_text_easy() -> None:
    hard = (
        "The administration of dissociative pharmacological compounds necessitates comprehensive evaluation of "
        "cardiovascular contraindications."
    )
    assert grade(hard) > 15
    assert grade("The cat sat. It was warm.") < 2
    assert sentences("One. Two? Three") == 3


def test_the_pack_in_the_guide_is_one_that_can_be_read() -> None:
    sample = read_text("prompts", "README.md").split("```toml\n")[1].split("```")[0]
    pack = parse_pack(tomllib.loads(sample), ())
    assert [prompt.id for prompt in pack.prompts] == ["lee-01", "lee-02"]


def test_the_guide_names_every_field_there_is() -> None:
    guide = read_text("prompts", "README.md")
    assert all(
        f"`{field}`" in guide for field in (*Prompt.__slots__, *set(PromptPack.__slots__) - {"prompts"}, "schema")
    )


def test_the_prompts_lie_where_the_guide_says() -> None:
    assert {path.name for path in Path(__file__).parents[2].joinpath("resources/prompts").iterdir()} == {
        "README.md",
        "anchors.toml",
        "integrate.toml",
    }
