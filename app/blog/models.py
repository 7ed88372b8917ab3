"""A post as it is kept: the author's Markdown byte for byte, and beside it what was rendered from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UtcTime, now

Status = Literal["draft", "published"]
Kind = Literal["post", "page"]
WORDS_A_MINUTE = 230


class Post(Base):
    """One post, or one page: a text such as “About” that stands beside the posts.

    It is public when `archive.public()` says so, and nowhere else is that decided.
    """

    __tablename__ = "posts"
    # What is public is told by the index alone: in the table, these stand behind the whole text of each post.
    __table_args__ = (Index("ix_posts_kind_status_published_at", "kind", "status", "published_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="post", server_default="post")
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    source: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(default="")
    series: Mapped[str] = mapped_column(default="", index=True)
    part: Mapped[int | None]
    status: Mapped[str] = mapped_column(default="draft", index=True)
    published_at: Mapped[datetime | None] = mapped_column(UtcTime, index=True)
    updated_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    version: Mapped[int] = mapped_column(default=1)
    lang: Mapped[str] = mapped_column(default="en")
    cover: Mapped[str] = mapped_column(default="")
    cover_alt: Mapped[str] = mapped_column(default="")
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    html: Mapped[str] = mapped_column(Text)
    contents: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    excerpt_html: Mapped[str] = mapped_column(Text)
    word_count: Mapped[int]
    demos: Mapped[list[str]] = mapped_column(JSON)
    render_key: Mapped[str]

    labels: Mapped[list[Tag]] = relationship(
        cascade="all, delete-orphan", order_by="Tag.position", lazy="selectin", passive_deletes=True
    )

    @property
    def tags(self) -> list[str]:
        return [label.name for label in self.labels]

    @property
    def minutes(self) -> int:
        return max(1, round(self.word_count / WORDS_A_MINUTE))

    @property
    def scheduled(self) -> bool:
        return self.status == "published" and self.published_at is not None and self.published_at > now()

    @property
    def revised(self) -> bool:
        """True when readers should know that it changed on a later day than it appeared."""
        return self.published_at is not None and self.updated_at.date() > self.published_at.date()


class Tag(Base):
    """One tag of one post, in the author's order."""

    __tablename__ = "tags"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True, index=True)
    position: Mapped[int]


class FormerAddress(Base):
    """An address that a post once had, or had elsewhere; it leads to the post for as long as there is one."""

    __tablename__ = "former_addresses"

    slug: Mapped[str] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
