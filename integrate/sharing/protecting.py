"""A PDF behind a passphrase: AES-256, revision 6, which every common reader opens.

What this protects from and what not (a fast key derivation, no integrity) is told in ``SECURITY.md``; phrases are
therefore six random words, and the saved-file page shows a SHA-256.
"""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import TYPE_CHECKING, Final

from integrate.domain.passphrase import normalise
from integrate.errors import WrongUsage
from integrate.i18n import _

if TYPE_CHECKING:
    import pikepdf

_OWNER_BYTES: Final = 32
_ID_BYTES: Final = 16
_KEPT: Final = ("dc:title", "dc:language", "pdfuaid:part")
"""All that a reader is told of the file beside its pages."""


def protect_pdf(data: bytes, phrase: str) -> bytes:
    """The same PDF, which opens with ``phrase`` only. It stays tagged, and screen readers may read it.

    Everything in it is encrypted, what it says of itself too; no dates and no program are left. The second password
    that the format asks for is random and not kept: an empty one would open the file for everybody (finding F11).

    Raises:
        WrongUsage: the phrase is empty.
    """
    import pikepdf

    secret = normalise(phrase)
    if not secret.strip():
        raise WrongUsage(reason=_("A file needs a passphrase to be protected. Nothing was saved."))
    with pikepdf.open(BytesIO(data)) as pdf:
        _say_little(pdf)
        made = BytesIO()
        pdf.save(
            made,
            encryption=pikepdf.Encryption(
                user=secret,
                owner=secrets.token_hex(_OWNER_BYTES),
                R=6,
                aes=True,
                metadata=True,
                allow=pikepdf.Permissions(accessibility=True),
            ),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return made.getvalue()


def _say_little(pdf: pikepdf.Pdf) -> None:
    """Leave title, language and the standard in the file's description of itself, and nothing else."""
    import pikepdf

    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        kept = {name: metadata[name] for name in _KEPT if name in metadata}
        for name in list(metadata):
            del metadata[name]
        for name, value in kept.items():
            metadata[name] = value
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    # What identified the file until now is a fingerprint of its words.
    pdf.trailer["/ID"] = pikepdf.Array([pikepdf.String(secrets.token_bytes(_ID_BYTES)) for _half in range(2)])
