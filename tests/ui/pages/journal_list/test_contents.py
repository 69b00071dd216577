"""Which row of the list holds what."""

from __future__ import annotations

from array import array
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.listing import EntryIndex, MonthRun
from integrate.ui.pages.journal.list.contents import Contents

TODAY = date(2026, 10, 8)


def contents(*runs: tuple[int, int, int], today: date = TODAY) -> Contents:
    months = tuple(MonthRun(*run) for run in runs)
    return Contents(EntryIndex(array("q", range(100, 100 + sum(run[2] for run in runs))), months), today)


def shown(of: Contents) -> list[object]:
    return [of.month_at(row) or of.key_at(row) for row in range(of.rows)]


def test_the_current_month_has_no_heading_where_the_list_begins_with_it() -> None:
    assert shown(contents((2026, 10, 2), (2026, 9, 1))) == [100, 101, (2026, 9), 102]


def test_every_other_month_has_one() -> None:
    assert shown(contents((2026, 9, 1), (2025, 9, 1))) == [(2026, 9), 100, (2025, 9), 101]


def test_the_current_month_has_one_below_entries_dated_later() -> None:
    assert shown(contents((2026, 11, 1), (2026, 10, 1))) == [(2026, 11), 100, (2026, 10), 101]


def test_nothing_is_outside() -> None:
    of = contents((2026, 9, 1))
    assert [of.key_at(-1), of.key_at(2), of.next_entry(2, 1), of.next_entry(0, -1)] == [None] * 4
    assert contents().rows == 0


def test_the_next_entry_passes_headings_by() -> None:
    of = contents((2026, 10, 1), (2026, 9, 1))
    assert of.next_entry(1, 1) == 2
    assert of.next_entry(1, -1) == 0


def test_a_longer_list_begins_with_a_shorter_one_only_if_its_rows_are_the_same() -> None:
    short = contents((2026, 10, 2), (2026, 9, 1))
    assert short.begins(contents((2026, 10, 2), (2026, 9, 3), (2026, 8, 1)))
    assert short.begins(short)
    assert not short.begins(contents((2026, 10, 1), (2026, 9, 4)))
    assert not contents((2026, 9, 3)).begins(contents((2026, 9, 2)))


@given(st.lists(st.integers(1, 5), max_size=8), st.data())
def test_rows_and_positions_agree(counts: list[int], data: st.DataObject) -> None:
    of = contents(*((2026 - number // 12, 12 - number % 12, count) for number, count in enumerate(counts)))
    keys = [of.key_at(row) for row in range(of.rows)]
    assert [key for key in keys if key is not None] == list(of.keys)
    for position, key in enumerate(of.keys):
        assert keys[of.row_at(position)] == key
        assert of.position_of(key) == position
    if of.rows:
        first = data.draw(st.integers(0, of.rows - 1))
        last = data.draw(st.integers(first, of.rows - 1))
        assert [of.keys[position] for position in of.positions(first, last)] == [
            key for key in keys[first : last + 1] if key is not None
        ]
