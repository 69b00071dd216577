"""What a list shows of a text: how many words it has, and its first line or two."""

from __future__ import annotations

import re

from integrate.domain.scripts import is_unspaced

EXCERPT_LENGTH = 140

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_MARKDOWN = re.compile(
    r"^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+)|[*_`~]{1,3}|!?\[([^\]]*)\]\([^)]*\)", re.M
)


def count_words(text: str) -> int:
    """Count words; each character of a script written without spaces counts as one."""
    if text.isascii():
        return len(_WORD.findall(text))
    total = 0
    for match in _WORD.finditer(text):
        word = match.group()
        unspaced = sum(map(is_unspaced, word)) if not word.isascii() else 0
        total += unspaced + (1 if unspaced < len(word) else 0)
    return total


def excerpt(text: str, length: int = EXCERPT_LENGTH) -> str:
    """The beginning of ``text`` as one line without Markdown signs, at most ``length`` characters with its ellipsis."""
    start = text[: length * 4]  # enough for any run of signs and blank lines worth showing
    plain = " ".join(_MARKDOWN.sub(lambda m: m.group(1) or "", start).split())
    if len(plain) <= length and len(start) == len(text):
        return plain
    cut = plain[: length - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > length // 2 else cut) + "…"
