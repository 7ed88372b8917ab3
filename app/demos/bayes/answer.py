"""What the bench answers: the numbers of the part that is on it, as plain data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.algorithms import bayes
from app.algorithms.bayes import beta, drag, gaussian, histogram
from app.algorithms.bayes.beta import Beta
from app.algorithms.bayes.diagnosis import large_enough
from app.algorithms.bayes.gaussian import Gaussian
from app.algorithms.bayes.sequence import Reading, orders
from app.demos.bayes.notation import COLOURS, STEPS
from app.demos.bayes.problems import PROBLEMS
from app.errors import InvalidInput

BASE_RATES = (0.0001, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.9)
RATES = ("prior", "sensitivity", "false_positive")
LONGEST_SUM = 20_000


def answer(inputs: Any) -> dict[str, Any]:
    """Raises InvalidInput where inputs do not go together."""
    return {"part": inputs.part} | ANSWERS[inputs.part](inputs)


def of_test(inputs: Any) -> dict[str, Any]:
    """Five views of one test, its sentence, results in a row, and the same test at other base rates."""
    problem = PROBLEMS[inputs.problem]
    given = {name: getattr(inputs, name) for name in RATES}
    test = bayes.Test(**{name: problem[name] if rate is None else rate / 100 for name, rate in given.items()})
    total = inputs.people or problem["total"]
    views = bayes.views(test, total)
    return {
        "problem": problem,
        "test": {name: getattr(test, name) for name in RATES},
        "people": total,
        "enough": large_enough(test),
        "posterior": views["square"]["posterior"],
        "posterior_negative": views["square"]["posterior_negative"],
        "sentence": bayes.sentence(test, problem["words"], total),
        "views": views,
        "sequence": _sequence(test, inputs.results or "", inputs.correlation),
        "base_rate": _base_rate(test, inputs.wanted / 100),
    }


def of_robot(inputs: Any) -> dict[str, Any]:
    """The belief after a drive, and what each of its steps told."""
    world = [list(row) for row in inputs.world.split("/")]
    belief, noise = histogram.uniform(world), (inputs.slip, 1 - 2 * inputs.slip, inputs.slip)
    steps = [_step(None, belief, None)]
    for action in inputs.drive or "":
        evidence = None
        if action in COLOURS:
            belief = histogram.doubt(belief, inputs.doubt)
            belief, evidence = histogram.sense(belief, world, action, inputs.hit, inputs.miss)
        else:
            belief = histogram.move(belief, STEPS[action], noise, inputs.cyclic)
        steps.append(_step(action, belief, evidence))
    return {"world": world, "belief": belief, "steps": steps}


def of_coin(inputs: Any) -> dict[str, Any]:
    """A coin's bias before and after its tosses, and the tosses ahead."""
    prior, (heads, tails) = _imagined(inputs), beta.tossed(inputs.tosses)
    return {
        "heads": heads,
        "tails": tails,
        "prior": beta.summary(prior, 0, 0, inputs.mass / 100),
        "posterior": beta.summary(prior, heads, tails, inputs.mass / 100),
        "mass": inputs.mass / 100,
        "predictive": beta.predictive(beta.posterior(prior, heads, tails), inputs.ahead),
    }


def of_measurement(inputs: Any) -> dict[str, Any]:
    """A normal belief before and after it was measured, and what the next measurement would be."""
    prior, error = Gaussian(inputs.mean, inputs.spread**2), inputs.error**2
    after = gaussian.measured(prior, inputs.measured, error, inputs.times)
    curves = {
        "prior": prior,
        "measurement": Gaussian(inputs.measured, error / inputs.times),
        "posterior": after,
        "predictive": gaussian.predictive(after, error),
    }
    return {name: _told(curve) for name, curve in curves.items()} | {
        "weight_of_prior": after.variance / prior.variance,
    }


