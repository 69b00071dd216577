"""The Flesch–Kincaid grade of English text: 0.39 × words per sentence + 11.8 × syllables per word − 15.59.

Kincaid et al. 1975. Syllables are counted by the usual spelling rules of English, good to a few per cent.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s”\"')]|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = (
    re.compile(r"(?<=^som)e(?=[a-z])"),  # someone
    re.compile(r"(?<!^mayb)(?<=[^aeiouyl])e$"),  # made, but not maybe
    re.compile(r"(?<=[aeiouy]l)e$"),  # whole, but not little
    re.compile(r"(?<=[^aeiouyszxgch])es$"),  # makes, but not images
    re.compile(r"(?<=[^aeiouydt])ed$"),  # passed, but not wanted
)
_TWO_SYLLABLES = re.compile(r"[iuy](?=ing)|i(?=et)|i(?=a)|eo(?=$)|u(?=al)|e(?=ing)")


def syllables(word: str) -> int:
    """How many syllables an English word has, at least one."""
    plain = re.sub(r"['’]", "", word.lower())
    spoken = plain
    for silent in _SILENT:
        shorter = silent.sub("", spoken, count=1)
        spoken = shorter if _VOWELS.search(shorter) else spoken
    return max(len(_VOWELS.findall(spoken)) + (1 if _TWO_SYLLABLES.search(plain) else 0), 1)


def words(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)


def sentences(text: str) -> int:
    """How many sentences a text has, at least one. A last one without a full stop counts."""
    return max(sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part)), 1)


def grade(text: str) -> float:
    """The school grade a text asks of its reader."""
    found = words(text)
    return 0.39 * len(found) / sentences(text) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59
