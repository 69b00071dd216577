from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QToolButton,
    QWidget,
)

from integrate.ui.platform import dialogs
from integrate.ui.platform.dialogs import FileDialog
from tests.helpers.secret_service import bare_environment
from tests.ui.platform.waiting import holds_within

PICTURES = ("Pictures (*.png)",)


@pytest.fixture
def window(application: QApplication) -> Iterator[QWidget]:
    made = QWidget()
    made.show()
    yield made
    made.close()
    made.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.png").write_bytes(b"picture")
    (tmp_path / "b.png").write_bytes(b"picture")
    (tmp_path / "sub").mkdir()
    return tmp_path


def enter(dialog: FileDialog, name: str) -> None:
    """Type a name and press Return, as a person does."""
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    assert holds_within(line.hasFocus, 2000)
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, name)
    QTest.keyClick(line, Qt.Key.Key_Return)


def is_gone(dialog: FileDialog) -> bool:
    return holds_within(lambda: not shiboken6.isValid(dialog), 2000)


def said(dialog: FileDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_a_file_is_chosen_and_the_dialog_is_destroyed(window: QWidget, folder: Path) -> None:
    chosen: list[Path] = []
    dialog = dialogs.open_file(window, "Add a picture", folder, PICTURES, chosen.append)
    assert dialog.isVisible()
    enter(dialog, "a.png")
    assert chosen == [folder / "a.png"]
    assert is_gone(dialog)


def test_several_files_are_chosen(window: QWidget, folder: Path) -> None:
    chosen: list[tuple[Path, ...]] = []
    dialog = dialogs.open_files(window, "Add pictures", folder, PICTURES, chosen.append)
    enter(dialog, '"a.png" "b.png"')
    assert [set(paths) for paths in chosen] == [{folder / "a.png", folder / "b.png"}]
    assert is_gone(dialog)


def test_a_missing_file_is_told_in_the_dialog(window: QWidget, folder: Path) -> None:
    chosen: list[Path] = []
    dialog = dialogs.open_file(window, "Add a picture", folder, PICTURES, chosen.append)
    enter(dialog, "none.png")
    assert dialog.isVisible()
    assert "There is no file of that name here." in said(dialog)
    enter(dialog, "a.png")
    assert chosen == [folder / "a.png"]


def test_a_folder_is_entered_not_chosen_where_a_file_is_asked_for(window: QWidget, folder: Path) -> None:
    chosen: list[Path] = []
    dialog = dialogs.open_file(window, "Add a picture", folder, PICTURES, chosen.append)
    enter(dialog, "sub")
    assert dialog.isVisible()
    assert Path(dialog.directory().path()) == folder / "sub"
    assert not chosen


def test_a_new_file_gets_the_suggested_ending_and_no_taken_name(window: QWidget, folder: Path) -> None:
    chosen: list[Path] = []
    dialog = dialogs.save_file(window, "Save a copy", folder / "copy.png", PICTURES, chosen.append)
    assert dialog.selectedFiles() == [str(folder / "copy.png")]
    enter(dialog, "a")
    assert "already a file of that name" in said(dialog)
    assert not any(isinstance(widget, QMessageBox) for widget in QApplication.topLevelWidgets())
    enter(dialog, "new")
    assert chosen == [folder / "new.png"]
    assert (folder / "a.png").read_bytes() == b"picture"


def test_a_folder_is_chosen(window: QWidget, folder: Path) -> None:
    chosen: list[Path] = []
    dialog = dialogs.choose_folder(window, "Where copies go", folder, chosen.append)
    enter(dialog, "nowhere")
    assert "There is no folder of that name here." in said(dialog)
    enter(dialog, "sub")
    assert chosen == [folder / "sub"]


def test_a_new_folder_can_be_made(window: QWidget, folder: Path) -> None:
    dialog = dialogs.choose_folder(window, "Where copies go", folder, lambda _path: None)
    button = dialog.findChild(QToolButton, "newFolderButton")
    assert isinstance(button, QToolButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert holds_within(lambda: len([path for path in folder.iterdir() if path.is_dir()]) == 2, 2000)


@pytest.mark.parametrize("how", ["close", "reject"])
def test_a_closed_dialog_chooses_nothing(window: QWidget, folder: Path, how: str) -> None:
    chosen: list[Path] = []
    dialog = dialogs.open_file(window, "Add a picture", folder, PICTURES, chosen.append)
    getattr(dialog, how)()
    assert is_gone(dialog)
    assert not chosen


def test_a_window_that_goes_takes_its_dialog_along(application: QApplication, folder: Path) -> None:
    window = QWidget()
    dialog = dialogs.open_file(window, "Add a picture", folder, PICTURES, lambda _path: None)
    window.deleteLater()
    del window
    assert is_gone(dialog)


def test_nothing_can_be_deleted_or_renamed(window: QWidget, folder: Path) -> None:
    dialog = dialogs.open_file(window, "Add a picture", folder, PICTURES, lambda _path: None)
    assert holds_within(lambda: bool(view_of(dialog).model().rowCount(view_of(dialog).rootIndex())), 2000)
    view = view_of(dialog)
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0, view.rootIndex()))
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_F2):
        QTest.keyClick(view, key)
    assert view.state() is not QAbstractItemView.State.EditingState
    assert not QApplication.activeModalWidget() or QApplication.activeModalWidget() is dialog
    for name in ("qt_delete_action", "qt_rename_action"):
        action = dialog.findChild(QAction, name)
        assert isinstance(action, QAction)
        assert not action.isEnabled()
    assert {path.name for path in folder.iterdir()} == {"a.png", "b.png", "sub"}


