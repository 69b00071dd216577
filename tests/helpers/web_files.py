"""Reads protected web pages without the program and without a browser, as ``docs/shared-web-page.md`` tells."""

from __future__ import annotations

import re
from base64 import b64decode
from hashlib import pbkdf2_hmac

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_SEALED = re.compile(rb'<template id="sealed">([A-Za-z0-9+/=]*)</template>')


def sealed_part(page: bytes) -> bytes:
    """What a page holds encrypted: salt, nonce, words and tag."""
    found = _SEALED.search(page)
    assert found, "the page holds nothing encrypted"
    return b64decode(found[1], validate=True)


def clear_part(page: bytes) -> str:
    """Everything else of the page, which anyone can read."""
    return _SEALED.sub(b"", page).decode()


def key_of(sealed: bytes, phrase: str) -> bytes:
    """The key that a phrase makes with the salt of this file."""
    return pbkdf2_hmac("sha256", phrase.encode(), sealed[:16], 1_200_000)


def unsealed(sealed: bytes, key: bytes) -> str:
    """The HTML that ``sealed`` hides, with the spaces after it. A wrong key or a changed byte raises InvalidTag."""
    return AESGCM(key).decrypt(sealed[16:28], sealed[28:], b"integrate web page 1").decode()


def opened(page: bytes, phrase: str) -> str:
    """The HTML inside of a protected page. A wrong phrase or a changed byte raises InvalidTag."""
    sealed = sealed_part(page)
    return unsealed(sealed, key_of(sealed, phrase))
