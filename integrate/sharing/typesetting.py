"""Setting pages with Typst: a template of ours and data become a tagged PDF in memory. No file is written, ever.

Words are handed over as JSON and read as data: nothing in them can become markup. Only fonts that ship with the
program are used, so that pages are the same on every computer.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar, cast

from integrate.domain.sharing import Paper
from integrate.i18n import _
from integrate.resources import load_json, read_text, resource_path

if TYPE_CHECKING:
    import typst

    from integrate.domain.listing import Stop

Made = TypeVar("Made")

_STANDARD: Final = "ua-1"
_REMEMBERED: Final = 12
"""Typst lets go of what was not needed for ten pieces of work."""
_MUCH: Final = 500_000
"""Characters of data, about a hundred pages. Typst keeps 80 MB for each hundred pages, and gains nothing by it."""
_LOOK_EVERY: Final = 0.05  # seconds
_PAPERS: Final = MappingProxyType({Paper.A4: "a4", Paper.LETTER: "us-letter"})
_LANGUAGE: Final = re.compile(r"([a-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Z]{2}))?(?:-.*)?")


def page_values(
    *, title: str, foot: str, running: str, language: str, right_to_left: bool, made: date, paper: Paper
) -> dict[str, object]:
    """What every template needs. The words are those the pages can show."""
    found = _LANGUAGE.fullmatch(language)
    return {
        "title": title,
        "foot": foot,
        "running": running,
        "lang": found[1] if found else "en",
        "region": (found and found[2]) or "",
        "rtl": int(right_to_left),
        "made": [made.year, made.month, made.day],
        "paper": _PAPERS[paper],
        # Translators: at the foot of each page of a report
        "page_of": _("Page {page} of {pages}"),
        "palette": dict(light_palette()),
    }


def light_palette() -> Mapping[str, str]:
    """The colours of the pages, by role: they are always light."""
    return cast("Mapping[str, str]", load_json("themes", "integrate.json")["light"])


def set_pages(template: str, values: Mapping[str, object], *, stop: Stop | None = None) -> bytes:
    """The pages of ``template`` (the name of a file of ``resources/report``) as a PDF/UA-1 file in memory.

    The same values give the same bytes. With a ``stop`` the work is given up within a tenth of a second; Typst then
    comes to its end on a thread of its own, and nobody takes what it made.

    Raises:
        Stopped: ``stop`` was set.
        ResourceError: a template or font is missing.
    """
    source = f"{read_text('report', 'base.typ')}\n{read_text('report', template)}".encode()
    data = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return given_up(lambda: _compiled(source, data), stop)


def given_up(work: Callable[[], Made], stop: Stop | None) -> Made:
    """What ``work`` makes, not waited for once ``stop`` is set.

    Raises:
        Stopped: ``stop`` was set before the end.
    """
    if stop is None:
        return work()
    stop.check()
    made: list[Made] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            made.append(work())
        except BaseException as problem:  # told to the one who waits
            failed.append(problem)

    worker = threading.Thread(target=run, name="pages", daemon=True)
    worker.start()
    while worker.is_alive():
        worker.join(_LOOK_EVERY)
        stop.check()
    if failed:
        raise failed[0]
    return made[0]


def _compiled(source: bytes, data: str) -> bytes:
    import typst  # not needed before somebody shares

    try:
        return typst.compile(
            source,
            format="pdf",
            font_paths=page_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            pdf_standards=[_STANDARD],
            timestamp=0,
        )
    finally:
        if len(data) > _MUCH:  # else a few looks at a long report would fill the memory
            forget_pages()


@cache
def page_fonts() -> typst.Fonts:
    """The fonts of the pages, and no others.

    Raises:
        ResourceError: a folder of fonts is missing.
    """
    import typst

    folders = [str(resource_path("fonts")), str(resource_path("report", "fonts"))]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def forget_pages() -> None:
    """Let Typst forget the pages it set last, which it keeps for when they are set again. Takes 50 to 300 ms.

    For when a journal is locked, and after pages with a secret on them.
    """
    import typst

    for _empty in range(_REMEMBERED):
        typst.compile(b"", font_paths=page_fonts(), ignore_system_fonts=True)
