"""What Help now shows from the data that ships: numbers by country, and two exercises. Needs no open journal."""

from __future__ import annotations

from integrate.domain.helplines import ELSEWHERE, Country, Exercise, parse_country, parse_exercises
from integrate.resources import load, resource_path

_FOLDER = ("helplines", "countries")


def countries() -> tuple[tuple[str, str], ...]:
    """(code, name) of every country that has a page, by name, with the page for all others last."""
    pages = (load(parse_country, *_FOLDER, file.name) for file in resource_path(*_FOLDER).glob("*.toml"))
    return tuple((page.code, page.name) for page in sorted(pages, key=lambda page: (page.code == ELSEWHERE, page.name)))


def country(code: str) -> Country:
    """The page of a country by its code; for one without a page, or "" (not chosen), the page for all others."""
    known = {found for found, _name in countries()}
    return load(parse_country, *_FOLDER, f"{code if code in known else ELSEWHERE}.toml")


def exercises() -> tuple[Exercise, ...]:
    """The exercises, the one for coming back to the room first."""
    return load(parse_exercises, "helplines", "exercises.toml")
