"""A questionnaire filled in by keyboard alone: every answer is on the disk before the next question."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from integrate.domain.people import Person
from integrate.domain.responses import DECLINED, Response, ResponseStatus
from integrate.domain.support_words import AT_ITEM_9, BEFORE_A_FORM, CONTENT_NOTE
from integrate.journal.opening import Journal
from integrate.journal.people import save_people
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.journal.responses import list_responses, read_scored
from integrate.ui.forms.after import EndSheet, SupportSheet
from integrate.ui.forms.help_line import HelpLine
from integrate.ui.forms.item_card import ItemCard
from integrate.ui.forms.sheet import QuestionnaireSheet
from integrate.ui.pages.help.sheet import HelpSheet
from integrate.ui.widgets.sheet import Question
from integrate.ui.widgets.text import Text
from tests.ui.forms.forms_world import FormsWorld, on_disk, words_of
from tests.ui.waiting import wait_until

EIGHT_ZEROS = "0 0 0 0 0 0 0 0 "


def responses(journal: Journal) -> list[Response]:
    return [one for one in list_responses(journal) if isinstance(one, Response)]


def lines_in_sight(sheet: QuestionnaireSheet) -> list[str]:
    return [line.accessibleName() for line in sheet.findChildren(HelpLine) if line.isVisible()]


def start(world: FormsWorld, key: str) -> QuestionnaireSheet:
    """Open a form and go to its first question with Tab."""
    sheet = world.open_form(key)
    first = next(iter(sheet.cards.values()))
    world.focus_on(first.tab_stop().text())
    assert first.isAncestorOf(world.focus())
    return sheet


def test_the_digits_and_tab_fill_in_a_form_and_its_end_says_no_more_than_the_total(world: FormsWorld) -> None:
    sheet = start(world, "gad-7")
    world.type("1 2 0 3 1 1 0")
    assert sheet.answers() == {
        link: sheet.cards[link].item.options[value].code
        for link, value in zip(sheet.cards, (1, 2, 0, 3, 1, 1, 0), strict=True)
    }
    world.press_button("Done")
    end = world.sheet(EndSheet)
    assert words_of(end) == [
        "GAD-7", "Total 8 of 21. Lower means fewer of these problems.", "Your answers are in your journal.",
    ]  # fmt: skip
    (found,) = world.ask(read_scored).responses
    assert found.score.total == 8


def test_every_word_of_a_form_is_there_exactly_with_the_notice_first(world: FormsWorld) -> None:
    asked = shipped_questionnaires()["pcl-5"]
    sheet = world.open_form("pcl-5")
    words = [text.words() for text in sheet._content.findChildren(Text) if text.words()]
    assert words[:2] == [BEFORE_A_FORM, CONTENT_NOTE]
    assert asked.instruction in words
    assert words.count(asked.items[0].stem) == 1
    assert [text for text in words if text in {item.text for item in asked.items}] == [one.text for one in asked.items]
    assert words[-1] == asked.notice
    for item in asked.items:
        card = sheet.cards[item.link_id]
        assert [choice.text() for choice in card.choices.values()] == [option.text for option in item.options]


def test_a_screen_reader_meets_each_question_as_a_group_with_its_state(world: FormsWorld) -> None:
    sheet = start(world, "phq-9")
    card = sheet.cards["1"]
    told = QAccessible.queryAccessibleInterface(card)
    assert told.role() == QAccessible.Role.Grouping
    assert told.text(QAccessible.Text.Name) == "Little interest or pleasure in doing things"
    assert told.text(QAccessible.Text.Description) == "not answered"
    world.type("3")
    assert told.text(QAccessible.Text.Description) == "Nearly every day"
    world.press(Qt.Key.Key_Backspace)
    assert told.text(QAccessible.Text.Description) == "not answered"
    assert sheet.answers() == {}


def test_arrows_choose_and_tab_stops_once_at_a_question(world: FormsWorld) -> None:
    sheet = start(world, "gad-7")
    card = sheet.cards["1"]
    first, second, *_others, last = [option.code for option in card.item.options]
    world.press(Qt.Key.Key_Down)
    assert card.answer() == first
    world.press(Qt.Key.Key_Down)
    assert card.answer() == second
    for _press in range(5):
        world.press(Qt.Key.Key_Right)
    assert card.answer() == last
    world.press(Qt.Key.Key_Tab)
    assert sheet.cards["2"].isAncestorOf(world.focus())
    world.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert world.focus() is card.choices[last]


def test_k6_counts_downwards_and_a_digit_is_what_the_answer_counts(world: FormsWorld) -> None:
    sheet = start(world, "k6")
    world.type("4 0")
    texts = [sheet.cards[link].choices[code].text() for link, code in sheet.answers().items()]
    assert texts == ["All of the time", "None of the time"]


def test_the_question_about_difficulty_comes_once_something_is_above_nothing(world: FormsWorld) -> None:
    sheet = start(world, "phq-9")
    extra = next(card for card in sheet.cards.values() if not card.item.scored)
    assert not extra.isVisible()
    world.type("0 1")
    assert extra.isVisible()
    world.type("0")
    assert not extra.isVisible()


# --- item 9 -----------------------------------------------------------------------------------------------------------


def test_item_9_above_0_shows_one_line_at_once_then_the_card_once(world: FormsWorld) -> None:
    world.ask(lambda journal: save_people(journal, [Person(uuid4(), "Ana", "555 0134"), Person(uuid4(), "Rui", "")]))
    sheet = start(world, "phq-9")
    world.type(EIGHT_ZEROS)
    assert AT_ITEM_9 not in lines_in_sight(sheet)
    world.type("1")
    assert AT_ITEM_9 in lines_in_sight(sheet)
    card = sheet.cards["9"]
    line = next(line for line in sheet.findChildren(HelpLine) if line.accessibleName() == AT_ITEM_9)
    assert card.isAncestorOf(line)
    world.type("0")
    assert AT_ITEM_9 not in lines_in_sight(sheet)
    world.type("1")

    world.press_button(AT_ITEM_9)
    help_now = world.sheet(HelpSheet)
    world.press(Qt.Key.Key_Escape)
    world.wait_closed(help_now)
    assert world.focus() is line  # the form is as it was
    assert responses(world.ask(lambda journal: journal))[0].status(world.clock.now()) is ResponseStatus.IN_PROGRESS

    world.press_button("Done")
    support = world.sheet(SupportSheet)
    wait_until(lambda: any("Ana" in words for words in words_of(support)))
    said = words_of(support)
    assert said[1] == (
        "Thank you for answering. Thoughts like these can come with a hard time, and you do not have to carry them "
        "alone. If you might act on them, call 911 or 988 now. Nobody sees this answer unless you share it: integrate "
        "cannot alert anyone."
    )
    assert any(
        words.replace("\u2066", "").replace("\u2069", "") == "Ana, 555 0134. May not answer at night." for words in said
    )
    assert not any("Rui" in words or "Total" in words or "risk" in words.lower() for words in said)
    assert support.panel.size() == world.window.size()
    world.press_button("Back to my journal")
    world.wait_closed(support)

    again = world.open_form("phq-9")  # another one begins with nothing, and the card does not come back
    assert lines_in_sight(again) == ["If any of this is hard, help is here: Help now."]
    assert not any(isinstance(one, SupportSheet) for one in world.sheets())


def test_preferring_not_to_answer_item_9_is_an_answer_and_leaves_no_total(world: FormsWorld) -> None:
    sheet = start(world, "phq-9")
    world.type(EIGHT_ZEROS)
    world.press(Qt.Key.Key_Up)
    assert sheet.cards["9"].answer() == DECLINED
    world.press_button("Done")
    question = world.sheet(Question)
    assert "Without an answer to every question there is no total." in words_of(question)
    assert world.focus() is question.buttons["back"]
    world.press(Qt.Key.Key_Return)
    world.wait_closed(question)
    assert sheet.isVisible()
    world.press_button("Done")
    world.press_button("Keep it like this")
    end = world.sheet(EndSheet)
    assert "Without an answer to every question there is no total." in words_of(end)
    (found,) = world.ask(read_scored).responses
    assert (found.score.total, found.score.declined) == (None, ("9",))


# --- in the middle ----------------------------------------------------------------------------------------------------


def test_a_form_that_is_closed_goes_on_and_a_lock_loses_no_answer(world: FormsWorld) -> None:
    start(world, "gad-7")
    world.type("1 2")
    world.press(Qt.Key.Key_Escape)
    again = start(world, "gad-7")
    assert len(again.answers()) == 2
    world.type(" 3")  # the second question was answered before; it is answered otherwise now
    world.lock()
    assert not any(one.findChildren(ItemCard) for one in world.window.findChildren(QuestionnaireSheet))
    world.unlock()
    third = world.open_form("gad-7")
    assert [third.cards[link].choices[code].text() for link, code in third.answers().items()] == [
        "Several days", "Nearly every day",
    ]  # fmt: skip
    assert len(world.ask(responses)) == 1


def test_a_program_that_dies_in_the_middle_has_kept_every_answer(world: FormsWorld) -> None:
    sheet = start(world, "phq-8")
    world.type("3 2 1")
    wait_until(lambda: sheet.state.words().startswith("Saved"))
    copy = world.sample.copy_to(world.sample.place.parent / "as it was.integrate")  # as the disk is at this moment
    with copy.open(clock=world.clock) as journal:
        (found,) = responses(journal)
    assert found.kept_status is ResponseStatus.IN_PROGRESS
    assert len(found.draft.answers) == 3


def test_it_never_says_saved_while_an_answer_is_on_its_way(world: FormsWorld) -> None:
    sheet = start(world, "phq-8")
    world.type("3")
    wait_until(lambda: sheet.state.words().startswith("Saved"))
    sheet.cards["2"].tab_stop().click()
    assert sheet.state.words() == "Saving…"
    wait_until(lambda: sheet.state.words().startswith("Saved"))


def test_looking_at_a_form_leaves_nothing_behind(world: FormsWorld) -> None:
    sheet = world.open_form("phq-9")
    world.press_button("Done")
    world.wait_closed(sheet)
    world.lock()
    with on_disk(world) as journal:
        assert responses(journal) == []
