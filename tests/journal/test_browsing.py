"""The list as a window reads it, against the list and the search that are there already."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.entry import EntrySummary, Filter, Hit, Phase, SessionRef, Unreadable
from integrate.domain.listing import MonthRun, Row, Stop, Stopped, TagUse
from integrate.domain.times import ZonedTime
from integrate.errors import EntryMissing
from integrate.journal.browsing import (
    entries_on_this_day,
    entry_index,
    first_rows,
    neighbour,
    row_of,
    rows_by_key,
    sessions_in_use,
    tags_in_use,
)
from integrate.journal.deleting import delete_entry, undelete_entry
from integrate.journal.finding import list_entries, search_entries
from integrate.journal.opening import Journal
from integrate.journal.writing import Sitting, prepare_bytes, save_entry
from integrate.storage import listing, search
from integrate.storage.entries import filter_values
from integrate.storage.search import Spread
from integrate.storage.statements import Prepared, driver_of
from tests.helpers.journals import draft, shown, tamper, write
from tests.helpers.photos import photo

EVERYTHING = Filter()
FILTERS = (
    EVERYTHING,
    Filter(phase=Phase.EXPERIENCE),
    Filter(session=SessionRef(1, 2)),
    Filter(first_day=date(2026, 1, 31), session=SessionRef(1, 1)),
    Filter(session=SessionRef(1, 3), tag="sea"),
    Filter(session=SessionRef(2, 1)),
    Filter(tag="SEA"),
    Filter(with_photo=True),
    Filter(first_day=date(2026, 1, 31)),
    Filter(date(2026, 1, 31), date(2026, 2, 1), Phase.PREPARE),
)


def at(day: int, hour: int = 21, zone: str = "Europe/Lisbon") -> ZonedTime:
    """So many days after 30 January 2026."""
    return ZonedTime(datetime(2026, 1, 30, hour, tzinfo=UTC) + timedelta(days=day), zone)


@pytest.fixture
def filled(journal: Journal) -> Journal:
    """Entries of every kind, written in another order than the days they are about; one is deleted."""
    picture = prepare_bytes("pier.jpg", photo())
    for number in (4, 0, 2, 3, 1, 5):
        files = (picture, prepare_bytes("a.txt", b"words")) if number in (1, 4) else ()
        write(
            journal, f"the sea, day {number}" + (" calm" if number % 2 else ""), *files, at=at(number),
            phase=tuple(Phase)[number % 3], session=SessionRef(1, number) if number % 2 else None,
            tags=("Sea", "walk") if number > 2 else (),
        )  # fmt: skip
    write(journal, "a file only", prepare_bytes("b.txt", b"x"), at=at(1), session=SessionRef(1, 2), tags=("sea",))
    delete_entry(journal, write(journal, "the sea, gone", picture, at=at(2), tags=("sea", "gone")))
    return journal


def _ids(rows: tuple[Row, ...]) -> list[UUID | None]:
    return [row.entry.id for row in rows]


def _by_search(journal: Journal, text: str, which: Filter) -> list[tuple[EntrySummary | Unreadable, object]]:
    if not text:
        return [(entry, None) for entry in list_entries(journal, which)]
    hits = search_entries(journal, text, which)
    return [(hit.entry, hit.snippet) if isinstance(hit, Hit) else (hit, None) for hit in hits]


@pytest.mark.parametrize("which", FILTERS)
@pytest.mark.parametrize("text", ["", "sea", "calm sea", "nowhere", "se*", ",", "wal*"])
def test_it_is_the_list_and_the_search_that_are_there_already(filled: Journal, text: str, which: Filter) -> None:
    expected = _by_search(filled, text, which)
    rows = first_rows(filled, text, which, 100)
    assert [(row.entry, row.snippet) for row in rows] == expected
    index = entry_index(filled, text, which)
    assert list(index.keys) == [row.key for row in rows]
    assert sum(run.count for run in index.months) == len(expected)
    assert rows_by_key(filled, index.keys, text) == rows
    assert first_rows(filled, text, which, 2) == rows[:2]


@pytest.mark.parametrize("which", FILTERS)
def test_a_word_that_is_everywhere_is_looked_for_among_the_newest_first(
    filled: Journal, which: Filter, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [entry.id for entry, _snippet in _by_search(filled, "sea", which)]
    monkeypatch.setattr(search, "_FEW", 0)
    for window in (1, 3, 400):
        monkeypatch.setattr(search, "_WINDOW", window)
        for limit in (1, 2, 100):
            assert _ids(first_rows(filled, "sea", which, limit)) == expected[:limit], (window, limit)
    assert [row.entry.id for row in rows_by_key(filled, entry_index(filled, "sea", which).keys)] == expected


def test_a_filter_for_photos_leaves_entries_with_a_picture(filled: Journal) -> None:
    rows = first_rows(filled, "", Filter(with_photo=True), 10)
    assert [row.attachments for row in rows] == [2, 2]
    assert {entry.excerpt for entry in shown(filled, Filter(with_photo=True))} == {
        "the sea, day 1 calm", "the sea, day 4"
    }  # fmt: skip


def test_rows_count_what_is_attached(filled: Journal) -> None:
    rows = first_rows(filled, "", EVERYTHING, 10)
    counts = {row.entry.excerpt: row.attachments for row in rows if isinstance(row.entry, EntrySummary)}
    assert counts["a file only"] == 1
    assert counts["the sea, day 4"] == 2
    assert counts["the sea, day 5 calm"] == 0


def test_blank_text_is_the_whole_list_and_text_that_says_nothing_finds_nothing(filled: Journal) -> None:
    assert first_rows(filled, "  ", EVERYTHING, 10) == first_rows(filled, "", EVERYTHING, 10)
    assert first_rows(filled, '""', EVERYTHING, 10) == ()
    assert entry_index(filled, '""', EVERYTHING).months == ()


def test_headings_go_by_each_entrys_own_day(journal: Journal) -> None:
    write(journal, "in Tokyo it was February", at=at(1, 21, "Asia/Tokyo"))
    write(journal, "in Lisbon it was January", at=at(1, 22))
    assert entry_index(journal, "", EVERYTHING).months == (MonthRun(2026, 1, 2),)
    write(journal, "in Tokyo too", at=at(1, 23, "Asia/Tokyo"))
    assert entry_index(journal, "", EVERYTHING).months == (MonthRun(2026, 2, 1), MonthRun(2026, 1, 2))


SOME = st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.sampled_from(Phase)), max_size=12)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SOME)
def test_any_entries_at_any_times_come_in_one_order(journal: Journal, entries: list[tuple[int, bool, Phase]]) -> None:
    for day, kept, phase in entries:
        entry_id = write(journal, "x", at=at(day), phase=phase)
        if not kept:
            delete_entry(journal, entry_id)
    for which in (EVERYTHING, Filter(phase=Phase.PREPARE), Filter(first_day=date(2026, 1, 31))):
        expected = [entry.id for entry in shown(journal, which)]
        assert [row.entry.id for row in rows_by_key(journal, entry_index(journal, "", which).keys)] == expected
        for place, entry_id in enumerate(expected):
            newer, older = neighbour(journal, entry_id, True, which), neighbour(journal, entry_id, False, which)
            assert newer == (expected[place - 1] if place else None)
            assert older == (expected[place + 1] if place + 1 < len(expected) else None)


def test_rows_come_in_the_order_that_was_asked_for_without_what_went_away(filled: Journal) -> None:
    rows = first_rows(filled, "", EVERYTHING, 10)
    keys = [row.key for row in rows]
    assert [row.key for row in rows_by_key(filled, keys[::-1])] == keys[::-1]
    assert rows[2].entry.id is not None
    delete_entry(filled, rows[2].entry.id)
    assert [row.key for row in rows_by_key(filled, [*keys, 10**15])] == keys[:2] + keys[3:]
    undelete_entry(filled, rows[2].entry.id)
    assert [row.key for row in rows_by_key(filled, keys)] == keys
    assert rows_by_key(filled, []) == ()


def test_an_entry_keeps_its_key_when_it_is_saved(filled: Journal) -> None:
    row = first_rows(filled, "", EVERYTHING, 1)[0]
    assert isinstance(row.entry, EntrySummary)
    save_entry(filled, row.entry.id, draft("rewritten", at=row.entry.at), Sitting())
    again = row_of(filled, row.entry.id)
    assert (again.key, again.entry.excerpt) == (row.key, "rewritten")  # type: ignore[union-attr]  # readable


def test_a_damaged_entry_is_named_and_the_others_are_shown(filled: Journal) -> None:
    rows = first_rows(filled, "", EVERYTHING, 10)
    tamper(filled, "UPDATE entry SET title = 'forged' WHERE pk = ?", rows[1].key)
    again = first_rows(filled, "", EVERYTHING, 10)
    assert again[1].entry == Unreadable(rows[1].entry.id)
    assert [*again[:1], *again[2:]] == [*rows[:1], *rows[2:]]
    tamper(filled, "UPDATE entry_text SET body = 'forged sea' WHERE entry_pk = ?", rows[2].key)
    assert Unreadable(rows[2].entry.id) in [row.entry for row in first_rows(filled, "sea", EVERYTHING, 10)]
    assert list(entry_index(filled, "", EVERYTHING).keys) == [row.key for row in rows]


def test_a_row_that_is_not_in_the_list_is_missing(filled: Journal) -> None:
    entry_id = shown(filled)[0].id
    delete_entry(filled, entry_id)
    for missing in (entry_id, uuid4()):
        with pytest.raises(EntryMissing):
            row_of(filled, missing)
    with pytest.raises(EntryMissing):
        neighbour(filled, uuid4(), True)


def test_the_neighbour_of_an_entry_that_does_not_fit_itself(filled: Journal) -> None:
    sea = {entry.id for entry in shown(filled, Filter(tag="sea"))}
    other = next(entry for entry in shown(filled) if entry.id not in sea)
    beside = {neighbour(filled, other.id, newer, Filter(tag="sea")) for newer in (True, False)}
    assert beside & sea and beside <= sea | {None}


def test_tags_are_counted_without_regard_to_case_and_spelled_as_last_written(filled: Journal) -> None:
    assert tags_in_use(filled) == (TagUse("sea", 4), TagUse("walk", 3))
    write(filled, "again", tags=("SEA", "Évora"))
    assert tags_in_use(filled) == (TagUse("SEA", 5), TagUse("walk", 3), TagUse("Évora", 1))


def test_a_tag_whose_entry_is_damaged_is_shown_all_the_same(journal: Journal) -> None:
    write(journal, "x", tags=("Sea",))
    tamper(journal, "UPDATE entry SET tags = 'no list'")
    assert tags_in_use(journal) == (TagUse("sea", 1),)


def test_sessions_in_use_the_newest_first(filled: Journal) -> None:
    write(filled, "another course", session=SessionRef(2, 1))
    expected = (SessionRef(2, 1), SessionRef(1, 5), SessionRef(1, 3), SessionRef(1, 2), SessionRef(1, 1))
    assert sessions_in_use(filled) == expected


def test_on_this_day_are_the_same_days_of_earlier_years(journal: Journal) -> None:
    years = {year: write(journal, str(year), at=ZonedTime(datetime(year, 3, 2, 12, tzinfo=UTC), "UTC"))
             for year in (1999, 2024, 2025, 2026, 2027)}  # fmt: skip
    write(journal, "the day before", at=ZonedTime(datetime(2025, 3, 1, 12, tzinfo=UTC), "UTC"))
    tokyo = write(journal, "already the 2nd there", at=ZonedTime(datetime(2025, 3, 1, 20, tzinfo=UTC), "Asia/Tokyo"))
    delete_entry(journal, write(journal, "gone", at=ZonedTime(datetime(2025, 3, 2, 8, tzinfo=UTC), "UTC")))
    found = [entry.id for entry in entries_on_this_day(journal, date(2026, 3, 2))]
    assert found == [years[2025], tokyo, years[2024], years[1999]]


def test_on_the_29th_of_february_are_leap_years(journal: Journal) -> None:
    leap = write(journal, "leap", at=ZonedTime(datetime(2020, 2, 29, 12, tzinfo=UTC), "UTC"))
    write(journal, "first of March", at=ZonedTime(datetime(2021, 3, 1, 12, tzinfo=UTC), "UTC"))
    assert [entry.id for entry in entries_on_this_day(journal, date(2024, 2, 29))] == [leap]
    assert entries_on_this_day(journal, date(1, 2, 28)) == ()


def test_of_this_day_no_more_are_shown_than_asked_for_and_none_that_answer_some_prompts(journal: Journal) -> None:
    days = [ZonedTime(datetime(year, 3, 2, hour, tzinfo=UTC), "UTC") for year in (2020, 2024) for hour in range(12)]
    entries = [write(journal, str(day), at=day, prompt_id="E12" if day.instant.hour % 2 else None) for day in days]
    newest = list(reversed(entries))
    found = entries_on_this_day(journal, date(2026, 3, 2), 13)
    assert [entry.id for entry in found] == newest[:13]
    found = entries_on_this_day(journal, date(2026, 3, 2), 8, {"E12"})
    assert [entry.id for entry in found] == newest[1::2][:8]
    assert entries_on_this_day(journal, date(2026, 3, 2), 0) == ()


def test_on_this_day_is_the_day_of_wherever_one_was(journal: Journal) -> None:
    far = [("Pacific/Kiritimati", 1, 11), ("Pacific/Niue", 3, 10), ("Etc/GMT+12", 3, 11)]
    there = [
        write(journal, zone, at=ZonedTime(datetime(2020, 3, day, hour, tzinfo=UTC), zone)) for zone, day, hour in far
    ]
    first = write(journal, "year one", at=ZonedTime(datetime(1, 3, 2, 12, tzinfo=UTC), "UTC"))
    found = [entry.id for entry in entries_on_this_day(journal, date(2026, 3, 2))]
    assert found == [*reversed(there), first]


def test_a_damaged_time_of_an_entry_hides_no_other_of_this_day(journal: Journal) -> None:
    earlier = ZonedTime(datetime(2024, 3, 2, 12, tzinfo=UTC), "UTC")
    kept = write(journal, "kept", at=earlier)
    write(journal, "damaged", at=earlier)
    tamper(journal, "UPDATE entry SET at_us = 'no time' WHERE excerpt = 'damaged'")
    assert [entry.id for entry in entries_on_this_day(journal, date(2026, 3, 2))] == [kept]


@pytest.mark.parametrize("statement", [listing._SESSION_BY_DAYS, listing._SESSION_RECORDS])
def test_the_list_of_a_session_reads_no_entry_of_another(filled: Journal, statement: Prepared) -> None:
    values = statement.parameters(filter_values(Filter(session=SessionRef(1, 1))) | {"most": 20, "signs": None})
    with filled.vault.database.read() as session:
        driver = driver_of(session.connection())
        plan = [step[-1] for step in driver.execute("EXPLAIN QUERY PLAN " + statement.sql, values)]
    assert any("ix_entry_session (course=? AND session=?" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)


def test_earlier_years_are_looked_up_and_not_gone_through(filled: Journal) -> None:
    statement = listing._SAME_DAY
    values = statement.parameters({"since": 0, "until": 1, "day": 1})
    with filled.vault.database.read() as session:
        (step,) = driver_of(session.connection()).execute("EXPLAIN QUERY PLAN " + statement.sql, values).fetchall()
    assert "SEARCH entry USING INDEX ix_entry_live (at_us>? AND at_us<?)" in step[-1]


def test_every_read_can_be_given_up(filled: Journal) -> None:
    stop = Stop()
    assert first_rows(filled, "", EVERYTHING, 1, stop)
    stop.set()
    with pytest.raises(Stopped):
        first_rows(filled, "", EVERYTHING, 1, stop)
    with pytest.raises(Stopped):
        entry_index(filled, "sea", EVERYTHING, stop)
    with pytest.raises(Stopped):
        rows_by_key(filled, [1], "", stop)
    assert first_rows(filled, "", EVERYTHING, 1)


def test_the_whole_list_comes_out_of_its_index_alone(filled: Journal) -> None:
    statement = listing._BY_DAYS[Spread.ALL]
    values = statement.parameters(filter_values(EVERYTHING) | {"most": -1, "signs": None})
    with filled.vault.database.read() as session:
        driver = driver_of(session.connection())
        plan = [step[-1] for step in driver.execute("EXPLAIN QUERY PLAN " + statement.sql, values)]
        program = [step[1:4] for step in driver.execute("EXPLAIN " + statement.sql, values)]
        ((root,),) = driver.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entry'").fetchall()
    assert "SCAN entry USING INDEX ix_entry_live" in plan
    assert not any("TEMP B-TREE" in step for step in plan)
    (table,) = [cursor for name, cursor, page in program if name == "OpenRead" and page == root]
    assert [step for step in program if step[0] == "Column" and step[1] == table] == []
