"""What a bench weighs: the scripts it loads as it nears the window, and those that a reader's touch brings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
SCRIPTS = APP / "static/js"
DOOR, SHELL = SCRIPTS / "bench.js", SCRIPTS / "workbench.js"
DEMOS = sorted(file.parent for file in (APP / "demos").glob("*/demo.py"))
MOST, MOST_SHELL = 60_000, 30_000
STATIC = re.compile(r'^(?:import|export)\b[^"\n;]*?(?:\bfrom )?"(\.{0,2}/[^"]+)";$', re.MULTILINE)
LATER = re.compile(r'\bimport\("([^"]+)"\)')


def panel(demo: Path) -> Path:
    """A demo's own panel, or the one that is drawn from what it declares."""
    return demo / "panel.js" if (demo / "panel.js").exists() else SCRIPTS / "outputs.js"


def named(file: Path, pattern: re.Pattern[str]) -> set[Path]:
    """The scripts that a script names."""
    addresses = pattern.findall(file.read_text())
    return {
        (APP / address[1:] if address.startswith("/static/") else file.parent / address).resolve()
        for address in addresses
    }


def closure(files: set[Path]) -> set[Path]:
    """Scripts with all that they import at once."""
    found, rest = set[Path](), {file.resolve() for file in files}
    while rest:
        found |= rest
        rest = {other for file in rest for other in named(file, STATIC)} - found
    return found


def touched(files: set[Path]) -> set[Path]:
    """What these scripts load later, and what that loads in turn."""
    found = set(files)
    while more := closure({other for file in found for other in named(file, LATER)}) - found:
        found |= more
    return found - files


def weight(files: set[Path]) -> int:
    return sum(file.stat().st_size for file in files)


def test_the_door_brings_nothing_by_itself() -> None:
    assert closure({DOOR}) == {DOOR}
    assert named(DOOR, LATER) == {SHELL}


def test_the_shell_leaves_half_of_a_benchs_weight_to_its_panel() -> None:
    assert weight(closure({DOOR, SHELL})) <= MOST_SHELL


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.name)
def test_a_bench_is_light_before_a_touch_and_after(demo: Path) -> None:
    before = closure({DOOR, SHELL, panel(demo)})
    after = touched(before)
    assert SCRIPTS / "run.js" in after
    assert weight(before) <= MOST, {file.name: file.stat().st_size for file in before}
    assert weight(after) <= MOST, {file.name: file.stat().st_size for file in after}
