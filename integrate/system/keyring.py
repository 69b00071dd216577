"""A second key to a journal in the keyring of the operating system, or a clear refusal: never a file, never a hang.

The keyring package chooses its store from an environment variable, from a file in the home folder and from every
installed plug-in; each of these can point at a store that keeps secrets in plain text. So its own choice
is never asked: the stores below are the only ones, and nothing in the environment changes them.

A keyring may be absent, locked, refused, hanging or lying. All of that is one outcome,
:class:`~integrate.errors.KeyringUnavailable`, and the passphrase opens the journal as always.
"""

from __future__ import annotations

import base64
import binascii
import functools
import hmac
import os
import sys
import threading
import types
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Final, Generic, Protocol, TypeVar, cast

from integrate.errors import KeyringUnavailable
from integrate.i18n import N_, _

T = TypeVar("T")

SERVICE: Final = "integrate"
SECRET_LENGTH: Final = 32
TIMEOUT: Final = 15.0
"""Seconds that one call may take before the passphrase is asked for instead."""

_COPIES_AT_MOST: Final = 16

_ABSENT: Final = N_("No keyring service that Integrate trusts is running here.")
_LOCKED: Final = N_("It is locked and was not unlocked.")
_SILENT: Final = N_("It did not answer in time.")
_BUSY: Final = N_("It has still not answered an earlier question.")
_LYING: Final = N_("It did not give back what was put into it.")
_NO_KEY: Final = N_("What it holds for this journal is not a key.")
_FAILED: Final = N_("It reported an error.")


class KeyStore(Protocol):
    """Keeps one secret of 32 bytes per journal, outside the journal. Losing it loses nothing but convenience."""

    def store(self, vault_id: str, secret: bytes) -> None:
        """Keep ``secret`` (32 bytes) for ``vault_id`` (hex), in place of an earlier one.

        Raises:
            KeyringUnavailable: it could not be kept for sure; nothing of it is left where that could be managed.
        """
        ...

    def fetch(self, vault_id: str) -> bytes | None:
        """The secret kept for ``vault_id`` (hex), or None where there is none.

        Raises:
            KeyringUnavailable: the store could not be asked, or holds something that is no key.
        """
        ...

    def remove(self, vault_id: str) -> None:
        """Forget what is kept for ``vault_id`` (hex); having nothing is fine.

        Raises:
            KeyringUnavailable: the store could not be asked, or would not forget.
        """
        ...


class Backend(Protocol):
    """The calls of a backend of the keyring package that are used here."""

    def get_password(self, service: str, username: str) -> str | None:
        """The text kept under this name, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a text under this name."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget the text under this name; an error where there is none."""
        ...


class KeyringStore:
    """The operating system's keyring as a :class:`KeyStore`. Safe to share between threads: one call at a time.

    Every call runs in a thread of its own that may be left behind, so that a keyring that hangs never hangs the
    program. Python cannot wipe the texts the backends work with: they live as short as possible.
    """

    def __init__(self, timeout: float = TIMEOUT, open_backend: Callable[[], Backend] | None = None) -> None:
        """Bound every call by ``timeout`` seconds. ``open_backend`` stands in for the allow-list, in the worker."""
        self._timeout = timeout
        self._open_backend = open_backend or open_trusted_backend
        self._guard = threading.Lock()
        self._left_behind: threading.Event | None = None

    def store(self, vault_id: str, secret: bytes) -> None:
        """See :meth:`KeyStore.store`. What was written is read back and compared before it counts.

        Raises:
            KeyringUnavailable: no trusted keyring kept it; a value that came back changed has been removed.
            ValueError: ``secret`` is not 32 bytes or ``vault_id`` not hex, which is a bug of the caller.
        """
        user = _checked(vault_id)
        if len(secret) != SECRET_LENGTH:
            raise ValueError("a keyring secret has 32 bytes")
        value = base64.b64encode(secret).decode("ascii")

        def write_and_compare(abandoned: threading.Event) -> None:
            backend = self._open_backend()
            if abandoned.is_set():
                return
            # A write that fails is left as it is: removing would ask a second time to unlock, and could take away an
            # earlier key that still works.
            backend.set_password(SERVICE, user, value)
            kept = False
            try:
                answer = backend.get_password(SERVICE, user)
                kept = answer is not None and hmac.compare_digest(answer.encode("utf-8"), value.encode("ascii"))
            finally:
                # Also when the caller was told meanwhile that it failed: a key nobody knows of must not stay.
                if not kept or abandoned.is_set():
                    with suppress(Exception):
                        backend.delete_password(SERVICE, user)
            if not kept:
                raise _RefusedError(_LYING)

        self._bounded(write_and_compare)

    def fetch(self, vault_id: str) -> bytes | None:
        """See :meth:`KeyStore.fetch`.

        Raises:
            KeyringUnavailable: no trusted keyring answered, or its answer is no key.
            ValueError: ``vault_id`` is not hex, which is a bug of the caller.
        """
        user = _checked(vault_id)

        def read(_abandoned: threading.Event) -> bytes | None:
            answer = self._open_backend().get_password(SERVICE, user)
            return None if answer is None else _secret_of(answer)

        return self._bounded(read)

    def remove(self, vault_id: str) -> None:
        """See :meth:`KeyStore.remove`. Every item of that name goes, should there be several.

        Raises:
            KeyringUnavailable: no trusted keyring answered, or the item is still there.
            ValueError: ``vault_id`` is not hex, which is a bug of the caller.
        """
        user = _checked(vault_id)

        def forget(abandoned: threading.Event) -> None:
            backend = self._open_backend()
            for _copy in range(_COPIES_AT_MOST):
                if abandoned.is_set() or backend.get_password(SERVICE, user) is None:
                    return
                backend.delete_password(SERVICE, user)
            raise _RefusedError(_LYING)

        self._bounded(forget)

    def _bounded(self, work: Callable[[threading.Event], T]) -> T:
        """Run ``work`` in a thread and wait for it no longer than the time-out; tell it when nobody waits any more."""
        if not self._guard.acquire(timeout=self._timeout):
            raise KeyringUnavailable(reason=_(_BUSY))
        try:
            # One thread left behind is enough: a keyring that hangs must not collect them.
            if self._left_behind is not None and not self._left_behind.is_set():
                raise KeyringUnavailable(reason=_(_BUSY))
            call = _Call(work)
            self._left_behind = call.done
            if not call.finish(self._timeout):
                raise KeyringUnavailable(reason=_(_SILENT))
            self._left_behind = None
        finally:
            self._guard.release()
        if call.refusal is not None:
            raise KeyringUnavailable(reason=_(call.refusal))
        return call.outcome[0]


