"""The pictures that come with a text: found in the parcel, named for the library, called so in the text."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import unquote

import yaml
from sqlalchemy import or_, select

from app.algorithms.vision.decoder import decode_apart
from app.algorithms.vision.images import InvalidPicture
from app.blog.exchange.mentions import mentioned, rewritten
from app.blog.exchange.parcel import OF_BUNDLE, PICTURES, Parcel
from app.blog.exchange.sheet import ELSEWHERE
from app.blog.models import Post
from app.blog.pictures import files, shelf, vector
from app.blog.pictures.models import Picture
from app.db import db
from app.errors import AppError

SMALL = 64  # pixels: enough to know that a picture can be read


@dataclass
class Luggage:
    """What a parcel has of pictures, and the names that its texts have taken for them so far."""

    parcel: Parcel
    claimed: dict[str, bytes] = field(default_factory=dict)  # names, and the hash of what they mean

    def packed(self, text: str, cover: str, path: str, slug: str, post_id: int | None) -> Packed:
        """`text` of the file `path` with its pictures by the names that the library will know. Raises AppError."""
        names: dict[str, str] = {}

        def named(address: str) -> str:
            file = self._meant(address, posixpath.dirname(path))
            if file is None:
                return address
            name = self._name(file, posixpath.dirname(path), address, slug, post_id)
            names[name] = file
            bare = unquote(address).removeprefix("./")
            return address if bare == name else name

        told = Packed(rewritten(text, named), named(cover) if cover else "", names)
        for address in mentioned(text, code=True):
            named(address)  # one that only code speaks of comes along as well, as it goes out
        return told

    def alts(self) -> dict[str, str]:
        """Alternative texts that a parcel of ours says, by names of the library."""
        lists = [name for name in self.parcel.files if posixpath.basename(name) == OF_BUNDLE]
        if not lists:
            return {}
        try:
            said = yaml.safe_load(self.parcel.text(min(lists, key=len))) or {}
        except yaml.YAMLError:
            raise AppError(f"{OF_BUNDLE} cannot be read.") from None
        return {str(name): str(alt) for name, alt in said.items()} if isinstance(said, dict) else {}

    def _meant(self, address: str, folder: str) -> str | None:
        """The file that a text in `folder` means: beside it, or, as sites keep them, anywhere below the same path."""
        if not address or ELSEWHERE.match(address) or address.startswith(("#", "data:", "/pictures/")):
            return None
        bare = unquote(address.partition("?")[0].partition("#")[0])
        if posixpath.splitext(bare)[1].lower() not in PICTURES:
            return None
        if not bare.startswith("/"):
            beside = posixpath.normpath(posixpath.join(folder, bare))
            if beside in self.parcel:
                return beside
        tail = posixpath.normpath(bare).lstrip("./")
        if not tail:
            return None
        known = [name for name in self.parcel.files if name == tail or name.endswith(f"/{tail}")]
        return min(known, key=lambda name: (len(name), name), default=None)

    def _name(self, file: str, folder: str, address: str, slug: str, post_id: int | None) -> str:
        """A name under which no text that stays means another picture."""
        data = self.parcel.read(file)
        told = sha256(data).digest()
        wanted = _plain(posixpath.relpath(file, folder or ".")) if not address.startswith("/") else _plain(address)
        digest = told.hex()[:8]
        for name in (wanted, f"{slug}/{wanted}", f"{slug}/{digest}-{posixpath.basename(wanted)}"):
            if self.claimed.get(name, told) == told and _is_free(name, data, post_id):
                break
        self.claimed[name] = told
        return name


@dataclass(frozen=True)
class Packed:
    """A text and a cover by names of the library, and the files of the parcel that these mean."""

    text: str
    cover: str
    names: dict[str, str]


def check(data: bytes) -> None:
    """Raises InvalidPicture for what the library would not take in, at a small part of the price."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        vector.measured(data)
    else:
        decode_apart(data, max_side=SMALL)


def take_in(packed: Packed, parcel: Parcel, alts: dict[str, str]) -> None:
    """Keeps the pictures that are not there yet. Raises AppError, naming the file."""
    for name, file in packed.names.items():
        data, alt = parcel.read(file), alts.get(name, "")
        there = latest(name)
        if there is not None and is_kept(there, data) and (there.alt or not alt):
            continue
        try:
            shelf.take_in(data, name, alt)
        except InvalidPicture as refusal:
            raise AppError(f"{file}: {refusal}") from None


def latest(name: str) -> Picture | None:
    """The picture that texts mean by `name`."""
    named = select(Picture).where(Picture.name == name).order_by(Picture.created_at.desc()).limit(1)
    return db.session.scalar(named)


def is_kept(picture: Picture, data: bytes) -> bool:
    """Whether `data` is what the picture was made from, or what it is given out as."""
    if shelf.hash_of(data) == picture.hash:
        return True
    file = files.path(picture.files[-1][0])
    return file.exists() and file.stat().st_size == len(data) and file.read_bytes() == data


def _is_free(name: str, data: bytes, post_id: int | None) -> bool:
    """Whether `name` means this picture or none, or is called by no post but the one that is replaced."""
    there = latest(name)
    if there is None or is_kept(there, data):
        return True
    if post_id is None:
        return False
    calls = or_(Post.source.contains(name, autoescape=True), Post.cover.contains(name, autoescape=True))
    return set(db.session.scalars(select(Post.id).where(calls))) == {post_id}


def _plain(path: str) -> str:
    """A path as a name: letters, digits, dots, hyphens, and slashes between them."""
    parts = [part for part in path.split("/") if part not in ("", ".", "..")]
    return "/".join(re.sub(r"[^\w.-]+", "-", part).strip("-") or "picture" for part in parts)
