"""The words around what was found, taken from the text itself with the same folding as the index."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

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


# Most texts: Latin letters, punctuation, arrows and currency signs, without combining marks. Beyond, words are cut one
# by one, which takes several times as long.
_LATIN: Final = re.compile("[\x00-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff]*")
_FOLDED: Final = MappingProxyType({code: folded for code in range(0x80, 0x250) if len(folded := fold(chr(code))) == 1})
_UNEVEN: Final = re.compile("[" + "".join(chr(code) for code in range(0x80, 0x250) if code not in _FOLDED) + "]")
_IN_WORD: Final = re.compile(r"[^\W_]")
_WORD_END: Final = (r"(?![^\W_])", r"[^\W_]*")  # a whole word, a word that may go on


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
    folded = _fold_in_place(text)
    tokens = _tokens(text) if folded is None else []
    for term in query.terms:
        wanted = [token for token, _start, _end in _tokens(term.text)]
        if folded is None:
            found.extend(_runs_of_tokens(tokens, wanted, term.prefix))
        elif wanted:
            found.extend(_runs_in_folded(folded, wanted, term.prefix))
    return sorted(found)


def _fold_in_place(text: str) -> str | None:
    """``text`` folded with every character where it was; None where folding would move characters."""
    if text.isascii():
        return text.lower()
    if not _LATIN.fullmatch(text) or _UNEVEN.search(text) or len(lowered := text.lower()) != len(text):
        return None
    return lowered.translate(_FOLDED)


def _runs_in_folded(folded: str, wanted: list[str], prefix: bool) -> Iterator[tuple[int, int]]:
    # The pattern begins with a literal, which is found fast; a look-behind would be tried at every character.
    pattern, at = re.compile(r"[\W_]+".join(map(re.escape, wanted)) + _WORD_END[prefix]), 0
    while match := pattern.search(folded, at):
        if match.start() == 0 or not _IN_WORD.match(folded, match.start() - 1):
            yield match.span()
        at = match.start() + 1


def _runs_of_tokens(tokens: list[tuple[str, int, int]], wanted: list[str], prefix: bool) -> Iterator[tuple[int, int]]:
    for at in range(len(tokens) - len(wanted) + 1):
        if _runs_from(tokens, at, wanted, prefix):
            yield tokens[at][1], tokens[at + len(wanted) - 1][2]


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
