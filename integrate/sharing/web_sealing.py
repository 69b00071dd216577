"""The words of a web page behind a passphrase: AES-256-GCM with a key by PBKDF2, which every browser has built in.

The numbers here stand in ``resources/web/open.js`` too, which undoes this in the browser; ``docs/shared-web-page.md``
describes the format. Whoever guesses has to go through all the rounds for each guess; phrases are six random words
besides.
"""

from __future__ import annotations

import secrets
from base64 import b64encode
from typing import TYPE_CHECKING, Final

from integrate.domain.passphrase import encode
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.sharing.typesetting import given_up

if TYPE_CHECKING:
    from integrate.domain.listing import Stop

FORMAT: Final = "integrate web page 1"
"""Bound to the words: a file of another format cannot be passed off as one of this."""
ROUNDS: Final = 1_200_000
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
SMALLEST: Final = 64 * 1024
"""Room in bytes that the shortest text takes; longer ones take the next power of two."""
_KEY_BYTES: Final = 32


def sealed(text: str, phrase: str, *, stop: Stop | None = None) -> str:
    """``text`` encrypted with ``phrase``, as base64 of salt, nonce, and the encrypted bytes with their tag.

    Its length tells of the text only between which powers of two its size is.

    Raises:
        WrongUsage: the phrase is empty or no valid text.
        Stopped: ``stop`` was set; within a tenth of a second.
    """
    secret = encode(phrase)
    if not secret.strip():
        raise WrongUsage(reason=_("A file needs a passphrase to be protected. Nothing was saved."))
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    key = given_up(lambda: _key(secret, salt), stop)
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    words = AESGCM(key).encrypt(nonce, padded(text.encode()), FORMAT.encode())
    return b64encode(salt + nonce + words).decode("ascii")


def padded(text: bytes) -> bytes:
    """``text`` with spaces after it, which mean nothing at the end of HTML, up to a power of two."""
    room = max(SMALLEST, 1 << max(len(text) - 1, 0).bit_length())
    return text.ljust(room, b" ")


def _key(secret: bytes, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

    return PBKDF2HMAC(SHA256(), _KEY_BYTES, salt, ROUNDS).derive(secret)
