"""Whether somebody runs jobs: an elected worker holds its lock, or one on another machine is running a job."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from app.db import now
from app.jobs.engine import Engine
from app.jobs.models import Job, count

DOWN = "The worker is down; your run keeps its place"  # as long as a phone shows


def worker_alive(engine: Engine) -> bool:
    """True also where a worker starts as soon as the first job is asked for."""
    if engine.dispatcher.starts_when_asked():
        return True
    if any(_held(lock) for lock in engine.settings.DATA.glob("worker-*.lock")):
        return True
    return count(Job.status == "running", Job.lease_until > now()) > 0


def devices(engine: Engine) -> list[str]:
    """What the workers that are up here run on, as their locks are named."""
    locks = sorted(engine.settings.DATA.glob("worker-*.lock"))
    return [lock.stem.removeprefix("worker-") for lock in locks if _held(lock)]


def _held(lock: Path) -> bool:
    """True when somebody has this lock. A candidate that this look turns away tries again half a second later."""
    descriptor = os.open(lock, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
