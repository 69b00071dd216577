"""Prompts that a person wrote for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from integrate.domain.entry import Phase, require_text
from integrate.domain.prompts import Prompt
from integrate.errors import WrongUsage
from integrate.i18n import _

PREFIX: Final = "my-"
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class OwnPrompt:
    """A prompt of the person's own. A ``removed`` one is offered no more; entries that answered it still show it."""

    id: str
    text: str
    phase: Phase
    removed: bool = False

    def as_prompt(self) -> Prompt:
        """The same as any other prompt."""
        return Prompt(self.id, self.phase, theme="", text=self.text)

    def as_json(self) -> dict[str, object]:
        """The prompt as plain values."""
        return {"id": self.id, "text": self.text, "phase": str(self.phase), "removed": self.removed}

    @classmethod
    def from_json(cls, data: Any) -> OwnPrompt:
        """The inverse of :meth:`as_json`; fields of a newer version are left out.

        Raises:
            ValueError: it is no such prompt.
        """
        if not isinstance(data, Mapping):
            raise ValueError("a prompt is a set of named values")
        name, text, removed = data.get("id"), data.get("text"), data.get("removed", False)
        if not isinstance(name, str) or not isinstance(text, str) or not isinstance(removed, bool):
            raise ValueError("a value of the wrong kind")
        return cls(name, text, Phase(str(data.get("phase"))), removed)


def clean_question(text: str) -> str:
    """``text`` as one line without spaces around it.

    Raises:
        WrongUsage: it is empty, has several lines, is too long or no valid text.
    """
    require_text(text)
    line = text.strip()
    if not line or len(line.splitlines()) > 1 or len(line) > LONGEST:
        raise WrongUsage(reason=_("A prompt is one line of up to {limit} characters.").format(limit=LONGEST))
    return line


def free_id(taken: Iterable[str], numbers: Iterable[int]) -> str:
    """An id that no prompt has or had, made of the first of ``numbers`` (32 bits) that gives one."""
    used = frozenset(taken)
    return next(name for number in numbers if (name := f"{PREFIX}{number:08x}") not in used)
