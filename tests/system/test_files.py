from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.errors import DiskFull, DiskRefused, ReadOnlyPlace, TargetExists
from integrate.system import files
from integrate.system.files import (
    create_private,
    disk_errors,
    make_private_folder,
    private_file,
    private_umask,
    sync_folder,
    translate_os_error,
    write_private,
)
from tests.helpers.rights import ordinary_rights

ROOT = Path(__file__).resolve().parents[2]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_s2_modes_do_not_depend_on_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_private(tmp_path / "written", b"1")
        create_private(tmp_path / "created", b"2")
        make_private_folder(tmp_path / "a" / "b", parents=True)
    finally:
        os.umask(before)
    assert mode(tmp_path / "written") == mode(tmp_path / "created") == 0o600
    assert mode(tmp_path / "a") == mode(tmp_path / "a" / "b") == 0o700


def test_s2_replacing_an_open_file_makes_it_private(tmp_path: Path) -> None:
    target = tmp_path / "settings"
    target.write_bytes(b"old")
    target.chmod(0o666)
    write_private(target, b"new")
    assert (target.read_bytes(), mode(target)) == (b"new", 0o600)
    assert [place.name for place in tmp_path.iterdir()] == ["settings"]


def test_private_umask_holds_inside_and_is_given_back(tmp_path: Path) -> None:
    os.umask(0o022)
    with pytest.raises(RuntimeError), private_umask():
        (tmp_path / "inside").write_bytes(b"")
        raise RuntimeError
    (tmp_path / "outside").write_bytes(b"")
    assert (mode(tmp_path / "inside"), mode(tmp_path / "outside")) == (0o600, 0o644)


@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_create_never_overwrites(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "taken"
    if kind == "file":
        target.write_bytes(b"mine")
    elif kind == "folder":
        target.mkdir()
    else:
        target.symlink_to(tmp_path / "nowhere")
    before = target.lstat()
    with pytest.raises(TargetExists) as refused:
        create_private(target, b"yours")
    assert refused.value.parameters["target"] == target
    assert target.lstat() == before
    assert [place.name for place in tmp_path.iterdir()] == ["taken"]


def test_create_loses_a_race_without_overwriting(tmp_path: Path) -> None:
    """Something that appears while the content is written is found at the last step."""
    target = tmp_path / "raced"
    with pytest.raises(TargetExists), private_file(target, overwrite=False) as stream:
        stream.write(b"yours")
        target.write_bytes(b"mine")
    assert target.read_bytes() == b"mine"
    assert [place.name for place in tmp_path.iterdir()] == ["raced"]


@pytest.mark.parametrize("taken", [False, True])
def test_create_where_hard_links_are_not_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool) -> None:
    """A stick with FAT answers EPERM to link."""

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(files.os, "link", no_links)
    target = tmp_path / "copy"
    if taken:
        with pytest.raises(TargetExists), private_file(target, overwrite=False) as stream:
            stream.write(b"yours")
            target.write_bytes(b"mine")
    else:
        create_private(target, b"mine")
        assert mode(target) == 0o600
    assert target.read_bytes() == b"mine"
    assert [place.name for place in tmp_path.iterdir()] == ["copy"]


def test_nothing_appears_before_the_whole_is_written(tmp_path: Path) -> None:
    target = tmp_path / "secret diary"
    with private_file(target, overwrite=False) as stream:
        stream.write(b"half")
        stream.flush()
        (draft,) = tmp_path.iterdir()
        assert draft.name.startswith(".")
        assert "secret" not in draft.name
        assert mode(draft) == 0o600
        assert not target.exists()
    assert target.read_bytes() == b"half"


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
def test_a_failure_inside_leaves_the_old_file_and_no_draft(tmp_path: Path, failure: type[BaseException]) -> None:
    target = tmp_path / "kept"
    target.write_bytes(b"old")
    with pytest.raises(failure), private_file(target, overwrite=True) as stream:
        stream.write(b"new")
        raise failure
    assert target.read_bytes() == b"old"
    assert [place.name for place in tmp_path.iterdir()] == ["kept"]


