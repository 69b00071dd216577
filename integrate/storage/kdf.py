"""Slow key derivation for passphrases: Argon2id, its cost, and how that cost is chosen for a machine.

Figures follow RFC 9106: the floor is its second recommended choice (64 MiB, three passes, four lanes); the default
takes four times that memory. What a file may ask for is capped, so that a forged header can neither exhaust the memory
nor keep the processor busy for hours.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from integrate.errors import OutOfMemory
from integrate.system.memory import SecretBuffer, SecretBytes

KIB_PER_MIB: Final = 1024
MEMORY_CAPS_KIB: Final = (64 * KIB_PER_MIB, 2048 * KIB_PER_MIB)
ITERATION_CAPS: Final = (1, 16)
LANE_CAPS: Final = (1, 16)
KEY_LENGTH: Final = 32
SALT_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one derivation costs: passes over the memory, memory in KiB, lanes that may run side by side."""

    iterations: int
    memory_kib: int
    lanes: int

    @property
    def within_caps(self) -> bool:
        """Whether this program is willing to pay it for a file it does not trust yet."""
        pairs = ((self.iterations, ITERATION_CAPS), (self.memory_kib, MEMORY_CAPS_KIB), (self.lanes, LANE_CAPS))
        return all(low <= value <= high for value, (low, high) in pairs)

    @property
    def mebibytes(self) -> int:
        """The memory in MiB, rounded up."""
        return -(-self.memory_kib // KIB_PER_MIB)


DEFAULT: Final = KdfCost(iterations=3, memory_kib=256 * KIB_PER_MIB, lanes=4)
FLOOR: Final = KdfCost(iterations=3, memory_kib=64 * KIB_PER_MIB, lanes=4)
_MEMORY_STEPS_KIB: Final = (256 * KIB_PER_MIB, 128 * KIB_PER_MIB, 64 * KIB_PER_MIB)
_PATIENCE: Final = 2.0  # how many times the target a derivation may take before memory is stepped down


def derive(passphrase: SecretBytes, salt: bytes, cost: KdfCost, out: SecretBuffer) -> None:
    """Fill ``out`` with Argon2id (version 1.3) of ``passphrase``. Takes about a second; releases the interpreter lock.

    Raises:
        OutOfMemory: the memory is not there now.
        ValueError: ``cost`` is outside the caps (a file's cost is checked when it is parsed).
    """
    try:
        _derive(passphrase, salt, cost, out)
    except MemoryError:
        raise OutOfMemory(mebibytes=cost.mebibytes) from None


def _derive(passphrase: SecretBytes, salt: bytes, cost: KdfCost, out: SecretBuffer) -> None:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    if not cost.within_caps:
        msg = "the cost is outside the caps"
        raise ValueError(msg)
    Argon2id(
        salt=salt, length=out.length, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive_into(cast(bytes, passphrase), out.view)  # it takes any buffer; its type hints say less


def calibrate(
    target_seconds: float = 1.0,
    *,
    clock: Callable[[], float] = time.monotonic,
    run: Callable[[SecretBytes, bytes, KdfCost, SecretBuffer], None] = _derive,
) -> KdfCost:
    """The cost at which this machine takes about ``target_seconds``, found with one measured derivation.

    A fast machine makes more passes; one that would need more than twice the target takes less memory (128, then
    64 MiB). Never below :data:`FLOOR`, never above the caps. ``clock`` (seconds) and ``run`` exist for tests.

    Raises:
        OutOfMemory: not even the floor's memory is free.
    """
    for step, memory in enumerate(_MEMORY_STEPS_KIB):
        cost = KdfCost(DEFAULT.iterations, memory, DEFAULT.lanes)
        started = clock()
        try:
            with SecretBuffer(KEY_LENGTH) as out:
                run(b"a measurement, not a passphrase", bytes(SALT_LENGTH), cost, out)
        except MemoryError:
            continue
        return _fit(cost, clock() - started, target_seconds, _MEMORY_STEPS_KIB[step:])
    raise OutOfMemory(mebibytes=FLOOR.mebibytes)


def _fit(measured: KdfCost, seconds: float, target: float, memory_steps: tuple[int, ...]) -> KdfCost:
    """Scale the one measurement: Argon2's time is proportional to memory times passes."""
    memory = memory_steps[-1]
    for candidate in memory_steps:
        if seconds * candidate / measured.memory_kib <= _PATIENCE * target:
            memory = candidate
            break
    one_pass = max(seconds, 1e-6) * memory / measured.memory_kib / measured.iterations
    iterations = min(max(round(target / one_pass), FLOOR.iterations), ITERATION_CAPS[1])
    return KdfCost(iterations, memory, measured.lanes)
