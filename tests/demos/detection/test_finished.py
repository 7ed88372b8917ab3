"""The kept runs of the detection bench are what a run gives now, on this processor too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.demos.base import Update
from app.demos.detection.demo import DEMO, HERE
from app.demos.detection.run import run

KEPT = sorted(file.parent for file in (HERE / "finished").glob("*/run.json"))
COUNTS = ("candidates", "above")
CLOSE = 1e-4  # of scores: processors differ in the last digits of float32
ROW = 29  # bytes of a candidate


@pytest.fixture(scope="module", params=KEPT, ids=lambda folder: folder.name)
def both(request: pytest.FixtureRequest) -> tuple[Path, dict[str, Any], Update]:
    """A kept run's folder, what it was told, and what the same inputs give now."""
    kept = json.loads((request.param / "run.json").read_text())
    *_, last = run(DEMO.parse({name: str(value) for name, value in kept["inputs"].items()}, {}))
    return request.param, kept["updates"][-1]["data"], last


def test_a_kept_run_says_what_a_run_says(both: tuple[Path, dict[str, Any], Update]) -> None:
    _, told, last = both
    said = json.loads(json.dumps(last.data))
    assert dict(told.pop("presence")) == pytest.approx(dict(said.pop("presence")), abs=CLOSE)
    for part in ("objects", "sixteen", "largest"):
        alike(told.pop(part), said.pop(part))
    assert [told.pop(name) for name in COUNTS] == pytest.approx([said.pop(name) for name in COUNTS], abs=2)
    assert told == said


def alike(told: Any, said: Any) -> None:
    ones, others = ([part] if isinstance(part, dict) else part for part in (told, said))
    assert [seen["label"] for seen in ones] == [seen["label"] for seen in others]
    for one, other in zip(ones, others, strict=True):
        assert one["score"] == pytest.approx(other["score"], abs=CLOSE)
        assert one["box"] == pytest.approx(other["box"], abs=0.1)


def test_its_files_are_as_long_as_a_runs(both: tuple[Path, dict[str, Any], Update]) -> None:
    folder, _, last = both
    kept = {file.stem: file.stat().st_size for file in folder.glob("*.bin")}
    assert kept == pytest.approx({name: len(data) for name, data in last.files.items()}, abs=2 * ROW)
