"""Files that are there whole or not at all, whenever the power fails and whoever reads meanwhile."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from app import failpoint

ROOMS = {  # what a name in the folder of data is; whatever is not here is “other”
    "database": ("playpress.db", "playpress.db-wal", "playpress.db-shm"),
    "runs": ("pictures",),
    "posts": ("media",),
    "networks": ("models",),
}
LOOK_SECONDS = 60.0  # between two looks at how much there is
HALF = ".new-"  # how the names of files begin that are not whole yet


def write_whole(file: Path, data: bytes) -> None:
    """`data` as `file`, on disk when this returns; its folder is made where there is none.

    Raises OSError where there is no room, and leaves nothing then.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    failpoint.passed("file")
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=HALF)
    try:
        with os.fdopen(handle, "wb") as out:
            failpoint.passed("file")
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        failpoint.passed("file")
        os.replace(temporary, file)
        failpoint.passed("file")
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def sizes(folder: Path) -> dict[str, int]:
    """Bytes of everything in a folder by the names that are in it, as of some time within the last minute."""
    return dict(_sizes(folder, int(time.monotonic() // LOOK_SECONDS)))


def rooms(folder: Path) -> dict[str, int]:
    """Bytes in the folder of data by what they are, as `sizes` has them."""
    found = sizes(folder)
    told = {what: sum(found.pop(name, 0) for name in names) for what, names in ROOMS.items()}
    return told | {"other": sum(found.values())}


def free(folder: Path) -> int:
    """Bytes that can still be written there."""
    return shutil.disk_usage(folder).free


@lru_cache(maxsize=4)
def _sizes(folder: Path, _minute: int) -> tuple[tuple[str, int], ...]:
    return tuple((name.name, _size(name)) for name in sorted(folder.iterdir()))


def _size(path: Path) -> int:
    try:
        if not path.is_dir():
            return path.stat().st_size
        return sum(_size(inside) for inside in path.iterdir())
    except FileNotFoundError:  # erased meanwhile
        return 0
