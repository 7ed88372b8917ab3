"""Guessing passwords is slow: after five failures each further one doubles the wait, up to a quarter of an hour.

An attempt is counted before its password is looked at, so that a hundred at once get no further than one after the
other. Nothing is ever locked for good.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete

from app.admin.models import Failures
from app.db import writing
from app.errors import TooMany

FREE_FAILURES = 5
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)


def knock(keys: list[str], at: datetime) -> None:
    """Counts an attempt at the time `at` under every key. Raises TooMany while one of them has to wait."""
    with writing() as session:
        session.execute(delete(Failures).where(Failures.last_at < at - FORGOTTEN_AFTER))
        rows = [session.get(Failures, key) or Failures(key=key, count=0, last_at=at) for key in keys]
        for row in rows:
            row.last_at = min(row.last_at, at)  # a clock that was put back would have everybody wait for it
        left = max((row.last_at + wait(row.count) - at for row in rows), default=timedelta())
        if left <= timedelta():
            for row in rows:
                row.count, row.last_at = row.count + 1, at
            session.add_all(rows)
    if left > timedelta():
        seconds = ceil(left.total_seconds())
        raise TooMany(f"Too many attempts have failed. Try again in {seconds} s.", retry_after=seconds)


def forgive(keys: list[str]) -> None:
    """The attempt was the right one: its keys start from nothing."""
    with writing() as session:
        session.execute(delete(Failures).where(Failures.key.in_(keys)))


def wait(failures: int) -> timedelta:
    """How long to wait after so many failures in a row."""
    if failures < FREE_FAILURES:
        return timedelta()
    return min(LONGEST_WAIT, timedelta(seconds=2 ** min(failures - FREE_FAILURES, 20)))
