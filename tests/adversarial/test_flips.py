"""One bit is another: in the database, in the header (I1, I2). Never a silent difference."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import pytest

from integrate.errors import HeaderDamaged, KnownError, RecordDamaged, WrongSecret
from integrate.journal.checking import check_journal
from integrate.journal.finding import get_entry
from integrate.journal.opening import Access
from integrate.storage.header import HEADER_SIZE
from tests.adversarial.pages import LongPage, overflow_pages
from tests.adversarial.tools import Figure, Look, files_below, flipped, look_at, numbered_journal, rounds, share
from tests.conftest import Sample
from tests.helpers.cleanroom import PAGE

ENTRIES = 24
QUERIES = ('"title 7"', "tag1")
BROAD = "ba*"  # found in every long entry, so asked only now and then


@dataclass
class Specimen:
    """A journal of short and long entries with files, everything it says, and where its overflow pages are."""

    sample: Sample
    ids: list[UUID]
    files: list[UUID]
    original: Look
    long_pages: list[LongPage]

    @property
    def size(self) -> int:
        return (self.sample.place / "vault.db").stat().st_size

    def look(self, ids: Sequence[UUID], queries: Sequence[str]) -> Look | str:
        """Open it once and read everything, ``ids`` in this order; or the code of the error that opening met."""
        try:
            journal = self.sample.open(Access.READ)
        except KnownError as error:
            assert not isinstance(error, WrongSecret), "damage was taken for a wrong secret"
            return error.code
        with journal:
            return look_at(journal, ids, self.files, queries)

    def trial(self, at: int, bit: int, first: UUID) -> str:
        """Flip one bit, read everything beginning with one entry, check; what was met."""
        where = self.ids.index(first)
        with flipped(self.sample.place / "vault.db", (at, bit)):
            look = self.look(self.ids[where:] + self.ids[:where], QUERIES if at % 8 else (*QUERIES, BROAD))
            report = check_journal(self.sample.place, self.sample.by_words)
        if isinstance(look, str):
            assert not report.ok, f"byte {at} bit {bit}: opening raised {look}, and check saw nothing"
            return "met by opening"
        silent = list(look.differences(self.original))
        assert not silent, f"byte {at} bit {bit}: {silent}"
        if report.ok:
            assert not look.complaints(), f"byte {at} bit {bit}: reading met damage, and check saw nothing"
            return "harmless"
        return "met by reading" if look.complaints() else "met by check"


@pytest.fixture(scope="module")
def specimen(template: Sample, tmp_path_factory: pytest.TempPathFactory) -> Specimen:
    sample = template.copy_to(tmp_path_factory.mktemp("flips") / "Specimen.integrate")
    ids = numbered_journal(sample, ENTRIES, "i1")
    with sample.open(Access.READ) as journal:
        entries = [get_entry(journal, entry_id) for entry_id in ids]
        files = [attachment.id for entry in entries for attachment in entry.attachments]
        original = look_at(journal, ids, files, (*QUERIES, BROAD))
    assert not original.complaints()
    assert {len(entry.body) for entry in entries} >= {10, 60_000}
    assert len(files) >= 4
    long_pages = overflow_pages(sample, {entry.summary.id: entry.body for entry in entries})
    assert len({page.owner for page in long_pages if page.owner}) >= 9
    assert sum(page.owner is not None for page in long_pages) >= 50
    return Specimen(sample, ids, files, original, long_pages)


def flip_random_bytes(specimen: Specimen, count: int) -> str:
    source, met = random.Random(11), {"met by opening": 0, "met by reading": 0, "met by check": 0, "harmless": 0}
    for _ in range(count):
        met[specimen.trial(source.randrange(specimen.size), source.randrange(8), source.choice(specimen.ids))] += 1
    assert met["met by reading"] > count // 10, met
    return ", ".join(f"{number} {how}" for how, number in met.items())


def read_alone(specimen: Specimen, page: LongPage, at: int, owner: UUID) -> str:
    """Flip a bit of an overflow page; read the entry whose text it holds, first thing after opening (finding F1)."""
    before = specimen.original.entries[owner]
    with (
        flipped(specimen.sample.place / "vault.db", ((page.number - 1) * PAGE + at, at % 8)),
        specimen.sample.open(Access.READ) as journal,
    ):
        try:
            after = get_entry(journal, owner)
        except RecordDamaged:
            return "by its seal"
        except KnownError:
            return "by its page"
    assert after == before, f"page {page.number}: a silent difference"
    return "harmless"


def flip_long_rows(specimen: Specimen, pages: Sequence[LongPage]) -> str:
    source = random.Random(12)
    met = {"by its seal": 0, "by its page": 0, "harmless": 0}
    for page in pages:
        assert page.owner is not None
        met[read_alone(specimen, page, source.randrange(PAGE), page.owner)] += 1
    assert not met["harmless"], "every byte of a page is covered by its MAC"
    return ", ".join(f"{number} noticed {how}" for how, number in met.items() if number)


def test_i1_random_bits_flipped_in_the_database_are_never_silent(specimen: Specimen, figure: Figure) -> None:
    figure("I1", f"60 random bits, 0 silent: {flip_random_bytes(specimen, 60)}")


def test_i1_f1_the_last_page_of_every_long_row_flipped_is_never_silent(specimen: Specimen, figure: Figure) -> None:
    last = [page for page in specimen.long_pages if page.last and page.owner]
    figure("I1/F1", f"last page of {len(last)} long rows, 0 silent: {flip_long_rows(specimen, last)}")


@pytest.mark.hard
def test_i1_500_random_bits_flipped_in_the_database_are_never_silent(specimen: Specimen, figure: Figure) -> None:
    figure("I1", f"500 random bits, 0 silent: {flip_random_bytes(specimen, 500)}")


@pytest.mark.hard
def test_i1_every_overflow_page_flipped_is_never_silent(specimen: Specimen, figure: Figure) -> None:
    owned = [page for page in specimen.long_pages if page.owner]
    alone = flip_long_rows(specimen, owned)
    figure("I1/F1", f"{len(owned)} overflow pages of entries read alone, 0 silent: {alone}")
    source, count = random.Random(13), 0
    for number in rounds(200, len(specimen.long_pages), share(0.1)):
        page = specimen.long_pages[number]
        at = (page.number - 1) * PAGE + source.randrange(PAGE)
        specimen.trial(at, source.randrange(8), page.owner or source.choice(specimen.ids))
        count += 1
    figure("I1", f"{count} of {len(specimen.long_pages)} overflow pages with everything read and checked, 0 silent")


def test_i2_flips_in_the_header_open_from_the_other_copy_or_are_damage(specimen: Specimen, figure: Figure) -> None:
    header, source = specimen.sample.place / "vault.hdr", random.Random(14)
    before = files_below(specimen.sample.place)
    survived = damaged = 0
    for number in range(64):
        at, bit = source.randrange(HEADER_SIZE), source.randrange(8)
        copies = ((at,), (at + HEADER_SIZE,), (at, at + HEADER_SIZE))[number % 3]
        with flipped(header, *((place, bit) for place in copies)):
            try:
                with specimen.sample.open(Access.READ) as journal:
                    assert len(copies) == 1, f"byte {at} is wrong in both copies, and it opened"
                    assert get_entry(journal, specimen.ids[0]) == specimen.original.entries[specimen.ids[0]]
                survived += 1
            except HeaderDamaged:
                assert len(copies) == 2, f"byte {at} is wrong in one copy, and it did not open"
                damaged += 1
            assert not check_journal(specimen.sample.place, None).ok
    assert files_below(specimen.sample.place) == before
    figure("I2", f"64 flips: {survived} in one copy opened, {damaged} in both were damage, nothing written")


def test_i2_writing_repairs_the_damaged_copy(specimen: Specimen, template: Sample) -> None:
    sample = specimen.sample.copy_to(specimen.sample.place.with_name("Repaired.integrate"))
    header = sample.place / "vault.hdr"
    whole = header.read_bytes()
    for at in places_in_both_copies():
        damaged = bytearray(whole)
        damaged[at] ^= 1
        header.write_bytes(damaged)
        sample.open(Access.WRITE).close()
        assert header.read_bytes() == whole


def places_in_both_copies() -> Iterator[int]:
    for start in (0, HEADER_SIZE):
        yield from (start, start + 80, start + 4050, start + HEADER_SIZE - 1)
