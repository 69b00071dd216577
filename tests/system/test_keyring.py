"""K4: the keyring absent, locked, denied, hanging, lying, empty, foreign, or replaced by a trap."""

from __future__ import annotations

import ast
import base64
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrate.errors import KeyringUnavailable
from integrate.system.keyring import KeyringStore
from tests.helpers.secret_service import (
    Session,
    ask,
    bare_environment,
    gnome_keyring,
    in_session,
    lock_collection,
    odd_keyring,
    private_bus,
    start_daemon,
)

VAULT = "5f" * 16
OTHER = "a0" * 16
KEY = bytes(range(32)).hex()
NEW_KEY = bytes(range(1, 33)).hex()
ALL_CALLS = (("fetch", VAULT), ("store", VAULT, KEY), ("remove", VAULT))

TRAP = """
import os, pathlib
pathlib.Path(os.environ["HOME"], "sprung").touch()
from keyring.backend import KeyringBackend
class {name}(KeyringBackend):
    priority = 99
    def get_password(self, service, username): return None
    def set_password(self, service, username, password): pathlib.Path(os.environ["HOME"], "plain").write_text(password)
    def delete_password(self, service, username): pass
"""


@pytest.fixture(scope="module")
def shared_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with gnome_keyring(tmp_path_factory.mktemp("keyring")) as session:
        yield session


@pytest.fixture
def real(shared_session: Session) -> Session:
    """A real keyring, unlocked and without anything of ours.

    One daemon serves the whole module. In one full run nothing answered any more from some test on, and why was not
    found. Should the daemon have ended, the next test starts another, once: a second end would be ours.
    """
    ended = [process.poll() is not None for process in shared_session.processes]
    if ended == [True]:
        start_daemon(shared_session)
    for answer in ask(shared_session.env, ("remove", VAULT), ("remove", OTHER)):
        assert answer.error is None, answer.message
    return shared_session


def keep_by_hand(session: Session, vault_id: str, text: str, **more: str) -> None:
    code = (
        "import json, secretstorage, sys; bus = secretstorage.dbus_init();"
        "it = secretstorage.get_default_collection(bus);"
        "it.create_item('by hand', json.loads(sys.argv[1]), sys.argv[2].encode())"
    )
    in_session(session.env, code, json.dumps({"service": "integrate", "username": vault_id, **more}), text)


def kept_texts(session: Session, **attributes: str) -> list[str]:
    code = (
        "import json, secretstorage, sys; bus = secretstorage.dbus_init();"
        "print([i.get_secret().decode() for i in secretstorage.search_items(bus, json.loads(sys.argv[1]))])"
    )
    found = ast.literal_eval(in_session(session.env, code, json.dumps(attributes)))
    assert isinstance(found, list)
    return found


def files_under(folder: Path) -> set[str]:
    return {str(place.relative_to(folder)) for place in folder.rglob("*") if place.is_file()}


def set_traps(env: dict[str, str], home: Path) -> None:
    """Everything that the keyring package obeys when it chooses for itself, pointing at stores that are traps."""
    traps = home / "traps"
    (traps / "keyrings" / "alt").mkdir(parents=True)
    (traps / "keyrings" / "alt" / "__init__.py").touch()
    (traps / "keyrings" / "alt" / "file.py").write_text(TRAP.format(name="PlaintextKeyring"))
    (traps / "trap_store.py").write_text(TRAP.format(name="Keyring"))
    information = traps / "keyrings_alt-5.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: keyrings.alt\nVersion: 5.0\n")
    (information / "entry_points.txt").write_text("[keyring.backends]\nfile = keyrings.alt.file\n")
    config = home / "config" / "python_keyring"
    config.mkdir(parents=True)
    (config / "keyringrc.cfg").write_text(
        f"[backend]\ndefault-keyring=trap_store.Keyring\nkeyring-path={home / 'traps'}\n"
    )
    env["PYTHONPATH"] += f":{traps}"


