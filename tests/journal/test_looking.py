"""Looking around: a demo of the program's own, gone when it is closed, and never anybody's journal."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from integrate.errors import ReadOnlyJournal
from integrate.journal.courses import where_now
from integrate.journal.demo import is_demo, make_demo
from integrate.journal.looking import has_left_over, look_around, remove_left_over
from integrate.journal.opening import Access
from integrate.journal.writing import add_entry
from integrate.system.clock import FixedClock
from tests.conftest import Sample, draft
from tests.helpers.demos import DAY, opened

CLOCK = FixedClock(datetime(2026, 10, 8, 23, 30, tzinfo=UTC), "Asia/Kathmandu")
NAME = "Look around.integrate"


@pytest.fixture
def left_over(tmp_path: Path) -> Path:
    """What a killed program leaves."""
    with look_around(tmp_path / "from", CLOCK) as journal:
        place = tmp_path / "data" / NAME
        shutil.copytree(journal.place, place)
    return place


def test_it_is_a_demo_of_this_day_and_this_place_open_to_read(tmp_path: Path) -> None:
    with look_around(tmp_path, CLOCK) as journal:
        assert (journal.place, journal.access) == (tmp_path / NAME, Access.READ)
        assert journal.place.stat().st_mode & 0o777 == 0o700
        assert is_demo(journal)
        where = where_now(journal)
        assert where.day == 3 and where.last is not None and where.last.draft.zone == "Asia/Kathmandu"
        with pytest.raises(ReadOnlyJournal):
            add_entry(journal, draft("Mine."))


def test_closing_removes_it_and_closing_twice_does_nothing_more(tmp_path: Path) -> None:
    journal = look_around(tmp_path, CLOCK)
    journal.close()
    assert list(tmp_path.iterdir()) == []
    make_demo(journal.place, DAY)
    journal.close()
    assert journal.place.exists()


def test_what_an_earlier_run_left_is_removed_before_a_new_one_is_made(left_over: Path) -> None:
    with look_around(left_over.parent, CLOCK) as journal:
        assert journal.place == left_over
    assert list(left_over.parent.iterdir()) == []


def test_what_was_left_is_found_and_removed(left_over: Path) -> None:
    assert has_left_over(left_over.parent)
    remove_left_over(left_over.parent)
    assert not has_left_over(left_over.parent) and list(left_over.parent.iterdir()) == []


def test_a_window_that_still_looks_around_is_left_alone(tmp_path: Path) -> None:
    with look_around(tmp_path, CLOCK) as first:
        remove_left_over(tmp_path)
        assert is_demo(first)
        with look_around(tmp_path, CLOCK) as second:
            assert second.place.name == "Look around 2.integrate"
        assert is_demo(first)


def test_a_journal_of_ones_own_by_that_name_is_never_touched(sample: Sample, tmp_path: Path) -> None:
    own = sample.copy_to(tmp_path / "data" / NAME)
    with look_around(own.place.parent, CLOCK) as journal:
        assert journal.place != own.place
    with own.open() as kept:
        assert add_entry(kept, draft("Still here."))


def test_a_demo_that_somebody_made_there_is_theirs(tmp_path: Path) -> None:
    make_demo(tmp_path / NAME, DAY)
    remove_left_over(tmp_path)
    with opened(tmp_path / NAME) as journal:
        assert is_demo(journal)


def test_other_things_of_that_name_and_a_missing_folder_are_no_trouble(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    (tmp_path / "Look around 3.integrate").write_text("a note", encoding="utf-8")
    remove_left_over(tmp_path)
    remove_left_over(tmp_path / "nowhere")
    assert len(list(tmp_path.iterdir())) == 2