def view_of(dialog: FileDialog) -> QAbstractItemView:
    for name in ("treeView", "listView"):
        view = dialog.findChild(QAbstractItemView, name)
        if isinstance(view, QAbstractItemView) and view.isVisible():
            return view
    raise AssertionError("no list of files")


def test_every_control_has_a_name(window: QWidget, folder: Path) -> None:
    dialog = dialogs.save_file(window, "Save a copy", folder / "copy.png", PICTURES, lambda _path: None)
    nameless = [
        control.objectName()
        for kind in (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
        for control in dialog.findChildren(kind)
        if control.isVisible() and not control.accessibleName()
        if not (isinstance(control, QAbstractButton) and control.text())
        if control.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert nameless == []


def test_the_history_of_other_programs_is_not_shown(window: QWidget, folder: Path) -> None:
    dialog = dialogs.open_file(window, "Add a picture", folder, PICTURES, lambda _path: None)
    assert dialog.history() == [str(folder)]
    assert len(dialog.sidebarUrls()) == 2


def test_a_start_folder_that_is_gone_is_the_home_folder(window: QWidget, folder: Path) -> None:
    dialog = dialogs.open_file(window, "Add a picture", folder / "gone", PICTURES, lambda _path: None)
    assert Path(dialog.directory().path()) == Path.home()


USE = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from integrate.ui.platform import dialogs
application = QApplication([])
window, folder = QWidget(), Path(sys.argv[2])
def use(dialog):
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    line.setFocus()
    while not line.hasFocus():
        QTest.qWait(5)
    QTest.keyClicks(line, "secret.png")
    dialog.accept()
    QTest.qWait(50)
if sys.argv[1] == "plain":
    dialog = QFileDialog(window, "", str(folder))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.open()
    use(dialog)
    dialog.deleteLater()
else:
    chosen = []
    use(dialogs.open_file(window, "", folder, (), chosen.append))
    use(dialogs.open_files(window, "", folder, (), chosen.extend))
    assert len(chosen) == 2, chosen
    dialogs.save_file(window, "", folder / "new.png", (), chosen.append).accept()
    dialogs.choose_folder(window, "", folder, chosen.append).accept()
    assert len(chosen) == 4, chosen
QTest.qWait(100)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the settings are files only there")
def test_nothing_is_written_into_the_home_folder(tmp_path: Path) -> None:
    """L1, with a plain dialog beside it that shows that the test can fail."""
    folder = tmp_path / "Clinic letters"
    folder.mkdir()
    (folder / "secret.png").write_bytes(b"picture")
    traces: dict[str, set[str]] = {}
    for kind in ("ours", "plain"):
        home = tmp_path / kind
        env = bare_environment(home) | {"QT_QPA_PLATFORM": "offscreen"}
        before = set(home.rglob("*"))
        subprocess.run([sys.executable, "-W", "error", "-c", USE, kind, str(folder)], env=env, check=True, timeout=60)
        traces[kind] = {path.name for path in set(home.rglob("*")) - before}
    assert traces["plain"] == {"QtProject.conf"}
    assert traces["ours"] == set()
