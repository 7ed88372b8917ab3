"""How well the wait is told: `python -m benchmarks.eta`, on a log of 200 mixed runs beside a demo's lifetime mean.

The runs are real ones of every demo there is, one after the other through `execute`, as readers mix them: most inputs
as they stand, a few changed. The log is kept as JSON beside this file; `--replay` tells what it says without running
anything. Each run is foretold from those before it and nothing else. The baseline is what Gradio says: the mean of all
earlier runs of the same function, less what has passed.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app import create_app, demos, jobs
from app.config import Settings
from app.db import db
from app.demos.base import Choice, Demo, Field, Number, Picture, Toggle, Update
from app.jobs.engine import Demos, engine
from app.jobs.estimate import REMEMBERED, Pace, left
from app.jobs.execute import execute
from app.jobs.experience import Run, learn
from app.jobs.models import Job

LOG = Path(__file__).with_suffix(".json")
QUARTER = 0.25
CHANGED = 0.3  # how often a reader changes an input
SIZES = ("256", "320", "384", "480")  # larger ones would make the log an hour's work
STEPS = (30, 120)


@dataclass(frozen=True)
class Entry:
    """One run of the log: what was asked, how long it took, and how its first quarter went."""

    demo: str
    inputs: dict[str, Any]
    work: float
    seconds: float
    marks: list[tuple[float, float]]  # progress and seconds, until a quarter is done


@dataclass(frozen=True)
class Errors:
    """Absolute relative errors of one way to foretell, at submission and after a quarter, and hits of the range."""

    at_submission: list[float]
    at_quarter: list[float]
    within: list[bool]


def replay(log: Sequence[Entry]) -> tuple[Errors, Errors]:
    """Errors of ours and of the lifetime mean, each run foretold from the earlier ones of its demo."""
    ours, mean = Errors([], [], []), Errors([], [], [])
    for number, entry in enumerate(log):
        earlier = [run for run in log[:number] if run.demo == entry.demo]
        if not earlier:
            continue  # nobody can tell
        newest = [Run(run.inputs, run.work, run.seconds) for run in reversed(earlier[-REMEMBERED:])]
        whole = learn(newest).of(entry.inputs, entry.work)
        told, (progress, elapsed) = left(whole, _pace(entry)), entry.marks[-1]
        rest = entry.seconds - elapsed
        ours.at_submission.append(abs(whole.seconds / entry.seconds - 1))
        ours.within.append(whole.low <= entry.seconds <= whole.high)
        usual = statistics.fmean(run.seconds for run in earlier)
        mean.at_submission.append(abs(usual / entry.seconds - 1))
        if told and progress < 2 * QUARTER:  # some runs have one step or two, and no quarter to speak of
            ours.at_quarter.append(abs(told.seconds / rest - 1))
            mean.at_quarter.append(abs(max(0.0, usual - elapsed) / rest - 1))
    return ours, mean


def report(log: Sequence[Entry]) -> str:
    """The comparison as Markdown."""
    ours, mean = replay(log)
    counts = ", ".join(f"{sum(run.demo == name for run in log)} of {name}" for name in sorted({r.demo for r in log}))
    lines = [
        f"{len(log)} runs ({counts}), {sum(run.seconds for run in log):.0f} s in all;",
        f"{statistics.fmean(ours.within):.0%} of them ended within the range that was told at submission.",
        "",
        "| absolute relative error | at submission, median | 90 % | after a quarter, median | 90 % |",
        "|---|---|---|---|---|",
    ]
    for name, errors in (("Playpress", ours), ("lifetime mean of the demo", mean)):
        cells = [f"{share:.0%}" for told in (errors.at_submission, errors.at_quarter) for share in _shares(told)]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def record(count: int, seconds: float, seed: int) -> list[Entry]:
    """Run so many mixed jobs, or as many as fit into so many seconds."""
    log: list[Entry] = []
    chance, started = random.Random(seed), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(DATA=Path(folder), JOB_ENGINE="none", UPLOADS_PER_MINUTE=count))
        with app.test_request_context():
            db.create_all()
            device = engine().demos.warm_up("cpu")
            watched = _Watched(engine().demos)
            engine().demos = watched  # type: ignore[assignment]  # the rest of them is looked up
            while len(log) < count and time.monotonic() - started < seconds:
                if entry := _run(chance.choice(demos.every()), watched, chance, device):
                    log.append(entry)
                print(f"\r{len(log)} of {count}", end="", flush=True)
            db.session.remove()
            db.engine.dispose()
    print()
    return log


def _run(demo: Demo, watched: _Watched, chance: random.Random, device: str) -> Entry | None:
    """One run of the demo through the engine, with inputs as a reader might choose them."""
    job = _ordered(demo, chance)
    while not job.live:  # it has been run before
        job = _ordered(demo, chance)
    execute(job.id, "benchmark", device)
    db.session.rollback()  # what the session has read is of before the run
    job = db.session.get_one(Job, job.id, populate_existing=True)
    if job.status != "succeeded" or job.seconds is None:
        print(f"\n{demo.name}: {job.error}")  # it asks for a network that has not been fetched, say
        return None
    return Entry(demo.name, job.inputs, job.work, job.seconds, watched.marks)


def _ordered(demo: Demo, chance: random.Random) -> Job:
    chosen = {field.name: _chosen(field, chance) for field in demo.fields}
    inputs = demo.parse({name: value for name, value in chosen.items() if value is not None})
    return jobs.submit(demo, inputs, "reader")


def _pace(entry: Entry) -> Pace:
    first, *later = entry.marks
    pace = Pace(*first)
    for mark in later:
        pace.mark(*mark)
    return pace


class _Watched:
    """The demos, with a clock beside the first quarter of each run."""

    def __init__(self, inner: Demos) -> None:
        self.inner, self.marks = inner, [(0.0, 0.0)]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def run_of(self, demo: str, /) -> Callable[..., Iterator[Update]]:
        run = self.inner.run_of(demo)
        return lambda *given: self._timed(run(*given))

    def _timed(self, updates: Any) -> Iterator[Update]:
        begun, self.marks = time.perf_counter(), [(0.0, 0.0)]
        for update in updates:
            if self.marks[-1][0] < QUARTER:
                self.marks.append((round(update.progress, 4), round(time.perf_counter() - begun, 4)))
            yield update


def _chosen(field: Field, chance: random.Random) -> str | None:
    """A value for an input, as a form would send it; None leaves it as it stands."""
    kind = field.kind
    if not field.required and field.name not in ("steps", "size") and chance.random() > CHANGED:
        return None
    if isinstance(kind, Picture):
        return chance.choice(list(kind.names)) if kind.names else None
    if isinstance(kind, Choice):
        return chance.choice([value for value in kind.choices if field.name != "size" or value in SIZES])
    if isinstance(kind, Number):
        least, most = STEPS if field.name == "steps" else (kind.min, kind.max)
        value = least + kind.step * chance.randint(0, round((most - least) / kind.step))
        return str(round(value, 6))
    return chance.choice(["0", "1"]) if isinstance(kind, Toggle) else None


def _shares(errors: Sequence[float]) -> tuple[float, float]:
    """Median and ninetieth percentile."""
    tenths = statistics.quantiles(errors, n=10, method="inclusive")
    return statistics.median(errors), tenths[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description="How well the wait is told, beside a demo's lifetime mean.")
    parser.add_argument("--replay", action="store_true", help="use the log that is kept, run nothing")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=480, help="stop running then, with what there is")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--log", type=Path, default=LOG)
    arguments = parser.parse_args()
    if not arguments.replay:
        log = record(arguments.runs, arguments.seconds, arguments.seed)
        arguments.log.write_text("[\n" + ",\n".join(json.dumps(asdict(entry)) for entry in log) + "\n]\n")
    print(report([Entry(**entry) for entry in json.loads(arguments.log.read_text())]))


if __name__ == "__main__":
    main()
