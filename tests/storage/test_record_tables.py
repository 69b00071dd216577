"""Every column of every table is copied under a name, or left out on purpose."""

from __future__ import annotations

import pytest

from integrate.domain.record_kinds import IN_PACKETS_ONLY, RECORD_KINDS
from integrate.domain.records import Shape
from integrate.storage.bases import Base, table_of
from integrate.storage.record_tables import LEFT_OUT, RECORD_TABLES, TO_COLUMN, TO_FIELD
from integrate.storage.tables import EntryTextRow

MODELS = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda model: model.__tablename__)
ALSO_COPIED: dict[type, set[str]] = {EntryTextRow: {"body"}}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__tablename__)
def test_every_column_is_copied_or_left_out_and_never_both(model: type) -> None:
    """A new column fails here until somebody decides: in ``RecordTable`` or in what is left out, with why."""
    columns = {column.key for column in table_of(model).columns}
    table = next((one for one in RECORD_TABLES.values() if one.model is model), None)
    copied = set(table.columns.values()) if table else set()
    left_out = set(table.left_out if table else LEFT_OUT[model])
    if table is not None and "body" in table.columns and table.kind.name == "entry":
        copied.remove("body")  # it lies in the table of the texts
    copied |= ALSO_COPIED.get(model, set())
    assert not copied & left_out
    assert copied | left_out == columns
    assert all(why for why in (table.left_out if table else LEFT_OUT[model]).values())


def test_every_kind_of_record_has_a_table_or_is_of_packets_alone() -> None:
    assert set(RECORD_KINDS) == set(RECORD_TABLES) | IN_PACKETS_ONLY
    assert list(RECORD_TABLES) == [name for name in RECORD_KINDS if name not in IN_PACKETS_ONLY]


def test_keys_and_key_material_are_in_no_record() -> None:
    names = {column for table in RECORD_TABLES.values() for column in table.columns.values()}
    assert not names & {"pk", "seal", "private_key", "mac_key", "sitting"}


def test_kinds_are_in_the_order_of_their_ranks_and_name_themselves_by_fields_they_have() -> None:
    kinds = list(RECORD_KINDS.values())
    assert [kind.rank for kind in kinds] == sorted(kind.rank for kind in kinds)
    for kind in kinds:
        assert set(kind.key) <= {field.name for field in kind.fields}
        assert len({field.name for field in kind.fields}) == len(kind.fields)
        assert "record" not in {field.name for field in kind.fields}  # the name of the kind itself


def test_every_shape_has_its_way_there_and_back() -> None:
    assert set(TO_FIELD) == set(TO_COLUMN) == set(Shape)
