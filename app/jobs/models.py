"""A job and its worker's verbs. The table is the queue; every change of a job is one guarded UPDATE.

    queued → running → succeeded | failed | canceled          queued → canceled | expired
             running → paused → queued | canceled | expired

The last four never change again. A worker's writes carry its fence, a number that grows with every claim: a worker
that was taken for dead writes to no row. States, fence and lease: `UPDATE … WHERE status = … AND fence = …`. What
readers ask of a job is in wishes.py.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import JSON, CursorResult, Index, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime, db, now, writing
from app.jobs.pictures import JobPicture
from app.jobs.updates import JobEvent

Status = Literal["queued", "running", "paused", "succeeded", "failed", "canceled", "expired"]
LIVE = ("queued", "running")
OPEN = (*LIVE, "paused")  # whatever else a job may become it becomes from these
MOST_ATTEMPTS = 3
WORKER_LOST = "This run stopped the server three times, so it was given up. Please try other inputs."


class Job(Base):
    """One run of a demo that a reader asked for."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_line", "status", "turn", "created_at"),
        Index("ix_jobs_client", "client", "created_at"),
        Index("ix_jobs_history", "demo", "status", "finished_at"),
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
    pause_requested: Mapped[bool] = mapped_column(default=False)
    wishes: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # changed inputs, not yet sent
    steered: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))  # those that were, and when

    progress: Mapped[float] = mapped_column(default=0.0)
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    pictures: Mapped[dict[str, str] | None] = mapped_column(JSON)  # name → key of the newest ones
    files: Mapped[dict[str, str] | None] = mapped_column(JSON)  # name → key, of the last update only
    seq: Mapped[int] = mapped_column(default=0)
    state_key: Mapped[str | None]  # what its run needs to go on
    state_seq: Mapped[int] = mapped_column(default=0)  # from after the report of this number
    state_seconds: Mapped[float] = mapped_column(default=0.0)  # how long it had run by then
    origin: Mapped[str | None]  # the job whose state it began with
    version: Mapped[str] = mapped_column(default="")  # of the code that computes it
    error: Mapped[str | None]
    device: Mapped[str | None]
    cached: Mapped[bool] = mapped_column(default=False)

    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    started_at: Mapped[datetime | None] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)
    seconds_before: Mapped[float] = mapped_column(default=0.0)  # how long it ran before it was started last

    report_reason: Mapped[str | None]
    report_note: Mapped[str | None]
    reported_at: Mapped[datetime | None] = mapped_column(UtcTime)
    reporter: Mapped[str | None]  # a keyed hash of an address, as `client`

    @property
    def live(self) -> bool:
        return self.status in LIVE

    @property
    def inputs_now(self) -> dict[str, Any]:
        """The inputs, with what its reader has changed since it began."""
        return self.inputs | {name: value for at in self.steered or [] for name, value in at["changes"].items()}

    @property
    def seconds(self) -> float | None:
        """How long it ran in all, once it has ended; the time that it was paused is none."""
        if self.started_at and self.finished_at:
            return self.seconds_before + (self.finished_at - self.started_at).total_seconds()
        return self.state_seconds or None if self.finished_at else None

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
            "seconds_before": Job.state_seconds,
        }
        with writing() as session:
            if not changed(update(Job).where(Job.id == job_id, Job.status == "queued").values(**taken)):
                return None
            job = session.get_one(Job, job_id, populate_existing=True)
            # An attempt that was lost told more than its last state knows. What came before the state stays, since
            # the run goes on from there and only both make the whole curve.
            session.execute(delete(JobEvent).where(JobEvent.job_id == job_id, JobEvent.seq > job.state_seq))
            session.expunge(job)
            return job

    def report(
        self, progress: float, data: dict[str, Any], pictures: dict[str, str], seconds_left: float | None
    ) -> bool:
        """Tell everyone how far it is. False when the job is no longer ours, and nothing was written."""
        with writing() as session:
            seq = self.seq + 1
            news = {"phase": "running", "progress": progress, "data": data, "pictures": pictures, "seq": seq}
            if not self.ours(**news):
                return False
            session.add(JobEvent(self.id, seq, progress, seconds_left, data, pictures))
            session.add_all(JobPicture(self.id, key, "preview") for key in pictures.values())
        self.seq, self.progress, self.data, self.pictures = seq, progress, data, pictures
        return True

    def keep_state(self, key: str, seconds: float) -> bool:
        """From now on it goes on after its last report, which it took `seconds` to reach, if it has to."""
        with writing() as session:
            if not self.ours(state_key=key, state_seq=self.seq, state_seconds=seconds):
                return False
            session.execute(delete(JobPicture).where(JobPicture.job_id == self.id, JobPicture.role == "state"))
            session.add(JobPicture(self.id, key, "state"))
        self.state_key, self.state_seq, self.state_seconds = key, self.seq, seconds
        return True

    def start_over(self, version: str) -> bool:
        """Forget what code of another version did."""
        with writing() as session:
            forgotten = {"state_key": None, "state_seq": 0, "state_seconds": 0.0, "seconds_before": 0.0}
            if not self.ours(version=version, progress=0.0, **forgotten):
                return False
            session.execute(delete(JobEvent).where(JobEvent.job_id == self.id))
        self.state_key, self.state_seq, self.seconds_before = None, 0, 0.0
        return True

    def finish(self, pictures: dict[str, str], files: dict[str, str] | None = None, *, canceled: bool = False) -> bool:
        """Keep the last report as the result, with `pictures` and `files` as they are to be kept."""
        progress = self.progress if canceled else 1.0
        over = ended("canceled" if canceled else "succeeded")
        return self._keep(pictures, files, "result", progress=progress, **over)

    def set_aside(self, pictures: dict[str, str], files: dict[str, str] | None = None) -> bool:
        """Pause: no worker has it, no line, until its reader asks for it. No fault of its own, so no attempt either."""
        return self._keep(pictures, files, "preview", **waiting("paused") | {"attempt": Job.attempt - 1})

    def fail(self, sentence: str) -> bool:
        with writing():
            return self.ours(**ended("failed"), error=sentence)

    def renew(self, lease: float) -> bool:
        """Keep it ours for `lease` more seconds. False when it was lost."""
        with writing():
            return self.ours(lease_until=now() + timedelta(seconds=lease))

    def put_back(self, *, counted: bool = True) -> bool:
        """To the line again, by a worker that stops; an attempt that was not the job's fault is not counted."""
        with writing():
            if not counted:
                self.ours(attempt=Job.attempt - 1)
            return bool(_release(Job.id == self.id, Job.fence == self.fence))

    def _keep(self, pictures: dict[str, str], files: dict[str, str] | None, role: str, **values: Any) -> bool:
        with writing() as session:
            if not self.ours(pictures=pictures or None, files=files or None, **values):
                return False
            keys = [*pictures.values(), *(files or {}).values()]
            session.add_all(JobPicture(self.id, key, role) for key in keys)
            return True

    def ours(self, **values: Any) -> bool:
        """Write to it as the worker that has it, within a transaction. False when it has been lost."""
        mine = (Job.id == self.id, Job.fence == self.fence, Job.status == "running")
        return bool(changed(update(Job).where(*mine).values(**values)))


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
    canceled = update(Job).where(*lost, Job.cancel_requested).values(**ended("canceled"))
    given_up = update(Job).where(*lost, Job.attempt >= MOST_ATTEMPTS).values(**ended("failed"), error=WORKER_LOST)
    return changed(canceled) + changed(given_up) + changed(update(Job).where(*lost).values(**waiting()))


def ended(status: Status) -> dict[str, Any]:
    return {"status": status, "finished_at": now(), "owner": None, "lease_until": None, "phase": None}


def waiting(status: Status = "queued") -> dict[str, Any]:
    """As far as its state; without one, at the beginning again."""
    kept = select(JobEvent.progress).where(JobEvent.job_id == Job.id, JobEvent.seq == Job.state_seq)
    return {
        "status": status,
        "phase": None,
        "owner": None,
        "lease_until": None,
        "started_at": None,
        "progress": func.coalesce(kept.scalar_subquery(), 0.0),
    }


def changed(statement: Any) -> int:
    """How many rows an UPDATE changed, now and not when the session feels like it."""
    result = db.session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    return result.rowcount
