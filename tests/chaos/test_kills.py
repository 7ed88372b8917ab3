"""F-01, F-02: nothing that was acknowledged is lost, however often and whenever all processes are killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.kills import kill


@pytest.mark.parametrize("kills", [3, pytest.param(40, marks=pytest.mark.full)])
def test_nothing_acknowledged_is_lost(kills: int, tmp_path: Path) -> None:
    told = kill(tmp_path, kills, seed=kills)
    assert told.lost == []
    assert told.kills == kills
    assert told.history.acknowledged("text") > kills
    assert told.history.acknowledged("run") > 0
