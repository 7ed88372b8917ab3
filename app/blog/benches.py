"""Live demos as they were last drawn, so that a preview draws only those that have changed since the last key."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from app.blog.filling import Embed

MOST = 64
LOOK_SECONDS = 3.0  # how long a demo that somebody has just changed may be shown as it was


@dataclass
class KeptBenches:
    """Benches by name, options and what draws them; what is refused is not kept."""

    drawn: OrderedDict[tuple[str, ...], str] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)
    fingerprint: str = ""
    looked: float = float("-inf")

    def drawer(self, embed: Embed) -> Embed:
        """`embed`, which draws again only what is not here."""
        made_with = self._made_with(embed)

        def drawn(name: str, options: dict[str, str]) -> str:
            key = (made_with, name, *(f"{option}={value}" for option, value in sorted(options.items())))
            with self.lock:
                if key in self.drawn:
                    self.drawn.move_to_end(key)
                    return self.drawn[key]
            bench = embed(name, options)
            with self.lock:
                self.drawn[key] = bench
                while len(self.drawn) > MOST:
                    self.drawn.popitem(last=False)
            return bench

        return drawn

    def _made_with(self, embed: Embed) -> str:
        """The fingerprint of the demos, which takes a look at every file of theirs, now and then."""
        if time.monotonic() - self.looked > LOOK_SECONDS:
            self.fingerprint, self.looked = getattr(embed, "fingerprint", ""), time.monotonic()
        return self.fingerprint
