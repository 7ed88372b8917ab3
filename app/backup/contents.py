"""What a site consists of, asked of the site in whose context this runs: its files, its posts as Markdown, its numbers.

The files that rows name are called in an archive as they are in DATA.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from app.blog import editing, transfer
from app.blog.models import Post
from app.blog.pictures.models import Picture
from app.db import db
from app.jobs.models import Job
from app.jobs.pictures import JobPicture


@dataclass(frozen=True)
class Counts:
    posts: int
    pictures: int
    runs: int


def counts() -> Counts:
    """How many posts there are, pictures of posts, and runs of demos."""
    asked = (func.count(Post.id), func.count(func.distinct(Picture.hash)), func.count(Job.id))
    return Counts(*(db.session.scalar(select(what)) or 0 for what in asked))


def kept() -> set[str]:
    """Names of all files that rows name, as paths in DATA."""
    pictures = {name for picture in db.session.scalars(select(Picture)) for name, _ in picture.files}
    of_posts = {f"media/{name[:2]}/{name}" for name in pictures}
    keys = db.session.scalars(select(JobPicture.key).distinct())
    return of_posts | {f"pictures/{key[:2]}/{key}" for key in keys}


def write_posts(folder: Path) -> None:
    """Every post as `flask posts export` writes it, with its pictures beside it, as far as they are there."""
    folder.mkdir(parents=True)
    for post in editing.everything():
        try:
            transfer.export_post(post, folder)
        except FileNotFoundError:
            continue  # the archive is made all the same and says what is missing
