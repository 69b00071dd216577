"""The slow derivation: right, capped, calibrated, and kind when memory is short."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.errors import OutOfMemory
from integrate.storage import kdf
from integrate.storage.kdf import DEFAULT, FLOOR, KdfCost, calibrate, derive
from integrate.system.memory import SecretBuffer, SecretBytes

MIB = 1024


class Machine:
    """Takes a given time for the default cost and has a given amount of memory; counts derivations."""

    def __init__(self, seconds_at_default: float, free_mib: int = 10_000) -> None:
        self.now = 100.0
        self.runs: list[KdfCost] = []
        self._rate = seconds_at_default / (DEFAULT.memory_kib * DEFAULT.iterations)
        self._free = free_mib * MIB

    def clock(self) -> float:
        return self.now

    def run(self, passphrase: SecretBytes, salt: bytes, cost: KdfCost, out: SecretBuffer) -> None:
        if cost.memory_kib > self._free:
            raise MemoryError
        self.runs.append(cost)
        self.now += self.seconds(cost)

    def seconds(self, cost: KdfCost) -> float:
        return self._rate * cost.memory_kib * cost.iterations

    def calibrate(self, target: float = 1.0) -> KdfCost:
        return calibrate(target, clock=self.clock, run=self.run)


def test_the_published_figures_are_the_ones_of_the_format() -> None:
    assert (DEFAULT.memory_kib, DEFAULT.iterations, DEFAULT.lanes) == (262144, 3, 4)
    assert (FLOOR.memory_kib, FLOOR.iterations) == (65536, 3)
    assert FLOOR.within_caps
    assert DEFAULT.within_caps


def test_the_derivation_is_argon2id_as_another_call_computes_it() -> None:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    expected = Argon2id(salt=b"s" * 32, length=32, iterations=3, lanes=4, memory_cost=65536).derive(b"open sesame")
    with SecretBuffer(32) as out:
        derive(memoryview(b"open sesame"), b"s" * 32, FLOOR, out)
        assert bytes(out.view) == expected


@pytest.mark.parametrize(
    "cost",
    [
        KdfCost(0, 65536, 4),
        KdfCost(17, 65536, 4),
        KdfCost(2**32 - 1, 65536, 4),
        KdfCost(3, 65535, 4),
        KdfCost(3, 2**21 + 1, 4),
        KdfCost(3, 2**32 - 1, 4),
        KdfCost(3, 65536, 0),
        KdfCost(3, 65536, 17),
    ],
)
def test_a_cost_outside_the_caps_is_never_paid(cost: KdfCost) -> None:
    assert not cost.within_caps
    with SecretBuffer(32) as out, pytest.raises(ValueError, match="caps"):
        derive(b"x", bytes(32), cost, out)


def test_the_edges_of_the_caps_are_inside() -> None:
    assert KdfCost(1, 65536, 1).within_caps
    assert KdfCost(16, 2**21, 16).within_caps


@pytest.mark.skipif(sys.platform != "linux", reason="limits address space")
def test_too_little_memory_is_told_with_the_amount_d8() -> None:
    script = (
        "import resource\n"
        "from integrate.storage import kdf\n"
        "from integrate.system.memory import SecretBuffer\n"
        "from integrate.errors import OutOfMemory\n"
        "from cryptography.hazmat.primitives.kdf.argon2 import Argon2id\n"
        "out = SecretBuffer(32)\n"
        "resource.setrlimit(resource.RLIMIT_AS, (240 << 20, -1))\n"
        "try: kdf.derive(b'x', bytes(32), kdf.DEFAULT, out)\n"
        "except OutOfMemory as error: print(error.exit_code, error.message())\n"
        "print(kdf.calibrate().memory_kib)\n"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert answer.stdout.startswith("6 Opening this journal needs 256 MiB"), answer.stderr
    assert answer.stdout.splitlines()[1] in ("131072", "65536"), "calibration steps down instead of failing"


@pytest.mark.parametrize(
    ("seconds", "passes", "mib"),
    [
        (1.0, 3, 256),
        (0.5, 6, 256),
        (0.6, 5, 256),
        (0.01, 16, 256),
        (1.9, 3, 256),
        (2.1, 3, 128),
        (4.1, 3, 64),
        (60.0, 3, 64),
    ],
)
def test_a_fast_machine_makes_more_passes_and_a_slow_one_takes_less_memory(
    seconds: float, passes: int, mib: int
) -> None:
    machine = Machine(seconds)
    assert machine.calibrate() == KdfCost(passes, mib * MIB, 4)
    assert len(machine.runs) == 1, "one measured derivation, not more"


@pytest.mark.parametrize(("free", "mib"), [(200, 128), (100, 64)])
def test_calibration_steps_down_when_memory_is_short(free: int, mib: int) -> None:
    machine = Machine(1.0, free)
    cost = machine.calibrate()
    assert cost.memory_kib == mib * MIB
    assert machine.seconds(cost) == pytest.approx(1.0, abs=0.15)


def test_calibration_without_the_floors_memory_is_told() -> None:
    with pytest.raises(OutOfMemory) as caught:
        Machine(1.0, 10).calibrate()
    assert caught.value.parameters["mebibytes"] == 64


@given(st.floats(0.0, 1000.0), st.floats(0.05, 5.0), st.sampled_from([64, 128, 256, 9999]))
def test_calibration_never_leaves_floor_or_caps(seconds: float, target: float, free: int) -> None:
    cost = Machine(seconds, free).calibrate(target)
    assert cost.within_caps
    assert cost.memory_kib >= FLOOR.memory_kib
    assert cost.iterations >= FLOOR.iterations


def test_calibration_measures_the_real_derivation() -> None:
    cost = calibrate(0.05)
    assert cost.within_caps
    assert cost.iterations >= kdf.FLOOR.iterations
