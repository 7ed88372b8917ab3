"""The engine as it is served: several processes, one of which runs jobs, and any of which may be killed at any time."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from pathlib import Path

import pytest

from benchmarks.site import Site, serve

pytestmark = pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="Looks into processes by /proc.")

ORDER = {"content": "cat", "style": "mosaic", "size": "256", "steps": 30}


def children(site: Site) -> list[int]:
    text = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text()
    return [int(pid) for pid in text.split()]


def with_torch(site: Site) -> list[int]:
    """The processes of the server that have torch loaded."""
    loaded = []
    for pid in children(site):
        with contextlib.suppress(OSError):  # it has just been killed
            loaded += [pid] if "libtorch" in Path(f"/proc/{pid}/maps").read_text() else []
    return loaded


def elected(site: Site) -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if found := with_torch(site):
            return found[0]
        time.sleep(0.05)
    raise AssertionError("no process runs jobs")


def test_one_process_runs_jobs_and_when_it_is_killed_nothing_accepted_is_lost(tmp_path: Path) -> None:
    with serve(tmp_path, WEB_CONCURRENCY="3", JOBS_PER_READER="10", UPLOADS_PER_MINUTE="100") as site:
        elected(site)
        jobs = [site.json("POST", "/api/v1/demos/style-transfer/jobs", ORDER | {"seed": seed}) for seed in range(5)]
        assert {job["status"] for job in jobs} <= {"queued", "running"}
        for _ in range(2):
            time.sleep(random.uniform(0.2, 2))
            assert len(with_torch(site)) <= 1
            os.kill(elected(site), signal.SIGKILL)
        for job in jobs:
            while job["status"] in ("queued", "running"):
                job = site.json("GET", f"{job['urls']['self']}?wait=20&after=9999")
            assert (job["status"], job["attempt"] <= 3) == ("succeeded", True)
        assert len(with_torch(site)) == 1
