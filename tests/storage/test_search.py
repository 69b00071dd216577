"""Full-text search: what is found, what is not, and that no input is ever an error."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.entry import Filter, Hit, Phase
from integrate.journal.deleting import delete_entry, purge_entry, undelete_entry
from integrate.journal.finding import search_entries
from integrate.journal.opening import Journal
from integrate.journal.writing import Sitting, prepare_file, save_entry
from integrate.storage.attachments import prepare_attachment
from tests.helpers.journals import draft, found, write

SHARED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ("A calm Sea", "sea"), ("a calm sea", "SEA"), ("Un été à Évora", "ete evora"), ("naive", "naïve"),
        ("cafe\u0301", "café"), ("café", "cafe\u0301"), ("tiếng Việt", "tieng viet"), ("ΟΔΟΣ", "οδος"),
        ("МОРЕ", "море"),
        ("one two three", "three one"), ("remembering", "remem*"), ("the calm sea", '"calm sea"'),
        ("the calm seaside", '"calm sea"*'), ("don’t go", "don't"), ("well-known", "known"), ("snake_case", "case"),
        ("昨日、記憶の海で泳いだ", "記憶"), ("昨日、記憶の海で泳いだ", "憶の"), ("ひらがなとカタカナ", "とカタ"),
        ("ハーバー", "ーバ"), ("오늘은 한국어를 배웠다", "국어"), ("안녕하세요", "하세"), ("我看到了大海", "大海"),
        ("我看到了大海", "看到*"), ("session3海wave", "海"), ("session3海wave", "wave"), ("海wave", "海wave"),
        ("か\u3099き\u3099", "ぎ"), ("𠀀𠀁", "𠀁"), ("100 % sure", "%"), ("a 🌊 came", "🌊"), ("so :-) ok", ":-)"),
        ("x 🌊", "x 🌊"), ("it's \\ here", "\\"), ("a 'quoted' word", "'"), ("NEAR AND OR NOT", "and or not near"),
        ("nul\x00inside", "inside"), ("สวัสดี", "สวัสดี"), ("हिन्दी", "हिन्दी"), ("a ≠ b", "≠"),
    ],
)  # fmt: skip
def test_it_is_found(journal: Journal, body: str, query: str) -> None:
    write(journal, "something else entirely")
    assert {write(journal, body)} == found(journal, query)


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ("A calm sea", "storm"), ("one two", "one three"), ("seaside", "sea"), ("calm, then sea", '"calm sea"'),
        ("大人の海", "大海"), ("국한어", "국어"), ("sea", "title:sea x"), ("a 🌊", "🔥"), ("sea", "se"), ("sea", ""),
        ("sea", "   "), ("sea", '""'), ("100 sure", "%"), ("a b", "_"),
    ],
)  # fmt: skip
def test_it_is_not_found(journal: Journal, body: str, query: str) -> None:
    write(journal, body)
    assert found(journal, query) == set()


@pytest.mark.parametrize(
    ("body", "query"),
    [("ещё раз", "еще"), ("καλημέρα", "καλημερα"), ("καλημερα", "καλημέρα"), ("שָׁלוֹם", "שלום"), ("مُحَمَّد", "محمد")],
)
def test_diacritics_do_not_matter_in_other_alphabets_either(journal: Journal, body: str, query: str) -> None:
    assert {write(journal, body)} == found(journal, query)


@pytest.mark.parametrize("query", ["≠", "=\u0338"])
@pytest.mark.parametrize("body", ["a ≠ b", "a =\u0338 b"])
def test_a_sign_is_found_in_composed_and_decomposed_form(journal: Journal, body: str, query: str) -> None:
    assert {write(journal, body)} == found(journal, query)


def test_title_tags_and_names_of_attachments_are_found(journal: Journal) -> None:
    file = prepare_attachment("Harbour map.txt", b"x")
    entry_id = write(journal, "body", file, title="Lighthouse 灯台", tags=("breath work", "🌊"))
    for query in ("lighthouse", "台", "breath", "harbour", "🌊", "lighthouse harbour body"):
        assert found(journal, query) == {entry_id}, query


def test_the_bytes_of_an_attachment_are_not_searched(journal: Journal) -> None:
    write(journal, "body", prepare_attachment("a.txt", b"lighthouse"))
    assert found(journal, "lighthouse") == set()


def test_the_deleted_is_not_found_and_found_again_when_taken_back(journal: Journal) -> None:
    entry_id = write(journal, "lighthouse 🌊", title="Cape")
    for query in ("lighthouse", "cape", "🌊"):
        delete_entry(journal, entry_id)
        assert found(journal, query) == set()
        undelete_entry(journal, entry_id)
        assert found(journal, query) == {entry_id}
    purge_entry(journal, entry_id)
    assert found(journal, "lighthouse") == set()


def test_words_edited_away_are_not_found_any_more(journal: Journal) -> None:
    entry_id = write(journal, "lighthouse 記憶", title="Cape", tags=("salt",))
    save_entry(journal, entry_id, draft("harbour", title="Bay", tags=("wind",)), Sitting())
    assert found(journal, "harbour bay wind") == {entry_id}
    for gone in ("lighthouse", "記憶", "cape", "salt"):
        assert found(journal, gone) == set()


def test_hits_are_newest_first_filtered_and_limited(journal: Journal) -> None:
    ids = [write(journal, f"sea {n}", phase=Phase.EXPERIENCE if n % 2 else Phase.PREPARE) for n in range(6)]
    hits = list(search_entries(journal, "sea"))
    assert [hit.entry.id for hit in hits if isinstance(hit, Hit)] == ids[::-1]
    assert found(journal, "sea", Filter(phase=Phase.EXPERIENCE)) == {ids[1], ids[3], ids[5]}
    assert len(list(search_entries(journal, "sea", limit=2))) == 2


def test_a_hit_shows_the_words_around_it(journal: Journal) -> None:
    write(journal, "A calm day. " * 30 + "The lighthouse stood. " + "A calm night. " * 30)
    (hit,) = search_entries(journal, "lighthouse")
    assert isinstance(hit, Hit)
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["lighthouse"]


@pytest.mark.parametrize(
    "query",
    [
        " ".join(["sea"] * 3000),
        " ".join(f"w{n}" for n in range(1500)),
        '"' + "sea " * 3000 + '"',
        "x" * 100_000,
        "海" * 5000,
    ],
    ids=["repeated", "different", "phrase", "long-word", "han"],
)
def test_a_pasted_page_of_words_is_no_error(journal: Journal, query: str) -> None:
    write(journal, "sea")
    assert len(found(journal, query)) <= 1


def test_a_pasted_page_of_signs_is_no_error(journal: Journal) -> None:
    write(journal, "- sea")
    found(journal, "- " * 1500)


@pytest.mark.parametrize("query", ["\udc80", "sea\udc80", '"\udcff x"'])
def test_bytes_of_the_terminal_that_are_no_text_find_nothing_and_are_no_error(journal: Journal, query: str) -> None:
    write(journal, "sea x")
    assert found(journal, query) == set()


@SHARED
@given(st.text(max_size=60))
def test_no_query_ever_raises(journal: Journal, query: str) -> None:
    if not found(journal, "anchor"):
        write(journal, "anchor 海 🌊 été")
    found(journal, query)


def _stretches(text: str) -> list[str]:
    """The pieces between spaces; quotes and stars say something of their own in a query."""
    return [piece for piece in text.replace('"', " ").replace("*", " ").replace("\x00", " ").split() if piece]


@SHARED
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cn", "Co")), min_size=1, max_size=80))
def test_an_entry_is_found_by_any_of_its_own_words(journal: Journal, body: str) -> None:
    body = unicodedata.normalize("NFC", body)
    entry_id = write(journal, body)
    for piece in _stretches(body)[:5]:
        assert entry_id in found(journal, piece), ascii(piece)


ALPHABET = "aàAbéÉ ä1記海かナ한국어Яяд-.🌊\n"
WORD = st.text("aàbé1記海か한Яя", min_size=1, max_size=3)


def _tokens(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not 0x300 <= ord(c) <= 0x36F)
    plain = unicodedata.normalize("NFC", plain).casefold()
    return re.findall(r"[記海かナ한국어]|[^\W記海かナ한국어]+", plain)


def _matches(body: str, words: list[str]) -> bool:
    there = _tokens(body)

    def in_a_row(wanted: list[str]) -> bool:
        return any(there[at : at + len(wanted)] == wanted for at in range(len(there) - len(wanted) + 1))

    return all(in_a_row(_tokens(word)) for word in words)


@dataclass
class Shelf:
    """A journal that grows from one example to the next, and what was written into it."""

    journal: Journal
    bodies: dict[UUID, str] = field(default_factory=dict)


@pytest.fixture
def shelf(journal: Journal) -> Shelf:
    return Shelf(journal)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(ALPHABET, max_size=40), min_size=1, max_size=3), st.lists(WORD, min_size=1, max_size=3))
def test_search_finds_what_a_plain_look_through_all_entries_finds(
    shelf: Shelf, bodies: list[str], words: list[str]
) -> None:
    for body in bodies:
        shelf.bodies[write(shelf.journal, body)] = body
    expected = {entry_id for entry_id, body in shelf.bodies.items() if _matches(body, words)}
    assert found(shelf.journal, " ".join(words)) == expected


def test_a_file_is_found_by_its_name_wherever_it_was_read_from(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "lantern.txt"
    path.write_bytes(b"x")
    entry_id = write(journal, "body", prepare_file(path))
    assert found(journal, "lantern") == {entry_id}
    assert found(journal, tmp_path.name) == set()
