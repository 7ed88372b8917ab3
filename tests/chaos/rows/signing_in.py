"""L-05: readers while ten authors at once sign in, again and again; a password is hashed for a quarter of a second."""

from __future__ import annotations

from collections import Counter

from tests.chaos import beside, busy
from tests.chaos.rows.outcome import Outcome
from tests.chaos.waits import READERS, Readers, slower

ID, DEED = "L-05", f"{READERS} readers of a kept post while ten authors at once sign in, again and again"
SECONDS, TIMES = 20.0, 3.0
AUTHORS = tuple(f"author-{number}" for number in range(10))
LED_IN, TOO_MANY = {200, 303}, {429, 503}


def measured(scale: float, seed: int) -> Outcome:
    outcome, statuses = Outcome(), Counter[int]()
    with beside.blog(outcome, *AUTHORS, JOB_ENGINE="none") as (server, passwords):
        idle = Readers(server.port, beside.POST, SECONDS * scale / 2).told()
        with beside.again_and_again(lambda: busy.signing_in(server, passwords, statuses), 0.0):
            loaded = Readers(server.port, beside.POST, SECONDS * scale).told()
        idle += Readers(server.port, beside.POST, SECONDS * scale / 2).told()
    outcome.broken += slower("beside sign-ins", loaded, idle, TIMES)
    if wrong := {status: number for status, number in statuses.items() if status not in LED_IN | TOO_MANY}:
        outcome.broken.append(f"sign-ins were answered {wrong}")
    led_in = sum(statuses[status] for status in LED_IN)
    outcome.broken += [] if led_in else ["nobody was led in"]
    outcome.figures |= {
        "half and 99 % within": f"idle {idle}, beside sign-ins {loaded}",
        "times": f"{loaded.within(0.99) / idle.within(0.99):.1f}",
        "sign-ins": f"{led_in:,} of {statuses.total():,}, {led_in / loaded.seconds:.1f} a second",
    }
    return outcome
