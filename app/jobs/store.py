"""Pictures, and arrays for scripts, in and out by what they contain: a folder now, a bucket later.

A key is the sha256 of the bytes and the kind of file, such as `3f…9c.webp`. Keys are made here and kept in rows;
no part of an address or a form ever becomes a path.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import Protocol

from app.disk import HALF, write_whole

TYPES = {"png": "image/png", "webp": "image/webp", "gif": "image/gif", "bin": "application/octet-stream"}


class Store(Protocol):
    def put(self, data: bytes, kind: str) -> str: ...
    def read(self, key: str) -> bytes: ...
    def delete(self, key: str) -> int: ...
    def old(self, before: float) -> list[str]: ...


class FolderStore:
    """Files in a folder, each in a subfolder of the first two letters of its key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes, kind: str) -> str:
        """The key of `data`, which is on disk when this returns: whole, or not at all."""
        key = f"{hashlib.sha256(data).hexdigest()}.{kind}"
        file = self._file(key)
        try:
            os.utime(file)  # put anew, so that nobody takes it for a stray before a row holds it
        except FileNotFoundError:
            write_whole(file, data)
        return key

    def read(self, key: str) -> bytes:
        """The bytes of `key`. Raises FileNotFoundError when they have been erased."""
        return self._file(key).read_bytes()

    def delete(self, key: str) -> int:
        """Erase it; how many bytes it had, none if it was gone."""
        file = self._file(key)
        try:
            size = file.stat().st_size
            file.unlink()
        except FileNotFoundError:
            return 0
        return size

    def old(self, before: float) -> list[str]:
        """Keys of the files that were put last before this Unix time. Halves of files that old are erased."""
        keys = []
        for file in self.folder.glob("*/*"):
            with contextlib.suppress(FileNotFoundError):  # erased meanwhile
                if file.stat().st_mtime >= before:
                    continue
                if file.name.startswith(HALF):
                    file.unlink()
                else:
                    keys.append(file.name)
        return keys

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / key
