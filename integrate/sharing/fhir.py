"""A packet as a document Bundle of FHIR R4, for the software of clinics. ``docs/fhir.md`` describes it.

The person is its author, never a clinician: nothing in it is a finding, a diagnosis or a procedure. What it says in
words is what the report says; beside that stand what was asked, what was answered, and each total there is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Final

from integrate.domain.listing import Stop
from integrate.domain.sharing import Section
from integrate.i18n import N_, _
from integrate.sharing.fhir_base import (
    LOINC,
    Filing,
    Json,
    cleaned,
    coding,
    concept,
    reference,
    resource,
    url_of,
    when,
)
from integrate.sharing.fhir_forms import Forms
from integrate.sharing.fhir_narrative import narrative
from integrate.sharing.fhir_observations import check_in_observations, session_observations
from integrate.sharing.packet import Packet
from integrate.sharing.report import Block, Heading, Paragraph
from integrate.sharing.reporting_about import about_blocks
from integrate.sharing.reporting_base import Telling, grid, said, theirs, when_words
from integrate.sharing.reporting_forms import first_things, form_charts, form_notes, item_blocks
from integrate.sharing.reporting_head import fact_blocks, head_blocks, period_of, subtitle_of, title_of
from integrate.sharing.reporting_measures import change_blocks, first_charts, measure_notes, other_charts
from integrate.sharing.reporting_sessions import session_pages, sessions_table
from integrate.sharing.reporting_words import passages, whole_entries
from integrate.sharing.writing_style import report_style

_PATIENT_NOTE: Final = "51855-5"
_PART_OF_IT: Final = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"
_EMPTY: Final = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
_AGENTS: Final = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
_NOT_CHOSEN: Final = N_("Not chosen for this file. Other writing may exist.")
_NOTHING: Final = N_("There is nothing in this part. Other writing may exist.")
_IN_ENTRIES: Final = N_("What is in this part stands in its entries.")


def fhir_bundle(packet: Packet, *, stop: Stop | None = None) -> bytes:
    """The file of a packet: JSON in UTF-8. The same packet makes the same bytes.

    Raises:
        Stopped: ``stop`` was set.
        ResourceError: a font of the program is missing.
    """
    filing = Filing(packet, stop or Stop())
    forms = Forms(filing)
    measures = (*forms.questionnaires(), *forms.responses(), *forms.totals(), *check_in_observations(filing))
    sessions = tuple(session_observations(filing))
    resources = (
        _composition(filing, measures, sessions),
        _patient(filing),
        _device(filing),
        *measures,
        *sessions,
        _provenance(filing),
    )
    bundle = resource(
        "Bundle",
        filing.url("bundle"),
        meta={"tag": [coding(_PART_OF_IT, "SUBSETTED")]},
        language=report_style().language,
        identifier={"system": "urn:ietf:rfc:3986", "value": filing.url("bundle")},
        type="document",
        timestamp=when(packet.made),
    )
    bundle = {name: cleaned(value) for name, value in bundle.items()} | {"entry": list(_entries(filing, resources))}
    return json.dumps(bundle, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _entries(filing: Filing, resources: Iterable[Json]) -> Iterator[Json]:
    for one in resources:
        filing.stop.check()
        yield {"fullUrl": url_of(one), "resource": cleaned(one)}


def _composition(filing: Filing, measures: Iterable[Json], sessions: Iterable[Json]) -> Json:
    packet = filing.packet
    telling = Telling(packet, report_style(), filing.stop)
    period = {
        "start": packet.first_day.isoformat() if packet.first_day else "",
        "end": packet.last_day.isoformat() if packet.last_day else "",
    }
    return resource(
        "Composition",
        filing.url("composition"),
        language=telling.style.language,
        status="final",
        type=concept(_("Patient note"), LOINC, _PATIENT_NOTE),
        subject=filing.patient,
        date=when(packet.made),
        author=[filing.patient],
        title=title_of(telling),
        attester=[{"mode": "personal", "time": when(packet.made), "party": filing.patient}],
        event=[{"period": period}],
        section=list(_sections(telling, filing, tuple(map(url_of, measures)), tuple(map(url_of, sessions)))),
    )


def _sections(telling: Telling, filing: Filing, measures: tuple[str, ...], sessions: tuple[str, ...]) -> Iterator[Json]:
    selection = telling.packet.selection
    parts: tuple[tuple[str, Callable[[Telling], Iterator[Block]], tuple[str, ...], bool], ...] = (
        (_("Summary"), _summary, (), True),
        (_("Measures"), _measures, measures, bool({Section.QUESTIONNAIRES, Section.MOOD} & selection.sections)),
        (_("Sessions"), _sessions, sessions, bool({Section.SESSIONS, Section.THREADS} & selection.sections)),
        (_("Reflections"), _reflections, (), bool(selection.all_entries or telling.packet.entries)),
        (_("About"), about_blocks, (filing.url("device"),), True),
    )
    for title, blocks, urls, chosen in parts:
        filing.stop.check()
        made: Json = {"title": title, "text": narrative(blocks(telling)), "entry": [reference(url) for url in urls]}
        if not made["text"]:
            reason = _IN_ENTRIES if urls else _NOTHING if chosen else _NOT_CHOSEN
            made["text"] = narrative((Paragraph((said(_(reason)),)),))
            if not urls:
                made["emptyReason"] = {"coding": [coding(_EMPTY, "unavailable" if chosen else "withheld")]}
        yield made


def _summary(telling: Telling) -> Iterator[Block]:
    yield Heading(said(title_of(telling)))
    yield Paragraph((said("\n".join((subtitle_of(telling), *period_of(telling)))),))
    yield from chain(head_blocks(telling), first_things(telling), fact_blocks(telling))


def _measures(telling: Telling) -> Iterator[Block]:
    yield from chain(form_charts(telling), first_charts(telling), other_charts(telling))
    yield from chain(form_notes(telling), measure_notes(telling), change_blocks(telling), item_blocks(telling))
    yield from _notes_of_check_ins(telling)


def _notes_of_check_ins(telling: Telling) -> Iterator[Block]:
    noted = [one for one in telling.packet.check_ins if one.draft.note.strip()]
    if noted:
        title = _("Notes of check-ins")
        rows = ((said(when_words(one.draft.about)), theirs(one.draft.note)) for one in noted)
        yield Heading(said(title))
        yield grid(title, (_("Time"), _("Note")), rows, (1, 3))


def _sessions(telling: Telling) -> Iterator[Block]:
    yield from chain(sessions_table(telling), session_pages(telling))


def _reflections(telling: Telling) -> Iterator[Block]:
    yield from chain(passages(telling), whole_entries(telling))


def _patient(filing: Filing) -> Json:
    """The person, by the name they chose and the one their clinic knows: nothing else is said of them."""
    packet = filing.packet
    use = "anonymous" if packet.selection.pseudonym.strip() else "usual"
    names = ((packet.author, use), (packet.selection.clinic_name, ""))
    return resource(
        "Patient",
        filing.url("patient"),
        name=[{"use": use, "text": name} for name, use in names if name.strip()],
    )


def _device(filing: Filing) -> Json:
    return resource(
        "Device",
        filing.url("device"),
        deviceName=[{"name": "integrate", "type": "user-friendly-name"}],
        type={"text": _("Private journal")},
        version=[{"value": filing.packet.program}],
    )


def _provenance(filing: Filing) -> Json:
    """Who wrote it and what put it together."""
    agents = (("author", filing.patient), ("assembler", reference(filing.url("device"))))
    return resource(
        "Provenance",
        filing.url("provenance"),
        target=[reference(filing.url("composition"))],
        recorded=when(filing.packet.made),
        agent=[{"type": {"coding": [coding(_AGENTS, code)]}, "who": who} for code, who in agents],
    )
