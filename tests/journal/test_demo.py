"""The demo: always whole, always on day 3 after its last session, and the same each time it is made."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.entry import Phase, Unreadable
from integrate.domain.moments import MomentKind
from integrate.domain.practices import PracticeState
from integrate.domain.sessions import Line, LineKind, Session, SessionState
from integrate.domain.threads import Insight, Letter, ThreadState
from integrate.domain.times import ZonedTime, find_zone
from integrate.errors import ShortPassphrase, TargetExists, WrongUsage
from integrate.journal.checking import check_journal
from integrate.journal.courses import current_course, where_now
from integrate.journal.demo import PASSPHRASE, demo_mark, is_demo, make_demo
from integrate.journal.finding import count_entries, list_entries
from integrate.journal.insights import find_source, list_insights
from integrate.journal.letters import ClosedLetter, list_letters
from integrate.journal.moments import list_moments, settled_touch_points
from integrate.journal.opening import ByPassphrase, Journal, create_journal
from integrate.journal.people import list_people
from integrate.journal.practices import PracticeView, list_practices, practices_due
from integrate.journal.preferences import read_preferences
from integrate.journal.sessions import list_lines, list_sessions
from integrate.journal.threads import ThreadView, list_threads
from integrate.journal.writing import add_entry
from integrate.system.clock import FixedClock
from tests.conftest import draft
from tests.helpers.courses import ZONES
from tests.helpers.demos import DAY, everything, opened
from tests.helpers.journals import shown


def noon(day: date, zone: str = "Europe/Lisbon") -> ZonedTime:
    return ZonedTime(datetime.combine(day, time(12), find_zone(zone)).astimezone(UTC), zone)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The usual demo. It is made once and never changed."""
    made = tmp_path_factory.mktemp("demo") / "Demo.integrate"
    make_demo(made, DAY)
    return made


@pytest.fixture
def demo(place: Path) -> Iterator[Journal]:
    with opened(place) as journal:
        yield journal


def sessions_of(journal: Journal) -> list[Session]:
    found = list_sessions(journal)
    assert not any(isinstance(one, Unreadable) for one in found)
    return [one for one in found if isinstance(one, Session)]


# --- laws -------------------------------------------------------------------------------------------------------------


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    today=st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    seed=st.integers(-(2**70), 2**70),
    count=st.integers(1, 20),
    entries=st.none() | st.integers(0, 80),
    zone=st.sampled_from(ZONES),
)
def test_any_seed_and_any_day_give_a_whole_journal_on_day_3_after_the_session_in_the_middle(
    today: date, seed: int, count: int, entries: int | None, zone: str
) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "Demo.integrate"
        made = make_demo(place, today, sessions=count, entries=entries, seed=seed, zone=zone)
        report = check_journal(place, ByPassphrase(PASSPHRASE), deep=True)
        assert (report.ok, report.problems) == (True, ())
        with opened(place) as journal:
            where = where_now(journal, noon(today, zone))
            assert (where.phase, where.day) == (Phase.INTEGRATE, 3)
            assert where.last is not None and where.last.ref.number == (count + 1) // 2
            assert len(sessions_of(journal)) == made.sessions == count
            listed = shown(journal)
            assert len(listed) == made.entries == count_entries(journal)
            assert entries is None or made.entries == entries
            assert all(entry.at.local_date() < today and entry.created == entry.at.instant for entry in listed)


@pytest.mark.parametrize(
    "options", [{"entries": 60, "seed": 7}, pytest.param({"sessions": 20, "seed": -3}, marks=pytest.mark.hard)], ids=str
)
def test_two_runs_give_equal_journals(options: dict[str, int], tmp_path: Path) -> None:
    for name in ("One.integrate", "Two.integrate"):
        make_demo(tmp_path / name, DAY, **options)  # type: ignore[arg-type]  # whole numbers all of them
    one, two = everything(tmp_path / "One.integrate"), everything(tmp_path / "Two.integrate")
    assert one == two
    filled = {name for name, rows in one.items() if rows}
    assert {"entry", "entry_text", "course", "session", "session_line", "moment", "thread", "letter"} <= filled
    with opened(tmp_path / "One.integrate") as first, opened(tmp_path / "Two.integrate") as second:
        assert first.id != second.id, "the keys are new each time"


