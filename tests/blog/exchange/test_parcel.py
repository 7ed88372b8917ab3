"""What comes in as files: traps are refused whole, in a sentence, before anything is unpacked."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from app.blog.exchange import parcel
from app.errors import AppError


def zipped(*files: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as made:
        for name, data in files:
            made.writestr(name, data)
    out.seek(0)
    return out


def link() -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        entry = zipfile.ZipInfo("a.md")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(entry, "/etc/passwd")
    out.seek(0)
    return out


def locked() -> io.BytesIO:
    data = bytearray(zipped(("a.md", b"x")).getvalue())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return io.BytesIO(bytes(data))


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (io.BytesIO(b"none"), "no zip"),
        (zipped(("../a.md", b"x")), "outside of it"),
        (zipped(("a/../../b.md", b"x")), "outside of it"),
        (zipped(("/etc/a.md", b"x")), "outside of it"),
        (zipped(("C:/a.md", b"x")), "outside of it"),
        (zipped(("a\\..\\..\\b.md", b"x")), "outside of it"),
        (link(), "a link"),
        (locked(), "locked"),
        (zipped(("a.md", b"x"), how=zipfile.ZIP_LZMA), "locked with a password, or packed"),
        (zipped(*((f"{number}.md", b"") for number in range(parcel.MOST_FILES + 1))), "5,000 files"),
    ],
)
def test_a_trap_is_refused(file: io.BytesIO, sentence: str) -> None:
    with pytest.raises(AppError, match=sentence):
        parcel.of_zip(file)


@pytest.mark.parametrize(("limit", "sentence"), [("LARGEST_FILE", "which no post needs"), ("LARGEST", "512 MB")])
def test_a_bomb_is_told_by_its_table_of_contents(limit: str, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel, limit, 100_000)
    parcel.of_zip(zipped(("a.md", bytes(100_000))))
    with pytest.raises(AppError, match=sentence):
        parcel.of_zip(zipped(("a.md", bytes(100_001))))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_is_refused() -> None:
    with pytest.raises(AppError, match="twice"):
        parcel.of_zip(zipped(("a.md", b"x"), ("a.md", b"y")))


def test_a_file_that_is_larger_than_its_zip_says_is_not_unpacked() -> None:
    """A bomb that lies in its table of contents: no more than what it says is read, and that is damaged."""
    data = bytearray(zipped(("a.md", bytes(1 << 20))).getvalue())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    known = parcel.of_zip(io.BytesIO(bytes(data)))
    with pytest.raises(AppError, match="damaged"):
        known.read("a.md")


def test_a_folder_is_what_its_zip_is(tmp_path: Path) -> None:
    files = [
        ("a.md", b"x"),
        ("more/b.png", b"y"),
        (".git/c.md", b""),
        ("README.md", b""),
        ("d.py", b""),
        ("e.meta", b""),
    ]
    for name, data in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found, zip_ = parcel.of_path(tmp_path), parcel.of_zip(zipped(*files))
    assert sorted(found.files) == sorted(zip_.files) == ["a.md", "e.meta", "more/b.png"]
    assert [found.read(name) for name in sorted(found.files)] == [zip_.read(name) for name in sorted(zip_.files)]
    again = parcel.of_zip(io.BytesIO(parcel.packed(found)))
    assert {name: again.read(name) for name in again.files} == {name: found.read(name) for name in found.files}


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("x")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "folder").symlink_to(outside)
    (inside / "file.md").symlink_to(outside / "secret.md")
    assert parcel.of_path(inside).texts == []


def test_a_file_brings_the_pictures_that_it_shows_and_no_others(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "static" / "img").mkdir(parents=True)
    (site / "content" / "post").mkdir(parents=True)
    for name in ("static/img/a.png", "content/post/b.png", "content/post/c.png", "secret.png"):
        (site / name).write_bytes(name.encode())
    text = site / "content" / "post" / "text.md"
    text.write_text("![](/img/a.png) ![](b.png)\n\n```\n![](c.png)\n```\n")
    found = parcel.of_path(text)
    assert sorted(found.files) == ["b.png", "img/a.png", "text.md"]
    assert found.read("img/a.png") == b"static/img/a.png"


@pytest.mark.parametrize(
    ("files", "texts"),
    [
        (["content/post/a.md", "README.md", "notes.md"], ["content/post/a.md"]),
        (["_posts/2020-01-01-a.md", "about.md"], ["_posts/2020-01-01-a.md"]),
        (["a.md", "b/c.ipynb", "d.qmd", "e.png"], ["a.md", "b/c.ipynb", "d.qmd"]),
        (["themes/x/a.md", "content/b.md", "archetypes/c.md"], ["content/b.md"]),
    ],
)
def test_of_a_whole_site_only_its_posts_are_texts(files: list[str], texts: list[str]) -> None:
    assert parcel.of_zip(zipped(*((name, b"x") for name in files))).texts == texts
