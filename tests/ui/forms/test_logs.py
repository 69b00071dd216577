"""The two logs of facts: kept as they are answered, "none" is an answer, and nothing else is added."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import Qt

from integrate.domain.logs import EffectLog, Log, SlowLog, YesNo
from integrate.domain.moments import EFFECTS, Strength
from integrate.domain.sessions import Session, SessionDraft, SessionState
from integrate.domain.times import ZonedTime
from integrate.journal.courses import begin_course
from integrate.journal.logs import effect_logs, slow_logs
from integrate.journal.opening import Journal
from integrate.journal.sessions import add_session
from integrate.ui.forms.effects_sheet import EffectsSheet, open_effects
from integrate.ui.forms.slow_sheet import SlowSheet, open_slow
from tests.ui.forms.forms_world import FormsWorld, on_disk, words_of
from tests.ui.waiting import wait_until

YESTERDAY = datetime(2026, 10, 7, 10, 30, tzinfo=UTC)


def held(journal: Journal, start: datetime = YESTERDAY) -> Session:
    begin_course(journal)
    start_at, end = (ZonedTime(at, "Europe/Lisbon") for at in (start, start + timedelta(minutes=100)))
    draft = SessionDraft(SessionState.HELD, zone="Europe/Lisbon", started=start_at, ended=end)
    return add_session(journal, draft).session


def logs(journal: Journal) -> list[Log]:
    return [one for one in (*effect_logs(journal), *slow_logs(journal)) if isinstance(one, Log)]


def opened(world: FormsWorld) -> tuple[Session, EffectsSheet]:
    session = world.ask(held)
    open_effects(world.page.context, world.page, session.id)
    return session, world.sheet(EffectsSheet)


def test_the_four_of_the_article_come_first_and_each_answer_is_kept_at_once(world: FormsWorld) -> None:
    session, sheet = opened(world)
    assert list(sheet.cards)[:4] == list(EFFECTS)
    world.focus_on("none")
    world.type("0 2")
    world.press(Qt.Key.Key_Tab)  # what is asked of one that was felt comes right after it
    heart = sheet.cards["heart-rate"].details
    assert heart.isAncestorOf(world.focus())
    assert not heart.reading.isVisible()
    world.focus_on("To: Increased heart rate")
    world.press(Qt.Key.Key_Tab)
    assert world.focus() is heart.told.edit
    while heart.isAncestorOf(world.focus()):
        world.press(Qt.Key.Key_Tab)
    world.type("1")
    details = sheet.cards["blood-pressure"].details
    assert details.reading.isVisible()
    wait_until(lambda: sheet.state.words() == "Saved")
    (log,) = world.ask(logs)
    assert isinstance(log.content, EffectLog)
    assert log.content.session_id == session.id
    assert [(line.effect, line.strength) for line in log.content.lines] == [
        ("nausea", Strength.NONE), ("heart-rate", Strength.MODERATE), ("blood-pressure", Strength.MILD),
    ]  # fmt: skip


def test_a_line_has_times_and_who_was_told_and_ones_own_words(world: FormsWorld) -> None:
    _session, sheet = opened(world)
    sheet.other.edit.setFocus()
    for letter in "Itching":
        world.type(letter)
    world.press(Qt.Key.Key_Return)
    assert sheet.cards["Itching"].isAncestorOf(world.focus())
    world.type("3")
    details = sheet.cards["Itching"].details
    details.began.set_value(time(14, 10))
    details.told.edit.setText("Daniel")
    details.told.edit.textEdited.emit("Daniel")
    world.press_button("Done")
    world.wait_closed(sheet)
    (log,) = world.ask(logs)
    assert isinstance(log.content, EffectLog)
    (line,) = log.content.lines
    assert (line.effect, line.strength, line.began, line.ended, line.told) == (
        "Itching", Strength.STRONG, time(14, 10), None, "Daniel",
    )  # fmt: skip

    open_effects(world.page.context, world.page, log.content.session_id)
    again = world.sheet(EffectsSheet)
    assert again.cards["Itching"].line() == line


def test_nothing_to_note_says_that_somebody_looked(world: FormsWorld) -> None:
    session, sheet = opened(world)
    world.press_button("Nothing to note")
    world.wait_closed(sheet)
    (log,) = world.ask(logs)
    assert log.content == EffectLog(session.id, ())


def test_a_lock_in_the_middle_keeps_what_was_typed_a_moment_ago(world: FormsWorld) -> None:
    _session, sheet = opened(world)
    sheet.note.edit.setFocus()
    for letter in "Thirsty":
        world.type(letter)
    world.lock()
    with on_disk(world) as journal:
        (log,) = logs(journal)
    assert isinstance(log.content, EffectLog)
    assert log.content.note == "Thirsty"


def test_slow_things_are_one_log_however_many_answers_it_took(world: FormsWorld) -> None:
    open_slow(world.page.context, world.page)
    sheet = world.sheet(SlowSheet)
    assert any("You could tell your prescriber." in words for words in words_of(sheet))
    world.focus_on("No")
    world.type("0 1 2 0")
    sheet.pull.setFocus()
    world.type("7")
    world.press_button("Done")
    world.wait_closed(sheet)
    (log,) = world.ask(logs)
    assert isinstance(log.content, SlowLog)
    assert dict(log.content.answers) == {
        "bladder-often": YesNo.NO, "bladder-pain": YesNo.YES, "bladder-blood": YesNo.UNSURE, "memory": YesNo.NO,
    }  # fmt: skip
    assert log.content.pull == 7


def test_looking_at_a_log_leaves_nothing_behind(world: FormsWorld) -> None:
    _session, sheet = opened(world)
    world.press_button("Done")
    world.wait_closed(sheet)
    assert world.ask(logs) == []
