"""Old archives go when a new one has been verified: of the same site and folder, and named alike but for the date."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from app.backup import manifest as manifests
from app.backup.archive import BROKEN, LARGEST_MANIFEST, MANIFEST, is_sealed
from app.errors import AppError

DATE = r"\d{4}-?\d\d-?\d\d(?:[T_-]?\d\d[:-]?\d\d(?:[:-]?\d\d)?)?"
UNDATED = "--keep needs a date in the name, such as site-2026-11-29.zip; or give a folder, and the name gets one."


def name_for(at: datetime) -> str:
    return f"playpress-{at:%Y%m%d-%H%M%S}.zip"


def alike(name: str) -> re.Pattern[str]:
    """What the names of archives look like of which `name` is the newest. Raises AppError when it has no date."""
    parts = re.split(DATE, name, maxsplit=1)
    if len(parts) == 1:
        raise AppError(UNDATED)
    return re.compile(DATE.join(map(re.escape, parts)))


def remove_older(newest: Path, keep: int) -> list[Path]:
    """Removes all but the `keep` newest archives like `newest`, which stays; which ones went."""
    told, pattern = _told(newest), alike(newest.name)
    others = [file for file in newest.parent.iterdir() if pattern.fullmatch(file.name) and file.name != newest.name]
    known = [(its, file) for file in others if (its := _told(file)) is not None]
    ours = [(its.created_at, file) for its, file in known if told and its.site == told.site]
    gone = [file for _, file in sorted(ours, reverse=True)[max(0, keep - 1) :]]
    for file in gone:
        file.unlink()
    return gone


def _told(file: Path) -> manifests.Manifest | None:
    """What an archive says of itself; None for anything else, which is then left alone."""
    try:
        if not file.is_file() or not is_sealed(file):
            return None
        with ZipFile(file) as pack:
            entry = pack.getinfo(MANIFEST)
            return manifests.read(pack.read(entry)) if entry.file_size <= LARGEST_MANIFEST else None
    except (*BROKEN, KeyError, OSError, manifests.Damaged):
        return None
