"""docs/trust.md: every row is there, and every test that it names."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs/trust.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)))
HOSTILE = [*range(1, 13), *range(20, 27), *range(30, 44)]
TIERS = {"fast", "full", "release"}


@cache
def marks_of(file: str) -> dict[str, bool]:
    """The names of a file's tests, and whether each is, or has a case that is, of the full tier."""
    source = (ROOT / file).read_text()
    whole = "pytestmark = pytest.mark.full" in source
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    marks = {node.name: whole or any("full" in ast.unparse(mark) for mark in node.decorator_list) for node in functions}
    return {name: full for name, full in marks.items() if name.startswith("test_")}


def rows(letter: str) -> dict[str, list[str]]:
    """The cells of the table's rows, by their name."""
    lines = [line.strip("|").split("|") for line in TEXT.splitlines() if line.startswith(f"| {letter}-")]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in lines}


def test_every_row_of_hostile_input_is_there() -> None:
    assert list(rows("H")) == [f"H-{number:02}" for number in HOSTILE]


def test_every_row_of_faults_is_there_and_held_or_said_to_be_missing() -> None:
    told = rows("F")
    assert re.findall(r"F-\d\d", " ".join(told)) == [f"F-{number:02}" for number in range(1, 26)]
    assert [name for name, cells in told.items() if "`tests/" not in cells[-1] and "issing" not in cells[0]] == []


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda part: part.rpartition("/")[2])
def test_every_test_that_is_named_exists(file: str, name: str) -> None:
    assert (ROOT / file).is_file()
    assert not name or name in marks_of(file)


@pytest.mark.parametrize("row", rows("H"))
def test_a_row_is_in_the_tiers_that_it_says(row: str) -> None:
    *_, tier, held_by = rows("H")[row]
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", held_by)
    assert named
    assert set(tier.split()) <= TIERS
    only_full = [marks_of(file)[name] for file, name in named]
    assert ("full" not in tier.split() or any(only_full)) and ("fast" in tier or all(only_full))


def test_every_row_of_the_standard_is_held_by_a_test() -> None:
    section = TEXT.partition("## ASVS")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if re.match(r"\| \d", line)]
    assert len(lines) > 40
    assert [line for line in lines if "`tests/" not in line] == []
