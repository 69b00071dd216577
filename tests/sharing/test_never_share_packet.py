"""Whatever is marked *Never share* is in no packet and in no report, whatever is chosen, flagged, lifted or deleted.

Each thing of a journal has a word of its own. The words of things that may be shared are looked for as well, so that
an empty packet would not pass.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import integrate.sharing
from integrate.domain.sessions import LineKind
from integrate.domain.sharing import Passage, Section, Selection
from integrate.domain.threads import Station
from integrate.journal.insights import add_insight
from integrate.journal.opening import Journal
from integrate.journal.sessions import add_line
from integrate.journal.threads import begin_thread
from integrate.journal.writing import prepare_bytes
from integrate.sharing.reporting import make_report
from integrate.sharing.resolving import packet_contents, resolve_packet
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.courses import a_session, planned
from tests.helpers.journals import write
from tests.journal.test_shareable import CHAIN, World, steps
from tests.sharing.reading import text_of

KEPT = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WHOLE = Selection(sections=frozenset(Section), all_entries=True, item_answers=True, present_names=True)


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def everything(journal: Journal, selection: Selection) -> tuple[str, str]:
    """A packet as one text, its digest and contents with it, and its report as another."""
    packet = resolve_packet(journal, selection)
    return repr(packet) + repr(packet_contents(packet)), text_of(make_report(packet))


@KEPT
@given(st.lists(steps, min_size=1, max_size=10), st.booleans())
def test_no_word_of_a_thing_that_is_never_share_is_in_a_packet_or_its_report(
    journal: Journal, script: list[tuple[Any, ...]], one_by_one: bool
) -> None:
    world = World(journal, words=(f"canary{uuid4().hex}x" for _number in count()))
    for kind, pick in CHAIN:
        world.make(kind, False, pick)
    for step in script:
        getattr(world, step[0])(*step[1:])
    selection = WHOLE
    if one_by_one:  # chosen before it was flagged or deleted: by id, and by its very words
        quotes = tuple(Passage(entry, word) for entry in world.entries for word in world.may)
        selection = replace(WHOLE, all_entries=False, entries=frozenset(world.entries), passages=quotes)
    packet, report = everything(journal, selection)
    for word, may in world.may.items():
        assert (word in packet) == may(), (word, script)
        if not may():
            assert word not in report, (word, script)


def test_flags_reach_titles_tags_files_lines_threads_and_answers(journal: Journal) -> None:
    """What the worlds of the property do not hold: each with a word, flagged, beside one that is not."""
    session = a_session(journal, planned(date(2026, 3, 9)))
    for flag, word in ((True, "kept"), (False, "given")):
        photo = prepare_bytes(f"{word}-photo.txt", f"{word} bytes".encode())
        write(journal, f"{word} body", photo, title=f"{word} title", tags=(f"{word}-tag",), never_share=flag)
        for kind in (LineKind.INTENTION, LineKind.FOR_THERAPIST, LineKind.TALK, LineKind.AGREED):
            add_line(journal, session.id, kind, f"{word} {kind.value}", never_share=flag)
        insight = add_insight(journal, f"{word} insight", about=session.ref, never_share=flag).insight
        begin_thread(journal, f"{word} thread", ((Station.INSIGHT, insight.id),))
    packet, report = everything(journal, WHOLE)
    assert "kept" not in packet
    assert "kept" not in report
    for word in ("body", "title", "tag", "photo", "intention", "for-therapist", "talk", "agreed", "insight", "thread"):
        assert f"given {word}" in packet or f"given-{word}" in packet, word


def test_a_packet_reads_writing_by_the_shareable_reads_alone() -> None:
    """Everything else that resolving imports of a journal knows no writing: what is asked, who people are, choices."""
    harmless = {
        "opening", "preferences", "ledger", "baselines", "measures", "responses", "courses", "people", "prompts",
        "shareable",
    }  # fmt: skip
    folder = Path(integrate.sharing.__path__[0])
    imported = set()
    for file in folder.glob("resolving*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("integrate.journal."):
                imported.add(str(node.module).removeprefix("integrate.journal."))
                if node.module == "integrate.journal.responses":
                    assert [name.name for name in node.names] == ["FinishedResponse"]
    assert "shareable" in imported
    assert imported <= harmless


@pytest.mark.parametrize("section", list(Section))
def test_no_section_alone_lets_anything_through(journal: Journal, section: Section) -> None:
    world = World(journal, words=(f"canary{uuid4().hex}x" for _number in count()))
    for kind, pick in (*CHAIN, ("note", 0)):
        world.make(kind, True, pick)
    packet, report = everything(journal, Selection(sections=frozenset({section}), all_entries=True))
    for word, may in world.may.items():
        assert may() or (word not in packet and word not in report), word
