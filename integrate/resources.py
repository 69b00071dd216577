"""Finds the data that ships with the program (prompts, scales, translations), reads it, checks it, keeps it.

An installed copy carries the data inside the package, in the folder ``_data`` beside this module; in the repository
it lies in ``resources`` beside the package. Nothing else needs to know which of the two is the case. Data that is
missing or wrong is a bug of the program, never the person's mistake: it raises :class:`ResourceError`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

T = TypeVar("T")


class ResourceError(Exception):
    """Shipped data is missing or wrong.

    ``file`` is the path inside the data folder, ``field`` the place in it ("" when the whole file is meant) and
    ``why`` what is wrong with it.
    """

    def __init__(self, file: str, why: str, field: str = "") -> None:
        super().__init__(f"{file}: {field}: {why}" if field else f"{file}: {why}")
        self.file = file
        self.field = field
        self.why = why


@cache
def data_folder() -> Path:
    """The folder that holds the data.

    Raises:
        ResourceError: there is none, neither inside the package nor beside it.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "_data", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise ResourceError("_data", "the folder with the program's data is missing")


def resource_path(*parts: str) -> Path:
    """The file or folder named by ``parts``, each one name: ``resource_path("prompts", "integrate.toml")``.

    Raises:
        ResourceError: it is not there, or a part is not a plain name.
    """
    name = "/".join(parts)
    if not all(part not in ("", ".", "..") and Path(part).name == part for part in parts):
        raise ResourceError(name, "each part of the name is one plain file or folder name")
    path = data_folder().joinpath(*parts)
    if not path.exists():
        raise ResourceError(name, "it is missing")
    return path


def read_text(*parts: str) -> str:
    """The text of a data file (UTF-8).

    Raises:
        ResourceError: it is missing, cannot be read, or is not UTF-8.
    """
    path = resource_path(*parts)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise ResourceError("/".join(parts), "it cannot be read as UTF-8 text") from problem


@cache
def load_toml(*parts: str) -> Mapping[str, object]:
    """A TOML file as read-only mappings and tuples, read once.

    Read-only, because everyone gets the same object.

    Raises:
        ResourceError: it is missing or is not TOML.
    """
    import tomllib  # not needed on the way to the first screen

    try:
        return cast("Mapping[str, object]", _frozen(tomllib.loads(read_text(*parts))))
    except tomllib.TOMLDecodeError as problem:
        raise ResourceError("/".join(parts), f"it is not TOML ({problem})") from problem


@cache
def load_json(*parts: str) -> Mapping[str, object]:
    """A JSON file with an object in it as read-only mappings and tuples, read once.

    Raises:
        ResourceError: it is missing, is not JSON, or holds something other than an object.
    """
    try:
        found = json.loads(read_text(*parts))
    except ValueError as problem:
        raise ResourceError("/".join(parts), f"it is not JSON ({problem})") from problem
    if not isinstance(found, dict):
        raise ResourceError("/".join(parts), "it does not hold an object")
    return cast("Mapping[str, object]", _frozen(found))


def load(parse: Callable[[Mapping[str, object]], T], *parts: str) -> T:
    """A TOML or JSON file (by its ending) as the value ``parse`` makes of it, made once for each ``parse`` and file.

    ``parse`` is a function of a module (so that there is one of it) and answers with something that cannot change. It
    raises :class:`ValueError` for data that is wrong; attributes ``field`` and ``why`` of that error, where
    it has them, name the place and the reason.

    Raises:
        ResourceError: the file is missing, is neither, or ``parse`` refused it.
    """
    return cast("T", _parsed(parse, parts))


@cache
def _parsed(parse: Callable[[Mapping[str, object]], Any], parts: tuple[str, ...]) -> object:
    try:
        return parse(load_json(*parts) if parts[-1].endswith(".json") else load_toml(*parts))
    except ValueError as problem:
        why, field = getattr(problem, "why", problem), getattr(problem, "field", "")
        raise ResourceError("/".join(parts), str(why), str(field)) from problem


def _frozen(value: object) -> object:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(inner) for inner in value)
    return value
