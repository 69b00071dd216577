"""Settings with the real program and a real journal: every choice takes effect at once, and is kept."""

from __future__ import annotations

import gc
import threading
import weakref
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from integrate.domain.entry import Phase
from integrate.domain.preferences import Preferences
from integrate.errors import DiskFull, WrongPassphrase, WrongWords
from integrate.journal.opening import ByKeyring, ByPassphrase, ByWords, Journal
from integrate.journal.preferences import change_preferences, read_preferences
from integrate.journal.prompts import add_own_prompt
from integrate.journal.secrets import keyring_is_on
from integrate.system.local_settings import read_settings
from integrate.ui.desk import Desk
from integrate.ui.layout import WidthClass
from integrate.ui.pages.settings.appearance import AppearanceSection
from integrate.ui.pages.settings.data import DataSection
from integrate.ui.pages.settings.help import HelpSection
from integrate.ui.pages.settings.keyring import KeyringSection
from integrate.ui.pages.settings.lock import LockSection
from integrate.ui.pages.settings.passphrase import PassphraseSection
from integrate.ui.pages.settings.rows import SettingRow
from integrate.ui.pages.settings.secret_sheet import SecretSheet
from integrate.ui.pages.settings.words_sheet import WordsSheet
from integrate.ui.pages.settings.writing import WritingSection
from integrate.ui.pages.settings.you import YouSection
from integrate.ui.platform import capture
from tests.conftest import PASSPHRASE
from tests.ui.pages.settings_world import SLOW, World, fill, section, sheets
from tests.ui.waiting import run_events, wait_until

NEW_PASSPHRASE = "seven small boats on the river"


