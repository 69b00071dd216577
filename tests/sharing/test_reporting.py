"""A report says what a therapist needs, in the order they read it, and nothing about what is not in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

import pytest

from integrate.charts.scene import box_of, texts
from integrate.domain.listing import Stop, Stopped
from integrate.domain.measures import Definition
from integrate.domain.moments import MomentKind
from integrate.domain.sharing import DEFAULT_SECTIONS, Passage, Section, Selection
from integrate.domain.times import ZonedTime
from integrate.domain.trends.words import CANNOT_SAY_WHY
from integrate.journal.demo import make_demo
from integrate.journal.opening import Journal
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.journal.shareable import shareable_entries
from integrate.sharing.digest import digest_of
from integrate.sharing.packet import Packet
from integrate.sharing.report import Chart, Facts, Grid, Lines, NewPage, Paragraph, Quote, Report
from integrate.sharing.reporting import file_stem, make_report
from integrate.sharing.reporting_about import STANDING, WRITTEN_BY
from integrate.sharing.resolving import resolve_packet
from integrate.sharing.writing_style import report_style
from tests.helpers.demos import DAY, opened
from tests.sharing.reading import all_words, grid_of, headings, part, rows_of, text_of

EVENING = ZonedTime(datetime(2026, 10, 8, 17, tzinfo=UTC), "Europe/Lisbon")
DAYS: dict[str, Any] = {"first_day": date(2026, 7, 20), "last_day": DAY}
FORBIDDEN = re.compile(
    r"\b(better|worse|improv\w*|miss\w*|fail\w*|not met|respon(?:der|ding)|due to|because|caus\w*|helps?|risky|poorly"
    r"|success\w*|complian\w*|planned \d|of \d+ (?:planned|days|entries))\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """Sarah's journal, open to read."""
    place = tmp_path_factory.mktemp("reports") / "Demo.integrate"
    make_demo(place, DAY)
    with opened(place) as journal:
        yield journal


@pytest.fixture(scope="module")
def packet(demo: Journal) -> Packet:
    """Everything of Sarah's eleven weeks but vital signs, with two entries and a passage, for her therapist."""
    entries = [entry for some in shareable_entries(demo, bodies=True) for entry in some.values][:3]
    chosen = Selection(
        recipient="Ines Moreau", item_answers=True, talk=("Sleeping after the session.", "The bus."),
        entries=frozenset(one.summary.id for one in entries[1:]),
        passages=(Passage(entries[0].summary.id, entries[0].body.splitlines()[0]),), **DAYS,
    )  # fmt: skip
    return resolve_packet(demo, chosen, made=EVENING)


@pytest.fixture(scope="module")
def report(packet: Packet) -> Report:
    return make_report(packet)


def made(demo: Journal, **chosen: Any) -> Report:
    """A report of other choices."""
    return make_report(resolve_packet(demo, Selection(**{**DAYS, **chosen}), made=EVENING))


def empty(**fields: Any) -> Packet:
    """A packet with nothing in it."""
    return replace(Packet(uuid4(), EVENING, "0.2.0", Selection(), "Sarah", None, None), **fields)


# --- head and order ---------------------------------------------------------------------------------------------------


def test_it_comes_in_the_order_a_therapist_reads(report: Report) -> None:
    assert headings(report) == [
        "What I want to talk about", "Item 9 and side effects", "Over time", "Sessions", "Since the baseline",
        "In Sarah’s words", "Intentions, insights, practices", "Threads", "Questions for my therapist",
        "Questions for my prescriber", "Talked about and agreed", "Other check-ins over time",
        "Answers to single items", "Chosen entries", "About this file",
    ]  # fmt: skip


def test_pages_begin_after_the_summary_and_with_what_it_says_about_itself(report: Report) -> None:
    places = [place for place, block in enumerate(report.blocks) if isinstance(block, NewPage)]
    following = [report.blocks[place + 1].words.text for place in places]  # type: ignore[union-attr]  # headings
    assert following == ["Intentions, insights, practices", "About this file"]


