"""The file of a backup: a zip that anything can open, whose last bytes are the SHA-256 of all bytes before them.

The seal finds every changed byte, those between the files too; the manifest then finds what somebody put together
by hand. Nothing is unpacked by a name that the zip brings: names are looked up among those that archives have.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.backup.manifest import Damaged, Manifest, Stamp, read

MANIFEST = "manifest.json"
SEAL = re.compile(rb"sha256:[0-9a-f]{64}")
SEAL_BYTES = 71
PRESSED = (".webp", ".png", ".gif")  # nothing is gained by pressing them again
CHUNK = 1 << 20
LARGEST_MANIFEST = 64 * CHUNK
# A zip can be made that unpacks to a thousand times its size. Texts come to ten times, and a database to a hundred.
MOST_TIMES, FREE_BYTES = 200, 64 * CHUNK
MODE = stat.S_IFREG | 0o600

NO_ARCHIVE = "This is no archive of flask backup, or it is cut short: {}."
CHANGED = "The archive was changed after it was made: its SHA-256 is another. Take an older one."
REPACKED = "The archive was put together by something else than flask backup: {}."
BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error, OverflowError)


def write(target: Path, files: Mapping[str, Path], manifest: Manifest) -> Manifest:
    """Packs `files`, by their names in the archive, into the new file `target`, on disk when this returns.

    What `manifest` says, with the stamps of the files, and the names of those that are not there any more.
    """
    stamps, missing = {}, []
    with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as out:
        with ZipFile(out, "w") as pack:
            for name, path in sorted(files.items()):
                try:
                    with path.open("rb") as source:
                        stamps[name] = _packed(pack, name, source)
                except FileNotFoundError:
                    missing.append(name)
            manifest = replace(manifest, files=stamps, missing=missing)
            pack.writestr(_info(MANIFEST), manifest.written())
            pack.comment = b"sha256:" + b"0" * 64
        _seal(out)
    return manifest


class Archive:
    """An archive whose seal and names have been checked; what its files contain is checked as they are read."""

    def __init__(self, file: Path, pack: ZipFile) -> None:
        self.file, self.pack = file, pack
        self.entries = _entries(pack)
        self.manifest = read(self._bytes_of_manifest())
        self._compare()

    def check(self, name: str) -> None:
        """Raises Damaged unless the file `name` is what the manifest says."""
        for _ in self._read(name):
            pass

    def unpack(self, name: str, folder: Path) -> None:
        """Writes the file `name` under `folder`, on disk when this returns. Raises Damaged."""
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            for chunk in self._read(name):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())

    def _read(self, name: str) -> Iterator[bytes]:
        told, digest = self.manifest.files[name], hashlib.sha256()
        try:
            with self.pack.open(self.entries[name]) as source:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    yield chunk
        except BROKEN as error:
            raise Damaged(f"{name} cannot be read: {error}.") from error
        if digest.hexdigest() != told.sha256:
            raise Damaged(f"{name} is not what the manifest says.")

    def _bytes_of_manifest(self) -> bytes:
        entry = self.entries.get(MANIFEST)
        if entry is None or entry.file_size > LARGEST_MANIFEST:
            raise Damaged(REPACKED.format("it has no manifest, or one of a strange size"))
        try:
            return self.pack.read(entry)
        except BROKEN as error:
            raise Damaged(f"The archive’s manifest cannot be read: {error}.") from error

    def _compare(self) -> None:
        """Holds the zip's own list against the manifest, before anything is unpacked."""
        told = self.manifest.files
        if differing := sorted((set(self.entries) - {MANIFEST}) ^ set(told)):
            raise Damaged(REPACKED.format(f"{differing[0]!r} is in the manifest or in the zip, and not in both"))
        for name, stamp in told.items():
            if self.entries[name].file_size != stamp.bytes:
                raise Damaged(f"{name} is not as long as the manifest says.")
        size = self.file.stat().st_size
        packed = sum(entry.compress_size for entry in self.entries.values())
        if packed > size or self.manifest.bytes > MOST_TIMES * size + FREE_BYTES:
            raise Damaged(REPACKED.format("it would unpack to far more than it is"))


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """The archive in `file`. Raises Damaged, a sentence, for whatever flask backup did not write like that."""
    _check_seal(file)
    try:
        pack = ZipFile(file)
    except BROKEN as error:
        raise Damaged(NO_ARCHIVE.format(error)) from error
    with pack:
        yield Archive(file, pack)


def is_sealed(file: Path) -> bool:
    """True for a file that ends like an archive, which may still be damaged."""
    with file.open("rb") as source:
        size = source.seek(0, os.SEEK_END)
        source.seek(max(0, size - SEAL_BYTES))
        return SEAL.fullmatch(source.read()) is not None


def room_for(archive: Archive, folder: Path) -> None:
    """Raises Damaged's kin of a sentence when the disk of `folder` cannot take what is in the archive."""
    free = shutil.disk_usage(folder).free
    if archive.manifest.bytes > free:
        raise Damaged(f"The archive unpacks to {archive.manifest.bytes} bytes, and the disk has {free} left.")


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name)  # dated 1980: the time is in the manifest, and the same files give the same bytes
    info.external_attr = MODE << 16
    info.compress_type = ZIP_STORED if name.endswith(PRESSED) else ZIP_DEFLATED
    return info


def _packed(pack: ZipFile, name: str, source: IO[bytes]) -> Stamp:
    size, digest = 0, hashlib.sha256()
    with pack.open(_info(name), "w", force_zip64=True) as out:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            digest.update(chunk)
            out.write(chunk)
    return Stamp(size, digest.hexdigest())


def _seal(out: IO[bytes]) -> None:
    out.flush()
    digest = _digest(out)
    out.seek(-64, os.SEEK_END)
    out.write(digest.encode())
    out.flush()
    os.fsync(out.fileno())


def _check_seal(file: Path) -> None:
    if not is_sealed(file):
        raise Damaged(NO_ARCHIVE.format("its last bytes are no seal"))
    with file.open("rb") as source:
        digest = _digest(source)
        if source.read() != f"sha256:{digest}".encode():
            raise Damaged(CHANGED)


def _digest(source: IO[bytes]) -> str:
    """SHA-256 of everything before the seal, where reading stands afterwards."""
    left = source.seek(0, os.SEEK_END) - SEAL_BYTES
    source.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (chunk := source.read(min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()


def _entries(pack: ZipFile) -> dict[str, ZipInfo]:
    entries = {entry.filename: entry for entry in pack.infolist()}
    if len(entries) != len(pack.infolist()):
        raise Damaged(REPACKED.format("it has two files of one name"))
    for entry in entries.values():
        plain = entry.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not entry.flag_bits & 1
        if not plain or entry.is_dir() or (entry.external_attr >> 16) != MODE:
            raise Damaged(REPACKED.format(f"{entry.filename!r} is no plain file in it"))
    return entries
