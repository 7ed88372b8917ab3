from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.backup import lock
from app.errors import Conflict
from tests.backup.conftest import State, a_picture, everything, site, state

ROOT = Path(__file__).parents[2]


def run(folder: Path, *command: str) -> tuple[int, str, str]:
    """Status, output and errors of `flask …` on the site in `folder`."""
    with site(folder) as app:
        result = app.test_cli_runner().invoke(args=list(command))
    return result.exit_code, result.stdout, result.stderr


def test_cron_can_tell_good_from_bad(other: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archives"
    folder.mkdir()
    status, said, _ = run(other, "backup", str(folder), "--keep", "2")
    assert status == 0
    assert [line.split() for line in said.splitlines()[1:4]] == [["posts", "3"], ["pictures", "1"], ["runs", "1"]]
    (made,) = folder.iterdir()
    a_picture(other).unlink()
    status, said, errors = run(other, "backup", str(tmp_path / "holes.zip"))
    assert (status, "is whole" in said, "1 files that the site names" in errors) == (3, True, True)
    status, said, errors = run(other, "backup", str(tmp_path / "nowhere" / "site.zip"))
    assert (status, said) == (1, "")
    assert errors.startswith("Error: No backup was made")
    assert run(other, "backup", str(tmp_path / "undated.zip"), "--keep", "2")[0] == 1
    assert not (tmp_path / "undated.zip").exists()
    assert run(other, "backup", str(made), "--keep", "0")[0] == 2


def test_older_archives_go_by_the_command(other: Path, tmp_path: Path) -> None:
    for day in (1, 2, 3):
        assert run(other, "backup", str(tmp_path / f"site-2026-11-0{day}.zip"), "--keep", "2")[0] == 0
    assert {file.name for file in tmp_path.glob("*.zip")} == {"site-2026-11-02.zip", "site-2026-11-03.zip"}


def test_a_restore_says_what_it_did(kept: tuple[Path, State], other: Path) -> None:
    before = everything(other)
    status, said, _ = run(other, "restore", str(kept[0]), "--verify")
    assert (status, "nothing was changed" in said) == (0, True)
    status, _, errors = run(other, "restore", str(kept[0]))
    assert (status, "set it aside with --replace" in errors) == (1, True)
    status, _, errors = run(other, "restore", str(kept[0].with_name("no.zip")))
    assert (status, "There is no file" in errors) == (1, True)
    assert everything(other) == before
    status, said, _ = run(other, "restore", str(kept[0]), "--replace")
    assert (status, "The site before it is in" in said) == (0, True)
    assert state(other) == kept[1]


def test_processes_share_the_site_and_a_restore_does_not(tmp_path: Path) -> None:
    holding = "import sys; from pathlib import Path; from app.backup import lock; lock.hold(Path(sys.argv[1]))"
    code = f"{holding}; print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdin=-1, stdout=-1, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "held\n"
        lock.hold(tmp_path)  # as a second process of the same server
        lock.hold(tmp_path)
        with pytest.raises(Conflict, match="The site runs"), lock.alone(tmp_path):
            pytest.fail("two at once")
        process.stdin.close()
        process.wait()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "user", "list"]
    with lock.alone(tmp_path):
        environment = os.environ | {"DATA": str(tmp_path), "JOB_ENGINE": "none"}
        started = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert started.returncode == 1
    assert started.stderr.strip() == f"Playpress cannot start: {lock.BEING_RESTORED}"
