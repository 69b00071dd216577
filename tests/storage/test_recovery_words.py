"""Recovery words: the official list and vectors, patience with typing, and slips that are found (K3)."""

from __future__ import annotations

import hashlib
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from integrate.errors import ExitCode, UnclearWords, WrongWords
from integrate.storage.keys import new_master
from integrate.storage.recovery_words import entropy_from_words, looks_like_words, words_from_entropy
from integrate.storage.slots import SlotKind, unwrap, wrap

# The 128-bit English vectors published with BIP-39, today's eight and four that earlier lists of vectors held.
VECTORS = [
    ("00000000000000000000000000000000", "abandon " * 11 + "about"),
    ("7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f", "legal winner thank year wave sausage worth useful legal winner thank yellow"),
    (
        "80808080808080808080808080808080",
        "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
    ),
    ("ffffffffffffffffffffffffffffffff", "zoo " * 11 + "wrong"),
    (
        "9e885d952ad362caeb4efe34a8e91bd2",
        "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic",
    ),
    ("c0ba5a8e914111210f2bd131f3d5e08d", "scheme spot photo card baby mountain device kick cradle pact join borrow"),
    ("23db8160a31d3e0dca3688ed941adbf3", "cat swing flag economy stadium alone churn speed unique patch report train"),
    (
        "f30f8c1da665478f49b001d94c5fc452",
        "vessel ladder alter error federal sibling chat ability sun glass valve picture",
    ),
    ("7dce4ed2284c9134d026608ab684c05c", "lava include region explain simple omit dog slot melt reflect copy reward"),
    (
        "5baf069620eff15c71dd97c9a6ee328f",
        "forum join pitch dove yellow purchase shuffle real situate danger million bunker",
    ),
    ("63deb1e7f0c3de56f4ab43c9d2ae6c86", "glow void ketchup thunder digital clock sport half six nice open artefact"),
    (
        "00641669f095b433a304ed0f953f28eb",
        "about camera omit thrive forget border metal oval auto prepare sketch stomach",
    ),
]
PAPER = "vessel ladder alter error federal sibling chat ability sun glass valve picture"
ENTROPY = bytes.fromhex("f30f8c1da665478f49b001d94c5fc452")
VAULT_ID = bytes(16)


@pytest.fixture(scope="module")
def word_list() -> list[str]:
    return Mnemonic("english").wordlist


def hint(words: str | list[str]) -> str:
    with pytest.raises(UnclearWords) as caught:
        entropy_from_words(words)
    assert caught.value.exit_code is ExitCode.WRONG_SECRET
    return str(caught.value.parameters["hint"])


# --- the list and the vectors -----------------------------------------------------------------------------------------


def test_the_word_list_is_the_official_one(word_list: list[str]) -> None:
    text = "\n".join(word_list) + "\n"
    assert (
        hashlib.sha256(text.encode()).hexdigest() == "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
    )


def test_no_two_words_share_their_first_four_letters(word_list: list[str]) -> None:
    assert len({word[:4] for word in word_list}) == 2048


@pytest.mark.parametrize(("entropy", "words"), VECTORS)
def test_the_official_vectors_hold_both_ways_k3(entropy: str, words: str) -> None:
    assert " ".join(words_from_entropy(bytes.fromhex(entropy))) == words.strip()
    assert entropy_from_words(words).hex() == entropy


@given(st.binary(min_size=16, max_size=16))
def test_sixteen_bytes_survive_the_way_to_words_and_back(entropy: bytes) -> None:
    words = words_from_entropy(entropy)
    assert len(words) == 12
    assert entropy_from_words(words) == entropy


@pytest.mark.parametrize("length", [0, 15, 17, 20, 32])
def test_another_number_of_bytes_is_a_bug(length: int) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        words_from_entropy(bytes(length))


# --- patience ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        PAPER.upper(),
        PAPER.title(),
        "   " + PAPER.replace(" ", "   ") + "\n\n",
        PAPER.replace(" ", "\r\n"),
        PAPER.replace(" ", ", "),
        PAPER.replace(" ", "\t"),
        PAPER.replace(" ", "\u00a0"),
        "\n".join(f"{number}. {word}" for number, word in enumerate(PAPER.split(), 1)),
        "\n".join(f"{number:02d}) {word}" for number, word in enumerate(PAPER.split(), 1)),
        " ".join(f"{number}:{word}" for number, word in enumerate(PAPER.split(), 1)),
        " ".join(word[:4] for word in PAPER.split()),
        "\ufeff" + PAPER,
        PAPER.replace("ladder", "lad\u00adder\u200b"),
        PAPER.replace("error", "\uff45\uff52\uff52\uff4f\uff52"),
        PAPER.replace("error", "érror"),
    ],
)
def test_what_people_type_or_paste_is_understood(typed: str) -> None:
    assert entropy_from_words(typed) == ENTROPY
    assert looks_like_words(typed)


def test_a_list_of_words_is_understood_too() -> None:
    assert entropy_from_words(PAPER.split()) == ENTROPY
    assert entropy_from_words(tuple(f"{n}. {w}" for n, w in enumerate(PAPER.split(), 1))) == ENTROPY


