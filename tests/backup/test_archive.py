from __future__ import annotations

import hashlib
import json
import random
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from app import create_app
from app.backup import archive, recovery
from app.backup.manifest import VERSION, Damaged, belongs
from tests.backup.conftest import State, everything, site

FLIPS = 200
Kept = tuple[Path, State]
Entries = dict[str, bytes]


def sealed(file: Path) -> Path:
    """Gives a zip the seal of an archive, as somebody would who knows how."""
    with ZipFile(file, "a") as pack:
        pack.comment = b"sha256:" + b"0" * 64
    data = file.read_bytes()[:-71]
    file.write_bytes(data + b"sha256:" + hashlib.sha256(data).hexdigest().encode())
    return file


def packed(file: Path, entries: Entries, *, mode: int = stat.S_IFREG | 0o600) -> Path:
    with ZipFile(file, "w", ZIP_DEFLATED) as pack:
        for name, data in entries.items():
            info = ZipInfo(name)
            info.compress_type, info.external_attr = ZIP_DEFLATED, mode << 16
            pack.writestr(info, data)
    return sealed(file)


def entries_of(file: Path) -> Entries:
    with ZipFile(file) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def told(entries: Entries, **changes: Any) -> Entries:
    """With a manifest that says what is there."""
    files = {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in entries.items()
        if name != "manifest.json"
    }
    manifest = json.loads(entries["manifest.json"]) | {"files": files} | changes
    return entries | {"manifest.json": json.dumps(manifest).encode()}


def without(entries: Entries, prefix: str) -> Entries:
    found = next(name for name in sorted(entries) if name.startswith(prefix))
    return {name: data for name, data in entries.items() if name != found}


HOSTILE: dict[str, tuple[Callable[[Entries], Entries], str]] = {
    "a way out": (lambda e: told(e | {"../evil": b"x"}), "no archive has: '../evil'"),
    "a way out among the posts": (lambda e: told(e | {"posts/../../evil": b"x"}), "that no archive has"),
    "an absolute name": (lambda e: told(e | {"/tmp/evil": b"x"}), "that no archive has: '/tmp/evil'"),
    "a name of another system": (lambda e: told(e | {"posts\\evil.md": b"x"}), "that no archive has"),
    "a file too many": (lambda e: e | {"posts/more.md": b"x"}, "and not in both"),
    "a file too few": (lambda e: without(e, "media/"), "and not in both"),
    "another file": (lambda e: e | {"README.txt": b"x" * len(e["README.txt"])}, "is not what the manifest says"),
    "a longer file": (lambda e: e | {"README.txt": b"x"}, "is not as long as the manifest says"),
    "a picture that rows name": (lambda e: told(without(e, "media/")), "lacks 1 files that its database names"),
    "no manifest": (lambda e: without(e, "manifest.json"), "it has no manifest"),
    "no database": (lambda e: told(without(e, "playpress.db")), "does not make sense"),
    "an empty database": (lambda e: told(e | {"playpress.db": b""}), "another schema than the manifest says"),
    "a torn database": (lambda e: told(e | {"playpress.db": e["playpress.db"][:20000]}), "database in the archive"),
    "a manifest of nonsense": (lambda e: e | {"manifest.json": b"[]"}, "cannot be read"),
    "a size below nothing": (lambda e: told(e, posts=-1), "does not make sense"),
    "a format to come": (lambda e: told(e, format=2), "newer Playpress"),
    "a schema to come": (
        lambda e: told(e | {"playpress.db": later(e["playpress.db"])}, schema="9999"),
        "its schema is 9999",
    ),
    "other numbers": (lambda e: told(e, posts=4), "does not hold as many posts"),
    "a bomb": (lambda e: told(e | {"posts/bomb.md": bytes(160 << 20)}), "far more than it is"),
}


def later(database: bytes) -> bytes:
    """The same database, but of a schema that nobody knows yet."""
    import sqlite3
    import tempfile
    from contextlib import closing

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "later.db"
        file.write_bytes(database)
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        return file.read_bytes()


def test_a_byte_that_changes_anywhere_is_found(kept: Kept, tmp_path: Path) -> None:
    whole = kept[0].read_bytes()
    draw = random.Random(1)
    places = {0, len(whole) - 1, *draw.sample(range(len(whole)), FLIPS), *range(len(whole) - 100, len(whole), 7)}
    torn = tmp_path / "torn.zip"
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << draw.randrange(8)
        torn.write_bytes(changed)
        with pytest.raises(Damaged), archive.opened(torn):
            pytest.fail(f"byte {place} was not looked at")


def test_one_that_is_cut_short_or_goes_on_is_found(kept: Kept, tmp_path: Path) -> None:
    whole = kept[0].read_bytes()
    torn = tmp_path / "torn.zip"
    for data in (b"", whole[:-1], whole[: len(whole) // 2], whole[:70], whole + b"\n", whole[1:]):
        torn.write_bytes(data)
        with pytest.raises(Damaged), archive.opened(torn):
            pytest.fail("it was opened")


@pytest.mark.parametrize("name", HOSTILE)
def test_what_somebody_put_together_is_refused_and_changes_nothing(
    name: str, kept: Kept, other: Path, tmp_path: Path
) -> None:
    make, sentence = HOSTILE[name]
    file = packed(tmp_path / "made.zip", make(entries_of(kept[0])))
    before = everything(other)
    with site(other):
        for attempt in (
            lambda: recovery.verify(file, create_app),
            lambda: recovery.restore(file, create_app, replace=True),
        ):
            with pytest.raises(Damaged) as refused:
                attempt()
            assert sentence in refused.value.message
    assert everything(other) == before
    assert {path.name for path in tmp_path.iterdir()} == {"data", "made.zip"}


def test_links_and_folders_are_no_files(kept: Kept, tmp_path: Path) -> None:
    entries = entries_of(kept[0])
    for mode in (stat.S_IFLNK | 0o777, stat.S_IFDIR | 0o700, 0):
        with (
            pytest.raises(Damaged, match="no plain file"),
            archive.opened(packed(tmp_path / "m.zip", entries, mode=mode)),
        ):
            pytest.fail("it was opened")


def test_the_same_packed_again_is_the_same(kept: Kept, tmp_path: Path) -> None:
    """The hostile ones are refused for what was changed about them, and not for how they were packed."""
    with archive.opened(packed(tmp_path / "again.zip", entries_of(kept[0]))) as found:
        for name in found.manifest.files:
            found.check(name)


def test_no_name_that_belongs_leads_out(tmp_path: Path) -> None:
    parts = ["..", ".", "", "posts", "media", "ab", "abc.webp", "a b.md", "é.md", "\\", "c:", "\0", "secret_key"]
    draw = random.Random(2)
    names = ["/".join(draw.choices(parts, k=draw.randint(1, 4))) for _ in range(5000)]
    belonging = [name for name in names if belongs(name)]
    assert belonging
    for name in belonging:
        assert (tmp_path / name).resolve().is_relative_to(tmp_path)
        assert (tmp_path / name).resolve() != tmp_path


def test_the_version_is_the_projects() -> None:
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text()
    assert f'\nversion = "{VERSION}"\n' in project
