"""Scripts written without spaces between words: there, every character is a searchable unit of its own."""

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
_BESIDE_UNSPACED = re.compile(f"(?<=[{_UNSPACED}])(?=\\w)|(?<=\\w)(?=[{_UNSPACED}])")


def is_unspaced(character: str) -> bool:
    """Whether ``character`` is Han, Kana, Hangul, Bopomofo or a relative: a run of them is one long token to FTS5."""
    return _UNSPACED_CHARACTER.match(character) is not None


def split_unspaced(text: str) -> str:
    """``text`` in composed form with a separator around each unspaced character, so that a part of a run is found."""
    if text.isascii():
        return text
    return _BESIDE_UNSPACED.sub(SEPARATOR, unicodedata.normalize("NFC", text))


def join_unspaced(text: str) -> str:
    """Take the separators of :func:`split_unspaced` out again."""
    return text.replace(SEPARATOR, "")


def split_word(word: str) -> list[tuple[int, int]]:
    """(start, end) of the searchable units of ``word``: each unspaced character, and the runs between them."""
    cuts = [0, *(match.start() for match in _BESIDE_UNSPACED.finditer(word)), len(word)]
    return [(start, end) for start, end in pairwise(cuts) if start < end]
