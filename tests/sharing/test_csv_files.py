"""CSV: what any spreadsheet and any program reads back, without formulas, and with nothing standing for no answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.responses import DECLINED
from integrate.domain.sharing import Section, Selection
from integrate.journal.opening import Journal
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.journal.responses import begin_response, finish_response, save_answers
from integrate.sharing import csv_files as tables
from integrate.sharing.csv_files import csv_files
from integrate.sharing.resolving import resolve_packet
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.check_ins import answer, check_in, measure
from tests.helpers.journals import write
from tests.sharing.saved_files import WHOLE

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
ALWAYS = {
    "entries.csv": tables.ENTRIES, "check-ins.csv": tables.CHECK_INS, "questionnaires.csv": tables.QUESTIONNAIRES,
    "moments.csv": tables.MOMENTS, "sessions.csv": tables.SESSIONS, "measures.csv": tables.MEASURES,
}  # fmt: skip


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def files_of(journal: Journal, selection: Selection = WHOLE) -> dict[str, bytes]:
    """Every file by its name."""
    return {file.name: b"".join(file.chunks) for file in csv_files(resolve_packet(journal, selection))}


def rows_of(data: bytes) -> list[dict[str, str]]:
    """The lines of a table by their headings, each as long as the headings."""
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.endswith("\r\n")
    headings, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert all(len(row) == len(headings) for row in rows)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_the_tables_are_there_with_their_headings_also_where_there_is_nothing(journal: Journal) -> None:
    files = files_of(journal)
    assert set(files) == {*ALWAYS, "about.txt"}
    for name, headings in ALWAYS.items():
        assert files[name].decode("utf-8-sig") == ",".join(headings) + "\r\n"
    about = files["about.txt"].decode("utf-8-sig")
    assert "Other writing may exist." in about
    assert "does not diagnose" in about


def test_no_answer_is_an_empty_cell_that_was_asked_for(journal: Journal) -> None:
    check_in(journal, answer(measure(journal), 0), answer(measure(journal, "anxiety")), note="A note.")
    check_in(journal, note="Words alone.")
    rows = rows_of(files_of(journal)["check-ins.csv"])
    told = sorted((row["measure"], row["asked"], row["value"], row["note"]) for row in rows)
    assert told == [("", "no", "", "Words alone."), ("Anxiety", "yes", "", ""), ("Mood", "yes", "0", "A note.")]


@FEW
@given(title=TEXTS.map(lambda text: " ".join(text.split())), body=TEXTS)
def test_any_words_come_back_and_none_is_a_formula(journal: Journal, title: str, body: str) -> None:
    entry_id = write(journal, body, title=title)
    data = files_of(journal)["entries.csv"]
    (row,) = (row for row in rows_of(data) if row["entry_id"] == str(entry_id))
    for found, meant in ((row["title"], title), (row["body"], body)):
        assert found in (meant, f"'{meant}")
        assert not found.lstrip(" \u00a0\u3000\ufeff").startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert row["mood_then"] == ""


def test_single_answers_have_a_table_where_they_were_chosen_alone(journal: Journal) -> None:
    asked = shipped_questionnaires()["phq-9"]
    begun = begin_response(journal, asked).response
    answers = {item.link_id: item.options[1].code for item in asked.items if not item.harm and not item.only_if}
    harm = next(item for item in asked.items if item.harm)
    save_answers(journal, begun.id, {**answers, harm.link_id: DECLINED})
    finish_response(journal, begun.id)
    files = files_of(journal)
    (whole,) = rows_of(files["questionnaires.csv"])
    assert (whole["total"], whole["answered"], whole["of"]) == ("", "8", "9")
    items = {row["link_id"]: row for row in rows_of(files["questionnaire-items.csv"])}
    assert [row["item"] for row in items.values()] == [item.text for item in asked.items]
    declined = items[harm.link_id]
    assert (declined["declined"], declined["answer"], declined["value"]) == ("yes", "", "")
    assert items[next(iter(answers))]["value"] == "1"
    assert "questionnaire-items.csv" not in files_of(journal, replace(WHOLE, item_answers=None))


def test_what_was_not_chosen_is_in_no_table(journal: Journal) -> None:
    write(journal, "Words.")
    check_in(journal, note="A note.")
    files = files_of(journal, Selection(sections=frozenset({Section.SESSIONS})))
    assert rows_of(files["entries.csv"]) == rows_of(files["check-ins.csv"]) == rows_of(files["measures.csv"]) == []
