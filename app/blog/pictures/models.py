"""A picture as it is kept: its name in texts, its measures, and which files there are of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime, now

WIDTHS = (480, 960, 1600)


class Picture(Base):
    """One picture under one name. Of two with the same name, texts mean the one taken in last."""

    __tablename__ = "pictures"
    __table_args__ = (Index("ix_pictures_name", "name", "created_at"),)

    hash: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]  # webp or svg
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[str] = mapped_column(default="")
    bytes: Mapped[int]  # of its largest file
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)

    @property
    def files(self) -> list[tuple[str, int]]:
        """File names and widths in pixels, from the narrowest; an SVG has one file for all widths."""
        if self.kind == "svg":
            return [(f"{self.hash}.svg", self.width)]
        return [(f"{self.hash}-{width}.webp", width) for width in widths_of(self.width)]


def widths_of(width: int) -> list[int]:
    """The widths in which a picture of `width` pixels is kept: it is never enlarged."""
    return sorted({*(narrower for narrower in WIDTHS if narrower < width), min(width, WIDTHS[-1])})
