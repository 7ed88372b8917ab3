"""A parcel that waits between being looked through and being taken in: a zip in DATA, for an hour at most."""

from __future__ import annotations

import secrets
import time
from pathlib import Path

from flask import current_app

from app.blog.exchange import parcel as parcels
from app.blog.exchange.parcel import Parcel
from app.disk import write_whole
from app.errors import NotFound

LONGEST, MOST = 3600, 20  # seconds; parcels
GONE = "These files are no longer here; they wait for an hour. Choose them again."


def keep(data: bytes) -> str:
    """The word by which a zip is found again."""
    word = secrets.token_hex(16)
    _sweep()
    write_whole(_folder() / f"{word}.zip", data)
    return word


def opened(word: str) -> Parcel:
    """Raises NotFound with a sentence."""
    return parcels.of_zip(_found(word))


def drop(word: str) -> None:
    _found(word).unlink(missing_ok=True)


def _found(word: str) -> Path:
    """Looked up among those there are."""
    file = next((file for file in _there() if file.stem == word), None)
    if file is None or _age(file) > LONGEST:
        raise NotFound(GONE)
    return file


def _sweep() -> None:
    """Nobody comes back for what is old, nor for the oldest of many."""
    files = sorted(_there(), key=_age)
    for number, file in enumerate(files, start=1):
        if number >= MOST or _age(file) > LONGEST:
            file.unlink(missing_ok=True)


def _there() -> list[Path]:
    return list(_folder().glob("*.zip"))


def _age(file: Path) -> float:
    """In seconds; a file that went meanwhile is old."""
    try:
        return time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return float(LONGEST + 1)


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].DATA / "waiting"
    return folder