def test_another_seed_puts_other_entries_together_and_gives_other_ids(tmp_path: Path, place: Path) -> None:
    make_demo(tmp_path / "A.integrate", DAY, entries=60)
    make_demo(tmp_path / "B.integrate", DAY, entries=60, seed=1)
    a, b = everything(tmp_path / "A.integrate"), everything(tmp_path / "B.integrate")
    assert {row[1] for row in a["entry"]}.isdisjoint(row[1] for row in b["entry"])
    assert a["entry_text"] != b["entry_text"]


def test_the_same_story_moves_with_the_day(place: Path, tmp_path: Path) -> None:
    make_demo(tmp_path / "Later.integrate", DAY + timedelta(days=100))
    with opened(place) as now, opened(tmp_path / "Later.integrate") as later:
        told, moved = shown(now), shown(later)
        assert [entry.title for entry in told] == [entry.title for entry in moved]
        days = {b.at.local_date() - a.at.local_date() for a, b in zip(told, moved, strict=True)}
        assert days == {timedelta(days=100)}


def test_ids_are_uuids_of_version_7_that_tell_their_time(demo: Journal) -> None:
    for entry in shown(demo):
        assert entry.id.version == 7 and entry.id.int >> 80 == int(entry.created.timestamp() * 1000)


# --- what is in it ----------------------------------------------------------------------------------------------------


def test_the_course_is_that_of_the_pictures(demo: Journal) -> None:
    course, sessions = current_course(demo), sessions_of(demo)
    assert course is not None
    assert (course.plan.sessions, course.plan.spacing) == (8, 14)
    assert {carer.name for carer in course.care_team} == {"Ines Moreau", "Dr Anand Rao", "Daniel"}
    assert [one.state for one in sessions] == [SessionState.HELD] * 4 + [SessionState.PLANNED] * 4
    days = [one.day for one in sessions]
    assert days[3] == date(2026, 10, 5) and days[0] == date(2026, 8, 24) and days[7] == date(2026, 11, 30)
    assert read_preferences(demo).name == "Sarah" and len(list_people(demo)) == 3
    assert all("555" in person.number for person in list_people(demo))


def test_each_session_that_was_has_its_preparation_its_moments_and_its_touch_points(demo: Journal) -> None:
    for session in sessions_of(demo):
        lines = [line for line in list_lines(demo, session.id) if isinstance(line, Line)]
        checks = [line for line in lines if line.kind is LineKind.CHECK]
        held = session.state is SessionState.HELD
        assert len(checks) == 5 and all(line.done is held for line in checks)
        assert any(line.kind is LineKind.INTENTION for line in lines) is held
        assert bool(list_moments(demo, session.id)) is held
    last = sessions_of(demo)[3]
    kinds = {moment.mark.kind for moment in list_moments(demo, last.id) if not isinstance(moment, Unreadable)}
    assert kinds == {MomentKind.WORDS, MomentKind.VITALS, MomentKind.EFFECT}
    assert settled_touch_points(demo, last.id) == {0, 1}, "that of day 3 is on offer"
    assert settled_touch_points(demo, sessions_of(demo)[0].id) == {0, 1, 3, 7}


def test_entries_are_of_all_phases_and_some_are_never_shared(demo: Journal) -> None:
    found = [entry for entry in list_entries(demo) if not isinstance(entry, Unreadable)]
    assert {entry.phase for entry in found} == set(Phase)
    assert any(entry.never_share for entry in found) and not all(entry.never_share for entry in found)
    assert found[0].title == "The kitchen was quiet and I let it be"
    assert found[0].at.local_date() == DAY - timedelta(days=1)


def test_threads_run_from_intention_to_practice_with_where_each_came_from(demo: Journal) -> None:
    threads = {view.thread.name: view for view in list_threads(demo, today=DAY) if isinstance(view, ThreadView)}
    softness = threads["Softness"]
    assert softness.intentions and softness.moments and softness.insights and softness.practices
    assert not threads["Tired"].insights, "some threads stay open"
    assert {view.thread.state for view in threads.values()} == set(ThreadState)
    for insight in list_insights(demo):
        assert isinstance(insight, Insight)
        found = find_source(demo, insight)
        assert found is not None and found.span is not None


