"""Drawings of an answer as the attributes of SVG: paths and places, the same as the bench's scripts draw.

Charts stand in a box 600 wide and 200 high, people in one of 400 by 250.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from app.algorithms import bayes
from app.algorithms.bayes import beta, gaussian
from app.algorithms.bayes.beta import Beta
from app.algorithms.bayes.diagnosis import apportioned
from app.algorithms.bayes.gaussian import Gaussian

WIDTH, HEIGHT = 600, 200
MOST_DOTS = 2000
ACROSS, DOWN = 400, 250
REACHES = (8, 16, 32)  # bits on either side of even odds
SAMPLES = 150
PLACES = [(at + 0.5) / SAMPLES for at in range(SAMPLES)]  # not at the ends, where a density may be infinite

Point = tuple[float, float]  # shares of a chart's box, from its lower left corner


def drawn(now: dict[str, Any]) -> dict[str, Any]:
    """By the part of the answer."""
    return DRAWINGS[now["part"]](now)


def crowd(people: dict[str, Any]) -> dict[str, Any]:
    """Who is drawn: everybody, or of too many only those with a positive result, `each` of them for one dot."""
    whole = people["whole"]
    everybody = people["total"] <= MOST_DOTS
    names = ["true_positive", "false_negative", "false_positive", "true_negative"]
    shown = {name: whole[name] for name in (names if everybody else ["true_positive", "false_positive"])}
    each = 1
    while sum(shown.values()) / each > MOST_DOTS:
        each *= 10
    count = math.floor(sum(shown.values()) / each + 0.5)
    groups = apportioned({name: number / each for name, number in shown.items()}, count)
    columns = max(1, math.ceil(math.sqrt(count * ACROSS / DOWN)))
    cell = min(ACROSS / columns, DOWN / max(1, math.ceil(count / columns)))
    return {"everybody": everybody, "each": each, "groups": groups, "columns": columns, "cell": cell}


def dots(seen: dict[str, Any]) -> dict[str, str]:
    """A path for each group: a line for each row, drawn in dashes of no length, a cell apart, with round ends."""
    paths, first = {}, 0
    for name, number in seen["groups"].items():
        paths[name] = "".join(_row(start, end, seen) for start, end in _rows(first, first + number, seen["columns"]))
        first += number
    return paths


def line(points: Iterable[Point]) -> str:
    """A path through points of a chart; what is above its box is cut off."""
    steps = [f"{_tenths(x * WIDTH)} {_tenths((1 - min(y, 1)) * HEIGHT)}" for x, y in points]
    return f"M{'L'.join(steps)}" if steps else ""


def area(points: Sequence[Point]) -> str:
    """What is below a line."""
    return f"{line(points)}L{_tenths(points[-1][0] * WIDTH)} {HEIGHT}L{_tenths(points[0][0] * WIDTH)} {HEIGHT}Z"


def ladder(odds: dict[str, Any]) -> dict[str, Any]:
    """Where the odds stand before and after, as shares of an axis of bits from −reach to reach."""
    bits = {"before": _bits(odds["before"]), **{name: _bits(odds[name]["odds"]) for name in ("positive", "negative")}}
    most = max((abs(each) for each in bits.values() if math.isfinite(each)), default=0.0)
    reach = next((reach for reach in REACHES if most <= reach), REACHES[-1])
    return {"reach": reach, **{name: (max(-reach, min(reach, at)) + reach) / 2 / reach for name, at in bits.items()}}


def _of_test(now: dict[str, Any]) -> dict[str, Any]:
    seen = crowd(now["views"]["people"])
    return {"crowd": seen, "dots": dots(seen), "ladder": ladder(now["views"]["odds"])}


def _of_row(now: dict[str, Any]) -> dict[str, Any]:
    steps, prior = now["sequence"]["steps"], now["test"]["prior"]
    heights = {name: [prior, *(step[name] for step in steps)] for name in ("posterior", "alone")}
    wide = max(1, len(steps))
    return {name: line((at / wide, y) for at, y in enumerate(ys) if y is not None) for name, ys in heights.items()}


def _of_base_rate(now: dict[str, Any]) -> dict[str, Any]:
    rates = [at / SAMPLES for at in range(SAMPLES + 1)]
    tests = [bayes.Test(**(now["test"] | {"prior": rate})) for rate in rates]
    answers = [bayes.views(test, 1)["table"] for test in tests]
    return {
        name: line((rate, told[name]) for rate, told in zip(rates, answers, strict=True) if told[name] is not None)
        for name in ("posterior", "posterior_negative")
    }


def _of_robot(now: dict[str, Any]) -> dict[str, Any]:
    steps = now["steps"]
    most = math.log2(sum(map(len, now["world"])))
    return {"entropy": line((at / max(1, len(steps) - 1), step["entropy"] / most) for at, step in enumerate(steps))}


def _of_coin(now: dict[str, Any]) -> dict[str, Any]:
    return _densities({name: Beta(now[name]["a"], now[name]["b"]) for name in ("prior", "posterior")}, now)


def _of_comparison(now: dict[str, Any]) -> dict[str, Any]:
    prior = now["prior"]
    told = {name: (now[name]["successes"], now[name]["failures"]) for name in ("a", "b")}
    return _densities({name: Beta(prior["a"] + s, prior["b"] + f) for name, (s, f) in told.items()}, now)


def _densities(beliefs: dict[str, Beta], now: dict[str, Any]) -> dict[str, Any]:
    """Curves of beliefs about a share, as high as the highest that is not the prior, with their intervals as areas."""
    curves = {name: _of_belief(belief) for name, belief in beliefs.items()}
    return _scaled(curves, {name: now[name]["interval"] for name in beliefs if name != "prior"})


def _of_measurement(now: dict[str, Any]) -> dict[str, Any]:
    names = ("prior", "measurement", "posterior")
    curves = {name: Gaussian(now[name]["mean"], now[name]["deviation"] ** 2) for name in names}
    low, high = span(now)
    sampled = {name: _curve(curve, low, high) for name, curve in curves.items()}
    at = [(end - low) / (high - low) for end in now["posterior"]["interval"]]
    return {**_scaled(sampled, {"posterior": at}), "low": low, "high": high}


def span(now: dict[str, Any]) -> tuple[float, float]:
    """From where to where a chart of a measurement reaches: three deviations to both sides of what it shows."""
    told = [(now[name]["mean"], 3 * now[name]["deviation"]) for name in ("prior", "measurement")]
    return min(mean - reach for mean, reach in told), max(mean + reach for mean, reach in told)


def _of_belief(belief: Beta) -> list[Point]:
    """Sampled everywhere, and more closely where it is."""
    near = [belief.mean + math.sqrt(belief.variance) * at / 10 for at in range(-40, 41)]
    places = sorted([*PLACES, *(place for place in near if 0 < place < 1)])
    return [(place, beta.density(belief, place)) for place in places]


def _curve(curve: Gaussian, low: float, high: float) -> list[Point]:
    return [(place, gaussian.density(curve, low + place * (high - low))) for place in PLACES]


def _scaled(curves: dict[str, list[Point]], intervals: dict[str, list[float]]) -> dict[str, Any]:
    highest = max(y for name in intervals for _, y in curves[name])
    low = {name: [(x, y / highest) for x, y in points] for name, points in curves.items()}
    inside = {
        name: [point for point in low[name] if ends[0] <= point[0] <= ends[1]] for name, ends in intervals.items()
    }
    lines = {name: line(points) for name, points in low.items()}
    return lines | {f"{name}_area": area(points) for name, points in inside.items() if points}


def _bits(odds: Sequence[float]) -> float:
    pro, contra = odds
    return math.log2(pro / contra) if pro and contra else math.inf if pro else -math.inf if contra else 0.0


def _rows(first: int, end: int, columns: int) -> Iterator[tuple[int, int]]:
    """Where a run of places begins and ends in each row that it goes through."""
    while first < end:
        last = min(end, (first // columns + 1) * columns)
        yield first, last
        first = last


def _row(first: int, end: int, seen: dict[str, Any]) -> str:
    """Half a cell longer than to its last dot, so that rounding does not lose it."""
    row, column = divmod(first, seen["columns"])
    x, y, long = (_tenths(cells * seen["cell"]) for cells in (column + 0.5, row + 0.5, end - first - 0.5))
    return f"M{x} {y}h{long}"


def _tenths(value: float) -> str:
    """A coordinate as scripts write it too: Math.round(10 x) / 10."""
    rounded = math.floor(value * 10 + 0.5) / 10
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


DRAWINGS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "test": _of_test,
    "row": _of_row,
    "base-rate": _of_base_rate,
    "robot": _of_robot,
    "coin": _of_coin,
    "measurement": _of_measurement,
    "comparison": _of_comparison,
}
