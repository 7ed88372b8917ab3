"""The release table itself: every row of it is a module that is listed, and a row that breaks is told, not lost."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from tests.chaos import release
from tests.chaos.rows.outcome import Outcome, Row, percentile


def test_every_module_is_a_row_and_every_row_is_listed() -> None:
    modules = {file.stem for file in (Path(__file__).parent / "rows").glob("*.py")} - {"__init__", "outcome"}
    assert set(release.ROWS) == modules
    rows = list(release.known())
    assert len({row.ID for row in rows}) == len(rows)
    assert all(row.DEED and callable(row.measured) for row in rows)


def test_a_row_that_cannot_be_measured_is_broken(capsys: Any) -> None:
    def measured(scale: float, seed: int) -> Outcome:
        raise OSError("no such port")

    row = cast(Row, SimpleNamespace(ID="X-01", DEED="x", measured=measured))
    assert "no such port" in release.measured(row, 1, 1).broken[0]


def test_a_percentile_is_one_of_the_numbers() -> None:
    assert [percentile([3.0, 1.0, 2.0, 4.0], share) for share in (0, 0.5, 0.99, 1)] == [1, 3, 4, 4]