class _RefusedError(Exception):
    """A refusal with its reason (a sentence still to be translated)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Call(Generic[T]):
    """One piece of work in a daemon thread, which does not keep the program from ending."""

    def __init__(self, work: Callable[[threading.Event], T]) -> None:
        self.done = threading.Event()
        self.refusal: str | None = None
        self.outcome: list[T] = []
        self._work = work
        self._abandoned = threading.Event()

    def finish(self, timeout: float) -> bool:
        """Start, wait up to ``timeout`` seconds, and answer whether it ended; if not, it is marked abandoned."""
        try:
            threading.Thread(target=self._run, name="integrate-keyring", daemon=True).start()
        except RuntimeError:
            # The system gives no more threads: the passphrase still works.
            self.refusal = _FAILED
            self.done.set()
            return True
        ended = False
        try:
            ended = self.done.wait(timeout)
        finally:
            # Ctrl-C comes this way too.
            if not ended:
                self._abandoned.set()
        return ended

    def _run(self) -> None:
        try:
            self.outcome.append(self._work(self._abandoned))
        except BaseException as error:
            # Only the reason leaves this thread: the exception's text or frames may hold the secret.
            self.refusal = _reason_of(error)
        finally:
            self.done.set()


def open_trusted_backend() -> Backend:
    """The first store of the allow-list that works on this machine; only the modules of the list are imported.

    The order is fixed and no other store is tried after a failure: the key must be looked for where it was put, and a
    person is asked to unlock one keyring, not two.

    Raises:
        Exception: none of them works here.
    """
    for load in _allow_list():
        backend = None
        with suppress(Exception):
            backend = load()
        if backend is not None:
            return backend
    raise _RefusedError(_ABSENT)


class _BackendClass(Protocol):
    """A backend class of the keyring package. ``priority`` raises where it cannot work, and may talk to the system."""

    priority: float

    def __call__(self) -> Backend: ...


def _allow_list() -> tuple[Callable[[], Backend | None], ...]:
    if sys.platform == "win32":
        return (_windows_vault,)
    if sys.platform == "darwin":
        return (_macos_keychain,)
    # Without this variable there is no session to ask, and a D-Bus library might start one of its own.
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return ()
    return (_secret_service, _kwallet)


def _secret_service() -> Backend | None:
    from keyring.backends.SecretService import Keyring

    return _instance(cast("Hashable", Keyring))


def _kwallet() -> Backend | None:
    from keyring.backends.kwallet import DBusKeyring

    return _instance(cast("Hashable", DBusKeyring))


def _macos_keychain() -> Backend | None:
    from keyring.backends.macOS import Keyring

    return _instance(cast("Hashable", Keyring))


def _windows_vault() -> Backend | None:
    from keyring.backends.Windows import WinVaultKeyring

    backend = _instance(cast("Hashable", WinVaultKeyring))
    if backend is not None:
        # The package's default lets the item roam with the profile to other computers.
        setattr(backend, "persist", "local machine")  # noqa: B010 - a descriptor of the concrete class
    return backend


def _instance(base: Hashable) -> Backend | None:
    backend_class = _deaf(base)
    return backend_class() if backend_class.priority > 0 else None


@functools.cache
def _deaf(base: Hashable) -> _BackendClass:
    """``base`` without ears for the environment.

    On creation a backend sets every ``KEYRING_PROPERTY_*`` variable as an attribute of itself, which can move the item
    to another collection or file, or replace a method.
    """
    original = cast("type[object]", base)
    body = {"set_properties_from_env": lambda _self: None, "keychain": None, "__module__": __name__}
    return cast(
        "_BackendClass", types.new_class(original.__name__, (original,), exec_body=lambda names: names.update(body))
    )


def _checked(vault_id: str) -> str:
    if not vault_id or not bytes.fromhex(vault_id):
        raise ValueError("a vault id is written in hex")
    return vault_id


def _secret_of(answer: str) -> bytes:
    try:
        secret = base64.b64decode(answer.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        secret = b""
    if len(secret) != SECRET_LENGTH:
        raise _RefusedError(_NO_KEY)
    return secret


def _reason_of(error: BaseException) -> str:
    """The sentence for what a backend raised. By the names of the classes: their packages differ per system."""
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, _RefusedError):
            return link.reason
        names = {kind.__name__ for kind in type(link).__mro__}
        if names & {"KeyringLocked", "LockedException", "PromptDismissedException"}:
            return _LOCKED
        if names & {"NoKeyringError", "SecretServiceNotAvailableException"}:
            return _ABSENT
        link = link.__cause__
    return _FAILED
