"""The forgotten passphrase, with a real journal and its twelve words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.errors import WrongPassphrase
from integrate.journal.opening import Access, ByPassphrase, create_journal, open_journal
from integrate.storage import kdf
from integrate.ui.pages.lock.page import LockScene
from integrate.ui.pages.lock.recover import RecoverPanel
from integrate.ui.pages.welcome.page import WelcomeScene
from tests.conftest import PASSPHRASE, Sample
from tests.ui.pages.door import DoorProgram, button, door_program, press, says, squeezed, type_into
from tests.ui.waiting import wait_until

NEW = "seven quiet herons at dusk"


@pytest.fixture
def program(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[DoorProgram]:
    with door_program(app, tmp_path, sample.place) as made:
        yield made


def recovery(program: DoorProgram) -> RecoverPanel:
    program.settle()
    button(program.window, "I forgot my passphrase").click()
    scene = program.window.scene()
    assert isinstance(scene, LockScene) and scene._recover is not None
    wait_until(lambda: bool(scene._recover.words._list.stringList()))
    return scene._recover


def paste(panel: RecoverPanel, text: str, field: int = 0) -> None:
    QApplication.clipboard().setText(text)
    panel.words.fields[field].edit.setFocus()
    QTest.keySequence(panel.words.fields[field].edit, "Ctrl+V")
    QApplication.clipboard().clear()


def test_the_words_and_a_new_passphrase_open_the_journal(program: DoorProgram, sample: Sample) -> None:
    panel = recovery(program)
    assert says(program.window, "Type the twelve words from your paper, in order. Then you choose a new passphrase.")
    paste(panel, sample.words)
    assert [field.text() for field in panel.words.fields] == sample.words.split()
    type_into(panel.passphrase.first.edit, NEW)
    type_into(panel.passphrase.second.edit, NEW)
    press(panel.passphrase.second.edit, Qt.Key.Key_Return)
    assert says(program.window, "Opening with your words.")
    wait_until(lambda: bool(program.opened))
    assert program.opened[0].access is Access.WRITE
    open_journal(sample.place, ByPassphrase(NEW)).close()
    with pytest.raises(WrongPassphrase):
        open_journal(sample.place, ByPassphrase(PASSPHRASE))


def test_a_numbered_list_is_spread_from_whatever_field_it_lands_in(program: DoorProgram, sample: Sample) -> None:
    panel = recovery(program)
    listed = "\n".join(f"{number}. {word.upper()}" for number, word in enumerate(sample.words.split(), 1))
    paste(panel, listed, field=4)
    assert panel.words.text() == sample.words


def test_space_and_enter_go_on_to_the_next_word(program: DoorProgram) -> None:
    panel = recovery(program)
    edits = [field.edit for field in panel.words.fields]
    type_into(edits[0], "zoo ")
    assert edits[0].text() == "zoo" and edits[1].hasFocus()
    QTest.keyClicks(edits[1], "able")
    press(edits[1], Qt.Key.Key_Return)
    assert edits[2].hasFocus()


def test_completions_wait_for_a_pause_and_one_of_them_can_be_chosen(program: DoorProgram) -> None:
    panel = recovery(program)
    words, edits = panel.words, [field.edit for field in panel.words.fields]
    edits[0].setFocus()
    for letter in "kid":
        QTest.keyClicks(edits[0], letter)
        assert not words._popup.isVisible(), "who types on needs none"
    wait_until(words._popup.isVisible)
    QTest.keyClicks(words._popup, "n")
    assert edits[0].text() == "kidn"
    QTest.keyClick(words._popup, Qt.Key.Key_Down)
    QTest.keyClick(words._popup, Qt.Key.Key_Return)
    assert edits[0].text() == "kidney" and edits[1].hasFocus() and not words._popup.isVisible()
    type_into(edits[1], "zzz")
    wait_until(lambda: not words._pause.isActive())
    assert not words._popup.isVisible(), "there is no such word"


def test_nothing_of_a_word_is_left_in_the_completions(program: DoorProgram) -> None:
    panel = recovery(program)
    type_into(panel.words.fields[0].edit, "kid")
    wait_until(panel.words._popup.isVisible)
    panel.words.wipe()
    assert panel.words._completer.completionPrefix() == "" and not panel.words._popup.isVisible()


def test_words_in_another_order_are_refused_and_nothing_is_lost(program: DoorProgram, sample: Sample) -> None:
    panel = recovery(program)
    words = sample.words.split()
    paste(panel, " ".join(["zzzz", *words[1:]]))
    type_into(panel.passphrase.first.edit, NEW)
    type_into(panel.passphrase.second.edit, NEW)
    panel.go_on.click()
    wait_until(lambda: says(program.window, "Word 1 is not on the list."))
    assert says(program.window, "Nothing is deleted after wrong tries.")
    assert panel.words.fields[1].text() == words[1] and panel.passphrase.text() == NEW
    assert panel.words.fields[0].edit.hasFocus()


def test_what_is_missing_stands_beside_the_button(program: DoorProgram, sample: Sample) -> None:
    panel = recovery(program)
    assert panel.reason.words() == "12 words are missing." and not panel.go_on.isEnabled()
    paste(panel, " ".join(sample.words.split()[:11]))
    assert panel.reason.words() == "1 word is missing."
    type_into(panel.words.fields[11].edit, "zoo")
    type_into(panel.passphrase.first.edit, "short")
    assert panel.reason.words() == "A passphrase needs at least 10 characters."
    assert panel.go_on.accessibleDescription() == panel.reason.words()


def test_escape_goes_back_and_wipes(program: DoorProgram, sample: Sample) -> None:
    panel = recovery(program)
    paste(panel, sample.words)
    press(panel.words.fields[3].edit, Qt.Key.Key_Escape)
    scene = program.window.scene()
    assert isinstance(scene, LockScene) and scene._recover is None
    assert panel.words.text().strip() == "" and scene.heading().hasFocus()


def test_without_the_words_it_is_said_plainly(program: DoorProgram) -> None:
    recovery(program)
    button(program.window, "I do not have the words").click()
    sentence = (
        "Without the passphrase or the words, nobody can open this journal, and we are sorry. "
        "It stays on this computer, unchanged, in case you find them."
    )
    assert says(program.window, sentence)
    button(program.window, "Keep it and start a new journal").click()
    wait_until(lambda: isinstance(program.window.scene(), WelcomeScene))
    assert program.place.exists()


def test_a_journal_without_words_says_so_at_once(app: QApplication, tmp_path: Path) -> None:
    place = tmp_path / "Wordless.integrate"
    create_journal(place, PASSPHRASE, recovery=False, cost=kdf.FLOOR)
    with door_program(app, tmp_path, place) as program:
        program.settle()
        scene = program.window.scene()
        assert isinstance(scene, LockScene)
        wait_until(lambda: scene._info is not None)
        button(program.window, "I forgot my passphrase").click()
        assert says(program.window, "This journal has no recovery words yet.")
        button(program.window, "Back").click()
        assert scene.heading().hasFocus()


@pytest.mark.parametrize(("size", "text_size"), [((1280, 832), 100), ((1280, 832), 200), ((720, 560), 200)])
def test_nothing_is_cut_off(
    app: QApplication, sample: Sample, tmp_path: Path, size: tuple[int, int], text_size: int
) -> None:
    with door_program(app, tmp_path, sample.place, size=size, text_size=text_size) as program:
        recovery(program)
        program.settle()
        scene = program.window.scene()
        assert isinstance(scene, LockScene)
        assert squeezed(scene) == []
        assert scene._content.width() <= scene._scroll.viewport().width()
