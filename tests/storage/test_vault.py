"""The vault: locked or unlocked, nothing in between."""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from pathlib import Path

import pytest

from integrate.errors import HeaderTampered, KnownError, OpenElsewhere
from integrate.journal.finding import count_entries, get_entry, list_entries
from integrate.journal.opening import Access, Journal
from integrate.storage.anchor import AnchorState
from tests.conftest import Sample
from tests.helpers.journals import flip, open_files, shown, write


def _descriptors(place: Path) -> list[str]:
    return [name for name in open_files() if str(place) in name]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are listed in /proc only on Linux")
@pytest.mark.parametrize("access", list(Access))
def test_closing_leaves_no_file_open(sample: Sample, access: Access) -> None:
    journal = sample.open(access)
    list(list_entries(journal))
    assert _descriptors(sample.place)
    journal.close()
    assert _descriptors(sample.place) == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are listed in /proc only on Linux")
def test_a_refused_opening_leaves_no_file_open_and_no_lock(sample: Sample) -> None:
    (sample.place / "anchor").unlink()
    for access in Access:
        with contextlib.suppress(KnownError):
            sample.open(access).close()
    database = sample.place / "vault.db"
    flip(database, 1000)
    for access in Access:
        with pytest.raises(KnownError):
            sample.open(access)
    assert _descriptors(sample.place) == []


def test_closing_wipes_every_key(sample: Sample) -> None:
    journal = sample.open()
    vault = journal.vault
    view = vault.keys.master.view[:]
    assert any(view)
    journal.close()
    assert vault.keys.wiped
    assert not any(view)
    with pytest.raises(ValueError, match="wiped"):
        vault.database.sealer.seal("entry", bytes(16), 0, {})
    with pytest.raises(ValueError, match="wiped"):
        vault.database.anchor.write(AnchorState(0, False))


def test_after_closing_nothing_can_be_read_any_more(sample: Sample) -> None:
    journal = sample.open()
    entry_id = write(journal)
    journal.close()
    with pytest.raises(ValueError, match="wiped"):
        get_entry(journal, entry_id)
    journal.close()  # a second time does nothing


def test_leaving_with_an_error_closes_and_tells_that_error(sample: Sample) -> None:
    with pytest.raises(RuntimeError, match="mine"), sample.open() as journal:
        write(journal)
        raise RuntimeError("mine")
    assert journal.vault.keys.wiped
    sample.open().close()


def test_closing_empties_the_log_and_seals(sample: Sample) -> None:
    with sample.open() as journal:
        write(journal)
        assert journal.vault.folder.has_wal()
        assert (sample.place / "anchor").read_bytes()[8] == 0
    assert not (sample.place / "vault.db-wal").exists()
    assert not (sample.place / "vault.db-shm").exists()
    assert (sample.place / "anchor").read_bytes()[8] == 1


def test_with_a_reader_beside_it_a_journal_closes_at_once_unsealed_and_that_is_no_fault(sample: Sample) -> None:
    with sample.open() as writer:
        entry_id = write(writer)
        reader = sample.open(Access.READ)
        with reader.vault.database.read() as session:
            session.connection().exec_driver_sql("SELECT count(*) FROM entry").scalar()
            write(writer)
            began = time.perf_counter()
            writer.close()
            assert time.perf_counter() - began < 2
    reader.close()
    with sample.open(Access.READ) as journal:
        assert journal.notices == ()
        assert get_entry(journal, entry_id).body
    with sample.open() as journal:
        assert journal.notices == ()
        assert len(shown(journal)) == 2


def test_a_second_writer_is_told_and_may_read(sample: Sample) -> None:
    with sample.open() as first:
        entry_id = write(first, "seen at once")
        with pytest.raises(OpenElsewhere):
            sample.open()
        with sample.open(Access.READ) as second:
            assert second.notices == ()
            assert get_entry(second, entry_id).body == "seen at once"
            later = write(first, "seen a moment later")
            assert get_entry(second, later).body == "seen a moment later"
    sample.open().close()


def test_reading_takes_no_lock(sample: Sample) -> None:
    with sample.open(Access.READ), sample.open() as writer:
        write(writer)


def test_a_damaged_copy_of_the_header_is_repaired_by_a_writer_and_left_by_a_reader(sample: Sample) -> None:
    header = sample.place / "vault.hdr"
    whole = header.read_bytes()
    for at in (100, 4096 + 100):
        flip(header, at)
        damaged = header.read_bytes()
        sample.open(Access.READ).close()
        assert header.read_bytes() == damaged
        sample.open().close()
        assert header.read_bytes() == whole


def test_nothing_is_repaired_where_the_database_is_damaged(sample: Sample) -> None:
    flip(sample.place / "vault.hdr", 100)
    flip(sample.place / "vault.db", 1000)
    before = (sample.place / "vault.hdr").read_bytes()
    with pytest.raises(KnownError):
        sample.open()
    assert (sample.place / "vault.hdr").read_bytes() == before


def test_a_header_rewritten_by_a_stranger_is_noticed(sample: Sample) -> None:
    header = sample.place / "vault.hdr"
    copy = bytearray(header.read_bytes()[:4096])
    copy[16] ^= 1  # the generation
    copy[4064:] = hashlib.sha256(copy[:4064]).digest()
    header.write_bytes(bytes(copy) * 2)
    for access in Access:
        with pytest.raises(HeaderTampered):
            sample.open(access)


def test_readers_between_writers_raise_no_false_alarm(sample: Sample) -> None:
    problems: list[object] = []
    done = threading.Event()

    def write_much() -> None:
        try:
            for _opening in range(10):
                with sample.open() as journal:
                    for number in range(20):
                        write(journal, f"entry {number}")
        except BaseException as error:
            problems.append(error)
        finally:
            done.set()

    writer = threading.Thread(target=write_much)
    writer.start()
    openings, last = 0, 0
    while not done.is_set() or openings < 50:
        try:
            with sample.open(Access.READ) as journal:
                problems.extend(journal.notices)
                count = count_entries(journal)
                assert count >= last, "a commit that was seen is gone"
                last = count
        except BaseException as error:
            problems.append(error)
        openings += 1
    writer.join()
    assert problems == []
    with sample.open(Access.READ) as journal:
        assert len(shown(journal)) == 200


def test_the_id_stays_the_same(sample: Sample) -> None:
    def opened(access: Access) -> Journal:
        with sample.open(access) as journal:
            return journal

    assert len({opened(access).id for access in (*Access, *Access)}) == 1
