"""One test with three numbers, and five ways to look at it: area, people, tree, table, odds. All say the same.

A view is plain data and works its answer out in its own way: `posterior` is P(hypothesis | positive),
`posterior_negative` is P(hypothesis | negative); None where nobody gets that result. Groups are named as in a
2 × 2 table: true and false positives and negatives, the hypothesis being what the test looks for.

Source: Gigerenzer & Hoffrage (1995), How to improve Bayesian reasoning without instruction.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

LARGEST = 10**9  # people: beyond that nobody counts heads


@dataclass(frozen=True)
class Test:
    """How common it is before testing, how often the test finds it, how often it cries wolf: each from 0 to 1."""

    prior: float
    sensitivity: float
    false_positive: float

    def __post_init__(self) -> None:
        for name in ("prior", "sensitivity", "false_positive"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"The {name.replace('_', '-')} must be between 0 and 1.")


def square(test: Test) -> dict[str, Any]:
    """A square of side 1: its left part is as wide as the prior; in both parts the positives stand at the bottom."""
    p, s, f = test.prior, test.sensitivity, test.false_positive
    places = {
        "true_positive": (0.0, 0.0, p, s),
        "false_positive": (p, 0.0, 1 - p, f),
        "false_negative": (0.0, s, p, 1 - s),
        "true_negative": (p, f, 1 - p, 1 - f),
    }
    areas = {group: width * height for group, (_, _, width, height) in places.items()}
    rectangles = {
        group: {"x": x, "y": y, "width": width, "height": height} for group, (x, y, width, height) in places.items()
    }
    return {"rectangles": rectangles, "areas": areas, **_answers(areas)}


def people(test: Test, total: int = 1000) -> dict[str, Any]:
    """So many people: how many of each group to expect, and as whole people, who sum to `total` exactly.

    The answers are of the expected numbers; `posterior_whole` is of the whole people, and differs where they are few.
    """
    ill, healthy = total * test.prior, total * (1 - test.prior)
    exact = {
        "true_positive": ill * test.sensitivity,
        "false_positive": healthy * test.false_positive,
        "false_negative": ill * (1 - test.sensitivity),
        "true_negative": healthy * (1 - test.false_positive),
    }
    whole = apportioned(exact, total)
    return {
        "total": total,
        "exact": exact,
        "whole": whole,
        "posterior_whole": _share(whole["true_positive"], whole["false_positive"]),
        **_answers(exact),
    }


def tree(test: Test, total: int = 1000) -> dict[str, Any]:
    """The frequency tree: everybody, then ill and healthy, then positive and negative; a node's count is its
    parent's times its branch's share. `whole` are the leaves of `people`, summed upwards, so that the tree adds up.
    """
    whole = people(test, total)["whole"]
    p, s, f = test.prior, test.sensitivity, test.false_positive
    ill = _branch("hypothesis", p, total * p, s, (whole["true_positive"], whole["false_negative"]))
    healthy = _branch("other", 1 - p, total * (1 - p), f, (whole["false_positive"], whole["true_negative"]))
    counts = {
        "true_positive": ill["children"][0]["count"],
        "false_positive": healthy["children"][0]["count"],
        "false_negative": ill["children"][1]["count"],
        "true_negative": healthy["children"][1]["count"],
    }
    root = {"label": "everybody", "share": 1.0, "count": float(total), "whole": total, "children": [ill, healthy]}
    return {"root": root, **_answers(counts)}


def table(test: Test) -> dict[str, Any]:
    """The 2 × 2 table of joint probabilities with its margins; `predictive` is what each row says."""
    p, s, f = test.prior, test.sensitivity, test.false_positive
    found, cried, missed, cleared = p * s, (1 - p) * f, p * (1 - s), (1 - p) * (1 - f)
    positive, negative = found + cried, missed + cleared
    rows = {
        "positive": {"hypothesis": found, "other": cried, "total": positive},
        "negative": {"hypothesis": missed, "other": cleared, "total": negative},
        "total": {"hypothesis": found + missed, "other": cried + cleared, "total": positive + negative},
    }
    predictive = {
        "positive": found / positive if positive else None,
        "negative": cleared / negative if negative else None,
    }
    of_negative = missed / negative if negative else None
    return {
        "rows": rows,
        "predictive": predictive,
        "posterior": predictive["positive"],
        "posterior_negative": of_negative,
    }


def odds(test: Test) -> dict[str, Any]:
    """Odds times Bayes factor, as pairs (for, against): a pair has no infinity. `factor` and `bits` are None if
    infinite; bits are the factor's logarithm to the base 2, so that evidence adds.
    """
    before = [test.prior, 1 - test.prior]
    after = {"positive": [test.sensitivity, test.false_positive]}
    after["negative"] = [1 - share for share in after["positive"]]
    results: dict[str, Any] = {}
    for result, (likely, unlikely) in after.items():
        factor = likely / unlikely if unlikely else None
        results[result] = {
            "factor_pair": [likely, unlikely],
            "factor": factor,
            "bits": math.log2(factor) if factor else None,
            "odds": [before[0] * likely, before[1] * unlikely],
        }
    return {
        "before": before,
        **results,
        "posterior": _from_odds(before, results["positive"]),
        "posterior_negative": _from_odds(before, results["negative"]),
    }


def views(test: Test, total: int = 1000) -> dict[str, dict[str, Any]]:
    """All five, by name."""
    return {
        "square": square(test),
        "people": people(test, total),
        "tree": tree(test, total),
        "table": table(test),
        "odds": odds(test),
    }


def apportioned(exact: dict[str, float], total: int) -> dict[str, int]:
    """Whole numbers that sum to `total`, each less than 1 from the exact one: Hamilton's method of largest remainders.

    Rounding each alone would lose or invent people. Ties go to the group named first.
    """
    whole = {group: math.floor(count) for group, count in exact.items()}
    owed = sorted(exact, key=lambda group: whole[group] - exact[group])
    for group in owed[: total - sum(whole.values())]:
        whole[group] += 1
    return whole


def large_enough(test: Test) -> int:
    """How many people are needed for whole ones to tell the answer to half a percentage point: 1,000, 10,000, …"""
    total = 1000
    while total < LARGEST:
        view = people(test, total)
        if view["posterior"] is None:
            return total
        if view["posterior_whole"] is not None and abs(view["posterior_whole"] - view["posterior"]) <= 0.005:
            return total
        total *= 10
    return total


def _branch(label: str, share: float, count: float, positive: float, whole: tuple[int, int]) -> dict[str, Any]:
    children = [
        {"label": "positive", "share": positive, "count": count * positive, "whole": whole[0]},
        {"label": "negative", "share": 1 - positive, "count": count * (1 - positive), "whole": whole[1]},
    ]
    return {"label": label, "share": share, "count": count, "whole": sum(whole), "children": children}


def _answers(groups: dict[str, float]) -> dict[str, float | None]:
    return {
        "posterior": _share(groups["true_positive"], groups["false_positive"]),
        "posterior_negative": _share(groups["false_negative"], groups["true_negative"]),
    }


def _share(part: float, rest: float) -> float | None:
    return part / (part + rest) if part + rest else None


def _from_odds(before: list[float], result: dict[str, Any]) -> float | None:
    """Odds as one number where they are one, the textbook's way; where a side is 0 only the pair can tell."""
    pro, contra = result["odds"]
    if not before[1] or result["factor"] is None:
        return _share(pro, contra)
    ratio = before[0] / before[1] * result["factor"]
    return float(ratio / (1 + ratio))
