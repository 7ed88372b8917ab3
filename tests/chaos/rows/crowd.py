"""L-04: sixty-four readers while twenty photographs a second are sent in, with the limits that a site has by itself."""

from __future__ import annotations

from tests.chaos import beside, busy
from tests.chaos.rows.outcome import Outcome
from tests.chaos.waits import Readers

ID, DEED = "L-04", "64 readers of a kept post beside 20 uploads a second from 60 addresses"
SECONDS, READERS, EVERY = 60.0, 64, 1 / 20
MOST = 0.250
LIMITS = {"JOBS_PER_READER": "3", "UPLOADS_PER_MINUTE": "10", "QUEUE_LIMIT": "50"}
ALLOWED = {200, 202, 429, 503}


def measured(scale: float, seed: int) -> Outcome:
    outcome = Outcome()
    with beside.blog(outcome, **LIMITS) as (server, _):
        senders = busy.Uploaders(server)
        with beside.again_and_again(senders.send, EVERY):
            waits = Readers(server.port, beside.POST, SECONDS * scale, READERS).told()
        senders.pool.shutdown()
    if wrong := {status: number for status, number in senders.statuses.items() if status not in ALLOWED}:
        outcome.broken.append(f"uploads were answered {wrong}")
    if wrong := {status: number for status, number in waits.statuses.items() if status not in ALLOWED}:
        outcome.broken.append(f"readers were answered {wrong}")
    if waits.within(0.99) > MOST:
        outcome.broken.append(f"99 % within {waits.within(0.99) * 1000:.0f} ms")
    taken = senders.statuses[200] + senders.statuses[202]
    outcome.figures |= {
        "half and 99 % within": str(waits),
        "readers' errors": f"{waits.errors:,} of {waits.statuses.total():,}",
        "uploads": f"{senders.statuses.total():,}, taken in {taken:,}, 429 {senders.statuses[429]:,}, "
        f"503 {senders.statuses[503]:,}",
    }
    return outcome
