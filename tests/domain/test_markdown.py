from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from integrate.domain.markdown import LONGEST_STYLED, NO_BLOCK, Kind, style_line

SIGNS = st.text(st.sampled_from("*_~`[]()!\\#>-+1. xXa\t’ж😀"), max_size=40)
EMPHASIS = frozenset((Kind.BOLD, Kind.ITALIC, Kind.BOLD_ITALIC))


def styled(text: str, *kinds: Kind, state: int = NO_BLOCK) -> list[tuple[Kind, str]]:
    """(kind, the text it covers) of each span, of ``kinds`` only where some are named."""
    spans, _state = style_line(text, state)
    return [
        (span.kind, text[span.start : span.start + span.length]) for span in spans if not kinds or span.kind in kinds
    ]


def parts(text: str, kind: Kind) -> list[str]:
    return [part for _kind, part in styled(text, kind)]


@pytest.mark.parametrize(
    ("text", "kind", "mark"),
    [
        ("# One", Kind.HEADING1, "#"),
        ("   ## Two", Kind.HEADING2, "##"),
        ("### Three", Kind.HEADING3, "###"),
        ("###### Six", Kind.HEADING3, "######"),
        ("#", Kind.HEADING1, "#"),
    ],
)
def test_headings(text: str, kind: Kind, mark: str) -> None:
    assert styled(text) == [(kind, text.lstrip()), (Kind.MARK, mark)]


@pytest.mark.parametrize("text", ["#tag", "####### seven", "    # code", "a # b", "\\# no"])
def test_no_headings(text: str) -> None:
    assert not styled(text, Kind.HEADING1, Kind.HEADING2, Kind.HEADING3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**bold**", [(Kind.BOLD, "bold")]),
        ("__bold__", [(Kind.BOLD, "bold")]),
        ("*italic*", [(Kind.ITALIC, "italic")]),
        ("_italic_", [(Kind.ITALIC, "italic")]),
        ("***both***", [(Kind.ITALIC, "**"), (Kind.ITALIC, "**"), (Kind.BOLD_ITALIC, "both")]),
        ("**a *b* c**", [(Kind.BOLD, "a *"), (Kind.BOLD, "* c"), (Kind.BOLD_ITALIC, "b")]),
        ("*a **b***", [(Kind.ITALIC, "a **"), (Kind.ITALIC, "**"), (Kind.BOLD_ITALIC, "b")]),
        ("in*side*word", [(Kind.ITALIC, "side")]),
        ("(*a*)", [(Kind.ITALIC, "a")]),
        ("**a", []),
        ("a * b * c", []),
        ("** a **", []),
        ("snake_case_word", []),
        ("_not_inside", []),
        ("пере_нос_", []),
        ("\\*not\\*", []),
        ("*a\\*", []),
        ("`*a*`", []),
        ("*a _b* c_", [(Kind.ITALIC, "a _b")]),
        ("****", []),
    ],
)
def test_emphasis(text: str, expected: list[tuple[Kind, str]]) -> None:
    assert styled(text, *EMPHASIS) == expected


def test_the_signs_of_emphasis_are_marks() -> None:
    assert parts("**bold** and _it_", Kind.MARK) == ["**", "**", "_", "_"]


def test_strike_needs_two_tildes_on_each_side() -> None:
    assert parts("~~gone~~ ~kept~ ~~~kept~~~", Kind.STRIKE) == ["gone"]
    assert styled("~~**a**~~", Kind.STRIKE, Kind.BOLD) == [(Kind.BOLD, "a"), (Kind.STRIKE, "**a**")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a `b` c", ["b"]),
        ("``a ` b``", ["a ` b"]),
        ("`a\\` b", ["a\\"]),
        ("`a", []),
        ("``a`", []),
        ("\\`a`", []),
        ("`a` `b`", ["a", "b"]),
        ("``` `a` ", ["a"]),
    ],
)
def test_code_inside_a_line(text: str, code: list[str]) -> None:
    assert parts("x " + text, Kind.CODE) == code


def test_links_and_pictures() -> None:
    text = "see [the *page*](a_(b)_c) and ![alt](p.png)"
    assert parts(text, Kind.LINK_TEXT) == ["the *page*", "alt"]
    assert parts(text, Kind.LINK_URL) == ["a_(b)_c", "p.png"]
    assert parts(text, Kind.ITALIC) == ["page"]
    assert parts(text, Kind.MARK) == ["[", "*", "*", "](", ")", "![", "](", ")"]


@pytest.mark.parametrize("text", ["[a]", "[a] (b)", "[a](b", "\\[a](b)", "a](b)", "[a\\](b)", "`[a`](b)"])
def test_no_links(text: str) -> None:
    assert not styled(text, Kind.LINK_TEXT, Kind.LINK_URL)


def test_emphasis_does_not_cross_the_edge_of_a_link() -> None:
    assert styled("*a [b* c](d)", *EMPHASIS) == []
    assert styled("**[b](c)**", *EMPHASIS) == [(Kind.BOLD, "[b](c)")]


@pytest.mark.parametrize(
    ("text", "mark"), [("- a", "-"), ("* a", "*"), ("+ a", "+"), ("  1. a", "1."), ("12) a", "12)"), ("-", "-")]
)
def test_list_marks(text: str, mark: str) -> None:
    assert styled(text) == [(Kind.LIST_MARK, mark)]


