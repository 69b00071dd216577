"""Practices: offered when they are due, asked about once after a quiet fortnight, never counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.entry import Unreadable
from integrate.domain.practices import (
    Cadence,
    CadenceKind,
    PracticeState,
    Reply,
    Said,
    asks_whether_it_fits,
    is_due,
)
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal.opening import Journal
from integrate.journal.practices import (
    Fit,
    PracticeView,
    all_said,
    answer_fit,
    begin_practice,
    change_practice,
    delete_practice,
    deleted_practices,
    end_practice,
    get_practice,
    list_practices,
    note_asked,
    practice_that_asks,
    practices_due,
    purge_practice,
    reply_to_practice,
    rest_practice,
    restore_practice,
    resume_practice,
    take_back_reply,
)
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.journals import tamper

TODAY = date(2026, 3, 2)  # a Monday
DAILY = Cadence(CadenceKind.DAILY)
SHARED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def _begin(journal: Journal, text: str = "walk", cadence: Cadence = DAILY, since: date | None = None) -> UUID:
    return begin_practice(journal, text, cadence, since=since).practice.id


def _due(journal: Journal, day: date = TODAY) -> list[str]:
    return [view.practice.text for view in practices_due(journal, day)]


def _asks(journal: Journal, day: date) -> str | None:
    view = practice_that_asks(journal, day)
    return view and view.practice.text


def _said(journal: Journal, practice: UUID) -> list[tuple[date, Reply]]:
    return [(one.day, one.reply) for one in all_said(journal, practice) if isinstance(one, Said)]


def test_it_begins_today_where_the_person_is(sample: Sample, clock: FixedClock) -> None:
    zoned = FixedClock(clock.now() + timedelta(hours=12), "Pacific/Auckland")  # Tuesday there
    with sample.open(clock=zoned) as journal:
        practice = begin_practice(journal, "walk").practice
        assert (practice.since, practice.cadence, practice.state) == (date(2026, 3, 3), Cadence(), PracticeState.OPEN)
        assert get_practice(journal, practice.id) == practice


def test_what_is_due_comes_in_the_order_in_which_it_was_begun(journal: Journal) -> None:
    _begin(journal, "later", since=date(2026, 3, 1))
    _begin(journal, "first", since=date(2026, 2, 1))
    _begin(journal, "on Thursdays", Cadence(CadenceKind.WEEKDAYS, frozenset({3})))
    _begin(journal, "when it suits", Cadence())
    _begin(journal, "not yet", since=date(2026, 3, 3))
    assert _due(journal) == ["first", "later"]
    assert _due(journal, date(2026, 3, 5)) == ["first", "later", "on Thursdays", "not yet"]


@pytest.mark.parametrize("reply", [reply for reply in Reply if reply is not Reply.STILL_FITS])
def test_what_was_answered_today_is_not_offered_again_today(journal: Journal, reply: Reply) -> None:
    practice = _begin(journal)
    changes = reply_to_practice(journal, practice, reply)
    assert "practices" in changes.areas
    assert _due(journal) == []
    assert _due(journal, TODAY + timedelta(days=1)) == ["walk"]


def test_a_later_reply_of_the_day_takes_the_place_of_an_earlier_one_to_the_same_question(journal: Journal) -> None:
    practice = _begin(journal)
    for reply in (Reply.NOT_TODAY, Reply.TOO_SOON, Reply.DONE, Reply.HELPED, Reply.DONE):
        reply_to_practice(journal, practice, reply)
    assert sorted(_said(journal, practice)) == [(TODAY, Reply.DONE), (TODAY, Reply.HELPED)]
    reply_to_practice(journal, practice, Reply.NOT_TODAY, TODAY + timedelta(days=1))
    assert len(_said(journal, practice)) == 3


def test_a_slip_of_the_hand_is_taken_back(journal: Journal) -> None:
    practice = _begin(journal)
    reply_to_practice(journal, practice, Reply.DONE)
    take_back_reply(journal, practice, Said(TODAY, Reply.NOT_TODAY))  # not what is there
    assert _said(journal, practice) == [(TODAY, Reply.DONE)]
    take_back_reply(journal, practice, Said(TODAY, Reply.DONE))
    assert _said(journal, practice) == []
    assert _due(journal) == ["walk"]


def test_taken_back_the_reply_whose_place_it_took_stands_again(journal: Journal) -> None:
    practice = _begin(journal)
    done, not_today = Said(TODAY, Reply.DONE), Said(TODAY, Reply.NOT_TODAY)
    reply_to_practice(journal, practice, Reply.DONE)
    reply_to_practice(journal, practice, Reply.NOT_TODAY)
    changes = take_back_reply(journal, practice, not_today, before=done)
    assert _said(journal, practice) == [(TODAY, Reply.DONE)]
    assert changes.ids == {practice}
    take_back_reply(journal, practice, done, before=done)
    assert _said(journal, practice) == []


def test_where_the_reply_before_cannot_stand_again_nothing_is_taken_back(journal: Journal) -> None:
    practice = _begin(journal)
    reply_to_practice(journal, practice, Reply.NOT_TODAY)
    tamper(journal, "UPDATE practice SET text = 'x'")
    with pytest.raises(RecordDamaged):
        take_back_reply(journal, practice, Said(TODAY, Reply.NOT_TODAY), before=Said(TODAY, Reply.DONE))
    tamper(journal, "UPDATE practice SET text = 'walk'")  # whole again
    assert _said(journal, practice) == [(TODAY, Reply.NOT_TODAY)]


@SHARED
@given(
    st.sampled_from([DAILY, Cadence(), Cadence(CadenceKind.EVERY_FEW_DAYS, days=3),
                     Cadence(CadenceKind.WEEKDAYS, frozenset({0, 4}))]),
    st.lists(st.tuples(st.integers(-40, 10), st.sampled_from(Reply)), max_size=12),
    st.integers(-40, 40),
)  # fmt: skip
def test_the_page_says_what_the_rules_say_of_all_that_was_ever_said(
    journal: Journal, cadence: Cadence, replies: list[tuple[int, Reply]], ahead: int
) -> None:
    since, today = TODAY - timedelta(days=30), TODAY + timedelta(days=ahead)
    practice = _begin(journal, cadence=cadence, since=since)
    for days, reply in replies:
        reply_to_practice(journal, practice, reply, TODAY + timedelta(days=days))
    said = [one for one in all_said(journal, practice) if isinstance(one, Said)]
    (view,) = [one for one in list_practices(journal, today=today) if one.practice.id == practice]  # type: ignore[union-attr]  # readable
    assert isinstance(view, PracticeView)
    assert view.due == is_due(cadence, since, said, today)
    assert view.asks == asks_whether_it_fits(since, said, None, today)
    spoken = [one for one in said if one.reply is not Reply.STILL_FITS and one.day <= today]
    last = max((one.day for one in spoken), default=None)
    assert set(view.said) == {one for one in spoken if one.day == last}


def test_after_fourteen_quiet_days_it_asks_on_one_day_only(journal: Journal) -> None:
    practice = _begin(journal, cadence=Cadence())
    days = [TODAY + timedelta(days=number) for number in range(60)]
    asking = []
    for day in days:
        if _asks(journal, day):
            asking.append(day)
            note_asked(journal, practice, day)
            assert _asks(journal, day) == "walk"  # it stays on the page for the day
    assert asking == [TODAY + timedelta(days=14)]
    assert get_practice(journal, practice).asked == asking[0]


def test_one_practice_asks_at_a_time_the_oldest_first(journal: Journal) -> None:
    _begin(journal, "newer", since=date(2026, 2, 2))
    older = _begin(journal, "older", since=date(2026, 2, 1))
    assert _asks(journal, TODAY) == "older"
    answer_fit(journal, older, Fit.KEEP)
    assert _asks(journal, TODAY) == "newer"


def test_kept_it_is_quiet_for_the_next_fortnight(journal: Journal) -> None:
    practice = _begin(journal, since=date(2026, 2, 1))
    assert _asks(journal, TODAY) == "walk"
    note_asked(journal, practice)
    kept = answer_fit(journal, practice, Fit.KEEP, text="not taken over").practice
    assert (kept.text, kept.state, kept.asked) == ("walk", PracticeState.OPEN, TODAY)
    assert _said(journal, practice) == [(TODAY, Reply.STILL_FITS)]
    assert not any(_asks(journal, TODAY + timedelta(days=number)) for number in range(14))
    reply_to_practice(journal, practice, Reply.DONE, TODAY + timedelta(days=20))
    quiet = [number for number in range(20, 40) if _asks(journal, TODAY + timedelta(days=number))]
    assert quiet == [34, 35, 36, 37, 38, 39]
    assert _due(journal, TODAY + timedelta(days=1)) == ["walk"]


def test_changed_it_goes_on_in_its_new_words(journal: Journal) -> None:
    practice = _begin(journal, since=date(2026, 2, 1))
    weekly = Cadence(CadenceKind.WEEKDAYS, frozenset({6}))
    changed = answer_fit(journal, practice, Fit.CHANGE, text="walk on Sundays", cadence=weekly).practice
    assert (changed.text, changed.cadence, changed.since) == ("walk on Sundays", weekly, date(2026, 2, 1))
    assert _asks(journal, TODAY) is None
    with pytest.raises(WrongUsage):
        answer_fit(journal, practice, Fit.CHANGE, text=" ", day=TODAY + timedelta(days=20))
    assert get_practice(journal, practice) == changed
    assert len(_said(journal, practice)) == 1


def test_resting_it_is_neither_offered_nor_asked_about_until_it_is_taken_up(
    journal: Journal, clock: FixedClock
) -> None:
    practice = _begin(journal, since=date(2026, 2, 1))
    assert answer_fit(journal, practice, Fit.REST).practice.state is PracticeState.RESTING
    clock.advance(timedelta(days=60))
    today = TODAY + timedelta(days=60)
    assert (_due(journal, today), _asks(journal, today)) == ([], None)
    assert [one.practice.id for one in list_practices(journal, (PracticeState.RESTING,))] == [practice]  # type: ignore[union-attr]  # readable
    taken_up = resume_practice(journal, practice).practice
    assert (taken_up.state, taken_up.since) == (PracticeState.OPEN, today)
    assert (_due(journal, today), _asks(journal, today)) == (["walk"], None)
    assert resume_practice(journal, practice).practice == taken_up


def test_rested_and_ended_by_name(journal: Journal) -> None:
    practice = _begin(journal)
    assert rest_practice(journal, practice).practice.state is PracticeState.RESTING
    ended = end_practice(journal, practice).practice
    assert (ended.state, _due(journal)) == (PracticeState.ENDED, [])
    assert end_practice(journal, practice).practice == ended
    assert list_practices(journal, (PracticeState.OPEN,)) == ()


def test_changed_deleted_and_taken_back(journal: Journal) -> None:
    practice = _begin(journal)
    reply_to_practice(journal, practice, Reply.DONE)
    changed = change_practice(journal, practice, text="🌊 ללכת", since=date(2026, 1, 1)).practice
    assert (changed.text, changed.since, changed.cadence) == ("🌊 ללכת", date(2026, 1, 1), DAILY)
    assert change_practice(journal, practice).practice == changed
    with pytest.raises(WrongUsage):
        change_practice(journal, practice, text="")
    delete_practice(journal, practice)
    assert (list_practices(journal), _due(journal, TODAY + timedelta(days=1))) == ((), [])
    assert [one.id for one in deleted_practices(journal)] == [practice]
    assert restore_practice(journal, practice).practice.text == "🌊 ללכת"
    assert _said(journal, practice) == [(TODAY, Reply.DONE)]
    purge_practice(journal, practice)
    with journal.vault.database.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM practice_reply").scalar_one() == 0


def test_what_is_not_there_is_said_so(journal: Journal) -> None:
    for call in (get_practice, all_said, rest_practice, end_practice, resume_practice, note_asked, delete_practice,
                 restore_practice, purge_practice):  # fmt: skip
        with pytest.raises(WrongUsage):
            call(journal, uuid4())
    with pytest.raises(WrongUsage):
        reply_to_practice(journal, uuid4(), Reply.DONE)
    with pytest.raises(WrongUsage):
        begin_practice(journal, "\n")


def test_a_damaged_practice_is_named_and_the_others_are_due(journal: Journal) -> None:
    damaged, _other = _begin(journal, "damaged"), _begin(journal, "other")
    tamper(journal, "UPDATE practice SET cadence = '{}' WHERE id = ?", damaged.bytes)
    assert Unreadable(damaged) in list_practices(journal)
    assert _due(journal) == ["other"]
    with pytest.raises(RecordDamaged):
        reply_to_practice(journal, damaged, Reply.DONE)


def test_nothing_counts() -> None:
    """No number but days, revisions and what the person typed: there is nothing a streak could be made of on a page."""
    assert {field.name for field in fields(PracticeView)} == {"practice", "said", "due", "asks", "unreadable"}
