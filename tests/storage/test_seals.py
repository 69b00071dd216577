"""Row seals (finding F1): every part of a row that changes breaks its seal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.storage.seals import SEAL_LENGTH, SealedValue, Sealer
from integrate.system.memory import SecretBuffer

ROW_ID = bytes(range(16))
VALUES: dict[str, SealedValue] = {"body": "A calm sea", "words": 3, "flag": True, "data": b"\x00\xff", "mood": None}
VALUE = st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.text(), st.binary())
ROWS = st.dictionaries(st.text("abc_", min_size=1, max_size=3), VALUE, max_size=4)


@pytest.fixture(scope="module")
def sealer() -> Iterator[Sealer]:
    sealer = Sealer(SecretBuffer.holding(b"k" * 32))
    yield sealer
    sealer.wipe()


def _bound(values: dict[str, SealedValue]) -> dict[str, tuple[type, object]]:
    """What counts: None is left out, and SQLite keeps a bool as the number it is."""
    return {
        name: (int if isinstance(value, bool) else type(value), value)
        for name, value in values.items()
        if value is not None
    }


def test_a_seal_fits_its_own_row(sealer: Sealer) -> None:
    seal = sealer.seal("entry", ROW_ID, 1, VALUES)
    assert len(seal) == SEAL_LENGTH
    assert sealer.fits(seal, "entry", ROW_ID, 1, VALUES)
    assert sealer.fits(seal, "entry", ROW_ID, 1, dict(reversed(VALUES.items())))


@pytest.mark.parametrize(
    "changed",
    [
        {"body": "A calm sea\x00"}, {"body": "A calm se"}, {"body": b"A calm sea"}, {"body": None}, {"words": 4},
        {"words": "3"}, {"flag": False}, {"data": b"\x00\xfe"}, {"data": "\x00"}, {"mood": 0}, {"mood": ""}, {"new": 1},
    ],
    ids=str,
)  # fmt: skip
def test_f1_any_changed_field_or_type_breaks_it(sealer: Sealer, changed: dict[str, SealedValue]) -> None:
    assert not sealer.fits(sealer.seal("entry", ROW_ID, 1, VALUES), "entry", ROW_ID, 1, VALUES | changed)


def test_f1_another_table_id_revision_or_key_breaks_it(sealer: Sealer) -> None:
    seal = sealer.seal("entry", ROW_ID, 1, VALUES)
    assert not sealer.fits(seal, "entry_text", ROW_ID, 1, VALUES)
    assert not sealer.fits(seal, "entry", ROW_ID[::-1], 1, VALUES)
    assert not sealer.fits(seal, "entry", ROW_ID, 2, VALUES)
    with SecretBuffer.holding(b"l" * 32) as key:
        assert not Sealer(key).fits(seal, "entry", ROW_ID, 1, VALUES)


def test_f1_every_bit_of_a_seal_counts(sealer: Sealer) -> None:
    seal = sealer.seal("entry", ROW_ID, 1, VALUES)
    for at in range(SEAL_LENGTH * 8):
        wrong = bytearray(seal)
        wrong[at // 8] ^= 1 << at % 8
        assert not sealer.fits(bytes(wrong), "entry", ROW_ID, 1, VALUES)
    assert not sealer.fits(seal[:-1], "entry", ROW_ID, 1, VALUES)
    assert not sealer.fits(b"", "entry", ROW_ID, 1, VALUES)


def test_a_later_column_without_a_value_leaves_older_seals_in_place(sealer: Sealer) -> None:
    seal = sealer.seal("entry", ROW_ID, 1, VALUES)
    assert sealer.fits(seal, "entry", ROW_ID, 1, VALUES | {"added_later": None})


@given(ROWS, ROWS)
def test_two_different_rows_never_share_a_seal(
    sealer: Sealer, one: dict[str, SealedValue], other: dict[str, SealedValue]
) -> None:
    same = sealer.seal("entry", ROW_ID, 1, one) == sealer.seal("entry", ROW_ID, 1, other)
    assert same == (_bound(one) == _bound(other))


def test_what_one_field_loses_the_next_cannot_take_over(sealer: Sealer) -> None:
    pairs = [({"a": "xy", "b": "z"}, {"a": "x", "b": "yz"}), ({"a": "1s1:b", "b": ""}, {"a": "", "b": "1s1:b"})]
    for one, other in pairs:
        assert sealer.seal("t", ROW_ID, 0, one) != sealer.seal("t", ROW_ID, 0, other)


def test_after_wiping_nothing_can_be_sealed() -> None:
    sealer = Sealer(SecretBuffer.holding(b"k" * 32))
    sealer.wipe()
    with pytest.raises(ValueError, match="wiped"):
        sealer.seal("entry", ROW_ID, 1, VALUES)


@given(values=ROWS, revision=st.integers(0, 2**31), other=VALUE)
def test_the_quick_check_of_many_rows_says_what_the_slow_one_says(
    sealer: Sealer, values: dict[str, SealedValue], revision: int, other: SealedValue
) -> None:
    names = ("id", *(f"c_{name}" for name in values), "rev", "seal")
    sealed: dict[str, SealedValue] = {f"c_{name}": value for name, value in values.items()} | {"rev": revision}
    seal = sealer.seal("entry", ROW_ID, revision, sealed)
    texts = {name for name, value in sealed.items() if isinstance(value, str)}
    fits = sealer.checker("entry", names, texts)

    def as_read(row: dict[str, SealedValue]) -> list[object]:
        """As a driver gives it: a bool as a number, a text as its bytes where it is asked for so."""
        told = [row[name] for name in names[1:-2]]
        return [
            value.encode("utf-8", "surrogatepass") if isinstance(value, str)
            else int(value) if isinstance(value, bool) else value
            for value in told
        ]  # fmt: skip

    assert fits((ROW_ID, *as_read(sealed), revision, seal))
    assert not fits((ROW_ID, *as_read(sealed), revision + 1, seal))
    assert not fits((bytes(16), *as_read(sealed), revision, seal))
    for name in names[1:-2]:
        changed = sealed | {name: other}
        if _bound(changed) != _bound(sealed) and not isinstance(other, str | bytes):
            assert not fits((ROW_ID, *as_read(changed), revision, seal))


@pytest.mark.parametrize("row", [(ROW_ID, 1.5, 1, b"x"), (b"short", 1, 1, b"x"), (ROW_ID, 1, None, b"x"), (None,) * 4])
def test_the_quick_check_refuses_what_no_seal_can_fit(sealer: Sealer, row: tuple[object, ...]) -> None:
    assert not sealer.checker("entry", ("id", "words", "rev", "seal"), ())(row)
