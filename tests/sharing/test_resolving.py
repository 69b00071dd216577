"""A packet holds exactly what was chosen, as the journal has it now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from integrate.domain.check_ins import Answer
from integrate.domain.courses import Carer, CareRole
from integrate.domain.entry import SessionRef
from integrate.domain.listing import Stop, Stopped
from integrate.domain.logs import EffectLine, EffectLog
from integrate.domain.moments import MomentKind, Strength
from integrate.domain.people import Person
from integrate.domain.responses import DECLINED
from integrate.domain.sessions import LineKind, Route, Session, Setting
from integrate.domain.sharing import DEFAULT_SECTIONS, FileKind, Passage, Section, Selection, SharedFile
from integrate.domain.threads import Station
from integrate.domain.times import ZonedTime
from integrate.journal.baselines import choose_baseline
from integrate.journal.courses import begin_course
from integrate.journal.deleting import delete_entry
from integrate.journal.finding import get_entry
from integrate.journal.insights import add_insight, promote
from integrate.journal.ledger import note_shared
from integrate.journal.letters import write_letter
from integrate.journal.logs import record_effect_log
from integrate.journal.measures import delete_measure
from integrate.journal.moments import add_moment
from integrate.journal.opening import Journal
from integrate.journal.people import save_people
from integrate.journal.practices import begin_practice
from integrate.journal.preferences import change_preferences
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.journal.responses import begin_response, finish_response, save_answers
from integrate.journal.sessions import add_line
from integrate.journal.threads import begin_thread
from integrate.journal.writing import Sitting, prepare_bytes, save_entry
from integrate.sharing.packet import Packet
from integrate.sharing.resolving import missing_entries, missing_passages, packet_contents, resolve_packet
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.check_ins import answer, check_in, measure, own
from tests.helpers.courses import a_session, cancelled, held, mark, planned
from tests.helpers.journals import draft, write

FEBRUARY = datetime(2026, 2, 9, 10, tzinfo=UTC)
EVERYTHING = Selection(sections=frozenset(Section), all_entries=True, item_answers=True)


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def at(day: date, hour: int = 12) -> ZonedTime:
    return ZonedTime(datetime.combine(day, time(hour), UTC), "Europe/Lisbon")


def only(*sections: Section, **chosen: Any) -> Selection:
    return Selection(sections=frozenset(sections), **chosen)


def bodies(packet: Packet) -> list[str]:
    return [entry.body for entry in packet.entries]


# --- entries ----------------------------------------------------------------------------------------------------------


def test_without_a_choice_of_entries_none_is_there(journal: Journal) -> None:
    write(journal, "Stays at home")
    assert resolve_packet(journal, Selection()).entries == ()


def test_entries_one_by_one_come_whatever_their_day_and_all_of_them_only_of_the_days(journal: Journal) -> None:
    early = write(journal, "Early", at=at(date(2026, 1, 5)))
    write(journal, "Inside", at=at(date(2026, 2, 5)))
    write(journal, "Late", at=at(date(2026, 2, 25)))
    days = {"first_day": date(2026, 2, 1), "last_day": date(2026, 2, 10)}
    assert bodies(resolve_packet(journal, only(all_entries=True, **days))) == ["Inside"]
    assert bodies(resolve_packet(journal, only(entries=frozenset({early}), **days))) == ["Early"]
    both = resolve_packet(journal, only(all_entries=True, entries=frozenset({early}), **days))
    assert bodies(both) == ["Early", "Inside"]


def test_with_sessions_chosen_all_entries_are_those_about_them(journal: Journal) -> None:
    a_session(journal, held(FEBRUARY))
    write(journal, "About it", session=SessionRef(1, 1))
    write(journal, "About nothing")
    chosen = only(all_entries=True, sessions=frozenset({SessionRef(1, 1)}))
    assert bodies(resolve_packet(journal, chosen)) == ["About it"]


def test_a_passage_stands_in_place_of_its_whole_entry_and_brings_nothing_else_of_it(journal: Journal) -> None:
    photo = prepare_bytes("secret-name.txt", b"bytes")
    entry = write(journal, "Secret before. A bus. Secret after.", photo, title="Secret title", tags=("secret-tag",))
    chosen = only(entries=frozenset({entry}), passages=(Passage(entry, "A bus."),), all_entries=True)
    packet = resolve_packet(journal, chosen)
    assert packet.entries[0].passages == ("A bus.",)
    assert "secret" not in repr(packet).casefold()


def test_passages_come_in_the_order_of_the_entry_each_once(journal: Journal) -> None:
    entry = write(journal, "One. Two. Three.")
    quotes = tuple(Passage(entry, quote) for quote in ("Three.", "One.", "Three."))
    assert resolve_packet(journal, only(passages=quotes)).entries[0].passages == ("One.", "Three.")


def test_a_passage_that_is_no_longer_there_is_left_out_and_said_and_its_entry_does_not_come_instead(
    journal: Journal,
) -> None:
    entry = write(journal, "As it was before.")
    chosen = only(entries=frozenset({entry}), passages=(Passage(entry, "as it never was"),), all_entries=True)
    packet = resolve_packet(journal, chosen)
    assert packet.entries == ()
    assert "never was" not in repr(packet)
    assert (missing_passages(chosen, packet), missing_entries(chosen, packet)) == (1, frozenset({entry}))
    save_entry(journal, entry, draft("And as it never was."), Sitting())
    found = resolve_packet(journal, chosen)
    assert (missing_passages(chosen, found), missing_entries(chosen, found)) == (0, frozenset())


def test_what_became_never_share_or_was_deleted_after_it_was_chosen_is_missing_and_leaves_no_trace(
    journal: Journal,
) -> None:
    flagged, deleted = write(journal, "A canary in here"), write(journal, "Another canary")
    quote = Passage(flagged, "canary in here")
    chosen = only(entries=frozenset({deleted, flagged}), passages=(quote,))
    save_entry(journal, flagged, replace(get_entry(journal, flagged).as_draft(), never_share=True), Sitting())
    delete_entry(journal, deleted)
    packet = resolve_packet(journal, chosen)
    assert missing_entries(chosen, packet) == {flagged, deleted}
    for trace in ("canary", str(flagged), str(deleted)):
        assert trace not in repr(packet)


# --- sessions ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def session(journal: Journal) -> Session:
    """A session with everything that can belong to one."""
    team = (Carer(uuid4(), "Ines Moreau", CareRole.THERAPIST), Carer(uuid4(), "Anand Rao", CareRole.PRESCRIBER))
    begin_course(journal, care_team=team, checklist=("A check line",))
    save_people(journal, (Person(UUID(int=5), "Daniel", "555 0100", "brother"),))
    facts = held(
        FEBRUARY, setting=Setting.CLINIC, route=Route.LOZENGE, present="Ines, daniel, Zoe", dose="as prescribed"
    )  # fmt: skip
    session = a_session(journal, facts)
    for kind in LineKind:
        if kind is not LineKind.CHECK:
            add_line(journal, session.id, kind, f"A {kind.value} line")
    add_moment(journal, session.id, mark("A green corridor", FEBRUARY + timedelta(minutes=20)))
    vitals = mark("", FEBRUARY, kind=MomentKind.VITALS, pulse=777, systolic=778, diastolic=779)
    add_moment(journal, session.id, vitals)
    add_moment(journal, session.id, mark("With a number beside it", FEBRUARY, pulse=776))
    line = EffectLine("nausea", Strength.MILD, time(14, 40), time(15, 30), "Ines", "775 over 774")
    record_effect_log(journal, EffectLog(session.id, (line,)))
    write_letter(journal, session.id, "A letter to myself")
    return session


def test_a_session_comes_with_its_facts_questions_and_what_was_noticed(journal: Journal, session: Session) -> None:
    (one,) = resolve_packet(journal, Selection()).sessions
    assert one.session.id == session.id
    assert {line.kind for line in one.lines} == {
        LineKind.INTENTION, LineKind.FOR_PRESCRIBER, LineKind.FOR_THERAPIST, LineKind.TALK, LineKind.AGREED,
    }  # fmt: skip
    assert [moment.mark.words for moment in one.moments] == ["With a number beside it", "A green corridor"]
    assert one.effects is not None
    assert one.effects.lines[0].told == "Ines"


def test_letters_hopes_worries_anchors_touch_and_checks_are_in_no_packet(journal: Journal, session: Session) -> None:
    written = repr(resolve_packet(journal, EVERYTHING))
    for words in ("letter to myself", "hope line", "worry line", "anchor line", "touch line", "check line"):
        assert f"A {words}" not in written
    assert "A intention line" in written


def test_vital_signs_are_there_only_where_they_were_chosen(journal: Journal, session: Session) -> None:
    readings = ("pulse=777", "systolic=778", "diastolic=779", "pulse=776", "775 over 774")
    without = repr(resolve_packet(journal, Selection(all_entries=True, item_answers=True)))
    with_them = repr(resolve_packet(journal, EVERYTHING))
    assert not [number for number in readings if number in without]
    assert [number for number in readings if number in with_them] == list(readings)
    (alone,) = resolve_packet(journal, only(Section.VITALS)).sessions
    assert [moment.mark.kind for moment in alone.moments] == [MomentKind.VITALS]


def test_who_was_there_appears_by_role_unless_names_were_chosen(journal: Journal, session: Session) -> None:
    by_role = resolve_packet(journal, Selection()).sessions[0].session.draft.present
    assert by_role == "Therapist, brother, Someone with me"
    by_name = resolve_packet(journal, Selection(present_names=True)).sessions[0].session.draft.present
    assert by_name == "Ines, daniel, Zoe"


def test_other_sections_know_of_a_session_when_it_was_and_no_more(journal: Journal, session: Session) -> None:
    (bare,) = resolve_packet(journal, only(Section.MOOD)).sessions
    was = bare.session.draft
    assert (was.started, was.day) == (session.draft.started, session.day)
    assert (was.setting, was.route, was.dose, was.present, was.by_video) == (None, None, "", "", False)
    assert (bare.lines, bare.moments, bare.effects) == ((), (), None)
    (of_threads,) = resolve_packet(journal, only(Section.THREADS)).sessions
    assert [line.kind for line in of_threads.lines] == [LineKind.INTENTION]
    assert of_threads.moments == ()
    assert resolve_packet(journal, only(Section.QUESTIONNAIRES)).sessions == ()


def test_sessions_are_those_of_the_days_and_of_the_numbers_and_no_cancelled_one(journal: Journal) -> None:
    for day in (5, 12):
        a_session(journal, held(datetime(2026, 1, day, 10, tzinfo=UTC)))
    a_session(journal, cancelled(date(2026, 1, 19)))
    a_session(journal, planned(date(2026, 3, 9)))

    def numbers(**chosen: Any) -> list[int]:
        return [one.session.ref.number for one in resolve_packet(journal, only(Section.SESSIONS, **chosen)).sessions]

    assert numbers() == [1, 2, 4]
    assert numbers(first_day=date(2026, 1, 6), last_day=date(2026, 2, 1)) == [2]
    assert numbers(sessions=frozenset({SessionRef(1, 1)})) == [1]


# --- questionnaires and check-ins -------------------------------------------------------------------------------------


def fill_in(journal: Journal, key: str, day: date, ordinals: list[int | None]) -> UUID:
    """Answer the items of a questionnaire in order; None declines."""
    asked = shipped_questionnaires()[key]
    begun = begin_response(journal, asked, at(day)).response
    answers = {}
    for item, ordinal in zip(asked.items, ordinals, strict=False):
        code = next((option.code for option in item.options if option.ordinal == ordinal), None)
        answers[item.link_id] = DECLINED if ordinal is None else str(code)
    save_answers(journal, begun.id, answers)
    return finish_response(journal, begun.id).response.id


def test_item_answers_are_really_absent_unless_they_were_chosen_and_totals_stay(journal: Journal) -> None:
    fill_in(journal, "phq-9", date(2026, 2, 1), [2, 1, 0, 3, 1, 0, 1, 0, 1])
    fill_in(journal, "phq-9", date(2026, 2, 20), [2, 1, 0, 3, 1, 0, 1, 0, None])
    for chosen in (None, False):
        (form,) = resolve_packet(journal, Selection(item_answers=chosen)).forms
        assert [one.score.total for one in form.responses] == [9, None]
        assert [dict(one.response.draft.answers) for one in form.responses] == [{}, {}]
        assert form.responses[1].score.declined == ()
        written = repr(form.responses)
        assert "LA65" not in written
        assert DECLINED not in written
    (form,) = resolve_packet(journal, Selection(item_answers=True)).forms
    assert form.responses[0].response.draft.answers["1"] == "LA6570-1"
    assert form.responses[1].score.declined == ("9",)


def test_forms_of_the_days_are_grouped_and_know_a_chosen_baseline(journal: Journal) -> None:
    first = fill_in(journal, "phq-9", date(2026, 2, 1), [1] * 9)
    second = fill_in(journal, "phq-9", date(2026, 2, 20), [2] * 9)
    fill_in(journal, "gad-7", date(2026, 2, 20), [1] * 7)
    choose_baseline(journal, "phq-9", second)
    phq, gad = resolve_packet(journal, Selection()).forms
    assert [one.response.id for one in phq.responses] == [first, second]
    assert (phq.baseline, gad.baseline) == (second, None)
    (early,) = resolve_packet(journal, Selection(last_day=date(2026, 2, 10))).forms
    assert (len(early.responses), early.baseline) == (1, None)
    assert resolve_packet(journal, only(Section.MOOD)).forms == ()


def test_a_measure_that_is_left_out_is_left_out_whole_and_named(journal: Journal) -> None:
    mood, anxiety = measure(journal, "mood"), measure(journal, "anxiety")
    check_in(journal, answer(mood, 6), answer(anxiety, 9), note="Both")
    check_in(journal, answer(anxiety, 8))
    packet = resolve_packet(journal, Selection(left_out=frozenset({anxiety.id})))
    assert packet.measures_left_out == ("Anxiety",)
    assert [one.measure.id for one in packet.measures] == [mood.id]
    assert [one.draft.answers for one in packet.check_ins] == [(answer(mood, 6),)]
    assert {measure_id for measure_id, _version in packet.definitions} == {mood.id}
    whole = resolve_packet(journal, Selection())
    assert [len(one.series[0].values) for one in whole.measures] == [1, 2]
    assert whole.measures_left_out == ()


def test_no_answer_is_in_the_packet_and_not_in_the_series(journal: Journal) -> None:
    mood, anxiety = measure(journal, "mood"), measure(journal, "anxiety")
    check_in(journal, answer(mood, 6), Answer(anxiety.id, anxiety.version))
    packet = resolve_packet(journal, Selection())
    assert [len(one.series) for one in packet.measures] == [1]
    assert packet.check_ins[0].draft.answers[1].value is None


def test_what_was_answered_to_a_deleted_measure_is_not_there(journal: Journal) -> None:
    mood, closeness = measure(journal, "mood"), own(journal, "Closeness")
    check_in(journal, answer(mood, 6), answer(closeness, 9))
    check_in(journal, answer(closeness, 8))
    delete_measure(journal, closeness.id)
    packet = resolve_packet(journal, Selection())
    assert [one.measure.name for one in packet.measures] == ["Mood"]
    assert [one.draft.answers for one in packet.check_ins] == [(answer(mood, 6),)]
    assert "Closeness" not in repr(packet)


# --- threads ----------------------------------------------------------------------------------------------------------


def test_insights_practices_and_threads_are_those_of_the_sessions_or_the_days(
    journal: Journal, session: Session
) -> None:
    other = a_session(journal, held(datetime(2026, 2, 16, 10, tzinfo=UTC)))
    mine = add_insight(journal, "About the first", about=session.ref).insight
    theirs = add_insight(journal, "About the second", about=other.ref).insight
    free = add_insight(journal, "About none").insight
    practice = begin_practice(journal, "From the first", insight_id=mine.id).practice
    begin_thread(journal, "First", ((Station.INSIGHT, mine.id), (Station.PRACTICE, practice.id)))
    begin_thread(journal, "Second", ((Station.INSIGHT, theirs.id),))
    whole = resolve_packet(journal, Selection())
    assert {one.id for one in whole.insights} == {mine.id, theirs.id, free.id}
    assert {one.thread.name for one in whole.threads} == {"First", "Second"}
    some = resolve_packet(journal, Selection(sessions=frozenset({session.ref})))
    assert [one.id for one in some.insights] == [mine.id]
    assert [one.practice.id for one in some.practices] == [practice.id]
    assert [one.thread.name for one in some.threads] == ["First"]
    before = resolve_packet(journal, Selection(last_day=date(2026, 2, 1)))
    assert (before.insights, before.practices, before.threads) == ((), (), ())


def test_words_an_insight_came_from_are_with_it_only_where_they_are_in_the_packet_anyway(journal: Journal) -> None:
    entry = write(journal, "A private sentence. A bus.")
    promote(journal, entry, "A private sentence.", "What I see now")
    (bare,) = resolve_packet(journal, Selection()).insights
    assert "private" not in repr(bare)
    (whole,) = resolve_packet(journal, Selection(entries=frozenset({entry}))).insights
    assert whole.source.quote == "A private sentence."
    (other,) = resolve_packet(journal, Selection(passages=(Passage(entry, "A bus."),))).insights
    assert "private" not in repr(other)


# --- names, days, the file before -------------------------------------------------------------------------------------


def test_names_are_replaced_in_everything_written_and_the_recipient_stays(journal: Journal, session: Session) -> None:
    change_preferences(journal, name="Sarah")
    write(journal, "Daniel said what Ines Moreau said. So did Anand.", title="For daniel", tags=("Daniel",))
    check_in(journal, answer(measure(journal), 6), note="Daniel drove.")
    add_insight(journal, "Daniel is kind")
    chosen = replace(EVERYTHING, replace_names=True, recipient="Ines Moreau", talk=("Daniel",), present_names=True)
    packet = resolve_packet(journal, chosen)
    assert packet.author == "Sarah"
    assert packet.selection.recipient == "Ines Moreau"
    written = repr(replace(packet, selection=Selection())) + repr(packet.selection.talk)
    for name in ("Daniel", "daniel", "Ines", "Moreau", "Anand"):
        assert name not in written, name
    assert "D. said what I. said. So did A." in written


def test_the_pseudonym_stands_in_place_of_the_persons_name_everywhere(journal: Journal) -> None:
    change_preferences(journal, name="Sarah")
    write(journal, "They call me Sarah.")
    packet = resolve_packet(journal, replace(EVERYTHING, pseudonym="SM"))
    assert packet.author == "SM"
    assert bodies(packet) == ["They call me SM."]


def test_it_covers_the_chosen_days_or_from_its_first_thing_until_today(journal: Journal) -> None:
    write(journal, "Early", at=at(date(2026, 1, 5)))
    packet = resolve_packet(journal, only(all_entries=True))
    assert (packet.first_day, packet.last_day) == (date(2026, 1, 5), date(2026, 3, 2))
    chosen = resolve_packet(journal, only(first_day=date(2026, 2, 1), last_day=date(2030, 1, 1)))
    assert (chosen.first_day, chosen.last_day) == (date(2026, 2, 1), date(2026, 3, 2))
    empty = resolve_packet(journal, only())
    assert (empty.first_day, empty.last_day) == (date(2026, 3, 2), date(2026, 3, 2))


def test_since_begins_the_days_and_an_earlier_file_is_known_by_its_day(journal: Journal) -> None:
    write(journal, "Early", at=at(date(2026, 1, 5)))
    assert resolve_packet(journal, only(all_entries=True, since=date(2026, 2, 1))).entries == ()
    for day, recipient in ((date(2026, 2, 10), "Ines Moreau"), (date(2026, 2, 20), "Somebody"), (date(2026, 3, 2), "")):
        note_shared(journal, a_file(day, recipient))
    note_shared(journal, a_file(date(2026, 3, 2), "Ines Moreau"))  # of today: no earlier file
    assert resolve_packet(journal, Selection(recipient="ines  moreau")).last_file == date(2026, 2, 10)
    assert resolve_packet(journal, Selection()).last_file is None


def a_file(day: date, recipient: str) -> SharedFile:
    return SharedFile(
        uuid4(), at(day), None, recipient, FileKind.PDF, "summary.pdf", 10, bytes(32), True, None, None,
        DEFAULT_SECTIONS, (), frozenset(), frozenset(),
    )  # fmt: skip


def test_the_contents_name_everything_that_a_person_could_ask_about(journal: Journal, session: Session) -> None:
    entry = write(journal, "One")
    noted = check_in(journal, answer(measure(journal), 6), note="A note")
    plain = check_in(journal, answer(measure(journal), 5))
    response = fill_in(journal, "gad-7", date(2026, 2, 20), [1] * 7)
    insight = add_insight(journal, "Seen").insight
    practice = begin_practice(journal, "Done").practice
    packet = resolve_packet(journal, EVERYTHING)
    contents = packet_contents(packet)
    assert contents.entries == {entry}
    assert contents.responses == {response}
    assert contents.sessions == (session.ref,)
    assert {noted.id, insight.id, practice.id} < contents.things
    assert plain.id not in contents.things
    assert {line.id for line in packet.sessions[0].lines} < contents.things
    assert {moment.id for moment in packet.sessions[0].moments} < contents.things


def test_it_stops_where_it_is_asked_to(journal: Journal) -> None:
    write(journal)
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        resolve_packet(journal, EVERYTHING, stop=stop)


def test_two_packets_of_the_same_choice_differ_in_their_id_alone(journal: Journal, session: Session) -> None:
    one, other = resolve_packet(journal, EVERYTHING), resolve_packet(journal, EVERYTHING)
    assert one.id != other.id
    assert replace(one, id=other.id) == other
