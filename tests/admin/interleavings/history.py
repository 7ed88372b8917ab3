"""What every tab sent, and what came back: acknowledged, refused, or nothing, so that nobody knows."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Outcome = Literal["acknowledged", "refused", "unknown"]
Kind = Literal["create", "save", "restore", "keep", "keep text", "drop", "drop text", "delete"]


@dataclass
class Event:
    """One request that writes. `text` is the text that it sent; `seen` the number of the copy its tab had seen."""

    begun: int
    kind: Kind
    tab: int
    at: datetime
    post: int = 0
    version: int = 0
    copy: int = 0
    seen: int = 0
    text: str = ""
    outcome: Outcome = "unknown"
    status: int = 0
    rev: int = 0  # of the copy, as it was answered
    made: int = 0  # the version that was answered
    ended: int = 0

    @property
    def happened(self) -> bool:
        """Surely or perhaps."""
        return self.outcome != "refused"


@dataclass
class History:
    events: list[Event] = field(default_factory=list)
    order: itertools.count[int] = field(default_factory=itertools.count)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, event: Event) -> Event:
        with self.lock:
            event.begun = event.ended = next(self.order)
            self.events.append(event)
        return event

    def end(self, event: Event, status: int, acknowledged: bool) -> None:
        with self.lock:
            event.outcome = "acknowledged" if acknowledged else "refused"
            event.status, event.ended = status, next(self.order)

    def of(self, *kinds: Kind) -> list[Event]:
        return [event for event in self.events if event.kind in kinds]

    def count(self, outcome: Outcome) -> int:
        return sum(1 for event in self.events if event.outcome == outcome)