def test_the_head_says_for_whom_by_whom_and_of_when(report: Report) -> None:
    assert report.title == "Between-session summary"
    assert report.subtitle == "Prepared by Sarah for Ines Moreau, Thu 2026-10-08"
    assert report.period == ("Covers 2026-07-20 to 2026-10-08", "Sessions 1 to 4")
    assert report.running == "Sarah, 2026-10-08"
    assert report.foot == WRITTEN_BY == "Written by the patient. Not monitored."
    assert (report.made, report.language, report.right_to_left) == (DAY, "en", False)
    assert isinstance(report.blocks[0], Paragraph)
    assert report.blocks[0].words[0].text == "Chosen by Sarah. Other writing may exist."


def test_after_an_earlier_file_the_title_says_since_when_and_what_is_new_comes_first(packet: Packet) -> None:
    for later in (
        replace(packet, last_file=date(2026, 9, 24)),
        replace(packet, selection=replace(packet.selection, since=date(2026, 9, 24))),
    ):
        report = make_report(later)
        assert report.title == "Summary for Ines Moreau, since 2026-09-24"
        assert headings(report)[:3] == ["What I want to talk about", "Since Thu 2026-09-24", "Item 9 and side effects"]
        facts, words = (block for block in part(report, "Since Thu 2026-09-24") if isinstance(block, Lines))
        told = [line.text for line in facts.lines]
        assert told[:2] == ["Session 4 on Mon 2026-10-05", "PHQ-9: 13 on Fri 2026-10-02"]
        assert "Check-ins on 13 days" in told
        assert all(line.theirs for line in words.lines)
    quiet = make_report(empty(last_file=date(2026, 9, 24)))
    assert quiet.title == "Summary since 2026-09-24"
    assert "Nothing in this file is newer than that." in text_of(quiet)


def test_a_pseudonym_and_the_name_the_clinic_knows(packet: Packet) -> None:
    chosen = replace(packet.selection, clinic_name="Sarah Miles", recipient="")
    report = make_report(replace(packet, author="S", selection=chosen))
    assert report.subtitle == "Prepared by S, Thu 2026-10-08\nMy clinic knows me as Sarah Miles"
    nameless = make_report(replace(packet, author="", selection=chosen))
    assert "Chosen by the patient. Other writing may exist." in text_of(nameless)
    assert nameless.running == "2026-10-08"


@pytest.mark.parametrize(
    ("author", "stem"),
    [("Sarah Miles", "summary-2026-10-08-SM"), ("", "summary-2026-10-08"), ("李明", "summary-2026-10-08"),
     ("../ etc:passwd", "summary-2026-10-08-E"), ("a b c d e", "summary-2026-10-08-ABC")],
)  # fmt: skip
def test_the_name_of_the_file_holds_no_more_than_initials(author: str, stem: str) -> None:
    assert file_stem(empty(author=author)) == stem


def test_measures_left_out_are_named_at_the_head_and_at_the_end(packet: Packet) -> None:
    report = make_report(replace(packet, measures_left_out=("Pain", "Urge to drink or use")))
    assert text_of(report).count("Measures left out: Pain, Urge to drink or use.") == 2


# --- item 9 and side effects ------------------------------------------------------------------------------------------


def test_item_9_is_told_with_dates_and_answers_and_what_it_is_not(report: Report) -> None:
    first, effects = part(report, "Item 9 and side effects")[:2]
    assert isinstance(first, Paragraph)
    assert first.words[0].text == (
        "PHQ-9 item 9 (0–3): Thu 2026-07-23: prefers not to answer; Thu 2026-08-06: 1; Thu 2026-08-20: 0; "
        "Fri 2026-09-04: 0; Fri 2026-09-18: 0; Fri 2026-10-02: 0 (last asked). Self-report, not monitored, not a risk "
        "assessment. Sarah chose to include it."
    )
    assert isinstance(effects, Paragraph)
    assert "Disorientation (1 moderate, 4 moderate)" in effects.words[0].text


@pytest.mark.parametrize("asked", [None, False])
def test_without_the_answers_to_items_one_line_says_so_and_no_answer_is_there(
    demo: Journal, asked: bool | None
) -> None:
    report = made(demo, item_answers=asked)
    first = part(report, "Item 9 and side effects")[0]
    assert isinstance(first, Paragraph)
    assert first.words[0].text == "PHQ-9 item 9: not included. The answers to single items were not included."
    assert "Answers to single items" not in headings(report)
    assert "Several days" not in text_of(report)


