"""Series: every number that was answered, in order, by measure and range; nothing else, and nothing for a gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.check_ins import Answer, CheckIn
from integrate.domain.listing import Stop, Stopped
from integrate.domain.measures import Definition, Direction, Measure, MeasureKind
from integrate.domain.series import Series, SeriesSet
from integrate.domain.times import ZonedTime, to_microseconds
from integrate.journal.check_ins import delete_check_in, list_check_ins, purge_check_in, read_series
from integrate.journal.measures import change_measure, get_measure, order_measures
from integrate.journal.opening import Access, Journal
from integrate.storage.mood_tables import CheckInRow
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.check_ins import MARCH, answer, check_in, measure, own, series_of
from tests.helpers.journals import tamper

ZONES = ("UTC", "Pacific/Kiritimati", "America/New_York", "Etc/GMT+12")
SHARED = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    with sample.open(clock=clock) as opened:
        yield opened


def test_an_empty_journal_has_none(sample: Sample, journal: Journal) -> None:
    assert read_series(journal) == SeriesSet()
    journal.close()
    with sample.open(Access.READ) as read_only:
        assert read_series(read_only, first_day=date(2026, 3, 1)) == SeriesSet()


def test_one_point_is_a_series(journal: Journal) -> None:
    check_in(journal, answer(measure(journal), 0))
    (series,) = read_series(journal).series
    assert (series.days, series.instants, series.values) == ((MARCH.toordinal(),), (to_microseconds(MARCH),), (0,))
    assert (series.definition, series.is_current) == (measure(journal).definition, True)


def test_words_notes_and_no_answer_are_in_none(journal: Journal) -> None:
    feelings = measure(journal, "feelings")
    check_in(journal, answer(measure(journal)), answer(feelings, words=("calm",)), note="and a line")
    assert read_series(journal) == SeriesSet()


def test_another_range_begins_a_series_of_its_own_and_another_name_does_not(journal: Journal) -> None:
    mood = measure(journal)
    check_in(journal, answer(mood, 9))
    change_measure(journal, mood.id, definition=replace(mood.definition, name="Weather inside"))
    check_in(journal, answer(measure(journal), 8), at=MARCH + timedelta(hours=1))
    check_in(journal, answer(mood, 7), at=MARCH - timedelta(hours=1))  # a card that was open still
    (together,) = series_of(journal, mood)
    assert (together.values, together.definition.name, together.is_current) == ((7, 9, 8), "Weather inside", True)
    change_measure(journal, mood.id, definition=replace(mood.definition, highest=5))
    assert [one.is_current for one in series_of(journal, mood)] == [False]
    check_in(journal, answer(measure(journal), 5), at=MARCH + timedelta(hours=2))
    new, old = series_of(journal, mood)
    assert (new.values, new.definition.highest, new.is_current) == ((5,), 5, True)
    assert (old.values, old.definition.highest, old.is_current) == ((7, 9, 8), 10, False)
    # Back under the range it had, the numbers belong together again, with what was answered meanwhile apart.
    change_measure(journal, mood.id, definition=mood.definition)
    assert [(one.definition.highest, one.is_current) for one in series_of(journal, mood)] == [(10, True), (5, False)]


def test_another_step_or_kind_begins_a_series_of_its_own(journal: Journal) -> None:
    mood = measure(journal)
    for changed in (replace(mood.definition, step=0.25), replace(mood.definition, kind=MeasureKind.NUMBER)):
        check_in(journal, answer(measure(journal), 3))
        change_measure(journal, mood.id, definition=changed)
    check_in(journal, answer(measure(journal), 3))
    assert len(series_of(journal, mood)) == 3


def _answered_under_each(journal: Journal, of: Measure, *definitions: Definition) -> list[Series]:
    """The series of a measure that was changed again and again, answered with 0, 1, 2 … under each definition."""
    for value, definition in enumerate((of.definition, *definitions)):
        change_measure(journal, of.id, definition=definition)
        check_in(journal, answer(get_measure(journal, of.id), value), at=MARCH + timedelta(hours=value))
    return series_of(journal, of)


def test_another_direction_begins_a_series_of_its_own(journal: Journal) -> None:
    was = own(journal, direction=Direction.NEITHER)
    higher, lower = (replace(was.definition, direction=one) for one in (Direction.HIGHER, Direction.LOWER))
    found = _answered_under_each(journal, was, higher, lower, was.definition)
    assert [(one.values, one.definition.direction, one.is_current) for one in found] == [
        ((0, 3), Direction.NEITHER, True), ((2,), Direction.LOWER, False), ((1,), Direction.HIGHER, False),
    ]  # fmt: skip


def test_swapped_ends_begin_a_series_of_its_own_and_swapped_back_the_numbers_belong_together(journal: Journal) -> None:
    was = own(journal, low="calm", high="tense")
    swapped = replace(was.definition, low="tense", high="calm")
    found = _answered_under_each(journal, was, swapped, replace(swapped, name="Ease"), was.definition)
    assert [(one.values, one.definition.low, one.is_current, one.turned) for one in found] == [
        ((0, 3), "calm", True, False), ((1, 2), "tense", False, True),
    ]  # fmt: skip
    first_days = series_of(journal, was, last_day=MARCH.date())
    assert [one.key for one in first_days] == [one.key for one in found] and len({one.key for one in found}) == 2


def test_another_name_and_another_spelling_of_an_end_stay_one_series(journal: Journal) -> None:
    was = own(journal, low="calm", high="tesne")
    spelled = replace(was.definition, high="tense")
    found = _answered_under_each(journal, was, spelled, replace(spelled, low="Calm"), replace(spelled, name="Body"))
    assert [(one.values, one.definition.name, one.is_current) for one in found] == [((0, 1, 2, 3), "Body", True)]


def test_they_stand_in_the_place_of_their_measures(journal: Journal) -> None:
    mood, energy, warmth = measure(journal), measure(journal, "energy"), own(journal)
    check_in(journal, answer(warmth, 1), answer(energy, 2), answer(mood, 3))
    order_measures(journal, [energy.id])
    assert [one.measure_id for one in read_series(journal).series] == [energy.id, mood.id, warmth.id]


def test_all_equal_and_all_at_one_instant(journal: Journal) -> None:
    mood, energy = measure(journal), measure(journal, "energy")
    for value in (5, 2, 9, 2):
        check_in(journal, answer(mood, 4), answer(energy, value))
    assert series_of(journal, mood)[0].values == (4, 4, 4, 4)
    assert series_of(journal, energy)[0].values == (2, 2, 5, 9)


def test_a_stop_that_is_set_stops_it(journal: Journal) -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        read_series(journal, stop=stop)


@SHARED
@given(
    written=st.lists(
        st.tuples(
            st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 4), timezones=st.just(UTC)).map(
                lambda at: at.replace(minute=0, second=0, microsecond=0)
            ),
            st.sampled_from(ZONES), st.none() | st.integers(0, 10), st.none() | st.integers(0, 96),
            st.sampled_from(["kept", "deleted", "damaged"]),
        ),
        max_size=8,
    ),
    first=st.none() | st.dates(date(2026, 2, 28), date(2026, 3, 5)),
    last=st.none() | st.dates(date(2026, 2, 28), date(2026, 3, 5)),
)  # fmt: skip
def test_they_are_what_the_check_ins_say_one_by_one(
    journal: Journal,
    written: list[tuple[datetime, str, int | None, int | None, str]],
    first: date | None,
    last: date | None,
) -> None:
    mood, hours = measure(journal), measure(journal, "sleep-hours")
    made, damaged = [], 0
    for at, zone, value, quarters, fate in written:
        answers = (answer(mood, value), answer(hours, None if quarters is None else quarters / 4))
        one = check_in(journal, *answers, at=at, zone=zone, note="n")
        made.append(one.id)
        if fate == "deleted":
            delete_check_in(journal, one.id)
        elif fate == "damaged":
            tamper(journal, "UPDATE check_in SET note = 'other' WHERE id = ?", one.id.bytes)
            damaged += (first is None or one.day >= first) and (last is None or one.day <= last)
    found = read_series(journal, first_day=first, last_day=last)
    assert found.unreadable == damaged
    readable = [one for one in list_check_ins(journal, first, last) if isinstance(one, CheckIn)]
    for place, of in enumerate((mood, hours)):
        told = sorted(
            (to_microseconds(one.draft.about.instant), _value(one.draft.answers[place]), one.day.toordinal())
            for one in readable
            if one.draft.answers[place].value is not None
        )
        series = [one for one in found.series if one.measure_id == of.id]
        columns = [(one.instants, one.values, one.days) for one in series]
        assert columns == ([tuple(zip(*told, strict=True))] if told else [])
        assert all(a <= b for one in series for a, b in pairwise(one.instants))
    for check_in_id in made:
        purge_check_in(journal, check_in_id)


def _value(given_answer: Answer) -> float:
    assert given_answer.value is not None
    return given_answer.value


def test_a_damaged_definition_is_counted_and_its_numbers_are_in_no_series(journal: Journal) -> None:
    warmth = own(journal)
    check_in(journal, answer(warmth, 4), answer(measure(journal), 6))
    tamper(journal, "UPDATE measure_version SET highest = 100 WHERE measure_id = ?", warmth.id.bytes)
    found = read_series(journal)
    assert found.unreadable == 1
    assert [one.values for one in found.series] == [(6,)]


def test_ten_years_of_six_answers_five_times_a_day_are_read_at_once(journal: Journal) -> None:
    keys = ("mood", "anxiety", "energy", "sleep", "connectedness", "hope")
    check_in(journal, *(answer(measure(journal, key), 5) for key in keys))
    first = datetime(2016, 1, 1, tzinfo=UTC)
    times = [ZonedTime(first + timedelta(hours=4.8 * count), "Europe/Lisbon") for count in range(18_249)]
    with journal.vault.database.write() as connection:
        SealedWriter(connection, journal.vault.database.sealer).add_all(CheckInRow, map(_row, times))
    took = []
    for _again in range(3):
        began = perf_counter()
        found = read_series(journal)
        took.append(perf_counter() - began)
    assert [len(one.values) for one in found.series] == [18_250] * 6
    began = perf_counter()
    weeks = read_series(journal, first_day=times[-1].local_date() - timedelta(weeks=12) + timedelta(days=1))
    weeks_took = perf_counter() - began
    assert all(abs(len(one.values) - 5 * 84) <= 5 for one in weeks.series)
    # Far above what it takes (0.1 s), so that a busy machine fails nobody, and far below what objects would take.
    assert min(took) < 0.6
    assert weeks_took < min(took)


def _row(at: ZonedTime) -> dict[str, object]:
    now = to_microseconds(at.instant)
    return {
        "id": new_id(at.instant).bytes, "about_us": now, "zone": at.zone, "local_day": at.local_date().toordinal(),
        "written_us": now, "written_zone": at.zone, "note": "", "never_share": False, "updated_us": now,
        "deleted_us": None, "answers": '{"1.1":20,"2.1":0,"3.1":40,"4.1":8,"5.1":12,"6.1":16}',
    }  # fmt: skip
