from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from integrate.system.hardening import set_owner_only_umask

ROOT = Path(__file__).resolve().parents[2]

CHILD = """
import ctypes, json, os, resource, sys
if os.geteuid() == 0:
    os.setuid(65534)
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # giving up rights made it not dumpable already: begin as a person's process
before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
done = hardening.deny_core_dumps()
after = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
print(json.dumps([done.no_core_file, done.not_dumpable, before, after, resource.getrlimit(resource.RLIMIT_CORE)]))
sys.stdout.flush()
"""
START = "import os, resource\nfrom integrate.system import hardening\n"


def run(code: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", START + code], env=env, capture_output=True, text=True, timeout=30, check=False
    )


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_m2_no_core_file_and_not_dumpable() -> None:
    done = run(CHILD)
    assert json.loads(done.stdout) == [True, True, 1, 0, [0, 0]], done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_m2_another_process_of_the_same_person_cannot_read_the_memory() -> None:
    """Without the call a sibling of the same user opens /proc/PID/mem; with it, it may not."""
    sibling = """
def reach(harden):
    r, w = os.pipe(); gate, go = os.pipe()
    pid = os.fork()
    if pid == 0:
        if harden: hardening.deny_core_dumps()
        os.write(w, b"x"); os.read(gate, 1); os._exit(0)
    os.read(r, 1)
    try:
        os.close(os.open(f"/proc/{pid}/mem", os.O_RDONLY)); seen = "open"
    except PermissionError:
        seen = "denied"
    os.write(go, b"x"); os.waitpid(pid, 0)
    return seen
if os.geteuid() == 0:
    import ctypes
    ctypes.CDLL(None)
    os.setuid(65534)
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
print(reach(False), reach(True))
"""
    done = run(sibling)
    assert done.stdout.split() == ["open", "denied"], done.stderr


def test_m2_a_refusal_is_no_error() -> None:
    done = run(
        """
def refuse(*_): raise ValueError("no")
resource.setrlimit = refuse
before = resource.getrlimit(resource.RLIMIT_CORE)[0]
print(hardening.deny_core_dumps().no_core_file == (before == 0))
"""
    )
    assert done.stdout.split() == ["True"], done.stderr


def test_s2_owner_only_umask(tmp_path: Path) -> None:
    os.umask(0o022)
    assert set_owner_only_umask() == 0o022
    (tmp_path / "made").write_bytes(b"")
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o600
