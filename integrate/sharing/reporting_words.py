"""The person's own words in a report: passages on the first page, whole entries on pages of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from integrate.domain.where_words import PHASE_WORDS
from integrate.i18n import _
from integrate.sharing.packet import PacketEntry
from integrate.sharing.report import Block, Heading, Paragraph, Quote
from integrate.sharing.reporting_base import Telling, after_words, joined, later_words, said, theirs, when_words
from integrate.sharing.writing_style import day_words

_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n\s*")


def passages(telling: Telling) -> Iterator[Block]:
    """Passages of entries, each with where it comes from."""
    some = [entry for entry in telling.packet.entries if entry.passages]
    if not some:
        return
    author = telling.packet.author.strip()
    yield Heading(said(_("In {name}’s words").format(name=author) if author else _("In the patient’s words")))
    for entry in some:
        for passage in entry.passages:
            yield Quote(passage, _source(telling, entry))


def _source(telling: Telling, entry: PacketEntry) -> str:
    at = entry.summary.at
    of = _("From an entry of {day}").format(day=day_words(at.local_date()))
    after = after_words(at.local_date(), entry.summary.session, telling.held)
    return joined((of, after, later_words(at.instant, entry.summary.created)))


def whole_entries(telling: Telling) -> Iterator[Block]:
    """Entries that were chosen whole, each as it was written."""
    whole = [entry for entry in telling.packet.entries if not entry.passages]
    if not whole:
        return
    yield Heading(said(_("Chosen entries")))
    for entry in whole:
        yield from _entry(telling, entry)


def _entry(telling: Telling, entry: PacketEntry) -> Iterator[Block]:
    summary = entry.summary
    at = when_words(summary.at)
    yield Heading(theirs(summary.title) if summary.title.strip() else said(at), 2)
    facts = (
        at if summary.title.strip() else "",
        _(PHASE_WORDS[summary.phase]),
        after_words(summary.at.local_date(), summary.session, telling.held),
        "" if summary.mood_then is None else _("mood then: {number}").format(number=summary.mood_then),
        _("tags: {tags}").format(tags=" · ".join(summary.tags)) if summary.tags else "",
        later_words(summary.at.instant, summary.created),
    )
    yield Paragraph((said(joined(facts)),), note=True)
    if entry.prompt.strip():
        yield Paragraph((said(entry.prompt),), note=True)
    for part in _BLANK_LINES.split(entry.body.replace("\r\n", "\n").replace("\r", "\n")):
        if part.strip():
            yield Paragraph((theirs(part.strip("\n")),))
    if entry.attachments:
        yield Paragraph((said(_("Photos and files of this entry are not in this document.")),), note=True)
