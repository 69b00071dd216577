"""Files of a journal cut off, missing or mixed up (I5), and secrets that are nearly right (K1)."""

from __future__ import annotations

import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from integrate.errors import (
    Damaged,
    DatabaseDamaged,
    DatabaseForeign,
    DatabaseMissing,
    DatabaseTruncated,
    EndMissing,
    HeaderDamaged,
    HeaderMissing,
    KnownError,
    NotAJournal,
    UnclearWords,
    WrongPassphrase,
    WrongSecret,
    WrongWords,
)
from integrate.journal.checking import check_journal
from integrate.journal.finding import count_entries, get_entry
from integrate.journal.opening import Access, ByPassphrase, ByWords, create_journal, open_journal
from integrate.journal.secrets import change_passphrase
from integrate.journal.writing import add_entry
from integrate.storage import kdf, opening
from tests.adversarial.tools import Figure, add_numbered, files_below, numbered_journal
from tests.conftest import PASSPHRASE, Sample, draft

ACCESSES = (Access.READ, Access.WRITE)
PAGE = 4096


@pytest.fixture(autouse=True)
def nobody_beside_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses in which a writer beside us would finish its commit are for nothing here."""
    monkeypatch.setattr(opening, "_ANCHOR_PAUSE", 0.0)


@pytest.fixture
def written(sample: Sample) -> Sample:
    """A journal with three entries."""
    numbered_journal(sample, 3, "i5")
    return sample


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Another journal, with the same passphrase, words of its own and an entry."""
    place = tmp_path_factory.mktemp("other") / "Other.integrate"
    made = create_journal(place, PASSPHRASE, cost=kdf.FLOOR)
    another = Sample(place, PASSPHRASE, " ".join(made.recovery_words))
    numbered_journal(another, 1, "other")
    return another


def refused(sample: Sample, *, words: str | None = None) -> set[type[KnownError]]:
    """The errors that reading and writing raise; whichever it is, nothing is written."""
    met = set()
    before = files_below(sample.place)
    for access in ACCESSES:
        try:
            open_journal(sample.place, ByWords(words or sample.words), access).close()
        except KnownError as error:
            assert not isinstance(error, WrongSecret)
            assert error.exit_code == 4
            met.add(type(error))
        else:
            pytest.fail(f"it opened to {access.value}")
        assert files_below(sample.place) == before, f"opening to {access.value} wrote something"
    assert not check_journal(sample.place, sample.by_words if words is None else ByWords(words)).ok
    assert files_below(sample.place) == before, "checking wrote something"
    return met


def cut(sample: Sample, lengths: Iterator[int]) -> Counter[str]:
    """Cut the database off at each length, from the longest on; what was raised."""
    database, met = sample.place / "vault.db", Counter[str]()
    for length in lengths:
        with database.open("r+b") as file:
            file.truncate(length)
        for kind in refused(sample):
            met[kind.code] += 1
            if length % PAGE or not length:
                assert kind is DatabaseTruncated, (length, kind)
            else:
                assert kind in (DatabaseTruncated, DatabaseDamaged), (length, kind)
    return met


@pytest.mark.hard
def test_i5_a_database_cut_at_every_512_bytes_is_refused_as_cut(written: Sample, figure: Figure) -> None:
    size = (written.place / "vault.db").stat().st_size
    met = cut(written, iter(range(0, size, 512)[::-1]))
    figure("I5", f"{size // 512} cuts, {sum(met.values())} refusals: {dict(met)}, nothing written")


def _remove(name: str) -> Callable[[Sample], None]:
    return lambda sample: (sample.place / name).unlink()


def _empty(name: str) -> Callable[[Sample], None]:
    return lambda sample: (sample.place / name).write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        pytest.param(_empty("vault.db"), DatabaseTruncated, id="empty-database"),
        pytest.param(_remove("vault.db"), DatabaseMissing, id="no-database"),
        pytest.param(_remove("vault.hdr"), HeaderMissing, id="no-header"),
        pytest.param(_empty("vault.hdr"), HeaderDamaged, id="empty-header"),
        pytest.param(lambda s: (s.place / "vault.db").write_bytes(bytes(8 * PAGE)), DatabaseForeign, id="zeros"),
        pytest.param(
            lambda s: (s.place / "vault.db").write_bytes(b"SQLite format 3\0" + bytes(PAGE - 16)), DatabaseForeign,
            id="plain-sqlite",
        ),
    ],
)  # fmt: skip
def test_i5_f7_each_broken_file_has_its_own_error_and_nothing_is_made_up(
    written: Sample, harm: Callable[[Sample], None], kind: type[KnownError]
) -> None:
    harm(written)
    assert refused(written) == {kind}


