"""check-in: a few quick answers from a shell, kept to the last value or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from integrate.domain.check_ins import CheckIn
from integrate.domain.measures import Definition, HowOften
from integrate.journal.check_ins import list_check_ins
from integrate.journal.measures import add_measure, change_measure, definitions
from tests.cli.calling import Ran, call
from tests.conftest import Sample
from tests.helpers.check_ins import measure

Runner = Callable[..., Ran]


def _kept(sample: Sample) -> list[CheckIn]:
    with sample.open() as journal:
        found = list_check_ins(journal)
    assert all(isinstance(one, CheckIn) for one in found)
    return list(found)  # type: ignore[arg-type]  # checked just above


def _answers(sample: Sample) -> dict[str, object]:
    """What the one check-in answers, by the name of the measure: a number, words, or None for "No answer"."""
    (check_in,) = _kept(sample)
    with sample.open() as journal:
        known = definitions(journal)
    return {
        known[one.measure_id, one.version].name: one.words or one.value for one in check_in.draft.answers
    }  # fmt: skip


def test_a_check_in_with_everything(run: Runner, sample: Sample) -> None:
    ran = run(
        *("check-in", "mood=6", "ANXIETY=0", "energy=", "Sleep Last Night=7", "sleep-hours=7.25"),
        *("feelings=calm, tired", "--at", "2026-03-01T21:30+05:00", "--note", "A quiet day = mine", "--json"),
    )
    assert (ran.code, ran.err, list(ran.json)) == (0, "", ["check_in_id"])
    assert _answers(sample) == {
        "Mood": 6, "Anxiety": 0, "Energy": None, "Sleep last night": 7, "Sleep hours": 7.25,
        "Feeling words": ("calm", "tired"),
    }  # fmt: skip
    (kept,) = _kept(sample)
    assert kept.id == UUID(ran.json["check_in_id"])
    assert kept.draft.about.iso() == "2026-03-01T21:30:00+05:00"
    assert kept.draft.note == "A quiet day = mine"
    assert kept.added_later


def test_it_is_about_now_and_says_that_it_is_saved(run: Runner, sample: Sample) -> None:
    before = datetime.now(UTC)
    ran = run("check-in", "mood=3")
    (kept,) = _kept(sample)
    assert (ran.code, ran.out) == (0, f"Saved: {kept.id}\n")
    assert before - timedelta(seconds=1) <= kept.draft.about.instant <= datetime.now(UTC)
    assert not kept.added_later


def test_a_note_alone_is_enough(run: Runner, sample: Sample) -> None:
    assert run("check-in", "--note", "Only words").code == 0
    assert _answers(sample) == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mood=11"], "“Mood” takes a whole number from 0 to 10."),
        (["mood=-1"], "“Mood” takes a whole number from 0 to 10."),
        (["mood=2.5"], "“Mood” takes a whole number from 0 to 10."),
        (["mood=nan"], "“Mood” takes a whole number from 0 to 10."),
        (["mood=inf"], "“Mood” takes a whole number from 0 to 10."),
        (["mood=-inf"], "“Mood” takes a whole number from 0 to 10."),
        (["mood=1e999"], "“Mood” takes a whole number from 0 to 10."),
        (["mood=１１"], "“Mood” takes a whole number from 0 to 10."),
        (["mood=1_0"], "“1_0” is not a number."),
        (["mood=0x5"], "“0x5” is not a number."),
        (["mood=½"], "“½” is not a number."),
        (["mood=6=7"], "“6=7” is not a number."),
        (["sleep-hours=7,25"], "“7,25” is not a number."),
        (["sleep-hours=7.1"], "in quarters"),
        (["sleep-hours=24.25"], "from 0 to 24"),
        (["mood=low"], "“low” is not a number."),
        (["feelings=a,b,c,d"], "Up to three words"),
        (["luck=3"], "There is no measure called “luck”."),
        (["mood=3", "luck=3"], "There is no measure called “luck”."),
        (["mood=3", "Mood=4"], "answered once"),
        (["mood"], "“mood” is not an answer."),
        (["luck=3=4"], "There is no measure called “luck”."),
        (["=luck=3"], "There is no measure called “=luck”."),
        (["=3"], "“=3” is not an answer."),
        ([" =3"], "“ =3” is not an answer."),
        (["mood="], "at least one answer"),
        (["feelings=,"], "at least one answer"),
        ([], "at least one answer"),
        (["mood=3", "--at", "soon"], "“soon” is not a date and time."),
        (["mood=3", "--note", "x" * 4001], "4,000"),
    ],
)
def test_what_does_not_fit_is_2_with_a_sentence_and_nothing_is_kept(
    run: Runner, sample: Sample, words: list[str], said: str
) -> None:
    ran = run("check-in", *words, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert _kept(sample) == []


def test_ones_own_measure_is_called_by_its_name_and_the_key_goes_first(run: Runner, sample: Sample) -> None:
    with sample.open() as journal:
        for name, highest in (("Wärme", 5), ("hope", 3)):
            add_measure(journal, Definition(name, highest=highest), HowOften.WHEN_I_LIKE)
    assert run("check-in", "WÄRME=5", "hope=10").code == 0  # the one that ships
    assert _answers(sample) == {"Wärme": 5, "Hope": 10}


def test_digits_of_any_script_are_digits(run: Runner, sample: Sample) -> None:
    assert run("check-in", "mood=６", "anxiety=٤", "sleep-hours=７.２５", "energy= +3 ").code == 0
    assert _answers(sample) == {"Mood": 6, "Anxiety": 4, "Sleep hours": 7.25, "Energy": 3}


def test_a_name_can_hold_the_sign_and_the_longest_name_is_meant(run: Runner, sample: Sample) -> None:
    with sample.open() as journal:
        for name in ("Calm", "Calm=still", "=Edge=", " blank "):
            add_measure(journal, Definition(name), HowOften.WHEN_I_LIKE)
    assert run("check-in", "calm=still=7", "calm=2", "=edge==3", "blank=4", "feelings=a=b,c").code == 0
    assert _answers(sample) == {"Calm=still": 7, "Calm": 2, "=Edge=": 3, " blank ": 4, "Feeling words": ("a=b", "c")}


def test_no_answer_to_a_name_that_holds_the_sign_alone_is_no_check_in(run: Runner, sample: Sample) -> None:
    with sample.open() as journal:
        add_measure(journal, Definition("Calm=still"), HowOften.WHEN_I_LIKE)
    ran = run("check-in", "calm=still=")
    assert ran.code == 2 and "at least one answer" in ran.err
    assert run("check-in", "calm=still=", "mood=3").code == 0
    assert _answers(sample) == {"Calm=still": None, "Mood": 3}


def test_of_two_names_the_one_in_use_is_meant(run: Runner, sample: Sample) -> None:
    with sample.open() as journal:
        old = add_measure(journal, Definition("Warmth", highest=5), HowOften.EACH).measure
        change_measure(journal, old.id, in_use=False)
        add_measure(journal, Definition("Warmth", highest=20), HowOften.EACH)
    assert run("check-in", "warmth=20").code == 0


def test_it_follows_a_measure_that_was_changed(run: Runner, sample: Sample) -> None:
    with sample.open() as journal:
        change_measure(journal, measure(journal).id, definition=Definition("Weather inside", highest=100))
    assert run("check-in", "mood=70").code == 0
    assert run("check-in", "weather inside=101").code == 2
    assert _answers(sample) == {"Weather inside": 70}


def test_nobody_is_asked_for_a_passphrase_where_the_call_is_wrong(sample: Sample) -> None:
    ran = call("check-in", sample.place, "mood")
    assert ran.code == 2 and "“mood” is not an answer." in ran.err
