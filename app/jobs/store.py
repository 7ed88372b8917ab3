"""Pictures, and arrays for scripts, in and out by what they contain: a folder now, a bucket later.

A key is the sha256 of the bytes and the kind of file, such as `3f…9c.webp`. Keys are made here and kept in rows;
no part of an address or a form ever becomes a path.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Protocol

from app.disk import write_whole

TYPES = {"png": "image/png", "webp": "image/webp", "gif": "image/gif", "bin": "application/octet-stream"}


class Store(Protocol):
    def put(self, data: bytes, kind: str) -> str: ...
    def read(self, key: str) -> bytes: ...
    def delete(self, key: str) -> None: ...


class FolderStore:
    """Files in a folder, each in a subfolder of the first two letters of its key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes, kind: str) -> str:
        """The key of `data`, which is on disk when this returns: whole, or not at all."""
        key = f"{hashlib.sha256(data).hexdigest()}.{kind}"
        file = self._file(key)
        if not file.exists():
            write_whole(file, data)
        return key

    def read(self, key: str) -> bytes:
        """The bytes of `key`. Raises FileNotFoundError when they have been erased."""
        return self._file(key).read_bytes()

    def delete(self, key: str) -> None:
        self._file(key).unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / key
