"""The report as a web page: one file that opens in any browser, asks nobody and sends nothing.

With a passphrase the page holds the words encrypted, a field to type it in, and one script that opens them in the
window. The script is the same in every file; its SHA-256 (:func:`script_digest`) tells whether a file has it unchanged.
The page's own policy allows this script and this style alone: no address, no picture, no form can be reached.

The script uses what Chromium, Firefox and Safari all have, since 2022 at the latest: ``crypto.subtle`` (``importKey``,
``deriveKey``, ``decrypt``; also for a page that is a local file), ``atob``, ``TextEncoder``, ``TextDecoder``,
``DOMParser``, ``replaceChildren``, ``String.normalize``, Unicode classes in regular expressions, ``template``.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from integrate.i18n import _
from integrate.resources import read_text
from integrate.sharing.web_blocks import MARK, escaped, report_html
from integrate.sharing.web_sealing import sealed

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.sharing.report import Report

_SLOT: Final = re.compile(r"\{\{([a-z_]+)\}\}")


def web_page(report: Report, phrase: str | None, *, stop: Stop | None = None) -> bytes:
    """The report as one HTML file in UTF-8; with a ``phrase`` nobody can read it without. None: it is open to anyone.

    The passphrase takes a quarter of a second to become a key, whatever the length of the report.

    Raises:
        WrongUsage: the phrase is empty or no valid text.
        Stopped: ``stop`` was set.
        ResourceError: a file of the page is missing.
    """
    words = report_html(report, stop=stop)
    style = read_text("web", "page.css")
    values = {"language": escaped(report.language), "direction": "rtl" if report.right_to_left else "ltr"}
    if phrase is None:
        title = escaped(report.title) or "integrate"
        values |= {"title": title, "report": words, "policy": _policy(style), "style": style}
        return _filled(read_text("web", "plain.html"), values)
    script = read_text("web", "open.js")
    values |= {name: escaped(sentence) for name, sentence in _sentences().items()}
    values |= {"mark": MARK, "policy": _policy(style, script), "style": style, "script": script}
    return _filled(read_text("web", "protected.html"), values | {"sealed": sealed(words, phrase, stop=stop)})


def script_digest() -> str:
    """The SHA-256 of the one script of protected pages, in base64 as it stands in the policy of each file.

    Raises:
        ResourceError: the script is missing.
    """
    return _digest(read_text("web", "open.js"))


def _policy(style: str, script: str | None = None) -> str:
    """What the page may do: wear this style and run this script, and nothing else."""
    allowed = [f"style-src 'sha256-{_digest(style)}'"]
    if script is not None:
        allowed.append(f"script-src 'sha256-{_digest(script)}'")
    return "; ".join(("default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"))


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _filled(template: str, values: Mapping[str, str]) -> bytes:
    """The template with its slots filled, in one go: what is filled in is not looked at again."""
    return _SLOT.sub(lambda slot: values[slot[1]], template).encode()


def _sentences() -> dict[str, str]:
    """What the closed page says."""
    return {
        "heading": _("This page opens with a passphrase"),
        "what": _(
            "Somebody wrote these pages for you with integrate, a journal. They are encrypted: without the passphrase "
            "nobody can read them."
        ),
        "phrase": _(
            "You agreed on the passphrase in person or by phone. It is not in this file, and nobody will ask you for "
            "it by e-mail."
        ),
        "needs": _(
            "This browser cannot open the page. Current versions of Firefox, Chrome, Edge and Safari on a computer can."
        ),
        "no_script": _("JavaScript is turned off here. The page needs it to decrypt the words in this window."),
        "label": _("Passphrase"),
        "show": _("Show what I type"),
        # Translators: the button that opens a protected page
        "open": _("Open"),
        "working": _("One moment: the passphrase is being tried."),
        "wrong": _(
            "This passphrase does not open the page. Look at capital letters and at the spaces between the words, then "
            "try again. If you are sure of it, the file may have changed on its way: ask for it once more."
        ),
        "broken": _("Part of this file is missing. Ask for it once more."),
        "closed": _("The page is closed. Its words are gone from this window."),
        "here_only": _(
            "Everything happens in this window. The page sends nothing, asks nobody and keeps nothing, the passphrase "
            "included."
        ),
        "opened": _("Open in this window only."),
        # Translators: the button that closes a protected page again and forgets its words
        "close": _("Close"),
    }
