"""Posts in from a folder of Markdown files, and out to one; what went out comes in as the same bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from sqlalchemy import select

from app.algorithms.vision.images import InvalidPicture
from app.blog import editing, former, frontmatter
from app.blog.manuscript import Manuscript, slug_of
from app.blog.models import Post
from app.blog.pictures import shelf
from app.db import db
from app.errors import AppError


@dataclass(frozen=True)
class Imported:
    """What became of one file."""

    slug: str
    outcome: Literal["added", "replaced", "kept"]


def import_posts(folder: Path, *, replace: bool = False) -> list[Imported]:
    """Takes in every *.md of `folder`; posts that are there already stay as they are, unless `replace`.

    Raises AppError, naming the file, for one that cannot be read; the files before it are in by then.
    """
    return [_import_post(file, replace) for file in sorted(folder.glob("*.md"))]


def export_posts(folder: Path) -> int:
    """Writes every post, drafts too, as <slug>.md into `folder`, with its pictures beside it; how many posts."""
    folder.mkdir(parents=True, exist_ok=True)
    posts = editing.everything()
    for post in posts:
        export_post(post, folder)
    return len(posts)


def export_post(post: Post, folder: Path) -> None:
    """Raises FileNotFoundError, with the text written, where a picture of the post is not there."""
    (folder / f"{post.slug}.md").write_bytes(frontmatter.write(manuscript_of(post)).encode())
    shelf.put_beside(folder, f"{post.source}\n{post.cover}")


def manuscript_of(post: Post) -> Manuscript:
    """The post as its author wrote it."""
    copied = {name: getattr(post, name) for name in editing.COPIED.split()}
    return Manuscript(**copied, tags=tuple(post.tags), aliases=former.addresses_of(post))


def _import_post(file: Path, overwrite: bool) -> Imported:
    try:
        manuscript = frontmatter.read(file.read_bytes().decode("utf-8-sig"), slug_of(file.stem))
        manuscript = replace(manuscript, updated_at=manuscript.updated_at or manuscript.published_at)
        return _take_in(manuscript, file.parent, overwrite)
    except UnicodeDecodeError:
        raise AppError(f"{file.name}: this is no UTF-8 text.") from None
    except InvalidPicture as refusal:
        raise AppError(f"{file.name}: {refusal}") from refusal
    except AppError as error:
        raise AppError(f"{file.name}: {error.message}") from error


def _take_in(manuscript: Manuscript, folder: Path, overwrite: bool) -> Imported:
    there = db.session.scalar(select(Post).where(Post.slug == manuscript.slug))
    if there is not None and not overwrite:
        return Imported(there.slug, "kept")
    shelf.take_in_beside(folder, f"{manuscript.source}\n{manuscript.cover}")
    if there is None:
        return Imported(editing.create(manuscript).slug, "added")
    return Imported(editing.save(there.id, there.version, manuscript).slug, "replaced")
