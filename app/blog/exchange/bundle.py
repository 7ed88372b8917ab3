"""Posts out as one zip that needs nothing else: texts, their pictures, where earlier addresses lead, and the settings.

The same site gives the same bytes: files stand in order and carry no time. What lies in it comes in again as it was.
"""

from __future__ import annotations

import re
import shlex
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import IO
from urllib.parse import unquote

import yaml
from sqlalchemy import select

from app import site
from app.blog import editing, former, frontmatter
from app.blog.addresses import path_of
from app.blog.exchange.luggage import latest
from app.blog.exchange.mentions import mentioned
from app.blog.exchange.parcel import OF_BUNDLE
from app.blog.models import Post
from app.blog.pictures import files
from app.blog.pictures.models import Picture
from app.blog.pictures.shelf import OWN
from app.blog.transfer import manuscript_of
from app.config import Settings
from app.db import db

OWN_ADDRESS = re.compile(OWN.pattern)
BEGINNING = (1980, 1, 1, 0, 0, 0)
SECRET = re.compile(r".*(KEY|TOKEN|SECRET|PASSWORD).*|DATABASE_URL|DATA")
FOLDER = "posts"
ABOUT = "# Of this site, for whoever reads this; they are set in the environment and not taken in with the posts.\n"


def write(out: IO[bytes], posts: Iterable[Post] | None = None) -> int:
    """Writes the zip of `posts`, of all there are where none are named, to `out`; how many posts."""
    chosen = sorted(editing.everything() if posts is None else posts, key=lambda post: post.slug)
    with zipfile.ZipFile(out, "w") as archive:
        pictures: dict[str, Picture] = {}
        for post in chosen:
            text = frontmatter.write(manuscript_of(post))
            by_name, text = _with_names(text, post.cover)
            pictures |= by_name
            _put(archive, f"{FOLDER}/{post.slug}.md", text.encode())
        for name, picture in sorted(pictures.items()):
            file = files.path(picture.files[-1][0])
            if file.exists():
                _put(archive, f"{FOLDER}/{name}", file.read_bytes(), zipfile.ZIP_STORED)
        alts = {name: picture.alt for name, picture in sorted(pictures.items()) if picture.alt}
        if alts:
            _put(archive, f"{FOLDER}/{OF_BUNDLE}", yaml.safe_dump(alts, allow_unicode=True, width=110).encode())
        if posts is None:
            _put(archive, "redirects.txt", "".join(sorted(_redirects(chosen))).encode())
            _put(archive, "settings.env", _settings().encode())
    return len(chosen)


def _with_names(text: str, cover: str) -> tuple[dict[str, Picture], str]:
    """The pictures that a text means, by name; those that it means by their address are given a name in it."""
    known: dict[str, Picture] = {}

    def named(found: re.Match[str]) -> str:
        picture = db.session.scalar(select(Picture).where(Picture.hash == found[1]).limit(1))
        if picture is None:
            return found[0]
        current = latest(picture.name)
        name = picture.name if current and current.hash == picture.hash else f"{picture.hash}.{picture.kind}"
        known[name] = picture
        return name

    text = OWN_ADDRESS.sub(named, text)
    addresses = [*mentioned(text, code=True), cover]
    called = (latest(unquote(address).removeprefix("./")) for address in addresses if not address.startswith("/"))
    return {picture.name: picture for picture in called if picture} | known, text


def _put(archive: zipfile.ZipFile, name: str, data: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, BEGINNING)
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data, how)


def _redirects(posts: Iterable[Post]) -> Iterator[str]:
    """Each earlier address and where it leads, as many hosts of plain files read it."""
    for post in posts:
        for address in former.addresses_of(post):
            yield f"/{address} {path_of(post)} 301\n"
            yield f"/posts/{address} {path_of(post)} 301\n"


def _settings() -> str:
    """What was set otherwise than it would be, without what only this machine or nobody else should know."""
    settings = site.present()
    told = {field.name: getattr(settings, field.name) for field in fields(Settings) if not SECRET.fullmatch(field.name)}
    defaults = {field.name: field.default for field in fields(Settings)}
    said = {name: value for name, value in told.items() if value != defaults[name]}
    return ABOUT + "".join(f"{name}={shlex.quote(str(value))}\n" for name, value in said.items())
