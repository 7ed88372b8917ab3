"""What an archive says of itself: when and by what it was made, and the size and SHA-256 of every file in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from app.config import VERSION
from app.errors import AppError

FORMAT = 1
DATABASE, SECRET, ABOUT = "playpress.db", "secret_key", "README.txt"
KEPT = re.compile(r"(?:media|pictures)/[0-9a-z]{2}/[0-9a-z][\w.-]*")
UNSEEN = re.compile(r"[\x00-\x1f\x7f\\:]")


class Damaged(AppError):
    """An archive that is not what `flask backup` wrote."""


@dataclass(frozen=True)
class Stamp:
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    site: str
    created_at: str  # ISO 8601, in UTC
    schema: str
    posts: int
    pictures: int
    runs: int
    missing: list[str]  # files that rows name and that were not there: swept meanwhile, or lost before
    files: dict[str, Stamp]
    version: str = VERSION
    format: int = FORMAT

    @property
    def bytes(self) -> int:
        """What all files take when they are unpacked."""
        return sum(stamp.bytes for stamp in self.files.values())

    def written(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def belongs(name: str) -> bool:
    """True for names that archives have. None of them leads out of the folder in which it is unpacked."""
    if name in (DATABASE, SECRET, ABOUT) or KEPT.fullmatch(name):
        return True
    parts = name.split("/")
    return parts[0] == "posts" and len(parts) > 1 and not {"", ".", ".."} & set(parts) and not UNSEEN.search(name)


def is_kept(name: str) -> bool:
    """True for the files that rows name; in an archive they are called as in DATA."""
    return KEPT.fullmatch(name) is not None


def read(text: str | bytes) -> Manifest:
    """The manifest in `text`. Raises Damaged with a sentence."""
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise Damaged("This archive was made by a newer Playpress. Restore it with that one.")
        manifest = Manifest(**{**told, "files": {name: Stamp(**stamp) for name, stamp in told["files"].items()}})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Damaged("The archive’s manifest cannot be read.") from None
    if not _is_sound(manifest):
        raise Damaged("The archive’s manifest does not make sense.")
    if strange := [name for name in (*manifest.files, *manifest.missing) if not belongs(name)]:
        raise Damaged(f"The archive has a file that no archive has: {strange[0]!r}.")
    return manifest


def _is_sound(manifest: Manifest) -> bool:
    def all_are(kind: type, values: list[Any]) -> bool:
        return all(type(value) is kind for value in values)

    is_hash: Callable[[str], Any] = re.compile(r"[0-9a-f]{64}").fullmatch
    stamps = list(manifest.files.values())
    texts = [manifest.site, manifest.created_at, manifest.schema, manifest.version]
    numbers = [manifest.posts, manifest.pictures, manifest.runs, *(stamp.bytes for stamp in stamps)]
    return (
        all_are(list, [manifest.missing])
        and all_are(str, [*texts, *manifest.missing, *(stamp.sha256 for stamp in stamps)])
        and all_are(int, numbers)
        and min(numbers) >= 0
        and all(is_hash(stamp.sha256) for stamp in stamps)
        and DATABASE in manifest.files
    )
