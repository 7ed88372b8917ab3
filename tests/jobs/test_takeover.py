"""The engine as it is served: several processes, one of which runs jobs, and any of which may be killed at any time."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.site import Site, serve
from tests.jobs.adding import total_after

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


ADDING = """
import json, time
from dataclasses import dataclass
from app.demos.base import Demo, Number, Update, asks

@dataclass(frozen=True)
class Inputs:
    steps: int = asks(Number("Steps", 1, 2000), 400)
    by: int = asks(Number("By", 1, 9), 1, live=True)

DEMO = Demo(title="Adding", summary="Adds.", inputs=Inputs, goes_on=True)

def run(inputs, state=None):
    step, total = json.loads(state) if state else (0, 0)
    by = inputs.by
    while step < inputs.steps:
        time.sleep(0.02)
        step, total = step + 1, (total * 31 + by) % 1000003
        data = {"step": step, "of": inputs.steps, "total": total, "state": bool(state)}
        changes = yield Update(step / inputs.steps, data, state=lambda: json.dumps([step, total]).encode())
        by = (changes or {}).get("by", by)
"""


def adding(folder: Path) -> Path:
    """A demo outside of the project whose runs go on."""
    (folder / "adding").mkdir(parents=True)
    (folder / "adding" / "demo.py").write_text(ADDING)
    (folder / "adding" / "run.py").write_text(ADDING)
    return folder


def followed(site: Site, job: Any, *, until: Callable[[Any], bool]) -> Any:
    while not until(job):
        job = site.json("GET", f"{job['urls']['self']}?wait=1&after={10**6}")
    return job


def test_when_the_server_is_killed_a_run_goes_on_from_its_state_and_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    settings = {"DEMOS": str(adding(tmp_path / "demos")), "WEB_CONCURRENCY": "2"}
    with serve(tmp_path / "data", **settings) as site:
        elected(site)
        job = site.json("POST", "/api/v1/demos/adding/jobs", {"steps": 900})
        job = followed(site, job, until=lambda job: job["resumable"])
        kept = job["latest"]["data"]["step"]
        assert kept > 100
        os.kill(elected(site), signal.SIGKILL)
        job = followed(site, job, until=lambda job: job["status"] not in ("queued", "running"))
        assert (job["status"], job["attempt"]) == ("succeeded", 2)
        assert job["output"]["data"]["state"], "it did not begin anew"
        assert job["output"]["data"]["total"] == total_after(900)
