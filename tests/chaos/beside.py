"""A site as it is, with the project's own posts, and what it does beside readers: runs that paint and are followed."""

from __future__ import annotations

import contextlib
import http.client
import json
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app import create_app
from app.admin import accounts
from app.blog.exchange import intake
from app.cli import POSTS
from app.config import Settings
from app.db import db
from tests.chaos.clients import Visitor
from tests.chaos.faulty import awaited
from tests.chaos.rows.outcome import Outcome
from tests.chaos.server import SETTINGS, Server, furnish

POST = "/posts/neural-style-transfer"
PAINTING = "/api/v1/demos/style-transfer/jobs"
# Two processes, one of which runs jobs itself, as a site does that sets nothing; torch has one thread for itself.
AS_IT_IS = {"WEB_CONCURRENCY": "2", "JOB_ENGINE": "thread", "DEVICE": "cpu", "OMP_NUM_THREADS": "1"}


@contextlib.contextmanager
def blog(outcome: Outcome, *names: str, **settings: str) -> Iterator[tuple[Server, dict[str, str]]]:
    """The project's own posts behind a server, and the passwords of accounts of these names."""
    with laid_out(*names) as (data, passwords):
        server = started(data, **settings)
        try:
            yield server, passwords
            outcome.broken += server.unharmed()
        finally:
            server.stop()


def started(data: Path, **settings: str) -> Server:
    # Torch makes a folder for what it compiles among the temporary files, though nothing is compiled.
    return Server(data, **AS_IT_IS | {"TORCHINDUCTOR_CACHE_DIR": str(data / "compiled")} | settings)


@contextlib.contextmanager
def laid_out(*names: str) -> Iterator[tuple[Path, dict[str, str]]]:
    """The folder of a site with the project's own posts, and the passwords of accounts of these names."""
    with tempfile.TemporaryDirectory() as folder:
        furnish(Path(folder))
        yield Path(folder), _filled(Path(folder), names)


def _filled(data: Path, names: tuple[str, ...]) -> dict[str, str]:
    app = create_app(Settings(DATA=data, SECRET_KEY=SETTINGS["SECRET_KEY"], JOB_ENGINE="none"))
    with app.test_request_context():
        intake.import_posts(POSTS)
        passwords = {name: accounts.add(name) for name in names}
        db.session.remove()
        db.engine.dispose()
    app.extensions["jobs"].stop()
    return passwords


def order(visitor: Visitor, steps: int, seed: int, size: str = "384") -> Any:
    """A run of style transfer that was accepted, as the API describes it."""
    inputs = {"content": "cat", "style": "stained-glass", "size": size, "steps": steps, "seed": seed}
    status, told = visitor.ask("POST", PAINTING, json.dumps(inputs), "application/json")
    assert status == 202, told
    return told


def painted(server: Server, steps: int = 20, seed: int = 9_999) -> Any:
    """The same run, ordered and waited for."""
    visitor = Visitor(lambda: server.port)
    job = order(visitor, steps, seed)

    def ended() -> Any:
        told = visitor.ask("GET", job["urls"]["self"])[1]
        assert told["status"] in ("queued", "running", "succeeded"), told
        return told if told["status"] == "succeeded" else None

    return awaited(ended)


@contextlib.contextmanager
def painting(server: Server, number: int) -> Iterator[list[Any]]:
    """So many long runs, the first of which paints; stopped afterwards. Raises where none goes on any more."""
    visitor = Visitor(lambda: server.port)
    jobs = [order(visitor, 500, seed, "1024") for seed in range(number)]

    def now(job: Any) -> Any:
        return visitor.ask("GET", f"/api/v1/jobs/{job['id']}")[1]

    try:
        awaited(lambda: True if any((now(job)["latest"] or {}).get("data") for job in jobs[:1]) else None)
        yield jobs
        if not any(now(job)["status"] == "running" for job in jobs):
            raise AssertionError("no run was going on any more")
    finally:
        for job in reversed(jobs):
            visitor.ask("POST", f"/api/v1/jobs/{job['id']}/cancel")
        awaited(lambda: None if any(now(job)["status"] in ("queued", "running") for job in jobs) else True)


@contextlib.contextmanager
def following(server: Server, jobs: list[Any]) -> Iterator[Counter[str]]:
    """Each of the jobs' event streams is read until it ends; counts the events that came, by their names."""
    heard: Counter[str] = Counter()

    def follow(job: Any) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", job["urls"]["events"])
            for line in connection.getresponse():
                if line.startswith(b"event: "):
                    heard[line[7:].strip().decode()] += 1

    for job in jobs:
        threading.Thread(target=follow, args=(job,), daemon=True).start()
    yield heard


@contextlib.contextmanager
def again_and_again(deed: Callable[[], None], every: float) -> Iterator[None]:
    """Does it at once and each time so many seconds have passed, in a thread."""
    stopping = threading.Event()

    def do() -> None:
        due = time.monotonic()
        while not stopping.is_set():
            deed()
            due = max(due + every, time.monotonic())
            stopping.wait(due - time.monotonic())

    thread = threading.Thread(target=do, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(60)
