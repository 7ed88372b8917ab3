"""Files that are there whole or not at all, whenever the power fails and whoever reads meanwhile."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

HALF = ".new-"  # how the names of files begin that are not whole yet


def write_whole(file: Path, data: bytes) -> None:
    """`data` as `file`, on disk when this returns; its folder is made where there is none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=HALF)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, file)
