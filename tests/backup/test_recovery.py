from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import downgrade

from app import create_app
from app.backup import capture, database, recovery
from app.errors import Conflict
from tests.backup.conftest import State, everything, post, site, state, texts

Kept = tuple[Path, State]
CHANGES = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile", "sqlite3.connect"}


class Moments:
    """Copies `folder` at every step that may change it: what there would be if the process were killed there."""

    def __init__(self, folder: Path, copies: Path) -> None:
        self.folder, self.copies, self.taken = folder, copies, 0
        self.looking = False
        sys.addaudithook(self._hook)

    def during(self, work: Callable[[], Any]) -> list[Path]:
        self.looking = True
        try:
            work()
        finally:
            self.looking = False
        return sorted(self.copies.iterdir())

    def _hook(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.looking or event not in CHANGES or str(self.folder) not in f"{given[:2]}":
            return
        if event == "open" and not (isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        self.looking = False  # the copying is no step, and is done elsewhere: closing a file here would drop its locks
        target = self.copies / f"{self.taken:04}"
        subprocess.run(["cp", "-a", str(self.folder), str(target)], check=True)
        self.taken += 1
        self.looking = True


def restored(folder: Path, file: Path, **options: bool) -> recovery.Restored:
    with site(folder):
        return recovery.restore(file, create_app, **options)


def test_a_site_comes_back_as_it_was(kept: Kept, tmp_path: Path) -> None:
    assert restored(tmp_path / "new", kept[0]).aside is None
    assert state(tmp_path / "new") == kept[1]
    assert texts(tmp_path / "new") == texts(kept[0].parent / "data") != []
    with site(tmp_path / "new") as app:
        client = app.test_client()
        page = client.get("/posts/kept-1")
        assert page.status_code == 200
        assert client.get("/search?q=kept").text.count("/posts/kept-") >= 3
        address = next(iter(kept[1][1]))
        assert client.get(f"/pictures/{address.rpartition('/')[2]}").status_code == 200


def test_a_site_that_is_there_stays_unless_it_is_set_aside(kept: Kept, other: Path) -> None:
    before, old = everything(other), state(other)
    with pytest.raises(Conflict, match="There is a site in"):
        restored(other, kept[0])
    assert everything(other) == before
    aside = restored(other, kept[0], replace=True).aside
    assert aside is not None
    assert aside.parent == other
    assert (state(other), state(aside)) == (kept[1], old)
    stores = {file.name for store in ("media", "pictures") for file in (other / store).glob("*/*")}
    assert stores == {name.rpartition("/")[2] for name in kept[1][1]}  # nothing of the old site is among them


def test_a_folder_with_something_else_in_it_is_left_alone(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "thesis.tex").write_text("words")
    with pytest.raises(Conflict, match=r"thesis\.tex"):
        restored(tmp_path / "data", kept[0])


def test_the_site_set_aside_can_be_had_back(kept: Kept, other: Path) -> None:
    old = state(other)
    aside = restored(other, kept[0], replace=True).aside
    assert aside is not None
    with site(aside):
        capture.make(other.parent / "old.zip", create_app)
    restored(other, other.parent / "old.zip", replace=True)
    assert state(other) == old


def test_a_running_site_is_not_restored(kept: Kept, other: Path) -> None:
    before = everything(other)
    process = os.open(other / "site.lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(process, fcntl.LOCK_SH)  # what every process of the site holds
    with pytest.raises(Conflict, match="The site runs"):
        restored(other, kept[0], replace=True)
    os.close(process)
    assert everything(other) == before


def test_a_process_without_our_lock_is_found_by_the_database(kept: Kept, other: Path) -> None:
    with closing(sqlite3.connect(other / "playpress.db")) as someone:
        someone.execute("SELECT count(*) FROM posts").fetchone()
        with pytest.raises(Conflict, match="The database is in use"):
            restored(other, kept[0], replace=True)
    assert "other-1" in state(other)[0]


def test_what_is_still_in_the_log_goes_aside_with_the_rest(kept: Kept, other: Path) -> None:
    """A server that was killed leaves its last commits in the log, and they must not come up in the new site."""
    ready = other.parent / "killed"
    with site(other):
        post("Last words", "In the log.")
        shutil.copytree(other, ready)  # as a kill would leave it, with its log
    assert (ready / "playpress.db-wal").stat().st_size
    aside = restored(ready, kept[0], replace=True).aside
    assert aside is not None
    assert state(ready) == kept[1]
    assert "last-words" in state(aside)[0]


@pytest.mark.parametrize("damage", [b"", b"nonsense" * 1000, None])
def test_a_damaged_database_can_be_replaced(damage: bytes | None, kept: Kept, other: Path) -> None:
    file = other / "playpress.db"
    data = file.read_bytes()
    file.write_bytes(data[:5000] + bytes(20000) + data[25000:] if damage is None else damage)
    (other / "playpress.db-wal").write_bytes(b"a log of something else")
    damaged = file.read_bytes()
    aside = restored(other, kept[0], replace=True).aside
    assert aside is not None
    assert state(other) == kept[1]
    if damage:
        assert (aside / "playpress.db").read_bytes() == damaged


def test_an_archive_of_an_earlier_schema_is_brought_to_this_one(other: Path, tmp_path: Path) -> None:
    """Who has just updated backs up before flask init."""
    with site(other):
        downgrade(revision="0005")
        made = capture.make(tmp_path / "new.zip", create_app)
    assert made.manifest.schema == database.revision(other / "playpress.db") == "0005"
    restored(tmp_path / "new", made.file)
    assert database.revision(tmp_path / "new" / "playpress.db") > "0005"
    assert state(tmp_path / "new") == state(other)


def test_killed_at_any_step_it_leaves_the_old_site_or_the_new(kept: Kept, other: Path) -> None:
    old, copies = state(other), other.parent / "copies"
    copies.mkdir()
    with site(other):
        moments = Moments(other, copies)
        taken = moments.during(lambda: recovery.restore(kept[0], create_app, replace=True))
    seen = [state(moment) for moment in taken]
    assert all(found in (old, kept[1]) for found in seen)
    turn = seen.index(kept[1])
    assert seen[turn:] == [kept[1]] * (len(seen) - turn)  # there is one step between the two, and no way back
    assert turn > 20
    for moment in (taken[0], taken[turn // 2], taken[turn - 1], taken[turn], taken[-1]):
        restored(moment, kept[0], replace=True)
        assert state(moment) == kept[1]
        assert not list(moment.glob(".playpress-backup-*"))
