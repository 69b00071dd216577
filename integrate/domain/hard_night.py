"""What a person wrote on a calm day for a hard one: their hard-night page, and the early signs they know of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID, uuid5

from integrate.domain.entry import require_text
from integrate.errors import WrongUsage
from integrate.i18n import N_, _

LONGEST: Final = 500
"""Characters of one line."""

MOST: Final = 60
"""Lines of the page, and as many early signs."""


class NightKind(StrEnum):
    """What a line is; the first three make the hard-night page, in this order."""

    HELPS = "helps"
    """What helps."""
    WHO = "who"
    TELL = "tell"
    """What I would tell myself."""
    SIGN = "sign"
    """An early sign; it is on no page with the others."""


PAGE_KINDS: Final = (NightKind.HELPS, NightKind.WHO, NightKind.TELL)

KIND_WORDS: Final = MappingProxyType(
    {
        NightKind.HELPS: N_("What helps"),
        NightKind.WHO: N_("Who"),
        NightKind.TELL: N_("What I would tell myself"),
        NightKind.SIGN: N_("My early signs"),
    }
)
"""What stands above the lines of a kind."""


@dataclass(frozen=True, slots=True)
class NightLine:
    """One line in the person's own words. ``shown_locked`` means readable on the computer without a passphrase.

    Raises:
        WrongUsage: it is empty, longer than :data:`LONGEST`, more than one line, or no valid text.
    """

    id: UUID
    kind: NightKind
    text: str
    shown_locked: bool = False

    def __post_init__(self) -> None:
        require_text(self.text)
        if not self.text.strip():
            raise WrongUsage(reason=_("A line needs a word."))
        if len(self.text) > LONGEST:
            raise WrongUsage(reason=_("One line has at most {count} characters.").format(count=LONGEST))
        if len(self.text.splitlines()) > 1:
            raise WrongUsage(reason=_("This is more than one line."))

    def as_json(self) -> dict[str, object]:
        """The line as plain values."""
        return {"id": str(self.id), "kind": str(self.kind), "text": self.text, "shown_locked": self.shown_locked}

    @classmethod
    def from_json(cls, data: Any) -> NightLine:
        """The inverse of :meth:`as_json`; fields of a newer version are left out.

        Raises:
            ValueError: it is no such line.
        """
        if not isinstance(data, Mapping):
            raise ValueError("a line is a set of named values")
        text, shown = data.get("text"), data.get("shown_locked", False)
        if not isinstance(text, str) or not isinstance(shown, bool):
            raise ValueError("a value of the wrong kind")
        try:
            return cls(UUID(str(data.get("id"))), NightKind(str(data.get("kind"))), text, shown)
        except WrongUsage as error:
            raise ValueError("a line without a word") from error


def check_lines(lines: Collection[NightLine], kinds: Collection[NightKind]) -> None:
    """Refuse a list that nobody could read in a hard night.

    Raises:
        WrongUsage: there are more than :data:`MOST`, or one of them is of no kind in ``kinds``.
    """
    if len(lines) > MOST:
        raise WrongUsage(reason=_("There is room for {count} lines.").format(count=MOST))
    if any(line.kind not in kinds for line in lines):
        raise WrongUsage(reason=_("A line is in a place where it does not belong."))


def typed_lines(text: str) -> tuple[str, ...]:
    """The lines of what was typed or pasted, without blank ones and without spaces around them."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def signs_of_closing(course: UUID, text: str) -> tuple[NightLine, ...]:
    """The early signs that were written on closing ``course``, a line each; none of them is shown while locked.

    The same text always gives the same ids. What is too long for a line goes on in the next one.
    """
    pieces = [piece for line in typed_lines(text) for piece in _pieces(line)][:MOST]
    return tuple(NightLine(uuid5(course, str(place)), NightKind.SIGN, piece) for place, piece in enumerate(pieces))


def of_kind(lines: Iterable[NightLine], kind: NightKind) -> tuple[NightLine, ...]:
    """The lines of one kind, in order."""
    return tuple(line for line in lines if line.kind is kind)


def _pieces(line: str) -> Iterable[str]:
    while len(line) > LONGEST:
        cut = line.rfind(" ", 1, LONGEST + 1)
        piece, line = (line[:cut], line[cut:]) if cut > 0 else (line[:LONGEST], line[LONGEST:])
        yield piece.rstrip()
        line = line.lstrip()
    yield line
