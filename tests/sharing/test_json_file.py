"""A packet as JSON: all that was chosen, nothing that is never share, and nothing that the packet leaves out."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import jsonschema  # type: ignore[import-untyped]  # it comes without type information
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.records import Record
from integrate.domain.sharing import Passage, Section, Selection
from integrate.formats.journal_json import DocumentReader
from integrate.formats.journal_schema import journal_schema
from integrate.journal.demo import make_demo
from integrate.journal.opening import Journal
from integrate.journal.writing import prepare_bytes, read_attachment
from integrate.sharing.json_file import json_of
from integrate.sharing.resolving import resolve_packet
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.copies import bring_in, whole
from tests.helpers.demos import DAY, opened
from tests.helpers.journals import shown, write
from tests.journal.test_shareable import CHAIN, World, steps

KEPT = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
EVERYTHING = Selection(sections=frozenset(Section), all_entries=True, item_answers=True, present_names=True)


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened_one:
        yield opened_one


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo; only read."""
    place = tmp_path_factory.mktemp("demo") / "Demo.integrate"
    make_demo(place, DAY, entries=20)
    return place


def document_of(journal: Journal, selection: Selection) -> bytes:
    return b"".join(json_of(journal, resolve_packet(journal, selection)))


def records_of(data: bytes) -> list[Record]:
    reader = DocumentReader(io.BytesIO(data), "packet.json")
    assert not reader.head.whole
    return list(reader.records())


@KEPT
@given(st.lists(steps, min_size=1, max_size=10))
def test_no_word_of_a_thing_that_is_never_share_is_in_the_file(journal: Journal, script: list[tuple[Any, ...]]) -> None:
    world = World(journal, words=(f"canary{uuid4().hex}x" for _number in count()))
    for kind, pick in CHAIN:
        world.make(kind, False, pick)
    for step in script:
        getattr(world, step[0])(*step[1:])
    data = document_of(journal, EVERYTHING)
    records_of(data)
    for word, may in world.may.items():
        assert (word.encode("ascii") in data) == may(), (word, script)


def test_a_packet_of_the_demo_fits_the_schema_and_brings_its_things_to_another_journal(
    demo: Path, template: Sample, tmp_path: Path
) -> None:
    with opened(demo) as journal:
        data = document_of(journal, EVERYTHING)
    jsonschema.Draft202012Validator(journal_schema()).validate(json.loads(data))
    kinds = Counter(record.kind for record in records_of(data))
    assert kinds["entry"] and kinds["response"] and kinds["check_in"] and kinds["thread_link"] and kinds["log"]
    with template.copy_to(tmp_path / "Other.integrate").open() as other:
        report = bring_in(other, data)
        assert report.problems == () and report.imported == sum(kinds.values())
        assert bring_in(other, data).imported == 0


def test_a_packet_brought_back_into_its_own_journal_changes_nothing(demo: Path, tmp_path: Path) -> None:
    with opened(demo) as journal:
        data, before = document_of(journal, EVERYTHING), whole(journal)
        report = bring_in(journal, data, dry_run=True)
        assert report.imported == 0 and whole(journal) == before


def test_single_answers_that_were_not_chosen_are_not_there_and_their_totals_are(demo: Path) -> None:
    with opened(demo) as journal:
        records = records_of(document_of(journal, replace(EVERYTHING, item_answers=None)))
    kinds = Counter(record.kind for record in records)
    assert kinds["response_total"] and not kinds["response"] and not kinds["questionnaire_text"]


def test_vital_signs_that_were_not_chosen_are_not_there(demo: Path) -> None:
    with opened(demo) as journal:
        bare = records_of(document_of(journal, Selection()))
        full = records_of(document_of(journal, EVERYTHING))
    pulses = [
        {one.fields["pulse"] for one in found if one.kind == "moment"} - {None} for found in (bare, full)
    ]  # fmt: skip
    assert pulses[0] == set() != pulses[1]


def test_a_passage_comes_without_the_words_around_it_and_no_journal_takes_it_in(
    journal: Journal, template: Sample, tmp_path: Path
) -> None:
    entry_id = write(journal, "The sea was calm. Nobody is to read this.", title="Mine")
    selection = Selection(sections=frozenset(), passages=(Passage(entry_id, "The sea was calm."),))
    data = document_of(journal, selection)
    (record,) = records_of(data)
    assert (record.kind, record.fields["text"]) == ("passage", "The sea was calm.")
    assert b"Nobody" not in data and b"Mine" not in data
    with template.copy_to(tmp_path / "Other.integrate").open() as other:
        report = bring_in(other, data)
        assert (report.imported, report.skipped) == (0, 1) and not shown(other)


def test_what_is_attached_comes_along_in_parts(journal: Journal, template: Sample, tmp_path: Path) -> None:
    bytes_of_it = bytes(range(256)) * 2500  # more than two parts
    write(journal, "The sea.", prepare_bytes("sea.bin", bytes_of_it), prepare_bytes("empty.txt", b""))
    data = document_of(journal, Selection(all_entries=True))
    kinds = Counter(record.kind for record in records_of(data))
    assert (kinds["attachment"], kinds["attachment_part"]) == (2, 3)
    with template.copy_to(tmp_path / "Other.integrate").open() as other:
        assert bring_in(other, data).problems == ()
        (attachment, _empty) = [Record(one.kind, one.fields) for one in records_of(data) if one.kind == "attachment"]
        assert read_attachment(other, UUID(attachment.fields["id"])) == bytes_of_it


def test_something_never_shared_that_got_into_a_packet_all_the_same_makes_no_file(journal: Journal) -> None:
    write(journal, "The sea.")
    packet = resolve_packet(journal, Selection(all_entries=True))
    entry = packet.entries[0]
    forged = replace(packet, entries=(replace(entry, summary=replace(entry.summary, never_share=True)),))
    with pytest.raises(AssertionError):
        b"".join(json_of(journal, forged))
