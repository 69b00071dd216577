"""The lock screen with a real journal: opening, wrong tries, trouble, the keyring."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from integrate.errors import DatabaseDamaged, NewerVersion, OutOfMemory
from integrate.journal.opening import Access
from integrate.journal.secrets import turn_keyring_on
from integrate.system.clock import FixedClock
from integrate.ui.pages.lock.page import LockScene
from integrate.ui.scene import Scene
from tests.conftest import PASSPHRASE, Sample
from tests.ui.pages.door import EVENING, DoorProgram, button, door_program, press, says, squeezed, type_into, untold
from tests.ui.waiting import wait_until


class MemoryStore:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def store(self, vault_id: str, secret: bytes) -> None:
        self.kept[vault_id] = secret

    def fetch(self, vault_id: str) -> bytes | None:
        return self.kept.get(vault_id)

    def remove(self, vault_id: str) -> None:
        self.kept.pop(vault_id, None)


@pytest.fixture
def program(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[DoorProgram]:
    with door_program(app, tmp_path, sample.place) as made:
        yield made


def scene_of(program: DoorProgram) -> LockScene:
    scene = program.window.scene()
    assert isinstance(scene, LockScene)
    return scene


def field_of(program: DoorProgram) -> QWidget:
    return scene_of(program).heading()


def unlock_with(program: DoorProgram, passphrase: str) -> None:
    field = field_of(program)
    field.clear()
    type_into(field, passphrase)
    press(field, Qt.Key.Key_Return)


def wait_for_answer(program: DoorProgram) -> None:
    wait_until(lambda: bool(program.opened) or not scene_of(program)._door.field.edit.isReadOnly())


def test_the_passphrase_opens_the_journal_to_write(program: DoorProgram) -> None:
    scene = scene_of(program)
    unlock_with(program, PASSPHRASE)
    assert says(scene, "Opening your journal. This takes a second or two on purpose.")
    assert scene._door.field.text() == PASSPHRASE, "it stays until the journal is open"
    wait_until(lambda: bool(program.opened))
    assert program.opened[0].access is Access.WRITE
    assert scene._secret is None


def test_what_was_typed_goes_with_the_scene(program: DoorProgram) -> None:
    scene = scene_of(program)
    type_into(field_of(program), "half a passphr")
    program.window.show_scene(Scene())
    assert scene._door.field.text() == ""


def test_a_wrong_passphrase_stays_selected_and_the_third_one_mentions_the_words(program: DoorProgram) -> None:
    for tries in (1, 2, 3):
        unlock_with(program, "not the passphrase")
        wait_for_answer(program)
        field = scene_of(program)._door.field
        assert field.error().startswith("That did not open the journal. Check Caps Lock and the keyboard layout")
        assert field.error().endswith("then try again. Nothing is deleted after wrong tries.") is (tries < 3)
        assert field.error().endswith("You can also use your recovery words.") is (tries == 3)
        assert field.edit.selectedText() != "" and field.edit.hasFocus()
        assert field.edit.accessibleDescription() == field.error()
    assert not program.opened
    type_into(field_of(program), PASSPHRASE)  # replaces what is selected
    press(field_of(program), Qt.Key.Key_Return)
    wait_until(lambda: bool(program.opened))


def test_while_the_earlier_journal_is_being_sealed_unlocking_waits(program: DoorProgram) -> None:
    scene = scene_of(program)
    scene.set_closing(True)
    unlock_with(program, PASSPHRASE)
    program.settle()
    assert says(scene, "Locking…") and not program.opened
    scene.set_closing(False)
    wait_until(lambda: bool(program.opened))


def test_the_field_has_the_focus_and_help_now_works_without_a_passphrase(program: DoorProgram) -> None:
    assert field_of(program).hasFocus()
    button(program.window, "Help now").click()
    assert program.helped == 1


def test_caps_lock_is_said_as_soon_as_it_shows(program: DoorProgram) -> None:
    type_into(field_of(program), "a")
    assert not says(program.window, "Caps Lock is on.")
    field = field_of(program)
    QApplication.sendEvent(field, _letter("B", Qt.KeyboardModifier.NoModifier))
    assert says(program.window, "Caps Lock is on.")
    QApplication.sendEvent(field, _letter("C", Qt.KeyboardModifier.ShiftModifier))
    assert not says(program.window, "Caps Lock is on.")


def _letter(text: str, modifiers: Qt.KeyboardModifier) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, ord(text.upper()), modifiers, text)


def test_the_name_is_only_told_of_a_journal_that_lies_elsewhere(
    app: QApplication, sample: Sample, tmp_path: Path
) -> None:
    with door_program(app, tmp_path, sample.place) as program:
        assert says(program.window, "Journal")
    usual = tmp_path / "b" / "data" / "My journal.integrate"
    usual.parent.mkdir(parents=True)
    sample.copy_to(usual)
    with door_program(app, tmp_path / "b", usual) as program:
        assert not says(program.window, "My journal")


def test_a_journal_open_elsewhere_can_be_read_here(program: DoorProgram, sample: Sample) -> None:
    with sample.open():
        unlock_with(program, PASSPHRASE)
        wait_for_answer(program)
        wait_until(lambda: says(program.window, "Your journal is already open in another window."))
        assert says(program.window, "Only one window can write at a time, to keep your words safe.")
        button(program.window, "Go to that window").click()
        wait_until(lambda: says(program.window, "This desktop does not let one window call another to the front."))
        assert not [b for b in program.window.findChildren(QWidget) if _visible_text(b) == "Go to that window"]
        button(program.window, "Open here, to read only").click()
        wait_until(lambda: bool(program.opened))
    assert program.opened[0].access is Access.READ


def _visible_text(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return text() if callable(text) and widget.isVisible() and hasattr(widget, "click") else ""


def test_from_a_damaged_journal_the_last_good_copy_opens_beside_it(program: DoorProgram, sample: Sample) -> None:
    database = sample.place / "vault.db"
    damaged = bytes(4096) + database.read_bytes()[4096:]
    database.write_bytes(damaged)
    unlock_with(program, PASSPHRASE)
    wait_until(lambda: says(program.window, "Your last good copy is from"))
    assert says(program.window, "Nothing has been changed.")
    button(program.window, "Open that copy to read").click()
    wait_until(lambda: program.place != sample.place)
    assert program.place.parent == sample.place.parent
    assert program.place.name.startswith("Journal (copy of ")
    assert database.read_bytes() == damaged, "nothing of the damaged journal may be changed"
    unlock_with(program, PASSPHRASE)
    wait_until(lambda: bool(program.opened))


def test_what_can_be_read_is_offered_where_it_makes_sense(program: DoorProgram) -> None:
    scene = scene_of(program)
    scene._failed(DatabaseDamaged())
    wait_until(lambda: says(program.window, "Part of the journal could not be read."))
    assert button(program.window, "Show what can be read")
    press(field_of(program), Qt.Key.Key_Backtab)
    assert button(program.window, "Show the files").hasFocus(), "Tab goes as the eye does"
    button(program.window, "Show the files").click()
    wait_until(lambda: says(program.window, str(program.place)))
    press(QApplication.focusWidget() or program.window, Qt.Key.Key_Escape)
    button(program.window, "Show what can be read").click()
    assert says(program.window, "Type your passphrase and press Unlock first")


@pytest.mark.parametrize("error", [OutOfMemory(mebibytes=256), NewerVersion()])
def test_other_trouble_is_told_in_its_own_words(program: DoorProgram, error: Exception) -> None:
    scene_of(program)._failed(error)
    for sentence in error.sentences():  # type: ignore[attr-defined]  # both are known errors
        assert says(program.window, sentence)
    assert not says(program.window, "`")


def test_a_bug_is_told_as_one(program: DoorProgram) -> None:
    scene_of(program)._failed(RuntimeError("of ours"))
    assert says(program.window, "This is a bug, not your mistake.") and not says(program.window, "of ours")


def test_a_folder_that_holds_no_journal_is_said(app: QApplication, tmp_path: Path) -> None:
    place = tmp_path / "Empty.integrate"
    place.mkdir()
    with door_program(app, tmp_path, place) as program:
        wait_until(lambda: says(program.window, "Your journal is not there"))
        assert not field_of(program).isVisible()
        button(program.window, "Start a new journal").click()
        assert not isinstance(program.window.scene(), LockScene)


def test_the_keyring_opens_at_the_start_and_only_there(app: QApplication, sample: Sample, tmp_path: Path) -> None:
    store = MemoryStore()
    with sample.open(clock=FixedClock(EVENING)) as journal:
        turn_keyring_on(journal, store, current=PASSPHRASE)
    with door_program(app, tmp_path, sample.place, key_store=store) as program:
        wait_until(lambda: bool(program.opened))
        program.opened.clear()
        program.show_lock()
        scene = scene_of(program)
        wait_until(scene._door.keyring.isVisible)
        assert not program.opened


def test_a_keyring_without_the_key_asks_for_the_passphrase(app: QApplication, sample: Sample, tmp_path: Path) -> None:
    store = MemoryStore()
    with sample.open() as journal:
        turn_keyring_on(journal, store, current=PASSPHRASE)
    store.kept.clear()
    with door_program(app, tmp_path, sample.place, key_store=store) as program:
        wait_until(lambda: says(program.window, "This computer's keyring holds no key for this journal."))
        assert says(program.window, "Please type your passphrase this time.")
        unlock_with(program, PASSPHRASE)
        wait_until(lambda: bool(program.opened))


def test_an_answer_for_a_scene_that_is_gone_is_left_alone(program: DoorProgram) -> None:
    unlock_with(program, "not the passphrase")
    program.show_lock()
    program.settle()
    assert not scene_of(program)._door.field.error()


def test_every_control_has_a_name_and_a_role(program: DoorProgram) -> None:
    assert not untold(program)


def test_the_keyboard_alone_reaches_everything(program: DoorProgram) -> None:
    seen = set()
    for _step in range(12):
        press(QApplication.focusWidget() or program.window, Qt.Key.Key_Tab)
        seen.add(_visible_text(QApplication.focusWidget() or program.window))
    assert {"Unlock", "I forgot my passphrase", "Open another journal…", "Help now"} <= seen


@pytest.mark.parametrize("size", [(1280, 832), (960, 640), (720, 560)])
@pytest.mark.parametrize("text_size", [100, 200])
def test_nothing_is_cut_off(
    app: QApplication, sample: Sample, tmp_path: Path, size: tuple[int, int], text_size: int
) -> None:
    with door_program(app, tmp_path, sample.place, size=size, text_size=text_size) as program:
        scene = scene_of(program)
        scene._failed(DatabaseDamaged())
        wait_until(lambda: says(program.window, "Part of the journal could not be read."))
        scene._door.say_wrong("That did not open the journal. " * 4)
        program.settle()
        assert squeezed(scene) == []
        assert scene._content.width() <= scene._scroll.viewport().width()
        help_now = button(program.window, "Help now")
        assert program.window.rect().contains(help_now.geometry().translated(help_now.parentWidget().pos()))


def test_the_lock_screen_loads_nothing_heavy() -> None:
    heavy = (
        *("sqlalchemy", "sqlcipher3", "keyring", "zxcvbn", "mnemonic", "PySide6.QtPrintSupport", "PySide6.QtDBus"),
        *("click", "tomllib", "zoneinfo", "integrate.domain.entry", "integrate.journal"),
    )
    code = (
        "import integrate.ui.pages.lock.page, integrate.ui.program, sys; "
        f"print([m for m in {heavy!r} if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.strip() == "[]"
