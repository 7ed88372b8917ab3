"""What the jobs tell of themselves to whoever watches the site: the line, how runs ended, how long they took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.jobs import tally
from app.jobs.engine import engine
from app.jobs.overview import Waiting, line_by_demo
from app.metrics import Family, Sample, histogram

OUTCOMES = ("succeeded", "failed", "canceled", "expired")
NOBODY = Waiting("", "", 0, 0.0, 0.0, 0)


def measures() -> Iterator[Family]:
    """A demo that was ever run here is in each of them, with zero where there is nothing."""
    alive = engine().worker_alive()
    yield Family("playpress_worker_up", "gauge", "Whether somebody runs what waits.", [Sample(int(alive))])
    lines, totals = {line.demo: line for line in line_by_demo()}, tally.totals()
    demos = sorted(lines.keys() | {demo for _, demo, _ in totals})
    yield from _line({demo: lines.get(demo, NOBODY) for demo in demos})
    yield from _ended(demos, totals)
    yield _times("playpress_run_wait_seconds", "From asking for a run to its start.", "wait", demos, totals)
    yield _times("playpress_run_seconds", "How long runs took that ended well.", "run", demos, totals)


def _line(lines: dict[str, Waiting]) -> Iterator[Family]:
    def gauge(name: str, about: str, values: Iterable[float]) -> Family:
        told = zip(lines, values, strict=True)
        return Family(name, "gauge", about, [Sample(value, {"demo": demo}) for demo, value in told])

    those = lines.values()
    yield gauge("playpress_runs_waiting", "Runs in line.", (line.runs for line in those))
    yield gauge("playpress_runs_running", "Runs that are computed now.", (line.running for line in those))
    yield gauge(
        "playpress_runs_waiting_work_seconds",
        "Seconds that the runs in line will take, as earlier ones tell.",
        (line.work for line in those),
    )
    yield gauge(
        "playpress_runs_longest_wait_seconds", "How long the first in line waits.", (line.longest for line in those)
    )


def _ended(demos: list[str], totals: tally.Totals) -> Iterator[Family]:
    def counter(name: str, about: str, measure: str) -> Family:
        return Family(name, "counter", about, [Sample(totals[measure, demo, ""], {"demo": demo}) for demo in demos])

    ended = [
        Sample(totals["ended", demo, outcome], {"demo": demo, "outcome": outcome})
        for demo in demos
        for outcome in OUTCOMES
    ]
    yield Family("playpress_runs_ended_total", "counter", "Runs by how they ended, those from the cache aside.", ended)
    yield counter("playpress_runs_cached_total", "Runs answered by an earlier one with the same inputs.", "cached")
    yield counter("playpress_leases_lost_total", "How often a worker was lost with a run that has ended since.", "lost")


def _times(name: str, about: str, measure: str, demos: list[str], totals: tally.Totals) -> Family:
    samples: list[Sample] = []
    for demo in demos:
        counts = {end: float(totals[measure, demo, tally.bucket(end)]) for end in tally.BUCKETS}
        samples += histogram(counts, totals[f"{measure} ms", demo, ""] / 1000, {"demo": demo})
    return Family(name, "histogram", about, samples)
