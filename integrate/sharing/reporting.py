"""From a packet to a report: which parts there are, and in which order a therapist reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from integrate.domain.listing import Stop
from integrate.i18n import _
from integrate.sharing.packet import Packet
from integrate.sharing.report import Block, Heading, NewPage, Report
from integrate.sharing.reporting_about import WRITTEN_BY, about_blocks
from integrate.sharing.reporting_base import Telling, joined, said
from integrate.sharing.reporting_forms import first_things, form_charts, form_notes, item_blocks
from integrate.sharing.reporting_head import fact_blocks, head_blocks, period_of, subtitle_of, title_of
from integrate.sharing.reporting_measures import change_blocks, first_charts, measure_notes, other_charts
from integrate.sharing.reporting_sessions import session_pages, sessions_table
from integrate.sharing.reporting_words import passages, whole_entries
from integrate.sharing.writing_style import WritingStyle, report_style

_MOST_INITIALS: Final = 3
_FORMS_FIRST: Final = 2  # questionnaires whose charts stand before those of check-ins


def make_report(packet: Packet, *, style: WritingStyle | None = None, stop: Stop | None = None) -> Report:
    """The report of a packet; the same packet and style make the same report.

    Raises:
        Stopped: ``stop`` was set.
        ResourceError: a font of the program is missing.
    """
    style = style or report_style()
    telling = Telling(packet, style, stop or Stop())
    today = telling.today
    return Report(
        title=title_of(telling),
        subtitle=subtitle_of(telling),
        period=period_of(telling),
        foot=_(WRITTEN_BY),
        running=joined((packet.author.strip(), today.isoformat())),
        language=style.language,
        right_to_left=style.right_to_left,
        made=today,
        file_stem=file_stem(packet),
        blocks=tuple(_stoppable(_blocks(telling), telling.stop)),
    )


def file_stem(packet: Packet) -> str:
    """The name of the file without an ending: "summary-2026-10-08-SM". Only initials of the name that is printed."""
    letters = (word[0].upper() for word in packet.author.split() if word[0].isalpha() and word[0].isascii())
    initials = "".join(list(letters)[:_MOST_INITIALS])
    parts = ("summary", packet.made.local_date().isoformat(), initials)
    return "-".join(part for part in parts if part)


def _blocks(telling: Telling) -> Iterator[Block]:
    yield from head_blocks(telling)
    yield from first_things(telling)
    yield from fact_blocks(telling)
    yield from _over_time(telling)
    yield from sessions_table(telling)
    yield from change_blocks(telling)
    yield from passages(telling)
    after = chain(session_pages(telling), other_charts(telling), item_blocks(telling), whole_entries(telling))
    for page in (after, about_blocks(telling)):
        for place, block in enumerate(page):
            if not place:
                yield NewPage()
            yield block


def _stoppable(blocks: Iterable[Block], stop: Stop) -> Iterator[Block]:
    for block in blocks:
        stop.check()
        yield block


def _over_time(telling: Telling) -> Iterator[Block]:
    """The charts of the first page, two in a row, and what they cannot say."""
    forms = tuple(form_charts(telling))
    charts = (*forms[:_FORMS_FIRST], *first_charts(telling), *forms[_FORMS_FIRST:])
    notes = (*form_notes(telling), *measure_notes(telling))
    if charts or notes:
        yield Heading(said(_("Over time")))
        yield from charts
        yield from notes
