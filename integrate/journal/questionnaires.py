"""The questionnaires there are: those that ship with the program, and those somebody put beside them as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from integrate.domain.questionnaires import (
    LARGEST_FILE,
    Questionnaire,
    QuestionnaireError,
    parse_questionnaire,
    parse_questionnaire_text,
)
from integrate.i18n import _
from integrate.resources import load, resource_path

FOLDER: Final = "questionnaires"
_ORDER: Final = ("phq-9", "phq-8", "gad-7", "pcl-5", "k6")


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file somebody added that cannot be taken. ``problem`` names the place in it and the reason."""

    file: str
    problem: str

    @property
    def words(self) -> str:
        """That it was left out, and why."""
        return _("{file} was left out: {problem}.").format(file=self.file, problem=self.problem)


@dataclass(frozen=True, slots=True)
class Library:
    """The questionnaires by their key, in the order they are offered, and the files that were left out."""

    questionnaires: Mapping[str, Questionnaire]
    refused: tuple[RefusedFile, ...] = ()


def shipped_questionnaires() -> Mapping[str, Questionnaire]:
    """The questionnaires that ship, by their key; each file is read once.

    Raises:
        ResourceError: a file is missing or wrong, which is a bug of the program.
    """
    made = {}
    for file in resource_path(FOLDER).glob("*.json"):
        found = load(parse_questionnaire, FOLDER, file.name)
        made[found.key] = found
    return _in_order(made)


def library(data_folder: Path | None = None) -> Library:
    """All questionnaires: those that ship, then the files of the folder ``questionnaires`` in ``data_folder``.

    A file is read anew each time. One that cannot be read, is no questionnaire, has another name than its id or takes
    the id of one that ships is left out and said; it keeps nobody from the others.
    """
    shipped = shipped_questionnaires()
    found, refused = dict(shipped), []
    for file in _json_files(data_folder):
        try:
            added = _read(file)
            if file.stem != added.key:
                raise QuestionnaireError("id", f"the file of “{added.key}” is called {added.key}.json")
            if added.key in shipped:
                raise QuestionnaireError("id", "one that comes with the program has it")
        except QuestionnaireError as problem:
            refused.append(RefusedFile(file.name, str(problem)))
        else:
            found[added.key] = added
    return Library(_in_order(found), tuple(refused))


def _json_files(data_folder: Path | None) -> list[Path]:
    if data_folder is None:
        return []
    try:
        return sorted(file for file in (data_folder / FOLDER).iterdir() if file.suffix == ".json")
    except OSError:  # there is no such folder, or it cannot be looked into: nothing was added
        return []


def _read(file: Path) -> Questionnaire:
    try:
        if not file.is_file():  # opening a pipe would wait for ever
            raise OSError
        with file.open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)
        text = data.decode("utf-8-sig")  # some editors write a mark before the first letter
    except (OSError, UnicodeDecodeError):
        raise QuestionnaireError("", "it cannot be read as UTF-8 text") from None
    if len(data) > LARGEST_FILE:
        raise QuestionnaireError("", "it is too large")
    return parse_questionnaire_text(text)


def _in_order(found: Mapping[str, Questionnaire]) -> Mapping[str, Questionnaire]:
    places = {key: place for place, key in enumerate(_ORDER)}
    keys = sorted(found, key=lambda key: (places.get(key, len(_ORDER)), key))
    return MappingProxyType({key: found[key] for key in keys})