WHAT_IS_LOADED = """
import sys
from integrate.system.keyring import KeyringStore
from integrate.errors import KeyringUnavailable
before = list(sys.path)
store = KeyringStore()
for name, *more in (("store", bytes(32)), ("fetch",), ("remove",)):
    try:
        getattr(store, name)("5f" * 16, *more)
        print("worked", end=" ")
    except KeyringUnavailable:
        print("refused", end=" ")
assert sys.path == before, sys.path
bad = ("trap_store", "keyrings", "keyring.backends.null", "keyring.backends.chainer", "keyring.backends.libsecret")
print(sorted(name for name in sys.modules if name.startswith(bad)))
"""


def test_k4_round_trip_with_a_real_keyring(real: Session) -> None:
    answers = ask(
        real.env,
        ("fetch", VAULT),
        ("store", VAULT, KEY),
        ("fetch", VAULT),
        ("store", VAULT, NEW_KEY),
        ("fetch", VAULT),
        ("remove", VAULT),
        ("fetch", VAULT),
        ("remove", VAULT),
    )
    assert [answer.error for answer in answers] == [None] * 8
    assert [answer.value for answer in answers] == [None, None, KEY, None, NEW_KEY, None, None, None]


def test_k4_the_item_is_what_the_format_says(real: Session) -> None:
    ask(real.env, ("store", VAULT, KEY))
    (text,) = kept_texts(real, service="integrate", username=VAULT)
    assert len(text) == 44
    assert base64.b64decode(text).hex() == KEY


def test_k4_an_item_of_another_journal_is_not_ours(real: Session) -> None:
    answers = ask(real.env, ("store", OTHER, KEY), ("fetch", VAULT), ("remove", VAULT), ("fetch", OTHER))
    assert [answer.value for answer in answers] == [None, None, None, KEY]


def test_k4_an_item_deleted_by_hand_is_simply_not_there(real: Session) -> None:
    ask(real.env, ("store", VAULT, KEY))
    in_session(
        real.env,
        "import secretstorage; bus = secretstorage.dbus_init();"
        f"[i.delete() for i in secretstorage.search_items(bus, {{'username': '{VAULT}'}})]",
    )
    (answer,) = ask(real.env, ("fetch", VAULT))
    assert (answer.value, answer.error) == (None, None)


@pytest.mark.parametrize(
    "text", ["", "hello", "A" * 43, "A" * 42 + "==", "é" * 44, " " + "A" * 43 + "=", "A" * 87 + "="]
)
def test_k4_an_item_that_is_no_key_is_refused(real: Session, text: str) -> None:
    keep_by_hand(real, VAULT, text)
    read, gone, after = ask(real.env, ("fetch", VAULT), ("remove", VAULT), ("fetch", VAULT))
    assert read.error == "keyring-unavailable"
    assert "not a key" in read.message
    assert (gone.error, after.error, after.value) == (None, None, None)


def test_k4_remove_takes_every_copy(real: Session) -> None:
    for number in range(3):
        keep_by_hand(real, VAULT, base64.b64encode(bytes(32)).decode(), application=str(number))
    gone, after = ask(real.env, ("remove", VAULT), ("fetch", VAULT))
    assert (gone.error, after.value) == (None, None)
    assert kept_texts(real, username=VAULT) == []


def test_k4_locked_and_nobody_to_unlock(tmp_path: Path) -> None:
    """A locked collection whose prompt cannot be shown comes back at once, and what is in it stays."""
    with gnome_keyring(tmp_path) as session:
        ask(session.env, ("store", VAULT, KEY))
        lock_collection(session)
        for answer in ask(session.env, *ALL_CALLS):
            assert answer.error == "keyring-unavailable"
            assert "locked" in answer.message
            assert answer.seconds < 2


def test_k4_absent_no_session_bus(tmp_path: Path) -> None:
    env = bare_environment(tmp_path)
    for answer in ask({**env, "DISPLAY": ":77"}, *ALL_CALLS):
        assert answer.error == "keyring-unavailable"
        assert "running" in answer.message
        assert answer.seconds < 2
    assert files_under(tmp_path) == set()


def test_k4_without_a_session_no_d_bus_library_is_even_loaded(tmp_path: Path) -> None:
    """Such a library may start a bus of its own, with files in the home folder."""
    printed = in_session(
        {**bare_environment(tmp_path), "DISPLAY": ":77"},
        WHAT_IS_LOADED
        + 'print([name for name in ("keyring", "secretstorage", "jeepney", "dbus") if name in sys.modules])',
    )
    assert printed.split()[-1] == "[]"


