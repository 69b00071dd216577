"""The report as a PDF: tagged, readable by others, the same each time, and never refused for its words."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.listing import Stop, Stopped
from integrate.domain.sharing import Paper
from integrate.sharing.pdf import pdf_of
from integrate.sharing.report import Chart, Grid, Heading, Lines, NewPage, Paragraph, Quote, Words
from integrate.sharing.shown_text import STAND_IN, shown
from tests.sharing.pdf_tools import clear_bytes, facts_of, tags_of, told, words_of
from tests.sharing.samples import (
    PHQ9,
    QUOTE,
    form_chart,
    long_report,
    report_of_text,
    report_with,
    sarahs_report,
    theirs,
)  # fmt: skip

ROOT = Path(__file__).resolve().parents[2]
HEBREW = "האוטובוס לא הגיע"


@pytest.fixture(scope="module")
def sarahs() -> bytes:
    return pdf_of(sarahs_report(), Paper.A4)


def test_title_language_and_standard_are_said(tmp_path: Path, sarahs: bytes) -> None:
    facts = facts_of(tmp_path, sarahs)
    assert facts["Title"] == "Summary for Ines Moreau, since 2026-09-24"
    assert (facts["Tagged"], facts["Encrypted"], facts["JavaScript"]) == ("yes", "no", "no")
    with pikepdf.open(BytesIO(sarahs)) as pdf:
        assert pdf.Root["/Lang"] == "en"
        assert pdf.Root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.Root["/Metadata"].read_bytes().decode()
        assert not {"/OpenAction", "/AA", "/Names", "/AcroForm"} & set(pdf.Root.keys())
        assert not [page for page in pdf.pages if "/Annots" in page or "/AA" in page]


def test_a_hebrew_report_says_its_language_and_begins_at_the_right(tmp_path: Path) -> None:
    report = report_with(Paragraph(theirs(HEBREW)), title=HEBREW, language="he")
    data = pdf_of(report, Paper.A4)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.Root["/Lang"] == "he"
    assert HEBREW in words_of(tmp_path, data)


def test_a_paragraph_stands_on_the_side_where_its_letters_begin(tmp_path: Path) -> None:
    data = pdf_of(report_with(Paragraph(theirs(HEBREW)), Paragraph(theirs("The bus"))), Paper.A4)
    boxes = told(tmp_path, data, "pdftotext", "-bbox")
    edges = {}
    for line in boxes.splitlines():
        for word in ("הגיע", "האוטובוס", "bus"):
            if f">{word}<" in line or f">{word[::-1]}<" in line:
                edges[word] = [float(part) for part in line.replace('"', " ").split() if part[:1].isdigit()]
    assert edges["bus"][0] < 100
    assert max(edge for word in ("הגיע", "האוטובוס") for edge in edges[word]) > 540


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, "595.276 x 841.89 pts (A4)"), (Paper.LETTER, "612 x 792 pts")])
def test_pages_are_those_of_the_paper(tmp_path: Path, paper: Paper, size: str) -> None:
    assert facts_of(tmp_path, pdf_of(sarahs_report(), paper))["Page size"].startswith(size)


def test_all_fonts_are_ours_and_inside(tmp_path: Path, sarahs: bytes) -> None:
    rows = [line.split() for line in told(tmp_path, sarahs, "pdffonts").splitlines()[2:]]
    assert {row[0].split("+")[1].split("-")[0] for row in rows} == {"Inter", "Literata", "NotoEmoji"}
    assert {tuple(row[-5:-2]) for row in rows} == {("yes", "yes", "yes")}  # embedded, a subset, with Unicode


def test_headings_tables_and_pictures_are_tagged_as_what_they_are(sarahs: bytes) -> None:
    tags = tags_of(sarahs)
    kinds = [tag.kind for tag in tags]
    report = sarahs_report()
    headings = [block for block in report.blocks if isinstance(block, Heading)]
    grids = [block for block in report.blocks if isinstance(block, Grid)]
    charts = [block for block in report.blocks if isinstance(block, Chart)]
    assert kinds.count("H1") == 1
    assert kinds.count("H2") == sum(heading.level == 1 for heading in headings)
    assert kinds.count("H3") == sum(heading.level == 2 for heading in headings)
    assert [tag.summary for tag in tags if tag.kind == "Table"] == [grid.caption for grid in grids]
    assert kinds.count("TH") == sum(len(grid.headings) for grid in grids)
    assert kinds.count("TD") == sum(len(grid.headings) * len(grid.rows) for grid in grids)
    assert (kinds.count("L"), kinds.count("LI")) == (1, 2)
    told_instead = [tag.alt for tag in tags if tag.kind == "Figure"]
    assert len(told_instead) == len(charts)
    assert all(
        alt.startswith(f"{chart.title}. {chart.scene.summary}")
        for alt, chart in zip(told_instead, charts, strict=True)
    )  # fmt: skip
    assert "2026-07-23, 19; 2026-08-06, 18;" in told_instead[0]


def test_words_are_read_in_the_order_of_the_report(tmp_path: Path, sarahs: bytes) -> None:
    text = words_of(tmp_path, sarahs)
    wanted = []
    for block in sarahs_report().blocks:
        if isinstance(block, Heading):
            wanted.append(block.words.text)
        elif isinstance(block, Lines):
            wanted += [line.text for line in block.lines]
        elif isinstance(block, Quote):
            wanted += [block.words, block.source]
    at = 0
    for words in ("Summary for Ines Moreau", "Chosen by Sarah. Other writing may exist.", *wanted):
        at = text.index(" ".join(words.split()), at)


def test_every_page_says_whose_it_is_and_which_of_how_many(tmp_path: Path, sarahs: bytes) -> None:
    for number in (1, 2, 3):
        page = words_of(tmp_path, sarahs, "-f", str(number), "-l", str(number))
        assert f"Sarah, 2026-10-08 · Page {number} of 3" in page
        assert "Written by the patient. Not monitored." in page


def test_bands_have_words_and_series_have_numbers_so_that_grey_paper_will_do(tmp_path: Path) -> None:
    text = words_of(tmp_path, pdf_of(report_with(form_chart("PHQ-9", 27, (19, 18, 18, 15, 13, 11), PHQ9)), Paper.A4))
    assert all(band.words in text for band in PHQ9)
    assert all(f" {total} " in text for total in (19, 18, 15, 13, 11))


def test_charts_are_lines_and_words_not_pixels(sarahs: bytes) -> None:
    with pikepdf.open(BytesIO(sarahs)) as pdf:
        kinds = {str(thing.get("/Subtype")) for thing in pdf.objects if isinstance(thing, pikepdf.Stream)}
    assert "/Image" not in kinds


def test_the_same_report_has_the_same_bytes_in_another_process_and_second(sarahs: bytes) -> None:
    code = (
        "import sys; from tests.sharing.samples import sarahs_report; from integrate.sharing.pdf import pdf_of;"
        "from integrate.domain.sharing import Paper; sys.stdout.buffer.write(pdf_of(sarahs_report(), Paper.A4))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == sarahs


def test_nothing_of_this_computer_is_in_the_file(sarahs: bytes) -> None:
    clear = clear_bytes(sarahs)
    for hidden in (str(Path.home()), str(ROOT), "/usr", "typ\x00", "file:", "http://localhost"):
        assert hidden.encode() not in clear
    dates = {part[:8] for part in clear.split(b"(D:")[1:]}
    assert dates == {b"20261008"}


def test_unknown_characters_are_counted_on_the_last_page(tmp_path: Path) -> None:
    data = pdf_of(report_with(Paragraph(theirs("今天 bus")), NewPage(), Paragraph(theirs("End"))), Paper.A4)
    text = words_of(tmp_path, data, "-f", "2")
    assert (
        f"2 characters could not be shown with the letters this file brings along. {STAND_IN} stands for each." in text
    )
    assert f"{STAND_IN}{STAND_IN} bus" in words_of(tmp_path, data, "-l", "1")


MARKUP = st.text(st.sampled_from("#$*_`<>@\\{}[]()\"'/=-~+&;:%^|!? \n\tabléא你🙂\u200d\u202e\x01"), max_size=120)


@given(st.one_of(MARKUP, st.text(st.characters(exclude_characters="\0"), max_size=120)))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_is_refused_and_none_is_markup(text: str) -> None:
    data = pdf_of(report_of_text(text), Paper.A4)
    kinds = [tag.kind for tag in tags_of(data)]
    assert kinds.count("Table") == 1
    assert "Formula" not in kinds
    assert "Link" not in kinds


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")', "#import \"@preview/x:1.0.0\"", "$ sum_(i=0)^n $", "#pagebreak()", "= Heading",
        "\\input{/etc/passwd}", "<script>alert(1)</script>", "&lt;b&gt; &amp;", "https://example.org/x", "// comment",
        "sys.inputs.data", '"}],"kind":"page"',
    ],
)  # fmt: skip
def test_markup_of_any_kind_is_printed_as_it_was_typed(tmp_path: Path, text: str) -> None:
    assert text in words_of(tmp_path, pdf_of(report_with(Paragraph(theirs(text))), Paper.A4))


@pytest.mark.hard
@pytest.mark.parametrize("between", [" ", "", "a", "א", "م", "\u200d", "🙂"])
def test_every_character_there_is_can_be_set_beside_any(between: str) -> None:
    letters = [chr(code) for code in range(1, 0x110000)]
    known = [letter for letter in letters if shown(letter).text not in ("", STAND_IN)]
    for begin in range(0, len(known), 3000):
        pdf_of(report_with(Paragraph(theirs(between.join(known[begin : begin + 3000])))), Paper.A4)
    assert len(known) > 5000


@pytest.mark.parametrize("letter", ["W", "i", "Ж", "ש", "🙂", "今", "1"])
def test_a_long_word_stays_inside_its_column_and_the_page(tmp_path: Path, letter: str) -> None:
    long = letter * 300
    grid = Grid("", ("A", long, "C"), (theirs(long, long, "x"),), (1, 2, 6))
    data = pdf_of(report_with(*report_of_text(long).blocks, grid, title=long), Paper.A4)
    ends = []
    for line in told(tmp_path, data, "pdftotext", "-bbox").splitlines():
        if "<word" in line:
            ends += [float(line.split(f'{edge}="')[1].split('"')[0]) for edge in ("xMin", "xMax")]
    assert len(ends) > 20
    assert min(ends) >= 48 - 2
    assert max(ends) <= 595.276 - 48 + 2


@pytest.mark.parametrize("blocks", [(), (Lines(()),), (Grid("", (), (), ()),), (Paragraph(()),), (Quote("", ""),)])
def test_empty_parts_are_pages_too(blocks: tuple[Paragraph, ...]) -> None:
    assert pdf_of(report_with(*blocks), Paper.A4).startswith(b"%PDF")


def test_two_hundred_thousand_words_are_set(tmp_path: Path) -> None:
    data = pdf_of(report_with(Paragraph((Words("word " * 200_000 + "end", theirs=True),))), Paper.A4)
    assert words_of(tmp_path, data).count("word") == 200_000


def test_others_read_the_pages_too(sarahs: bytes) -> None:
    with pypdfium2.PdfDocument(sarahs) as opened:
        text = " ".join(opened[0].get_textpage().get_text_bounded().split())
    assert QUOTE in text


def test_work_that_nobody_waits_for_is_given_up_at_once() -> None:
    report, stop = long_report(entries=400), Stop()
    stop.set()
    with pytest.raises(Stopped):
        pdf_of(report, Paper.A4, stop=stop)
    late = _StopsSoon()
    begun = time.monotonic()
    with pytest.raises(Stopped):
        pdf_of(report, Paper.A4, stop=late)
    assert time.monotonic() - begun < 0.5


def test_words_that_take_long_to_look_through_are_given_up_as_well() -> None:
    report, stop = report_of_text("Rain. מים 漢字 🙂 " * 100_000), Stop()
    timer = threading.Timer(0.1, stop.set)
    timer.start()
    begun = time.monotonic()
    with pytest.raises(Stopped):
        pdf_of(report, Paper.A4, stop=stop)
    assert time.monotonic() - begun < 0.6


class _StopsSoon(Stop):
    """Set when it is looked at for the third time."""

    def __init__(self) -> None:
        super().__init__()
        self._looks = 0

    def check(self) -> None:
        self._looks += 1
        if self._looks == 3:
            self.set()
        super().check()


def test_making_pages_opens_no_file_for_writing(tmp_path: Path) -> None:
    assert shutil.which("strace"), "strace is among the tools of the tests"
    trace = tmp_path / "trace"
    code = (
        "from tests.sharing.samples import sarahs_report; from integrate.sharing.pdf import pdf_of;"
        "from integrate.sharing.preview import pages_of; from integrate.sharing.protecting import protect_pdf;"
        "from integrate.domain.sharing import Paper; import os; os.getpriority(os.PRIO_PROCESS, 0);"
        "protect_pdf(pdf_of(sarahs_report(), Paper.A4), 'six words');"
        "pages_of(sarahs_report(), Paper.A4).picture(1, 300)"
    )
    calls = "trace=getpriority,open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,memfd_create,socket"
    command = ["strace", "-f", "-qq", "-e", calls, "-o", str(trace), sys.executable, "-B", "-c", code]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    begun, lines = False, []
    for line in trace.read_text(errors="replace").splitlines():
        begun = begun or "getpriority" in line
        if begun and "getpriority" not in line:
            lines.append(line)
    assert lines, "the fonts are read"
    writing = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TMPFILE", "mkdir", "rename", "memfd_create", "socket(", "creat(")
    assert not [line for line in lines if any(word in line for word in writing)]


@pytest.mark.hard
def test_a_long_report_is_forgotten_at_once() -> None:
    """Looked at three times, in a process of its own, it takes little more memory than once."""
    code = (
        "from tests.sharing.samples import long_report\n"
        "from integrate.sharing.pdf import drawn_pages\n"
        "from integrate.domain.sharing import Paper\n"
        "def used():\n"
        "    drawn_pages(report, Paper.A4)\n"
        "    return int(open('/proc/self/statm').read().split()[1]) * 4096\n"
        "report = long_report(entries=300)\n"
        "print(used() >> 20, used() >> 20, used() >> 20)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    first, *_others, last = map(int, done.stdout.split())
    assert last - first < 100  # two more in memory would be 200, and more; some of what is freed lies in pieces


def test_pages_can_be_forgotten() -> None:
    """In a process of its own, whose memory nothing else fills: what the pages took is given back."""
    code = (
        "import ctypes, gc, sys\n"
        "from tests.sharing.samples import long_report, sarahs_report\n"
        "from integrate.sharing.pdf import drawn_pages\n"
        "from integrate.sharing.typesetting import forget_pages\n"
        "from integrate.domain.sharing import Paper\n"
        "def used():\n"
        "    gc.collect(); ctypes.CDLL(None).malloc_trim(0)\n"
        "    return int(open('/proc/self/statm').read().split()[1]) * 4096\n"
        "drawn_pages(sarahs_report(), Paper.A4); forget_pages(); before = used()\n"
        "drawn_pages(long_report(entries=150), Paper.A4); full = used(); forget_pages(); after = used()\n"
        "print((full - before) >> 20, (after - before) >> 20)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    taken, left = map(int, done.stdout.split())
    assert taken > 25
    assert left < taken / 2
