"""What every table derives from: the base of the models, and the seal a row with a person's words carries.

A module of its own, so that the models can lie in several and still be one schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from sqlalchemy import Table, event
from sqlalchemy.orm import DeclarativeBase, Mapped, QueryContext, mapped_column

from integrate.storage.seals import Sealer


class Base(DeclarativeBase):
    """Every table of the journal."""


class Sealed:
    """A row with a seal (finding F1). ``intact`` is known once the row was loaded from the file.

    ``SINCE`` is the first schema that has the table.
    """

    UNSEALED: ClassVar[frozenset[str]] = frozenset({"pk", "seal"})
    SINCE: ClassVar[int] = 1

    seal: Mapped[bytes] = mapped_column()
    intact: ClassVar[bool] = True


def seal_row(sealer: Sealer, model: type[Any], values: dict[str, Any], revision: int = 0) -> dict[str, Any]:
    """``values`` of a new or changed row of ``model`` with its seal added; they name every column of the row."""
    sealed = {name: value for name, value in values.items() if name not in model.UNSEALED}
    row_id = sealed.pop("id")
    return {**values, "seal": sealer.seal(model.__tablename__, row_id, revision, sealed)}


def is_intact(sealer: Sealer, model: type[Any], values: Mapping[str, Any]) -> bool:
    """Whether the seal of a row of ``model`` fits; ``values`` holds every column of the row."""
    sealed = {name: value for name, value in values.items() if name not in model.UNSEALED}
    try:
        return sealer.fits(values["seal"], model.__tablename__, sealed.pop("id"), sealed.get("rev", 0), sealed)
    except (TypeError, ValueError, AttributeError, OverflowError):
        return False  # damage can change a column's type: no seal fits that


def table_of(model: type[Any]) -> Table:
    """The table of ``model``, for statements that need no objects."""
    return cast("Table", model.__table__)


def columns_of(row: Any) -> dict[str, Any]:
    """What the columns of a row hold, by name, without its seal."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "seal"}


def _check_seal(row: Any, context: QueryContext, _attributes: Any = None) -> None:
    held = row.__dict__  # asking the row for each of its columns is what took longest in a long list
    names = [column.key for column in row.__table__.columns]
    values = {name: held[name] if name in held else getattr(row, name) for name in names}
    row.intact = is_intact(context.session.info["sealer"], type(row), values)


event.listen(Sealed, "load", _check_seal, propagate=True)
event.listen(Sealed, "refresh", _check_seal, propagate=True)
