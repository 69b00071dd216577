"""Entries as the command line shows them: as JSON fields, and for a person."""

from __future__ import annotations

from collections.abc import Iterator

import click

from integrate.cli.output import for_people, harmless
from integrate.domain.entry import AttachmentInfo, Entry, EntrySummary, Phase, SessionRef, Snippet
from integrate.i18n import N_, _, ngettext

_PHASES = ((Phase.PREPARE, N_("Prepare")), (Phase.EXPERIENCE, N_("Experience")), (Phase.INTEGRATE, N_("Integrate")))


def json_fields(entry: EntrySummary, newest_course: int) -> dict[str, object]:
    """The fields of one entry in `list`; a session of the newest course is its number, another one ``"C.N"``."""
    return {
        "entry_id": str(entry.id),
        "at": entry.at.iso(),
        "zone": entry.at.zone,
        "phase": entry.phase.value,
        "session": _json_session(entry.session, newest_course),
        "title": entry.title,
        "excerpt": entry.excerpt,
        "tags": list(entry.tags),
        "never_share": entry.never_share,
        "words": entry.words,
    }


def in_a_list(entry: EntrySummary, newest_course: int, snippet: Snippet | None = None) -> str:
    """An entry as a few lines: when and what on the first, then title, words and tags, each if there are any."""
    columns = (
        f"{entry.at.local():%Y-%m-%d %H:%M}".rjust(16),
        _phase(entry.phase).ljust(max(len(_(name)) for _phase_, name in _PHASES)),
        _session(entry.session, newest_course).ljust(len(_session(SessionRef(9, 9), 1))),
        str(entry.id),
    )
    lines = ["  ".join(columns)]
    if entry.title:
        lines.append("    " + _bold(_one_line(entry.title)))
    words = _marked(snippet) if snippet is not None else _one_line(entry.excerpt)
    if words:
        lines.append("    " + words)
    if labels := _labels(entry):
        lines.append("    " + labels)
    return "\n".join(lines) + "\n"


def in_full(entry: Entry, newest_course: int) -> str:
    """A whole entry: its head in calm lines, an empty line, its body as it was written."""
    summary = entry.summary
    when = summary.at.local()
    about = [
        f"{when:%Y-%m-%d %H:%M} {summary.at.zone}",
        _phase(summary.phase),
        _session(summary.session, newest_course),
        ngettext("{count} word", "{count} words", summary.words).format(count=summary.words),
    ]
    lines = [_bold(_one_line(summary.title))] if summary.title else []
    lines.append(" · ".join(part for part in about if part))
    if labels := _labels(summary):
        lines.append(labels)
    if summary.deleted is not None:
        lines.append(_("In Recently deleted"))
    lines.extend(_attached(entry.attachments))
    body = harmless(entry.body) if for_people() else entry.body
    return "\n".join([*lines, "", body.removesuffix("\n")] if body else lines)


def _attached(attachments: tuple[AttachmentInfo, ...]) -> Iterator[str]:
    for attachment in attachments:
        name, size = _one_line(attachment.name), _size(attachment.size)
        yield _("Attached: {name}, {size}").format(name=name, size=size)


def _size(count: int) -> str:
    if count < 1024:
        return _("{count} bytes").format(count=count)
    return _("{count} KiB").format(count=f"{count / 1024:,.0f}")


def _json_session(session: SessionRef | None, newest_course: int) -> int | str | None:
    if session is None:
        return None
    return session.number if session.course == newest_course else f"{session.course}.{session.number}"


def _session(session: SessionRef | None, newest_course: int) -> str:
    number = _json_session(session, newest_course)
    return "" if number is None else _("session {number}").format(number=number)


def _phase(phase: Phase) -> str:
    return _(dict(_PHASES)[phase])


def _labels(entry: EntrySummary) -> str:
    tags = " ".join("#" + _one_line(tag) for tag in entry.tags)
    return " · ".join(part for part in (tags, _("Never share") if entry.never_share else "") if part)


def _one_line(text: str) -> str:
    return harmless(" ".join(text.split()))


def _bold(text: str) -> str:
    return click.style(text, bold=True) if text and for_people() else text


def _marked(snippet: Snippet) -> str:
    """The words around a find; what was found is bold on a terminal."""
    pieces, at = [], 0
    for start, end in snippet.marks:
        pieces += [harmless(snippet.text[at:start]), _bold(harmless(snippet.text[start:end]))]
        at = end
    return "".join([*pieces, harmless(snippet.text[at:])])
