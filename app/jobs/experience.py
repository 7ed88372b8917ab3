"""What earlier runs of a demo tell of how long its next one takes.

Idea: the logarithm of a run's seconds a unit of work is a sum of what its inputs add to it: an effect a choice, a slope
a number. They are learned from the last runs by ridge regression (Hoerl, Kennard 1970), the newer ones counting more,
so that what few runs tell of is drawn towards the demo's usual pace. The median of what the sum leaves over is that
pace, and its tenth and ninetieth percentiles are the range.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

HALF_AS_MUCH = 40  # runs later, a run counts half as much
PENALTY = 2.0  # runs of evidence that an effect has against it
SWEEPS = 8
MOST_OWN = 0.5  # of what is foretold of an earlier run may come from that run itself
UNSURE = math.log(1.5)  # two imagined runs, so much quicker and slower, so that a single run is not taken for certain
FARTHEST = 3.0  # standard deviations: numbers beyond are not extrapolated to


class Run(NamedTuple):
    """An earlier run that ended well: what it was asked, how much work that was, how long it took."""

    inputs: Mapping[str, Any]
    work: float
    seconds: float


class Estimate(NamedTuple):
    """Seconds, and the range in which eight of ten runs end."""

    seconds: float
    low: float
    high: float

    @property
    def words(self) -> str:
        """Such as “30–45 s”, and one number where both ends read alike."""
        least, most = _told(self.low), _told(self.high)
        if least == most:
            return most
        number, unit = least.split()
        return f"{number if most.endswith(f' {unit}') else least}–{most}"


NO_TIME = Estimate(0.0, 0.0, 0.0)


class Experience(NamedTuple):
    """What the last runs of a demo tell of its next one; logarithms of seconds a unit of work."""

    effects: Mapping[str, float]
    scales: Mapping[str, tuple[float, float]]  # mean and deviation of each number
    pace: Estimate

    def of(self, inputs: Mapping[str, Any], work: float) -> Estimate:
        """What a run with these inputs takes, in seconds."""
        features = _features(inputs, work, self.scales)
        known = sum(self.effects.get(name, 0.0) * value for name, value in features.items())
        return Estimate(*(work * math.exp(known + pace) for pace in self.pace))


def learn(runs: Sequence[Run]) -> Experience:
    """What `runs`, the newest first and at least one, tell of the next."""
    scales = _scales(runs)
    rows = [_features(run.inputs, run.work, scales) for run in runs]
    weights = [0.5 ** (age / HALF_AS_MUCH) for age in range(len(runs))]
    over = [math.log(run.seconds / run.work) for run in runs]
    usual = _quantile(over, weights, 0.5)
    effects, over, own = _fitted(rows, weights, [value - usual for value in over])
    middle = _quantile(over, weights, 0.5)
    # A run lies nearer to a sum that was learned from it than to one that was not, as the next run's will be.
    apart = [middle + (value - middle) / (1 - min(MOST_OWN, share)) for value, share in zip(over, own, strict=True)]
    spread = ([*apart, middle - UNSURE, middle + UNSURE], [*weights, 1.0, 1.0])
    return Experience(effects, scales, Estimate(*(usual + _quantile(*spread, share) for share in (0.5, 0.1, 0.9))))


def _told(seconds: float) -> str:
    """As exactly as anyone can know: to five seconds from twenty on, to minutes from two of them on."""
    if seconds < 120:
        return f"{max(1, round(seconds)) if seconds < 20 else 5 * round(seconds / 5)} s"
    return f"{round(seconds / 60)} min"


def _features(inputs: Mapping[str, Any], work: float, scales: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Inputs as numbers: 1 for the choice that was made, deviations from the mean for a number."""
    features = {f"{name}={_choice(value)}": 1.0 for name, value in inputs.items() if not _is_number(value)}
    for name, value in _numbers(inputs, work):
        if name in scales:
            mean, deviation = scales[name]
            features[name] = max(-FARTHEST, min(FARTHEST, (value - mean) / deviation))
    return features


def _scales(runs: Sequence[Run]) -> dict[str, tuple[float, float]]:
    """Mean and deviation of every number that has not always been the same."""
    told: dict[str, list[float]] = {}
    for run in runs:
        for name, value in _numbers(run.inputs, run.work):
            told.setdefault(name, []).append(value)
    scales = {name: (statistics.fmean(values), statistics.pstdev(values)) for name, values in told.items()}
    return {name: (mean, deviation) for name, (mean, deviation) in scales.items() if deviation > 0}


def _numbers(inputs: Mapping[str, Any], work: float) -> Iterable[tuple[str, float]]:
    yield "log work", math.log(work)  # what every run does anyhow makes small ones dearer than their work says
    yield from ((name, float(value)) for name, value in inputs.items() if _is_number(value))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _choice(value: Any) -> str:
    """A choice in a word; readers' own pictures are all alike."""
    return str(value.get("name", "own") if isinstance(value, Mapping) else value)


def _fitted(
    rows: Sequence[Mapping[str, float]], weights: Sequence[float], over: Sequence[float]
) -> tuple[dict[str, float], list[float], list[float]]:
    """Effects of features by coordinate descent, what they leave of `over`, and each row's own part in them."""
    columns = _telling(rows)
    effects, over, own = dict.fromkeys(columns, 0.0), list(over), [0.0] * len(rows)
    evidence = {name: sum(weights[n] * x * x for n, x in column) for name, column in columns.items()}
    for _ in range(SWEEPS):
        for name, column in columns.items():
            pull = sum(weights[n] * x * over[n] for n, x in column)
            step = (pull + effects[name] * evidence[name]) / (evidence[name] + PENALTY) - effects[name]
            effects[name] += step
            for n, x in column:
                over[n] -= step * x
    for name, column in columns.items():
        for n, x in column:
            own[n] += weights[n] * x * x / (evidence[name] + PENALTY)
    return effects, over, own


def _telling(rows: Sequence[Mapping[str, float]]) -> dict[str, list[tuple[int, float]]]:
    """Row and value by feature, without the choices that every row has made."""
    columns: dict[str, list[tuple[int, float]]] = {}
    for n, row in enumerate(rows):
        for name, x in row.items():
            columns.setdefault(name, []).append((n, x))
    return {name: c for name, c in columns.items() if len(c) < len(rows) or len({x for _, x in c}) > 1}


def _quantile(values: Sequence[float], weights: Sequence[float], share: float) -> float:
    """The least value that so large a share of the weight does not exceed."""
    ranked = sorted(zip(values, weights, strict=True))
    goal, weight = share * sum(weights), 0.0
    for value, one in ranked:
        weight += one
        if weight >= goal:
            return value
    return ranked[-1][0]
