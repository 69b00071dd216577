"""What stands before an entry in a Markdown file: YAML in its plainest form.

Every value is a text in double quotes or a list of such, so that no text, whatever it holds, is read as anything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

FENCE: Final = "---\n"

_SPECIAL: Final = re.compile(
    '["\\\\\x00-\x1f\x7f-\xa0\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]'
)
_SHORT: Final = MappingProxyType({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def front_matter(values: Mapping[str, str | Sequence[str]]) -> str:
    """The lines with their fences. Keys are ours: small letters and strokes. An empty value is left out."""
    lines = [FENCE]
    for key, value in values.items():
        if isinstance(value, str):
            if value:
                lines.append(f"{key}: {quoted(value)}\n")
        elif value:
            lines.append(f"{key}:\n")
            lines.extend(f"  - {quoted(one)}\n" for one in value)
    lines.append(FENCE)
    return "".join(lines)


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes, on one line; what cannot be seen is written as its number."""
    return f'"{_SPECIAL.sub(_escaped, text)}"'


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    return _SHORT.get(character) or f"\\u{ord(character):04x}"
