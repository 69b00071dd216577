"""The shipped data is found, read, checked and kept, in the repository and in an installed copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from integrate import resources
from integrate.domain.prompts import PromptPack, parse_pack
from integrate.resources import ResourceError, data_folder, load, load_json, load_toml, read_text, resource_path

PACKAGE = Path(resources.__file__).parent


def _forget() -> None:
    for kept in (resources.data_folder, resources.load_toml, resources.load_json, resources._parsed):
        kept.cache_clear()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of its own, as if the module lay beside it."""
    _forget()
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "integrate" / "resources.py"))
    folder = tmp_path / "resources"
    folder.mkdir()
    yield folder
    _forget()


def _title(data: Mapping[str, object]) -> str:
    title = data.get("title")
    if not isinstance(title, str):
        raise _WrongTitle("it is not text")
    return title


def _pack(data: Mapping[str, object]) -> PromptPack:
    return parse_pack(data, ())


class _WrongTitle(ValueError):
    field = "title"


def test_in_the_repository_the_data_lies_beside_the_package() -> None:
    assert data_folder().is_dir()
    assert resource_path("prompts", "integrate.toml").is_file()
    assert read_text("prompts", "README.md").startswith("# Prompts")


def test_an_installed_copy_carries_the_data_inside_and_prefers_it(tmp_path: Path) -> None:
    package = tmp_path / "site" / "integrate"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    shutil.copy(PACKAGE / "resources.py", package)
    for place, text in ((package / "_data", "inside"), (tmp_path / "site" / "resources", "beside")):
        place.mkdir()
        (place / "note.txt").write_text(text)
    question = "from integrate.resources import read_text; print(read_text('note.txt'))"
    answer = subprocess.run(
        [sys.executable, "-c", question],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout == "inside\n"


def test_without_any_data_folder_the_error_says_so(data: Path) -> None:
    data.rmdir()
    with pytest.raises(ResourceError, match="data is missing"):
        data_folder()


@pytest.mark.parametrize("parts", [("..", "x"), ("a/b",), (".",), ("",), ("/etc",), ("x", "..", "..")])
def test_only_plain_names_inside_the_folder_are_followed(data: Path, parts: tuple[str, ...]) -> None:
    with pytest.raises(ResourceError, match="plain"):
        resource_path(*parts)


def test_missing_data_names_the_file(data: Path) -> None:
    with pytest.raises(ResourceError) as missing:
        load_toml("themes", "dawn.toml")
    assert missing.value.file == "themes/dawn.toml"
    assert str(missing.value) == "themes/dawn.toml: it is missing"


def test_text_in_another_encoding_names_the_file(data: Path) -> None:
    (data / "a.toml").write_bytes(b'title = "caf\xe9"')
    with pytest.raises(ResourceError, match=r"a\.toml: it cannot be read as UTF-8"):
        load_toml("a.toml")


def test_broken_toml_names_the_file_and_the_line(data: Path) -> None:
    (data / "a.toml").write_text("ok = 1\nbroken =\n")
    with pytest.raises(ResourceError, match=r"a\.toml: it is not TOML .*line 2"):
        load_toml("a.toml")


def test_what_is_loaded_can_not_be_changed_by_anyone(data: Path) -> None:
    (data / "a.toml").write_text('list = [1, {b = [2]}]\n[table]\nname = "x"\n')
    loaded = load_toml("a.toml")
    assert loaded["list"] == (1, {"b": (2,)})
    table = loaded["table"]
    assert isinstance(table, Mapping)
    for mapping in (loaded, table):
        with pytest.raises(TypeError):
            mapping["new"] = 1  # type: ignore[index]  # what must be refused


def test_json_is_found_by_its_ending_and_can_not_be_changed_by_anyone(data: Path) -> None:
    (data / "a.json").write_text('{"title": "first", "list": [1, {"b": [2]}]}')
    loaded = load_json("a.json")
    assert loaded["list"] == (1, {"b": (2,)})
    with pytest.raises(TypeError):
        loaded["new"] = 1  # type: ignore[index]  # what must be refused
    assert load(_title, "a.json") == "first"


@pytest.mark.parametrize(("text", "why"), [("{", "it is not JSON"), ("[1]", "it does not hold an object")])
def test_broken_json_names_the_file(data: Path, text: str, why: str) -> None:
    (data / "a.json").write_text(text)
    with pytest.raises(ResourceError, match=rf"a\.json: {why}"):
        load_json("a.json")


def test_a_file_is_read_and_parsed_once(data: Path) -> None:
    (data / "a.toml").write_text('title = "first"')
    first = load(_title, "a.toml")
    (data / "a.toml").write_text('title = "second"')
    assert load(_title, "a.toml") == first == "first"
    _forget()
    assert load(_title, "a.toml") == "second"


def test_data_that_is_refused_names_file_and_field_and_is_refused_again(data: Path) -> None:
    (data / "a.toml").write_text("title = 5")
    for _ in range(2):
        with pytest.raises(ResourceError) as refused:
            load(_title, "a.toml")
        assert (refused.value.file, refused.value.field, refused.value.why) == ("a.toml", "title", "it is not text")
        assert str(refused.value) == "a.toml: title: it is not text"


def test_a_refused_pack_says_its_place_once(data: Path) -> None:
    (data / "a.toml").write_text('schema = 1\nlanguage = "en"\nprompts = [{id = "A1", phase = "now", theme = "x"}]\n')
    with pytest.raises(ResourceError) as refused:
        load(_pack, "a.toml")
    assert str(refused.value).count("prompts[A1].phase") == 1
    assert str(refused.value).startswith("a.toml: prompts[A1].phase: This is not one of")


def test_a_mistake_in_the_program_is_not_blamed_on_the_data(data: Path) -> None:
    (data / "a.toml").write_text("title = 5")
    with pytest.raises(ZeroDivisionError):
        load(lambda _: 1 // 0, "a.toml")