def on_disk(world: World) -> Preferences:
    with world.journal() as journal:
        return read_preferences(journal)


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_list_is_one_stop_and_arrows_choose_a_section(opened: World) -> None:
    page = opened.page
    stops = [button for button in page.list.buttons() if button.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [button.text() for button in stops] == ["You"]
    opened.program.window.activateWindow()
    wait_until(opened.program.window.isActiveWindow)
    stops[0].setFocus()
    QTest.keyClick(stops[0], Qt.Key.Key_Down)
    assert page.current() == "lock"
    assert page.sections["lock"].isVisible()
    assert not page.sections["you"].isVisible()
    assert page.list.buttons()[1].hasFocus()
    QTest.keyClick(page.list.buttons()[1], Qt.Key.Key_End)
    assert page.current() == "about"


def test_a_narrow_window_shows_all_sections_below_each_other(opened: World) -> None:
    opened.program.window.resize(720, 560)
    run_events()
    page = opened.page
    assert all(part.isVisible() for part in page.sections.values())
    assert not page.list.isVisible()
    tops = [part.mapTo(page, part.rect().topLeft()).y() for part in page.sections.values()]
    assert tops == sorted(tops)
    page.set_width_class(WidthClass.WIDE)
    assert [name for name, part in page.sections.items() if part.isVisible()] == ["you"]


def test_nothing_is_wider_than_a_narrow_window_with_the_largest_text(opened: World) -> None:
    opened.program.window.resize(720, 560)
    opened.program.change_settings(text_size=200)
    run_events()
    area = opened.page.area
    assert area.widget().width() <= area.viewport().width()
    for row in opened.page.findChildren(SettingRow):
        assert row.minimumSizeHint().width() <= row.width()


def test_the_way_from_elsewhere_ends_at_the_button_that_makes_words(opened: World) -> None:
    opened.program.window.activateWindow()
    wait_until(opened.program.window.isActiveWindow)
    opened.shell.go("today")
    opened.shell.go("settings", section="recovery")
    assert opened.page.current() == "passphrase"
    assert section(opened, PassphraseSection).words.button.hasFocus()


def test_every_control_has_a_name_and_a_role(opened: World) -> None:
    opened.program.window.resize(720, 560)
    wait_until(lambda: bool(section(opened, WritingSection).spelling.menu.combo.count()))
    for widget in opened.page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            interface = QAccessible.queryAccessibleInterface(widget)
            name = interface.text(QAccessible.Text.Name)
            assert name or (isinstance(widget.parent(), QWidget) and widget.parent().accessibleName()), widget
            assert interface.role() != QAccessible.Role.NoRole


def test_locking_takes_the_page_with_everything_in_it(opened: World) -> None:
    page = weakref.ref(opened.page)
    sheet = weakref.ref(section(opened, PassphraseSection).open_passphrase())
    opened.lock()
    wait_until(lambda: gc.collect() >= 0 and page() is None and sheet() is None)


# --- you, lock, appearance, help now ----------------------------------------------------------------------------------


def test_the_name_is_kept_when_typing_pauses_and_when_the_page_is_left(opened: World) -> None:
    you = section(opened, YouSection)
    QTest.keyClicks(you.name.edit, "Sarah")
    wait_until(lambda: opened.page.desk.preferences.name == "Sarah")
    QTest.keyClicks(you.name.edit, " M")
    opened.shell.go("today")
    wait_until(lambda: opened.shell.current_page().desk.preferences.name == "Sarah M")
    opened.lock()
    assert on_disk(opened).name == "Sarah M"


def test_minutes_and_minimising_are_kept_inside_the_journal(opened: World) -> None:
    lock = section(opened, LockSection)
    lock.minutes.menu.combo.setCurrentIndex(3)
    lock.minutes.menu.combo.activated.emit(3)
    lock.minimised.switch.click()
    assert lock.minimised.note() == "On. Minimising the window locks the journal."
    wait_until(lambda: opened.page.desk.preferences.lock_on_minimise)
    assert opened.page.desk.preferences.idle_minutes == 10
    opened.lock()
    assert on_disk(opened) == replace(on_disk(opened), idle_minutes=10, lock_on_minimise=True)


def test_minutes_chosen_elsewhere_are_offered_too(world: World) -> None:
    fill(world, lambda journal: change_preferences(journal, idle_minutes=7))
    world.unlock()
    assert section(world, LockSection).minutes.menu.value() == 7


def test_blur_is_this_computers_and_capture_is_honest(opened: World) -> None:
    lock = section(opened, LockSection)
    lock.blur.switch.click()
    assert read_settings(opened.program.paths).blur_on_focus_loss
    if not capture.can_hide_from_capture():
        assert not lock.capture.isVisibleTo(lock)
        words = [row.note() for row in lock.findChildren(SettingRow) if row.title == "Screen captures"]
        assert words and "no" in words[0]


def test_the_lock_button_locks(opened: World) -> None:
    section(opened, LockSection).now.button.click()
    assert opened.program.window.scene() is not None
    wait_until(lambda: type(opened.program.window.scene()).__name__ == "LockScene")


def test_looks_change_at_once_and_keys_change_what_is_shown(opened: World) -> None:
    look = section(opened, AppearanceSection)
    look.look.menu.combo.activated.emit(2)
    assert opened.program.theme.scheme.dark
    look.stepper.larger.click()
    assert opened.program.theme.scale == pytest.approx(1.1)
    opened.program.perform("larger_text")
    assert look.stepper.value() == 120
    look.motion.switch.click()
    assert opened.program.theme.animation == 120, "it was reduced before"
    look.font_row.menu.combo.activated.emit(1)
    kept = read_settings(opened.program.paths)
    assert (kept.theme, kept.text_size, kept.reduced_motion, kept.ui_font) == ("dark", 120, False, "system")


def test_the_size_of_text_stops_at_both_ends(opened: World) -> None:
    look = section(opened, AppearanceSection)
    for _press in range(20):
        look.stepper.smaller.click()
    assert look.stepper.value() == 90
    for _press in range(20):
        look.stepper.larger.click()
    assert look.stepper.value() == 200


def test_a_country_is_chosen_outside_the_journal(opened: World) -> None:
    part = section(opened, HelpSection)
    wait_until(lambda: part.country.menu.combo.count() > 1)
    assert part.country.menu.combo.currentText() == "Not chosen yet"
    part.country.menu.combo.activated.emit(1)
    assert read_settings(opened.program.paths).country not in ("", "elsewhere")


# --- passphrase and recovery words ------------------------------------------------------------------------------------


def type_new(sheet: SecretSheet, current: str, new: str, again: str) -> None:
    sheet.current.edit.setText(current)
    sheet.new.first.edit.setText(new)
    sheet.new.second.edit.setText(again)


def test_the_new_passphrase_opens_the_journal_and_the_old_one_does_not(world: World) -> None:
    world.unlock(world.sample.by_passphrase)
    sheet = section(world, PassphraseSection).open_passphrase()
    assert sheet.reason.words() == "Type your current passphrase to go on."
    assert not sheet.go_on.isEnabled()
    type_new(sheet, PASSPHRASE, NEW_PASSPHRASE, "something else")
    assert sheet.reason.words() == "The two are not the same yet."
    sheet.new.second.edit.setText(NEW_PASSPHRASE)
    assert sheet.go_on.isEnabled()
    gone: list[bool] = []
    sheet.closed.connect(lambda: gone.append(True))
    sheet.go_on.click()
    wait_until(lambda: bool(gone), SLOW)
    world.lock()
    with world.journal(ByPassphrase(NEW_PASSPHRASE)):
        pass
    with pytest.raises(WrongPassphrase), world.journal(ByPassphrase(PASSPHRASE)):
        pass


def test_a_wrong_current_passphrase_is_said_at_its_field_and_changes_nothing(world: World) -> None:
    world.unlock(world.sample.by_passphrase)
    sheet = section(world, PassphraseSection).open_passphrase()
    type_new(sheet, "not this one at all", NEW_PASSPHRASE, NEW_PASSPHRASE)
    sheet.submit()
    assert sheet.current.edit.isReadOnly()
    wait_until(lambda: bool(sheet.current.error()), SLOW)
    assert sheet.current.error().startswith("That is not the current passphrase.")
    assert sheet.go_on.isEnabled() and not sheet.current.edit.isReadOnly()
    world.lock()
    with world.journal(ByPassphrase(PASSPHRASE)):
        pass


def test_what_was_typed_is_wiped_when_the_sheet_closes(opened: World) -> None:
    sheet = section(opened, PassphraseSection).open_passphrase()
    type_new(sheet, PASSPHRASE, NEW_PASSPHRASE, NEW_PASSPHRASE)
    edits = sheet.findChildren(QLineEdit)
    sheet.close()
    assert [edit.text() for edit in edits] == ["", "", ""]


def words_of(sheet: WordsSheet) -> tuple[str, ...]:
    return sheet._words


def test_new_words_take_over_only_when_two_of_them_were_typed_back(opened: World) -> None:
    part = section(opened, PassphraseSection)
    wait_until(lambda: part.words.note() == "This journal has recovery words.")
    sheet = part.open_words()
    sheet.current.edit.setText(PASSPHRASE)
    sheet.submit()
    wait_until(sheet.showing_words, SLOW)
    words = words_of(sheet)
    assert "Type words" in sheet.reason.words() and not sheet.go_on.isEnabled()
    for number, field in zip(sheet.word_check.asked, sheet.word_check.fields, strict=True):
        field.edit.setText(words[number - 1].upper())
    assert sheet.reason.words() == "Tick the box to go on."
    sheet.word_check.understood.click()
    gone: list[bool] = []
    sheet.closed.connect(lambda: gone.append(True))
    sheet.submit()
    wait_until(lambda: bool(gone), SLOW)
    opened.lock()
    with opened.journal(ByWords(" ".join(words))):
        pass
    with pytest.raises(WrongWords), opened.journal(opened.sample.by_words):
        pass


def test_closing_before_the_check_leaves_the_earlier_words_in_force(opened: World) -> None:
    sheet = section(opened, PassphraseSection).open_words()
    sheet.current.edit.setText(PASSPHRASE)
    sheet.submit()
    wait_until(sheet.showing_words, SLOW)
    words = words_of(sheet)
    sheet.close()
    assert words_of(sheet) == ()
    opened.lock()
    with opened.journal(opened.sample.by_words):
        pass
    with pytest.raises(WrongWords), opened.journal(ByWords(" ".join(words))):
        pass


# --- keyring ----------------------------------------------------------------------------------------------------------


def test_the_keyring_is_off_until_it_is_switched_on_and_then_opens(world: World) -> None:
    world.unlock(world.sample.by_passphrase)
    row = section(world, KeyringSection).row
    assert not row.is_on() and row.note().endswith("Off. Your passphrase is asked every time.")
    row.switch.click()
    wait_until(lambda: bool(world.store.kept) and row.is_on() and not section(world, KeyringSection)._waiting, SLOW)
    world.lock()
    with world.journal(ByKeyring(world.store)) as journal:
        assert keyring_is_on(journal)
    world.unlock(world.sample.by_passphrase)
    row = section(world, KeyringSection).row
    wait_until(row.is_on)
    row.switch.click()
    wait_until(lambda: not world.store.kept and not section(world, KeyringSection)._waiting, SLOW)
    assert not row.is_on()


def test_whoever_did_not_type_the_passphrase_is_asked_for_it(opened: World) -> None:
    part = section(opened, KeyringSection)
    part.row.switch.click()
    wait_until(lambda: bool(sheets(opened)), SLOW)
    assert not part.row.is_on()
    sheet = sheets(opened)[0]
    assert isinstance(sheet, SecretSheet)
    sheet.current.edit.setText(PASSPHRASE)
    sheet.submit()
    wait_until(part.row.is_on, SLOW)
    assert opened.store.kept


def test_a_keyring_that_refuses_is_told_in_the_row(world: World) -> None:
    world.store.refusal = "It is locked and was not unlocked."
    world.unlock(world.sample.by_passphrase)
    row = section(world, KeyringSection).row
    row.switch.click()
    wait_until(lambda: bool(row.error()), SLOW)
    assert "It is locked and was not unlocked." in row.error()
    assert not row.is_on()


def test_a_keyring_that_hangs_keeps_nothing_but_the_switch_waiting(world: World) -> None:
    go = threading.Event()
    kept = world.store.store

    def hang(vault_id: str, secret: bytes) -> None:
        go.wait(SLOW)
        kept(vault_id, secret)

    world.store.store = hang  # type: ignore[method-assign]  # a keyring that does not answer yet
    world.unlock(world.sample.by_passphrase)
    part = section(world, KeyringSection)
    world.page.show_section("keyring")
    part.row.switch.click()
    assert part.row._busy.isVisible()
    part.row.switch.click()
    assert not part.row.is_on(), "a second press while it is being asked changes nothing"
    world.page.show_section("lock")
    assert world.page.current() == "lock"
    go.set()
    wait_until(part.row.is_on, SLOW)
    assert not part.row._busy.isVisibleTo(part.row)


# --- when it is not possible ------------------------------------------------------------------------------------------


def test_a_journal_open_to_read_only_says_so_beside_all_that_writes(world: World) -> None:
    fill(world, lambda journal: add_own_prompt(journal, "What was kind today?", Phase.INTEGRATE))
    world.unlock(read_only=True)
    wait_until(lambda: bool(section(world, WritingSection).own.prompts()))
    reason = "This journal is open to read only."
    writing, data = section(world, WritingSection), section(world, DataSection)
    rows = (
        section(world, LockSection).minutes, section(world, PassphraseSection).change,
        section(world, PassphraseSection).words, section(world, KeyringSection).row, writing.prompts, writing.spelling,
        data.move_row, data.erase,
    )  # fmt: skip
    for row in rows:
        assert not row.control.isEnabled(), row.title
        assert row.note().endswith(reason), row.title
    assert section(world, YouSection).name.edit.isReadOnly()
    assert not any(button.isEnabled() for button in writing.own.findChildren(QAbstractButton))
    assert section(world, AppearanceSection).stepper.isEnabled()
    assert data.back_up.button.isEnabled()


def test_what_the_disk_refuses_is_told_and_the_switch_shows_what_holds(
    opened: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_journal: Journal, **_changes: object) -> None:
        raise DiskFull

    monkeypatch.setattr("integrate.ui.desk.change_preferences", refuse)
    told: list[Exception] = []
    desk: Desk = opened.page.desk
    desk.trouble.connect(told.append)
    row = section(opened, LockSection).minimised
    row.switch.click()
    wait_until(lambda: bool(told))
    assert not row.is_on()
    assert opened.shell._banner is not None
