"""Two hundred kills of the whole site at random moments, while clients write posts, edit them and start runs."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.chaos.kills import kill
from tests.chaos.rows.outcome import Outcome, percentile

ID, DEED = "F-01", "kills of all processes while three clients write, edit and start runs"
KILLS, ACKNOWLEDGED = 200, 5_000
SLOWEST_BOOT = 3.0  # seconds at the median, to the first answer


def measured(scale: float, seed: int) -> Outcome:
    kills = max(1, int(KILLS * scale))
    with tempfile.TemporaryDirectory() as folder:
        told = kill(Path(folder), kills, seed, acknowledged=30)
    outcome, fates = Outcome(broken=list(told.lost)), told.history.fates()
    if told.history.acknowledged() < ACKNOWLEDGED * scale:
        outcome.broken.append(f"only {told.history.acknowledged()} deeds were acknowledged")
    if (boot := percentile(told.boots, 0.5)) > SLOWEST_BOOT:
        outcome.broken.append(f"half of the starts took more than {boot:.1f} s")
    outcome.figures |= {
        "kills": f"{told.kills:,}",
        "acknowledged texts": f"{told.history.acknowledged('text'):,}",
        "acknowledged runs": f"{told.history.acknowledged('run'):,}",
        "unknown": f"{fates['unknown']:,}",
        "lost": f"{len(told.lost):,}",
        "runs begun again": f"{told.again:,}",
        "given up after three attempts": f"{told.given_up:,}",
        "start to first answer, half and 99 % within": f"{boot:.1f} s · {percentile(told.boots, 0.99):.1f} s",
    }
    return outcome
