"""Key memory: wiped when it should be, out of dumps and swap, silent."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from integrate.system.memory import SecretBuffer, wipe

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's /proc")


def test_a_new_buffer_is_zero_and_has_exactly_the_length_asked_for() -> None:
    for length in (1, 16, 32, 4096, 4097):
        with SecretBuffer(length) as buffer:
            assert bytes(buffer.view) == bytes(length)
            assert len(buffer) == buffer.length == length


def test_a_buffer_of_no_bytes_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one byte"):
        SecretBuffer(0)


def test_leaving_the_context_overwrites_what_a_slice_still_shows() -> None:
    with SecretBuffer.holding(b"key material") as buffer:
        part = buffer.view[4:]
        assert bytes(part) == b"material"
    assert bytes(part) == bytes(8)
    assert buffer.wiped


def test_wiping_twice_is_fine_and_a_wiped_buffer_cannot_be_read() -> None:
    buffer = SecretBuffer.holding(b"secret")
    buffer.wipe()
    buffer.wipe()
    with pytest.raises(ValueError, match="wiped"):
        _ = buffer.view


def test_a_forgotten_buffer_is_wiped_when_it_goes() -> None:
    buffer = SecretBuffer.holding(b"forgotten")
    part = buffer.view[:]
    del buffer
    assert bytes(part) == bytes(9)


def test_neither_repr_nor_pickle_nor_copy_shows_the_content() -> None:
    with SecretBuffer.holding(b"sesame") as buffer:
        assert "sesame" not in repr(buffer) + str(buffer)
        for leak in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(TypeError, match="never copied"):
                leak(buffer)


def test_random_buffers_are_filled_to_the_end_and_differ() -> None:
    buffers = [SecretBuffer.random(5000) for _ in range(3)]
    contents = {bytes(buffer.view) for buffer in buffers}
    assert len(contents) == 3
    for content in contents:
        assert len(set(content[-500:])) > 100, "the end was left unfilled"


def test_wipe_overwrites_bytearrays_and_views_in_place() -> None:
    data = bytearray(b"0123456789")
    wipe(memoryview(data)[2:5])
    assert data == b"01\0\0\x0056789"
    wipe(data)
    assert data == bytes(10)


@linux_only
def test_the_pages_are_locked_and_left_out_of_core_dumps_and_forks() -> None:
    import ctypes
    import resource

    with SecretBuffer.holding(b"x" * 32) as buffer:
        address = ctypes.addressof(ctypes.c_char.from_buffer(buffer.view))
        flags = _flags_of(address)
        assert {"dd", "wf"} <= flags, flags
        if resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] != 0:
            assert "lo" in flags, flags


@linux_only
def test_a_system_that_locks_no_memory_keeps_nobody_out() -> None:
    script = (
        "import resource, os\n"
        "resource.setrlimit(resource.RLIMIT_MEMLOCK, (0, 0))\n"
        "from integrate.system.memory import SecretBuffer\n"
        "b = SecretBuffer.holding(b'abc'); assert bytes(b.view) == b'abc'; b.wipe(); print('fine')"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert answer.stdout == "fine\n", answer.stderr


@linux_only
def test_a_forked_child_finds_zeros() -> None:
    script = (
        "import os\n"
        "from integrate.system.memory import SecretBuffer\n"
        "b = SecretBuffer.holding(b'parent only')\n"
        "child = os.fork()\n"
        "if child == 0: os._exit(0 if bytes(b.view) == bytes(11) else 1)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), bytes(b.view).decode())"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert answer.stdout == "0 parent only\n", answer.stderr


def _flags_of(address: int) -> set[str]:
    inside = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        first = line.split(" ", 1)[0]
        if "-" in first and not first.endswith(":"):
            start, end = (int(part, 16) for part in first.split("-"))
            inside = start <= address < end
        elif inside and line.startswith("VmFlags:"):
            return set(line.split()[1:])
    return set()
