"""Passphrases: one spelling for what a person typed, and the one rule a new passphrase must keep.

The same words typed on another keyboard or system must open the same journal, so a passphrase is brought to one form
first, in the manner of RFC 8265 (OpaqueString): every Unicode space becomes U+0020, then Unicode NFC. Unlike there,
control characters are kept: refusing one could lock out a person whose passphrase came from a file that holds it.
Case, leading and trailing spaces count.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from integrate.errors import ShortPassphrase, WrongUsage
from integrate.i18n import _

MINIMUM_LENGTH: Final = 10
"""Characters a new passphrase needs at least."""


def normalise(passphrase: str) -> str:
    """The one form of ``passphrase``; doing it twice changes nothing.

    Raises:
        WrongUsage: the text holds half of a surrogate pair and is no valid Unicode.
    """
    spaced = "".join(" " if unicodedata.category(character) == "Zs" else character for character in passphrase)
    if any("\ud800" <= character <= "\udfff" for character in spaced):
        raise WrongUsage(reason=_("The passphrase holds a character that is no valid text."))
    return unicodedata.normalize("NFC", spaced)


def encode(passphrase: str) -> bytes:
    """The bytes a key is derived from: normalised, UTF-8. Raises :class:`WrongUsage` as :func:`normalise` does."""
    return normalise(passphrase).encode("utf-8")


def require_strong_enough(passphrase: str, minimum: int = MINIMUM_LENGTH) -> None:
    """Refuse a new passphrase of fewer than ``minimum`` characters, counted after normalising.

    Length is the only rule: demands for symbols make passphrases harder to remember, not to guess.

    Raises:
        ShortPassphrase: it is too short.
        WrongUsage: it is no valid text.
    """
    if len(normalise(passphrase)) < minimum:
        raise ShortPassphrase(minimum=minimum)
