"""Reports made by hand: what the tests of every kind of file render. Sarah's is the one of the design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from integrate.charts.forms import FormBand, FormLine, FormPoint, responses_scene
from integrate.charts.sessions import SessionMark
from integrate.charts.timeline import MeasureLine, timeline_scene
from integrate.domain.measures import Definition
from integrate.domain.trends import DayValues, trailing_mean
from integrate.sharing.report import (
    Block,
    Chart,
    Facts,
    Grid,
    Heading,
    Lines,
    NewPage,
    Paragraph,
    Quote,
    Report,
    Words,
)  # fmt: skip
from integrate.sharing.writing_style import report_style

FIRST = date(2026, 7, 20)
LAST = date(2026, 10, 8)
SPAN = (FIRST.toordinal(), LAST.toordinal())
STYLE = report_style().chart
SESSIONS = tuple(
    SessionMark(date(2026, month, day).toordinal(), str(number), True)
    for number, (month, day) in enumerate(((8, 24), (9, 7), (9, 21), (10, 5)), start=1)
)
PHQ9 = (
    FormBand(0, 4, "minimal"), FormBand(5, 9, "mild"), FormBand(10, 14, "moderate"),
    FormBand(15, 19, "moderately severe"), FormBand(20, 27, "severe"),
)  # fmt: skip
GAD7 = (FormBand(0, 4, "minimal"), FormBand(5, 9, "mild"), FormBand(10, 14, "moderate"), FormBand(15, 21, "severe"))
DAYS = tuple(date(2026, month, day) for month, day in ((7, 23), (8, 6), (8, 20), (9, 3), (9, 17), (10, 1)))
QUOTE = (
    "This morning the bus didn’t come and I felt the old sentence start: you should have left earlier. And then, quite "
    "clearly, something else. You’re tired. It’s only a bus."
)


def said(*texts: str) -> tuple[Words, ...]:
    """Cells or lines of the program's words."""
    return tuple(Words(text) for text in texts)


def theirs(*texts: str) -> tuple[Words, ...]:
    """Cells or lines of the person's words."""
    return tuple(Words(text, theirs=True) for text in texts)


def form_chart(name: str, highest: int, totals: Sequence[int], bands: Sequence[FormBand]) -> Chart:
    """A questionnaire over time, half as wide as the page."""
    points = tuple(FormPoint(day.toordinal(), total) for day, total in zip(DAYS, totals, strict=True))
    title = f"{name}, 0 to {highest}"
    summary = f"{name} went from {totals[0]} on 2026-07-23 to {totals[-1]} on 2026-10-01."
    line = FormLine(name, 0, highest, points, tuple(bands))
    scene = responses_scene((320, 250), STYLE, SPAN, line, SESSIONS, title=title, summary=summary)
    rows = tuple(said(day.isoformat(), str(total)) for day, total in zip(DAYS, totals, strict=True))
    return Chart(title, scene, Grid(title, ("Day", "Total"), rows, (1, 1)), half=True)


def mood_chart() -> Chart:
    """A measure over time, as wide as the page."""
    days = tuple(day for day in range(SPAN[0], SPAN[1] + 1) if day % 9)
    values = tuple(3.0 + (day - SPAN[0]) / 27 + day % 3 for day in days)
    daily = DayValues(days, values, (1,) * len(days))
    line = MeasureLine(Definition("Mood", "low", "good"), daily, trailing_mean(daily, *SPAN))
    summary = "Mood on 72 days."
    scene = timeline_scene((660, 230), STYLE, SPAN, line, None, SESSIONS, title="Mood", summary=summary)
    rows = tuple(
        said(date.fromordinal(day).isoformat(), f"{value:.1f}") for day, value in zip(days, values, strict=True)
    )
    return Chart("Mood, 0 to 10", scene, Grid("Mood", ("Day", "Mood"), rows, (1, 1)))


