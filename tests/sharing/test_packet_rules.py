"""What a packet compares, and what must not come along by a side door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from integrate.domain.courses import Carer, CareRole
from integrate.domain.entry import SessionRef
from integrate.domain.practices import Reply
from integrate.domain.questionnaires import parse_questionnaire_text
from integrate.domain.sharing import FileKind, Section, Selection, SharedFile
from integrate.domain.threads import Station
from integrate.domain.times import ZonedTime
from integrate.journal.baselines import choose_baseline
from integrate.journal.courses import begin_course
from integrate.journal.insights import add_insight
from integrate.journal.ledger import note_shared
from integrate.journal.moments import add_moment
from integrate.journal.opening import Journal
from integrate.journal.practices import begin_practice, reply_to_practice
from integrate.journal.preferences import change_preferences
from integrate.journal.recipients import add_recipient, change_recipient
from integrate.journal.threads import begin_thread
from integrate.sharing.digest import digest_of
from integrate.sharing.reporting import make_report
from integrate.sharing.resolving import resolve_packet
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.check_ins import answer, check_in, measure, own
from tests.helpers.courses import a_session, held, mark
from tests.helpers.journals import tamper, write
from tests.sharing.reading import grid_of, headings, rows_of, text_of
from tests.sharing.test_resolving import fill_in


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def noon(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def told(journal: Journal, **chosen: Any) -> str:
    return text_of(make_report(resolve_packet(journal, Selection(**chosen))))


# --- what numbers are compared with -----------------------------------------------------------------------------------


@pytest.fixture
def two_sessions(journal: Journal) -> Journal:
    """Session 1 on 12 January and session 2 a week after it, with a form before each and one after both."""
    a_session(journal, held(noon(1, 12)))
    a_session(journal, held(noon(1, 19)))
    for day, number in ((date(2026, 1, 5), 2), (date(2026, 1, 16), 1), (date(2026, 2, 2), 0)):
        fill_in(journal, "gad-7", day, [number] * 7)
    return journal


@pytest.mark.parametrize(
    "chosen", [{"sessions": frozenset({SessionRef(1, 2)})}, {"sections": frozenset(Section) - {Section.SESSIONS}}, {}]
)
def test_the_baseline_is_the_one_before_session_1_whichever_sessions_are_chosen(
    two_sessions: Journal, chosen: dict[str, Any]
) -> None:
    report = make_report(resolve_packet(two_sessions, Selection(**chosen)))
    (row,) = rows_of(grid_of(report, "Since the baseline"))
    assert row[1:3] == ("14 (Mon 2026-01-05)", "0 (Mon 2026-02-02)")


def test_a_baseline_of_other_days_has_no_stand_in(two_sessions: Journal) -> None:
    packet = resolve_packet(two_sessions, Selection(first_day=date(2026, 1, 14)))
    assert [one.response.day.day for one in packet.forms[0].responses] == [16, 2]
    assert "Since the baseline" not in headings(make_report(packet))
    early = packet.forms[0].responses[0].response.id
    choose_baseline(two_sessions, "gad-7", early)
    assert "7 (Fri 2026-01-16)" in told(two_sessions, first_day=date(2026, 1, 14))
    elsewhere = make_report(resolve_packet(two_sessions, Selection(last_day=date(2026, 1, 15))))
    assert "Since the baseline" not in headings(elsewhere)
    later = resolve_packet(two_sessions, Selection(first_day=date(2026, 1, 17)))
    assert later.forms[0].baseline_elsewhere
    assert "Since the baseline" not in headings(make_report(later))


def test_days_after_a_session_end_where_another_begins_that_was_not_chosen(two_sessions: Journal) -> None:
    mood = measure(two_sessions)
    for month, day, value in ((1, 12, 4), (1, 13, 5), (1, 19, 9)):
        check_in(two_sessions, answer(mood, value), at=datetime(2026, month, day, 20, tzinfo=UTC))
    first = frozenset({SessionRef(1, 1)})
    for chosen in ({"sessions": first}, {"last_day": date(2026, 1, 18)}):
        report = make_report(resolve_packet(two_sessions, Selection(**chosen)))
        assert rows_of(grid_of(report, "Sessions"))[0][-1] == "4 → 5 → –"
    alone = resolve_packet(two_sessions, Selection(sessions=first))
    assert [one.session.ref for one in alone.sessions] == [SessionRef(1, 1)]
    assert "2026-01-19" not in "".join(row[1] for row in rows_of(grid_of(make_report(alone), "Sessions")))


def test_an_answer_is_told_with_the_words_it_was_asked_with(journal: Journal) -> None:
    fill_in(journal, "phq-9", date(2026, 2, 1), [1] * 9)
    packet = resolve_packet(journal, Selection(item_answers=True))
    (form,) = packet.forms
    old = form.questionnaire
    new = parse_questionnaire_text(old.text.replace("LA6569-3", "LA0000-0").replace("Poor appetite", "Little appetite"))
    other = replace(form, questionnaire=new, wordings=(old,))
    report = make_report(replace(packet, forms=(other,)))
    words = text_of(report)
    assert "Poor appetite" in words
    assert "Little appetite" not in words
    assert "Sun 2026-02-01: 1 (last asked)" in words
    assert words.count("no answer") == 1  # to how difficult it was made


# --- side doors -------------------------------------------------------------------------------------------------------


def test_what_was_said_of_a_practice_on_other_days_stays(journal: Journal) -> None:
    practice = begin_practice(journal, "Walk to the river").practice
    for day in (date(2026, 3, 1), date(2026, 3, 2)):
        reply_to_practice(journal, practice.id, Reply.DONE, day)
    (one,) = resolve_packet(journal, Selection(first_day=date(2026, 3, 2))).practices
    assert [said.day for said in one.said] == [date(2026, 3, 2)]
    (whole,) = resolve_packet(journal, Selection()).practices
    assert len(whole.said) == 2


def test_mood_beside_an_entry_stays_where_mood_is_left_out(journal: Journal) -> None:
    write(journal, "A walk.", mood_then=3)
    mood, anxiety = measure(journal), measure(journal, "anxiety")
    chosen = Selection(all_entries=True)
    for left_out, expected in ((frozenset(), 3), (frozenset({anxiety.id}), 3), (frozenset({mood.id}), None)):
        (entry,) = resolve_packet(journal, replace(chosen, left_out=left_out)).entries
        assert entry.summary.mood_then == expected


def test_a_measure_named_after_somebody_can_be_shared_by_an_initial(journal: Journal) -> None:
    begin_course(journal, care_team=(Carer(uuid4(), "Daniel", CareRole.THERAPIST),))
    check_in(journal, answer(own(journal, "Calls with Daniel"), 6))
    packet = resolve_packet(journal, Selection(replace_names=True))
    assert len(digest_of(packet)) == 64
    words = text_of(make_report(packet))
    assert "Calls with D." in words
    assert "Daniel" not in words


def test_a_pseudonym_that_has_a_part_of_the_name_stands_once(journal: Journal) -> None:
    change_preferences(journal, name="Sarah Miles")
    write(journal, "Sarah Miles, they said. Sarah. Miles.")
    packet = resolve_packet(journal, Selection(all_entries=True, pseudonym="Sarah M."))
    assert packet.entries[0].body == "Sarah M., they said. Sarah. Sarah M."


def test_moments_of_a_thread_need_the_section_of_sessions(journal: Journal) -> None:
    session = a_session(journal, held(noon(2, 9)))
    moment = add_moment(journal, session.id, mark("A red door")).moment
    insight = add_insight(journal, "Doors", about=session.ref).insight
    begin_thread(journal, "", ((Station.MET, moment.id), (Station.INSIGHT, insight.id)))
    alone = resolve_packet(journal, Selection(sections=frozenset({Section.THREADS})))
    assert [one.text for one in alone.insights] == ["Doors"]
    assert "A red door" not in repr(alone)
    both = resolve_packet(journal, Selection(sections=frozenset({Section.THREADS, Section.SESSIONS})))
    assert both.threads[0].moments == (moment,)


def test_what_cannot_be_read_is_counted_once(journal: Journal) -> None:
    insight = add_insight(journal, "Doors").insight
    practice = begin_practice(journal, "Walk").practice
    begin_thread(journal, "", ((Station.INSIGHT, insight.id), (Station.PRACTICE, practice.id)))
    tamper(journal, "UPDATE insight SET text = text || '!'")
    assert resolve_packet(journal, Selection()).unreadable == 1


def test_somebody_who_changed_their_name_is_the_same_person(journal: Journal) -> None:
    somebody = add_recipient(journal, "Ines Moreau").recipient
    saved = ZonedTime(noon(2, 20), "Europe/Lisbon")
    note_shared(journal, SharedFile(
        uuid4(), saved, somebody.id, somebody.name, FileKind.PDF, "summary.pdf", 1, bytes(32), True, None, None,
        frozenset(), (), frozenset(), frozenset(),
    ))  # fmt: skip
    change_recipient(journal, somebody.id, name="Ines Duarte")
    assert resolve_packet(journal, Selection(recipient="ines duarte")).last_file == date(2026, 2, 20)
    assert resolve_packet(journal, Selection(recipient="Somebody else")).last_file is None
