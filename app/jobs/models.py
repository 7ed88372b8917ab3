"""A job and its verbs. The table is the queue; every change of a job is one guarded UPDATE.

    queued → running → succeeded | failed | canceled          queued → canceled | expired

The last four never change again. A worker's writes carry its fence, a number that grows with every claim: a worker
that was taken for dead writes to no row. States, fence and lease: `UPDATE … WHERE status = … AND fence = …`.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import JSON, CursorResult, ForeignKey, Index, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime, db, now, writing

Status = Literal["queued", "running", "succeeded", "failed", "canceled", "expired"]
LIVE = ("queued", "running")
MOST_ATTEMPTS = 3
WORKER_LOST = "This run stopped the server three times, so it was given up. Please try another picture."


class Job(Base):
    """One run of a demo that a reader asked for."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_line", "status", "turn", "created_at"),
        Index("ix_jobs_client", "client", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: secrets.token_urlsafe(16))
    demo: Mapped[str]
    client: Mapped[str]  # a keyed hash of the reader's address
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON)
    work: Mapped[float] = mapped_column(default=1.0)
    cache_key: Mapped[str] = mapped_column(index=True)
    idempotency_key: Mapped[str | None] = mapped_column(unique=True)
    turn: Mapped[float] = mapped_column(default=0.0)  # place in the fair order, see line.py

    status: Mapped[str] = mapped_column(default="queued")
    phase: Mapped[str | None]
    attempt: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None]
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    cancel_requested: Mapped[bool] = mapped_column(default=False)

    progress: Mapped[float] = mapped_column(default=0.0)
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    pictures: Mapped[dict[str, str] | None] = mapped_column(JSON)  # name → key of the newest ones
    seq: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    device: Mapped[str | None]
    cached: Mapped[bool] = mapped_column(default=False)

    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    started_at: Mapped[datetime | None] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)

    @property
    def live(self) -> bool:
        return self.status in LIVE

    @property
    def seconds(self) -> float | None:
        """How long it ran, once it has ended."""
        return (self.finished_at - self.started_at).total_seconds() if self.started_at and self.finished_at else None

    @staticmethod
    def claim(job_id: str, owner: str, device: str, lease: float) -> Job | None:
        """The job, running and ours, or None when it is no longer waiting.

        It comes back detached, as a snapshot: its fence stays the one that was claimed, whatever the row says later.
        """
        taken = {
            "status": "running",
            "phase": "loading",
            "owner": owner,
            "device": device,
            "attempt": Job.attempt + 1,
            "fence": Job.fence + 1,
            "lease_until": now() + timedelta(seconds=lease),
            "started_at": now(),
        }
        with writing() as session:
            if not _changed(update(Job).where(Job.id == job_id, Job.status == "queued").values(**taken)):
                return None
            session.execute(delete(JobEvent).where(JobEvent.job_id == job_id))  # of an attempt that was lost
            job = session.get_one(Job, job_id, populate_existing=True)
            session.expunge(job)
            return job

    def report(
        self, progress: float, data: dict[str, Any], pictures: dict[str, str], seconds_left: float | None
    ) -> bool:
        """Tell everyone how far it is. False when the job is no longer ours, and nothing was written."""
        with writing() as session:
            seq = self.seq + 1
            news = {"phase": "running", "progress": progress, "data": data, "pictures": pictures, "seq": seq}
            if not self._ours(**news):
                return False
            session.add(JobEvent(self.id, seq, progress, seconds_left, data, pictures))
            session.add_all(JobPicture(self.id, key, "preview") for key in pictures.values())
        self.seq, self.progress, self.data, self.pictures = seq, progress, data, pictures
        return True

    def finish(self, pictures: dict[str, str], *, canceled: bool = False) -> bool:
        """Keep the last report as the result, with `pictures` as they are to be kept."""
        with writing() as session:
            done = {"pictures": pictures or None, "progress": self.progress if canceled else 1.0}
            if not self._ours(**_ended("canceled" if canceled else "succeeded"), **done):
                return False
            session.add_all(JobPicture(self.id, key, "result") for key in pictures.values())
            return True

    def fail(self, sentence: str) -> bool:
        with writing():
            return self._ours(**_ended("failed"), error=sentence)

    def renew(self, lease: float) -> bool:
        """Keep it ours for `lease` more seconds. False when it was lost."""
        with writing():
            return self._ours(lease_until=now() + timedelta(seconds=lease))

    def put_back(self, *, counted: bool = True) -> bool:
        """To the line again, by a worker that stops; an attempt that was not the job's fault is not counted."""
        with writing():
            if not counted:
                self._ours(attempt=Job.attempt - 1)
            return bool(_release(Job.id == self.id, Job.fence == self.fence))

    def cancel(self) -> None:
        """Ask it to stop. Waiting, it is over at once; running, its worker stops after the step it is in."""
        with writing():
            mine = Job.id == self.id
            if not _changed(update(Job).where(mine, Job.status == "queued").values(**_ended("canceled"))):
                _changed(update(Job).where(mine, Job.status == "running").values(cancel_requested=True))
        db.session.refresh(self)

    def _ours(self, **values: Any) -> bool:
        mine = (Job.id == self.id, Job.fence == self.fence, Job.status == "running")
        return bool(_changed(update(Job).where(*mine).values(**values)))


class JobEvent(Base):
    """One report of a run, kept as long as its job: a late reader gets the whole curve."""

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


class JobPicture(Base):
    """Which job holds which picture of the store, and what for. A picture without a row is nobody's and is erased."""

    __tablename__ = "job_pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]  # input, preview or result

    def __init__(self, job_id: str, key: str, role: str) -> None:
        super().__init__(job_id=job_id, key=key, role=role)


def requeue_lost(owner: str | None = None) -> int:
    """Put back the running jobs of `owner`, or without one those whose lease ran out; how many there were."""
    lost = Job.owner == owner if owner else Job.lease_until < now()
    if not count(Job.status == "running", lost):
        return 0  # a write that changes nothing would still wake everybody
    with writing():
        return _release(lost)


def count(*where: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(Job).where(*where)) or 0


def _release(*lost: Any) -> int:
    """Take running jobs from their worker: to the line again, unless the reader or three attempts say otherwise."""
    lost = (Job.status == "running", *lost)
    canceled = update(Job).where(*lost, Job.cancel_requested).values(**_ended("canceled"))
    given_up = update(Job).where(*lost, Job.attempt >= MOST_ATTEMPTS).values(**_ended("failed"), error=WORKER_LOST)
    return _changed(canceled) + _changed(given_up) + _changed(update(Job).where(*lost).values(**_waiting()))


def _ended(status: Status) -> dict[str, Any]:
    return {"status": status, "finished_at": now(), "owner": None, "lease_until": None, "phase": None}


def _waiting() -> dict[str, Any]:
    return {
        "status": "queued",
        "phase": None,
        "owner": None,
        "lease_until": None,
        "started_at": None,
        "progress": 0.0,
    }


def _changed(statement: Any) -> int:
    """How many rows an UPDATE changed, now and not when the session feels like it."""
    result = db.session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    return result.rowcount
