"""Opening: each fault has its own name, in the order it can be known, and nothing is written before all has passed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from integrate.errors import (
    DatabaseForeign,
    DatabaseMissing,
    DatabaseTruncated,
    DiskRefused,
    HeaderDamaged,
    HeaderMissing,
    KnownError,
    NewerVersion,
    NotAJournal,
    TargetExists,
    UnclearWords,
    WrongPassphrase,
    WrongWords,
)
from integrate.journal.info import journal_info
from integrate.journal.opening import Access, ByEither, ByPassphrase, ByWords, create_journal, open_journal
from integrate.storage import making
from integrate.storage.header import Meta
from integrate.storage.kdf import FLOOR
from integrate.storage.migrating import SCHEMA
from tests.conftest import PASSPHRASE, Sample
from tests.helpers.cleanroom import PAGE
from tests.helpers.journals import fingerprints, flip, shown, tamper, write

OTHER_WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"


def _cut(name: str, size: int) -> Callable[[Path], None]:
    return lambda place: (place / name).write_bytes((place / name).read_bytes()[:size]) and None


def _both_headers(place: Path) -> None:
    flip(place / "vault.hdr", 100)
    flip(place / "vault.hdr", 4196)


_FAULTS: list[tuple[str, Callable[[Path], object], type[KnownError]]] = [
    ("no folder", shutil.rmtree, NotAJournal),
    ("no header", lambda place: (place / "vault.hdr").unlink(), HeaderMissing),
    ("both copies", _both_headers, HeaderDamaged),
    ("half a header", _cut("vault.hdr", 4096), HeaderDamaged),
    ("empty header", _cut("vault.hdr", 0), HeaderDamaged),
    ("no database", lambda place: (place / "vault.db").unlink(), DatabaseMissing),
    ("empty database", _cut("vault.db", 0), DatabaseTruncated),
    ("half a page", _cut("vault.db", PAGE * 5 + 100), DatabaseTruncated),
    ("first page", lambda place: flip(place / "vault.db", 2000), DatabaseForeign),
]


@pytest.mark.parametrize("access", list(Access))
@pytest.mark.parametrize(("fault", "kind"), [(f, k) for _n, f, k in _FAULTS], ids=[n for n, _f, _k in _FAULTS])
def test_i5_each_fault_has_its_own_name_and_nothing_is_written(
    sample: Sample, fault: Callable[[Path], object], kind: type[KnownError], access: Access
) -> None:
    fault(sample.place)
    before = fingerprints(sample.place)
    with pytest.raises(KnownError) as caught:
        sample.open(access)
    assert type(caught.value) is kind
    assert fingerprints(sample.place) == before


@pytest.mark.parametrize("fewer", [1, 2, 5])
def test_i5_a_database_without_its_last_pages_is_damage(sample: Sample, fewer: int) -> None:
    database = sample.place / "vault.db"
    database.write_bytes(database.read_bytes()[: -PAGE * fewer])
    before = fingerprints(sample.place)
    for access in Access:
        with pytest.raises(KnownError) as caught:
            sample.open(access)
        assert caught.value.exit_code == 4
    assert fingerprints(sample.place) == before


def test_i5_the_database_of_another_journal_is_not_taken(sample: Sample, tmp_path: Path) -> None:
    other = create_journal(tmp_path / "Other.integrate", PASSPHRASE, cost=FLOOR)
    shutil.copyfile(other.place / "vault.db", sample.place / "vault.db")
    with pytest.raises(DatabaseForeign) as caught:
        sample.open(Access.READ)
    assert caught.value.exit_code == 4


def test_i5_the_header_of_another_journal_opens_with_its_own_secret_and_says_damage(
    sample: Sample, tmp_path: Path
) -> None:
    other = create_journal(tmp_path / "Other.integrate", PASSPHRASE, cost=FLOOR)
    shutil.copyfile(other.place / "vault.hdr", sample.place / "vault.hdr")
    with pytest.raises(WrongWords):
        sample.open(Access.READ)
    with pytest.raises(DatabaseForeign):
        open_journal(sample.place, ByWords(" ".join(other.recovery_words)))


def test_a_wrong_secret_is_told_before_anything_about_the_database(sample: Sample) -> None:
    flip(sample.place / "vault.db", 2000)
    for secret, kind in ((ByPassphrase("not this one"), WrongPassphrase), (ByWords(OTHER_WORDS), WrongWords)):
        with pytest.raises(kind):
            open_journal(sample.place, secret)


@pytest.mark.parametrize("words", ["", "one two", "legal " * 12, "zzzz " * 12, OTHER_WORDS.replace("yellow", "year")])
def test_words_that_are_none_are_said_to_be_unclear(sample: Sample, words: str) -> None:
    with pytest.raises(UnclearWords) as caught:
        open_journal(sample.place, ByWords(words))
    assert "legal" not in caught.value.message()


def test_either_opens_with_both(sample: Sample) -> None:
    for secret in (sample.words, sample.words.upper(), PASSPHRASE):
        open_journal(sample.place, ByEither(secret)).close()
    with pytest.raises(WrongPassphrase):
        open_journal(sample.place, ByEither("neither of the two"))


def test_a_journal_that_asks_for_a_newer_schema_is_newer(sample: Sample) -> None:
    with sample.open() as journal:
        meta = journal.vault.meta
        journal.vault.rewrite_header(journal.vault.header, Meta(meta.db_epoch, 0, SCHEMA + 1))
    before = fingerprints(sample.place)
    for access in Access:
        with pytest.raises(NewerVersion):
            sample.open(access)
    assert fingerprints(sample.place) == before


@pytest.mark.parametrize("access", list(Access))
def test_an_unknown_revision_of_the_schema_is_newer(sample: Sample, access: Access) -> None:
    with sample.open() as journal:
        tamper(journal, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerVersion):
        sample.open(access)


def test_an_interrupted_change_of_the_database_key_leaves_exactly_one_that_opens(sample: Sample) -> None:
    with sample.open() as journal:
        write(journal)
        journal.vault.rewrite_header(journal.vault.header, Meta(1, 2, SCHEMA))  # the new key was never reached
    with sample.open(Access.READ) as journal:
        assert journal.notices == ()
        assert len(shown(journal)) == 1


def test_a_journal_is_never_made_over_anything(tmp_path: Path) -> None:
    place = tmp_path / "There.integrate"
    place.mkdir()
    with pytest.raises(TargetExists):
        create_journal(place, PASSPHRASE, cost=FLOOR)
    assert list(tmp_path.iterdir()) == [place]
    assert list(place.iterdir()) == []


def test_a_journal_that_could_not_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(5, "the disk says no")

    monkeypatch.setattr(making, "back_up_automatically", refuse)
    with pytest.raises(DiskRefused):
        create_journal(tmp_path / "New.integrate", PASSPHRASE, cost=FLOOR)
    assert list(tmp_path.iterdir()) == []


def test_two_journals_have_nothing_in_common(template: Sample, tmp_path: Path) -> None:
    other = create_journal(tmp_path / "Other.integrate", PASSPHRASE, cost=FLOOR)
    with template.copy_to(tmp_path / "T.integrate").open(Access.READ) as one:
        assert one.id != other.id
    assert " ".join(other.recovery_words) != template.words
    heads = [(place / "vault.db").read_bytes()[:16] for place in (template.place, other.place)]
    assert heads[0] != heads[1]


def test_what_is_said_of_a_journal_needs_no_secret(sample: Sample) -> None:
    info = journal_info(sample.place)
    assert info.format == 1
    assert [(slot.kind, slot.index) for slot in info.slots] == [("passphrase", 0), ("recovery", 1)]
    assert info.bytes == sum(path.stat().st_size for path in sample.place.rglob("*") if path.is_file())
    with sample.open(Access.READ) as journal:
        assert journal.id == info.id


def test_every_file_is_for_the_owner_alone(sample: Sample) -> None:
    with sample.open() as journal:
        write(journal)
        modes = {path.name: path.stat().st_mode & 0o777 for path in sample.place.rglob("*")}
    assert {mode for name, mode in modes.items() if name != "backups"} == {0o600}
    assert modes["backups"] == sample.place.stat().st_mode & 0o777 == 0o700
