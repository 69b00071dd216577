"""The person's own people for Help now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from integrate.domain.entry import require_text
from integrate.errors import WrongUsage
from integrate.i18n import _


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to turn to. ``number`` is shown and never dialled; ``shown_locked`` means readable without passphrase.

    Raises:
        WrongUsage: the name is empty, or a text is not valid or not a single line (a note may have several).
    """

    id: UUID
    name: str
    number: str
    role: str = ""
    shown_locked: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        for text in (self.name, self.number, self.role, self.note):
            require_text(text)
        if not self.name.strip():
            raise WrongUsage(reason=_("A person needs a name."))
        if any(len(text.splitlines()) > 1 for text in (self.name, self.number, self.role)):
            raise WrongUsage(reason=_("Name, number and role are one line each."))

    def as_json(self) -> dict[str, object]:
        """The person as plain values."""
        return {
            "id": str(self.id),
            "name": self.name,
            "number": self.number,
            "role": self.role,
            "shown_locked": self.shown_locked,
            "note": self.note,
        }

    @classmethod
    def from_json(cls, data: Any) -> Person:
        """The inverse of :meth:`as_json`; fields of a newer version are left out.

        Raises:
            ValueError: it is no person.
        """
        if not isinstance(data, Mapping):
            raise ValueError("a person is a set of named values")
        texts = {name: data.get(name, "") for name in ("name", "number", "role", "note")}
        shown = data.get("shown_locked", False)
        if not all(isinstance(text, str) for text in texts.values()) or not isinstance(shown, bool):
            raise ValueError("a value of the wrong kind")
        try:
            return cls(UUID(str(data.get("id"))), shown_locked=shown, **texts)
        except WrongUsage as error:
            raise ValueError("a person without a name") from error
