"""What came of a session: threads of its insights, practices, letters, moods, and what was written while it went on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from datetime import time as datetime_time
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from integrate.domain.entry import Draft, Phase, SessionRef
from integrate.domain.moments import Mark, MomentKind
from integrate.domain.practices import Cadence, CadenceKind, PracticeState, Reply, Said
from integrate.domain.sessions import SessionDraft, SessionState
from integrate.domain.threads import Insight, Letter, Practice, Station
from integrate.domain.times import ZonedTime
from integrate.errors import DiskFull
from integrate.journal.insights import add_insight, list_insights
from integrate.journal.letters import ClosedLetter, list_letters
from integrate.journal.moments import add_moment
from integrate.journal.opening import Journal
from integrate.journal.practices import PracticeView, end_practice, list_practices, rest_practice
from integrate.journal.sessions import add_session
from integrate.journal.threads import begin_thread
from integrate.journal.writing import add_entry
from integrate.ui.pages.sessions.around import JUST_BEFORE, DayMood
from integrate.ui.pages.sessions.letters import LetterSheet
from integrate.ui.pages.sessions.moment_sheet import MomentSheet
from integrate.ui.pages.sessions.parts import ThreadLink
from integrate.ui.pages.sessions.practice_list import replies_to_ask_for, state_words
from integrate.ui.pages.sessions.session_view import SessionView
from integrate.ui.pages.sessions.show_all import AllSheet
from integrate.ui.widgets.buttons import LinkText
from tests.a11y.checks import alike, cut_off, nameless, unreached
from tests.helpers.journals import tamper
from tests.ui.conftest import right_to_left
from tests.ui.pages.sessions.sessions_world import (
    LETTER,
    PRACTICE,
    ZONE,
    SessionsWorld,
    full_course,
    held,
    sarahs_course,
)
from tests.ui.pages.sessions.test_access import LOOKS, walk_round

DAILY = Cadence(CadenceKind.DAILY)
TODAY = date(2026, 10, 8)


def view(world: SessionsWorld) -> SessionView:
    return world.sessions_page.session


@pytest.fixture
def full(world: SessionsWorld) -> dict[int, UUID]:
    """The fourth session is on the page, with all that came of it."""
    made = world.fill(full_course)
    world.open_page(session_id=made[4])
    world.settle()
    return made


def practices(world: SessionsWorld) -> dict[str, PracticeView]:
    found = world.ask(list_practices)
    return {one.practice.text: one for one in found if isinstance(one, PracticeView)}


def links(part: QWidget) -> list[str]:
    return [link.accessibleName() for link in part.findChildren(LinkText) if link.isVisible()]


# --- threads ----------------------------------------------------------------------------------------------------------


def test_an_insight_leads_to_its_thread(world: SessionsWorld, full: dict[int, UUID]) -> None:
    [link] = view(world).integrate.thoughts.findChildren(ThreadLink)
    assert link.words() == "In the thread “Softness”"
    link.click()
    world.settle()
    assert world.shell.where() == "threads"
    assert [sheet.heading.words() for sheet in world.sheets()] == ["Softness"]


def test_a_thread_without_a_name_is_called_after_what_hangs_on_it(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    def hang(journal: Journal) -> None:
        insight = add_insight(journal, "I may rest", about=SessionRef(1, 3)).insight
        begin_thread(journal, "", [(Station.INSIGHT, insight.id)])

    world.ask(hang)
    world.open_session(ids[3])
    [link] = view(world).integrate.thoughts.findChildren(ThreadLink)
    assert link.words() == "In the thread “I may rest”"


def test_more_insights_than_are_shown_are_spoken_of(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.ask(lambda journal: [add_insight(journal, f"Thought {n}", about=SessionRef(1, 3)) for n in range(45)])
    world.open_session(ids[3])
    thoughts = view(world).integrate.thoughts
    assert len(thoughts.words()) == 40
    assert thoughts.more_button.text() == "5 more in Threads"
    thoughts.more_button.click()
    world.settle()
    assert world.shell.where() == "threads"


# --- practices --------------------------------------------------------------------------------------------------------


def test_the_practices_of_the_session_stand_there_as_they_are(world: SessionsWorld, full: dict[int, UUID]) -> None:
    part = view(world).integrate.practices
    assert part.words() == [
        PRACTICE, "Every day", "Speak to myself as I would to Daniel", "Every day · Done · 7 Oct",
    ]  # fmt: skip
    assert links(part)[:2] == [f"Done: {PRACTICE}", f"Not today: {PRACTICE}"]
    world.open_session(full[3])
    assert not part.isVisible(), "they came of another session"


def test_what_is_said_of_a_practice_is_kept_and_can_be_undone(world: SessionsWorld, full: dict[int, UUID]) -> None:
    world.press(f"Done: {PRACTICE}")
    assert practices(world)[PRACTICE].said == (Said(TODAY, Reply.DONE),)
    assert links(view(world).integrate.practices)[:3] == [
        f"It helped: {PRACTICE}", f"Not really: {PRACTICE}", f"Too soon to say: {PRACTICE}",
    ]  # fmt: skip
    world.press(f"Not really: {PRACTICE}")
    assert "Every day · Done · Not really · Today" in world.words()
    world.undo("Noted")
    assert practices(world)[PRACTICE].said == (Said(TODAY, Reply.DONE),)


def test_not_today_asks_for_nothing_more(world: SessionsWorld, full: dict[int, UUID]) -> None:
    world.press(f"Not today: {PRACTICE}")
    assert not [name for name in links(view(world).integrate.practices) if PRACTICE in name]
    world.undo("It comes again when it is next due.")
    assert practices(world)[PRACTICE].due


@pytest.mark.parametrize(("work", "words"), [(rest_practice, "It rests"), (end_practice, "It has ended")])
def test_one_that_rests_or_ended_asks_nothing(
    world: SessionsWorld, full: dict[int, UUID], work: object, words: str
) -> None:
    world.ask(lambda journal: work(journal, practices_of(journal)[PRACTICE]))  # type: ignore[operator]  # a use case
    assert f"Every day · {words}" in world.words()
    assert not [name for name in links(view(world).integrate.practices) if PRACTICE in name]


def practices_of(journal: Journal) -> dict[str, UUID]:
    found = (one for one in list_practices(journal) if isinstance(one, PracticeView))
    return {one.practice.text: one.practice.id for one in found}


def followed(*said: Said, due: bool = False, state: PracticeState = PracticeState.OPEN) -> PracticeView:
    written = datetime(2026, 10, 1, tzinfo=UTC)
    practice = Practice(UUID(int=1), "Rest", DAILY, date(2026, 10, 1), state, None, written)
    return PracticeView(practice, said, due=due)


@pytest.mark.parametrize(
    ("practice", "asked"),
    [
        (followed(due=True), (Reply.DONE, Reply.NOT_TODAY)),
        (followed(), (Reply.DONE,)),
        (followed(Said(TODAY, Reply.DONE)), (Reply.HELPED, Reply.NOT_REALLY, Reply.TOO_SOON)),
        (followed(Said(TODAY, Reply.NOT_TODAY)), ()),
        (followed(Said(TODAY, Reply.DONE), Said(TODAY, Reply.HELPED)), ()),
        (followed(due=True, state=PracticeState.RESTING), ()),
        (followed(due=True, state=PracticeState.ENDED), ()),
    ],
)
def test_only_what_was_not_said_yet_is_asked_for(practice: PracticeView, asked: tuple[Reply, ...]) -> None:
    assert replies_to_ask_for(practice, TODAY) == asked
    assert not any(sign.isdigit() for sign in state_words(practice, TODAY)), "nothing is counted"


def test_a_practice_is_begun_from_an_insight_and_inherits_never_share(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    world.ask(lambda journal: add_insight(journal, "I may rest", about=SessionRef(1, 3), never_share=True))
    world.open_session(ids[3])
    world.press("Begin a practice from “I may rest”")
    world.type_words("A nap on Sundays")
    world.key(Qt.Key.Key_Return)
    made = practices(world)["A nap on Sundays"].practice
    [insight] = world.ask(lambda journal: list_insights(journal, SessionRef(1, 3)))
    assert (made.insight_id, made.never_share) == (cast("Insight", insight).id, True)
    assert view(world).integrate.practices.words()[:2] == ["A nap on Sundays", "When it suits you"]


def test_a_practice_that_is_being_written_survives_a_refusal_and_a_look_at_another_session(
    world: SessionsWorld, full: dict[int, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_arguments: object, **_fields: object) -> None:
        raise DiskFull

    name = "Begin a practice from “I talk to myself the way nobody in my life talks to me.”"
    world.press(name)
    world.type_words("A walk")
    with monkeypatch.context() as patch:
        patch.setattr("integrate.ui.pages.sessions.practice_list.begin_practice", full_disk)
        world.open_session(full[3])
    world.open_session(full[4])
    assert "A walk" not in practices(world)
    world.press(name)
    editor = view(world).integrate.practices.editor
    assert editor.text() == "A walk"
    editor.keep()
    world.settle()
    assert "A walk" in practices(world)


# --- letters ----------------------------------------------------------------------------------------------------------


def test_a_letter_is_sealed_and_its_words_are_not_shown(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    world.press("Write a letter to the next session")
    sheet = world.sheet(LetterSheet)
    sheet.save()
    assert sheet.words.error() == "One word is enough."
    sheet.words.set_text(LETTER)
    sheet.never_share.setChecked(True)
    sheet.save()
    world.settle()
    [letter] = world.ask(list_letters)
    assert isinstance(letter, ClosedLetter)
    assert (letter.session_id, letter.sealed, letter.never_share) == (ids[4], True, True)
    assert "Sealed until you prepare for your next session." in world.words()
    assert not [words for words in world.words() if LETTER[:10] in words]
    world.open_session(ids[5])
    assert not view(world).prepare.letters.isVisible(), "its time has not come"


def test_a_letter_that_was_not_sealed_yet_is_there_again(world: SessionsWorld, ids: dict[int, UUID]) -> None:
    world.open_session(ids[4])
    view(world).integrate.letters.write_one()
    sheet = world.sheet(LetterSheet)
    sheet.words.set_text(LETTER)
    world.key(Qt.Key.Key_Escape)
    view(world).integrate.letters.write_one()
    assert world.sheet(LetterSheet).words.text() == LETTER


def test_only_a_session_that_took_place_has_a_letter_written_after_it(
    world: SessionsWorld, ids: dict[int, UUID]
) -> None:
    world.open_session(ids[5])
    view(world).stages.open_only(Phase.INTEGRATE)
    assert not view(world).integrate.letters.isVisible()


def test_prepare_shows_the_letter_once_its_window_is_open(world: SessionsWorld, full: dict[int, UUID]) -> None:
    world.clock.advance(timedelta(days=9))
    world.open_session(full[5])
    assert view(world).prepare.letters.words() == ["Written 8 Oct, after session 4"]
    world.press("Read it: Written 8 Oct, after session 4")
    assert world.sheet(AllSheet).area.text() == LETTER
    world.key(Qt.Key.Key_Escape)
    assert view(world).prepare.letters.words() == [LETTER, "Written 8 Oct, after session 4"]
    [letter] = world.ask(list_letters)
    assert isinstance(letter, Letter)
    world.open_session(full[6])
    assert not view(world).prepare.letters.isVisible(), "it was written for the session before that one"


# --- moods ------------------------------------------------------------------------------------------------------------


def test_moods_are_the_last_of_each_day_and_only_days_in_a_row_are_joined(
    world: SessionsWorld, full: dict[int, UUID]
) -> None:
    moods = view(world).integrate.moods
    shown = [(one, label) for one, label in moods.dots.drawn()]
    assert shown == [
        (DayMood(JUST_BEFORE, 5), "Just before"), (DayMood(0, 6), "Same day"), (DayMood(1, 6), "Next day"),
        (DayMood(3, 7), "Today"),
    ]  # fmt: skip
    name = "Mood, 0 to 10. Just before: 5, Same day: 6, Next day: 6, Today: 7"
    assert moods.dots.accessibleName() == name
    world.open_session(full[3])
    assert not moods.isVisible(), "where no entry said one there is nothing to draw"


def test_moods_are_found_beyond_the_entries_that_are_listed(world: SessionsWorld, full: dict[int, UUID]) -> None:
    def write(journal: Journal) -> None:
        for minute in range(30):
            when = ZonedTime(datetime(2026, 10, 8, 10, minute, tzinfo=UTC), ZONE)
            add_entry(journal, Draft("Words", when, "", Phase.INTEGRATE, SessionRef(1, 4)))

    world.ask(write)
    world.open_session(full[4])
    assert len(view(world).integrate.rows()) == 20
    assert [one.day for one, _label in view(world).integrate.moods.dots.drawn()] == [JUST_BEFORE, 0, 1, 3]


# --- written in session -----------------------------------------------------------------------------------------------


def test_what_was_written_while_the_session_went_on_says_so(world: SessionsWorld) -> None:
    start = datetime(2026, 10, 8, 17, 50, tzinfo=UTC)

    def write(journal: Journal) -> UUID:
        sarahs_course(journal)
        draft = held(10, 8, started=ZonedTime(start, ZONE), ended=None)
        session = add_session(journal, draft).session
        now = ZonedTime(journal.clock.now(), ZONE)
        add_entry(journal, Draft("Blue", now, "In it", Phase.EXPERIENCE, session.ref))
        add_moment(journal, session.id, Mark(MomentKind.WORDS, now, words="Softer now"))
        return session.id

    session_id = world.fill(write)
    world.clock.advance(timedelta(days=1))

    def write_later(journal: Journal) -> None:
        now = ZonedTime(journal.clock.now(), ZONE)
        add_entry(journal, Draft("Still blue", now, "After it", Phase.INTEGRATE, SessionRef(1, 7)))
        add_moment(journal, session_id, Mark(MomentKind.WORDS, now, words="Added later"))

    world.fill(write_later)
    world.open_page(session_id=session_id)
    world.settle()
    entries = [row.accessibleName() for row in view(world).integrate.rows()]
    assert entries == [
        "After it, Today · 2 words, Integrate",
        "In it, Yesterday · 1 word · Written in session, Experience",
    ]
    moments = [row.accessibleName().split(", ", 1)[1] for row in view(world).experience.rows()]
    assert moments == ["moment, Softer now, Written in session", "moment, Added later"]


def test_a_new_moment_begins_now_while_the_session_goes_on_and_on_its_own_day_afterwards(world: SessionsWorld) -> None:
    start = datetime(2026, 10, 8, 17, 50, tzinfo=UTC)
    world.fill(sarahs_course)
    bare = SessionDraft(SessionState.HELD, date(2026, 10, 7), zone=ZONE)
    earlier = world.fill(lambda journal: add_session(journal, bare)).session
    draft = held(10, 8, started=ZonedTime(start, ZONE), ended=None)
    running = world.fill(lambda journal: add_session(journal, draft)).session
    world.open_page(session_id=running.id)
    world.settle()
    view(world).experience.add()
    assert world.sheet(MomentSheet).time.value() == datetime_time(19, 24)
    world.key(Qt.Key.Key_Escape)
    world.open_session(earlier.id)
    view(world).experience.add()
    sheet = world.sheet(MomentSheet)
    assert (sheet.day.value(), sheet.time.value()) == (date(2026, 10, 7), datetime_time(12))


# --- bad days ---------------------------------------------------------------------------------------------------------


def test_what_is_damaged_is_named_and_the_rest_is_there(world: SessionsWorld) -> None:
    ids = world.fill(full_course)

    def harm(journal: Journal) -> None:
        add_insight(journal, "Another", about=SessionRef(1, 4))
        tamper(journal, "UPDATE letter SET text = 'bent'")
        tamper(journal, "UPDATE insight SET text = 'bent' WHERE text <> 'Another'")
        tamper(journal, "UPDATE moment SET words = 'bent' WHERE words LIKE 'Warm%'")
        tamper(journal, "UPDATE thread_link SET station = 'bent'")
        tamper(journal, "UPDATE practice_reply SET reply = 'bent'")

    world.fill(harm)
    world.open_page(session_id=ids[4])
    world.settle()
    words = world.words()
    assert "A letter could not be read. The rest is fine." in words
    assert "A thought could not be read. The rest is fine." in words
    assert "Another" in words
    assert PRACTICE in words, "it is readable, though what it came from is not"
    view(world).stages.open_only(Phase.EXPERIENCE)
    assert "A moment could not be read. The rest is fine." in world.words()
    assert len(view(world).experience.rows()) == 6


# --- the whole page ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "phase"), [(4, Phase.INTEGRATE), (5, Phase.PREPARE)])
def test_all_of_it_is_named_reached_in_the_order_of_reading_and_never_cut(
    world: SessionsWorld, full: dict[int, UUID], number: int, phase: Phase
) -> None:
    world.clock.advance(timedelta(days=9))
    world.open_session(full[number])
    view(world).stages.open_only(phase)
    world.settle()
    page = world.sessions_page
    assert not nameless(page)
    assert not alike(page)
    stops = walk_round()
    assert not unreached(page, stops)
    body = view(world).prepare if phase is Phase.PREPARE else view(world).integrate
    places = [stop.mapTo(body, stop.rect().topLeft()) for stop in stops if body.isAncestorOf(stop)]
    read = [(place.x() >= body.width() // 2, place.y()) for place in places]
    assert read == sorted(read)  # one column after the other, each from its top
    for width, text in LOOKS:
        world.program.change_settings(text_size=text)
        world.program.window.resize(width, 832)
        world.settle()
        assert not cut_off(page), (width, text)
    right_to_left(world.program.window)
    world.settle()
    assert not cut_off(page)
    world.program.window.grab()


def test_in_a_journal_open_to_read_only_everything_is_there_and_nothing_is_asked(world: SessionsWorld) -> None:
    ids = world.fill(full_course)
    world.open_page(read_only=True, session_id=ids[4])
    world.settle()
    integrate = view(world).integrate
    assert integrate.practices.words()[0] == PRACTICE
    assert links(integrate.practices) == []
    assert not integrate.letters.write_button.isVisible()
    view(world).stages.open_only(Phase.EXPERIENCE)
    view(world).experience.rows()[1].click()
    assert world.sheet(AllSheet).area.text() == "Warm. Like floating on my back."
