"""The colours can be read: every contrast the design asks for, computed from the theme that ships (WCAG 2.x)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import pytest

from integrate.resources import load_json, resource_path

TOKENS: Mapping[str, Any] = load_json("themes", "integrate.json")
SCHEMES = ("light", "dark")

WINDOW = ("canvas", "sidebar", "surface", "sunken")
BANDS = tuple(f"band{number}" for number in range(5))
TINTS = ("accenttint", "preparetint", "experiencetint", "integratetint", "dangertint")

# What stands on what, and the least contrast between the two, in both schemes.
TEXT = MappingProxyType(
    {
        "ink1": (*WINDOW, "select", *BANDS, *TINTS),
        "ink2": (*WINDOW, "select", *BANDS, *TINTS),
        "ink3": WINDOW,
        "accent": (*WINDOW, "select", "accenttint"),
        "prepare": (*WINDOW, "select", "band4", "preparetint"),
        "experience": (*WINDOW, "select", "band4", "experiencetint"),
        "integrate": (*WINDOW, "select", "band4", "integratetint"),
        "danger": (*WINDOW, "select", "dangertint"),
        "onaccent": ("accent", "accenthover", "accentpress"),
        "onDanger": ("danger",),
    }
)
SHAPES = MappingProxyType(
    {
        "control": WINDOW,
        "focus": (*WINDOW, "select", *TINTS),
        "preparemark": (*WINDOW, *BANDS[:3], "preparetint"),
        "experiencemark": (*WINDOW, "select", *BANDS, "experiencetint"),
        "integratemark": (*WINDOW, "select", *BANDS, "integratetint"),
        "thread": WINDOW,
        "disabled": WINDOW,
    }
)


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def pairs(table: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    """(scheme, what stands, on what) for every pair of the table."""
    return [(scheme, name, ground) for scheme in SCHEMES for name, grounds in table.items() for ground in grounds]


def lightness(colour: str) -> float:
    """CIE L* from 0 to 100."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def test_the_formula_is_the_published_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_light_and_dark_have_the_same_names_and_everything_is_a_colour() -> None:
    assert set(TOKENS["light"]) == set(TOKENS["dark"])
    for scheme in (*SCHEMES, "room"):
        assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in TOKENS[scheme].values())


@pytest.mark.parametrize(("scheme", "name", "ground"), pairs(TEXT))
def test_text_can_be_read_on_every_ground_it_stands_on(scheme: str, name: str, ground: str) -> None:
    colours = TOKENS[scheme]
    assert contrast(colours[name], colours[ground]) >= 4.5


@pytest.mark.parametrize(("scheme", "name", "ground"), pairs(SHAPES))
def test_shapes_outlines_and_disabled_labels_can_be_seen(scheme: str, name: str, ground: str) -> None:
    colours = TOKENS[scheme]
    assert contrast(colours[name], colours[ground]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_disabled_label_stays_fainter_than_the_faintest_text(scheme: str) -> None:
    colours = TOKENS[scheme]
    for ground in WINDOW:
        assert contrast(colours["disabled"], colours[ground]) < contrast(colours["ink3"], colours[ground])


def test_in_dark_a_card_lifts_from_the_window_and_a_hairline_shows_on_both() -> None:
    dark = TOKENS["dark"]
    assert contrast(dark["surface"], dark["canvas"]) >= 1.25
    for ground in ("surface", "canvas", "sidebar", "sunken"):
        assert contrast(dark["hair"], dark[ground]) >= 1.6
        assert contrast(dark["line"], dark[ground]) > contrast(dark["hair"], dark[ground])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_selected_differs_from_the_card_and_from_the_sidebar(scheme: str) -> None:
    colours = TOKENS[scheme]
    assert contrast(colours["select"], colours["surface"]) >= 1.2
    assert contrast(colours["select"], colours["sidebar"]) >= 1.12


@pytest.mark.parametrize(("scheme", "sign"), [("light", -1), ("dark", 1)])
@pytest.mark.parametrize("family", ["heat", "band"])
def test_day_cells_and_bands_go_one_way_in_lightness(scheme: str, sign: int, family: str) -> None:
    first = 1 if family == "heat" else 0
    steps = [lightness(TOKENS[scheme][f"{family}{number}"]) * sign for number in range(first, 6 - (family == "band"))]
    assert len(steps) == 5
    assert steps == sorted(steps)
    assert all(after - before >= 1 for before, after in pairwise(steps))


def test_the_three_marks_keep_the_hues_that_were_tested_for_colour_blind_eyes() -> None:
    marks = [[TOKENS[scheme][f"{phase}mark"] for phase in ("prepare", "experience", "integrate")] for scheme in SCHEMES]
    assert marks == [["#B47B22", "#7869C2", "#2C8780"], ["#C7933F", "#9487DC", "#4FA39A"]]


@pytest.mark.parametrize(
    ("name", "grounds", "least"),
    [
        ("ink1", ("canvas", "surface", "press"), 4.5),
        ("ink2", ("canvas", "surface", "press"), 4.5),
        ("ink3", ("canvas",), 4.5),
        ("help", ("canvas", "surface", "press"), 4.5),
        ("control", ("canvas", "surface", "press"), 3),
    ],
)
def test_the_room_can_be_read_in_the_dark(name: str, grounds: tuple[str, ...], least: float) -> None:
    room = TOKENS["room"]
    for ground in grounds:
        assert contrast(room[name], room[ground]) >= least


def test_letters_are_large_enough_and_lines_are_higher_than_letters() -> None:
    roles = TOKENS["type"]["roles"]
    for name, (size, line, weight, family) in roles.items():
        assert size >= (12 if name == "tick" else 13)
        assert line > size
        assert weight in (400, 500, 600, 700)
        assert family in TOKENS["type"]["families"]
    assert roles["body"][0] == 15
    assert roles["writing"] == (18, 30, 400, "page")


def test_the_explanation_names_every_colour() -> None:
    text = resource_path("themes", "README.md").read_text(encoding="utf-8")
    families = ("tint", "mark")
    for name in TOKENS["light"]:
        plain = next((name.removesuffix(end) for end in families if name.endswith(end)), name)
        stem = name.rstrip("12345")
        assert f"`{name}`" in text or f"`{plain}`" in text or f"`{stem}0`" in text, name
