"""`integrate demo`, to the letter of its contract."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.calling import call, start
from tests.helpers.demos import DAY, everything


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase.txt"
    file.write_text("demo\n", encoding="utf-8")
    return file


def test_it_makes_a_course_of_eight_sessions_that_opens_with_demo(tmp_path: Path, secret: Path) -> None:
    place = tmp_path / "Demo.integrate"
    ran = call("demo", place, "--today", DAY, "--json")
    assert ran.code == 0 and ran.err == ""
    assert ran.json == {"journal": str(place), "entries": 21, "sessions": 8}
    checked = call("check", place, "--deep", "--passphrase-file", secret, "--json")
    assert checked.code == 0 and checked.json["ok"] and checked.json["checked"]["sessions"] == 8
    listed = call("list", place, "--passphrase-file", secret, "--session", "4", "--json").json
    assert len(listed) == 5 and {entry["session"] for entry in listed} == {4}
    assert {entry["phase"] for entry in listed} == {"prepare", "experience", "integrate"}
    assert call("list", place, "--passphrase-file", "-", stdin=b"demo").code == 0
    assert call("list", place, "--passphrase-file", "-", stdin=b"another").code == 3


def test_for_a_person_it_says_how_it_opens(tmp_path: Path) -> None:
    ran = call("demo", tmp_path / "Demo.integrate", "--today", DAY)
    assert ran.out.splitlines() == [
        f"The demo is ready, with 21 entries: {tmp_path / 'Demo.integrate'}",
        "Everything in it is invented. Its passphrase is: demo",
    ]


@pytest.mark.parametrize(("asked", "sessions"), [("1", 1), ("3", 3), ("20", 20)])
def test_sessions(asked: str, sessions: int, tmp_path: Path) -> None:
    assert call("demo", tmp_path / "D.integrate", "--sessions", asked, "--json").json["sessions"] == sessions


@pytest.mark.parametrize(
    "entries", [0, 22, 300, pytest.param(1, marks=pytest.mark.hard), pytest.param(21, marks=pytest.mark.hard)]
)
def test_entries(entries: int, tmp_path: Path, secret: Path) -> None:
    place = tmp_path / "D.integrate"
    assert call("demo", place, "--entries", entries, "--today", DAY, "--json").json["entries"] == entries
    assert len(call("list", place, "--passphrase-file", secret, "--json").json) == entries


def test_the_same_seed_and_day_give_the_same_journal_in_another_process_and_zone(tmp_path: Path) -> None:
    from tests.cli.calling import environment

    words = ("--seed", "42", "--today", "2026-10-08", "--entries", "40", "--json")
    here = call("demo", tmp_path / "Here.integrate", *words)
    there = start("demo", tmp_path / "There.integrate", *words, env=environment(TZ="Pacific/Auckland"))
    assert (here.code, there.code) == (0, 0), there.err
    assert everything(tmp_path / "Here.integrate") == everything(tmp_path / "There.integrate")


def test_without_a_day_it_is_made_for_today(tmp_path: Path, secret: Path) -> None:
    place = tmp_path / "D.integrate"
    assert call("demo", place).code == 0
    newest = call("list", place, "--passphrase-file", secret, "--limit", "1", "--json").json[0]
    passed = (datetime.now().astimezone().date() - datetime.fromisoformat(newest["at"]).date()).days
    assert passed in (1, 2), "yesterday; the test may run over midnight"


@pytest.mark.parametrize(
    "words",
    [
        ["--sessions", "0"],
        ["--sessions", "-1"],
        ["--sessions", "1000"],
        ["--sessions", "two"],
        ["--entries", "-1"],
        ["--entries", "many"],
        ["--entries", "1000001"],
        ["--entries", "9" * 5000],
        ["--seed", "x"],
        ["--today", "yesterday"],
        ["--today", "2026-13-01"],
        ["--today", "2026-02-30"],
        ["--today", "0001-01-01"],
        ["--today", "9999-12-31"],
        ["--today"],
        ["--nonsense"],
        ["another"],
    ],
    ids=lambda words: " ".join(words)[:30],
)
def test_wrong_usage_is_2_and_leaves_nothing(words: list[str], tmp_path: Path) -> None:
    ran = call("demo", tmp_path / "D.integrate", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err and "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_touched(tmp_path: Path) -> None:
    taken = tmp_path / "Mine.integrate"
    taken.mkdir()
    (taken / "note").write_text("mine", encoding="utf-8")
    ran = call("demo", taken, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert [path.name for path in taken.iterdir()] == ["note"] and list(tmp_path.iterdir()) == [taken]
    dangling = tmp_path / "Link.integrate"
    dangling.symlink_to(tmp_path / "nowhere")
    assert call("demo", dangling).code == 2


@pytest.mark.parametrize(
    "name", ["עברית.integrate", "deep/er/Demo 🌱.integrate", pytest.param("with space", marks=pytest.mark.hard)]
)
def test_any_name_of_a_folder_will_do(name: str, tmp_path: Path, secret: Path) -> None:
    place = tmp_path / name
    assert call("demo", place, "--json").json["journal"] == str(place)
    assert call("list", place, "--passphrase-file", secret).code == 0


def test_a_name_that_no_disk_takes_is_told_kindly(tmp_path: Path) -> None:
    ran = call("demo", tmp_path / ("x" * 300))
    assert ran.code in (2, 6) and "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []
