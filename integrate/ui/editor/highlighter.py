"""Live styling: what the Markdown reader finds in a line becomes how that line looks. The text stays as it is."""

from __future__ import annotations

from itertools import pairwise
from types import MappingProxyType
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QSyntaxHighlighter, QTextCharFormat, QTextDocument, QTextFormat

from integrate.domain.markdown import NO_BLOCK, Kind, Span, style_line
from integrate.ui.editor.ledger import Ledger
from integrate.ui.editor.offsets import to_qt
from integrate.ui.theme.theme import Theme

HEADING_SIZES: Final = MappingProxyType({Kind.HEADING1: 26, Kind.HEADING2: 22, Kind.HEADING3: 19})
"""Pixels at 100 % text."""

_HEADING_WEIGHT: Final = 500
_BOLD_WEIGHT: Final = 700
_BOLD_SPACING: Final = 0.3  # pixels at 100 %: letters made bold, not drawn bold, have no room of their own
_CODE_SIZE: Final = 16
_LEVELS: Final = MappingProxyType({Kind.HEADING1: 1, Kind.HEADING2: 2, Kind.HEADING3: 3})
_NO_PROSE: Final = frozenset({Kind.CODE, Kind.CODE_BLOCK, Kind.LINK_URL, Kind.RULE})
_COLOURS: Final = MappingProxyType(
    {Kind.MARK: "ink3", Kind.LIST_MARK: "ink3", Kind.RULE: "ink3", Kind.LINK_URL: "ink3", Kind.QUOTE: "ink2",
     Kind.TASK_DONE: "ink2", Kind.STRIKE: "ink2", Kind.LINK_TEXT: "accent"}
)  # fmt: skip


class MarkdownHighlighter(QSyntaxHighlighter):
    """Styles each changed line of ``document`` and notes in ``ledger`` what the page and the spelling need to know."""

    def __init__(self, document: QTextDocument, theme: Theme, ledger: Ledger) -> None:
        super().__init__(document)
        self._theme = theme
        self._ledger = ledger
        self._formats: dict[tuple[Kind, ...], QTextCharFormat] = {}

    def restyle(self) -> None:
        """Style everything anew, after the theme or the text size changed."""
        self._formats.clear()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Style one line."""
        spans, state = style_line(text, max(self.previousBlockState(), NO_BLOCK))
        spans = tuple(_without_lead(span, text) if span.kind is Kind.TASK_DONE else span for span in spans)
        self.setCurrentBlockState(state)
        place = to_qt(text)
        for start, end, kinds in _layers(spans):
            self.setFormat(place(start), place(end) - place(start), self._format(kinds))
        paragraph = self._ledger.at(self.currentBlock().blockNumber())
        if paragraph is not None:
            paragraph.level = next((_LEVELS[span.kind] for span in spans if span.kind in _LEVELS), 0)
            paragraph.unread = tuple(
                (place(span.start), place(span.start + span.length)) for span in spans if span.kind in _NO_PROSE
            )

    def _format(self, kinds: tuple[Kind, ...]) -> QTextCharFormat:
        found = self._formats.get(kinds)
        if found is None:
            found = QTextCharFormat()
            for kind in kinds:
                found.merge(self._style(kind))
            self._formats[kinds] = found
        return found

    def _style(self, kind: Kind) -> QTextCharFormat:
        style = QTextCharFormat()
        if kind in _COLOURS:
            style.setForeground(self._theme.color(_COLOURS[kind]))
        match kind:
            case Kind.HEADING1 | Kind.HEADING2 | Kind.HEADING3:
                style.setProperty(QTextFormat.Property.FontPixelSize, self._theme.px(HEADING_SIZES[kind]))
                style.setFontWeight(_HEADING_WEIGHT)
            case Kind.BOLD:
                self._make_bold(style)
            case Kind.ITALIC | Kind.QUOTE:
                style.setFontItalic(True)
            case Kind.BOLD_ITALIC:
                self._make_bold(style)
                style.setFontItalic(True)
            case Kind.STRIKE | Kind.TASK_DONE:
                style.setFontStrikeOut(True)
            case Kind.CODE | Kind.CODE_BLOCK:
                fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
                style.setFontFamilies(fixed.families())
                style.setFontFixedPitch(True)
                style.setProperty(QTextFormat.Property.FontPixelSize, self._theme.px(_CODE_SIZE))
        return style

    def _make_bold(self, style: QTextCharFormat) -> None:
        style.setFontWeight(_BOLD_WEIGHT)
        style.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        style.setFontLetterSpacing(_BOLD_SPACING * self._theme.scale)


def _without_lead(span: Span, text: str) -> Span:
    """A done task is struck from its first letter on."""
    words = text[span.start : span.start + span.length].lstrip()
    return Span(span.start + span.length - len(words), len(words), span.kind)


def _layers(spans: tuple[Span, ...]) -> list[tuple[int, int, tuple[Kind, ...]]]:
    """Overlapping spans as stretches that do not overlap: (start, end, kinds in the order they are laid over)."""
    ordered = sorted(spans, key=lambda span: span.start)
    if all(one.start + one.length <= other.start for one, other in pairwise(ordered)):
        return [(span.start, span.start + span.length, (span.kind,)) for span in ordered]
    edges = [(span.start, True, span.kind) for span in spans]
    edges += [(span.start + span.length, False, span.kind) for span in spans]
    edges.sort(key=lambda edge: edge[0])
    found, active, at = [], dict.fromkeys(Kind, 0), 0
    open_kinds: tuple[Kind, ...] = ()
    for place, opens, kind in edges:
        if place > at and open_kinds:
            found.append((at, place, open_kinds))
        active[kind] += 1 if opens else -1
        at, open_kinds = place, tuple(kind for kind, count in active.items() if count)
    return found
