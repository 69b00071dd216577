"""Entries: writing, lists, filters, history, Recently deleted; and what is damaged is never shown as right."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.entry import Filter, Phase, SessionRef, Unreadable
from integrate.domain.times import ZonedTime
from integrate.errors import EntryMissing, ReadOnlyJournal, RecordDamaged
from integrate.journal.deleting import delete_entry, purge_entry, purge_expired, recently_deleted, undelete_entry
from integrate.journal.finding import count_entries, get_entry, list_entries, search_entries
from integrate.journal.history import bring_back, entry_history
from integrate.journal.opening import Access, Journal
from integrate.journal.prompts import prompt_uses
from integrate.journal.writing import Sitting, add_entry, attach_file, remove_attachment, save_entry
from integrate.storage.attachments import prepare_attachment
from integrate.storage.entries import writing_entries
from integrate.system.clock import FixedClock
from tests.conftest import MORNING, Sample
from tests.helpers.journals import draft, found, shown, tamper, write

LONG = "A long page of writing. " * 20


def _at(iso: str, zone: str = "UTC") -> ZonedTime:
    return ZonedTime(datetime.fromisoformat(iso).replace(tzinfo=UTC), zone)


@pytest.fixture
def timed(sample: Sample, clock: FixedClock) -> Journal:
    return sample.open(clock=clock)


# --- writing and reading ----------------------------------------------------------------------------------------------


def test_an_entry_comes_back_as_it_was_written_after_reopening(sample: Sample, clock: FixedClock) -> None:
    whole = draft(
        "Body\r\n  two  \n\x00 é e\u0301 海 🌊 ", title=" A title ", phase=Phase.INTEGRATE, session=SessionRef(2, 3),
        prompt_id="P04", tags=("Sea", "calm"), never_share=True, mood_then=0,
    )  # fmt: skip
    with sample.open(clock=clock) as journal:
        entry_id = add_entry(journal, whole).entry_id
    with sample.open(Access.READ) as journal:
        entry = get_entry(journal, entry_id)
    assert entry.as_draft() == whole
    assert entry.summary.created == entry.summary.updated == MORNING
    assert (entry.summary.revision, entry.summary.deleted, entry.attachments) == (1, None, ())
    assert entry_id.version == 7


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.text(), title=st.text(max_size=30), mood=st.none() | st.integers(0, 10), never=st.booleans(),
    instant=st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 29), timezones=st.just(UTC)),
    zone=st.sampled_from(["UTC", "Asia/Kolkata", "America/New_York", "Gone/Zone"]),
    session=st.none() | st.builds(SessionRef, st.integers(1, 99), st.integers(1, 99)),
)  # fmt: skip
def test_any_writing_comes_back_byte_for_byte(
    journal: Journal, body: str, title: str, mood: int | None, never: bool, instant: datetime, zone: str,
    session: SessionRef | None,
) -> None:  # fmt: skip
    written = draft(body, title=title, mood_then=mood, never_share=never, at=ZonedTime(instant, zone), session=session)
    assert get_entry(journal, add_entry(journal, written).entry_id).as_draft() == written


def test_an_unknown_id_is_missing_everywhere(journal: Journal) -> None:
    nobody = uuid4()
    for ask in (
        lambda: get_entry(journal, nobody), lambda: entry_history(journal, nobody),
        lambda: delete_entry(journal, nobody),
        lambda: undelete_entry(journal, nobody), lambda: purge_entry(journal, nobody),
        lambda: save_entry(journal, nobody, draft(), Sitting()), lambda: bring_back(journal, nobody, 1),
        lambda: attach_file(journal, nobody, prepare_attachment("a", b"x")),
    ):  # fmt: skip
        with pytest.raises(EntryMissing):
            ask()


def test_a_journal_open_to_read_takes_no_change(sample: Sample) -> None:
    with sample.open() as journal:
        entry_id = write(journal)
    with sample.open(Access.READ) as journal:
        for change in (lambda: write(journal), lambda: delete_entry(journal, entry_id),
                       lambda: save_entry(journal, entry_id, draft("x"), Sitting())):  # fmt: skip
            with pytest.raises(ReadOnlyJournal):
                change()
        assert count_entries(journal) == 1


def test_a_write_that_fails_half_way_leaves_nothing(journal: Journal) -> None:
    before = journal.vault.database.sequence()
    with pytest.raises(RuntimeError), journal.vault.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM state")
        raise RuntimeError
    assert journal.vault.database.sequence() == before
    write(journal)


def test_each_commit_counts_the_sequence_by_one(journal: Journal) -> None:
    before = journal.vault.database.sequence()
    for _number in range(3):
        write(journal)
    assert journal.vault.database.sequence() == before + 3


# --- lists ------------------------------------------------------------------------------------------------------------


def test_the_list_is_newest_first_by_the_time_written_about_then_by_writing(journal: Journal) -> None:
    times = ["2026-03-02T10:00", "2026-03-01T10:00", "2026-03-03T10:00", "2026-03-02T10:00"]
    ids = [write(journal, at=_at(time)) for time in times]
    assert [entry.id for entry in shown(journal)] == [ids[2], ids[3], ids[0], ids[1]]
    assert [entry.id for entry in shown(journal, limit=2)] == [ids[2], ids[3]]
    assert count_entries(journal) == 4


def test_a_list_longer_than_a_batch_comes_whole(journal: Journal) -> None:
    with writing_entries(journal.vault.database) as (_connection, writer):
        for number in range(1101):
            writer.add(draft(f"Entry {number} sea"), MORNING, bytes(16))
    assert len(shown(journal)) == count_entries(journal) == 1101
    assert len(found(journal, "sea")) == 1101


def test_filters_narrow_and_combine(journal: Journal) -> None:
    one = write(journal, phase=Phase.PREPARE, session=SessionRef(1, 3), tags=("Sea",))
    two = write(journal, phase=Phase.EXPERIENCE, session=SessionRef(1, 3), tags=("Straße", "calm"))
    three = write(journal, phase=Phase.EXPERIENCE, session=SessionRef(2, 3))

    def listed(**which: object) -> set[UUID]:
        return {entry.id for entry in shown(journal, Filter(**which))}  # type: ignore[arg-type]  # passed through

    assert listed(phase=Phase.EXPERIENCE) == {two, three}
    assert listed(session=SessionRef(1, 3)) == {one, two}
    assert listed(tag="SEA") == {one}
    assert listed(tag=" STRASSE ") == {two}
    assert listed(tag="se") == set()
    assert listed(phase=Phase.EXPERIENCE, session=SessionRef(1, 3), tag="calm") == {two}


def test_days_are_inclusive_and_in_each_entrys_own_zone(journal: Journal) -> None:
    instant = "2026-03-01T23:30"  # already the 2nd in Tokyo, still the 1st in New York
    tokyo = write(journal, at=_at(instant, "Asia/Tokyo"))
    york = write(journal, at=_at(instant, "America/New_York"))
    first, second = date(2026, 3, 1), date(2026, 3, 2)

    def days(start: date | None, end: date | None) -> set[UUID]:
        return {entry.id for entry in shown(journal, Filter(first_day=start, last_day=end))}

    assert days(first, first) == {york}
    assert days(second, second) == {tokyo}
    assert days(first, second) == days(None, None) == {tokyo, york}
    assert days(second, first) == set()


def test_tags_follow_an_edit(journal: Journal) -> None:
    entry_id = write(journal, tags=("one", "two"))
    save_entry(journal, entry_id, draft(tags=("two", "three")), Sitting())
    assert [len(shown(journal, Filter(tag=tag))) for tag in ("one", "two", "three")] == [0, 1, 1]


def test_prompts_count_by_the_entries_that_answer_them(journal: Journal) -> None:
    ids = [write(journal, prompt_id=prompt) for prompt in ("P01", "P01", "I02", None)]
    delete_entry(journal, ids[0])
    assert dict(prompt_uses(journal)) == {"P01": 1, "I02": 1}


# --- history ----------------------------------------------------------------------------------------------------------


def test_saves_of_one_sitting_overwrite_and_the_next_sitting_keeps_what_was(timed: Journal, clock: FixedClock) -> None:
    sitting = Sitting()
    entry_id = add_entry(timed, draft("one"), sitting=sitting).entry_id
    for body in ("one two", "one two three"):
        clock.advance(timedelta(minutes=1))
        save_entry(timed, entry_id, draft(body), sitting)
    assert entry_history(timed, entry_id) == ()
    clock.advance(timedelta(minutes=1))
    saved = save_entry(timed, entry_id, draft("four"), Sitting())
    (revision,) = entry_history(timed, entry_id)
    assert revision.draft.body == "one two three"
    assert revision.saved == MORNING + timedelta(minutes=2)
    assert (saved.entry.revision, saved.entry.updated) == (4, clock.now())


@pytest.mark.parametrize("pause", [timedelta(minutes=31), timedelta(hours=-1)])
def test_a_pause_or_a_clock_set_back_ends_the_sitting(timed: Journal, clock: FixedClock, pause: timedelta) -> None:
    sitting = Sitting()
    entry_id = add_entry(timed, draft("one"), sitting=sitting).entry_id
    clock.advance(pause)
    save_entry(timed, entry_id, draft("two"), sitting)
    assert [revision.draft.body for revision in entry_history(timed, entry_id)] == ["one"]


def test_a_save_that_drops_much_keeps_what_was_there_at_once(timed: Journal) -> None:
    sitting = Sitting()
    entry_id = add_entry(timed, draft(LONG, title="Page"), sitting=sitting).entry_id
    save_entry(timed, entry_id, draft("x"), sitting)
    (revision,) = entry_history(timed, entry_id)
    assert (revision.draft.body, revision.draft.title) == (LONG, "Page")


def test_an_earlier_state_is_brought_back_and_nothing_is_lost(timed: Journal) -> None:
    first = draft("first", title="A", tags=("x",), phase=Phase.INTEGRATE, mood_then=3, never_share=True)
    entry_id = write(timed, "first", title="A", tags=("x",), phase=Phase.INTEGRATE, mood_then=3, never_share=True)
    save_entry(timed, entry_id, draft("second"), Sitting())
    bring_back(timed, entry_id, entry_history(timed, entry_id)[0].number)
    assert get_entry(timed, entry_id).as_draft() == first
    assert [revision.draft.body for revision in entry_history(timed, entry_id)] == ["second", "first"]
    assert found(timed, "first") == {entry_id}
    assert found(timed, "second") == set()
    with pytest.raises(EntryMissing):
        bring_back(timed, entry_id, 99)


# --- Recently deleted -------------------------------------------------------------------------------------------------


def test_the_deleted_leaves_lists_and_comes_back_whole(timed: Journal, clock: FixedClock) -> None:
    keep, gone = write(timed, "keep"), write(timed, "gone", tags=("t",), title="T")
    before = get_entry(timed, gone).as_draft()
    delete_entry(timed, gone)
    assert [entry.id for entry in shown(timed)] == [keep]
    assert shown(timed, Filter(tag="t")) == []
    (waiting,) = recently_deleted(timed)
    assert waiting.id == gone
    assert get_entry(timed, gone).summary.deleted == clock.now()
    undelete_entry(timed, gone)
    assert get_entry(timed, gone).as_draft() == before
    assert recently_deleted(timed) == ()


def test_deleting_twice_does_not_start_the_thirty_days_anew(timed: Journal, clock: FixedClock) -> None:
    entry_id = write(timed)
    delete_entry(timed, entry_id)
    clock.advance(timedelta(days=20))
    delete_entry(timed, entry_id)
    assert get_entry(timed, entry_id).summary.deleted == MORNING


def test_recently_deleted_shows_the_last_one_first(timed: Journal, clock: FixedClock) -> None:
    ids = [write(timed) for _number in range(3)]
    for entry_id in (ids[1], ids[0], ids[2]):
        clock.advance(timedelta(minutes=1))
        delete_entry(timed, entry_id)
    assert [entry.id for entry in recently_deleted(timed)] == [ids[2], ids[0], ids[1]]


def test_after_thirty_days_the_deleted_is_gone_for_good(timed: Journal, clock: FixedClock) -> None:
    keep, gone = write(timed, "keep"), write(timed, "gone", prepare_attachment("a.txt", b"x" * 300_000))
    save_entry(timed, gone, draft("gone too"), Sitting())
    delete_entry(timed, gone)
    clock.advance(timedelta(days=30))
    assert not purge_expired(timed).ids
    clock.advance(timedelta(microseconds=1))
    assert purge_expired(timed).ids == {gone}
    with pytest.raises(EntryMissing):
        get_entry(timed, gone)
    with timed.vault.database.read() as session:
        tables = ("entry", "entry_text", "entry_tag", "revision", "attachment", "attachment_chunk", "thumbnail")
        left = {name: session.connection().exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in tables}  # noqa: S608 - names of ours
    assert left == dict.fromkeys(tables, 0) | {"entry": 1, "entry_text": 1}
    assert [entry.id for entry in shown(timed)] == [keep]


def test_opening_to_write_removes_what_has_expired_and_opening_to_read_does_not(
    sample: Sample, clock: FixedClock
) -> None:
    with sample.open(clock=clock) as journal:
        entry_id = write(journal)
        delete_entry(journal, entry_id)
    clock.advance(timedelta(days=31))
    with sample.open(Access.READ, clock=clock) as journal:
        assert len(recently_deleted(journal)) == 1
    with sample.open(clock=clock) as journal:
        assert recently_deleted(journal) == ()


def test_nothing_expired_writes_nothing(journal: Journal) -> None:
    before = journal.vault.database.sequence()
    purge_expired(journal)
    assert journal.vault.database.sequence() == before


# --- damage -----------------------------------------------------------------------------------------------------------

_DAMAGE = [
    ("UPDATE entry SET title = 'other' WHERE id = ?", "list"),
    ("UPDATE entry SET never_share = NOT never_share WHERE id = ?", "list"),
    ("UPDATE entry SET at_us = at_us + 1 WHERE id = ?", "list"),
    ("UPDATE entry SET phase = 'nonsense' WHERE id = ?", "list"),
    ("UPDATE entry SET tags = 'no json' WHERE id = ?", "list"),
    ("UPDATE entry SET mood_then = 'text' WHERE id = ?", "list"),
    ("UPDATE entry SET at_us = 'text' WHERE id = ?", "list"),
    ("UPDATE entry SET rev = 'text' WHERE id = ?", "list"),
    ("UPDATE entry SET created_us = x'00' WHERE id = ?", "list"),
    ("UPDATE entry SET title = CAST(x'ff41' AS TEXT) WHERE id = ?", "list"),
    ("UPDATE entry SET seal = x'00' WHERE id = ?", "list"),
    ("UPDATE entry SET seal = 'text' WHERE id = ?", "list"),
    ("UPDATE entry SET words = 9223372036854775807, at_us = -9223372036854775807 WHERE id = ?", "list"),
    ("UPDATE entry_text SET body = body || x'00' WHERE id = ?", "get"),
    ("UPDATE entry_text SET body = CAST(x'ff41' AS TEXT) WHERE id = ?", "get"),
    ("UPDATE entry_text SET body = x'4100' WHERE id = ?", "get"),
    ("UPDATE entry_text SET rev = rev + 1 WHERE id = ?", "get"),
    ("UPDATE entry_text SET index_labels = 'other' WHERE id = ?", "get"),
    ("DELETE FROM entry_text WHERE id = ?", "get"),
]


@pytest.mark.parametrize(("sql", "seen_by"), _DAMAGE)
def test_f1_a_damaged_record_is_named_and_never_shown_or_written_over(journal: Journal, sql: str, seen_by: str) -> None:
    good, bad = write(journal, "good sea"), write(journal, "bad sea", title="title", tags=("t",), mood_then=3)
    tamper(journal, sql, bad.bytes)
    listed = {entry.id: entry for entry in list_entries(journal)}
    assert isinstance(listed[bad], Unreadable) == (seen_by == "list")
    assert not isinstance(listed[good], Unreadable)
    for ask in (
        lambda: get_entry(journal, bad), lambda: save_entry(journal, bad, draft("new"), Sitting()),
        lambda: delete_entry(journal, bad), lambda: attach_file(journal, bad, prepare_attachment("a", b"x")),
    ):  # fmt: skip
        with pytest.raises(RecordDamaged):
            ask()
    assert get_entry(journal, good).body == "good sea"
    write(journal, "still works")


def test_f1_search_names_a_damaged_entry_among_the_good_ones(journal: Journal) -> None:
    good, bad = write(journal, "good sea"), write(journal, "bad sea")
    tamper(journal, "UPDATE entry SET words = words + 1 WHERE id = ?", bad.bytes)
    hits = list(search_entries(journal, "sea"))
    assert [hit for hit in hits if isinstance(hit, Unreadable)] == [Unreadable(bad)]
    assert [hit.entry.id for hit in hits if not isinstance(hit, Unreadable)] == [good]


def test_f1_a_row_of_another_entry_does_not_pass_for_this_one(journal: Journal) -> None:
    one, two = write(journal, "one"), write(journal, "two")
    columns = "rev, body, index_title, index_body, index_labels, seal"
    tamper(
        journal,
        f"UPDATE entry_text SET ({columns}) = (SELECT {columns} FROM entry_text WHERE id = ?) WHERE id = ?",  # noqa: S608 - names of ours
        one.bytes, two.bytes,
    )  # fmt: skip
    with pytest.raises(RecordDamaged):
        get_entry(journal, two)


def test_f3_yesterdays_text_does_not_pass_for_todays(journal: Journal) -> None:
    entry_id = write(journal, "yesterday")
    with journal.vault.database.read() as session:
        old = session.connection().exec_driver_sql(
            "SELECT body, index_title, index_body, index_labels, rev, seal FROM entry_text"
        ).one()  # fmt: skip
    save_entry(journal, entry_id, draft("today"), Sitting())
    tamper(journal, "UPDATE entry_text SET body=?, index_title=?, index_body=?, index_labels=?, rev=?, seal=?", *old)
    with pytest.raises(RecordDamaged):
        get_entry(journal, entry_id)


def test_f1_a_damaged_revision_is_not_shown_as_history(journal: Journal) -> None:
    entry_id = write(journal, "one")
    save_entry(journal, entry_id, draft("two"), Sitting())
    tamper(journal, "UPDATE revision SET body = 'forged'")
    with pytest.raises(RecordDamaged):
        entry_history(journal, entry_id)
    assert get_entry(journal, entry_id).body == "two"


def test_a_damaged_record_can_still_be_removed_for_good(journal: Journal) -> None:
    entry_id = write(journal, "one")
    tamper(journal, "UPDATE entry SET title = 'forged'")
    purge_entry(journal, entry_id)
    assert list(list_entries(journal)) == []


def test_a_damaged_record_in_recently_deleted_is_named(journal: Journal) -> None:
    entry_id = write(journal, "one")
    delete_entry(journal, entry_id)
    tamper(journal, "UPDATE entry SET title = 'forged'")
    assert recently_deleted(journal) == (Unreadable(entry_id),)


def test_an_attachment_that_comes_and_goes_follows_in_the_index(journal: Journal) -> None:
    entry_id = write(journal, "body")
    info = attach_file(journal, entry_id, prepare_attachment("lantern.txt", b"x"))
    assert get_entry(journal, entry_id).attachments == (info,)
    assert found(journal, "lantern") == {entry_id}
    remove_attachment(journal, info)
    assert get_entry(journal, entry_id).attachments == ()
    assert found(journal, "lantern") == set()
