"""Every anchor is a sentence of the source article, word for word, known here by its fingerprint only."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from pathlib import Path

import pytest

from integrate.domain.prompts import parse_anchors
from integrate.resources import load, load_toml

SEED = Path(__file__).parents[3] / "shared" / "seed.txt"
GROUPS = {"K": range(1, 10), "T": range(1, 8), "H": range(1, 7), "R": range(9), "B": range(1, 6), "N": range(1, 7)}
ANCHORS = load(parse_anchors, "prompts", "anchors.toml")

_LEAD = re.compile(r"^\s*(?:•|\d+\.)\s+[^:]{1,60}:\s+")
_SENTENCE = re.compile(r"[^\s\"“].*?[.!?](?=[\s\"”]|$)")
_ASIDE = re.compile(r"\([^()]+\)")


def segments(article: str) -> Iterator[str]:
    """What an anchor may be: a sentence, two in a row, or an aside in brackets.

    The bullet and title in front of a list item and quote marks around a sentence are no part of it.
    """
    for line in article.splitlines():
        text = _LEAD.sub("", line.strip())
        found = [match[0] for match in _SENTENCE.finditer(text)]
        yield from found
        yield from (f"{first} {second}" for first, second in pairwise(found))
        yield from _ASIDE.findall(text)


def missing(anchors: Mapping[str, str], article: str) -> list[str]:
    """The anchors whose fingerprint no segment of the article has."""
    there = {hashlib.sha256(segment.encode()).hexdigest() for segment in segments(article)}
    return sorted(name for name, digest in anchors.items() if digest not in there)


@pytest.fixture(scope="module")
def article() -> str:
    """The source article, which is no part of this repository."""
    if not SEED.is_file():
        pytest.skip("the source article is not beside this repository")
    return SEED.read_text(encoding="utf-8")


def test_the_list_holds_exactly_the_42_anchors_each_with_its_own_fingerprint() -> None:
    assert set(ANCHORS) == set(chain.from_iterable((f"{part}{n}" for n in ns) for part, ns in GROUPS.items()))
    assert len(set(ANCHORS.values())) == len(ANCHORS) == 42


def test_the_list_holds_fingerprints_and_nothing_of_the_text() -> None:
    assert set(load_toml("prompts", "anchors.toml")) == {"schema", "anchors"}
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in ANCHORS.values())


def test_every_anchor_is_in_the_article_word_for_word(article: str) -> None:
    assert missing(ANCHORS, article) == []


def test_a_changed_article_is_noticed(article: str) -> None:
    changed = article.replace("set intentions for the session", "set intentions for a session")
    assert changed != article
    assert missing(ANCHORS, changed) == ["K4"]


def test_a_changed_fingerprint_is_noticed(article: str) -> None:
    assert missing({**ANCHORS, "T2": "0" * 64}, article) == ["T2"]


def test_anchors_of_one_part_stand_in_the_order_of_the_article(article: str) -> None:
    places = {hashlib.sha256(part.encode()).hexdigest(): article.find(part) for part in segments(article)}
    for part, numbers in GROUPS.items():
        order = [places[ANCHORS[f"{part}{n}"]] for n in numbers if (part, n) != ("N", 6)]
        assert min(order) > 0
        assert order == sorted(order)


def test_bullets_titles_quote_marks_and_spaces_are_left_out() -> None:
    sample = '  • Care: Go slowly. Rest.\n\n"It was late," she said. "Then it rang. I went."\n\nA title (not a tale)\n'
    assert list(segments(sample)) == [
        "Go slowly.",
        "Rest.",
        "Go slowly. Rest.",
        'It was late," she said.',
        "Then it rang.",
        "I went.",
        'It was late," she said. Then it rang.',
        "Then it rang. I went.",
        "(not a tale)",
    ]
