"""L-02: the same readers while a style transfer runs on the processor, in one of the two processes that serve them."""

from __future__ import annotations

from tests.chaos import beside
from tests.chaos.rows.outcome import Outcome
from tests.chaos.waits import READERS, Readers, slower

ID, DEED = "L-02", f"{READERS} readers of a kept post while a style transfer runs on the processor, on one thread"
SECONDS = 20.0  # of each: idle before, beside the run, idle after
TIMES, MOST = 3.0, 0.060
PACES = {"who ask as soon as they are answered": 0.0, "who each ask ten times a second": 0.1}


def measured(scale: float, seed: int) -> Outcome:
    outcome = Outcome()
    with beside.blog(outcome) as (server, _):
        for name, every in PACES.items():
            idle = Readers(server.port, beside.POST, SECONDS * scale / 2, every=every).told()
            with beside.painting(server, 3):
                loaded = Readers(server.port, beside.POST, SECONDS * scale, every=every).told()
            idle += Readers(server.port, beside.POST, SECONDS * scale / 2, every=every).told()
            outcome.broken += slower(f"for readers {name}, beside a run", loaded, idle, TIMES, MOST)
            ratio = loaded.within(0.99) / idle.within(0.99)
            figures = f"idle {idle}, beside the run {loaded}, {ratio:.1f} times, errors {loaded.errors}"
            outcome.figures[f"half and 99 % within, readers {name}"] = figures
    return outcome
