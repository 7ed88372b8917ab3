"""L-01: readers of a kept post, of a site that does nothing else."""

from __future__ import annotations

from tests.chaos import beside
from tests.chaos.rows.outcome import Outcome
from tests.chaos.waits import READERS, Readers, slower

ID, DEED = "L-01", f"{READERS} readers of a kept post who ask as soon as they are answered, of an idle site"
SECONDS = 30.0
HALF, MOST = 0.005, 0.025  # seconds within which half and 99 % have their page


def measured(scale: float, seed: int) -> Outcome:
    outcome = Outcome()
    with beside.blog(outcome) as (server, _):
        waits = Readers(server.port, beside.POST, SECONDS * scale).told()
    outcome.broken += slower("when nothing else goes on", waits, waits, 1, MOST)
    if waits.within(0.5) > HALF:
        outcome.broken.append(f"half within {waits.within(0.5) * 1000:.1f} ms")
    outcome.figures |= {
        "half and 99 % within": str(waits),
        "pages": f"{len(waits.waits):,}",
        "errors": f"{waits.errors}",
    }
    return outcome
