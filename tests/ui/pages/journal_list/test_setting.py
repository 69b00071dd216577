"""A row set in type: nothing stands out of it, and what was found can be seen."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from integrate.ui.pages.journal.list.setting import Setter, SetText, Styles
from integrate.ui.pages.journal.list.wording import Wording
from integrate.ui.theme.theme import Theme

LONG = "Carrying so many bags that were never mine through the station and up all of the stairs"
WORDS = Wording(LONG, LONG, (), ("Tue 6 Oct", "Session 4"), "integrate", True, 2)


def place(text: SetText) -> tuple[float, float]:
    line = text.layout.lineAt(0)
    left = text.place.x() + line.naturalTextRect().left()
    return left, left + text.width


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("text_size", [90, 100, 200])
@pytest.mark.parametrize("title", [LONG, "حقائب لم تكن لي قط حملتها عبر المحطة كلها وصعدت بها الدرج"])
def test_all_of_it_stands_inside(make_theme: Callable[..., Theme], mirrored: bool, text_size: int, title: str) -> None:
    styles = Styles.of(make_theme(text_size=text_size))
    width = 258 * text_size // 100
    row = Setter(styles, width, mirrored).row(Wording(title, title, (), WORDS.about, "prepare", True, 2), strong=False)
    for text in (row.title, row.line, *row.about):
        left, right = place(text)
        assert left >= -1
        assert right <= width + 1
    for box in (row.glyph, row.eye, row.clip):
        assert box is not None
        assert box.left() >= 0
        assert box.right() <= width


def test_the_parts_of_the_last_line_do_not_overlap(theme: Theme) -> None:
    row = Setter(Styles.of(theme), 258, False).row(WORDS, strong=False)
    assert row.glyph is not None and row.eye is not None and row.clip is not None
    spans = sorted([*map(place, row.about), *((box.left(), box.right()) for box in (row.glyph, row.eye, row.clip))])
    assert all(before[1] <= after[0] + 0.5 for before, after in pairwise(spans))


def test_the_session_is_left_out_before_never_share_is(theme: Theme) -> None:
    row = Setter(Styles.of(theme), 210, False).row(WORDS, strong=False)
    said = [text.layout.text() for text in row.about]
    assert "Never share" in said
    assert "Tue 6 Oct" in said


def test_found_words_are_bold_on_a_tint_and_count_like_qt(theme: Theme) -> None:
    text = "A 🌧 of rain"
    begin = text.index("rain")
    row = Setter(Styles.of(theme), 258, False).row(Wording("T", text, ((begin, begin + 4),)), strong=False)
    (mark,) = row.line.layout.formats()
    assert (mark.start, mark.length) == (begin + 1, 4)  # the cloud is two units to Qt
    assert mark.format.fontWeight() == 600
    assert mark.format.background().color() == theme.color("accenttint")


def test_in_high_contrast_found_words_are_underlined(make_theme: Callable[..., Theme]) -> None:
    row = Setter(Styles.of(make_theme(theme="contrast")), 258, False).row(Wording("T", "rain", ((0, 4),)), strong=True)
    (mark,) = row.line.layout.formats()
    assert mark.format.fontUnderline()
    assert row.title.layout.font().weight() == 700


def test_a_found_word_far_along_is_brought_into_sight(theme: Theme) -> None:
    begin = LONG.index("stairs")
    row = Setter(Styles.of(theme), 258, False).row(Wording("T", LONG, ((begin, begin + 6),)), strong=False)
    shown = row.line.layout.text()
    assert shown.startswith("…")
    (mark,) = row.line.layout.formats()
    assert shown[mark.start : mark.start + mark.length] == "stairs"
