"""What can be read without a passphrase follows the current course while the window is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from integrate.domain.courses import Carer, CareRole
from integrate.domain.people import Person
from integrate.journal.courses import begin_course, change_course
from integrate.journal.opening import Access, Journal, open_journal
from integrate.journal.shown_locked import keep_care_team, keep_people
from integrate.system.locked_help import LockedLine, read_locked_help
from tests.conftest import Sample
from tests.ui.program_world import World, world
from tests.ui.waiting import run_events, wait_until

DANIEL = Person(UUID(int=1), "Daniel", "555 0163", "Brother", shown_locked=True)
INES = Carer(UUID(int=2), "Ines", CareRole.THERAPIST, "555 0142", in_help=True, shown_locked=True)
PERSON, CARER = LockedLine("Daniel", "555 0163"), LockedLine("Ines", "555 0142")


@pytest.fixture
def here(app: QApplication, tmp_path: Path, sample: Sample) -> Iterator[World]:
    """A started program; a person and a carer of the current course can be read while it is locked."""
    with world(app, tmp_path, sample) as made:
        with open_journal(sample.place, sample.by_words, Access.WRITE, clock=made.clock) as journal:
            begin_course(journal)
            keep_people(journal, (DANIEL,), made.paths)
            keep_care_team(journal, 1, (INES,), made.paths)
        yield made


def readable(here: World) -> tuple[LockedLine, ...]:
    """What stands where anybody can read it."""
    desk = here.program.desk
    assert desk is not None
    return read_locked_help(here.paths, desk.journal_id.bytes)


def write(here: World, work: Callable[[Journal], object]) -> None:
    """Have a page write something, and wait until it and all that comes of it is done."""
    desk = here.program.desk
    assert desk is not None
    done: list[object] = []
    desk.write(desk, work, done.append)
    wait_until(lambda: bool(done))
    run_events()
    desk.write(desk, lambda _journal: None, done.append)
    wait_until(lambda: len(done) == 2)


def test_a_new_course_takes_the_care_team_of_the_old_one_off_the_lock_screen_and_no_person(here: World) -> None:
    here.unlock()
    assert readable(here) == (PERSON, CARER)
    write(here, begin_course)
    assert readable(here) == (PERSON,)
    here.lock()
    texts = [path.read_text("utf-8") for path in here.paths.settings_folder.glob("help-*.json")]
    assert texts and not any("Ines" in text for text in texts)


def test_a_carer_who_is_chosen_no_more_goes_whoever_changed_the_course(here: World) -> None:
    here.unlock()
    write(here, lambda journal: change_course(journal, 1, agreed="Tea"))
    assert readable(here) == (PERSON, CARER), "nothing else of a course takes anybody away"
    write(here, lambda journal: change_course(journal, 1, care_team=()))
    assert readable(here) == (PERSON,)


def test_the_lines_are_gone_even_when_the_lock_comes_at_once(here: World) -> None:
    here.unlock()
    desk = here.program.desk
    assert desk is not None
    journal_id, done = desk.journal_id.bytes, list[object]()
    desk.write(desk, begin_course, done.append)
    wait_until(lambda: bool(done))
    here.lock()
    assert read_locked_help(here.paths, journal_id) == (PERSON,)
