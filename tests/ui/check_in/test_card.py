"""The check-in card: answered, saved, taken back, and asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from integrate.domain.check_ins import Answer, CheckInDraft
from integrate.domain.measures import Definition, HowOften, Measure
from integrate.domain.times import ZonedTime
from integrate.errors import DiskFull
from integrate.journal.check_ins import record_check_in
from integrate.journal.measures import SavedMeasure, add_measure, change_measure, list_measures
from integrate.journal.opening import Access, Journal
from integrate.ui.check_in import card as card_module
from integrate.ui.check_in.earlier import EarlierSheet
from integrate.ui.check_in.rows import NumberRow, ScaleRow, WordsRow
from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from tests.conftest import Sample
from tests.ui.check_in.check_in_world import EVENING, ZONE, CheckInWorld
from tests.ui.waiting import wait_until

SLEEP = "Sleep last night"


def dots(world: CheckInWorld, name: str) -> ScaleRow:
    row = world.row(name)
    assert isinstance(row, ScaleRow)
    return row


def test_by_keyboard_alone_it_takes_a_digit_and_tab_for_each_line(world: CheckInWorld) -> None:
    presses = 0
    world.panel.focus_first()
    for digit in "63":
        world.keys(digit)
        world.key(Qt.Key.Key_Tab)
        presses += 2
    world.key(Qt.Key.Key_Tab)  # energy is skipped
    world.keys("10")
    world.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is world.panel.save_button
    world.key(Qt.Key.Key_Return)
    assert presses + 5 < 20
    assert world.answers() == {"Mood": 6, "Anxiety": 3, "Energy": None, SLEEP: 10}
    assert world.shell.toasts == ["Check-in saved"]
    assert "Saved at 19:24." in world.words()
    assert QApplication.focusWidget() is world.panel.another_button
    found = world.check_ins()[0]
    assert found.draft.about == found.written == ZonedTime(EVENING, ZONE)


def test_nought_is_an_answer_and_what_is_left_is_none(world: CheckInWorld) -> None:
    dots(world, "Mood").dots._answer(0)
    dots(world, "Anxiety").dots._answer(4)
    dots(world, "Anxiety").dots._answer(None)  # Backspace
    world.press("Save check-in")
    assert world.answers() == {"Mood": 0, "Anxiety": None, "Energy": None, SLEEP: None}


def test_nothing_at_all_is_not_saved_and_a_line_alone_answers_no_question(world: CheckInWorld) -> None:
    world.press("Save check-in")
    assert "There is nothing to save yet. One answer is enough." in world.words()
    assert world.check_ins() == []
    world.press("Add a line")
    world.keys("Rain on the roof.")
    assert "There is nothing to save yet. One answer is enough." not in world.words()
    world.key(Qt.Key.Key_Return)  # Enter in the line is enough
    found = world.check_ins()[0].draft
    assert (found.note, found.never_share, found.answers) == ("Rain on the roof.", False, ())


def test_a_line_can_be_kept_from_ever_being_shared(world: CheckInWorld) -> None:
    world.press("Add a line")
    world.keys("Mine.")
    world.press("Never share")
    world.press("Save check-in")
    assert world.check_ins()[0].draft.never_share


def test_several_a_day(world: CheckInWorld) -> None:
    dots(world, "Mood").dots._answer(6)
    world.press("Save check-in")
    world.clock.advance(timedelta(hours=1))
    world.press("Another check-in")
    assert QApplication.focusWidget() is dots(world, "Mood").dots
    assert dots(world, "Mood").answer().value is None, "the one before is not offered again"
    dots(world, "Mood").dots._answer(2)
    world.press("Save check-in")
    assert "Saved at 20:24." in world.words()
    assert [one.draft.answers[0].value for one in world.check_ins()] == [2, 6]


def test_the_next_day_it_asks_by_itself(world: CheckInWorld) -> None:
    dots(world, "Mood").dots._answer(6)
    world.press("Save check-in")
    assert world.panel.is_saved()
    world.clock.advance(timedelta(days=1))
    world.write(lambda journal: add_measure(journal, Definition("Warmth"), HowOften.EACH))
    assert not world.panel.is_saved()


def test_undo_takes_it_back_and_the_answers_stand_here_again(world: CheckInWorld) -> None:
    assert world.panel._now is not None
    world.panel.form.add(next(one for one in world.panel._now.others if one.definition.name == "Pain"))
    dots(world, "Mood").dots._answer(6)
    dots(world, "Pain").dots._answer(1)
    world.press("Add a line")
    world.keys("Tea.")
    world.press("Save check-in")
    assert world.shell.undo is not None
    assert [row.asked.definition.name for row in world.panel.form.rows] == ["Mood", "Anxiety", "Energy", SLEEP]
    world.shell.undo()
    world.settle()
    assert world.check_ins() == []
    assert dots(world, "Mood").answer().value == 6
    assert dots(world, "Pain").answer().value == 1
    assert world.panel.form.words() == "Tea."
    assert not world.panel.is_saved()


def test_a_refusal_says_why_and_keeps_what_was_chosen(world: CheckInWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_journal: Journal, **_answers: object) -> None:
        raise DiskFull

    monkeypatch.setattr(card_module, "record_check_in", refuse)
    dots(world, "Mood").dots._answer(6)
    world.press("Add a line")
    world.keys("Tea.")
    world.press("Save check-in")
    assert any(words.startswith("This disk is full") for words in world.words())
    assert not world.panel.is_saved()
    monkeypatch.undo()
    world.press("Save check-in")
    assert world.answers()["Mood"] == 6
    assert world.check_ins()[0].draft.note == "Tea."


def test_a_measure_changed_half_way_leaves_the_other_answers(world: CheckInWorld) -> None:
    dots(world, "Mood").dots._answer(6)
    dots(world, "Energy").dots._answer(5)
    energy = world.measures()["Energy"]
    wider = replace(energy.definition, highest=5)
    world.write(lambda journal: change_measure(journal, energy.id, definition=wider))
    assert dots(world, "Mood").answer().value == 6
    assert dots(world, "Energy").answer() == Answer(energy.id, energy.version + 1)
    world.write(lambda journal: change_measure(journal, world_id(world, "Mood"), in_use=False))
    assert dots(world, "Mood").answer().value == 6, "what was answered goes on"


def world_id(world: CheckInWorld, name: str) -> object:
    return next(row.asked.measure_id for row in world.panel.form.rows if row.asked.definition.name == name)


def by_key(journal: Journal) -> dict[str, Measure]:
    return {one.key: one for one in list_measures(journal, all=True) if isinstance(one, Measure)}


def with_every_kind(journal: Journal) -> SavedMeasure:
    found = by_key(journal)
    for key in ("sleep-hours", "feelings"):
        change_measure(journal, found[key].id, in_use=True)
    add_measure(journal, Definition("Steps", highest=30_000), HowOften.EACH)
    return add_measure(journal, Definition("Steadiness", "shaky", "steady", 1, 5), HowOften.EACH)


def test_every_kind_of_measure_has_its_row(world: CheckInWorld) -> None:
    world.write(with_every_kind)
    hours, steps, feelings = world.row("Sleep hours"), world.row("Steps"), world.row("Feeling words")
    assert isinstance(hours, NumberRow)
    assert isinstance(steps, NumberRow)
    assert isinstance(feelings, WordsRow)
    hours.target().setFocus()
    world.keys("7:15")
    steps.target().setFocus()
    world.keys("4000")
    dots(world, "Steadiness").dots._answer(5)
    feelings.chips["calm"].click()
    feelings.chips["tired"].click()
    world.press("Save check-in")
    answers = {name: value for name, value in world.answers().items() if value is not None}
    assert answers == {"Sleep hours": 7.25, "Steps": 4000, "Steadiness": 5, "Feeling words": ("calm", "tired")}


def test_a_number_that_is_none_stays_as_it_was_typed_and_is_not_saved(world: CheckInWorld) -> None:
    world.write(with_every_kind)
    hours = world.row("Sleep hours")
    assert isinstance(hours, NumberRow)
    dots(world, "Mood").dots._answer(6)
    hours.edit.setFocus()
    world.keys("25")
    world.press("Save check-in")
    assert "From 0 to 24, in quarters: 7.25 or 7:15." in world.words()
    assert hours.edit.text() == "25"
    assert QApplication.focusWidget() is hours.edit
    assert world.check_ins() == []


def test_words_are_one_stop_of_tab_with_arrows_inside_and_three_at_most(world: CheckInWorld) -> None:
    world.write(with_every_kind)
    feelings = world.row("Feeling words")
    assert isinstance(feelings, WordsRow)
    stops = [chip for chip in feelings.chips.values() if chip.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(stops) == 1
    feelings.target().setFocus(Qt.FocusReason.TabFocusReason)
    words = list(feelings.chips)
    for _word in range(4):
        world.key(Qt.Key.Key_Space)
        world.key(Qt.Key.Key_Right)
    assert feelings.answer().words == tuple(words[:3])
    assert "Three are chosen. Take one away first." in world.words()
    assert QApplication.focusWidget() is feelings.chips[words[4]]
    world.key(Qt.Key.Key_Home)
    world.key(Qt.Key.Key_Space)
    assert feelings.answer().words == tuple(words[1:3])


def test_another_measure_is_added_once_and_takes_the_focus(world: CheckInWorld) -> None:
    world.panel._offer_more()
    menu = world.panel._menu
    assert menu is not None
    entries = {action.text(): action for action in menu.actions()}
    assert "Mood" not in entries, "it is asked already"
    menu.close()
    world.window.activateWindow()
    wait_until(world.window.isActiveWindow)
    entries["Hope"].trigger()
    assert QApplication.focusWidget() is dots(world, "Hope").dots
    world.keys("4")
    world.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is world.panel.save_button
    world.press("Save check-in")
    assert world.answers()["Hope"] == 4
    world.panel._offer_more()
    menu = world.panel._menu
    assert menu is not None
    menu.actions()[-1].trigger()
    menu.close()
    assert world.shell.went == [("settings", {"section": "measures"})]


def test_the_hint_about_keys_shows_only_while_the_keyboard_is_on_a_scale(world: CheckInWorld) -> None:
    hint = world.panel.form.hint
    assert not hint.is_shown()
    world.panel.focus_first()
    assert hint.is_shown()
    world.panel.save_button.setFocus(Qt.FocusReason.TabFocusReason)
    assert not hint.is_shown()


def test_what_was_written_is_there_for_after_a_lock_and_dots_are_not(world: CheckInWorld) -> None:
    dots(world, "Mood").dots._answer(6)
    assert world.card.unsaved() == {}, "an hour later it is not how one is right now"
    world.press("Add a line")
    world.keys("Half a thought")
    world.press("Never share")
    kept = world.card.unsaved()
    assert kept == {"check-in": {"note": "Half a thought", "never share": "yes"}}
    world.panel.form.clear()
    world.card.take(kept)
    assert (world.panel.form.words(), world.panel.form.never_share()) == ("Half a thought", True)


def test_every_control_has_a_name_and_nothing_is_wider_than_its_room(world: CheckInWorld) -> None:
    world.write(with_every_kind)
    world.press("Add a line")
    assert not [one for one in world.window.findChildren(QAbstractButton) if one.isVisible() and not names_of(one)]
    world.theme.set_look(Look(theme="light", text_size=200, reduced_motion=True))
    world.card.set_room(600, narrow=True)
    world.window.resize(620, 900)
    world.settle()
    assert world.card.minimumSizeHint().width() <= 620


def names_of(one: QAbstractButton) -> str:
    return one.accessibleName() or one.text()


# --- to read only -----------------------------------------------------------------------------------------------------


@pytest.fixture
def read_only(theme: Theme, sample: Sample) -> Iterator[Callable[..., CheckInWorld]]:
    made: list[CheckInWorld] = []

    def make(fill: Callable[[Journal], object] | None = None) -> CheckInWorld:
        if fill is not None:
            with sample.open() as journal:
                fill(journal)
        made.append(CheckInWorld(theme, sample, Access.READ))
        return made[-1]

    yield make
    for each in made:
        each.close()


def one_check_in(journal: Journal) -> None:
    found = by_key(journal)
    answers = (Answer(found["mood"].id, 1, 6), Answer(found["anxiety"].id, 1))
    about = ZonedTime(EVENING - timedelta(days=1), ZONE)
    record_check_in(journal, CheckInDraft(about, answers, "Tea.", never_share=True))


def test_to_read_only_it_says_the_last_check_in_and_asks_nothing(read_only: Callable[..., CheckInWorld]) -> None:
    world = read_only(one_check_in)
    assert "Your last check-in" in world.words()
    assert "Yesterday · 19:24" in world.words()
    assert "Mood 6 of 10 · Anxiety: no answer" in world.words()
    assert world.names() == {"Earlier check-ins"}
    world.earlier()
    assert world.sheet(EarlierSheet).rows()[0].answers.words() == "Mood 6 of 10 · Anxiety: no answer"
    assert world.names() == {"Earlier check-ins", "Close", "Done"}


def test_to_read_only_with_nothing_said_before_there_is_no_card(read_only: Callable[..., CheckInWorld]) -> None:
    assert not read_only().card.isVisible()
