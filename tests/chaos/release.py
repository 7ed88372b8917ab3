"""python -m tests.chaos.release [ROW…]: the longest of all tests, and a table of what they found.

`--scale 0.01` does a hundredth of each; the exit status is 1 when a promise is broken. A row is a module of
tests/chaos/rows with ID, DEED and measured(), named in ROWS.
"""

from __future__ import annotations

import argparse
import importlib
import platform
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from tests.chaos.rows.outcome import Outcome, Row

LOADS = ("idle", "painting", "bustle", "crowd", "signing_in", "cold", "pace")
ROWS = ("uploads", "markup", "kills", "restarts", "backups", "soak", *LOADS)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help="such as H-01; none is all of them")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=2026)
    chosen = parser.parse_args()
    rows = [row for row in known() if not chosen.rows or row.ID in chosen.rows]
    print("\n".join(head()), flush=True)
    broken = []
    for row in rows:
        began = time.monotonic()
        outcome = measured(row, chosen.scale, chosen.seed)
        print(line(row, outcome, time.monotonic() - began), flush=True)
        broken += [f"- {row.ID}: {each}" for each in outcome.broken]
    print("", *broken[:50], sep="\n")
    return 1 if broken or not rows else 0


def known() -> Iterator[Row]:
    for name in ROWS:
        yield cast(Row, importlib.import_module(f"tests.chaos.rows.{name}"))


def measured(row: Row, scale: float, seed: int) -> Outcome:
    try:
        return row.measured(scale, seed)
    except Exception as error:  # one row that cannot be measured leaves the others
        traceback.print_exc()
        return Outcome(broken=[f"could not be measured: {error!r}"])


def head() -> Iterator[str]:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    yield f"Commit {commit or 'unknown'}, {datetime.now(UTC):%Y-%m-%d}, {machine()}\n"
    yield "| Row | What is done | Found | Broken | Seconds |"
    yield "|---|---|---|---|---|"


def machine() -> str:
    told = Path("/proc/cpuinfo").read_text(errors="replace") if Path("/proc/cpuinfo").exists() else ""
    processors = told.count("\nprocessor") + told.startswith("processor")
    return f"{processors or 'some'} processors, {platform.system()}, Python {platform.python_version()}"


def line(row: Row, outcome: Outcome, seconds: float) -> str:
    found = "; ".join(f"{name}: {figure}" for name, figure in outcome.figures.items())
    return f"| {row.ID} | {row.DEED} | {found} | {len(outcome.broken) or 'nothing'} | {seconds:.0f} |"


if __name__ == "__main__":
    sys.exit(main())
