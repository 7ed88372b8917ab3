"""python -m tests.chaos.labourer: a worker as `flask work`, which loads no networks: what it is to run needs none."""

from __future__ import annotations

from app import demos
from app.jobs.worker import Worker
from wsgi import app


def warm_up(device: str) -> str:
    return "a test bench"


if __name__ == "__main__":
    demos.warm_up = warm_up  # type: ignore[assignment]
    Worker(app).run()
