"""What is kept of visits: counts by day. What tells one visitor from another is gone with the day."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

WHOLE_SITE = ""  # in the place of a page; every page's begins with “/”


class VisitDay(Base):
    """How often a page was read on a day (UTC), by how many, and how many runs were started from it."""

    __tablename__ = "visit_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    views: Mapped[int] = mapped_column(default=0)
    visitors: Mapped[int] = mapped_column(default=0)
    runs: Mapped[int] = mapped_column(default=0)


class VisitReferrer(Base):
    """How many of a day's views came from another site."""

    __tablename__ = "visit_referrers"

    day: Mapped[date] = mapped_column(primary_key=True)
    host: Mapped[str] = mapped_column(primary_key=True)
    views: Mapped[int] = mapped_column(default=0)


class VisitSalt(Base):
    """The day's secret; without it no mark can be told to be anybody's."""

    __tablename__ = "visit_salts"

    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[bytes]


class VisitMark(Base):
    """Somebody has read this page today. The same visitor has another mark on every page."""

    __tablename__ = "visit_marks"

    day: Mapped[date] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    visitor: Mapped[bytes] = mapped_column(primary_key=True)
