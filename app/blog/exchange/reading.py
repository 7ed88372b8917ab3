"""Whose text it is, and the post that it says; what it leaves open is the site's to say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from app.blog import frontmatter
from app.blog.exchange import bear, heads, hugo, jekyll, nikola, quarto
from app.blog.exchange.heads import Head
from app.blog.exchange.parcel import Parcel
from app.blog.exchange.sheet import Sheet
from app.blog.manuscript import Manuscript, slug_of
from app.errors import AppError

WHOLE = {"title", "slug", "status", "lang"}  # every file that this site writes has these
OURS = {"status", "page", "part", "cover_alt", "updated", "lang"}
FIELDS = {"date": "published_at", "updated": "updated_at", "draft": "status", "page": "kind"}
A_LIST = "This is the page of a list in Hugo, which this site makes by itself."


@dataclass(frozen=True)
class Read:
    """A post as a file has it. Fields that are not `said` stay as they are where the post is there already."""

    manuscript: Manuscript
    said: frozenset[str]
    whole: bool
    remarks: tuple[str, ...]
    figures: dict[str, bytes]


def read(parcel: Parcel, path: str) -> Read:
    """The post in the file `path`. Raises AppError with the cause."""
    if PurePosixPath(path).name.startswith("_index."):
        raise AppError(A_LIST)
    if path.lower().endswith(".ipynb"):
        from app.blog.exchange import notebook  # nbformat takes a while to load and few posts need it

        return _as_draft(_told(*notebook.read(path, parcel.text(path), _meta(parcel, path))))
    head = heads.split(parcel.text(path))
    beside = _meta(parcel, path)
    if beside and head.syntax == "none":
        head = Head(beside, head.body, "nikola")
    if head.syntax == "yaml" and head.front.keys() >= WHOLE:
        return _told(Sheet(path, head.front, head.body), whole=True)
    return _told(_translated(Sheet(path, head.front, head.body), head))


def _translated(sheet: Sheet, head: Head) -> Sheet:
    if head.syntax == "nikola" or (head.syntax == "yaml" and nikola.is_one(sheet)):
        return nikola.read(sheet)
    if head.syntax == "bear":
        return bear.read(sheet)
    if sheet.path.lower().endswith(".qmd"):
        return quarto.read(sheet)
    if head.syntax in ("toml", "json"):
        return hugo.read(sheet)
    if jekyll.is_one(sheet):
        return jekyll.read(sheet)
    return hugo.keys(sheet) if OURS & sheet.front.keys() else hugo.read(sheet)


def _told(sheet: Sheet, figures: dict[str, bytes] | None = None, whole: bool = False) -> Read:
    manuscript = frontmatter.manuscript_of(sheet.front, sheet.body, slug_of(sheet.stem))
    said = {FIELDS.get(key, key) for key in sheet.front if key in frontmatter.KNOWN.split()}
    return Read(manuscript, frozenset(said), whole, sheet.remarks, figures or {})


def _as_draft(read: Read) -> Read:
    """A notebook is somebody's work that goes on: it is public only where it says so."""
    return read if "status" in read.said else replace(read, manuscript=replace(read.manuscript, status="draft"))


def _meta(parcel: Parcel, path: str) -> dict[str, object]:
    """What stands in Nikola's .meta file beside a text."""
    name = str(PurePosixPath(path).with_suffix(".meta"))
    return heads.pairs(parcel.text(name)) if name in parcel else {}
