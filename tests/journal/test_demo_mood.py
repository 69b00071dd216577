"""What the demo measured: months of check-ins with gaps, questionnaires and logs, the same each time it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.domain.check_ins import CheckIn
from integrate.domain.entry import Unreadable
from integrate.domain.form_schedule import PHQ_9
from integrate.domain.logs import EffectLog, Log, SlowLog
from integrate.domain.measures import HowOften, Measure
from integrate.domain.responses import Response, ResponseStatus
from integrate.domain.scoring import check_answers, needs_support
from integrate.journal.check_ins import list_check_ins, read_series
from integrate.journal.demo import make_demo
from integrate.journal.demo_days import FEELINGS, SCALES, SLEEP_HOURS, Told, tell_days
from integrate.journal.demo_script import lay_out
from integrate.journal.forms_now import DueLogs, forms_due, logs_due
from integrate.journal.logs import effect_logs, slow_logs
from integrate.journal.measures import list_measures
from integrate.journal.opening import Journal
from integrate.journal.responses import form_plan, list_responses, questionnaire_of, read_scored
from integrate.journal.sessions import list_sessions
from tests.helpers.courses import ZONES
from tests.helpers.demos import DAY, everything, opened

FIRST = date(2026, 8, 24)  # of the sessions


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


def check_ins(journal: Journal) -> list[CheckIn]:
    found = list_check_ins(journal)
    assert not any(isinstance(one, Unreadable) for one in found)
    return [one for one in found if isinstance(one, CheckIn)]


# --- laws -------------------------------------------------------------------------------------------------------------


@settings(max_examples=15, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 12), st.integers(), st.sampled_from(ZONES))
def test_any_day_and_any_seed_give_answers_that_fit_up_to_yesterday(
    today: date, sessions: int, seed: int, zone: str
) -> None:
    script = lay_out(today, sessions, seed, zone)
    told = tell_days(script)
    assert told == tell_days(script)
    assert [one.about.instant for one in told] == sorted(one.about.instant for one in told)
    first = script.scenes[0].day - timedelta(days=35)
    for one in told:
        assert first <= one.about.local_date() <= one.written.local_date() < today
        assert all(_fits(key, value) for key, value in one.answers.items()), one
    per_day = Counter(one.about.local_date() for one in told)
    assert set(per_day.values()) == {1, 2}
    for scene in script.scenes:
        if scene.held:
            started = script.on(scene, 0, scene.story["start"]).instant
            before = [one.about.instant < started for one in told if one.about.local_date() == scene.day]
            assert before == [True, False], "one before it and one after it"


def _fits(key: str, value: float | tuple[str, ...] | None) -> bool:
    if key == FEELINGS:
        return isinstance(value, tuple) and 1 <= len(value) <= 3 and len(set(value)) == len(value)
    if value is None:
        return key in SCALES
    assert isinstance(value, float)
    return 0 <= value <= 24 and (value * 4).is_integer() if key == SLEEP_HOURS else value in range(11)


def test_another_seed_gives_other_days() -> None:
    one, other = (tell_days(lay_out(DAY, seed=seed)) for seed in (0, 1))
    assert _moods(one) != _moods(other)


def _moods(told: tuple[Told, ...]) -> list[object]:
    return [one.answers["mood"] for one in told]


def test_two_runs_give_the_same_rows(place: Path, tmp_path: Path) -> None:
    make_demo(tmp_path / "Again.integrate", DAY)
    one, two = everything(place), everything(tmp_path / "Again.integrate")
    for table in ("measure", "measure_version", "check_in", "response", "form_text", "log"):
        assert one[table] == two[table] and one[table]


# --- what is in it ----------------------------------------------------------------------------------------------------


def test_check_ins_go_from_a_month_before_the_first_session_to_yesterday_with_gaps(demo: Journal) -> None:
    days = {one.day for one in check_ins(demo)}
    assert min(days) <= FIRST - timedelta(days=30) and max(days) == DAY - timedelta(days=1)
    spanned = (max(days) - min(days)).days + 1
    assert 0.6 * spanned < len(days) < 0.95 * spanned
    assert {date(2026, 7, 31), date(2026, 8, 1), date(2026, 8, 2)}.isdisjoint(days), "some days in a row are empty"


def test_each_kind_of_answer_is_there_and_so_is_no_answer(demo: Journal) -> None:
    keys = {one.id: one.key for one in list_measures(demo, all=True) if isinstance(one, Measure)}
    given: dict[str, list[object]] = {}
    for one in check_ins(demo):
        for answer in one.draft.answers:
            given.setdefault(keys[answer.measure_id], []).append(answer.words or answer.value)
    assert set(given) == {*SCALES, SLEEP_HOURS, FEELINGS}
    assert all(None in given[key] for key in ("mood", "sleep"))
    assert any(isinstance(value, float) and value % 1 for value in given[SLEEP_HOURS])


def test_notes_are_few_one_was_added_later_and_one_is_never_shared(demo: Journal) -> None:
    noted = [one for one in check_ins(demo) if one.draft.note]
    assert len(noted) == 6
    assert sum(one.added_later for one in noted) == 1 and sum(one.draft.never_share for one in noted) == 1
    assert not any(one.added_later for one in check_ins(demo) if not one.draft.note)


def test_no_measure_tells_a_story_of_success(demo: Journal) -> None:
    for series in read_series(demo).series:
        weeks: dict[int, list[float]] = {}
        for day, value in zip(series.days, series.values, strict=True):
            weeks.setdefault((day - series.days[0]) // 7, []).append(value)
        means = [fmean(values) for values in weeks.values()]
        turns = sum((b - a) * (c - b) < 0 for a, b, c in zip(means, means[1:], means[2:], strict=False))
        assert turns >= 3, f"{series.definition.name} goes one way: {means}"


def test_questionnaires_were_answered_before_sessions_and_no_total_goes_one_way(demo: Journal) -> None:
    scored = read_scored(demo)
    totals = {key: [one.score.total for one in scored.responses if one.questionnaire.key == key] for key in KEYS}
    assert totals == {"phq-9": [None, 19, 18, 15, 16, 13], "gad-7": [14, 14, 12, 13, 11], "pcl-5": [27]}
    assert scored.unreadable == 0
    held = [one.day for one in list_sessions(demo) if not isinstance(one, Unreadable) and one.day is not None][:4]
    days = [one.response.day for one in scored.responses if one.questionnaire.key == PHQ_9]
    for session in held:
        assert any(timedelta(0) < session - day <= timedelta(days=7) for day in days)
    for one in scored.responses:
        check_answers(one.questionnaire, one.response.draft.answers)
        assert questionnaire_of(demo, one.response) == one.questionnaire


KEYS = ("phq-9", "gad-7", "pcl-5")


def test_item_9_was_declined_once_and_once_it_was_above_0_and_one_form_was_stopped(demo: Journal) -> None:
    phq = read_scored(demo, PHQ_9).responses
    assert [one.score.declined for one in phq].count(("9",)) == 1
    assert [needs_support(one.questionnaire, one.response.draft.answers) for one in phq].count(True) == 1
    kept = [one for one in list_responses(demo) if isinstance(one, Response)]
    assert [one.draft.questionnaire for one in kept if one.kept_status is ResponseStatus.STOPPED] == ["gad-7"]


def test_each_session_that_was_has_its_side_effects_and_slow_things_were_noted(demo: Journal) -> None:
    held = [one for one in list_sessions(demo) if not isinstance(one, Unreadable)][:4]
    noted = [log.content for log in effect_logs(demo) if isinstance(log, Log)]
    assert {content.session_id for content in noted if isinstance(content, EffectLog)} == {one.id for one in held}
    slow = [log for log in slow_logs(demo) if isinstance(log, Log)]
    assert len(slow) == 2 and all(isinstance(log.content, SlowLog) for log in slow)
    assert (slow[0].day - slow[1].day).days == 28


def test_what_is_suggested_was_chosen_and_two_more_measures_wait_to_be_asked_for(demo: Journal) -> None:
    plan = form_plan(demo)
    assert (plan.phq, plan.gad7, plan.pcl5, plan.k6) == (PHQ_9, True, True, False)
    noon = lay_out(DAY).noon
    assert forms_due(demo, noon) == () and logs_due(demo, noon) == DueLogs()
    used = {one.key: one.how_often for one in list_measures(demo) if isinstance(one, Measure)}
    assert used == dict.fromkeys(SCALES, HowOften.EACH) | dict.fromkeys(
        (SLEEP_HOURS, FEELINGS), HowOften.WHEN_I_LIKE
    )  # fmt: skip
