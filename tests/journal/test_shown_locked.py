"""What can be read without a passphrase: only what was chosen, whatever happens on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.courses import Carer, CareRole
from integrate.domain.hard_night import PAGE_KINDS, NightKind, NightLine
from integrate.domain.people import Person
from integrate.errors import DiskFull, ReadOnlyJournal, WrongUsage
from integrate.journal.courses import begin_course, change_course, current_course
from integrate.journal.hard_night import list_early_signs, list_hard_night, save_early_signs
from integrate.journal.moving import move_journal
from integrate.journal.opening import Access, Journal, open_journal
from integrate.journal.people import list_people, save_people
from integrate.journal.shown_locked import (
    forget_all,
    forget_unchosen,
    keep_care_team,
    keep_carer,
    keep_early_signs,
    keep_hard_night,
    keep_people,
)
from integrate.system.locked_help import LockedLine, LockedWords, read_locked_help, read_locked_page
from integrate.system.paths import Paths
from tests.conftest import Sample
from tests.helpers.journals import tamper

DANIEL = Person(UUID(int=1), "Daniel", "555 0163", "Brother", shown_locked=True)
INES = Carer(UUID(int=2), "Ines", CareRole.THERAPIST, "555 0142", in_help=True, shown_locked=True)
TEA = NightLine(UUID(int=3), NightKind.HELPS, "Warm tea", shown_locked=True)
SIGN = NightLine(UUID(int=4), NightKind.SIGN, "I stop cooking.", shown_locked=True)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "settings")


def files(paths: Paths) -> list[Path]:
    return list(paths.settings_folder.glob("help-*.json"))


def raw(paths: Paths) -> str:
    return "".join(file.read_text("utf-8") for file in files(paths))


def keep_all(journal: Journal, paths: Paths) -> None:
    begin_course(journal)
    keep_people(journal, (DANIEL,), paths)
    keep_care_team(journal, 1, (INES,), paths)
    keep_hard_night(journal, (TEA,), paths)
    keep_early_signs(journal, (SIGN,), paths)


# --- each part --------------------------------------------------------------------------------------------------------


def test_each_part_is_kept_and_taken_back_without_touching_the_others(journal: Journal, paths: Paths) -> None:
    keep_all(journal, paths)
    page = read_locked_page(paths, journal.id.bytes)
    assert page.people == (LockedLine("Daniel", "555 0163"),)
    assert page.team == (LockedLine("Ines", "555 0142"),)
    assert page.words == (LockedWords(NightKind.HELPS, "Warm tea"), LockedWords(NightKind.SIGN, "I stop cooking."))
    assert read_locked_help(paths, journal.id.bytes) == (*page.people, *page.team)
    keep_hard_night(journal, (replace(TEA, shown_locked=False),), paths)
    assert read_locked_page(paths, journal.id.bytes).words == page.words[1:]
    keep_early_signs(journal, (), paths)
    keep_people(journal, (), paths)
    assert read_locked_page(paths, journal.id.bytes) == replace(page, people=(), words=())
    keep_care_team(journal, 1, (replace(INES, shown_locked=False),), paths)
    assert files(paths) == []
    assert list_hard_night(journal) == (replace(TEA, shown_locked=False),)


def test_of_the_care_team_only_those_show_locked_for_whom_both_was_chosen(journal: Journal, paths: Paths) -> None:
    begin_course(journal)
    hidden = replace(INES, id=uuid4(), name="Rao", in_help=False)
    only_open = replace(INES, id=uuid4(), name="Lee", shown_locked=False)
    saved = keep_care_team(journal, 1, (hidden, INES, only_open), paths)
    assert saved.course.care_team == (hidden, INES, only_open)
    assert saved.changes.areas == frozenset({"courses"})
    assert read_locked_help(paths, journal.id.bytes) == (LockedLine("Ines", "555 0142"),)
    assert "therap" not in raw(paths).lower()
    keep_carer(journal, 1, replace(only_open, shown_locked=True), paths)
    assert [line.name for line in read_locked_help(paths, journal.id.bytes)] == ["Ines", "Lee"]
    keep_carer(journal, 1, replace(INES, id=uuid4(), name="New"), paths)
    assert [line.name for line in read_locked_help(paths, journal.id.bytes)] == ["Ines", "Lee", "New"]


def test_an_older_course_shows_nobody_while_locked(journal: Journal, paths: Paths) -> None:
    begin_course(journal)
    begin_course(journal)
    keep_care_team(journal, 1, (INES,), paths)
    assert files(paths) == []
    with pytest.raises(WrongUsage):
        keep_care_team(journal, 7, (INES,), paths)
    assert files(paths) == []


def test_an_open_to_read_journal_changes_nothing(sample: Sample, paths: Paths) -> None:
    with sample.open() as journal:
        keep_all(journal, paths)
        before = raw(paths)
    with sample.open(Access.READ) as journal:
        for keep in (
            partial(keep_people, journal, (), paths), partial(keep_hard_night, journal, (), paths),
            partial(keep_early_signs, journal, (), paths), partial(keep_care_team, journal, 1, (), paths),
        ):  # fmt: skip
            with pytest.raises(ReadOnlyJournal):
                keep()
    assert raw(paths) == before


# --- tidying up -------------------------------------------------------------------------------------------------------


def test_what_was_changed_elsewhere_is_forgotten_and_nothing_is_added(journal: Journal, paths: Paths) -> None:
    keep_all(journal, paths)
    before = raw(paths)
    forget_unchosen(journal, paths)
    assert raw(paths) == before
    save_people(journal, (replace(DANIEL, number="555 9999"),))
    change_course(journal, 1, care_team=())
    save_early_signs(journal, (replace(SIGN, shown_locked=False),))
    forget_unchosen(journal, paths)
    page = read_locked_page(paths, journal.id.bytes)
    assert (page.people, page.team, page.words) == ((), (), (LockedWords(NightKind.HELPS, "Warm tea"),))
    file = files(paths)[0]
    file.unlink()
    forget_unchosen(journal, paths)
    assert files(paths) == [], "on another computer nothing is written down by itself"


def test_a_new_course_leaves_nobody_of_the_old_one(journal: Journal, paths: Paths) -> None:
    keep_all(journal, paths)
    begin_course(journal)
    forget_unchosen(journal, paths)
    assert read_locked_help(paths, journal.id.bytes) == (LockedLine("Daniel", "555 0163"),)


def test_damage_takes_no_number_away(journal: Journal, paths: Paths) -> None:
    keep_all(journal, paths)
    before = raw(paths)
    tamper(journal, "UPDATE setting SET value = '[]'")
    tamper(journal, "UPDATE course SET care_team = '[]'")
    forget_unchosen(journal, paths)
    assert raw(paths) == before


# --- moving and erasing -----------------------------------------------------------------------------------------------


def test_a_moved_journal_keeps_what_was_chosen(sample: Sample, paths: Paths, tmp_path: Path) -> None:
    with sample.open() as journal:
        keep_all(journal, paths)
    before = raw(paths)
    new_place = tmp_path / "elsewhere" / "Journal.integrate"
    new_place.parent.mkdir()
    assert move_journal(sample.place, new_place)
    assert raw(paths) == before
    with open_journal(new_place, sample.by_words, Access.WRITE) as journal:
        assert len(files(paths)) == 1
        keep_hard_night(journal, (), paths)
        assert "Warm tea" not in raw(paths)


def test_an_erased_journal_leaves_nothing_readable_and_one_that_stays_gets_it_back(
    sample: Sample, paths: Paths
) -> None:
    with sample.open() as journal:
        keep_all(journal, paths)
    before = raw(paths)
    put_back = forget_all(sample.place, paths)
    assert files(paths) == []
    put_back()
    assert raw(paths) == before
    forget_all(sample.place.with_name("none"), paths)()
    assert raw(paths) == before


# --- the law ----------------------------------------------------------------------------------------------------------


def _number(name: str) -> str:
    return f"no {name}"


@st.composite
def _steps(draw: st.DrawFn) -> list[tuple[str, list[tuple[str, bool, bool]], bool]]:
    """Steps: which list is kept, its lines (a name, and two choices), and whether the disk refuses on the way."""
    parts = st.sampled_from(["people", "team", "night", "signs", "tidy", "course"])
    steps = []
    for place in range(draw(st.integers(1, 7))):
        names = [
            f"{word}{place}"
            for word in draw(st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1, max_size=5))
        ]
        # Names of the step before come back now and then, chosen otherwise.
        if steps and draw(st.booleans()):
            names += [name for name, _in_help, _shown in steps[-1][1]]
        lines = [(name, draw(st.booleans()), draw(st.booleans())) for name in names]
        steps.append((draw(parts), lines, draw(st.booleans())))
    return steps


def _work(
    journal: Journal, paths: Paths, part: str, lines: list[tuple[str, bool, bool]]
) -> tuple[str, Callable[[], object]]:
    """What keeps ``lines`` as ``part``, and the function that a disk can refuse in."""
    match part:
        case "people":
            people = [Person(uuid4(), f"<{n}>", _number(n), f"role-{n}", shown) for n, _in_help, shown in lines]
            return "integrate.journal.people.save_people", partial(keep_people, journal, people, paths)
        case "team":
            team = [Carer(uuid4(), f"<{n}>", CareRole.PRESCRIBER, _number(n), on, shown) for n, on, shown in lines]
            current = current_course(journal)
            number = current.number if current else 0
            return "integrate.journal.courses.change_course", partial(keep_care_team, journal, number, team, paths)
        case "night":
            kinds = [PAGE_KINDS[place % 3] for place in range(len(lines))]
            night = [NightLine(uuid4(), k, f"<{n}>", s) for k, (n, _on, s) in zip(kinds, lines, strict=True)]
            return "integrate.journal.hard_night.save_hard_night", partial(keep_hard_night, journal, night, paths)
        case "signs":
            signs = [NightLine(uuid4(), NightKind.SIGN, f"<{n}>", shown) for n, _on, shown in lines]
            return "integrate.journal.hard_night.save_early_signs", partial(keep_early_signs, journal, signs, paths)
        case "course":
            return "", partial(_another_course, journal, paths)
        case _:
            return "", partial(forget_unchosen, journal, paths)


def _another_course(journal: Journal, paths: Paths) -> None:
    begin_course(journal)
    forget_unchosen(journal, paths)


def _chosen(journal: Journal) -> set[str]:
    course = current_course(journal)
    return {
        *(person.name for person in list_people(journal) if person.shown_locked),
        *(carer.name for carer in (course.care_team if course else ()) if carer.in_help and carer.shown_locked),
        *(line.text for line in (*list_hard_night(journal), *list_early_signs(journal)) if line.shown_locked),
    }


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_steps())
def test_nothing_unchosen_is_ever_readable(
    journal: Journal, paths: Paths, steps: list[tuple[str, list[tuple[str, bool, bool]], bool]]
) -> None:
    begin_course(journal)
    for keep in (keep_people, keep_hard_night, keep_early_signs):
        keep(journal, (), paths)
    forget_unchosen(journal, paths)
    assert files(paths) == []
    for part, lines, refused in steps:
        target, work = _work(journal, paths, part, lines)
        with pytest.MonkeyPatch.context() as patch:
            if refused and target:
                patch.setattr(target, _refuse)
                with pytest.raises(DiskFull):
                    work()
            else:
                work()
        readable = raw(paths)
        kept = json.loads(readable) if readable else {}
        shown = {line["name"] for line in (*kept.get("lines", ()), *kept.get("team", ()))}
        shown |= {line["text"] for line in kept.get("words", ())}
        chosen = _chosen(journal)
        assert shown <= chosen
        assert {text for text in chosen if text in readable} == shown
        assert readable.count("<") == len(kept.get("lines", [])) + len(kept.get("team", [])) + len(
            kept.get("words", [])
        ), "each name once, and no text beside those"
        assert "role-" not in readable and "prescriber" not in readable
        if not refused and part in ("people", "team", "night", "signs"):
            wanted = {f"<{n}>" for n, on, s in lines if s and (on or part != "team")}
            assert wanted <= shown


def _refuse(*_arguments: object, **_named: object) -> None:
    raise DiskFull
