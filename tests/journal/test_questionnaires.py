"""The library: what ships, what somebody added as a file, and what was left out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from integrate.domain.questionnaires import LARGEST_FILE
from integrate.journal.questionnaires import FOLDER, library, shipped_questionnaires
from integrate.resources import read_text

SAMPLE = read_text("questionnaires", "README.md").split("```json\n")[1].split("```")[0]


@pytest.fixture
def added(tmp_path: Path) -> Path:
    """The folder for files of one's own, inside a data folder."""
    folder = tmp_path / FOLDER
    folder.mkdir()
    return folder


def test_without_a_folder_there_are_those_that_ship(tmp_path: Path) -> None:
    for folder in (None, tmp_path, tmp_path / "nowhere"):
        found = library(folder)
        assert found.questionnaires == shipped_questionnaires()
        assert found.refused == ()


def test_a_file_that_somebody_adds_is_there_after_those_that_ship(added: Path) -> None:
    (added / "example-2.json").write_text("\ufeff" + SAMPLE, encoding="utf-8")
    (added / "notes.txt").write_text("not a questionnaire", encoding="utf-8")
    found = library(added.parent)
    assert list(found.questionnaires) == [*shipped_questionnaires(), "example-2"]
    assert found.questionnaires["example-2"].items[1].text == "The evenings felt long"
    assert found.refused == ()


def test_what_cannot_be_taken_is_left_out_and_said_and_the_others_are_there(added: Path) -> None:
    sample = json.loads(SAMPLE)
    (added / "example-2.json").write_text(SAMPLE, encoding="utf-8")
    (added / "example-3.json").write_text(SAMPLE, encoding="utf-8")
    (added / "gad-7.json").write_text(json.dumps(sample | {"id": "gad-7"}), encoding="utf-8")
    (added / "bytes.json").write_bytes(b"\xff\xfe")
    (added / "large.json").write_bytes(b" " * (LARGEST_FILE + 1))
    (added / "no-title.json").write_text(json.dumps(sample | {"id": "no-title", "title": ""}), encoding="utf-8")
    (added / "folder.json").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(added / "pipe.json")
    found = library(added.parent)
    assert set(found.questionnaires) == {*shipped_questionnaires(), "example-2"}
    assert found.questionnaires["gad-7"] == shipped_questionnaires()["gad-7"]
    refused = {one.file: one.problem for one in found.refused}
    assert refused.pop("pipe.json", "it cannot be read as UTF-8 text") == "it cannot be read as UTF-8 text"
    assert refused == {
        "bytes.json": "it cannot be read as UTF-8 text",
        "example-3.json": "id: the file of “example-2” is called example-2.json",
        "folder.json": "it cannot be read as UTF-8 text",
        "gad-7.json": "id: one that comes with the program has it",
        "large.json": "it is too large",
        "no-title.json": "title: it is not a text",
    }
    assert found.refused[0].words == "bytes.json was left out: it cannot be read as UTF-8 text."


def test_a_changed_file_is_read_anew(added: Path) -> None:
    file = added / "example-2.json"
    file.write_text(SAMPLE, encoding="utf-8")
    before = library(added.parent).questionnaires["example-2"]
    file.write_text(SAMPLE.replace("The days felt long", "The nights felt long"), encoding="utf-8")
    after = library(added.parent).questionnaires["example-2"]
    assert before.digest != after.digest and after.items[0].text == "The nights felt long"
