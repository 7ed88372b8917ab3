"""F-24: half an hour of readers and runs, after which the server holds what it held before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import reduce
from itertools import count
from operator import add

from tests.chaos import beside
from tests.chaos.clients import Visitor
from tests.chaos.growth import Held, thirds, watched
from tests.chaos.rows.outcome import Outcome
from tests.chaos.server import Server
from tests.chaos.waits import Readers, Waits

ID, DEED = "F-24", "readers of five addresses and runs of style transfer, on and on"
SECONDS, RUNS, PAGES = 1_800.0, 500, 20_000
ADDRESSES = ("/", beside.POST, "/archive", "/search?q=network", "/sitemap.xml")
MEMORY, LOG = 1.05, 64 << 20  # times as much at the end; bytes at most
WARM = 0.2  # of the time, whose samples do not count


def measured(scale: float, seed: int) -> Outcome:
    outcome, seconds, numbers = Outcome(), SECONDS * scale, count()
    with beside.blog(outcome) as (server, _):
        _warm(server)
        visitor = Visitor(lambda: server.port)

        def order() -> None:
            beside.order(visitor, 20, next(numbers), "256")

        with beside.again_and_again(order, SECONDS / RUNS), watched(server, max(0.5, seconds / 400)) as samples:
            pages = _read(server, seconds, SECONDS * len(ADDRESSES) / PAGES)
        done = _done(server)
    samples = samples[int(WARM * len(samples)) :]
    outcome.broken += _grown(samples)
    outcome.broken += [f"{pages.errors} readers had no page"] if pages.errors else []
    outcome.broken += [] if done >= 0.9 * RUNS * scale else [f"only {done} runs came to an end"]
    outcome.figures |= {"minutes": f"{seconds / 60:.1f}", "pages": f"{len(pages.waits):,}", "runs": f"{done:,}"}
    outcome.figures |= _told(samples)
    return outcome


def _warm(server: Server) -> None:
    """A crowd for a moment, after which each process has all its threads and their connections, and one run."""
    beside.painted(server)
    for _ in range(2):
        Readers(server.port, "/search?q=a", 2.0, 64).told()


def _read(server: Server, seconds: float, every: float) -> Waits:
    """One reader for each address, who asks every so many seconds."""
    return reduce(add, [each.told() for each in [Readers(server.port, path, seconds, 1, every) for path in ADDRESSES]])


def _done(server: Server) -> int:
    with closing(sqlite3.connect(server.data / "playpress.db", timeout=30)) as connection:
        return int(connection.execute("SELECT count(*) FROM jobs WHERE status = 'succeeded'").fetchone()[0])


def _grown(samples: list[Held]) -> list[str]:
    memory, descriptors, threads = (thirds(numbers) for numbers in list(zip(*samples, strict=True))[:3])
    broken = [f"memory: {memory[1] / memory[0]:.3f} times as much"] if memory[1] > MEMORY * memory[0] else []
    broken += [f"descriptors: {descriptors}"] if descriptors[1] > descriptors[0] else []
    broken += [f"threads: {threads}"] if threads[1] > threads[0] else []
    largest = max(sample.log for sample in samples)
    return [*broken, f"the database’s log had {largest >> 20} MB"] if largest > LOG else broken


def _told(samples: list[Held]) -> dict[str, str]:
    memory, descriptors, threads = (thirds(numbers) for numbers in list(zip(*samples, strict=True))[:3])
    return {
        "memory, first and last third": f"{memory[0] / 2**20:.0f} MB · {memory[1] / 2**20:.0f} MB",
        "descriptors": f"{descriptors[0]:.0f} · {descriptors[1]:.0f}",
        "threads": f"{threads[0]:.0f} · {threads[1]:.0f}",
        "the database’s log at most": f"{max(sample.log for sample in samples) / 2**20:.1f} MB",
    }
