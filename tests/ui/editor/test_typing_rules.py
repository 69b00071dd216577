"""What Enter, bold and italic do to a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.ui.editor.typing_rules import BOLD, ITALIC, next_item, toggle_marks


@pytest.mark.parametrize(
    ("line", "lead"),
    [
        ("- tea", "- "),
        ("* tea", "* "),
        ("+  tea", "+  "),
        ("  - tea", "  - "),
        ("- [ ] tea", "- [ ] "),
        ("- [x] tea", "- [ ] "),
        ("9. tea", "10. "),
        ("1) tea", "2) "),
        ("> tea", "> "),
        ("> > tea", "> > "),
        ("- ", ""),
        ("- [ ] ", ""),
        ("3. ", ""),
        ("> ", ""),
        ("-tea", None),
        ("1.tea", None),
        ("# tea", None),
        ("* * *", None),
        ("- - -", None),
        ("tea", None),
        ("", None),
    ],
)
def test_enter_at_the_end_of_a_line(line: str, lead: str | None) -> None:
    assert next_item(line, len(line)) == lead


def test_enter_inside_the_sign_is_an_ordinary_line_break() -> None:
    assert next_item("- tea", 0) is None
    assert next_item("- tea", 1) is None
    assert next_item("- tea", 2) == "- "


def apply(line: str, start: int, end: int, mark: str) -> tuple[str, str]:
    done = toggle_marks(line, start, end, mark)
    result = line[: done.start] + done.text + line[done.end :]
    return result, result[done.selected : done.selected_end]


@pytest.mark.parametrize(
    ("line", "start", "end", "result", "selected"),
    [
        ("a word here", 2, 6, "a **word** here", "word"),
        ("a word here", 1, 7, "a **word** here", "word"),  # spaces stay outside, or it would not be bold
        ("a **word** here", 4, 8, "a word here", "word"),
        ("a **word** here", 2, 10, "a word here", "word"),
        ("a  b", 2, 2, "a **** b", ""),
        ("****", 2, 2, "", ""),
    ],
)
def test_bold(line: str, start: int, end: int, result: str, selected: str) -> None:
    assert apply(line, start, end, BOLD) == (result, selected)


@given(st.text(alphabet="ab *_", max_size=12), st.integers(0, 12), st.integers(0, 12), st.sampled_from([BOLD, ITALIC]))
def test_twice_is_as_if_nothing_happened(line: str, one: int, other: int, mark: str) -> None:
    start, end = sorted((min(one, len(line)), min(other, len(line))))
    first = toggle_marks(line, start, end, mark)
    between = line[: first.start] + first.text + line[first.end :]
    if len(between) > len(line):  # put on; then it can be taken off again
        again, _selected = apply(between, first.selected, first.selected_end, mark)
        assert again == line
