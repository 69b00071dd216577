"""Live styling of Markdown: which parts of a line are a heading, bold, a link and so on, and which are mere signs.

The text itself is never changed. Lines are styled one by one, so that typing in one costs nothing elsewhere; only a
fenced block of code reaches from line to line, in the ``state`` that goes along. This is CommonMark cut down to what
one line can know: ATX headings, quotes, lists with tasks, rules, fenced code, emphasis, ~~strike~~, code and inline
links. Emphasis and code therefore end with their line. Each step takes time in proportion to the line's length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

LONGEST_STYLED: Final = 20_000
"""Characters of a line up to which signs inside it are looked at; longer ones only get the style of their beginning."""

NO_BLOCK: Final = 0
"""The state outside of a fenced block. Any other positive number is one inside; negative ones count as outside."""

_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_HEADING: Final = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_QUOTE: Final = re.compile(r" {0,3}> ?")
_LIST_ITEM: Final = re.compile(r"[ \t]*([-*+]|\d{1,9}[.)])(?=[ \t]|$)")
_TASK: Final = re.compile(r"[ \t]{1,4}(\[[ xX]\])(?=[ \t]|$)")
_SIGN: Final = re.compile(r"[\\`*_~\[\]]")
_RUN: Final = re.compile(r"`+")
_PARENTHESIS: Final = re.compile(r"\\.|[()]")
_ESCAPABLE: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_LONGEST_FENCE: Final = 1000


class Kind(Enum):
    """What a span is.

    Spans are given in the order in which their styles are laid over each other: first those of whole lines (headings,
    quote, a done task), then the text inside, then signs. Spans of one kind never overlap, nor do BOLD, ITALIC and
    BOLD_ITALIC.
    """

    HEADING1 = auto()
    HEADING2 = auto()
    HEADING3 = auto()
    QUOTE = auto()
    TASK_DONE = auto()
    CODE_BLOCK = auto()
    RULE = auto()
    BOLD = auto()
    ITALIC = auto()
    BOLD_ITALIC = auto()
    STRIKE = auto()
    CODE = auto()
    LINK_TEXT = auto()
    LINK_URL = auto()
    LIST_MARK = auto()
    MARK = auto()
    """The signs themselves: #, >, **, _, ~~, `, [ ], brackets of links, the backslash of an escape, a fence."""


@dataclass(frozen=True, slots=True)
class Span:
    """``length`` characters from ``start`` are of one kind.

    Both count code points, as Python does; Qt counts UTF-16 units, two for an emoji.
    """

    start: int
    length: int
    kind: Kind


def style_line(text: str, state: int = NO_BLOCK) -> tuple[tuple[Span, ...], int]:
    """The spans of one line (without its line break), and the state for the next one.

    ``state`` is what the line before gave back, :data:`NO_BLOCK` for the first. Headings of levels 4 to 6 count as 3.
    """
    if state > NO_BLOCK:
        if _closes(text, state):
            return _spans(text, 0, len(text), Kind.MARK), NO_BLOCK
        return _spans(text, 0, len(text), Kind.CODE_BLOCK), state
    opened = _opens(text)
    if opened > NO_BLOCK:
        return _spans(text, 0, len(text), Kind.MARK), opened
    styled = _Line(text)
    return tuple(sorted(styled.spans(), key=lambda span: (span.kind.value, span.start))), NO_BLOCK


def _spans(text: str, start: int, end: int, kind: Kind) -> tuple[Span, ...]:
    return (Span(start, end - start, kind),) if text and end > start else ()


def _opens(text: str) -> int:
    """The state after a line that opens a fenced block: twice the length of the fence, odd for tildes. Or NO_BLOCK."""
    fence = _FENCE.match(text)
    if fence is None or (fence[1][0] == "`" and "`" in fence[2]):
        return NO_BLOCK
    return min(len(fence[1]), _LONGEST_FENCE) * 2 + (fence[1][0] == "~")


def _closes(text: str, state: int) -> bool:
    fence = _FENCE.match(text)
    if fence is None or fence[2].strip():
        return False
    return (fence[1][0] == "~") == bool(state % 2) and min(len(fence[1]), _LONGEST_FENCE) >= state // 2


def _is_rule(text: str) -> bool:
    signs = text.replace(" ", "").replace("\t", "")
    indent = len(text) - len(text.lstrip(" "))
    return len(signs) >= 3 and signs[0] in "-*_" and signs == signs[0] * len(signs) and indent < 4


