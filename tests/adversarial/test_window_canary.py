"""As on the command line, so through the window: no word outside the encryption (P1, P2, L1, L2), no network (N2).

And nothing is left but the files that are meant to be there.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adversarial.canaries import Needles, new_canary
from tests.adversarial.tools import Figure
from tests.adversarial.window_scene import TRACED, Watched, files_with_secrets, traced_leaks, watched
from tests.e2e import story
from tests.e2e.desktop import Desktop, desktop

PURPOSES = ("text", "title", "tag", "file", "inside", "person", "name", "passphrase", "wrong")
IN_JOURNAL = {"anchor", "lock", "vault.db", "vault.hdr"}
BACKUP = "backups/000001.ibk"
LEFT = {
    "config/integrate/settings.json",
    *(f"data/integrate/My journal.integrate/{name}" for name in (*IN_JOURNAL, BACKUP)),
}


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with desktop(tmp_path_factory.mktemp("desktop")) as made:
        yield made


def write_everything(here: Watched) -> None:
    """An entry with all that an entry can have, a file and a photo chosen in dialogs, words copied and searched for."""
    someone, secrets = here.someone, here.secrets
    document, picture = files_with_secrets(here.inputs, secrets)
    someone.press("ctrl+n")
    someone.click("Title", role="text")
    someone.type(secrets["title"])
    someone.press("Return")
    someone.type(f"{secrets['text']} and more. ")
    someone.see(holds="Saved")
    someone.click("Add a tag", role="push button")
    someone.type(secrets["tag"])
    someone.press("Return")
    here.look("writing")
    story.attach(someone, picture)
    story.attach_file(someone, document)
    here.look("attaching")
    someone.click("Your text", role="text")
    someone.press("ctrl+a", "ctrl+c")
    story.search(someone, secrets["text"])
    someone.see(holds="1 entry")
    here.look("searching")


def add_person(here: Watched) -> None:
    """Somebody in Help now, whose name stays inside the journal."""
    someone = here.someone
    someone.press("F1")
    someone.see("Help now", role="dialog")
    someone.click("Add someone", role="push button")
    someone.see("Name", role="text")
    someone.type(here.secrets["person"])
    someone.press("Tab")
    someone.type("415 555 0163")
    someone.press("Return")
    someone.see(holds=here.secrets["person"])
    here.look("adding a person")
    someone.press("Escape", "Escape", "Escape")
    someone.see_gone("Help now", role="dialog")


@pytest.mark.hard
def test_p1_p2_n2_l1_a_session_in_the_window_leaves_no_word(screen: Desktop, tmp_path: Path, figure: Figure) -> None:
    with watched(screen, tmp_path, PURPOSES) as here:
        someone, secrets = here.someone, here.secrets
        someone.start(wait_for=story.FIRST)
        here.paper = story.welcome(someone, secrets["passphrase"], name=secrets["name"])
        here.look("welcome")
        write_everything(here)
        add_person(here)
        story.lock(someone)
        here.look("locking")
        someone.type(secrets["wrong"])
        someone.press("Return")
        someone.see(holds="That did not open the journal.")
        here.look("a wrong passphrase")
        story.unlock(someone, secrets["passphrase"])
        story.quit_program(someone)
        left = here.left_files()
        here.learn_the_keys()
        here.look_at_the_end()
        assert not here.found, "\n".join(sorted(set(here.found)))
        assert not here.network, here.network
        assert left == LEFT
        figure("P1/L1/L2", f"window: {len(secrets)} secrets in 11 codings, 3 keys, {here.looks} looks: 0 found")
        if not here.traces:
            pytest.skip("strace is not installed, so sockets and writes were not watched")
        figure("P2/N2", "window: no network socket, no secret in a write but to the screen and its readers")


def test_p2_the_trace_of_a_window_finds_what_is_written_on_purpose(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    secret = new_canary("control")
    server = socket.socket(socket.AF_UNIX)
    (tmp_path / ".X11-unix").mkdir()
    address = str(tmp_path / ".X11-unix" / "X7")
    server.bind(address)
    server.listen()
    code = (
        "import os, socket, sys\n"
        "s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.send(sys.argv[2].encode())\n"
        "number = s.fileno(); s.close()\n"
        "f = os.open(sys.argv[3], os.O_CREAT | os.O_WRONLY); assert f == number\n"
        "os.write(f, sys.argv[2].encode())\n"
    )
    trace = tmp_path / "trace"
    subprocess.run(
        ["strace", "-f", "-qq", "-xx", "-s", "4000", "-e", f"trace={TRACED}", "-o", trace, sys.executable, "-c", code,
         address, secret, tmp_path / "out"], check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    server.close()
    leaks = traced_leaks(trace.read_bytes(), Needles.of({"control": secret}))
    assert len(leaks) == 1, "what goes to the screen is allowed, what goes to a file of the same number is not"
