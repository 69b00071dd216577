"""The widths that charts of a report are laid out with are those of the font they are set in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from integrate.charts.style import rough_width
from integrate.resources import resource_path
from integrate.sharing.font_widths import inter_width

SIZE = 1000
WORDS = ("PHQ-9, 0 to 27", "moderately severe", "Mood, 7-day average", "−27.8 %", "Größe", "Šíďáő", "Здоровье", "Αγάπη")


@pytest.mark.parametrize(("file", "weight"), [("Inter_400Regular.ttf", 400), ("Inter_600SemiBold.ttf", 600)])
@pytest.mark.parametrize("words", WORDS)
def test_they_are_those_of_another_reader_of_the_font(file: str, weight: int, words: str) -> None:
    font = ImageFont.truetype(str(resource_path("fonts", file)), SIZE, layout_engine=ImageFont.Layout.BASIC)
    alone = sum(font.getlength(letter) for letter in words)  # without kerning
    assert inter_width(words, SIZE, weight) == pytest.approx(alone, rel=0.002)


@given(st.text(max_size=20), st.sampled_from((400, 600)))
def test_any_text_has_a_width_and_a_longer_one_is_no_narrower(words: str, weight: int) -> None:
    width = inter_width(words, 12, weight)
    assert width >= 0
    assert inter_width(words + "m", 12, weight) > width


def test_letters_the_font_lacks_are_estimated() -> None:
    assert inter_width("漢", 12) == rough_width("漢", 12)