def of_comparison(inputs: Any) -> dict[str, Any]:
    """Two variants and one prior. Raises InvalidInput where there is no sum to be had, or too long a one."""
    prior, a, b = _imagined(inputs), beta.tossed(inputs.a), beta.tossed(inputs.b)
    beliefs = {"a": beta.posterior(prior, *a), "b": beta.posterior(prior, *b)}
    lengths = [length for belief in beliefs.values() for length in belief if float(length).is_integer()]
    if not lengths:
        raise InvalidInput({"heads": "Of them heads: choose it so that a whole number of imagined tosses is heads."})
    if min(lengths) > LONGEST_SUM:
        raise InvalidInput({"b": f"B: more than {LONGEST_SUM:,} of everything is too long a sum for this page."})
    told = bayes.compare(prior, a, b, inputs.mass / 100)
    counts = {name: {"successes": n[0], "failures": n[1]} for name, n in (("a", a), ("b", b))}
    return {name: one | counts.get(name, {}) if isinstance(one, dict) else one for name, one in told.items()} | {
        "prior": {"a": prior.a, "b": prior.b},
        "mass": inputs.mass / 100,
    }


def _sequence(test: bayes.Test, results: str, correlation: float) -> dict[str, Any]:
    """Each result's factor and what is believed after it; `alone`: if repeats were independent.

    `orders` has the lowest and the highest posterior that the same results have in any order.
    """
    dependent = bayes.in_sequence(test.prior, _readings(test, results), correlation)
    alone = bayes.in_sequence(test.prior, _readings(test, results))
    kinds = [_readings(test, order) for order in orders(results.count("+"), results.count("-"))]
    ends = [_end(test.prior, bayes.in_sequence(test.prior, kind, correlation)) for kind in kinds]
    possible = [end for end in ends if end is not None]
    steps = [
        {"result": sign, "factor": step["factor"], "posterior": step["posterior"], "alone": other["posterior"]}
        for sign, step, other in zip(results, dependent, alone, strict=True)
    ]
    return {
        "results": results,
        "correlation": correlation,
        "steps": steps,
        "posterior": _end(test.prior, dependent),
        "orders": [min(possible), max(possible)] if results and possible else None,
    }


def _end(prior: float, steps: list[dict[str, Any]]) -> float | None:
    """What is believed after the last of these steps; the prior where there is none."""
    end: float | None = steps[-1]["posterior"] if steps else prior
    return end


def _readings(test: bayes.Test, results: str) -> list[Reading]:
    rates = {"sensitivity": test.sensitivity, "false_positive": test.false_positive}
    return [{"test": "", "positive": sign == "+", **rates} for sign in results]  # type: ignore[typeddict-item]


def _base_rate(test: bayes.Test, wanted: float) -> dict[str, Any]:
    """The same test at other base rates, and the one at which a positive result would be believed as much as wanted."""
    try:
        needed = drag.with_posterior(test, wanted).prior
    except ValueError:  # a test that is never positive leads nowhere
        needed = None
    positive = drag.by_base_rate(test, list(BASE_RATES))
    # a negative result is the positive one of the test turned round
    turned = bayes.Test(test.prior, 1 - test.sensitivity, 1 - test.false_positive)
    negative = drag.by_base_rate(turned, list(BASE_RATES))
    rows = [
        {"prior": rate, "posterior": after, "posterior_negative": other}
        for rate, after, other in zip(BASE_RATES, positive, negative, strict=True)
    ]
    return {"wanted": wanted, "needed": needed, "rows": rows}


def _step(action: str | None, belief: histogram.Belief, evidence: float | None) -> dict[str, Any]:
    row, column = histogram.likeliest(belief)
    return {
        "action": action,
        "evidence": evidence,
        "entropy": histogram.entropy(belief),
        "likeliest": [row, column],
        "probability": belief[row][column],
    }


def _imagined(inputs: Any) -> Beta:
    heads = inputs.imagined * inputs.heads / 100  # in this order it is whole where it can be
    return Beta(heads, inputs.imagined - heads)


def _told(curve: Gaussian) -> dict[str, Any]:
    return {"mean": curve.mean, "deviation": curve.variance**0.5, "interval": list(gaussian.interval(curve))}


ANSWERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "test": of_test,
    "row": of_test,
    "base-rate": of_test,
    "robot": of_robot,
    "coin": of_coin,
    "measurement": of_measurement,
    "comparison": of_comparison,
}