def test_practices_are_due_done_and_resting(demo: Journal) -> None:
    views = [view for view in list_practices(demo, today=DAY) if isinstance(view, PracticeView)]
    assert {view.practice.state for view in views} == set(PracticeState)
    assert [view.practice.text for view in practices_due(demo, DAY)] == ["Text Daniel one honest sentence."]
    outside = next(view for view in views if view.practice.text.startswith("Ten minutes"))
    assert [said.day for said in outside.said] == [DAY]


def test_letters_were_opened_before_the_next_session_and_the_last_one_is_sealed(demo: Journal) -> None:
    letters = list_letters(demo, noon(DAY))
    assert isinstance(letters[0], ClosedLetter) and letters[0].sealed
    assert len(letters) == 4 and all(isinstance(letter, Letter) for letter in letters[1:])


def test_with_fewer_entries_it_is_the_newest_and_insights_keep_their_words(tmp_path: Path, demo: Journal) -> None:
    make_demo(tmp_path / "Few.integrate", DAY, entries=2)
    with opened(tmp_path / "Few.integrate") as few:
        assert [entry.title for entry in shown(few)] == [entry.title for entry in shown(demo)[:2]]
        assert len(list_insights(few)) == len(list_insights(demo))
        assert any(isinstance(one, Insight) and not one.source.quote for one in list_insights(few))


# --- making it --------------------------------------------------------------------------------------------------------


def test_it_is_marked_and_other_journals_are_not(demo: Journal, journal: Journal) -> None:
    assert is_demo(demo) and demo_mark(demo) == {"seed": 0}
    assert not is_demo(journal)


def test_it_can_be_written_to_like_any_other(tmp_path: Path) -> None:
    from integrate.journal.opening import Access

    place = tmp_path / "Demo.integrate"
    make_demo(place, DAY)
    with opened(place, Access.WRITE) as journal:
        new = add_entry(journal, draft("Mine.")).entry_id
        assert new in {entry.id for entry in shown(journal)}
    assert check_journal(place, ByPassphrase(PASSPHRASE), deep=True).ok


def test_its_passphrase_is_the_only_one_that_may_be_so_short(tmp_path: Path) -> None:
    with pytest.raises(ShortPassphrase):
        create_journal(tmp_path / "Mine.integrate", PASSPHRASE, clock=FixedClock(datetime(2026, 1, 1, tzinfo=UTC)))


def test_only_its_owner_can_read_it_and_nothing_else_is_left(place: Path) -> None:
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert list(place.parent.iterdir()) == [place]


def test_what_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "Taken").write_text("mine", encoding="utf-8")
    with pytest.raises(TargetExists):
        make_demo(tmp_path / "Taken", DAY)
    assert (tmp_path / "Taken").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["Taken"]


def test_stopped_half_way_it_leaves_nothing(tmp_path: Path) -> None:
    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path / "Demo.integrate", DAY, progress=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options", [{"sessions": 0}, {"sessions": -1}, {"sessions": 1000}, {"entries": -1}, {"entries": 1_000_001}], ids=str
)
def test_numbers_that_no_demo_can_have_are_refused(options: dict[str, int], tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        make_demo(tmp_path / "Demo.integrate", DAY, **options)  # type: ignore[arg-type]  # whole numbers all of them
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("day", [date.min, date(2, 1, 5), date(9998, 12, 20), date.max])
def test_a_day_too_near_the_ends_of_the_calendar_is_refused(day: date, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        make_demo(tmp_path / "Demo.integrate", day)


@pytest.mark.parametrize(
    "day",
    [
        date(2, 6, 1),
        pytest.param(date(1969, 12, 31), marks=pytest.mark.hard),
        pytest.param(date(9998, 6, 1), marks=pytest.mark.hard),
    ],
)
def test_far_days_work(day: date, tmp_path: Path) -> None:
    make_demo(tmp_path / "Demo.integrate", day, entries=400)
    assert check_journal(tmp_path / "Demo.integrate", ByPassphrase(PASSPHRASE), deep=True).ok


@pytest.mark.hard
def test_ten_thousand_entries_are_made_well_within_a_minute(tmp_path: Path) -> None:
    started = datetime.now(UTC)
    assert make_demo(tmp_path / "Demo.integrate", DAY, entries=10_000).entries == 10_000
    assert datetime.now(UTC) - started < timedelta(seconds=30)
