from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.system import spelling
from integrate.system.spelling import (
    Dictionary,
    SpellChecker,
    available_dictionaries,
    find_words,
    load_checker,
)

AFF = b"SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\n"
DIC = b"3\nhello\nworld\nna\xc3\xafve\n"


def make(folder: Path, code: str, aff: bytes = AFF, dic: bytes = DIC) -> Dictionary:
    folder.mkdir(exist_ok=True)
    (folder / f"{code}.aff").write_bytes(aff)
    (folder / f"{code}.dic").write_bytes(dic)
    return Dictionary(code, folder / f"{code}.aff", folder / f"{code}.dic")


def checker_of(dictionary: Dictionary, *own_words: str) -> SpellChecker:
    checker = load_checker(dictionary, own_words)
    assert checker is not None
    return checker


@pytest.fixture(scope="module")
def english() -> SpellChecker:
    (shipped,) = available_dictionaries(())
    return checker_of(shipped)


def test_american_english_ships() -> None:
    (shipped,) = available_dictionaries(())
    assert (shipped.code, shipped.language) == ("en_US", "en-US")
    assert shipped.aff.is_file()
    assert shipped.dic.is_file()


def test_dictionaries_of_the_system_are_found_once_each_after_the_shipped_one(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    german, breton = make(first, "de_AT"), make(first, "br")
    make(second, "de_AT")
    make(second, "hyph_de_DE")
    make(first, "en_US")
    (first / "fr.dic").write_bytes(DIC)
    found = available_dictionaries((tmp_path / "none", first, second))
    assert [dictionary.code for dictionary in found] == ["en_US", "br", "de_AT"]
    assert found[1:] == (breton, german)
    assert found[0].dic.parent != first


def test_the_systems_folders_are_looked_at_where_they_exist() -> None:
    assert available_dictionaries()[0].code == "en_US"


@pytest.mark.parametrize(
    "word", ["journal", "Journal", "don't", "don’t", "'quoted'", "re-read", "difficult", "JOURNAL"]
)
def test_words_of_the_dictionary_are_right(english: SpellChecker, word: str) -> None:
    assert english.check(word)


@pytest.mark.parametrize("word", ["jurnal", "dificult", "teh", "dont’", "JURNALS"])
def test_others_are_wrong(english: SpellChecker, word: str) -> None:
    assert not english.check(word)


@pytest.mark.parametrize(
    "word",
    [
        *(
            "",
            "'",
            "4mg",
            "2026",
            "x2y",
            "https://exmaple.org",
            "www.exmaple.org",
            "s@exmaple.org",
            "PHQ",
            "qzxkw" * 20,
        ),
        *("日本語", "かな", "한글", "привет", "שלום", "a\0b", "x_y_zq"),
    ],
)
def test_what_the_dictionary_cannot_judge_is_never_wrong(english: SpellChecker, word: str) -> None:
    assert english.check(word)
    assert english.suggest(word) == ()


def test_words_are_found_outside_of_addresses_with_their_places() -> None:
    text = "Don’t (see https://a.example/teh), mail s@b.example or www.c.example: well-being, नमस्ते 2x."
    assert [text[start:end] for start, end in find_words(text)] == [
        *("Don’t", "see", "mail", "or", "well-being", "नमस्ते", "2x"),
    ]


def test_mistakes_are_told_with_their_places(english: SpellChecker) -> None:
    text = "I dreamed of teh sea, **realy**."
    assert [text[start:end] for start, end in english.mistakes(text)] == ["teh", "realy"]


def test_suggestions_are_few_and_keep_the_apostrophe_that_was_typed(english: SpellChecker) -> None:
    assert "journal" in english.suggest("jurnal")
    assert len(english.suggest("tehn")) <= 6
    assert "don’t" in english.suggest("do’nt")
    assert "don't" in english.suggest("do'nt")


def test_ones_own_words_are_right_in_any_capitals_and_with_a_possessive_s() -> None:
    (shipped,) = available_dictionaries(())
    checker = checker_of(shipped, "Moreaux")
    assert checker.check("moreaux")
    assert checker.check("Moreaux’s")
    assert not checker.check("esketamine")
    checker.add("Esketamine")
    assert checker.check("esketamine")
    assert not checker_of(shipped).check("esketamine")


def test_an_answer_is_asked_for_once_and_the_oldest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    class Engine:
        asked: list[str] = []  # noqa: RUF012 - one object, one test

        def spell(self, word: str) -> bool:
            self.asked.append(word)
            return False

    monkeypatch.setattr(spelling, "_KEPT_ANSWERS", 2)
    checker = SpellChecker(Engine(), "utf-8")
    for word in ("one", "two", "one", "three", "one", "two"):
        assert not checker.check(word)
    assert Engine.asked == ["one", "two", "three", "two"]


def test_a_dictionary_in_utf_8_knows_its_letters_composed_or_not(tmp_path: Path) -> None:
    checker = checker_of(make(tmp_path, "xx"))
    assert checker.check("naïve")
    assert checker.check("nai\u0308ve")
    assert not checker.check("naive")


@pytest.mark.parametrize(
    ("aff", "dic"),
    [
        (AFF, b""),
        (AFF, b"words\nhello\n"),
        (AFF, b"999999999999\nhello\n"),
        (AFF, b"0\n"),
        (AFF, b"-3\nhello\n"),
        (b"SET KLINGON-1\n", DIC),
        (b"SET UTF-8\n\0\0", DIC),
    ],
)
def test_files_that_are_no_dictionary_give_no_checker(tmp_path: Path, aff: bytes, dic: bytes) -> None:
    assert load_checker(make(tmp_path, "xx", aff, dic)) is None


def test_a_dictionary_that_has_gone_gives_no_checker(tmp_path: Path) -> None:
    dictionary = make(tmp_path, "xx")
    dictionary.aff.unlink()
    assert load_checker(dictionary) is None


def test_without_the_library_there_is_no_spell_checking_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dictionary = make(tmp_path / "own", "xx")
    monkeypatch.setitem(sys.modules, "hunspell", None)
    monkeypatch.setattr(spelling, "find_spec", lambda _name: None)
    assert available_dictionaries(()) == ()
    assert load_checker(dictionary) is None


FOREIGN = """
import random, sys
from pathlib import Path
from integrate.system.spelling import Dictionary, load_checker
folder, seed = Path(sys.argv[1]), int(sys.argv[2])
chance = random.Random(seed)
good = bytearray(Path(sys.argv[3]).read_bytes())
for _ in range(300):
    good[chance.randrange(len(good))] = chance.randrange(1, 256)
for number, aff in enumerate((good, b"SET UTF-8\\n" + chance.randbytes(2000), b"SET UTF-8\\nPFX A Y 2000000000\\n")):
    (folder / "xx.aff").write_bytes(aff)
    (folder / "xx.dic").write_bytes(b"5\\nhello/A\\n" + chance.randbytes(200))
    checker = load_checker(Dictionary("xx", folder / "xx.aff", folder / "xx.dic"))
    if checker is not None:
        checker.check("hello"), checker.suggest("helo")
"""


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_dictionary_never_ends_the_program(tmp_path: Path, seed: int) -> None:
    (shipped,) = available_dictionaries(())
    command = [sys.executable, "-c", FOREIGN, str(tmp_path), str(seed), str(shipped.aff)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_nothing_is_written_and_the_environment_chooses_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dictionary = make(tmp_path / "own", "xx")
    monkeypatch.setenv("HUNSPELL_DATA", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("HUNSPELL_PATH_ENCODING", "ascii")
    monkeypatch.chdir(tmp_path)
    before = sorted(os.walk(tmp_path))
    checker = checker_of(dictionary, "Moreaux")
    assert checker.check("hello")
    checker.add("Esketamine")
    assert checker.suggest("helo") == ("hello",)
    assert sorted(os.walk(tmp_path)) == before


def test_a_place_with_letters_of_other_scripts_is_read(tmp_path: Path) -> None:
    assert checker_of(make(tmp_path / "Wörter ж", "xx")).check("hello")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_judged_without_failing(english: SpellChecker, text: str) -> None:
    for start, end in english.mistakes(text):
        assert 0 <= start < end <= len(text)
        assert not english.check(text[start:end])


def test_the_library_is_not_loaded_before_a_checker_is_made() -> None:
    ask = "import sys; from integrate.system import spelling; spelling.available_dictionaries()"
    code = f"{ask}; sys.exit('hunspell' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
