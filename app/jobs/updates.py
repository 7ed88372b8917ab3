"""The reports of a run, kept as long as its job: a late reader gets the whole curve."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class JobEvent(Base):
    """One report: how far the run was, its numbers, and its pictures by name."""

    __tablename__ = "job_events"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    progress: Mapped[float]
    seconds_left: Mapped[float | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    pictures: Mapped[dict[str, str]] = mapped_column(JSON)

    def __init__(
        self,
        job_id: str,
        seq: int,
        progress: float,
        seconds_left: float | None,
        data: dict[str, Any],
        pictures: dict[str, str],
    ) -> None:
        super().__init__(
            job_id=job_id, seq=seq, progress=progress, seconds_left=seconds_left, data=data, pictures=pictures
        )
