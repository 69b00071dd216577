"""Share: what is chosen is in the file, what is not is not, and nothing marked never share is even offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel

from integrate.domain.sharing import DEFAULT_SECTIONS, Section
from integrate.journal.finding import get_entry
from integrate.journal.writing import Sitting, save_entry
from integrate.ui.layout import WidthClass
from integrate.ui.pages.share.choose_sheets import MeasuresSheet, PassageSheet
from integrate.ui.pages.share.preview_part import PageSheet
from integrate.ui.pages.share.sheets import PhraseSheet, RecipientSheet
from tests.ui.pages.share.share_world import CANARY, OPEN_WORDS, PHRASE, ShareWorld, write_entries, write_everything
from tests.ui.waiting import run_events, wait_until

TODAY = date(2026, 10, 8)


def shown_words(world: ShareWorld) -> str:
    return "\n".join(label.text() for label in world.program.window.findChildren(QLabel) if label.isVisible())


def test_at_first_nothing_is_chosen_and_the_preview_says_so(world: ShareWorld) -> None:
    world.prepare(write_everything)
    page = world.open_page()
    wait_until(lambda: not page._soon.isActive())
    assert page.chooser.selection().is_empty
    assert page.prepared is None
    assert page.preview.leaf.button is not None
    assert page.preview.leaf.button.accessibleName() == "Choose something on the left."
    assert not page.file.save_button.isEnabled()
    assert page.file.reason.words() == "Choose something first."


def test_an_empty_journal_offers_nothing_and_breaks_nothing(world: ShareWorld) -> None:
    page = world.open_page()
    assert page.chooser.entries.none.isVisible()
    assert page.ledger.none.isVisible()
    assert page.doings.paper.none.isVisibleTo(page)
    page.chooser.sections.boxes[Section.QUESTIONNAIRES].click()
    assert not page.chooser.sections.question.isVisible()  # there is nothing to ask about
    world.ready()
    assert page.prepared is not None
    assert page.prepared.responses == 0


def test_choosing_somebody_ticks_the_usual_once_and_shows_the_very_pages(world: ShareWorld) -> None:
    world.prepare(write_everything)
    page = world.open_page()
    world.choose("Ines")
    assert page.chooser.sections.sections() == DEFAULT_SECTIONS
    world.ready()
    assert page.preview.title.words() == "What Ines will see"
    wait_until(lambda: page.preview.leaf.view.image() is not None)
    image = page.preview.leaf.view.image()
    assert image is not None
    assert image.height() > image.width() > 200
    for box in page.chooser.sections.boxes.values():
        box.setChecked(False)
    world.choose("Nobody")
    world.choose("Ines")
    assert not page.chooser.sections.sections()  # what a person unticked stays unticked


def test_item_answers_are_asked_and_neither_answer_is_chosen_beforehand(world: ShareWorld) -> None:
    world.prepare(write_everything)
    page = world.open_page()
    world.choose("Ines")
    world.ready()
    question = page.chooser.sections.question
    assert question.isVisible()
    assert not question.include.isChecked()
    assert not question.totals.isChecked()
    assert not page.file.save_button.isEnabled()
    assert page.file.reason.words() == "Answer whether item answers are included first."
    assert page.doings.save() is None
    question.totals.click()
    world.ready()
    assert page.prepared is not None
    assert page.prepared.packet.selection.item_answers is False
    assert not any(one.response.draft.answers for form in page.prepared.packet.forms for one in form.responses)
    assert page.file.save_button.isEnabled()
    question.include.click()
    world.ready()
    assert page.chooser.selection().item_answers is True
    page.chooser.sections.boxes[Section.QUESTIONNAIRES].click()
    assert page.chooser.selection().item_answers is None


def test_never_share_entries_are_in_no_list_no_packet_and_no_sentence(world: ShareWorld) -> None:
    world.prepare(write_everything)
    page = world.open_page()
    page.chooser.entries.all_box.click()
    world.ready()
    assert page.prepared is not None
    assert page.prepared.entries == 2
    assert CANARY not in repr(page.prepared.packet)
    assert CANARY not in shown_words(world)
    assert "Entries marked Never share are not in this list." in shown_words(world)
    assert page.chooser.entries.chosen_words.words() == "2 of 2 chosen"


def test_an_entry_that_becomes_never_share_leaves_the_choice(world: ShareWorld) -> None:
    world.prepare(write_everything)
    page = world.open_page()
    entry_id = next(iter(page.chooser.entries.rows))
    page.chooser.entries.rows[entry_id].box.click()
    world.ready()
    assert page.prepared is not None
    assert page.prepared.entries == 1
    page.desk.write(
        page.desk,
        lambda journal: save_entry(
            journal, entry_id, replace(get_entry(journal, entry_id).as_draft(), never_share=True), Sitting()
        ),
    )
    wait_until(lambda: entry_id not in page.chooser.entries.rows)
    wait_until(lambda: not page.chooser.selection().entries)


def test_only_a_passage_to_the_letter(world: ShareWorld) -> None:
    world.prepare(write_everything)
    page = world.open_page()
    row = next(iter(page.chooser.entries.rows.values()))
    row.box.click()
    assert row.caption.words() == "Yesterday · whole entry"
    row.passage.click()
    sheet = world.sheet(PassageSheet)
    wait_until(lambda: bool(sheet.text.text()))
    assert not sheet.only.isEnabled()
    wanted = "I let it be \U0001f30a quiet.\nThen"
    cursor = sheet.text.edit.textCursor()
    cursor.setPosition(len("The kitchen was quiet.\n"))
    cursor.setPosition(len("The kitchen was quiet.\n") + len(wanted) + 1, cursor.MoveMode.KeepAnchor)  # a pair of units
    sheet.text.edit.setTextCursor(cursor)
    assert sheet.selected() == wanted
    assert sheet.selected() in OPEN_WORDS
    sheet.only.click()
    assert row.caption.words() == "Yesterday · 1 passage only"
    world.ready()
    assert page.prepared is not None
    (entry,) = page.prepared.packet.entries
    assert (entry.passages, entry.body, entry.summary.title) == ((wanted,), "", "")
    row.passage.click()
    again = world.sheet(PassageSheet)
    assert again.also.isVisible()
    again.whole.click()
    world.ready()
    assert page.prepared.packet.entries[0].body == OPEN_WORDS


def test_days_and_sessions_narrow_what_goes_along(world: ShareWorld) -> None:
    world.prepare(write_everything)
    page = world.open_page()
    days = page.chooser.days
    assert days.days() == (date(2026, 8, 20), TODAY)
    assert [chip.words() for chip in days.chips.values()] == ["1", "2"]
    next(iter(days.chips.values())).click()
    chosen = days.sessions()
    assert chosen is not None
    assert [ref.number for ref in chosen] == [2]
    page.chooser.sections.boxes[Section.SESSIONS].click()
    world.ready()
    assert page.prepared is not None
    assert page.prepared.sessions == 1
    day = TODAY - timedelta(days=1)
    days.first.setDate(QDate(day.year, day.month, day.day))
    wait_until(lambda: page._entries is None and len(page.chooser.entries.rows) == 1)
    assert not days.chips
    assert days.sessions() is None
    days.last.setDate(QDate(2026, 1, 1))
    assert page.reason() == "The last day is before the first."
    wait_until(lambda: page.preview.trouble.isVisible())
    assert page.preview.trouble.words() == "The last day is before the first."


def test_many_entries_come_some_at_a_time(world: ShareWorld) -> None:
    world.prepare(lambda journal: write_entries(journal, 45))
    page = world.open_page()
    page.chooser.days.first.setDate(QDate(2026, 1, 1))
    wait_until(lambda: page._entries is None and len(page.chooser.entries.rows) == 20)
    page.chooser.entries.more.click()
    wait_until(lambda: len(page.chooser.entries.rows) == 40)
    page.chooser.entries.more.click()
    wait_until(lambda: len(page.chooser.entries.rows) == 45)
    assert not page.chooser.entries.more.isVisible()


def test_a_measure_is_left_out_whole(world: ShareWorld) -> None:
    world.prepare(write_everything)
    page = world.open_page()
    page.chooser.sections.boxes[Section.MOOD].click()
    page.chooser.sections.measures.click()
    sheet = world.sheet(MeasuresSheet)
    first = next(iter(sheet.boxes))
    name = sheet.boxes[first].text()
    sheet.boxes[first].click()
    sheet.close()
    assert page.chooser.sections.measures.text() == "1 measure left out"
    world.ready()
    assert page.prepared is not None
    assert page.prepared.packet.measures_left_out == (name,)


def test_talk_lines_are_three_at_most_and_names_go_along(world: ShareWorld) -> None:
    world.prepare(write_everything)
    page = world.open_page()
    page.chooser.talk.field.set_text("one\ntwo\n\nthree\nfour")
    assert page.reason() == "What you want to talk about is up to three lines."
    page.chooser.talk.field.set_text("one\ntwo")
    page.chooser.names.pseudonym.edit.setText("Robin")
    page.chooser.names.replace.click()
    world.ready()
    assert page.prepared is not None
    packet = page.prepared.packet
    assert (packet.selection.talk, packet.author, packet.selection.replace_names) == (("one", "two"), "Robin", True)


def test_the_phrase_is_shown_on_demand_and_can_be_new_or_another(world: ShareWorld) -> None:
    world.prepare(write_everything)
    page = world.open_page()
    world.choose("Ines")
    phrase = page.file.phrase
    assert phrase.theirs.text() == "Use Ines's phrase"
    assert PHRASE not in shown_words(world)
    phrase.show_button.click()
    assert phrase.phrase.isVisible()
    assert PHRASE in shown_words(world)
    phrase.new_button.click()
    world.sheet(PhraseSheet).save_button.click()
    wait_until(lambda: world.person().phrase != PHRASE)
    assert len(world.person().phrase.split()) == 6
    phrase.another.click()
    assert not phrase.phrase.isVisible()
    assert phrase.phrase_to_use() == ""
    phrase.field.edit.setText("of my own")
    assert (phrase.phrase_to_use(), phrase.typed()) == ("of my own", True)


def test_somebody_is_added_and_a_weak_phrase_refused_without_losing_words(world: ShareWorld) -> None:
    page = world.open_page()
    combo = page.chooser.person.field.combo
    combo.activated.emit(combo.count() - 1)
    sheet = world.sheet(RecipientSheet)
    sheet.add_button.click()
    assert sheet.name.error()
    sheet.name.edit.setText("Dr Anand Rao")
    sheet.phrase.own.click()
    sheet.phrase.field.edit.setText("password")
    sheet.add_button.click()
    wait_until(lambda: sheet.said.isVisible())
    assert sheet.name.text() == "Dr Anand Rao"
    sheet.phrase.own.click()
    sheet.add_button.click()
    wait_until(lambda: page.person() is not None)
    assert len(world.person().phrase.split()) == 6
    assert page.file.phrase.phrase.isVisible()


def test_pages_are_turned_and_enlarged(world: ShareWorld) -> None:
    world.prepare(write_everything)
    page = world.open_page()
    world.choose("Ines")
    world.ready()
    wait_until(lambda: page.preview.leaf.view.image() is not None)
    assert page.prepared is not None
    count = page.prepared.pages.count
    assert count > 1
    page.preview.leaf.turner.on.click()
    assert page.preview.leaf.busy.text.words() == f"Preparing page 2 of {count}"
    button = page.preview.leaf.button
    assert button is not None
    wait_until(lambda: button.accessibleName().startswith("Page 2 of"))
    button.click()
    sheet = world.sheet(PageSheet)
    wait_until(lambda: sheet.leaf.view.image() is not None)
    small, large = page.preview.leaf.view.image(), sheet.leaf.view.image()
    assert small is not None
    assert large is not None
    assert large.width() > 2 * small.width()
    sheet.leaf.turner.back.click()
    wait_until(lambda: page.preview.leaf.number == 1)
    world.press(Qt.Key.Key_Escape)
    assert not world.sheets()


def test_narrow_windows_go_in_three_steps_and_medium_ones_have_preview(world: ShareWorld) -> None:
    world.prepare(write_everything)
    page = world.open_page()
    world.program.window.resize(1000, 700)
    run_events()
    assert page._width is WidthClass.MEDIUM
    assert page.preview_button.isVisible()
    assert not page.preview.isVisible()
    world.choose("Ines")
    world.ready()
    page.preview_button.click()
    sheet = world.sheet(PageSheet)
    wait_until(lambda: sheet.leaf.view.image() is not None)
    sheet.close()
    world.program.window.resize(720, 700)
    run_events()
    assert page.chooser.isVisible()
    assert not page.file.isVisible()
    page.next.click()
    assert page.preview.isVisible()
    assert not page.chooser.isVisible()
    wait_until(lambda: page.preview.leaf.view.image() is not None)
    page.next.click()
    assert page.file.isVisible()
    assert page.ledger.isVisible()
    assert not page.next.isVisible()


def test_after_a_lock_nothing_of_it_is_kept(world: ShareWorld) -> None:
    world.prepare(write_everything)
    page = world.open_page()
    world.choose("Ines")
    page.file.phrase.show_button.click()
    page.chooser.talk.field.set_text("about the bus")
    world.ready()
    words: list[str] = []
    page.destroyed.connect(lambda: words.append("gone"))
    world.lock()
    assert words == ["gone"]
