"""Every visible sentence goes through one catalogue."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from integrate.errors import FileMissing
from integrate.i18n import N_, _, ngettext, use_language


@pytest.fixture(autouse=True)
def english_again(tmp_path: Path) -> Iterator[None]:
    yield
    use_language(tmp_path / "none", ["en"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    catalogue = Catalog(locale="de")
    catalogue.add(FileMissing.what, "Bei {file} ist keine lesbare Datei.")
    catalogue.add(
        ("There is {count} word.", "There are {count} words."), ("Es ist {count} Wort.", "Es sind {count} Wörter.")
    )
    out = io.BytesIO()
    write_mo(out, catalogue)
    place = tmp_path / "locale" / "de" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "integrate.mo").write_bytes(out.getvalue())
    return tmp_path / "locale"


def test_without_a_catalogue_the_sentence_stays(tmp_path: Path) -> None:
    use_language(tmp_path, ["xx"])
    assert _("Nothing was changed.") == "Nothing was changed."
    assert ngettext("one", "many", 1) == "one"
    assert ngettext("one", "many", 0) == "many"


def test_the_empty_sentence_is_not_the_catalogues_header(folder: Path) -> None:
    use_language(folder, ["de"])
    assert _("") == ""


def test_marking_changes_nothing() -> None:
    assert N_("Nothing was changed.") == "Nothing was changed."


def test_a_sentence_marked_at_import_is_translated_when_it_is_shown(folder: Path) -> None:
    error = FileMissing(file="a.txt")
    assert error.sentences()[0].startswith("There is no readable file")
    use_language(folder, ["de"])
    assert error.sentences()[0] == "Bei a.txt ist keine lesbare Datei."


def test_plural_forms_follow_the_catalogue(folder: Path) -> None:
    use_language(folder, ["de"])
    texts = [
        ngettext("There is {count} word.", "There are {count} words.", count).format(count=count) for count in (1, 2)
    ]
    assert texts == ["Es ist 1 Wort.", "Es sind 2 Wörter."]