def first_page() -> tuple[Block, ...]:
    """What stands on the first page of Sarah's report."""
    return (
        Facts(
            (
                ("Sessions", "4"), ("Next session", "Mon 2026-10-19"), ("PHQ-9, first to last", "19 → 11"),
                ("GAD-7, first to last", "15 → 9"), ("Check-ins", "on 72 days"),
            )
        ),
        Heading(Words("What I want to talk about")),
        Lines(theirs("The anger after session 3.", "Whether I can go back to choir in November."), numbered=True),
        Heading(Words("Questionnaires over time")),
        form_chart("PHQ-9", 27, (19, 18, 18, 15, 13, 11), PHQ9),
        form_chart("GAD-7", 21, (15, 14, 14, 12, 11, 9), GAD7),
        Paragraph(
            said("Vertical lines are sessions. Bands are the published severity ranges. Changes are not explained."),
            note=True,
        ),
        Paragraph(said("PHQ-9 item 9: 1 on 2026-07-23, 2026-08-06 and 2026-08-20; 0 since 2026-09-03.")),
        Heading(Words("Sessions")),
        Grid(
            "Sessions, with side effects and mood",
            ("No.", "Date", "Setting", "Route", "Side effects noted", "Mood, day 0, 1, 7"),
            (
                said("1", "Mon 2026-08-24", "Clinic", "Intramuscular injection", "Nausea (mild)", "4, 5, 5"),
                said("2", "Mon 2026-09-07", "Clinic", "Intramuscular injection", "None noted", "5, 6, no check-in"),
                said(
                    "3", "Mon 2026-09-21", "Home, sitter present", "Oral lozenge", "Nausea (mild), dizziness (mild)",
                    "5, 6, 6",
                ),
                said(
                    "4", "Mon 2026-10-05", "Home, sitter present", "Oral lozenge",
                    "Nausea (mild), disorientation (moderate, gone by 15:40)", "5, 7, no check-in",
                ),
            ),
            (0.5, 1.4, 1.6, 1.7, 2.3, 1.6),
        ),
        Heading(Words("In Sarah’s words")),
        Quote(QUOTE, "From an entry of Tue 2026-10-06, day 1 after session 4"),
    )  # fmt: skip


def further_pages() -> tuple[Block, ...]:
    """The pages after the first."""
    return (
        NewPage(),
        Heading(Words("Mood over time")),
        mood_chart(),
        Heading(Words("Intentions, insights, practices")),
        Grid(
            "What each session was about",
            ("Session", "Intention", "Insight", "Practice"),
            (
                (
                    Words("4"),
                    *theirs(
                        "To be a little softer with myself when plans fall apart.",
                        "I talk to myself the way nobody in my life talks to me.",
                        "When something goes wrong, say it the way I would to Daniel.",
                    ),
                ),
                (
                    Words("3"),
                    *theirs(
                        "To let someone see me before I am fine.",
                        "Waiting until I am fine is how I stay alone.",
                        "Text Daniel one honest sentence, Thursdays.",
                    ),
                ),
            ),
            (0.6, 2.2, 2.2, 2),
        ),
        Heading(Words("Entries")),
        Heading(Words("The bus", theirs=True), level=2),
        Paragraph(said("Tue 2026-10-06, 08:40, day 1 after session 4"), note=True),
        Paragraph((Words(f"{QUOTE}\n\nI walked.\nIt took forty minutes 🙂 and nobody minded.", theirs=True),)),
        NewPage(),
        Heading(Words("About this file")),
        Paragraph(
            said(
                "integrate is a private journal. It does not diagnose, treat or monitor anything, and no one watches "
                "it. For medical questions ask your prescriber; in an emergency call your local emergency number."
            )
        ),
    )


def sarahs_report() -> Report:
    """Four sessions, two questionnaires, one measure, one entry: about three pages."""
    return Report(
        title="Summary for Ines Moreau, since 2026-09-24",
        subtitle="Chosen by Sarah. Other writing may exist.",
        period=("Covers Mon 2026-07-20 to Thu 2026-10-08", "Prepared Thu 2026-10-08"),
        foot="Written by the patient. Not monitored.",
        running="Sarah, 2026-10-08",
        language="en",
        right_to_left=False,
        made=LAST,
        file_stem="summary-2026-10-08-SM",
        blocks=(*first_page(), *further_pages()),
    )


def report_with(*blocks: Block, title: str = "Between-session summary", language: str = "en") -> Report:
    """A report of these blocks alone."""
    return replace(
        sarahs_report(), title=title, language=language, right_to_left=language in ("he", "ar"), blocks=tuple(blocks)
    )


def report_of_text(text: str) -> Report:
    """A report in which the same words stand in every place that a person can fill."""
    words = Words(text, theirs=True)
    report = report_with(
        Facts((("Sessions", text), (text, text))),
        Heading(words),
        Heading(words, level=2),
        Paragraph((Words("Said: "), words, Words(text))),
        Lines((words, Words(text))),
        Grid("Told", ("No.", text or "Words"), ((Words("1"), words),), (0.5, 4)),
        Quote(text, text),
        title=text,
    )
    return replace(report, subtitle=text, period=(text, text), foot=text, running=text)


def long_report(sessions: int = 8, entries: int = 40) -> Report:
    """A report of so many sessions and entries, each with a page of its own words."""
    entry = "\n\n".join((QUOTE + " ") * 3 for _part in range(4))
    blocks: list[Block] = [*first_page()]
    for number in range(1, sessions + 1):
        blocks += [Heading(Words(f"Session {number}")), Paragraph(theirs(QUOTE)), Lines(theirs(QUOTE, QUOTE))]
    for number in range(1, entries + 1):
        blocks += [
            Heading(Words(f"Entry {number}", theirs=True), level=2),
            Paragraph(said("Tue 2026-10-06"), note=True),
            Paragraph(theirs(f"{number} {entry}")),
        ]
    return replace(sarahs_report(), blocks=tuple(blocks))
