"""X servers of our own, for tests of what is on a real display: none of them touches the one of who runs them."""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.helpers.secret_service import end, need

SCREEN = (1280, 900)


@contextmanager
def x_server(errors: Path) -> Iterator[str]:
    """A server on a display number it finds free itself, such as ":7"; what it says goes to the file ``errors``."""
    need("Xvfb")
    read, write = os.pipe()
    size = "{}x{}x24".format(*SCREEN)
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    with errors.open("wb") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said, pass_fds=(write,))
    os.close(write)
    try:
        assert select.select([read], [], [], 20)[0], "the X server did not start"
        yield ":" + os.read(read, 16).decode().strip()
    finally:
        os.close(read)
        end(server)
