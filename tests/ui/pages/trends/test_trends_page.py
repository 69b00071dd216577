"""The Trends page: chart and table agree, what can be chosen, what it says when there is little or damage."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton

from integrate.charts.scene import Line, Rect
from integrate.domain.listing import Stop
from integrate.domain.series import Series
from integrate.domain.trends import daily_values, trailing_mean
from integrate.domain.trends.words import CANNOT_SAY_WHY
from integrate.journal.check_ins import SavedCheckIn, read_series, record_check_in
from integrate.journal.measures import change_measure
from integrate.journal.opening import Journal
from integrate.journal.responses import list_responses
from integrate.system.clock import FixedClock
from integrate.ui.pages.trends.card import ChartCard, ChoiceChip
from integrate.ui.pages.trends.figures import over_time
from integrate.ui.pages.trends.reading import read_first, read_rest
from integrate.ui.widgets.sheet import Question
from integrate.ui.widgets.text import Text
from tests.conftest import Sample
from tests.helpers.check_ins import answer, check_in, draft_of, measure, own, series_of
from tests.helpers.journals import tamper
from tests.ui.pages.settings_world import EVENING
from tests.ui.pages.trends.trends_world import ZONE, TrendsWorld, fill_in, write_everything, write_moods
from tests.ui.waiting import run_events, wait_until

TODAY = date(2026, 10, 8)
_JUDGING = re.compile(
    r"\b(better|worse|improv\w*|missed|failed|error|invalid|respond\w*|good day|bad day|because|caused)\b|!", re.I
)


def words_on(world: TrendsWorld) -> list[str]:
    """All that is written on the page, and what its charts and buttons are called."""
    page = world.trends
    said = [text.words() for text in page.findChildren(Text) if text.isVisible()]
    said += [one.accessibleName() or one.text() for one in page.findChildren(QAbstractButton) if one.isVisible()]
    return [*said, *(card.view.accessibleName() for card in charts(world))]


def charts(world: TrendsWorld) -> tuple[ChartCard, ...]:
    page = world.trends
    return page.over_time, page.around, page.year


def test_chart_table_and_words_agree_to_the_last_value(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    page = world.trends
    series = world_series(world)
    first, last = (TODAY - timedelta(days=83)).toordinal(), TODAY.toordinal()
    daily = daily_values(series)
    means = trailing_mean(daily, first, last)
    view = page.over_time.view
    scene = view.scene()
    assert scene is not None
    read = {reading.key for reading in scene.readings}
    assert {day for day in daily.days if first <= day <= last} <= read
    for place, reading in enumerate(scene.readings):
        view.read_at(place)
        value = daily.means[daily.days.index(reading.key)] if reading.key in daily.days else None
        assert (f"Mood {value:g}" if value is not None else "Mood No answer") in view.reading_words()
        assert ("PHQ-9 18" in view.reading_words()) == (reading.key == date(2026, 8, 20).toordinal())
    world.ctrl(Qt.Key.Key_T)
    assert page.as_tables
    assert not view.isVisible()
    table = page.over_time.tables.views()[0].table()
    assert [row[1] for row in table.rows if row[1] != "No answer"] == [
        value for day, value in zip(daily.days, daily.means, strict=True) if first <= day <= last
    ]
    assert [row[3] for row in table.rows] == ["" if one is None else one for one in means]
    totals = page.over_time.tables.views()[1].table()
    assert [row[1] for row in totals.rows] == [18, 9]
    world.ctrl(Qt.Key.Key_T)
    assert view.isVisible()
    assert page.over_time.tables.views() == ()


def world_series(world: TrendsWorld) -> Series:
    found = world.trends.found
    assert found is not None
    return next(line.series for line in found.lines if line.definition.name == "Mood")


def test_what_is_read_first_and_all_of_it_make_the_same_chart_of_twelve_weeks(sample: Sample) -> None:
    with sample.open(clock=FixedClock(EVENING, ZONE)) as journal:
        write_moods(journal, 420)
        write_everything(journal)
        some, whole = (read(journal, Stop(), TODAY.toordinal()) for read in (read_first, read_rest))
        everything = read_series(journal)
    assert len(some.lines[0].series.days) < len(whole.lines[0].series.days)
    assert whole.lines[0].series == everything.series[0]
    assert some.changes == whole.changes
    assert some.forms == whole.forms
    for days in (28, 84):
        one, other = (over_time(found, days, found.lines[0], found.forms[0], bands=False) for found in (some, whole))
        assert one.summary == other.summary
        assert one.tables(date.isoformat) == other.tables(date.isoformat)


def test_bands_are_off_until_they_are_asked_for_and_then_cited(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    card = world.trends.over_time

    def shades() -> list[str]:
        scene = card.view.scene()
        assert scene is not None
        return [mark.fill for mark in scene.marks if isinstance(mark, Rect) and mark.fill.startswith("band")]

    assert not card.bands.isChecked()
    assert shades() == []
    assert not card.citation.isVisible()
    figure = card.figure()
    assert figure is not None
    assert "Published range" not in figure.tables(date.isoformat)[1][1].headings
    card.bands.click()
    assert len(set(shades())) > 1
    figure = card.figure()
    assert figure is not None
    assert figure.tables(date.isoformat)[1][1].headings[-1] == "Published range"
    assert "Kroenke" in card.citation.words()
    assert card.citation.isVisible()


def test_range_measure_questionnaire_route_and_year_can_be_chosen(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.prepare(lambda journal: check_in(journal, at=EVENING - timedelta(days=500)))
    world.open_page()
    page = world.trends
    page.range.segments()[0].click()
    assert "4 weeks to" in page.over_time.summary.words()
    page.range.segments()[2].click()
    figure = page.over_time.figure()
    assert figure is not None
    assert figure.tables(date.isoformat)[0][1].rows[0][0] == (TODAY - timedelta(days=500)).isoformat()
    page.over_time.measure.choose(1)
    assert page.over_time.summary.words().startswith("Anxiety")
    assert page.over_time.form.options() == ("PHQ-9", "No questionnaire")
    page.over_time.form.choose(1)
    assert "PHQ-9" not in page.over_time.summary.words()
    assert not page.over_time.bands.isVisible()
    assert page.around.which.options() == ("All sessions", "IV infusion", "Oral lozenge")
    assert "around 2 sessions" in page.around.summary.words()
    page.around.which.choose(2)
    assert "around 1 session:" in page.around.summary.words()
    assert page.year.head.title.words() == "2026, day by day"
    assert not page.year.later.isVisible()
    page.year.earlier.click()
    assert page.year.head.title.words() == "2025, day by day"
    assert "1 day with an answer" in page.year.summary.words()
    assert not page.year.earlier.isVisible()
    page.year.later.click()
    assert page.year.year() == 2026


def test_arrows_read_the_chart_and_the_focus_follows_to_its_table(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    view = world.trends.around.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    world.press(Qt.Key.Key_Home)
    assert view.reading_words().startswith("day −3")
    for _step in range(3):
        world.press(Qt.Key.Key_Right)
    assert view.reading_words().startswith("day 0") or "before the start" in view.reading_words()
    world.ctrl(Qt.Key.Key_T)
    assert world.trends.around.tables.views()[0].hasFocus()
    world.ctrl(Qt.Key.Key_T)
    assert view.hasFocus()
    segments = world.trends.range.segments()
    segments[1].setFocus(Qt.FocusReason.TabFocusReason)
    world.press(Qt.Key.Key_Left)
    assert world.trends.range.value() == 28
    assert world.trends.over_time.days == 28


def test_since_the_baseline_says_numbers_dates_and_no_more(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    page = world.trends
    rows = {row.name.words(): row for row in page.since.rows()}
    assert rows["PHQ-9"].numbers.words() == "18 → 9"
    assert rows["PHQ-9"].words.words() == "9 points lower"
    said = words_on(world)
    assert "PHQ-9: Lower means fewer of these problems" in said
    assert CANNOT_SAY_WHY in said
    assert any("17 Aug 2026 to 23 Aug 2026" in one for one in said)
    assert "From 20 Aug 2026" in [chip.words() for chip in chips(world)]


def chips(world: TrendsWorld) -> list[ChoiceChip]:
    """Those of the baselines."""
    return world.trends.since.findChildren(ChoiceChip)


def test_another_baseline_can_be_chosen_and_stays_chosen(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.prepare(lambda journal: fill_in(journal, EVENING - timedelta(days=70), 3))
    world.open_page()
    page = world.trends
    chip = next(chip for chip in chips(world) if chip.words() == "From 20 Aug 2026")
    assert chip.options()[0] == "The last one before session 1"
    before = page.found
    chip.choose(1)
    wait_until(lambda: page.found is not before)
    rows = {row.name.words(): row for row in page.since.rows()}
    assert rows["PHQ-9"].numbers.words() == "27 → 9"
    before = page.found
    next(chip for chip in chips(world) if chip.words().startswith("From 30 Jul")).choose(0)
    wait_until(lambda: page.found is not before)
    assert {row.name.words(): row for row in page.since.rows()}["PHQ-9"].numbers.words() == "18 → 9"


def test_facts_are_tables_of_words(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    effects = world.trends.effects.tables.views()[0].table()
    assert effects.headings == ("Side effect", "Session 1", "Session 2")
    assert effects.rows == (("Nausea", "mild", ""),)
    slow = {row[0]: row[1] for row in world.trends.slow.tables.views()[0].table().rows}
    assert slow["A change in memory or concentration"] == "Unsure"
    assert slow["Pull toward unplanned doses"] == 2
    assert slow["Blood in the water"] == ""


def test_nothing_on_the_page_judges_or_explains(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    for _as in ("charts", "tables"):
        said = words_on(world)
        assert len(said) > 30
        assert [one for one in said if _JUDGING.search(one)] == []
        world.ctrl(Qt.Key.Key_T)


# --- little, nothing, damage ------------------------------------------------------------------------------------------


def test_an_empty_journal_has_one_sentence_and_one_way_to_begin(world: TrendsWorld) -> None:
    world.open_page()
    said = words_on(world)
    assert "A line appears after a few check-ins. There is no rush." in said
    assert "Check in" in said
    assert not any(card.isVisible() for card in charts(world))
    assert not world.trends.effects.isVisible()
    assert not world.trends.damage.isVisible()


def test_a_line_appears_with_the_third_check_in(world: TrendsWorld) -> None:
    world.prepare(lambda journal: [check_in(journal, at=EVENING - timedelta(days=ago)) for ago in (1, 2)])
    world.open_page()
    assert not world.trends.over_time.isVisible()
    world.ask(check_in_now)
    assert world.trends.over_time.isVisible()
    scene = world.trends.over_time.view.scene()
    assert scene is not None
    assert any(isinstance(mark, Line) and mark.role == "accent" for mark in scene.marks)
    assert "Once a session is in your journal, the days around it are drawn here." in words_on(world)


def check_in_now(journal: Journal) -> SavedCheckIn:
    return record_check_in(journal, draft_of(answer(measure(journal), 4), at=EVENING))


def test_a_questionnaire_is_drawn_before_there_are_check_ins(world: TrendsWorld) -> None:
    world.prepare(lambda journal: fill_in(journal, EVENING - timedelta(days=9), 1))
    world.open_page()
    assert world.trends.over_time.isVisible()
    assert world.trends.over_time.summary.words().startswith("PHQ-9, 12 weeks")
    assert "A line appears after a few check-ins. There is no rush." in words_on(world)
    assert not world.trends.year.isVisible()


def test_what_cannot_be_read_is_counted_and_named(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.prepare(lambda journal: tamper(journal, "UPDATE check_in SET note = 'x' WHERE pk IN (1, 2)"))
    world.prepare(lambda journal: tamper(journal, "UPDATE response SET version = 'x' WHERE pk = 1"))
    world.open_page()
    said = world.trends.damage.words()
    assert "2 check-ins, 1 questionnaire" in said
    assert "The rest is fine." in said
    assert world.trends.over_time.figure() is not None


def test_a_measure_with_another_range_keeps_its_old_numbers_apart(world: TrendsWorld) -> None:
    def write(journal: Journal) -> None:
        warm = own(journal, highest=4)
        for ago in range(20, 10, -1):
            check_in(journal, answer(warm, 4), at=EVENING - timedelta(days=ago))
        warm = change_measure(journal, warm.id, definition=replace(warm.definition, highest=100)).measure
        for ago in range(9, 0, -1):
            check_in(journal, answer(warm, 80), at=EVENING - timedelta(days=ago))
        assert len(series_of(journal, warm)) == 2

    world.prepare(write)
    world.open_page()
    card = world.trends.over_time
    assert card.measure.options() == ("Warmth", "Warmth, 0 to 4, as it was")
    assert "highest 80" in card.summary.words()
    card.measure.choose(1)
    assert "highest 4" in card.summary.words()


# --- what leaves it ---------------------------------------------------------------------------------------------------


@pytest.fixture
def files(world: TrendsWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the file dialog begins."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    return home


def test_pictures_and_tables_are_saved_for_their_owner_only_after_a_word_of_warning(
    world: TrendsWorld, files: Path
) -> None:
    world.prepare(write_everything)
    world.open_page()
    card = world.trends.over_time
    card.save("svg")
    question = world.program.window.findChildren(Question)[0]
    assert "not protected" in question.text.words()
    question.buttons["keep"].click()
    run_events()
    for kind in ("svg", "png", "csv"):
        world.trends.files.write(card.contents(kind), files / f"chart.{kind}")
        wait_until(lambda kind=kind: (files / f"chart.{kind}").exists())  # type: ignore[misc]  # bound at once
    assert {path.stat().st_mode & 0o777 for path in files.iterdir()} == {0o600}
    assert (files / "chart.svg").read_text().startswith("<svg")
    assert card.summary.words().split(":")[0] in (files / "chart.svg").read_text()
    assert QImage(str(files / "chart.png")).width() >= 2 * card.view.width()
    rows = list(csv.reader(io.StringIO((files / "chart.csv").read_text("utf-8-sig"), newline="")))
    assert rows[0][:2] == ["Day", "Mood"]
    assert len([row for row in rows if row[:1] and row[0].startswith("2026-")]) == 84 + 2
    run_events()


def test_a_table_is_copied_through_the_guarded_clipboard(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    world.ctrl(Qt.Key.Key_T)
    table = world.trends.effects.tables.views()[0]
    table.setFocus(Qt.FocusReason.TabFocusReason)
    world.ctrl(Qt.Key.Key_C)
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text().splitlines() == ["Side effect\tSession 1\tSession 2", "Nausea\tmild\t"]
    assert clipboard.mimeData().property("ours")
    world.program.clipboard.clear()


# --- writing elsewhere, and the end -----------------------------------------------------------------------------------


def test_the_page_reads_again_only_what_changed_while_it_was_away(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    page = world.trends
    found = page.found
    world.shell.go("today")
    world.shell.go("trends")
    run_events()
    assert page.found is found
    world.ask(check_in_now)
    assert page.found is not found
    last = page.over_time.figure()
    assert last is not None
    assert last.tables(date.isoformat)[0][1].rows[-1][1] == 4


def test_a_journal_open_to_read_only_shows_everything_and_offers_nothing(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    assert world.prepare(lambda journal: len(list_responses(journal))) == 2
    world.open_page(read_only=True)
    assert world.trends.over_time.figure() is not None
    assert not world.trends.since.fill_in.isVisible()
    assert chips(world) == []


def test_after_a_lock_nothing_of_the_page_is_left(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    page = world.trends
    world.ctrl(Qt.Key.Key_T)
    cards = charts(world)
    world.lock()
    assert page.found is None
    assert all(card.figure() is None for card in cards)
