"""What an author has written before in fields that repeat: tags and series, those of drafts too."""

from __future__ import annotations

from sqlalchemy import func, select

from app.blog.models import Post, Tag
from app.db import db


def tags() -> list[str]:
    """The most used first."""
    counted = select(Tag.name).group_by(Tag.name).order_by(func.count().desc(), Tag.name)
    return list(db.session.scalars(counted))


def series() -> list[str]:
    named = select(Post.series).where(Post.series != "").group_by(Post.series).order_by(Post.series)
    return list(db.session.scalars(named))
