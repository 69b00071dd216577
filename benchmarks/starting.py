"""The program's own start, and the key derivation."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

from benchmarks.measure import Figure, compare, seconds
from integrate.storage.kdf import KEY_LENGTH, SALT_LENGTH, calibrate, derive
from integrate.system.memory import SecretBuffer

_DERIVATIONS = 3


def starts() -> tuple[Figure, ...]:
    """Whole processes of the same interpreter: what people type most, against one that does nothing."""
    nothing = partial(_process, "-c", "pass")
    return tuple(
        # The first turns, which do not count, leave compiled bytecode behind.
        compare(f"integrate {option} / python -c pass", partial(_process, "-m", "integrate", option), nothing, 6.0)
        for option in ("--version", "--help")
    )


def derivation() -> Figure:
    """What a new journal's passphrase costs on this machine, against the second it is tuned to."""
    cost = calibrate()

    def derive_once() -> None:
        with SecretBuffer(KEY_LENGTH) as out:
            derive(b"a passphrase", bytes(SALT_LENGTH), cost, out)

    taken = tuple(seconds(derive_once) for _time in range(_DERIVATIONS))
    measured = f"{cost.mebibytes} MiB, {cost.iterations} passes, {cost.lanes} lanes"
    return Figure("key derivation as calibrated / one second", taken, None, measured)


def _process(*arguments: str) -> float:
    command = [sys.executable, *arguments]
    return seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))