def test_phq_8_says_that_it_does_not_ask(packet: Packet) -> None:
    form = replace(packet.forms[0], questionnaire=shipped_questionnaires()["phq-8"])
    report = make_report(replace(packet, forms=(form,)))
    assert "PHQ-8 does not ask about thoughts of suicide." in text_of(report)


# --- charts -----------------------------------------------------------------------------------------------------------


def test_charts_are_there_with_bands_sessions_summaries_and_twins(report: Report) -> None:
    charts = [block for block in part(report, "Over time") if isinstance(block, Chart)]
    assert [chart.title for chart in charts] == [
        "PHQ-9, 0 to 27", "GAD-7, 0 to 21", "Mood", "Mood around sessions",
    ]  # fmt: skip
    assert "PCL-5, 0 to 80: 27 on Tue 2026-08-18." in text_of(report), "of a single total a sentence tells as much"
    phq = charts[0]
    drawn = {text.words for text in texts(phq.scene.marks)}
    assert {"severe", "moderate", "mild", "minimal", "19", "13", "1", "4"} < drawn
    assert phq.twin.headings == ("Day", "PHQ-9", "Answered", "Published range")
    assert ("Thu 2026-08-06", "19", "9 of 9", "moderately severe") in rows_of(phq.twin)
    for chart in charts:
        assert chart.scene.title
        assert chart.scene.summary
        assert chart.half
        assert chart.twin.rows
    notes = [block.words[0].text for block in part(report, "Over time") if isinstance(block, Paragraph)]
    assert "Kroenke, Spitzer and Williams 2001" in notes[1]
    assert CANNOT_SAY_WHY in notes
    assert "PHQ-9, GAD-7: Lower means fewer of these problems." in notes


def test_no_label_of_a_chart_leaves_it(report: Report) -> None:
    for chart in (block for block in report.blocks if isinstance(block, Chart)):
        for text in texts(chart.scene.marks):
            left, top, right, bottom = box_of(text)
            assert -0.5 <= left <= right <= chart.scene.width + 0.5, (chart.title, text.words)
            assert -0.5 <= top <= bottom <= chart.scene.height + 0.5, (chart.title, text.words)


def test_every_measure_has_its_chart(report: Report) -> None:
    others = [block.title for block in part(report, "Other check-ins over time") if isinstance(block, Chart)]
    assert others == ["Anxiety", "Energy", "Sleep last night", "Sleep hours"]


def test_recall_windows_that_overlap_and_what_was_added_later_are_said(packet: Packet) -> None:
    form = packet.forms[0]
    one = form.responses[0]
    about = ZonedTime(one.response.draft.about.instant.replace(day=29), "Europe/Lisbon")
    second = replace(one, response=replace(one.response, draft=replace(one.response.draft, about=about)))
    begun = ZonedTime(about.instant.replace(month=8), "Europe/Lisbon")
    second = replace(second, response=replace(second.response, begun=begun))
    written = text_of(make_report(replace(packet, forms=(replace(form, responses=(one, second)),))))
    assert "PHQ-9: recall windows overlap with those of the time before on Wed 2026-07-29." in written
    assert "PHQ-9: added later, Wed 2026-07-29." in written


# --- sessions ---------------------------------------------------------------------------------------------------------


def test_the_table_of_sessions(report: Report) -> None:
    grid = grid_of(report, "Sessions")
    assert grid.headings == (
        "No.", "Date", "Setting", "Route", "Present", "Side effects noted", "Mood, day 0 → 1 → 7",
    )  # fmt: skip
    rows = rows_of(grid)
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    assert rows[0][:5] == ("1", "Mon 2026-08-24", "At the therapist's office", "Oral lozenge", "Therapist")
    assert "Disorientation (moderate, 14:45 to 15:50, told: Ines)" in rows[0][5]
    assert rows[0][5].count("Disorientation") == 1  # marked in the session, and written down again afterwards
    assert rows[3][4] == "Companion, Therapist (by video)"
    assert rows[0][6] == "4 → 5.5 → 3"
    assert rows[3][6] == "3 → 5 → –"


