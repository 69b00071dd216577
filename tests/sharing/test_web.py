"""The web page without a browser: what is in the file, and that nobody reads it without the passphrase."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.charts.scene import Scene, Text
from integrate.domain.listing import Stop, Stopped
from integrate.errors import WrongUsage
from integrate.resources import load_json, read_text
from integrate.sharing import web_sealing
from integrate.sharing.report import Chart, Grid, Heading, NewPage, Paragraph, Quote, Report, Words
from integrate.sharing.web import script_digest, web_page
from integrate.sharing.web_blocks import report_html
from integrate.sharing.web_sealing import FORMAT, NONCE_BYTES, ROUNDS, SALT_BYTES, SMALLEST, padded
from tests.helpers.web_files import clear_part, key_of, opened, sealed_part, unsealed
from tests.sharing.samples import long_report, report_of_text, report_with, said, sarahs_report, theirs

PHRASE = "tulip gravel onward pantry sixth mango"
TELLING = 5  # letters; shorter words such as "No." are in any page
DOCS = Path(__file__).resolve().parents[2] / "docs" / "shared-web-page.md"
VOID = frozenset(("meta", "br", "col", "input"))
REPORT_TAGS = frozenset(
    (
        *("main", "header", "section", "footer", "div", "p", "h1", "h2", "h3", "h4", "br", "time", "bdi", "dl", "dt"),
        *("dd", "ul", "ol", "li", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "figure"),
        *("figcaption", "details", "summary", "blockquote", "svg", "title", "desc", "circle", "rect", "polyline"),
        *("polygon", "text", "g"),
    )
)


@dataclass
class Tree(HTMLParser):
    """Reads HTML strictly: every element has an end, in order."""

    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    open_tags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open_tags.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open_tags.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def tree(html: str) -> Tree:
    found = Tree()
    found.feed(html)
    found.close()
    assert not found.open_tags
    return found


def all_words(report: Report) -> Iterator[str]:
    """Every word of a report but those of its charts."""
    yield from (report.title, report.subtitle, *report.period, report.foot, report.running)
    for block in report.blocks:
        match block:
            case Heading():
                yield block.words.text
            case Paragraph():
                yield from (words.text for words in block.words)
            case Quote():
                yield from (block.words, block.source)
            case Grid():
                yield from (block.caption, *block.headings)
                yield from (words.text for row in block.rows for words in row)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_only_the_passphrase_opens_the_page_and_then_all_of_it() -> None:
    report = sarahs_report()
    page = web_page(report, PHRASE)
    html = opened(page, PHRASE)
    assert html.rstrip(" ") == report_html(report)
    told = squeezed("".join(tree(html).words))
    for words in all_words(report):
        assert squeezed(words) in told
    with pytest.raises(InvalidTag):
        opened(page, PHRASE.capitalize())


def test_the_closed_page_tells_nothing_of_the_report() -> None:
    report = sarahs_report()
    clear = clear_part(web_page(report, PHRASE))
    assert "<title>integrate</title>" in clear
    for words in (*all_words(report), "for Ines Moreau", "2026-10-08", "Questionnaire", PHRASE, *PHRASE.split()):
        assert len(words) < TELLING or words not in clear
    assert clear == clear_part(web_page(report_with(Paragraph(said("Else"))), "something else entirely"))


def test_every_file_has_another_salt_another_nonce_and_no_bytes_in_common() -> None:
    parts = [sealed_part(web_page(report_with(), PHRASE)) for _time in range(2)]
    assert parts[0][:16] != parts[1][:16]
    assert parts[0][16:28] != parts[1][16:28]
    assert parts[0][28:60] != parts[1][28:60]


def test_the_format_is_the_one_of_the_docs() -> None:
    docs = DOCS.read_text(encoding="utf-8")
    script = read_text("web", "open.js")
    assert (ROUNDS, SALT_BYTES, NONCE_BYTES) == (1_200_000, 16, 12)
    for name, value in (("ROUNDS", str(ROUNDS)), ("SALT", str(SALT_BYTES)), ("NONCE", str(NONCE_BYTES))):
        assert f"const {name} = {value};" in script
    assert f'const FORMAT = "{FORMAT}";' in script
    assert f"`{FORMAT}`" in docs
    assert "1,200,000" in docs
    assert script_digest() in docs


def test_a_changed_byte_anywhere_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    page = web_page(report_with(), PHRASE)
    sealed = sealed_part(page)
    key = key_of(sealed, PHRASE)
    assert unsealed(sealed, key)
    for place in (16, 27, 28, 29, len(sealed) // 2, len(sealed) - 17, len(sealed) - 16, len(sealed) - 1):
        with pytest.raises(InvalidTag):
            unsealed(flipped(sealed, place), key)
    for cut in (sealed[:-1], sealed[:-16], sealed + b"\0"):
        with pytest.raises(InvalidTag):
            unsealed(cut, key)
    salted = flipped(sealed, 15)
    with pytest.raises(InvalidTag):
        unsealed(salted, key_of(salted, PHRASE))
    monkeypatch.setattr(web_sealing, "FORMAT", "integrate web page 2")
    with pytest.raises(InvalidTag):
        opened(web_page(report_with(), PHRASE), PHRASE)


def flipped(sealed: bytes, place: int) -> bytes:
    changed = bytearray(sealed)
    changed[place] ^= 1 << place % 8
    return bytes(changed)


@pytest.mark.parametrize("phrase", ["", " ", "\u00a0\u2003"])
def test_an_empty_phrase_is_refused(phrase: str) -> None:
    with pytest.raises(WrongUsage):
        web_page(report_with(), phrase)


def test_one_phrase_has_one_spelling() -> None:
    assert "Elf" in opened(
        web_page(report_with(Paragraph(said("Elf"))), "cafe\u0301\u00a0noir\u3000"), "caf\u00e9 noir "
    )


@pytest.mark.parametrize(
    ("length", "room"),
    [(0, SMALLEST), (1, SMALLEST), (SMALLEST, SMALLEST), (SMALLEST + 1, 2 * SMALLEST), (300_000, 524_288)],
)
def test_the_length_tells_little(length: int, room: int) -> None:
    assert padded(b"x" * length) == b"x" * length + b" " * (room - length)


def test_reports_of_different_length_make_files_of_one_length() -> None:
    lengths = {len(web_page(report, PHRASE)) for report in (report_with(), report_of_text("word " * 500))}
    assert len(lengths) == 1


@pytest.mark.parametrize("phrase", [None, PHRASE])
def test_the_page_allows_its_own_style_and_script_and_nothing_else(phrase: str | None) -> None:
    html = clear_part(web_page(sarahs_report(), phrase))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    assert {rules.pop(name) for name in ("default-src", "base-uri", "form-action")} == {"'none'"}
    for element, rule in (("style", "style-src"), ("script", "script-src")):
        inside = re.findall(f"<{element}>(.*?)</{element}>", html, re.DOTALL)
        allowed = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inside]
        assert rules.pop(rule, "") == " ".join(f"'sha256-{digest}'" for digest in allowed)
        assert html.count(f"<{element}") == len(inside) == (1 if phrase or element == "style" else 0)
    assert not rules
    assert html.index("Content-Security-Policy") < html.index("<style")


@pytest.mark.parametrize("phrase", [None, PHRASE])
def test_there_is_no_address_in_the_page(phrase: str | None) -> None:
    page = web_page(sarahs_report(), phrase)
    html = clear_part(page) + (opened(page, PHRASE) if phrase else "")
    for sign in ("://", "xmlns", "www.", "url(", "@import", "src=", "href", "localStorage", "cookie", "indexedDB"):
        assert sign not in html
    found = tree(html)
    reaching = {"action", "formaction", "name", "style", "src", "srcset", "href", "ping", "background"}
    assert not {name for tag, name, _value in found.attributes if tag != "meta"} & reaching
    assert "script" not in tree(clear_part(web_page(sarahs_report(), None))).tags


def test_a_report_has_headings_tables_and_charts_that_a_screen_reader_knows() -> None:
    found = tree(report_html(sarahs_report()))
    headings = [tag for tag in found.tags if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == "h1"
    assert headings.count("h1") == 1
    assert found.tags.count("table") == found.tags.count("caption") == 5
    assert {value for tag, name, value in found.attributes if tag == "th" and name == "scope"} == {"col", "row"}
    assert found.tags.count("figure") == found.tags.count("details") == 3
    charts = [(name, value) for tag, name, value in found.attributes if tag == "svg" and name != "aria-hidden"]
    assert charts.count(("role", "img")) == 3
    named = {value for tag, name, value in found.attributes if tag in ("title", "desc") and name == "id"}
    assert named == {value for name, value in charts if name in ("aria-labelledby", "aria-describedby")}
    assert len(named) == 6
    assert ("main", "lang", "en") in found.attributes
    assert ("main", "dir", "ltr") in found.attributes


def test_half_charts_stand_side_by_side_and_pages_apart() -> None:
    half = Chart("A", Scene(320, 200, (Text(1, 1, "a", "ink1", "start", 12, 400, 9),), "A", "s"), GRID, half=True)
    html = report_html(report_with(half, half, Paragraph(said("Between")), half, NewPage(), Heading(Words("B"))))
    assert [part.count("<figure") for part in html.split('<div class="pair">')] == [0, 2, 1]
    assert html.count("<section>") == 2
    tree(html)


GRID = Grid("Numbers", ("Day", "Total"), (said("2026-10-05", "4"),), (1, 1))


def test_the_persons_words_keep_their_lines_and_their_direction() -> None:
    words = "One\r\ntwo\u2028three\n \n\nfour\x0bfive"
    html = report_html(report_with(Paragraph(theirs(words)), Paragraph((Words("Said: "), Words("\u202eevil", True)))))
    assert '<p class="theirs" dir="auto">One\ntwo\nthree</p><p class="theirs" dir="auto">four\nfive</p>' in html
    assert 'Said: <bdi class="theirs">\u202eevil</bdi>' in html


def test_a_report_from_the_right_says_so() -> None:
    page = web_page(report_with(Paragraph(theirs("שלום")), language="he"), None).decode()
    assert '<html lang="he" dir="rtl">' in page
    assert '<main class="report" lang="he" dir="rtl">' in page


HOSTILE = (
    "<script>alert(1)</script>", "</main></template><img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)", "' x='",
    "{{script}}", "{{policy}}", "<!--", "-->", "]]>", "&lt;b&gt;", "&#x6A;avascript:", "javascript:alert(1)", "<style>",
    "</textarea>", "</title></style>", "\x00", "\ud800", "\ufffe", "\x1b[2J", "<svg/onload=alert(1)>", "\u202e",
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.text(), st.sampled_from(HOSTILE), st.characters(codec=None)), max_size=8).map("".join))
def test_no_text_becomes_markup(text: str) -> None:
    page = web_page(report_of_text(text), None)
    plain = web_page(report_of_text("plain"), None).decode()
    html = page.decode()
    found, usual = tree(html), tree(plain)
    assert set(found.tags) <= REPORT_TAGS | {"html", "head", "meta", "style", "body"}
    outer = [
        name for name in found.tags if name not in ("p", "time")
    ]  # an empty line begins a paragraph, a date is one
    if text.strip() and not any(sign in text for sign in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"):
        assert outer == [name for name in usual.tags if name not in ("p", "time")]
        assert {name for _tag, name, _value in found.attributes} == {name for _tag, name, _value in usual.attributes}
        kept = "".join("\ufffd" if unshown(letter) else letter for letter in text)
        assert "".join(found.words).count(kept) >= 11


def unshown(letter: str) -> bool:
    code = ord(letter)
    return (code < 32 and code != 9) or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF)


def test_the_work_can_be_given_up() -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        web_page(long_report(), PHRASE, stop=stop)
    with pytest.raises(Stopped):
        web_page(long_report(), None, stop=stop)


def test_the_colours_are_those_of_the_theme() -> None:
    light = load_json("themes", "integrate.json")["light"]
    assert isinstance(light, Mapping)
    found = re.findall(r"--([a-z0-9]+): (#[0-9A-F]{6});", read_text("web", "page.css"))
    assert len(found) >= 13
    assert all(light[name] == colour for name, colour in found)


def test_script_and_style_fit_into_the_page() -> None:
    for name in ("open.js", "page.css"):
        text = read_text("web", name)
        assert "</" not in text
        assert "<!--" not in text
        assert "{{" not in text


def test_the_program_of_the_docs_opens_a_page(tmp_path: Path) -> None:
    code = re.search(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert code
    file = tmp_path / "page.html"
    file.write_bytes(web_page(sarahs_report(), PHRASE))
    done = subprocess.run(
        [sys.executable, "-c", code[1], str(file)], input=f"{PHRASE}\n", capture_output=True, text=True, check=True
    )
    assert done.stdout.removeprefix("Passphrase: ").rstrip("\n") == report_html(sarahs_report())
