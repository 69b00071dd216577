"""Questions that come once, and how long a journal has been quiet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from integrate.domain.practices import Reply
from integrate.domain.sessions import LineKind
from integrate.errors import ReadOnlyJournal
from integrate.journal.asking import Asked, OnceAsked, last_sign_of_life, note_shown, read_asked, settle_question
from integrate.journal.courses import begin_course
from integrate.journal.insights import add_insight
from integrate.journal.letters import write_letter
from integrate.journal.moments import add_moment, answer_touch_point
from integrate.journal.opening import Access, Journal
from integrate.journal.practices import begin_practice, reply_to_practice
from integrate.journal.sessions import add_line
from integrate.journal.writing import Sitting, add_entry, save_entry
from integrate.storage.tables import SettingRow
from integrate.system.clock import FixedClock
from tests.conftest import MORNING, Sample, draft
from tests.helpers.courses import a_session, mark

TODAY = date(2026, 3, 2)
TOMORROW = date(2026, 3, 3)
END, PLAN = OnceAsked.END, OnceAsked.PLAN


def test_a_question_that_was_shown_stays_for_the_day_and_is_then_over(journal: Journal) -> None:
    note_shown(journal, PLAN, ["a", "b"], TODAY)
    asked = read_asked(journal)
    assert asked.shown(PLAN, ["a", "b"])
    assert asked.over(PLAN, TODAY) == frozenset()
    assert asked.over(PLAN, TOMORROW) == {"a", "b"}
    assert asked.over(END, TOMORROW) == frozenset()


def test_shown_again_on_another_day_it_is_over_all_the_same(journal: Journal) -> None:
    note_shown(journal, PLAN, ["a"], TODAY)
    note_shown(journal, PLAN, ["a", "b"], TOMORROW)
    assert read_asked(journal).over(PLAN, TOMORROW) == {"a"}


def test_settled_it_is_over_at_once_and_for_good(journal: Journal) -> None:
    note_shown(journal, PLAN, ["a"], TODAY)
    settle_question(journal, PLAN, ["a"])
    note_shown(journal, PLAN, ["a"], TODAY)
    assert read_asked(journal).over(PLAN, TODAY) == {"a"}


def test_sessions_are_known_by_their_ids(journal: Journal) -> None:
    session = a_session(journal)
    settle_question(journal, END, [str(session.id), "no id"])
    assert read_asked(journal).sessions_over(TODAY) == {session.id}


def test_a_damaged_note_asks_once_more_and_is_begun_anew(journal: Journal) -> None:
    settle_question(journal, PLAN, ["a"])
    with journal.vault.database.write() as connection:
        connection.execute(update(SettingRow).where(SettingRow.key == "asked.plans").values(value='{"a":""} '))
    assert read_asked(journal).over(PLAN, TODAY) == frozenset()
    settle_question(journal, PLAN, ["b"])
    assert read_asked(journal).over(PLAN, TODAY) == {"b"}


def test_a_note_of_another_kind_counts_as_none(journal: Journal) -> None:
    from integrate.storage.settings import write_settings

    write_settings(journal.vault.database, {"asked.plans": ["a"], "asked.ends": {"a": 3}}, MORNING)
    asked = read_asked(journal)
    assert asked.over(PLAN, TODAY) == asked.over(END, TODAY) == frozenset()


def test_what_is_open_to_read_only_notes_nothing(sample: Sample) -> None:
    with sample.open(Access.READ) as journal, pytest.raises(ReadOnlyJournal):
        note_shown(journal, PLAN, ["a"], TODAY)


@given(st.dictionaries(st.text(max_size=4), st.sampled_from(["", "2026-03-02", "2026-03-03", "nonsense"])))
def test_a_question_is_either_over_or_of_today(kept: dict[str, str]) -> None:
    over = Asked({END: {}, PLAN: kept}).over(PLAN, TODAY)
    assert over | {key for key, day in kept.items() if day == "2026-03-02"} == set(kept)
    assert not any(kept[key] == "2026-03-02" for key in over)


# --- signs of life ----------------------------------------------------------------------------------------------------

LATER = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


def test_an_empty_journal_has_none(journal: Journal) -> None:
    assert last_sign_of_life(journal) is None
    note_shown(journal, PLAN, ["a"], TODAY)
    assert last_sign_of_life(journal) is None, "a question of ours is no word of theirs"


def _insight(journal: Journal) -> object:
    return add_insight(journal, "I can ask for help")


@pytest.mark.parametrize(
    "sign",
    [
        lambda journal: add_entry(journal, draft()),
        begin_course,
        a_session,
        lambda journal: begin_practice(journal, "Walk home"),
        _insight,
    ],
)
def test_any_new_thing_is_one(sample: Sample, sign: Callable[[Journal], object]) -> None:
    clock = FixedClock(MORNING, "Europe/Lisbon")
    with sample.open(clock=clock) as journal:
        add_entry(journal, draft("An earlier word."))
        clock.advance(LATER - MORNING)
        sign(journal)
        assert last_sign_of_life(journal) == LATER.date()


@pytest.mark.parametrize("what", ["edit", "line", "moment", "touch", "letter", "reply"])
def test_so_is_a_change_of_an_old_one(sample: Sample, what: str) -> None:
    clock = FixedClock(MORNING, "Europe/Lisbon")
    with sample.open(clock=clock) as journal:
        session = a_session(journal)
        first = add_entry(journal, draft("The first."))
        add_entry(journal, draft("The second."))
        practice = begin_practice(journal, "Walk home").practice
        assert last_sign_of_life(journal) == TODAY
        clock.advance(timedelta(days=40))
        {
            "edit": lambda: save_entry(journal, first.entry_id, draft("The first, again."), Sitting()),
            "line": lambda: add_line(journal, session.id, LineKind.INTENTION, "Softer"),
            "moment": lambda: add_moment(journal, session.id, mark("A green door")),
            "touch": lambda: answer_touch_point(journal, session.id, 3, "done"),
            "letter": lambda: write_letter(journal, session.id, "Dear me"),
            "reply": lambda: reply_to_practice(journal, practice.id, Reply.DONE),
        }[what]()
        assert last_sign_of_life(journal) == TODAY + timedelta(days=40)


def test_the_day_is_that_of_where_the_person_is(sample: Sample) -> None:
    clock = FixedClock(datetime(2026, 3, 2, 23, 30, tzinfo=UTC), "Pacific/Auckland")
    with sample.open(clock=clock) as journal:
        add_entry(journal, draft())
        assert last_sign_of_life(journal) == TOMORROW
