"""Against the clock of Python, and as PostgreSQL would be asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from app.db import db
from app.jobs.lapse import milliseconds
from app.jobs.models import Job
from tests.jobs.conftest import Lab


def test_milliseconds_are_those_between_two_times(lab: Lab) -> None:
    random, told = Random(8), {}
    for n in range(60):
        lasted = random.choice((0.0, 0.5, random.uniform(-5, 5), random.uniform(0, 3e6)))
        start = datetime(2026, 2, 27, 23, 59, tzinfo=UTC) + timedelta(seconds=random.uniform(0, 1e6))
        job = Job(demo="count", client="ann", inputs={}, cache_key=str(n), started_at=start, seconds_before=n / 4)
        job.finished_at = start + timedelta(seconds=lasted)
        db.session.add(job)
        db.session.flush()
        told[job.id] = round(1000 * (max(0.0, lasted) + n / 4))
    found = select(Job.id, milliseconds(Job.started_at, Job.finished_at, Job.seconds_before))
    for job_id, lasted in db.session.execute(found):
        assert isinstance(lasted, int)
        assert abs(lasted - told[job_id]) <= 1


def test_postgresql_is_asked_in_its_own_words() -> None:
    asked = str(select(milliseconds(Job.started_at, Job.finished_at)).compile(dialect=postgresql.dialect()))
    assert "GREATEST(0, EXTRACT(EPOCH FROM jobs.finished_at - jobs.started_at))" in asked