def test_a_day_without_a_check_in_says_so(packet: Packet) -> None:
    (mood,) = (one for one in packet.measures if one.measure.key == "mood")
    series = mood.series[0]
    kept = [place for place, day in enumerate(series.days) if day != date(2026, 8, 25).toordinal()]
    thinned = replace(
        series, days=tuple(series.days[place] for place in kept),
        instants=tuple(series.instants[place] for place in kept), values=tuple(series.values[place] for place in kept),
    )  # fmt: skip
    rows = rows_of(grid_of(make_report(replace(packet, measures=(replace(mood, series=(thinned,)),))), "Sessions"))
    assert rows[0][6] == "4 → no check-in → 3"


def test_the_dose_and_the_plan_are_nowhere(report: Report, packet: Packet) -> None:
    dose = packet.sessions[0].session.draft.dose
    assert dose
    assert dose not in text_of(report)
    assert not re.search(r"\bof 8\b|\bplanned\b", text_of(report))


def test_what_changed_since_the_baseline(report: Report) -> None:
    rows = rows_of(grid_of(report, "Since the baseline"))
    assert rows[0] == ("PHQ-9", "18 (Thu 2026-08-20)", "13 (Fri 2026-10-02)", "5 points lower", "−27.8 %")
    assert rows[2][0] == "Mood"
    assert rows[2][3:] == ("1 point higher", "–")
    (facts,) = (block for block in report.blocks if isinstance(block, Facts))
    assert ("PHQ-9, baseline to latest", "18 → 13") in facts.pairs
    assert ("Check-ins", "on 65 days") in facts.pairs


def test_intention_what_was_noticed_insight_and_practice_with_its_state(report: Report) -> None:
    grid = grid_of(report, "Intentions, insights, practices")
    rows = rows_of(grid)
    assert [row[0] for row in rows] == ["4", "3", "2", "1", "Other"]
    assert rows[0][1] == "To be a little softer with myself when plans fall apart."
    assert rows[0][2].startswith("14:21 Warm.")
    assert rows[1][4] == "Text Daniel one honest sentence. (Thursdays, trying, Thu 2026-10-01: Done)"
    assert "let go" in rows[3][4]
    assert all(words.theirs for row in grid.rows for words in row[1:])


def test_questions_with_their_answers_and_what_was_agreed(report: Report) -> None:
    assert ("1", "Can we agree on a word for stop?", "Yes. The word is lighthouse.") in rows_of(
        grid_of(report, "Questions for my therapist")
    )
    assert rows_of(grid_of(report, "Talked about and agreed"))[1][2] == "One honest sentence a week, to one person."


def test_vital_signs_are_numbers_and_only_where_they_were_chosen(demo: Journal, report: Report) -> None:
    assert "Vital signs, as they were noted" not in headings(report)
    chosen = made(demo, sections=DEFAULT_SECTIONS | {Section.VITALS})
    rows = rows_of(grid_of(chosen, "Vital signs, as they were noted"))
    assert rows[0] == ("1", "14:05", "76", "126 / 80", "sitter")


# --- words ------------------------------------------------------------------------------------------------------------


def test_a_passage_says_where_it_comes_from(report: Report) -> None:
    (quote,) = (block for block in report.blocks if isinstance(block, Quote))
    assert quote.words.startswith("Nobody needed anything for ten minutes.")
    assert quote.source == "From an entry of Wed 2026-10-07, day 2 after session 4"


def test_a_chosen_entry_is_there_whole_in_its_own_words(report: Report, packet: Packet) -> None:
    blocks = part(report, "Chosen entries")
    for entry in (entry for entry in packet.entries if not entry.passages):
        written = [words for block in blocks if isinstance(block, Paragraph) for words in block.words if words.theirs]
        whole = "\n\n".join(words.text for words in written)
        assert entry.body.strip() in whole


