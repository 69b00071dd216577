"""Row seals: a keyed MAC on every row with a person's words (finding F1).

SQLCipher can return damaged text without an error, so each such row carries BLAKE2b-128 under a key of its own, bound
to its table, its id and its revision. Values are bound by name and type; a NULL is left out, so that a later column
that is NULL does not change the seals of older rows.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from integrate.system.memory import SecretBuffer

SEAL_LENGTH = 16
_LABEL = b"%d:%s%c%d:"  # length of the name, the name, the type, length of the value

SealedValue = bytes | str | int | bool | None


class Sealer:
    """Makes and checks seals with one key of 32 bytes, which it owns until :meth:`wipe`."""

    def __init__(self, key: SecretBuffer) -> None:
        self._key = key

    def seal(self, table: str, row_id: bytes, revision: int, values: Mapping[str, SealedValue]) -> bytes:
        """The 16-byte seal of a row: ``table`` up to 16 characters, ``row_id`` of 16 bytes, ``revision`` ≥ 0."""
        parts = [revision.to_bytes(8, "little")]
        for name in sorted(values):
            value = values[name]
            if value is not None:
                kind, data = _encode(value)
                parts += (_LABEL % (len(name), name.encode("ascii"), kind, len(data)), data)
        return hashlib.blake2b(
            b"".join(parts), digest_size=SEAL_LENGTH, key=self._key.view, person=table.encode("ascii"), salt=row_id
        ).digest()

    def fits(self, seal: bytes, table: str, row_id: bytes, revision: int, values: Mapping[str, SealedValue]) -> bool:
        """Whether ``seal`` is the seal of exactly this row."""
        return hmac.compare_digest(seal, self.seal(table, row_id, revision, values))

    def checker(self, table: str, columns: Sequence[str], texts: Collection[str]) -> Callable[[Sequence[Any]], bool]:
        """A function that tells whether the seal of a row of ``table`` fits, for reading very many of them.

        It gets the values of ``columns`` in their order as the driver gives them, those named in ``texts`` as the bytes
        they are kept as. ``id``, ``rev`` and ``seal`` are among them, and every other column that is sealed. What no
        seal can fit, such as a changed type, fits not.
        """
        row_id, revision, seal = map(columns.index, ("id", "rev", "seal"))
        labels = [
            (columns.index(name), _label_of(name, "i"), _label_of(name, "s" if name in texts else "b"))
            for name in sorted(set(columns) - {"id", "seal"})
        ]
        person = table.encode("ascii")

        def fits(row: Sequence[Any]) -> bool:
            try:
                parts = [row[revision].to_bytes(8, "little")]
                for at, of_integer, of_bytes in labels:
                    value = row[at]
                    if value.__class__ is int:  # written out: this runs a hundred thousand times
                        data = b"%d" % value
                        parts += (of_integer % len(data), data)
                    elif value is not None:
                        parts += (of_bytes % len(value), value)
                made = hashlib.blake2b(
                    b"".join(parts), digest_size=SEAL_LENGTH, key=self._key.view, person=person, salt=row[row_id]
                )
                return hmac.compare_digest(made.digest(), row[seal])
            except (TypeError, ValueError, AttributeError, OverflowError):
                return False

        return fits

    def wipe(self) -> None:
        """Overwrite the key; no seal can be made or checked afterwards."""
        self._key.wipe()


def _label_of(name: str, kind: str) -> bytes:
    """What stands before each value of one column, with the length of the value left out."""
    return b"%d:%s%s%%d:" % (len(name), name.encode("ascii"), kind.encode("ascii"))


def _encode(value: bytes | str | int) -> tuple[int, bytes]:
    if isinstance(value, bytes):
        return ord("b"), value
    if isinstance(value, str):
        return ord("s"), value.encode("utf-8", "surrogatepass")
    return ord("i"), b"%d" % value
