"""The preview is the very pages of the file, each drawn when it is looked at."""

from __future__ import annotations

import subprocess
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from integrate.domain.listing import Stop, Stopped
from integrate.domain.sharing import Paper
from integrate.sharing.pdf import pdf_of
from integrate.sharing.preview import Pages, pages_in, pages_of
from integrate.sharing.report import Paragraph, Words
from tests.sharing.pdf_tools import clear_bytes
from tests.sharing.samples import long_report, report_with, sarahs_report, theirs


@pytest.fixture(scope="module")
def pages() -> Pages:
    return pages_of(sarahs_report(), Paper.A4)


def drawn(pages: Pages, number: int, width: int) -> Image.Image:
    return Image.open(BytesIO(pages.picture(number, width))).convert("L")


@pytest.mark.parametrize("width", [90, 333, 620, 801, 1240])
def test_a_picture_is_as_wide_as_asked_and_as_high_as_the_paper(pages: Pages, width: int) -> None:
    across, high = drawn(pages, 1, width).size
    assert across == width
    assert abs(high - width * 841.89 / 595.276) < 1


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("width", [600, 900])
def test_a_picture_is_what_another_program_draws_of_the_saved_file(
    tmp_path: Path, pages: Pages, number: int, width: int
) -> None:
    mine = drawn(pages, number, width)
    saved = tmp_path / "saved.pdf"
    saved.write_bytes(pdf_of(sarahs_report(), Paper.A4))
    wanted = ("-f", str(number), "-l", str(number), "-scale-to-x", str(width), "-scale-to-y", "-1")
    subprocess.run(["pdftoppm", "-png", "-singlefile", *wanted, saved, tmp_path / "other"], check=True)
    other = Image.open(tmp_path / "other.png").convert("L").resize(mine.size)
    small = (75, 106)  # what the hair of each letter looks like differs
    difference = ImageChops.difference(mine.resize(small), other.resize(small))
    assert ImageStat.Stat(difference).mean[0] < 1.5
    assert ImageStat.Stat(mine).stddev[0] > 5


@pytest.mark.parametrize("width", [660, 900, 1100])
def test_no_line_of_letters_loses_its_upper_half(width: int) -> None:
    """Some did, where a page was drawn as a picture of a picture."""
    lines = [Paragraph((Words(" ".join(["Hlbdk"] * 30)),))] * 40
    mine = drawn(pages_of(report_with(*lines), Paper.A4), 1, width)
    dark = [ImageStat.Stat(mine.crop((0, row, width, row + 1))).mean[0] < 250 for row in range(mine.height)]
    middle = "".join(" x"[one] for one in dark[mine.height // 4 : mine.height * 3 // 4]).strip("x").split()
    assert len(middle) > 20
    assert len({len(line) for line in middle}) == 1


def test_the_pages_are_counted_and_no_other_is_drawn(pages: Pages) -> None:
    assert pages.count == 3
    assert pages_in(pdf_of(sarahs_report(), Paper.A4)).count == 3
    for number in (0, 4, -1):
        with pytest.raises(IndexError):
            pages.picture(number, 100)


def test_what_is_looked_at_are_the_bytes_that_are_saved(pages: Pages) -> None:
    def contents(data: bytes) -> list[bytes]:
        return [part for part in clear_bytes(data).split(b"endstream") if b"BT" in part and b"Tf" in part]

    mine = [part.split(b"stream\n", 1)[-1] for part in contents(pages.pdf)]
    saved = [part.split(b"stream\n", 1)[-1] for part in contents(pdf_of(sarahs_report(), Paper.A4))]
    assert sorted(mine) == sorted(saved)
    assert len(mine) >= 3


def test_a_change_is_seen() -> None:
    one = pages_of(report_with(Paragraph(theirs("One day"))), Paper.A4)
    other = pages_of(report_with(Paragraph(theirs("One way"))), Paper.A4)
    assert ImageChops.difference(drawn(one, 1, 600), drawn(other, 1, 600)).getbbox() is not None


def test_nobody_waits_for_pages_that_are_not_wanted_any_more() -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        pages_of(sarahs_report(), Paper.A4, stop=stop)


def test_the_first_page_comes_while_somebody_chooses() -> None:
    pages_of(sarahs_report(), Paper.A4).picture(1, 620)  # what is loaded once
    taken = []
    for entries in (40, 39, 41):
        report = long_report(sessions=8, entries=entries)
        begun = time.perf_counter()
        pages_of(report, Paper.A4).picture(1, 620)
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.6  # the budget is 0.15 s; benchmarks measure it, this notices when it is far off
