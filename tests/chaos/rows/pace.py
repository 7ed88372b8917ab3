"""L-07: how much slower a style transfer runs while readers read."""

from __future__ import annotations

from tests.chaos import beside
from tests.chaos.rows.outcome import Outcome
from tests.chaos.server import Server
from tests.chaos.waits import READERS, Readers

ID, DEED = "L-07", f"the same style transfer alone and beside {READERS} readers of a kept post"
STEPS, FEWEST, LONGEST = 500, 20, 600.0
LEAST = 0.85  # of the steps a second that it makes alone
PACES = {"who ask as soon as they are answered": 0.0, "who each ask ten times a second": 0.1}


def measured(scale: float, seed: int) -> Outcome:
    outcome, steps = Outcome(), max(FEWEST, int(STEPS * scale) // 10 * 10)
    with beside.blog(outcome) as (server, _):
        beside.painted(server)
        alone = [_seconds(server, steps, 0)]
        read = {name: _read(server, steps, turn) for turn, name in enumerate(PACES)}
        alone.append(_seconds(server, steps, 1))
    mean = sum(alone) / len(alone)
    outcome.figures["steps a second alone"] = " and ".join(f"{steps / seconds:.1f}" for seconds in alone)
    for name, (seconds, pages) in read.items():
        outcome.figures[f"beside readers {name}"] = (
            f"{steps / seconds:.1f}, {mean / seconds:.0%} of alone ({pages:,.0f} pages a second)"
        )
        if mean / seconds < LEAST:
            outcome.broken.append(f"{mean / seconds:.0%} beside readers {name}")
    return outcome


def _read(server: Server, steps: int, turn: int) -> tuple[float, float]:
    """Seconds that the run took, and pages a second that were read meanwhile."""
    readers = Readers(server.port, beside.POST, LONGEST, every=list(PACES.values())[turn])
    try:
        seconds = _seconds(server, steps, 2 + turn)
    finally:
        waits = readers.leave()
    return seconds, len(waits.waits) / waits.seconds


def _seconds(server: Server, steps: int, seed: int) -> float:
    """That a run took from its first step to its last, as it tells them itself."""
    return float(beside.painted(server, steps, seed)["output"]["data"]["seconds"])