def test_every_word_is_found_by_its_first_four_letters_and_any_longer_start(word_list: list[str]) -> None:
    source = random.Random(4)
    for word in source.sample(word_list, 60):
        for end in range(min(4, len(word)), len(word) + 1):
            assert looks_like_words(" ".join([word[:end]] * 12)), word[:end]


def test_three_letters_of_a_longer_word_are_too_few() -> None:
    assert hint(PAPER.replace("vessel", "ves")) == "Word 1 is not on the list."


# --- hints ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", "There are 0 words."),
        ("vessel", "There is 1 word."),
        (PAPER.rsplit(" ", 1)[0], "There are 11 words."),
        (PAPER + " picture", "There are 13 words."),
        ("1. 2. 3.", "There are 0 words."),
    ],
)
def test_another_number_of_words_is_counted(typed: str, expected: str) -> None:
    assert hint(typed) == expected


def test_the_first_word_that_is_not_on_the_list_is_named_by_its_number_never_repeated() -> None:
    assert hint(PAPER.replace("error", "errror").replace("sun", "zzzz")) == "Word 4 is not on the list."
    with pytest.raises(UnclearWords) as caught:
        entropy_from_words(PAPER.replace("error", "hunter"))
    error = caught.value
    assert "hunter" not in error.message() + repr(error) + repr(error.__cause__)


def test_a_wrong_word_of_the_list_and_a_swap_are_told_alike() -> None:
    assert hint(PAPER.replace("ladder", "zebra")) == "One word is wrong or two are swapped."
    assert hint("ladder vessel" + PAPER[len("vessel ladder") :]) == "One word is wrong or two are swapped."


def test_no_slip_leaves_words_in_the_errors_chain() -> None:
    with pytest.raises(UnclearWords) as caught:
        entropy_from_words(PAPER.replace("ladder", "zebra"))
    assert caught.value.__suppress_context__


# --- K3: slips --------------------------------------------------------------------------------------------------------


def test_slips_are_flagged_by_the_checksum_or_by_the_slot_k3(word_list: list[str]) -> None:
    source = random.Random(39)
    flagged = refused_by_slot = 0
    trials = 2000
    with new_master() as master:
        slot = wrap(SlotKind.RECOVERY, 1, VAULT_ID, ENTROPY, None, master)
        for trial in range(trials):
            words = PAPER.split()
            if trial % 2:
                one, other = source.sample(range(12), 2)
                words[one], words[other] = words[other], words[one]
            else:
                at = source.randrange(12)
                words[at] = source.choice([word for word in word_list if word != words[at]])
            try:
                entropy = entropy_from_words(words)
            except UnclearWords:
                flagged += 1
                continue
            with pytest.raises(WrongWords):
                unwrap(slot, 1, VAULT_ID, entropy)
            refused_by_slot += 1
        unwrap(slot, 1, VAULT_ID, entropy_from_words(PAPER)).wipe()
    assert flagged + refused_by_slot == trials
    assert refused_by_slot > 0
    # Only 132 swaps exist, so their share of fifteen in sixteen is looked at apart, below; wide bounds here.
    assert flagged / trials > 0.9


def test_fifteen_of_sixteen_single_slips_are_flagged_over_many_papers_k3(word_list: list[str]) -> None:
    source = random.Random(40)
    trials = 2000
    flagged = 0
    for trial in range(trials):
        words = list(words_from_entropy(source.randbytes(16)))
        before = list(words)
        while words == before:
            if trial % 2:
                one, other = source.sample(range(12), 2)
                words[one], words[other] = words[other], words[one]
            else:
                words[source.randrange(12)] = source.choice(word_list)
        try:
            entropy_from_words(words)
        except UnclearWords:
            flagged += 1
    deviation = math.sqrt(15 / 16 / 16 / trials)
    assert abs(flagged / trials - 15 / 16) < 3 * deviation


def test_every_wrong_last_word_but_those_that_fit_the_checksum_is_flagged_k3(word_list: list[str]) -> None:
    """Exact: 128 of the 2048 last words fit, one of them the right one, so 1920 of 2047 wrong ones are flagged."""
    start = PAPER.rsplit(" ", 1)[0]
    flagged = 0
    for word in word_list:
        try:
            entropy_from_words(f"{start} {word}")
        except UnclearWords:
            flagged += 1
    assert flagged == 1920


# --- telling words from a passphrase ----------------------------------------------------------------------------------


def test_words_with_one_slip_still_look_like_words() -> None:
    assert looks_like_words(PAPER.replace("error", "errror"))
    assert looks_like_words(PAPER.replace("ladder", "zebra"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "correct horse battery staple",
        "vessel ladder alter error federal sibling",
        PAPER.rsplit(" ", 1)[0],
        PAPER + " picture",
        "this is a long passphrase made of twelve words that are ordinary ones",
        PAPER.replace("error", "errror").replace("sun", "zzzz"),
    ],
)
def test_passphrases_do_not_look_like_words(text: str) -> None:
    assert not looks_like_words(text)
