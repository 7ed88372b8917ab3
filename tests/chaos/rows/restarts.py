"""F-08: twenty restarts while a thousand pages are read."""

from __future__ import annotations

from tests.chaos import beside
from tests.chaos.restarts import restart, strays
from tests.chaos.rows.outcome import Outcome, percentile

ID, DEED = "F-08", "restarts while four readers read on and try again until they are answered"
RESTARTS, READS = 20, 1_000
LONGEST = 3.0  # seconds of a gap


def measured(scale: float, seed: int) -> Outcome:
    with beside.laid_out() as (data, _):
        told = restart(data, max(1, int(RESTARTS * scale)), int(READS * scale))
    gaps = [gap.end - gap.begin for gap in told.gaps]
    outcome = Outcome(broken=[*told.wrong, *(f"outside a gap: {why}" for why in strays(told.failures, told.gaps))])
    outcome.broken += [f"{told.others} pages were others"] if told.others else []
    outcome.broken += [f"{len(long)} gaps were longer than {LONGEST} s"] if (long := _longer(gaps)) else []
    outcome.figures |= {
        "restarts": f"{len(gaps):,}",
        "pages read": f"{told.pages:,}",
        "questions that failed in a gap": f"{len(told.failures):,}",
        "outside one": f"{len(strays(told.failures, told.gaps)):,}",
        "gap, half and the longest": f"{percentile(gaps, 0.5):.1f} s · {max(gaps):.1f} s",
    }
    return outcome


def _longer(gaps: list[float]) -> list[float]:
    return [gap for gap in gaps if gap > LONGEST]