def test_i5_the_database_of_another_journal_is_foreign(written: Sample, other: Sample) -> None:
    shutil.copy(other.place / "vault.db", written.place / "vault.db")
    assert refused(written) == {DatabaseForeign}


def test_i5_the_header_of_another_journal_does_not_open_this_database(written: Sample, other: Sample) -> None:
    shutil.copy(other.place / "vault.hdr", written.place / "vault.hdr")
    assert refused(written, words=other.words) == {DatabaseForeign}


@pytest.mark.parametrize("change", [False, True], ids=["same-header", "newer-header"])
def test_i5_i6_an_older_database_is_noticed(sample: Sample, tmp_path: Path, change: bool) -> None:
    ids = numbered_journal(sample, 2, "old")
    older = (sample.place / "vault.db").read_bytes()
    with sample.open() as journal:
        for number in range(2, 6):
            add_numbered(journal, number, "old")
        if change:
            change_passphrase(journal, "another passphrase now")
    (sample.place / "vault.db").write_bytes(older)
    before = files_below(sample.place)
    with pytest.raises(EndMissing) as caught:
        sample.open(Access.WRITE)
    assert caught.value.parameters["changes"] == 4
    with sample.open(Access.READ) as journal:
        assert [type(notice) for notice in journal.notices] == [EndMissing]
        assert count_entries(journal) == 2
        assert get_entry(journal, ids[0]).body
    assert files_below(sample.place) == before


def test_i5_a_whole_folder_that_is_no_journal_is_said_so(tmp_path: Path) -> None:
    for place in (tmp_path / "nothing", tmp_path):
        with pytest.raises(NotAJournal):
            open_journal(place, ByPassphrase(PASSPHRASE), Access.WRITE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.hard
def test_k1_near_misses_open_nothing_and_composed_forms_are_the_same(tmp_path: Path, figure: Figure) -> None:
    place = tmp_path / "Journal.integrate"
    passphrase = "Café über  Nacht 7"
    create_journal(place, passphrase, cost=kdf.FLOOR)
    misses = [
        passphrase.lower(), passphrase + " ", " " + passphrase, passphrase.replace("  ", " "), passphrase[:-1],
        passphrase.replace("é", "e"), passphrase.replace("7", "８"), passphrase + "\n", passphrase.swapcase(), "",
        passphrase.replace("a", "а"),  # a Cyrillic letter that looks the same
    ]  # fmt: skip
    before = files_below(place)
    for miss in misses:
        with pytest.raises(WrongPassphrase) as caught:
            open_journal(place, ByPassphrase(miss))
        assert caught.value.exit_code == 3
    same = {unicodedata.normalize("NFD", passphrase), passphrase.replace("  ", "\u00a0\u2003"), passphrase}
    assert len(same) == 3
    for form in same:
        open_journal(place, ByPassphrase(form)).close()
    assert files_below(place) == before
    figure("K1", f"{len(misses)} near misses refused, {len(same)} forms of the same words open, nothing written")


def test_k1_words_that_are_nearly_right_open_nothing(sample: Sample, other: Sample) -> None:
    words = sample.words.split()
    with pytest.raises(WrongWords):
        open_journal(sample.place, ByWords(other.words))
    for miss in (words[:11], [*words, words[0]], [*words[:11], "xylophones"], []):
        with pytest.raises(UnclearWords):
            open_journal(sample.place, ByWords(" ".join(miss)))
    for first in range(11):
        swapped = words.copy()
        swapped[first], swapped[first + 1] = swapped[first + 1], swapped[first]
        if swapped != words:
            with pytest.raises(WrongSecret):
                open_journal(sample.place, ByWords(" ".join(swapped)))


def test_i5_nothing_is_written_to_a_journal_once_damage_was_met(written: Sample) -> None:
    database = written.place / "vault.db"
    whole = database.read_bytes()
    journal = written.open()
    journal.vault.database.checkpoint()
    database.write_bytes(whole[:PAGE] + bytes(len(whole) - PAGE))
    before = files_below(written.place)
    journal.vault.database.close()  # forget what is cached: the next read meets the disk
    with pytest.raises(Damaged):
        count_entries(journal)
    with pytest.raises(Damaged):
        add_entry(journal, draft())
    journal.close()
    assert files_below(written.place) == before
