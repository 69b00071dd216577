"""A scripted session on the command line: no word of it anywhere but in the encryption (P1, P2), no network (N2)."""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from integrate.journal.opening import ByWords, create_journal, open_journal
from integrate.storage import kdf
from integrate.storage.recovery_words import entropy_from_words
from tests.adversarial.canaries import (
    SYSTEM_PLACES,
    Needles,
    Search,
    family,
    leaking_writes,
    network_calls,
    new_canary,
)
from tests.adversarial.tools import REPOSITORY, Figure
from tests.helpers.secret_service import bare_environment

SHOWING = {"show", "list", "search"}
TRACED = "socket,connect,write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendfile,copy_file_range"


@dataclass
class Scene:
    """A world of its own for the program, the secrets in it, and everything that was found where it should not be."""

    folder: Path
    slow: bool
    env: dict[str, str] = field(init=False)
    secrets: dict[str, str] = field(init=False)
    search: Search = field(init=False)
    commands: int = 0
    looks: int = 0
    known: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)
    network: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world, self.inputs = self.folder / "world", self.folder / "inputs"
        self.inputs.mkdir()
        self.env = bare_environment(self.world)
        self.env |= {"TMPDIR": str(self.world / "temp"), "PYTHONUTF8": "1", "TZ": "Europe/Lisbon"}
        (self.world / "temp").mkdir()
        purposes = ("text", "title", "tag", "name", "inside", "passphrase", "next", "third", "wrong")
        self.secrets = {purpose: new_canary(purpose) for purpose in purposes}
        self.journal = self.world / "data" / "Journal.integrate"
        self.prepare_inputs()
        needles = Needles.of(self.secrets)
        self.search = Search(needles, (self.world,), (self.inputs,), time.time() - 2)

    def prepare_inputs(self) -> None:
        """What the person has: files with secrets, a file and a photo to attach. Nobody looks for canaries here."""
        for name in ("passphrase", "next", "third", "wrong"):
            (self.inputs / name).write_text(self.secrets[name] + "\n")
        inside = self.secrets["inside"]
        self.file = self.inputs / f"{self.secrets['name']}.txt"
        self.file.write_text(inside * 5000)
        info = PngInfo()
        info.add_text("Comment", inside)
        self.photo = self.inputs / f"{self.secrets['name']}.png"
        Image.effect_noise((600, 400), 60).save(self.photo, pnginfo=info)

    @property
    def tracer(self) -> list[str]:
        if shutil.which("strace") is None:
            return []
        options = ["-f", "--seccomp-bpf", "-qq", "-xx", "-s", "400000", "-e", f"trace={TRACED}"]
        return ["strace", *options, "-o", str(self.inputs / "trace")]

    def run(self, *arguments: object, code: int = 0, stdin: str = "", killed: bool = False) -> bytes:
        """One command, looked at all the while it runs and after; what it printed."""
        command = [*self.tracer, sys.executable, "-m", "integrate", *map(str, arguments)]
        (self.inputs / "stdin").write_text(stdin)
        with (
            (self.inputs / "stdin").open("rb") as given,
            (self.inputs / "out").open("wb") as out,
            (self.inputs / "err").open("wb") as err,
        ):
            child = subprocess.Popen(command, cwd=REPOSITORY, env=self.env, stdin=given, stdout=out, stderr=err)
            end = time.monotonic() + 60
            while child.poll() is None and time.monotonic() < end and not (killed and self.is_writing()):
                self.found += self.search.hits(self.known) + self.search.held_open(child.pid)
                self.looks += 1
                time.sleep(0.04)
            if child.poll() is None:  # the tracer alone would leave the program running; its own id is not reused yet
                for process in reversed(family(child.pid)):
                    with suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
        child.wait(timeout=60)
        if not killed:
            assert child.returncode == code, (arguments[0], child.returncode, (self.inputs / "err").read_bytes())
        self.commands += 1
        self.look_at_what_is_left(str(arguments[0]))
        return (self.inputs / "out").read_bytes()

    def is_writing(self) -> bool:
        """Whether a command has begun to write to the journal."""
        log = self.journal / "vault.db-wal"
        return log.exists() and log.stat().st_size > 0

    def look_at_what_is_left(self, name: str) -> None:
        self.found += self.search.hits()
        outputs = ["err"] if name in SHOWING else ["out", "err"]
        for output in outputs:
            shown = self.search.needles.found_in((self.inputs / output).read_bytes())
            self.found += [f"{name} says on {output}: {needle}" for needle in shown]
        if self.tracer:
            trace = (self.inputs / "trace").read_bytes()
            assert b"write(" in trace, "nothing was traced"
            self.network += network_calls(trace.decode())
            leaks = leaking_writes(trace, self.search.needles, (1,) if name in SHOWING else ())
            self.found += [f"{name} writes: {leak}" for leak in leaks]

    def make_journal(self) -> None:
        """Through the command line where there is time for its derivation of a second, else at the floor."""
        words = self.inputs / "words"
        if self.slow:
            self.run("create", self.journal, "--passphrase-file", self.inputs / "passphrase", "--recovery-file", words)
        else:
            made = create_journal(self.journal, self.secrets["passphrase"], cost=kdf.FLOOR)
            words.write_text(" ".join(made.recovery_words))
        paper = words.read_text()
        self.secrets["words"] = " ".join(paper.split()[:3])
        with open_journal(self.journal, ByWords(paper)) as journal:
            keys = {
                "entropy": bytes(entropy_from_words(paper)),
                "master key": bytes(journal.vault.keys.master.view),
                "database key": bytes.fromhex(journal.vault.keys.database_key_spec(1)[2:66].decode()),
            }
        needles = Needles.of(self.secrets, keys)
        self.search = Search(needles, (self.world,), (self.inputs,), self.search.since)

    def play(self) -> None:
        """The session, with good days and bad ones."""
        self.make_journal()
        place, secret = self.journal, ("--passphrase-file", self.inputs / "passphrase")
        given = json.loads(self.run(
            "add", place, "-", "--title", self.secrets["title"], "--tag", self.secrets["tag"], "--attach", self.file,
            "--attach", self.photo, "--json", *secret, stdin=(self.secrets["text"] + " and more. ") * 400,
        ))  # fmt: skip
        entry_id = given["entry_id"]
        for command in (("list", place), ("search", place, self.secrets["text"]), ("show", place, entry_id)):
            assert self.secrets["title"].encode() in self.run(*command, "--json", *secret)
        assert self.secrets["text"].encode() in self.run("search", place, f'"{self.secrets["text"]}*', *secret)
        self.run("add", place, "-", "--debug", "--passphrase-file", self.inputs / "wrong", code=3,
                 stdin=self.secrets["text"])  # fmt: skip
        self.run("add", place, "-", "--at", "never", "--debug", *secret, code=2, stdin=self.secrets["text"])
        self.run("add", place, "-", *secret, stdin=(self.secrets["text"] + " ") * 20_000, killed=True)
        self.run("check", place, "--deep", *secret)
        self.run("info", place)
        self.run("backup", place, self.world / "copy.ibk", *secret)
        self.run("passphrase", place, *secret, "--new-passphrase-file", self.inputs / "next")
        restored = self.world / "data" / "Restored.integrate"
        self.run("restore", self.world / "copy.ibk", restored, "--words-file", self.inputs / "words")
        self.run("recover", restored, "--words-file", self.inputs / "words", "--new-passphrase-file",
                 self.inputs / "third")  # fmt: skip
        self.damage_and_read(restored, entry_id)
        self.search_everywhere()

    def damage_and_read(self, place: Path, entry_id: str) -> None:
        """A bad day for the database: the traceback of ``--debug`` says nothing either."""
        database = place / "vault.db"
        data = bytearray(database.read_bytes())
        for page in range(2, len(data) // 4096):
            data[page * 4096 + 2000] ^= 1
        database.write_bytes(data)
        self.run("show", place, entry_id, "--debug", "--passphrase-file", self.inputs / "third", code=4)

    def search_everywhere(self) -> None:
        whole = Search(self.search.needles, SYSTEM_PLACES, (self.inputs,), self.search.since)
        self.found += whole.hits()


def play(folder: Path, figure: Figure, *, slow: bool) -> None:
    scene = Scene(folder, slow)
    scene.play()
    assert not scene.found, sorted(set(scene.found))
    watched = f"{scene.commands} commands, {len(scene.secrets)} secrets in 11 codings, 3 keys, {scene.looks} looks"
    figure("P1", f"{watched}: 0 found")
    if not scene.tracer:
        pytest.skip("strace is not installed, so sockets and writes were not watched")
    assert not scene.network, scene.network
    figure("P2/N2", f"{scene.commands} commands: no network socket, no secret in any write but a result's on stdout")


@pytest.mark.hard
def test_p1_p2_n2_a_session_leaves_no_word_outside_and_no_network(tmp_path: Path, figure: Figure) -> None:
    play(tmp_path, figure, slow=False)


@pytest.mark.hard
def test_p1_p2_n2_a_session_from_its_creation_on_leaves_no_word(tmp_path: Path, figure: Figure) -> None:
    play(tmp_path, figure, slow=True)


def hidden_copies(folder: Path, secret: str) -> Iterator[tuple[str, Any]]:
    plain = secret.encode()
    yield "plain", b"x" * 5000 + plain
    yield "utf16", b"\xff\xfe" + ("ab" + secret).encode("utf-16-le")
    yield "hex", plain.hex().encode()
    for before in range(3):
        yield f"base64-{before}", base64.b64encode(b"a" * before + plain + b"after")
    picture = io.BytesIO(plain)
    yield "longer", picture.getvalue() * 100


def test_p1_the_search_finds_what_was_hidden_on_purpose(tmp_path: Path) -> None:
    secret = new_canary("control")
    search = Search(Needles.of({"control": secret}), (tmp_path,), (tmp_path / "inputs",), time.time() - 2)
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "given").write_text(secret)
    assert search.hits() == []
    for name, data in hidden_copies(tmp_path, secret):
        (tmp_path / name).write_bytes(data)
        assert search.hits(), name
        (tmp_path / name).unlink()
    (tmp_path / secret).mkdir()
    assert search.hits()
    with (tmp_path / "gone").open("w+") as file:
        file.write(secret)
        file.flush()
        (tmp_path / "gone").unlink()
        assert search.held_open(os.getpid()), "a file without a name is looked into too"


def test_p2_n2_the_trace_finds_a_write_and_a_socket_made_on_purpose(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    secret = new_canary("control")
    code = f"import socket, sys; open(sys.argv[1], 'w').write({secret!r}); socket.socket().close(); print({secret!r})"
    trace = tmp_path / "trace"
    subprocess.run(
        ["strace", "-f", "-qq", "-xx", "-s", "4000", "-e", f"trace={TRACED}", "-o", trace, sys.executable, "-c", code,
         tmp_path / "out"], check=True, capture_output=True,
    )  # fmt: skip
    needles = Needles.of({"control": secret})
    assert len(network_calls(trace.read_text())) == 1
    assert len(leaking_writes(trace.read_bytes(), needles, (1,))) == 1
    assert len(leaking_writes(trace.read_bytes(), needles, ())) == 2
