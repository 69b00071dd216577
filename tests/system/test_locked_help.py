from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.errors import DiskRefused
from integrate.system.local_settings import LocalSettings, write_settings
from integrate.system.locked_help import (
    LONGEST_TEXT,
    MOST_LINES,
    LockedLine,
    read_locked_help,
    write_locked_help,
)
from integrate.system.paths import Paths

VAULT = bytes(range(16))
OTHER = bytes(16)
LINES = (LockedLine("Daniel", "415 555 0163"), LockedLine("Inès", "415 555 0142"))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "settings")


def file_of(paths: Paths) -> Path:
    return paths.settings_folder / f"help-{VAULT.hex()}.json"


def test_nothing_is_shown_or_made_before_a_line_was_chosen(paths: Paths) -> None:
    assert read_locked_help(paths, VAULT) == ()
    write_locked_help(paths, VAULT, ())
    assert not paths.settings_folder.exists()


def test_chosen_lines_come_back_in_order_for_this_journal_alone(paths: Paths) -> None:
    write_locked_help(paths, VAULT, LINES)
    assert read_locked_help(paths, VAULT) == LINES
    assert read_locked_help(paths, OTHER) == ()
    assert stat.S_IMODE(file_of(paths).stat().st_mode) == 0o600


def test_the_file_holds_names_and_numbers_and_nothing_else(paths: Paths) -> None:
    write_locked_help(paths, VAULT, LINES)
    kept = json.loads(file_of(paths).read_bytes())
    assert kept == {"version": 1, "lines": [{"name": line.name, "number": line.number} for line in LINES]}


def test_without_any_line_the_file_goes_and_the_settings_stay(paths: Paths) -> None:
    write_settings(paths, LocalSettings())
    write_locked_help(paths, VAULT, LINES)
    write_locked_help(paths, VAULT, ())
    assert [file.name for file in paths.settings_folder.iterdir()] == ["settings.json"]
    assert read_locked_help(paths, VAULT) == ()


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b'{"lines": 5}', b'{"lines": {"a": 1}}', b'{"lines": [1, "a", null, {}, {"name": "x"}]}'],
)
def test_a_bad_file_shows_nothing(paths: Paths, data: bytes) -> None:
    paths.settings_folder.mkdir()
    file_of(paths).write_bytes(data)
    assert read_locked_help(paths, VAULT) == ()


def test_of_a_half_good_file_the_good_lines_are_shown_on_one_line_each(paths: Paths) -> None:
    paths.settings_folder.mkdir()
    lines = [{"name": "A\nB\x1b", "number": " 1 "}, {"name": 5, "number": "2"}, {"name": "C", "number": "\n"}]
    file_of(paths).write_text(json.dumps({"lines": lines * 40}))
    found = read_locked_help(paths, VAULT)
    assert set(found) == {LockedLine("A B", "1")}
    assert len(found) == 40


def test_there_is_an_end_to_how_much_is_kept(paths: Paths) -> None:
    write_locked_help(paths, VAULT, [LockedLine("x" * 1000, "1")] * 1000)
    found = read_locked_help(paths, VAULT)
    assert len(found) == MOST_LINES
    assert len(found[0].name) == LONGEST_TEXT


@given(st.lists(st.builds(LockedLine, st.text(), st.text()), max_size=5))
def test_what_was_read_is_written_and_read_again_the_same(
    tmp_path_factory: pytest.TempPathFactory, lines: list[LockedLine]
) -> None:
    paths = Paths(tmp_path_factory.mktemp("help"))
    write_locked_help(paths, VAULT, lines)
    found = read_locked_help(paths, VAULT)
    write_locked_help(paths, VAULT, found)
    assert read_locked_help(paths, VAULT) == found
    assert len(found) <= len(lines)


def test_a_disk_that_refuses_is_told_kindly_and_the_old_lines_stay(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_locked_help(paths, VAULT, LINES)

    def refuse(*_arguments: object) -> None:
        raise OSError(5, "I/O error")

    monkeypatch.setattr("integrate.system.locked_help.write_private", refuse)
    with pytest.raises(DiskRefused):
        write_locked_help(paths, VAULT, LINES[:1])
    assert read_locked_help(paths, VAULT) == LINES
