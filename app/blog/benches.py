"""Live demos as they were last drawn, so that a preview draws only those that have changed since the last key."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from app.blog.filling import Embed
from app.blog.recent import Recent

MOST = 64
LOOK_SECONDS = 3.0  # how long a demo that somebody has just changed may be shown as it was


@dataclass
class KeptBenches:
    """Benches by name, options and what draws them; what is refused is not kept."""

    drawn: Recent[str] = field(default_factory=lambda: Recent(MOST))
    fingerprint: str = ""
    looked: float = float("-inf")

    def drawer(self, embed: Embed) -> Embed:
        """`embed`, which draws again only what is not here."""
        made_with = self._made_with(embed)

        def drawn(name: str, options: dict[str, str]) -> str:
            key = (made_with, name, *(f"{option}={value}" for option, value in sorted(options.items())))
            return self.drawn.of(key, lambda: embed(name, options))

        return drawn

    def _made_with(self, embed: Embed) -> str:
        """The fingerprint of the demos, which takes a look at every file of theirs, now and then."""
        if time.monotonic() - self.looked > LOOK_SECONDS:
            self.fingerprint, self.looked = getattr(embed, "fingerprint", ""), time.monotonic()
        return self.fingerprint
