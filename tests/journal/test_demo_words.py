"""What the demo says: invented, plain, calm, and without a word that the program itself does not use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from integrate.domain.entry import Phase
from integrate.journal.prompts import built_in_pack
from integrate.resources import load_toml, resource_path
from tests.prompts.reading import grade, words

FILES = ("course.toml", "sessions.toml", "composed.toml", "mood.toml")
FORBIDDEN = (
    "trip", "trips", "tripping", "high", "journey", "breakthrough", "healed", "healing", "heal", "addict", "addicted",
    "failed", "fail", "failure", "clean", "noncompliant", "suicide", "streak", "missed", "dose", "doses", "private",
    "cured", "cure", "amazing", "miracle", "magical", "transformed", "life-changing", "Integrate",
)  # fmt: skip
EMOJI = re.compile("[☀-➿\U0001f000-\U0001faff]")
WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur)days?\b", re.IGNORECASE)
NUMBER = re.compile(r"\d{3}-(\d{3})-\d{4}")


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in ("licence", "kind", "route", "prompt", "phase"):
                yield from texts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)


def all_texts() -> list[str]:
    return [text for file in FILES for text in texts(load_toml("demo", file))]


def stories() -> tuple[Mapping[str, object], ...]:
    return load_toml("demo", "sessions.toml")["sessions"]  # type: ignore[return-value]  # as the file is


def test_there_are_eight_stories_and_a_note_of_their_licence() -> None:
    assert len(stories()) == 8
    assert load_toml("demo", "course.toml")["licence"] == "Apache-2.0"
    assert "All of it is\ninvented" in resource_path("demo", "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", FORBIDDEN)
def test_a_word_that_is_not_ours_is_not_in_it(word: str) -> None:
    found = [text for text in all_texts() if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)]
    assert not found


def test_there_is_no_emoji_no_exclamation_and_no_day_of_the_week_that_would_not_fit() -> None:
    for text in all_texts():
        assert not EMOJI.search(text), text
        assert "!" not in text, text
        assert not WEEKDAY.search(text), text


def test_numbers_are_such_as_nobody_has() -> None:
    numbers = [match for text in all_texts() for match in NUMBER.findall(text)]
    assert numbers == ["555"] * 3


def test_a_twelve_year_old_can_read_it() -> None:
    for text in all_texts():
        if len(words(text)) >= 20:
            assert grade(text) <= 7, text


def test_entries_answer_prompts_that_exist_and_belong_to_their_phase() -> None:
    phases = {prompt.id: prompt.phase for prompt in built_in_pack().prompts}
    for story in stories():
        for entry in story["entries"]:  # type: ignore[attr-defined]  # as the file is
            assert phases[entry["prompt"]] is Phase(entry["phase"]), entry["title"]


def test_every_insight_quotes_words_of_its_entry_and_every_thread_a_moment_that_is_there() -> None:
    for story in stories():
        bodies = {entry["title"]: entry["body"] for entry in story["entries"]}  # type: ignore[attr-defined]  # as above
        moments = {moment["at"] for moment in story["moments"]}  # type: ignore[attr-defined]  # as above
        assert len(moments) == len(story["moments"])  # type: ignore[arg-type]  # as above
        for thread in story["threads"]:  # type: ignore[attr-defined]  # as above
            assert set(thread.get("met", ())) <= moments
            if "insight" in thread:
                assert thread["insight"]["quote"] in bodies[thread["insight"]["entry"]]
