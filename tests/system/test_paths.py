from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from integrate.errors import TargetExists
from integrate.system.paths import Paths, looks_synced


def test_everything_is_under_the_data_dir(tmp_path: Path) -> None:
    base = tmp_path / "all"
    paths = Paths(base)
    assert paths.default_journal == base / "My journal.integrate"
    assert paths.data_folder == paths.settings_folder == base
    assert list(tmp_path.iterdir()) == []


def test_a_relative_data_dir_is_kept_as_seen_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths = Paths(Path("here"))
    monkeypatch.chdir("/")
    assert paths.data_folder == tmp_path / "here"


def test_the_systems_places_carry_the_programs_name_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    paths = Paths()
    assert paths.default_journal == tmp_path / "data" / "integrate" / "My journal.integrate"
    assert paths.settings_folder == tmp_path / "config" / "integrate"
    assert list(tmp_path.iterdir()) == []


def test_s2_created_folders_are_private_and_existing_ones_stay(tmp_path: Path) -> None:
    os.umask(0)
    paths = Paths(tmp_path / "new" / "deep")
    paths.create()
    assert [stat.S_IMODE((tmp_path / part).stat().st_mode) for part in ("new", "new/deep")] == [0o700, 0o700]
    paths.data_folder.chmod(0o755)
    paths.create()
    assert stat.S_IMODE(paths.data_folder.stat().st_mode) == 0o755


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(TargetExists):
        Paths(tmp_path / "taken").create()


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)/notes", "Dropbox"),
        ("OneDrive", "OneDrive"),
        ("OneDrive - A Clinic/Documents", "OneDrive"),
        ("Library/CloudStorage/OneDrive-Personal", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-a@example.org/My Drive", "Google Drive"),
        ("Google Drive", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("iCloudDrive", "iCloud Drive"),
        ("Nextcloud/me", "Nextcloud"),
        ("nextcloud", "Nextcloud"),
        ("Proton Drive", "Proton Drive"),
    ],
)
def test_a_sync_folder_is_known_by_its_name(tmp_path: Path, folder: str, service: str) -> None:
    assert looks_synced(tmp_path / folder / "My journal.integrate") == service


@pytest.mark.parametrize(
    ("marker", "service"),
    [(".stfolder", "Syncthing"), (".dropbox.cache", "Dropbox"), (".nextcloudsync.log", "Nextcloud")],
)
def test_a_sync_folder_is_known_by_its_marker(tmp_path: Path, marker: str, service: str) -> None:
    journal = tmp_path / "mine" / "deep" / "My journal.integrate"
    assert looks_synced(journal) is None
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / marker).mkdir()
    assert looks_synced(journal) == service


def test_a_journal_that_is_itself_synced(tmp_path: Path) -> None:
    (tmp_path / "J.integrate" / ".stfolder").mkdir(parents=True)
    assert looks_synced(tmp_path / "J.integrate") == "Syncthing"


def test_a_link_into_a_sync_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "OneDrive")
    assert looks_synced(tmp_path / "plain" / "J.integrate") == "OneDrive"


@pytest.mark.parametrize("name", ["Documents", "Dropboxes", "onedrives", "my nextcloud notes", "Dropbox.integrate"])
def test_other_names_are_not_sync_folders(tmp_path: Path, name: str) -> None:
    assert looks_synced(tmp_path / name / "J.integrate") is None


def test_dropbox_settings_in_a_home_folder_mean_nothing(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert looks_synced(tmp_path / "Documents" / "J.integrate") is None
