"""A scene as SVG: well-formed, complete, closed in itself and always the same."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.charts.scene import Dots, Line, Rect, Scene, Text, texts
from integrate.charts.svg import svg_text
from integrate.charts.timeline import timeline_scene
from integrate.domain.measures import Definition
from integrate.ui.theme.tokens import load_tokens
from tests.charts.world import FIRST, STYLE, TODAY, form_line, measure_line

PALETTE = load_tokens().light
SPACE = "{http://www.w3.org/2000/svg}"


def scene(name: str = "Mood", title: str = "Over time", summary: str = "Mood from 3 to 7.") -> Scene:
    days = {FIRST + day: float(3 + day % 5) for day in range(60)}
    measure = measure_line(days, (FIRST, TODAY), Definition(name))
    form = form_line({FIRST + 3: 19, FIRST + 17: 11})
    return timeline_scene((590, 330), STYLE, (FIRST, TODAY), measure, form, title=title, summary=summary)


def test_it_has_a_mark_for_each_mark() -> None:
    drawn = scene()
    root = Xml.fromstring(svg_text(drawn, PALETTE))
    assert root.attrib["role"] == "img"
    assert root.attrib["viewBox"] == "0 0 590 330"
    points = sum(len(mark.points) for mark in drawn.marks if isinstance(mark, Dots))
    assert len(root.findall(f".//{SPACE}circle")) == points > 60
    assert len(root.findall(f".//{SPACE}polyline")) == sum(isinstance(mark, Line) for mark in drawn.marks)
    assert len(root.findall(f".//{SPACE}rect")) == 1 + sum(isinstance(mark, Rect) for mark in drawn.marks)
    assert [one.text for one in root.findall(f".//{SPACE}text")] == [text.words for text in texts(drawn.marks)]


def test_a_margin_is_around_all_of_it() -> None:
    root = Xml.fromstring(svg_text(scene(), PALETTE, margin=16))
    assert root.attrib["viewBox"] == "-16 -16 622 362"
    ground = root.find(f"{SPACE}rect")
    assert ground is not None
    assert [ground.attrib[name] for name in ("x", "y", "width", "height")] == ["-16", "-16", "622", "362"]


def test_its_name_and_its_summary_come_first() -> None:
    root = Xml.fromstring(svg_text(scene(), PALETTE))
    assert [(one.tag.removeprefix(SPACE), one.text) for one in list(root)[:2]] == [
        ("title", "Over time"), ("desc", "Mood from 3 to 7."),
    ]  # fmt: skip


def test_it_is_the_same_each_time_and_in_each_palette_but_for_the_colours() -> None:
    light, dark = svg_text(scene(), PALETTE), svg_text(scene(), load_tokens().dark)
    assert light == svg_text(scene(), PALETTE)
    assert light != dark
    colour = re.compile("#[0-9A-F]{6}")
    assert colour.sub("", light) == colour.sub("", dark)


def test_it_refers_to_nothing_outside() -> None:
    text = svg_text(scene(), PALETTE).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"href|url\(|http|<script|<style|<!", text)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_words_come_back_as_they_were(words: str) -> None:
    held = Scene(100, 40, (STYLE.label(0, 20, words),), words, words)
    root = Xml.fromstring(svg_text(held, PALETTE))
    found = root.find(f"{SPACE}text")
    assert found is not None and found.text is not None
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", words)
    assert found.text == re.sub("\r\n?", "\n", kept)  # XML has one kind of line end


def test_words_cannot_become_marks() -> None:
    hostile = '</text><script>x</script>&"'
    root = Xml.fromstring(svg_text(scene(name=hostile, title=hostile), PALETTE, fonts='a" onload="x'))
    assert not root.findall(f".//{SPACE}script")
    assert "onload" not in root.attrib


def test_numbers_have_a_point_and_no_more_than_two_decimals() -> None:
    held = Scene(100, 40, (Dots(((1 / 3, -0.001),), 2.0, "ink1"), Line(((0, 0), (1e3, 2.5)), "ink1")), "", "")
    text = svg_text(held, PALETTE)
    assert '<circle cx="0.33" cy="0" r="2"/>' in text
    assert 'points="0,0 1000,2.5"' in text


def test_a_palette_that_lacks_a_role_is_told_and_a_ground_can_be_left_out() -> None:
    held = Scene(10, 10, (Text(0, 5, "a", "none such", "start", 12, 400, 5),), "", "")
    with pytest.raises(KeyError, match="none such"):
        svg_text(held, PALETTE)
    assert "<rect" not in svg_text(replace(held, marks=()), PALETTE, ground="")
