"""Pictures in, and found again: by the name that a text has for them, or by their own address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from flask import current_app, url_for
from sqlalchemy import or_, select

from app.algorithms.vision.images import InvalidPicture
from app.assets import version
from app.blog.figures import Shown
from app.blog.pictures import files
from app.blog.pictures.models import Picture
from app.blog.pictures.widths import RECIPE, made
from app.db import db, now, writing

NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
FIGURE = re.compile(r"/static/figures/[\w.-]+")
OWN = re.compile(r"/pictures/([0-9a-f]{32})(?:-\d+)?\.(?:webp|svg)")
BATCH = 500  # names in one query
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".svg"}


class NameTaken(Exception):
    """Texts mean another picture by this name."""


def take_in(data: bytes, name: str, alt: str = "", *, alone: bool = False) -> Picture:
    """The picture in `data`, under `name` from now on. Raises InvalidPicture with a sentence.

    With `alone` it raises NameTaken instead of taking a name away from another picture.
    """
    key = hash_of(data)
    while True:
        there = _hashed(key)
        measures = _measures(there) if there and _whole(there) else _written(data, key)
        with writing() as session:
            if alone and means_another(name, data):
                raise NameTaken(name)
            picture = session.get(Picture, (key, name)) or Picture(hash=key, name=name, alt="", **measures)
            if not _whole(picture):  # it was thrown away between the two
                continue
            picture.alt, picture.created_at = alt or picture.alt, now()
            session.add(picture)
        return picture


def find(address: str) -> Shown | None:
    """The picture that a text means by `address`."""
    return found([address]).get(address)


def found(addresses: Iterable[str]) -> dict[str, Shown]:
    """What `find` gives for each of `addresses` that means a picture, at the price of a few queries for all."""
    wanted = {address: _meant(address) for address in addresses}
    pictures: dict[str, Picture] = {}
    for batch in _batches(sorted(set(wanted.values()))):
        meant = or_(Picture.name.in_(batch), Picture.hash.in_(batch))
        for picture in db.session.scalars(select(Picture).where(meant).order_by(Picture.created_at)):
            pictures |= {picture.name: picture, picture.hash: picture}
    return {address: shown(pictures[key]) for address, key in wanted.items() if key in pictures}


def means_another(name: str, data: bytes) -> bool:
    """True when texts know another picture than the one in `data` by `name`."""
    there = _named(name)
    return there is not None and there.hash != hash_of(data)


def is_missing(address: str) -> bool:
    """True for the address of a figure of this site that is not there; of other addresses nothing is known here."""
    return FIGURE.fullmatch(address) is not None and address not in _figures()


def shown(picture: Picture) -> Shown:
    if picture.kind == "svg":
        addresses: tuple[tuple[str, int], ...] = ((url_for("pictures.drawing", key=picture.hash), picture.width),)
    else:
        addresses = tuple(
            (url_for("pictures.file", key=picture.hash, width=width), width) for _, width in picture.files
        )
    return Shown(picture.width, picture.height, picture.alt, addresses)


def everything() -> list[Picture]:
    """All pictures that somebody took in, the last one first; the site's own figures are not among them."""
    theirs = select(Picture).where(~Picture.name.startswith("/"))
    return list(db.session.scalars(theirs.order_by(Picture.created_at.desc(), Picture.name)))


def take_in_figures(text: str) -> None:
    """Keeps the figures of this site that `text` names in all widths. One that cannot be read stays as it is."""
    for address in sorted(set(FIGURE.findall(text))):
        file = _figures().get(address)
        if file is None:
            continue
        data = file.read_bytes()
        there = _named(address)
        if there is None or there.hash != hash_of(data) or not _whole(there):
            _taken_in_if_readable(data, address)


def take_in_beside(folder: Path, text: str) -> list[str]:
    """Takes in the pictures in `folder` that `text` names; their names. Raises InvalidPicture, naming the file."""
    there = {file.relative_to(folder).as_posix(): file for file in _pictures_in(folder)}
    named = [name for name in sorted(there) if NAME.fullmatch(name) and _is_named(name, text)]
    for name in named:
        try:
            take_in(there[name].read_bytes(), name)
        except InvalidPicture as error:
            raise InvalidPicture(f"{name}: {error}") from None
    return named


def put_beside(folder: Path, text: str) -> None:
    """Writes the pictures that `text` names into `folder`, each as its largest file: what comes in again as it is."""
    for name in {picture.name for picture in everything() if _is_named(picture.name, text)}:
        picture = _named(name)
        if picture and ".." not in name.split("/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(files.path(picture.files[-1][0]).read_bytes())


def figures_version() -> str:
    """Changes whenever one of the site's own figures does."""
    told = "".join(f"{address} {version(file)} " for address, file in sorted(_figures().items()))
    return sha256(told.encode()).hexdigest()[:16]


def hash_of(data: bytes) -> str:
    return sha256(RECIPE.encode() + data).hexdigest()[:32]


def _meant(address: str) -> str:
    """The hash in a picture's own address; the name in any other."""
    own = OWN.fullmatch(address)
    return own[1] if own else unquote(address).removeprefix("./")


def _batches(keys: list[str]) -> Iterator[list[str]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def _named(name: str) -> Picture | None:
    named = select(Picture).where(Picture.name == name).order_by(Picture.created_at.desc())
    return db.session.scalar(named.limit(1))


def _hashed(key: str) -> Picture | None:
    return db.session.scalar(select(Picture).where(Picture.hash == key).limit(1))


def _measures(picture: Picture) -> dict[str, Any]:
    return {name: getattr(picture, name) for name in ("kind", "width", "height", "bytes")}


def _written(data: bytes, key: str) -> dict[str, Any]:
    """The measures of the picture in `data`, whose files are on disk when this returns."""
    new = made(data)
    measures = {"kind": new.kind, "width": new.width, "height": new.height, "bytes": len(new.files[max(new.files)])}
    for (file, _), width in zip(Picture(hash=key, name="", **measures).files, sorted(new.files), strict=True):
        files.write(file, new.files[width])
    return measures


def _whole(picture: Picture) -> bool:
    return all(files.path(name).exists() for name, _ in picture.files)


def _taken_in_if_readable(data: bytes, name: str) -> None:
    try:
        take_in(data, name)
    except InvalidPicture as refusal:
        current_app.logger.warning("%s stays in its one width: %s", name, refusal)


def _figures() -> dict[str, Path]:
    folder = Path(str(current_app.static_folder)) / "figures"
    return _listed(folder, folder.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _listed(folder: Path, _changed: int) -> dict[str, Path]:
    return {f"/static/figures/{file.name}": file for file in folder.glob("*") if file.suffix in SUFFIXES}


def _pictures_in(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())


def _is_named(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w./-])(?:\./)?{re.escape(name)}(?![\w-])", text) is not None
