"""The files of pictures, in a folder of DATA: written whole or not at all, named by what they contain."""

from __future__ import annotations

from pathlib import Path

from flask import current_app

from app.disk import write_whole


def path(name: str) -> Path:
    """Where the file `name` of a row is. Names are made from rows and never from an address."""
    folder: Path = current_app.config["SETTINGS"].DATA / "media"
    return folder / name[:2] / name


def write(name: str, data: bytes) -> None:
    """`data` as the file `name`, on disk when this returns."""
    file = path(name)
    if not file.exists():
        write_whole(file, data)


def remove(name: str) -> None:
    """The file `name` is there no more when this returns."""
    path(name).unlink(missing_ok=True)
