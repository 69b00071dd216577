"""Translation: every sentence is collected, and a translated catalogue is used where one is there."""

from __future__ import annotations

import io
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from integrate import i18n
from integrate.errors import NotAJournal
from tests.project.source import ROOT
from tools import messages


@pytest.fixture
def english_again(tmp_path: Path) -> Iterator[None]:
    """Whatever a test chose, the next one finds the source sentences."""
    yield
    i18n.use_language(tmp_path / "none", ["en"])


def test_the_template_is_up_to_date() -> None:
    assert messages.main(["--check"]) == 0, "run `make messages`"


def test_the_template_depends_on_the_sentences_alone(tmp_path: Path) -> None:
    package = tmp_path / "integrate"
    package.mkdir()
    module = package / "words.py"
    module.write_text('first = N_("One.")\nsecond = _("Two {count}.")\nngettext("a day", "{count} days", 2)\n')
    before = messages.template(package)
    module.write_text('\n\n\nngettext("a day", "{count} days", 2)\nsecond = _("Two {count}.")\nfirst = N_("One.")\n')
    assert messages.template(package) == before
    assert "POT-Creation-Date" not in before and "integrate/words.py:" not in before
    assert 'msgid_plural "{count} days"' in before
    module.write_text('first = N_("Three.")\n')
    assert messages.template(package) != before


def test_every_sentence_has_well_formed_slots() -> None:
    catalogue = read_po(io.BytesIO(messages.TEMPLATE.read_bytes()))
    sentences = [message.id for message in catalogue if message.id]
    assert len(sentences) > 50
    for sentence in sentences:
        for text in sentence if isinstance(sentence, tuple) else (sentence,):
            fields = [field for _literal, field, _spec, _conversion in string.Formatter().parse(text)]
            assert all(field is None or field.isidentifier() for field in fields), text


def test_a_translated_catalogue_is_used(tmp_path: Path, english_again: None) -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("There is no journal at {place}.", "Bei {place} liegt kein Tagebuch.")
    catalogue.add(("{count} entry", "{count} entries"), ("{count} Eintrag", "{count} Einträge"))
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "integrate.mo").open("wb") as out:
        write_mo(out, catalogue)
    i18n.use_language(tmp_path, ["de"])
    assert NotAJournal(place="hier").sentences()[0] == "Bei hier liegt kein Tagebuch."
    assert i18n.ngettext("{count} entry", "{count} entries", 2) == "{count} Einträge"


def test_a_language_without_a_catalogue_leaves_the_source_sentences(tmp_path: Path, english_again: None) -> None:
    i18n.use_language(tmp_path, ["xx"])
    assert NotAJournal(place="here").sentences()[0] == "There is no journal at here."


def test_the_template_lies_where_the_program_ships_it() -> None:
    assert messages.TEMPLATE == ROOT / "resources" / "i18n" / "integrate.pot"
