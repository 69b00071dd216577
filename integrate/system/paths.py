"""Where the program keeps its own things, and whether a folder is copied to other people's computers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import platformdirs

from integrate.system.files import make_private_folder

APP_NAME: Final = "integrate"
DEFAULT_JOURNAL_NAME: Final = "My journal.integrate"

# (what the name of a folder begins with, in lower case; the service). Names as the services
# own programs make them: "OneDrive - Clinic", "Dropbox (Personal)", "GoogleDrive-someone@example.org" on macOS.
_NAMES: Final = (
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("icloud drive", "iCloud Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("com~apple~clouddocs", "iCloud Drive"),
    ("mobile documents", "iCloud Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("proton drive", "Proton Drive"),
    ("protondrive", "Proton Drive"),
    ("pcloud drive", "pCloud"),
    ("pclouddrive", "pCloud"),
    ("megasync", "MEGA"),
    ("box sync", "Box"),
    ("syncthing", "Syncthing"),
)
_MAY_FOLLOW: Final = (" ", "-", "(", ".")

# Files and folders that the services leave at the top of what they copy.
_MARKERS: Final = (
    (".stfolder", "Syncthing"),
    (".dropbox.cache", "Dropbox"),
    (".dropbox", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
)


class Paths:
    """The program's own places. Asking for one creates nothing."""

    def __init__(self, data_dir: Path | None = None) -> None:
        """Use the places the system gives to programs, or with ``data_dir`` that one folder for everything."""
        if data_dir is not None:
            self._settings = self._data = data_dir.expanduser().absolute()
        else:
            self._settings = platformdirs.user_config_path(APP_NAME, appauthor=False)
            self._data = platformdirs.user_data_path(APP_NAME, appauthor=False)

    @property
    def settings_folder(self) -> Path:
        """Folder of the settings: how the program looks and which journal was open, never what is in one."""
        return self._settings

    @property
    def data_folder(self) -> Path:
        """Folder in which the default journal lies."""
        return self._data

    @property
    def default_journal(self) -> Path:
        """The journal that is meant when none is named."""
        return self._data / DEFAULT_JOURNAL_NAME

    def create(self) -> None:
        """Make both folders, and what is missing above them, readable by their owner only. Existing ones stay as is.

        Raises:
            TargetExists: something that is no folder is in the way.
            OSError: the disk refused.
        """
        for folder in (self._settings, self._data):
            make_private_folder(folder, exist_ok=True, parents=True)


def looks_synced(path: Path) -> str | None:
    """Name of the service that seems to copy ``path`` elsewhere, or None.

    Judged by the names of the folders on the way and by the services' marker files in them, links resolved. It is a
    hint for one sentence on the screen: a folder that only bears such a name is named too, an unusual set-up is not.
    """
    given = path.expanduser().absolute()
    places = dict.fromkeys((given, Path(os.path.realpath(given))))
    for place in places:
        for folder in (place, *place.parents):
            service = _service_of_name(folder.name) or _service_of_marker(folder)
            if service is not None:
                return service
    return None


def _service_of_name(name: str) -> str | None:
    lowered = name.lower()
    for start, service in _NAMES:
        if lowered == start or (lowered.startswith(start) and lowered[len(start)] in _MAY_FOLLOW):
            # A journal called "Dropbox.integrate" is not a sync folder.
            return None if lowered.endswith(".integrate") else service
    return None


def _service_of_marker(folder: Path) -> str | None:
    for name, service in _MARKERS:
        # Dropbox keeps ~/.dropbox beside the folder it copies, so a home folder's own settings are no marker.
        if name == ".dropbox" and (folder / name).is_dir():
            continue
        if os.path.lexists(folder / name):
            return service
    return None
