"""What was chosen on Trends is there again after a lock, kept inside the journal alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from integrate.domain.listing import Stop
from integrate.domain.sessions import Route
from integrate.domain.trends_choice import NO_FORM, TrendsChoice
from integrate.journal.measures import delete_measure
from integrate.journal.opening import Journal
from integrate.journal.preferences import change_preferences, read_preferences
from integrate.system.clock import FixedClock
from integrate.ui.pages.trends.reading import Damage, read_first, read_rest
from tests.conftest import Sample
from tests.helpers.check_ins import answer, check_in, measure, own
from tests.helpers.journals import tamper
from tests.ui.pages.settings_world import EVENING
from tests.ui.pages.trends.trends_world import (
    SESSIONS,
    ZONE,
    TrendsWorld,
    fill_in,
    write_everything,
    write_moods,
    write_sessions,
)
from tests.ui.waiting import run_events, wait_until

TODAY = date(2026, 10, 8)


def kept(world: TrendsWorld) -> TrendsChoice:
    """What the journal keeps, read after everything was written."""
    page = world.trends
    wait_until(lambda: world.desk.preferences.trends.sessions is page.around.added_to(TrendsChoice()).sessions)
    world.lock()
    return world.prepare(lambda journal: read_preferences(journal).trends)


def test_range_measures_and_filters_are_there_again_after_a_lock(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    page = world.trends
    assert page.range.value() == 84
    page.range.segments()[0].click()
    page.over_time.measure.choose(1)
    page.over_time.form.choose(1)
    page.year.measure.choose(1)
    page.around.which.choose(1)
    chosen = kept(world)
    assert chosen.days == 28
    assert chosen.form == NO_FORM
    assert chosen.around is None
    assert chosen.over_time == chosen.year is not None
    assert chosen.sessions is Route.INFUSION
    world.open_page()
    page = world.trends
    assert page.range.value() == page.over_time.days == 28
    assert page.over_time.summary.words().startswith("Anxiety, 4 weeks")
    assert "PHQ-9" not in page.over_time.summary.words()
    assert page.year.summary.words().startswith("Anxiety in 2026")
    assert page.around.summary.words().startswith("Mood around 1 session")
    assert page.around.which.words() == "IV infusion"


def test_the_last_of_quick_choices_is_kept(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    for place in (0, 2, 1, 2):
        world.trends.range.segments()[place].click()
    wait_until(lambda: world.desk.preferences.trends.days is None)
    assert kept(world).days is None
    world.open_page()
    assert world.trends.over_time.days is None
    assert world.trends.over_time.figure() is not None


def test_published_bands_stay_as_they_were_put(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.prepare(lambda journal: change_preferences(journal, trends=TrendsChoice(bands=True)))
    world.open_page()
    assert world.trends.over_time.bands.isChecked()
    assert world.trends.over_time.citation.isVisible()


def test_nothing_of_it_is_readable_outside_the_journal(world: TrendsWorld, tmp_path: Path) -> None:
    world.prepare(write_everything)
    anxiety = world.prepare(lambda journal: measure(journal, "anxiety").id)
    world.open_page()
    world.trends.over_time.measure.choose(1)
    assert kept(world).over_time == anxiety
    readable = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(readable) > 1
    for path in readable:
        data = path.read_bytes()
        assert anxiety.hex.encode() not in data
        assert b"over_time" not in data


def write_warmth(journal: Journal) -> UUID:
    """A measure of one's own, chosen for each chart."""
    warm = own(journal)
    for ago in range(1, 9):
        check_in(journal, answer(warm, 4), at=EVENING - timedelta(days=ago), zone=ZONE)
    change_preferences(journal, trends=TrendsChoice(over_time=warm.id, around=warm.id, year=warm.id))
    return warm.id


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_measure_that_was_deleted_leaves_the_place_to_the_first_one(world: TrendsWorld, is_gone: bool) -> None:
    world.prepare(write_everything)
    warm = world.prepare(write_warmth)
    if is_gone:
        world.prepare(lambda journal: delete_measure(journal, warm))
    world.open_page()
    page = world.trends
    summaries = [card.summary.words() for card in (page.over_time, page.around, page.year)]
    name = "Mood" if is_gone else "Warmth"
    assert [words.replace(",", " ").split()[0] for words in summaries] == [name] * 3


def test_what_is_kept_may_lie_in_years_before(sample: Sample) -> None:
    """Another measure is not shown first and taken back: the page waits for the chosen one."""
    with sample.open(clock=FixedClock(EVENING, ZONE)) as journal:
        write_moods(journal)
        warm = own(journal)
        check_in(journal, answer(warm, 4), at=EVENING - timedelta(days=900))
        some, whole = (read(journal, Stop(), TODAY.toordinal()) for read in (read_first, read_rest))
        delete_measure(journal, warm.id)
        without = read_first(journal, Stop(), TODAY.toordinal())
    assert some.is_to_come(warm.id)
    assert not whole.is_to_come(warm.id)
    line = whole.line(warm.id)
    assert line is not None
    assert line.definition.name == "Warmth"
    assert not without.is_to_come(warm.id)
    assert not some.is_to_come(some.lines[0].key)
    assert not some.is_to_come(None)


def test_a_journal_open_to_read_only_lets_one_choose_and_keeps_nothing(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page(read_only=True)
    page = world.trends
    page.range.segments()[0].click()
    page.over_time.measure.choose(1)
    run_events()
    assert page.over_time.summary.words().startswith("Anxiety, 4 weeks")
    assert world.desk.preferences.trends == TrendsChoice()
    world.lock()
    assert world.prepare(lambda journal: read_preferences(journal).trends) == TrendsChoice()


@pytest.mark.parametrize("years", [0, 2])
def test_what_is_damaged_is_counted_once_and_over_the_whole_time(sample: Sample, years: int) -> None:
    """In what was read for the first picture, between its two parts, and before: all of it, and none twice."""
    with sample.open(clock=FixedClock(EVENING + timedelta(days=365 * years), ZONE)) as journal:
        write_sessions(journal)
        days = [SESSIONS[0] - timedelta(days=ago) for ago in (700, 3, 2)] + [EVENING + timedelta(days=400)] * bool(
            years
        )
        for at in days:
            damaged = check_in(journal, answer(measure(journal), 5), at=at, zone=ZONE)
            tamper(journal, "UPDATE check_in SET note = 'x' WHERE id = ?", damaged.id.bytes)
            check_in(journal, answer(measure(journal), 5), at=at - timedelta(minutes=5), zone=ZONE)
        fill_in(journal, EVENING, 1)
        tamper(journal, "UPDATE response SET version = 'x'")
        today = TODAY.toordinal() + 365 * years
        some, whole = (read(journal, Stop(), today) for read in (read_first, read_rest))
    assert whole.damage == Damage(check_ins=len(days), forms=1)
    assert some.damage == Damage()
    assert some.lines
