"""L-03: readers while twenty runs wait and one goes on, three are followed, and an author saves every second."""

from __future__ import annotations

from tests.chaos import beside, busy
from tests.chaos.rows.outcome import Outcome, percentile
from tests.chaos.waits import READERS, Readers, slower

ID = "L-03"
DEED = f"{READERS} readers of a kept post beside a run, 20 that wait, 3 event streams, and a save each second"
SECONDS = 30.0
TIMES, SLOWEST_SAVE = 5.0, 0.150
RUNS, STREAMS = 21, 3


def measured(scale: float, seed: int) -> Outcome:
    outcome = Outcome()
    with beside.blog(outcome) as (server, _):
        idle = Readers(server.port, beside.POST, SECONDS * scale / 2).told()
        editor = busy.Editor(server)
        editor.save()
        with beside.painting(server, RUNS) as jobs, beside.following(server, jobs[:STREAMS]) as heard:
            editor.seconds.clear()
            with beside.again_and_again(editor.save, 1.0):
                loaded = Readers(server.port, beside.POST, SECONDS * scale).told()
            heard_then = heard.total()
        idle += Readers(server.port, beside.POST, SECONDS * scale / 2).told()
    outcome.broken += slower("beside all that", loaded, idle, TIMES)
    if (save := percentile(editor.seconds, 0.99)) > SLOWEST_SAVE:
        outcome.broken.append(f"99 % of saves within {save * 1000:.0f} ms")
    outcome.broken += [f"{editor.refused} saves were refused"] if editor.refused else []
    outcome.broken += [] if heard_then else ["no event was heard"]
    outcome.figures |= {
        "half and 99 % within": f"idle {idle}, beside all that {loaded}",
        "times": f"{loaded.within(0.99) / idle.within(0.99):.1f}",
        "saves": f"{len(editor.seconds)}, half and 99 % within {percentile(editor.seconds, 0.5) * 1000:.0f} ms · "
        f"{save * 1000:.0f} ms",
        "events heard": f"{heard_then:,}",
    }
    return outcome
