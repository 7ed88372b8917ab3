"""What a row of the release table gives back, and the server that most of them need."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tests.chaos.server import Server, furnish


@dataclass
class Outcome:
    """Figures by their names, as they stand in the table; and every promise that was broken, which must be none."""

    figures: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


class Row(Protocol):
    """A module of this folder. `scale` is 1 for a release; a row does that share of its work."""

    ID: str
    DEED: str

    def measured(self, scale: float, seed: int) -> Outcome: ...


@contextlib.contextmanager
def site(outcome: Outcome, **settings: str) -> Iterator[Server]:
    """A furnished site behind a real server; what is wrong with it afterwards is broken."""
    with tempfile.TemporaryDirectory() as folder:
        furnish(Path(folder))
        server = Server(Path(folder), **settings)
        try:
            yield server
            outcome.broken += server.unharmed()
        finally:
            server.stop()


def percentile(numbers: list[float], share: float) -> float:
    """The number that so large a share of all is no larger than."""
    return sorted(numbers)[min(len(numbers) - 1, int(share * len(numbers)))]
