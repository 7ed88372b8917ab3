"""What comes in: a file, a folder or a zip, as names and what stands under them. Nothing of it becomes a path here.

A zip says of itself how large it is unpacked, and Python reads no more of a file than that; so a bomb is told by its
table of contents, before anything is unpacked.
"""

from __future__ import annotations

import io
import posixpath
import re
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote

from app.blog.exchange.mentions import mentioned
from app.errors import AppError

TEXTS = {".md", ".markdown", ".mdown", ".qmd", ".ipynb"}
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".svg", ".gif"}
BESIDE = {".meta"}
OF_BUNDLE = "pictures.yml"
MOST_FILES, LARGEST_FILE, LARGEST = 5_000, 32 << 20, 512 << 20
UNUSED = re.compile(r"(?:^|/)(?:\.|__MACOSX/|node_modules/|themes/|archetypes/|_site/|README\.)", re.IGNORECASE)
DRIVE = re.compile(r"[A-Za-z]:")

NO_ZIP = "This is no zip that can be read."
OUTSIDE = "This zip holds “{}”, which would lie outside of it. Nothing of it is taken in."
LINK = "This zip holds “{}”, a link to another file. Nothing of it is taken in."
LOCKED = "This zip is locked with a password, or packed in a way that is not read here. Pack it again as a plain zip."
TWICE = "This zip holds “{}” twice. Nothing of it is taken in."
TOO_MANY = f"This holds more than {MOST_FILES:,} files. Send a part of it at a time."
TOO_LARGE = f"This holds more than {LARGEST >> 20} MB. Send a part of it at a time."
FILE_TOO_LARGE = f"“{{}}” has more than {LARGEST_FILE >> 20} MB, which no post needs."
NO_TEXT = "“{}” is no text in UTF-8."
NOTHING = "There is no post in this: no file that ends in .md, .qmd, .markdown or .ipynb."


@dataclass(frozen=True)
class Parcel:
    """Files by their names, which have slashes and no dots; each is read when it is asked for."""

    files: Mapping[str, Callable[[], bytes]]

    def __contains__(self, name: str) -> bool:
        return name in self.files

    def read(self, name: str) -> bytes:
        return self.files[name]()

    def text(self, name: str) -> str:
        """Raises AppError."""
        try:
            return self.read(name).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise AppError(NO_TEXT.format(name)) from None

    @property
    def texts(self) -> list[str]:
        """What may be posts, sorted; of a whole site of Hugo or Jekyll only what they take for one."""
        found = sorted(name for name in self.files if _suffix(name) in TEXTS)
        for folders in ({"content"}, {"_posts", "_drafts"}):
            inside = [name for name in found if folders & set(name.split("/")[:-1])]
            if inside:
                return inside
        return found

    def besides(self, more: Mapping[str, bytes]) -> Parcel:
        """The same with files that were made from it."""
        return replace(self, files={**self.files, **{name: partial(bytes, data) for name, data in more.items()}})


def of_bytes(files: Mapping[str, bytes]) -> Parcel:
    """Files at hand. Raises AppError."""
    for name, data in files.items():
        if len(data) > LARGEST_FILE:
            raise AppError(FILE_TOO_LARGE.format(name))
    return Parcel({PurePosixPath(name).name: partial(bytes, data) for name, data in files.items()})


def of_path(path: Path) -> Parcel:
    """A zip, a folder with all that is in it, or a file with the pictures that it shows. Raises AppError."""
    if path.suffix.lower() == ".zip":
        return of_zip(path)
    if not path.is_dir():
        return _of_file(path)
    files = {name: partial(_whole, path / name, name) for name in _walked(path)}
    if len(files) > MOST_FILES:
        raise AppError(TOO_MANY)
    return Parcel(files)


def of_zip(file: Path | IO[bytes]) -> Parcel:
    """Raises AppError, with a sentence, for what is no zip and for one with a trap in it."""
    try:
        archive = zipfile.ZipFile(file)
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        raise AppError(NO_ZIP) from None
    _refuse_traps(entries)
    return Parcel({e.filename: partial(_unpacked, archive, e) for e in entries if _is_used(e.filename)})


def packed(parcel: Parcel) -> bytes:
    """The parcel as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parcel.files:
            archive.writestr(name, parcel.read(name))
    return out.getvalue()


def _of_file(path: Path) -> Parcel:
    """A text, its .meta file, and the pictures that it shows, from beside it or from its site's folders."""
    files = {path.name: partial(_whole, path, path.name)}
    if (meta := path.with_suffix(".meta")).is_file():
        files[meta.name] = partial(_whole, meta, meta.name)
    parcel = Parcel(files)
    if _suffix(path.name) not in TEXTS:
        raise AppError(NOTHING)
    for address in mentioned(parcel.text(path.name)):
        bare = unquote(address.partition("?")[0].partition("#")[0])
        near = (
            [path.parent]
            if not bare.startswith("/")
            else [p / s for p in path.parents[:5] for s in ("", "static", "files")]
        )
        found = next((file for folder in near if (file := folder / bare.lstrip("/")).is_file()), None)
        if found is not None and _suffix(bare) in PICTURES:
            name = posixpath.normpath(bare).lstrip("./")
            files[name] = partial(_whole, found, name)
    return parcel


def _refuse_traps(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise AppError(TOO_MANY)
    if sum(entry.file_size for entry in entries) > LARGEST:
        raise AppError(TOO_LARGE)
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if not _stays_inside(name) or not _stays_inside(entry.orig_filename.replace("\\", "/")):
            raise AppError(OUTSIDE.format(name))
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise AppError(LINK.format(name))
        if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise AppError(LOCKED)
        if name in seen:
            raise AppError(TWICE.format(name))
        if entry.file_size > LARGEST_FILE and _is_used(name):
            raise AppError(FILE_TOO_LARGE.format(name))
        seen.add(name)


def _stays_inside(name: str) -> bool:
    return not (name.startswith("/") or DRIVE.match(name) or ".." in name.split("/") or "\0" in name)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(entry)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise AppError(f"“{entry.filename}” is damaged in this zip.") from None


def _walked(folder: Path) -> Iterator[str]:
    """Names of the plain files below `folder`; links are not followed."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        inside = (folder / part for part in _above(name))
        if _is_used(name) and file.is_file() and not any(path.is_symlink() for path in inside):
            yield name


def _above(name: str) -> Iterator[str]:
    parts = name.split("/")
    return ("/".join(parts[: end + 1]) for end in range(len(parts)))


def _whole(file: Path, name: str) -> bytes:
    if file.stat().st_size > LARGEST_FILE:
        raise AppError(FILE_TOO_LARGE.format(name))
    return file.read_bytes()


def _is_used(name: str) -> bool:
    known = _suffix(name) in TEXTS | PICTURES | BESIDE or PurePosixPath(name).name == OF_BUNDLE
    return known and not UNUSED.search(name)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