LIMITED = """
import resource, sys
from pathlib import Path
from integrate.system.files import write_private
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
try:
    write_private(Path(sys.argv[1]), bytes(1_000_000))
except OSError as error:
    print(error.errno)
"""


def test_a_disk_that_takes_no_more_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    target = tmp_path / "kept"
    target.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(target)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert int(done.stdout) == errno.EFBIG
    assert target.read_bytes() == b"old"
    assert [place.name for place in tmp_path.iterdir()] == ["kept"]


ENDLESS = """
import sys
from pathlib import Path
from integrate.system.files import write_private
print("go", flush=True)
while True:
    for letter in b"ab":
        write_private(Path(sys.argv[1]), bytes([letter]) * 3_000_000)
"""


def test_a_killed_writer_leaves_one_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "kept"
    for trial in range(5):
        target.write_bytes(b"a" * 3_000_000)
        writer = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, str(target)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"go\n"
        time.sleep(0.02 + trial * 0.013)
        writer.send_signal(signal.SIGKILL)
        writer.wait(10)
        writer.stdout.close()
        content = target.read_bytes()
        assert content in (b"a" * 3_000_000, b"b" * 3_000_000)


def test_make_private_folder_leaves_what_is_there(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    make_private_folder(shared, exist_ok=True)
    assert mode(shared) == 0o755
    with pytest.raises(TargetExists):
        make_private_folder(shared)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(TargetExists):
        make_private_folder(tmp_path / "file", exist_ok=True)
    with pytest.raises(FileNotFoundError):
        make_private_folder(tmp_path / "no" / "parent")


def test_a_folder_that_may_not_be_written_is_told_as_such(shared_folder: Path) -> None:
    shared_folder.chmod(0o555)
    with ordinary_rights():
        for write in (write_private, create_private):
            with pytest.raises(ReadOnlyPlace) as told, disk_errors(shared_folder):
                write(shared_folder / "x", b"")
            assert str(shared_folder) in told.value.message()
    assert list(shared_folder.iterdir()) == []


def test_a_full_disk_is_told_as_such() -> None:
    with pytest.raises(DiskFull), disk_errors("here"), Path("/dev/full").open("wb", buffering=0) as full:
        full.write(b"x")


def test_a_missing_place_is_told_as_refused(tmp_path: Path) -> None:
    with pytest.raises(DiskRefused) as told, disk_errors(tmp_path):
        write_private(tmp_path / "gone" / "x", b"")
    assert type(told.value) is DiskRefused
    assert isinstance(told.value.__cause__, FileNotFoundError)


@given(number=st.none() | st.sampled_from(sorted(errno.errorcode)) | st.integers())
def test_every_os_error_has_its_sentence(number: int | None) -> None:
    error = OSError() if number is None else OSError(number, "text of the system")
    known = translate_os_error(error, "the folder")
    expected = {
        errno.ENOSPC: DiskFull,
        errno.EDQUOT: DiskFull,
        errno.EROFS: ReadOnlyPlace,
        errno.EACCES: ReadOnlyPlace,
        errno.EPERM: ReadOnlyPlace,
    }
    assert type(known) is expected.get(number or 0, DiskRefused)
    assert "text of the system" not in known.message()
    assert "{" not in known.message()


def test_disk_errors_lets_everything_else_through() -> None:
    with pytest.raises(TargetExists), disk_errors("x"):
        raise TargetExists(target="x")
    with pytest.raises(ValueError, match="bug"), disk_errors("x"):
        raise ValueError("bug")


def test_sync_folder_reports_a_failing_disk_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync_folder(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "gone")

    def fails_with(number: int) -> Callable[[int], None]:
        def fsync(_: int) -> None:
            raise OSError(number, "")

        return fsync

    monkeypatch.setattr(files.os, "fsync", fails_with(errno.EINVAL))
    sync_folder(tmp_path)
    monkeypatch.setattr(files.os, "fsync", fails_with(errno.EIO))
    with pytest.raises(OSError, match=r"\[Errno 5\]"):
        sync_folder(tmp_path)