@pytest.mark.parametrize("text", ["-a", "1.a", "1234567890. a", "*a*", "a - b"])
def test_no_list_marks(text: str) -> None:
    assert not styled(text, Kind.LIST_MARK)


def test_tasks() -> None:
    assert styled("- [ ] later **b**", Kind.TASK_DONE, Kind.BOLD, Kind.LIST_MARK) == [
        (Kind.BOLD, "b"),
        (Kind.LIST_MARK, "-"),
    ]
    assert styled("- [x] done") == [(Kind.TASK_DONE, " done"), (Kind.LIST_MARK, "-"), (Kind.MARK, "[x]")]
    assert not styled("- [y] no", Kind.MARK)
    assert not styled("- [x](a)", Kind.TASK_DONE)


def test_quotes_hold_other_things() -> None:
    assert styled("> > - *a*") == [
        (Kind.QUOTE, "- *a*"),
        (Kind.ITALIC, "a"),
        (Kind.LIST_MARK, "-"),
        *((Kind.MARK, sign) for sign in (">", ">", "*", "*")),
    ]
    assert parts("># T", Kind.HEADING1) == ["# T"]


@pytest.mark.parametrize("text", ["---", "***", "___", " - - -", "*  *  *  *", "--------"])
def test_rules(text: str) -> None:
    assert styled(text) == [(Kind.RULE, text)]


@pytest.mark.parametrize("text", ["--", "-*-", "--- a", "    ---"])
def test_no_rules(text: str) -> None:
    assert not styled(text, Kind.RULE)


@pytest.mark.parametrize("open_sign", ["```", "~~~", "````", "```python", "  ~~~~ x"])
def test_a_fence_reaches_to_its_like(open_sign: str) -> None:
    spans, state = style_line(open_sign)
    assert [span.kind for span in spans] == [Kind.MARK]
    for inside in ("# *a*", "``", "``` no", "", "- [x] b", "`~~~"):
        kept = style_line(inside, state)
        assert kept[1] == state
        assert {span.kind for span in kept[0]} <= {Kind.CODE_BLOCK}
    other = "~~~~~~" if "`" in open_sign else "``````"
    assert style_line(other, state)[1] == state
    closing = open_sign.strip()[0] * 4 + "  "
    assert style_line(closing, state) == (style_line(closing, state)[0], NO_BLOCK)


def test_a_longer_fence_is_not_closed_by_a_shorter_one() -> None:
    state = style_line("`````")[1]
    assert style_line("````", state)[1] == state
    assert style_line("`````", state)[1] == NO_BLOCK


@pytest.mark.parametrize("text", ["``", "``` a`", "    ```", "a ```"])
def test_no_fences(text: str) -> None:
    assert style_line(text)[1] == NO_BLOCK


def test_a_negative_state_is_outside_of_a_block() -> None:
    assert style_line("# a", -1) == style_line("# a", NO_BLOCK)


@given(SIGNS | st.text(max_size=60), st.integers(-1, 12))
@example("a" * (LONGEST_STYLED + 1) + "*b*", 0)
@example("****a**b*c***d", 0)
def test_spans_lie_inside_the_line_in_order_and_only_where_they_may_overlap(text: str, state: int) -> None:
    spans, after = style_line(text, state)
    assert after >= NO_BLOCK
    assert [span.kind.value for span in spans] == sorted(span.kind.value for span in spans)
    for span in spans:
        assert span.length > 0
        assert span.start >= 0
        assert span.start + span.length <= len(text)
    for group in (*({kind} for kind in Kind), EMPHASIS):
        mine = sorted((span.start, span.length) for span in spans if span.kind in group)
        assert all(start + length <= following for (start, length), (following, _) in pairwise(mine))


@given(SIGNS)
def test_a_line_gives_the_same_whenever_it_is_asked(text: str) -> None:
    assert style_line(text) == style_line(text)


@given(st.text(st.sampled_from("ab ж.,"), max_size=30))
def test_plain_words_between_signs_are_what_is_styled(words: str) -> None:
    inner = f"x{words}x"
    assert parts(f"**{inner}**", Kind.BOLD) == [inner]
    assert parts(f"`{inner}`", Kind.CODE) == [inner]
    assert parts(f"[{inner}](u)", Kind.LINK_TEXT) == [inner]


def fastest(text: str) -> float:
    """Seconds for one line, the best of five."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        style_line(text)
        times.append(time.perf_counter() - start)
    return min(times)


def test_a_long_line_of_prose_is_styled_at_once() -> None:
    line = ("I walked by the **river**, slowly, and _thought_ of nothing. " * 200)[:10_000]
    assert fastest(line) < 0.02


@pytest.mark.parametrize(
    "unit",
    [
        *("*", "_", "*a", "a*", "*a_", "**a*", "*_", "_a*", "~~a", "`", "`a``", "\\", "> ", "#", "- ", "a "),
        *("[", "[]", "[](", "](", "[a](b", "![", "[*a](b)", "("),
    ],
)
def test_no_line_takes_more_than_its_share_of_time(unit: str) -> None:
    """Twice as long a line may take twice as long, not four times; a wide margin for a busy computer."""
    short, long = (fastest(unit * (length // len(unit))) for length in (2_500, 20_000))
    assert long < max(short, 0.0005) * 8 * 4
