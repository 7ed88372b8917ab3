"""F-01 and F-02: a site is killed with all its processes, again and again, while clients write and start runs."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.clients import DEMO, Clients
from tests.chaos.history import History, lost_runs, lost_texts
from tests.chaos.server import ROOT, SETTINGS, Server, furnish

LONGEST_LIFE, DRAIN_SECONDS = 60.0, 600.0
FIRST_POST = "a-post"  # which the site was furnished with


@dataclass
class Killed:
    """What became of a site that was killed `kills` times."""

    kills: int = 0
    history: History = field(default_factory=History)
    boots: list[float] = field(default_factory=list)  # seconds from a start to the first answer
    again: int = 0  # runs that had more than one attempt
    given_up: int = 0
    lost: list[str] = field(default_factory=list)


def kill(data: Path, kills: int, seed: int, *, acknowledged: int = 25, pause: float = 0.1) -> Killed:
    """Kill a new site in `data` so often, each time after about so many acknowledged deeds of its clients."""
    told, chance = Killed(), random.Random(seed)
    _lay_out(data, pause)
    server = Site(data)
    port, clients = [server.port], None
    try:
        clients = Clients(lambda: port[0], told.history, seed)
        for _ in range(kills):
            _live(told.history, chance.uniform(0.5, 1.5) * acknowledged, chance)
            server.kill()
            told.kills += 1
            began = time.monotonic()
            server = Site(data)
            told.boots.append(time.monotonic() - began)
            port[0] = server.port
        clients.stop()
        _drain(data)
        told.lost += _wrong(data, told)
    finally:
        if clients:
            clients.stopping.set()
        server.stop()
    return told


class Site(Server):
    """The server, and beside it a process that runs jobs."""

    def __init__(self, data: Path) -> None:
        settings = {"DEMOS": str(data / "demos"), "WEB_CONCURRENCY": "2"}
        own = os.environ | SETTINGS | settings | {"DATA": str(data)}
        with (data / "server.log").open("ab") as log:
            command = [sys.executable, "-m", "tests.chaos.labourer"]
            self.worker = subprocess.Popen(command, cwd=ROOT, env=own, stdout=log, stderr=log)
        super().__init__(data, **settings)

    def kill(self) -> None:
        """All of it, at one moment or in the order in which the kernel comes to it."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.worker.kill()
        self.process.wait()
        self.worker.wait()

    def stop(self) -> None:
        self.worker.kill()
        self.worker.wait()
        super().stop()


def _lay_out(data: Path, pause: float) -> None:
    folder = data / "demos" / "squares"
    folder.mkdir(parents=True)
    for name in ("demo.py", "run.py"):
        (folder / name).write_text(DEMO.format(pause=pause))
    furnish(data)


def _live(history: History, deeds: float, chance: random.Random) -> None:
    """Until so many more were acknowledged, and a moment longer."""
    enough, end = history.acknowledged() + deeds, time.monotonic() + LONGEST_LIFE
    while history.acknowledged() < enough and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 0.1))


def _drain(data: Path) -> None:
    """Until no run waits, or none has ended for long."""
    end, before = time.monotonic() + DRAIN_SECONDS, -1
    while time.monotonic() < end:
        left = _asked(data, "SELECT count(*) FROM jobs WHERE status IN ('queued', 'running')")[0][0]
        if left == 0:
            return
        if left != before:
            end, before = time.monotonic() + 60, left
        time.sleep(0.2)


def _wrong(data: Path, told: Killed) -> Iterator[str]:
    told.again = _asked(data, "SELECT count(*) FROM jobs WHERE attempt > 1")[0][0]
    told.given_up = _asked(data, "SELECT count(*) FROM jobs WHERE status = 'failed'")[0][0]
    found = {}
    for slug, *places in _asked(data, "SELECT slug, source, title, description, html FROM posts"):
        word = places[0].removeprefix("Text ").removesuffix(".")
        if slug != FIRST_POST:
            found[slug] = word if all(word in place for place in places) else f"half of {places[0]}"
    yield from lost_texts(told.history.deeds, found)
    ends = _asked(data, "SELECT id, status, coalesce(error, json_extract(data, '$.outcome')) FROM jobs")
    yield from lost_runs(told.history.deeds, {key: (status, str(said)) for key, status, said in ends})
    if (whole := _asked(data, "PRAGMA integrity_check")) != [("ok",)]:
        yield json.dumps(whole)
    for table in ("job_events", "revisions"):
        key = "job_id, seq" if table == "job_events" else "post_id, number"
        if twice := _asked(data, f"SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) > 1"):
            yield f"{table}: {twice[:3]} twice"
    if "Traceback" in (data / "server.log").read_text(errors="replace"):
        yield "a traceback in the log"


def _asked(data: Path, query: str) -> list[tuple]:  # type: ignore[type-arg]
    with closing(sqlite3.connect(data / "playpress.db", timeout=30)) as connection:
        return connection.execute(query).fetchall()
