"""Where the overflow pages of an encrypted database are, and whose text goes on in them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from integrate.journal.opening import Access
from tests.conftest import Sample
from tests.helpers.cleanroom import RawKey, decrypt_pages

TREE_KINDS = (2, 5, 10, 13)


@dataclass(frozen=True)
class LongPage:
    """An overflow page: its number from 1, whether it is the last of its chain, and the entry whose text it holds."""

    number: int
    last: bool
    owner: UUID | None


def overflow_pages(sample: Sample, bodies: dict[UUID, str]) -> list[LongPage]:
    """Every overflow page of the database, with the entry whose body goes on in it if it is one of ``bodies``."""
    texts = {entry_id: body.encode() for entry_id, body in bodies.items()}
    with sample.open(Access.READ) as journal:
        keys = journal.vault.keys
        raw = RawKey.from_master(bytes(keys.master.view), keys.vault_id)
    found = []
    for number, page in enumerate(decrypt_pages(sample.place / "vault.db", raw), 1):
        if number > 1 and page[0] not in TREE_KINDS:
            owner = _owner(page[4:].rstrip(b"\0"), texts)
            found.append(LongPage(number, page[:4] == bytes(4), owner))
    return found


def _owner(content: bytes, texts: dict[UUID, bytes]) -> UUID | None:
    """Whose text goes on in a page: as long a stretch as there is decides, as short ones can be in two texts."""
    for length in (200, 64, 32, 16):
        stretch = content[:length]
        owners = [entry_id for entry_id, text in texts.items() if len(stretch) == length and stretch in text]
        if len(owners) == 1:
            return owners[0]
    return None
