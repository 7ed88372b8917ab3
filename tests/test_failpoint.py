from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import failpoint
from app.disk import write_whole

WRITE = "import pathlib, sys; from app.disk import write_whole; write_whole(pathlib.Path(sys.argv[1]), b'new')"


@pytest.fixture(autouse=True)
def harmless() -> Iterator[None]:
    yield
    failpoint.disarm()


def test_without_the_variable_nothing_is_counted_or_listened_to() -> None:
    """As servers start: one empty function for each place, and the database is asked as if there were no places."""
    code = (
        "from sqlalchemy import Engine, event; from app import db, failpoint\n"
        "assert failpoint.passed is failpoint._nothing and not failpoint.armed\n"
        "assert not event.contains(Engine, 'before_cursor_execute', db._pass_statement)\n"
        "assert len(failpoint._nothing.__code__.co_code) <= len((lambda place: None).__code__.co_code)"
    )
    without = {name: value for name, value in os.environ.items() if name != "FAILPOINT"}
    subprocess.run([sys.executable, "-c", code], check=True, env=without)


@pytest.mark.parametrize(("number", "status"), [(1, 70), (4, 70), (5, 0)])
def test_a_process_ends_where_the_variable_says(number: int, status: int, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITE, str(tmp_path / "file")]
    ended = subprocess.run(command, env=os.environ | {"FAILPOINT": f"file:{number}:exit"}, check=False)
    assert ended.returncode == status
    assert (tmp_path / "file").exists() == (number > 3)


def test_only_the_nth_time_and_only_there(tmp_path: Path) -> None:
    failpoint.arm("file", 2, "raise")
    failpoint.passed("commit")
    with pytest.raises(failpoint.Failed):
        write_whole(tmp_path / "file", b"new")
    assert list(tmp_path.iterdir()) == []
    write_whole(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
