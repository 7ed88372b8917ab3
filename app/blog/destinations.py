"""Where links within this site lead: whether a reader who follows one finds a page, and which parts that page has."""

from __future__ import annotations

import html
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from flask import current_app
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.blog import archive, former, lint
from app.blog.addresses import host
from app.blog.manuscript import slug_of
from app.blog.models import FormerAddress, Post
from app.blog.pictures.models import Picture
from app.db import db

OF_TEXTS = {"blog.post", "blog.standing", "blog.source"}  # each sends on to another where the text is there
OF_THE_PAGE = {"", "main", "contents", "related"}  # names that the page around a text has


class Destinations:
    """What the site has, as far as it has been asked for; for as long as a check takes."""

    def __init__(self) -> None:
        self.parts: dict[str, set[str]] = {}

    def path(self, address: str, base: str) -> str | None:
        """The path on this site that `address` means, seen from the page `base`; None for one of another site."""
        try:
            split = urlsplit(address)
        except ValueError:
            return None
        if split.scheme not in ("", "http", "https") or (split.netloc and split.hostname != host()):
            return None
        if split.scheme and not split.netloc:
            return None
        return unquote(urljoin(base, split.path) if split.path else base)

    def is_there(self, path: str) -> bool:
        """True where a reader finds something, and wherever that is not known here."""
        try:
            endpoint, given = current_app.url_map.bind("").match(path, "GET")
        except RequestRedirect:
            return True
        except HTTPException:
            return former.leads_to(path) is not None
        if endpoint in OF_TEXTS:
            return given["slug"] in self.texts or former.leads_to(given["slug"]) is not None
        if endpoint == "static":
            return given["filename"] in self.files
        if endpoint in ("pictures.file", "pictures.drawing"):
            return db.session.scalar(select(Picture.hash).where(Picture.hash == given["key"]).limit(1)) is not None
        known = {"blog.tag": self.tags, "blog.series": self.series}.get(endpoint)
        if known is not None:
            return next(iter(given.values())) in known
        return endpoint not in self.listed or path in self.listed[endpoint]

    def has(self, path: str, part: str) -> bool:
        """True when the text at `path` has a part of that name, or is none of a post."""
        slug = path.rstrip("/").rpartition("/")[2]
        text = self.texts.get(slug)
        if text is None or part in OF_THE_PAGE or part.startswith(":~:"):
            return True
        if slug not in self.parts:
            page = db.session.scalar(select(Post.html).where(Post.id == text)) or ""
            self.parts[slug] = set(map(html.unescape, lint.ID.findall(page)))
        return unquote(part) in self.parts[slug]

    @cached_property
    def texts(self) -> dict[str, int]:
        """The numbers of all public posts and pages by their slugs."""
        columns = archive.public().with_only_columns(Post.slug, Post.id)
        return {slug: number for slug, number in db.session.execute(columns)}

    @cached_property
    def stamp(self) -> str:
        """Changes with everything on which the warnings of rendering depend beside the text itself."""
        former = db.session.execute(select(FormerAddress.slug, FormerAddress.post_id).order_by(FormerAddress.slug))
        pictures = db.session.execute(select(Picture.hash, Picture.name, Picture.alt).order_by(Picture.created_at))
        told = (sorted(self.texts.items()), former.all(), pictures.all())
        return sha256(repr(told).encode()).hexdigest()

    @cached_property
    def tags(self) -> set[str]:
        return set(archive.tags())

    @cached_property
    def series(self) -> set[str]:
        return {slug_of(title) for title in archive.series_lengths()}

    @cached_property
    def files(self) -> set[str]:
        """The names of the files that are served as they are; what a text names is never looked for on the disk."""
        folder = Path(str(current_app.static_folder))
        return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}

    @cached_property
    def listed(self) -> dict[str, set[str]]:
        """The addresses beside the blog, by endpoint: such as those of demos, of which the blog knows nothing else."""
        found: dict[str, set[str]] = {}
        for path in current_app.extensions["blog.places"]():
            endpoint, _ = current_app.url_map.bind("").match(path, "GET")
            found.setdefault(endpoint, set()).add(path)
        return found
