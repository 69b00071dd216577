"""The words around what was found, taken from the text itself with the same folding as the index."""

from __future__ import annotations

import re
import unicodedata

from integrate.domain.entry import Snippet
from integrate.domain.query import Query
from integrate.domain.scripts import is_unspaced, split_word

BEFORE, AFTER = 40, 110  # characters kept around the first match, to the next word boundary

_WORD = re.compile(r"[^\W_]+[\u0300-\u036f\u3099\u309a]*(?:[^\W_]+[\u0300-\u036f\u3099\u309a]*)*")


def fold(text: str) -> str:
    """``text`` without case and diacritics."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).casefold()


def make_snippet(text: str, query: Query) -> Snippet:
    """The stretch of ``text`` around the first match of ``query``, matches marked; its beginning if there is none."""
    matches = _find_matches(text, query)
    first = matches[0][0] if matches else 0
    start = _boundary(text, max(0, first - BEFORE), backwards=False) if first > BEFORE else 0
    end = min(len(text), max(first + AFTER, matches[0][1] if matches else 0))
    end = _boundary(text, end, backwards=True) if end < len(text) else end
    return _one_line(text, start, max(end, matches[0][1] if matches else 0), matches)


def _find_matches(text: str, query: Query) -> list[tuple[int, int]]:
    found = [match.span() for literal in query.literals for match in re.finditer(re.escape(literal), text)]
    tokens = _tokens(text)
    for term in query.terms:
        wanted = [token for token, _start, _end in _tokens(term.text)]
        for at in range(len(tokens) - len(wanted) + 1):
            if _runs_from(tokens, at, wanted, term.prefix):
                found.append((tokens[at][1], tokens[at + len(wanted) - 1][2]))
    return sorted(found)


def _runs_from(tokens: list[tuple[str, int, int]], at: int, wanted: list[str], prefix: bool) -> bool:
    last = len(wanted) - 1
    for offset, token in enumerate(wanted):
        here = tokens[at + offset][0]
        if here != token and not (prefix and offset == last and here.startswith(token)):
            return False
    return last >= 0


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """(folded token, start, end); characters of unspaced scripts are tokens of their own."""
    tokens: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(text):
        word, base = match.group(), match.start()
        if word.isascii() or not any(map(is_unspaced, word)):
            tokens.append((fold(word), base, match.end()))
            continue
        for start, end in split_word(word):
            tokens.append((fold(word[start:end]), base + start, base + end))
    return tokens


def _boundary(text: str, at: int, *, backwards: bool) -> int:
    space = text.rfind(" ", max(0, at - 20), at) if backwards else text.find(" ", at, at + 20)
    if space < 0:
        return at
    return space if backwards else space + 1


def _one_line(text: str, start: int, end: int, matches: list[tuple[int, int]]) -> Snippet:
    """Cut [start, end), fold line breaks into spaces (lengths stay), and move the marks along."""
    body = re.sub(r"\s", " ", text[start:end])
    lead = "…" if start > 0 else ""
    shift = len(lead) - start
    marks = _merge([(max(s, start) + shift, min(e, end) + shift) for s, e in matches if s < end and e > start])
    return Snippet(lead + body + ("…" if end < len(text) else ""), marks)


def _merge(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
