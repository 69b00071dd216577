"""Qt's own file dialogs, without the traces that file dialogs leave: no recent files, no remembered folder.

The system's dialogs note what was chosen in lists of recent files, and the sandboxed ones refuse a program whose memory
nobody may read. Qt's own write the last folder into a settings file shared by all Qt programs; that file is led into
nothing here. None of these dialogs runs an event loop of its own: the window stays able to lock, and closes what is
open by ``close()``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QDir, QSettings, Qt, QUrl
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QGridLayout, QLabel, QToolButton, QWidget

from integrate.i18n import _
from integrate.ui.widgets.announce import announce

_NOWHERE: Final = "/dev/null/integrate"
_REMEMBERED: Final = ("FileDialog/lastVisited", "FileDialog/history", "FileDialog/shortcuts")

_Mode = QFileDialog.FileMode
_Label = QFileDialog.DialogLabel


def open_file(
    parent: QWidget, title: str, start_folder: Path, filters: Sequence[str], chosen: Callable[[Path], None]
) -> FileDialog:
    """Let a person choose one file that exists. ``filters`` are like ``Pictures (*.png *.jpg)``; none means all."""
    dialog = FileDialog(parent, title, start_folder, lambda paths: chosen(paths[0]))
    dialog.setFileMode(_Mode.ExistingFile)
    return _shown(dialog, filters)


def open_files(
    parent: QWidget, title: str, start_folder: Path, filters: Sequence[str], chosen: Callable[[tuple[Path, ...]], None]
) -> FileDialog:
    """Let a person choose one or more files that exist."""
    dialog = FileDialog(parent, title, start_folder, chosen)
    dialog.setFileMode(_Mode.ExistingFiles)
    return _shown(dialog, filters)


def save_file(
    parent: QWidget, title: str, start: Path, filters: Sequence[str], chosen: Callable[[Path], None]
) -> FileDialog:
    """Let a person choose where a new file goes. ``start`` is the folder and the name that is suggested.

    A name that is taken is not accepted; whoever writes the file must still never replace one.
    """
    dialog = FileDialog(parent, title, start.parent, lambda paths: chosen(paths[0]))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(_Mode.AnyFile)
    dialog.setDefaultSuffix(start.suffix.removeprefix("."))
    dialog.setLabelText(_Label.Accept, _("Save"))
    dialog.selectFile(start.name)
    return _shown(dialog, filters)


def choose_folder(parent: QWidget, title: str, start_folder: Path, chosen: Callable[[Path], None]) -> FileDialog:
    """Let a person choose a folder, or make a new one."""
    dialog = FileDialog(parent, title, start_folder, lambda paths: chosen(paths[0]))
    dialog.setFileMode(_Mode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setLabelText(_Label.FileName, _("Folder"))
    dialog.setLabelText(_Label.Accept, _("Choose"))
    return _shown(dialog, ())


def leave_no_settings() -> None:
    """Lead the settings that Qt writes for itself into nothing, on systems that keep them in files (not Windows).

    All of this program's native-format QSettings go there too: it keeps its own elsewhere.
    """
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, _NOWHERE)


def forget_remembered() -> None:
    """Remove from the settings all Qt programs share what a dialog remembered: where they could not be led away."""
    shared = QSettings(QSettings.Scope.UserScope, "QtProject")
    for key in _REMEMBERED:
        if shared.contains(key):
            shared.remove(key)


class FileDialog(QFileDialog):
    """A file dialog of Qt's own that asks, deletes and renames nothing. It is destroyed when it is closed.

    Qt's questions (a missing file, a taken name, a deletion) run event loops of their own, and a window that locks in
    the middle of one would crash. Here the first two are told in the dialog, and nothing can be deleted.
    """

    def __init__(
        self, parent: QWidget, title: str, start_folder: Path, chosen: Callable[[tuple[Path, ...]], None]
    ) -> None:
        leave_no_settings()
        folder = start_folder if start_folder.is_dir() else Path.home()
        super().__init__(parent, title, str(folder))
        self._chosen = chosen
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setOption(QFileDialog.Option.DontConfirmOverwrite)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setHistory([])
        self.setSidebarUrls([QUrl("file:"), QUrl.fromLocalFile(QDir.homePath())])
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.hide()
        layout = self.layout()
        if isinstance(layout, QGridLayout):
            layout.addWidget(self._said, layout.rowCount(), 0, 1, -1)
        self._take_away_deleting()
        self._name_controls()
        self.destroyed.connect(forget_remembered)

    def accept(self) -> None:
        """Take what is chosen, or say why not. A folder is entered, unless folders are what is asked for."""
        paths = tuple(Path(name) for name in self.selectedFiles())
        refused = self._refusal(paths)
        if refused:
            self._say(refused)
            return
        super().accept()

    def done(self, result: int) -> None:
        """Close, and hand over what was chosen."""
        paths = tuple(Path(name) for name in self.selectedFiles()) if result else ()
        super().done(result)
        if paths:
            self._chosen(paths)

    def _refusal(self, paths: tuple[Path, ...]) -> str:
        if self.fileMode() is _Mode.Directory:
            return "" if paths and paths[0].is_dir() else _("There is no folder of that name here.")
        if len(paths) == 1 and paths[0].is_dir():
            return ""
        if self.acceptMode() is QFileDialog.AcceptMode.AcceptSave:
            taken = any(path.exists() for path in paths)
            return _("There is already a file of that name here. Choose another name.") if taken else ""
        return "" if all(path.is_file() for path in paths) else _("There is no file of that name here.")

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.show()
        announce(self._said, sentence, polite=False)

    def _take_away_deleting(self) -> None:
        for view in self.findChildren(QAbstractItemView):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
            view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            for shortcut in view.findChildren(QShortcut):
                shortcut.setEnabled(False)
        for name in ("qt_delete_action", "qt_rename_action"):
            action = self.findChild(QAction, name)
            if action is not None:
                action.setEnabled(False)

    def _name_controls(self) -> None:
        """Names for screen readers, in our translation rather than Qt's. Roles and states are Qt's own."""
        self.setLabelText(_Label.LookIn, _("Look in"))
        self.setLabelText(_Label.FileName, _("File name"))
        self.setLabelText(_Label.FileType, _("Kind of file"))
        self.setLabelText(_Label.Accept, _("Open"))
        self.setLabelText(_Label.Reject, _("Cancel"))
        for object_name, words in (
            ("lookInCombo", _("Look in")),
            ("backButton", _("Back")),
            ("forwardButton", _("Forward")),
            ("toParentButton", _("Folder above")),
            ("newFolderButton", _("New folder")),
            ("listModeButton", _("Show as a list")),
            ("detailModeButton", _("Show with details")),
            ("sidebar", _("Places")),
            ("listView", _("Files")),
            ("treeView", _("Files")),
            ("fileNameEdit", _("File name")),
            ("fileTypeCombo", _("Kind of file")),
        ):
            control: Any = self.findChild(QWidget, object_name)
            if control is not None:
                control.setAccessibleName(words)
            if isinstance(control, QToolButton):
                control.setToolTip(words)


def _shown(dialog: FileDialog, filters: Sequence[str]) -> FileDialog:
    if filters:
        dialog.setNameFilters(list(filters))
    dialog.open()
    return dialog