@pytest.mark.parametrize("address", ["unix:path=/nowhere/bus", "nonsense", "tcp:host=localhost,port=1"])
def test_k4_absent_a_bus_that_is_not_there(tmp_path: Path, address: str) -> None:
    env = {**bare_environment(tmp_path), "DBUS_SESSION_BUS_ADDRESS": address}
    for answer in ask(env, *ALL_CALLS):
        assert answer.error == "keyring-unavailable"
        assert answer.seconds < 2


def test_k4_absent_a_bus_without_a_keyring(tmp_path: Path) -> None:
    with private_bus(tmp_path) as session:
        for answer in ask(session.env, *ALL_CALLS):
            assert answer.error == "keyring-unavailable"
            assert "running" in answer.message
            assert answer.seconds < 2


def test_k4_the_odd_service_is_a_keyring_when_it_wants(tmp_path: Path) -> None:
    """Shows that the refusals below come from the mood and not from the double."""
    with odd_keyring(tmp_path, "honest") as session:
        answers = ask(session.env, ("store", VAULT, KEY), ("fetch", VAULT), ("remove", VAULT), ("fetch", VAULT))
        assert [answer.error for answer in answers] == [None] * 4
        assert [answer.value for answer in answers] == [None, KEY, None, None]


@pytest.mark.parametrize("mood", ["dismissed", "denied"])
def test_k4_unlocking_refused(tmp_path: Path, mood: str) -> None:
    with odd_keyring(tmp_path, mood) as session:
        for answer in ask(session.env, *ALL_CALLS):
            assert answer.error == "keyring-unavailable"
            assert answer.seconds < 2
        # One question, one prompt: nobody is asked twice for one thing.
        assert session.events() == (["prompted"] * len(ALL_CALLS) if mood == "dismissed" else [])


@pytest.mark.parametrize("mood", ["silent", "forever"])
def test_k4_hanging(tmp_path: Path, mood: str) -> None:
    """A service that never answers, or a prompt that stays open, costs the time-out once and then nothing."""
    with odd_keyring(tmp_path, mood) as session:
        first, *later = ask(session.env, *ALL_CALLS, timeout=0.7)
        assert first.error == "keyring-unavailable"
        assert "in time" in first.message
        assert 0.7 <= first.seconds < 2
        for answer in later:
            assert answer.error == "keyring-unavailable"
            assert "earlier" in answer.message
            assert answer.seconds < 0.2


@pytest.mark.parametrize(("mood", "left"), [("lying", ["created", "deleted"]), ("forgetful", ["created"])])
def test_k4_lying(tmp_path: Path, mood: str, left: list[str]) -> None:
    with odd_keyring(tmp_path, mood) as session:
        (answer,) = ask(session.env, ("store", VAULT, KEY))
        assert answer.error == "keyring-unavailable"
        assert "give back" in answer.message
        assert session.events() == left


def test_k4_a_store_that_ends_too_late_is_taken_back(tmp_path: Path) -> None:
    with odd_keyring(tmp_path, "slow") as session:
        (answer,) = ask(session.env, ("store", VAULT, KEY), timeout=0.5, wait=1.5)
        assert answer.error == "keyring-unavailable"
        assert session.events() == ["created", "deleted"]


@pytest.mark.parametrize("named", ["trap_store.Keyring", "keyrings.alt.file.PlaintextKeyring"])
@pytest.mark.parametrize("bus", [False, True])
def test_k4_f12_traps_are_never_imported(tmp_path: Path, real: Session, named: str, bus: bool) -> None:
    """Variable, keyringrc.cfg and plug-in name a plain-text store: with or without a real keyring it is not touched."""
    home = tmp_path / "home"
    env = bare_environment(home)
    set_traps(env, home)
    env["PYTHON_KEYRING_BACKEND"] = named
    if bus:
        env["DBUS_SESSION_BUS_ADDRESS"] = real.env["DBUS_SESSION_BUS_ADDRESS"]
    before = files_under(home)
    printed = in_session(env, WHAT_IS_LOADED).split(maxsplit=3)
    assert printed[:3] == ["worked" if bus else "refused"] * 3
    assert printed[3].strip() == "[]"
    assert files_under(home) == before