class _Line:
    """One line outside of fenced code, read from its beginning."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Span] = []

    def spans(self) -> list[Span]:
        """All spans, in no order."""
        at = self._quote()
        if _is_rule(self._text[at:]):
            self._add(at, len(self._text), Kind.RULE)
            return self._found
        heading = _HEADING.match(self._text, at)
        if heading is not None:
            level = (Kind.HEADING1, Kind.HEADING2, Kind.HEADING3)[min(len(heading[1]), 3) - 1]
            self._add(heading.start(1), len(self._text), level)
            self._add(*heading.span(1), Kind.MARK)
            at = heading.end()
        else:
            at = self._list_item(at)
        if len(self._text) <= LONGEST_STYLED:
            self._found.extend(_Inline(self._text, at).spans())
        return self._found

    def _add(self, start: int, end: int, kind: Kind) -> None:
        if end > start:
            self._found.append(Span(start, end - start, kind))

    def _quote(self) -> int:
        at = 0
        while (sign := _QUOTE.match(self._text, at)) is not None:
            mark = self._text.index(">", at)
            self._add(mark, mark + 1, Kind.MARK)
            at = sign.end()
        if at:
            self._add(at, len(self._text), Kind.QUOTE)
        return at

    def _list_item(self, at: int) -> int:
        item = _LIST_ITEM.match(self._text, at)
        if item is None:
            return at
        self._add(*item.span(1), Kind.LIST_MARK)
        task = _TASK.match(self._text, item.end())
        if task is None:
            return item.end()
        self._add(*task.span(1), Kind.MARK)
        if task[1] != "[ ]":
            self._add(task.end(), len(self._text), Kind.TASK_DONE)
        return task.end()


@dataclass(slots=True)
class _Delimiter:
    """A run of * or _ or ~ that may open or close emphasis; ``start`` and ``length`` are what is left of it."""

    sign: str
    start: int
    length: int
    opens: bool
    closes: bool
    original: int


@dataclass(slots=True)
class _Bracket:
    """An opening bracket, and how many delimiters came before it."""

    start: int
    text_start: int
    delimiters: int


class _Inline:
    """Emphasis, strike, code, links and escapes from ``at`` to the end of a line."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._at = at
        self._found: list[Span] = []
        self._delimiters: list[_Delimiter] = []
        self._brackets: list[_Bracket] = []
        self._bold: list[tuple[int, int]] = []
        self._italic: list[tuple[int, int]] = []
        self._runs: dict[int, list[int]] | None = None
        self._closing: dict[int, int] | None = None

    def spans(self) -> list[Span]:
        """All spans, in no order."""
        at = self._at
        while (sign := _SIGN.search(self._text, at)) is not None:
            at = self._sign(sign.start())
        self._emphasise(self._delimiters)
        self._found.extend(_emphasis(self._bold, self._italic))
        return self._found

    def _add(self, start: int, end: int, kind: Kind) -> None:
        if end > start:
            self._found.append(Span(start, end - start, kind))

    def _sign(self, at: int) -> int:
        """Deal with the sign at ``at``; where to go on."""
        match self._text[at]:
            case "\\":
                escaped = self._text[at + 1 : at + 2] in _ESCAPABLE
                self._add(at, at + escaped, Kind.MARK)
                return at + 1 + escaped
            case "`":
                return self._code(at)
            case "[":
                picture = at > self._at and self._text[at - 1] == "!" and not self._is_escaped(at - 1)
                self._brackets.append(_Bracket(at - picture, at + 1, len(self._delimiters)))
                return at + 1
            case "]":
                return self._link(at)
        return self._delimiter(at)

    def _is_escaped(self, at: int) -> bool:
        return bool(self._found) and self._found[-1] == Span(at - 1, 1, Kind.MARK) and self._text[at - 1] == "\\"

    def _code(self, at: int) -> int:
        run = _RUN.match(self._text, at)
        end = run.end() if run else at + 1
        length = end - at
        close = self._next_run(length, end)
        if close is None:
            return end
        self._add(at, end, Kind.MARK)
        self._add(end, close, Kind.CODE)
        self._add(close, close + length, Kind.MARK)
        return close + length

    def _next_run(self, length: int, after: int) -> int | None:
        """Where the next run of exactly so many backticks begins. Runs that lie behind are dropped for good."""
        if self._runs is None:
            self._runs = {}
            for run in reversed(list(_RUN.finditer(self._text, self._at))):
                self._runs.setdefault(run.end() - run.start(), []).append(run.start())
        starts = self._runs.get(length, [])
        while starts and starts[-1] < after:
            starts.pop()
        return starts[-1] if starts else None

    def _link(self, at: int) -> int:
        if not self._brackets:
            return at + 1
        bracket = self._brackets.pop()
        close = self._closing_parenthesis(at + 1)
        if close is None:
            return at + 1
        self._add(bracket.start, bracket.text_start, Kind.MARK)
        self._add(bracket.text_start, at, Kind.LINK_TEXT)
        self._add(at, at + 2, Kind.MARK)
        self._add(at + 2, close, Kind.LINK_URL)
        self._add(close, close + 1, Kind.MARK)
        self._emphasise(self._delimiters[bracket.delimiters :])  # emphasis does not cross the edge of a link
        del self._delimiters[bracket.delimiters :]
        self._brackets.clear()  # a link holds no link
        return close + 1

    def _closing_parenthesis(self, at: int) -> int | None:
        """The partner of the parenthesis at ``at``, or None where there is none."""
        if not self._text.startswith("(", at):
            return None
        if self._closing is None:
            self._closing, waiting = {}, []
            for sign in _PARENTHESIS.finditer(self._text, self._at):
                if sign.group() == "(":
                    waiting.append(sign.start())
                elif sign.group() == ")" and waiting:
                    self._closing[waiting.pop()] = sign.start()
        return self._closing.get(at)

    def _delimiter(self, at: int) -> int:
        sign = self._text[at]
        end = at + 1
        while self._text.startswith(sign, end):
            end += 1
        if sign == "~" and end - at != 2:
            return end
        before = _class_of(self._text[at - 1 : at])
        after = _class_of(self._text[end : end + 1])
        left = after != " " and (after != "." or before != "w")
        right = before != " " and (before != "." or after != "w")
        if sign == "_":  # not inside a word
            left, right = left and (not right or before == "."), right and (not left or after == ".")
        if left or right:
            self._delimiters.append(_Delimiter(sign, at, end - at, left, right, end - at))
        return end

    def _emphasise(self, delimiters: Sequence[_Delimiter]) -> None:
        """Pair opening and closing runs, the nearest first, as CommonMark does."""
        openers: list[_Delimiter] = []
        searched: dict[tuple[str, bool, int], int] = {}  # below this depth there is no opener for such a closer
        for closer in delimiters:
            key = (closer.sign, closer.opens, closer.original % 3)
            while closer.closes and closer.length:
                floor = min(searched.get(key, 0), len(openers))
                place = next((i for i in range(len(openers) - 1, floor - 1, -1) if _fit(openers[i], closer)), None)
                if place is None:
                    searched[key] = len(openers)
                    break
                del openers[place + 1 :]
                searched = {name: min(depth, place) for name, depth in searched.items()}
                self._pair(openers[place], closer)
                if not openers[place].length:
                    openers.pop()
            if closer.opens and closer.length:
                openers.append(closer)

    def _pair(self, opener: _Delimiter, closer: _Delimiter) -> None:
        used = 2 if opener.length >= 2 and closer.length >= 2 else 1
        opener.length -= used
        start, end = opener.start + opener.length, closer.start
        self._add(start, start + used, Kind.MARK)
        self._add(end, end + used, Kind.MARK)
        closer.start += used
        closer.length -= used
        if opener.sign == "~":
            self._add(start + used, end, Kind.STRIKE)
        else:
            (self._bold if used == 2 else self._italic).append((start + used, end))


