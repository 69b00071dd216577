"""What is said of a damaged thing names it as a person knows it; only an entry is called an entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from integrate.domain.people import Person
from integrate.domain.sessions import LineKind
from integrate.errors import RecordDamaged
from integrate.journal.courses import begin_course, get_course
from integrate.journal.finding import get_entry
from integrate.journal.insights import add_insight, get_insight
from integrate.journal.letters import delete_letter, write_letter
from integrate.journal.moments import add_moment, get_moment
from integrate.journal.opening import Journal
from integrate.journal.people import list_people, save_people
from integrate.journal.practices import begin_practice, get_practice
from integrate.journal.sessions import add_line, change_line, get_session
from integrate.journal.threads import begin_thread, get_thread
from integrate.journal.writing import add_entry, attach_file, prepare_bytes, read_attachment
from tests.conftest import draft
from tests.helpers.courses import MARCH, a_session, held, mark
from tests.helpers.journals import tamper

Read = Callable[[Journal], object]


def _session(journal: Journal) -> UUID:
    return a_session(journal, held(MARCH - timedelta(days=2))).id


def _entry(journal: Journal) -> Read:
    made = add_entry(journal, draft()).entry_id
    return lambda journal: get_entry(journal, made)


def _file(journal: Journal) -> Read:
    made = attach_file(journal, add_entry(journal, draft()).entry_id, prepare_bytes("Plan.txt", b"Tea")).id
    return lambda journal: read_attachment(journal, made)


def _course(journal: Journal) -> Read:
    begin_course(journal)
    return lambda journal: get_course(journal, 1)


def _one_session(journal: Journal) -> Read:
    made = _session(journal)
    return lambda journal: get_session(journal, made)


def _line(journal: Journal) -> Read:
    made = add_line(journal, _session(journal), LineKind.INTENTION, "To be soft").line.id
    return lambda journal: change_line(journal, made, text="To be softer")


def _moment(journal: Journal) -> Read:
    made = add_moment(journal, _session(journal), mark("A green door")).moment.id
    return lambda journal: get_moment(journal, made)


def _thread(journal: Journal) -> Read:
    made = begin_thread(journal, "Softness").thread.id
    return lambda journal: get_thread(journal, made)


def _insight(journal: Journal) -> Read:
    made = add_insight(journal, "I may ask.").insight.id
    return lambda journal: get_insight(journal, made)


def _practice(journal: Journal) -> Read:
    made = begin_practice(journal, "Walk home").practice.id
    return lambda journal: get_practice(journal, made)


def _letter(journal: Journal) -> Read:
    made = write_letter(journal, _session(journal), "Dear me").letter.id
    return lambda journal: delete_letter(journal, made)


def _people(journal: Journal) -> Read:
    save_people(journal, (Person(uuid4(), "Daniel", "555 0163"),))
    return list_people


@pytest.mark.parametrize(
    ("make", "damage", "named"),
    [
        (_entry, "UPDATE entry_text SET body = 'Other words'", "This entry"),
        (_file, "UPDATE attachment SET name = 'Other.txt'", "This photo or file"),
        (_course, "UPDATE course SET early_signs = 'Other words'", "This course"),
        (_one_session, "UPDATE session SET dose = 'more'", "This session"),
        (_line, "UPDATE session_line SET text = 'Other words'", "This line of a session"),
        (_moment, "UPDATE moment SET words = 'Other words'", "This moment"),
        (_thread, "UPDATE thread SET name = 'Other words'", "This thread"),
        (_insight, "UPDATE insight SET text = 'Other words'", "This insight"),
        (_practice, "UPDATE practice SET text = 'Other words'", "This practice"),
        (_letter, "UPDATE letter SET text = 'Other words'", "This letter"),
        (_people, "UPDATE setting SET value = '[]'", "This record"),
    ],
    ids=("entry", "file", "course", "session", "line", "moment", "thread", "insight", "practice", "letter", "people"),
)
def test_a_damaged_thing_is_named_as_a_person_knows_it(
    journal: Journal, make: Callable[[Journal], Read], damage: str, named: str
) -> None:
    read = make(journal)
    tamper(journal, damage)
    with pytest.raises(RecordDamaged) as told:
        read(journal)
    what, safe, _next = told.value.sentences()
    assert what == f"{named} could not be read. The rest is fine."
    assert safe == "Nothing has been changed."
