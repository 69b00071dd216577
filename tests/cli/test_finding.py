"""list and search: order, filters, damage, and any query."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.entry import Phase, SessionRef
from integrate.domain.times import parse_when
from integrate.errors import DatabaseDamaged
from integrate.journal import finding
from integrate.journal.opening import Access
from integrate.journal.writing import add_entry
from tests.cli.calling import Ran, call
from tests.cli.test_writing import FIELDS
from tests.conftest import Sample, draft
from tests.helpers.journals import shown, tamper

Runner = Callable[..., Ran]


@pytest.fixture
def filled(sample: Sample) -> Sample:
    """Five entries, one a day, with something of each kind."""
    entries = (
        draft("Café by the sea", at=parse_when("2026-03-01T23:30-08:00", "UTC"), title="First", tags=("Sea",)),
        draft("A letter", at=parse_when("2026-03-02T12:00Z", "UTC"), phase=Phase.EXPERIENCE),
        draft("海辺を歩いた", at=parse_when("2026-03-03T12:00Z", "UTC"), session=SessionRef(1, 2)),
        draft("The sea again", at=parse_when("2026-03-04T12:00Z", "UTC"), session=SessionRef(2, 2), tags=("sea",)),
        draft("Seaside letters", at=parse_when("2026-03-05T00:30+10:00", "UTC"), phase=Phase.INTEGRATE),
    )
    with sample.open(Access.WRITE) as journal:
        for entry in entries:
            add_entry(journal, entry)
    return sample


def excerpts(ran: Ran) -> list[str]:
    assert ran.code == 0, ran.err
    return [entry["excerpt"] for entry in ran.json]


ALL = ["Seaside letters", "The sea again", "海辺を歩いた", "A letter", "Café by the sea"]


def test_the_list_is_newest_first_with_these_fields(filled: Sample, run: Runner) -> None:
    ran = run("list", "--json")
    assert excerpts(ran) == ALL
    assert all(list(entry) == FIELDS for entry in ran.json)
    assert ran.out.endswith("]\n")
    assert "海辺" in ran.out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--from", "2026-03-04"], ALL[:2]),
        (["--to", "2026-03-01"], ALL[4:]),
        (["--from", "2026-03-02", "--to", "2026-03-03"], ALL[2:4]),
        (["--from", "2026-03-05", "--to", "2026-03-01"], []),
        (["--phase", "experience"], ALL[3:4]),
        (["--phase", "integrate"], ALL[:1]),
        (["--session", "2"], ALL[2:3]),
        (["--session", "1.2"], ALL[2:3]),
        (["--session", "2.2"], ALL[1:2]),
        (["--session", "9"], []),
        (["--tag", "SEA"], [ALL[1], ALL[4]]),
        (["--tag", "no such tag"], []),
        (["--limit", "2"], ALL[:2]),
        (["--limit", str(10**30)], ALL),
        (["--tag", "sea", "--limit", "1"], ALL[1:2]),
    ],
)
def test_filters(filled: Sample, run: Runner, words: list[str], expected: list[str]) -> None:
    assert excerpts(run("list", "--json", *words)) == expected


@pytest.mark.parametrize(
    ("query", "words", "expected"),
    [
        ("sea", [], [ALL[1], ALL[4]]),
        ("sea*", [], [ALL[0], ALL[1], ALL[4]]),
        ("CAFE sea", [], ALL[4:]),
        ('"by the"', [], ALL[4:]),
        ("辺を", [], ALL[2:3]),
        ("sea", ["--tag", "sea", "--from", "2026-03-03"], ALL[1:2]),
        ("sea*", ["--limit", "1"], ALL[:1]),
        ("absent", [], []),
        ("", [], []),
        ("-", [], []),
    ],
)
def test_search(filled: Sample, run: Runner, query: str, words: list[str], expected: list[str]) -> None:
    ran = run("search", query, "--json", *words)
    assert excerpts(ran) == expected
    assert all(list(entry) == [*FIELDS, "snippet"] for entry in ran.json)


def test_a_snippet_is_plain_text_and_bold_on_a_terminal_alone(filled: Sample, run: Runner) -> None:
    assert run("search", "cafe", "--json").json[0]["snippet"] == "Café by the sea"
    assert "\x1b" not in run("search", "cafe").out
    assert "\x1b[1mCafé\x1b[0m by the sea" in run("search", "cafe", terminal=True).out


def test_no_query_is_ever_an_error(filled: Sample, secret: Path) -> None:
    queries = st.text(st.characters(exclude_characters="\0"), max_size=60) | st.text('"*-+:()^{}~ AND\\%_', max_size=20)

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(queries)
    def law(query: str) -> None:
        ran = call("search", filled.place, "--json", "--passphrase-file", secret, "--", query)
        assert ran.code == 0, ran.err
        assert isinstance(ran.json, list)

    law()


def test_for_a_person_each_entry_is_a_few_aligned_lines(filled: Sample, run: Runner) -> None:
    ran = run("list")
    assert (ran.code, ran.err) == (0, "")
    heads = [line for line in ran.out.splitlines() if line[:4] == "2026"]
    assert len(heads) == 5
    assert len({len(line) for line in heads}) == 1
    assert all(UUID(line[-36:]) for line in heads)
    assert "    First\n    Café by the sea\n    #Sea\n" in ran.out


def test_nothing_found_is_said_beside_the_result(sample: Sample, run: Runner) -> None:
    for words in (["list"], ["search", "x"]):
        ran = run(*words)
        assert (ran.code, ran.out, ran.err) == (0, "", "No entries.\n")
        assert run(*words, "--json").out == "[]\n"


def test_f1_what_cannot_be_read_is_counted_and_the_rest_is_printed(filled: Sample, run: Runner) -> None:
    with filled.open(Access.WRITE) as journal:
        damaged = next(entry.id for entry in shown(journal) if entry.excerpt == "The sea again")
        tamper(journal, "UPDATE entry SET excerpt = 'changed' WHERE id = ?", damaged.bytes)
    for words, left in ((["list"], 4), (["search", "sea"], 1)):
        ran = run(*words, "--json")
        assert (ran.code, len(ran.json)) == (4, left)
        assert "1 entry could not be read" in ran.err
        assert "changed" not in ran.out
        assert str(damaged) not in ran.out
        assert run(*words).out.count("2026-") == left
    ran = run("show", damaged)
    assert (ran.code, ran.out) == (4, "")
    assert "The rest is fine" in ran.err


def test_a_list_that_breaks_off_is_still_one_json_value(
    filled: Sample, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = finding.list_entries

    def broken(*arguments: object, **options: object) -> object:
        yield from islice(real(*arguments, **options), 2)  # type: ignore[arg-type]  # passed through
        raise DatabaseDamaged

    monkeypatch.setattr(finding, "list_entries", broken)
    ran = run("list", "--json")
    assert (ran.code, len(ran.json)) == (4, 2)
    assert "could not be read" in ran.err


def test_reading_works_beside_a_writer_and_writing_does_not(filled: Sample, run: Runner, new_secret: Path) -> None:
    with filled.open(Access.WRITE) as journal:
        entry_id = add_entry(journal, draft("Just now")).entry_id
        assert excerpts(run("list", "--json"))[0] in {"Just now", *ALL}
        assert run("show", entry_id, "--json").json["body"] == "Just now"
        assert run("search", "now", "--json").code == 0
        ran = run("add", "Too")
        assert (ran.code, ran.out) == (5, "")
        assert "already open" in ran.err
        assert run("passphrase", "--new-passphrase-file", new_secret).code == 5
    assert run("add", "Now").code == 0