@pytest.mark.parametrize("variable", [True, False])
def test_k4_f12_the_trap_works_for_who_lets_the_package_choose(tmp_path: Path, variable: bool) -> None:
    """The control: the package's own choice falls into each of these traps."""
    home = tmp_path / "home"
    env = bare_environment(home)
    set_traps(env, home)
    if variable:
        env["PYTHON_KEYRING_BACKEND"] = "trap_store.Keyring"
        (home / "config" / "python_keyring" / "keyringrc.cfg").unlink()
    in_session(env, "import keyring; keyring.set_password('a', 'b', 'c')")
    assert {"sprung", "plain"} <= files_under(home)


def test_k4_the_null_keyring_is_never_used(tmp_path: Path) -> None:
    env = {**bare_environment(tmp_path), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    printed = in_session(env, WHAT_IS_LOADED).split(maxsplit=3)
    assert printed[:3] == ["refused"] * 3
    assert printed[3].strip() == "[]"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PREFERRED_COLLECTION", "/org/freedesktop/secrets/collection/session"),
        ("SCHEME", "KeePassXC"),
        ("GET_PASSWORD", "x"),
        ("VIABLE", "x"),
    ],
)
def test_k4_properties_in_the_environment_are_not_obeyed(real: Session, name: str, value: str) -> None:
    env = {**real.env, f"KEYRING_PROPERTY_{name}": value}
    (kept,) = ask(env, ("store", VAULT, KEY))
    assert kept.error is None, kept.message
    assert ask(real.env, ("fetch", VAULT))[0].value == KEY


def test_a_secret_of_another_length_or_an_odd_id_is_a_bug() -> None:
    store = KeyringStore()
    with pytest.raises(ValueError, match="32 bytes"):
        store.store(VAULT, b"short")
    for odd in ("", "name of a person", "5"):
        with pytest.raises(ValueError, match="hex"):
            store.fetch(odd)


class Memory:
    """A backend in memory that waits for ``gate`` before it answers."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.gate = threading.Event()
        self.gate.set()

    def get_password(self, service: str, username: str) -> str | None:
        self.gate.wait(20)
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_a_keyring_that_wakes_up_can_be_used_again() -> None:
    backend = Memory()
    store = KeyringStore(0.2, lambda: backend)
    store.store(VAULT, bytes(32))
    backend.gate.clear()
    for _ in range(2):
        with pytest.raises(KeyringUnavailable):
            store.fetch(VAULT)
    assert sum(thread.name == "integrate-keyring" for thread in threading.enumerate()) == 1
    backend.gate.set()
    until = time.monotonic() + 5
    while any(thread.name == "integrate-keyring" for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert store.fetch(VAULT) == bytes(32)


def test_an_error_of_the_backend_carries_no_secret() -> None:
    class Chatty(Memory):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise RuntimeError(f"cannot keep {password}")

    with pytest.raises(KeyringUnavailable) as told:
        KeyringStore(5, Chatty).store(VAULT, bytes(32))
    assert "AAAA" not in told.value.message()
    assert told.value.__cause__ is None
    assert told.value.__context__ is None


def test_a_failed_write_does_not_take_away_an_earlier_key() -> None:
    backend = Memory()
    KeyringStore(5, lambda: backend).store(VAULT, bytes(32))

    class Full(Memory):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise RuntimeError

    full = Full()
    full.kept = backend.kept
    with pytest.raises(KeyringUnavailable):
        KeyringStore(5, lambda: full).store(VAULT, bytes.fromhex(KEY))
    assert KeyringStore(5, lambda: backend).fetch(VAULT) == bytes(32)


def test_a_keyring_that_does_not_forget_is_told() -> None:
    class Sticky(Memory):
        def delete_password(self, service: str, username: str) -> None:
            pass

    sticky = Sticky()
    store = KeyringStore(5, lambda: sticky)
    store.store(VAULT, bytes(32))
    with pytest.raises(KeyringUnavailable):
        store.remove(VAULT)


def test_no_thread_to_be_had_is_a_refusal_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Memory()
    store = KeyringStore(5, lambda: backend)

    def no_more(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", no_more)
        with pytest.raises(KeyringUnavailable):
            store.fetch(VAULT)
    assert store.fetch(VAULT) is None
