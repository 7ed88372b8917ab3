"""The table: how many runs, what was in them, and what of it was lost."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.admin.interleavings.history import History
from tests.admin.interleavings.runs import Run, run
from tests.admin.interleavings.site import here, killed_at_times


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.admin.interleavings", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000, help="how many, all together")
    parser.add_argument("--killed", type=int, default=30, help="how many of them against a server that is killed")
    parser.add_argument("--seed", type=int, default=0, help="of the first run; the others follow")
    asked = parser.parse_args()
    began, done = time.monotonic(), list[Run]()
    unharmed = max(0, asked.runs - asked.killed)
    with contextlib.suppress(KeyboardInterrupt):  # then the table is of what is done by now
        _runs(range(asked.seed, asked.seed + unharmed), range(asked.seed + unharmed, asked.seed + asked.runs), done)
    print(table(done, max(0, len(done) - unharmed), time.monotonic() - began))
    return 1 if any(one.faults for one in done) else 0


def _runs(unharmed: range, killed: range, done: list[Run]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with here(Path(folder) / "here") as site:
            for seed in unharmed:
                done.append(run(site, seed))
        if killed:
            with killed_at_times(Path(folder) / "killed") as server:
                for seed in killed:
                    done.append(run(server, seed))


def table(done: list[Run], killed: int, seconds: float) -> str:
    """The runs in figures, and each fault with its seed."""
    events = [event for one in done for event in one.history.events]
    kinds = Counter(event.kind for event in events)
    whole = History(events)
    befallen = sum((one.befallen for one in done), Counter[str]())
    lines = [
        ("interleavings", len(done)),
        ("of them against a server that is killed", killed),
        ("requests that write", len(events)),
        *((f"  {kind}", count) for kind, count in kinds.most_common()),
        ("acknowledged", whole.count("acknowledged")),
        ("refused", whole.count("refused")),
        ("  because another text was there (409)", sum(1 for event in events if event.status == 409)),
        ("  because nobody was signed in (401)", sum(1 for event in events if event.status == 401)),
        ("unknown, as the server died", whole.count("unknown")),
        *((what, count) for what, count in befallen.most_common()),
        ("acknowledged texts lost, or overwritten unseen", sum(len(one.faults) for one in done)),
    ]
    said = [f"{what:<50}{count:>9,}" for what, count in lines] + [f"{'seconds':<50}{seconds:>9,.0f}"]
    return "\n".join(said + [f"seed {one.seed}: {fault}" for one in done for fault in one.faults])


if __name__ == "__main__":
    raise SystemExit(main())
