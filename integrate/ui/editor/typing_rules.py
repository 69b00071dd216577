"""What Enter, bold and italic do to a line of Markdown. Everything else a person types stays as it was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

BOLD: Final = "**"
ITALIC: Final = "_"

_ITEM: Final = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<bullet>[-*+])(?P<gap>[ \t]+)(?P<task>\[[ xX]\][ \t]+)?"
    r"|(?P<number>\d{1,9})(?P<sign>[.)])(?P<space>[ \t]+)"
    r"|(?P<quote>(?:>[ \t]?)+))"
)
_RULE: Final = re.compile(r"[ \t]*([-*])(?:[ \t]*\1){2,}[ \t]*")


def next_item(line: str, at: int) -> str | None:
    """What the line after Enter at index ``at`` begins with: the next item's sign.

    The empty text means that the item at hand is empty and ends its list; None that this is an ordinary line.
    """
    item = _ITEM.match(line)
    if item is None or at < item.end() or _RULE.fullmatch(line):
        return None
    if not line[item.end() :].strip():
        return ""
    if item["bullet"]:
        return f"{item['indent']}{item['bullet']}{item['gap']}{'[ ] ' if item['task'] else ''}"
    if item["number"]:
        return f"{item['indent']}{int(item['number']) + 1}{item['sign']}{item['space']}"
    return item.group()


@dataclass(frozen=True, slots=True)
class Wrapped:
    """``[start:end]`` of a line is to become ``text``; then ``[selected:selected_end]`` is what stays selected."""

    start: int
    end: int
    text: str
    selected: int
    selected_end: int


def toggle_marks(line: str, start: int, end: int, mark: str) -> Wrapped:
    """Put ``mark`` on both sides of ``line[start:end]``, or take it away where it is, inside or just outside."""
    inner = line[start:end]
    start += len(inner) - len(inner.lstrip())
    end = max(start, end - (len(inner) - len(inner.rstrip())))
    inner, size = line[start:end], len(mark)
    if len(inner) > 2 * size and inner.startswith(mark) and inner.endswith(mark):
        return Wrapped(start, end, inner[size:-size], start, end - 2 * size)
    if start >= size and line[start - size : start] == mark == line[end : end + size]:
        return Wrapped(start - size, end + size, inner, start - size, end - size)
    return Wrapped(start, end, f"{mark}{inner}{mark}", start + size, end + size)
