"""A post as it is kept: the author's Markdown byte for byte, what was rendered from it, and the texts it had."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UtcTime, now

Status = Literal["draft", "published"]
Kind = Literal["post", "page"]
WORDS_A_MINUTE = 230


def minutes_of(words: int) -> int:
    """How long so many words take to read."""
    return max(1, round(words / WORDS_A_MINUTE))


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
        return minutes_of(self.word_count)

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


class DeletedPost(Base):
    """A number that a post had: no other gets it, or a tab that is still open would save over a stranger."""

    __tablename__ = "deleted_posts"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class WorkingCopy(Base):
    """What an author has typed and not saved: of a post, or of a text that is no post yet.

    That of a post stays, emptied, when its text is saved or dropped: `rev` never begins anew, so a tab that comes late
    with an old one is always told from a tab that has seen the last.
    """

    __tablename__ = "working_copies"
    __table_args__ = ({"sqlite_autoincrement": True},)  # no copy gets the number of one that was dropped

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), unique=True)
    base_version: Mapped[int]
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    rev: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(UtcTime)

    @property
    def title(self) -> str:
        return " ".join(self.fields.get("title", "").split())


class Revision(Base):
    """A text that a post had, or, of the kind “auto”, one that its author had typed at the time `at`.

    `version` is the post's: which it made, or on which it was typed. `began_at` is when its session began.
    """

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("post_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    number: Mapped[int]
    version: Mapped[int]
    kind: Mapped[str]  # auto, manual, publish, restore or import
    source: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    author: Mapped[str] = mapped_column(default="")
    began_at: Mapped[datetime] = mapped_column(UtcTime)
    at: Mapped[datetime] = mapped_column(UtcTime)
