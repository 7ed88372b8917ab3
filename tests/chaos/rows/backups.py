"""F-21: a hundred backups while clients write and start runs, each made a site again."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.chaos.backups import back_up
from tests.chaos.rows.outcome import Outcome, percentile

ID, DEED = "F-21", "backups while three clients write, edit and start runs, each restored into a new site"
BACKUPS = 100


def measured(scale: float, seed: int) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        told = back_up(Path(folder), max(1, int(BACKUPS * scale)), seed)
    outcome = Outcome(broken=list(told.wrong))
    outcome.broken += [] if told.due else ["nothing was acknowledged before any of them"]
    outcome.figures |= {
        "backups restored": f"{told.backups:,}",
        "acknowledged deeds meanwhile": f"{told.history.acknowledged():,}",
        "deeds that had to be in them": f"{told.due:,}",
        "lost or half": f"{len(told.wrong):,}",
        "a backup, half and the longest": f"{percentile(told.seconds, 0.5):.1f} s · {max(told.seconds):.1f} s",
        "pages of the site at rest that are the same in bytes": f"{told.pages:,}",
    }
    return outcome
