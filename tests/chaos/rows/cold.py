"""L-06: from the command that starts the site to its first page, and what the first reader of a demo is told."""

from __future__ import annotations

import time

from tests.chaos import beside
from tests.chaos.clients import Visitor
from tests.chaos.rows.outcome import Outcome, percentile
from tests.chaos.server import Server

ID, DEED = "L-06", "starts of a site that runs jobs itself, to its first page, and a run that is ordered at once"
STARTS, SLOWEST = 10, 2.0  # seconds at the median
LOADING = "Loading the network"


def measured(scale: float, seed: int) -> Outcome:
    outcome, boots, ends, said = Outcome(), list[float](), list[float](), list[str]()
    with beside.laid_out() as (data, _):
        for number in range(max(1, int(STARTS * scale))):
            began = time.monotonic()
            server = beside.started(data)
            try:
                assert server.get(beside.POST).status == 200
                boots.append(time.monotonic() - began)
                ends.append(_first_run(server, number, said))
                outcome.broken += server.unharmed()
            finally:
                server.stop()
    if (boot := percentile(boots, 0.5)) > SLOWEST:
        outcome.broken.append(f"half of the starts took more than {boot:.1f} s")
    if LOADING not in said:
        outcome.broken.append(f"nobody is told that something is loaded, but {said}")
    outcome.figures |= {
        "starts, their files in memory": f"{len(boots)}",
        "to the first page, half and the longest": f"{boot:.2f} s · {max(boots):.2f} s",
        "to the end of a first run of 20 steps": f"{percentile(ends, 0.5):.1f} s · {max(ends):.1f} s",
        "told meanwhile": ", ".join(f"“{sentence}”" for sentence in said if not sentence.startswith("Step")),
    }
    return outcome


def _first_run(server: Server, number: int, said: list[str]) -> float:
    """Seconds from the order of a run to its end; what is told of it meanwhile is added to `said`, each once."""
    visitor = Visitor(lambda: server.port)
    began, job = time.monotonic(), beside.order(visitor, 20, number)
    while job["status"] in ("queued", "running"):
        if job["message"] not in said:
            said.append(job["message"])
        time.sleep(0.02)
        _, job = visitor.ask("GET", job["urls"]["self"])
    return time.monotonic() - began