def _fit(opener: _Delimiter, closer: _Delimiter) -> bool:
    if opener.sign != closer.sign:
        return False
    both = opener.closes or closer.opens
    return not both or (opener.original + closer.original) % 3 != 0 or opener.original % 3 == closer.original % 3 == 0


def _class_of(neighbour: str) -> str:
    """What stands beside a sign: " " for a space or the end of the line, "." for punctuation, "w" for the rest."""
    if not neighbour or neighbour.isspace():
        return " "
    if neighbour.isalnum():
        return "w"
    return "." if unicodedata.category(neighbour)[0] in "PS" else "w"


def _emphasis(bold: Sequence[tuple[int, int]], italic: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The stretches that are bold, italic or both, none of them overlapping."""
    edges = [edge for start, end in bold for edge in ((start, 1, 0), (end, -1, 0))]
    edges += [edge for start, end in italic for edge in ((start, 0, 1), (end, 0, -1))]
    at = bolds = italics = 0
    for place, more_bold, more_italic in sorted(edges):
        if place > at and (bolds or italics):
            kind = Kind.BOLD_ITALIC if bolds and italics else Kind.BOLD if bolds else Kind.ITALIC
            yield Span(at, place - at, kind)
        at, bolds, italics = place, bolds + more_bold, italics + more_italic
