"""What earlier runs tell, on logs that are drawn so that the truth about them is known."""

from __future__ import annotations

import random
import statistics

import pytest

from app.jobs.experience import Estimate, Run, learn
from benchmarks.eta import Entry, replay, report

PACES = {"adam": 1.0, "lbfgs": 3.0}
SIZES = {"256": 1.0, "384": 2.25, "512": 4.0}


def drawn(count: int, noise: float, seed: int = 1) -> list[Run]:
    """Runs whose seconds are their work, times what the optimiser and the picture cost, times some noise."""
    chance, runs = random.Random(seed), []
    for _ in range(count):
        size, optimiser, steps = chance.choice(list(SIZES)), chance.choice(list(PACES)), chance.randrange(20, 200, 10)
        photo = chance.choice([{"name": "cat"}, {"name": "temple"}, {"picture": f"{chance.random()}.png"}])
        inputs = {"size": size, "optimiser": optimiser, "steps": steps, "seed": chance.randrange(9999), "photo": photo}
        work = SIZES[size] * steps / 100
        wide = 1.4 if "picture" in photo else 1.0
        runs.append(Run(inputs, work, 5 * work * PACES[optimiser] * wide * chance.lognormvariate(0, noise)))
    return runs


def entry(run: Run) -> Entry:
    """A run of the log, that went at one pace but for its first step."""
    marks = [(0.0, 0.0), *((step / 20, run.seconds * (0.05 + 0.95 * step / 20)) for step in range(6))]
    return Entry("drawn", dict(run.inputs), run.work, run.seconds, marks)


def test_one_run_tells_the_next_by_its_work() -> None:
    told = learn([Run({"size": "256"}, 2.0, 10.0)])
    assert told.of({"size": "256"}, 3.0).seconds == pytest.approx(15)
    assert told.of({"size": "never seen", "more": True}, 3.0).seconds == pytest.approx(15)


def test_what_each_input_costs_is_learned() -> None:
    known = learn(drawn(100, noise=0.0))
    for size in SIZES:
        for optimiser, pace in PACES.items():
            inputs = {"size": size, "optimiser": optimiser, "steps": 100, "seed": 7, "photo": {"picture": "new.png"}}
            told = known.of(inputs, SIZES[size]).seconds
            assert told == pytest.approx(5 * SIZES[size] * pace * 1.4, rel=0.1)


def test_it_beats_the_lifetime_mean_on_a_mixed_log() -> None:
    log = [entry(run) for run in drawn(200, noise=0.1)]
    ours, mean = replay(log)
    assert statistics.median(ours.at_submission) < 0.25 < statistics.median(mean.at_submission)
    assert statistics.median(ours.at_quarter) < 0.1 < statistics.median(mean.at_quarter)
    # Most of the error that is left is the noise itself, once there is something to learn from.
    assert statistics.median(ours.at_submission[50:]) < 0.12
    assert "| Playpress |" in report(log)


def test_the_range_holds_most_runs_and_not_all_of_them() -> None:
    runs = drawn(300, noise=0.3)
    inside = []
    for number in range(100, 300):
        told = learn(runs[:number][::-1]).of(runs[number].inputs, runs[number].work)
        inside.append(told.low <= runs[number].seconds <= told.high)
    assert 0.65 < statistics.fmean(inside) < 0.95


def test_the_range_is_wide_after_one_run_and_narrows_with_many_alike() -> None:
    run = Run({}, 1.0, 10.0)
    widths = [told.high - told.low for told in (learn([run] * count).of({}, 1.0) for count in (1, 10, 50))]
    assert widths[0] > 5
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == pytest.approx(0)


def test_the_newer_runs_count_more() -> None:
    before, after = [Run({}, 1.0, 10.0)] * 60, [Run({}, 1.0, 20.0)] * 30
    assert learn([*after, *before]).of({}, 1.0).seconds == pytest.approx(20)
    assert learn([*before, *after]).of({}, 1.0).seconds == pytest.approx(10)


def test_one_run_that_stood_still_misleads_nobody() -> None:
    runs = [Run({"size": "256"}, 1.0, 10.0)] * 20
    runs[3] = Run({"size": "256"}, 1.0, 1000.0)
    assert learn(runs).of({"size": "256"}, 1.0).seconds == pytest.approx(10)


@pytest.mark.parametrize(
    ("ends", "words"),
    [((0.1, 0.4), "1 s"), ((8.2, 9.9), "8–10 s"), ((9.0, 9.4), "9 s"), ((31, 46), "30–45 s"), ((41, 42), "40 s"),
     ((17, 32), "17–30 s"), ((90, 100), "90–100 s"), ((100, 200), "100 s–3 min"), ((170, 400), "3–7 min")],
)  # fmt: skip
def test_a_range_in_words(ends: tuple[float, float], words: str) -> None:
    assert Estimate(sum(ends) / 2, *ends).words == words
