"""Text that could not be saved, kept in memory across a lock without being readable there.

nonce (12 bytes, random) and AES-256-GCM-SIV of the text with its tag, bound to the journal's id, under a key of its own
derived from the master key. Nothing of it is ever written to a disk.
"""

from __future__ import annotations

import os
from typing import Final

from integrate.errors import RecordDamaged
from integrate.storage.keys import VaultKeys

_NONCE_LENGTH: Final = 12
_TAG_LENGTH: Final = 16


def set_aside(keys: VaultKeys, text: bytes) -> bytes:
    """``text`` as only this journal, unlocked, gives it back."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

    nonce = os.urandom(_NONCE_LENGTH)
    with keys.aside_key() as key:
        return nonce + AESGCMSIV(key.view).encrypt(nonce, text, keys.vault_id)


def take_back(keys: VaultKeys, sealed: bytes) -> bytes:
    """The text behind ``sealed``.

    Raises:
        RecordDamaged: it was altered, or another journal made it.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

    if len(sealed) < _NONCE_LENGTH + _TAG_LENGTH:
        raise RecordDamaged
    with keys.aside_key() as key:
        try:
            return AESGCMSIV(key.view).decrypt(sealed[:_NONCE_LENGTH], sealed[_NONCE_LENGTH:], keys.vault_id)
        except InvalidTag:
            raise RecordDamaged from None
