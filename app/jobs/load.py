"""What each demo was asked for within a week, and how well it was served."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from app.db import db, now
from app.errors import NotFound
from app.jobs.engine import engine
from app.jobs.models import Job, count

DAYS = 7
MOST = 20_000  # jobs that are looked at, the newest
MANY = 20  # values: what has more is not chosen from a list


class Load(NamedTuple):
    """Seconds at the fiftieth and the ninety-fifth percentile; shares of one; values of each choice by their share."""

    demo: str
    title: str
    today: int
    week: int
    waiting: int
    wait: tuple[float, float] | None
    run: tuple[float, float] | None
    failed: float
    cached: float
    choices: Mapping[str, Sequence[tuple[str, float]]]


def loads() -> list[Load]:
    """Every demo that was asked for within a week, the busiest first."""
    lately = select(Job).where(Job.created_at > now() - timedelta(days=DAYS))
    jobs: dict[str, list[Job]] = defaultdict(list)
    for job in db.session.scalars(lately.order_by(Job.created_at.desc()).limit(MOST)):
        jobs[job.demo].append(job)
    found = [_load(demo, asked) for demo, asked in jobs.items()]
    return sorted(found, key=lambda load: (-load.week, load.demo))


def _load(demo: str, jobs: Sequence[Job]) -> Load:
    midnight = now().replace(hour=0, minute=0, second=0, microsecond=0)
    computed = [job for job in jobs if not job.cached]
    begun = [
        job for job in computed if job.started_at and not job.seconds_before
    ]  # a resumed one waited for its reader
    ended = [job for job in computed if job.status in ("succeeded", "failed")]
    return Load(
        demo,
        _title(demo),
        today=sum(job.created_at >= midnight for job in jobs),
        week=len(jobs),
        waiting=count(Job.demo == demo, Job.status == "queued"),
        wait=_percentiles([(job.started_at - job.created_at).total_seconds() for job in begun if job.started_at]),
        run=_percentiles([job.seconds for job in ended if job.status == "succeeded" and job.seconds is not None]),
        failed=sum(job.status == "failed" for job in ended) / max(1, len(ended)),
        cached=1 - len(computed) / len(jobs),
        choices=_choices([job.inputs for job in jobs]),
    )


def _title(demo: str) -> str:
    try:
        return engine().demos.title_of(demo)
    except NotFound:  # it was here within the week
        return demo


def _percentiles(seconds: Sequence[float]) -> tuple[float, float] | None:
    if not seconds:
        return None
    if len(seconds) == 1:
        return seconds[0], seconds[0]
    cuts = statistics.quantiles(seconds, n=20, method="inclusive")
    return cuts[9], cuts[18]


def _choices(inputs: Sequence[Mapping[str, Any]]) -> dict[str, list[tuple[str, float]]]:
    """The values of every input that is chosen from a list, the most used first, with their shares."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for given in inputs:
        for name, value in given.items():
            used[name][_word(value)] += 1
    listed = {name: values for name, values in used.items() if len(values) <= MANY}
    return {name: [(v, n / values.total()) for v, n in values.most_common()] for name, values in listed.items()}


def _word(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("name", "their own"))
    return "none" if value is None else str(value)
