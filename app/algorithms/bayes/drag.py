"""What a reader drags in one view, as the test it means: the reverse of the five views."""

from __future__ import annotations

from app.algorithms.bayes.diagnosis import Test, people


def from_counts(true_positive: float, false_positive: float, false_negative: float, true_negative: float) -> Test:
    """The test that a 2 × 2 table of counts shows. A group without anybody leaves its rate at 0.

    Raises ValueError where nobody was counted, or fewer than nobody.
    """
    counts = (true_positive, false_positive, false_negative, true_negative)
    if min(counts) < 0 or not sum(counts):
        raise ValueError("Count at least one person, and no fewer than nobody in any group.")
    ill, healthy = true_positive + false_negative, false_positive + true_negative
    return Test(
        ill / (ill + healthy), true_positive / ill if ill else 0.0, false_positive / healthy if healthy else 0.0
    )


def with_factor(test: Test, factor: float) -> Test:
    """The same prior with another Bayes factor of a positive result: the false positives give way, the sensitivity
    only where they would be more than everybody. A test that finds nothing has no such factor: it is left as it is.
    """
    if factor <= 0:
        return Test(test.prior, 0.0, test.false_positive)
    false_positive = test.sensitivity / factor
    if false_positive <= 1:
        return Test(test.prior, test.sensitivity, false_positive)
    return Test(test.prior, min(factor, 1.0), 1.0)


def with_posterior(test: Test, posterior: float) -> Test:
    """The prior at which this test would give that posterior after a positive result: the base rate that is needed.

    Raises ValueError where no prior does, because the test is never positive in one of the groups.
    """
    pro, contra = posterior * test.false_positive, (1 - posterior) * test.sensitivity
    if not pro + contra:
        raise ValueError("No base rate leads there: this test is never positive where it would have to be.")
    return Test(pro / (pro + contra), test.sensitivity, test.false_positive)


def by_base_rate(test: Test, priors: list[float]) -> list[float | None]:
    """The posterior of the same test at each of these base rates."""
    return [people(Test(prior, test.sensitivity, test.false_positive), 1)["posterior"] for prior in priors]
