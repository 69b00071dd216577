"""What files of plain text share: what they say of themselves, and a packet's things each once, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator

from integrate.domain.entry import SessionRef
from integrate.domain.listing import Stop
from integrate.domain.moments import Moment
from integrate.domain.questionnaires import Questionnaire
from integrate.domain.sessions import Line
from integrate.domain.threads import Insight
from integrate.i18n import _
from integrate.sharing.packet import Packet, PacketForm, PacketPractice, PacketResponse
from integrate.sharing.reporting_about import STANDING, WRITTEN_BY
from integrate.sharing.reporting_base import Telling, joined
from integrate.sharing.reporting_head import chosen_by, period_of, subtitle_of, title_of
from integrate.sharing.writing_style import report_style


def telling_of(packet: Packet, stop: Stop | None = None) -> Telling:
    """The packet as its reports tell it."""
    return Telling(packet, report_style(), stop or Stop())


def about_lines(packet: Packet) -> Iterator[str]:
    """What a file says of itself: what it is, of whom, of when, who chose it, and what it cannot do."""
    telling = telling_of(packet)
    yield title_of(telling)
    yield from subtitle_of(telling).splitlines()
    yield from period_of(telling)
    yield chosen_by(telling)
    if packet.measures_left_out:
        yield _("Measures left out: {names}.").format(names=joined(packet.measures_left_out))
    yield from (line for line in packet.selection.talk if line.strip())
    yield _("Made with integrate {version} on {day}.").format(
        version=packet.program, day=packet.made.local().strftime("%Y-%m-%d %H:%M")
    )
    yield _(WRITTEN_BY)
    yield _(STANDING)


def moments_of(packet: Packet) -> Iterator[tuple[SessionRef | None, Moment]]:
    """Every moment once, also those that only a thread has, with its session."""
    seen = set()
    for one in packet.sessions:
        for moment in one.moments:
            seen.add(moment.id)
            yield one.session.ref, moment
    for thread in packet.threads:
        for moment in thread.moments:
            if moment.id not in seen:
                seen.add(moment.id)
                yield dict(thread.session_refs).get(moment.session_id), moment


def lines_of(packet: Packet) -> Iterator[tuple[SessionRef | None, Line]]:
    """Every line of a session's page once, also those that only a thread has, with its session."""
    seen = set()
    for one in packet.sessions:
        for line in one.lines:
            seen.add(line.id)
            yield one.session.ref, line
    for thread in packet.threads:
        for line in thread.intentions:
            if line.id not in seen:
                seen.add(line.id)
                yield dict(thread.session_refs).get(line.session_id), line


def asked_in(form: PacketForm, one: PacketResponse) -> Questionnaire:
    """The questionnaire in the wording that this response was asked in."""
    return form.asked_in(one)


def practices_of(packet: Packet) -> tuple[PacketPractice, ...]:
    """Every practice once, also those that only a thread has."""
    every = [*packet.practices, *(one for thread in packet.threads for one in thread.practices)]
    return tuple({one.practice.id: one for one in every}.values())


def insights_of(packet: Packet) -> tuple[Insight, ...]:
    """Every insight once, also those that only a thread has."""
    every = [*packet.insights, *(one for thread in packet.threads for one in thread.insights)]
    return tuple({one.id: one for one in every}.values())
