"""How long readers waited, as a process of theirs told, and what that is beside other readers' waits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field

from tests.chaos.rows.outcome import percentile
from tests.chaos.server import ROOT

READERS = 8


@dataclass(frozen=True)
class Waits:
    """In seconds, one for each answer; how many answers had each status, 0 for none; over how many seconds."""

    waits: list[float]
    statuses: Counter[int]
    seconds: float
    errors: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "errors", self.statuses.total() - self.statuses[200])

    def within(self, share: float) -> float:
        """Seconds within which so large a share of all were answered; as long as it lasted, where nobody was."""
        return percentile(self.waits, share) if self.waits else self.seconds

    def __add__(self, other: Waits) -> Waits:
        return Waits(self.waits + other.waits, self.statuses + other.statuses, self.seconds + other.seconds)

    def __str__(self) -> str:
        half, most = self.within(0.5) * 1000, self.within(0.99) * 1000
        return f"{half:.1f} ms · {most:.1f} ms ({len(self.waits) / self.seconds:,.0f} pages a second)"


class Readers:
    """Some who read `path` for so many seconds, beginning now. See tests.chaos.readers for `every`."""

    def __init__(self, port: int, path: str, seconds: float, count: int = READERS, every: float = 0.0) -> None:
        told = [str(part) for part in (port, path, seconds, count, every)]
        command = [sys.executable, "-m", "tests.chaos.readers", *told]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def told(self) -> Waits:
        """What they told when they had read."""
        said, _ = self.process.communicate()
        found = json.loads(said)
        statuses = Counter({int(status): number for status, number in found["statuses"].items()})
        return Waits(found["waits"], statuses, found["seconds"])

    def leave(self) -> Waits:
        """Has them stop now."""
        self.process.terminate()
        return self.told()


def slower(name: str, loaded: Waits, idle: Waits, times: float, most: float | None = None) -> list[str]:
    """What is broken where 99 % of readers may wait so many `times` as long as in an idle site, and `most` seconds."""
    now, then = loaded.within(0.99), idle.within(0.99)
    broken = [f"{loaded.errors} readers had no page {name}"] if loaded.errors or not loaded.waits else []
    if now > times * then:
        broken.append(f"99 % within {now * 1000:.1f} ms {name}, {now / then:.1f} times idle")
    if most is not None and now > most:
        broken.append(f"99 % within {now * 1000:.1f} ms {name}")
    return broken
