"""The form of a text that the search index is made of.

Its tokenizer folds case and the diacritics of Latin letters. Two things it leaves to us: scripts written without spaces
between words, where every character becomes a searchable unit of its own, and the marks of other alphabets.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

SEPARATOR = "\u200b"  # zero width space: no token character, invisible, and taken out again before anything is shown

_UNSPACED = (
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb"
    "\uf900-\ufaff\uff66-\uffdc\U00016fe0-\U00018cff\U0001aff0-\U0001b2ff\U00020000-\U0003ffff"
)
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")
_MARKED = re.compile("[\u0370-\u06ff\u0750-\u077f\u08a0-\u08ff\u1c80-\u1c8f\u1f00-\u1fff][\u0300-\u08ff\u1f00-\u1fff]*")
_BESIDE_UNSPACED = re.compile(f"(?<=[{_UNSPACED}])(?=\\w)|(?<=\\w)(?=[{_UNSPACED}])")


def is_unspaced(character: str) -> bool:
    """Whether ``character`` is Han, Kana, Hangul, Bopomofo or a relative: a run of them is one long token to FTS5."""
    return _UNSPACED_CHARACTER.match(character) is not None


def index_form(text: str) -> str:
    """``text`` as the index and the query for it see it; the same text for whatever needs no change.

    In composed form, with a separator around each unspaced character, and without the marks of Greek, Cyrillic, Hebrew
    and Arabic letters.
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    return _BESIDE_UNSPACED.sub(SEPARATOR, _MARKED.sub(_without_marks, composed))


def _without_marks(word: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFD", word.group())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def split_word(word: str) -> list[tuple[int, int]]:
    """(start, end) of the searchable units of ``word``: each unspaced character, and the runs between them."""
    cuts = [0, *(match.start() for match in _BESIDE_UNSPACED.finditer(word)), len(word)]
    return [(start, end) for start, end in pairwise(cuts) if start < end]
