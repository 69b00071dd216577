from __future__ import annotations

import json
import stat
import subprocess
import sys
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.errors import DiskRefused, KnownError
from integrate.system.files import disk_errors
from integrate.system.local_settings import FILE_NAME, LocalSettings, read_settings, write_settings
from integrate.system.paths import Paths

CHANGED = LocalSettings(
    theme="dark",
    text_size=150,
    reduced_motion=True,
    ui_font="atkinson",
    country="IE",
    journal="/home/s/\udcffJournal.integrate",
    width=1280,
    height=832,
    maximised=True,
    blur_on_focus_loss=True,
    hide_from_capture=False,
    primary_selection=True,
)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "settings")


def put(paths: Paths, data: bytes) -> Path:
    paths.settings_folder.mkdir(exist_ok=True)
    file = paths.settings_folder / FILE_NAME
    file.write_bytes(data)
    return file


def test_without_a_file_everything_is_as_new_and_nothing_is_made(paths: Paths) -> None:
    assert read_settings(paths) == LocalSettings()
    assert not paths.settings_folder.exists()


def test_what_is_written_is_read_back_and_is_for_the_owner_only(paths: Paths) -> None:
    assert all(getattr(CHANGED, field.name) != field.default for field in fields(LocalSettings))
    write_settings(paths, CHANGED)
    assert read_settings(paths) == CHANGED
    file = paths.settings_folder / FILE_NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [place.name for place in paths.settings_folder.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"theme": ' + b"1" * 5000 + b"}",
        b" " * 300_000 + b"{}",
    ],
    ids=["empty", "cut", "list", "null", "bytes", "deep", "digits", "large"],
)
def test_a_broken_file_is_as_good_as_none_and_is_replaced(paths: Paths, data: bytes) -> None:
    put(paths, data)
    assert read_settings(paths) == LocalSettings()
    write_settings(paths, CHANGED)
    assert read_settings(paths) == CHANGED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "neon"),
        ("theme", None),
        ("theme", ["dark"]),
        ("text_size", 89),
        ("text_size", 201),
        ("text_size", True),
        ("text_size", 100.5),
        ("text_size", "150"),
        ("reduced_motion", 1),
        ("ui_font", "Comic"),
        ("country", "Ireland"),
        ("country", "ie"),
        ("journal", 5),
        ("journal", "a\0b"),
        ("journal", "x" * 40_000),
        ("width", -1),
        ("height", 10**9),
        ("maximised", "yes"),
        ("hide_from_capture", 0),
    ],
)
def test_a_value_that_cannot_be_used_counts_as_its_default_and_is_never_written(
    paths: Paths, name: str, value: object
) -> None:
    put(paths, json.dumps({**asdict(CHANGED), name: value}).encode())
    default = getattr(LocalSettings(), name)
    assert read_settings(paths) == replace(CHANGED, **{name: default})
    with pytest.raises(ValueError, match=name):
        write_settings(paths, replace(LocalSettings(), **{name: value}))  # type: ignore[arg-type]  # wrong on purpose
    assert not list(paths.settings_folder.glob(".*"))


def test_what_a_newer_version_has_put_there_stays(paths: Paths) -> None:
    file = put(paths, b'{"later": {"a": [1]}, "theme": "dark", "text_size": "large"}')
    write_settings(paths, replace(read_settings(paths), text_size=120))
    kept = json.loads(file.read_bytes())
    assert kept["later"] == {"a": [1]}
    assert (kept["theme"], kept["text_size"]) == ("dark", 120)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from([f.name for f in fields(LocalSettings)]), inner)
        ),
        max_leaves=20,
    )
)
def test_whatever_the_file_holds_reading_gives_settings_that_can_be_written(
    tmp_path_factory: pytest.TempPathFactory, content: object
) -> None:
    paths = Paths(tmp_path_factory.mktemp("settings"))
    put(paths, json.dumps(content).encode())
    found = read_settings(paths)
    write_settings(paths, found)
    assert read_settings(paths) == found


def test_a_disk_that_refuses_is_told_kindly_and_the_old_settings_stay(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_settings(paths, CHANGED)

    def refuse(_path: Path, _data: bytes) -> None:
        raise OSError(5, "I/O error")

    monkeypatch.setattr("integrate.system.local_settings.write_private", refuse)
    with pytest.raises(DiskRefused):
        write_settings(paths, LocalSettings())
    assert read_settings(paths) == CHANGED


def test_something_in_the_way_of_the_folder_is_a_known_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(KnownError), disk_errors():
        write_settings(Paths(tmp_path / "file"), LocalSettings())
    assert read_settings(Paths(tmp_path / "file")) == LocalSettings()


def test_a_folder_in_place_of_the_file_is_as_good_as_none(paths: Paths) -> None:
    (paths.settings_folder / FILE_NAME).mkdir(parents=True)
    assert read_settings(paths) == LocalSettings()


def test_the_lock_screen_loads_no_library_for_its_settings() -> None:
    heavy = ("cryptography", "sqlalchemy", "sqlcipher3", "PIL", "keyring", "PySide6", "hunspell", "zxcvbn")
    code = f"import sys, integrate.system.locked_help; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
