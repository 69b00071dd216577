"""The share ledger: what was saved for whom, and whether a file is one of those."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.entry import SessionRef, Unreadable
from integrate.domain.listing import Stop, Stopped
from integrate.domain.sharing import FileKind, Section, SharedFile
from integrate.domain.times import ZonedTime
from integrate.errors import FileMissing, RecordDamaged
from integrate.journal.asking import last_sign_of_life
from integrate.journal.checking import check_journal
from integrate.journal.deleting import purge_entry
from integrate.journal.ledger import (
    files_with,
    find_by_sha256,
    is_this_file,
    last_shared_for,
    list_shared,
    note_shared,
)
from integrate.journal.opening import Access, Journal
from integrate.journal.recipients import add_recipient, change_recipient, delete_recipient, purge_recipient
from integrate.system.clock import FixedClock
from tests.conftest import MORNING, Sample
from tests.helpers.courses import days, instants, texts
from tests.helpers.journals import tamper, write

SHARED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

uuids = st.uuids()
ids = st.frozensets(uuids, max_size=4)
files = st.builds(
    SharedFile, uuids, instants, st.none() | uuids, texts, st.sampled_from(FileKind), texts, st.integers(0, 2**40),
    st.binary(min_size=32, max_size=32), st.booleans(), st.none() | days, st.none() | days,
    st.frozensets(st.sampled_from(Section)),
    st.lists(st.builds(SessionRef, st.integers(1, 99), st.integers(1, 99)), max_size=4).map(tuple),
    ids, ids, ids, st.lists(texts, max_size=3).map(tuple), st.booleans(),
)  # fmt: skip


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def a_file(day: int = 0, recipient: str = "Dr Berg", data: bytes = b"a file", **fields: Any) -> SharedFile:
    """A line of the ledger."""
    line = SharedFile(
        uuid4(), ZonedTime(MORNING + timedelta(days=day), "Europe/Lisbon"), None, recipient, FileKind.PDF,
        "summary.pdf", len(data), hashlib.sha256(data).digest(), True, None, date(2026, 3, 2), frozenset(Section),
        (SessionRef(1, 1),), frozenset(), frozenset(),
    )  # fmt: skip
    return replace(line, **fields)


@SHARED
@given(st.lists(files, max_size=3))
def test_a_line_comes_out_as_it_went_in_the_newest_first(journal: Journal, lines: list[SharedFile]) -> None:
    before = list_shared(journal)
    lines = [replace(line, id=uuid4()) for line in lines]
    for line in lines:
        assert note_shared(journal, line).ids == {line.id}
    shared = list_shared(journal)
    assert set(shared) == {*before, *lines}
    assert [one.saved.instant for one in shared] == sorted((one.saved.instant for one in shared), reverse=True)  # type: ignore[union-attr]  # readable


def test_the_ledger_outlives_what_it_speaks_of(journal: Journal, sample: Sample) -> None:
    entry_id = write(journal, "words")
    recipient = add_recipient(journal, "Dr Berg").recipient
    line = a_file(recipient_id=recipient.id, entries=frozenset({entry_id}))
    note_shared(journal, line)
    assert note_shared(journal, line).ids == {line.id}  # twice is once
    purge_entry(journal, entry_id)
    delete_recipient(journal, recipient.id)
    purge_recipient(journal, recipient.id)
    assert list_shared(journal) == files_with(journal, entry_id) == (line,)
    assert last_shared_for(journal, "Dr Berg") == line
    journal.close()
    assert check_journal(sample.place, sample.by_words, deep=True).ok
    with sample.open(Access.READ) as again:
        assert list_shared(again) == (line,)


def test_the_last_file_for_somebody_is_found_by_id_and_by_name(journal: Journal) -> None:
    berg = add_recipient(journal, "Dr Berg").recipient
    lines = [
        a_file(1, recipient_id=berg.id),
        a_file(5, "Dr Lund"),
        a_file(3, "dr berg "),  # saved for the same name before there was a recipient
        a_file(9, ""),
    ]
    for line in lines:
        note_shared(journal, line)
    assert last_shared_for(journal, berg.id) == lines[0]
    assert last_shared_for(journal, "Dr Berg") == lines[2]
    assert last_shared_for(journal, "Dr Lund") == lines[1]
    assert last_shared_for(journal, "Somebody") is last_shared_for(journal, "") is last_shared_for(journal, uuid4())
    assert last_shared_for(journal, "") is None
    change_recipient(journal, berg.id, name="Anna Berg")
    assert last_shared_for(journal, "Anna Berg") == lines[0]


def test_what_a_thing_is_in_is_found_whatever_it_is(journal: Journal) -> None:
    things = [uuid4() for _number in range(3)]
    lines = [
        a_file(1, entries=frozenset(things[:1])),
        a_file(2, responses=frozenset(things[1:2])),
        a_file(3, things=frozenset(things)),
    ]
    for line in lines:
        note_shared(journal, line)
    assert [files_with(journal, one) for one in things] == [(lines[2], lines[0]), (lines[2], lines[1]), (lines[2],)]
    assert files_with(journal, uuid4()) == ()


def test_is_this_the_file_i_gave(journal: Journal, tmp_path: Path) -> None:
    data = os.urandom(3 * 1024 * 1024 + 5)
    line, again = a_file(1, data=data), a_file(2, data=data)
    note_shared(journal, again)
    note_shared(journal, line)
    note_shared(journal, a_file(3, data=b""))
    file = tmp_path / "another name.bin"
    file.write_bytes(data)
    assert is_this_file(journal, file) == find_by_sha256(journal, line.sha256) == again
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert is_this_file(journal, file) is None
    file.write_bytes(data[:-1])
    assert is_this_file(journal, file) is None
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        is_this_file(journal, file, stop)


def test_what_is_no_file_is_said(journal: Journal, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "none", tmp_path / "pipe", tmp_path / ("x" * 300)):
        with pytest.raises(FileMissing):
            is_this_file(journal, path)


def test_a_damaged_line_is_named_and_hides_no_other(journal: Journal) -> None:
    damaged, other = a_file(2, data=b"1"), a_file(1, data=b"2")
    for line in (damaged, other):
        note_shared(journal, line)
    tamper(journal, "UPDATE shared_file SET recipient = 'Somebody else' WHERE pk = 1")
    assert list_shared(journal) == (Unreadable(damaged.id), other)
    assert last_shared_for(journal, "Dr Berg") == other
    assert last_shared_for(journal, "Somebody else") is None
    with pytest.raises(RecordDamaged, match="line"):
        find_by_sha256(journal, damaged.sha256)
    assert find_by_sha256(journal, other.sha256) == other


def test_d5_a_deep_check_finds_what_was_changed_in_the_ledger(journal: Journal, sample: Sample) -> None:
    note_shared(journal, a_file())
    tamper(journal, "UPDATE shared_file SET sha256 = zeroblob(32)")
    journal.close()
    report = check_journal(sample.place, sample.by_words, deep=True)
    assert not report.ok


def test_five_years_of_files_are_looked_through_at_once(journal: Journal) -> None:
    wanted = UUID(int=5)
    for number in range(260):
        note_shared(journal, a_file(number, entries=frozenset({UUID(int=number)})))
    assert len(files_with(journal, wanted)) == 1


def test_a_file_for_somebody_is_a_sign_of_life(journal: Journal, clock: FixedClock) -> None:
    assert last_sign_of_life(journal) is None
    add_recipient(journal, "Dr Berg")
    assert last_sign_of_life(journal) == clock.now().date()
    note_shared(journal, a_file(3))
    assert last_sign_of_life(journal) == clock.now().date() + timedelta(days=3)
