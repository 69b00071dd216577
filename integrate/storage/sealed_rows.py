"""What every sealed row with an id and a revision has in common: finding it, adding it, changing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import Session as OrmSession

from integrate.domain.entry import Unreadable
from integrate.errors import RecordDamaged, WrongUsage
from integrate.i18n import N_, _
from integrate.storage.bases import columns_of, seal_row, table_of
from integrate.storage.seals import Sealer

Value = TypeVar("Value")
Model = TypeVar("Model")

_DAMAGED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "entry": N_("This entry could not be read. The rest is fine."),
        "attachment": N_("This photo or file could not be read. The rest is fine."),
        "course": N_("This course could not be read. The rest is fine."),
        "session": N_("This session could not be read. The rest is fine."),
        "session_line": N_("This line of a session could not be read. The rest is fine."),
        "moment": N_("This moment could not be read. The rest is fine."),
        "thread": N_("This thread could not be read. The rest is fine."),
        "insight": N_("This insight could not be read. The rest is fine."),
        "practice": N_("This practice could not be read. The rest is fine."),
        "letter": N_("This letter could not be read. The rest is fine."),
        "measure": N_("This measure could not be read. The rest is fine."),
        "check_in": N_("This check-in could not be read. The rest is fine."),
        "response": N_("This questionnaire could not be read. The rest is fine."),
        "log": N_("These notes could not be read. The rest is fine."),
        "recipient": N_("This person could not be read. The rest is fine."),
        "shared_file": N_("This line of the list could not be read. The rest is fine."),
    }
)
"""What is said of a damaged thing, by the table it lies in; any other is a record."""


def damaged(model: type[Any]) -> RecordDamaged:
    """What to raise where a row of ``model`` is damaged: its sentence names what a person knows it as."""
    sentence = _DAMAGED.get(model.__tablename__)
    return RecordDamaged(_(sentence) if sentence else "")


def find_row(session: OrmSession, model: type[Model], row_id: UUID) -> Model:
    """The intact row of ``model`` with this id.

    Raises:
        WrongUsage: there is none.
        RecordDamaged: its seal does not fit.
    """
    wanted: Any = model
    row = session.scalars(select(model).where(wanted.id == row_id.bytes)).one_or_none()
    if row is None:
        raise not_there()
    if not row.intact:  # type: ignore[attr-defined]  # every model here is sealed
        raise damaged(model)
    return row


def not_there() -> WrongUsage:
    """What is said where an id names nothing."""
    return WrongUsage(reason=_("This is not in the journal any more. It may have been deleted for good."))


def value_of(row: Any, convert: Callable[[Any], Value]) -> Value:
    """The domain value of a row.

    Raises:
        RecordDamaged: the seal does not fit, or what it covers is of no kind that this program knows.
    """
    value = read_row(row, convert)
    if isinstance(value, Unreadable):
        raise damaged(type(row))
    return value


def read_row(row: Any, convert: Callable[[Any], Value]) -> Value | Unreadable:
    """The domain value of a row, or its name where it is damaged: one of them never hides the others."""
    try:
        if row.intact:
            return convert(row)
    except (ValueError, TypeError, KeyError, OverflowError, WrongUsage):
        pass
    return unreadable(row)


def unreadable(row: Any) -> Unreadable:
    """The name of a damaged row, as far as it has one."""
    try:
        return Unreadable(UUID(bytes=row.id))
    except (TypeError, ValueError):
        return Unreadable(None)


class SealedWriter:
    """Adds and changes sealed rows inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self.connection = connection
        self._sealer = sealer

    @cached_property
    def session(self) -> OrmSession:
        """For reading rows with their seals checked, inside the same transaction."""
        return OrmSession(self.connection, info={"sealer": self._sealer}, autoflush=False)

    def add(self, model: type[Any], columns: dict[str, Any]) -> int:
        """A new row with revision 1; its key. ``columns`` name all but ``pk``, ``rev`` and ``seal``."""
        table = table_of(model)
        sealed = seal_row(self._sealer, model, {**columns, "rev": 1}, 1)
        pk: int = self.connection.execute(insert(table).returning(table.c.pk), sealed).scalar_one()
        return pk

    def add_all(self, model: type[Any], rows: Iterable[dict[str, Any]]) -> None:
        """New rows, as :meth:`add` makes one."""
        sealed = [seal_row(self._sealer, model, {**columns, "rev": 1}, 1) for columns in rows]
        if sealed:
            self.connection.execute(insert(table_of(model)), sealed)

    def change(self, row: Any, **changed: Any) -> None:
        """Write an intact row again with ``changed``, one revision on. What was read before is read anew."""
        model, revision = type(row), row.rev + 1
        columns = columns_of(row) | changed | {"rev": revision}
        sealed = seal_row(self._sealer, model, columns, revision)
        self.connection.execute(update(table_of(model)).where(table_of(model).c.pk == row.pk), sealed)
        self.session.expire_all()
