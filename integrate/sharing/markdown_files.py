"""A packet as a folder of Markdown: a file for each entry, its photos and files beside it, and a few pages of the rest.

The words of an entry are written byte for byte. Words of the person that stand in a page of ours are escaped, so that
they are read as what they are and not as headings, links or tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from uuid import UUID

from integrate.domain.entry import AttachmentInfo
from integrate.domain.listing import Stop
from integrate.i18n import _
from integrate.sharing.files import OutFile
from integrate.sharing.front_matter import front_matter
from integrate.sharing.markdown_pages import check_in_page, escaped, form_page, session_page, thread_page
from integrate.sharing.packet import Packet, PacketEntry
from integrate.sharing.plain_names import Names, plain_file_name, plain_name
from integrate.sharing.telling_files import about_lines, telling_of

ReadMedia = Callable[[UUID], Iterable[bytes]]
"""Gives the bytes of an attachment by its id."""

_BETWEEN_PASSAGES: Final = "\n\n[…]\n\n"


def markdown_files(packet: Packet, read_media: ReadMedia, *, stop: Stop | None = None) -> Iterator[OutFile]:
    """The files. Photos and files are read with ``read_media`` when their bytes are asked for.

    Raises:
        Stopped: ``stop`` was set.
    """
    stop = stop or Stop()
    telling = telling_of(packet, stop)
    pages = (
        ("check-ins.md", check_in_page(telling)),
        ("sessions.md", session_page(telling)),
        ("questionnaires.md", form_page(telling)),
        ("threads.md", thread_page(telling)),
    )
    written = [(name, text) for name, text in pages if text]
    yield _text(("README.md",), _readme(packet, [name for name, _text_ in written]))
    for name, text in written:
        yield _text((name,), text)
    months: dict[tuple[str, str], Names] = {}
    links = []
    for entry in packet.entries:
        stop.check()
        day = entry.summary.at.local_date()
        month = (f"{day.year:04}", f"{day.month:02}")
        title = plain_name(entry.summary.title, "")
        stem = f"{day.isoformat()} {title}" if title else day.isoformat()
        name = months.setdefault(month, Names()).take(stem, ".md")
        media = tuple(_media(entry, name.removesuffix(".md") + " files"))
        yield _text((*month, name), _head(entry, [path for path, _media_ in media]) + _body(entry))
        for (folder, file), attached in media:
            yield OutFile((*month, folder, file), _read(read_media, attached))
            place = "/".join((*month, folder, file))
            links.append(
                f"- [{escaped(attached.name)}](<{place}>), {_('in')} [{escaped(name)}](<{'/'.join(month)}/{name}>)\n"
            )
    if links:
        yield _text(("media.md",), f"# {_('Photos and files')}\n\n" + "".join(links))


def _read(read_media: ReadMedia, attached: AttachmentInfo) -> Iterator[bytes]:
    """Only when it is asked for, so that nothing is opened before its turn."""
    yield from read_media(attached.id)


def _text(path: tuple[str, ...], text: str) -> OutFile:
    return OutFile(path, (text.encode("utf-8"),))


def _media(entry: PacketEntry, folder: str) -> Iterator[tuple[tuple[str, str], AttachmentInfo]]:
    names = Names()
    for attached in entry.attachments:
        stem, dot, ending = plain_file_name(attached.name, "file").rpartition(".")
        yield (folder, names.take(stem, dot + ending) if dot else names.take(ending)), attached


def _head(entry: PacketEntry, media: Iterable[tuple[str, str]]) -> str:
    one = entry.summary
    return front_matter({
        "id": str(one.id),
        "title": one.title,
        "date": one.at.iso(),
        "zone": one.at.zone,
        "phase": one.phase.value,
        "session": "" if one.session is None else f"{one.session.course}.{one.session.number}",
        "part": "passages" if entry.passages else "",
        "prompt": entry.prompt,
        "mood_then": "" if one.mood_then is None else str(one.mood_then),
        "tags": one.tags,
        "created": one.created.isoformat(),
        "updated": one.updated.isoformat(),
        "attachments": ["/".join(path) for path in media],
    })  # fmt: skip


def _body(entry: PacketEntry) -> str:
    return _BETWEEN_PASSAGES.join(entry.passages) if entry.passages else entry.body


def _readme(packet: Packet, pages: Iterable[str]) -> str:
    title, *lines = about_lines(packet)
    parts = [f"# {escaped(title)}", *(escaped(line) for line in lines)]
    listed = [f"- [{name}]({name})" for name in pages]
    if packet.entries:
        listed.append("- " + _("Entries lie in a folder for each year and month, named by their day and title."))
    if any(entry.attachments for entry in packet.entries):
        listed.append("- [media.md](media.md)")
    if listed:
        parts.append("\n".join(listed))
    return "\n\n".join(parts) + "\n"
