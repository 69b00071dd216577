"""Going on after a missing end: told once, kept for good."""

from __future__ import annotations

import pytest

from integrate.errors import AnchorDamaged, EndMissing
from integrate.journal.opening import Access, Journal
from tests.conftest import Sample
from tests.helpers.journals import shown, write


def _losses(journal: Journal) -> list[tuple[int | None, int]]:
    with journal.vault.database.read() as session:
        rows = session.connection().exec_driver_sql("SELECT expected_seq, found_seq FROM loss ORDER BY pk")
        return [tuple(row) for row in rows]


def test_a_missing_end_is_told_as_often_as_one_reads(rolled_back: Sample) -> None:
    for _time in range(2):
        with rolled_back.open(Access.READ) as journal:
            assert [type(notice) for notice in journal.notices] == [EndMissing]
            assert "3" in journal.notices[0].message()


def test_a_missing_end_stops_writing_and_changes_nothing(rolled_back: Sample) -> None:
    names = ("vault.db", "vault.hdr", "anchor")
    before = [(rolled_back.place / name).read_bytes() for name in names]
    for _time in range(2):
        with pytest.raises(EndMissing):
            rolled_back.open()
    assert [(rolled_back.place / name).read_bytes() for name in names] == before


def test_who_goes_on_is_not_told_again_and_it_is_kept_on_record(rolled_back: Sample) -> None:
    with rolled_back.open(Access.READ) as journal:
        sequence = journal.vault.database.sequence()
    with rolled_back.open(accept_missing=True) as journal:
        assert journal.notices == ()
        write(journal, "going on")
    for access in Access:
        with rolled_back.open(access) as journal:
            assert journal.notices == ()
            assert len(shown(journal)) == 2
            assert _losses(journal) == [(sequence + 3, sequence)]


def test_the_lost_end_put_back_later_is_noticed(rolled_back: Sample, sample: Sample) -> None:
    with rolled_back.open(accept_missing=True):
        pass
    after = (rolled_back.place / "anchor").read_bytes()
    with rolled_back.open() as journal:
        write(journal)
    (rolled_back.place / "anchor").write_bytes(after)
    with rolled_back.open(Access.READ) as journal:
        assert journal.notices


def test_going_on_after_a_damaged_anchor_makes_a_new_one(sample: Sample) -> None:
    with sample.open() as journal:
        write(journal)
    (sample.place / "anchor").write_bytes(bytes(41))
    with pytest.raises(AnchorDamaged):
        sample.open()
    with sample.open(accept_missing=True) as journal:
        assert [expected for expected, _found in _losses(journal)] == [None]
    with sample.open(Access.READ) as journal:
        assert journal.notices == ()


def test_accepting_where_nothing_is_missing_records_nothing(sample: Sample) -> None:
    with sample.open(accept_missing=True) as journal:
        assert _losses(journal) == []
