"""What the command line prints: results on stdout, everything else on stderr, JSON as one value."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Final, Self

import click

from integrate.errors import KnownError

_SHOWN_CONTROLS: Final = "\n\t"


class ReaderGone(Exception):
    """Whoever read our output has stopped reading, as ``head`` does."""


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise ReaderGone from None
    except OSError as error:
        from integrate.system.files import translate_os_error

        raise translate_os_error(error, "stdout") from error


def writable(text: str) -> str:
    """``text`` as UTF-8 can carry it: half a surrogate pair (from an odd file name) becomes its escape, also JSON's."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def harmless(text: str) -> str:
    """``text`` without control characters: they could move the cursor, change the title or hide what is printed."""
    if text.isprintable():
        return text
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_control(character) else character for character in text)


def _is_control(character: str) -> bool:
    return (character < " " or "\x7f" <= character <= "\x9f") and character not in _SHOWN_CONTROLS


def for_people() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def say(text: str = "") -> None:
    """A line of a result for a person, on stdout.

    Raises:
        ReaderGone: nobody reads it.
        DiskRefused: it was sent to a file, and the disk refused.
    """
    with _writing():
        # The library takes colours out where stdout is no terminal; there, what looks like one is somebody's writing.
        click.echo(writable(text), color=None if for_people() else True)


def tell(text: str) -> None:
    """A message beside the result, on stderr. Where stderr is gone there is nobody to tell."""
    try:
        click.echo(harmless(writable(text)), err=True)
    except OSError:
        return


def tell_error(error: KnownError) -> None:
    """A known bad day in its own sentences, with the command that helps."""
    for sentence in error.sentences(commands=True):
        tell(sentence)


def print_json(value: object) -> None:
    """One JSON value, on stdout. Raises as :func:`say` does."""
    _write(_as_json(value) + "\n")


def print_json_list(values: Iterable[object]) -> None:
    """One JSON list whose items are printed as they come, and closed whatever happens to them on the way.

    Raises as :func:`say` does, and what ``values`` raises.
    """
    before = ""
    _write("[")
    try:
        for value in values:
            _write(f"{before}\n{_as_json(value)}")
            before = ","
    finally:
        _write("\n]\n" if before else "]\n")


def finish_output() -> None:
    """Hand over what is still on its way. Raises as :func:`say` does."""
    with _writing():
        if sys.stdout is not None:
            sys.stdout.flush()


def _as_json(value: object) -> str:
    import json

    return writable(json.dumps(value, ensure_ascii=False, allow_nan=False))


def _write(text: str) -> None:
    with _writing():
        if sys.stdout is not None:
            sys.stdout.write(text)


class Progress:
    """A bar on stderr where that is a terminal; silent elsewhere. Call it with (done, total), both in the same unit."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._open = ExitStack()
        self._advance: Callable[[int], None] | None = None
        self._shown = 0
        self._total = 0

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is."""
        if total <= 0 or sys.stderr is None or not sys.stderr.isatty():
            return
        if self._advance is None or self._total != total or done < self._shown:
            self._begin(total)
        if self._advance is not None and done > self._shown:
            self._advance(done - self._shown)
            self._shown = done

    def _begin(self, total: int) -> None:
        self._open.close()
        step = max(1, total // 200)
        made = click.progressbar(length=total, label=self._label, file=sys.stderr, update_min_steps=step)
        self._advance = self._open.enter_context(made).update
        self._shown, self._total = 0, total

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()