def test_what_was_added_later_says_so(packet: Packet) -> None:
    entry = next(entry for entry in packet.entries if not entry.passages)
    created = entry.summary.created.replace(month=12)
    later = replace(entry, summary=replace(entry.summary, created=created))
    assert "added later" in text_of(make_report(replace(packet, entries=(later,))))
    assert "added later" not in text_of(make_report(empty(entries=(entry,))))


def test_item_answers_have_their_exact_words_and_their_numbers(report: Report) -> None:
    tables = [block for block in part(report, "PHQ-9") if isinstance(block, Grid)]
    assert [len(table.headings) for table in tables] == [4, 4]
    rows = rows_of(tables[0])
    assert rows[0] == ("Total", "–", "19", "18")
    assert rows[1][:2] == ("1. Little interest or pleasure in doing things", "2, More than half the days")
    assert rows[9][1] == "prefers not to answer"


# --- about, and what is never said ------------------------------------------------------------------------------------


def test_the_last_page_says_what_everything_is(report: Report, packet: Packet) -> None:
    written = text_of(report)
    for words in (
        "Made with integrate 0.2.0 on 2026-10-08 18:00.", "Europe/Lisbon", digest_of(packet), STANDING, WRITTEN_BY,
        "No permission required to reproduce, translate, display or distribute.", "Regenstrief",
        "Chosen for this file: questionnaires, check-ins, sessions and side effects, intentions, insights and "
        "practices, answers to single items, chosen entries, passages of entries.",
    ):  # fmt: skip
        assert words in written, words
    measures = rows_of(grid_of(report, "Measures of check-ins"))
    assert ("Mood", "0 to 10", "low", "good") in measures
    assert ("Feeling words", "up to three words", "–", "–") in measures
    (unread,) = (replace(packet, unreadable=2),)
    assert "2 records could not be read and are not in this file." in text_of(make_report(unread))


def test_no_word_judges_explains_or_counts_what_is_not_there(demo: Journal, packet: Packet) -> None:
    """What the program says; the person's own words and the published questionnaires may hold any word."""
    published = " ".join(one.text for one in shipped_questionnaires().values())
    for report in (make_report(packet), made(demo), make_report(replace(packet, last_file=date(2026, 9, 24)))):
        for words in all_words(report):
            if words.theirs or words.text in published or STANDING in words.text:
                continue
            found = FORBIDDEN.search(re.sub(r"^\d+\. .*|needs \d of \d days", "", words.text))
            if found is not None and found.group() == "help":
                assert words.text == CANNOT_SAY_WHY
                continue
            assert found is None, (found, words.text)


def test_entries_are_never_counted(demo: Journal) -> None:
    some = [entry for batch in shareable_entries(demo, bodies=True) for entry in batch.values]
    report = made(demo, entries=frozenset(entry.summary.id for entry in some[:7]))
    said = " ".join(words.text for words in all_words(report) if not words.theirs)
    assert not re.search(r"\b\d+ entr(?:y|ies)\b", said)


@pytest.mark.parametrize("section", list(Section))
def test_a_section_alone_says_nothing_of_the_others(demo: Journal, section: Section) -> None:
    found = set(headings(made(demo, sections=frozenset({section}), item_answers=True)))
    of = {
        Section.QUESTIONNAIRES: {"Item 9", "Over time", "Answers to single items"},
        Section.MOOD: {"Over time", "Since the baseline", "Other check-ins over time"},
        Section.SESSIONS: {
            "Side effects", "Sessions", "Intentions, insights, practices", "Questions for my therapist",
            "Questions for my prescriber", "Talked about and agreed",
        },
        Section.THREADS: {"Intentions, insights, practices", "Threads"},
        Section.VITALS: {"Vital signs, as they were noted"},
    }[section]  # fmt: skip
    assert found == of | {"About this file"}


def test_an_empty_packet_makes_a_report(demo: Journal) -> None:
    report = make_report(empty())
    assert headings(report) == ["About this file"]
    assert make_report(empty(author="", definitions=MappingProxyType({}))).blocks


