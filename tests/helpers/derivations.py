"""Key derivations that a test has paid for already: a key follows from passphrase, salt and cost alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from integrate.storage import kdf
from integrate.storage.kdf import KdfCost
from integrate.system.memory import SecretBuffer, SecretBytes

Asked = tuple[bytes, bytes, KdfCost]
"""What was derived: the SHA-256 of a passphrase, the salt, the cost."""


class Derivations:
    """Takes the place of :func:`integrate.storage.kdf.derive`, and does the same work once for each key.

    A wrong passphrase, another salt and another cost are derived as ever.
    """

    def __init__(self, known: Mapping[Asked, bytes]) -> None:
        self._derive = kdf.derive
        self.known = dict(known)

    def __call__(self, passphrase: SecretBytes, salt: bytes, cost: KdfCost, out: SecretBuffer) -> None:
        asked = (hashlib.sha256(passphrase).digest(), salt, cost)
        if asked in self.known:
            out.view[:] = self.known[asked]
        else:
            self._derive(passphrase, salt, cost, out)
            self.known[asked] = bytes(out.view)
