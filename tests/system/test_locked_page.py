"""The readable file with all of its parts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.hard_night import NightKind
from integrate.system.locked_help import (
    LONGEST_TEXT,
    LONGEST_WORDS,
    MOST_LINES,
    MOST_WORDS,
    LockedHelp,
    LockedLine,
    LockedWords,
    as_read_back,
    common_lines,
    read_locked_help,
    read_locked_page,
    write_locked_help,
    write_locked_page,
)
from integrate.system.paths import Paths

VAULT = bytes(range(16))
DANIEL, INES = LockedLine("Daniel", "555 0163"), LockedLine("Inès", "555 0142")
PAGE = LockedHelp((DANIEL,), (INES,), (LockedWords(NightKind.TELL, "Es geht vorbei 🌿"),))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "settings")


def file_of(paths: Paths) -> Path:
    return paths.settings_folder / f"help-{VAULT.hex()}.json"


def test_all_parts_come_back_and_nothing_else_is_there(paths: Paths) -> None:
    write_locked_page(paths, VAULT, PAGE)
    assert read_locked_page(paths, VAULT) == PAGE
    assert read_locked_help(paths, VAULT) == (DANIEL, INES)
    assert set(json.loads(file_of(paths).read_bytes())) == {"version", "lines", "team", "words"}
    write_locked_help(paths, VAULT, (DANIEL,))
    assert read_locked_page(paths, VAULT) == LockedHelp((DANIEL,))
    write_locked_page(paths, VAULT, LockedHelp())
    assert not file_of(paths).exists()


@pytest.mark.parametrize(
    "words", [5, None, {}, ["x"], [{"kind": "later", "text": "x"}], [{"kind": "tell"}], [{"kind": [], "text": "x"}],
              [{"kind": "tell", "text": 5}], [{"kind": "tell", "text": " \n"}]],
)  # fmt: skip
def test_words_that_are_none_are_left_out_and_the_rest_stays(paths: Paths, words: object) -> None:
    paths.settings_folder.mkdir(parents=True)
    kept = {"version": 1, "lines": [{"name": "Daniel", "number": "1"}, 5], "team": "x", "words": words}
    file_of(paths).write_text(json.dumps(kept), "utf-8")
    assert read_locked_page(paths, VAULT) == LockedHelp((LockedLine("Daniel", "1"),))


def test_as_much_as_there_may_be_comes_back(paths: Paths) -> None:
    line = LockedLine("🌿" * LONGEST_TEXT, "☎" * LONGEST_TEXT)
    words = LockedWords(NightKind.SIGN, "🌿" * LONGEST_WORDS)
    full = LockedHelp((line,) * MOST_LINES, (line,) * MOST_LINES, (words,) * MOST_WORDS)
    write_locked_page(paths, VAULT, full)
    assert read_locked_page(paths, VAULT) == full


LINES = st.lists(st.builds(LockedLine, st.text(max_size=9), st.text(max_size=9)), max_size=4).map(tuple)
WORDS = st.lists(st.builds(LockedWords, st.sampled_from(NightKind), st.text(max_size=9)), max_size=4).map(tuple)
PAGES = st.builds(LockedHelp, LINES, LINES, WORDS)


@given(PAGES)
def test_what_is_read_is_what_was_promised(tmp_path_factory: pytest.TempPathFactory, page: LockedHelp) -> None:
    paths = Paths(tmp_path_factory.mktemp("settings"))
    write_locked_page(paths, VAULT, page)
    assert read_locked_page(paths, VAULT) == as_read_back(page)
    assert as_read_back(as_read_back(page)) == as_read_back(page)


@given(PAGES, PAGES)
def test_what_is_common_is_in_both(page: LockedHelp, other: LockedHelp) -> None:
    both = common_lines(page, other)
    for part in ("people", "team", "words"):
        assert set(getattr(both, part)) == set(getattr(page, part)) & set(getattr(other, part))
    assert common_lines(page, page) == page
