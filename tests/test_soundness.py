"""F-20: a database that cannot be believed starts no site, and is left as it is."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from flask_migrate import upgrade

from app import create_app
from app.blog import editing
from app.blog.manuscript import Manuscript
from app.config import Settings
from app.db import db
from app.errors import BadSetting
from app.soundness import network_of, refuse_unsound, trouble_with

RESTORE = "flask --app wsgi restore FILE.zip --replace"
Files = dict[str, bytes]


def of(folder: Path) -> Settings:
    return Settings(DATA=folder, SECRET_KEY="k" * 40, JOB_ENGINE="none")


def everything(folder: Path) -> Files:
    """The database and its log; beside them is memory of SQLite's, which is made anew by whoever reads."""
    return {
        file.name: file.read_bytes() for file in folder.iterdir() if file.name in ("playpress.db", "playpress.db-wal")
    }


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """What a site leaves that was killed: half of it is in the log."""
    folder = tmp_path_factory.mktemp("killed")
    app = create_app(of(folder))
    with app.test_request_context():
        upgrade()
        for number in range(20):
            editing.create(Manuscript(f"Post {number}", "Words and more words. " * 50, status="published"))
            if number == 10:
                db.session.remove()
                db.session.connection().exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        db.session.remove()
        files = everything(folder) | {"playpress.db-edition": (folder / "playpress.db-edition").read_bytes()}
        db.engine.dispose()
    app.extensions["jobs"].stop()
    assert len(files["playpress.db-wal"]) > 50_000
    return files


def laid(files: Files, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def refusal(folder: Path) -> str:
    """The sentence, or nothing; either way the files are what they were."""
    before = everything(folder)
    try:
        refuse_unsound(of(folder))
        told = ""
    except BadSetting as error:
        told = str(error)
    assert everything(folder) == before
    return told


def test_a_sound_one_starts_and_so_does_one_that_is_not_there_yet(killed: Files, tmp_path: Path) -> None:
    assert refusal(laid(killed, tmp_path / "site")) == ""
    assert refusal(tmp_path) == ""
    assert refuse_unsound(Settings(DATABASE_URL="postgresql://localhost/site")) is None


def damaged(files: Files, seed: int) -> Files:
    """One of the ways in which disks, copies and people spoil a database."""
    chance, made = random.Random(seed), dict(files)
    name = chance.choice(["playpress.db", "playpress.db", "playpress.db-wal"])
    data = bytearray(made[name])
    match chance.choice(["cut", "page", "bits", "zeros", "head", "log"]):
        case "cut":
            del data[chance.randrange(1, len(data)) :]
        case "page":
            at = 4096 * chance.randrange(len(data) // 4096)
            data[at : at + 4096] = chance.randbytes(4096)
        case "bits":
            for _ in range(50):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case "zeros":
            at = chance.randrange(len(data))
            data[at : at + 20_000] = bytes(len(data[at : at + 20_000]))
        case "head":
            data[: chance.randrange(16, 100)] = b""
        case "log":
            name, data = "playpress.db-wal", bytearray()
    return made | {name: bytes(data)}


def sees_damage(folder: Path) -> bool:
    """What SQLite says that may write, and so works the log in first."""
    try:
        with closing(sqlite3.connect(folder / "playpress.db")) as connection:
            return connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]
    except sqlite3.DatabaseError:
        return True


@pytest.mark.parametrize(
    "seeds", [range(40), pytest.param(range(40, 400), marks=pytest.mark.full)], ids=["few", "many"]
)
def test_no_damage_that_can_be_seen_starts_a_site(killed: Files, seeds: range, tmp_path: Path) -> None:
    refused = 0
    for seed in seeds:
        folder = laid(damaged(killed, seed), tmp_path / "site")
        told = refusal(folder)
        assert bool(told) == sees_damage(folder), f"seed {seed}: {told!r}"
        assert not told or RESTORE in told
        refused += bool(told)
    assert refused > len(seeds) / 4


def test_one_that_was_emptied_is_not_taken_for_a_new_one(killed: Files, tmp_path: Path) -> None:
    assert RESTORE in refusal(laid(killed | {"playpress.db": b""}, tmp_path / "site"))
    assert "empty" in refusal(laid(killed | {"playpress.db": b"", "playpress.db-wal": b""}, tmp_path / "site"))
    assert refusal(laid({"playpress.db": b"", "playpress.db-edition": bytes(16)}, tmp_path / "site")) == ""


def test_the_log_of_another_database_is_no_log_of_this_one(killed: Files, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE t AS SELECT randomblob(200000) AS x")
        log = (tmp_path / "other.db-wal").read_bytes()
    folder = laid(killed | {"playpress.db-wal": log}, tmp_path / "site")
    assert bool(refusal(folder)) == sees_damage(folder)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_networks_disk_is_refused(kind: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/a / ext4 rw 0 0\nserver:/x /srv/the\\040data {kind} rw 0 0\n/dev/b /srv/the\\040data/own ext4 rw 0 0\n"
    )
    assert network_of(Path("/srv/the data/site"), mounts) == kind
    assert network_of(Path("/srv/the data/own/site"), mounts) == ""
    assert network_of(Path("/home"), mounts) == ""


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(BadSetting, match="Nothing can be written"):
        refuse_unsound(of(tmp_path / "file" / "data"))


@pytest.mark.parametrize(
    "command", [["gunicorn", "wsgi:app"], ["flask", "--app", "wsgi", "init"]], ids=["server", "init"]
)
def test_whoever_starts_it_reads_a_sentence(command: list[str], killed: Files, tmp_path: Path) -> None:
    folder = laid(killed | {"playpress.db": killed["playpress.db"][:50_000]}, tmp_path / "site")
    before = everything(folder)
    asked = {"DATA": str(folder), "JOB_ENGINE": "none", "PORT": "0"}
    ended = subprocess.run([sys.executable, "-m", *command], env=os.environ | asked, capture_output=True, text=True)
    assert ended.returncode == 1
    assert RESTORE in ended.stderr
    assert "Traceback" not in ended.stderr
    assert everything(folder) == before
    assert trouble_with(folder / "playpress.db")
