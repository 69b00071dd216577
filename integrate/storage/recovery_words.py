"""Recovery words: 16 random bytes as twelve words of the English BIP-39 list, and back from what a person types.

Twelve words carry 132 bits: the 128 and a 4-bit checksum, which finds fifteen of sixteen slips at once; the key slot
finds the rest. What is typed may differ in case, spaces, line breaks, commas and numbering, and four letters are enough
for a word: no two words of the list share their first four.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from integrate.errors import UnclearWords
from integrate.i18n import _, ngettext

if TYPE_CHECKING:
    from mnemonic import Mnemonic

ENTROPY_LENGTH: Final = 16
WORD_COUNT: Final = 12
_PREFIX_LENGTH: Final = 4
_FORGIVEN: Final = 1
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def words_from_entropy(entropy: bytes | bytearray | memoryview) -> tuple[str, ...]:
    """The twelve words for 16 bytes."""
    if len(entropy) != ENTROPY_LENGTH:
        msg = "twelve words stand for 16 bytes"
        raise ValueError(msg)
    return tuple(_word_list().to_mnemonic(bytes(entropy)).split(" "))


def entropy_from_words(words: str | Iterable[str]) -> bytearray:
    """The 16 bytes behind the typed ``words``; the caller wipes them.

    Raises:
        UnclearWords: not twelve, not on the list, or the checksum does not fit. The hint never repeats a word.
    """
    tokens = _tokens(words)
    if len(tokens) != WORD_COUNT:
        count = ngettext("There is {count} word.", "There are {count} words.", len(tokens))
        raise UnclearWords(hint=count.format(count=len(tokens)))
    source = _word_list()
    full = [_full_word(token, source.wordlist) for token in tokens]
    known = [word for word in full if word is not None]
    if len(known) != WORD_COUNT:
        number = full.index(None) + 1
        raise UnclearWords(hint=_("Word {number} is not on the list.").format(number=number))
    try:
        return source.to_entropy(known)
    except ValueError:
        raise UnclearWords(hint=_("One word is wrong or two are swapped.")) from None


def looks_like_words(text: str) -> bool:
    """Whether ``text`` is meant as recovery words: twelve, and all but at most one on the list. No checksum."""
    tokens = _tokens(text)
    if len(tokens) != WORD_COUNT:
        return False
    word_list = _word_list().wordlist
    return sum(_full_word(token, word_list) is None for token in tokens) <= _FORGIVEN


def word_list() -> tuple[str, ...]:
    """The 2048 words of the list, in alphabetical order."""
    return tuple(_word_list().wordlist)


@functools.cache
def _word_list() -> Mnemonic:
    """The package's English list: public data, read once."""
    from mnemonic import Mnemonic

    return Mnemonic("english")


def _tokens(words: str | Iterable[str]) -> list[str]:
    """Runs of letters, in lower case; marks over letters and invisible characters from a copied text are dropped."""
    text = words if isinstance(words, str) else " ".join(words)
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", text)
        if unicodedata.category(character) not in ("Mn", "Cf")
    )
    return _LETTERS.findall(plain.casefold())


def _full_word(token: str, word_list: Sequence[str]) -> str | None:
    if token in word_list:
        return token
    if len(token) < _PREFIX_LENGTH:
        return None
    matches = [word for word in word_list if word.startswith(token)]
    return matches[0] if len(matches) == 1 else None
