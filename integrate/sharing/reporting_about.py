"""The last page of a report: what the file is, what was asked, what each number means, and what it cannot do."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from integrate.domain.measures import Definition, MeasureKind
from integrate.domain.sharing import Section
from integrate.i18n import N_, _, ngettext
from integrate.sharing.digest import digest_of
from integrate.sharing.report import Block, Heading, Lines, Paragraph, Words
from integrate.sharing.reporting_base import NOTHING, Telling, grid, joined, said
from integrate.sharing.reporting_head import chosen_by
from integrate.sharing.writing_style import value_words

WRITTEN_BY: Final = N_("Written by the patient. Not monitored.")
STANDING: Final = N_(
    "integrate is a private journal. It does not diagnose, treat or monitor anything, and no one watches it. For "
    "medical questions ask your prescriber; in an emergency call your local emergency number."
)
_LOINC: Final = N_(
    "This material contains content from LOINC (loinc.org). LOINC is copyright © Regenstrief Institute, Inc. and the "
    "Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license "
    "at loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc."
)
SECTION_WORDS: Final = MappingProxyType(
    {
        Section.QUESTIONNAIRES: N_("questionnaires"),
        Section.MOOD: N_("check-ins"),
        Section.SESSIONS: N_("sessions and side effects"),
        Section.THREADS: N_("intentions, insights and practices"),
        Section.VITALS: N_("vital signs"),
    }
)
_LOINC_SYSTEM: Final = "http://loinc.org"


def about_blocks(telling: Telling) -> Iterator[Block]:
    """Everything of the last page."""
    packet = telling.packet
    yield Heading(said(_("About this file")))
    made = packet.made.local()
    facts = [
        _("Made with integrate {version} on {day}.").format(
            version=packet.program, day=f"{made.date().isoformat()} {made:%H:%M}"
        ),
        _("Time zone: {zone}. Days and times are those of the place they were lived in.").format(
            zone=packet.made.zone
        ),
        chosen_by(telling),
    ]  # fmt: skip
    if chosen := joined(_chosen(telling)):
        facts.append(_("Chosen for this file: {parts}.").format(parts=chosen))
    if packet.measures_left_out:
        facts.append(_("Measures left out: {names}.").format(names=joined(packet.measures_left_out)))
    if packet.unreadable:
        words = ngettext(
            "{count} record could not be read and is not in this file.",
            "{count} records could not be read and are not in this file.",
            packet.unreadable,
        )
        facts.append(words.format(count=packet.unreadable))
    facts.append(_("Digest of the data (SHA-256): {digest}").format(digest=digest_of(packet, telling.stop)))
    yield Lines(tuple(said(fact) for fact in facts))
    yield from _questionnaires(telling)
    yield from _measures(telling)
    yield Paragraph((said(_(WRITTEN_BY)),))
    yield Paragraph((said(_(STANDING)),))


def _chosen(telling: Telling) -> Iterator[str]:
    """What kinds of things are in it. How much of each there is, or is not, is never said."""
    selection, entries = telling.packet.selection, telling.packet.entries
    yield from (_(SECTION_WORDS[section]) for section in Section if section in selection.sections)
    if Section.QUESTIONNAIRES in selection.sections and selection.item_answers:
        yield _("answers to single items")
    if any(not entry.passages for entry in entries):
        yield _("chosen entries")
    if any(entry.passages for entry in entries):
        yield _("passages of entries")


def _questionnaires(telling: Telling) -> Iterator[Block]:
    if not telling.packet.forms:
        return
    asked = {form.questionnaire.digest: form.questionnaire for form in telling.packet.forms}.values()
    title = _("Questionnaires")
    rows = [
        (said(one.title), said(one.version), said(one.publisher), said(one.notice)) for one in asked
    ]  # fmt: skip
    yield Heading(said(title), 2)
    yield grid(title, (_("Name"), _("Version"), _("Published by"), _("Notice")), rows, (1, 0.8, 2, 4))
    scored = _("A total is a plain sum, and is there only where every item that counts was answered.")
    yield Paragraph((said(scored),), note=True)
    if any(one.total.system == _LOINC_SYSTEM or (one.panel and one.panel.system == _LOINC_SYSTEM) for one in asked):
        yield Paragraph((said(_(_LOINC)),), note=True)


def _measures(telling: Telling) -> Iterator[Block]:
    """Each meaning a number of this file can have: a measure that was changed has several."""
    definitions: dict[Definition, None] = {}
    for measure in telling.packet.measures:
        for series in measure.series:
            definitions.setdefault(series.definition)
    answered = {(answer.measure_id, answer.version) for one in telling.packet.check_ins for answer in one.draft.answers}
    for key, definition in telling.packet.definitions.items():
        if key in answered:
            definitions.setdefault(definition)
    if not definitions:
        return
    title = _("Measures of check-ins")
    headings = (_("Measure"), _("Range"), _("Lowest means"), _("Highest means"))
    yield Heading(said(title), 2)
    yield grid(title, headings, (_measure(one) for one in definitions), (2, 2, 2, 2))


def _measure(definition: Definition) -> tuple[Words, ...]:
    if definition.kind is MeasureKind.WORDS:
        return said(definition.name), said(_("up to three words")), said(NOTHING), said(NOTHING)
    lowest, highest = (value_words(value) for value in definition.spans)
    reach = _("{lowest} to {highest}").format(lowest=lowest, highest=highest)
    if definition.unit:
        reach = _("{range} {unit}").format(range=reach, unit=definition.unit)
    return said(definition.name), said(reach), said(definition.low or NOTHING), said(definition.high or NOTHING)
