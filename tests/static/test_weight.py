"""What a bench weighs: the scripts it loads as it nears the window, and those that a reader's touch brings.

What is loaded by a name that is made (`import(`./${name}.js`)`) is counted too: the name stands in quotes in the page
or in a script. What a browser really loads before a touch is counted in tests/browser/test_weight.py.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
SCRIPTS = APP / "static/js"
DOOR, SHELL = SCRIPTS / "bench.js", SCRIPTS / "workbench.js"
DEMOS = sorted(file.parent for file in (APP / "demos").glob("*/demo.py"))
MOST, MOST_SHELL = 60_000, 30_000
MOST_PART = 25_000  # bytes of one part with all that it brings, compressed
STATIC = re.compile(r'^(?:import|export)\b[^"\n;]*?(?:\bfrom )?"(\.{0,2}/[^"]+)";$', re.MULTILINE)
LATER = re.compile(r'(?<!@type \{)(?<!\{)\bimport\("([^"]+)"\)(?!\.[A-Z])')
BY_NAME = re.compile(r"\bimport\(`\./\$\{")


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


def parts(demo: Path) -> set[Path]:
    """What a demo loads by a name that is made."""
    scripts = sorted(demo.glob("*.js"))
    if not any(BY_NAME.search(script.read_text()) for script in scripts):
        return set()
    texts = "\n".join(file.read_text() for kind in ("js", "html", "py") for file in sorted(demo.glob(f"*.{kind}")))
    return {script.resolve() for script in scripts if re.search(rf"""["'`]{re.escape(script.stem)}["'`]""", texts)}


def weight(files: set[Path]) -> int:
    return sum(file.stat().st_size for file in files)


def travels(files: set[Path]) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


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


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.name)
def test_every_script_of_a_demo_is_loaded_at_a_time_that_is_known(demo: Path) -> None:
    before = closure({DOOR, SHELL, panel(demo)})
    later = touched(before | closure(parts(demo)))
    known = before | later | closure(parts(demo))
    own = {script.resolve() for script in demo.glob("*.js")}
    assert own <= known, sorted(script.name for script in own - known)


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.name)
def test_a_part_is_light(demo: Path) -> None:
    before = closure({DOOR, SHELL, panel(demo)})
    for part in parts(demo):
        brought = closure({part}) - before
        assert travels(brought) <= MOST_PART, (part.name, {file.name: travels({file}) for file in brought})