def test_the_same_packet_makes_the_same_report_and_another_id_the_same_digest(packet: Packet) -> None:
    assert make_report(packet) == make_report(packet)
    other = replace(packet, id=UUID(int=7), made=ZonedTime(EVENING.instant.replace(hour=18), "UTC"), program="9.9")
    assert digest_of(other) == digest_of(packet)
    assert digest_of(replace(packet, author="Other")) != digest_of(packet)
    moments = packet.sessions[0].moments
    fewer = (replace(packet.sessions[0], moments=moments[1:]), *packet.sessions[1:])
    assert digest_of(replace(packet, sessions=fewer)) != digest_of(packet)


@pytest.mark.parametrize(
    "words",
    [
        "{0} {name} {day!r}",
        "<b>&amp;</b>",
        "#let x = 1 $ y $",
        "=1+1",
        "\x00\x07\u202e\ufeff",
        "🙂 漢字 שלום مرحبا",
        "%s %(x)d",
    ],
)
def test_any_words_come_through_as_they_are(packet: Packet, words: str) -> None:
    entry = next(entry for entry in packet.entries if not entry.passages)
    odd = replace(entry, body=words, prompt=words, summary=replace(entry.summary, title=words, tags=(words,)))
    session = packet.sessions[0]
    line = replace(session.lines[0], text=words, answer=words)
    told = replace(session, lines=(line, *session.lines[1:]))
    measures = tuple(
        replace(one, series=tuple(replace(each, definition=Definition(words)) for each in one.series))
        for one in packet.measures
    )
    chosen = replace(packet.selection, recipient=words, clinic_name=words, talk=(words,))
    report = make_report(
        replace(
            packet, author=words, selection=chosen, entries=(odd,), sessions=(told, *packet.sessions[1:]),
            measures=measures, measures_left_out=(words,), insights=(replace(packet.insights[0], text=words),),
        )
    )  # fmt: skip
    assert report.subtitle.count(words) == 3
    assert sum(one.text == words and one.theirs for one in all_words(report)) >= 4
    assert words in [chart.title for chart in report.blocks if isinstance(chart, Chart)]


def test_it_stops_where_it_is_asked_to(packet: Packet) -> None:
    stop = Stop()
    stop.set()
    for stopped in (make_report, digest_of):
        with pytest.raises(Stopped):
            stopped(packet, stop=stop)


def test_long_times_have_rows_only_for_days_with_something_on_them(packet: Packet) -> None:
    (mood,) = (one for one in packet.measures if one.measure.key == "mood")
    series = mood.series[0]
    early = replace(
        series, days=(date(1999, 1, 1).toordinal(), *series.days), instants=(0, *series.instants),
        values=(5.0, *series.values),
    )  # fmt: skip
    report = make_report(replace(packet, measures=(replace(mood, series=(early,)),)))
    (chart,) = (block for block in report.blocks if isinstance(block, Chart) and block.title == "Mood")
    assert rows_of(chart.twin)[0][:2] == ("Fri 1999-01-01", "5")
    assert len(chart.twin.rows) < 100


def test_days_long_before_anything_was_written_make_no_empty_charts(packet: Packet) -> None:
    report = make_report(replace(packet, first_day=date(1, 1, 1)))
    charts = [block for block in report.blocks if isinstance(block, Chart)]
    assert max(len(chart.twin.rows) for chart in charts) < 100


def test_language_and_direction_are_those_of_the_style(packet: Packet) -> None:
    report = make_report(packet, style=report_style("he", right_to_left=True))
    assert (report.language, report.right_to_left) == ("he", True)


def test_every_row_of_every_table_has_a_cell_for_each_heading(report: Report) -> None:
    grids = [block for block in report.blocks if isinstance(block, Grid)]
    grids += [block.twin for block in report.blocks if isinstance(block, Chart)]
    for grid in grids:
        assert len(grid.widths) == len(grid.headings)
        assert sum(grid.widths) == pytest.approx(1)
        assert all(len(row) == len(grid.headings) for row in grid.rows)


def test_readings_never_stand_among_what_was_noticed(demo: Journal) -> None:
    chosen = made(demo, sections=DEFAULT_SECTIONS | {Section.VITALS})
    noticed = [row[2] for row in rows_of(grid_of(chosen, "Intentions, insights, practices"))]
    assert MomentKind.VITALS.value not in " ".join(noticed)
    assert not re.search(r"\d{2,3} / \d{2,3}", " ".join(noticed))
