"""What a person types into the search field, read without ever failing.

Words are joined by AND, ``word*`` looks for a beginning, ``"a phrase"`` for words in a row. Anything else is taken
literally; a term without a single letter or digit (an emoji, ``:-)``) is looked for as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from integrate.domain.scripts import index_form

_NO_TEXT = re.compile("[\ud800-\udfff]")
_MOST_LITERALS = 20  # a page of signs pasted by mistake: the first twenty different ones are looked for
_LAST_WORD = re.compile(r'(?<!\S)[^\s"*]{3,}\Z')
_TERM = re.compile(r'"([^"]*)"(\*?)|(\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row; with ``prefix``, the last one may go on."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """``terms`` for the full-text index and ``literals`` for a plain look through the text, all needed."""

    terms: tuple[Term, ...]
    literals: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return not self.terms and not self.literals

    def match_expression(self) -> str:
        """The FTS5 expression: only quoted strings, AND and ``*``, so that no input can be syntax."""
        parts = []
        for term in self.terms:
            quoted = '"' + index_form(term.text).replace('"', '""') + '"'
            parts.append(quoted + ("*" if term.prefix else ""))
        return " AND ".join(parts)


def parse_query(text: str) -> Query:
    """Read ``text``; every input has a meaning, the empty one finds nothing."""
    terms: dict[Term, None] = {}
    literals: dict[str, None] = {}
    if _NO_TEXT.search(text):
        return Query((), ())  # bytes that are no text; nothing in a journal is like them
    cleaned = unicodedata.normalize("NFC", text.replace("\x00", " "))
    for match in _TERM.finditer(cleaned):
        phrase, phrase_star, word = match.groups()
        raw = word if phrase is None else phrase
        prefix = raw.endswith("*") if phrase is None else bool(phrase_star)
        if any(_is_token_character(c) for c in raw):
            terms[Term(raw.rstrip("*") if phrase is None else raw, prefix)] = None
        elif raw.strip():
            literals[raw.strip()] = None
    return Query(tuple(terms), tuple(literals)[:_MOST_LITERALS])


def as_typed(text: str) -> str:
    """``text`` while somebody is still typing it: its last word is the beginning of one, from three letters on.

    Below three letters a beginning is nearly every word there is. An open phrase, and a text that does not end in a
    word, stay as they are. What ``text`` finds is among what the answer finds.
    """
    last = _LAST_WORD.search(text)
    if text.count('"') % 2 or last is None or not _is_token_character(text[-1]):
        return text
    return text + "*"


def _is_token_character(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "Co"  # what the index's unicode61 tokenizer keeps
